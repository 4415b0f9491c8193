//! Copies between a dense value and places that are a fixed stride apart: what slicing, transposing, padding,
//! concatenating and repeating have in common.

use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::shape::{Inferred, MAX_RANK, Meaning, Message, Shape};
use crate::site::Keeps;

#[derive(Clone, Copy, Debug)]
struct Axis {
    size: usize,
    stride: isize,
    index: usize,
}

/// Pairs the numbers of a dense, row-major value with places in another value: from `start`, each
/// axis has a stride, which may be 0 (repeat) or negative (from the back).
#[derive(Clone, Copy, Debug)]
pub(super) struct Walk {
    start: isize,
    axes: [Axis; MAX_RANK],
    rank: usize,
}

impl Walk {
    /// `len` numbers in a row.
    pub const fn dense(len: usize) -> Self {
        Walk::at(0).axis(len, 1)
    }

    /// Begins at `start`, without axes: one number.
    pub const fn at(start: usize) -> Self {
        let axis = Axis { size: 1, stride: 1, index: 0 };
        Walk { start: start as isize, axes: [axis; MAX_RANK], rank: 0 }
    }

    /// Everything in a value of this shape, axis by axis in this order.
    pub const fn over(shape: &Shape, order: &[usize]) -> Self {
        let (mut walk, mut i) = (Walk::at(0), 0);
        while i < order.len() {
            walk = walk.axis(shape.size(order[i]), stride(shape, order[i]));
            i += 1;
        }
        walk
    }

    /// Appends an axis; two that one stride can walk become one, so that long lines are copied.
    pub const fn axis(mut self, size: usize, stride: isize) -> Self {
        if size == 1 {
            return self;
        }
        let mut axis = Axis { size, stride, index: 0 };
        let joins = 0 < self.rank
            && self.rank <= MAX_RANK
            && self.axes[self.rank - 1].stride == size as isize * stride;
        if joins {
            self.rank -= 1;
            axis.size *= self.axes[self.rank].size;
        }
        if self.rank < MAX_RANK {
            self.axes[self.rank] = axis;
            self.rank += 1;
        }
        self
    }

    /// Appends the axes `from..to` of a value of this shape, whole.
    pub const fn axes(mut self, shape: &Shape, from: usize, to: usize) -> Self {
        let mut axis = from;
        while axis < to {
            self = self.axis(shape.size(axis), stride(shape, axis));
            axis += 1;
        }
        self
    }

    /// Begins `places` further on.
    pub const fn skip(mut self, places: usize) -> Self {
        self.start += places as isize;
        self
    }

    /// How many lines along the innermost axis there are.
    #[inline(always)]
    fn outer(&self) -> usize {
        self.axes.iter().take(self.rank.saturating_sub(1)).map(|axis| axis.size).product()
    }

    /// The innermost axis: its size, at least 1, and its stride.
    #[inline(always)]
    fn line(&self) -> (usize, isize) {
        match self.rank {
            1..=MAX_RANK => (self.axes[self.rank - 1].size.max(1), self.axes[self.rank - 1].stride),
            _ => (1, 1),
        }
    }

    /// Where the lines along the innermost axis begin, over and over.
    #[inline(always)]
    fn lines(mut self) -> impl Iterator<Item = isize> {
        let mut next = self.start;
        core::iter::from_fn(move || {
            let line = next;
            for axis in self.axes.iter_mut().take(self.rank.saturating_sub(1)).rev() {
                axis.index += 1;
                next += axis.stride;
                if axis.index < axis.size {
                    break;
                }
                axis.index = 0;
                next -= axis.stride * axis.size as isize;
            }
            Some(line)
        })
    }

    /// `dense = places`, or `dense += places` where `add`.
    #[inline(always)]
    fn gather<F: Float>(&self, places: &[F], dense: &mut [F], add: bool) {
        let (size, stride) = self.line();
        for (line, start) in dense.chunks_exact_mut(size).zip(self.lines()) {
            if stride == 1 {
                put(places.get(start as usize..).unwrap_or_default(), line, add);
            } else {
                let mut at = start;
                for y in line {
                    // In bounds by the shape rules; `get` keeps the code of a panic out of firmware.
                    let x = places.get(at as usize).copied().unwrap_or_default();
                    *y = if add { *y + x } else { x };
                    at += stride;
                }
            }
        }
    }

    /// `places = dense`, or `places += dense` where `add`.
    #[inline(always)]
    fn scatter<F: Float>(&self, dense: &[F], places: &mut [F], add: bool) {
        let (size, stride) = self.line();
        for (line, start) in dense.chunks_exact(size).zip(self.lines()) {
            if stride == 1 {
                put(line, places.get_mut(start as usize..).unwrap_or_default(), add);
            } else {
                let mut at = start;
                for x in line {
                    if let Some(y) = places.get_mut(at as usize) {
                        *y = if add { *y + *x } else { *x };
                    }
                    at += stride;
                }
            }
        }
    }

    /// The sum of the numbers at the places.
    #[inline(always)]
    pub fn sum<F: Float>(&self, places: &[F]) -> F {
        let (size, stride) = self.line();
        let line = |start| (0..size as isize).map(move |i| (start + i * stride) as usize);
        let all = self.lines().take(self.outer()).flat_map(line);
        all.filter_map(|at| places.get(at).copied()).sum()
    }

    /// Writes `value` at the places.
    #[inline(always)]
    pub fn fill<F: Float>(&self, places: &mut [F], value: F) {
        let (size, stride) = self.line();
        for start in self.lines().take(self.outer()) {
            if stride == 1 {
                let line = places.get_mut(start as usize..).unwrap_or_default();
                line.iter_mut().take(size).for_each(|y| *y = value);
            } else {
                let mut at = start;
                for _ in 0..size {
                    if let Some(y) = places.get_mut(at as usize) {
                        *y = value;
                    }
                    at += stride;
                }
            }
        }
    }

    /// `y = x[walk]` in each example, where `y.add` says so added. Without numbers on either side, nothing.
    #[inline(always)]
    pub fn read<F: Float>(&self, call: &Call, x: &Tensor<'_, F>, y: &mut TensorMut<'_, F>) {
        each_row(call, x, y, |x, y, add| self.gather(x, y, add));
    }

    /// `y[walk] = x` in each example, where `y.add` says so added. Without numbers on either side, nothing.
    #[inline(always)]
    pub fn write<F: Float>(&self, call: &Call, x: &Tensor<'_, F>, y: &mut TensorMut<'_, F>) {
        each_row(call, x, y, |x, y, add| self.scatter(x, y, add));
    }
}

/// An op that picks the numbers of its output from its input by a walk: `y = x[walk]`, `dx[walk] += dy`.
pub(super) trait Pick: Sized + 'static {
    /// Whether the walk meets every number of `x` exactly once.
    const ONCE: bool = true;

    /// The places in `x` of the numbers of `y`.
    fn walk(&self, x: &Shape, y: &Shape) -> Walk;
}

impl<P: Pick> Op for P {
    const KEEPS: Keeps = Keeps::NOTHING;
    const MEANING: Option<Meaning> = None;
    const SETS: bool = P::ONCE;

    #[inline(always)]
    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let ([x], [y]) = (x, y) else { return };
        self.walk(x.shape, y.shape).read(call, x, y);
    }

    #[inline(always)]
    fn vjp<F: Float, B: Backend>(
        &self,
        call: &Call,
        _: &[Tensor<'_, F>],
        _: &[Tensor<'_, F>],
        dy: &[Tensor<'_, F>],
        dx: &mut [TensorMut<'_, F>],
    ) {
        let ([dy], [dx]) = (dy, dx) else { return };
        dx.add |= !P::ONCE;
        self.walk(dx.shape, dy.shape).write(call, dy, dx);
    }
}

/// The error of an `axis` that `x` does not have.
pub(super) const fn no_axis(axis: isize, x: &Shape) -> Inferred {
    Inferred::Error(Message::new("there is no axis ").int(axis).str(" in ").shape(x))
}

/// How far apart neighbours along `axis` are in a row-major value.
pub(super) const fn stride(shape: &Shape, axis: usize) -> isize {
    shape.product(axis + 1, shape.rank()) as isize
}

/// `f(row of x, row of y, add)` for each example. What lacks a batch axis takes part in each: a `y`
/// without one is added to from the second example on.
#[inline(always)]
fn each_row<F: Float>(
    call: &Call,
    x: &Tensor<'_, F>,
    y: &mut TensorMut<'_, F>,
    f: impl Fn(&[F], &mut [F], bool),
) {
    if !x.is_some() || !y.is_some() {
        return;
    }
    for b in 0..call.rows(x.shape).max(call.rows(y.shape)) {
        let add = y.add || b > 0 && !y.shape.batched();
        f(x.row(b), y.row(b), add);
    }
}

/// `y = x`, or `y += x` where `add`, as far as both go.
#[inline(always)]
fn put<F: Float>(x: &[F], y: &mut [F], add: bool) {
    if add {
        y.iter_mut().zip(x).for_each(|(y, x)| *y += *x);
    } else {
        y.iter_mut().zip(x).for_each(|(y, x)| *y = *x);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::shape;

    #[test]
    fn axes_that_one_stride_walks_are_one() {
        let all = Walk::over(&shape([2, 3, 1, 4]), &[0, 1, 2, 3]);
        assert_eq!((all.rank, all.line()), (1, (24, 1)));
        let swapped = Walk::over(&shape([2, 3, 4]), &[1, 0, 2]);
        assert_eq!((swapped.rank, swapped.line()), (3, (4, 1)));
        assert_eq!(swapped.lines().take(7).collect::<Vec<_>>(), [0, 12, 4, 16, 8, 20, 0]);
    }

    #[test]
    fn strides_may_be_zero_or_negative() {
        let mut y = [0.0; 6];
        Walk::at(2).axis(3, -1).axis(2, 0).gather(&[1.0, 2.0, 3.0], &mut y, false);
        assert_eq!(y, [3.0, 3.0, 2.0, 2.0, 1.0, 1.0]);
        let mut x = [0.0; 3];
        Walk::at(2).axis(3, -1).axis(2, 0).scatter(&y, &mut x, true);
        assert_eq!(x, [2.0, 4.0, 6.0]);
    }
}
