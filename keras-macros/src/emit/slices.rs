//! The constants of slices.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::Expr;

use super::Cx;
use crate::graph::{Cut, LoopVar, Value, Window};

/// The name of a slice's constant.
pub fn slice_name(value: Value) -> Ident {
    format_ident!("SLICE{}", value)
}

pub fn index_name(value: Value) -> Ident {
    format_ident!("INDEX{}", value)
}

/// `SLICE3`, and `INDEX3`: how far its run-time indices go.
pub fn slice_consts(cx: &Cx, value: Value, window: &Window) -> TokenStream {
    let (slice, index) = (slice_name(value), index_name(value));
    let facts = cx.facts();
    let mut largest = Vec::new();
    let cuts: Vec<TokenStream> = window
        .iter()
        .map(|cut| match cut {
            Cut::Index(expr) => {
                let dim = cx.dim(expr, &[]);
                quote!(.index({ #dim }))
            }
            Cut::Dynamic(expr, loops) => {
                let at = largest.len();
                largest.push(extent(cx, expr, loops));
                quote!(.dynamic(#facts::#index[#at].get()))
            }
            Cut::Range { start, end, step } => {
                let bound = |bound: &Option<Expr>| match bound {
                    Some(expr) => {
                        let dim = cx.dim(expr, &[]);
                        quote!(::core::option::Option::Some({ #dim }))
                    }
                    None => quote!(::core::option::Option::None),
                };
                let (start, end) = (bound(start), bound(end));
                let step = step.as_ref().map_or(quote!(1), |step| cx.plain(step));
                quote!(.range(#start, #end, #step))
            }
        })
        .collect();
    quote! {
        const #index: &'static [__keras::Dim] = &[#(#largest),*];
        const #slice: __keras::ops::slice = __keras::ops::slice::new()#(#cuts)*;
    }
}

/// One more than the largest value of an index, over all iterations.
fn extent(cx: &Cx, expr: &Expr, loops: &[LoopVar]) -> TokenStream {
    if cx.sizes.is_some() {
        return quote!(__keras::Dim::of(1));
    }
    // Loops in loops take rustc long where sizes are large.
    cx.total.set(cx.total.get() && loops.len() < 2);
    let index = cx.dim(expr, loops);
    let mut body = quote!(largest = largest.max((#index).add(__keras::Dim::of(1))););
    for var in loops {
        let (name, start, end) = (&var.name, cx.plain(&var.start), cx.plain(&var.end));
        body = quote! {
            let mut #name: usize = #start;
            while #name < #end {
                #body
                #name += 1;
            }
        };
    }
    quote!({ let mut largest = __keras::Dim::of(0); #body largest })
}
