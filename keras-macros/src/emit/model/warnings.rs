//! What is likely to be a mistake in a model that trains: uses of deprecated constants, at the user's tokens.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emit, context};
use crate::emit::sites::at;
use crate::emit::{ends, respan};
use crate::graph::fuse::Pass;
use crate::graph::{Callee, Def, SiteId, Value, Weights};

impl Emit<'_> {
    /// The calls that only losses and metrics need: their doubts are worth a warning.
    fn measuring(&self) -> Vec<SiteId> {
        let (measures, outputs) = (self.needed(self.measures()), self.needed(self.values()));
        let sites = self.graph.graph.sites.iter().enumerate();
        let only = sites.filter(|(_, call)| {
            let mut values = call.outputs.iter();
            values.any(|v| measures.contains(v) && !outputs.contains(v))
        });
        only.map(|(site, _)| site).collect()
    }

    /// `Net::DOUBTS`.
    pub(super) fn doubts(&self) -> TokenStream {
        let cx = self.root_cx();
        let doubts = self.measuring().into_iter().map(|site| {
            let at = at(&cx, &self.graph.graph, site);
            quote!(<#at as __keras::LayerAt>::DOUBT)
        });
        quote!(&[#(#doubts),*])
    }

    /// `Net::UNTRAINED`: where there is a loss, the outputs with weights that none depends on.
    pub(super) fn untrained(&self) -> TokenStream {
        let (graph, cx) = (&self.graph.graph, self.root_cx());
        let losses: Vec<Value> = self.graph.losses.iter().map(|l| l.1).collect();
        let trained: HashSet<usize> = self.layers(&losses).into_iter().map(|(k, _)| k).collect();
        let outputs = self.values().into_iter().map(|output| {
            let own = self.layers(&[output]).into_iter();
            let own = own.filter(|(k, _)| !losses.is_empty() && !trained.contains(k));
            let trees = own.map(|(k, _)| {
                let at = at(&cx, graph, graph.nested[k].1);
                quote!(<#at as __keras::LayerAt>::WEIGHTS.is_trainable())
            });
            quote!(false #(|| #trees)*)
        });
        quote!(&[#(#outputs),*])
    }

    /// The weights that `values` depend on: entries of [`Graph::nested`](crate::graph::Graph), and a call that uses each.
    fn layers(&self, values: &[Value]) -> Vec<(usize, SiteId)> {
        self.owners(self.needed(values.to_vec()))
    }

    /// Whether a gradient of `value` reaches a weight that is trained, or there is none to be trained.
    pub(super) fn trains(&self, value: Value) -> TokenStream {
        let (graph, cx) = (&self.graph.graph, self.root_cx());
        let trees = self.owners(graph.reached(value)).into_iter().map(|(k, _)| {
            let at = at(&cx, graph, graph.nested[k].1);
            quote!(<#at as __keras::LayerAt>::WEIGHTS.is_trainable())
        });
        quote!(!__Facts::<__Root>::WEIGHTS.is_trainable() #(|| #trees)*)
    }

    /// The weights that calls among these values use: entries of [`Graph::nested`](crate::graph::Graph), and a call that uses each.
    fn owners(&self, needed: HashSet<Value>) -> Vec<(usize, SiteId)> {
        let graph = &self.graph.graph;
        let sites = needed.iter().filter_map(|v| match graph.values[*v].def {
            Def::Call { site, .. } => Some(site),
            _ => None,
        });
        let owners = sites.map(|site| match graph.sites[site].callee {
            Callee::Method { of, .. } => of,
            _ => site,
        });
        let nested = owners.filter_map(|site| match graph.sites[site].weights {
            Weights::Nested(k) => Some((k, site)),
            _ => None,
        });
        let mut found: Vec<(usize, SiteId)> = nested.collect();
        found.sort_unstable();
        found.dedup_by_key(|(k, _)| *k);
        found
    }

    /// The warnings themselves, which stand where the user's own `allow` reaches them.
    pub(super) fn warnings(&self) -> TokenStream {
        let (graph, model) = (&self.graph.graph, &self.model.name);
        let net = quote!(<#model as __keras::Net>);
        let doubts = self.measuring().into_iter().enumerate().flat_map(|(i, site)| {
            let origin = &graph.sites[site].origin;
            let is = |doubt| quote!(__keras::Doubt::#doubt.is(#net::DOUBTS[#i]));
            [
                warning(origin, &quote!(Loss), &is(quote!(ExpectsLogits)), &quote!(expects_logits)),
                warning(
                    origin,
                    &quote!(Loss),
                    &is(quote!(ExpectsProbabilities)),
                    &quote!(expects_probabilities),
                ),
            ]
        });
        let outputs = self.graph.outputs.iter().enumerate().map(|(i, (name, _))| {
            let untrained = quote!(#net::UNTRAINED[#i]);
            warning(&quote!(#name), &quote!(Output), &untrained, &quote!(is_never_trained))
        });
        let dropped = self.measuring().into_iter().filter(|site| self.drops_a_loss(*site));
        let dropped = dropped.map(|site| {
            let origin = &graph.sites[site].origin;
            warning(origin, &quote!(Loss), &quote!(true), &quote!(is_dropped))
        });
        let (library, lints) = (self.library, self.lints());
        quote! {
            #(#lints)*
            const _: () = {
                use #library::__private as __keras;
                #(#doubts)* #(#outputs)* #(#dropped)*
            };
        }
    }

    /// Whether this is a dropout of what a target has a part in.
    fn drops_a_loss(&self, site: SiteId) -> bool {
        let graph = &self.graph.graph;
        let first = self.graph.inputs.len();
        let is_target = |v: &Value| matches!(graph.values[*v].def, Def::Input { index } if index >= first && index < first + self.graph.targets.len());
        let call = &graph.sites[site];
        call.name.to_lowercase().ends_with("dropout")
            && self.needed(call.inputs.clone()).iter().any(is_target)
    }

    /// The user's own levels of lints.
    fn lints(&self) -> impl Iterator<Item = &syn::Attribute> {
        let levels = ["allow", "warn", "deny", "forbid", "cfg"];
        self.model.attrs.iter().filter(move |a| levels.iter().any(|level| a.path().is_ident(level)))
    }

    fn needed(&self, values: Vec<Value>) -> HashSet<Value> {
        Pass::new(&self.graph.graph, Vec::new(), values).needed
    }

    fn measures(&self) -> Vec<Value> {
        let metrics = self.graph.metrics.iter().map(|m| m.1);
        self.graph.losses.iter().map(|l| l.1).chain(metrics).collect()
    }

    fn root_cx(&self) -> crate::emit::Cx {
        let mut cx = context(self.model, self.graph);
        cx.args = quote!(__Root);
        cx
    }
}

/// `const _: () = Loss::<{ condition }>::expects_logits;`, underlining the first token of `origin`: the name of what is called.
fn warning(
    origin: &TokenStream,
    what: &TokenStream,
    condition: &TokenStream,
    name: &TokenStream,
) -> TokenStream {
    let (first, _) = ends(origin);
    let what = respan(quote!(__keras::warning::#what::<{ #condition }>::), first);
    let name = respan(name.clone(), first);
    quote!(const _: () = #what #name;)
}
