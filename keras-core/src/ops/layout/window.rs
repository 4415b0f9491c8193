//! Reading and assigning parts of a value inside of a step: what a loop over time does with
//! `x[step]` and `y[s![step, ..]] = h`.
//!
//! The index of a loop is known at run time; everything else of the part is in the [`slice`](struct@slice).

use super::slice::slice;
use crate::float::Float;
use crate::memory::{Place, Run};
use crate::ops::{Call, Tensor, TensorMut};
use crate::shape::{Inferred, MAX_RANK, Shape};

/// The numbers that the `dynamic` axes of a slice stand for, in order; the rest is not read.
pub type Index = [usize; MAX_RANK];

/// `y = x[slice]`, for values of the shapes `(x, y)`.
#[inline(always)]
pub fn slice_read<F: Float>(
    run: &mut Run<'_, F>,
    slice: &slice,
    index: Index,
    (of_x, of_y): (&'static Inferred, &'static Inferred),
    x: Place,
    y: Place,
) {
    let call = call(run);
    let ([x], [y]) = run.views([x], [y]);
    slice.read(&call, index, tensor(x, of_x), tensor_mut(y, of_y, false));
}

/// `dx[slice] += dy`. Where `dx` is not to be added to, it is cleared before.
#[inline(always)]
pub fn slice_read_vjp<F: Float>(
    run: &mut Run<'_, F>,
    slice: &slice,
    index: Index,
    (of_x, of_y): (&'static Inferred, &'static Inferred),
    dy: Place,
    dx: Place,
) {
    run.clear(dx);
    let call = call(run);
    let ([dy], [dx]) = run.views([dy], [dx]);
    slice.read_vjp(&call, index, tensor(dy, of_y), tensor_mut(dx, of_x, true));
}

/// `y[slice] = h`, for values of the shapes `(h, y)`.
#[inline(always)]
pub fn slice_write<F: Float>(
    run: &mut Run<'_, F>,
    slice: &slice,
    index: Index,
    (of_h, of_y): (&'static Inferred, &'static Inferred),
    h: Place,
    y: Place,
) {
    let call = call(run);
    let ([h], [y]) = run.views([h], [y]);
    slice.write(&call, index, tensor(h, of_h), tensor_mut(y, of_y, false));
}

/// `dh = dy[slice]`, added where the place says so; then `dy[slice] = 0`.
#[inline(always)]
pub fn slice_write_vjp<F: Float>(
    run: &mut Run<'_, F>,
    slice: &slice,
    index: Index,
    (of_h, of_y): (&'static Inferred, &'static Inferred),
    dy: Place,
    dh: Place,
) {
    if !dy.is_some() {
        return run.clear(dh);
    }
    let (call, add) = (call(run), dh.add);
    let ([], [dy, dh]) = run.views([], [dy, dh]);
    slice.write_vjp(&call, index, tensor_mut(dy, of_y, true), tensor_mut(dh, of_h, add));
}

#[inline(always)]
fn call<F>(run: &Run<'_, F>) -> Call {
    Call { batch: run.batch(), first: run.first(), key: 0 }
}

#[inline(always)]
fn tensor<'a, F>(data: &'a [F], value: &'static Inferred) -> Tensor<'a, F> {
    Tensor { data, shape: shape(value) }
}

#[inline(always)]
fn tensor_mut<'a, F>(data: &'a mut [F], value: &'static Inferred, add: bool) -> TensorMut<'a, F> {
    TensorMut { data, shape: shape(value), add }
}

#[inline(always)]
fn shape(value: &'static Inferred) -> &'static Shape {
    crate::ops::shape(core::slice::from_ref(value), 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::{Extent, Space};
    use crate::ops::check::shape;

    /// A batch of two sequences of three rows of two numbers.
    const BATCH: usize = 2;

    fn fixed(shape: Shape) -> &'static Inferred {
        Box::leak(Box::new(Inferred::Ok(shape)))
    }

    fn place(start: usize, len: usize, add: bool) -> Place {
        Place { space: Space::Arena, start, len, add }
    }

    /// Runs `f` on an arena that holds a sequence and, behind it, rows for each example.
    fn with_arena(
        sequence: [f64; 12],
        rows: &[f64],
        f: impl FnOnce(&mut Run<'_, f64>),
    ) -> Vec<f64> {
        let mut arena = [&sequence[..], rows].concat();
        let extent = Extent { each: arena.len() / BATCH, once: 0 };
        f(&mut Run::new(&mut arena, extent, BATCH, &[], &mut [], &[]));
        arena
    }

    const SEQUENCE: [f64; 12] = [0., 1., 2., 3., 4., 5., 6., 7., 8., 9., 10., 11.];
    const ROW: slice = slice::new().dynamic(3);
    const STEP: Index = [1, 0, 0, 0, 0, 0];

    #[test]
    fn a_row_is_read_and_its_cotangent_added() {
        let shapes = (fixed(shape([3, 2])), fixed(shape([2])));
        let (x, y) = (place(0, 12, true), place(12, 4, false));
        let found = with_arena(SEQUENCE, &[-1.0; 4], |run| {
            slice_read(run, &ROW, STEP, shapes, x, y);
            slice_read_vjp(run, &ROW, STEP, shapes, y, x);
        });
        assert_eq!(found[12..], [2., 3., 8., 9.]);
        assert_eq!(found[..12], [0., 1., 4., 6., 4., 5., 6., 7., 16., 18., 10., 11.]);
        let cleared = with_arena(SEQUENCE, &[1.0; 4], |run| {
            slice_read_vjp(run, &ROW, STEP, shapes, y, x.adding(false));
        });
        assert_eq!(cleared[..12], [0., 0., 1., 1., 0., 0., 0., 0., 1., 1., 0., 0.]);
    }

    #[test]
    fn a_row_is_assigned_and_its_cotangent_taken_away() {
        let shapes = (fixed(shape([2])), fixed(shape([3, 2])));
        let (y, h) = (place(0, 12, false), place(12, 4, true));
        let found = with_arena([0.; 12], &[1., 2., 3., 4.], |run| {
            slice_write(run, &ROW, STEP, shapes, h, y);
        });
        assert_eq!(found[..12], [0., 0., 1., 2., 0., 0., 0., 0., 3., 4., 0., 0.]);
        let found = with_arena(SEQUENCE, &[1.0; 4], |run| {
            slice_write_vjp(run, &ROW, STEP, shapes, y, h);
        });
        assert_eq!(found[12..], [3., 4., 9., 10.]);
        assert_eq!(found[..12], [0., 1., 0., 0., 4., 5., 6., 7., 0., 0., 10., 11.]);
    }

    #[test]
    fn a_scalar_fills_and_a_value_of_all_examples_sums() {
        let (y, h) = (place(0, 12, false), place(12, 1, false));
        let scalar = (fixed(shape([]).with_batch(false)), fixed(shape([3, 2])));
        let found = with_arena(SEQUENCE, &[7., 0.], |run| {
            slice_write(run, &ROW, STEP, scalar, h, y);
        });
        assert_eq!(found[..12], [0., 1., 7., 7., 4., 5., 6., 7., 7., 7., 10., 11.]);
        let found = with_arena(SEQUENCE, &[f64::NAN; 2], |run| {
            slice_write_vjp(run, &ROW, STEP, scalar, y, h);
        });
        assert_eq!(found[12], 2. + 3. + 8. + 9.);
        let row = (fixed(shape([2]).with_batch(false)), scalar.1);
        let found = with_arena(SEQUENCE, &[f64::NAN; 2], |run| {
            slice_write_vjp(run, &ROW, STEP, row, y, place(12, 2, false));
        });
        assert_eq!(found[12..], [2. + 8., 3. + 9.]);
    }
}
