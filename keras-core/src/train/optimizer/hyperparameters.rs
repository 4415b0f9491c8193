//! Hyper-parameters by name: what `get`, `set`, `check` and saved states need to know of an argument.

use super::OptimizerError;
use crate::float::Float;

/// Arguments of an algorithm that can be read and changed by name while training.
pub trait Hyperparameters: Clone + 'static {
    /// The arguments, in Keras' order.
    const TABLE: &'static [Hyperparameter<Self>];
}

/// One argument of `T`.
#[derive(Debug)]
pub struct Hyperparameter<T> {
    /// Keras' name.
    pub name: &'static str,
    /// The values that it can have.
    pub range: Range,
    /// Its value; a flag is 0 or 1. Nothing where it is optional and not set.
    pub get: fn(&T) -> Option<f64>,
    /// Sets it, and whether that could be: nothing is a value of optional ones alone.
    pub set: fn(&mut T, Option<f64>) -> bool,
}

/// The values that a hyper-parameter can have. None of them is NaN or infinite.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    /// For messages, after "must be".
    pub says: &'static str,
    /// Whether a finite value is in it.
    pub holds: fn(f64) -> bool,
}

impl Range {
    /// `[0, 1)`, as a decay that is divided by `1 − β`.
    pub const DECAY: Range = Range { says: "in [0, 1)", holds: |x| (0.0..1.0).contains(&x) };
    /// `[0, 1]`.
    pub const UNIT: Range = Range { says: "in [0, 1]", holds: |x| (0.0..=1.0).contains(&x) };
    /// `(0, 1]`.
    pub const PART: Range = Range { says: "in (0, 1]", holds: |x| x > 0.0 && x <= 1.0 };
    /// Above 0.
    pub const POSITIVE: Range = Range { says: "a finite number above 0", holds: |x| x > 0.0 };
    /// 0 or more.
    pub const AT_LEAST_0: Range =
        Range { says: "a finite number of at least 0", holds: |x| x >= 0.0 };
    /// 1 or more.
    pub const AT_LEAST_1: Range =
        Range { says: "a finite number of at least 1", holds: |x| x >= 1.0 };
    /// 0 or less.
    pub const AT_MOST_0: Range =
        Range { says: "a finite number of at most 0", holds: |x| x <= 0.0 };
    /// False or true.
    pub const FLAG: Range =
        Range { says: "0 (false) or 1 (true)", holds: |x| x == 0.0 || x == 1.0 };
    /// 1, 2, 3, …
    pub const COUNT: Range =
        Range { says: "a whole number of at least 1", holds: |x| x >= 1.0 && x.fract() == 0.0 };

    /// An error where `found` is not in it.
    pub fn check(self, name: &'static str, found: f64) -> Result<(), OptimizerError> {
        self.check_as::<f64>(name, found)
    }

    /// An error where `found`, as a number of the model's scalar, is not finite and in the range.
    pub(in crate::train) fn check_as<F: Float>(
        self,
        name: &'static str,
        found: f64,
    ) -> Result<(), OptimizerError> {
        if F::of(found).is_finite() && (self.holds)(found) {
            Ok(())
        } else {
            Err(OptimizerError::Range { name, expected: self.says, found })
        }
    }
}

/// The hyper-parameters of `of` that are set: names, ranges, values.
pub(super) fn values<T: Hyperparameters>(
    of: &T,
) -> impl Iterator<Item = (&'static str, Range, f64)> {
    T::TABLE
        .iter()
        .filter_map(|entry| (entry.get)(of).map(|value| (entry.name, entry.range, value)))
}

/// Sets the hyper-parameter `name` of `of`, and whether it has one.
pub(super) fn set<T: Hyperparameters, F: Float>(
    of: &mut T,
    name: &str,
    value: f64,
) -> Result<bool, OptimizerError> {
    let Some(entry) = T::TABLE.iter().find(|entry| entry.name == name) else { return Ok(false) };
    entry.range.check_as::<F>(entry.name, value)?;
    Ok((entry.set)(of, Some(value)))
}

/// What a field of a table can be: `f64`, a flag, or an optional number.
pub(super) trait Value: Copy {
    fn read(self) -> Option<f64>;
    fn write(&mut self, value: Option<f64>) -> bool;
}

impl Value for f64 {
    fn read(self) -> Option<f64> {
        Some(self)
    }

    fn write(&mut self, value: Option<f64>) -> bool {
        value.map(|value| *self = value).is_some()
    }
}

impl Value for bool {
    fn read(self) -> Option<f64> {
        Some(f64::from(u8::from(self)))
    }

    fn write(&mut self, value: Option<f64>) -> bool {
        value.map(|value| *self = value != 0.0).is_some()
    }
}

impl Value for Option<f64> {
    fn read(self) -> Option<f64> {
        self
    }

    fn write(&mut self, value: Option<f64>) -> bool {
        *self = value;
        true
    }
}

impl Value for Option<u64> {
    fn read(self) -> Option<f64> {
        self.map(|count| count as f64)
    }

    fn write(&mut self, value: Option<f64>) -> bool {
        *self = value.map(|value| value as u64);
        true
    }
}

/// Declares a struct of hyper-parameters: its fields with defaults and ranges, their table, and a builder method for each on
/// the optimizer that has the struct in its field `$place`.
macro_rules! hyperparameters {
    (
        $(#[$doc:meta])*
        $vis:vis struct $Name:ident $(<const $K:ident: bool>)?
        for [$($params:tt)*] $Target:ty where $place:ident
        {
            $($(#[$about:meta])* $field:ident: $type:ty = $default:expr, $range:ident;)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        $vis struct $Name $(<const $K: bool = false>)? {
            $(pub(super) $field: $type,)*
        }

        impl $(<const $K: bool>)? Default for $Name $(<$K>)? {
            fn default() -> Self {
                $Name { $($field: $default,)* }
            }
        }

        impl $(<const $K: bool>)? $crate::train::Hyperparameters for $Name $(<$K>)? {
            const TABLE: &'static [$crate::train::Hyperparameter<Self>] = &[
                $($crate::train::Hyperparameter {
                    name: stringify!($field),
                    range: $crate::train::Range::$range,
                    get: |of| $crate::train::optimizer::hyperparameters::Value::read(of.$field),
                    set: |of, value| {
                        $crate::train::optimizer::hyperparameters::Value::write(&mut of.$field, value)
                    },
                },)*
            ];
        }

        impl<$($params)*> $Target {
            $(
                $(#[$about])*
                pub fn $field(mut self, $field: impl Into<$type>) -> Self {
                    self.$place.$field = $field.into();
                    self
                }
            )*
        }
    };
}
pub(super) use hyperparameters;
