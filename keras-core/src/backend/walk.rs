//! A walk over the rows of a [`Nest`]: where each operand's row begins.

use crate::elementwise::Nest;
use crate::shape::MAX_RANK;

#[derive(Clone, Copy)]
struct Axis<const N: usize> {
    size: usize,
    done: usize,
    strides: [usize; N],
}

/// Walks over rows of equal length, the last axis of a nest or a part of it; the batch counts as an axis.
pub(super) struct Walk<const N: usize> {
    /// The axes around a row, the innermost first.
    axes: [Axis<N>; MAX_RANK + 1],
    rank: usize,
    /// Where each operand's row begins.
    pub at: [usize; N],
    /// Whether each operand is walked along a row, or is one number repeated.
    pub walks: [bool; N],
}

/// The length of the longest row that every operand walks with one stride: the last axis, and the batch where it joins.
pub(super) fn longest_row<const N: usize>(nest: &Nest<N>, batch: usize) -> usize {
    if nest.rank == 1 && nest.joined {
        nest.total(batch)
    } else {
        nest.sizes.iter().take(nest.rank).next_back().copied().unwrap_or(1)
    }
}

impl<const N: usize> Walk<N> {
    /// Begins at the first row; `row` divides [`longest_row`].
    pub fn new(nest: &Nest<N>, batch: usize, row: usize) -> Self {
        let axis = Axis { size: 1, done: 0, strides: [0; N] };
        let mut walk = Walk { axes: [axis; MAX_RANK + 1], rank: 0, at: [0; N], walks: [false; N] };
        let mut rows = nest.rows(batch);
        for (axis, &size) in nest.sizes.iter().enumerate().take(nest.rank).rev() {
            let mut size = size;
            let mut strides = nest.strides.map(|strides| strides.get(axis).copied().unwrap_or(0));
            if axis == 0 && nest.joined {
                size *= rows;
                rows = 1;
            }
            if axis + 1 == nest.rank {
                walk.walks = strides.map(|stride| stride > 0);
                size /= row.max(1);
                strides = strides.map(|stride| stride * row);
            }
            walk.surround(size, strides);
        }
        walk.surround(rows, nest.batch);
        walk
    }

    /// Puts an axis around those there are.
    fn surround(&mut self, size: usize, strides: [usize; N]) {
        if size > 1
            && let Some(axis) = self.axes.get_mut(self.rank)
        {
            *axis = Axis { size, done: 0, strides };
            self.rank += 1;
        }
    }

    /// Goes to the next row.
    pub fn advance(&mut self) {
        for axis in self.axes.iter_mut().take(self.rank) {
            axis.done += 1;
            if axis.done < axis.size {
                self.at.iter_mut().zip(axis.strides).for_each(|(at, stride)| *at += stride);
                return;
            }
            axis.done = 0;
            let back = axis.size - 1;
            self.at.iter_mut().zip(axis.strides).for_each(|(at, stride)| *at -= stride * back);
        }
    }
}
