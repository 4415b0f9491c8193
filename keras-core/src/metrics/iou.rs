//! `mean_iou`.

use super::counts::{ratio, statistics};
use super::exact::alike;
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut, kinds, op};
use crate::shape::{Dtype, Inferred, MAX_PORTS, Message, Shape};
use crate::site::{Finish, Keeps};

/// `mean_iou(y_true, y_pred, num_classes)`: how far the places of each class and of its predictions are the same places.
/// Not differentiable.
///
/// ```text
/// the mean, over the classes that are a target or a prediction, of both / (targets + predictions − both)
/// ```
///
/// # Arguments
/// * `y_true`: integers `[..]` below `num_classes`. Data are checked when they come in.
/// * `y_pred`: integers of the same shape: `argmax(scores)`.
/// * `num_classes`: at least 1.
///
/// # Output
/// `[3·num_classes]`: statistics of an example, which the metric makes one number of at the end of an epoch.
///
/// # Errors
/// Different shapes: nothing broadcasts here; numbers other than integers, or whose range is known and larger than
/// `num_classes`.
///
/// Follows `keras.metrics.MeanIoU`, which rounds the weights of examples down to integers; here they count as they are.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct mean_iou {
    num_classes: usize,
}

impl mean_iou {
    /// Of so many classes.
    pub const fn new(num_classes: usize) -> Self {
        mean_iou { num_classes }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        if self.num_classes == 0 {
            return Inferred::Error(Message::new("`num_classes` is at least 1"));
        }
        let rule = alike(x);
        let (Inferred::Ok(_), [Inferred::Ok(y_true), Inferred::Ok(y_pred)]) = (rule, x) else {
            return rule;
        };
        if let Some(error) = self.labels("y_true", y_true) {
            return error;
        }
        if let Some(error) = self.labels("y_pred", y_pred) {
            return error;
        }
        statistics(rule, self.num_classes.checked_mul(3))
    }

    const fn labels(&self, what: &str, x: &Shape) -> Option<Inferred> {
        match x.dtype() {
            Dtype::Int { range } if range != usize::MAX && range > self.num_classes => {
                let message = Message::new("`").str(what).str("` has a range of ").num(range);
                let limit = self.num_classes;
                Some(Inferred::Error(message.str(", but `num_classes` is ").num(limit)))
            }
            _ => kinds::integers(what, x, "use `argmax`"),
        }
    }

    /// Targets and predictions are below the number of classes.
    pub const fn limits(&self, _: &[Inferred]) -> [usize; MAX_PORTS] {
        let mut limits = [usize::MAX; MAX_PORTS];
        limits[0] = self.num_classes;
        limits[1] = self.num_classes;
        limits
    }
}

op!(mean_iou, MeanIouAt, limits);

/// The mean over the classes; `totals` has where both are of the class, then the targets, then the predictions.
fn mean(totals: &[f64]) -> f64 {
    let classes = totals.len() / 3;
    let either = |i: usize| totals[i + classes] + totals[i + 2 * classes] - totals[i];
    let found = (0..classes).filter(|i| either(*i) > 0.0);
    let sum: f64 = found.clone().map(|i| totals[i] / either(i)).sum();
    ratio(sum, found.count() as f64)
}

impl Op for mean_iou {
    const KEEPS: Keeps = Keeps::NOTHING;
    const RESULT: Option<Finish<Self>> = Some(|_, totals, _| mean(totals));

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        for b in 0..call.rows(y[0].shape) {
            let statistics = y[0].row(b);
            statistics.fill(F::zero());
            for (t, p) in x[0].row(b).iter().zip(x[1].row(b)) {
                if t == p {
                    statistics[t.index()] += F::one();
                }
                statistics[self.num_classes + t.index()] += F::one();
                statistics[2 * self.num_classes + p.index()] += F::one();
            }
        }
    }

    crate::ops::not_differentiable!();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, ints, shape, values};

    #[test]
    fn forward() {
        for shape in [ints([], 1), ints([3], 4), ints([5, 2], 3)] {
            check_op(&mean_iou::new(4), mean_iou::infer, &[shape, shape]);
        }
    }

    #[test]
    fn a_class_that_does_not_occur_does_not_count() {
        assert_eq!(mean(&[1.0, 0.0, 2.0, 2.0, 0.0, 2.0, 1.0, 0.0, 4.0]), 0.5);
        assert_eq!(mean(&[0.0; 3]), 0.0);
    }

    #[test]
    fn errors() {
        let found = |t, p| error(mean_iou::new(4).infer(&values(&[t, p])));
        assert_eq!(
            found(ints([3], 4), ints([3], 9)),
            "`y_pred` has a range of 9, but `num_classes` is 4"
        );
        assert_eq!(
            found(ints([3], 4), shape([3])),
            "`y_pred` takes integers (labels or indices), found [3]; use `argmax`"
        );
        assert_eq!(
            found(ints([3], 4), ints([], 4)),
            "`y_true` integers [3] and `y_pred` integers [] must have the same shape"
        );
        assert_eq!(
            error(mean_iou::new(0).infer(&values(&[ints([3], 4), ints([3], 4)]))),
            "`num_classes` is at least 1"
        );
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        crate::metrics::golden::golden!(mean_iou::new(4), "MeanIoU");
        let weighted = include_bytes!("../../golden/metrics/MeanIoU_weighted.safetensors");
        crate::metrics::golden::check(mean_iou::new(4), weighted, f64::floor);
    }
}
