//! The compiler behind `#[layer]` and `model!`: syntax → graph → adjoint → tokens. Users depend on `keras-core`, which
//! documents both.

mod adjoint;
mod diag;
mod elementwise;
mod emit;
#[cfg(test)]
mod fuzz;
mod graph;
mod guard;
#[cfg(test)]
mod snapshots;
mod syntax;
#[cfg(test)]
mod tests;

use diag::Errors;
use emit::names::About;
use proc_macro2::TokenStream;
use quote::quote;

/// Declares a layer; documented in `keras-core`, which re-exports it.
#[proc_macro_attribute]
pub fn layer(
    attr: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    let (attr, item) = (TokenStream::from(attr), TokenStream::from(item));
    let rest = item.clone();
    guard::caught(|| expand_layer(attr, item, emit::in_editor()), || layer_rest(rest)).into()
}

/// Declares a model; documented in `keras-core`, which re-exports it.
#[proc_macro]
pub fn model(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = TokenStream::from(input);
    let rest = input.clone();
    guard::caught(|| expand_model(input, emit::in_editor()), || model_rest(rest)).into()
}

fn expand_layer(attr: TokenStream, item: TokenStream, editor: bool) -> TokenStream {
    let mut errors = Errors::default();
    let library = library(attr, &mut errors);
    if let Err(error) = guard::shallow(&item) {
        errors.push(error);
        let (rest, told) = (emit::stub::rest_of_broken(item, &library), told(errors));
        return quote!(#rest #told);
    }
    let item = match syn::parse2::<syn::Item>(item.clone()) {
        Ok(item) => item,
        Err(error) => {
            let (rest, told) = (emit::stub::rest_of_broken(item, &library), told(errors));
            let unread = guard::unread(&error);
            return quote!(#rest #told #unread);
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
            let told = told(errors);
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
    let told = told(errors);
    let Some((graph, written)) = inside else {
        let rest = emit::stub::rest(&item, &library);
        return quote!(#rest #told);
    };
    let has_mistakes = !told.is_empty();
    let about = About { library: &library, editor, has_mistakes };
    let names = emit::names::layer(&written, &about);
    let inside = match graph {
        Some(graph) if !has_mistakes => emit::layer::layer(&graph, &library),
        _ => emit::stub::stub(&written.ty, &written.generics, &item, &library),
    };
    quote!(#names #outside #inside #told)
}

fn expand_model(input: TokenStream, editor: bool) -> TokenStream {
    if let Err(error) = guard::shallow(&input) {
        let (rest, told) = (model_rest(input), diag::compile_errors(&error));
        return quote!(#rest #told);
    }
    let mut errors = Errors::default();
    let written = syntax::model::parse(input, &mut errors);
    let Some(written) = written else {
        return told(errors);
    };
    let library = written
        .attrs
        .iter()
        .find(|a| a.path().is_ident("keras"))
        .and_then(|a| errors.take(a.meta.require_list().cloned()))
        .map_or_else(|| quote!(::keras_core), |list| library(list.tokens, &mut errors));
    let graph = graph::model::lower(&written, &mut errors);
    let told = told(errors);
    let has_mistakes = !told.is_empty();
    let about = About { library: &library, editor, has_mistakes };
    // What has a mistake is poisoned, and so silent: the rest is checked, and whoever uses the model finds it.
    let names = emit::names::model(&written, &about);
    let model = emit::model::model(&written, &graph, &library, !has_mistakes);
    quote!(#names #model #told)
}

/// What is left of a layer that cannot be expanded.
fn layer_rest(item: TokenStream) -> TokenStream {
    let item = syn::parse2(item).map(|item| emit::stub::rest(&item, &quote!(::keras_core)));
    item.unwrap_or_default()
}

/// What is left of a model that cannot be expanded.
fn model_rest(input: TokenStream) -> TokenStream {
    let name = syntax::model::name(input);
    name.map(|name| quote!(#[allow(dead_code, missing_docs)] pub struct #name;)).unwrap_or_default()
}

/// The errors of an expansion; nothing if there are none.
fn told(errors: Errors) -> TokenStream {
    errors.finish(()).err().map(|e| diag::compile_errors(&e)).unwrap_or_default()
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
