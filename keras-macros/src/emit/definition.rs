//! The check of a layer at its definition: its facts once more, with sizes that stand for any.
//!
//! The dims that inputs bind, and the fields that stand as sizes, get names; the library tries sizes for them
//! (`keras-core/src/shape/definition.rs`). What the macro does not know, such as a field that is no size, is poisoned, and
//! so silent. There are no passes here, and a body with fewer than two names has no check at all.

use std::cell::RefCell;
use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Expr, Ident};

use super::facts::{check, dim_name, dims, shape};
use super::hazards::{Hazards, type_of_field};
use super::sites::{at, site_struct};
use super::slices::slice_consts;
use super::{Cx, ends, respan, shape_name};
use crate::graph::layer::{Body, LayerGraph};
use crate::graph::*;
use crate::syntax::pattern::Declared;

/// The sizes of a body that stand for any.
pub struct Sizes {
    /// The `Definition` in the expansion.
    definition: Ident,
    /// Dims as `n`, fields as `self.units`.
    names: RefCell<Vec<String>>,
    /// The fields that are known to be `usize`, wherever they stand.
    numbers: Vec<String>,
}

impl Sizes {
    /// `tried::<__Definition_call, __T>(0)`: the size of a name.
    pub fn size(&self, name: &str) -> TokenStream {
        let mut names = self.names.borrow_mut();
        let known = names.iter().position(|known| known == name);
        let index = known.unwrap_or(names.len());
        if known.is_none() {
            names.push(name.to_string());
        }
        let definition = &self.definition;
        quote!(__keras::tried::<#definition, __T>(#index))
    }

    /// The size of a field.
    pub fn field(&self, name: &Ident) -> TokenStream {
        self.size(&format!("self.{name}"))
    }

    /// Whether a field is a number of the type that sizes have.
    pub fn is_number(&self, field: &Ident) -> bool {
        self.numbers.iter().any(|name| field == name)
    }
}

/// A check for each function of the layer, by its name; a helper is checked where it is called.
pub fn definitions(
    layer: &LayerGraph,
    hazards: &Option<Rc<Hazards>>,
) -> Vec<(String, TokenStream)> {
    if !layer.generics.params.is_empty() {
        return Vec::new();
    }
    let methods = layer.methods.iter().filter(|method| !is_helper(layer, method));
    let bodies = std::iter::once(&layer.call).chain(methods);
    let definition = |body: &Body| Some((body.name.to_string(), definition(layer, body, hazards)?));
    bodies.filter_map(definition).collect()
}

/// The constant that says what is wrong with a function of the layer.
pub fn finding(body: &str) -> Ident {
    format_ident!("__FOUND_{}", body.trim_start_matches("r#"))
}

fn is_helper(layer: &LayerGraph, method: &Body) -> bool {
    let mark = format!("{}: ", method.name);
    let mut bodies = layer.methods.iter().chain([&layer.call]);
    bodies.any(|body| body.graph.checks.iter().any(|check| check.what.starts_with(&mark)))
}

/// `const TOTAL: bool = <dot as Layer>::TOTAL && …;`, where no constant of the layer itself can panic.
pub fn total(layer: &LayerGraph, itself: bool, hazards: &Option<Rc<Hazards>>) -> TokenStream {
    if !itself {
        return quote!();
    }
    let mut called: Vec<TokenStream> = Vec::new();
    for site in [&layer.call].into_iter().chain(&layer.methods).flat_map(|body| &body.graph.sites) {
        let ty = match &site.callee {
            Callee::Function { path, .. } => quote!(#path),
            Callee::Layer { ty, .. } | Callee::Sublayer { ty, .. } => quote!(#ty),
            Callee::Field { name } => {
                let owner = quote!(Self);
                match hazards {
                    Some(hazards) => hazards.called(name, owner),
                    None => type_of_field(&owner, name),
                }
            }
            Callee::Method { .. } => continue,
        };
        if !called.iter().any(|known| known.to_string() == ty.to_string()) {
            called.push(ty);
        }
    }
    quote!(const TOTAL: bool = true #(&& <#called as __keras::Layer>::TOTAL)*;)
}

/// ```text
/// struct __Owner_call<…>;  impl<…> __Owner_call<…> { const INPUTS: …; const B0_n: …; const W0: …; }
/// struct __Body_call<…>;   impl<…> __Body_call<…> { const D0_n: …; const V0: …; … }
/// impl<…> Attempt for __Body_call<…> { const FACTS: … = &[…]; }
/// struct __Definition_call;  impl Definition for __Definition_call { … }
/// const __FOUND_call: Finding = definition::<__Definition_call>();  const _: () = __FOUND_call.told(0); …
/// ```
fn definition(
    layer: &LayerGraph,
    body: &Body,
    hazards: &Option<Rc<Hazards>>,
) -> Option<TokenStream> {
    let sizes = Rc::new(Sizes {
        definition: format_ident!("__Definition_{}", body.name),
        names: RefCell::default(),
        numbers: layer.numbers.iter().map(Ident::to_string).collect(),
    });
    let is_call = body.name == layer.call.name;
    let owner = context("__Owner", &sizes, body, hazards);
    let cx = context("__Body", &sizes, body, hazards);
    let facts = facts(&cx, layer, body);
    // Fields that are sizes belong to the layer, as do the names of `call`; other names are the method's.
    let own = sizes.names.borrow().iter().filter(|name| is_own(layer, name)).cloned().collect();
    let given = given(&owner, layer);
    let mut found: Vec<(TokenStream, TokenStream)> =
        if is_call { weight_facts(&owner, layer) } else { Vec::new() };
    found.extend(body_facts(&cx, &body.graph));
    let names = sizes.names.borrow();
    if !(2..=4).contains(&names.len()) {
        return None;
    }
    let pairs = pairs(&names, if is_call { Vec::new() } else { own });
    let texts = names.iter().map(|name| name.trim_start_matches("self."));
    let who =
        if is_call { layer.name.to_string() } else { format!("{}.{}", layer.name, body.name) };
    let rests = layer.call.inputs.iter().chain(&body.inputs).any(has_rest);
    let (definition, params, args) = (&sizes.definition, &cx.params, &cx.args);
    let (owner, this) = (&owner.facts, &cx.facts);
    let finding = finding(&body.name.to_string());
    let told = found.iter().enumerate().map(|(i, (_, origin))| told(&finding, i, origin));
    let values = found.iter().map(|(value, _)| value);
    Some(quote! {
        struct #owner<#params>(::core::marker::PhantomData<#args>);
        impl<#params> #owner<#args> { #given }
        struct #this<#params>(::core::marker::PhantomData<#args>);
        #facts
        impl<#params> __keras::Attempt for #this<#args> {
            const FACTS: &'static [__keras::Inferred] = &[#(#values),*];
        }
        struct #definition;
        impl __keras::Definition for #definition {
            const WHO: &'static str = #who;
            const NAMES: &'static [&'static str] = &[#(#texts),*];
            const PAIRS: &'static [(usize, usize)] = &[#(#pairs),*];
            const RESTS: bool = #rests;
            type At<#params> = #this<#args>;
        }
        const #finding: __keras::Finding = __keras::definition::<#definition>();
        #(#told)*
    })
}

fn context(kind: &str, sizes: &Rc<Sizes>, body: &Body, hazards: &Option<Rc<Hazards>>) -> Cx {
    let owner = format_ident!("__Owner_{}", body.name);
    Cx {
        facts: format_ident!("{}_{}", kind, body.name),
        params: quote!(__T: __keras::Trial),
        args: quote!(__T),
        types: quote!(__T),
        build: quote!(#owner::<__T>),
        weights: Vec::new(),
        wheres: quote!(),
        call: quote!(),
        site: quote!(),
        owner: quote!(),
        placed: false,
        given: 0,
        sizes: Some(sizes.clone()),
        total: true.into(),
        repeats: Default::default(),
        hazards: hazards.clone(),
        numbers: Vec::new(),
        calls: Default::default(),
    }
}

/// Whether a name is bound by neither `call` nor the configuration.
fn is_own(layer: &LayerGraph, name: &str) -> bool {
    !name.starts_with("self.")
        && !layer.call.graph.dims.iter().any(|dim| dim.of_input && dim.name == name)
}

fn has_rest(input: &Check) -> bool {
    input.axes.iter().any(|axis| matches!(axis, Axis::Rest(_)))
}

/// Two sizes of the layer, or two of the method's inputs: that a method's input has a size of the layer is for its caller to
/// know.
fn pairs(names: &[String], own: Vec<String>) -> Vec<TokenStream> {
    let all = (0..names.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
    all.filter(|(a, b)| own.contains(&names[*a]) == own.contains(&names[*b]))
        .map(|(a, b)| quote!((#a, #b)))
        .collect()
}

/// `const _: () = __FOUND_call.told(3);`, underlining all of `origin`.
fn told(finding: &Ident, fact: usize, origin: &TokenStream) -> TokenStream {
    let (first, last) = ends(origin);
    let (found, call) = (respan(quote!(#finding), first), respan(quote!(.told(#fact)), last));
    quote!(const _: () = #found #call;)
}

/// What the weights are made of: the inputs of `call`, the dims of `build`, and each weight's shape.
fn given(owner: &Cx, layer: &LayerGraph) -> TokenStream {
    let own = input_dims(owner, &layer.call.graph.dims);
    let inputs = layer.call.inputs.iter().map(|input| supposed(owner, input));
    let this = owner.facts();
    let bound = dims(owner, &layer.build.dims, &quote!(#this::INPUTS));
    let weights = layer.build.weights.iter().enumerate().map(|(i, weight)| {
        let (name, shape) = (format_ident!("W{}", i), owner.shape_of(&weight.shape));
        let text = format!("the weight `{}`", weight.name);
        quote!(const #name: __keras::Inferred = #shape.unbatched().of(#text);)
    });
    quote! {
        #own
        const INPUTS: &'static [__keras::Inferred] = &[#(#inputs),*];
        #bound
        #(#weights)*
    }
}

fn weight_facts(owner: &Cx, layer: &LayerGraph) -> Vec<(TokenStream, TokenStream)> {
    let weights = layer.build.weights.iter().enumerate().filter_map(|(i, weight)| {
        let (build, name) = (&owner.build, format_ident!("W{}", i));
        Some((guarded(owner, &weight.guards, quote!(#build::#name))?, weight.origin.clone()))
    });
    weights.collect()
}

/// What can be wrong in the body, and what the user wrote.
fn body_facts(cx: &Cx, graph: &Graph) -> Vec<(TokenStream, TokenStream)> {
    let facts = graph.facts.iter().filter_map(|fact| match fact {
        Fact::Value(v) => {
            let info = &graph.values[*v];
            Some((guarded(cx, &info.guards, cx.shape(*v))?, info.origin.clone()))
        }
        Fact::Check(i) => {
            let item = &graph.checks[*i];
            let result = check(cx, item, &cx.shape(item.of));
            Some((guarded(cx, &item.guards, result)?, item.origin.clone()))
        }
    });
    facts.collect()
}

/// A fact that counts under conditions; none where a condition is not known.
fn guarded(cx: &Cx, guards: &[(Expr, bool)], fact: TokenStream) -> Option<TokenStream> {
    if !guards.iter().all(|(cond, _)| cx.is_harmless(cond)) {
        return None;
    }
    Some(match cx.guard(guards) {
        Some(guard) => quote!(if #guard { #fact } else { __keras::Inferred::scalar() }),
        None => fact,
    })
}

/// The constants of the body, and a struct for each call.
fn facts(cx: &Cx, layer: &LayerGraph, body: &Body) -> TokenStream {
    let graph = &body.graph;
    let own = input_dims(cx, &graph.dims);
    let later = graph.dims.iter().filter(|dim| !dim.of_input);
    let later = later.map(|dim| dims(cx, std::slice::from_ref(dim), &quote!()));
    let shapes = (0..graph.values.len()).map(|value| {
        let name = shape_name(value);
        let shape = match &graph.values[value].def {
            Def::Input { index } if body.name == layer.call.name => {
                let owner = &cx.build;
                quote!(#owner::INPUTS[#index])
            }
            Def::Input { index } => supposed(cx, &body.inputs[*index]),
            Def::Weight { name } | Def::State { name } => weight(cx, layer, name),
            Def::Call { site, index, count } if is_known(cx, graph, *site) => {
                output(cx, graph, *site, *index, *count)
            }
            def if is_certain(cx, def) => shape(cx, graph, &body.inputs, value, &quote!()),
            _ => quote!(__keras::Inferred::Poisoned),
        };
        quote!(const #name: __keras::Inferred = #shape;)
    });
    let slices = (0..graph.values.len()).filter_map(|value| match &graph.values[value].def {
        def @ (Def::Read { window, .. } | Def::Write { window, .. }) if is_certain(cx, def) => {
            Some(slice_consts(cx, value, window))
        }
        _ => None,
    });
    let (this, params, args) = (&cx.facts, &cx.params, &cx.args);
    let sites = (0..graph.sites.len()).filter(|site| is_known(cx, graph, *site));
    let sites = sites.map(|site| site_struct(cx, graph, site));
    quote! {
        impl<#params> #this<#args> {
            #own
            #(#later)*
            #(#shapes)*
            #(#slices)*
        }
        #(#sites)*
    }
}

/// What inputs bind: a dim is the size of its name, `..s` has the axes that all of them have.
fn input_dims(cx: &Cx, decls: &[DimDecl]) -> TokenStream {
    let decls = decls.iter().filter(|decl| decl.of_input);
    let consts = decls.map(|decl| {
        let name = dim_name(&decl.marker);
        match decl.bound {
            Bound::Axis { .. } => {
                let size = cx.sizes.as_ref().map(|sizes| sizes.size(&decl.name));
                quote!(const #name: __keras::Dim = #size;)
            }
            Bound::Rest { .. } => {
                quote!(const #name: __keras::Inferred = __keras::supposed(&[__keras::Part::Rest(__T::REST)]);)
            }
        }
    });
    quote!(#(#consts)*)
}

/// The shape of an input: what is declared.
fn supposed(cx: &Cx, input: &Check) -> TokenStream {
    let parts = input.axes.iter().map(|axis| match axis {
        Axis::Bind(name) => {
            let size = cx.sizes.as_ref().map(|sizes| sizes.size(name));
            quote!(__keras::Part::Axis(#size))
        }
        Axis::Size(expr) => {
            let dim = cx.dim(expr, &[]);
            quote!(__keras::Part::Axis({ #dim }))
        }
        Axis::Rest(_) => quote!(__keras::Part::Rest(__T::REST)),
        Axis::SameRest(expr) => {
            let rest = cx.shape_of(&ShapeExpr::Rest(expr.clone()));
            quote!(__keras::Part::Same(#rest))
        }
    });
    let shape = quote!(__keras::supposed(&[#(#parts),*]));
    match (&input.declared, &input.range) {
        (Declared::Scalar, _) => quote!(__keras::Inferred::scalar()),
        (Declared::Int { .. }, Some(range)) => {
            let range = cx.dim(range, &[]);
            quote!(#shape.ints((#range).get()))
        }
        (Declared::Int { .. }, None) => quote!(#shape.ints(usize::MAX)),
        _ => shape,
    }
}

/// The shape of a weight: of those with its name, the one that exists.
fn weight(cx: &Cx, layer: &LayerGraph, name: &str) -> TokenStream {
    let mut shape = quote!(__keras::Inferred::Poisoned);
    for (i, decl) in layer.build.weights.iter().enumerate().filter(|(_, w)| w.name == name) {
        let (build, constant) = (&cx.build, format_ident!("W{}", i));
        if !decl.guards.iter().all(|(cond, _)| cx.is_harmless(cond)) {
            return quote!(__keras::Inferred::Poisoned);
        }
        shape = match cx.guard(&decl.guards) {
            Some(guard) => quote!(if #guard { #build::#constant.seen() } else { #shape }),
            None => quote!(#build::#constant.seen()),
        };
    }
    shape
}

/// Whether all that a call is made of is known.
fn is_known(cx: &Cx, graph: &Graph, site: SiteId) -> bool {
    let constant = |constant: &Constant| match constant {
        Constant::Plain(expr) | Constant::Shape(ShapeExpr::Rest(expr)) => cx.is_harmless(expr),
        Constant::Shape(ShapeExpr::List(_)) => true,
    };
    match &graph.sites[site].callee {
        Callee::Function { args, keywords, .. } => {
            args.iter().all(constant) && keywords.iter().all(|(_, value)| constant(value))
        }
        Callee::Layer { value, .. } | Callee::Sublayer { value, .. } => cx.is_harmless(value),
        Callee::Field { .. } => false,
        Callee::Method { of, .. } => is_known(cx, graph, *of),
    }
}

/// Whether the constants in a definition that is no call are known; sizes that are not are poisoned where they stand.
fn is_certain(cx: &Cx, def: &Def) -> bool {
    match def {
        Def::Read { window, .. } | Def::Write { window, .. } => {
            window.iter().all(|cut| match cut {
                Cut::Range { step: Some(step), .. } => cx.is_harmless(step),
                _ => true,
            })
        }
        Def::Phi { cond: Cond::Const(cond), .. } => cx.is_harmless(cond),
        Def::Call { .. } => false,
        _ => true,
    }
}

/// `output("dot", outputs_of::<…>(), 0, 1)`.
fn output(cx: &Cx, graph: &Graph, site: SiteId, index: usize, count: usize) -> TokenStream {
    let (name, this, at) = (&graph.sites[site].name, cx.site(site), at(cx, graph, site));
    let outputs = quote!(__keras::outputs_of::<<#this as __keras::Site>::Layer, #at>());
    quote!(__keras::output(#name, #outputs, #index, #count))
}
