//! What the tests of the language share: checks of a model on both backends in both scalars, and the golden values of Keras.

mod golden;

pub use golden::Golden;

use keras_core::backend::{Backend, Native, Reference};
use keras_core::check::{VjpCheck, call, infer, vjp};
use keras_core::float::Float;
use keras_core::model::Model;
use keras_core::net::{Net, Port};
use keras_core::random::{mix, uniform};
use keras_core::shape::Dtype;

/// `f64` on two backends, and in training and outside: sums in another order.
const DOUBLE: f64 = 1e-11;

/// `f32` against `f64`: a precision of 6e-8 after sums of some hundred terms, and functions that are off by some bits.
const SINGLE: f64 = 2e-5;

/// Checks a model for inputs in `-1..1`, on both backends: all derivatives; that it computes the same on either; that `f32`
/// and `f64` differ by their precision; that training and inference give the same outputs; and that one example alone gives
/// the very bits of the reference.
#[track_caller]
pub fn check<N: Net>() {
    Checked { range: (-1.0, 1.0), same: true }.run::<N>();
}

/// [`check`] with inputs in `low..high`.
#[track_caller]
pub fn check_in<N: Net>(low: f64, high: f64) {
    Checked { range: (low, high), same: true }.run::<N>();
}

/// [`check`] of a model that does something else in training.
#[track_caller]
pub fn check_training<N: Net>() {
    Checked { range: (-1.0, 1.0), same: false }.run::<N>();
}

/// What is checked: the range of the inputs, and whether training and inference are the same.
struct Checked {
    range: (f64, f64),
    same: bool,
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
        let numbered = N::INPUTS.iter().enumerate();
        let x: Vec<_> = numbered.map(|(i, port)| self.numbers(i as u64, port, batch)).collect();
        let model = Model::<N, f64, Reference>::init(1);
        let expected = inference(&model, batch, &x);
        let native = trained(&model.clone().on::<Native>(), batch, &x);
        near("the backends in training", &native, &trained(&model, batch, &x), DOUBLE);
        if self.same {
            near("training", &native, &expected, DOUBLE);
        }
        let single = model.clone().cast::<f32>();
        near("f32", &inference(&single, batch, &x), &expected, SINGLE);
        near(
            "f32, native",
            &inference(&single.clone().on::<Native>(), batch, &x),
            &expected,
            SINGLE,
        );
        if batch == 1 {
            one(&single, &x);
            one(&model, &x);
        }
    }

    /// Random numbers for an input.
    fn numbers(&self, input: u64, port: &Port, batch: usize) -> Vec<f64> {
        let shape = port.shape.get();
        let (low, high) = match shape.dtype() {
            Dtype::Float => self.range,
            Dtype::Bool => (0.0, 2.0),
            Dtype::Int { range } => (0.0, range as f64),
        };
        let number = |i| low + (high - low) * uniform::<f64>(mix(7, input), i);
        let whole = |x: f64| if shape.is_float() { x } else { x.floor() };
        (0..shape.total(batch) as u64).map(|i| whole(number(i))).collect()
    }
}

/// The outputs outside of training.
fn inference<N: Net, F: Float, B: Backend>(
    model: &Model<N, F, B>,
    batch: usize,
    x: &[Vec<f64>],
) -> Vec<f64> {
    let x: Vec<Vec<F>> = x.iter().map(|list| list.iter().map(|x| F::of(*x)).collect()).collect();
    call(model, batch, &slices(&x)).concat().into_iter().map(F::f64).collect()
}

/// One example alone gives the very bits of the reference.
#[track_caller]
fn one<N: Net, F: Float>(model: &Model<N, F, Reference>, x: &[Vec<f64>]) {
    let x: Vec<Vec<F>> = x.iter().map(|list| list.iter().map(|x| F::of(*x)).collect()).collect();
    let expected = call(model, 1, &slices(&x)).concat();
    let found = infer::<N, F>(model.weights_flat(), &slices(&x)).concat();
    for (i, (found, expected)) in found.iter().zip(&expected).enumerate() {
        let same = found.f64().to_bits() == expected.f64().to_bits();
        assert!(same, "inferred alone, number {i}: found {found:?}, expected {expected:?}");
    }
    assert_eq!(found.len(), expected.len());
}

/// The outputs in training.
fn trained<N: Net, B: Backend>(model: &Model<N, f64, B>, batch: usize, x: &[Vec<f64>]) -> Vec<f64> {
    let dy: Vec<Vec<f64>> =
        N::OUTPUTS.iter().map(|port| vec![0.0; port.shape.get().total(batch)]).collect();
    vjp(model, batch, &slices(x), &slices(&dy)).outputs.concat()
}

fn slices<F>(all: &[Vec<F>]) -> Vec<&[F]> {
    all.iter().map(Vec::as_slice).collect()
}

#[track_caller]
fn near(what: &str, found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    let scale = expected.iter().fold(1.0f64, |a, b| a.max(b.abs()));
    for (i, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert!(
            (found - expected).abs() <= tolerance * scale,
            "{what}, number {i}: found {found}, expected {expected}"
        );
    }
}
