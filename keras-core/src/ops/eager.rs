//! Ops of targets and predictions as functions that run at once, on arrays whose first axis counts the examples.
//!
//! What rustc checks in a model is checked at run time here. Losses are called by [`losses::value`](crate::losses::value), metrics
//! by [`metrics::Stream`](crate::metrics::Stream).

use ndarray::{Array2, ArrayRef, Dimension};

use super::{Call, Op, Rule, Tensor, TensorMut};
use crate::backend::Native;
use crate::data::Number;
use crate::float::Float;
use crate::shape::{Dim, Inferred, Shape};

/// Why an op cannot be called on these arrays. Nothing was computed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// An array is one number.
    #[error("`{name}` is one number; the first axis counts the examples")]
    NoExamples {
        /// Which array.
        name: &'static str,
    },
    /// Two arrays have different numbers of examples.
    #[error("`{name}` has {found} examples, but `y_true` has {expected}")]
    Rows {
        /// Which array.
        name: &'static str,
        /// The examples of `y_true`.
        expected: usize,
        /// Its examples.
        found: usize,
    },
    /// The op does not take examples of these shapes, which are told without the axis of the batch; or one of its constants is
    /// out of range.
    #[error("{0}")]
    Shape(String),
    /// A label is negative, fractional or too large.
    #[error("`{name}`, row {row}: expected an integer in 0..{range}, found {value}")]
    Label {
        /// Which array.
        name: &'static str,
        /// The example.
        row: usize,
        /// The number.
        value: f64,
        /// One more than the largest label.
        range: usize,
    },
}

/// What `op` gives for each example: a row of numbers.
///
/// # Errors
/// Arrays that do not fit the op or each other.
pub fn forward<P: Rule, T: Number, F: Float + Number, D: Dimension, E: Dimension>(
    op: &P,
    y_true: &ArrayRef<T, D>,
    y_pred: &ArrayRef<F, E>,
) -> Result<Array2<F>, CallError> {
    let operands = Operands::new(op, y_true, y_pred)?;
    let mut numbers = operands.forward(op).into_iter();
    let size = (operands.batch, operands.y.len());
    Ok(Array2::from_shape_simple_fn(size, || numbers.next().unwrap_or_else(F::nan)))
}

/// Targets and predictions that fit an op.
pub(crate) struct Operands<F> {
    x: [Batch<F>; 2],
    shapes: [Shape; 2],
    /// The shape of the output.
    pub(crate) y: Shape,
    /// The number of examples.
    pub(crate) batch: usize,
}

impl<F: Float> Operands<F> {
    /// Where the op takes labels, they are checked; numbers may have any type.
    pub(crate) fn new<T: Number, U: Number, D: Dimension, E: Dimension>(
        op: &impl Rule,
        y_true: &ArrayRef<T, D>,
        y_pred: &ArrayRef<U, E>,
    ) -> Result<Self, CallError> {
        let x = [Batch::of("y_true", y_true)?, Batch::of("y_pred", y_pred)?];
        x[1].has_rows(x[0].rows)?;
        let floats = x.each_ref().map(Batch::shape);
        let limits = op.limits(&floats);
        let is_label = |i: usize| limits[i] != usize::MAX;
        let typed = [0, 1].map(|i| if is_label(i) { floats[i].ints(limits[i]) } else { floats[i] });
        let shapes = [known(typed[0])?, known(typed[1])?];
        let y = known(op.infer(&typed))?;
        for i in (0..2).filter(|i| is_label(*i)) {
            x[i].has_labels(limits[i])?;
        }
        Ok(Operands { batch: x[0].rows, x, shapes, y })
    }

    /// The numbers of all examples.
    pub(crate) fn forward(&self, op: &impl Op) -> Vec<F> {
        let mut y = vec![F::zero(); self.y.total(self.batch)];
        let out = TensorMut { data: &mut y, shape: &self.y, add: false };
        op.forward::<F, Native>(&self.call(), &self.tensors(), &mut [out]);
        y
    }

    /// The gradients, with respect to the predictions of each example, of the sum of its numbers.
    pub(crate) fn gradient(&self, op: &impl Op) -> Vec<F> {
        let y = self.forward(op);
        let dy = vec![F::one(); y.len()];
        let mut dp = vec![F::zero(); self.x[1].numbers.len()];
        let [y, dy] = [&y, &dy].map(|data| [Tensor { data, shape: &self.y }]);
        let mut dx = [
            TensorMut { data: &mut [], shape: &self.shapes[0], add: false },
            TensorMut { data: &mut dp, shape: &self.shapes[1], add: false },
        ];
        op.vjp::<F, Native>(&self.call(), &self.tensors(), &y, &dy, &mut dx);
        dp
    }

    fn call(&self) -> Call {
        Call { batch: self.batch, first: 0, key: 0 }
    }

    fn tensors(&self) -> [Tensor<'_, F>; 2] {
        [0, 1].map(|i| Tensor { data: &self.x[i].numbers, shape: &self.shapes[i] })
    }
}

/// The shape that was inferred.
pub(crate) fn known(shape: Inferred) -> Result<Shape, CallError> {
    match shape {
        Inferred::Ok(shape) => Ok(shape),
        Inferred::Error(message) => Err(CallError::Shape(message.line().as_str().to_owned())),
        // What another error brings about, which is told before.
        Inferred::Poisoned => Err(CallError::Shape("no shape is known".to_owned())),
    }
}

/// An array, row-major.
pub(crate) struct Batch<F> {
    name: &'static str,
    /// The number of examples.
    pub(crate) rows: usize,
    dims: Vec<Dim>,
    /// The numbers of all examples.
    pub(crate) numbers: Vec<F>,
}

impl<F: Float> Batch<F> {
    /// Axis 0 counts the examples.
    pub(crate) fn of<T: Number, D: Dimension>(
        name: &'static str,
        array: &ArrayRef<T, D>,
    ) -> Result<Self, CallError> {
        let [rows, dims @ ..] = array.shape() else {
            return Err(CallError::NoExamples { name });
        };
        let dims = dims.iter().copied().map(Dim::of).collect();
        Ok(Batch { rows: *rows, dims, ..Batch::flat(name, array) })
    }

    /// Every number is an example.
    pub(crate) fn flat<T: Number, D: Dimension>(
        name: &'static str,
        array: &ArrayRef<T, D>,
    ) -> Self {
        let numbers: Vec<F> = array.iter().map(|value| value.scalar()).collect();
        Batch { name, rows: numbers.len(), dims: Vec::new(), numbers }
    }

    fn shape(&self) -> Inferred {
        Inferred::shape(&self.dims)
    }

    /// There are as many examples as `y_true` has.
    pub(crate) fn has_rows(&self, expected: usize) -> Result<(), CallError> {
        let (name, found) = (self.name, self.rows);
        if expected == found { Ok(()) } else { Err(CallError::Rows { name, expected, found }) }
    }

    /// Every number is a label below `range`.
    pub(crate) fn has_labels(&self, range: usize) -> Result<(), CallError> {
        let is_label = |value: f64| value >= 0.0 && value < range as f64 && value.fract() == 0.0;
        let Some(at) = self.numbers.iter().position(|value| !is_label(value.f64())) else {
            return Ok(());
        };
        let row = at / self.shape().len().max(1);
        Err(CallError::Label { name: self.name, row, value: self.numbers[at].f64(), range })
    }
}

#[cfg(test)]
mod tests {
    use ndarray::{Array0, Array2, Array3, array, s};

    use super::*;
    use crate::losses::{mean_squared_error, sparse_categorical_crossentropy};
    use crate::metrics::sparse_categorical_accuracy;

    #[test]
    fn a_row_of_numbers_an_example() {
        let scores = array![[0.1, 0.9], [0.8, 0.2], [0.3, 0.7]];
        let right = forward(&sparse_categorical_accuracy {}, &array![1u8, 1, 1], &scores).unwrap();
        assert_eq!(right, array![[1.0], [0.0], [1.0]]);
        let none = forward(
            &mean_squared_error,
            &Array2::<f32>::zeros((0, 3)),
            &Array2::<f32>::zeros((0, 3)),
        );
        assert_eq!(none.unwrap().dim(), (0, 1));
    }

    #[test]
    fn views_of_any_strides_are_read_in_order() {
        let t = array![[1.0f32, 2.0, 3.0], [4.0, 5.0, 6.0]];
        let p = array![[1.0f32, 4.0], [2.0, 5.0], [3.0, 6.0]];
        assert_eq!(forward(&mean_squared_error, &t, &p.t()).unwrap(), array![[0.0], [0.0]]);
        let found = forward(&mean_squared_error, &t.slice(s![..;-1, ..]), &t.view()).unwrap();
        assert_eq!(found, array![[9.0], [9.0]]);
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let found = |error: CallError| error.to_string();
        let mse = |t: &Array2<f32>, p: &Array2<f32>| {
            found(forward(&mean_squared_error, t, p).unwrap_err())
        };
        assert_eq!(
            mse(&Array2::zeros((2, 3)), &Array2::zeros((2, 4))),
            "mean_squared_error: `y_true` [3] and `y_pred` [4] must have the same shape"
        );
        assert_eq!(
            mse(&Array2::zeros((2, 3)), &Array2::zeros((3, 3))),
            "`y_pred` has 3 examples, but `y_true` has 2"
        );
        assert_eq!(
            mse(&Array2::zeros((2, 0)), &Array2::zeros((2, 0))),
            "axis 0 of [0] is zero; a size is at least 1"
        );
        let number = Array0::<f32>::zeros(());
        assert_eq!(
            found(forward(&mean_squared_error, &number, &number).unwrap_err()),
            "`y_true` is one number; the first axis counts the examples"
        );
    }

    #[test]
    fn labels_are_checked() {
        let op = sparse_categorical_crossentropy::new();
        let p = Array3::<f32>::ones((2, 2, 3));
        let error = |labels: Array2<f32>| forward(&op, &labels, &p).unwrap_err().to_string();
        let expected = "`y_true`, row 1: expected an integer in 0..3, found";
        assert_eq!(error(array![[0.0, 1.0], [2.0, 3.0]]), format!("{expected} 3"));
        assert_eq!(error(array![[0.0, 1.0], [-1.0, 2.0]]), format!("{expected} -1"));
        assert_eq!(error(array![[0.0, 1.0], [0.5, 2.0]]), format!("{expected} 0.5"));
        assert_eq!(error(array![[0.0, 1.0], [f32::NAN, 2.0]]), format!("{expected} NaN"));
        assert!(forward(&op.ignore_class(3), &array![[0, 1], [2, 3]], &p).is_ok());
    }
}
