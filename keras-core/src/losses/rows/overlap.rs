//! `dice` and `tversky`.

use super::Rows;
use crate::float::Float;
use crate::losses::{form, form::EPSILON, rows, rules};
use crate::ops::reduce::sum_map;
use crate::shape::{Inferred, Shape};

rows::op! {
    /// `dice(y_true, y_pred)`: how little two masks overlap: 0 where they are the same, 1 where they have nothing in common.
    ///
    /// ```text
    /// y = 1 − 2·Σ t·p / D,  D = Σ t + Σ p + 1e-7        dp = −dy · (2·t − (1 − y)) / D        dt = −dy · (2·p − (1 − y)) / D
    /// ```
    ///
    /// # Arguments
    /// * `y_true`: floats `[..]` in `0..=1`.
    /// * `y_pred`: floats of the same shape: probabilities.
    ///
    /// # Output
    /// `[]`: of all axes of an example together.
    ///
    /// # Errors
    /// Different shapes: nothing broadcasts here; numbers other than floats.
    ///
    /// Follows `keras.losses.Dice` with `axis` all but the batch; without one, Keras takes the whole batch as one mask.
    dice, DiceAt, pairs, |_| Overlap { scale: 2.0, both: 0.0, of_t: 1.0, of_p: 1.0 }
}

/// `tversky(y_true, y_pred, alpha = 0.5, beta = 0.5)`: how little two masks overlap, where what is missed and what is too much
/// weigh differently.
///
/// ```text
/// y = 1 − Σ t·p / D,  D = Σ t·p + alpha·Σ t·(1 − p) + beta·Σ (1 − t)·p + 1e-7,  m = 1 − alpha − beta
/// dp = −dy · (t − (1 − y)·(m·t + beta)) / D        dt = −dy · (p − (1 − y)·(m·p + alpha)) / D
/// ```
///
/// # Arguments
/// * `y_true`: floats `[..]` in `0..=1`.
/// * `y_pred`: floats of the same shape: probabilities.
///
/// # Output
/// `[]`: of all axes of an example together.
///
/// # Errors
/// Different shapes: nothing broadcasts here; numbers other than floats; a negative `alpha` or `beta`.
///
/// Follows `keras.losses.Tversky` with `axis` all but the batch; without one, Keras takes the whole batch as one mask. As there,
/// `alpha` is the weight of what is missed.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct tversky {
    alpha: f64,
    beta: f64,
}

impl tversky {
    /// With `alpha = 0.5` and `beta = 0.5`, which is [`dice`].
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        tversky { alpha: 0.5, beta: 0.5 }
    }

    /// The weight of what the prediction misses; not negative.
    pub const fn alpha(self, alpha: f64) -> Self {
        tversky { alpha, ..self }
    }

    /// The weight of what the prediction has too much; not negative.
    pub const fn beta(self, beta: f64) -> Self {
        tversky { beta, ..self }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        let rule = form::not_negative("beta", self.beta, rules::pairs(x));
        form::not_negative("alpha", self.alpha, rule)
    }

    const fn overlap(&self) -> Overlap {
        let both = 1.0 - self.alpha - self.beta;
        Overlap { scale: 1.0, both, of_t: self.alpha, of_p: self.beta }
    }
}

rows::op!(tversky, TverskyAt, |loss| loss.overlap());

/// `1 − scale·Σ t·p / (both·Σ t·p + of_t·Σ t + of_p·Σ p + 1e-7)`.
#[derive(Clone, Copy)]
struct Overlap {
    scale: f64,
    both: f64,
    of_t: f64,
    of_p: f64,
}

impl Overlap {
    /// The quotient, and what is below.
    #[inline(always)]
    fn quotient<F: Float>(&self, t: &[F], p: &[F]) -> (F, F) {
        let common = sum_map([t, p], |[t, p]| t * p);
        let each = sum_map([t, p], |[t, p]| t * F::of(self.of_t) + p * F::of(self.of_p));
        let below = common * F::of(self.both) + each + F::of(EPSILON);
        (common * F::of(self.scale) / below, below)
    }
}

/// The whole example is one row.
impl Rows for Overlap {
    #[inline(always)]
    fn len(&self, example: &Shape) -> usize {
        example.len()
    }

    #[inline(always)]
    fn value<F: Float>(&self, t: &[F], p: &[F]) -> F {
        F::one() - self.quotient(t, p).0
    }

    #[inline(always)]
    fn slopes<F: Float>(&self, t: &[F], p: &[F]) -> impl Fn(F, F) -> (F, F) {
        let (quotient, below) = self.quotient(t, p);
        // The derivative with respect to one of two numbers, where the other is `x`.
        let slope = move |x: F, own: f64| {
            let both = x * F::of(self.both) + F::of(own);
            (quotient * both - x * F::of(self.scale)) / below
        };
        move |t, p| (slope(p, self.of_t), slope(t, self.of_p))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::losses::pairs;
    use crate::ops::check::{error, outputs, shape, values};

    #[test]
    fn vjp() {
        pairs::check(&dice, dice::infer, |_, u| 0.1 + 0.8 * u);
        let op = tversky::new();
        for op in [op, op.alpha(0.9).beta(0.2), op.alpha(0.0).beta(1.0)] {
            pairs::check(&op, tversky::infer, |_, u| 0.1 + 0.8 * u);
        }
    }

    #[test]
    fn of_known_masks() {
        let x = [(shape([4]), &[1.0, 1.0, 0.0, 0.0][..]), (shape([4]), &[1.0, 0.0, 1.0, 1.0][..])];
        let near = |found: f64, expected: f64| {
            assert!((found - expected).abs() < 1e-7, "{found} {expected}");
        };
        near(outputs(&dice, dice::infer, &x)[0][0], 1.0 - 2.0 / 5.0);
        let op = tversky::new();
        near(outputs(&op, tversky::infer, &x)[0][0], 1.0 - 2.0 / 5.0);
        // One is in both, one is missed, two are too much.
        near(outputs(&op.alpha(3.0).beta(0.25), tversky::infer, &x)[0][0], 1.0 - 1.0 / 4.5);
    }

    #[test]
    fn errors() {
        let found = |op: tversky| error(op.infer(&values(&[shape([3]), shape([3])])));
        let expected = "is a number that is not negative, found";
        assert_eq!(found(tversky::new().alpha(-1.0)), format!("`alpha` {expected} -1"));
        assert_eq!(found(tversky::new().beta(f64::NAN)), format!("`beta` {expected} NaN"));
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        use crate::losses::golden::check_whole;
        let file = include_bytes!("../../../golden/losses/dice.safetensors");
        check_whole(&dice, dice::infer, file, [2.03e-8, 6.63e-9]);
        let file = include_bytes!("../../../golden/losses/tversky.safetensors");
        check_whole(&tversky::new(), tversky::infer, file, [4.59e-8, 3.43e-9]);
    }
}
