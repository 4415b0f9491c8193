//! The constants of a body: dims, shapes, sites, weights, and the first error.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use super::constant::as_written;
use super::sites::{at, call_shape, site_struct};
use super::slices::{index_name, slice_consts, slice_name};
use super::{Cx, ends, shape_name};
use crate::elementwise::Kind;
use crate::graph::constant::number;
use crate::graph::*;
use crate::syntax::pattern::{Declared, Element};

/// `D0_n` of the marker `__D0_n`.
pub fn dim_name(marker: &Ident) -> Ident {
    Ident::new(marker.to_string().trim_start_matches("__"), Span::mixed_site())
}

/// A constant for each dim that inputs bind.
pub fn dims(cx: &Cx, dims: &[DimDecl], inputs: &TokenStream) -> TokenStream {
    let consts = dims.iter().map(|decl| {
        let (name, text, of) = (dim_name(&decl.marker), &decl.name, decl.of);
        let of = if decl.of_input { quote!(__keras::input(#inputs, #of)) } else { cx.shape(of) };
        match decl.bound {
            Bound::Axis { at, back } => {
                quote!(const #name: __keras::Dim = __keras::dim_of(&#of, #at, #back, #text);)
            }
            Bound::Rest { front, back } => {
                quote!(const #name: __keras::Inferred = __keras::rest_of(&#of, #front, #back);)
            }
        }
    });
    quote!(#(#consts)*)
}

/// The check of a declaration: `bind("`x`", &found, Some(Dtype::Float), &[Pattern::Bind("n")])`.
pub fn check(cx: &Cx, check: &Check, found: &TokenStream) -> TokenStream {
    let what = &check.what;
    let dtype = match (&check.declared, &check.range) {
        (Declared::Int { .. }, Some(range)) => {
            let range = cx.dim(range, &[]);
            quote!(__keras::Option::Some(__keras::Dtype::Int { range: (#range).get() }))
        }
        (Declared::Int { .. }, None) => {
            quote!(__keras::Option::Some(__keras::Dtype::Int { range: usize::MAX }))
        }
        (Declared::Shape(_), _) => quote!(__keras::Option::None),
        _ => quote!(__keras::Option::Some(__keras::Dtype::Float)),
    };
    let axes = check.axes.iter().zip(check.declared.axes());
    let axes = axes.map(|(axis, written)| pattern(cx, axis, written));
    quote!(__keras::bind(#what, &#found, #dtype, &[#(#axes),*]))
}

/// One axis of a declaration. A size that is computed is called what was written: `n / 2 = 5`.
fn pattern(cx: &Cx, axis: &Axis, written: &Element) -> TokenStream {
    match axis {
        Axis::Bind(name) => quote!(__keras::Pattern::Bind(#name)),
        Axis::Rest(name) => quote!(__keras::Pattern::Rest(#name)),
        Axis::Size(expr) => {
            let dim = cx.dim(expr, &[]);
            match written {
                Element::Size(computed) if number(computed).is_none() => {
                    let text = as_written(computed);
                    quote!(__keras::Pattern::Size({ #dim }.named(#text)))
                }
                _ => quote!(__keras::Pattern::Size({ #dim })),
            }
        }
        Axis::SameRest(expr) => {
            let rest = cx.shape_of(&ShapeExpr::Rest(expr.clone()));
            quote!(__keras::Pattern::SameRest(#rest))
        }
    }
}

/// `.at("layers.rs:7:9")`, the place in the source of what the user wrote; nothing in a model, whose checks point there themselves.
pub fn source(cx: &Cx, origin: &TokenStream) -> TokenStream {
    if !cx.placed {
        return quote!();
    }
    let (first, _) = ends(origin);
    let here = quote_spanned!(first=> __keras::here!());
    quote!(.at(#here))
}

/// The facts of a body: a struct with constants, and a struct for each call.
pub fn facts(cx: &Cx, graph: &Graph, inputs: &[Check]) -> TokenStream {
    let (name, params, args, wheres) = (&cx.facts, &cx.params, &cx.args, &cx.wheres);
    let types = &cx.types;
    let site = &cx.site;
    let given = quote!(<#site as __keras::Site>::INPUTS);
    let dims = dims(cx, &graph.dims, &given);
    let shapes = graph.values.iter().enumerate().map(|(value, info)| {
        let name = shape_name(value);
        let shape = shape(cx, graph, inputs, value, &given);
        let at = source(cx, &info.origin);
        let shape = quote!(#shape #at);
        let shape = match earlier(value).map(|value| cx.shape(value)) {
            Some(earlier) => quote!({ let _earlier = #earlier; #shape }),
            None => shape,
        };
        quote!(const #name: __keras::Inferred = #shape;)
    });
    let checks = graph.checks.iter().enumerate().map(|(i, item)| {
        let (name, found, at) = (check_name(i), cx.shape(item.of), source(cx, &item.origin));
        let result = check(cx, item, &found);
        quote!(const #name: __keras::Inferred = #result #at;)
    });
    let slices = graph.values.iter().enumerate().filter_map(|(value, info)| match &info.def {
        Def::Read { window, .. } | Def::Write { window, .. } => {
            Some(slice_consts(cx, value, window))
        }
        _ => None,
    });
    let error = first_error(cx, graph, inputs.len());
    let weights = weights(cx, graph);
    let (limits, doubt) = (limits(cx, graph, inputs.len()), doubt(cx, graph));
    let tables = tables(cx, graph);
    let structs = (0..graph.sites.len()).map(|site| site_struct(cx, graph, site));
    quote! {
        #[doc(hidden)]
        pub struct #name<#params>(::core::marker::PhantomData<fn() -> (#types,)>) #wheres;
        impl<#params> #name<#args> #wheres {
            #dims
            #(#shapes)*
            #(#checks)*
            #(#slices)*
            #error
            #weights
            #limits
            #doubt
            #tables
        }
        #(#structs)*
    }
}

/// The value whose shape is evaluated before that of `value`: by steps of 64, then of 8. Else the last shape of a deep body
/// would ask for all others, each inside of the next, and rustc has a limit for that.
pub fn earlier(value: Value) -> Option<Value> {
    let step = [64, 8].into_iter().find(|step| value.is_multiple_of(*step))?;
    value.checked_sub(step)
}

fn check_name(i: usize) -> Ident {
    format_ident!("CHECK{}", i)
}

pub fn shape(
    cx: &Cx,
    graph: &Graph,
    inputs: &[Check],
    value: Value,
    given: &TokenStream,
) -> TokenStream {
    match &graph.values[value].def {
        Def::Input { index } if *index < cx.given => {
            let found = quote!(__keras::input(#given, #index));
            check(cx, &inputs[*index], &found)
        }
        Def::Input { index } => declared(cx, &inputs[*index]),
        Def::Weight { name } | Def::State { name } => {
            let (build, weight) = (&cx.build, cx.weight(name));
            quote!(__keras::weight_shape(#build::OWN, #weight))
        }
        Def::Update { weight, value } => {
            let name = graph.weight_name(*weight);
            let (weight, value) = (cx.shape(*weight), cx.shape(*value));
            quote!(__keras::updated(#name, &#weight, &#value))
        }
        Def::Call { site, index, count } => call_shape(cx, graph, *site, *index, *count),
        def @ Def::Elementwise { row, args, .. } => {
            let name = row.name;
            let kind = match row.kind {
                Kind::Float => quote!(Float),
                Kind::Probability => quote!(Probability),
                Kind::Compare => quote!(Compare),
                Kind::Select => quote!(Select),
            };
            let args = args.iter().filter_map(|arg| match arg {
                Arg::Value(v) => Some(cx.shape(*v)),
                Arg::Const(_) => None,
            });
            let shape =
                quote!(__keras::elementwise_shape(#name, __keras::Kind::#kind, &[#(#args),*]));
            cx.computed_of(name, def.constants(), 0, shape)
        }
        Def::Read { of, .. } => {
            let (of, slice, fault) = (cx.shape(*of), slice_name(value), index_name(value));
            let facts = cx.facts();
            quote!(__keras::read_shape(&#facts::#slice, #facts::#fault, #of))
        }
        Def::Write { buffer, value: written, .. } => {
            let (buffer, written) = (cx.shape(*buffer), cx.shape(*written));
            let (slice, fault, facts) = (slice_name(value), index_name(value), cx.facts());
            quote!(__keras::write_shape(&#facts::#slice, #facts::#fault, &#buffer, &#written))
        }
        Def::Inner { init, captured } => {
            let init = cx.shape(*init);
            let captured = captured.iter().map(|v| cx.shape(*v));
            quote!(__keras::carried(&#init, &[#(#captured),*]))
        }
        Def::After { inner, yielded, name } => {
            let (inner, yielded) = (cx.shape(*inner), cx.shape(*yielded));
            quote!(__keras::after(#name, &#inner, &#yielded))
        }
        Def::Phi { cond: Cond::Training, then, other } => {
            let (then, other) = (cx.shape(*then), cx.shape(*other));
            quote!(__keras::same("both sides of `if training` give the same shape", &#then, &#other))
        }
        Def::Phi { cond: Cond::Const(cond), then, other } => {
            let (cond, then, other) = (cx.plain(cond), cx.shape(*then), cx.shape(*other));
            quote!(if #cond { #then } else { #other })
        }
        Def::Copy { of } => cx.shape(*of),
        Def::Absent => quote!(__keras::Inferred::Poisoned),
    }
}

/// The shape of an input that a model declares.
pub fn declared(cx: &Cx, check: &Check) -> TokenStream {
    let dims = check.axes.iter().map(|axis| match axis {
        Axis::Size(expr) => {
            let dim = cx.dim(expr, &[]);
            quote!({ #dim })
        }
        _ => quote!(__keras::Dim::faulty(__keras::Fault::Poisoned)),
    });
    let shape = quote!(__keras::Inferred::shape(&[#(#dims),*]));
    let what = &check.what;
    match (&check.declared, &check.range) {
        (Declared::Scalar, _) => quote!(__keras::Inferred::scalar()),
        (Declared::Unknown, _) => quote!(__keras::Inferred::Poisoned),
        (Declared::Int { .. }, Some(range)) => {
            let range = cx.dim(range, &[]);
            quote!(#shape.ints((#range).get()).of(#what))
        }
        (Declared::Int { .. }, None) => quote!(#shape.ints(usize::MAX).of(#what)),
        _ => quote!(#shape.of(#what)),
    }
}

fn first_error(cx: &Cx, graph: &Graph, inputs: usize) -> TokenStream {
    let (facts, build, site) = (cx.facts(), &cx.build, &cx.site);
    let given = cx.given.min(inputs);
    let least = given - graph.optional.min(given);
    let all = graph.facts.iter().map(|fact| {
        let (path, guards) = match fact {
            Fact::Value(v) => (cx.shape(*v), &graph.values[*v].guards),
            Fact::Check(i) => {
                let name = check_name(*i);
                (quote!(#facts::#name), &graph.checks[*i].guards)
            }
        };
        // A model tells its own mistakes: whoever calls it is told of what it is given.
        let is_given = matches!(fact, Fact::Value(v) if graph.inputs.contains(v));
        let path = if cx.placed || is_given { path } else { quote!(#path.seen()) };
        match cx.guard(guards) {
            Some(guard) => quote!(if #guard { #path } else { __keras::Inferred::scalar() }),
            None => path,
        }
    });
    quote! {
        const ERROR: __keras::Inferred = __keras::first_error(&[
            __keras::arity_of(<#site as __keras::Site>::INPUTS, #least, #given),
            #build::ERROR,
            #(#all),*
        ]);
    }
}

fn weights(cx: &Cx, graph: &Graph) -> TokenStream {
    let build = &cx.build;
    let trees = graph.nested.iter().map(|(_, site)| {
        let at = at(cx, graph, *site);
        let tree = quote!(<#at as __keras::LayerAt>::WEIGHTS);
        match cx.guard(&graph.sites[*site].guards) {
            Some(guard) => quote!((if #guard { #tree } else { &__keras::Tree::NONE })),
            None => tree,
        }
    });
    let (names, again) = (graph.nested.iter().map(|(name, _)| name), trees.clone());
    // Not `Tree::new`, whose argument would not live as long as the constant.
    let tree = quote! {
        &__keras::Tree {
            own: #build::OWN,
            nested: &[#((#names, #trees)),*],
            params: __keras::own_offset(#build::OWN, usize::MAX) #(+ #again.params)*,
        }
    };
    // Of a model, the number of weights is in types; where something is no layer, that is known of the shapes.
    let facts = cx.facts();
    let tree = match cx.repeats.is_empty() {
        true => tree,
        false => quote!(match #facts::ERROR { _ => #tree }),
    };
    quote!(const WEIGHTS: &'static __keras::Tree = #tree;)
}

/// The first doubt of the calls in a body.
fn doubt(cx: &Cx, graph: &Graph) -> TokenStream {
    let all = (0..graph.sites.len()).map(|site| {
        let at = at(cx, graph, site);
        quote!(<#at as __keras::LayerAt>::DOUBT)
    });
    quote!(const DOUBT: __keras::Option<__keras::Doubt> = __keras::Doubt::first(&[#(#all),*]);)
}

/// What the values and the calls take, and where the weights of the calls begin: what all passes of the body share.
fn tables(cx: &Cx, graph: &Graph) -> TokenStream {
    let (values, calls) = (graph.values.len(), graph.sites.len());
    let shapes = (0..values).map(|value| cx.shape(value));
    let at: Vec<TokenStream> = (0..calls).map(|site| at(cx, graph, site)).collect();
    let (tree, layers) = weight_layers(cx, graph);
    quote! {
        const SIZES: &'static [__keras::Size; #values] = &__keras::sizes([#(#shapes),*]);
        const INFERS: [__keras::Extent; #calls] = [#(<#at as __keras::LayerAt>::INFER),*];
        const NEEDS: [__keras::Needs; #calls] = [#(__keras::Needs::of::<#at>()),*];
        const OFFSETS: [usize; #calls] = __keras::offsets(#tree, #layers);
    }
}

/// The weights, and which calls have which of their layers, in the order of the layers: `&[(call, layer)]`.
pub fn weight_layers(cx: &Cx, graph: &Graph) -> (TokenStream, TokenStream) {
    let mut nested: Vec<(usize, SiteId)> = graph
        .sites
        .iter()
        .enumerate()
        .filter_map(|(site, call)| match call.weights {
            Weights::Nested(k) | Weights::OfCall(k) => Some((k, site)),
            Weights::None => None,
        })
        .collect();
    nested.sort_unstable();
    let own = |site: &Site| matches!(site.weights, Weights::Nested(_));
    let (facts, call) = (cx.facts(), &cx.call);
    let tree = match graph.sites.iter().any(own) {
        _ if nested.is_empty() => quote!(&__keras::Tree::NONE),
        true => quote!(#facts::WEIGHTS),
        false => quote!(#call::WEIGHTS),
    };
    let nested = nested.iter().map(|(k, site)| quote!((#site, #k)));
    (tree, quote!(&[#(#nested),*]))
}

/// How large the integers in each input may be: what their consumers say.
fn limits(cx: &Cx, graph: &Graph, inputs: usize) -> TokenStream {
    let lists = (0..inputs).map(|input| {
        let mut found = Vec::new();
        limits_of(cx, graph, graph.inputs[input], &mut found);
        quote!(&[#(#found),*])
    });
    quote!(const LIMITS: [usize; __keras::MAX_PORTS] = __keras::limits(&[#(#lists),*]);)
}

fn limits_of(cx: &Cx, graph: &Graph, value: Value, found: &mut Vec<TokenStream>) {
    for (site, call) in graph.sites.iter().enumerate() {
        for (k, _) in call.inputs.iter().enumerate().filter(|(_, v)| **v == value) {
            let at = at(cx, graph, site);
            found.push(quote!(<#at as __keras::LayerAt>::LIMITS[#k]));
        }
    }
    for (next, info) in graph.values.iter().enumerate() {
        if matches!(&info.def, Def::Read { of, .. } | Def::Copy { of } if *of == value) {
            limits_of(cx, graph, next, found);
        }
    }
}
