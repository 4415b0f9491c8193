//! The best of one rate where another is good enough: `precision_at_recall` and its kin.

use super::counts::Counts;
use super::thresholds::{Thresholds, points};
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut, op};
use crate::shape::{Inferred, Message};
use crate::site::{Finish, Keeps};

macro_rules! at {
    ($($op:ident, $at:ident, $keras:literal: $best:literal = $rate:expr, where $least:ident is $constraint:expr;)*) => {$(
        #[doc = concat!("`", stringify!($op), "(y_true, y_pred, ", stringify!($least), ", num_thresholds = 200)`: the best ", $best)]
        #[doc = concat!("at a threshold where the ", stringify!($least), " is at least the given one. Not differentiable.")]
        ///
        /// 0 where there is no such threshold. The thresholds are evenly spaced in `0..=1`.
        ///
        /// # Arguments
        /// * `y_true`: floats `[..]`, 0 for no; any other number is a yes.
        /// * `y_pred`: floats of the same shape: probabilities in `0..=1`.
        #[doc = concat!("* `", stringify!($least), "`: in `0..=1`.")]
        /// * `num_thresholds`: at least 2.
        /// * `class_id`: only this class, along the last axis, counts.
        ///
        /// # Output
        /// `[2·num_thresholds]`: statistics of an example, which the metric makes one number of at the end of an epoch.
        ///
        /// # Errors
        #[doc = concat!("Different shapes: nothing broadcasts here; numbers other than floats; a ", stringify!($least), " outside of `0..=1`;")]
        /// fewer than two thresholds; a class that there is not.
        ///
        #[doc = concat!("Follows `keras.metrics.", $keras, "`.")]
        #[allow(non_camel_case_types)]
        #[derive(Clone, Copy, Debug)]
        pub struct $op {
            $least: f64,
            thresholds: Thresholds,
        }

        impl $op {
            #[doc = concat!("Where the ", stringify!($least), " is at least this one, with 200 thresholds.")]
            pub const fn new($least: f64) -> Self {
                $op { $least, thresholds: Thresholds::DEFAULT }
            }

            /// With so many thresholds.
            pub const fn num_thresholds(self, num_thresholds: usize) -> Self {
                $op { thresholds: Thresholds { num_thresholds, ..self.thresholds }, ..self }
            }

            /// Only this class counts.
            pub const fn class_id(self, class_id: usize) -> Self {
                $op { thresholds: Thresholds { class_id: Some(class_id), ..self.thresholds }, ..self }
            }

            /// The shape rule.
            pub const fn infer(&self, x: &[Inferred]) -> Inferred {
                if !(self.$least >= 0.0 && self.$least <= 1.0) {
                    return Inferred::Error(Message::argument(stringify!($least), "is between 0 and 1", self.$least));
                }
                self.thresholds.infer(x)
            }
        }

        op!($op, $at);

        impl Op for $op {
            const KEEPS: Keeps = Keeps::NOTHING;
            const RESULT: Option<Finish<Self>> =
                Some(|op, totals, _| best(totals, $rate, |counts| $constraint(counts) >= op.$least));

            fn forward<F: Float, B: Backend>(
                &self,
                call: &Call,
                x: &[Tensor<'_, F>],
                y: &mut [TensorMut<'_, F>],
            ) {
                self.thresholds.forward(call, x, &mut y[0], |p| self.thresholds.below(p));
            }

            crate::ops::not_differentiable!();
        }
    )*};
}

at! {
    precision_at_recall, PrecisionAtRecallAt, "PrecisionAtRecall":
        "precision" = Counts::precision, where recall is Counts::recall;
    recall_at_precision, RecallAtPrecisionAt, "RecallAtPrecision":
        "recall" = Counts::recall, where precision is Counts::precision;
    sensitivity_at_specificity, SensitivityAtSpecificityAt, "SensitivityAtSpecificity":
        "sensitivity (the recall)" = Counts::recall, where specificity is Counts::specificity;
    specificity_at_sensitivity, SpecificityAtSensitivityAt, "SpecificityAtSensitivity":
        "specificity" = Counts::specificity, where sensitivity is Counts::recall;
}

/// The largest `rate` at a threshold that is good enough.
fn best(totals: &[f64], rate: impl Fn(&Counts) -> f64, is_enough: impl Fn(&Counts) -> bool) -> f64 {
    points(totals).filter(is_enough).map(|counts| rate(&counts)).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::counts::yes_and_no;
    use crate::ops::check::{check_op_on, error, shape, values};

    #[test]
    fn forward() {
        let op = precision_at_recall::new(0.5).num_thresholds(5);
        for (op, shape) in [(op, shape([])), (op.class_id(1), shape([5, 3]))] {
            check_op_on(&op, precision_at_recall::infer, &[shape, shape], yes_and_no);
        }
        let op = precision_at_recall::new(1.5);
        assert_eq!(
            error(op.infer(&values(&[shape([3]), shape([3])]))),
            "`recall` is between 0 and 1, found 1.5"
        );
    }

    /// Positive examples above 2, 2 and 1 of three thresholds, negative ones above 2, 1, 0 and 0.
    #[test]
    fn rates() {
        let totals = [0.0, 1.0, 2.0, 2.0, 1.0, 1.0];
        let finish = precision_at_recall::RESULT.unwrap();
        let precision = |recall| finish(&precision_at_recall::new(recall), &totals, 7.0);
        assert_eq!([precision(0.5), precision(0.9)], [2.0 / 3.0, 0.6]);
        let finish = recall_at_precision::RESULT.unwrap();
        let recall = |precision| finish(&recall_at_precision::new(precision), &totals, 7.0);
        assert_eq!([recall(0.6), recall(0.65), recall(0.7)], [1.0, 2.0 / 3.0, 0.0]);
        let finish = specificity_at_sensitivity::RESULT.unwrap();
        let specificity =
            |sensitivity| finish(&specificity_at_sensitivity::new(sensitivity), &totals, 7.0);
        assert_eq!([specificity(0.0), specificity(0.5), specificity(1.0)], [1.0, 0.75, 0.5]);
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        use crate::metrics::golden::golden;
        golden!(precision_at_recall::new(0.5), "PrecisionAtRecall", "PrecisionAtRecall_weighted");
        golden!(
            sensitivity_at_specificity::new(0.5),
            "SensitivityAtSpecificity",
            "SensitivityAtSpecificity_weighted"
        );
    }
}
