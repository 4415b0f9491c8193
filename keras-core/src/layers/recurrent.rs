//! What recurrent layers have in common.

use crate::shape::{Dim, Inferred};

/// The shape of what a recurrent layer gives: a value of each of `steps`, or one.
pub(super) const fn outputs(all: bool, steps: usize, units: usize) -> Inferred {
    let (steps, units) = (Dim::of(steps), Dim::of(units));
    let shape = if all { Inferred::shape(&[steps, units]) } else { Inferred::shape(&[units]) };
    shape.unbatched()
}
