//! How an op is tested: one call compares its vjp with finite differences, over batches, backends
//! and kinds of operands.
//!
//! ```text
//! check_op(&dot, dot::infer, &[shape([3]), shape([3, 2])]);
//! assert_eq!(error(dot.infer(&values(&[shape([3]), shape([4, 2])]))), "the last axis of …");
//! ```

use super::{Call, Op, Tensor, TensorMut};
use crate::backend::{Backend, Native, Reference};
use crate::float::Float;
use crate::random::{mix, uniform};
use crate::shape::{Dim, Dtype, Inferred, MAX_PORTS, Shape};

/// The step of the central differences: near the cube root of the precision of an `f64`, where the
/// error of truncation (step² · f‴) and that of rounding (precision / step) are both about 1e-10.
const STEP: f64 = 1e-5;
/// Finite differences: their error of 1e-10, times the third derivatives and sums of the functions we have.
const DIFFERENCE: f64 = 1e-6;
/// Two ways to the same sum in `f64`.
const EXACT: f64 = 1e-12;
/// `f32` against `f64`: a precision of 6e-8 after sums of some hundred terms and our approximations of `exp`.
const SINGLE: f64 = 1e-4;

/// A batched shape of floats.
pub(crate) fn shape<const R: usize>(sizes: [usize; R]) -> Shape {
    Shape::of(&sizes.map(Dim::of))
}

/// A batched shape of integers below `range`.
pub(crate) fn ints<const R: usize>(sizes: [usize; R], range: usize) -> Shape {
    shape(sizes).with_dtype(Dtype::Int { range })
}

/// Shapes as the inputs of `infer`.
pub(crate) fn values(shapes: &[Shape]) -> Vec<Inferred> {
    shapes.iter().copied().map(Inferred::Ok).collect()
}

/// What `infer` returns: one output, or several.
pub(crate) trait Outputs {
    /// The outputs.
    fn list(self) -> Vec<Inferred>;
}

impl Outputs for Inferred {
    fn list(self) -> Vec<Inferred> {
        vec![self]
    }
}

impl Outputs for ([Inferred; MAX_PORTS], usize) {
    fn list(self) -> Vec<Inferred> {
        self.0[..self.1].to_vec()
    }
}

/// The text of the error that `infer` returned.
#[track_caller]
pub(crate) fn error(outputs: impl Outputs) -> String {
    match outputs.list()[0] {
        Inferred::Error(message) => message.line().as_str().to_owned(),
        other => panic!("expected an error, found {other:?}"),
    }
}

/// Checks an op on inputs of these shapes, each with and without a batch axis, filled with numbers
/// in `-1..1`.
///
/// For batches of 1 and 3 and every backend: `vjp` against central differences and ⟨dy, J·v⟩ =
/// ⟨Jᵀ·dy, v⟩ in `f64`; each cotangent asked for alone, and added to what is there; and `forward`
/// in `f32` against `f64`.
#[track_caller]
pub(crate) fn check_op<P: Op, O: Outputs>(
    op: &P,
    infer: fn(&P, &[Inferred]) -> O,
    inputs: &[Shape],
) {
    check_op_on(op, infer, inputs, |_, u| 2.0 * u - 1.0);
}

/// As [`check_op`]; number `u`, uniform in `0..1`, becomes the element `fill(i, u)` of float input
/// `i`. For functions that are defined only on a part of the real numbers.
#[track_caller]
pub(crate) fn check_op_on<P: Op, O: Outputs>(
    op: &P,
    infer: fn(&P, &[Inferred]) -> O,
    inputs: &[Shape],
    fill: fn(usize, f64) -> f64,
) {
    // Bit `i` of `mask`: input `i` has a batch axis. Beyond four inputs, the first four vary.
    for mask in 0..1 << inputs.len().min(4) {
        let batched = |(i, shape): (usize, &Shape)| shape.with_batch(mask >> i & 1 == 1 || i >= 4);
        let x: Vec<Shape> = inputs.iter().enumerate().map(batched).collect();
        let y = infer(op, &values(&x)).list();
        for output in &y {
            assert!(output.is_ok(), "no shape of {x:?}: {output:?}");
            let any = x.iter().any(Shape::batched);
            assert!(
                x.is_empty() || output.get().batched() == any,
                "a batched input, an unbatched output"
            );
        }
        let y: Vec<Shape> = y.iter().map(Inferred::get).collect();
        for batch in [1, 3] {
            let bench = Bench { op, x: &x, y: &y, batch, fill };
            bench.check::<Reference>();
            bench.check::<Native>();
        }
    }
}

/// The outputs of an op for one example, for comparison with known numbers.
#[track_caller]
pub(crate) fn outputs<P: Op, O: Outputs>(
    op: &P,
    infer: fn(&P, &[Inferred]) -> O,
    inputs: &[(Shape, &[f64])],
) -> Vec<Vec<f64>> {
    let x: Vec<Shape> = inputs.iter().map(|(shape, _)| *shape).collect();
    let data: Buffers<f64> = inputs.iter().map(|(_, data)| data.to_vec()).collect();
    let y: Vec<Shape> = infer(op, &values(&x)).list().iter().map(Inferred::get).collect();
    Bench { op, x: &x, y: &y, batch: 1, fill: |_, u| u }.forward::<f64, Reference>(&data)
}

type Buffers<F> = Vec<Vec<F>>;

/// An op on shapes, in a batch.
struct Bench<'a, P> {
    op: &'a P,
    x: &'a [Shape],
    y: &'a [Shape],
    batch: usize,
    fill: fn(usize, f64) -> f64,
}

impl<P: Op> Bench<'_, P> {
    #[track_caller]
    fn check<B: Backend>(&self) {
        let x = self.inputs();
        let y = self.forward::<f64, B>(&x);
        let single: Buffers<f32> =
            x.iter().map(|x| x.iter().map(|x| *x as f32).collect()).collect();
        let single = self.forward::<f32, B>(&single);
        for (double, single) in y.iter().flatten().zip(single.iter().flatten()) {
            assert_near("forward in f32", f64::from(*single), *double, SINGLE);
        }
        let dy = self.random(self.y, 1);
        let wanted: Vec<bool> = self.x.iter().map(Shape::is_float).collect();
        if wanted.iter().any(|w| *w) && dy.iter().any(|dy| !dy.is_empty()) {
            self.check_vjp::<B>(&x, &y, &dy, &wanted);
        }
    }

    #[track_caller]
    fn check_vjp<B: Backend>(
        &self,
        x: &Buffers<f64>,
        y: &Buffers<f64>,
        dy: &Buffers<f64>,
        wanted: &[bool],
    ) {
        let zero: Buffers<f64> = x.iter().map(|x| vec![0.0; x.len()]).collect();
        let dx = self.vjp::<B>(x, y, dy, wanted, None);
        // ∂⟨dy, f(x)⟩/∂xᵢⱼ, one number of x after the other.
        let slope = |v: &Buffers<f64>| {
            let at = |step: f64| inner(dy, &self.forward::<f64, B>(&moved(x, v, step)));
            (at(STEP) - at(-STEP)) / (2.0 * STEP)
        };
        for i in (0..x.len()).filter(|i| wanted[*i]) {
            for j in 0..x[i].len() {
                let mut v = zero.clone();
                v[i][j] = 1.0;
                assert_near(&format!("dx{i}[{j}]"), dx[i][j], slope(&v), DIFFERENCE);
            }
        }
        let v = self.random(self.x, 2);
        assert_near(
            "⟨Jᵀ·dy, v⟩",
            inner(&dx, &v),
            slope(&v),
            DIFFERENCE * v.iter().flatten().count() as f64,
        );
        // Each cotangent alone, and added to what is there.
        for i in (0..x.len()).filter(|i| wanted[*i]) {
            let alone: Vec<bool> = (0..x.len()).map(|j| i == j).collect();
            let found = self.vjp::<B>(x, y, dy, &alone, None);
            let added = self.vjp::<B>(x, y, dy, &alone, Some(&v));
            for j in 0..x[i].len() {
                assert_near(&format!("dx{i}[{j}] alone"), found[i][j], dx[i][j], EXACT);
                assert_near(&format!("dx{i}[{j}] added"), added[i][j], v[i][j] + dx[i][j], EXACT);
            }
        }
        self.check_missing::<B>(x, y, dy, wanted, &dx);
    }

    /// The cotangent of an output that nobody uses is empty: the others alone must give the rest of the sum.
    #[track_caller]
    fn check_missing<B: Backend>(
        &self,
        x: &Buffers<f64>,
        y: &Buffers<f64>,
        dy: &Buffers<f64>,
        wanted: &[bool],
        dx: &Buffers<f64>,
    ) {
        let mut sum: Buffers<f64> = x.iter().map(|x| vec![0.0; x.len()]).collect();
        for o in (0..dy.len()).filter(|o| !dy[*o].is_empty()) {
            let alone = |(i, dy): (usize, &Vec<f64>)| if i == o { dy.clone() } else { Vec::new() };
            let dy = dy.iter().enumerate().map(alone).collect();
            sum = moved(&sum, &self.vjp::<B>(x, y, &dy, wanted, None), 1.0);
        }
        // Value by value: an input that is not wanted has a sum of zeros, but no cotangent.
        for (found, expected) in sum.iter().zip(dx).flat_map(|(sum, dx)| sum.iter().zip(dx)) {
            assert_near("the sum over outputs of dx", *found, *expected, EXACT);
        }
    }

    fn call(&self) -> Call {
        Call { batch: self.batch, first: 0, key: 0x5EED }
    }

    fn inputs(&self) -> Buffers<f64> {
        let element = |i: usize, u: f64| match self.x[i].dtype() {
            Dtype::Float => (self.fill)(i, u),
            Dtype::Int { range } => {
                (u * if range == usize::MAX { 2.0 } else { range as f64 }).floor()
            }
            Dtype::Bool => (2.0 * u).floor(),
        };
        let input = |(i, shape): (usize, &Shape)| {
            let count = shape.total(self.batch) as u64;
            (0..count).map(|j| element(i, uniform(mix(0, i as u64), j))).collect()
        };
        self.x.iter().enumerate().map(input).collect()
    }

    /// Numbers in `-1..1` for each value that has a gradient.
    fn random(&self, shapes: &[Shape], key: u64) -> Buffers<f64> {
        let value = |(i, shape): (usize, &Shape)| {
            let count = if shape.is_float() { shape.total(self.batch) as u64 } else { 0 };
            (0..count).map(|j| 2.0 * uniform::<f64>(mix(key, i as u64), j) - 1.0).collect()
        };
        shapes.iter().enumerate().map(value).collect()
    }

    /// The outputs. They begin as NaN, so that what the op does not write is seen.
    fn forward<F: Float, B: Backend>(&self, x: &Buffers<F>) -> Buffers<F> {
        let mut y: Buffers<F> =
            self.y.iter().map(|y| vec![F::nan(); y.total(self.batch)]).collect();
        self.op.forward::<F, B>(
            &self.call(),
            &tensors(x, self.x),
            &mut tensors_mut(&mut y, self.y, false),
        );
        y
    }

    /// The cotangents of the `wanted` inputs: added to `start`, or over NaN where the op sets them itself.
    fn vjp<B: Backend>(
        &self,
        x: &Buffers<f64>,
        y: &Buffers<f64>,
        dy: &Buffers<f64>,
        wanted: &[bool],
        start: Option<&Buffers<f64>>,
    ) -> Buffers<f64> {
        let only = |values: &Buffers<f64>, keep: &dyn Fn(usize) -> bool| -> Buffers<f64> {
            values
                .iter()
                .enumerate()
                .map(|(i, v)| if keep(i) { v.clone() } else { Vec::new() })
                .collect()
        };
        let fresh = if P::SETS { f64::NAN } else { 0.0 };
        let fresh = x.iter().map(|x| vec![fresh; x.len()]).collect();
        let mut dx = only(start.unwrap_or(&fresh), &|i| wanted[i]);
        let kept_x = only(x, &|i| P::KEEPS.has_input(i));
        let kept_y = only(y, &|o| P::KEEPS.has_output(o));
        self.op.vjp::<f64, B>(
            &self.call(),
            &tensors(&kept_x, self.x),
            &tensors(&kept_y, self.y),
            &tensors(dy, self.y),
            &mut tensors_mut(&mut dx, self.x, start.is_some()),
        );
        dx
    }
}

fn tensors<'a, F>(data: &'a Buffers<F>, shapes: &'a [Shape]) -> Vec<Tensor<'a, F>> {
    data.iter().zip(shapes).map(|(data, shape)| Tensor { data, shape }).collect()
}

fn tensors_mut<'a, F>(
    data: &'a mut Buffers<F>,
    shapes: &'a [Shape],
    add: bool,
) -> Vec<TensorMut<'a, F>> {
    data.iter_mut().zip(shapes).map(|(data, shape)| TensorMut { data, shape, add }).collect()
}

/// `x + step · v`, where an empty `v` is zero.
fn moved(x: &Buffers<f64>, v: &Buffers<f64>, step: f64) -> Buffers<f64> {
    let mut x = x.clone();
    for (x, v) in x.iter_mut().zip(v) {
        x.iter_mut().zip(v).for_each(|(x, v)| *x += step * v);
    }
    x
}

/// The inner product over all values, where an empty one is zero.
fn inner(a: &Buffers<f64>, b: &Buffers<f64>) -> f64 {
    a.iter().zip(b).flat_map(|(a, b)| a.iter().zip(b)).map(|(a, b)| a * b).sum()
}

#[track_caller]
fn assert_near(what: &str, found: f64, expected: f64, tolerance: f64) {
    let error = (found - expected).abs();
    assert!(
        error <= tolerance * expected.abs().max(1.0),
        "{what}: found {found}, expected {expected}"
    );
}
