//! Regularizers: which there are, and the names a user writes. What they add is computed in `train`.

use crate::shape::{Message, Shape};

/// A penalty added to the loss, as `keras.regularizers`; made by the functions of [`regularizers`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Regularizer {
    /// `l1·Σ|w| + l2·Σw²`.
    L1L2 {
        /// The factor of `Σ|w|`, at least 0.
        l1: f64,
        /// The factor of `Σw²`, at least 0.
        l2: f64,
    },
    /// `factor` times the mean of `|cos|` over the angles between rows (or columns) of a matrix.
    Orthogonal {
        /// The factor, at least 0.
        factor: f64,
        /// Between what.
        mode: OrthogonalMode,
    },
}

/// What [`OrthogonalRegularizer`](regularizers::OrthogonalRegularizer) makes orthogonal to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrthogonalMode {
    /// The rows of a matrix.
    Rows,
    /// The columns of a matrix.
    Columns,
}

impl Regularizer {
    /// No penalty: what a layer's argument is unless told otherwise.
    pub const NONE: Regularizer = Regularizer::L1L2 { l1: 0.0, l2: 0.0 };

    /// Whether it is [`NONE`](Self::NONE).
    pub(crate) const fn is_nothing(self) -> bool {
        matches!(self, Regularizer::L1L2 { l1: 0.0, l2: 0.0 })
    }

    /// `OrthogonalRegularizer` with this factor.
    ///
    /// # Panics
    /// Where this is another; in a weight's declaration that is a compile error.
    pub const fn factor(self, factor: f64) -> Self {
        match self {
            Regularizer::Orthogonal { mode, .. } => Regularizer::Orthogonal { factor, mode },
            _ => panic!("`factor` is an argument of `OrthogonalRegularizer` alone"),
        }
    }

    /// `OrthogonalRegularizer` of rows or columns.
    ///
    /// # Panics
    /// Where this is another; in a weight's declaration that is a compile error.
    pub const fn mode(self, mode: OrthogonalMode) -> Self {
        match self {
            Regularizer::Orthogonal { factor, .. } => Regularizer::Orthogonal { factor, mode },
            _ => panic!("`mode` is an argument of `OrthogonalRegularizer` alone"),
        }
    }

    /// What is wrong where the penalty cannot be on a weight of this shape or a factor is out of range.
    pub const fn wrong(self, shape: &Shape) -> Option<Message> {
        let (a, b) = match self {
            Regularizer::L1L2 { l1, l2 } => (l1, l2),
            Regularizer::Orthogonal { factor, .. } if shape.rank() == 2 => (factor, factor),
            Regularizer::Orthogonal { .. } => {
                let message = Message::new("`OrthogonalRegularizer` takes 2 axes, found ");
                return Some(message.shape(shape));
            }
        };
        if a >= 0.0 && b >= 0.0 && a.is_finite() && b.is_finite() {
            return None;
        }
        let found = if a >= 0.0 && a.is_finite() { b } else { a };
        let rule = "the factors of a regularizer are finite numbers of at least 0, found ";
        Some(Message::new(rule).float(found))
    }
}

/// The names a user writes for penalties: `weight([n], Zeros, regularizer = L2(0.01))`.
#[allow(non_snake_case, non_upper_case_globals)]
pub mod regularizers {
    use super::{OrthogonalMode, Regularizer};

    /// `factor · Σ|w|`, as `keras.regularizers.L1`.
    pub const fn L1(factor: f64) -> Regularizer {
        Regularizer::L1L2 { l1: factor, l2: 0.0 }
    }

    /// `factor · Σw²`, as `keras.regularizers.L2`.
    pub const fn L2(factor: f64) -> Regularizer {
        Regularizer::L1L2 { l1: 0.0, l2: factor }
    }

    /// `l1 · Σ|w| + l2 · Σw²`, as `keras.regularizers.L1L2`.
    pub const fn L1L2(l1: f64, l2: f64) -> Regularizer {
        Regularizer::L1L2 { l1, l2 }
    }

    /// `0.01 · mean |rᵢ·rⱼ|` over the pairs of rows of a matrix, `r` being rows of length 1, as
    /// `keras.regularizers.OrthogonalRegularizer`; others with `.factor(…)` and `.mode(OrthogonalMode::Columns)`.
    /// Each step takes as long as a product of the matrix with itself.
    pub const OrthogonalRegularizer: Regularizer =
        Regularizer::Orthogonal { factor: 0.01, mode: OrthogonalMode::Rows };
}
