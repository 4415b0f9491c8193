//! The names of a body as plain Rust, in functions that nobody calls: so rustc tells what is never used, and an editor finds
//! what a name means, who uses it and how it goes on.
//!
//! A definition is a binding with the span of the definition, a use is a borrow with the span of the use. Only names that are
//! defined are used, so that nothing here is ever an error. Weights are fields of a struct, the layer's functions its methods.
//! For an editor there is more, which rustc sees elsewhere in an expansion: layers with their configuration, and half a line.

mod walk;

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::{Attribute, Ident, Type};

use super::respan;
use crate::syntax::layer::{Function, Layer};
use crate::syntax::model::{Model, Statement};
use walk::Walk;

/// How names are emitted.
pub struct About<'a> {
    /// Where the library is.
    pub library: &'a TokenStream,
    /// Whether for an editor.
    pub editor: bool,
    /// Whether mistakes were told: what seems unused may then be their consequence.
    pub has_mistakes: bool,
}

/// The names of a layer.
pub fn layer(layer: &Layer, about: &About<'_>) -> TokenStream {
    let functions: Vec<&Function> =
        layer.build.iter().chain([&layer.call]).chain(&layer.methods).collect();
    if !layer.is_method {
        let function = function(&layer.call, &layer.config, Walk::new(about.editor));
        return about.around(&layer.attrs, &quote!(#[allow(dead_code)] #function));
    }
    let made = layer.build.iter().flat_map(|build| walk::made(&build.block)).collect::<Vec<_>>();
    let declared = made.iter().map(|(name, ty)| match ty {
        Some(ty) if about.editor => quote!(#name: #ty),
        // A lint is silent about a field that seems to come from elsewhere.
        Some(_) => lone(name, quote!(: __names::Layer)),
        None => lone(name, quote!(: __names::Weight)),
    });
    let fields = made.iter().map(|(name, _)| name.to_string()).collect();
    let helpers = functions.iter().map(|f| f.name.to_string()).collect();
    let walk = Walk::of_methods(about.editor, fields, helpers);
    let methods = functions.iter().map(|f| function(f, &[], walk.clone().within(&f.name)));
    let name = format_ident!("{}Weights", layer.name, span = layer.name.span());
    // An editor goes on from `self.` with the configuration, too.
    let deref = (about.editor && layer.generics.params.is_empty()).then(|| {
        let ty = &layer.ty;
        quote! {
            impl ::core::ops::Deref for #name {
                type Target = #ty;
                fn deref(&self) -> &#ty { __names::any() }
            }
        }
    });
    let items = quote! {
        struct #name { #(#declared),* }
        #[allow(dead_code)]
        impl #name { #(#methods)* }
        #deref
    };
    about.around(&layer.attrs, &items)
}

/// The names of a model.
pub fn model(model: &Model, about: &About<'_>) -> TokenStream {
    let mut walk = Walk::new(about.editor);
    for statement in &model.statements {
        match statement {
            Statement::Input { name, declared } | Statement::Target { name, declared } => {
                walk.sizes(declared);
                walk.define(name, &quote!(__names::Value));
            }
            Statement::Variable { name, value } => {
                walk.expression(value);
                walk.define(name, &quote!(0.0_f64));
            }
            _ => {}
        }
    }
    model.statements.iter().for_each(|statement| line(&mut walk, statement));
    let body = walk.finish();
    about.around(&model.attrs, &quote!(#[allow(dead_code)] fn __names() { #body }))
}

fn line(walk: &mut Walk, statement: &Statement) {
    match statement {
        Statement::Input { .. }
        | Statement::Target { .. }
        | Statement::Variable { .. }
        | Statement::Budget(_) => {}
        Statement::Layer { name, value } => walk.layer(name, value),
        Statement::Let { pat, value } => walk.bind(pat, value),
        Statement::Output { name, value } => walk.output(name, value),
        Statement::Loss { value, .. } | Statement::Metric { value, .. } => walk.expression(value),
    }
}

/// The name with what follows as if the user had written all of it there.
fn lone(name: &Ident, tokens: TokenStream) -> TokenStream {
    let tokens = respan(tokens, name.span());
    quote!(#name #tokens)
}

impl About<'_> {
    /// The items of a body's names, with the lints that their user set.
    fn around(&self, attrs: &[Attribute], items: &TokenStream) -> TokenStream {
        let library = self.library;
        let lints =
            attrs.iter().filter(|attr| is_one_of(attr, &["allow", "warn", "deny", "forbid"]));
        // An editor compares expansions with and without the word that is being written: they must begin alike.
        let quiet = (self.has_mistakes || self.editor).then(|| quote!(#[allow(unused)]));
        quote! {
            #[allow(path_statements, unused_must_use, non_snake_case, missing_docs)]
            #[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
            #(#lints)*
            #quiet
            const _: () = {
                use #library::__private::names as __names;
                #items
            };
        }
    }
}

fn is_one_of(attr: &Attribute, names: &[&str]) -> bool {
    names.iter().any(|name| attr.path().is_ident(name))
}

/// A function of the language as one of Rust.
fn function(function: &Function, config: &[(Ident, Type)], mut walk: Walk) -> TokenStream {
    // What `build` is given are shapes: nobody can read more of them than their sizes.
    let quiet = (function.name == "build").then(|| quote!(#[allow(unused_variables)]));
    let receiver = walk.has_self().then(|| quote!(&self,));
    let config = config.iter().map(|(name, ty)| {
        walk.know(name, true);
        quote!(#name: #ty)
    });
    let config: Vec<TokenStream> = config.collect();
    for param in &function.params {
        walk.sizes(&param.declared);
    }
    // A name that stands twice is told elsewhere.
    let mut seen: Vec<&Ident> = Vec::new();
    let mut first = |name| {
        !seen.contains(&name) && {
            seen.push(name);
            true
        }
    };
    let params: Vec<_> = function.params.iter().filter(|param| first(&param.name)).collect();
    let params = params.into_iter().map(|param| {
        let (name, ty) = (&param.name, walk::type_of(&param.declared));
        walk.know(name, false);
        quote!(#quiet #name: #ty)
    });
    let params: Vec<TokenStream> = params.collect();
    for default in function.params.iter().filter_map(|param| param.default.as_ref()) {
        walk.expression(default);
    }
    walk.statements(&function.block);
    for (declared, _) in &function.returns {
        walk.sizes(declared);
    }
    let attrs = function.attrs.iter().filter(|attr| {
        is_one_of(attr, &["doc"])
            || (walk.has_self() && is_one_of(attr, &["allow", "warn", "deny"]))
    });
    let attrs: TokenStream = attrs.map(ToTokens::to_token_stream).collect();
    let name = &function.name;
    let body = walk.finish();
    quote!(#attrs fn #name(#receiver #(#params,)* #(#config,)*) { #body })
}
