//! What is left of a layer that has mistakes, or is no Rust: its names, and something that can be called and is silent.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;
use syn::{Generics, ImplItem, Item, Type};

use super::key;
use crate::guard;
use crate::syntax::layer::last_ident;

/// What is left of an item that is no Rust, or too deep: what there is without the bodies of its functions, or without all that
/// is in it.
pub fn rest_of_broken(item: TokenStream, library: &TokenStream) -> TokenStream {
    let read = |depth| {
        let item = without_bodies(item.clone(), depth);
        guard::shallow(&item).and_then(|()| syn::parse2::<Item>(item)).ok()
    };
    read(1).or_else(|| read(0)).map(|item| rest(&item, library)).unwrap_or_default()
}

/// The tokens with nothing in the braces that are `depth` braces deep.
fn without_bodies(tokens: TokenStream, depth: usize) -> TokenStream {
    let emptied = |token: TokenTree| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
            let inside = match depth.checked_sub(1) {
                Some(depth) => without_bodies(group.stream(), depth),
                None => TokenStream::new(),
            };
            TokenTree::Group(Group::new(Delimiter::Brace, inside))
        }
        other => other,
    };
    tokens.into_iter().map(emptied).collect()
}

/// What is left of an item under `#[layer]` that could not be read.
pub fn rest(item: &Item, library: &TokenStream) -> TokenStream {
    match item {
        Item::Impl(of) if of.trait_.is_none() => stub(&of.self_ty, &of.generics, item, library),
        Item::Fn(of) => {
            let name = &of.sig.ident;
            let ty = syn::parse_quote!(#name);
            let outside = super::structs::function(&of.vis, &of.attrs, name, &[]);
            let stub = stub(&ty, &Generics::default(), item, library);
            quote!(#outside #stub)
        }
        // Names are kept; what stands inside is in the language, and no Rust.
        Item::Impl(_) => quote!(),
        Item::Trait(of) => {
            let (vis, name, generics) = (&of.vis, &of.ident, &of.generics);
            quote!(#[allow(dead_code, missing_docs)] #vis trait #name #generics {})
        }
        other => quote!(#other),
    }
}

/// What is left of a layer with mistakes: something that can be called and is silent.
pub fn stub(ty: &Type, generics: &Generics, item: &Item, library: &TokenStream) -> TokenStream {
    let name = last_ident(ty).map(|name| name.to_string()).unwrap_or_default();
    let (params, _, wheres) = generics.split_for_impl();
    let entries = if let Item::Impl(item) = item { &item.items[..] } else { &[] };
    let methods = entries.iter().filter_map(|entry| match entry {
        ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
        _ => None,
    });
    let methods: BTreeSet<String> = methods.filter(|m| m != "build" && m != "call").collect();
    let methods = methods.iter().map(|method| {
        let key = key(method);
        quote! {
            impl #params __keras::Method<#key> for #ty #wheres {
                type At<__S: __keras::Site<Layer = Self>, __O: __keras::Site<Layer = Self>> = __keras::Broken<__S>;
            }
        }
    });
    quote! {
        const _: () = {
            use #library::__private as __keras;
            impl #params __keras::Layer for #ty #wheres {
                const NAME: &'static str = #name;
                type At<__S: __keras::Site<Layer = Self>> = __keras::Broken<__S>;
            }
            #(#methods)*
        };
    }
}
