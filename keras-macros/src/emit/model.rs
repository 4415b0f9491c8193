//! The expansion of `model!`.

mod budget;
mod checks;
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
use super::{Cx, pass, respan, twins};
use crate::graph::fuse::Pass;
use crate::graph::model::ModelGraph;
use crate::graph::{Def, Value};
use crate::syntax::model::Model;
use crate::syntax::pattern::Declared;

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
    let name = &model.name;
    let text = name.to_string();
    quote! {
        #structs
        #[allow(warnings, arithmetic_overflow, unconditional_panic, clippy::all, clippy::pedantic, missing_docs)]
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

    // Structs that the user sees.

    fn structs(&self) -> TokenStream {
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
    fn declared_variables(&self) -> TokenStream {
        let name = self.name("Variables");
        let names: Vec<&Ident> = self.graph.variables.iter().map(|(name, _)| name).collect();
        let texts: Vec<String> = names.iter().map(|name| name.to_string()).collect();
        let values = self.graph.variables.iter().map(|(_, value)| self.cx.plain(value));
        let indices: Vec<usize> = (0..names.len()).collect();
        quote! {
            impl __keras::Variables for #name {
                const NAMES: &'static [&'static str] = &[#(#texts),*];
                fn declared() -> Self {
                    #name { #(#names: (#values) as f64),* }
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

    /// How inputs are given: the type for `predict`, the type for `infer`, the lengths, and the slices.
    fn example(&self) -> (TokenStream, TokenStream, TokenStream, TokenStream) {
        let graph = &self.graph.graph;
        let name = &self.model.name;
        let inputs = self.graph.inputs.len();
        let lens = (0..inputs + self.graph.targets.len()).map(|i| {
            let (len, shape) = (format_ident!("__LEN{}", i), self.root_shape(graph.inputs[i]));
            quote!(const #len: usize = #shape.len();)
        });
        let outputs = self.graph.outputs.iter().enumerate().map(|(i, (_, v))| {
            let (len, shape) = (format_ident!("__OUT{}", i), self.root_shape(*v));
            let at = format_ident!("__OUT_AT{}", i);
            quote! {
                const #len: usize = #shape.len();
                const #at: usize = __keras::output_at(<__Predict<__Root> as __keras::LayerAt>::OUTPUTS, #i);
            }
        });
        let lens = quote! {
            #(#lens)*
            #(#outputs)*
            const __OUTPUTS: usize = __keras::outputs(<__Predict<__Root> as __keras::LayerAt>::OUTPUTS).total(1);
            const __ARENA: usize = __keras::arena::<__Predict<__Root>>();
            const __FREEZE: &'static __keras::infer::Freeze = __keras::infer::freeze_of::<__Predict<__Root>>();
            const __FROZEN: usize = __FREEZE.len;
        };
        if inputs == 1 {
            let feed = match self.graph.declared[0].declared {
                Declared::Unknown => quote!(__keras::Any),
                _ => quote!(__keras::One<__LEN0>),
            };
            return (feed, quote!(&'a [F; __LEN0]), lens, quote!([&x[..]]));
        }
        let types = (0..inputs).map(|i| {
            let len = format_ident!("__LEN{}", i);
            quote!(&'a [F; #len])
        });
        let fields = (0..inputs).map(syn::Index::from);
        (quote!(__keras::Named<#name>), quote!((#(#types,)*)), lens, quote!([#(&x.#fields[..]),*]))
    }

    fn predicted(&self) -> (TokenStream, TokenStream) {
        let name = self.name("Outputs");
        let batch = |i: usize, v: Value| {
            let shape = self.root_shape(v);
            quote!(__keras::batch::<Self, F, { __keras::rank(&#shape) }, #i>(rows, __keras::taken(&mut outputs, #i)))
        };
        if let [(_, value)] = self.graph.outputs[..] {
            let (shape, batch) = (self.root_shape(value), batch(0, value));
            return (quote!(__keras::Batch<F, { __keras::rank(&#shape) }>), batch);
        }
        let fields = self.graph.outputs.iter().enumerate().map(|(i, (field, value))| {
            let batch = batch(i, *value);
            quote!(#field: #batch)
        });
        (quote!(#name<F>), quote!(#name { #(#fields),* }))
    }

    /// `impl Dataset<Net, F> for NetData<…>`.
    fn dataset(&self) -> TokenStream {
        let names: Vec<&Ident> = self.graph.inputs.iter().chain(&self.graph.targets).collect();
        let model = &self.model.name;
        self.column_impl(&self.name("Data"), &names, &quote!(__keras::Dataset<#model, F>))
    }

    /// `impl Example<Net, F> for NetData<…>`: with a row in each field it is one example.
    fn example_data(&self) -> TokenStream {
        let (name, model) = (self.name("Data"), &self.model.name);
        let names: Vec<&Ident> = self.graph.inputs.iter().chain(&self.graph.targets).collect();
        let types = types(names.len());
        let (bounds, checks) =
            self.bounds(&types, |len| quote!(__keras::RowOf<#len>), quote!(__keras::Numbers));
        let arms = arms(&names, |name| quote!(__keras::Numbers::put(&self.#name, out)));
        let header = quote!(impl<F: __keras::Float, #(#types: #bounds),*> __keras::Example<#model, F> for #name<#(#types),*>);
        let body = quote! {{
            fn put(&self, port: usize, out: &mut [F]) {
                const { #checks }
                #arms
            }
        }};
        self.at_name(&header, body)
    }

    fn feeds(&self) -> TokenStream {
        if self.graph.inputs.len() == 1 {
            return quote!();
        }
        let names: Vec<&Ident> = self.graph.inputs.iter().collect();
        let model = &self.model.name;
        self.column_impl(
            &self.name("Inputs"),
            &names,
            &quote!(__keras::Feed<__keras::Named<#model>, F>),
        )
    }

    fn column_impl(&self, name: &Ident, names: &[&Ident], what: &TokenStream) -> TokenStream {
        let types = types(names.len());
        let (bounds, checks) =
            self.bounds(&types, |len| quote!(__keras::Rows<F, #len>), quote!(__keras::Column<F>));
        let arms = arms(names, |name| quote!(&self.#name));
        let header =
            quote!(impl<F: __keras::Float, #(#types: #bounds),*> #what for #name<#(#types),*>);
        let body = quote! {{
            fn column(&self, port: usize) -> &dyn __keras::Column<F> {
                const { #checks }
                #arms
            }
        }};
        self.at_name(&header, body)
    }

    /// An `impl` that rustc shows where data does not fit: as the model's name instead of all of the macro.
    fn at_name(&self, header: &TokenStream, body: TokenStream) -> TokenStream {
        let span = self.model.name.span();
        let header = respan(header.clone(), span);
        let body = body.into_iter().map(|mut braces| {
            braces.set_span(span);
            braces
        });
        quote!(#header #(#body)*)
    }

    /// What the types of the columns must be, and the checks of their lengths: `fits` where the length is known.
    fn bounds(
        &self,
        types: &[Ident],
        fits: impl Fn(Ident) -> TokenStream,
        any: TokenStream,
    ) -> (Vec<TokenStream>, TokenStream) {
        let bounds = self.graph.declared.iter().enumerate().map(|(i, port)| match port.declared {
            Declared::Unknown => (any.clone(), false),
            _ => (fits(format_ident!("__LEN{}", i)), true),
        });
        let bounds: Vec<(TokenStream, bool)> = bounds.take(types.len()).collect();
        let known = types.iter().zip(&bounds).filter(|(_, (_, is_known))| *is_known);
        let checks = known.map(|(ty, (bound, _))| quote!(<#ty as #bound>::CHECK));
        let checks = quote!(#(#checks);*);
        (bounds.into_iter().map(|(bound, _)| bound).collect(), checks)
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

/// The names of the types of `count` ports.
fn types(count: usize) -> Vec<Ident> {
    (0..count).map(|i| format_ident!("T{}", i)).collect()
}

/// `match port { 0 => …, _ => … }`: what `of` makes of each field.
fn arms(names: &[&Ident], of: impl Fn(&Ident) -> TokenStream) -> TokenStream {
    let last = names.len().saturating_sub(1);
    let arms = names.iter().enumerate().map(|(i, name)| {
        let value = of(name);
        if i == last { quote!(_ => #value) } else { quote!(#i => #value) }
    });
    quote!(match port { #(#arms),* })
}
