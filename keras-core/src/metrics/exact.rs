//! `accuracy`.

use super::share;
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut, op};
use crate::shape::{Inferred, Message, Shape, shapes};
use crate::site::Keeps;

/// `accuracy(y_true, y_pred)`: how often a prediction equals its target. Not differentiable.
///
/// ```text
/// y = (1/n)·Σ [t = p]
/// ```
///
/// # Arguments
/// * `y_true`: `[..]`, labels or other numbers.
/// * `y_pred`: numbers of the same kind and shape: `argmax(scores)`, say.
///
/// # Output
/// `[]`: the mean over all axes of an example.
///
/// # Errors
/// Different shapes: nothing broadcasts here; integers and floats, which are seldom equal.
///
/// Follows `keras.metrics.Accuracy`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug, Default)]
// With braces it is no value: `let accuracy = …` stays possible beside the prelude.
pub struct accuracy {}

impl accuracy {
    /// No constants.
    pub const fn new() -> Self {
        accuracy {}
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        match (alike(x), x) {
            (Inferred::Ok(_), [Inferred::Ok(t), Inferred::Ok(p)]) if t.is_int() != p.is_int() => {
                let error = differ(t, p, " must hold numbers of one kind");
                Inferred::Error(error.help("use `argmax`, `cast`, or another metric"))
            }
            (rule, _) => rule,
        }
    }
}

op!(accuracy, AccuracyAt);

impl Op for accuracy {
    const KEEPS: Keeps = Keeps::NOTHING;

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        for b in 0..call.rows(y[0].shape) {
            let right = x[0].row(b).iter().zip(x[1].row(b)).filter(|(t, p)| t == p);
            y[0].row(b).fill(share(right.count(), x[0].shape.len()));
        }
    }

    crate::ops::not_differentiable!();
}

/// Numbers of any kind, of equal shapes: the shape of a metric of them.
pub(super) const fn alike(x: &[Inferred]) -> Inferred {
    shapes!(x => [y_true, y_pred]);
    if !y_true.same_sizes(&y_pred) {
        let error = differ(&y_true, &y_pred, " must have the same shape");
        let is_label = y_true.is_int() && y_pred.is_float();
        return Inferred::Error(if is_label { error.help(SCORES) } else { error });
    }
    Inferred::Ok(Shape::SCALAR.with_batch(y_true.batched() || y_pred.batched()))
}

const SCORES: &str = "for labels and scores use `sparse_categorical_accuracy`, for labels alone `argmax` of the scores";

const fn differ(y_true: &Shape, y_pred: &Shape, what: &str) -> Message {
    let message = Message::new("`y_true` ").shape(y_true).str(" and `y_pred` ").shape(y_pred);
    message.str(what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op_on, error, ints, shape, values};

    #[test]
    fn forward() {
        for shape in [shape([]), shape([1]), shape([5, 3]), ints([4], 3)] {
            check_op_on(&accuracy {}, accuracy::infer, &[shape, shape], |_, u| (2.0 * u).floor());
        }
    }

    #[test]
    fn errors() {
        let found = |t, p| error(accuracy::new().infer(&values(&[t, p])));
        assert_eq!(
            found(shape([3]), shape([1])),
            "`y_true` [3] and `y_pred` [1] must have the same shape"
        );
        assert_eq!(
            found(ints([3], 9), shape([3])),
            "`y_true` integers [3] and `y_pred` [3] must hold numbers of one kind; use `argmax`, `cast`, or another metric"
        );
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        crate::metrics::golden::golden!(accuracy::new(), "Accuracy", "Accuracy_weighted");
    }
}
