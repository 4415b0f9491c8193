//! `auc`.

use super::counts::{Counts, ratio};
use super::thresholds::{Thresholds, points};
use crate::backend::Backend;
use crate::float::Float;
use crate::losses::rules;
use crate::math;
use crate::ops::{Call, Op, Tensor, TensorMut, op};
use crate::shape::Inferred;
use crate::site::{Finish, Keeps};

/// The curve whose area [`auc`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
    /// The recall over the rate of false positives.
    Roc,
    /// The precision over the recall.
    Pr,
}

/// How [`auc`] adds up the area between two thresholds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SummationMethod {
    /// A trapezoid under the ROC curve; under the PR curve the counts, not the precision, are interpolated.
    Interpolation,
    /// A rectangle of the lower height.
    Minoring,
    /// A rectangle of the greater height.
    Majoring,
}

/// `auc(y_true, y_pred, num_thresholds = 200, curve = Curve::Roc, summation_method = SummationMethod::Interpolation,
/// from_logits = false)`: the area under a curve, a measure of how well predictions rank. Not differentiable.
///
/// ```text
/// Roc:  x = false positives / negatives    y = recall         Pr:  x = recall    y = precision
///
/// Σ (xᵢ − xᵢ₊₁)·(yᵢ + yᵢ₊₁)/2 over neighbouring thresholds; with Pr and Interpolation, where p = true + false positives,
/// Σ s·(Δtp + (tpᵢ₊₁ − s·pᵢ₊₁)·ln(pᵢ/pᵢ₊₁)) / positives,  s = Δtp/Δp
/// ```
///
/// The thresholds are evenly spaced in `0..=1`; more of them give a finer curve.
///
/// # Arguments
/// * `y_true`: floats `[..]`, 0 for no; any other number is a yes.
/// * `y_pred`: floats of the same shape: probabilities in `0..=1`, or with `from_logits(true)` any numbers.
/// * `num_thresholds`: at least 2.
///
/// # Output
/// `[2·num_thresholds]`: statistics of an example, which the metric makes one number of at the end of an epoch.
///
/// # Errors
/// Different shapes: nothing broadcasts here; numbers other than floats; fewer than two thresholds.
///
/// Follows `keras.metrics.AUC`, without `multi_label`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct auc {
    thresholds: Thresholds,
    curve: Curve,
    summation_method: SummationMethod,
    from_logits: bool,
}

impl auc {
    /// Under the ROC curve, of probabilities, with 200 thresholds.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        auc {
            thresholds: Thresholds::DEFAULT,
            curve: Curve::Roc,
            summation_method: SummationMethod::Interpolation,
            from_logits: false,
        }
    }

    /// With so many thresholds.
    pub const fn num_thresholds(self, num_thresholds: usize) -> Self {
        auc { thresholds: Thresholds { num_thresholds, ..self.thresholds }, ..self }
    }

    /// Under this curve.
    pub const fn curve(self, curve: Curve) -> Self {
        auc { curve, ..self }
    }

    /// How the area is added up.
    pub const fn summation_method(self, summation_method: SummationMethod) -> Self {
        auc { summation_method, ..self }
    }

    /// Whether `y_pred` holds logits instead of probabilities.
    pub const fn from_logits(self, from_logits: bool) -> Self {
        auc { from_logits, ..self }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        rules::form(self.from_logits, x, self.thresholds.infer(x))
    }

    fn area(&self, totals: &[f64]) -> f64 {
        let neighbours = points(totals).skip(1).zip(points(totals));
        neighbours.map(|(low, high)| self.strip(&low, &high)).sum()
    }

    /// The area between a threshold and the next higher one.
    fn strip(&self, low: &Counts, high: &Counts) -> f64 {
        let (x, y): (Rate, Rate) = match self.curve {
            Curve::Roc => (|counts| 1.0 - counts.specificity(), Counts::recall),
            Curve::Pr => (Counts::recall, Counts::precision),
        };
        let height = match (self.summation_method, self.curve) {
            (SummationMethod::Interpolation, Curve::Pr) => return interpolated(low, high),
            (SummationMethod::Interpolation, Curve::Roc) => (y(low) + y(high)) / 2.0,
            (SummationMethod::Minoring, _) => y(low).min(y(high)),
            (SummationMethod::Majoring, _) => y(low).max(y(high)),
        };
        (x(low) - x(high)) * height
    }
}

type Rate = fn(&Counts) -> f64;

/// The area under the PR curve between two thresholds, where the true positives grow evenly with the positive predictions
/// (Davis and Goadrich 2006).
fn interpolated(low: &Counts, high: &Counts) -> f64 {
    let predicted = |counts: &Counts| counts.true_positives + counts.false_positives;
    let found = low.true_positives - high.true_positives;
    let slope = ratio(found, predicted(low) - predicted(high));
    let intercept = high.true_positives - slope * predicted(high);
    let has_both = predicted(low) > 0.0 && predicted(high) > 0.0;
    let log = if has_both { math::ln(predicted(low) / predicted(high)) } else { 0.0 };
    let positives = high.true_positives + high.false_negatives;
    ratio(slope * (found + intercept * log), positives)
}

op!(auc, AucAt);

impl Op for auc {
    const KEEPS: Keeps = Keeps::NOTHING;
    const RESULT: Option<Finish<Self>> = Some(|auc, totals, _| auc.area(totals));

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        // The lowest threshold is a little below 0: every prediction is above it.
        let below = |p: F| self.thresholds.below(p).max(1);
        if self.from_logits {
            self.thresholds.forward(call, x, &mut y[0], |p| below(math::sigmoid(p)));
        } else {
            self.thresholds.forward(call, x, &mut y[0], below);
        }
    }

    crate::ops::not_differentiable!();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::counts::yes_and_no;
    use crate::ops::check::{check_op_on, error, shape, values};

    const LOGITS: auc = auc::new().num_thresholds(7).from_logits(true);

    #[test]
    fn forward() {
        for shape in [shape([]), shape([1]), shape([5, 3])] {
            for op in [auc::new(), LOGITS] {
                check_op_on(&op, auc::infer, &[shape, shape], yes_and_no);
            }
        }
        let one = auc::new().num_thresholds(1);
        assert_eq!(
            error(one.infer(&values(&[shape([3]), shape([3])]))),
            "`num_thresholds` is at least 2, found 1"
        );
    }

    /// The area of four examples, two of them positive, at the thresholds 0, 0.5 and 1: the points of the curves are
    /// (0, 0), (1/2, 1/2) and (1, 1), and, as precision over recall, (0, 0), (1/2, 1/2) and (1, 1/2).
    #[test]
    fn sums() {
        use Curve::{Pr, Roc};
        use SummationMethod::{Interpolation, Majoring, Minoring};
        let totals = [0.0, 1.0, 1.0, 0.0, 1.0, 1.0];
        let area = |curve, method| auc::new().curve(curve).summation_method(method).area(&totals);
        assert_eq!([Interpolation, Minoring, Majoring].map(|m| area(Roc, m)), [0.5, 0.25, 0.75]);
        assert_eq!([Interpolation, Minoring, Majoring].map(|m| area(Pr, m)), [0.5, 0.25, 0.5]);
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        use crate::metrics::golden::golden;
        golden!(auc::new(), "AUC_ROC", "AUC_ROC_weighted");
        golden!(auc::new().curve(Curve::Pr), "AUC_PR", "AUC_PR_weighted");
    }
}
