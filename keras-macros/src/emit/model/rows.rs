//! The lines of a model's summary, and what each of them reads.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emit, context};
use crate::emit::{ends, respan};
use crate::graph::fuse::Pass;
use crate::graph::{Callee, Def, SiteId, Value, Weights};

impl Emit<'_> {
    /// `row::<Site0>("dense", Dense::NAME, true, &[Source { name: "x", line: 0, output: 0 }])`.
    pub(super) fn rows(&self) -> impl Iterator<Item = TokenStream> {
        let graph = &self.graph.graph;
        let mut cx = context(self.model, self.graph);
        cx.args = quote!(__Root);
        let listed = self.listed();
        listed.clone().into_iter().map(move |site| {
            let call = &graph.sites[site];
            let this = cx.site(site);
            let name = self.layer_name(site);
            let first = matches!(call.weights, Weights::Nested(k) if graph.nested[k].1 == site);
            let kind = quote!(<<#this as __keras::Site>::Layer as __keras::Layer>::NAME);
            let kind = respan(kind, ends(&call.origin).0);
            let inputs = self.read(&call.inputs, &listed);
            quote!(__keras::row::<#this>(#name, #kind, #first, #inputs))
        })
    }

    /// What each output of the model is made of.
    pub(super) fn sources(&self) -> impl Iterator<Item = TokenStream> {
        let listed = self.listed();
        self.values().into_iter().map(move |value| self.read(&[value], &listed))
    }

    /// The calls that have a row. What only losses and metrics need has one if it is a layer that the user wrote down as one.
    fn listed(&self) -> Vec<SiteId> {
        let graph = &self.graph.graph;
        let given = graph.inputs[..self.graph.inputs.len()].to_vec();
        let predict = Pass::new(graph, given, self.values());
        let has_row = |site: &SiteId| match graph.sites[*site].callee {
            Callee::Method { .. } => false,
            Callee::Layer { .. } => true,
            _ => graph.sites[*site].outputs.iter().any(|v| predict.needed.contains(v)),
        };
        (0..graph.sites.len()).filter(has_row).collect()
    }

    fn layer_name(&self, site: SiteId) -> String {
        let (graph, call) = (&self.graph.graph, &self.graph.graph.sites[site]);
        match call.weights {
            Weights::Nested(k) => graph.nested[k].0.clone(),
            _ => call.name.clone(),
        }
    }

    /// `&[Source { … }]`: the inputs of the model and the outputs of rows that `values` are made of, each once, in order. All
    /// between, as elementwise groups, is looked through; targets and variables have no line.
    fn read(&self, values: &[Value], listed: &[SiteId]) -> TokenStream {
        let graph = &self.graph.graph;
        let (mut seen, mut sources) = (Vec::new(), Vec::new());
        let mut open: Vec<Value> = values.iter().rev().copied().collect();
        while let Some(value) = open.pop() {
            if seen.contains(&value) {
                continue;
            }
            seen.push(value);
            match self.line(value, listed) {
                Some((line, output)) => {
                    let name = self.value_name(value);
                    sources.push(
                        quote!(__keras::Source { name: #name, line: #line, output: #output }),
                    );
                }
                None => open.extend(graph.operands(value).into_iter().rev()),
            }
        }
        quote!(&[#(#sources),*])
    }

    /// The line whose output a value is, and which of its outputs.
    fn line(&self, value: Value, listed: &[SiteId]) -> Option<(usize, usize)> {
        let inputs = self.graph.inputs.len();
        match self.graph.graph.values[value].def {
            Def::Input { index } => (index < inputs).then_some((index, 0)),
            Def::Call { site, index, .. } => {
                Some((inputs + listed.iter().position(|row| *row == site)?, index))
            }
            _ => None,
        }
    }

    /// The name that a value has in the model, or else that of the layer that gives it, as `split[1]` where it gives several.
    fn value_name(&self, value: Value) -> String {
        let named = self.graph.values.iter().find(|(_, v)| *v == value);
        match (named, &self.graph.graph.values[value].def) {
            (Some((name, _)), _) => name.to_string(),
            (None, Def::Input { index }) => self.graph.inputs[*index].to_string(),
            (None, Def::Call { site, count: 1, .. }) => self.layer_name(*site),
            (None, Def::Call { site, index, .. }) => {
                format!("{}[{index}]", self.layer_name(*site))
            }
            (None, _) => String::new(),
        }
    }
}
