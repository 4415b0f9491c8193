//! `dropout`.

use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut, kinds};
use crate::random;
use crate::shape::{Inferred, Message, Shape, shapes};
use crate::site::Keeps;

/// `dropout(x, rate)`: each number of `x` with probability `rate` becomes 0, and is divided by what the others are fewer.
///
/// ```text
/// y = x / (1 − rate) where u ≥ rate, else 0,  u ~ U[0, 1)        dx = dy / (1 − rate) where u ≥ rate, else 0
/// ```
///
/// Nothing is kept for the backward pass, which draws the same numbers again. It drops whenever it is called: the layer
/// [`Dropout`](crate::layers::Dropout) does in training alone, and therefore this op is not in the prelude.
///
/// # Arguments
/// * `x`: floats `[..]`; where it is a value of each example, each example has its own numbers.
/// * `rate`: a constant in `0..=1`.
///
/// # Output
/// The shape of `x`.
///
/// # Errors
/// A `rate` outside of `0..=1`; numbers other than floats.
///
/// Follows `keras.random.dropout`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct dropout {
    rate: f64,
}

impl dropout {
    /// 0 with probability `rate`.
    pub const fn new(rate: f64) -> Self {
        dropout { rate }
    }

    /// The shape rule.
    pub const fn infer(&self, inputs: &[Inferred]) -> Inferred {
        shapes!(inputs => [x]);
        if !(self.rate >= 0.0 && self.rate <= 1.0) {
            let rule = "is a probability, between 0 and 1";
            return Inferred::Error(Message::argument("rate", rule, self.rate));
        }
        match kinds::floats("x", &x) {
            Some(error) => error,
            None => Inferred::Ok(x),
        }
    }

    /// `f(y, x / (1 − rate))` for each pair that is not dropped, `f(y, 0)` for the others.
    #[inline(always)]
    fn each<F: Float>(
        &self,
        call: &Call,
        shape: &Shape,
        x: &[F],
        y: &mut [F],
        f: impl Fn(&mut F, F),
    ) {
        let (rate, scale) = (F::of(self.rate), F::of(1.0 / (1.0 - self.rate)));
        let first = if shape.batched() { call.first as u64 * shape.len() as u64 } else { 0 };
        for ((y, x), i) in y.iter_mut().zip(x).zip(first..) {
            let is_kept = random::uniform::<F>(call.key, i) >= rate;
            f(y, if is_kept { *x * scale } else { F::zero() });
        }
    }
}

op!(dropout, DropoutAt);

impl Op for dropout {
    const KEEPS: Keeps = Keeps::NOTHING;

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let ([x], [y]) = (x, y) else { return };
        self.each(call, x.shape, x.data, y.data, |y, x| *y = x);
    }

    fn vjp<F: Float, B: Backend>(
        &self,
        call: &Call,
        _: &[Tensor<'_, F>],
        _: &[Tensor<'_, F>],
        dy: &[Tensor<'_, F>],
        dx: &mut [TensorMut<'_, F>],
    ) {
        let ([dy], [dx]) = (dy, dx) else { return };
        self.each(call, dx.shape, dy.data, dx.data, |dx, dy| *dx += dy);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, ints, outputs, shape, values};

    #[test]
    fn vjp() {
        for rate in [0.0, 0.3, 1.0] {
            check_op(&dropout::new(rate), dropout::infer, &[shape([3, 5])]);
        }
    }

    #[test]
    fn the_mean_stays() {
        let run = |rate| {
            outputs(&dropout::new(rate), dropout::infer, &[(shape([2000]), &[1.0; 2000])]).concat()
        };
        let (y, n) = (run(0.25), 2000.0);
        assert!(y.iter().all(|y| *y == 0.0 || *y == 1.0 / 0.75));
        // Five standard errors of the mean of numbers with variance rate / (1 − rate).
        let mean = y.iter().sum::<f64>() / n;
        assert!((mean - 1.0).abs() < 5.0 * (0.25 / 0.75 / n).sqrt(), "{mean}");
        assert!(run(0.0).iter().all(|y| *y == 1.0) && run(1.0).iter().all(|y| *y == 0.0));
    }

    #[test]
    fn errors() {
        let found = |rate, x| error(dropout::new(rate).infer(&values(&[x])));
        let rule = "`rate` is a probability, between 0 and 1, found";
        assert_eq!(found(1.5, shape([3])), format!("{rule} 1.5"));
        assert_eq!(found(f64::NAN, shape([3])), format!("{rule} NaN"));
        assert!(found(0.5, ints([3], 5)).starts_with("`x` takes floats"));
    }
}
