//! How a reduction walks its input.

use super::fold::{finite, fold, larger};
use crate::float::Float;
use crate::shape::{MAX_RANK, Shape};

/// Some axes of a value, innermost first; neighbours that are walked as one are one.
#[derive(Clone, Copy, Debug)]
struct Walk {
    sizes: [usize; MAX_RANK],
    strides: [usize; MAX_RANK],
    rank: usize,
}

impl Walk {
    const NONE: Walk = Walk { sizes: [1; MAX_RANK], strides: [0; MAX_RANK], rank: 0 };

    /// Adds the axis in front of those that are there.
    const fn push(&mut self, size: usize, stride: usize) {
        if size == 1 {
            return;
        }
        if self.rank > 0 && self.sizes[self.rank - 1] * self.strides[self.rank - 1] == stride {
            self.sizes[self.rank - 1] *= size;
        } else {
            self.sizes[self.rank] = size;
            self.strides[self.rank] = stride;
            self.rank += 1;
        }
    }

    /// How many places there are.
    const fn len(&self) -> usize {
        let (mut len, mut axis) = (1, 0);
        while axis < self.rank {
            len *= self.sizes[axis];
            axis += 1;
        }
        len
    }

    /// Where place `k` is.
    #[inline(always)]
    fn offset(&self, mut k: usize) -> usize {
        if self.rank <= 1 {
            return k * self.strides[0];
        }
        let mut offset = 0;
        for (size, stride) in self.sizes.iter().zip(self.strides).take(self.rank) {
            offset += k % size * stride;
            k /= size;
        }
        offset
    }
}

/// How a reduction walks its input, one example at a time: as `[outer, reduced, inner]`, where `inner` are the axes behind
/// the last reduced one. Output `k·inner + i` is made of the inputs `outer[k] + reduced[r] + i` of all `r`: its lane.
#[derive(Clone, Copy, Debug)]
pub struct Lanes {
    outer: Walk,
    reduced: Walk,
    inner: usize,
}

impl Lanes {
    /// Over the axes of `x` whose bit in `mask` is set.
    pub(in crate::ops) const fn new(x: &Shape, mask: u32) -> Lanes {
        let mut lanes = Lanes { outer: Walk::NONE, reduced: Walk::NONE, inner: 1 };
        let (mut stride, mut axis) = (1, x.rank());
        while axis > 0 {
            axis -= 1;
            let size = x.size(axis);
            if mask & (1 << axis) != 0 {
                lanes.reduced.push(size, stride);
            } else if lanes.reduced.rank == 0 {
                lanes.inner *= size;
            } else {
                lanes.outer.push(size, stride);
            }
            stride *= size;
        }
        if lanes.reduced.rank == 0 {
            // Axes of size 1 were all: every number is a lane, and a lane is a row of one.
            lanes.outer.push(lanes.inner, 1);
            lanes.inner = 1;
        }
        lanes
    }

    /// Along one axis; `infer` has checked that there is one.
    pub(in crate::ops) const fn along(axis: isize, x: &Shape) -> Lanes {
        let mask = if let Some(axis) = x.axis(axis) { 1 << axis } else { 0 };
        Lanes::new(x, mask)
    }

    /// How many numbers make one output.
    #[inline(always)]
    pub(in crate::ops) const fn count(&self) -> usize {
        self.reduced.len()
    }

    /// The length of a lane, where each lane is a row of neighbours.
    #[inline(always)]
    pub(in crate::ops) const fn row(&self) -> Option<usize> {
        if self.inner == 1 && self.reduced.rank <= 1 { Some(self.count()) } else { None }
    }

    /// The lanes in the order of the output.
    #[inline(always)]
    pub(in crate::ops) fn iter(&self) -> impl Iterator<Item = Lane<'_>> {
        let outputs = self.outer.len() * self.inner;
        (0..outputs).map(|o| Lane {
            start: self.outer.offset(o / self.inner) + o % self.inner,
            walk: &self.reduced,
        })
    }

    /// `y[o] = f(… f(f(start, x₀), x₁) …)` over each lane; `f` is associative, and `start` changes nothing.
    #[inline(always)]
    pub(in crate::ops) fn fold<F: Float>(
        &self,
        x: &[F],
        y: &mut [F],
        start: F,
        f: impl Fn(F, F) -> F + Copy,
    ) {
        let run = self.reduced.sizes[0];
        for (k, row) in y.chunks_exact_mut(self.inner).enumerate() {
            row.fill(start);
            let x = &x[self.outer.offset(k)..];
            if let [y] = row {
                for r in (0..self.count()).step_by(run) {
                    *y = f(*y, fold(&x[self.reduced.offset(r)..][..run], start, f));
                }
            } else {
                for r in 0..self.count() {
                    row.iter_mut()
                        .zip(&x[self.reduced.offset(r)..])
                        .for_each(|(y, x)| *y = f(*y, *x));
                }
            }
        }
    }

    /// `dx[i] += f(i, o)` for each input `i` of each output `o`.
    #[inline(always)]
    pub(in crate::ops) fn spread<F: Float>(&self, dx: &mut [F], f: impl Fn(usize, usize) -> F) {
        let run = if self.inner == 1 { self.reduced.sizes[0] } else { 1 };
        for k in 0..self.outer.len() {
            for r in (0..self.count()).step_by(run) {
                let start = self.outer.offset(k) + self.reduced.offset(r);
                let dx = dx[start..][..run * self.inner].iter_mut().enumerate();
                if self.inner == 1 {
                    dx.for_each(|(i, dx)| *dx += f(start + i, k));
                } else {
                    dx.for_each(|(i, dx)| *dx += f(start + i, k * self.inner + i));
                }
            }
        }
    }
}

/// The inputs that make one output.
#[derive(Clone, Copy)]
pub(in crate::ops) struct Lane<'w> {
    start: usize,
    walk: &'w Walk,
}

impl Lane<'_> {
    /// Where number `j` of the lane is.
    #[inline(always)]
    pub(in crate::ops) fn at(&self, j: usize) -> usize {
        self.start + self.walk.offset(j)
    }

    /// Where all are.
    #[inline(always)]
    pub(in crate::ops) fn indices(&self) -> impl Iterator<Item = usize> + Clone {
        (0..self.walk.len()).map(|j| self.at(j))
    }
}

/// As [`exp_sum`](super::fold::exp_sum), of a lane.
#[inline(always)]
pub(super) fn lane_exp_sum<F: Float>(lane: Lane<'_>, x: &[F]) -> (F, F) {
    let shift = finite(lane.indices().map(|i| x[i]).fold(F::neg_infinity(), larger));
    (lane.indices().map(|i| (x[i] - shift).v_exp()).sum(), shift)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::shape;

    #[test]
    fn axes_that_are_walked_alike_are_one() {
        let x = shape([2, 3, 4, 5]);
        let walk = |mask| {
            let lanes = Lanes::new(&x, mask);
            (
                lanes.outer.len(),
                lanes.outer.rank,
                lanes.reduced.len(),
                lanes.reduced.rank,
                lanes.inner,
            )
        };
        assert_eq!(walk(0b1111), (1, 0, 120, 1, 1));
        assert_eq!(walk(0b0110), (2, 1, 12, 1, 5));
        assert_eq!(walk(0b1010), (8, 2, 15, 2, 1));
        assert_eq!(walk(0b0000), (120, 1, 1, 0, 1));
    }
}
