//! The statements as a table.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::emit::facts::weight_layers;
use crate::emit::pass::{Emit, carried};
use crate::emit::plan::{Event, Moment, Moments, Span};
use crate::emit::sites::at;
use crate::graph::{Arg, Def, Statement, Value};

/// A statement: the step of the script, and what it offers at a call.
struct Row {
    step: TokenStream,
    offer: TokenStream,
}

/// The statements of a pass: the steps of its script, the moments of a call, and its loops.
pub(super) struct Rows<'g> {
    steps: Vec<TokenStream>,
    moments: Vec<TokenStream>,
    spans: Vec<Span<'g>>,
}

impl<'g> Emit<'g> {
    pub(super) fn rows(&self) -> Rows<'g> {
        let Moments { all, spans, .. } = Moments::of(self.pass);
        let rows = all.iter().filter_map(|moment| {
            let Row { step, offer } = self.row(moment)?;
            Some((step, self.moment(moment, &offer)))
        });
        let (steps, moments) = rows.unzip();
        Rows { steps, moments, spans }
    }

    /// What is written in the pass: a constant beside the generic ones, of which there is one for each call.
    pub(super) fn script(
        &self,
        Rows { steps, spans, .. }: &Rows<'_>,
        is_affine: bool,
    ) -> TokenStream {
        let graph = self.pass.graph;
        let spans = spans.iter().map(|span| {
            let (region, around, to) = (span.region, span.around, span.to);
            quote!(__keras::infer::Span { region: #region, around: #around, to: #to })
        });
        let list = |values: &[Value]| quote!(&[#(#values),*]);
        let (inputs, outputs) = (list(&self.pass.inputs), list(&self.pass.outputs));
        let given = graph.sites.iter().map(|site| list(&site.inputs));
        let gives = graph.sites.iter().map(|site| list(&site.outputs));
        let (name, (_, layers)) = (self.script_name(), weight_layers(self.cx, graph));
        quote! {
            const #name: __keras::infer::Script = __keras::infer::Script {
                steps: &[#(#steps),*],
                spans: &[#(#spans),*],
                inputs: #inputs,
                outputs: #outputs,
                given: &[#(#given),*],
                gives: &[#(#gives),*],
                layers: #layers,
                is_affine: #is_affine,
            };
        }
    }

    fn script_name(&self) -> Ident {
        format_ident!("{}Script", self.ident)
    }

    /// What rustc makes of the script at a call: its draft, its layouts, and how its weights are stored.
    pub(super) fn infer_tables(&self, Rows { moments, spans, .. }: &Rows<'_>) -> TokenStream {
        let (facts, this, script) = (self.cx.facts(), &self.this, self.script_name());
        let (values, calls) = (self.pass.graph.values.len(), self.pass.graph.sites.len());
        let all = values + calls;
        let homes = (0..values).map(|value| self.home(value));
        let times = spans.iter().map(|span| {
            let var = &span.item.var;
            let (start, end) = (self.cx.plain(&var.start), self.cx.plain(&var.end));
            quote!(__keras::iterations(#start, #end))
        });
        let each = |constant: TokenStream| {
            (0..calls).map(move |site| {
                let at = at(self.cx, self.pass.graph, site);
                quote!(<#at as __keras::LayerAt>::#constant)
            })
        };
        let (stored, tiled) = (each(quote!(SCRATCH)), each(quote!(TILED_SCRATCH)));
        let (freezes, steps) = (each(quote!(FREEZE)), moments.len());
        let ((tree, _), build) = (weight_layers(self.cx, self.pass.graph), &self.cx.build);
        let offers = self.group_offers();
        quote! {
            #offers
            const DRAFT: &'static __keras::infer::Draft<#values, #calls, #steps> = &__keras::infer::draft(
                &#script,
                (#facts::SIZES, [#(#homes),*]),
                [#(#moments),*],
                [#(#times),*],
                [#([#stored, #tiled]),*],
                #build::OWN,
            );
            const LAID: &'static __keras::infer::Laid<#values, #calls> =
                &__keras::infer::lay::<#values, #calls, #steps, #all>(#this::DRAFT, __keras::infer::Way::Whole);
            const LAID_BY_TILES: &'static __keras::infer::Laid<#values, #calls> =
                &__keras::infer::lay::<#values, #calls, #steps, #all>(#this::DRAFT, __keras::infer::Way::ByTiles);
            const LAID_IN_PLACE: &'static __keras::infer::Laid<#values, #calls> =
                &__keras::infer::lay::<#values, #calls, #steps, #all>(#this::DRAFT, __keras::infer::Way::InPlace);
            const NESTED: &'static ([__keras::infer::Nested; #calls], usize) = &__keras::infer::nest(
                #this::DRAFT, #tree, [#(#freezes),*],
            );
        }
    }

    /// The constants of `impl Body`.
    pub(super) fn constants(&self) -> TokenStream {
        let (this, facts, script) = (&self.this, self.cx.facts(), self.script_name());
        quote! {
            const SCRIPT: &'static __keras::infer::Script = &#script;
            const SUMS: __keras::infer::Sums = #this::DRAFT.sums;
            const STORED: &'static __keras::infer::Layout = &#this::LAID.layout();
            const TILED: &'static __keras::infer::Layout = &#this::LAID_BY_TILES.layout();
            const IN_PLACE: &'static __keras::infer::Layout = &#this::LAID_IN_PLACE.layout();
            const OFFSETS: &'static [usize] = &#facts::OFFSETS;
            const NESTED: &'static [__keras::infer::Nested] = &#this::NESTED.0;
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
                let weight = self.cx.weight(name);
                quote!(__keras::infer::Home::Weight(#weight))
            }
            _ => quote!(__keras::infer::Home::Own),
        }
    }

    /// What a statement is at a call.
    fn moment(&self, moment: &Moment<'_>, offer: &TokenStream) -> TokenStream {
        let conds: Vec<_> =
            moment.conds.iter().map(|(cond, side)| ((*cond).clone(), *side)).collect();
        let active = self.cx.guard(&conds).unwrap_or_else(|| quote!(true));
        quote!(__keras::infer::Moment { active: #active, offer: #offer })
    }

    fn row(&self, moment: &Moment<'_>) -> Option<Row> {
        let graph = self.pass.graph;
        let (time, region) = (moment.time, moment.region);
        let (compute, no_call) = (quote!(Compute), quote!(__keras::Option::None));
        let step = |act: &TokenStream, call: &TokenStream, inputs: &[Value], outputs: &[Value]| {
            quote! {
                __keras::infer::Step {
                    act: __keras::infer::Act::#act, time: #time, region: #region, call: #call,
                    inputs: &[#(#inputs),*], outputs: &[#(#outputs),*],
                }
            }
        };
        let offers = |offer: TokenStream, inputs: &[Value], outputs: &[Value]| Row {
            step: step(&compute, &no_call, inputs, outputs),
            offer,
        };
        let opaque = quote!(__keras::infer::Inference::OPAQUE);
        let stores = |inputs: &[Value], outputs: &[Value]| offers(opaque.clone(), inputs, outputs);
        let same = |of: Value, value: Value| {
            offers(quote!(__keras::infer::Inference::SAME), &[of], &[value])
        };
        let acts = |act: TokenStream, inputs: &[Value], outputs: &[Value]| Row {
            step: step(&act, &no_call, inputs, outputs),
            offer: opaque.clone(),
        };
        Some(match moment.event {
            Event::Result { of, result } => same(of, result),
            Event::Enter(c) => acts(quote!(Enter), &[c.init], &[c.after]),
            Event::Inner(c) => same(c.after, c.inner),
            // What is written in place is alive to the end of an iteration.
            Event::Leave(c) if c.in_place() => stores(&[c.after], &[]),
            Event::Leave(c) => acts(quote!(Leave), &[c.yielded], &[c.after, c.inner]),
            Event::Statement(statement) => match statement {
                Statement::Call(site) => {
                    let (call, at) = (&graph.sites[*site], at(self.cx, graph, *site));
                    let number = quote!(__keras::Option::Some(#site));
                    Row {
                        step: step(&compute, &number, &call.inputs, &call.outputs),
                        offer: quote!(<#at as __keras::LayerAt>::INFERENCE),
                    }
                }
                Statement::Elementwise(root) => {
                    let operands = &self.pass.groups[root].operands;
                    let (this, name) = (&self.this, offer_name(*root));
                    offers(quote!(#this::#name), operands, &[*root])
                }
                Statement::Copy(v) if !self.is_kept_copy(*v) => same(graph.operands(*v)[0], *v),
                Statement::Read(v) | Statement::Copy(v) => stores(&graph.operands(*v), &[*v]),
                Statement::Write(v) => {
                    let offer = quote!(__keras::infer::Inference::IN_PLACE);
                    offers(offer, &graph.operands(*v), &[*v])
                }
                Statement::WriteInPlace { buffer, value, .. } => stores(&[*buffer, *value], &[]),
                Statement::Update(_) | Statement::Loop(_) | Statement::If(_) => return None,
            },
        })
    }

    /// A constant for each elementwise group: what it offers.
    fn group_offers(&self) -> TokenStream {
        let offers = self.pass.groups.iter().map(|(root, group)| {
            let (name, shape) = (offer_name(*root), self.cx.shape(*root));
            let (rising, sum) = (self.rising(*root), self.is_sum(*root));
            let operands = group.operands.iter().map(|v| self.cx.shape(*v));
            quote! {
                const #name: __keras::infer::Inference =
                    __keras::infer::Inference::group(#shape, [#(#operands),*], #rising, #sum);
            }
        });
        quote!(#(#offers)*)
    }

    /// Whether a copy is not the value itself: a variable of a loop whose place another one takes at the end of an iteration.
    fn is_kept_copy(&self, value: Value) -> bool {
        carried(&self.pass.graph.body).iter().any(|c| c.yielded == value)
    }

    /// Whether a group is the sum of its operands.
    fn is_sum(&self, root: Value) -> bool {
        let (graph, group) = (self.pass.graph, &self.pass.groups[&root]);
        let mut terms = 0;
        let adds = group.nodes.iter().all(|node| match &graph.values[*node].def {
            Def::Elementwise { row, args, .. } => {
                terms += args.len();
                row.name == "+" && args.iter().all(|arg| matches!(arg, Arg::Value(_)))
            }
            _ => false,
        });
        // Each sum but the last is a term of another one, and each operand is one of one.
        adds && terms + 1 == group.operands.len() + group.nodes.len()
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

/// The name of the constant of a group.
pub(super) fn offer_name(root: Value) -> Ident {
    format_ident!("OFFER{}", root)
}
