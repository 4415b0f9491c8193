//! What may be wrong with a model or a layer whatever the site: constants that may panic, as `SIZES[2]` may, and names and fields
//! that may not be there.
//!
//! Where a constant panics, rustc tells it once more for each that asks for it. Where a type asks, as that of
//! `const hazard0: [(); { let _ = SIZES[2]; 0 }] = [];`, it is an error of types: what follows from it is silent.

use std::cell::RefCell;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::{BinOp, Expr, Path, Type, UnOp};

use super::{Cx, ends, in_editor, in_library, key, respan};
use crate::graph::Callee;
use crate::graph::callee::layer_type;
use crate::graph::constant::{fields_in, ident_of};

/// What is checked of a model or a layer before anything is known of it.
#[derive(Default)]
pub struct Hazards {
    all: RefCell<Vec<Hazard>>,
    /// The layer, where it is one, and its fields that are spoken of.
    layer: TokenStream,
    fields: RefCell<Vec<Ident>>,
    /// Those of them that are called.
    called: RefCell<Vec<Ident>>,
    /// Names that are given to ops as constants, but look like those of values.
    names: RefCell<Vec<Ident>>,
}

struct Hazard {
    /// What the user wrote, and where: it may be asked for often.
    written: String,
    evaluated: TokenStream,
}

impl Hazards {
    /// Those of a layer of this type.
    pub fn of_layer(ty: &Type) -> Self {
        Hazards { layer: quote!(#ty), ..Hazards::default() }
    }

    /// Checks that the layer has this field, and says whether that is checked: layers of the library have theirs.
    fn field(&self, name: &Ident) -> bool {
        if in_library() || in_editor() {
            return false;
        }
        push(&self.fields, name);
        true
    }

    /// Checks that there is a constant of this name.
    fn name(&self, name: &Ident) -> bool {
        let is_checked = !in_library() && !in_editor();
        if is_checked {
            push(&self.names, name);
        }
        is_checked
    }

    /// The type of a field that is called, behind the checks that there is such a field, and that it is a layer.
    pub fn called(&self, name: &Ident, layer: TokenStream) -> TokenStream {
        if !self.field(name) {
            return type_of_field(&layer, name);
        }
        push(&self.called, name);
        type_of_field(&behind_all(layer), name)
    }

    /// `{ let _ = hazard3; value }`: `value` behind the check of what is `written`, which evaluates `evaluated`.
    pub fn behind(
        &self,
        written: &impl ToTokens,
        evaluated: TokenStream,
        value: &TokenStream,
    ) -> TokenStream {
        let mut all = self.all.borrow_mut();
        let written = written.to_token_stream();
        let written = format!("{:?} {written}", ends(&written).0);
        let place = all.iter().position(|known| known.written == written).unwrap_or_else(|| {
            all.push(Hazard { written, evaluated });
            all.len() - 1
        });
        let name = name(place);
        quote!({ let _ = #name; #value })
    }

    pub fn is_empty(&self) -> bool {
        let no_names = self.fields.borrow().is_empty() && self.names.borrow().is_empty();
        self.all.borrow().is_empty() && no_names
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
        let (all, fields, layer) = (self.all.borrow(), self.fields.borrow(), &self.layer);
        let mut names: Vec<Ident> = (0..all.len()).map(name).collect();
        let mut evaluated: Vec<TokenStream> = all.iter().map(|h| h.evaluated.clone()).collect();
        for written in self.names.borrow().iter() {
            names.push(format_ident!("__name_{}", written.unraw(), span = Span::call_site()));
            evaluated.push(quote!(&#written));
        }
        for field in fields.iter() {
            let name = format_ident!("__field_{}", field.unraw(), span = Span::call_site());
            // A closure, and no function: what is wrong in it is wrong in the constant.
            evaluated.push(quote!(|layer: &'static #layer| { let _ = &layer.#field; }));
            names.push(name.clone());
            if self.called.borrow().contains(field) {
                let known = quote!([(); { let _ = #name; 0 }]);
                let known = quote!(<#known as __keras::Sound>::Configured<#layer>);
                let ty = respan(type_of_field(&known, field), field.span());
                evaluated.push(quote!(::core::marker::PhantomData::<#ty>));
                names.push(format_ident!("__called_{}", field.unraw(), span = Span::call_site()));
            }
        }
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

fn push(all: &RefCell<Vec<Ident>>, name: &Ident) {
    let mut all = all.borrow_mut();
    if !all.contains(name) {
        all.push(name.clone());
    }
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
        let Some(hazards) = &self.hazards else { return ty };
        let plain = callee.plain();
        let fields = plain.iter().flat_map(|expr| fields_in(expr));
        let fields = fields.filter(|name| hazards.field(name)).count();
        let named = plain.iter().filter_map(|expr| ident_of(expr)).filter(|name| {
            let is_written = name.to_string().starts_with(|c: char| c.is_lowercase());
            is_written && *name != "self" && hazards.name(name)
        });
        if fields + named.count() > 0 { behind_all(ty) } else { ty }
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
            let made =
                matches!(layer_type(&call.receiver), Some(Type::Path(ty)) if is_named(&ty.path));
            made && is_harmless(&call.receiver) && call.args.iter().all(is_harmless)
        }
        _ => false,
    }
}

/// `L2(0.1)`, or a function of a layer of the library. One that a user wrote may assert something.
fn is_known(path: &Path) -> bool {
    let mut names = path.segments.iter().rev().map(|segment| segment.ident.to_string());
    let (last, of) = (names.next(), names.next());
    last.is_some_and(|name| name.starts_with(char::is_uppercase))
        || of.is_some_and(|name| is_ours(&name))
}

fn is_named(ty: &Path) -> bool {
    ty.segments.last().is_some_and(|last| is_ours(&last.ident.to_string()))
}

fn is_ours(name: &str) -> bool {
    OURS.contains(&name)
}

/// The layers of the library, whose constructors never panic: a mistake in their arguments is an error as a value.
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
