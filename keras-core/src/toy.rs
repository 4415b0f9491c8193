//! A model by hand, for the tests of what runs models: a linear classifier of 4 numbers into 3 classes.
//!
//! `h = scale · x·kernel + bias`, `y = softmax(h)`, `loss = -rate · ln y[label]`.

use std::path::{Path, PathBuf};

use crate::backend::Backend;
use crate::data::{Column, Dataset, Example, RowOf, Rows};
use crate::float::Float;
use crate::memory::{Extent, Frame, Place, Run};
use crate::net::{Metric, Net, One, Port, Ports, Row, Source, Stored, Variables};
use crate::random;
use crate::shape::{Dim, Inferred, Shape};
use crate::site::{Keeps, Layer, LayerAt, Site};
use crate::weights::{Constraint, Initializer, Tree, WeightSpec, initializers::*, regularizers};

pub(crate) const PLAIN: u8 = 0;
/// The kernel has a penalty.
pub(crate) const PENALTY: u8 = 1;
/// The kernel is never negative.
pub(crate) const NON_NEG: u8 = 2;
/// The bias is not trainable.
pub(crate) const FROZEN: u8 = 3;

pub(crate) const L2: f64 = 0.25;

/// The model.
pub(crate) struct Toy<const KIND: u8 = PLAIN>;

const X: Inferred = Inferred::shape(&[Dim::of(4)]);
const Y: Inferred = Inferred::shape(&[Dim::of(3)]);
const EACH: Inferred = Inferred::Ok(Shape::SCALAR);

const fn spec(name: &'static str, shape: Inferred, initializer: Initializer) -> WeightSpec {
    WeightSpec {
        name,
        shape,
        initializer,
        trainable: true,
        updated: false,
        regularizer: None,
        constraint: None,
    }
}

impl<const KIND: u8> Toy<KIND> {
    const SCALE: WeightSpec =
        WeightSpec { trainable: false, ..spec("scale", Inferred::scalar(), Ones) };
    const KERNEL: WeightSpec = WeightSpec {
        regularizer: if KIND == PENALTY { Some(regularizers::L2(L2)) } else { None },
        constraint: if KIND == NON_NEG { Some(Constraint::NonNeg) } else { None },
        ..spec("kernel", Inferred::shape(&[Dim::of(4), Dim::of(3)]), GlorotUniform)
    };
    const ABSENT: WeightSpec = spec("absent", Inferred::Poisoned, Zeros);
    const BIAS: WeightSpec = WeightSpec { trainable: KIND != FROZEN, ..spec("bias", Y, Zeros) };
}

impl<const KIND: u8> Layer for Toy<KIND> {
    const NAME: &'static str = "Toy";
    type At<S: Site<Layer = Self>> = Call;
}

impl<const KIND: u8> Net for Toy<KIND> {
    const INPUTS: &'static [Port] = &[Port { name: "x", shape: X }];
    const OUTPUTS: &'static [Port] = &[Port { name: "y", shape: Y }];
    const TARGETS: &'static [Port] = &[Port { name: "label", shape: EACH.ints(3) }];
    const LOSSES: &'static [&'static str] = &["crossentropy"];
    const METRICS: &'static [Metric] = &[Metric::mean("accuracy")];
    const VALUES: &'static [Port] = &[Port { name: "h", shape: Y }, Port { name: "y", shape: Y }];
    const ROWS: &'static [Row] = &[
        Row {
            name: "head",
            kind: "Dense",
            outputs: &[Y],
            params: 15,
            inputs: &[Source { name: "x", line: 0, output: 0 }],
        },
        Row {
            name: "split",
            kind: "Split",
            outputs: &[EACH, X],
            params: 0,
            inputs: &[
                Source { name: "head", line: 1, output: 0 },
                Source { name: "x", line: 0, output: 0 },
            ],
        },
    ];
    const DOUBTS: &'static [Option<crate::shape::Doubt>] = &[];
    const UNTRAINED: &'static [bool] = &[false];
    const SOURCES: &'static [&'static [Source]] = &[&[Source { name: "head", line: 1, output: 0 }]];
    const WEIGHTS: &'static Tree = &Tree::new(
        &[Self::SCALE],
        &[("head", &Tree::new(&[Self::KERNEL, Self::ABSENT, Self::BIAS], &[]))],
    );
    type Variables = Rate;
    type Call = Ports<Call, 1, 1>;
    type Objective = Ports<Objective, 3, 2>;
    type Trace = Ports<Trace, 1, 2>;
    type Feed = One<4>;
    type Predicted<F: Float> = ndarray::Array2<F>;

    fn predicted<F: Float>(rows: usize, outputs: Vec<Vec<F>>) -> ndarray::Array2<F> {
        let y = outputs.into_iter().next().unwrap();
        ndarray::Array2::from_shape_vec((rows, 3), y).unwrap()
    }

    type Example<'a, F: Float> = &'a [F; 4];
    type Arena<F: Float> = [F; 3];
    type Inference<'a, F: Float> = &'a [F; 3];

    type Frozen = [f32; 16];

    fn run<'a, F: Float>(weights: Stored<'_, F>, x: &[F; 4], arena: &'a mut [F; 3]) -> &'a [F; 3] {
        let (Stored::Trained(weights) | Stored::Frozen(weights)) = weights;
        logits(x, weights, arena);
        softmax(arena);
        arena
    }

    /// The input stands behind the output.
    fn run_in_place<'a, F: Float, const LEN: usize>(
        weights: Stored<'_, F>,
        arena: &'a mut [F; LEN],
    ) -> &'a [F; 3] {
        let (y, x) = arena.split_first_chunk_mut::<3>().expect("room for the output");
        Self::run(weights, x.first_chunk().expect("room for the input"), y)
    }
}

/// The factor of the loss.
#[derive(Clone, Debug)]
pub(crate) struct Rate(pub f64);

impl Variables for Rate {
    const NAMES: &'static [&'static str] = &["rate"];

    fn declared() -> Self {
        Rate(1.0)
    }

    fn get(&self, _: usize) -> f64 {
        self.0
    }

    fn set(&mut self, _: usize, value: f64) {
        self.0 = value;
    }
}

/// What `model!` makes to train a model.
pub(crate) struct ToyData<X, L> {
    pub x: X,
    pub label: L,
}

impl<const KIND: u8, F: Float, X: Rows<F, 4>, L: Rows<F, 1>> Dataset<Toy<KIND>, F>
    for ToyData<X, L>
{
    fn column(&self, port: usize) -> &dyn Column<F> {
        if port == 0 { &self.x } else { &self.label }
    }
}

impl<const KIND: u8, F: Float, X: RowOf<4>, L: RowOf<1>> Example<Toy<KIND>, F> for ToyData<X, L> {
    fn put(&self, port: usize, out: &mut [F]) {
        if port == 0 { self.x.put(out) } else { self.label.put(out) }
    }
}

fn logits<F: Float>(x: &[F], weights: &[F], h: &mut [F]) {
    for (j, h) in h.iter_mut().enumerate() {
        let dot: F = x.iter().enumerate().map(|(i, x)| *x * weights[1 + i * 3 + j]).sum();
        *h = weights[0] * dot + weights[13 + j];
    }
}

fn softmax<F: Float>(h: &mut [F]) {
    let max = h.iter().copied().fold(F::neg_infinity(), F::max);
    h.iter_mut().for_each(|h| *h = (*h - max).exp());
    let sum: F = h.iter().copied().sum();
    h.iter_mut().for_each(|h| *h = *h / sum);
}

fn weights<F: Float>(run: &Run<'_, F>, frame: Frame) -> Place {
    let all = Inferred::shape(&[Dim::of(16)]);
    run.weight(&all, frame.weights)
}

/// `h` and `y` of a batch, each where there is a place for it.
fn probabilities<F: Float>(run: &mut Run<'_, F>, frame: Frame, x: Place, y: Place) {
    let weights = weights(run, frame);
    let ([x, weights], [y]) = run.views([x, weights], [y]);
    for (x, y) in x.chunks(4).zip(y.chunks_mut(3)) {
        logits(x, weights, y);
        softmax(y);
    }
}

pub(crate) struct Call;

impl LayerAt for Call {
    const OUTPUTS: &'static [Inferred] = &[Y];
    const KEEPS: Keeps = Keeps::NOTHING;

    fn forward<F: Float, B: Backend, const TRAIN: bool, const I: usize, const O: usize>(
        run: &mut Run<'_, F>,
        frame: Frame,
        x: [Place; I],
        y: [Place; O],
    ) {
        probabilities(run, frame, x[0], y[0]);
    }

    fn backward<F: Float, B: Backend, const I: usize, const O: usize>(
        _: &mut Run<'_, F>,
        _: Frame,
        _: [Place; I],
        _: [Place; O],
        _: [Place; O],
        _: [Place; I],
    ) {
        unreachable!("the objective alone is differentiated")
    }
}

pub(crate) struct Trace;

impl LayerAt for Trace {
    const OUTPUTS: &'static [Inferred] = &[Y, Y];
    const KEEPS: Keeps = Keeps::NOTHING;

    fn forward<F: Float, B: Backend, const TRAIN: bool, const I: usize, const O: usize>(
        run: &mut Run<'_, F>,
        frame: Frame,
        x: [Place; I],
        y: [Place; O],
    ) {
        let weights = weights(run, frame);
        let ([numbers, weights], [h]) = run.views([x[0], weights], [y[0]]);
        numbers.chunks(4).zip(h.chunks_mut(3)).for_each(|(x, h)| logits(x, weights, h));
        probabilities(run, frame, x[0], y[1]);
    }

    fn backward<F: Float, B: Backend, const I: usize, const O: usize>(
        _: &mut Run<'_, F>,
        _: Frame,
        _: [Place; I],
        _: [Place; O],
        _: [Place; O],
        _: [Place; I],
    ) {
        unreachable!("the objective alone is differentiated")
    }
}

/// Keeps the probabilities, and passes through scratch memory to see that it is there.
pub(crate) struct Objective;

impl LayerAt for Objective {
    const OUTPUTS: &'static [Inferred] = &[EACH, EACH];
    const KEEPS: Keeps = Keeps::INPUTS;
    const SAVED: Extent = Extent { each: 3, once: 0 };
    const FORWARD: Extent = Extent { each: 0, once: 1 };
    const INFER: Extent = Extent { each: 3, once: 0 };
    const BACKWARD: Extent = Extent { each: 3, once: 0 };

    fn forward<F: Float, B: Backend, const TRAIN: bool, const I: usize, const O: usize>(
        run: &mut Run<'_, F>,
        frame: Frame,
        x: [Place; I],
        y: [Place; O],
    ) {
        let kept = run.place(&Y, if TRAIN { frame.saved } else { frame.scratch });
        if TRAIN {
            let scratch = run.place(&Inferred::scalar(), frame.scratch);
            run.get_mut(scratch)[0] = F::nan();
        }
        probabilities(run, frame, x[0], kept);
        let ([p, label, rate], [loss, accuracy]) = run.views([kept, x[1], x[2]], [y[0], y[1]]);
        for (b, p) in p.chunks(3).enumerate() {
            let label = label[b].index();
            loss[b] = -rate[0] * p[label].ln();
            let best = (0..3).fold(0, |best, j| if p[j] > p[best] { j } else { best });
            accuracy[b] = F::of(f64::from(u8::from(best == label)));
        }
    }

    fn backward<F: Float, B: Backend, const I: usize, const O: usize>(
        run: &mut Run<'_, F>,
        frame: Frame,
        x: [Place; I],
        _: [Place; O],
        dy: [Place; O],
        _: [Place; I],
    ) {
        assert!(!dy[1].is_some(), "a metric has no cotangent");
        let (kept, dh) = (run.place(&Y, frame.saved), run.place(&Y, frame.scratch));
        let ([p, label, rate, dy], [dh]) = run.views([kept, x[1], x[2], dy[0]], [dh]);
        for (b, (p, dh)) in p.chunks(3).zip(dh.chunks_mut(3)).enumerate() {
            for j in 0..3 {
                let one = if label[b].index() == j { F::one() } else { F::zero() };
                dh[j] = rate[0] * dy[b] * (p[j] - one);
            }
        }
        let dh = run.place(&Y, frame.scratch);
        let weights = weights(run, frame);
        let ([x, dh, w], [dw]) = run.views([x[0], dh, weights], [weights.gradient()]);
        for (x, dh) in x.chunks(4).zip(dh.chunks(3)) {
            for j in 0..3 {
                for i in 0..4 {
                    dw[1 + i * 3 + j] += w[0] * x[i] * dh[j];
                    dw[0] += x[i] * w[1 + i * 3 + j] * dh[j];
                }
                dw[13 + j] += dh[j];
            }
        }
    }
}

/// Examples that a linear classifier can tell apart: the class is the largest of the first three numbers.
pub(crate) fn examples(count: usize, seed: u64) -> ToyData<Vec<[f32; 4]>, Vec<u8>> {
    let number = |b: usize, i: usize| random::uniform::<f32>(seed, (4 * b + i) as u64);
    let x: Vec<[f32; 4]> = (0..count).map(|b| std::array::from_fn(|i| number(b, i))).collect();
    let largest = |x: &[f32; 4]| (0..3).fold(0, |best, j| if x[j] > x[best] { j } else { best });
    let label = x.iter().map(|x| largest(x) as u8).collect();
    ToyData { x, label }
}

impl<T, L> ToyData<Vec<T>, Vec<L>> {
    /// The data as `fit` takes it.
    pub(crate) fn view(&self) -> ToyData<&Vec<T>, &Vec<L>> {
        ToyData { x: &self.x, label: &self.label }
    }
}

/// A new, empty directory for the files of a test, removed at its end.
pub(crate) struct Directory(PathBuf);

impl Directory {
    /// The directory of the test `name`.
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("keras-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Directory(path)
    }
}

impl std::ops::Deref for Directory {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.0
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
