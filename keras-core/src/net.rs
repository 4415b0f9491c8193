//! What `model!` generates about a model, for the library to run it.

use core::fmt::Debug;
use core::marker::PhantomData;

use crate::backend::Backend;
use crate::float::Float;
use crate::infer::{Base, Given};
use crate::memory::{Extent, Frame, Place, Run};
use crate::shape::{Doubt, Inferred};
use crate::site::{Finish, Layer, LayerAt, Site};
use crate::weights::Tree;

/// A named input, output or target.
#[derive(Clone, Copy, Debug)]
pub struct Port {
    /// Its name in the model.
    pub name: &'static str,
    /// Its shape and kind of numbers; for integers with their range.
    pub shape: Inferred,
}

/// One line of a model's summary: a call of a layer.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The name of the layer in the model.
    pub name: &'static str,
    /// The kind of layer.
    pub kind: &'static str,
    /// The shapes of its outputs.
    pub outputs: &'static [Inferred],
    /// The number of its weights; 0 for a layer whose weights an earlier line counts.
    pub params: usize,
    /// What it reads.
    pub inputs: &'static [Source],
}

/// What a line of a model's summary reads: an input of the model, or an output of another line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The name of the value in the model where it has one, or else that of the layer that gives it.
    pub name: &'static str,
    /// The line: the inputs of the model, and then its [`ROWS`](Net::ROWS), counted from 0.
    pub line: usize,
    /// Which of the outputs of that line.
    pub output: usize,
}

/// A metric of a model.
#[derive(Clone, Copy, Debug)]
pub struct Metric {
    /// Its name in the model.
    pub name: &'static str,
    /// How many statistics it has for each example.
    pub width: usize,
    /// Its number, from their totals over the examples and the sum of the examples' weights.
    pub result: fn(&[f64], f64) -> f64,
}

impl Metric {
    /// The mean of one number an example.
    pub const fn mean(name: &'static str) -> Self {
        Metric { name, width: 1, result: mean }
    }

    /// What the layer called at `S` makes of its output, of this shape.
    pub const fn of<S: Site<Layer: Layer>>(name: &'static str, output: &Inferred) -> Self {
        let width = if let Inferred::Ok(shape) = output { shape.len() } else { 1 };
        Metric { name, width, result: finish::<S> }
    }
}

fn mean(totals: &[f64], weight: f64) -> f64 {
    totals[0] / weight
}

fn finish<S: Site<Layer: Layer>>(totals: &[f64], weight: f64) -> f64 {
    result(S::LAYER, <S::Layer as Layer>::RESULT, totals, weight)
}

/// The number of the metric `layer`, whose [`Finish`] is `finish`, where it has one.
pub(crate) fn result<L>(layer: &L, finish: Option<Finish<L>>, totals: &[f64], weight: f64) -> f64 {
    match finish {
        Some(finish) => finish(layer, totals, weight),
        None => mean(totals, weight),
    }
}

/// The `variable`s of a model: run-time numbers that callbacks may change.
pub trait Variables: Clone + Send + Sync + 'static {
    /// Their names, in order.
    const NAMES: &'static [&'static str];
    /// With the values the model declares.
    fn declared() -> Self;
    /// Variable `i`.
    fn get(&self, i: usize) -> f64;
    /// Sets variable `i`.
    fn set(&mut self, i: usize, value: f64);
}

/// A model: what `model!` writes. The struct itself is an empty type, which is also a [`Layer`] (models nest); a
/// [`Model`](crate::model::Model) adds weights to it.
pub trait Net: Layer {
    /// The inputs.
    const INPUTS: &'static [Port];
    /// The outputs.
    const OUTPUTS: &'static [Port];
    /// The targets, which only training and evaluation need.
    const TARGETS: &'static [Port];
    /// The names of the losses, in the order of the `loss` lines.
    const LOSSES: &'static [&'static str];
    /// The metrics, in the order of the `metric` lines.
    const METRICS: &'static [Metric];
    /// The names of the intermediate values that `forward` returns.
    const VALUES: &'static [Port];
    /// The lines of the summary.
    const ROWS: &'static [Row];
    /// What each of the outputs is made of.
    const SOURCES: &'static [&'static [Source]];
    /// What is doubtful in the calls that lead to losses and metrics: what [`warning`](crate::warning) tells.
    const DOUBTS: &'static [Option<Doubt>];
    /// Which of the outputs have weights that no loss depends on.
    const UNTRAINED: &'static [bool];
    /// The weights.
    const WEIGHTS: &'static Tree;
    /// The variables.
    type Variables: Variables;
    /// Inputs to outputs.
    type Call: Program;
    /// Inputs, targets and variables (each a scalar without a batch axis) to losses and then metrics.
    ///
    /// A loss has shape `[]`, with or without a batch axis; the step takes the mean over the batch. A metric has as many
    /// numbers an example as its [`Metric::width`].
    type Objective: Program;
    /// Inputs to the named intermediate values.
    type Trace: Program;
    /// How the inputs of `predict` are given: [`One<LEN>`](One) for one input (then data is given as it is),
    /// [`Named<Self>`](Named) for several (then in the generated struct with a field an input).
    type Feed;
    /// What `predict` returns: an array for one output, the generated struct with a field an output for several.
    #[cfg(feature = "std")]
    type Predicted<F: Float>;
    /// Makes [`Predicted`](Self::Predicted) of the outputs' numbers for `rows` examples, in the order of `OUTPUTS`.
    #[cfg(feature = "std")]
    fn predicted<F: Float>(
        rows: usize,
        outputs: std::vec::Vec<std::vec::Vec<F>>,
    ) -> Self::Predicted<F>;
    /// The model with first weights, in `f32` on the fast backend: [`Model::init`](crate::model::Model::init).
    #[cfg(feature = "std")]
    fn init(seed: u64) -> crate::model::Model<Self> {
        crate::model::Model::init(seed)
    }
    /// One example: `&[F; LEN]` for one input, a tuple of them for several.
    type Example<'a, F: Float>: Copy;
    /// The arena of `infer`: `[F; ARENA]`.
    type Arena<F: Float>;
    /// What `infer` returns: `&[F; LEN]` for one output, the generated struct `…Inference` with a field an output for several.
    type Inference<'a, F: Float>;
    /// The numbers of a [`Frozen`](crate::infer::Frozen) model: `[f32; N]`.
    type Frozen: AsRef<[f32]> + Clone + Debug;
    /// Runs one example with these weights, without heap: the outputs lie in the arena.
    #[inline(always)]
    fn infer<'a, F: Float>(
        weights: &[F],
        x: Self::Example<'_, F>,
        arena: &'a mut Self::Arena<F>,
    ) -> Self::Inference<'a, F> {
        Self::run(Stored::Trained(weights), x, arena)
    }
    /// Runs one example whose inputs lie in the arena, each from its place in `INPUT_AT` on; other values may take their place, so
    /// they are to be written again before the next run. An arena of another length than `IN_PLACE` does not compile.
    #[inline(always)]
    fn infer_in_place<'a, F: Float, const LEN: usize>(
        weights: &[F],
        arena: &'a mut [F; LEN],
    ) -> Self::Inference<'a, F> {
        Self::run_in_place(Stored::Trained(weights), arena)
    }
    /// Runs one example.
    #[doc(hidden)]
    fn run_in_place<'a, F: Float, const LEN: usize>(
        weights: Stored<'_, F>,
        arena: &'a mut [F; LEN],
    ) -> Self::Inference<'a, F>;
    /// Runs one example.
    #[doc(hidden)]
    fn run<'a, F: Float>(
        weights: Stored<'_, F>,
        x: Self::Example<'_, F>,
        arena: &'a mut Self::Arena<F>,
    ) -> Self::Inference<'a, F>;
}

/// The weights of a model, and how they are stored.
#[derive(Clone, Copy, Debug)]
pub enum Stored<'w, F> {
    /// One after the other, as they are trained.
    Trained(&'w [F]),
    /// As tiles read them.
    Frozen(&'w [F]),
}

/// The inputs of a model with one input of `LEN` numbers: its data is given as it is.
#[derive(Clone, Copy, Debug)]
pub struct One<const LEN: usize>;

/// The input of a model in whose declaration there is a mistake: any data will do.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Any;

/// The inputs of a model with several inputs: its data is given in the struct, with a field an input, that `model!` makes.
#[derive(Clone, Copy, Debug)]
pub struct Named<N>(PhantomData<N>);

/// A [`LayerAt`] that knows how many inputs and outputs it has, so that code generic over the model can run it.
pub trait Program {
    /// The layer.
    type At: LayerAt;

    /// [`LayerAt::forward`] with as many places as the layer takes.
    fn forward<F: Float, B: Backend, const TRAIN: bool>(
        run: &mut Run<'_, F>,
        frame: Frame,
        x: &[Place],
        y: &[Place],
    );

    /// [`LayerAt::backward`] with as many places as the layer takes; where there are fewer cotangents, the others are
    /// [`Place::NONE`].
    fn backward<F: Float, B: Backend>(
        run: &mut Run<'_, F>,
        frame: Frame,
        x: &[Place],
        y: &[Place],
        dy: &[Place],
        dx: &[Place],
    );

    /// [`LayerAt::infer`] with as many places as the layer takes.
    fn infer<F: Float>(run: &mut Run<'_, F>, base: Base, x: &[Place], y: &[Place]);
}

/// The layer `L` with `I` inputs and `O` outputs: the [`Program`] that `model!` names.
#[derive(Clone, Copy, Debug)]
pub struct Ports<L, const I: usize, const O: usize>(PhantomData<L>);

impl<L: LayerAt, const I: usize, const O: usize> Program for Ports<L, I, O> {
    type At = L;

    #[inline(always)]
    fn forward<F: Float, B: Backend, const TRAIN: bool>(
        run: &mut Run<'_, F>,
        frame: Frame,
        x: &[Place],
        y: &[Place],
    ) {
        L::forward::<F, B, TRAIN, I, O>(run, frame, places(x), places(y));
    }

    #[inline(always)]
    fn backward<F: Float, B: Backend>(
        run: &mut Run<'_, F>,
        frame: Frame,
        x: &[Place],
        y: &[Place],
        dy: &[Place],
        dx: &[Place],
    ) {
        L::backward::<F, B, I, O>(run, frame, places(x), places(y), places(dy), places(dx));
    }

    #[inline(always)]
    fn infer<F: Float>(run: &mut Run<'_, F>, base: Base, x: &[Place], y: &[Place]) {
        L::infer::<F, _, I, O>(run, base, &Given::<I>::to_model(places(x)), places(y));
    }
}

#[inline(always)]
pub(crate) fn places<const K: usize>(places: &[Place]) -> [Place; K] {
    core::array::from_fn(|i| places.get(i).copied().unwrap_or(Place::NONE))
}

/// The memory of the outputs of a layer, one after the other, at the front of an arena.
pub const fn outputs(values: &[Inferred]) -> Extent {
    let (mut sum, mut i) = (Extent::ZERO, 0);
    while i < values.len() {
        sum = sum.and(Extent::of(&values[i]));
        i += 1;
    }
    sum
}

/// Where output `index` begins in the arena of one example.
pub const fn output_at(values: &[Inferred], index: usize) -> usize {
    outputs(values.split_at(index).0).total(1)
}

/// How many numbers inference of one example stores: the outputs, and what the layer needs while it runs.
pub const fn arena<L: LayerAt>() -> usize {
    outputs(L::OUTPUTS).total(1) + L::SCRATCH
}

/// The arena of a run in training holds outputs, their cotangents, what forward keeps for backward, and what either needs
/// while it runs.
pub(crate) const fn training<P: Program>() -> (Extent, Frame) {
    let saved = outputs(P::At::OUTPUTS).times(2);
    let scratch = saved.and(P::At::SAVED);
    let extent = scratch.and(P::At::FORWARD.max(P::At::BACKWARD));
    (extent, Frame { weights: 0, saved, scratch, key: 0 })
}
