//! The statements as a function.

use proc_macro2::TokenStream;
use quote::quote;

use super::table::offer_name;
use crate::emit::group::{self, Scalars};
use crate::emit::pass::{Emit, loop_number, nest_name};
use crate::emit::sites::at;
use crate::emit::slices::slice_name;
use crate::graph::{Carried, Cond, Def, Loop, Region, SiteId, Statement, Value};

impl Emit<'_> {
    /// Stores all values that are stored, one after the other.
    pub(super) fn infer_steps(&self) -> TokenStream {
        let body = self.infer_region(&self.pass.graph.body);
        let copies = self.pass.outputs.iter().enumerate().filter_map(|(i, v)| {
            let from = self.place_of(*v);
            (self.pass.direct_output(*v) != Some(i))
                .then(|| quote!(run.copy(#from, cx.output(#i));))
        });
        quote! {
            #[inline(always)]
            fn steps<__C: __keras::infer::Case<Body = Self>>(
                run: &mut __keras::Run<'_, __C::Float>, cx: &__keras::infer::Cx<'_, __C::Inputs>,
            ) {
                #body
                if const { <__C::Asked as __keras::infer::Asked<__C::Body>>::STORED } { #(#copies)* }
            }
        }
    }

    fn infer_region(&self, region: &Region) -> TokenStream {
        let lines = region.statements.iter().filter(|s| self.pass.needs(s));
        let lines = lines.map(|s| self.infer_statement(s));
        quote!(#(#lines)*)
    }

    fn place_of(&self, value: Value) -> TokenStream {
        quote!(cx.place(__keras::infer::Here::<__C, #value>::SPOT))
    }

    fn copy_of(&self, of: Value, value: Value) -> TokenStream {
        quote!(__keras::infer::copy::<__C, #value, #of>(run, cx);)
    }

    fn infer_statement(&self, statement: &Statement) -> TokenStream {
        let graph = self.pass.graph;
        match statement {
            Statement::Call(site) => self.infer_call(*site),
            Statement::Elementwise(root) => self.infer_group(*root),
            Statement::Copy(v) => self.copy_of(graph.operands(*v)[0], *v),
            Statement::Read(v) => {
                let Def::Read { of, window } = &graph.values[*v].def else { return quote!() };
                let (facts, slice, index) = (self.cx.facts(), slice_name(*v), self.index(window));
                let (of_shape, v_shape) = (self.cx.shape(*of), self.cx.shape(*v));
                let (of, v) = (self.place_of(*of), self.place_of(*v));
                quote!(__keras::ops::slice_read(run, &#facts::#slice, #index, (&#of_shape, &#v_shape), #of, #v);)
            }
            Statement::Write(written) => {
                let Def::Write { buffer, value, .. } = &graph.values[*written].def else {
                    return quote!();
                };
                let (copy, write) =
                    (self.copy_of(*buffer, *written), self.infer_write(*written, *value, *written));
                quote!(#copy #write)
            }
            Statement::WriteInPlace { written, buffer, value } => {
                self.infer_write(*written, *value, *buffer)
            }
            // Only a training updates weights.
            Statement::Update(_) => quote!(),
            Statement::Loop(item) => self.infer_loop(item),
            Statement::If(item) => {
                let arm = |region: &Region, side: fn(&(Value, Value, Value)) -> Value| {
                    let body = self.infer_region(region);
                    let copies = item.results.iter().map(|r| self.copy_of(side(r), r.2));
                    quote!(#body #(#copies)*)
                };
                let other = arm(&item.other, |r| r.1);
                match &item.cond {
                    Cond::Training => other,
                    Cond::Const(cond) => {
                        let (cond, then) = (self.constant(cond), arm(&item.then, |r| r.0));
                        quote!(if #cond { #then } else { #other })
                    }
                }
            }
        }
    }

    fn infer_call(&self, site: SiteId) -> TokenStream {
        let call = &self.pass.graph.sites[site];
        let (i, o, first) = (call.inputs.len(), call.outputs.len(), call.outputs.first());
        if o == 1 {
            let this = self.cx.site(site);
            return quote!(__keras::infer::layer::<__C, #site, #first, #this, #i>(run, cx););
        }
        let at = at(self.cx, self.pass.graph, site);
        let y = call.outputs.iter().map(|v| self.place_of(*v));
        quote!(__keras::infer::call::<__C, #site, #first, #at, #i, #o>(run, cx, [#(#y),*]);)
    }

    fn infer_group(&self, root: Value) -> TokenStream {
        let group = &self.pass.groups[&root];
        let consts = Scalars::new(self.cx, self.pass.graph, group).constant_args();
        let (name, _) = group::names(&self.name, root);
        let (operands, y) = (group.operands.iter().map(|v| self.place_of(*v)), self.place_of(root));
        let (this, nest, offer) = (&self.this, nest_name(root), offer_name(root));
        quote! {
            if const { #this::#offer.gives } {
                __keras::infer::group::<__C, #root>(run, cx);
            } else {
                #name::<__C::Float, __keras::Reference>(
                    run, const { &#this::#nest }, #consts, [#(#operands),*], #y,
                );
            }
        }
    }

    fn infer_write(&self, written: Value, value: Value, buffer: Value) -> TokenStream {
        let (facts, slice) = (self.cx.facts(), slice_name(written));
        let index = self.index(self.window(written));
        let (value_shape, buffer_shape) = (self.cx.shape(value), self.cx.shape(buffer));
        let (value, buffer) = (self.place_of(value), self.place_of(buffer));
        quote!(__keras::ops::slice_write(run, &#facts::#slice, #index, (&#value_shape, &#buffer_shape), #value, #buffer);)
    }

    fn infer_loop(&self, item: &Loop) -> TokenStream {
        let enters = item.carried.iter().map(|c| self.copy_of(c.init, c.after));
        let body = self.infer_region(&item.body);
        let changed = |c: &&Carried| !c.in_place();
        let leaves = item.carried.iter().filter(changed).map(|c| self.copy_of(c.yielded, c.after));
        let (start, end) = (self.cx.plain(&item.var.start), self.cx.plain(&item.var.end));
        let (var, number) = (&item.var.name, loop_number(item));
        quote! {
            #(#enters)*
            for #var in (#start)..(#end) {
                let cx = &cx.iteration(#number, #var - (#start));
                #body
                #(#leaves)*
            }
        }
    }
}
