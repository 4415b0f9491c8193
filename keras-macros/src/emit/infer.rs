//! Inference: the statements of a pass as a table, of which rustc makes its layout; and as functions, each value a tile at a
//! time.

use std::collections::HashSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::facts::{at, slice_name};
use super::group::{self, Scalars};
use super::pass::{Emit, loop_number};
use super::plan::{Event, Moment, Moments};
use crate::graph::{Arg, Carried, Cond, Def, Loop, Region, SiteId, Statement, Value};

/// The generic parameters of a function that infers, and those of one that gives a tile.
fn params() -> TokenStream {
    quote!(const __T: usize, __F: __keras::Float, __M: __keras::infer::Mode, __X: __keras::infer::Inputs<__F>)
}

fn tile_params() -> TokenStream {
    let params = params();
    quote!(#params, const __B: usize, const __Q: usize)
}

impl Emit<'_> {
    /// The constants and functions, `impl Body`, and what `impl LayerAt` says of it.
    pub(super) fn inference(&self) -> (TokenStream, TokenStream) {
        let (params, args, wheres) = (&self.cx.params, &self.cx.args, &self.cx.wheres);
        let (this, facts, name) = (&self.this, self.cx.facts(), &self.ident);
        let (tables, steps) = (self.inference_tables(), self.inferring());
        let (groups, fed, fed_finish) = (self.lane_functions(), self.fed(false), self.fed(true));
        let (raw, finish) = (self.raw(), self.finish());
        let tile = tile_params();
        let body = quote! {
            #groups
            impl<#params> #name<#args> #wheres { #tables #steps }
            impl<#params> __keras::infer::Body for #name<#args> #wheres {
                const SPOTS: [&'static [__keras::infer::Spot]; 2] = [&#this::STORED.spots, &#this::TILED.spots];
                const SLOTS: [&'static [usize]; 2] = [&#this::STORED.slots, &#this::TILED.slots];
                const OFFSETS: &'static [usize] = &#facts::OFFSETS;
                #[inline(always)]
                fn raw<const __V: usize, #tile>(
                    run: &__keras::Run<'_, __F>, cx: &__keras::infer::Cx<'_, __X>, at: __keras::infer::At,
                ) -> __keras::infer::Tile<__F, __B, __Q> {
                    #raw
                    [[__keras::of(0.0); __B]; __Q]
                }
                #[inline(always)]
                fn finish<const __V: usize, #tile>(
                    run: &__keras::Run<'_, __F>, cx: &__keras::infer::Cx<'_, __X>, column: usize,
                    tile: __keras::infer::Tile<__F, __B, __Q>,
                ) -> __keras::infer::Tile<__F, __B, __Q> {
                    #finish
                    tile
                }
                #[inline(always)]
                fn fed<const __K: usize, #tile>(
                    run: &__keras::Run<'_, __F>, cx: &__keras::infer::Cx<'_, __X>, i: usize, at: __keras::infer::At,
                ) -> __keras::infer::Tile<__F, __B, __Q> {
                    #fed
                    [[__keras::of(0.0); __B]; __Q]
                }
                #[inline(always)]
                fn fed_finish<const __K: usize, #tile>(
                    run: &__keras::Run<'_, __F>, cx: &__keras::infer::Cx<'_, __X>, i: usize, column: usize,
                    tile: __keras::infer::Tile<__F, __B, __Q>,
                ) -> __keras::infer::Tile<__F, __B, __Q> {
                    #fed_finish
                    tile
                }
            }
        };
        (body, self.inference_of_layer())
    }

    /// What `impl LayerAt` says.
    fn inference_of_layer(&self) -> TokenStream {
        let (this, inputs, outputs) = (&self.this, &self.pass.inputs, &self.pass.outputs);
        let only = outputs.first().filter(|_| outputs.len() == 1).map(|out| {
            quote! {
                #[inline(always)]
                fn prepare<__F: __keras::Float, __M: __keras::infer::Mode, __X: __keras::infer::Inputs<__F>>(
                    run: &mut __keras::Run<'_, __F>, base: __keras::infer::Base, x: &__X,
                ) {
                    #this::steps::<1, __F, __M, __X>(run, &__keras::infer::Cx { base, x, y: &[] });
                }
                #[inline(always)]
                fn raw<__F: __keras::Float, __M: __keras::infer::Mode, __X: __keras::infer::Inputs<__F>, const __B: usize, const __Q: usize>(
                    run: &__keras::Run<'_, __F>, base: __keras::infer::Base, x: &__X, at: __keras::infer::At,
                ) -> __keras::infer::Tile<__F, __B, __Q> {
                    __keras::infer::raw::<Self, #out, 1, __F, __M, __X, __B, __Q>(run, &__keras::infer::Cx { base, x, y: &[] }, at)
                }
                #[inline(always)]
                fn finish<__F: __keras::Float, __M: __keras::infer::Mode, __X: __keras::infer::Inputs<__F>, const __B: usize, const __Q: usize>(
                    run: &__keras::Run<'_, __F>, base: __keras::infer::Base, x: &__X, column: usize,
                    tile: __keras::infer::Tile<__F, __B, __Q>,
                ) -> __keras::infer::Tile<__F, __B, __Q> {
                    __keras::infer::finish::<Self, #out, 1, __F, __M, __X, __B, __Q>(run, &__keras::infer::Cx { base, x, y: &[] }, column, tile)
                }
            }
        });
        quote! {
            const INFERENCE: __keras::infer::Inference =
                __keras::infer::offer(&#this::STORED, &#this::TILED, &[#(#inputs),*], &[#(#outputs),*]);
            const SCRATCH: [usize; 2] = [#this::STORED.total, #this::TILED.total];
            #[inline(always)]
            fn infer<__F: __keras::Float, __M: __keras::infer::Mode, __X: __keras::infer::Inputs<__F>, const __IN: usize, const __OUT: usize>(
                run: &mut __keras::Run<'_, __F>, base: __keras::infer::Base, x: &__X, y: [__keras::Place; __OUT],
            ) {
                #this::steps::<0, __F, __M, __X>(run, &__keras::infer::Cx { base, x, y: &y });
            }
            #only
        }
    }

    // The table.

    /// `const STEPS: &[Step]`, what is known of the values, and the two layouts.
    fn inference_tables(&self) -> TokenStream {
        let (facts, this) = (self.cx.facts(), &self.this);
        let (values, calls) = (self.pass.graph.values.len(), self.pass.graph.sites.len());
        let homes = (0..values).map(|value| self.home(value));
        let moments = Moments::of(self.pass);
        let steps = moments.all.iter().filter_map(|moment| self.table_row(moment));
        let spans = moments.spans.iter().map(|span| {
            let (start, end) = (self.cx.plain(&span.item.var.start), self.cx.plain(&span.item.var.end));
            let (region, around, to) = (span.region, span.around, span.to);
            quote!(__keras::infer::Span { region: #region, around: #around, to: #to, times: __keras::iterations(#start, #end) })
        });
        let scratch = (0..calls).map(|site| {
            let at = at(self.cx, self.pass.graph, site);
            quote!(<#at as __keras::LayerAt>::SCRATCH)
        });
        let outputs = &self.pass.outputs;
        quote! {
            const STEPS: &'static [__keras::infer::Step] = &[#(#steps),*];
            const PLOT: __keras::infer::Plot<'static, #values, #calls> = __keras::infer::Plot {
                sizes: &#facts::SIZES,
                homes: &[#(#homes),*],
                steps: #this::STEPS,
                spans: &[#(#spans),*],
                scratch: &[#(#scratch),*],
                outputs: &[#(#outputs),*],
            };
            const STORED: __keras::infer::Layout<#values, #calls> = __keras::infer::layout(#this::PLOT, false);
            const TILED: __keras::infer::Layout<#values, #calls> = __keras::infer::layout(#this::PLOT, true);
        }
    }

    /// Where a value is by its nature.
    fn home(&self, value: Value) -> TokenStream {
        if let Some(i) = self.pass.inputs.iter().position(|v| *v == value) {
            return quote!(__keras::infer::Home::Input(#i));
        }
        if let Some(o) = self.pass.direct_output(value) {
            return quote!(__keras::infer::Home::Output(#o));
        }
        match &self.pass.graph.values[value].def {
            Def::Weight { name } if !name.is_empty() => {
                let build = &self.cx.build;
                quote!(__keras::infer::Home::Weight(__keras::weight_offset(#build::OWN, #name)))
            }
            _ => quote!(__keras::infer::Home::Own),
        }
    }

    fn table_row(&self, moment: &Moment<'_>) -> Option<TokenStream> {
        let graph = self.pass.graph;
        let (time, region) = (moment.time, moment.region);
        let step = |inputs: &[Value], outputs: &[Value]| quote!(__keras::infer::Step::new(#time, #region, &[#(#inputs),*], &[#(#outputs),*]));
        let same = |of: Value, value: Value| {
            let step = step(&[of], &[value]);
            quote!(#step.offers(__keras::infer::Inference::same(0)))
        };
        let row = match moment.event {
            Event::Result { of, result } => same(of, result),
            Event::Enter(c) => {
                let step = step(&[c.init], &[c.after]);
                quote!(#step.acts(__keras::infer::Act::Enter))
            }
            Event::Inner(c) => same(c.after, c.inner),
            // What is written in place is alive to the end of an iteration.
            Event::Leave(c) if c.in_place() => step(&[c.after], &[]),
            Event::Leave(c) => {
                let step = step(&[c.yielded], &[c.after, c.inner]);
                quote!(#step.acts(__keras::infer::Act::Leave))
            }
            Event::Statement(statement) => match statement {
                Statement::Call(site) => {
                    let (call, at) = (&graph.sites[*site], at(self.cx, graph, *site));
                    let step = step(&call.inputs, &call.outputs);
                    quote!(#step.call(#site).offers(<#at as __keras::LayerAt>::INFERENCE))
                }
                Statement::Elementwise(root) => {
                    let operands = &self.pass.groups[root].operands;
                    let (step, rising) = (step(operands, &[*root]), self.rising(*root));
                    let (shape, shapes) =
                        (self.cx.shape(*root), operands.iter().map(|v| self.cx.shape(*v)));
                    quote!(#step.offers(__keras::infer::Inference::group(&#shape, &[#(&#shapes),*], #rising)))
                }
                Statement::Copy(v) if !self.is_kept_copy(*v) => same(graph.operands(*v)[0], *v),
                Statement::Read(v) | Statement::Copy(v) => step(&graph.operands(*v), &[*v]),
                Statement::Write(v) => {
                    let step = step(&graph.operands(*v), &[*v]);
                    quote!(#step.offers(__keras::infer::Inference::in_place()))
                }
                Statement::WriteInPlace { buffer, value, .. } => step(&[*buffer, *value], &[]),
                Statement::Loop(_) | Statement::If(_) => return None,
            },
        };
        let guard = self
            .cx
            .guard(&moment.conds.iter().map(|(e, side)| ((*e).clone(), *side)).collect::<Vec<_>>());
        Some(match guard {
            Some(guard) => quote!(#row.only(#guard)),
            None => row,
        })
    }

    /// Whether a copy is not the value itself: a variable of a loop whose place another one takes at the end of an iteration.
    fn is_kept_copy(&self, value: Value) -> bool {
        super::pass::carried(&self.pass.graph.body).iter().any(|c| c.yielded == value)
    }

    /// The operands with which a group never falls, as bits: each of those stands in it once, under functions that never do.
    fn rising(&self, root: Value) -> u32 {
        let (graph, group) = (self.pass.graph, &self.pass.groups[&root]);
        let reads = |value: Value| {
            group.nodes.iter().flat_map(move |node| match &graph.values[*node].def {
                Def::Elementwise { row, args, .. } => args
                    .iter()
                    .enumerate()
                    .filter(|(_, arg)| matches!(arg, Arg::Value(v) if *v == value))
                    .map(|(i, _)| (*node, row.rises(i)))
                    .collect::<Vec<_>>(),
                _ => Vec::new(),
            })
        };
        let rises = |operand: Value| {
            let mut value = operand;
            while value != root {
                let all: Vec<(Value, bool)> = reads(value).collect();
                match all[..] {
                    [(node, true)] => value = node,
                    _ => return false,
                }
            }
            true
        };
        let operands = group.operands.iter().enumerate();
        operands.filter(|(_, v)| rises(**v)).fold(0, |bits, (i, _)| bits | 1 << i)
    }

    // The statements.

    fn inferring(&self) -> TokenStream {
        let (params, body) = (params(), self.infer_region(&self.pass.graph.body));
        let this = &self.this;
        let copies = self.pass.outputs.iter().enumerate().filter_map(|(i, v)| {
            let from = quote!(cx.place(const { #this::spot::<__T>(#v) }));
            (self.pass.direct_output(*v) != Some(i)).then(|| quote!(run.copy(#from, cx.y[#i]);))
        });
        quote! {
            const fn spot<const __T: usize>(value: usize) -> __keras::infer::Spot {
                <Self as __keras::infer::Body>::SPOTS[__T][value]
            }
            #[inline(always)]
            fn steps<#params>(run: &mut __keras::Run<'_, __F>, cx: &__keras::infer::Cx<'_, __X>) {
                #body
                if __T == 0 { #(#copies)* }
            }
        }
    }

    fn infer_region(&self, region: &Region) -> TokenStream {
        let lines = region.statements.iter().filter(|s| self.pass.needs(s));
        let lines = lines.map(|s| self.infer_statement(s));
        quote!(#(#lines)*)
    }

    fn place_of(&self, value: Value) -> TokenStream {
        let this = &self.this;
        quote!(cx.place(const { #this::spot::<__T>(#value) }))
    }

    fn copy_of(&self, of: Value, value: Value) -> TokenStream {
        quote!(__keras::infer::copy::<Self, #value, #of, __T, __F, __X>(run, cx);)
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
        let (call, at) = (&self.pass.graph.sites[site], at(self.cx, self.pass.graph, site));
        let (inputs, outputs) = (&call.inputs, &call.outputs);
        let (i, o, first) = (inputs.len(), outputs.len(), outputs.first());
        quote! {
            __keras::infer::call::<Self, #site, __T, #first, #at, __F, __M, __X, #i, #o>(
                run, cx,
                const { __keras::infer::spots::<Self, __T, #i>([#(#inputs),*]) },
                const { __keras::infer::spots::<Self, __T, #o>([#(#outputs),*]) },
            );
        }
    }

    fn infer_group(&self, root: Value) -> TokenStream {
        let group = &self.pass.groups[&root];
        let consts = Scalars::new(self.cx, self.pass.graph, group).constant_args();
        let (name, _) = group::names(&self.name, root);
        let (shape, n) = (self.cx.shape(root), group.operands.len());
        let shapes: Vec<TokenStream> = group.operands.iter().map(|v| self.cx.shape(*v)).collect();
        let (operands, y) = (group.operands.iter().map(|v| self.place_of(*v)), self.place_of(root));
        quote! {
            if const { __keras::infer::Inference::group(&#shape, &[#(&#shapes),*], 0).gives } {
                __keras::infer::group::<Self, #root, __T, __F, __M, __X>(run, cx);
            } else {
                #name::<__F, __keras::Reference>(
                    run, const { &__keras::Nest::<#n>::new(&#shape, [#(&#shapes),*]) }, #consts, [#(#operands),*], #y,
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

    // Tiles.

    /// The values that may be tiled: what is computed of one call, or number by number.
    fn tileable(&self) -> Vec<Value> {
        let mut found = Vec::new();
        self.tileable_in(&self.pass.graph.body, &mut found);
        found
    }

    fn tileable_in(&self, region: &Region, found: &mut Vec<Value>) {
        for statement in region.statements.iter().filter(|s| self.pass.needs(s)) {
            match statement {
                Statement::Call(site) => {
                    if let [only] = self.pass.graph.sites[*site].outputs[..] {
                        found.push(only);
                    }
                }
                Statement::Elementwise(v) | Statement::Copy(v) => found.push(*v),
                Statement::Loop(item) => self.tileable_in(&item.body, found),
                Statement::If(item) => {
                    if !matches!(item.cond, Cond::Training) {
                        self.tileable_in(&item.then, found);
                    }
                    self.tileable_in(&item.other, found);
                    found.extend(item.results.iter().map(|r| r.2));
                }
                _ => {}
            }
        }
    }

    fn raw(&self) -> TokenStream {
        let of = |v: Value| quote!(return __keras::infer::raw::<Self, #v, __T, __F, __M, __X, __B, __Q>(run, cx, at););
        let arms = self.tileable().into_iter().map(|value| {
            let arm = match &self.pass.graph.values[value].def {
                Def::Call { site, .. } => {
                    self.call_tile(*site, &quote!(call_raw), &quote!(at), &quote!(fed))
                }
                Def::Elementwise { .. } => self.group_raw(value),
                Def::Copy { of: v } => of(*v),
                Def::Phi { cond: Cond::Training, other, .. } => of(*other),
                Def::Phi { cond: Cond::Const(cond), then, other } => {
                    let (cond, then, other) = (self.constant(cond), of(*then), of(*other));
                    quote!(if #cond { #then } else { #other })
                }
                _ => quote!(),
            };
            quote!(if const { __V == #value } { #arm })
        });
        quote!(#(#arms)*)
    }

    fn finish(&self) -> TokenStream {
        let of = |v: Value| quote!(return __keras::infer::finish::<Self, #v, __T, __F, __M, __X, __B, __Q>(run, cx, column, tile););
        let arms = self.tileable().into_iter().map(|value| {
            let arm = match &self.pass.graph.values[value].def {
                Def::Call { site, .. } => self.call_tile(
                    *site,
                    &quote!(call_finish),
                    &quote!(column, tile),
                    &quote!(fed_finish),
                ),
                Def::Elementwise { .. } => self.group_finish(value),
                Def::Copy { of: v } => of(*v),
                Def::Phi { cond: Cond::Training, other, .. } => of(*other),
                Def::Phi { cond: Cond::Const(cond), then, other } => {
                    let (cond, then, other) = (self.constant(cond), of(*then), of(*other));
                    quote!(if #cond { #then } else { #other })
                }
                _ => quote!(),
            };
            quote!(if const { __V == #value } { #arm })
        });
        quote!(#(#arms)*)
    }

    /// A tile of the output of a call: what the layer makes of its inputs, or the input itself.
    fn call_tile(
        &self,
        site: SiteId,
        function: &TokenStream,
        rest: &TokenStream,
        fed: &TokenStream,
    ) -> TokenStream {
        let (call, at) = (&self.pass.graph.sites[site], at(self.cx, self.pass.graph, site));
        let (inputs, i) = (&call.inputs, call.inputs.len());
        let this = &self.this;
        quote! {
            if let __keras::Option::Some(same) = const { <#at as __keras::LayerAt>::INFERENCE.same } {
                return <#this as __keras::infer::Body>::#fed::<#site, __T, __F, __M, __X, __B, __Q>(run, cx, same, #rest);
            }
            return __keras::infer::#function::<Self, #site, __T, #at, __F, __M, __X, #i, __B, __Q>(
                run, cx, const { __keras::infer::spots::<Self, __T, #i>([#(#inputs),*]) }, #rest,
            );
        }
    }

    fn fetch(&self, root: Value, operand: Value) -> TokenStream {
        let (root, operand) = (self.cx.shape(root), self.cx.shape(operand));
        quote!(const { __keras::infer::Fetch::of(&#root, &#operand) })
    }

    fn through(&self, value: Value, i: usize) -> TokenStream {
        let this = &self.this;
        quote!(
            const { ::core::matches!(#this::spot::<__T>(#value).through, __keras::Option::Some(#i)) }
        )
    }

    fn group_raw(&self, root: Value) -> TokenStream {
        let group = &self.pass.groups[&root];
        let consts = Scalars::new(self.cx, self.pass.graph, group).constant_args();
        let name = lanes_name(&self.name, root);
        let mains = group.operands.iter().enumerate().map(|(i, v)| {
            let through = self.through(root, i);
            quote!(if #through { return __keras::infer::raw::<Self, #v, __T, __F, __M, __X, __B, __Q>(run, cx, at); })
        });
        let operands = group.operands.iter().map(|v| {
            let fetch = self.fetch(root, *v);
            quote!(__keras::infer::operand::<Self, #v, __T, __F, __M, __X, __B, __Q>(run, cx, #fetch, at))
        });
        quote!(#(#mains)* return #name::<__F, __B, __Q>(#consts, [#(#operands),*]);)
    }

    fn group_finish(&self, root: Value) -> TokenStream {
        let group = &self.pass.groups[&root];
        let consts = Scalars::new(self.cx, self.pass.graph, group).constant_args();
        let name = lanes_name(&self.name, root);
        let arms = (0..group.operands.len()).map(|main| {
            let through = self.through(root, main);
            let operands = group.operands.iter().enumerate().map(|(i, v)| {
                let (fetch, is_main) = (self.fetch(root, *v), i == main);
                quote!(__keras::infer::settled::<Self, #v, __T, #is_main, __F, __M, __X, __B, __Q>(run, cx, #fetch, column, tile))
            });
            quote!(if #through { return #name::<__F, __B, __Q>(#consts, [#(#operands),*]); })
        });
        quote!(#(#arms)*)
    }

    /// A function for each group: of a tile of each operand.
    fn lane_functions(&self) -> TokenStream {
        let mut roots: Vec<&Value> = self.pass.groups.keys().collect();
        roots.sort_unstable();
        let functions = roots.into_iter().map(|root| {
            let scalars = Scalars::new(self.cx, self.pass.graph, &self.pass.groups[root]);
            scalars.lanes(&lanes_name(&self.name, *root))
        });
        quote!(#(#functions)*)
    }

    /// The inputs of each call, tile by tile.
    fn fed(&self, finish: bool) -> TokenStream {
        let mut sites = HashSet::new();
        let mut arms = Vec::new();
        let calls = Moments::of(self.pass);
        for moment in &calls.all {
            let Event::Statement(Statement::Call(site)) = moment.event else { continue };
            let inputs = &self.pass.graph.sites[*site].inputs;
            if inputs.is_empty() || !sites.insert(*site) {
                continue;
            }
            let tiles = inputs.iter().enumerate().map(|(i, v)| {
                if finish {
                    quote!(#i => return __keras::infer::finish::<Self, #v, __T, __F, __M, __X, __B, __Q>(run, cx, column, tile),)
                } else {
                    quote!(#i => return __keras::infer::raw::<Self, #v, __T, __F, __M, __X, __B, __Q>(run, cx, at),)
                }
            });
            arms.push(quote!(if const { __K == #site } { match i { #(#tiles)* _ => {} } }));
        }
        quote!(#(#arms)*)
    }
}

fn lanes_name(pass: &str, root: Value) -> Ident {
    format_ident!("__{}_group_{}_lanes", pass, root)
}
