//! What crossentropies take in common: the form of the predictions, and smoothing of the targets.

use super::rules;
use crate::float::Float;
use crate::math::{max, min, pow};
use crate::ops::reduce::{exp_sum, sum_map};
use crate::shape::{Inferred, Message};

/// Probabilities are clipped to `EPSILON..=1 − EPSILON` before a logarithm, as `keras.config.epsilon()`.
pub(super) const EPSILON: f64 = 1e-7;

/// Probabilities or logits; targets smoothed or not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    pub(super) from_logits: bool,
    pub(super) label_smoothing: f64,
}

impl Form {
    /// Probabilities, without smoothing.
    pub(super) const NEW: Form = Form { from_logits: false, label_smoothing: 0.0 };

    /// What `rule` says of the inputs `x`, where the amount of smoothing is one and predictions have this form.
    pub(super) const fn check(&self, x: &[Inferred], rule: Inferred) -> Inferred {
        let rule = rules::form(self.from_logits, x, rule);
        within("label_smoothing", self.label_smoothing, rule)
    }

    /// The part of a target that smoothing leaves to it.
    #[inline(always)]
    pub(super) fn kept<F: Float>(&self) -> F {
        F::of(1.0 - self.label_smoothing)
    }

    /// What smoothing adds to the target of each of `classes`.
    #[inline(always)]
    pub(super) fn share<F: Float>(&self, classes: usize) -> F {
        F::of(self.label_smoothing / classes as f64)
    }

    /// A target after smoothing over `classes`.
    #[inline(always)]
    pub(super) fn smooth<F: Float>(&self, classes: usize) -> impl Fn(F) -> F + Copy + use<F> {
        let (kept, share) = (self.kept::<F>(), self.share::<F>(classes));
        move |t| t * kept + share
    }
}

/// What `rule` says, where `value` is between 0 and 1.
pub(super) const fn within(name: &str, value: f64, rule: Inferred) -> Inferred {
    if value >= 0.0 && value <= 1.0 {
        return rule;
    }
    Inferred::Error(Message::argument(name, "is between 0 and 1", value))
}

/// What `rule` says, where `value` is a finite number that is not negative.
pub(super) const fn not_negative(name: &str, value: f64, rule: Inferred) -> Inferred {
    if value >= 0.0 && value < f64::INFINITY {
        return rule;
    }
    Inferred::Error(Message::argument(name, "is a number that is not negative", value))
}

/// The options of a loss with a field `form`.
macro_rules! options {
    ($op:ident, $among:literal) => {
        impl $op {
            /// Whether `y_pred` holds logits instead of probabilities.
            pub const fn from_logits(mut self, from_logits: bool) -> Self {
                self.form.from_logits = from_logits;
                self
            }

            #[doc = concat!("How much of a target is shared equally ", $among, "; in `0..=1`.")]
            pub const fn label_smoothing(mut self, label_smoothing: f64) -> Self {
                self.form.label_smoothing = label_smoothing;
                self
            }
        }
    };
}
pub(super) use options;

/// `q`, at least [`EPSILON`] and at most `1 − EPSILON`.
#[inline(always)]
pub(super) fn clipped<F: Float>(q: F) -> F {
    min(max(q, F::of(EPSILON)), F::of(1.0 - EPSILON))
}

/// Whether [`clipped`] leaves `q` as it is: elsewhere its derivative is 0.
#[inline(always)]
pub(super) fn is_inside<F: Float>(q: F) -> bool {
    q > F::of(EPSILON) && q < F::of(1.0 - EPSILON)
}

/// `gamma·f^(gamma − 1)`; finite at 0 also where `gamma` is below 1.
#[inline(always)]
pub(super) fn power_slope<F: Float>(f: F, gamma: f64) -> F {
    F::of(gamma) * pow(max(f, F::of(EPSILON)), F::of(gamma - 1.0))
}

/// The distribution `q` that a row of predictions stands for: `softmax(l)`, or `p / Σ p` clipped.
#[derive(Clone, Copy)]
pub(super) struct Distribution<F> {
    from_logits: bool,
    shift: F,
    sum: F,
    ln_sum: F,
}

impl<F: Float> Distribution<F> {
    #[inline(always)]
    pub(super) fn new(from_logits: bool, p: &[F]) -> Self {
        let (sum, shift) =
            if from_logits { exp_sum(p) } else { (sum_map([p], |[p]| p), F::zero()) };
        Distribution { from_logits, shift, sum, ln_sum: sum.v_ln() }
    }

    /// The probability of a class with this prediction, and its logarithm.
    #[inline(always)]
    pub(super) fn at(&self, p: F) -> (F, F) {
        if self.from_logits {
            ((p - self.shift).v_exp() / self.sum, p - self.shift - self.ln_sum)
        } else {
            let q = clipped(p / self.sum);
            (q, q.v_ln())
        }
    }

    /// `k`, a derivative with respect to `ln q`, where that depends on the prediction: 0 where `q` was clipped.
    #[inline(always)]
    pub(super) fn inside(&self, p: F, k: F) -> F {
        if self.from_logits || is_inside(p / self.sum) { k } else { F::zero() }
    }

    /// The cotangent of a prediction, where `k` is that of its own `ln q`, and `total` is the sum of those of the row.
    ///
    /// ```text
    /// ln q = l − ln Σ exp(l)        dlᵢ = kᵢ − qᵢ·Σⱼ kⱼ
    /// ln q = ln p − ln Σ p          dpᵢ = (kᵢ/qᵢ − Σⱼ kⱼ) / Σ p
    /// ```
    #[inline(always)]
    pub(super) fn vjp(&self, p: F, k: F, total: F) -> F {
        let (q, _) = self.at(p);
        if self.from_logits { k - q * total } else { (k / q - total) / self.sum }
    }
}
