//! The structs of a model that the user sees: the model itself, its data, its outputs and its variables.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};

use super::Emit;
use crate::emit::{ends, in_parentheses};

impl Emit<'_> {
    pub(super) fn structs(&self) -> TokenStream {
        let (attrs, vis, name) = (&self.model.attrs, &self.model.vis, &self.model.name);
        let attrs = attrs.iter().filter(|a| !a.path().is_ident("keras"));
        let (data, inputs, outputs) = (self.data(), self.inputs(), self.outputs());
        let variables = self.variables();
        quote! {
            #(#attrs)*
            #[derive(Clone, Copy, Debug, Default)]
            #vis struct #name;
            #data
            #inputs
            #outputs
            #variables
        }
    }

    /// `pub struct NetData<T0, T1> { pub x: T0, pub label: T1 }`.
    fn data(&self) -> TokenStream {
        let names: Vec<&Ident> = self.graph.inputs.iter().chain(&self.graph.targets).collect();
        let doc = format!("Data for [`{}`]: a column for each input and target.", self.model.name);
        self.columns(&self.name("Data"), &names, &doc)
    }

    fn columns(&self, name: &Ident, names: &[&Ident], doc: &str) -> TokenStream {
        let vis = &self.model.vis;
        let types: Vec<Ident> = (0..names.len()).map(|i| format_ident!("T{}", i)).collect();
        let docs = names.iter().map(|name| format!("`{name}`: a row for each example."));
        quote! {
            #[doc = #doc]
            #[derive(Clone, Copy, Debug)]
            #vis struct #name<#(#types),*> { #(#[doc = #docs] pub #names: #types),* }
        }
    }

    fn inputs(&self) -> TokenStream {
        if self.graph.inputs.len() == 1 {
            return quote!();
        }
        let names: Vec<&Ident> = self.graph.inputs.iter().collect();
        let doc = format!("The inputs of [`{}`]: a column for each.", self.model.name);
        self.columns(&self.name("Inputs"), &names, &doc)
    }

    /// `pub struct NetOutputs<F> { pub y: Batch<F, 1>, … }`, for several outputs, and `NetInference`, for one example.
    fn outputs(&self) -> TokenStream {
        if self.graph.outputs.len() == 1 {
            return quote!();
        }
        let (library, vis, name) = (self.library, &self.model.vis, self.name("Outputs"));
        let model = &self.model.name;
        let doc = format!("The outputs of [`{model}`] for a batch.");
        let fields = self.graph.outputs.iter().enumerate().map(|(i, (field, _))| {
            let doc = format!("`{field}`, the batch first.");
            quote!(#[doc = #doc] pub #field: #library::__private::Batch<F, { #library::__private::rank(&<#model as #library::net::Net>::OUTPUTS[#i].shape) }>)
        });
        let one = self.name("Inference");
        let one_doc = format!("The outputs of [`{model}`] for one example, in the arena.");
        let lent = self.graph.outputs.iter().enumerate().map(|(i, (field, _))| {
            let doc = format!("`{field}`.");
            let len = quote!(<#model as #library::net::Net>::OUTPUTS[#i].shape.len());
            quote!(#[doc = #doc] pub #field: &'a [F; { #len }])
        });
        quote! {
            #library::__if_std! {
                #[doc = #doc]
                #[derive(Clone, Debug, PartialEq)]
                #vis struct #name<F: #library::float::Float> { #(#fields),* }
            }
            #[doc = #one_doc]
            #[derive(Clone, Copy, Debug, PartialEq)]
            #vis struct #one<'a, F: #library::float::Float> { #(#lent),* }
        }
    }

    fn variables(&self) -> TokenStream {
        let (vis, name) = (&self.model.vis, self.name("Variables"));
        let names: Vec<&Ident> = self.graph.variables.iter().map(|(name, _)| name).collect();
        let texts: Vec<String> = names.iter().map(|name| name.to_string()).collect();
        let doc = format!("The variables of [`{}`].", self.model.name);
        quote! {
            #[doc = #doc]
            #[derive(Clone, Debug, PartialEq)]
            #vis struct #name { #(#[doc = #texts] pub #names: f64),* }
        }
    }

    /// The variables by number, and their values in the model.
    pub(super) fn declared_variables(&self) -> TokenStream {
        let name = self.name("Variables");
        let names: Vec<&Ident> = self.graph.variables.iter().map(|(name, _)| name).collect();
        let texts: Vec<String> = names.iter().map(|name| name.to_string()).collect();
        let values = self.graph.variables.iter().map(|(_, value)| {
            let (first, last) = ends(&value.to_token_stream());
            let (value, ty) =
                (in_parentheses(self.cx.plain(value), first), quote_spanned!(last=> as f64));
            quote!(#value #ty)
        });
        let indices: Vec<usize> = (0..names.len()).collect();
        quote! {
            impl __keras::Variables for #name {
                const NAMES: &'static [&'static str] = &[#(#texts),*];
                fn declared() -> Self {
                    #name { #(#names: #values),* }
                }
                fn get(&self, i: usize) -> f64 {
                    match i { #(#indices => self.#names,)* _ => f64::NAN }
                }
                fn set(&mut self, i: usize, value: f64) {
                    match i { #(#indices => self.#names = value,)* _ => {} }
                }
            }
        }
    }
}
