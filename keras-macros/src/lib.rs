//! The compiler behind `#[layer]` and `model!`: syntax → graph → adjoint → tokens. Users depend on `keras-core`, which
//! documents both.

mod adjoint;
mod diag;
mod elementwise;
mod emit;
mod graph;
#[cfg(test)]
mod snapshots;
mod syntax;
#[cfg(test)]
mod tests;

use diag::Errors;
use proc_macro2::TokenStream;
use quote::quote;

/// Declares a layer; documented in `keras-core`, which re-exports it.
#[proc_macro_attribute]
pub fn layer(
    attr: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    expand_layer(attr.into(), item.into()).into()
}

/// Declares a model; documented in `keras-core`, which re-exports it.
#[proc_macro]
pub fn model(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_model(input.into()).into()
}

fn expand_layer(attr: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let library = library(attr, &mut errors);
    let item = match syn::parse2::<syn::Item>(item) {
        Ok(item) => item,
        Err(error) => {
            errors.push(error);
            return errors.finish(()).err().map(|e| diag::compile_errors(&e)).unwrap_or_default();
        }
    };
    let (outside, written) = match &item {
        syn::Item::Impl(item) => (quote!(), syntax::layer::from_impl(item, &mut errors)),
        syn::Item::Fn(item) => match syntax::layer::from_fn(item, &mut errors) {
            Some((layer, config)) => {
                let outside =
                    emit::structs::function(&item.vis, &item.attrs, &item.sig.ident, &config);
                if let Some(row) = elementwise::find(&item.sig.ident.to_string()) {
                    errors.at(&item.sig.ident, format!("`{}` is an elementwise function of the language; give the layer another name", row.name));
                }
                (outside, Some(layer))
            }
            None => (quote!(), None),
        },
        syn::Item::Struct(item) => {
            let tokens = emit::structs::structure(item, &library, &mut errors);
            let told = errors.finish(()).err().map(|e| diag::compile_errors(&e));
            return quote!(#tokens #told);
        }
        other => {
            errors.at(diag::head(other), "`#[layer]` goes on the `impl` block of a layer, on a function, or on the struct of a layer");
            (quote!(), None)
        }
    };
    // A part that could not be read leaves names unknown that are written: what they mean is asked when it is mended.
    let is_read = errors.is_empty();
    let inside = written.map(|written| {
        let graph = is_read.then(|| graph::layer::lower(&written, &mut errors));
        (graph, written)
    });
    let told = errors.finish(()).err().map(|e| diag::compile_errors(&e));
    let Some((graph, written)) = inside else { return quote!(#outside #told) };
    let names = emit::names::layer(&written, &about(&library, &told));
    let inside = match (graph, &told) {
        (Some(graph), None) => emit::layer::layer(&graph, &library),
        _ => emit::layer::stub(&written, &library),
    };
    quote!(#names #outside #inside #told)
}

fn expand_model(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let written = syntax::model::parse(input, &mut errors);
    let Some(written) = written else {
        return errors.finish(()).err().map(|e| diag::compile_errors(&e)).unwrap_or_default();
    };
    let library = written
        .attrs
        .iter()
        .find(|a| a.path().is_ident("keras"))
        .and_then(|a| errors.take(a.meta.require_list().cloned()))
        .map_or_else(|| quote!(::keras_core), |list| library(list.tokens, &mut errors));
    let graph = graph::model::lower(&written, &mut errors);
    let told = errors.finish(()).err().map(|e| diag::compile_errors(&e));
    // What has a mistake is poisoned, and so silent: the rest is checked, and whoever uses the model finds it.
    let names = emit::names::model(&written, &about(&library, &told));
    let model = emit::model::model(&written, &graph, &library, told.is_none());
    quote!(#names #model #told)
}

/// What the names of a body are told as.
fn about<'a>(library: &'a TokenStream, told: &Option<TokenStream>) -> emit::names::About<'a> {
    emit::names::About { library, editor: emit::in_editor(), has_mistakes: told.is_some() }
}

/// `crate = "path"`: where the library is, for a user who renamed it.
fn library(attr: TokenStream, errors: &mut Errors) -> TokenStream {
    if attr.is_empty() {
        return quote!(::keras_core);
    }
    let parse = |input: syn::parse::ParseStream<'_>| {
        if !input.peek(syn::Token![crate]) {
            return Err(input.error(
                "the only option is `crate = \"path\"`: where the library has another name",
            ));
        }
        input.parse::<syn::Token![crate]>()?;
        input.parse::<syn::Token![=]>()?;
        let path: syn::LitStr = input.parse()?;
        path.parse::<syn::Path>()
    };
    match syn::parse::Parser::parse2(parse, attr) {
        Ok(path) => quote!(#path),
        Err(error) => {
            errors.push(error);
            quote!(::keras_core)
        }
    }
}
