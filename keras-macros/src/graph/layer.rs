//! A whole layer: `build`, `call` and the further methods.

use std::collections::HashMap;

use syn::{Generics, Ident, Type};

use super::build::{self, Build};
use super::lower::{Lower, Surroundings};
use super::scope::Binding;
use super::{Check, Def, Graph, Info, Weights};
use crate::diag::Errors;
use crate::syntax::layer::{Function, Layer};

/// A function of a layer, understood.
pub struct Body {
    pub name: Ident,
    pub graph: Graph,
    /// For each input its declaration.
    pub inputs: Vec<Check>,
}

/// A layer, understood.
pub struct LayerGraph {
    pub ty: Type,
    pub name: Ident,
    pub generics: Generics,
    pub build: Build,
    pub call: Body,
    pub methods: Vec<Body>,
    /// The configuration that is known to be `usize`.
    pub numbers: Vec<Ident>,
}

impl LayerGraph {
    /// Whether a function of the layer updates the weight `name`.
    pub fn updates(&self, name: &Ident) -> bool {
        let mut graphs = self.methods.iter().chain([&self.call]).map(|body| &body.graph);
        graphs.any(|graph| {
            graph.updates().any(|update| match graph.values[update].def {
                Def::Update { weight, .. } => name == graph.weight_name(weight),
                _ => false,
            })
        })
    }
}

/// Understands a layer, or notes why not.
pub fn lower(layer: &Layer, errors: &mut Errors) -> LayerGraph {
    if let Some(build) = &layer.build {
        no_defaults(build, errors);
    }
    let build = layer.build.as_ref().map(|f| build::lower(f, errors)).unwrap_or_default();
    let mut around = Surroundings {
        weights: weight_names(&build),
        states: states(&build),
        sublayers: build.sublayers.clone(),
        helpers: layer.methods.iter().map(|f| (f.name.to_string(), f)).collect(),
        fields_of_call: None,
        config: layer.config.iter().map(|(name, _)| name.clone()).collect(),
        own: layer.name.to_string(),
    };
    let call = body(&layer.call, &around, errors);
    around.fields_of_call = Some(fields(&call.graph));
    let methods = layer.methods.iter().map(|function| body(function, &around, errors)).collect();
    LayerGraph {
        ty: layer.ty.clone(),
        name: layer.name.clone(),
        generics: layer.generics.clone(),
        build,
        call,
        methods,
        numbers: layer.numbers.clone(),
    }
}

/// Notes inputs that may be left out where none can.
fn no_defaults(function: &Function, errors: &mut Errors) {
    for param in function.params.iter().filter(|param| param.default.is_some()) {
        errors.at(&param.name, "only inputs of `call` may be left out");
    }
}

fn weight_names(build: &Build) -> Vec<String> {
    let mut names: Vec<String> = build.weights.iter().map(|w| w.name.to_string()).collect();
    names.dedup();
    names
}

/// The weights that are declared with `trainable = false`, wherever they are.
fn states(build: &Build) -> Vec<String> {
    let trains = |weight: &&build::WeightDecl| {
        let option = weight.options.iter().find(|(key, _)| key == "trainable");
        !option.is_some_and(|(_, value)| *value == syn::parse_quote!(false))
    };
    let trained: Vec<&Ident> = build.weights.iter().filter(trains).map(|w| &w.name).collect();
    let all = build.weights.iter().map(|weight| &weight.name);
    all.filter(|name| !trained.contains(name)).map(Ident::to_string).collect()
}

/// Where `call` keeps the weights of its fields and sublayers.
fn fields(call: &Graph) -> HashMap<String, usize> {
    let named = call.sites.iter().filter_map(|site| match (&site.callee, site.weights) {
        (super::Callee::Field { name }, Weights::Nested(k)) => Some((name.to_string(), k)),
        (super::Callee::Sublayer { .. }, Weights::Nested(k)) => Some((site.name.clone(), k)),
        _ => None,
    });
    named.collect()
}

fn body(function: &Function, around: &Surroundings<'_>, errors: &mut Errors) -> Body {
    let mut lower = Lower::new(around, errors);
    for name in &around.config {
        lower.scope.bind(name, Binding::Const(syn::parse_quote!(self.#name)));
    }
    if around.fields_of_call.is_some() {
        no_defaults(function, lower.errors);
    }
    let inputs = build::inputs(&mut lower, function);
    for name in &around.weights {
        let value = lower.graph.values.len();
        lower.graph.values.push(Info {
            def: Def::Weight { name: name.clone() },
            origin: proc_macro2::TokenStream::new(),
            guards: Vec::new(),
        });
        lower.graph.weights.push((name.clone(), value));
    }
    build::defaults(&mut lower, function);
    let result = match around.fields_of_call {
        None => lower.body_of_call(&function.block),
        Some(_) => lower.block_in_place(&function.block),
    };
    lower.graph.outputs = lower.returned(function, result);
    lower.graph.body = lower.regions.pop().expect("a body has a region");
    Body { name: function.name.clone(), graph: lower.graph, inputs }
}
