//! A pass over one batch: the examples side by side in memory, the arena, and the places of inputs and outputs.

use crate::backend::Backend;
use crate::data::Columns;
use crate::float::Float;
use crate::memory::{Extent, Frame, Place, Run};
use crate::net::{Program, outputs};
use crate::site::LayerAt;

/// The memory of a pass, used again by the next one: after the first full batch nothing is allocated.
#[derive(Clone, Debug)]
pub(crate) struct Pass<F> {
    /// The inputs of the batch one after the other: to the run they are one input.
    staged: Vec<F>,
    x: Vec<Place>,
    y: Vec<Place>,
    arena: Vec<F>,
    batch: usize,
}

/// The seed of a pass' random numbers and the number of its first example.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Noise {
    pub key: u64,
    pub first: usize,
}

impl<F> Default for Pass<F> {
    fn default() -> Self {
        Pass { staged: Vec::new(), x: Vec::new(), y: Vec::new(), arena: Vec::new(), batch: 0 }
    }
}

impl<F: Float> Pass<F> {
    /// Copies the examples `rows` of all columns, and then the variables, to be the inputs of the next run.
    pub(crate) fn stage(
        &mut self,
        columns: &Columns<'_, F>,
        rows: impl ExactSizeIterator<Item = usize> + Clone,
        variables: impl Iterator<Item = f64>,
    ) {
        self.batch = rows.len();
        self.staged.clear();
        self.x.clear();
        for (_, column) in columns.iter() {
            let width = column.width();
            let start = self.push(width * self.batch);
            for (i, row) in rows.clone().enumerate() {
                column.read(row, &mut self.staged[start + i * width..][..width]);
            }
        }
        for value in variables {
            let start = self.push(1);
            self.staged[start] = F::of(value);
        }
    }

    /// Makes place for an input of `len` numbers: where it begins.
    fn push(&mut self, len: usize) -> usize {
        let start = self.staged.len();
        self.staged.resize(start + len, F::zero());
        self.x.push(Place { start, ..Place::input(0, len) });
        start
    }

    /// Runs `P` outside of training.
    pub(crate) fn infer<P: Program, B: Backend>(&mut self, weights: &[F]) {
        let saved = outputs(P::At::OUTPUTS);
        let extent = saved.and(P::At::INFER);
        let frame = Frame { weights: 0, saved, scratch: saved, key: 0 };
        self.run::<P>(extent, weights, &mut [], Noise::default(), |run, places| {
            P::forward::<F, B, false>(run, frame, places.x, places.y);
        });
    }

    /// Runs `P` forward and backward, in training; `losses` of its outputs are losses. The gradients of their sum (of their
    /// means over the batch) are added to `gradients`.
    ///
    /// The arena holds outputs, their cotangents, what forward keeps for backward, and what either needs while it runs.
    pub(crate) fn train<P: Program, B: Backend>(
        &mut self,
        weights: &[F],
        gradients: &mut [F],
        losses: usize,
        noise: Noise,
    ) {
        let cotangents = outputs(P::At::OUTPUTS);
        let saved = cotangents.times(2);
        let scratch = saved.and(P::At::SAVED);
        let extent = scratch.and(P::At::FORWARD.max(P::At::BACKWARD));
        let frame = Frame { weights: 0, saved, scratch, key: noise.key };
        self.run::<P>(extent, weights, gradients, noise, |run, places| {
            P::forward::<F, B, true>(run, frame, places.x, places.y);
            for (place, value) in places.dy.iter().zip(P::At::OUTPUTS).take(losses) {
                let examples = if value.get().batched() { run.batch() } else { 1 };
                run.get_mut(*place).fill(F::of(1.0 / examples as f64));
            }
            P::backward::<F, B>(run, frame, places.x, places.y, &places.dy[..losses]);
        });
    }

    fn run<P: Program>(
        &mut self,
        extent: Extent,
        weights: &[F],
        gradients: &mut [F],
        noise: Noise,
        f: impl FnOnce(&mut Run<'_, F>, Places<'_>),
    ) {
        let len = extent.total(self.batch);
        if self.arena.len() < len {
            self.arena.resize(len, F::zero());
        }
        let inputs = [&self.staged[..]];
        let mut run = Run::new(&mut self.arena, extent, self.batch, weights, gradients, &inputs)
            .first_example(noise.first);
        self.y.clear();
        // Outputs, then cotangents: both in the order of `OUTPUTS`.
        let values = P::At::OUTPUTS;
        let mut at = Extent::ZERO;
        for value in values.iter().chain(values) {
            self.y.push(run.place(value, at));
            at = at.and(Extent::of(value));
        }
        let (y, dy) = self.y.split_at(values.len());
        f(&mut run, Places { x: &self.x, y, dy });
    }

    /// The numbers of output `i` after a run.
    pub(crate) fn output(&self, i: usize) -> &[F] {
        let place = self.y[i];
        &self.arena[place.start..][..place.len]
    }

    /// The examples of the last batch.
    pub(crate) fn batch(&self) -> usize {
        self.batch
    }

    /// The mean of output `i` over the batch.
    pub(crate) fn mean(&self, i: usize) -> f64 {
        let values = self.output(i);
        values.iter().map(|v| v.f64()).sum::<f64>() / values.len() as f64
    }
}

/// The rows of each batch outside of training. Results do not depend on its size; this one keeps a batch in the cache.
pub(crate) fn batches(rows: usize) -> impl Iterator<Item = core::ops::Range<usize>> {
    const SIZE: usize = 128;
    (0..rows).step_by(SIZE).map(move |start| start..rows.min(start + SIZE))
}

/// Where inputs, outputs, and the cotangents of the outputs are.
struct Places<'a> {
    x: &'a [Place],
    y: &'a [Place],
    dy: &'a [Place],
}
