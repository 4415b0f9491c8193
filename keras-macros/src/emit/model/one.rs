//! One example through a model, and the picture of its memory.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Emit;
use crate::graph::Value;

impl Emit<'_> {
    /// One example through the model: outputs at the front of the arena, scratch behind. The type of the result; `run` and
    /// `run_in_place`.
    pub(super) fn infer(&self) -> (TokenStream, TokenStream, TokenStream) {
        let (i, body) = (self.graph.inputs.len(), quote!(__PredictBody<__Root>));
        let (whole, in_place) = (
            quote!(__keras::infer::enter::<#body, F, __keras::infer::Whole, #i>(weights, &inputs, &mut arena[..]);),
            quote!(__keras::infer::enter::<#body, F, __keras::infer::InPlace, #i>(weights, &[], &mut arena[..]);),
        );
        let (ty, whole_result) = self.lent(&quote!(__ARENA));
        let (_, in_place_result) = self.lent(&quote!(LEN));
        (ty, quote!({ #whole } #whole_result), quote!({ #in_place } #in_place_result))
    }

    /// `impl Root`: the places of inputs and outputs.
    pub(super) fn places(&self) -> TokenStream {
        let (i, o) = (self.graph.inputs.len(), self.graph.outputs.len());
        let len = |i: usize| format_ident!("__LEN{}", i);
        let given = (0..i).map(|i| {
            let len = len(i);
            quote!(__keras::Place::input(#i, #len))
        });
        let outputs = (0..o).map(|o| {
            let (len, at) = (format_ident!("__OUT{}", o), format_ident!("__OUT_AT{}", o));
            quote!(__keras::Place::arena(#at, #len))
        });
        quote! {
            impl __keras::infer::Root for __PredictBody<__Root> {
                const BEHIND: usize = __OUTPUTS;
                const X: &'static [__keras::Place] = &[#(#given),*];
                const Y: &'static [__keras::Place] = &[#(#outputs),*];
            }
        }
    }

    /// The outputs as they lie in an arena of `len` numbers: their type, and how they are taken.
    fn lent(&self, arena: &TokenStream) -> (TokenStream, TokenStream) {
        let outputs = 0..self.graph.outputs.len();
        let len = |o: usize| format_ident!("__OUT{}", o);
        let results: Vec<TokenStream> = outputs
            .clone()
            .map(|o| {
                let len = len(o);
                let at = format_ident!("__OUT_AT{}", o);
                quote!(__keras::array::<F, #len, #at, #arena>(arena))
            })
            .collect();
        if let [result] = &results[..] {
            let len = len(0);
            return (quote!(&'a [F; #len]), quote!(let arena: &'a [F; #arena] = arena; #result));
        }
        let name = self.name("Inference");
        let fields = self.graph.outputs.iter().map(|(field, _)| field);
        (
            quote!(#name<'a, F>),
            quote!(let arena: &'a [F; #arena] = arena; #name { #(#fields: #results),* }),
        )
    }

    /// What `plan()` returns.
    pub(super) fn plan(&self) -> TokenStream {
        let (name, graph) = (self.model.name.to_string(), &self.graph.graph);
        let memory = graph.values.len() + graph.sites.len();
        let named = |value: Value| {
            let found = self.graph.values.iter().find(|(_, v)| *v == value);
            found.map(|(name, _)| name.to_string())
        };
        let values = (0..graph.values.len()).map(|value| {
            let site = || graph.sites.iter().find(|site| site.outputs.contains(&value));
            named(value).or_else(|| Some(format!("of {}", site()?.name))).unwrap_or_default()
        });
        let calls =
            graph.sites.iter().map(|site| match site.outputs.first().and_then(|v| named(*v)) {
                Some(name) => format!("{name} ({})", site.name),
                None => site.name.to_string(),
            });
        quote! {
            let (blocks, count) = __keras::infer::blocks::<_, _, _, #memory>(
                __Predict::<__Root>::DRAFT, <__Predict<__Root> as __keras::LayerAt>::OUTPUTS,
            );
            __keras::Picture::new(
                #name, __ARENA, __Predict::<__Root>::DRAFT.script, &blocks[..count], (&[#(#values),*], &[#(#calls),*]),
            )
        }
    }
}
