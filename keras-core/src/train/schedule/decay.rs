//! Schedules that fall: exponentially, as a polynomial, as 1/t, in steps.

use super::Schedule;
use crate::train::{OptimizerError, Range};

/// `η·r^(step / decay_steps)`.
///
/// Follows `keras.optimizers.schedules.ExponentialDecay`.
#[derive(Clone, Debug, PartialEq)]
pub struct ExponentialDecay(Decay);

/// `η / (1 + r·step / decay_steps)`.
///
/// Follows `keras.optimizers.schedules.InverseTimeDecay`.
#[derive(Clone, Debug, PartialEq)]
pub struct InverseTimeDecay(Decay);

/// What both have.
#[derive(Clone, Debug, PartialEq)]
struct Decay {
    initial_learning_rate: f64,
    decay_steps: u64,
    decay_rate: f64,
    staircase: bool,
}

impl Decay {
    /// `step / decay_steps`.
    fn part(&self, step: u64) -> f64 {
        let part = step as f64 / self.decay_steps as f64;
        if self.staircase { part.floor() } else { part }
    }

    fn check(&self) -> Result<(), OptimizerError> {
        Range::AT_LEAST_0.check("initial_learning_rate", self.initial_learning_rate)?;
        Range::COUNT.check("decay_steps", self.decay_steps as f64)?;
        Range::AT_LEAST_0.check("decay_rate", self.decay_rate)
    }
}

macro_rules! decays {
    ($($Name:ident: |$decay:ident, $part:ident| $rate:expr;)*) => {$(
        impl $Name {
            /// From `initial_learning_rate` (`η`, at least 0) by `decay_rate` (`r`, at least 0) every `decay_steps` (at least 1)
            /// steps; not as a staircase.
            pub fn new(initial_learning_rate: f64, decay_steps: u64, decay_rate: f64) -> Self {
                $Name(Decay { initial_learning_rate, decay_steps, decay_rate, staircase: false })
            }

            /// Whether `step / decay_steps` is rounded down.
            pub fn staircase(self, staircase: bool) -> Self {
                $Name(Decay { staircase, ..self.0 })
            }
        }

        impl Schedule for $Name {
            fn at(&self, step: u64) -> f64 {
                let ($decay, $part) = (&self.0, self.0.part(step));
                $rate
            }

            fn check(&self) -> Result<(), OptimizerError> {
                self.0.check()
            }
        }
    )*};
}
decays! {
    ExponentialDecay: |decay, part| decay.initial_learning_rate * decay.decay_rate.powf(part);
    InverseTimeDecay: |decay, part| decay.initial_learning_rate / (1.0 + decay.decay_rate * part);
}

/// `(η − e)·(1 − step / decay_steps)^power + e` up to `decay_steps`, then `e`.
///
/// Follows `keras.optimizers.schedules.PolynomialDecay`.
#[derive(Clone, Debug, PartialEq)]
pub struct PolynomialDecay {
    initial_learning_rate: f64,
    decay_steps: u64,
    end_learning_rate: f64,
    power: f64,
    cycle: bool,
}

impl PolynomialDecay {
    /// From `initial_learning_rate` (`η`, at least 0) to 0.0001 in `decay_steps` (at least 1) steps, along a line.
    pub fn new(initial_learning_rate: f64, decay_steps: u64) -> Self {
        PolynomialDecay {
            initial_learning_rate,
            decay_steps,
            end_learning_rate: 0.0001,
            power: 1.0,
            cycle: false,
        }
    }

    /// The learning rate `e` at the end, at least 0.
    pub fn end_learning_rate(self, end_learning_rate: f64) -> Self {
        PolynomialDecay { end_learning_rate, ..self }
    }

    /// The power, at least 0.
    pub fn power(self, power: f64) -> Self {
        PolynomialDecay { power, ..self }
    }

    /// Whether, at the end, it begins again: with twice, three times, … `decay_steps` in place of `decay_steps`.
    pub fn cycle(self, cycle: bool) -> Self {
        PolynomialDecay { cycle, ..self }
    }
}

impl Schedule for PolynomialDecay {
    fn at(&self, step: u64) -> f64 {
        let (step, one) = (step as f64, self.decay_steps as f64);
        let all = if self.cycle { one * (step / one).ceil().max(1.0) } else { one };
        let left = 1.0 - step.min(all) / all;
        let (from, to) = (self.initial_learning_rate, self.end_learning_rate);
        (from - to) * left.powf(self.power) + to
    }

    fn check(&self) -> Result<(), OptimizerError> {
        Range::AT_LEAST_0.check("initial_learning_rate", self.initial_learning_rate)?;
        Range::COUNT.check("decay_steps", self.decay_steps as f64)?;
        Range::AT_LEAST_0.check("end_learning_rate", self.end_learning_rate)?;
        Range::AT_LEAST_0.check("power", self.power)
    }
}

/// `values[0]` up to and with step `boundaries[0]`, `values[1]` up to and with `boundaries[1]`, …, at last the last value.
///
/// ```
/// use keras_core::prelude::*;
///
/// let schedule = PiecewiseConstantDecay::new([100, 200], [0.1, 0.01, 0.001]);
/// assert_eq!(schedule.at(100), 0.1);
/// assert_eq!(schedule.at(101), 0.01);
/// ```
///
/// Follows `keras.optimizers.schedules.PiecewiseConstantDecay`.
#[derive(Clone, Debug, PartialEq)]
pub struct PiecewiseConstantDecay {
    boundaries: Vec<u64>,
    values: Vec<f64>,
}

impl PiecewiseConstantDecay {
    /// `boundaries` grow; there is one value, at least 0, more than boundaries.
    pub fn new(
        boundaries: impl IntoIterator<Item = u64>,
        values: impl IntoIterator<Item = f64>,
    ) -> Self {
        PiecewiseConstantDecay {
            boundaries: boundaries.into_iter().collect(),
            values: values.into_iter().collect(),
        }
    }
}

impl Schedule for PiecewiseConstantDecay {
    /// NaN where there are too few values.
    fn at(&self, step: u64) -> f64 {
        let piece = self.boundaries.partition_point(|boundary| *boundary < step);
        self.values.get(piece).copied().unwrap_or(f64::NAN)
    }

    fn check(&self) -> Result<(), OptimizerError> {
        let (boundaries, values) = (self.boundaries.len(), self.values.len());
        if values != boundaries + 1 {
            return Err(OptimizerError::Values { boundaries, values });
        }
        if let Some(pair) = self.boundaries.windows(2).find(|pair| pair[0] >= pair[1]) {
            let (expected, found) = ("larger than the one before", pair[1] as f64);
            return Err(OptimizerError::Range { name: "boundaries", expected, found });
        }
        self.values.iter().try_for_each(|value| Range::AT_LEAST_0.check("values", *value))
    }
}
