//! The two passes of a body as calls into the library, and the constants that place their values.

use std::collections::{BTreeSet, HashMap};

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::Expr;

use super::facts::{at, slice_name};
use super::group::{self, Scalars};
use super::plan::{self, Entity, Kept, Lives};
use super::{Cx, cotangent, place};
use crate::adjoint::{self, Adjoint, Operand, Step, Target};
use crate::graph::fuse::Pass;
use crate::graph::{
    Branch, Carried, Cond, Cut, Def, Loop, Region, SiteId, Statement, Value, Weights,
};

/// Something that may be kept from the forward to the backward pass.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Entry {
    Value(Value),
    Call(SiteId),
    Loop(usize),
}

/// Emits one pass.
pub struct Emit<'a> {
    cx: &'a Cx,
    pass: &'a Pass<'a>,
    adjoint: &'a Adjoint<'a>,
    /// The struct that implements `LayerAt`, as a type.
    this: TokenStream,
    name: String,
    lives: Lives,
    back_lives: Lives,
    kept: Kept,
    /// What each loop (and the body itself, region 0) keeps, in order.
    regions: Vec<Vec<Entry>>,
    saved: HashMap<Entry, (usize, usize)>,
    /// The region of each loop, by its number.
    loops: HashMap<usize, usize>,
}

/// Both passes as an `impl LayerAt`, with the constants and functions that they use.
pub fn emit(cx: &Cx, pass: &Pass<'_>, name: &Ident, outputs: &TokenStream) -> TokenStream {
    let adjoint = adjoint::reverse(pass);
    let args = &cx.args;
    let mut emit = Emit {
        cx,
        pass,
        adjoint: &adjoint,
        this: quote!(#name::<#args>),
        name: name.to_string().trim_start_matches('_').to_lowercase(),
        lives: plan::forward(pass),
        back_lives: plan::backward(pass, &adjoint),
        kept: plan::kept(pass, &adjoint),
        regions: vec![Vec::new()],
        saved: HashMap::new(),
        loops: HashMap::new(),
    };
    emit.entries(&pass.graph.body, 0);
    emit.prune();
    let (params, wheres) = (&cx.params, &cx.wheres);
    let (consts, extents) = (emit.consts(), emit.extents());
    let (forward, backward, groups) = (emit.forward(), emit.backward(), emit.groups());
    let facts = cx.facts();
    let inline = inline();
    quote! {
        #groups
        impl<#params> #name<#args> #wheres {
            #consts
        }
        impl<#params> __keras::LayerAt for #name<#args> #wheres {
            const OUTPUTS: &'static [__keras::Inferred] = &[#outputs];
            const WEIGHTS: &'static __keras::Tree = #facts::WEIGHTS;
            const LIMITS: [usize; __keras::MAX_PORTS] = #facts::LIMITS;
            const DOUBT: __keras::Option<__keras::Doubt> = #facts::DOUBT;
            #extents
            #[inline(#inline)]
            fn forward<__F: __keras::Float, __B: __keras::Backend, const __TRAIN: bool, const __IN: usize, const __OUT: usize>(
                run: &mut __keras::Run<'_, __F>,
                frame: __keras::Frame,
                x: [__keras::Place; __IN],
                y: [__keras::Place; __OUT],
            ) {
                #forward
            }
            #[inline(#inline)]
            fn backward<__F: __keras::Float, __B: __keras::Backend, const __IN: usize, const __OUT: usize>(
                run: &mut __keras::Run<'_, __F>,
                frame: __keras::Frame,
                x: [__keras::Place; __IN],
                y: [__keras::Place; __OUT],
                dy: [__keras::Place; __OUT],
                dx: [__keras::Place; __IN],
            ) {
                #backward
            }
        }
    }
}

/// How a pass of a layer at one call is compiled. On a host it is a function of its own, since a model of many calls should
/// compile fast; without `std` it is part of its caller, where constants fold every check away.
fn inline() -> Ident {
    format_ident!("{}", if cfg!(any(feature = "std", test)) { "never" } else { "always" })
}

impl Emit<'_> {
    // What needs memory.

    /// Whether a value has a place of its own: it is computed here, and not into an output.
    fn has_place(&self, value: Value) -> bool {
        let computed =
            !matches!(self.pass.graph.values[value].def, Def::Input { .. } | Def::Weight { .. });
        computed && self.pass.direct_output(value).is_none()
    }

    /// Notes what a region may keep; loops have regions of their own, the arms of an `if` have not.
    fn entries(&mut self, region: &Region, index: usize) {
        for statement in region.statements.iter().filter(|s| self.pass.needs(s)) {
            match statement {
                Statement::Call(site) => {
                    self.pass.graph.sites[*site]
                        .outputs
                        .iter()
                        .for_each(|v| self.entry(Entry::Value(*v), index));
                    self.entry(Entry::Call(*site), index);
                }
                Statement::Elementwise(v)
                | Statement::Read(v)
                | Statement::Write(v)
                | Statement::Copy(v) => {
                    self.entry(Entry::Value(*v), index);
                }
                Statement::WriteInPlace { .. } => {}
                Statement::Loop(item) => {
                    let inside = self.regions.len();
                    self.regions.push(Vec::new());
                    self.loops.insert(item.number, inside);
                    for c in &item.carried {
                        self.entry(Entry::Value(c.after), index);
                        if !c.in_place() {
                            self.entry(Entry::Value(c.inner), inside);
                        }
                    }
                    self.entries(&item.body, inside);
                    self.entry(Entry::Loop(item.number), index);
                }
                Statement::If(item) => {
                    item.results.iter().for_each(|r| self.entry(Entry::Value(r.2), index));
                    self.entries(&item.then, index);
                    self.entries(&item.other, index);
                }
            }
        }
    }

    fn entry(&mut self, entry: Entry, region: usize) {
        if let Entry::Value(value) = entry
            && !self.has_place(value)
        {
            return;
        }
        self.saved.insert(entry, (region, self.regions[region].len()));
        self.regions[region].push(entry);
    }

    /// Leaves the memory plan what needs memory: not inputs, outputs, weights, nor what is somewhere else already.
    fn prune(&mut self) {
        let inner: BTreeSet<Value> =
            carried(&self.pass.graph.body).iter().map(|c| c.inner).collect();
        let mut lives = std::mem::take(&mut self.lives);
        lives.retain(|entity, _| match entity {
            Entity::Value(v) => self.has_place(*v) && !inner.contains(v),
            Entity::Call(_) => true,
        });
        self.lives = lives;
        let buffers: BTreeSet<Value> = carried(&self.pass.graph.body)
            .iter()
            .filter(|c| c.in_place())
            .map(|c| c.inner)
            .collect();
        let mut lives = std::mem::take(&mut self.back_lives);
        lives.retain(|entity, _| match entity {
            Entity::Value(v) => self.has_cotangent(*v) && !buffers.contains(v),
            Entity::Call(_) => true,
        });
        self.back_lives = lives;
    }

    /// Whether the cotangent of a value has a place of its own.
    fn has_cotangent(&self, value: Value) -> bool {
        let computed =
            !matches!(self.pass.graph.values[value].def, Def::Input { .. } | Def::Weight { .. });
        computed && self.direct_cotangent(value).is_none()
    }

    /// The output whose cotangent is that of the value: nothing here adds to it.
    fn direct_cotangent(&self, value: Value) -> Option<usize> {
        let output = self.pass.direct_output(value)?;
        (!adjoint::has_own_cotangent(self.pass, value)).then_some(output)
    }

    // Constants.

    fn kept_name(value: Value) -> Ident {
        format_ident!("KEPT{}", value)
    }

    fn kept(&self, value: Value) -> TokenStream {
        if self.kept.always.contains(&value) {
            return quote!(true);
        }
        let none = Vec::new();
        let reads = |map: &HashMap<Value, Vec<(SiteId, usize)>>, method: &str| {
            let method = format_ident!("{}", method);
            let list = map.get(&value).unwrap_or(&none);
            list.iter()
                .map(|(site, i)| {
                    let at = at(self.cx, self.pass.graph, *site);
                    quote!(<#at as __keras::LayerAt>::KEEPS.#method(#i))
                })
                .collect::<Vec<_>>()
        };
        let all = [reads(&self.kept.inputs, "has_input"), reads(&self.kept.outputs, "has_output")]
            .concat();
        quote!(false #(|| #all)*)
    }

    fn consts(&self) -> TokenStream {
        let kept = self.saved.keys().filter_map(|entry| match entry {
            Entry::Value(v) => Some(*v),
            _ => None,
        });
        let kept: BTreeSet<Value> = kept.collect();
        let kept = kept.into_iter().map(|v| {
            let (name, value) = (Self::kept_name(v), self.kept(v));
            quote!(const #name: bool = #value;)
        });
        let saved = self.regions.iter().enumerate().map(|(r, entries)| {
            let name = format_ident!("SAVED{}", r);
            let (count, sizes) =
                (entries.len(), entries.iter().map(|entry| self.saved_size(*entry)));
            quote!(const #name: __keras::Plan<#count> = __keras::stack([#(#sizes),*]);)
        });
        let this = &self.this;
        let train = self.plan("TRAIN", &self.lives, |entity| match entity {
            Entity::Value(v) => {
                let (shape, kept) = (self.cx.shape(v), Self::kept_name(v));
                quote!(__keras::Extent::of(&#shape).only(!#this::#kept))
            }
            Entity::Call(site) => self.call_extent(site, "FORWARD"),
        });
        let infer = self.plan("INFER", &self.lives, |entity| match entity {
            Entity::Value(v) => {
                let shape = self.cx.shape(v);
                quote!(__keras::Extent::of(&#shape))
            }
            Entity::Call(site) => self.call_extent(site, "INFER"),
        });
        let back = self.plan("BACK", &self.back_lives, |entity| match entity {
            Entity::Value(v) => {
                let shape = self.cx.shape(v);
                quote!(__keras::cotangent_extent(&#shape))
            }
            Entity::Call(site) => self.call_extent(site, "BACKWARD"),
        });
        quote!(#(#kept)* #(#saved)* #train #infer #back)
    }

    fn call_extent(&self, site: SiteId, name: &str) -> TokenStream {
        let (at, name) = (at(self.cx, self.pass.graph, site), format_ident!("{}", name));
        quote!(<#at as __keras::LayerAt>::#name)
    }

    fn saved_size(&self, entry: Entry) -> TokenStream {
        let this = &self.this;
        match entry {
            Entry::Value(v) => {
                let (shape, kept) = (self.cx.shape(v), Self::kept_name(v));
                quote!(__keras::Extent::of(&#shape).only(#this::#kept))
            }
            Entry::Call(site) => self.call_extent(site, "SAVED"),
            Entry::Loop(number) => {
                let inside = format_ident!("SAVED{}", self.loops[&number]);
                let item = find_loop(&self.pass.graph.body, number).expect("a loop of this body");
                let (start, end) = (self.cx.plain(&item.var.start), self.cx.plain(&item.var.end));
                quote!(#this::#inside.total.times(__keras::iterations(#start, #end)))
            }
        }
    }

    fn plan(&self, name: &str, lives: &Lives, size: impl Fn(Entity) -> TokenStream) -> TokenStream {
        let (name, count) = (format_ident!("{}", name), lives.len());
        let sizes = lives.keys().map(|entity| size(*entity));
        let spans = lives.values().map(|(from, to)| quote!(__keras::life(#from, #to)));
        quote!(const #name: __keras::Plan<#count> = __keras::plan([#(#sizes),*], [#(#spans),*]);)
    }

    fn extents(&self) -> TokenStream {
        let this = &self.this;
        let mask = |bits: Vec<(usize, TokenStream)>| {
            let bits = bits.iter().map(|(i, kept)| quote!(| (((#kept) as u32) << #i)));
            quote!(0 #(#bits)*)
        };
        let inputs = self.pass.inputs.iter().enumerate().map(|(i, v)| (i, self.kept(*v))).collect();
        let outputs = self.pass.outputs.iter().enumerate();
        let outputs = outputs
            .filter(|(i, v)| self.pass.direct_output(**v) == Some(*i))
            .map(|(i, v)| (i, self.kept(*v)))
            .collect();
        let (inputs, outputs) = (mask(inputs), mask(outputs));
        quote! {
            const KEEPS: __keras::Keeps = __keras::Keeps { inputs: #inputs, outputs: #outputs };
            const SAVED: __keras::Extent = #this::SAVED0.total;
            const FORWARD: __keras::Extent = #this::TRAIN.total;
            const INFER: __keras::Extent = #this::INFER.total;
            const BACKWARD: __keras::Extent = #this::BACK.total;
        }
    }

    // Places.

    /// `let v3 = run.spot::<__TRAIN>(&V3, frame, KEPT3, SAVED0.at[1], TRAIN.at[2], INFER.at[2]);`
    fn forward_place(&self, value: Value) -> TokenStream {
        let (name, shape, this) = (place(value), self.cx.shape(value), &self.this);
        if let Some(output) = self.pass.direct_output(value) {
            return quote!(let #name = y[#output];);
        }
        let kept = Self::kept_name(value);
        let saved = self.saved_at(Entry::Value(value));
        let at = index_of(&self.lives, Entity::Value(value));
        quote! {
            let #name = run.spot::<__TRAIN>(&#shape, frame, #this::#kept, #saved, #this::TRAIN.at[#at], #this::INFER.at[#at]);
        }
    }

    fn saved_at(&self, entry: Entry) -> TokenStream {
        let (region, index) = self.saved[&entry];
        let (this, region) = (&self.this, format_ident!("SAVED{}", region));
        quote!(#this::#region.at[#index])
    }

    /// In the backward pass: where the value was kept, or nowhere.
    fn backward_place(&self, value: Value) -> TokenStream {
        let (name, shape, this) = (place(value), self.cx.shape(value), &self.this);
        if let Some(output) = self.pass.direct_output(value) {
            return quote!(let #name = y[#output];);
        }
        let (kept, saved) = (Self::kept_name(value), self.saved_at(Entry::Value(value)));
        quote!(let #name = run.kept(&#shape, frame, #this::#kept, #saved);)
    }

    fn cotangent_place(&self, value: Value) -> TokenStream {
        let (name, shape, this) = (cotangent(value), self.cx.shape(value), &self.this);
        if let Some(output) = self.direct_cotangent(value) {
            return quote!(let #name = dy[#output];);
        }
        match self.back_lives.contains_key(&Entity::Value(value)) {
            true => {
                let at = index_of(&self.back_lives, Entity::Value(value));
                quote!(let #name = run.cotangent(&#shape, frame, #this::BACK.at[#at]);)
            }
            false => quote!(let #name = __keras::Place::NONE;),
        }
    }

    /// The places of inputs and weights.
    fn outer_places(&self, backward: bool) -> TokenStream {
        let mut lines = Vec::new();
        for (i, value) in self.pass.inputs.iter().enumerate() {
            let (v, d) = (place(*value), cotangent(*value));
            lines.push(quote!(let #v = x[#i];));
            if backward {
                lines.push(quote!(let #d = dx[#i];));
            }
        }
        let build = &self.cx.build;
        for (value, info) in self.pass.graph.values.iter().enumerate() {
            let Def::Weight { name } = &info.def else { continue };
            if !self.pass.needed.contains(&value) {
                continue;
            }
            let (v, d, shape) = (place(value), cotangent(value), self.cx.shape(value));
            lines.push(quote!(let #v = run.weight(&#shape, frame.weights + const { __keras::weight_offset(#build::OWN, #name) });));
            if backward {
                lines.push(quote!(let #d = #v.gradient().only(const { __keras::weight_trainable(#build::OWN, #name) });));
            }
        }
        quote!(#(#lines)*)
    }

    /// The values that the statements of a region (not those of the regions in it) compute.
    fn computed(&self, region: &Region) -> Vec<Value> {
        let mut all = Vec::new();
        for statement in region.statements.iter().filter(|s| self.pass.needs(s)) {
            match statement {
                Statement::Call(site) => all.extend(&self.pass.graph.sites[*site].outputs),
                Statement::Elementwise(v)
                | Statement::Read(v)
                | Statement::Write(v)
                | Statement::Copy(v) => all.push(*v),
                Statement::WriteInPlace { .. } => {}
                Statement::Loop(item) => all.extend(item.carried.iter().map(|c| c.after)),
                Statement::If(item) => all.extend(item.results.iter().map(|r| r.2)),
            }
        }
        all
    }

    // Forward.

    fn forward(&self) -> TokenStream {
        let outer = self.outer_places(false);
        let body = self.forward_region(&self.pass.graph.body);
        let copies = self.pass.outputs.iter().enumerate().filter_map(|(i, v)| {
            let v_name = place(*v);
            (self.pass.direct_output(*v) != Some(i)).then(|| quote!(run.copy(#v_name, y[#i]);))
        });
        quote!(#outer #body #(#copies)*)
    }

    fn forward_region(&self, region: &Region) -> TokenStream {
        let places = self.computed(region).into_iter().map(|v| self.forward_place(v));
        let lines = region
            .statements
            .iter()
            .filter(|s| self.pass.needs(s))
            .map(|s| self.forward_statement(s));
        quote!(#(#places)* #(#lines)*)
    }

    fn forward_statement(&self, statement: &Statement) -> TokenStream {
        let graph = self.pass.graph;
        match statement {
            Statement::Call(site) => {
                let (call, at) = (&graph.sites[*site], at(self.cx, graph, *site));
                let (x, y) =
                    (call.inputs.iter().map(|v| place(*v)), call.outputs.iter().map(|v| place(*v)));
                let (i, o) = (call.inputs.len(), call.outputs.len());
                let this = &self.this;
                let index = index_of(&self.lives, Entity::Call(*site));
                let frame = self.frame(
                    *site,
                    &quote!(if __TRAIN { #this::TRAIN.at[#index] } else { #this::INFER.at[#index] }),
                );
                quote!(<#at as __keras::LayerAt>::forward::<__F, __B, __TRAIN, #i, #o>(run, #frame, [#(#x),*], [#(#y),*]);)
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
                    Cond::Training => quote!(__TRAIN),
                    Cond::Const(expr) => self.constant(expr),
                };
                quote!(if #cond { #then } else { #other })
            }
        }
    }

    /// A condition that is decided while the call is compiled: the other arm is not even generated.
    fn constant(&self, cond: &Expr) -> TokenStream {
        let cond = self.cx.plain(cond);
        quote!(const { #cond })
    }

    /// The frame of a call: where its weights and its memory begin.
    fn frame(&self, site: SiteId, scratch: &TokenStream) -> TokenStream {
        let (facts, call) = (self.cx.facts(), &self.cx.call);
        let weights = match self.pass.graph.sites[site].weights {
            Weights::Nested(k) => quote!(const { #facts::WEIGHTS.nested_offset(#k) }),
            Weights::OfCall(k) => quote!(const { #call::WEIGHTS.nested_offset(#k) }),
            Weights::None => quote!(0),
        };
        let (saved, number) = (self.saved_at(Entry::Call(site)), site as u64);
        quote!(frame.nested(#number, #weights, #saved, #scratch))
    }

    /// The run-time indices of a slice.
    fn index(&self, window: &[Cut]) -> TokenStream {
        let all = window.iter().filter_map(|cut| match cut {
            Cut::Dynamic(expr, _) => Some(self.cx.plain(expr)),
            _ => None,
        });
        quote!(__keras::index([#(#all),*]))
    }

    fn window(&self, value: Value) -> &[Cut] {
        match &self.pass.graph.values[value].def {
            Def::Read { window, .. } | Def::Write { window, .. } => window,
            _ => &[],
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
        let shapes = group.operands.iter().map(|v| self.cx.shape(*v));
        let (operands, y, y_shape) =
            (group.operands.iter().map(|v| place(*v)), place(root), self.cx.shape(root));
        let n = group.operands.len();
        quote! {
            #name::<__F, __B>(
                run, const { &__keras::Nest::<#n>::new(&#y_shape, [#(&#shapes),*]) }, #consts, [#(#operands),*], #y,
            );
        }
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
            let (this, kept) = (&self.this, Self::kept_name(c.inner));
            let (shape, saved) = (self.cx.shape(c.inner), self.saved_at(Entry::Value(c.inner)));
            quote! {
                let #inner = if __TRAIN && #this::#kept { run.kept(&#shape, frame, true, #saved) } else { #after };
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

    /// `let frame = frame.iteration(…);`
    fn iteration(&self, item: &Loop) -> TokenStream {
        let (this, inside) = (&self.this, format_ident!("SAVED{}", self.loops[&item.number]));
        let (saved, number) =
            (self.saved_at(Entry::Loop(item.number)), item.number as u64 + (1 << 32));
        let (var, start) = (&item.var.name, self.cx.plain(&item.var.start));
        quote!(let frame = frame.iteration(#number, #var - (#start), #saved, #this::#inside.total);)
    }

    // Backward.

    fn backward(&self) -> TokenStream {
        let outer = self.outer_places(true);
        let places = self.backward_places(&self.computed(&self.pass.graph.body));
        let steps = self.steps(&self.adjoint.steps);
        quote!(#outer #places #steps)
    }

    fn backward_places(&self, values: &[Value]) -> TokenStream {
        let lines = values.iter().map(|v| {
            let (place, cotangent) = (self.backward_place(*v), self.cotangent_place(*v));
            quote!(#place #cotangent)
        });
        quote!(#(#lines)*)
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
                let to = self.target(*to);
                quote!(run.copy(dy[#output], #to);)
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
                let (i, o) = (call.inputs.len(), call.outputs.len());
                let (this, index) = (&self.this, index_of(&self.back_lives, Entity::Call(*site)));
                let frame = self.frame(*site, &quote!(#this::BACK.at[#index]));
                quote! {
                    <#at as __keras::LayerAt>::backward::<__F, __B, #i, #o>(
                        run, #frame, [#(#x),*], [#(#y),*], [#(#dy),*], [#(#dx),*],
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
            let (value, cotangent) = (self.backward_place(c.inner), self.cotangent_place(c.inner));
            quote!(#value #cotangent)
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

    fn groups(&self) -> TokenStream {
        let mut roots: Vec<&Value> = self.pass.groups.keys().collect();
        roots.sort_unstable();
        let functions = roots.into_iter().map(|root| {
            let scalars = Scalars::new(self.cx, self.pass.graph, &self.pass.groups[root]);
            let (forward, backward) = group::names(&self.name, *root);
            let forward = scalars.forward(&forward);
            let backward =
                self.adjoint.groups.get(root).map(|back| scalars.backward(&backward, back));
            quote!(#forward #backward)
        });
        quote!(#(#functions)*)
    }
}

fn index_of(lives: &Lives, entity: Entity) -> usize {
    lives.keys().position(|e| *e == entity).unwrap_or_else(|| panic!("{entity:?} has no place"))
}

/// All carried values, those of nested loops too.
fn carried(region: &Region) -> Vec<Carried> {
    let mut all = Vec::new();
    for statement in &region.statements {
        match statement {
            Statement::Loop(item) => {
                all.extend(item.carried.iter().cloned());
                all.extend(carried(&item.body));
            }
            Statement::If(item) => {
                all.extend(carried(&item.then));
                all.extend(carried(&item.other));
            }
            _ => {}
        }
    }
    all
}

fn find_loop(region: &Region, number: usize) -> Option<&Loop> {
    region.statements.iter().find_map(|statement| match statement {
        Statement::Loop(item) if item.number == number => Some(&**item),
        Statement::Loop(item) => find_loop(&item.body, number),
        Statement::If(item) => {
            find_loop(&item.then, number).or_else(|| find_loop(&item.other, number))
        }
        _ => None,
    })
}
