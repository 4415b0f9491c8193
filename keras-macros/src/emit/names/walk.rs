//! A body, read for its names alone: also one with mistakes.

use std::collections::{HashMap, HashSet};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprCall, ExprMethodCall, Ident, Lit, Pat, Stmt, Type};

use crate::emit::respan;
use crate::graph::callee::{layer_type, unwrap};
use crate::graph::constant::{ident_of, self_field};
use crate::graph::lower::{is_constant, is_name};
use crate::syntax::pattern::{Declared, Element};

/// What was read so far, and the names in sight.
#[derive(Clone)]
pub struct Walk {
    /// Weights and layers that `build` makes.
    fields: HashSet<String>,
    /// The functions of a layer that has methods.
    helpers: HashSet<String>,
    scopes: Vec<HashMap<String, Bound>>,
    out: TokenStream,
    /// Whether the expansion is for an editor.
    editor: bool,
    /// Whether this is `build`, where `self.kernel = …` is the definition of a field.
    builds: bool,
}

#[derive(Clone)]
struct Bound {
    name: Ident,
    is_size: bool,
    mutable: bool,
}

impl Walk {
    /// A walk in a body without `self`.
    pub fn new(editor: bool) -> Self {
        Walk {
            fields: HashSet::new(),
            helpers: HashSet::new(),
            scopes: vec![HashMap::new()],
            out: TokenStream::new(),
            editor,
            builds: false,
        }
    }

    /// A walk in the methods of a layer, given the names of its weights and of its methods.
    pub fn of_methods(editor: bool, fields: HashSet<String>, helpers: HashSet<String>) -> Self {
        Walk { fields, helpers, ..Walk::new(editor) }
    }

    /// The same walk in the function `name`.
    pub fn within(self, name: &Ident) -> Self {
        Walk { builds: name == "build", ..self }
    }

    /// All that was read, as statements.
    pub fn finish(self) -> TokenStream {
        self.out
    }

    /// Whether the functions are methods.
    pub fn has_self(&self) -> bool {
        !self.helpers.is_empty()
    }

    /// Notes a name that is defined elsewhere: a parameter.
    pub fn know(&mut self, name: &Ident, is_size: bool) {
        self.insert(name, Bound { name: name.clone(), is_size, mutable: false });
    }

    /// `let name = value;`
    pub fn define(&mut self, name: &Ident, value: &TokenStream) {
        if !is_constant(name) {
            self.out.extend(quote!(let #name = #value;));
            self.know(name, false);
        }
    }

    /// The names in a declaration: those that are new are defined, but need no use.
    pub fn sizes(&mut self, declared: &Declared) {
        if let Declared::Int { range: Some(range), .. } = declared {
            match range {
                Element::Name(name) => self.name(name),
                Element::Size(expr) => self.visit_expr(expr),
                Element::Rest(_) => {}
            }
        }
        for element in declared.axes() {
            match element {
                Element::Size(expr) => self.visit_expr(expr),
                Element::Name(name) if is_constant(name) => self.name(name),
                Element::Name(name) => self.size(name, &quote!(0_usize)),
                Element::Rest(Some(name)) => self.size(name, &quote!([0_usize])),
                Element::Rest(None) => {}
            }
        }
    }

    fn size(&mut self, name: &Ident, value: &TokenStream) {
        if self.get(name).is_some() {
            self.name(name);
        } else if !is_constant(name) {
            self.out.extend(quote!(#[allow(unused_variables)] let #name = #value;));
            self.know(name, true);
        }
    }

    /// `loss …;`
    pub fn expression(&mut self, expr: &Expr) {
        let uses = self.uses(expr);
        self.out.extend(uses);
    }

    /// `layer head = …;`
    pub fn layer(&mut self, name: &Ident, value: &Expr) {
        let uses = self.uses(value);
        let value = match layer_type(value) {
            Some(ty) if self.editor => quote!(__names::any::<#ty>()),
            _ => quote!(__names::Layer),
        };
        self.define(name, &quote!({ #uses #value }));
    }

    /// `output y = …;`, which is a use.
    pub fn output(&mut self, name: &Ident, value: &Expr) {
        let uses = self.uses(value);
        self.out.extend(quote!(#[allow(unused_variables)]));
        if is_constant(name) {
            self.out.extend(quote!({ #uses }));
        } else {
            self.define(name, &quote!({ #uses __names::Value }));
        }
    }

    /// `let pat = …;`
    pub fn bind(&mut self, pat: &Pat, value: &Expr) {
        let is_size = self.is_size(value);
        let uses = self.uses(value);
        let (pat, value) = self.pattern(pat, is_size);
        self.out.extend(quote!(let #pat = { #uses #value };));
    }

    /// The statements of a block.
    pub fn statements(&mut self, block: &Block) {
        for statement in &block.stmts {
            match statement {
                Stmt::Local(local) => match &local.init {
                    Some(init) => self.bind(&local.pat, &init.expr),
                    None => {
                        let (pat, value) = self.pattern(&local.pat, false);
                        self.out.extend(quote!(let #pat = #value;));
                    }
                },
                Stmt::Expr(Expr::Assign(assign), _) => self.assign(&assign.left, &assign.right),
                Stmt::Expr(expr, _) => self.expression(expr),
                Stmt::Macro(item) => self.tokens(item.mac.tokens.clone()),
                Stmt::Item(_) => {}
            }
        }
    }

    fn assign(&mut self, left: &Expr, right: &Expr) {
        let uses = self.uses(right);
        if let Expr::Index(index) = left {
            let index_uses = self.uses(&index.index);
            self.out.extend(quote!(#uses #index_uses));
            match ident_of(&index.expr).and_then(|name| self.used(name)) {
                Some((name, true)) => self.out.extend(quote!(&mut #name;)),
                _ => self.expression(&index.expr),
            }
        } else if let Some((name, true)) = ident_of(left).and_then(|name| self.used(name)) {
            // A lint is silent about an assignment that seems to come from elsewhere.
            let mut value = Group::new(Delimiter::Brace, quote!(#uses __names::Value));
            value.set_span(name.span());
            let equals = respan(quote!(=), name.span());
            self.out.extend(quote!(#name #equals #value;));
        } else {
            self.out.extend(uses);
            match (self_field(left), left) {
                // An update is no reading of the weight: rustc tells of one that nobody reads.
                (Some(name), Expr::Field(field)) if !self.builds => {
                    let base = &field.base;
                    self.show(quote!(#base.#name;));
                }
                (Some(_), _) => {}
                (None, _) => self.expression(left),
            }
        }
    }

    /// A pattern, and a value for it.
    fn pattern(&mut self, pat: &Pat, is_size: bool) -> (TokenStream, TokenStream) {
        let value = if is_size { quote!(0_usize) } else { quote!(__names::Value) };
        match pat {
            Pat::Type(typed) => self.pattern(&typed.pat, is_size),
            Pat::Paren(paren) => self.pattern(&paren.pat, is_size),
            Pat::Ident(pat) if is_name(&pat.ident) && !is_constant(&pat.ident) => {
                let (name, mutable) = (&pat.ident, pat.mutability.is_some() && !is_size);
                self.insert(name, Bound { name: name.clone(), is_size, mutable });
                let mutability = mutable.then_some(&pat.mutability);
                (quote!(#mutability #name), value)
            }
            Pat::Tuple(tuple) => {
                let parts = tuple.elems.iter().map(|pat| self.pattern(pat, is_size));
                let (pats, values): (Vec<_>, Vec<_>) = parts.unzip();
                (quote!((#(#pats,)*)), quote!((#(#values,)*)))
            }
            _ => (quote!(_), value),
        }
    }

    /// The uses in an expression, as statements.
    fn uses(&mut self, expr: &Expr) -> TokenStream {
        let outer = std::mem::take(&mut self.out);
        self.visit_expr(expr);
        std::mem::replace(&mut self.out, outer)
    }

    /// A block with a scope of its own.
    fn block(&mut self, block: &Block) -> TokenStream {
        let outer = std::mem::take(&mut self.out);
        self.scopes.push(HashMap::new());
        self.statements(block);
        self.scopes.pop();
        std::mem::replace(&mut self.out, outer)
    }

    /// What only an editor is shown.
    fn show(&mut self, tokens: TokenStream) {
        if self.editor {
            self.out.extend(tokens);
        }
    }

    fn insert(&mut self, name: &Ident, bound: Bound) {
        self.scopes.last_mut().expect("a walk has a scope").insert(plain(name), bound);
    }

    fn get(&self, name: &Ident) -> Option<&Bound> {
        let name = plain(name);
        self.scopes.iter().rev().find_map(|scope| scope.get(&name))
    }

    /// A name in sight where it is used, which means the definition whoever wrote the two; and whether it can be assigned.
    fn used(&self, name: &Ident) -> Option<(Ident, bool)> {
        let bound = self.get(name)?;
        let mut used = bound.name.clone();
        used.set_span(name.span().resolved_at(bound.name.span()));
        Some((used, bound.mutable))
    }

    fn name(&mut self, name: &Ident) {
        match self.used(name) {
            Some((name, _)) => self.out.extend(quote!(&#name;)),
            None => self.show(quote!(#name;)),
        }
    }

    /// `self.name`.
    fn field(&mut self, base: &Expr, name: &Ident) {
        if self.fields.contains(&name.to_string()) {
            self.out.extend(quote!(&#base.#name;));
        } else if self.has_self() {
            self.show(quote!(#base.#name;));
        }
    }

    /// Whether an expression is a size: numbers, sizes, fields of the configuration.
    fn is_size(&self, expr: &Expr) -> bool {
        match unwrap(expr) {
            Expr::Lit(lit) => matches!(lit.lit, Lit::Int(_)),
            Expr::Binary(binary) => self.is_size(&binary.left) && self.is_size(&binary.right),
            Expr::MethodCall(call) => self.is_size(&call.receiver),
            Expr::Path(_) => ident_of(expr).is_some_and(|name| match self.get(name) {
                Some(bound) => bound.is_size,
                None => is_constant(name),
            }),
            Expr::Field(_) => {
                self_field(expr).is_some_and(|name| !self.fields.contains(&name.to_string()))
            }
            _ => false,
        }
    }

    fn call(&mut self, call: &ExprCall) {
        match unwrap(&call.func) {
            Expr::Path(func) => match func.path.get_ident() {
                Some(name) if self.get(name).is_some() => self.name(name),
                // Elementwise functions are words of the language: nobody can go there.
                Some(name) if is_word(name) => {}
                _ if layer_type(&Expr::Call(call.clone())).is_some() => {
                    self.show(quote!(#call;));
                }
                _ => self.show(quote!(let _: #func;)),
            },
            func => self.visit_expr(func),
        }
        self.arguments(&call.func, call.args.iter());
    }

    fn arguments<'e>(&mut self, func: &Expr, args: impl Iterator<Item = &'e Expr>) {
        for arg in args {
            match arg {
                Expr::Assign(assign) => {
                    if let (Expr::Path(func), Some(key)) = (func, ident_of(&assign.left)) {
                        self.show(quote!(#func::#key;));
                    }
                    self.visit_expr(&assign.right);
                }
                arg => self.visit_expr(arg),
            }
        }
    }

    fn method_call(&mut self, call: &ExprMethodCall) {
        let (receiver, method) = (&call.receiver, &call.method);
        if ident_of(receiver).is_some_and(|name| name == "self") {
            if self.helpers.contains(&method.to_string()) {
                self.out.extend(quote!(Self::#method;));
            } else {
                self.field(receiver, method);
            }
        } else {
            if layer_type(receiver).is_some() {
                self.show(quote!(#call;));
            }
            self.visit_expr(receiver);
        }
        call.args.iter().for_each(|arg| self.visit_expr(arg));
    }

    /// Half a line: an editor goes on from it.
    fn unread(&mut self, tokens: &TokenStream) {
        if self.editor {
            self.out.extend(quote!(#tokens;));
        } else {
            self.tokens(tokens.clone());
        }
    }

    /// The names in tokens that are no expression of the language.
    pub fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Ident(name) if self.get(&name).is_some() => self.name(&name),
                TokenTree::Group(group) if group.delimiter() != Delimiter::None => {
                    self.tokens(group.stream());
                }
                _ => {}
            }
        }
    }
}

impl<'e> Visit<'e> for Walk {
    fn visit_expr(&mut self, expr: &'e Expr) {
        match expr {
            Expr::Path(path) => match ident_of(expr) {
                Some(name) => self.name(name),
                None => self.show(quote!(#path;)),
            },
            Expr::Field(field) => match self_field(expr) {
                Some(name) => self.field(&field.base, name),
                None => {
                    self.show(quote!(#field;));
                    self.visit_expr(&field.base);
                }
            },
            Expr::Call(call) => self.call(call),
            Expr::MethodCall(call) => self.method_call(call),
            Expr::Macro(item) => self.tokens(item.mac.tokens.clone()),
            Expr::Verbatim(tokens) => self.unread(tokens),
            Expr::If(item) => {
                self.visit_expr(&item.cond);
                let then = self.block(&item.then_branch);
                self.out.extend(quote!(if __names::maybe() { #then }));
                if let Some((_, other)) = &item.else_branch {
                    let other = self.uses(other);
                    self.out.extend(quote!(else { #other }));
                }
            }
            Expr::ForLoop(item) => {
                self.visit_expr(&item.expr);
                self.scopes.push(HashMap::new());
                let (pat, value) = self.pattern(&item.pat, true);
                let body = self.block(&item.body);
                self.scopes.pop();
                self.out.extend(quote!(while __names::maybe() { let #pat = #value; #body }));
            }
            Expr::Block(item) => {
                let body = self.block(&item.block);
                self.out.extend(quote!({ #body }));
            }
            Expr::Assign(assign) => {
                self.assign(&assign.left, &assign.right);
            }
            Expr::Closure(_) | Expr::Match(_) | Expr::While(_) | Expr::Loop(_) | Expr::Let(_) => {
                self.tokens(expr.to_token_stream());
            }
            other => visit::visit_expr(self, other),
        }
    }
}

/// What `build` makes, in the order of the text: weights, and layers with their types.
pub fn made(block: &Block) -> Vec<(Ident, Option<Type>)> {
    struct Made(Vec<(Ident, Option<Type>)>);
    impl<'e> Visit<'e> for Made {
        fn visit_expr_assign(&mut self, assign: &'e syn::ExprAssign) {
            if let Some(name) = self_field(&assign.left)
                && self.0.iter().all(|(known, _)| known != name)
            {
                self.0.push((name.clone(), layer_type(&assign.right)));
            }
        }
    }
    let mut made = Made(Vec::new());
    made.visit_block(block);
    made.0
}

/// The type of a parameter.
pub fn type_of(declared: &Declared) -> TokenStream {
    match declared {
        Declared::Scalar => quote!(f64),
        Declared::Config(ty) => quote!(#ty),
        _ => quote!(__names::Value),
    }
}

/// Whether a name is a word of the language.
fn is_word(name: &Ident) -> bool {
    name == "weight" || crate::elementwise::find(&plain(name)).is_some()
}

/// A name without `r#`.
fn plain(name: &Ident) -> String {
    let text = name.to_string();
    text.strip_prefix("r#").map_or(text.clone(), String::from)
}
