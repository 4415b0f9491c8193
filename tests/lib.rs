//! What the tests of the language share: checks of a model on both backends in both scalars, and the golden values of Keras.

mod golden;

pub use golden::Golden;

use keras_core::backend::{Backend, Native, Reference};
use keras_core::check::{Gradients, VjpCheck, call, vjp};
use keras_core::float::Float;
use keras_core::model::Model;
use keras_core::net::{Net, Port};
use keras_core::random::{mix, uniform};
use keras_core::shape::Dtype;

/// Two backends in `f64`: sums in another order.
const BACKENDS: f64 = 1e-11;

/// `f32` against `f64`: a precision of 6e-8 after sums of some hundred terms, and functions that are off by some bits.
const SCALARS: f64 = 2e-5;

/// Checks all derivatives of a model, on both backends; and that its values are the same on both backends, in both scalars
/// (with gradients), and outside of training. Inputs are in `-1..1`.
#[track_caller]
pub fn check<N: Net>() {
    Checked { range: (-1.0, 1.0), inference: true }.run::<N>();
}

/// [`check`] with inputs in `low..high`.
#[track_caller]
pub fn check_in<N: Net>(low: f64, high: f64) {
    Checked { range: (low, high), inference: true }.run::<N>();
}

/// [`check`] of a model that does something else in training.
#[track_caller]
pub fn check_training<N: Net>() {
    Checked { range: (-1.0, 1.0), inference: false }.run::<N>();
}

struct Checked {
    range: (f64, f64),
    inference: bool,
}

impl Checked {
    #[track_caller]
    fn run<N: Net>(&self) {
        for batch in [1, 3] {
            let check = VjpCheck::new(batch, 1).range(self.range.0, self.range.1);
            for result in [check.run::<N, Reference>(), check.run::<N, Native>()] {
                assert_eq!(result, Ok(()), "batch {batch}");
            }
            self.values::<N>(batch);
        }
    }

    #[track_caller]
    fn values<N: Net>(&self, batch: usize) {
        let model = Model::<N, f64, Reference>::init(1);
        let x: Vec<Vec<f64>> =
            N::INPUTS.iter().enumerate().map(|(i, port)| self.numbers(i, port, batch)).collect();
        let sizes = N::OUTPUTS.iter().map(|port| port.shape.get().total(batch));
        let dy: Vec<Vec<f64>> =
            sizes.enumerate().map(|(o, len)| random(o as u64, len, (-1.0, 1.0))).collect();
        let expected = gradients(&model, batch, &x, &dy);
        near(
            "on the other backend",
            &gradients(&model.clone().on::<Native>(), batch, &x, &dy),
            &expected,
            BACKENDS,
        );
        near(
            "in f32",
            &gradients(&model.clone().cast::<f32>(), batch, &x, &dy),
            &expected,
            SCALARS,
        );
        let single = model.clone().on::<Native>().cast::<f32>();
        near(
            "in f32 on the other backend",
            &gradients(&single, batch, &x, &dy),
            &expected,
            SCALARS,
        );
        if self.inference {
            let outputs = call(&model, batch, &slices(&x));
            let found = Gradients { outputs, ..expected.clone() };
            near("outside of training", &found, &expected, BACKENDS);
        }
    }

    fn numbers(&self, input: usize, port: &Port, batch: usize) -> Vec<f64> {
        let shape = port.shape.get();
        let (len, key) = (shape.total(batch), 100 + input as u64);
        match shape.dtype() {
            Dtype::Float => random(key, len, self.range),
            Dtype::Bool => random(key, len, (0.0, 2.0)).into_iter().map(f64::floor).collect(),
            Dtype::Int { range } => {
                random(key, len, (0.0, range as f64)).into_iter().map(f64::floor).collect()
            }
        }
    }
}

/// Numbers in `low..high`.
fn random(key: u64, len: usize, (low, high): (f64, f64)) -> Vec<f64> {
    (0..len as u64).map(|i| low + (high - low) * uniform::<f64>(mix(7, key), i)).collect()
}

fn slices<F>(all: &[Vec<F>]) -> Vec<&[F]> {
    all.iter().map(Vec::as_slice).collect()
}

fn gradients<N: Net, F: Float, B: Backend>(
    model: &Model<N, F, B>,
    batch: usize,
    x: &[Vec<f64>],
    dy: &[Vec<f64>],
) -> Gradients<f64> {
    let given = |all: &[Vec<f64>]| -> Vec<Vec<F>> {
        all.iter().map(|list| list.iter().map(|x| F::of(*x)).collect()).collect()
    };
    let found = vjp(model, batch, &slices(&given(x)), &slices(&given(dy)));
    let double = |list: Vec<F>| -> Vec<f64> { list.into_iter().map(F::f64).collect() };
    Gradients {
        outputs: found.outputs.into_iter().map(double).collect(),
        inputs: found.inputs.into_iter().map(double).collect(),
        weights: double(found.weights),
    }
}

#[track_caller]
fn near(what: &str, found: &Gradients<f64>, expected: &Gradients<f64>, tolerance: f64) {
    let lists = |g: &Gradients<f64>| {
        let outputs = g.outputs.iter().map(|list| ("outputs", list.clone()));
        let inputs = g.inputs.iter().map(|list| ("cotangents of inputs", list.clone()));
        let weights = core::iter::once(("gradients", g.weights.clone()));
        outputs.chain(inputs).chain(weights).collect::<Vec<_>>()
    };
    for ((name, found), (_, expected)) in lists(found).into_iter().zip(lists(expected)) {
        assert_eq!(found.len(), expected.len());
        let scale = expected.iter().fold(1.0f64, |a, b| a.max(b.abs()));
        for (i, (found, expected)) in found.iter().zip(&expected).enumerate() {
            let error = (found - expected).abs();
            assert!(
                error <= tolerance * scale,
                "{name} {what}, number {i}: found {found}, expected {expected}"
            );
        }
    }
}
