//! The two passes of a body as calls into the library, and the tables that place their values.

mod backward;
mod forward;
mod tables;

use std::collections::{BTreeSet, HashMap};

pub use forward::nest_name;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::Expr;

use super::group::{self, Scalars};
use super::plan::{self, Entity, Kept, Lives};
use super::{Cx, cotangent, place};
use crate::adjoint::{self, Adjoint};
use crate::graph::fuse::Pass;
use crate::graph::{Carried, Cut, Def, Loop, Region, SiteId, Statement, Value};

/// What may be kept from the forward to the backward pass, in the body itself or in one iteration of a loop.
#[derive(Default)]
struct Held {
    loops: Vec<usize>,
    values: Vec<Value>,
    calls: Vec<SiteId>,
}

/// Emits one pass.
pub struct Emit<'a> {
    pub(super) cx: &'a Cx,
    pub(super) pass: &'a Pass<'a>,
    adjoint: &'a Adjoint<'a>,
    /// Whether there is a backward pass: without one nothing is kept, and no call trains.
    backward: bool,
    /// The struct that implements `LayerAt`, as a type.
    pub(super) this: TokenStream,
    /// The name of that struct.
    pub(super) ident: Ident,
    pub(super) name: String,
    lives: Lives,
    back_lives: Lives,
    kept: Kept,
    /// What each loop (and the body itself, region 0) keeps.
    regions: Vec<Held>,
    /// The region of each loop, by its number, and the region that it is in.
    loops: HashMap<usize, (usize, usize)>,
}

/// What a pass is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// To train and to infer.
    All,
    /// To train; to infer is a call as a whole.
    Train,
    /// Neither: it computes values for examples.
    Forward,
}

/// The passes as an `impl LayerAt`, with the constants and functions that they use.
pub fn emit(
    cx: &Cx,
    pass: &Pass<'_>,
    name: &Ident,
    outputs: &TokenStream,
    purpose: Use,
) -> TokenStream {
    let backward = purpose != Use::Forward;
    let adjoint = adjoint::reverse(pass);
    Emit::new(cx, pass, &adjoint, name, backward).layer(outputs, purpose == Use::All)
}

/// Whether a pass of a layer at one call is a function of its own: on a host, since a model of many calls should compile fast.
/// Without `std` it is part of its caller, where constants fold every check away.
fn is_shared() -> bool {
    cfg!(any(feature = "std", test))
}

impl<'a> Emit<'a> {
    fn new(
        cx: &'a Cx,
        pass: &'a Pass<'a>,
        adjoint: &'a Adjoint<'a>,
        name: &Ident,
        backward: bool,
    ) -> Self {
        let args = &cx.args;
        let mut emit = Emit {
            cx,
            pass,
            adjoint,
            backward,
            this: quote!(#name::<#args>),
            ident: name.clone(),
            name: name.to_string().trim_start_matches('_').to_lowercase(),
            lives: plan::forward(pass),
            back_lives: plan::backward(pass, adjoint),
            kept: plan::kept(pass, adjoint),
            regions: vec![Held::default()],
            loops: HashMap::new(),
        };
        emit.entries(&pass.graph.body, 0);
        emit.prune();
        emit
    }
}

impl Emit<'_> {
    fn layer(&self, outputs: &TokenStream, infers: bool) -> TokenStream {
        let name = &self.ident;
        let (params, args, wheres) = (&self.cx.params, &self.cx.args, &self.cx.wheres);
        let (nests, tables, extents) = (self.nests(), self.tables(), self.extents());
        let (forward, backward, groups) = (self.forward(), self.backward(), self.groups());
        let (results, outputs) = self.results(outputs);
        let facts = self.cx.facts();
        let inline = format_ident!("{}", if is_shared() { "never" } else { "always" });
        let (body, inference) = if infers { self.inference() } else { Default::default() };
        quote! {
            #groups
            #body
            impl<#params> #name<#args> #wheres {
                #results
                #nests
                #tables
            }
            impl<#params> __keras::LayerAt for #name<#args> #wheres {
                const OUTPUTS: &'static [__keras::Inferred] = #outputs;
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
                #inference
            }
        }
    }

    /// The shapes of the outputs, where not all of them are there with a constant of their own, and what `OUTPUTS` is.
    fn results(&self, outputs: &TokenStream) -> (TokenStream, TokenStream) {
        let Some(fewer) = &self.pass.graph.fewer else { return (quote!(), quote!(&[#outputs])) };
        let (this, cond, count) = (&self.this, self.cx.plain(&fewer.cond), self.pass.outputs.len());
        let (then, other) = (fewer.then, fewer.other);
        (
            quote!(const RESULTS: [__keras::Inferred; #count] = [#outputs];),
            quote!((&#this::RESULTS).split_at(if #cond { #then } else { #other }).0),
        )
    }

    /// `x[1]`, or where only some calls have it `port(&x, 1)`.
    fn input(&self, ports: &str, index: usize) -> TokenStream {
        port(ports, index, self.pass.graph.has_input(index))
    }

    /// The same of outputs.
    fn output(&self, ports: &str, index: usize) -> TokenStream {
        port(ports, index, self.pass.graph.has_output(index))
    }

    // What needs memory.

    /// Whether a value has a place of its own: it is computed here, and not into an output.
    fn has_place(&self, value: Value) -> bool {
        !self.pass.graph.values[value].def.is_foreign() && self.pass.direct_output(value).is_none()
    }

    /// Notes what a region may keep; loops have regions of their own, the arms of an `if` have not.
    fn entries(&mut self, region: &Region, index: usize) {
        for statement in region.statements.iter().filter(|s| self.pass.needs(s)) {
            match statement {
                Statement::Call(site) => {
                    let outputs = &self.pass.graph.sites[*site].outputs;
                    outputs.iter().for_each(|v| self.hold(*v, index));
                    self.regions[index].calls.push(*site);
                }
                Statement::Elementwise(v)
                | Statement::Read(v)
                | Statement::Write(v)
                | Statement::Copy(v) => self.hold(*v, index),
                Statement::WriteInPlace { .. } | Statement::Update(_) => {}
                Statement::Loop(item) => {
                    let inside = self.regions.len();
                    self.regions.push(Held::default());
                    self.loops.insert(item.number, (inside, index));
                    for c in &item.carried {
                        self.hold(c.after, index);
                        if !c.in_place() {
                            self.hold(c.inner, inside);
                        }
                    }
                    self.entries(&item.body, inside);
                    self.regions[index].loops.push(item.number);
                }
                Statement::If(item) => {
                    item.results.iter().for_each(|r| self.hold(r.2, index));
                    self.entries(&item.then, index);
                    self.entries(&item.other, index);
                }
            }
        }
    }

    fn hold(&mut self, value: Value, region: usize) {
        if self.has_place(value) {
            self.regions[region].values.push(value);
        }
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
        let computed = !self.pass.graph.values[value].def.is_foreign();
        computed && self.direct_cotangent(value).is_none()
    }

    /// The output whose cotangent is that of the value: nothing here adds to it.
    fn direct_cotangent(&self, value: Value) -> Option<usize> {
        let output = self.pass.direct_output(value)?;
        (!adjoint::has_own_cotangent(self.pass, value)).then_some(output)
    }
    // Places.

    /// The tables of this pass, for the functions.
    fn table(&self) -> TokenStream {
        let this = &self.this;
        quote!(let __table = const { &#this::TABLE };)
    }

    /// Where values are in the forward pass: `let [v3, v4] = run.spots::<__TRAIN, _>(frame, &__table.values, [3, 4]);`
    fn forward_places(&self, values: &[Value]) -> TokenStream {
        let train = self.train();
        let (outputs, own) = self.split(values, place, "y", |value| self.pass.direct_output(value));
        let own = self.look_up(&own, place, [quote!(spots::<#train, _>), quote!(spot::<#train>)]);
        quote!(#outputs #own)
    }

    /// In the backward pass: where values were kept, or nowhere, and where their cotangents are.
    fn backward_places(&self, values: &[Value]) -> TokenStream {
        let (outputs, own) = self.split(values, place, "y", |value| self.pass.direct_output(value));
        let own = self.look_up(&own, place, [quote!(all_kept), quote!(kept)]);
        let (direct, others) =
            self.split(values, cotangent, "dy", |value| self.direct_cotangent(value));
        let lives = |value: &Value| self.back_lives.contains_key(&Entity::Value(*value));
        let (alive, dead): (Vec<Value>, Vec<Value>) = others.into_iter().partition(lives);
        let alive = self.look_up(&alive, cotangent, [quote!(cotangents), quote!(cotangent)]);
        let dead = dead.into_iter().map(cotangent);
        quote!(#outputs #own #direct #alive #(let #dead = __keras::Place::NONE;)*)
    }

    /// `let v5 = y[0];` for the values that are an `output`, and those that have a place of their own.
    fn split(
        &self,
        values: &[Value],
        name: fn(Value) -> Ident,
        ports: &str,
        output: impl Fn(Value) -> Option<usize>,
    ) -> (TokenStream, Vec<Value>) {
        let outputs = values.iter().filter_map(|value| {
            let (name, port) = (name(*value), self.output(ports, output(*value)?));
            Some(quote!(let #name = #port;))
        });
        let own = values.iter().copied().filter(|value| output(*value).is_none());
        (quote!(#(#outputs)*), own.collect())
    }

    /// Places that `run` looks up in the table. All at once on a host, where rustc pays for each line; one by one where the code is
    /// to be part of its caller, so that each is a constant.
    fn look_up(
        &self,
        values: &[Value],
        name: fn(Value) -> Ident,
        [all, one]: [TokenStream; 2],
    ) -> TokenStream {
        let names = values.iter().map(|value| name(*value));
        if is_shared() && values.len() > 1 {
            return quote!(let [#(#names),*] = run.#all(frame, &__table.values, [#(#values),*]););
        }
        quote!(#(let #names = run.#one(frame, &__table.values[#values]);)*)
    }

    /// Whether a call of the forward pass is in training.
    fn train(&self) -> TokenStream {
        if self.backward { quote!(__TRAIN) } else { quote!(false) }
    }

    /// The places of inputs and weights.
    fn outer_places(&self, backward: bool) -> TokenStream {
        let mut lines = Vec::new();
        for (i, value) in self.pass.inputs.iter().enumerate() {
            let (v, d) = (place(*value), cotangent(*value));
            let (x, dx) = (self.input("x", i), self.input("dx", i));
            lines.push(quote!(let #v = #x;));
            if backward {
                lines.push(quote!(let #d = #dx;));
            }
        }
        let values = self.pass.graph.values.iter().enumerate();
        for (value, _) in values.filter(|(_, info)| matches!(info.def, Def::Absent)) {
            let (v, d) = (place(value), cotangent(value));
            lines.push(quote!(let (#v, #d) = (__keras::Place::NONE, __keras::Place::NONE);));
        }
        let build = &self.cx.build;
        for (value, info) in self.pass.graph.values.iter().enumerate() {
            let (Def::Weight { name } | Def::State { name }) = &info.def else { continue };
            let is_state = matches!(info.def, Def::State { .. });
            if !self.is_read(value) || is_state && backward {
                continue;
            }
            let (v, d, shape) = (place(value), cotangent(value), self.cx.shape(value));
            let weight = self.cx.weight(name);
            let at = quote!(run.weight(&#shape, frame.weights + const { __keras::own_offset(#build::OWN, #weight) }));
            let at = if is_state { quote!(run.state(#at)) } else { at };
            lines.push(quote!(let #v = #at;));
            if backward {
                lines.push(quote!(let #d = #v.gradient().only(const { __keras::weight_trainable(#build::OWN, #weight) });));
            }
        }
        quote!(#(#lines)*)
    }

    /// Whether the pass names a weight: it reads it, or updates it.
    fn is_read(&self, weight: Value) -> bool {
        let updates = |update: Value| matches!(self.pass.graph.values[update].def, Def::Update { weight: known, .. } if known == weight);
        self.pass.needed.contains(&weight) || self.pass.graph.updates().any(updates)
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
                Statement::WriteInPlace { .. } | Statement::Update(_) => {}
                Statement::Loop(item) => all.extend(item.carried.iter().map(|c| c.after)),
                Statement::If(item) => all.extend(item.results.iter().map(|r| r.2)),
            }
        }
        all
    }
    // What both passes say.

    /// A condition that is decided while the call is compiled: the other arm is not even generated.
    pub(super) fn constant(&self, cond: &Expr) -> TokenStream {
        let cond = self.cx.plain(cond);
        quote!(const { #cond })
    }

    /// The run-time indices of a slice.
    pub(super) fn index(&self, window: &[Cut]) -> TokenStream {
        let all = window.iter().filter_map(|cut| match cut {
            Cut::Dynamic(expr, _) => Some(self.cx.unchecked(expr)),
            _ => None,
        });
        quote!(__keras::index([#(#all),*]))
    }

    pub(super) fn window(&self, value: Value) -> &[Cut] {
        match &self.pass.graph.values[value].def {
            Def::Read { window, .. } | Def::Write { window, .. } => window,
            _ => &[],
        }
    }

    /// `let frame = frame.iteration(…);`
    fn iteration(&self, item: &Loop) -> TokenStream {
        let number = loop_number(item);
        let (at, each) = self.loop_memory(item);
        let (var, start) = (&item.var.name, self.cx.plain(&item.var.start));
        quote!(let frame = frame.iteration(#number, #var - (#start), #at, #each);)
    }

    fn groups(&self) -> TokenStream {
        let functions = self.pass.groups.iter().map(|(root, group)| {
            let scalars = Scalars::new(self.cx, self.pass.graph, group);
            let (forward, backward) = group::names(&self.name, *root);
            let forward = scalars.forward(&forward);
            let back = self.adjoint.groups.get(root).filter(|_| self.backward);
            let backward = back.map(|back| scalars.backward(&backward, back));
            quote!(#forward #backward)
        });
        quote!(#(#functions)*)
    }
}

/// The number of a loop among the calls, of which random numbers are made: there are not that many calls.
pub(super) fn loop_number(item: &Loop) -> u64 {
    item.number as u64 + (1 << 32)
}

/// Port `index` of a call.
fn port(ports: &str, index: usize, is_certain: bool) -> TokenStream {
    let ports = format_ident!("{}", ports);
    if is_certain { quote!(#ports[#index]) } else { quote!(__keras::port(&#ports, #index)) }
}

/// All carried values, those of nested loops too.
pub(super) fn carried(region: &Region) -> Vec<Carried> {
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
