//! The statements as a table.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::facts::{at, weight_layers};
use crate::emit::pass::{Emit, carried};
use crate::emit::plan::{Event, Moment, Moments};
use crate::graph::{Arg, Def, Statement, Value};

impl Emit<'_> {
    /// `const STEPS: &[Step]`, what is known of the values, and its layouts.
    pub(super) fn infer_tables(&self) -> TokenStream {
        let (facts, this) = (self.cx.facts(), &self.this);
        let (values, calls) = (self.pass.graph.values.len(), self.pass.graph.sites.len());
        let all = values + calls;
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
            quote!([<#at as __keras::LayerAt>::SCRATCH, <#at as __keras::LayerAt>::TILED_SCRATCH])
        });
        let freezes = (0..calls).map(|site| {
            let at = at(self.cx, self.pass.graph, site);
            quote!(<#at as __keras::LayerAt>::FREEZE)
        });
        let (tree, layers) = weight_layers(self.cx, self.pass.graph);
        let (outputs, build) = (&self.pass.outputs, &self.cx.build);
        quote! {
            const STEPS: &'static [__keras::infer::Step] = &[#(#steps),*];
            const PLOT: __keras::infer::Plot<'static> = __keras::infer::Plot {
                sizes: &#facts::SIZES,
                homes: &[#(#homes),*],
                steps: #this::STEPS,
                spans: &[#(#spans),*],
                scratch: &[#(#scratch),*],
                outputs: &[#(#outputs),*],
                weights: #build::OWN,
            };
            const DRAFT: __keras::infer::Draft<#values, #calls> = __keras::infer::draft(#this::PLOT);
            const LAID: __keras::infer::Laid<#values, #calls> = __keras::infer::lay::<#values, #calls, #all>(#this::PLOT, &#this::DRAFT, false);
            const LAID_TILED: __keras::infer::Laid<#values, #calls> = __keras::infer::lay::<#values, #calls, #all>(#this::PLOT, &#this::DRAFT, true);
            const NESTED: ([__keras::infer::Nested; #calls], usize) = __keras::infer::nest(
                #this::DRAFT.sums.frozen, #tree, #layers, &#this::DRAFT.called, &[#(#freezes),*],
            );
        }
    }

    /// The constants of `impl Body`.
    pub(super) fn constants(&self) -> TokenStream {
        let (this, facts, sites) = (&self.this, self.cx.facts(), &self.pass.graph.sites);
        let inputs = sites.iter().map(|site| &site.inputs).map(|values| quote!(&[#(#values),*]));
        let outputs = sites.iter().map(|site| &site.outputs).map(|values| quote!(&[#(#values),*]));
        quote! {
            const SUMS: __keras::infer::Sums = #this::DRAFT.sums;
            const STORED: __keras::infer::Layout = #this::LAID.layout();
            const TILED: __keras::infer::Layout = #this::LAID_TILED.layout();
            const OFFSETS: &'static [usize] = &#facts::OFFSETS;
            const NESTED: &'static [__keras::infer::Nested] = &#this::NESTED.0;
            const INPUTS: &'static [&'static [usize]] = &[#(#inputs),*];
            const OUTPUTS: &'static [&'static [usize]] = &[#(#outputs),*];
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
            Def::Weight { name } | Def::State { name } if !name.is_empty() => {
                let build = &self.cx.build;
                quote!(__keras::infer::Home::Weight(__keras::weight_index(#build::OWN, #name)))
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
                Statement::Update(_) | Statement::Loop(_) | Statement::If(_) => return None,
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
        carried(&self.pass.graph.body).iter().any(|c| c.yielded == value)
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
}
