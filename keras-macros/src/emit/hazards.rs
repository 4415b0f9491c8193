//! What may be wrong with a model or a layer whatever the site: constants that may panic, as `SIZES[2]` may, and names and fields
//! that may not be there.
//!
//! Where a constant panics, rustc tells it once more for each that asks for it. Where a type asks, as that of
//! `const hazard0: [(); { let _ = SIZES[2]; 0 }] = [];`, it is an error of types: what follows from it is silent.

use std::cell::RefCell;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{BinOp, Expr, Path, PathSegment, Type, UnOp};

use super::{Cx, ends, in_editor, in_library, key, respan};
use crate::graph::Callee;
use crate::graph::callee::layer_type;
use crate::graph::constant::{fields_in, ident_of};

/// What is checked of a model or a layer before anything is known of it.
#[derive(Default)]
pub struct Hazards {
    all: RefCell<Vec<Hazard>>,
    /// The layer, where it is one.
    layer: TokenStream,
}

struct Hazard {
    /// What the user wrote: it may be asked for often.
    written: String,
    evaluated: TokenStream,
}

impl Hazards {
    /// Those of a layer of this type.
    pub fn of_layer(ty: &Type) -> Self {
        Hazards { layer: quote!(#ty), ..Hazards::default() }
    }

    /// The constant that checks what is `written`, which evaluates `evaluated`.
    fn check(&self, written: String, evaluated: TokenStream) -> Ident {
        let mut all = self.all.borrow_mut();
        let place = all.iter().position(|known| known.written == written).unwrap_or_else(|| {
            all.push(Hazard { written, evaluated });
            all.len() - 1
        });
        name(place)
    }

    /// `{ let _ = hazard3; value }`: `value` behind the check of what is `written`, which evaluates `evaluated`.
    pub fn behind(
        &self,
        written: &impl ToTokens,
        evaluated: TokenStream,
        value: &TokenStream,
    ) -> TokenStream {
        let written = written.to_token_stream();
        let check = self.check(format!("{:?} {written}", ends(&written).0), evaluated);
        quote!({ let _ = #check; #value })
    }

    /// Checks that there is a constant of this name.
    fn name(&self, name: &Ident) {
        self.check(name.to_string(), quote!(&#name));
    }

    /// Checks that the layer has this field. In a closure, and no function: what is wrong in it is wrong in the constant.
    fn field(&self, name: &Ident) -> Ident {
        let layer = &self.layer;
        let evaluated = quote!(|layer: &'static #layer| { let _ = &layer.#name; });
        self.check(format!("self.{name}"), evaluated)
    }

    /// The type of a field that is called, behind the checks that there is such a field, and that it is a layer.
    pub fn called(&self, name: &Ident, layer: TokenStream) -> TokenStream {
        if !checks_names() {
            return type_of_field(&layer, name);
        }
        let (field, own) = (self.field(name), &self.layer);
        let own = quote!(<[(); { let _ = #field; 0 }] as __keras::Sound>::Configured<#own>);
        let ty = respan(type_of_field(&own, name), name.span());
        self.check(format!("self.{name}(x)"), quote!(::core::marker::PhantomData::<#ty>));
        type_of_field(&behind_all(layer), name)
    }

    pub fn is_empty(&self) -> bool {
        self.all.borrow().is_empty()
    }

    /// `let _ = hazards;`, in front of what is behind all of the checks.
    pub fn all(&self) -> TokenStream {
        if self.is_empty() { quote!() } else { quote!(let _ = hazards;) }
    }

    /// The layer at a site, a type, behind all of the checks: where one fails, that is known of no site.
    pub fn at(&self, at: TokenStream) -> TokenStream {
        if self.is_empty() { at } else { quote!(<__Sound as __keras::Sound>::Behind<#at>) }
    }

    /// The checks, when all are known.
    pub fn checks(&self) -> TokenStream {
        if self.is_empty() {
            return quote!();
        }
        let all = self.all.borrow();
        let names: Vec<Ident> = (0..all.len()).map(name).collect();
        let evaluated = all.iter().map(|hazard| &hazard.evaluated);
        quote! {
            #(const #names: [(); { let _ = #evaluated; 0 }] = [];)*
            type __Sound = [(); { let _ = (#(#names),*); 0 }];
            const hazards: __Sound = [];
        }
    }
}

/// The type of a configuration behind all of the checks: where one fails, it is none, and what is asked of it is no further error.
pub fn behind_all(ty: TokenStream) -> TokenStream {
    quote!(<__Sound as __keras::Sound>::Configured<#ty>)
}

/// Whether names are checked: layers of the library have theirs, and an editor counts each.
fn checks_names() -> bool {
    !in_library() && !in_editor()
}

/// The type of a field that is a layer.
pub fn type_of_field(layer: &TokenStream, name: &Ident) -> TokenStream {
    let key = key(&name.to_string());
    quote!(<#layer as __keras::Field<#key>>::Type)
}

fn name(place: usize) -> Ident {
    format_ident!("hazard{}", place)
}

impl Cx {
    /// Whether an expression may panic, which says nothing of the site. An editor, which counts each name, is not asked to count
    /// twice.
    fn may_panic(&self, expr: &Expr) -> bool {
        !in_editor() && !is_harmless(expr) && !self.speaks_of_sizes(expr)
    }

    /// `value`, which is what `expr` becomes, behind the check of `expr`.
    pub fn checked(&self, expr: &Expr, value: TokenStream) -> TokenStream {
        match &self.hazards {
            Some(hazards) if self.may_panic(expr) => hazards.behind(expr, value.clone(), &value),
            _ => value,
        }
    }

    /// The type of a layer behind the checks that there are the fields and constants that it is configured with.
    pub fn behind_names(&self, callee: &Callee, ty: TokenStream) -> TokenStream {
        let Some(hazards) = self.hazards.as_ref().filter(|_| checks_names()) else { return ty };
        let plain = callee.plain();
        let fields: Vec<&Ident> = plain.iter().flat_map(|expr| fields_in(expr)).collect();
        // Those of constants begin with a capital letter.
        let is_lower = |name: &&Ident| name.to_string().starts_with(char::is_lowercase);
        let names = plain.iter().filter_map(|expr| ident_of(expr)).filter(is_lower);
        let names: Vec<&Ident> = names.filter(|name| *name != "self").collect();
        if fields.is_empty() && names.is_empty() {
            return ty;
        }
        fields.into_iter().for_each(|name| drop(hazards.field(name)));
        names.into_iter().for_each(|name| hazards.name(name));
        behind_all(ty)
    }

    /// The type of a field of `layer` that is called.
    pub fn called(&self, name: &Ident, layer: TokenStream) -> TokenStream {
        match &self.hazards {
            Some(hazards) => hazards.called(name, layer),
            None => type_of_field(&layer, name),
        }
    }

    /// A shape of a model in which there are hazards. The inputs, which are behind all of them, come first: what types follow from
    /// would else be asked of types that are none.
    pub fn behind_inputs(&self, shape: TokenStream) -> TokenStream {
        let around = &self.site;
        match &self.hazards {
            Some(hazards) if !self.repeats.is_empty() && !hazards.is_empty() => {
                quote!(match <#around as __keras::Site>::INPUTS { _ => #shape })
            }
            _ => shape,
        }
    }

    /// What is written of the configuration of a call, if it may panic.
    pub fn written(&self, callee: &Callee) -> Option<TokenStream> {
        match callee {
            Callee::Function { path, .. } => {
                let plain = callee.plain();
                let fixed = !plain.iter().any(|expr| self.speaks_of_sizes(expr));
                let hazard = fixed && plain.iter().any(|expr| self.may_panic(expr));
                hazard.then(|| quote!(#path(#(#plain),*)))
            }
            Callee::Layer { value, .. } | Callee::Sublayer { value, .. } => {
                self.may_panic(value).then(|| value.to_token_stream())
            }
            Callee::Field { .. } | Callee::Method { .. } => None,
        }
    }
}

/// Literals, names, and what is put together of them; also with a constructor, `Dense::new(10)`.
fn is_harmless(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) | Expr::Path(_) => true,
        Expr::Paren(inner) => is_harmless(&inner.expr),
        Expr::Group(inner) => is_harmless(&inner.expr),
        Expr::Reference(inner) => is_harmless(&inner.expr),
        Expr::Cast(inner) => is_harmless(&inner.expr),
        Expr::Field(inner) => is_harmless(&inner.base),
        Expr::Unary(unary) => match unary.op {
            UnOp::Not(_) => is_harmless(&unary.expr),
            _ => matches!(&*unary.expr, Expr::Lit(_)),
        },
        Expr::Binary(binary) => {
            compares(&binary.op) && is_harmless(&binary.left) && is_harmless(&binary.right)
        }
        Expr::Array(array) => array.elems.iter().all(is_harmless),
        Expr::Tuple(tuple) => tuple.elems.iter().all(is_harmless),
        Expr::Struct(item) => item.fields.iter().all(|field| is_harmless(&field.expr)),
        Expr::Call(call) => {
            let made = matches!(&*call.func, Expr::Path(func) if is_known(&func.path));
            made && call.args.iter().all(is_harmless)
        }
        Expr::MethodCall(call) => {
            let made = matches!(layer_type(&call.receiver), Some(Type::Path(ty)) if is_ours(ty.path.segments.last()));
            made && is_harmless(&call.receiver) && call.args.iter().all(is_harmless)
        }
        _ => false,
    }
}

/// `L2(0.1)`, or a function of a layer of the library. One that a user wrote may assert something.
fn is_known(path: &Path) -> bool {
    let mut names = path.segments.iter().rev();
    let is_upper = |last: &PathSegment| last.ident.to_string().starts_with(char::is_uppercase);
    names.next().is_some_and(is_upper) || is_ours(names.next())
}

fn is_ours(layer: Option<&PathSegment>) -> bool {
    layer.is_some_and(|layer| OURS.iter().any(|ours| layer.ident == ours))
}

/// The layers of the library, whose constructors never panic: a mistake in their arguments is an error as a value. One that is
/// missing here is checked as a user's, which costs time and nothing else.
const OURS: &[&str] = &[
    "Activation",
    "AveragePooling1D",
    "AveragePooling2D",
    "BatchNormalization",
    "Conv1D",
    "Conv2D",
    "Dense",
    "DepthwiseConv1D",
    "DepthwiseConv2D",
    "Dropout",
    "ELU",
    "Embedding",
    "Flatten",
    "GRU",
    "GRUCell",
    "GlobalAveragePooling1D",
    "GlobalAveragePooling2D",
    "GlobalMaxPooling1D",
    "GlobalMaxPooling2D",
    "LSTM",
    "LSTMCell",
    "LayerNormalization",
    "LeakyReLU",
    "MaxPooling1D",
    "MaxPooling2D",
    "ReLU",
    "Reshape",
    "SimpleRNN",
    "SimpleRNNCell",
];

fn compares(op: &BinOp) -> bool {
    use BinOp::{And, Eq, Ge, Gt, Le, Lt, Ne, Or};
    matches!(op, Eq(_) | Ne(_) | Lt(_) | Le(_) | Gt(_) | Ge(_) | And(_) | Or(_))
}
