//! The tables of a body: what its values and calls take, and where a pass puts them.
//!
//! One constant tells of all values or of all calls, because rustc pays for each constant and each path to one: a model of
//! many calls names a table once, and then numbers its rows.

use super::{Extent, Life, Plan, plan};
use crate::infer::Grid;
use crate::shape::Inferred;
use crate::site::{Keeps, LayerAt};

/// The memory of a value.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// What it takes.
    pub extent: Extent,
    /// Its numbers for one example.
    pub grid: Grid,
    /// Whether it has a cotangent: integers and booleans have none.
    pub float: bool,
}

impl Size {
    /// Nothing.
    const NONE: Size = Size { extent: Extent::ZERO, grid: Grid::NONE, float: false };
}

/// The memory of values of these shapes.
pub const fn sizes<const V: usize>(values: [Inferred; V]) -> [Size; V] {
    let (mut all, mut i) = ([Size::NONE; V], 0);
    while i < V {
        if let Inferred::Ok(shape) = &values[i] {
            let grid = Grid::of(&values[i]);
            let extent = Extent::of_numbers(grid.len(), shape.batched());
            all[i] = Size { extent, grid, float: shape.is_float() };
        }
        i += 1;
    }
    all
}

/// What a call needs in training.
#[derive(Clone, Copy, Debug)]
pub struct Needs {
    keeps: Keeps,
    saved: Extent,
    forward: Extent,
    backward: Extent,
}

impl Needs {
    /// What this layer needs at its call.
    pub const fn of<L: LayerAt>() -> Self {
        Needs { keeps: L::KEEPS, saved: L::SAVED, forward: L::FORWARD, backward: L::BACKWARD }
    }
}

/// Which values a backward pass reads again: `always` those, and what calls read of their inputs and outputs, each as the
/// value, the call, and which input or output it is.
pub const fn kept<const V: usize, const C: usize>(
    calls: &[Needs; C],
    always: &[usize],
    inputs: &[(usize, usize, usize)],
    outputs: &[(usize, usize, usize)],
) -> [bool; V] {
    let (mut kept, mut i) = ([false; V], 0);
    while i < always.len() {
        kept[always[i]] = true;
        i += 1;
    }
    i = 0;
    while i < inputs.len() {
        let (value, call, port) = inputs[i];
        kept[value] = kept[value] || calls[call].keeps.has_input(port);
        i += 1;
    }
    i = 0;
    while i < outputs.len() {
        let (value, call, port) = outputs[i];
        kept[value] = kept[value] || calls[call].keeps.has_output(port);
        i += 1;
    }
    kept
}

/// What a pass keeps of its own inputs and outputs, which are these values.
pub const fn keeps(kept: &[bool], inputs: &[usize], outputs: &[(usize, usize)]) -> Keeps {
    let (mut keeps, mut i) = (Keeps::NOTHING, 0);
    while i < inputs.len() {
        keeps.inputs |= (kept[inputs[i]] as u32) << i;
        i += 1;
    }
    i = 0;
    while i < outputs.len() {
        let (port, value) = outputs[i];
        keeps.outputs |= (kept[value] as u32) << port;
        i += 1;
    }
    keeps
}

/// What may live from the forward to the backward pass, in a body or in one iteration of a loop: memory of loops, then
/// values, then calls.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// The memory of all iterations of each loop.
    pub loops: &'static [Extent],
    /// The numbers of the values.
    pub values: &'static [usize],
    /// The numbers of the calls.
    pub calls: &'static [usize],
}

impl Held {
    /// Where the memory of loop `index` begins.
    pub const fn loop_at(&self, index: usize) -> Extent {
        let (mut at, mut i) = (Extent::ZERO, 0);
        while i < index {
            at = at.and(self.loops[i]);
            i += 1;
        }
        at
    }

    /// The memory of all.
    pub const fn total<const V: usize, const C: usize>(
        &self,
        sizes: &[Size; V],
        kept: &[bool; V],
        calls: &[Needs; C],
    ) -> Extent {
        let (mut total, mut i) = (self.loop_at(self.loops.len()), 0);
        while i < self.values.len() {
            let value = self.values[i];
            total = total.and(sizes[value].extent.only(kept[value]));
            i += 1;
        }
        i = 0;
        while i < self.calls.len() {
            total = total.and(calls[self.calls[i]].saved);
            i += 1;
        }
        total
    }
}

/// When values and calls are alive: a number, the first and the last moment, in the order of the first. The number of a
/// call counts on where those of the `V` values end.
pub type Lives<const K: usize> = [(usize, usize, usize); K];

const fn lives<const K: usize>(lives: &Lives<K>) -> [Life; K] {
    let (mut all, mut i) = ([Life { from: 0, to: 0 }; K], 0);
    while i < K {
        all[i] = Life { from: lives[i].1, to: lives[i].2 };
        i += 1;
    }
    all
}

/// The plan of a forward pass outside of training, where nothing is kept.
pub const fn predict<const V: usize, const C: usize, const K: usize>(
    sizes: &[Size; V],
    calls: &[Extent; C],
    alive: &Lives<K>,
) -> Plan<K> {
    let (mut all, mut i) = ([Extent::ZERO; K], 0);
    while i < K {
        let number = alive[i].0;
        all[i] = if number < V { sizes[number].extent } else { calls[number - V] };
        i += 1;
    }
    plan(all, lives(alive))
}

/// The plan of a forward pass in training, of what is not kept.
pub const fn train<const V: usize, const C: usize, const K: usize>(
    sizes: &[Size; V],
    kept: &[bool; V],
    calls: &[Needs; C],
    alive: &Lives<K>,
) -> Plan<K> {
    let (mut all, mut i) = ([Extent::ZERO; K], 0);
    while i < K {
        let number = alive[i].0;
        all[i] = if number < V {
            sizes[number].extent.only(!kept[number])
        } else {
            calls[number - V].forward
        };
        i += 1;
    }
    plan(all, lives(alive))
}

/// The plan of a backward pass: of cotangents.
pub const fn back<const V: usize, const C: usize, const K: usize>(
    sizes: &[Size; V],
    calls: &[Needs; C],
    alive: &Lives<K>,
) -> Plan<K> {
    let (mut all, mut i) = ([Extent::ZERO; K], 0);
    while i < K {
        let number = alive[i].0;
        all[i] = if number < V {
            sizes[number].extent.only(sizes[number].float)
        } else {
            calls[number - V].backward
        };
        i += 1;
    }
    plan(all, lives(alive))
}

/// Where a pass puts a value.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    /// Its memory.
    pub size: Size,
    /// Whether it lives from the forward to the backward pass.
    pub kept: bool,
    pub(super) at: At,
}

/// Where a pass puts the memory of a call, and its weights.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    /// The number of the call: random numbers depend on it.
    pub(super) number: u64,
    pub(super) weights: usize,
    pub(super) at: At,
}

/// Where something begins in each of the memories.
#[derive(Clone, Copy, Debug)]
pub(super) struct At {
    pub(super) saved: Extent,
    pub(super) train: Extent,
    pub(super) infer: Extent,
    pub(super) back: Extent,
}

impl At {
    const NOWHERE: At =
        At { saved: Extent::ZERO, train: Extent::ZERO, infer: Extent::ZERO, back: Extent::ZERO };
}

/// Where a pass puts its values and the memory of its calls.
#[derive(Clone, Copy, Debug)]
pub struct Table<const V: usize, const C: usize> {
    /// The values, by their numbers.
    pub values: [Spot; V],
    /// The calls, by their numbers.
    pub calls: [Slot; C],
}

impl<const V: usize, const C: usize> Table<V, C> {
    /// Values of these sizes, and calls whose weights begin at `weights`, nowhere yet.
    pub const fn new(sizes: &[Size; V], weights: &[usize; C]) -> Self {
        let mut values = [Spot { size: Size::NONE, kept: false, at: At::NOWHERE }; V];
        let mut calls = [Slot { number: 0, weights: 0, at: At::NOWHERE }; C];
        let mut i = 0;
        while i < V {
            values[i].size = sizes[i];
            i += 1;
        }
        i = 0;
        while i < C {
            calls[i].number = i as u64;
            calls[i].weights = weights[i];
            i += 1;
        }
        Table { values, calls }
    }

    /// What is kept of a body or of an iteration.
    pub const fn held(mut self, held: &Held, kept: &[bool; V], calls: &[Needs; C]) -> Self {
        let (mut at, mut i) = (held.loop_at(held.loops.len()), 0);
        while i < held.values.len() {
            let spot = &mut self.values[held.values[i]];
            spot.kept = kept[held.values[i]];
            spot.at.saved = at;
            at = at.and(spot.size.extent.only(spot.kept));
            i += 1;
        }
        i = 0;
        while i < held.calls.len() {
            self.calls[held.calls[i]].at.saved = at;
            at = at.and(calls[held.calls[i]].saved);
            i += 1;
        }
        self
    }

    /// The forward pass in training.
    pub const fn train<const K: usize>(mut self, plan: &Plan<K>, alive: &Lives<K>) -> Self {
        let mut i = 0;
        while i < K {
            self.at(alive[i].0).train = plan.at[i];
            i += 1;
        }
        self
    }

    /// The forward pass outside of training.
    pub const fn infer<const K: usize>(mut self, plan: &Plan<K>, alive: &Lives<K>) -> Self {
        let mut i = 0;
        while i < K {
            self.at(alive[i].0).infer = plan.at[i];
            i += 1;
        }
        self
    }

    /// The backward pass.
    pub const fn back<const K: usize>(mut self, plan: &Plan<K>, alive: &Lives<K>) -> Self {
        let mut i = 0;
        while i < K {
            self.at(alive[i].0).back = plan.at[i];
            i += 1;
        }
        self
    }

    const fn at(&mut self, number: usize) -> &mut At {
        if number < V { &mut self.values[number].at } else { &mut self.calls[number - V].at }
    }
}
