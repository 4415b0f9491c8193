//! Losses as functions of arrays.

use ndarray::{Array, Array1, ArrayRef, Dimension};

use crate::data::Number;
use crate::float::Float;
use crate::ops::Rule;
use crate::ops::eager::{CallError, Operands};

/// A loss: an op with one number an example that has a gradient.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a loss",
    label = "expected one of `keras_core::losses`",
    note = "a loss with options is given as `&huber::new().delta(2.0)`"
)]
pub trait Loss: Rule {}

/// The loss of each example, as Keras gives it with `reduction = None`.
///
/// ```
/// use keras_core::losses::{self, huber, sparse_categorical_crossentropy};
/// use ndarray::array;
///
/// let y_true = array![[0.0, 1.0], [0.0, 0.0]];
/// let y_pred = array![[0.0, 5.0], [1.0, 1.0]];
/// assert_eq!(losses::value(&huber::new().delta(2.0), &y_true, &y_pred)?, array![3.0, 0.5]);
///
/// // Labels are any integers, checked against the number of classes.
/// let scores = array![[2.0f32, 0.0, -1.0], [0.0, 0.0, 0.0]];
/// let op = sparse_categorical_crossentropy::new().from_logits(true);
/// let loss = losses::value(&op, &array![0, 2], &scores)?;
/// assert!((loss[1] - 3.0f32.ln()).abs() < 1e-6);
/// let error = losses::value(&op, &array![0, 3], &scores).unwrap_err();
/// assert_eq!(error.to_string(), "`y_true`, row 1: expected an integer in 0..3, found 3");
/// # Ok::<(), keras_core::ops::eager::CallError>(())
/// ```
///
/// # Arguments
/// * `loss`: any of this module.
/// * `y_true`: targets, of any type of numbers; the first axis counts the examples.
/// * `y_pred`: predictions, `f32` or `f64`; the first axis counts the examples.
///
/// # Errors
/// Shapes that the loss does not take, different numbers of examples, labels out of range, options out of range.
pub fn value<L: Loss, T: Number, F: Float + Number, D: Dimension, E: Dimension>(
    loss: &L,
    y_true: &ArrayRef<T, D>,
    y_pred: &ArrayRef<F, E>,
) -> Result<Array1<F>, CallError> {
    Ok(Operands::new(loss, y_true, y_pred)?.forward(loss).into())
}

/// The gradient of the loss of each example with respect to its predictions.
///
/// ```
/// use keras_core::losses::{self, mean_squared_error};
/// use ndarray::array;
///
/// let (y_true, y_pred) = (array![[0.0, 1.0], [0.0, 0.0]], array![[0.0, 5.0], [1.0, 2.0]]);
/// let gradient = losses::gradient(&mean_squared_error, &y_true, &y_pred)?;
/// assert_eq!(gradient, array![[0.0, 4.0], [1.0, 2.0]]);
/// # Ok::<(), keras_core::ops::eager::CallError>(())
/// ```
///
/// That of the mean over the examples, which training takes, is this divided by their number.
///
/// # Arguments
/// As [`value`].
///
/// # Errors
/// As [`value`].
pub fn gradient<L: Loss, T: Number, F: Float + Number, D: Dimension, E: Dimension>(
    loss: &L,
    y_true: &ArrayRef<T, D>,
    y_pred: &ArrayRef<F, E>,
) -> Result<Array<F, E>, CallError> {
    let numbers = Operands::new(loss, y_true, y_pred)?.gradient(loss);
    let mut gradient = Array::zeros(y_pred.raw_dim());
    gradient.iter_mut().zip(numbers).for_each(|(to, from)| *to = from);
    Ok(gradient)
}

#[cfg(test)]
mod tests {
    use ndarray::{Array2, array};

    use super::*;
    use crate::losses::{binary_crossentropy, categorical_crossentropy, huber, kl_divergence};

    #[test]
    fn gradients_are_slopes() {
        let y_true = array![[0.2, 0.3, 0.5], [0.0, 1.0, 0.0]];
        let y_pred = array![[0.6, 0.3, 0.1], [0.2, 0.5, 0.3]];
        check(&kl_divergence, &y_true, &y_pred);
        check(&binary_crossentropy::new().from_logits(true), &y_true, &y_pred);
        // A view that is not in the order of its axes.
        check(
            &categorical_crossentropy::new(),
            &y_true,
            &y_pred.t().as_standard_layout().t().to_owned(),
        );
    }

    fn check<L: Loss>(loss: &L, y_true: &Array2<f64>, y_pred: &Array2<f64>) {
        let gradient = gradient(loss, y_true, y_pred).unwrap();
        for ((b, i), slope) in gradient.indexed_iter() {
            let at = |step: f64| {
                let mut moved = y_pred.clone();
                moved[(b, i)] += step;
                value(loss, y_true, &moved).unwrap()
            };
            let difference = (at(1e-5) - at(-1e-5)) / 2e-5;
            // The square of the step, times third derivatives that reach 1000 where a prediction is 0.1.
            assert!((difference[b] - slope).abs() < 1e-7, "{difference} {slope}");
            assert_eq!(difference[1 - b], 0.0);
        }
    }

    #[test]
    fn options_are_checked() {
        let (t, p) = (array![[0.0f32]], array![[0.0f32]]);
        let error = value(&huber::new().delta(0.0), &t, &p).unwrap_err().to_string();
        assert!(error.starts_with("huber: `delta` is a positive number"), "{error}");
        let error = gradient(&kl_divergence, &t, &array![0.0f32]).unwrap_err().to_string();
        assert_eq!(error, "kl_divergence: `y_true` [1] and `y_pred` [] must have the same shape");
    }
}
