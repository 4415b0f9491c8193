//! A pass over one batch: the examples side by side in memory, the arena, and the places of inputs and outputs.

use crate::backend::Backend;
use crate::data::{Columns, DataError, read};
use crate::float::Float;
use crate::memory::{Extent, Frame, Place, Run};
use crate::net::{Program, outputs, training};
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
    /// The weight of each example in the losses; none where all count alike.
    weights: Vec<F>,
}

/// The seed of a pass' random numbers and the number of its first example.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Noise {
    pub key: u64,
    pub first: usize,
}

impl<F> Default for Pass<F> {
    fn default() -> Self {
        Pass {
            staged: Vec::new(),
            x: Vec::new(),
            y: Vec::new(),
            arena: Vec::new(),
            batch: 0,
            weights: Vec::new(),
        }
    }
}

impl<F: Float> Pass<F> {
    /// Copies the examples `rows` of all columns to be the inputs of the next run.
    pub(crate) fn stage(
        &mut self,
        columns: &Columns<'_, F>,
        rows: impl ExactSizeIterator<Item = usize> + Clone,
    ) -> Result<(), DataError> {
        self.begin(rows.len());
        for (port, column) in columns.iter() {
            let width = column.width();
            let start = self.push(width * self.batch);
            for (i, row) in rows.clone().enumerate() {
                read(port, column, row, &mut self.staged[start + i * width..][..width])?;
            }
        }
        Ok(())
    }

    /// Copies `batch` examples, given as the numbers of each input, to be the inputs of the next run.
    pub(crate) fn stage_numbers(&mut self, batch: usize, inputs: &[Vec<F>]) {
        self.begin(batch);
        for input in inputs {
            let start = self.push(input.len());
            self.staged[start..].copy_from_slice(input);
        }
    }

    /// Adds the variables to the inputs of the next run.
    pub(crate) fn stage_variables(&mut self, variables: impl Iterator<Item = f64>) {
        for value in variables {
            let start = self.push(1);
            self.staged[start] = F::of(value);
        }
    }

    /// Forgets the inputs and weights of the batch before.
    fn begin(&mut self, batch: usize) {
        self.batch = batch;
        self.staged.clear();
        self.x.clear();
        self.weights.clear();
    }

    /// Gives each example of the staged batch a weight in the losses.
    pub(crate) fn weigh(&mut self, weights: impl Iterator<Item = f64>) {
        self.weights.clear();
        self.weights.extend(weights.map(F::of));
    }

    /// The numbers of input `i` of the staged batch.
    pub(crate) fn input(&self, i: usize) -> &[F] {
        let place = self.x[i];
        &self.staged[place.start..][..place.len]
    }

    /// Takes `inputs`, one after the other, of `lens` numbers each, to be the inputs of the next run.
    pub(crate) fn load(&mut self, batch: usize, inputs: &[F], lens: impl Iterator<Item = usize>) {
        self.begin(batch);
        lens.for_each(|len| {
            self.push(len);
        });
        self.staged.copy_from_slice(inputs);
    }

    /// Fills the arena with NaN: what a run reads before it is written shows in the results.
    pub(crate) fn poison(&mut self) {
        self.arena.fill(F::nan());
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
        let extent = inference::<P>();
        let frame = Frame { weights: 0, saved, scratch: saved, key: 0 };
        self.run::<P>(extent, weights, &mut [], Noise::default(), |run, places| {
            P::forward::<F, B, false>(run, frame, places.x, places.y);
        });
    }

    /// Runs `P` forward and backward, in training; `losses` of its outputs are losses. The gradients of their sum (of their
    /// means over the batch, each example times its weight) are added to `gradients`.
    pub(crate) fn train<P: Program, B: Backend>(
        &mut self,
        weights: &[F],
        gradients: &mut [F],
        losses: usize,
        noise: Noise,
    ) {
        let examples = core::mem::take(&mut self.weights);
        self.vjp::<P, B>(weights, gradients, &[], noise, |output, dy| {
            let each = F::of(1.0 / dy.len() as f64);
            if dy.len() == examples.len() {
                dy.iter_mut().zip(&examples).for_each(|(dy, weight)| *dy = *weight * each);
            } else {
                dy.fill(each);
            }
            output < losses
        });
        self.weights = examples;
    }

    /// Runs `P` forward, in training; weights that are updated are in `gradients`, if there are any. Not inlined: a program is
    /// compiled once for all that run it forward.
    #[inline(never)]
    pub(crate) fn forward<P: Program, B: Backend>(
        &mut self,
        weights: &[F],
        gradients: &mut [F],
        noise: Noise,
    ) {
        let (extent, frame) = training_at::<P>(noise);
        self.run::<P>(extent, weights, gradients, noise, |run, places| {
            P::forward::<F, B, true>(run, frame, places.x, places.y);
        });
    }

    /// Runs `P` forward and backward, in training. `cotangent` writes the cotangent of an output and says whether it has one;
    /// the gradients of the weights are added to `gradients`, the cotangents of the inputs go to `dx`. In the place of a weight that
    /// its layer updates is what the step makes of it.
    pub(crate) fn vjp<P: Program, B: Backend>(
        &mut self,
        weights: &[F],
        gradients: &mut [F],
        dx: &[Place],
        noise: Noise,
        cotangent: impl Fn(usize, &mut [F]) -> bool,
    ) {
        P::At::WEIGHTS.each_updated(0, &mut |range| {
            gradients[range.clone()].copy_from_slice(&weights[range]);
        });
        self.forward::<P, B>(weights, gradients, noise);
        let (extent, frame) = training_at::<P>(noise);
        self.run::<P>(extent, weights, gradients, noise, |run, places| {
            for (output, place) in places.dy.iter_mut().enumerate() {
                *place = place.only(cotangent(output, run.get_mut(*place)));
            }
            P::backward::<F, B>(run, frame, places.x, places.y, places.dy, dx);
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
        let (y, dy) = self.y.split_at_mut(values.len());
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

    /// The sum over the examples of the number `at` of output `i`, which has `width` numbers an example; with `weigh` each
    /// times the weight of its example. An output without a batch axis counts once an example.
    pub(crate) fn sum(&self, i: usize, at: usize, width: usize, weigh: bool) -> f64 {
        F::total(self, i, at, width, weigh)
    }

    /// The sum of the weights of the examples.
    pub(crate) fn weight(&self) -> f64 {
        if self.weights.is_empty() {
            self.batch as f64
        } else {
            self.weights.iter().map(|weight| weight.f64()).sum()
        }
    }
}

fn training_at<P: Program>(noise: Noise) -> (Extent, Frame) {
    let (extent, frame) = training::<P>();
    (extent, Frame { key: noise.key, ..frame })
}

/// The arena of a run outside of training: outputs, and what it needs while it runs.
pub(crate) fn inference<P: Program>() -> Extent {
    outputs(P::At::OUTPUTS).and(P::At::INFER)
}

/// The examples of a batch outside of training. Results do not depend on it; this one keeps a batch in the cache.
pub(crate) const BATCH: usize = 128;

/// Where inputs, outputs, and the cotangents of the outputs are.
struct Places<'a> {
    x: &'a [Place],
    y: &'a [Place],
    dy: &'a mut [Place],
}

/// [`Pass::sum`].
pub(crate) fn total<F: Float>(
    pass: &Pass<F>,
    output: usize,
    at: usize,
    width: usize,
    weigh: bool,
) -> f64 {
    let values = pass.output(output);
    let numbers = values.iter().skip(at).step_by(width).map(|v| v.f64());
    if weigh && values.len() == pass.weights.len() * width {
        numbers.zip(&pass.weights).map(|(value, weight)| value * weight.f64()).sum()
    } else {
        numbers.sum::<f64>() * (pass.batch * width) as f64 / values.len() as f64
    }
}
