//! Constant expressions as plain Rust and as dims.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::visit::Visit;
use syn::visit_mut::VisitMut;
use syn::{BinOp, Expr, ExprMethodCall, ExprParen, UnOp, parse_quote};

use super::{Cx, ends, in_parentheses};
use crate::graph::constant::{
    given_more, ident_of, marked, marker_kind, mentions, number, self_field,
};
use crate::graph::{Constant, LoopVar, ShapeExpr};

impl Cx {
    /// The path of a dim's constant.
    fn marker(&self, ident: &syn::Ident) -> Option<TokenStream> {
        let kind = marker_kind(ident)?;
        let name = super::facts::dim_name(ident);
        match kind {
            'B' => {
                let build = &self.build;
                Some(quote!(#build::#name))
            }
            _ => {
                let facts = self.facts();
                Some(quote!(#facts::#name))
            }
        }
    }

    /// Whether the call gives more than `required` inputs; a definition has them all.
    fn given_more(&self, required: usize) -> TokenStream {
        let site = &self.site;
        match site.is_empty() {
            true => quote!(true),
            false => quote!((<#site as __keras::Site>::INPUTS.len() > #required)),
        }
    }

    /// `units / 2` as Rust: dims are numbers, `self` is the configuration. If it may panic, it is behind the check that it does
    /// not.
    pub fn plain(&self, expr: &Expr) -> TokenStream {
        self.checked(expr, self.unchecked(expr))
    }

    /// The same as a part of something that is checked as a whole, or where it is no constant.
    pub fn unchecked(&self, expr: &Expr) -> TokenStream {
        self.rust(expr, &|_| None)
    }

    /// The same where a [shape](Self::computed_of) tells what is wrong with sizes that are computed: there they are 1.
    pub fn told(&self, expr: &Expr) -> TokenStream {
        self.rust(expr, &|expr| self.computed(expr))
    }

    /// `expr` as Rust, but for what `other` makes a `Dim` of.
    fn rust(&self, expr: &Expr, other: &dyn Fn(&Expr) -> Option<TokenStream>) -> TokenStream {
        struct Plain<'a>(&'a Cx, &'a dyn Fn(&Expr) -> Option<TokenStream>);
        impl VisitMut for Plain<'_> {
            fn visit_expr_mut(&mut self, expr: &mut Expr) {
                if let Some(size) = self.0.size_of(expr).or_else(|| (self.1)(expr)) {
                    *expr = number_of(size, expr);
                    return;
                }
                let owner = &self.0.owner;
                match ident_of(expr) {
                    Some(ident) if ident == "self" => {
                        let layer = quote!(<#owner as __keras::Site>::LAYER);
                        *expr = Expr::Verbatim(in_parentheses(layer, first_of(expr)).into());
                    }
                    Some(ident) => {
                        if let Some(path) = self.0.marker(ident) {
                            *expr = number_of(path, expr);
                        } else if let Some(required) = given_more(ident) {
                            *expr = Expr::Verbatim(self.0.given_more(required));
                        }
                    }
                    None => syn::visit_mut::visit_expr_mut(self, expr),
                }
            }
        }
        self.total.set(self.total.get() && self.is_harmless(expr));
        let mut expr = expr.clone();
        Plain(self, other).visit_expr_mut(&mut expr);
        quote!(#expr)
    }

    /// At the definition of a layer: a field, or arithmetic of sizes, as a `Dim`.
    fn size_of(&self, expr: &Expr) -> Option<TokenStream> {
        let sizes = self.sizes.as_ref()?;
        match expr {
            Expr::Field(_) => self_field(expr).map(|name| sizes.field(name)),
            Expr::Binary(binary) if is_arithmetic(&binary.op) && self.speaks_of_sizes(expr) => {
                Some(self.dim(expr, &[]))
            }
            _ => None,
        }
    }

    /// Whether the expression is a size, whatever else it is made of: a dim, a `const N: usize` of the layer, or arithmetic with one.
    fn is_size(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Paren(inner) => self.is_size(&inner.expr),
            Expr::Group(inner) => self.is_size(&inner.expr),
            Expr::Binary(binary) => {
                is_arithmetic(&binary.op)
                    && (self.is_size(&binary.left) || self.is_size(&binary.right))
            }
            Expr::MethodCall(call) => is_of_sizes(call) && self.is_size(&call.receiver),
            _ => ident_of(expr).is_some_and(|name| {
                marker_kind(name).is_some() || self.numbers.iter().any(|known| known == name)
            }),
        }
    }

    /// At a call: arithmetic of sizes on which Rust may panic, as a `Dim`, which has a fault then and is 1.
    fn computed(&self, expr: &Expr) -> Option<TokenStream> {
        let is_computed = self.sizes.is_none() && self.is_size(expr) && may_fail(expr);
        is_computed.then(|| self.dim(expr, &[]))
    }

    /// `shape` of value `index` of those that `name` gives, unless sizes in `constants` have a fault: then that is told.
    pub fn computed_of<'a>(
        &self,
        name: &str,
        constants: impl IntoIterator<Item = &'a Expr>,
        index: usize,
        shape: TokenStream,
    ) -> TokenStream {
        let sizes = self.computed_in(constants);
        match sizes.is_empty() {
            true => shape,
            false => quote!(__keras::computed(#name, &[#(#sizes),*], #index, #shape)),
        }
    }

    /// The sizes that are computed so, called what the user wrote.
    fn computed_in<'a>(&self, constants: impl IntoIterator<Item = &'a Expr>) -> Vec<TokenStream> {
        struct Computed<'a>(&'a Cx, Vec<TokenStream>);
        impl<'ast> Visit<'ast> for Computed<'_> {
            fn visit_expr(&mut self, expr: &'ast Expr) {
                match self.0.computed(expr) {
                    Some(dim) => {
                        let text = as_written(expr);
                        self.1.push(quote!(#dim.named(#text)));
                    }
                    None => syn::visit::visit_expr(self, expr),
                }
            }
        }
        let mut found = Computed(self, Vec::new());
        constants.into_iter().for_each(|expr| found.visit_expr(expr));
        found.1
    }

    /// Whether the expression has a value, and no panic, whatever the sizes in it; at the definition of a layer, where fields
    /// have no value, of those that are numbers alone.
    pub fn is_harmless(&self, expr: &Expr) -> bool {
        if !self.speaks_of_sizes(expr) {
            return true;
        }
        match expr {
            Expr::Paren(inner) => self.is_harmless(&inner.expr),
            Expr::Group(inner) => self.is_harmless(&inner.expr),
            Expr::Path(_) => ident_of(expr).is_some_and(|name| name != "self"),
            Expr::Field(field) => match (&self.sizes, self_field(expr)) {
                (Some(sizes), Some(name)) => sizes.is_number(name),
                (Some(_), None) => false,
                (None, Some(_)) => true,
                (None, None) => self.is_harmless(&field.base),
            },
            Expr::Unary(unary) => matches!(unary.op, UnOp::Not(_)) && self.is_harmless(&unary.expr),
            Expr::Binary(binary) => {
                (self.sizes.is_some() || !is_arithmetic(&binary.op))
                    && self.is_harmless(&binary.left)
                    && self.is_harmless(&binary.right)
            }
            Expr::Array(array) => array.elems.iter().all(|item| self.is_harmless(item)),
            Expr::Struct(item) => item.fields.iter().all(|field| self.is_harmless(&field.expr)),
            _ => false,
        }
    }

    pub fn speaks_of_sizes(&self, expr: &Expr) -> bool {
        mentions(expr, &|ident| ident == "self" || marker_kind(ident).is_some())
    }

    /// `units / 2` as a `Dim`: checked arithmetic that remembers names.
    pub fn dim(&self, expr: &Expr, loops: &[LoopVar]) -> TokenStream {
        match expr {
            Expr::Paren(inner) => self.dim(&inner.expr, loops),
            Expr::Group(inner) => self.dim(&inner.expr, loops),
            Expr::Binary(binary) => {
                let method = match binary.op {
                    BinOp::Add(_) => quote!(add),
                    BinOp::Sub(_) => quote!(sub),
                    BinOp::Mul(_) => quote!(mul),
                    BinOp::Div(_) => quote!(div),
                    BinOp::Rem(_) => quote!(rem),
                    _ => return self.number(expr, loops),
                };
                let (a, b) = (self.dim(&binary.left, loops), self.dim(&binary.right, loops));
                let name = self
                    .sizes
                    .is_some()
                    .then(|| as_written(expr))
                    .map(|text| quote!(.named(#text)));
                quote!(#a.#method(#b)#name)
            }
            Expr::MethodCall(call) => {
                let method = &call.method;
                match call.args.first() {
                    Some(arg) if is_of_sizes(call) => {
                        let (a, b) = (self.dim(&call.receiver, loops), self.dim(arg, loops));
                        quote!(#a.#method(#b))
                    }
                    _ => self.number(expr, loops),
                }
            }
            Expr::Call(call) => self.function(call, loops),
            Expr::Field(_) => match self_field(expr) {
                Some(name) if self.sizes.is_some() => {
                    self.sizes.as_ref().map_or(quote!(), |sizes| sizes.field(name))
                }
                Some(name) => {
                    let (number, name) = (self.number(expr, loops), name.to_string());
                    quote!(#number.named(#name))
                }
                None => self.number(expr, loops),
            },
            Expr::Path(path) => match path.path.get_ident() {
                Some(ident) if loops.iter().any(|l| l.name == *ident) => {
                    quote!(__keras::Dim::of(#ident))
                }
                Some(ident) => self.marker(ident).unwrap_or_else(|| {
                    let (number, name) = (self.number(expr, loops), ident.to_string());
                    quote!(#number.named(#name))
                }),
                None => self.number(expr, loops),
            },
            other => self.number(other, loops),
        }
    }

    fn number(&self, expr: &Expr, loops: &[LoopVar]) -> TokenStream {
        if self.sizes.is_some() && self.speaks_of_sizes(expr) {
            return quote!(__keras::UNKNOWN);
        }
        let (first, last) = ends(&quote!(#expr));
        let plain = in_parentheses(self.unchecked(expr), first);
        let usize = quote_spanned!(last=> as usize);
        let number = quote!(#plain #usize);
        // What a loop makes different each time is no constant.
        let number = if loops.is_empty() { self.checked(expr, number) } else { number };
        quote!(__keras::Dim::of(#number))
    }

    /// A user's `const fn`, called only where its arguments have sizes.
    fn function(&self, call: &syn::ExprCall, loops: &[LoopVar]) -> TokenStream {
        if self.sizes.is_some() && call.args.iter().any(|arg| self.speaks_of_sizes(arg)) {
            return quote!(__keras::UNKNOWN);
        }
        let about_dims: Vec<bool> = call.args.iter().map(|arg| self.speaks_of_dims(arg)).collect();
        self.total.set(self.total.get() && !about_dims.contains(&true));
        let dims = call
            .args
            .iter()
            .zip(&about_dims)
            .filter(|(_, d)| **d)
            .map(|(arg, _)| self.dim(arg, loops));
        // With the parentheses that the user wrote: what panics is told there.
        let mut given = call.clone();
        for (arg, about_dims) in given.args.iter_mut().zip(&about_dims) {
            *arg = Expr::Verbatim(if *about_dims {
                let dim = self.dim(arg, loops);
                quote!(#dim.get())
            } else {
                self.unchecked(arg)
            });
        }
        let number = quote!(#given as usize);
        let is_constant = loops.is_empty() && !about_dims.contains(&true);
        let number =
            if is_constant { self.checked(&Expr::Call(call.clone()), number) } else { number };
        quote!(if __keras::Dim::known(&[#(#dims),*]) {
            __keras::Dim::of(#number)
        } else {
            __keras::Dim::faulty(__keras::Fault::Poisoned)
        })
    }

    fn speaks_of_dims(&self, expr: &Expr) -> bool {
        mentions(expr, &|ident| marker_kind(ident).is_some())
    }

    /// A shape argument as an `Inferred`.
    pub fn shape_of(&self, shape: &ShapeExpr) -> TokenStream {
        match shape {
            ShapeExpr::List(dims) => {
                let dims = dims.iter().map(|dim| {
                    let dim = self.dim(dim, &[]);
                    quote!({ #dim })
                });
                quote!(__keras::Inferred::shape(&[#(#dims),*]).unbatched())
            }
            ShapeExpr::Rest(expr) => match ident_of(expr).and_then(|ident| self.marker(ident)) {
                Some(path) => path,
                None => self.plain(expr),
            },
        }
    }

    /// A constant argument of a call.
    pub fn constant(&self, constant: &Constant) -> TokenStream {
        match constant {
            Constant::Plain(expr) => self.told(expr),
            Constant::Shape(shape) => self.shape_of(shape),
        }
    }

    /// A condition as a `bool`, and where it is none, as what `if` says of it.
    pub fn condition(&self, cond: &Expr) -> TokenStream {
        let plain = self.plain(cond);
        let cond = in_parentheses(quote!(if #plain { true } else { false }), first_of(cond));
        cond.into_token_stream()
    }

    /// The conditions under which something exists, as a `bool`.
    pub fn guard(&self, guards: &[(Expr, bool)]) -> Option<TokenStream> {
        let conditions = guards.iter().map(|(cond, side)| {
            let cond = self.condition(cond);
            if *side { cond } else { quote!(!#cond) }
        });
        (!guards.is_empty()).then(|| quote!(#(#conditions)&&*))
    }
}

/// Whether arithmetic may have no result: a difference, or a quotient by something that may be zero.
fn may_fail(expr: &Expr) -> bool {
    match expr {
        Expr::Paren(inner) => may_fail(&inner.expr),
        Expr::Group(inner) => may_fail(&inner.expr),
        Expr::Binary(binary) => {
            let is_number = number(&binary.right).is_some_and(|divisor| divisor > 0.0);
            let here = match binary.op {
                BinOp::Sub(_) => true,
                BinOp::Div(_) | BinOp::Rem(_) => !is_number,
                _ => false,
            };
            here || may_fail(&binary.left) || may_fail(&binary.right)
        }
        Expr::MethodCall(call) => {
            let divides = call.method == "div_ceil" && call.args.first().and_then(number).is_none();
            divides || may_fail(&call.receiver) || call.args.iter().any(may_fail)
        }
        _ => false,
    }
}

/// The methods of numbers that `Dim` has, too.
fn is_of_sizes(call: &ExprMethodCall) -> bool {
    let method = &call.method;
    call.args.len() == 1 && (method == "div_ceil" || method == "min" || method == "max")
}

/// `(size).get()`, for rustc where the user wrote `expr`.
fn number_of(size: TokenStream, expr: &Expr) -> Expr {
    let span = first_of(expr);
    let size = in_parentheses(size, span);
    Expr::Verbatim(quote_spanned!(span=> #size.get()))
}

fn first_of(expr: &Expr) -> Span {
    ends(&quote!(#expr)).0
}

fn is_arithmetic(op: &BinOp) -> bool {
    matches!(op, BinOp::Add(_) | BinOp::Sub(_) | BinOp::Mul(_) | BinOp::Div(_) | BinOp::Rem(_))
}

/// `n / units` as the user wrote it, without `self`.
pub fn as_written(expr: &Expr) -> String {
    struct Written;
    impl VisitMut for Written {
        fn visit_expr_mut(&mut self, expr: &mut Expr) {
            // A parameter that was put in stands in parentheses.
            let inner = if let Expr::Paren(paren) = expr { &*paren.expr } else { &*expr };
            let name = self_field(inner).cloned().or_else(|| ident_of(inner).and_then(marked));
            match name {
                Some(name) => *expr = parse_quote!(#name),
                None if matches!(inner, Expr::Lit(_)) => *expr = inner.clone(),
                None => syn::visit_mut::visit_expr_mut(self, expr),
            }
        }
    }
    let mut expr = expr.clone();
    while let Expr::Paren(ExprParen { expr: inner, .. }) = expr {
        expr = *inner;
    }
    Written.visit_expr_mut(&mut expr);
    quote!(#expr).to_string()
}
