//! The backward pass.

use proc_macro2::TokenStream;
use quote::quote;

use super::Emit;
use crate::adjoint::{Operand, Step, Target};
use crate::emit::group::{self, Scalars};
use crate::emit::sites::at;
use crate::emit::slices::slice_name;
use crate::emit::{cotangent, place};
use crate::graph::{Branch, Cond, Loop, Region, Value};

impl Emit<'_> {
    pub(super) fn backward(&self) -> TokenStream {
        if !self.backward {
            return quote!();
        }
        let outer = self.outer_places(true);
        let places = self.backward_places(&self.computed(&self.pass.graph.body));
        let steps = self.steps(&self.adjoint.steps);
        let table = self.table();
        quote!(#table #outer #places #steps)
    }

    fn target(&self, target: Target) -> TokenStream {
        let name = cotangent(target.value);
        if target.add { quote!(#name.adding(true)) } else { quote!(#name) }
    }

    fn steps(&self, steps: &[Step<'_>]) -> TokenStream {
        let lines = steps.iter().map(|step| self.step(step));
        quote!(#(#lines)*)
    }

    fn step(&self, step: &Step<'_>) -> TokenStream {
        let graph = self.pass.graph;
        match step {
            Step::Return { output, to } => {
                let (dy, to) = (self.output("dy", *output), self.target(*to));
                quote!(run.copy(#dy, #to);)
            }
            Step::Clear(v) => {
                let d = cotangent(*v);
                quote!(run.clear(#d);)
            }
            Step::Call { site, dy, dx } => {
                let (call, at) = (&graph.sites[*site], at(self.cx, graph, *site));
                let (x, y) =
                    (call.inputs.iter().map(|v| place(*v)), call.outputs.iter().map(|v| place(*v)));
                let dy = dy.iter().map(|v| {
                    v.map_or(quote!(__keras::Place::NONE), |v| {
                        let d = cotangent(v);
                        quote!(#d)
                    })
                });
                let dx = dx.iter().map(|t| self.target(*t));
                quote! {
                    <#at as __keras::LayerAt>::backward::<__F, __B, _, _>(
                        run, frame.nested_back(&__table.calls[#site]), [#(#x),*], [#(#y),*], [#(#dy),*], [#(#dx),*],
                    );
                }
            }
            Step::Group { root } => self.backward_group(*root),
            Step::Copy { from, to } => {
                let (from, to) = (cotangent(*from), self.target(*to));
                quote!(run.copy(#from, #to);)
            }
            Step::Read { value, to } => {
                let (facts, slice, index) =
                    (self.cx.facts(), slice_name(*value), self.index(self.window(*value)));
                let (of_shape, v_shape) = (self.cx.shape(to.value), self.cx.shape(*value));
                let (from, to) = (cotangent(*value), self.target(*to));
                quote!(__keras::ops::slice_read_vjp(run, &#facts::#slice, #index, (&#of_shape, &#v_shape), #from, #to);)
            }
            Step::Write { written, buffer, value } => {
                let (from, to) = (cotangent(*written), self.target(*buffer));
                let write = self.write_vjp(*written, *value, *written);
                quote!(#write run.copy(#from, #to);)
            }
            Step::WriteInPlace { written, buffer, value } => {
                self.write_vjp(*written, *value, *buffer)
            }
            Step::Loop { item, body, inner } => self.backward_loop(item, body, inner),
            Step::If { item, then, other } => self.backward_if(item, then, other),
        }
    }

    fn write_vjp(&self, written: Value, value: Target, buffer: Value) -> TokenStream {
        let (facts, slice, index) =
            (self.cx.facts(), slice_name(written), self.index(self.window(written)));
        let (value_shape, buffer_shape) = (self.cx.shape(value.value), self.cx.shape(buffer));
        let (from, to) = (cotangent(buffer), self.target(value));
        quote!(__keras::ops::slice_write_vjp(run, &#facts::#slice, #index, (&#value_shape, &#buffer_shape), #from, #to);)
    }

    fn backward_group(&self, root: Value) -> TokenStream {
        let (group, back) = (&self.pass.groups[&root], &self.adjoint.groups[&root]);
        let scalars = Scalars::new(self.cx, self.pass.graph, group);
        let (_, name) = group::names(&self.name, root);
        let consts = scalars.constant_args();
        let values: Vec<Value> = back
            .operands
            .iter()
            .map(|operand| match operand {
                Operand::Value(v) => *v,
                Operand::Root => root,
            })
            .collect();
        let root_shape = self.cx.shape(root);
        let shapes = values.iter().chain([&root]).map(|v| self.cx.shape(*v));
        let (places, dy) = (values.iter().map(|v| place(*v)), cotangent(root));
        let target_shapes = back.targets.iter().map(|t| self.cx.shape(t.value));
        let targets = back.targets.iter().map(|t| self.target(*t));
        let (n, m) = (values.len() + 1, back.targets.len());
        quote! {
            #name::<__F, __B>(
                run,
                (
                    const { &__keras::Nest::<#n>::new(&#root_shape, [#(&#shapes),*]) },
                    const { &__keras::Nest::<#m>::new(&#root_shape, [#(&#target_shapes),*]) },
                ),
                #consts, [#(#places,)* #dy], [#(#targets),*],
            );
        }
    }

    fn backward_loop(
        &self,
        item: &Loop,
        body: &[Step<'_>],
        inner: &[Option<Value>],
    ) -> TokenStream {
        let (header, var) = (self.iteration(item), &item.var.name);
        let (start, end) = (self.cx.plain(&item.var.start), self.cx.plain(&item.var.end));
        let inners = item.carried.iter().map(|c| {
            let (v, d, d_after) = (place(c.inner), cotangent(c.inner), cotangent(c.after));
            if c.in_place() {
                return quote!(let #v = __keras::Place::NONE; let #d = #d_after;);
            }
            self.backward_places(&[c.inner])
        });
        let places = self.backward_places(&self.computed(&item.body));
        let steps = self.steps(body);
        let ends =
            item.carried.iter().zip(inner).filter(|(c, _)| !c.in_place()).map(|(c, inner)| {
                let after = cotangent(c.after);
                match inner {
                    Some(inner) => {
                        let inner = cotangent(*inner);
                        quote!(run.copy(#inner, #after);)
                    }
                    None => quote!(run.clear(#after);),
                }
            });
        quote! {
            for #var in ::core::iter::Iterator::rev((#start)..(#end)) {
                #header
                #(#inners)*
                #places
                #steps
                #(#ends)*
            }
        }
    }

    fn backward_if(&self, item: &Branch, then: &[Step<'_>], other: &[Step<'_>]) -> TokenStream {
        let arm = |region: &Region, steps: &[Step<'_>]| {
            let (places, steps) = (self.backward_places(&self.computed(region)), self.steps(steps));
            quote!(#places #steps)
        };
        let (then, other) = (arm(&item.then, then), arm(&item.other, other));
        match &item.cond {
            Cond::Training => quote!({ #then }),
            Cond::Const(expr) => {
                let cond = self.constant(expr);
                quote!(if #cond { #then } else { #other })
            }
        }
    }
}
