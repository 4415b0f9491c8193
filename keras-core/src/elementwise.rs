//! Elementwise groups: one loop forward and one loop backward over a nest of axes, with the broadcasting of
//! [`shape::broadcast`](crate::shape::broadcast).

use crate::backend::Backend;
use crate::float::Float;
use crate::memory::{Place, Run};
use crate::shape::{Inferred, MAX_RANK, Shape};

/// The sizes of a reduction over the middle axis of `[outer, middle, inner]`.
#[derive(Clone, Copy, Debug)]
pub struct Rows {
    /// The product of the sizes in front.
    pub outer: usize,
    /// The size that is reduced.
    pub middle: usize,
    /// The product of the sizes behind.
    pub inner: usize,
}

/// A nest of loops over an output, with the strides of `N` operands; 0 where an operand is repeated.
///
/// The batch is outermost (its size is not known here); adjacent axes that every operand walks alike are one. So most nests
/// have one axis, and the stride of an operand along the last axis is 0 or 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nest<const N: usize> {
    /// The number of axes behind the batch, at least 1.
    pub rank: usize,
    /// The sizes of the axes behind the batch.
    pub sizes: [usize; MAX_RANK],
    /// For each operand: its stride along the batch.
    pub batch: [usize; N],
    /// For each operand: its strides along the axes.
    pub strides: [[usize; MAX_RANK]; N],
    /// Whether the output has a batch axis.
    pub batched: bool,
    /// Whether every operand walks the batch and the first axis as if they were one.
    pub joined: bool,
}

impl<const N: usize> Nest<N> {
    /// The nest over `output` for these operands, each of which broadcasts to it.
    pub const fn new(output: &Inferred, operands: [&Inferred; N]) -> Self {
        let output = output.get();
        let mut nest = Nest {
            rank: 0,
            sizes: [1; MAX_RANK],
            batch: [0; N],
            strides: [[0; MAX_RANK]; N],
            batched: output.batched(),
            joined: true,
        };
        let mut axis = 0;
        while axis < output.rank() {
            if output.size(axis) > 1 {
                nest = nest.with_axis(&output, &operands, axis);
            }
            axis += 1;
        }
        nest.with_batch(&operands)
    }

    /// Behind the axes there are: `axis` of the output, as part of the last one where every operand allows it.
    const fn with_axis(mut self, output: &Shape, operands: &[&Inferred; N], axis: usize) -> Self {
        let (size, last) = (output.size(axis), self.rank.saturating_sub(1));
        let (mut steps, mut merges, mut i) = ([0; N], self.rank > 0, 0);
        while i < N {
            steps[i] = stride(output, &operands[i].get(), axis);
            merges &= self.strides[i][last] == size * steps[i];
            i += 1;
        }
        let at = if merges { last } else { self.rank };
        self.sizes[at] *= size;
        self.rank = at + 1;
        i = 0;
        while i < N {
            self.strides[i][at] = steps[i];
            i += 1;
        }
        self
    }

    const fn with_batch(mut self, operands: &[&Inferred; N]) -> Self {
        let mut i = 0;
        while i < N {
            let operand = operands[i].get();
            self.batch[i] = if operand.batched() { operand.len() } else { 0 };
            if self.rank == 0 {
                // One number an example: the only axis is the batch.
                self.strides[i][0] = self.batch[i];
            }
            self.joined &= self.batch[i] == self.sizes[0] * self.strides[i][0];
            i += 1;
        }
        if self.rank == 0 {
            self.rank = 1;
        }
        self
    }

    /// How many numbers an example of the output has.
    pub const fn len(&self) -> usize {
        let (mut product, mut axis) = (1, 0);
        while axis < MAX_RANK {
            product *= self.sizes[axis];
            axis += 1;
        }
        product
    }

    /// Whether the output has no numbers.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many numbers the output has for `batch` examples.
    pub const fn total(&self, batch: usize) -> usize {
        self.rows(batch) * self.len()
    }

    /// How many rows the output has for `batch` examples: 1 without a batch axis.
    pub const fn rows(&self, batch: usize) -> usize {
        if self.batched { batch } else { 1 }
    }
}

/// How far apart in `operand` two numbers are that are neighbours along `axis` of `output`; 0 where they are the same.
const fn stride(output: &Shape, operand: &Shape, axis: usize) -> usize {
    let gap = output.rank().saturating_sub(operand.rank());
    if axis < gap || operand.size(axis - gap) == 1 {
        return 0;
    }
    operand.product(axis - gap + 1, operand.rank())
}

/// Runs a group forward: one loop.
///
/// `f` should be a closure under `#[inline(always)]`: it becomes part of the loop, which is compiled for each instruction set.
#[cfg_attr(feature = "std", inline(never))]
#[cfg_attr(not(feature = "std"), inline(always))]
pub fn forward<F: Float, B: Backend, const C: usize, const N: usize>(
    run: &mut Run<'_, F>,
    nest: &Nest<N>,
    consts: [F; C],
    x: [Place; N],
    y: Place,
    f: impl Fn(&[F; C], [F; N]) -> F,
) {
    let batch = run.batch();
    let (x, [y]) = run.views(x, [y]);
    B::map(nest, batch, &consts, x, y, f);
}

/// Runs a group backward: one loop. The operands `x` end with the cotangent of the output, and `dx` are the targets.
///
/// Where nobody asks for a target nothing happens; where the cotangent is zero the targets are cleared.
#[cfg_attr(feature = "std", inline(never))]
#[cfg_attr(not(feature = "std"), inline(always))]
pub fn backward<F: Float, B: Backend, const C: usize, const N: usize, const M: usize>(
    run: &mut Run<'_, F>,
    nest: &Nest<N>,
    targets: &Nest<M>,
    consts: [F; C],
    x: [Place; N],
    dx: [Place; M],
    f: impl Fn(&[F; C], [F; N]) -> [F; M],
) {
    if !dx.iter().any(Place::is_some) {
        return;
    }
    if !x.last().is_some_and(Place::is_some) {
        return dx.iter().for_each(|place| run.clear(*place));
    }
    let batch = run.batch();
    let (x, targets_of_dx) = run.views(x, dx);
    B::map_vjp(nest, targets, batch, &consts, x, targets_of_dx, dx.map(|place| place.add), f);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::Dim;

    fn value<const R: usize>(sizes: [usize; R]) -> Inferred {
        Inferred::shape(&sizes.map(Dim::of))
    }

    #[test]
    fn axes_that_are_walked_alike_are_one() {
        let nest = Nest::new(&value([4, 3, 2]), [&value([4, 3, 2]), &value([]).unbatched()]);
        assert_eq!((nest.rank, nest.sizes[0], nest.batch), (1, 24, [24, 0]));
        assert_eq!((nest.strides[0][0], nest.strides[1][0], nest.joined), (1, 0, true));
    }

    #[test]
    fn a_bias_is_repeated_along_the_batch() {
        let nest = Nest::new(&value([4, 3]), [&value([4, 3]), &value([3]).unbatched()]);
        assert_eq!((nest.rank, nest.sizes[0], nest.sizes[1]), (2, 4, 3));
        assert_eq!((nest.strides[0], nest.strides[1]), ([3, 1, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0]));
        let nest = Nest::new(&value([3]), [&value([3]), &value([3]).unbatched()]);
        assert_eq!((nest.rank, nest.batch, nest.joined), (1, [3, 0], false));
    }

    #[test]
    fn a_kept_axis_repeats_a_number() {
        let nest = Nest::new(&value([2, 4, 1, 3]), [&value([2, 4, 1, 3]), &value([2, 4, 1, 1])]);
        assert_eq!((nest.rank, nest.sizes[0], nest.sizes[1], nest.joined), (2, 8, 3, true));
        assert_eq!((nest.strides[1][0], nest.strides[1][1]), (1, 0));
    }

    #[test]
    fn a_number_an_example_is_walked_along_the_batch() {
        let nest = Nest::new(&value([]), [&value([]), &value([]).unbatched()]);
        assert_eq!((nest.rank, nest.sizes[0], nest.joined), (1, 1, true));
        assert_eq!((nest.strides[0][0], nest.strides[1][0]), (1, 0));
    }
}
