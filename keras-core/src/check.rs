//! Whether derivatives are right: a model's backward pass against finite differences, for the library's layers and yours.
//!
//! ```
//! use keras_core::check::check_vjp;
//! use keras_core::prelude::*;
//!
//! /// The layer to be checked: the distance to a point that is learned.
//! #[derive(Clone, Copy)]
//! pub struct Distance;
//!
//! #[layer]
//! impl Distance {
//!     fn build(&self, x: Shape![n]) {
//!         self.center = weight([n], GlorotNormal);
//!     }
//!
//!     fn call(&self, x: Tensor![n]) -> Tensor![] {
//!         sum(square(x - self.center))
//!     }
//! }
//!
//! model! {
//!     pub struct Checked {
//!         input x: [5];
//!         output y = Distance(x);
//!     }
//! }
//!
//! check_vjp::<Checked, Reference>(3, 1)?;
//! check_vjp::<Checked, Native>(3, 1)?;
//! # Ok::<(), keras_core::check::VjpError>(())
//! ```
//!
//! For a batch of random examples, random weights and random cotangents `dy` of the outputs, in `f64` and in training mode
//! (with the same random numbers in every run), [`check_vjp`] compares
//!
//! * every gradient of a trainable weight and every cotangent of a float input with central differences of `⟨dy, f(x)⟩`;
//! * `⟨Jᵀ·dy, v⟩` with `⟨dy, J·v⟩` for a random direction `v`;
//! * all cotangents of outputs at once with the sum over one at a time, the others being absent;
//! * each cotangent of an input, asked for alone and added to what is there, with what it is among all.
//!
//! Memory begins as NaN, so that what is read before it is written shows.

mod bench;

use core::marker::PhantomData;
use core::ops::Range;

use bench::{Ask, Bench};

use crate::backend::Backend;
use crate::float::Float;
use crate::infer::Base;
use crate::memory::{Extent, Place, Run};
use crate::model::Model;
use crate::net::{Net, Port, Program, Variables, arena};
use crate::random::{mix, uniform};
use crate::shape::{Dtype, Inferred, Shape};
use crate::site::LayerAt;
use crate::weights::{Weight, initialize};

/// The step of the central differences: near the cube root of the precision of an `f64` (6e-6), where the error of
/// truncation, `step² · f‴ / 6`, and that of rounding, `precision · f / step`, are both about 1e-11.
const STEP: f64 = 1e-5;

/// Differences against derivatives, relative to numbers above 1: 1e-11 leaves room for third derivatives and sums of values
/// of 1e4, and a wrong derivative differs by far more.
const DIFFERENCE: f64 = 1e-6;

/// Two ways to the same sum in `f64`: a precision of 2e-16 after some thousand additions.
const EXACT: f64 = 1e-11;

/// A derivative that is not what it should be.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{of}, number {index}: {identity}: expected {expected}, found {found}")]
pub struct VjpError {
    /// What the derivative is by: ``weight `head/kernel` ``, ``input `x` ``.
    pub of: String,
    /// Which of its numbers, row-major, the batch first.
    pub index: usize,
    /// What does not hold.
    pub identity: Identity,
    /// What it should be.
    pub expected: f64,
    /// What the backward pass gives.
    pub found: f64,
}

/// What holds for a right backward pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Identity {
    /// The derivative is the central difference.
    #[error("the derivative is not the finite difference")]
    Difference,
    /// `⟨dy, J·v⟩ = ⟨Jᵀ·dy, v⟩`.
    #[error("⟨Jᵀ·dy, v⟩ is not ⟨dy, J·v⟩ for a random direction v")]
    DotProduct,
    /// The cotangents of all outputs together give the sum of what each gives.
    #[error("outputs one at a time do not give the sum over all")]
    Sum,
    /// A cotangent that is asked for alone is added to what is there.
    #[error("asked for alone, a cotangent is not what it is among all, added to what is there")]
    Alone,
}

/// Checks the backward pass of a model: its outputs, and its losses if it has any, for `batch` random examples with numbers
/// in `-1..1`.
///
/// # Errors
/// The first derivative that is wrong.
pub fn check_vjp<N: Net, B: Backend>(batch: usize, seed: u64) -> Result<(), VjpError> {
    VjpCheck::new(batch, seed).run::<N, B>()
}

/// A check with options: see [`check_vjp`].
///
/// ```text
/// VjpCheck::new(3, 1).range(0.5, 2.0).outputs::<Net, Native>()?;
/// ```
#[derive(Clone, Copy, Debug)]
pub struct VjpCheck {
    batch: usize,
    seed: u64,
    range: (f64, f64),
}

impl VjpCheck {
    /// For `batch` examples with numbers in `-1..1`.
    pub fn new(batch: usize, seed: u64) -> Self {
        VjpCheck { batch, seed, range: (-1.0, 1.0) }
    }

    /// Floats of inputs, targets and variables are drawn from `low..high`: for functions of positive numbers, and for those
    /// whose kinks are elsewhere.
    pub fn range(self, low: f64, high: f64) -> Self {
        VjpCheck { range: (low, high), ..self }
    }

    /// Checks outputs, and losses if there are any.
    ///
    /// # Errors
    /// The first derivative that is wrong.
    pub fn run<N: Net, B: Backend>(&self) -> Result<(), VjpError> {
        self.outputs::<N, B>()?;
        if N::LOSSES.is_empty() { Ok(()) } else { self.losses::<N, B>() }
    }

    /// Checks the model from its inputs to its outputs.
    ///
    /// # Errors
    /// The first derivative that is wrong.
    pub fn outputs<N: Net, B: Backend>(&self) -> Result<(), VjpError> {
        let outputs = N::OUTPUTS.len();
        self.program::<N, N::Call, B>(ports("input", N::INPUTS), outputs)
    }

    /// Checks the model from its inputs, targets and variables to its losses. Targets have no cotangents.
    ///
    /// # Errors
    /// The first derivative that is wrong.
    pub fn losses<N: Net, B: Backend>(&self) -> Result<(), VjpError> {
        let mut all = ports("input", N::INPUTS);
        all.extend(
            ports("target", N::TARGETS).into_iter().map(|part| Part { active: false, ..part }),
        );
        let scalar = Inferred::scalar().get();
        let variables = N::Variables::NAMES.iter().map(|name| Part::new("variable", name, scalar));
        all.extend(variables);
        self.program::<N, N::Objective, B>(all, N::LOSSES.len())
    }

    fn program<N: Net, P: Program, B: Backend>(
        &self,
        inputs: Vec<Part>,
        outputs: usize,
    ) -> Result<(), VjpError> {
        let weights = N::WEIGHTS.walk();
        let numbers = inputs.iter().enumerate().flat_map(|(i, part)| self.numbers(i, part));
        let x = self.weights(&weights).chain(numbers);
        let x: Vec<f64> = x.collect();
        let mut check = Check::<P, B> {
            bench: Bench::new(&weights, inputs, self.batch, self.seed),
            dy: Vec::new(),
            x,
            outputs,
            program: PhantomData,
        };
        check.run(self.seed)
    }

    /// First weights, each moved by up to a half: zeros and identities hide mistakes.
    fn weights<'a>(&'a self, weights: &'a [Weight]) -> impl Iterator<Item = f64> + 'a {
        weights.iter().flat_map(|weight| {
            let mut numbers = vec![0.0; weight.shape.len()];
            initialize(weight.initializer, &weight.path, &weight.shape, &mut numbers, self.seed);
            let key = mix(mix(self.seed, 0), weight.offset as u64);
            let moved = move |(i, w)| w + uniform::<f64>(key, i as u64) - 0.5;
            numbers.into_iter().enumerate().map(moved)
        })
    }

    /// Random numbers for an input: floats in the range, integers below theirs.
    fn numbers(&self, input: usize, part: &Part) -> impl Iterator<Item = f64> + use<> {
        let (low, high) = self.range;
        let (key, dtype) = (mix(mix(self.seed, 1), input as u64), part.shape.dtype());
        (0..part.shape.total(self.batch)).map(move |i| {
            let u: f64 = uniform(key, i as u64);
            match dtype {
                Dtype::Float => low + u * (high - low),
                Dtype::Bool | Dtype::Int { range: usize::MAX } => (2.0 * u).floor(),
                Dtype::Int { range } => (range as f64 * u).floor(),
            }
        })
    }
}

/// An input of a program, or a weight.
#[derive(Clone, Debug)]
struct Part {
    /// ``input `x` ``.
    name: String,
    shape: Shape,
    /// Whether it has a cotangent.
    active: bool,
}

impl Part {
    fn new(kind: &str, name: &str, shape: Shape) -> Self {
        Part { name: format!("{kind} `{name}`"), shape, active: shape.is_float() }
    }
}

fn ports(kind: &str, ports: &[Port]) -> Vec<Part> {
    ports.iter().map(|port| Part::new(kind, port.name, port.shape.get())).collect()
}

/// A program at a point: all weights and inputs in one list, as their gradients are.
struct Check<P, B> {
    bench: Bench<f64>,
    x: Vec<f64>,
    /// The cotangents of the outputs, one after the other.
    dy: Vec<f64>,
    /// How many of the program's outputs have a cotangent.
    outputs: usize,
    program: PhantomData<(P, B)>,
}

impl<P: Program, B: Backend> Check<P, B> {
    fn run(&mut self, seed: u64) -> Result<(), VjpError> {
        // The first run sizes the arena, so that from the second on all of it is NaN before.
        self.value(&self.x.clone());
        let count = self.bench.outputs::<P>().map(|range| range.end).max().unwrap_or(0);
        self.dy = random(mix(seed, 2), count);
        let v = random(mix(seed, 3), self.x.len());
        let all = Ask { outputs: &|output| output < self.outputs, parts: &|_| true, base: None };
        let dx = self.bench.gradient::<P, B>(&self.x, &self.dy, &all);
        self.differences(&dx)?;
        self.dot_product(&dx, &v)?;
        self.sum(&dx)?;
        self.alone(&dx, &v)
    }

    /// `⟨dy, f(x)⟩`.
    fn value(&mut self, x: &[f64]) -> f64 {
        let ranges = self.bench.outputs::<P>().take(self.outputs);
        let active: Vec<Range<usize>> = ranges.collect();
        let y = self.bench.forward::<P, B>(x);
        let inner = |range: Range<usize>| {
            let dy = self.dy.get(range.clone()).unwrap_or_default();
            dy.iter().zip(&y[range]).map(|(dy, y)| dy * y).sum::<f64>()
        };
        active.into_iter().map(inner).sum()
    }

    /// The central difference of `⟨dy, f(x)⟩` along `v`.
    fn slope(&mut self, v: impl Fn(usize) -> f64) -> f64 {
        let mut at = |step: f64| {
            let x: Vec<f64> = self.x.iter().enumerate().map(|(i, x)| x + step * v(i)).collect();
            self.value(&x)
        };
        (at(STEP) - at(-STEP)) / (2.0 * STEP)
    }

    fn differences(&mut self, dx: &[f64]) -> Result<(), VjpError> {
        for (part, range) in self.bench.active() {
            for i in range.clone() {
                let expected = self.slope(|j| f64::from(u8::from(i == j)));
                near(&part, i - range.start, Identity::Difference, expected, dx[i], DIFFERENCE)?;
            }
        }
        Ok(())
    }

    fn dot_product(&mut self, dx: &[f64], v: &[f64]) -> Result<(), VjpError> {
        let active: Vec<usize> =
            self.bench.active().into_iter().flat_map(|(_, range)| range).collect();
        let mut direction = vec![0.0; v.len()];
        active.iter().for_each(|i| direction[*i] = v[*i]);
        let expected = self.slope(|i| direction[i]);
        let found = active.iter().map(|i| dx[*i] * v[*i]).sum();
        let part = Part::new("the", "whole", Shape::SCALAR);
        let tolerance = DIFFERENCE * active.len() as f64;
        near(&part, 0, Identity::DotProduct, expected, found, tolerance)
    }

    fn sum(&mut self, dx: &[f64]) -> Result<(), VjpError> {
        let mut sum = vec![0.0; dx.len()];
        for only in 0..self.outputs {
            let ask = Ask { outputs: &|output| output == only, parts: &|_| true, base: None };
            let one = self.bench.gradient::<P, B>(&self.x, &self.dy, &ask);
            sum.iter_mut().zip(one).for_each(|(sum, one)| *sum += one);
        }
        self.compare(Identity::Sum, dx, &sum)
    }

    fn alone(&mut self, dx: &[f64], base: &[f64]) -> Result<(), VjpError> {
        let mut found = dx.to_vec();
        for (k, (_, range)) in self.bench.inputs().into_iter().enumerate() {
            let ask = Ask {
                outputs: &|output| output < self.outputs,
                parts: &|part| part == k,
                base: Some(base),
            };
            let one = self.bench.gradient::<P, B>(&self.x, &self.dy, &ask);
            range.for_each(|i| found[i] = one[i] - base[i]);
        }
        self.compare(Identity::Alone, dx, &found)
    }

    fn compare(&self, identity: Identity, expected: &[f64], found: &[f64]) -> Result<(), VjpError> {
        self.bench.active().into_iter().try_for_each(|(part, range)| {
            range.clone().try_for_each(|i| {
                near(&part, i - range.start, identity, expected[i], found[i], EXACT)
            })
        })
    }
}

/// Numbers in `-1..1`.
fn random(key: u64, count: usize) -> Vec<f64> {
    (0..count as u64).map(|i| 2.0 * uniform::<f64>(key, i) - 1.0).collect()
}

fn near(
    part: &Part,
    index: usize,
    identity: Identity,
    expected: f64,
    found: f64,
    tolerance: f64,
) -> Result<(), VjpError> {
    // A NaN is not near to anything.
    if (found - expected).abs() <= tolerance * expected.abs().max(1.0) {
        return Ok(());
    }
    Err(VjpError { of: part.name.clone(), index, identity, expected, found })
}

/// What a model gives for some examples in training mode, and the vector-Jacobian products: what [`vjp`] returns.
#[derive(Clone, Debug, PartialEq)]
pub struct Gradients<F> {
    /// The outputs, in the order of [`Net::OUTPUTS`], each row-major, the batch first.
    pub outputs: Vec<Vec<F>>,
    /// The cotangents of the inputs, in the order of [`Net::INPUTS`]; zeros for integers.
    pub inputs: Vec<Vec<F>>,
    /// The gradients of the weights, flat; zeros for those that are not trainable.
    pub weights: Vec<F>,
    /// The weights, flat, those that a layer updates in training as the step leaves them.
    pub updated: Vec<F>,
}

/// Runs a model on `inputs` (one list of numbers an input, row-major, the batch first) outside of training: its outputs.
///
/// # Panics
/// Where `inputs` have other numbers of numbers than the model for `batch` examples.
pub fn call<N: Net, F: Float, B: Backend>(
    model: &Model<N, F, B>,
    batch: usize,
    inputs: &[&[F]],
) -> Vec<Vec<F>> {
    let mut bench = Bench::new(&N::WEIGHTS.walk(), ports("input", N::INPUTS), batch, 0);
    let y = bench.infer::<N::Call, B>(&[model.weights_flat(), &inputs.concat()].concat());
    bench.outputs::<N::Call>().map(|range| y[range].to_vec()).collect()
}

/// Runs one example (one list of numbers an input, row-major) through a model as [`Net::infer`] does: its outputs, which have
/// the bits of [`call`] on the backend [`Reference`](crate::backend::Reference).
///
/// # Panics
/// Where `inputs` have other numbers of numbers than the model.
pub fn infer<N: Net, F: Float>(weights: &[F], inputs: &[&[F]]) -> Vec<Vec<F>> {
    let x: Vec<Place> = inputs.iter().enumerate().map(|(i, x)| Place::input(i, x.len())).collect();
    assert!(x.iter().map(|x| x.len).eq(N::INPUTS.iter().map(|port| port.shape.len())));
    let (mut y, mut scratch) = (Vec::new(), 0);
    for value in <N::Call as Program>::At::OUTPUTS {
        y.push(Place::arena(scratch, value.len()));
        scratch += value.len();
    }
    let mut memory = vec![F::nan(); arena::<<N::Call as Program>::At>()];
    let mut run = Run::new(&mut memory, Extent::ZERO, 1, weights, &mut [], inputs);
    N::Call::infer::<F>(&mut run, Base::root(scratch, false), &x, &y);
    y.iter().map(|y| memory[y.start..][..y.len].to_vec()).collect()
}

/// Runs a model on `inputs` (one list of numbers an input, row-major, the batch first) in training mode, and carries the
/// cotangents `dy` of its outputs back.
///
/// # Panics
/// Where `inputs` or `dy` have other numbers of numbers than the model for `batch` examples.
pub fn vjp<N: Net, F: Float, B: Backend>(
    model: &Model<N, F, B>,
    batch: usize,
    inputs: &[&[F]],
    dy: &[&[F]],
) -> Gradients<F> {
    let (weights, params) = (N::WEIGHTS.walk(), model.weights_flat().len());
    let mut bench = Bench::new(&weights, ports("input", N::INPUTS), batch, 0);
    let x = [model.weights_flat(), &inputs.concat()].concat();
    let all = Ask { outputs: &|_| true, parts: &|_| true, base: None };
    let dx = bench.gradient::<N::Call, B>(&x, &dy.concat(), &all);
    let y = bench.forward::<N::Call, B>(&x);
    let (mut gradients, mut updated) = (dx[..params].to_vec(), x[..params].to_vec());
    for weight in weights.iter().filter(|weight| weight.updated) {
        updated[weight.range()].copy_from_slice(&gradients[weight.range()]);
        gradients[weight.range()].fill(F::zero());
    }
    Gradients {
        outputs: bench.outputs::<N::Call>().map(|range| y[range].to_vec()).collect(),
        inputs: bench.inputs().into_iter().map(|(_, range)| dx[range].to_vec()).collect(),
        weights: gradients,
        updated,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::Reference;
    use crate::toy::Toy;

    /// The toy has right gradients of its weights and gives no cotangent of its input.
    #[test]
    fn what_is_wrong_is_named() {
        let error = VjpCheck::new(3, 1).range(0.2, 1.0).losses::<Toy, Reference>().unwrap_err();
        assert_eq!((&*error.of, error.index), ("input `x`", 0));
        assert_eq!(error.identity, Identity::Difference);
        assert!(error.found.is_nan());
    }
}
