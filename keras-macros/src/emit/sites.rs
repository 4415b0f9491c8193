//! A struct for each call: which layer it is, how that is configured, and on which shapes.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, parse_quote_spanned};

use super::hazards::behind_all;
use super::{Cx, ends, in_parentheses, key, respan, twins};
use crate::graph::{Callee, Graph, Site, SiteId, Weights};

/// The layer at a call: a type that is a `LayerAt`.
pub fn at(cx: &Cx, graph: &Graph, site: SiteId) -> TokenStream {
    cx.calls
        .borrow_mut()
        .entry(site)
        .or_insert_with(|| {
            if !cx.repeats.is_like(site) {
                return own_at(cx, graph, site);
            }
            let this = cx.site(site);
            respan(quote!(__keras::Call<#this>), position(&graph.sites[site]))
        })
        .clone()
}

/// The same type as the site has it. Shapes are asked of this one: where something is no layer, rustc knows that they, and all that
/// follows from them, have an error.
pub fn own_at(cx: &Cx, graph: &Graph, site: SiteId) -> TokenStream {
    let this = cx.site(site);
    respan(quote!(<#this as __keras::Site>::At), position(&graph.sites[site]))
}

/// Where it is told that something is not a layer, or has no such method: all who ask for it say the same there, and rustc says
/// it once.
fn position(site: &Site) -> Span {
    match &site.callee {
        Callee::Method { name, .. } => name.span(),
        _ => ends(&site.origin).0,
    }
}

/// That type, where it is declared.
fn type_at(cx: &Cx, graph: &Graph, site: SiteId) -> TokenStream {
    let ty = match &graph.sites[site].callee {
        Callee::Method { of, name } => {
            let (owner, key) = (cx.site(*of), key(&name.to_string()));
            quote!(<<Self as __keras::Site>::Layer as __keras::Method<#key>>::At<Self, #owner>)
        }
        _ => {
            let site = twins::site(cx, site);
            quote!(<<Self as __keras::Site>::Layer as __keras::Layer>::At<#site>)
        }
    };
    respan(ty, position(&graph.sites[site]))
}

pub fn site_struct(cx: &Cx, graph: &Graph, site: SiteId) -> TokenStream {
    let (name, params, args, wheres) = (cx.site_name(site), &cx.params, &cx.args, &cx.wheres);
    let types = &cx.types;
    let call = &graph.sites[site];
    let owner = &cx.owner;
    let (ty, value) = match &call.callee {
        Callee::Function { path, .. } => {
            (quote!(#path), configured(cx, &quote!(#path), &call.callee))
        }
        Callee::Layer { ty, .. } | Callee::Sublayer { ty, .. } => {
            (quote!(#ty), configured(cx, &quote!(#ty), &call.callee))
        }
        Callee::Field { name } => {
            let field = cx.called(name, quote!(<#owner as __keras::Site>::Layer));
            (respan(field, name.span()), quote!(&<#owner as __keras::Site>::LAYER.#name))
        }
        Callee::Method { of, .. } => {
            let of = cx.site(*of);
            (quote!(<#of as __keras::Site>::Layer), quote!(<#of as __keras::Site>::LAYER))
        }
    };
    let at = type_at(cx, graph, site);
    let inputs = call.inputs.iter().map(|v| cx.shape(*v));
    let inputs = quote!(&[#(#inputs),*]);
    // While rustc does not know the site it tries to evaluate constants all the same. Where it gives up at once, it does not
    // follow a chain of calls to its beginning, which may be deeper than its recursion limit. A definition has no site.
    let around = &cx.site;
    let inputs = match around.is_empty() {
        true => inputs,
        false => quote!(match <#around as __keras::Site>::INPUTS { _ => #inputs }),
    };
    quote! {
        struct #name<#params>(::core::marker::PhantomData<fn() -> (#types,)>) #wheres;
        impl<#params> __keras::Site for #name<#args> #wheres {
            type Layer = #ty;
            type At = #at;
            const LAYER: &'static <Self as __keras::Site>::Layer = #value;
            const INPUTS: &'static [__keras::Inferred] = #inputs;
        }
    }
}

/// `output("Dense", OUTPUTS, 0, 1)`, and for a layer called again the check that its weights are the same.
pub fn call_shape(cx: &Cx, graph: &Graph, site: SiteId, index: usize, count: usize) -> TokenStream {
    let (name, at) = (&graph.sites[site].name, at(cx, graph, site));
    let own = own_at(cx, graph, site);
    let output =
        quote!(__keras::output(#name, <#own as __keras::LayerAt>::OUTPUTS, #index, #count));
    let output = cx.computed_of(name, graph.sites[site].callee.plain(), index, output);
    let output = cx.behind_inputs(output);
    if index > 0 {
        return output;
    }
    match graph.sites[site].weights {
        Weights::Nested(k)
            if graph.nested[k].1 != site
                && !matches!(graph.sites[site].callee, Callee::Method { .. }) =>
        {
            let first = self::at(cx, graph, graph.nested[k].1);
            quote!(__keras::shared(#name, <#at as __keras::LayerAt>::WEIGHTS, <#first as __keras::LayerAt>::WEIGHTS, #output))
        }
        Weights::OfCall(k) if !matches!(graph.sites[site].callee, Callee::Method { .. }) => {
            let call = &cx.call;
            quote!(__keras::shared(#name, <#at as __keras::LayerAt>::WEIGHTS, #call::WEIGHTS.nested[#k].1, #output))
        }
        Weights::None if !matches!(graph.sites[site].callee, Callee::Method { .. }) => {
            quote!(__keras::weightless(#name, <#at as __keras::LayerAt>::WEIGHTS, #output))
        }
        _ => output,
    }
}

/// `&(Dense::new(8))`, the configuration of a call.
fn configured(cx: &Cx, ty: &TokenStream, callee: &Callee) -> TokenStream {
    let value = |layer: TokenStream| {
        let value = configuration(cx, callee, &layer);
        // Around all of it parentheses of their own would be what rustc underlines.
        let value = in_parentheses(value.clone(), ends(&value).0);
        quote!(&#value)
    };
    match (&cx.hazards, cx.written(callee)) {
        (Some(hazards), Some(written)) => {
            let evaluated = configuration(cx, callee, &quote!(__Layer));
            let evaluated = quote!({ type __Layer = #ty; #evaluated });
            let layer = quote!(Self::Layer);
            let layer = if is_literal(callee) { layer } else { behind_all(layer) };
            hazards.behind(&written, evaluated, &value(layer))
        }
        _ if is_literal(callee) => value(quote!(Self::Layer)),
        _ => value(cx.behind_names(callee, quote!(Self::Layer))),
    }
}

/// Whether a layer is a struct literal, `Scale { factor: 2.0 }`: only a path can stand there, and no type of another type.
fn is_literal(callee: &Callee) -> bool {
    let mut value = match callee {
        Callee::Layer { value, .. } | Callee::Sublayer { value, .. } => value,
        _ => return false,
    };
    while let Expr::MethodCall(call) = value {
        value = &call.receiver;
    }
    matches!(value, Expr::Struct(_))
}

/// `Dense::new(8)`, where `layer` stands for the type: a misspelt `Dens::new(8)` is one error, not one for each time it is named.
fn configuration(cx: &Cx, callee: &Callee, layer: &TokenStream) -> TokenStream {
    match callee {
        Callee::Function { path, args, keywords } => {
            let args = args.iter().map(|arg| cx.constant(arg));
            let keywords = keywords.iter().map(|(key, value)| {
                let value = in_parentheses(cx.constant(value), key.span());
                quote_spanned!(key.span()=> .#key #value)
            });
            let (first, _) = ends(&quote!(#path));
            let new = respan(quote!(<#layer>::new), first);
            let args = in_parentheses(quote!(#(#args),*), first);
            quote!(#new #args #(#keywords)*)
        }
        Callee::Layer { value, .. } | Callee::Sublayer { value, .. } => {
            cx.told(&made(value, layer))
        }
        Callee::Field { .. } | Callee::Method { .. } => quote!(),
    }
}

/// A layer expression where `layer` stands for its type.
fn made(value: &Expr, layer: &TokenStream) -> Expr {
    match value {
        Expr::MethodCall(call) => {
            let receiver = Box::new(made(&call.receiver, layer));
            Expr::MethodCall(syn::ExprMethodCall { receiver, ..call.clone() })
        }
        Expr::Call(call) => match &*call.func {
            Expr::Path(func) if func.path.segments.len() > 1 => {
                let function = func.path.segments.last();
                let (first, _) = ends(&quote!(#func));
                let layer = respan(layer.clone(), first);
                let func = Box::new(parse_quote_spanned!(first=> <#layer>::#function));
                Expr::Call(syn::ExprCall { func, ..call.clone() })
            }
            _ => value.clone(),
        },
        Expr::Struct(item) => {
            let (first, _) = ends(&item.path.to_token_stream());
            let layer = respan(layer.clone(), first);
            let path = parse_quote_spanned!(first=> #layer);
            Expr::Struct(syn::ExprStruct { path, ..item.clone() })
        }
        other => other.clone(),
    }
}
