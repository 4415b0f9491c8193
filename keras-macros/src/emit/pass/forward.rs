//! The forward pass.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::Emit;
use crate::emit::group::{self, Scalars};
use crate::emit::place;
use crate::emit::sites::at;
use crate::emit::slices::slice_name;
use crate::graph::{Cond, Def, Loop, Region, Statement, Value};

impl Emit<'_> {
    pub(super) fn forward(&self) -> TokenStream {
        let outer = self.outer_places(false);
        let body = self.forward_region(&self.pass.graph.body);
        let copies = self.pass.outputs.iter().enumerate().filter_map(|(i, v)| {
            let (v_name, y) = (place(*v), self.output("y", i));
            (self.pass.direct_output(*v) != Some(i)).then(|| quote!(run.copy(#v_name, #y);))
        });
        let table = self.table();
        quote!(#table #outer #body #(#copies)*)
    }

    fn forward_region(&self, region: &Region) -> TokenStream {
        let places = self.forward_places(&self.computed(region));
        let lines = region
            .statements
            .iter()
            .filter(|s| self.pass.needs(s))
            .map(|s| self.forward_statement(s));
        quote!(#places #(#lines)*)
    }

    fn forward_statement(&self, statement: &Statement) -> TokenStream {
        let graph = self.pass.graph;
        match statement {
            Statement::Call(site) => {
                let (call, at) = (&graph.sites[*site], at(self.cx, graph, *site));
                let (x, y) =
                    (call.inputs.iter().map(|v| place(*v)), call.outputs.iter().map(|v| place(*v)));
                let train = self.train();
                quote! {
                    <#at as __keras::LayerAt>::forward::<__F, __B, #train, _, _>(
                        run, frame.nested::<#train>(&__table.calls[#site]), [#(#x),*], [#(#y),*],
                    );
                }
            }
            Statement::Elementwise(root) => self.forward_group(*root),
            Statement::Read(v) => {
                let Def::Read { of, window } = &graph.values[*v].def else { return quote!() };
                let (facts, slice, index) = (self.cx.facts(), slice_name(*v), self.index(window));
                let (of_shape, v_shape) = (self.cx.shape(*of), self.cx.shape(*v));
                let (of, v) = (place(*of), place(*v));
                quote!(__keras::ops::slice_read(run, &#facts::#slice, #index, (&#of_shape, &#v_shape), #of, #v);)
            }
            Statement::Write(written) => {
                let Def::Write { buffer, value, .. } = &graph.values[*written].def else {
                    return quote!();
                };
                let (from, to) = (place(*buffer), place(*written));
                let write = self.write(*written, *value, *written);
                quote!(run.copy(#from, #to); #write)
            }
            Statement::WriteInPlace { written, buffer, value } => {
                self.write(*written, *value, *buffer)
            }
            Statement::Copy(v) => {
                let Def::Copy { of } = graph.values[*v].def else { return quote!() };
                let (from, to) = (place(of), place(*v));
                quote!(run.copy(#from, #to);)
            }
            Statement::Update(v) => {
                let Def::Update { weight, value } = graph.values[*v].def else { return quote!() };
                let (value, weight) = (place(value), place(weight));
                quote!(run.update(#value, #weight);)
            }
            Statement::Loop(item) => self.forward_loop(item),
            Statement::If(item) => {
                let arm = |region: &Region, side: fn(&(Value, Value, Value)) -> Value| {
                    let body = self.forward_region(region);
                    let copies = item.results.iter().map(|r| {
                        let (from, to) = (place(side(r)), place(r.2));
                        quote!(run.copy(#from, #to);)
                    });
                    quote!(#body #(#copies)*)
                };
                let (then, other) = (arm(&item.then, |r| r.0), arm(&item.other, |r| r.1));
                let cond = match &item.cond {
                    Cond::Training => self.train(),
                    Cond::Const(expr) => self.constant(expr),
                };
                quote!(if #cond { #then } else { #other })
            }
        }
    }

    fn write(&self, written: Value, value: Value, buffer: Value) -> TokenStream {
        let (facts, slice, index) =
            (self.cx.facts(), slice_name(written), self.index(self.window(written)));
        let (value_shape, buffer_shape) = (self.cx.shape(value), self.cx.shape(buffer));
        let (value, buffer) = (place(value), place(buffer));
        quote!(__keras::ops::slice_write(run, &#facts::#slice, #index, (&#value_shape, &#buffer_shape), #value, #buffer);)
    }

    fn forward_group(&self, root: Value) -> TokenStream {
        let group = &self.pass.groups[&root];
        let scalars = Scalars::new(self.cx, self.pass.graph, group);
        let (name, _) = group::names(&self.name, root);
        let consts = scalars.constant_args();
        let (operands, y) = (group.operands.iter().map(|v| place(*v)), place(root));
        let (this, nest) = (&self.this, nest_name(root));
        quote!(#name::<__F, __B>(run, const { &#this::#nest }, #consts, [#(#operands),*], #y);)
    }

    /// A constant for each group: where its operands' numbers are.
    pub(in crate::emit) fn nests(&self) -> TokenStream {
        let nests = self.pass.groups.iter().map(|(root, group)| {
            let operands = &group.operands;
            let (name, n, shape) = (nest_name(*root), operands.len(), self.cx.shape(*root));
            let shapes = operands.iter().map(|v| self.cx.shape(*v));
            quote!(const #name: __keras::Nest<#n> = __keras::Nest::<#n>::new(&#shape, [#(&#shapes),*]);)
        });
        quote!(#(#nests)*)
    }

    fn forward_loop(&self, item: &Loop) -> TokenStream {
        let starts = item.carried.iter().map(|c| {
            let (from, to) = (place(c.init), place(c.after));
            quote!(run.copy(#from, #to);)
        });
        let (header, var) = (self.iteration(item), &item.var.name);
        let inners = item.carried.iter().map(|c| {
            let (inner, after) = (place(c.inner), place(c.after));
            if c.in_place() {
                return quote!(let #inner = #after;);
            }
            let (value, train) = (c.inner, self.train());
            quote! {
                let __spot = &__table.values[#value];
                let #inner = if #train && __spot.kept { run.kept(frame, __spot) } else { #after };
                run.copy(#after, #inner);
            }
        });
        let body = self.forward_region(&item.body);
        let ends = item.carried.iter().filter(|c| !c.in_place()).map(|c| {
            let (from, to) = (place(c.yielded), place(c.after));
            quote!(run.copy(#from, #to);)
        });
        let (start, end) = (self.cx.plain(&item.var.start), self.cx.plain(&item.var.end));
        quote! {
            #(#starts)*
            for #var in (#start)..(#end) {
                #header
                #(#inners)*
                #body
                #(#ends)*
            }
        }
    }
}

/// The name of the constant of a group.
pub fn nest_name(root: Value) -> Ident {
    format_ident!("NEST{}", root)
}
