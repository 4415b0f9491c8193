//! Counts at one threshold, and `precision` and `recall`, which are made of them.

use super::counts::{Counts, not_among, of_class, statistics};
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut, op};
use crate::shape::{Inferred, Message};
use crate::site::{Finish, Keeps};

/// When a prediction is a yes.
#[derive(Clone, Copy, Debug)]
struct Decision {
    thresholds: Option<f64>,
    top_k: Option<usize>,
    class_id: Option<usize>,
}

impl Decision {
    const fn infer(&self, x: &[Inferred]) -> Inferred {
        if let Some(threshold) = self.thresholds
            && !(threshold >= 0.0 && threshold <= 1.0)
        {
            return Inferred::Error(Message::argument(
                "thresholds",
                "is between 0 and 1",
                threshold,
            ));
        }
        if let (Some(k), [_, Inferred::Ok(y_pred)]) = (self.top_k, x)
            && (k == 0 || k > y_pred.last().get())
        {
            return not_among("top_k", k, y_pred);
        }
        statistics(of_class(x, self.class_id), Some(4))
    }

    /// The four counts of each example.
    fn forward<F: Float>(&self, call: &Call, x: &[Tensor<'_, F>], y: &mut TensorMut<'_, F>) {
        let classes = x[1].shape.last().get();
        for b in 0..call.rows(y.shape) {
            let counts = y.row(b);
            counts.fill(F::zero());
            let rows = x[0].row(b).chunks_exact(classes).zip(x[1].row(b).chunks_exact(classes));
            for (t, p) in rows {
                for i in (0..classes).filter(|i| self.class_id.is_none_or(|id| id == *i)) {
                    let outcome = match (t[i] != F::zero(), self.is_yes(p, i)) {
                        (true, true) => 0,
                        (false, true) => 1,
                        (false, false) => 2,
                        (true, false) => 3,
                    };
                    counts[outcome] += F::one();
                }
            }
        }
    }

    /// Whether prediction `i` of `p` is above the threshold and among the largest; of equal ones the first count.
    fn is_yes<F: Float>(&self, p: &[F], i: usize) -> bool {
        let default = if self.top_k.is_some() { f64::NEG_INFINITY } else { 0.5 };
        let before = |(j, q): (usize, &F)| *q > p[i] || (j < i && *q == p[i]);
        let rank = || p.iter().enumerate().filter(|q| before(*q)).count();
        p[i] > F::of(self.thresholds.unwrap_or(default)) && self.top_k.is_none_or(|k| rank() < k)
    }
}

/// The counts whose sums are `totals`.
fn counts(totals: &[f64]) -> Counts {
    Counts {
        true_positives: totals[0],
        false_positives: totals[1],
        true_negatives: totals[2],
        false_negatives: totals[3],
    }
}

macro_rules! positives {
    ($($(#[$doc:meta])* $op:ident, $at:ident, $keras:literal, $result:expr;)*) => {$(
        $(#[$doc])*
        ///
        /// # Arguments
        /// * `y_true`: floats `[..]`, 0 for no; any other number is a yes.
        /// * `y_pred`: floats of the same shape: probabilities in `0..=1`.
        /// * `thresholds`: one number in `0..=1`; a prediction above it is a yes. With `top_k` there is none by default.
        /// * `top_k`: only the `top_k` largest predictions along the last axis may be a yes; of equal ones the first count.
        /// * `class_id`: only this class, along the last axis, counts.
        ///
        /// # Output
        /// `[4]`: statistics of an example, which the metric makes one number of at the end of an epoch.
        ///
        /// # Errors
        /// Different shapes: nothing broadcasts here; numbers other than floats; a threshold outside of `0..=1`; fewer
        /// classes than `top_k` or `class_id` needs.
        ///
        #[doc = concat!("Follows `keras.metrics.", $keras, "`.")]
        #[allow(non_camel_case_types)]
        #[derive(Clone, Copy, Debug)]
        pub struct $op {
            rule: Decision,
        }

        impl $op {
            /// With a threshold of 0.5, over all classes.
            #[allow(clippy::new_without_default)]
            pub const fn new() -> Self {
                $op { rule: Decision { thresholds: None, top_k: None, class_id: None } }
            }

            /// With this threshold.
            pub const fn thresholds(self, thresholds: f64) -> Self {
                $op { rule: Decision { thresholds: Some(thresholds), ..self.rule } }
            }

            /// Only the `top_k` largest predictions may be a yes.
            pub const fn top_k(self, top_k: usize) -> Self {
                $op { rule: Decision { top_k: Some(top_k), ..self.rule } }
            }

            /// Only this class counts.
            pub const fn class_id(self, class_id: usize) -> Self {
                $op { rule: Decision { class_id: Some(class_id), ..self.rule } }
            }

            /// The shape rule.
            pub const fn infer(&self, x: &[Inferred]) -> Inferred {
                self.rule.infer(x)
            }
        }

        op!($op, $at);

        impl Op for $op {
            const KEEPS: Keeps = Keeps::NOTHING;
            const RESULT: Option<Finish<Self>> = Some(|_, totals, _| $result(&counts(totals)));

            fn forward<F: Float, B: Backend>(
                &self,
                call: &Call,
                x: &[Tensor<'_, F>],
                y: &mut [TensorMut<'_, F>],
            ) {
                self.rule.forward(call, x, &mut y[0]);
            }

            crate::ops::not_differentiable!();
        }
    )*};
}

positives! {
    /// `precision(y_true, y_pred, thresholds = 0.5)`: how many of the positive predictions are right. Not differentiable.
    ///
    /// ```text
    /// true positives / (true positives + false positives), 0 where there are none
    /// ```
    precision, PrecisionAt, "Precision", Counts::precision;

    /// `recall(y_true, y_pred, thresholds = 0.5)`: how many of the positive targets are found. Not differentiable.
    ///
    /// ```text
    /// true positives / (true positives + false negatives), 0 where there are none
    /// ```
    recall, RecallAt, "Recall", Counts::recall;

    /// `true_positives(y_true, y_pred, thresholds = 0.5)`: how many positive predictions are right. Not differentiable.
    true_positives, TruePositivesAt, "TruePositives", |counts: &Counts| counts.true_positives;

    /// `false_positives(y_true, y_pred, thresholds = 0.5)`: how many positive predictions are wrong. Not differentiable.
    false_positives, FalsePositivesAt, "FalsePositives", |counts: &Counts| counts.false_positives;

    /// `true_negatives(y_true, y_pred, thresholds = 0.5)`: how many negative predictions are right. Not differentiable.
    true_negatives, TrueNegativesAt, "TrueNegatives", |counts: &Counts| counts.true_negatives;

    /// `false_negatives(y_true, y_pred, thresholds = 0.5)`: how many negative predictions are wrong. Not differentiable.
    false_negatives, FalseNegativesAt, "FalseNegatives", |counts: &Counts| counts.false_negatives;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::counts::yes_and_no;
    use crate::ops::check::{check_op_on, error, outputs, shape, values};

    #[test]
    fn forward() {
        for shape in [shape([]), shape([1]), shape([5, 3])] {
            for op in [precision::new(), precision::new().thresholds(0.2).top_k(1)] {
                check_op_on(&op, precision::infer, &[shape, shape], yes_and_no);
            }
        }
    }

    fn statistics_of(op: recall) -> Vec<f64> {
        let (t, p) = ([1.0, 0.0, 1.0, 0.0, 0.0, 2.0], [0.3, 0.6, 0.6, 0.1, 0.9, 0.8]);
        outputs(&op, recall::infer, &[(shape([2, 3]), &t), (shape([2, 3]), &p)]).remove(0)
    }

    #[test]
    fn options_narrow_what_counts() {
        assert_eq!(statistics_of(recall::new()), [2.0, 2.0, 1.0, 1.0]);
        assert_eq!(statistics_of(recall::new().thresholds(0.85)), [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(statistics_of(recall::new().class_id(2)), [2.0, 0.0, 0.0, 0.0]);
        // Of the two 0.6 the first is the largest.
        assert_eq!(statistics_of(recall::new().top_k(1)), [0.0, 2.0, 1.0, 3.0]);
        assert_eq!(statistics_of(recall::new().top_k(3)), [3.0, 3.0, 0.0, 0.0]);
        assert_eq!(statistics_of(recall::new().top_k(2).thresholds(0.7)), [1.0, 1.0, 2.0, 2.0]);
    }

    #[test]
    fn errors() {
        let found = |op: recall, shape| error(op.infer(&values(&[shape, shape])));
        assert_eq!(
            found(recall::new().class_id(3), shape([3])),
            "`class_id` is 3, but `y_pred` [3] has 3 classes"
        );
        assert_eq!(
            found(recall::new().class_id(0), shape([])),
            "takes `y_pred` [.., classes], found []"
        );
        assert_eq!(
            found(recall::new().top_k(4), shape([3])),
            "`top_k` is from 1 to 3, the classes of `y_pred` [3], found 4"
        );
        assert_eq!(
            found(recall::new().thresholds(1.5), shape([3])),
            "`thresholds` is between 0 and 1, found 1.5"
        );
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        use crate::metrics::golden::golden;
        golden!(precision::new(), "Precision", "Precision_weighted");
        golden!(precision::new().class_id(1), "Precision_class", "Precision_class_weighted");
        golden!(recall::new(), "Recall", "Recall_weighted");
        golden!(true_positives::new(), "TruePositives", "TruePositives_weighted");
        golden!(false_positives::new(), "FalsePositives", "FalsePositives_weighted");
        golden!(true_negatives::new(), "TrueNegatives", "TrueNegatives_weighted");
        golden!(false_negatives::new(), "FalseNegatives", "FalseNegatives_weighted");
    }
}
