//! `binary_focal_crossentropy`.

use super::Pairs;
use super::binary::{by_logit, by_probability, of_logit, of_probability};
use crate::float::Float;
use crate::losses::form::{self, Form, options, power_slope};
use crate::losses::{rows, rules};
use crate::math::{pow, sigmoid};
use crate::shape::Inferred;

/// `binary_focal_crossentropy(y_true, y_pred, apply_class_balancing = false, alpha = 0.25, gamma = 2.0, from_logits = false,
/// label_smoothing = 0.0)`: the binary crossentropy, with less weight for what is nearly right.
///
/// ```text
/// y = (1/n)·Σ w·f^gamma·b(t, p),   f = t·(1 − p) + (1 − t)·p        dp = dy · w·(gamma·f^(gamma − 1)·(1 − 2t)·b + f^gamma·∂b/∂p)/n
/// w = t·alpha + (1 − t)·(1 − alpha) with `apply_class_balancing`, else 1
/// ```
///
/// with `b` the loss of one pair of [`binary_crossentropy`](crate::losses::binary_crossentropy), and `p = sigmoid(l)` of logits `l`.
/// A target `t` is first smoothed to `t·(1 − label_smoothing) + label_smoothing/2`. Probabilities in `b` are clipped to
/// `1e-7..=1 − 1e-7`; logits are not, so that a loss never loses its gradient.
///
/// # Arguments
/// * `y_true`: floats `[..]` in `0..=1`.
/// * `y_pred`: floats of the same shape: probabilities in `0..=1`, or with `from_logits(true)` any numbers.
///
/// # Output
/// `[]`: the mean over all axes of an example.
///
/// # Errors
/// Different shapes: nothing broadcasts here; numbers other than floats; a `label_smoothing` or `alpha` outside of `0..=1`, a
/// negative `gamma`.
///
/// Follows `keras.losses.BinaryFocalCrossentropy`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct binary_focal_crossentropy {
    apply_class_balancing: bool,
    alpha: f64,
    gamma: f64,
    form: Form,
}

impl binary_focal_crossentropy {
    /// Of probabilities, without balancing and smoothing, with `alpha = 0.25` and `gamma = 2.0`.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        let form = Form::NEW;
        binary_focal_crossentropy { apply_class_balancing: false, alpha: 0.25, gamma: 2.0, form }
    }

    /// Whether targets of 1 weigh `alpha`, and those of 0 `1 − alpha`.
    pub const fn apply_class_balancing(self, apply_class_balancing: bool) -> Self {
        binary_focal_crossentropy { apply_class_balancing, ..self }
    }

    /// The weight of targets of 1 with `apply_class_balancing`; in `0..=1`.
    pub const fn alpha(self, alpha: f64) -> Self {
        binary_focal_crossentropy { alpha, ..self }
    }

    /// How much less what is nearly right weighs; 0 is the binary crossentropy. Not negative.
    pub const fn gamma(self, gamma: f64) -> Self {
        binary_focal_crossentropy { gamma, ..self }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        let rule = form::within("alpha", self.alpha, self.form.check(x, rules::pairs(x)));
        form::not_negative("gamma", self.gamma, rule)
    }

    /// The weight of a target, and its derivative.
    #[inline(always)]
    fn weight<F: Float>(&self, t: F) -> (F, F) {
        if !self.apply_class_balancing {
            return (F::one(), F::zero());
        }
        let slope = F::of(2.0 * self.alpha - 1.0);
        (F::of(1.0 - self.alpha) + t * slope, slope)
    }
}

options!(binary_focal_crossentropy, "between yes and no");
rows::op!(binary_focal_crossentropy, BinaryFocalCrossentropyAt);

/// How wrong a probability is, where `no` is its complement.
#[inline(always)]
fn miss<F: Float>(t: F, p: F, no: F) -> F {
    t * no + (F::one() - t) * p
}

impl Pairs for binary_focal_crossentropy {
    #[inline(always)]
    fn value<F: Float>(&self, t: F, p: F) -> F {
        let t = self.form.smooth(2)(t);
        let (f, b) = if self.form.from_logits {
            (miss(t, sigmoid(p), sigmoid(-p)), of_logit(t, p))
        } else {
            (miss(t, p, F::one() - p), of_probability(t, p))
        };
        self.weight(t).0 * pow(f, F::of(self.gamma)) * b
    }

    #[inline(always)]
    fn slopes<F: Float>(&self, t: F, x: F) -> (F, F) {
        let t = self.form.smooth(2)(t);
        // The probability, its complement, and its derivative with respect to the prediction.
        let (p, no, dp) = if self.form.from_logits {
            (sigmoid(x), sigmoid(-x), sigmoid(x) * sigmoid(-x))
        } else {
            (x, F::one() - x, F::one())
        };
        let (b, (b_t, b_x)) = if self.form.from_logits {
            (of_logit(t, x), by_logit(t, x))
        } else {
            (of_probability(t, x), by_probability(t, x))
        };
        let f = miss(t, p, no);
        let (power, by_f) = (pow(f, F::of(self.gamma)), power_slope(f, self.gamma) * b);
        let (w, w_t) = self.weight(t);
        let dt = w_t * power * b + w * (by_f * (no - p) + power * b_t);
        (dt * self.form.kept(), w * (by_f * dp * (F::one() - t - t) + power * b_x))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::losses::{binary_crossentropy, pairs};
    use crate::ops::check::{error, shape, values};

    #[test]
    fn vjp() {
        let op = binary_focal_crossentropy::new();
        let balanced = op.apply_class_balancing(true).alpha(0.7).label_smoothing(0.2);
        for op in [op, balanced, op.gamma(0.0), balanced.gamma(0.5), balanced.gamma(3.0)] {
            pairs::check(&op, binary_focal_crossentropy::infer, |_, u| 0.1 + 0.8 * u);
            // Targets in 0..1, logits of both signs.
            let fill = |i, u| if i == 0 { 0.1 + 0.8 * u } else { 4.0 * u - 2.0 };
            pairs::check(&op.from_logits(true), binary_focal_crossentropy::infer, fill);
        }
    }

    #[test]
    fn without_gamma_it_is_the_crossentropy() {
        let op = binary_focal_crossentropy::new().gamma(0.0);
        for (t, p) in [(0.0, 0.3), (1.0, 0.3), (0.4, 0.4f64)] {
            let expected = binary_crossentropy::new();
            assert_eq!(op.value(t, p), expected.value(t, p));
            assert_eq!(op.slopes(t, p), expected.slopes(t, p));
        }
    }

    #[test]
    fn logits_and_their_probabilities_are_one() {
        let op = binary_focal_crossentropy::new().apply_class_balancing(true).label_smoothing(0.1);
        for (t, l) in [(0.0, 2.0), (1.0, -3.0), (1.0, 0.5f64)] {
            let difference = op.value(t, sigmoid(l)) - op.from_logits(true).value(t, l);
            assert!(difference.abs() < 1e-15, "{difference}");
        }
    }

    #[test]
    fn certainty_is_finite() {
        for gamma in [0.0, 0.5, 2.0] {
            let op = binary_focal_crossentropy::new().gamma(gamma);
            for (t, p) in [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0f32)] {
                let slopes = op.slopes(t, p);
                assert!(op.value(t, p).is_finite() && slopes.0.is_finite() && slopes.1.is_finite());
                let (op, l) = (op.from_logits(true), 200.0 * p - 100.0);
                let slopes = op.slopes(t, l);
                assert!(op.value(t, l).is_finite() && slopes.0.is_finite() && slopes.1.is_finite());
            }
        }
    }

    #[test]
    fn errors() {
        let found =
            |op: binary_focal_crossentropy| error(op.infer(&values(&[shape([3]), shape([3])])));
        let op = binary_focal_crossentropy::new();
        assert_eq!(found(op.alpha(2.0)), "`alpha` is between 0 and 1, found 2");
        assert_eq!(found(op.gamma(-1.0)), "`gamma` is a number that is not negative, found -1");
        assert_eq!(
            found(op.label_smoothing(f64::NAN)),
            "`label_smoothing` is between 0 and 1, found NaN"
        );
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        let file = include_bytes!("../../../golden/losses/binary_focal.safetensors");
        let op = binary_focal_crossentropy::new();
        crate::losses::golden::check(
            &op,
            binary_focal_crossentropy::infer,
            file,
            [1.67e-7, 2.31e-7],
        );
    }
}
