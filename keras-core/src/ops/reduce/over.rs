//! The arguments of the reductions, and the rule for their shape.

use super::Lanes;
use crate::backend::Backend;
use crate::elementwise::Rows;
use crate::float::Float;
use crate::ops::{Call, Tensor, TensorMut, kinds};
use crate::shape::{Dim, Inferred, MAX_RANK, Message, Shape, shapes};

/// Which axes a reduction runs over, and whether it keeps them.
#[derive(Clone, Copy, Debug)]
pub(in crate::ops) struct Over {
    axes: [isize; MAX_RANK],
    /// How many axes were named; `None` where none was, which means all.
    count: Option<usize>,
    keepdims: bool,
}

impl Over {
    pub(in crate::ops) const ALL: Over = Over { axes: [0; MAX_RANK], count: None, keepdims: false };

    /// Over these axes; a number of axes that no value has is an error of [`infer`](Self::infer).
    pub(in crate::ops) const fn axes(self, list: &[isize]) -> Self {
        let mut axes = [0; MAX_RANK];
        let mut i = 0;
        while i < list.len() && i < MAX_RANK {
            axes[i] = list[i];
            i += 1;
        }
        Over { axes, count: Some(list.len()), ..self }
    }

    pub(in crate::ops) const fn keepdims(self, keepdims: bool) -> Self {
        Over { keepdims, ..self }
    }

    /// The shape without the axes, or with a kept axis of size 1 in the place of each.
    pub(in crate::ops) const fn infer(&self, inputs: &[Inferred]) -> Inferred {
        shapes!(inputs => [x]);
        if let Some(error) = kinds::floats("x", &x) {
            return error;
        }
        if let Some(error) = self.wrong_axes(&x) {
            return error;
        }
        let mask = self.mask(&x);
        let mut y = x;
        let mut axis = x.rank();
        while axis > 0 {
            axis -= 1;
            if mask & (1 << axis) != 0 {
                y = if self.keepdims { y.with_dim(axis, Dim::kept()) } else { y.without(axis) };
            }
        }
        Inferred::Ok(y)
    }

    /// An error where an axis is not there or is named twice.
    const fn wrong_axes(&self, x: &Shape) -> Option<Inferred> {
        let Some(count) = self.count else { return None };
        let (mut seen, mut i) = (0, 0);
        while i < count && i < MAX_RANK {
            let Some(axis) = x.axis(self.axes[i]) else { return Some(no_axis(self.axes[i], x)) };
            if seen & (1 << axis) != 0 {
                let message = Message::new("axis ").int(self.axes[i]).str(" of ").shape(x);
                return Some(Inferred::Error(message.str(" is named twice")));
            }
            seen |= 1 << axis;
            i += 1;
        }
        if count > MAX_RANK {
            let message = Message::new("reduces ").num(count).str(" axes, found ").shape(x);
            return Some(Inferred::Error(message));
        }
        None
    }

    /// The axes as bits.
    const fn mask(&self, x: &Shape) -> u32 {
        let Some(count) = self.count else { return (1 << x.rank()) - 1 };
        let (mut mask, mut i) = (0, 0);
        while i < count && i < MAX_RANK {
            if let Some(axis) = x.axis(self.axes[i]) {
                mask |= 1 << axis;
            }
            i += 1;
        }
        mask
    }

    /// The fold of `f` over the axes, by the backend where they are neighbours.
    #[inline(always)]
    pub(in crate::ops) fn fold<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &Tensor<'_, F>,
        y: &mut TensorMut<'_, F>,
        start: F,
        f: impl Fn(F, F) -> F + Copy,
    ) {
        let count = call.rows(x.shape);
        if let Some(rows) = self.rows(x.shape) {
            let rows = Rows { outer: count * rows.outer, ..rows };
            return B::reduce(rows, start, x.data, y.data, f);
        }
        let lanes = self.lanes(x.shape);
        for b in 0..count {
            lanes.fold(x.row(b), y.row(b), start, f);
        }
    }

    /// The axes as the middle one of three, if they are neighbours.
    fn rows(&self, x: &Shape) -> Option<Rows> {
        let mask = self.mask(x);
        let first = mask.trailing_zeros() as usize;
        let last = (u32::BITS - mask.leading_zeros()) as usize;
        let neighbours = mask != 0 && mask.count_ones() as usize == last - first;
        neighbours.then(|| Rows {
            outer: x.product(0, first),
            middle: x.product(first, last),
            inner: x.product(last, x.rank()),
        })
    }

    /// The walk over an input of this shape.
    #[inline(always)]
    pub(in crate::ops) fn lanes(&self, x: &Shape) -> Lanes {
        Lanes::new(x, self.mask(x))
    }
}

/// The error that `x` has no such axis.
pub(in crate::ops) const fn no_axis(axis: isize, x: &Shape) -> Inferred {
    let help = if x.rank() == 0 { ", which is one number for each example" } else { "" };
    Inferred::Error(Message::new("there is no axis ").int(axis).str(" in ").shape(x).str(help))
}

/// The infer function of an op that works along one axis and keeps the shape.
pub(super) const fn along(axis: isize, inputs: &[Inferred]) -> Inferred {
    shapes!(inputs => [x]);
    if let Some(error) = kinds::floats("x", &x) {
        return error;
    }
    if x.axis(axis).is_none() {
        return no_axis(axis, &x);
    }
    Inferred::Ok(x)
}

/// The infer function of an op over the batch: the same shape, once for all examples; where the leading axes are taken with it,
/// the last axis alone.
pub(super) const fn over_batch(leading: bool, inputs: &[Inferred]) -> Inferred {
    shapes!(inputs => [x]);
    if let Some(error) = kinds::floats("x", &x) {
        return error;
    }
    if !x.batched() {
        let message = Message::new("takes a value of each example, found ").shape(&x);
        return Inferred::Error(message.str(" without a batch axis"));
    }
    if leading && x.rank() == 0 {
        return no_axis(-1, &x);
    }
    let y = if leading { Shape::of(&[x.last().plain()]) } else { x };
    Inferred::Ok(y.with_batch(false))
}

/// The struct of a reduction, with the arguments that all have.
macro_rules! reduction {
    ($(#[$doc:meta])* $op:ident, $at:ident) => {
        $(#[$doc])*
        #[allow(non_camel_case_types)]
        #[derive(Clone, Copy, Debug)]
        pub struct $op {
            over: $crate::ops::reduce::over::Over,
        }

        impl $op {
            /// Over all axes of an example.
            #[allow(clippy::new_without_default)]
            pub const fn new() -> Self {
                Self { over: $crate::ops::reduce::over::Over::ALL }
            }

            /// Over this axis; a negative one counts from the back.
            pub const fn axis(self, axis: isize) -> Self {
                self.axes([axis])
            }

            /// Over these axes.
            pub const fn axes<const N: usize>(self, axes: [isize; N]) -> Self {
                Self { over: self.over.axes(&axes) }
            }

            /// Whether each reduced axis stays, with size 1, so that the result broadcasts against `x`.
            pub const fn keepdims(self, keepdims: bool) -> Self {
                Self { over: self.over.keepdims(keepdims) }
            }

            /// The shape rule.
            pub const fn infer(&self, x: &[$crate::shape::Inferred]) -> $crate::shape::Inferred {
                self.over.infer(x)
            }
        }

        $crate::ops::op!($op, $at);
    };
}
pub(super) use reduction;
