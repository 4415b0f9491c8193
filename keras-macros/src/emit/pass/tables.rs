//! The constants of a pass: what it keeps, when its values are alive, and the table of where it puts them.

use std::collections::{BTreeSet, HashMap};

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{Emit, find_loop};
use crate::emit::plan::{Entity, Lives};
use crate::graph::{Loop, SiteId, Value};

impl Emit<'_> {
    pub(super) fn tables(&self) -> TokenStream {
        let (facts, this) = (self.cx.facts(), &self.this);
        let (values, calls) = (self.pass.graph.values.len(), self.pass.graph.sites.len());
        let infer = self.plan(
            "INFER",
            &self.lives,
            &quote!(predict(#facts::SIZES, &#facts::INFERS, &#this::LIVES)),
        );
        let lives = self.lives("LIVES", &self.lives);
        let new = quote!(__keras::Table::new(#facts::SIZES, &#facts::OFFSETS).infer(&#this::INFER, &#this::LIVES));
        let table = quote!(const TABLE: __keras::Table<#values, #calls>);
        if !self.backward {
            return quote!(#lives #infer #table = #new;);
        }
        let (kept, held) = (self.kept(), self.held());
        let train = quote!(train(#facts::SIZES, &#this::KEPT, &#facts::NEEDS, &#this::LIVES));
        let train = self.plan("TRAIN", &self.lives, &train);
        let back_lives = self.lives("BACK_LIVES", &self.back_lives);
        let back = quote!(back(#facts::SIZES, &#facts::NEEDS, &#this::BACK_LIVES));
        let back = self.plan("BACK", &self.back_lives, &back);
        let regions = (0..self.regions.len()).map(held_name);
        quote! {
            #kept #held #lives #infer #train #back_lives #back
            #table = #new
                .train(&#this::TRAIN, &#this::LIVES)
                .back(&#this::BACK, &#this::BACK_LIVES)
                #(.held(&#this::#regions, &#this::KEPT, &#facts::NEEDS))*;
        }
    }

    /// `const LIVES: Lives<2> = [(3, 1, 2), (4, 2, 2)];`
    fn lives(&self, name: &str, lives: &Lives) -> TokenStream {
        let (name, count, values) = (ident(name), lives.len(), self.pass.graph.values.len());
        let mut all: Vec<_> = lives.iter().collect();
        all.sort_by_key(|(_, (from, _))| *from);
        let all = all.into_iter().map(|(entity, (from, to))| {
            let number = match entity {
                Entity::Value(v) => *v,
                Entity::Call(site) => values + site,
            };
            quote!((#number, #from, #to))
        });
        quote!(const #name: __keras::Lives<#count> = [#(#all),*];)
    }

    fn plan(&self, name: &str, lives: &Lives, plan: &TokenStream) -> TokenStream {
        let (name, count) = (ident(name), lives.len());
        quote!(const #name: __keras::Plan<#count> = __keras::#plan;)
    }

    /// `const KEPT`: for each value of the body, whether the backward pass reads it.
    fn kept(&self) -> TokenStream {
        let (facts, values) = (self.cx.facts(), self.pass.graph.values.len());
        let (always, inputs, outputs) =
            (&self.kept.always, reads(&self.kept.inputs), reads(&self.kept.outputs));
        quote! {
            const KEPT: [bool; #values] = __keras::kept(
                &#facts::NEEDS, &[#(#always),*], &[#(#inputs),*], &[#(#outputs),*],
            );
        }
    }

    /// `const HELD0: Held` and `const SAVED0: Extent`, the memory of it, of the body and of each loop.
    fn held(&self) -> TokenStream {
        let (facts, this) = (self.cx.facts(), &self.this);
        let all = self.regions.iter().enumerate().map(|(region, held)| {
            let (name, saved) = (held_name(region), saved_name(region));
            let loops = held.loops.iter().map(|number| self.loop_extent(*number));
            let (values, calls) = (&held.values, &held.calls);
            quote! {
                const #name: __keras::Held = __keras::Held {
                    loops: &[#(#loops),*], values: &[#(#values),*], calls: &[#(#calls),*],
                };
                const #saved: __keras::Extent = #this::#name.total(#facts::SIZES, &#this::KEPT, &#facts::NEEDS);
            }
        });
        quote!(#(#all)*)
    }

    /// What all iterations of a loop keep.
    fn loop_extent(&self, number: usize) -> TokenStream {
        let (this, inside) = (&self.this, saved_name(self.loops[&number].0));
        let item = find_loop(&self.pass.graph.body, number).expect("a loop of this body");
        let (start, end) = (self.cx.plain(&item.var.start), self.cx.plain(&item.var.end));
        quote!(#this::#inside.times(__keras::iterations(#start, #end)))
    }

    /// Where the memory that a loop keeps begins, and what an iteration takes of it.
    pub(super) fn loop_memory(&self, item: &Loop) -> (TokenStream, TokenStream) {
        if !self.backward {
            return (quote!(__keras::Extent::ZERO), quote!(__keras::Extent::ZERO));
        }
        let (this, (inside, around)) = (&self.this, self.loops[&item.number]);
        let index = self.regions[around].loops.iter().position(|number| *number == item.number);
        let index = index.expect("a loop is noted in the region that it is in");
        let (held, saved) = (held_name(around), saved_name(inside));
        (quote!(const { #this::#held.loop_at(#index) }), quote!(#this::#saved))
    }

    /// The constants of `LayerAt` that speak of memory.
    pub(super) fn extents(&self) -> TokenStream {
        let this = &self.this;
        let infer = quote!(const INFER: __keras::Extent = #this::INFER.total;);
        if !self.backward {
            return quote!(const KEEPS: __keras::Keeps = __keras::Keeps::NOTHING; #infer);
        }
        let inputs = &self.pass.inputs;
        let outputs = self.pass.outputs.iter().enumerate();
        let outputs = outputs
            .filter(|(i, v)| self.pass.direct_output(**v) == Some(*i))
            .map(|(i, v)| quote!((#i, #v)));
        quote! {
            const KEEPS: __keras::Keeps = __keras::keeps(&#this::KEPT, &[#(#inputs),*], &[#(#outputs),*]);
            const SAVED: __keras::Extent = #this::SAVED0;
            const FORWARD: __keras::Extent = #this::TRAIN.total;
            #infer
            const BACKWARD: __keras::Extent = #this::BACK.total;
        }
    }
}

/// `(value, call, port)` for each value that a call reads again.
fn reads(map: &HashMap<Value, Vec<(SiteId, usize)>>) -> Vec<TokenStream> {
    let all: BTreeSet<(Value, SiteId, usize)> = map
        .iter()
        .flat_map(|(value, calls)| calls.iter().map(|(site, port)| (*value, *site, *port)))
        .collect();
    all.into_iter().map(|(value, site, port)| quote!((#value, #site, #port))).collect()
}

fn ident(name: &str) -> Ident {
    format_ident!("{}", name)
}

fn held_name(region: usize) -> Ident {
    format_ident!("HELD{}", region)
}

fn saved_name(region: usize) -> Ident {
    format_ident!("SAVED{}", region)
}
