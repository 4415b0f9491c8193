//! `slice`: what `x[..n / 2]`, `x[step]` and `x[s![a..b, .., t]]` mean.

use super::cut::{Cut, or};
use super::walk::{Pick, Walk, stride};
use crate::float::Float;
use crate::ops::{Call, Tensor, TensorMut};
use crate::shape::{Dim, Inferred, MAX_RANK, Message, Shape, shapes};

/// Part of a value: ranges and indices, axis by axis.
///
/// ```text
/// y[i, ..] = x[start + step · i, ..]        dx[start + step · i, ..] = dy[i, ..], elsewhere 0
/// ```
///
/// # Arguments
/// * `x`: any shape with at least as many axes as there are ranges and indices.
///
/// The builder methods say what is taken of one axis after the other; axes behind the last one are
/// taken whole. What stands where in brackets:
///
/// | source      | builder                                 | the axis            |
/// | ----------- | --------------------------------------- | ------------------- |
/// | `a..b`      | `.range(Some(a), Some(b), 1)`           | has size `b - a`    |
/// | `a..b;k`    | `.range(Some(a), Some(b), k)`           | rounded up          |
/// | `i`         | `.index(i)`                             | is dropped          |
/// | loop index  | `.dynamic(count)`                       | is dropped          |
/// | `..` in `s!`| `.rest()`                               | any number, whole   |
///
/// # Output
/// The axes that are left.
///
/// # Errors
/// A range or index that is not inside of its axis, or has no size; more of them than axes.
///
/// ```text
/// (x[..n / 2], x[n / 2..])
/// ```
///
/// Follows `keras.ops.slice` and numpy's basic indexing, without negative steps; for these there is
/// [`flip`](super::flip::flip).
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct slice {
    cuts: [Cut; MAX_RANK + 1],
    count: usize,
}

impl slice {
    /// Everything.
    pub const fn new() -> Self {
        slice { cuts: [Cut::Rest; MAX_RANK + 1], count: 0 }
    }

    /// Of the next axis `start..end` in steps of `step`.
    pub const fn range(self, start: Option<Dim>, end: Option<Dim>, step: usize) -> Self {
        self.then(Cut::Range { start, end, step })
    }

    /// Of the next axis element `at`.
    pub const fn index(self, at: Dim) -> Self {
        self.then(Cut::Index(at))
    }

    /// Of the next axis an element whose number, below `count`, is given at run time.
    pub const fn dynamic(self, count: usize) -> Self {
        self.then(Cut::Dynamic(count))
    }

    /// As many whole axes as the other ranges and indices leave: once at most.
    pub const fn rest(self) -> Self {
        self.then(Cut::Rest)
    }

    const fn then(mut self, cut: Cut) -> Self {
        if self.count < self.cuts.len() {
            self.cuts[self.count] = cut;
        }
        self.count += 1;
        self
    }

    /// The shape rule.
    pub const fn infer(&self, inputs: &[Inferred]) -> Inferred {
        shapes!(inputs => [x]);
        self.region(&x)
    }

    /// The shape rule of an assignment `buffer[…] = value`: the shape of the buffer after it, which
    /// has a batch axis where one of the two has. The value has the shape of the region, or is a
    /// scalar that fills it.
    pub const fn infer_write(&self, buffer: &Inferred, value: &Inferred) -> Inferred {
        let (Inferred::Ok(x), Inferred::Ok(h)) = (buffer, value) else { return Inferred::Poisoned };
        let region = match self.region(x) {
            Inferred::Ok(region) => region,
            error => return error.of("slice"),
        };
        if h.rank() > 0 && !h.same_sizes(&region) {
            return Inferred::Error(
                Message::new("slice: ")
                    .shape(h)
                    .str(" cannot be assigned to a part of shape ")
                    .shape(&region)
                    .str(" of ")
                    .shape(x),
            );
        }
        if h.is_float() != x.is_float() || h.is_int() != x.is_int() {
            return Inferred::Error(
                Message::new("slice: ").shape(h).str(" cannot be assigned to a part of ").shape(x),
            );
        }
        let meaning = x.meaning().common(h.meaning());
        Inferred::Ok(x.with_batch(x.batched() || h.batched()).with_meaning(meaning))
    }

    /// The shape of the part of `x`, or the error.
    const fn region(&self, x: &Shape) -> Inferred {
        let Some(rest) = self.rest_of(x) else { return self.too_many(x) };
        // `axis` counts the axes of `x`, `kept` those of `y`.
        let (mut y, mut axis, mut kept, mut i) = (*x, 0, 0, 0);
        while i < self.count {
            let cut = self.cuts[i];
            if let Some(error) = cut.error(x, axis) {
                return error;
            }
            if matches!(cut, Cut::Rest) {
                axis += rest;
                kept += rest;
            } else {
                match cut.dim(x.dim(axis)) {
                    Some(dim) => {
                        y = y.with_dim(kept, dim);
                        kept += 1;
                    }
                    None => y = y.without(kept),
                }
                axis += 1;
            }
            i += 1;
        }
        Inferred::Ok(y)
    }

    /// How many axes of `x` a `..` stands for; none where the cuts are too many.
    const fn rest_of(&self, x: &Shape) -> Option<usize> {
        if self.count > self.cuts.len() {
            return None;
        }
        let (mut named, mut i) = (0, 0);
        while i < self.count {
            named += !matches!(self.cuts[i], Cut::Rest) as usize;
            i += 1;
        }
        if self.count - named > 1 { None } else { x.rank().checked_sub(named) }
    }

    const fn too_many(&self, x: &Shape) -> Inferred {
        Inferred::Error(
            Message::new("")
                .shape(x)
                .str(" has ")
                .num(x.rank())
                .str(if x.rank() == 1 { " axis" } else { " axes" })
                .str(", found ")
                .num(self.count)
                .str(" ranges and indices (`..` may stand once)"),
        )
    }

    /// The places in a value of shape `x`; `index[k]` is the number that the `k`-th `dynamic` stands for.
    #[inline(always)]
    fn walk_at(&self, x: &Shape, index: [usize; MAX_RANK]) -> Walk {
        let rest = self.rest_of(x).unwrap_or(0);
        let (mut walk, mut axis, mut index) = (Walk::at(0), 0, index.into_iter());
        for cut in self.cuts.iter().take(self.count) {
            let (start, step) = match *cut {
                Cut::Rest => {
                    walk = walk.axes(x, axis, axis + rest);
                    axis += rest;
                    continue;
                }
                Cut::Index(at) => (at.get(), 1),
                Cut::Dynamic(_) => (index.next().unwrap_or(0), 1),
                Cut::Range { start, step, .. } => (or(start, Dim::of(0)).get(), step),
            };
            let (size, stride) = (cut.dim(x.dim(axis)), stride(x, axis));
            walk = walk.skip(start * stride as usize);
            walk = walk.axis(or(size, Dim::of(1)).get(), step as isize * stride);
            axis += 1;
        }
        walk.axes(x, axis, x.rank())
    }

    /// `y = x[self]`, with the run-time numbers `index` for `dynamic`, in the order they stand in.
    #[inline(always)]
    pub fn read<F: Float>(
        &self,
        call: &Call,
        index: [usize; MAX_RANK],
        x: Tensor<'_, F>,
        mut y: TensorMut<'_, F>,
    ) {
        self.walk_at(x.shape, index).read(call, &x, &mut y);
    }

    /// `dx[self] += dy`.
    #[inline(always)]
    pub fn read_vjp<F: Float>(
        &self,
        call: &Call,
        index: [usize; MAX_RANK],
        dy: Tensor<'_, F>,
        dx: TensorMut<'_, F>,
    ) {
        let mut dx = TensorMut { add: true, ..dx };
        self.walk_at(dx.shape, index).write(call, &dy, &mut dx);
    }

    /// `y[self] = h`; a scalar `h` fills the region. A `h` without a batch axis is for all examples.
    #[inline(always)]
    pub fn write<F: Float>(
        &self,
        call: &Call,
        index: [usize; MAX_RANK],
        h: Tensor<'_, F>,
        y: TensorMut<'_, F>,
    ) {
        let (walk, mut y) = (self.walk_at(y.shape, index), TensorMut { add: false, ..y });
        if h.shape.rank() > 0 {
            return walk.write(call, &h, &mut y);
        }
        for b in 0..call.rows(y.shape) {
            let value = h.row(b).first().copied().unwrap_or_default();
            walk.fill(y.row(b), value);
        }
    }

    /// The vjp of [`write`](Self::write): `dh = dy[self]` (added where `dh.add`), and then
    /// `dy[self] = 0`, because what was there before the assignment has no say in the result.
    #[inline(always)]
    pub fn write_vjp<F: Float>(
        &self,
        call: &Call,
        index: [usize; MAX_RANK],
        mut dy: TensorMut<'_, F>,
        mut dh: TensorMut<'_, F>,
    ) {
        let walk = self.walk_at(dy.shape, index);
        if dh.is_some() && dh.shape.rank() > 0 {
            walk.read(call, &Tensor { data: dy.data, shape: dy.shape }, &mut dh);
        } else if dh.is_some() {
            if !dh.add {
                dh.data.fill(F::zero());
            }
            for b in 0..call.rows(dy.shape) {
                let sum = walk.sum(dy.row(b));
                dh.row(b).iter_mut().for_each(|dh| *dh += sum);
            }
        }
        if dy.is_some() {
            for b in 0..call.rows(dy.shape) {
                walk.fill(dy.row(b), F::zero());
            }
        }
    }
}

impl Default for slice {
    fn default() -> Self {
        Self::new()
    }
}

impl Pick for slice {
    const ONCE: bool = false;

    #[inline(always)]
    fn walk(&self, x: &Shape, _: &Shape) -> Walk {
        self.walk_at(x, [0; MAX_RANK])
    }
}

crate::ops::op!(slice, SliceAt);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, ints, outputs, shape, values};
    use crate::shape::Fault;

    const fn to(size: usize) -> Option<Dim> {
        Some(Dim::of(size))
    }

    #[test]
    fn forward() {
        let y = outputs(
            &slice::new().range(to(1), None, 1).range(None, None, 2),
            slice::infer,
            &[(shape([2, 3]), &[0., 1., 2., 3., 4., 5.])],
        );
        assert_eq!(y, [[3., 5.]]);
    }

    #[test]
    fn vjp() {
        let all = slice::new();
        check_op(&all, slice::infer, &[shape([3])]);
        check_op(&all.range(None, to(2), 1), slice::infer, &[shape([5])]);
        check_op(&all.range(to(1), None, 2), slice::infer, &[shape([6, 2])]);
        check_op(&all.index(Dim::of(1)), slice::infer, &[shape([3, 4])]);
        check_op(&all.rest().index(Dim::of(2)), slice::infer, &[shape([2, 2, 3])]);
        let mixed = all.range(to(1), to(3), 1).rest().range(None, None, 3).index(Dim::of(0));
        check_op(&mixed, slice::infer, &[shape([3, 2, 4, 2])]);
        check_op(&all.index(Dim::of(0)), slice::infer, &[ints([3], 4)]);
    }

    #[test]
    fn shapes() {
        let infer = |op: slice| op.infer(&values(&[shape([10, 4])]));
        let all = slice::new();
        assert!(infer(all.range(to(1), None, 2)).get().same_sizes(&shape([5, 4])));
        assert!(infer(all.rest().index(Dim::of(0))).get().same_sizes(&shape([10])));
        for (op, text) in [
            (all.range(None, to(0), 1), "[..0] of axis 0 of [10, 4] has no size"),
            (all.rest().range(to(2), to(5), 1), "[2..5] of axis 1 of [10, 4] is out of range"),
            (all.range(None, None, 0), "[..] of axis 0 of [10, 4] has a step of zero"),
            (all.index(Dim::of(10)), "index 10 of axis 0 of [10, 4] is out of range"),
            (all.dynamic(11), "an index that counts to 11 of axis 0 of [10, 4] is out of range"),
            (
                all.rest().rest(),
                "[10, 4] has 2 axes, found 2 ranges and indices (`..` may stand once)",
            ),
        ] {
            assert_eq!(error(infer(op)), text);
        }
        let below = Dim::of(1).sub(Dim::of(2));
        assert_eq!(
            error(infer(all.index(below))),
            "index 1 - 2 of axis 0 of [10, 4] is below zero"
        );
        let unknown = Dim::faulty(Fault::Poisoned);
        assert!(matches!(infer(all.range(Some(unknown), None, 1)), Inferred::Poisoned));
    }

    #[test]
    fn an_assignment_has_the_shape_of_the_part() {
        let row = slice::new().dynamic(3);
        let write =
            |h| row.infer_write(&Inferred::Ok(shape([3, 4]).with_batch(false)), &Inferred::Ok(h));
        assert!(write(shape([4])).get().batched());
        assert!(write(shape([])).is_ok());
        assert_eq!(
            error(write(shape([3]))),
            "slice: [3] cannot be assigned to a part of shape [4] of [3, 4]"
        );
        assert_eq!(
            error(write(ints([4], 2))),
            "slice: integers [4] cannot be assigned to a part of [3, 4]"
        );
    }
}
