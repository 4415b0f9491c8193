//! Constraints: which there are. What they do is in `train`.

use crate::shape::Message;

/// What is done to a weight after each update, as `keras.constraints`: `weight([n], Zeros, constraint = NonNeg)`.
///
/// A column is a vector along axis 0: in the kernel of `Dense` all that enters one unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Constraint {
    /// Negative numbers become 0. Follows `keras.constraints.NonNeg`.
    NonNeg,
    /// Columns longer than this, at least 0, are scaled down to it; Keras' default is 2. Follows `keras.constraints.MaxNorm`.
    MaxNorm(f64),
    /// Columns are scaled from their length `l` to `(1 − rate)·l + rate·clip(l, min_value, max_value)`. Follows
    /// `keras.constraints.MinMaxNorm`.
    MinMaxNorm {
        /// The smallest length, at least 0, as is Keras' default.
        min_value: f64,
        /// The largest length, at least `min_value`; Keras' default is 1.
        max_value: f64,
        /// How much of the way is gone, in `[0, 1]`; Keras' default is 1: all of it.
        rate: f64,
    },
    /// Columns are scaled to length 1. Follows `keras.constraints.UnitNorm`.
    UnitNorm,
}

impl Constraint {
    /// Nothing is done, for no column is longer: what a layer's argument is unless told otherwise.
    pub const NONE: Constraint = Constraint::MaxNorm(f64::INFINITY);

    /// Whether it is [`NONE`](Self::NONE).
    pub(crate) const fn is_nothing(self) -> bool {
        matches!(self, Constraint::MaxNorm(f64::INFINITY))
    }

    /// What is wrong where an argument is out of range.
    pub const fn wrong(self) -> Option<Message> {
        let error = match self {
            Constraint::MaxNorm(max) if max < 0.0 || max.is_nan() => {
                Message::new("`MaxNorm` is at least 0, found ").float(max)
            }
            Constraint::MinMaxNorm { rate, .. } if !(0.0 <= rate && rate <= 1.0) => {
                Message::new("the `rate` of `MinMaxNorm` is between 0 and 1, found ").float(rate)
            }
            Constraint::MinMaxNorm { min_value, max_value, .. }
                if !(0.0 <= min_value && min_value <= max_value) =>
            {
                let rule = Message::new("`MinMaxNorm` has 0 <= `min_value` <= `max_value`, found ");
                rule.float(min_value).str(" and ").float(max_value)
            }
            _ => return None,
        };
        Some(error)
    }
}
