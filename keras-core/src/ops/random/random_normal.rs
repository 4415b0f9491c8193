//! `random_normal`.

use super::{as_given, fill};
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::random;
use crate::shape::{Inferred, Message};
use crate::site::Keeps;

/// `random_normal(shape, mean = 0.0, stddev = 1.0)`: numbers of the normal distribution.
///
/// ```text
/// y = mean + stddev·z,  z ~ N(0, 1)
/// ```
///
/// # Arguments
/// * `shape`: the shape of the result; where it is that of a value of each example, each example has its own numbers.
/// * `mean`, `stddev`: constants; `stddev` is at least 0.
///
/// # Output
/// Floats of `shape`.
///
/// # Errors
/// A `stddev` below 0.
///
/// Follows `keras.random.normal`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct random_normal {
    shape: Inferred,
    mean: f64,
    stddev: f64,
}

impl random_normal {
    /// With mean 0 and standard deviation 1.
    pub const fn new(shape: Inferred) -> Self {
        random_normal { shape, mean: 0.0, stddev: 1.0 }
    }

    /// With this mean.
    pub const fn mean(self, mean: f64) -> Self {
        random_normal { mean, ..self }
    }

    /// With this standard deviation.
    pub const fn stddev(self, stddev: f64) -> Self {
        random_normal { stddev, ..self }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        if self.stddev < 0.0 || self.stddev.is_nan() {
            return Inferred::Error(Message::argument("stddev", "is at least 0", self.stddev));
        }
        as_given(self.shape, x)
    }
}

op!(random_normal, RandomNormalAt);

impl Op for random_normal {
    const KEEPS: Keeps = Keeps::NOTHING;

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        _: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let (mean, stddev) = (F::of(self.mean), F::of(self.stddev));
        fill(call, &mut y[0], |key, i| mean + stddev * random::normal(key, i));
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
        check_op(&random_normal::new(s), random_normal::infer, &[]);
        check(&random_normal::new(s).mean(3.0).stddev(0.5), 3.0, 0.25);
        assert_eq!(
            error(random_normal::new(s).stddev(-1.0).infer(&[])),
            "`stddev` is at least 0, found -1"
        );
    }
}
