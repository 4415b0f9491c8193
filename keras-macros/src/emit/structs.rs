//! Configuration: `#[layer]` on a struct, and the struct of a function layer.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Fields, Generics, Ident, ItemStruct, Type};

use super::key;
use crate::diag::Errors;
use crate::graph::lower::is_name;

/// `#[layer]` on a struct: `new` of the fields without a default, a method for each field with one (of an `Option<T>` it takes a
/// `T`), and which fields are layers.
///
/// ```text
/// impl Dense {
///     pub const fn new(units: usize) -> Self { Dense { units, activation: Linear } }
///     pub const fn activation(self, activation: Activation) -> Self { Dense { activation, ..self } }
/// }
/// impl Field<0x…> for Dense { type Type = Activation; }
/// ```
pub fn structure(item: &ItemStruct, path: &TokenStream, errors: &mut Errors) -> TokenStream {
    let mut plain = item.clone();
    let Fields::Named(fields) = &mut plain.fields else {
        return match &item.fields {
            Fields::Unit => {
                let (name, generics) = (&item.ident, &item.generics);
                let (i, t, w) = generics.split_for_impl();
                quote! {
                    #item
                    impl #i #name #t #w {
                        /// The layer.
                        pub const fn new() -> Self { #name }
                    }
                }
            }
            _ => {
                errors.at(&item.fields, "a layer's configuration has named fields: `pub struct Dense { pub units: usize }`");
                quote!(#item)
            }
        };
    };
    if let Some(field) = item.fields.iter().find(|f| f.ident.as_ref().is_some_and(|n| !is_name(n)))
    {
        errors.at(field, "a field of a layer has a name");
        return quote!();
    }
    let mut required = Vec::new();
    let mut optional = Vec::new();
    for field in &mut fields.named {
        let name = field.ident.clone().expect("a named field");
        let default = field
            .attrs
            .iter()
            .position(|a| a.path().is_ident("default"))
            .map(|i| field.attrs.remove(i));
        let docs: Vec<_> =
            field.attrs.iter().filter(|a| a.path().is_ident("doc")).cloned().collect();
        match default.map(|attr| attr.parse_args::<syn::Expr>()) {
            None => required.push((name, field.ty.clone())),
            Some(Ok(value)) => optional.push((name, field.ty.clone(), value, docs)),
            Some(Err(error)) => errors.push(error),
        }
    }
    let (name, vis) = (&item.ident, &item.vis);
    let (i, t, w) = item.generics.split_for_impl();
    let params = required.iter().map(|(name, ty)| quote!(#name: #ty));
    let names = required.iter().map(|(name, _)| name);
    let defaults = optional.iter().map(|(name, _, value, _)| quote!(#name: #value));
    let builders = optional.iter().map(|(field, ty, _, docs)| {
        let (ty, value) = match inside_option(ty) {
            Some(ty) => (ty, quote!(::core::option::Option::Some(#field))),
            None => (ty, quote!(#field)),
        };
        quote! {
            #(#docs)*
            #[must_use]
            #vis const fn #field(mut self, #field: #ty) -> Self {
                self.#field = #value;
                self
            }
        }
    });
    let quiet = super::layer::quiet();
    let fields: Vec<TokenStream> = fields
        .named
        .iter()
        .filter(|f| could_be_layer(&f.ty, &item.generics))
        .map(|field| {
            let (ty, key) =
                (&field.ty, key(&field.ident.as_ref().expect("a named field").to_string()));
            quote!(#quiet impl #i #path::__private::Field<#key> for #name #t #w { type Type = #ty; })
        })
        .collect();
    let doc = format!("A `{name}` with its required configuration; the rest has defaults.");
    // Where its arguments are wrong, rustc shows where it is defined.
    let new = Ident::new("new", name.span());
    quote! {
        #plain
        impl #i #name #t #w {
            #[doc = #doc]
            #[allow(clippy::too_many_arguments)]
            #vis const fn #new(#(#params),*) -> Self {
                #name { #(#names,)* #(#defaults,)* }
            }
            #(#builders)*
        }
        #(#fields)*
    }
}

/// `T` of `Option<T>`: what is not given is left out, so what is given is a `T`.
fn inside_option(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == "Option")?;
    match &last.arguments {
        syn::PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
            syn::GenericArgument::Type(inner) => Some(inner),
            _ => None,
        },
        _ => None,
    }
}

/// A field whose type is a path that is not a primitive may be a layer; rustc decides where it is called.
fn could_be_layer(ty: &Type, generics: &Generics) -> bool {
    let Type::Path(path) = ty else { return false };
    let Some(last) = path.path.segments.last() else { return false };
    let text = last.ident.to_string();
    let parameter = generics.type_params().any(|p| path.path.is_ident(&p.ident));
    parameter || LAYERS_BY_NAME.contains(&text.as_str()) || looks_like_layer(&text)
}

const LAYERS_BY_NAME: &[&str] = &["Activation"];
const NOT_LAYERS: &[&str] = &[
    "Option",
    "String",
    "Vec",
    "Box",
    "Inferred",
    "Initializer",
    "Padding",
    "Regularizer",
    "Constraint",
];

fn looks_like_layer(name: &str) -> bool {
    name.starts_with(char::is_uppercase) && !NOT_LAYERS.contains(&name)
}

/// The struct of a function layer: its constants, given to `new` in order.
pub fn function(
    vis: &syn::Visibility,
    attrs: &[syn::Attribute],
    name: &Ident,
    config: &[(Ident, Type)],
) -> TokenStream {
    // A parameter that is not used is told of where its names are.
    let fields = config.iter().map(|(name, ty)| quote!(#[allow(dead_code)] #name: #ty));
    let params = config.iter().map(|(name, ty)| quote!(#name: #ty));
    let names = config.iter().map(|(name, _)| name);
    let doc = format!("The layer `{name}` with its constants.");
    let constructor = format_ident!("new");
    quote! {
        #(#attrs)*
        #[allow(non_camel_case_types)]
        #vis struct #name { #(#fields),* }
        impl #name {
            #[doc = #doc]
            #[allow(clippy::new_without_default, clippy::too_many_arguments)]
            #vis const fn #constructor(#(#params),*) -> Self {
                #name { #(#names),* }
            }
        }
    }
}
