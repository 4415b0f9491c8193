//! The budget of a model: a check at the line of each call, and one at the line of the budget.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::super::ends;
use super::Emit;
use super::checks::check;
use crate::graph::{Def, Value};

impl Emit<'_> {
    /// Nothing where there is no budget.
    pub(super) fn budget(&self) -> TokenStream {
        let Some(budget) = &self.graph.budget else { return quote!() };
        let limit = |what: &str| {
            let found = budget.limits.iter().find(|(name, _)| name == what);
            found.map_or(quote!(usize::MAX), |(_, bytes)| quote!(#bytes))
        };
        let (ram, flash) = (limit("ram"), limit("flash"));
        let calls = self.calls();
        let costs = calls.iter().map(|value| self.cost(*value));
        let count = calls.len();
        let lines = calls.iter().enumerate().map(|(i, value)| {
            let within = quote!(__keras::infer::within(&__COSTS, #i, #ram, #flash));
            check(&self.graph.graph.values[*value].origin, &within, &quote!())
        });
        let name = &self.model.name;
        let all = quote!((#name::RAM, #name::FLASH));
        let within_all = quote!(__keras::infer::within_all(&__COSTS, #all, #ram, #flash));
        let rest = check(&budget.origin, &within_all, &quote!());
        let (values, sites) = (self.graph.graph.values.len(), self.graph.graph.sites.len());
        let memory = values + sites;
        quote! {
            const __TOPS: [usize; #sites] = __keras::infer::tops::<_, _, _, #memory>(__Predict::<__Root>::DRAFT);
            const __COSTS: [__keras::infer::Cost; #count] = [#(#costs),*];
            #(#lines)*
            #rest
        }
    }

    /// The calls of inference, each by its first output, in the order of the lines.
    fn calls(&self) -> Vec<Value> {
        let graph = &self.graph.graph;
        let mut needed = vec![false; graph.values.len()];
        let mut open: Vec<Value> = self.values();
        while let Some(value) = open.pop() {
            if !std::mem::replace(&mut needed[value], true) {
                open.extend(graph.operands(value));
            }
        }
        let is_call = |value: &Value| match graph.values[*value].def {
            Def::Call { site, index: 0, .. } => {
                graph.sites[site].outputs.iter().any(|output| needed[*output])
            }
            _ => false,
        };
        (0..graph.values.len()).filter(is_call).collect()
    }

    fn cost(&self, value: Value) -> TokenStream {
        let graph = &self.graph.graph;
        let Def::Call { site, .. } = graph.values[value].def else { return quote!() };
        let (name, origin) = (&graph.sites[site].name, &graph.values[value].origin);
        let (first, _) = ends(origin);
        let line = quote_spanned!(first=> ::core::line!());
        let (model, predict) = (&self.model.name, quote!(__Predict::<__Root>));
        let tree = quote!(<#model as __keras::Net>::WEIGHTS);
        quote!(__keras::infer::Cost::new(
            (#name, #line), __OUTPUTS + __TOPS[#site], &#predict::NESTED.0[#site], #tree,
        ))
    }
}
