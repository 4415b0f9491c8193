//! `random_bernoulli`.

use super::{as_given, fill};
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::random;
use crate::shape::{Inferred, Message};
use crate::site::Keeps;

/// `random_bernoulli(shape, p)`: 1 with probability `p`, else 0.
///
/// ```text
/// y = 1 where u < p, else 0,  u ~ U[0, 1)
/// ```
///
/// # Arguments
/// * `shape`: the shape of the result; where it is that of a value of each example, each example has its own numbers.
/// * `p`: a constant in `0..=1`.
///
/// # Output
/// Floats of `shape`, each 0 or 1.
///
/// # Errors
/// A `p` outside of `0..=1`.
///
/// Follows `keras.random.binomial(shape, 1, p)`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct random_bernoulli {
    shape: Inferred,
    p: f64,
}

impl random_bernoulli {
    /// 1 with probability `p`.
    pub const fn new(shape: Inferred, p: f64) -> Self {
        random_bernoulli { shape, p }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        if !(self.p >= 0.0 && self.p <= 1.0) {
            return Inferred::Error(Message::argument(
                "p",
                "is a probability, between 0 and 1",
                self.p,
            ));
        }
        as_given(self.shape, x)
    }
}

op!(random_bernoulli, RandomBernoulliAt);

impl Op for random_bernoulli {
    const KEEPS: Keeps = Keeps::NOTHING;

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        _: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let p = F::of(self.p);
        let chosen = |key, i| if random::uniform::<F>(key, i) < p { F::one() } else { F::zero() };
        fill(call, &mut y[0], chosen);
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
        check_op(&random_bernoulli::new(s, 0.5), random_bernoulli::infer, &[]);
        check(&random_bernoulli::new(s, 0.2), 0.2, 0.16);
        assert_eq!(
            error(random_bernoulli::new(s, 1.5).infer(&[])),
            "`p` is a probability, between 0 and 1, found 1.5"
        );
    }

    #[test]
    fn the_ends_are_certain() {
        let s = shape([100]);
        let run = |p| {
            crate::ops::random::tests::run(&random_bernoulli::new(Inferred::Ok(s), p), &s, 0, 1)
        };
        assert!(run(0.0).iter().all(|y| *y == 0.0) && run(1.0).iter().all(|y| *y == 1.0));
    }
}
