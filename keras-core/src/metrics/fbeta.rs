//! `fbeta_score` and `f1_score`.

use super::counts::{ratio, statistics};
use crate::backend::Backend;
use crate::float::Float;
use crate::losses::rules;
use crate::math;
use crate::ops::{Call, Op, Tensor, TensorMut, op};
use crate::shape::{Inferred, Message};
use crate::site::{Finish, Keeps};

/// How the scores of several classes become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Average {
    /// The mean of the scores.
    Macro,
    /// The score of all classes together.
    Micro,
    /// The mean of the scores, each as often as its class is a target.
    Weighted,
}

/// `fbeta_score(y_true, y_pred, average = Average::Macro, beta = 1.0, threshold)`: the mean of precision and recall in which the
/// recall counts `beta` times as much. Not differentiable.
///
/// ```text
/// for each class  (1 + β²)·precision·recall / (β²·precision + recall), 0 where both are
/// ```
///
/// # Arguments
/// * `y_true`: floats `[.., classes]`, 0 or 1.
/// * `y_pred`: floats of the same shape.
/// * `average`: how the scores of the classes become one. Keras' default, a score a class, is not one number.
/// * `beta`: above 0.
/// * `threshold`: in `0..=1`, without 0; a prediction above it is a yes. Without one the largest of the classes is a yes,
///   unless it is 0.
///
/// # Output
/// `[3·classes]`: statistics of an example, which the metric makes one number of at the end of an epoch.
///
/// # Errors
/// Different shapes: nothing broadcasts here; no axis of classes; numbers other than floats; a `beta` that is not above 0; a
/// `threshold` outside of its range.
///
/// Follows `keras.metrics.FBetaScore`; where Keras adds 1e-7 to a divisor, here 0/0 is 0.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct fbeta_score {
    average: Average,
    beta: f64,
    threshold: Option<f64>,
}

impl fbeta_score {
    /// The mean of the classes, with a `beta` of 1, where the largest prediction is a yes.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        fbeta_score { average: Average::Macro, beta: 1.0, threshold: None }
    }

    /// How the scores of the classes become one.
    pub const fn average(self, average: Average) -> Self {
        fbeta_score { average, ..self }
    }

    /// How much more the recall counts than the precision.
    pub const fn beta(self, beta: f64) -> Self {
        fbeta_score { beta, ..self }
    }

    /// Every prediction above this threshold is a yes.
    pub const fn threshold(self, threshold: f64) -> Self {
        fbeta_score { threshold: Some(threshold), ..self }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        if self.beta <= 0.0 || self.beta.is_nan() {
            return Inferred::Error(Message::argument("beta", "is above 0", self.beta));
        }
        match (self.threshold, x) {
            (Some(threshold), _) if !(threshold > 0.0 && threshold <= 1.0) => Inferred::Error(
                Message::argument("threshold", "is above 0 and at most 1", threshold),
            ),
            (_, [_, Inferred::Ok(y_pred)]) => {
                statistics(rules::classes(x), y_pred.last().get().checked_mul(3))
            }
            _ => rules::classes(x),
        }
    }

    /// Whether each prediction of a row is a yes.
    fn decide<F: Float>(&self, p: &[F]) -> impl Fn(F) -> bool {
        let largest = p.iter().fold(F::neg_infinity(), |largest, p| largest.max(*p));
        let threshold = self.threshold.map(F::of);
        move |p| match threshold {
            Some(threshold) => p > threshold,
            None => p >= largest && math::abs(p) > F::of(1e-9),
        }
    }

    fn score(&self, totals: &[f64]) -> f64 {
        let classes = totals.len() / 3;
        let class = |i: usize| Totals {
            both: totals[i],
            predicted: totals[i + classes],
            targets: totals[i + 2 * classes],
        };
        let all = (0..classes).map(class).fold(Totals::default(), |all, class| Totals {
            both: all.both + class.both,
            predicted: all.predicted + class.predicted,
            targets: all.targets + class.targets,
        });
        let scores = (0..classes).map(|i| (class(i).score(self.beta), class(i).targets));
        match self.average {
            Average::Micro => all.score(self.beta),
            Average::Macro => scores.map(|(score, _)| score).sum::<f64>() / classes as f64,
            Average::Weighted => {
                scores.map(|(score, targets)| score * ratio(targets, all.targets)).sum()
            }
        }
    }
}

/// The statistics of a class: where target and prediction are a yes, where the prediction is, where the target is.
#[derive(Clone, Copy, Default)]
struct Totals {
    both: f64,
    predicted: f64,
    targets: f64,
}

impl Totals {
    fn score(&self, beta: f64) -> f64 {
        let precision = ratio(self.both, self.predicted);
        let recall = ratio(self.both, self.targets);
        let square = beta * beta;
        ratio((1.0 + square) * precision * recall, square * precision + recall)
    }
}

op!(fbeta_score, FbetaScoreAt);

impl Op for fbeta_score {
    const KEEPS: Keeps = Keeps::NOTHING;
    const RESULT: Option<Finish<Self>> = Some(|op, totals, _| op.score(totals));

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let classes = x[1].shape.last().get();
        for b in 0..call.rows(y[0].shape) {
            let statistics = y[0].row(b);
            statistics.fill(F::zero());
            let rows = x[0].row(b).chunks_exact(classes).zip(x[1].row(b).chunks_exact(classes));
            for (t, p) in rows {
                let is_yes = self.decide(p);
                for i in 0..classes {
                    if is_yes(p[i]) {
                        statistics[i] += t[i];
                        statistics[i + classes] += F::one();
                    }
                    statistics[i + 2 * classes] += t[i];
                }
            }
        }
    }

    crate::ops::not_differentiable!();
}

/// `f1_score(y_true, y_pred, average = Average::Macro, threshold)`: the harmonic mean of precision and recall.
/// Not differentiable.
///
/// ```text
/// for each class  2·precision·recall / (precision + recall), 0 where both are
/// ```
///
/// Arguments, output and errors are those of [`fbeta_score`], whose `beta` is 1.
///
/// Follows `keras.metrics.F1Score`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct f1_score {
    score: fbeta_score,
}

impl f1_score {
    /// The mean of the classes, where the largest prediction is a yes.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        f1_score { score: fbeta_score::new() }
    }

    /// How the scores of the classes become one.
    pub const fn average(self, average: Average) -> Self {
        f1_score { score: self.score.average(average) }
    }

    /// Every prediction above this threshold is a yes.
    pub const fn threshold(self, threshold: f64) -> Self {
        f1_score { score: self.score.threshold(threshold) }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        self.score.infer(x)
    }
}

op!(f1_score, F1ScoreAt);

impl Op for f1_score {
    const KEEPS: Keeps = Keeps::NOTHING;
    const RESULT: Option<Finish<Self>> = Some(|op, totals, _| op.score.score(totals));

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        self.score.forward::<F, B>(call, x, y);
    }

    crate::ops::not_differentiable!();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{error, outputs, shape, values};

    #[test]
    fn errors() {
        let found = |op: fbeta_score| error(op.infer(&values(&[shape([3]), shape([3])])));
        assert_eq!(found(fbeta_score::new().beta(0.0)), "`beta` is above 0, found 0");
        assert_eq!(
            found(fbeta_score::new().threshold(0.0)),
            "`threshold` is above 0 and at most 1, found 0"
        );
        assert_eq!(
            error(f1_score::new().infer(&values(&[shape([]), shape([])]))),
            "takes `y_pred` [.., classes], found []"
        );
    }

    #[test]
    fn who_is_a_yes() {
        let (t, p) = ([1.0, 0.0, 0.0, 1.0, 0.0, 0.0], [0.2, 0.6, 0.6, 0.0, 0.0, 0.0]);
        let statistics = |op: f1_score| {
            outputs(&op, f1_score::infer, &[(shape([2, 3]), &t), (shape([2, 3]), &p)]).remove(0)
        };
        let largest = [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 2.0, 0.0, 0.0];
        assert_eq!(statistics(f1_score::new()), largest);
        let above = [1.0, 0.0, 0.0, 1.0, 1.0, 1.0, 2.0, 0.0, 0.0];
        assert_eq!(statistics(f1_score::new().threshold(0.1)), above);
    }

    /// Two classes, of precision 1/2 and 1, of recall 1 and 1/3, in which 1 and 3 targets are a yes.
    #[test]
    fn averages() {
        let totals = [1.0, 1.0, 2.0, 1.0, 1.0, 3.0];
        let score = |average| fbeta_score::new().average(average).score(&totals);
        let (first, second) = (2.0 / 3.0, 0.5);
        assert!((score(Average::Macro) - (first + second) / 2.0).abs() < 1e-15);
        assert!((score(Average::Weighted) - (first + 3.0 * second) / 4.0).abs() < 1e-15);
        assert!((score(Average::Micro) - 4.0 / 7.0).abs() < 1e-15);
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        use crate::metrics::golden::golden;
        golden!(f1_score::new(), "F1Score");
        golden!(fbeta_score::new().beta(2.0), "FBetaScore");
    }
}
