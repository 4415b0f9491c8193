//! `r2_score`.

use super::counts::statistics;
use crate::backend::Backend;
use crate::float::Float;
use crate::losses::rules;
use crate::ops::{Call, Op, Tensor, TensorMut, op};
use crate::shape::{Inferred, Message};
use crate::site::{Finish, Keeps};

/// How the scores of several outputs become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClassAggregation {
    /// The mean of the scores.
    UniformAverage,
    /// The mean of the scores, each as often as the variance of its targets.
    VarianceWeightedAverage,
}

/// `r2_score(y_true, y_pred, class_aggregation = ClassAggregation::UniformAverage, num_regressors = 0)`: how much of the variance of
/// the targets the predictions explain; 1 is perfect, 0 no better than the mean. Not differentiable.
///
/// ```text
/// for each output  1 − Σ (t − p)² / Σ (t − mean t)², over all examples; 0 where all targets are equal
/// ```
///
/// With `num_regressors` the score is adjusted, `1 − (1 − r2)·(n − 1)/(n − num_regressors − 1)`, where there are more than
/// `num_regressors + 1` targets.
///
/// # Arguments
/// * `y_true`: floats `[]` or `[outputs]`.
/// * `y_pred`: floats of the same shape.
/// * `class_aggregation`: how the scores of the outputs become one. Keras' `None`, a score an output, is not one number.
/// * `num_regressors`: how many independent inputs the model has.
///
/// # Output
/// `[3·outputs]`: statistics of an example, which the metric makes one number of at the end of an epoch.
///
/// # Errors
/// Different shapes: nothing broadcasts here; numbers other than floats; more than one axis.
///
/// Follows `keras.metrics.R2Score`; `n` there counts examples, here their weights.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct r2_score {
    class_aggregation: ClassAggregation,
    num_regressors: usize,
}

impl r2_score {
    /// The mean of the outputs, not adjusted.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        r2_score { class_aggregation: ClassAggregation::UniformAverage, num_regressors: 0 }
    }

    /// How the scores of the outputs become one.
    pub const fn class_aggregation(self, class_aggregation: ClassAggregation) -> Self {
        r2_score { class_aggregation, ..self }
    }

    /// Adjusted for so many inputs.
    pub const fn num_regressors(self, num_regressors: usize) -> Self {
        r2_score { num_regressors, ..self }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        match (rules::pairs(x), x) {
            (Inferred::Ok(_), [_, Inferred::Ok(y_pred)]) if y_pred.rank() > 1 => {
                let message = Message::new("takes `y_pred` [] or [outputs], found ").shape(y_pred);
                Inferred::Error(message.help("use `flatten`"))
            }
            (rule, [_, Inferred::Ok(y_pred)]) => statistics(rule, y_pred.len().checked_mul(3)),
            (rule, _) => rule,
        }
    }

    fn score(&self, totals: &[f64], weight: f64) -> f64 {
        let outputs = totals.chunks_exact(3);
        let count = outputs.len() as f64;
        // The sum of squares about the mean, and the score.
        let scores = outputs.map(|output| {
            let [sum, squares, residue] = [output[0], output[1], output[2]];
            let variation = squares - sum * sum / weight;
            let score = 1.0 - residue / variation;
            (variation, if score.is_infinite() { 0.0 } else { score })
        });
        let score = match self.class_aggregation {
            ClassAggregation::UniformAverage => scores.map(|(_, score)| score).sum::<f64>() / count,
            ClassAggregation::VarianceWeightedAverage => {
                let all: f64 = scores.clone().map(|(variation, _)| variation).sum();
                scores.map(|(variation, score)| variation * score).sum::<f64>() / all
            }
        };
        let freedom = weight * count - self.num_regressors as f64 - 1.0;
        if self.num_regressors == 0 || freedom <= 0.0 {
            return score;
        }
        1.0 - (1.0 - score) * (weight * count - 1.0) / freedom
    }
}

op!(r2_score, R2ScoreAt);

impl Op for r2_score {
    const KEEPS: Keeps = Keeps::NOTHING;
    const RESULT: Option<Finish<Self>> = Some(r2_score::score);

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        for b in 0..call.rows(y[0].shape) {
            let pairs = x[0].row(b).iter().zip(x[1].row(b));
            for (statistics, (t, p)) in y[0].row(b).chunks_exact_mut(3).zip(pairs) {
                statistics.copy_from_slice(&[*t, *t * *t, (*t - *p) * (*t - *p)]);
            }
        }
    }

    crate::ops::not_differentiable!();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{error, outputs, shape, values};

    #[test]
    fn statistics_of_an_example() {
        let (t, p) = ([2.0, -3.0], [1.0, -5.0]);
        let found =
            outputs(&r2_score::new(), r2_score::infer, &[(shape([2]), &t), (shape([2]), &p)]);
        assert_eq!(found, [[2.0, 4.0, 1.0, -3.0, 9.0, 4.0]]);
        assert_eq!(
            error(r2_score::new().infer(&values(&[shape([2, 3]), shape([2, 3])]))),
            "takes `y_pred` [] or [outputs], found [2, 3]; use `flatten`"
        );
    }

    /// Targets 1, 3 and 0, 4 with residues of 1 and 4: scores of 0.5 and 0.5; with a residue of 8 the second is 0.
    #[test]
    fn scores() {
        let totals = [4.0, 10.0, 1.0, 4.0, 16.0, 8.0];
        let score = |op: r2_score| op.score(&totals, 2.0);
        let weighted = r2_score::new().class_aggregation(ClassAggregation::VarianceWeightedAverage);
        assert_eq!([score(r2_score::new()), score(weighted)], [0.25, 0.1]);
        // Four targets: 1 − 0.75·3/2, and too few for three regressors.
        assert_eq!([1, 3].map(|n| score(r2_score::new().num_regressors(n))), [-0.125, 0.25]);
        assert_eq!(r2_score::new().score(&[4.0, 8.0, 1.0], 2.0), 0.0);
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        crate::metrics::golden::golden!(r2_score::new(), "R2Score");
    }
}
