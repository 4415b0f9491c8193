//! The expansion of `model!`.

mod budget;
mod checks;
mod feeds;
mod items;
mod one;
mod rows;
mod warnings;

use std::rc::Rc;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::facts::{declared, facts};
use super::hazards::Hazards;
use super::pass::Use;
use super::twins::Repeats;
use super::{Cx, allowed, pass, twins};
use crate::graph::fuse::Pass;
use crate::graph::model::ModelGraph;
use crate::graph::{Def, Value};
use crate::syntax::model::Model;

/// The struct of the model, its data structs, and `const _` with everything else; no `warnings` of what follows from an error.
pub fn model(
    model: &Model,
    graph: &ModelGraph,
    library: &TokenStream,
    warnings: bool,
) -> TokenStream {
    let (repeats, hazards) = (Repeats::of(&graph.graph), Rc::<Hazards>::default());
    let cx = Cx { repeats, hazards: Some(hazards.clone()), ..context(model, graph) };
    let emit = Emit { model, graph, library, cx, hazards };
    let (structs, checks) = (emit.structs(), emit.checks());
    let (facts, passes, variables) = (emit.facts(), emit.passes(), emit.declared_variables());
    let (net, inherent) = (emit.net(), emit.inherent());
    let warnings = warnings.then(|| emit.warnings());
    // Once more, now that all hazards are known.
    let facts = if emit.hazards.is_empty() { facts } else { emit.facts() };
    let (root, hazards) = (emit.root(), emit.hazards.checks());
    let at = emit.hazards.at(quote!(__Predict<__keras::Within<__S>>));
    let (allowed, name) = (allowed(), &model.name);
    let text = name.to_string();
    quote! {
        #structs
        #allowed
        const _: () = {
            use #library::__private as __keras;
            #facts
            #root
            #passes
            #variables
            impl __keras::Layer for #name {
                const NAME: &'static str = #text;
                type At<__S: __keras::Site<Layer = Self>> = #at;
            }
            #net
            #inherent
            #checks
            #hazards
        };
        #warnings
    }
}

fn context(model: &Model, graph: &ModelGraph) -> Cx {
    let name = &model.name;
    Cx {
        facts: format_ident!("__Facts"),
        params: quote!(__S: __keras::Around<Layer = #name>),
        args: quote!(__S),
        types: quote!(__S),
        wheres: quote!(),
        build: quote!(__keras::NoBuild),
        weights: Vec::new(),
        call: quote!(__Facts::<__S>),
        site: quote!(__S),
        owner: quote!(__S),
        placed: false,
        given: graph.inputs.len(),
        sizes: None,
        total: true.into(),
        repeats: Default::default(),
        hazards: None,
        numbers: Vec::new(),
        calls: Default::default(),
    }
}

struct Emit<'a> {
    model: &'a Model,
    graph: &'a ModelGraph,
    library: &'a TokenStream,
    cx: Cx,
    hazards: Rc<Hazards>,
}

impl Emit<'_> {
    fn name(&self, suffix: &str) -> Ident {
        format_ident!("{}{}", self.model.name, suffix)
    }

    /// The shape of a value of the model itself.
    fn root_shape(&self, value: Value) -> TokenStream {
        let name = super::shape_name(value);
        quote!(__Facts::<__Root>::#name)
    }

    fn values(&self) -> Vec<Value> {
        self.graph.outputs.iter().map(|(_, v)| *v).collect()
    }

    /// The site in the model whose call gives `value` as its only output.
    fn called(&self, value: Value) -> Option<TokenStream> {
        let mut cx = context(self.model, self.graph);
        cx.args = quote!(__Root);
        match self.graph.graph.values[value].def {
            Def::Call { site, count: 1, .. } => Some(cx.site(site)),
            _ => None,
        }
    }

    /// `Metric::of::<Site3<__Root>>("auc", &V7)` for what a layer gives, `Metric::mean("error")` for any other value.
    fn metrics(&self) -> impl Iterator<Item = TokenStream> {
        self.graph.metrics.iter().map(|(name, value, _)| {
            let (name, shape) = (name.to_string(), self.root_shape(*value));
            match self.called(*value) {
                Some(site) => quote!(__keras::Metric::of::<#site>(#name, &#shape)),
                None => quote!(__keras::Metric::mean(#name)),
            }
        })
    }

    // Facts and passes.

    fn facts(&self) -> TokenStream {
        facts(&self.cx, &self.graph.graph, &self.graph.declared)
    }

    fn root(&self) -> TokenStream {
        let (name, vis) = (&self.model.name, &self.model.vis);
        let count = self.graph.inputs.len();
        let inputs = self.graph.declared[..count.min(self.graph.declared.len())]
            .iter()
            .map(|check| declared(&self.cx, check));
        let twins = twins::twins(&self.cx, &self.graph.graph);
        let hazards = self.hazards.all();
        quote! {
            #[doc(hidden)]
            #vis struct __Root;
            impl __keras::Site for __Root {
                type At = __Predict<Self>;
                type Layer = #name;
                const LAYER: &'static #name = &#name;
                const INPUTS: &'static [__keras::Inferred] = { #hazards &[#(#inputs),*] };
            }
            #twins
        }
    }

    fn passes(&self) -> TokenStream {
        let graph = &self.graph.graph;
        let given = graph.inputs[..self.graph.inputs.len()].to_vec();
        let objective: Vec<Value> = self
            .graph
            .losses
            .iter()
            .map(|l| l.1)
            .chain(self.graph.metrics.iter().map(|m| m.1))
            .collect();
        // Values that need targets are not part of a trace.
        let trace: Vec<Value> = self.traced().into_iter().map(|(_, v)| v).collect();
        let predict =
            self.pass("__Predict", Pass::new(graph, given.clone(), self.values()), Use::All);
        let objective =
            self.pass("__Objective", Pass::new(graph, graph.inputs.clone(), objective), Use::Train);
        let trace = self.pass("__Trace", Pass::new(graph, given, trace), Use::Forward);
        quote!(#predict #objective #trace)
    }

    fn pass(&self, name: &str, pass: Pass<'_>, purpose: Use) -> TokenStream {
        let name = format_ident!("{}", name);
        let (params, types) = (&self.cx.params, &self.cx.types);
        let outputs = super::layer::outputs(&self.cx, &pass, None);
        let body = pass::emit(&self.cx, &pass, &name, &outputs, purpose);
        quote! {
            #[doc(hidden)]
            pub struct #name<#params>(::core::marker::PhantomData<fn() -> (#types,)>);
            #body
        }
    }

    /// The named values that follow from the inputs alone.
    fn traced(&self) -> Vec<(Ident, Value)> {
        let (graph, given) = (&self.graph.graph, self.graph.inputs.len());
        let is_target = |def: &Def| matches!(def, Def::Input { index } if *index >= given);
        let mut from_target: Vec<bool> = graph.values.iter().map(|v| is_target(&v.def)).collect();
        // Once more where a loop hands a value back.
        let mut found = true;
        while std::mem::take(&mut found) {
            for value in 0..graph.values.len() {
                if !from_target[value] && graph.operands(value).iter().any(|v| from_target[*v]) {
                    (from_target[value], found) = (true, true);
                }
            }
        }
        self.graph.values.iter().filter(|(_, v)| !from_target[*v]).cloned().collect()
    }

    // The implementation of `Net`.

    fn net(&self) -> TokenStream {
        let (name, variables) = (&self.model.name, self.name("Variables"));
        let port = |(ident, value): (&Ident, Value)| {
            let (text, shape) = (ident.to_string(), self.root_shape(value));
            quote!(__keras::Port { name: #text, shape: #shape })
        };
        let limited = |i: usize, ident: &Ident| {
            let (text, shape) = (ident.to_string(), self.root_shape(self.graph.graph.inputs[i]));
            quote!(__keras::Port { name: #text, shape: __keras::limited(#shape, __Facts::<__Root>::LIMITS[#i]) })
        };
        let count = self.graph.inputs.len();
        let inputs = self.graph.inputs.iter().enumerate().map(|(i, n)| limited(i, n));
        let targets = self.graph.targets.iter().enumerate().map(|(i, n)| limited(count + i, n));
        let outputs = self.graph.outputs.iter().map(|(n, v)| port((n, *v)));
        let traced = self.traced();
        let values = traced.iter().map(|(n, v)| port((n, *v)));
        let losses = self.graph.losses.iter().map(|l| &l.0);
        let metrics = self.metrics();
        let (rows, sources) = (self.rows(), self.sources());
        let (doubts, untrained) = (self.doubts(), self.untrained());
        let (feed, example, lens, arrays) = self.example();
        let (predicted, collect) = self.predicted();
        let (inference, infer, in_place) = self.infer();
        let (data, example_data, feeds) = (self.dataset(), self.example_data(), self.feeds());
        let (outs, all, named) =
            (self.graph.outputs.len(), self.graph.graph.inputs.len(), traced.len());
        let measures = self.graph.losses.len() + self.graph.metrics.len();
        let places = self.places();
        quote! {
            #lens
            #places
            impl __keras::Net for #name {
                const INPUTS: &'static [__keras::Port] = &[#(#inputs),*];
                const OUTPUTS: &'static [__keras::Port] = &[#(#outputs),*];
                const TARGETS: &'static [__keras::Port] = &[#(#targets),*];
                const LOSSES: &'static [&'static str] = &[#(#losses),*];
                const METRICS: &'static [__keras::Metric] = &[#(#metrics),*];
                const VALUES: &'static [__keras::Port] = &[#(#values),*];
                const ROWS: &'static [__keras::Row] = &[#(#rows),*];
                const SOURCES: &'static [&'static [__keras::Source]] = &[#(#sources),*];
                const DOUBTS: &'static [__keras::Option<__keras::Doubt>] = #doubts;
                const UNTRAINED: &'static [bool] = #untrained;
                const WEIGHTS: &'static __keras::Tree = __Facts::<__Root>::WEIGHTS;
                type Variables = #variables;
                type Call = __keras::Ports<__Predict<__Root>, #count, #outs>;
                type Objective = __keras::Ports<__Objective<__Root>, #all, #measures>;
                type Trace = __keras::Ports<__Trace<__Root>, #count, #named>;
                type Feed = #feed;
                type Example<'a, F: __keras::Float> = #example;
                type Arena<F: __keras::Float> = [F; __ARENA];
                type Inference<'a, F: __keras::Float> = #inference;
                __keras::if_std! {
                    type Predicted<F: __keras::Float> = #predicted;
                    fn predicted<F: __keras::Float>(
                        rows: usize,
                        mut outputs: __keras::Vec<__keras::Vec<F>>,
                    ) -> Self::Predicted<F> {
                        #collect
                    }
                }
                type Frozen = [f32; __FROZEN];
                #[inline(always)]
                fn run<'a, F: __keras::Float>(
                    weights: __keras::Stored<'_, F>,
                    x: Self::Example<'_, F>,
                    arena: &'a mut Self::Arena<F>,
                ) -> Self::Inference<'a, F> {
                    let inputs: [&[F]; #count] = #arrays;
                    #infer
                }
                #[inline(always)]
                fn run_in_place<'a, F: __keras::Float, const LEN: usize>(
                    weights: __keras::Stored<'_, F>,
                    arena: &'a mut [F; LEN],
                ) -> Self::Inference<'a, F> {
                    const { assert!(LEN == #name::IN_PLACE, "the arena of `infer_in_place` has `IN_PLACE` numbers") };
                    #in_place
                }
            }
            #example_data
            __keras::if_std! { #data #feeds }
        }
    }

    fn inherent(&self) -> TokenStream {
        let (name, vis, plan) = (&self.model.name, &self.model.vis, self.plan());
        let inputs = self.graph.inputs.len();
        let each = 0..inputs;
        quote! {
            impl #name {
                /// How many numbers the weights have.
                #vis const PARAMS: usize = __Facts::<__Root>::WEIGHTS.params();
                /// How many numbers `infer` needs for one example, its outputs included.
                #vis const ARENA: usize = __ARENA;
                /// How many numbers the arena of `infer_in_place` has: the inputs lie in it, too, and make room when they were read.
                #vis const IN_PLACE: usize = __OUTPUTS + __keras::infer::in_place::<__PredictBody<__Root>>();
                /// Where each input begins in that arena.
                #vis const INPUT_AT: [usize; #inputs] = [#(__OUTPUTS + __keras::infer::input_at::<__PredictBody<__Root>>(#each)),*];
                /// The bytes of the arena of `infer` in `f32`: all of the RAM that an example takes, beside the input.
                #vis const RAM: usize = 4 * __ARENA;
                /// The bytes of the weights of a frozen model.
                #vis const FLASH: usize = 4 * __FROZEN;
                /// How many numbers the arena of a `board::Training` has.
                #vis const TRAINING: usize = __keras::training::<#name>();
                /// How many products of two numbers `infer` adds up.
                #vis const MACS: usize = __Predict::<__Root>::DRAFT.sums.macs;
                /// A bound on the bytes of stack that `infer` takes of a frozen model, on the boards that the library is measured on.
                #vis const STACK: usize = __keras::infer::stack(__Predict::<__Root>::DRAFT.sums.stack);
                /// The model with the weights of a safetensors file, for `infer`: in a `static`, they are read, checked and stored as
                /// the kernels want them while the program is compiled.
                ///
                /// ```text
                /// static NET: Frozen<Net> = Net::frozen(include_bytes!("net.safetensors"));
                /// ```
                ///
                /// # Panics
                /// Where the file does not hold exactly the weights of this model; in a `static`, that is a compile error.
                #[track_caller]
                #vis const fn frozen(file: &[u8]) -> __keras::infer::Frozen<#name> {
                    #name::freeze(&#name::weights(file))
                }
                /// The model with these weights, as they are trained, for `infer`: stored as the kernels want them.
                #vis const fn freeze(weights: &[f32; #name::PARAMS]) -> __keras::infer::Frozen<#name> {
                    let tree = <#name as __keras::Net>::WEIGHTS;
                    __keras::infer::Frozen::new(__keras::infer::frozen(tree, __FREEZE, weights))
                }
                /// The weights in a safetensors file, as they are trained: one after the other, in the order of the summary.
                ///
                /// # Panics
                /// Where the file does not hold exactly the weights of this model; in a constant, that is a compile error.
                #[track_caller]
                #vis const fn weights(file: &[u8]) -> [f32; #name::PARAMS] {
                    __keras::infer::read(file, <#name as __keras::Net>::WEIGHTS)
                }
                /// An arena for `infer`, zeroed.
                #vis const fn arena() -> [f32; __ARENA] {
                    [0.0; __ARENA]
                }
                __keras::if_std! {
                    /// The model with weights initialised from `seed`, in `f32` on the native backend.
                    #vis fn new(seed: u64) -> __keras::Model<#name> {
                        __keras::Model::init(seed)
                    }
                    /// The memory of `infer` as a picture, time against address: SVG text, which `save` writes to a file.
                    #vis fn plan() -> __keras::Picture {
                        #plan
                    }
                }
            }
        }
    }
}
