//! Calls of a model in the same words: where their shapes are the same too, they are one type.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::facts::earlier;
use super::{Cx, shape_name};
use crate::graph::{Callee, Graph, SiteId, Value};

/// Of each call, the one before it in the same words.
#[derive(Default)]
pub struct Repeats(Vec<Option<SiteId>>);

impl Repeats {
    /// Those of a body. A method belongs to the call whose weights it has, and is like no other.
    pub fn of(graph: &Graph) -> Repeats {
        // The last call of all words so far.
        let mut last: Vec<SiteId> = Vec::new();
        let before = graph.sites.iter().enumerate().map(|(site, call)| {
            if matches!(call.callee, Callee::Method { .. }) {
                return None;
            }
            match last.iter_mut().find(|earlier| graph.sites[**earlier].callee == call.callee) {
                Some(earlier) => Some(std::mem::replace(earlier, site)),
                None => {
                    last.push(site);
                    None
                }
            }
        });
        Repeats(before.collect())
    }

    fn before(&self, site: SiteId) -> Option<SiteId> {
        self.0.get(site).copied().flatten()
    }

    fn is_repeated(&self, site: SiteId) -> bool {
        self.0.contains(&Some(site))
    }
}

/// The site that the layer of a call is at: its own, or that of the first call that is like it.
pub fn site(cx: &Cx, site: SiteId) -> TokenStream {
    match cx.repeats.before(site) {
        None => quote!(Self),
        Some(_) => {
            let (around, twins) = (&cx.site, name(site));
            quote! {
                <#around as __keras::Around>::Twin<
                    <Self as __keras::Site>::Layer,
                    <__Sites as __keras::Nth<{ #twins.first }>>::Site,
                    Self,
                >
            }
        }
    }
}

/// For each call whose words are there more than once: its place among those that are like it, and its site by its number; and
/// that in the model as such the twins are one.
pub fn twins(cx: &Cx, graph: &Graph) -> TokenStream {
    let sites = 0..graph.sites.len();
    let repeated = sites
        .filter(|site| cx.repeats.before(*site).is_some() || cx.repeats.is_repeated(*site))
        .map(|site| {
            let (this, twins) = (cx.site_name(site), name(site));
            let before = match cx.repeats.before(site) {
                Some(before) => {
                    let before = name(before);
                    quote!(#before)
                }
                None => quote!(__keras::Twins::NONE),
            };
            // What stands far before is evaluated first, as in the shapes of values.
            let first = graph.sites[site].inputs.iter().max().and_then(|value| milestone(*value));
            let first = first.map(|value| {
                let value = shape_name(value);
                quote!(let _earlier = __Facts::<__Root>::#value;)
            });
            quote! {
                const #twins: __keras::Twins = {
                    #first
                    #before.and(#site, <#this::<__Root> as __keras::Site>::INPUTS)
                };
                impl __keras::Nth<#site> for __Sites {
                    type Site = #this<__Root>;
                }
            }
        });
    quote! {
        struct __Sites;
        impl __keras::Around for __Root {
            type Twin<
                __L: __keras::Layer,
                __Alike: __keras::Site<Layer = __L>,
                __Own: __keras::Site<Layer = __L>,
            > = __Alike;
        }
        #(#repeated)*
    }
}

/// The last value up to this one whose shape is evaluated on the way to all that follow.
fn milestone(value: Value) -> Option<Value> {
    match value % 8 {
        0 => earlier(value),
        rest => Some(value - rest),
    }
}

/// `__Twins3`.
fn name(site: SiteId) -> Ident {
    format_ident!("__TWINS{}", site)
}
