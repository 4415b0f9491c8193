//! Values side by side along an axis: what `concat`, `stack` and `split` have in common.

use super::walk::Walk;
use crate::float::Float;
use crate::ops::{Call, Tensor, TensorMut};
use crate::shape::{Dtype, Inferred, MAX_PORTS, Message, Shape};

/// Part of `whole` along an axis: `width` numbers of each line of `whole.product(axis, rank)`.
const fn part(whole: &Shape, axis: usize, start: usize, width: usize) -> Walk {
    let line = whole.product(axis, whole.rank());
    Walk::at(start).axis(whole.len() / line, line as isize).axis(width, 1)
}

/// Each of `parts` is the next part of `whole` along `axis`: `split`, and the transpose of `concat`.
#[inline(always)]
pub(super) fn read_parts<F: Float>(
    call: &Call,
    axis: isize,
    whole: &Tensor<'_, F>,
    parts: &mut [TensorMut<'_, F>],
) {
    let axis = whole.shape.axis(axis).unwrap_or(0);
    let mut start = 0;
    for y in parts {
        let width = y.shape.product(axis, y.shape.rank());
        part(whole.shape, axis, start, width).read(call, whole, y);
        start += width;
    }
}

/// The parts of `whole` along `axis` are `parts`: `concat`, and the transpose of `split`.
#[inline(always)]
pub(super) fn write_parts<F: Float>(
    call: &Call,
    axis: isize,
    parts: &[Tensor<'_, F>],
    whole: &mut TensorMut<'_, F>,
) {
    let axis = whole.shape.axis(axis).unwrap_or(0);
    let mut start = 0;
    for x in parts {
        let width = x.shape.product(axis, x.shape.rank());
        part(whole.shape, axis, start, width).write(call, x, whole);
        start += width;
    }
}

/// What values that are to stand side by side have in common: their shape, which may differ along
/// `except`. Batched where one of them is; of integers, the largest range.
pub(super) const fn alike(inputs: &[Inferred], except: Option<isize>) -> Inferred {
    if inputs.is_empty() || inputs.len() > MAX_PORTS {
        return Inferred::Error(
            Message::new("takes 1 to ").num(MAX_PORTS).str(" inputs, found ").num(inputs.len()),
        );
    }
    let Inferred::Ok(mut common) = inputs[0] else { return Inferred::Poisoned };
    let mut i = 1;
    while i < inputs.len() {
        let Inferred::Ok(next) = inputs[i] else { return Inferred::Poisoned };
        let Some(dtype) = wider(common.dtype(), next.dtype()) else {
            return Inferred::Error(both("must be of one kind", &common, &next));
        };
        if common.rank() != next.rank() {
            return Inferred::Error(both("have different ranks", &common, &next));
        }
        let mut axis = 0;
        while axis < common.rank() {
            let excepted = match except {
                Some(except) => matches!(common.axis(except), Some(a) if a == axis),
                None => false,
            };
            if !excepted && common.size(axis) != next.size(axis) {
                let error = both("have different sizes", &common, &next);
                return match except {
                    Some(axis) => Inferred::Error(error.str(" outside of axis ").int(axis)),
                    None => Inferred::Error(error),
                };
            }
            axis += 1;
        }
        common = common.with_dtype(dtype).with_batch(common.batched() || next.batched());
        i += 1;
    }
    Inferred::Ok(common)
}

const fn wider(a: Dtype, b: Dtype) -> Option<Dtype> {
    match (a, b) {
        (Dtype::Float, Dtype::Float) | (Dtype::Bool, Dtype::Bool) => Some(a),
        (Dtype::Int { range: x }, Dtype::Int { range: y }) => Some(if x < y { b } else { a }),
        _ => None,
    }
}

const fn both(what: &str, a: &Shape, b: &Shape) -> Message {
    Message::new("").shape(a).str(" and ").shape(b).str(" ").str(what)
}
