//! Calls of a model in the same words: where their shapes are the same too, they are one type.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::facts::earlier;
use super::{Cx, shape_name};
use crate::graph::{Callee, Graph, SiteId, Value};

/// Where the words of a call stand again.
#[derive(Clone, Copy)]
enum Words {
    /// It is a method, which belongs to the call whose weights it has.
    OfMethod,
    /// Nowhere.
    Once,
    /// In another call: the one before it, if it is not the first.
    Again(Option<SiteId>),
}

/// Of each call of a model, where its words stand again; of other bodies nothing.
#[derive(Default)]
pub struct Repeats(Vec<Words>);

impl Repeats {
    /// Those of a model.
    pub fn of(graph: &Graph) -> Repeats {
        let mut all = vec![Words::Once; graph.sites.len()];
        // The last call of all words so far.
        let mut last: Vec<SiteId> = Vec::new();
        for (site, call) in graph.sites.iter().enumerate() {
            if let Callee::Method { .. } = call.callee {
                all[site] = Words::OfMethod;
                continue;
            }
            match last.iter_mut().find(|before| graph.sites[**before].callee == call.callee) {
                Some(before) => {
                    if let Words::Once = all[*before] {
                        all[*before] = Words::Again(None);
                    }
                    all[site] = Words::Again(Some(std::mem::replace(before, site)));
                }
                None => last.push(site),
            }
        }
        Repeats(all)
    }

    /// Whether there are no calls that may be like others.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a call is one that may be like another.
    pub fn is_like(&self, site: SiteId) -> bool {
        !matches!(self.0.get(site), None | Some(Words::OfMethod))
    }
}

/// The site that the layer of a call is at: its own, or in a model perhaps that of another call that is like it. There it is
/// the same type whether the words are repeated or not, so that another layer is edited without a new check of all bodies.
pub fn site(cx: &Cx, site: SiteId) -> TokenStream {
    if !cx.repeats.is_like(site) {
        return quote!(Self);
    }
    let around = &cx.site;
    quote!(<#around as __keras::Around>::Twin<#site, __Calls, Self>)
}

/// For each call its site by its number, and the first that is like it; and that in the model as such these are one.
pub fn twins(cx: &Cx, graph: &Graph) -> TokenStream {
    let calls = cx.repeats.0.iter().enumerate().map(|(site, words)| {
        let this = cx.site_name(site);
        let (twins, first) = match words {
            Words::OfMethod => return quote!(),
            Words::Once => (quote!(), quote!(Self::Site)),
            Words::Again(before) => {
                let twins = name(site);
                let first = quote!(<Self as __keras::Nth<{ #twins.first }>>::Site);
                (seen(cx, graph, site, *before), first)
            }
        };
        quote! {
            #twins
            impl __keras::Nth<#site> for __Calls {
                type Layer = <Self::Site as __keras::Site>::Layer;
                type Site = #this<__Root>;
                type First = #first;
            }
        }
    });
    quote! {
        struct __Calls;
        impl __keras::Around for __Root {
            type Twin<
                const __I: usize,
                __C: __keras::Nth<__I>,
                __Own: __keras::Site<Layer = <__C as __keras::Nth<__I>>::Layer>,
            > = <__C as __keras::Nth<__I>>::First;
        }
        #(#calls)*
    }
}

/// `const TWINS3: Twins = TWINS1.and(3, INPUTS);`
fn seen(cx: &Cx, graph: &Graph, site: SiteId, before: Option<SiteId>) -> TokenStream {
    let (this, twins) = (cx.site_name(site), name(site));
    let before = match before.map(name) {
        Some(before) => quote!(#before),
        None => quote!(__keras::Twins::NONE),
    };
    // What stands far before is evaluated first, as in the shapes of values.
    let before_all = graph.sites[site].inputs.iter().max().and_then(|value| milestone(*value));
    let before_all = before_all.map(|value| {
        let value = shape_name(value);
        quote!(let _earlier = __Facts::<__Root>::#value;)
    });
    quote! {
        const #twins: __keras::Twins = {
            #before_all
            #before.and(#site, <#this::<__Root> as __keras::Site>::INPUTS)
        };
    }
}

/// The last value up to this one whose shape is evaluated on the way to all that follow.
fn milestone(value: Value) -> Option<Value> {
    match value % 8 {
        0 => earlier(value),
        rest => Some(value - rest),
    }
}

/// `__TWINS3`.
fn name(site: SiteId) -> Ident {
    format_ident!("__TWINS{}", site)
}
