//! The compile-time checks of a model: where a shape error becomes an error of rustc, at the user's tokens.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Ident;

use super::super::{ends, respan};
use super::Emit;
use crate::graph::{Fact, Value};

impl Emit<'_> {
    /// `const _: () = V3.check([]);` for every value, underlining what the user wrote.
    pub(super) fn checks(&self) -> TokenStream {
        let graph = &self.graph.graph;
        // The value of an input is what its caller gives: silent where the declaration is wrong.
        let inputs = self.graph.declared.iter().take(self.graph.inputs.len()).enumerate();
        let inputs = inputs.map(|(i, input)| {
            let given = quote!(__keras::input(<__Root as __keras::Site>::INPUTS, #i));
            check(&input.origin, &given, &quote!())
        });
        let values = graph.facts.iter().filter_map(|fact| match fact {
            Fact::Value(v) => {
                let (shape, causes) = (self.root_shape(*v), self.causes(*v));
                Some(check(&graph.values[*v].origin, &shape, &causes))
            }
            Fact::Check(_) => None,
        });
        let losses = self.graph.losses.iter().map(|(_, v, origin)| {
            let (shape, causes) = (self.root_shape(*v), self.cause(*v));
            let trains = self.trains(*v);
            check(origin, &quote!(__keras::one_loss(&#shape, #trains)), &quote!(#causes))
        });
        let metrics = self.graph.metrics.iter().map(|(_, v, origin)| {
            let (shape, layer, causes) = (self.root_shape(*v), self.called(*v), self.cause(*v));
            let streaming = layer.map(|site| quote!(<<#site as __keras::Site>::Layer as __keras::Layer>::RESULT.is_some()));
            let streaming = streaming.unwrap_or_else(|| quote!(false));
            check(origin, &quote!(__keras::one_metric(&#shape, #streaming)), &quote!(#causes))
        });
        let budget = self.budget();
        quote!(#(#inputs)* #(#values)* #(#losses)* #(#metrics)* #budget)
    }

    /// What a value is made of that has a name, and so a line of its own.
    fn causes(&self, value: Value) -> TokenStream {
        let mut operands = self.graph.graph.operands(value);
        operands.dedup();
        let named = operands.into_iter().filter_map(|operand| self.cause(operand));
        quote!(#(#named),*)
    }

    /// `Cause::new("a", V1, 11)`.
    fn cause(&self, value: Value) -> Option<TokenStream> {
        let name = self.named(value)?;
        let (text, shape) = (name.to_string(), self.root_shape(value));
        let line = quote_spanned!(name.span()=> ::core::line!());
        Some(quote!(__keras::Cause::new(#text, #shape, #line)))
    }

    /// The name of a value that is an input, a target, or bound by `let` or `output`.
    fn named(&self, value: Value) -> Option<&Ident> {
        let inputs = self.graph.inputs.iter().chain(&self.graph.targets);
        let inputs = inputs.zip(&self.graph.graph.inputs);
        let found = inputs.filter(|(_, v)| **v == value).map(|(name, _)| name);
        found.chain(self.graph.values.iter().filter(|(_, v)| *v == value).map(|(n, _)| n)).next()
    }
}

/// `const _: () = value.check([causes]);`, underlining all of `origin`.
pub(super) fn check(
    origin: &TokenStream,
    value: &TokenStream,
    causes: &TokenStream,
) -> TokenStream {
    let (first, last) = ends(origin);
    let value = respan(value.clone(), first);
    let call = respan(quote!(.check), last);
    let arguments = super::super::in_parentheses(quote!([#causes]), last);
    quote!(const _: () = #value #call #arguments;)
}
