//! `random_uniform`.

use super::{as_given, fill};
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::random;
use crate::shape::{Inferred, Message};
use crate::site::Keeps;

/// `random_uniform(shape, minval = 0.0, maxval = 1.0)`: numbers spread evenly.
///
/// ```text
/// y = minval + (maxval − minval)·u,  u ~ U[0, 1)
/// ```
///
/// # Arguments
/// * `shape`: the shape of the result; where it is that of a value of each example, each example has its own numbers.
/// * `minval`, `maxval`: constants, in this order.
///
/// # Output
/// Floats of `shape` in `[minval, maxval)`, up to rounding.
///
/// # Errors
/// A `minval` above `maxval`.
///
/// Follows `keras.random.uniform`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct random_uniform {
    shape: Inferred,
    minval: f64,
    maxval: f64,
}

impl random_uniform {
    /// In `[0, 1)`.
    pub const fn new(shape: Inferred) -> Self {
        random_uniform { shape, minval: 0.0, maxval: 1.0 }
    }

    /// The lower bound.
    pub const fn minval(self, minval: f64) -> Self {
        random_uniform { minval, ..self }
    }

    /// The upper bound.
    pub const fn maxval(self, maxval: f64) -> Self {
        random_uniform { maxval, ..self }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        if self.minval > self.maxval || (self.maxval - self.minval).is_nan() {
            let rule = Message::new("`minval` is at most `maxval`, both finite, found ");
            let found = rule.float(self.minval).str(" and ").float(self.maxval);
            return Inferred::Error(found.alone());
        }
        as_given(self.shape, x)
    }
}

op!(random_uniform, RandomUniformAt);

impl Op for random_uniform {
    const KEEPS: Keeps = Keeps::NOTHING;

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        _: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let (start, width) = (F::of(self.minval), F::of(self.maxval - self.minval));
        fill(call, &mut y[0], |key, i| start + width * random::uniform(key, i));
    }

    crate::ops::not_differentiable!();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, shape};
    use crate::ops::random::tests::check;

    #[test]
    fn numbers() {
        let s = Inferred::Ok(shape([5]));
        check_op(&random_uniform::new(s), random_uniform::infer, &[]);
        check(&random_uniform::new(s).minval(-1.0).maxval(3.0), 1.0, 16.0 / 12.0);
        assert_eq!(
            error(random_uniform::new(s).minval(2.0).infer(&[])),
            "`minval` is at most `maxval`, both finite, found 2 and 1"
        );
    }
}
