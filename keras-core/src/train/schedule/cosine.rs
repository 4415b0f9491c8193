//! Schedules that fall along a cosine (Loshchilov, Hutter 2016).

use core::f64::consts::PI;

use super::Schedule;
use crate::train::{OptimizerError, Range};

/// `η·((1 − α)·(1 + cos(π·step / decay_steps))/2 + α)` up to `decay_steps`, then `η·α`; before it, if there is a
/// `warmup_target`, a line from `initial_learning_rate` to it, which then is the `η` (Goyal et al. 2017).
///
/// Follows `keras.optimizers.schedules.CosineDecay`.
#[derive(Clone, Debug, PartialEq)]
pub struct CosineDecay {
    initial_learning_rate: f64,
    decay_steps: u64,
    alpha: f64,
    warmup_target: Option<f64>,
    warmup_steps: u64,
}

impl CosineDecay {
    /// From `initial_learning_rate` (`η`, at least 0) to 0 in `decay_steps` (at least 1) steps, without warm-up.
    pub fn new(initial_learning_rate: f64, decay_steps: u64) -> Self {
        CosineDecay {
            initial_learning_rate,
            decay_steps,
            alpha: 0.0,
            warmup_target: None,
            warmup_steps: 0,
        }
    }

    /// The learning rate at the end as a part `α` of `η`, at least 0.
    pub fn alpha(self, alpha: f64) -> Self {
        CosineDecay { alpha, ..self }
    }

    /// The learning rate at the end of the warm-up, at least 0.
    pub fn warmup_target(self, warmup_target: f64) -> Self {
        CosineDecay { warmup_target: Some(warmup_target), ..self }
    }

    /// How many steps the warm-up takes; none without a `warmup_target`.
    pub fn warmup_steps(self, warmup_steps: u64) -> Self {
        CosineDecay { warmup_steps, ..self }
    }
}

impl Schedule for CosineDecay {
    fn at(&self, step: u64) -> f64 {
        let (from, warmup_steps) = match self.warmup_target {
            None => (self.initial_learning_rate, 0),
            Some(target) if step < self.warmup_steps => {
                let (start, part) = (self.initial_learning_rate, step as f64);
                return start + (target - start) * (part / self.warmup_steps as f64);
            }
            Some(target) => (target, self.warmup_steps),
        };
        let part = (step - warmup_steps) as f64 / self.decay_steps as f64;
        from * falling(part.min(1.0), 1.0, self.alpha)
    }

    fn check(&self) -> Result<(), OptimizerError> {
        Range::AT_LEAST_0.check("initial_learning_rate", self.initial_learning_rate)?;
        Range::COUNT.check("decay_steps", self.decay_steps as f64)?;
        Range::AT_LEAST_0.check("alpha", self.alpha)?;
        self.warmup_target.map_or(Ok(()), |x| Range::AT_LEAST_0.check("warmup_target", x))
    }
}

/// As [`CosineDecay`], and at the end it begins again: restart `i` takes `first_decay_steps · t_mulⁱ` steps and begins at
/// `η · m_mulⁱ`.
///
/// Follows `keras.optimizers.schedules.CosineDecayRestarts`.
#[derive(Clone, Debug, PartialEq)]
pub struct CosineDecayRestarts {
    initial_learning_rate: f64,
    first_decay_steps: u64,
    t_mul: f64,
    m_mul: f64,
    alpha: f64,
}

impl CosineDecayRestarts {
    /// From `initial_learning_rate` (`η`, at least 0) to 0 in `first_decay_steps` (at least 1) steps; `t_mul` 2, `m_mul` 1.
    pub fn new(initial_learning_rate: f64, first_decay_steps: u64) -> Self {
        CosineDecayRestarts {
            initial_learning_rate,
            first_decay_steps,
            t_mul: 2.0,
            m_mul: 1.0,
            alpha: 0.0,
        }
    }

    /// How many times longer each restart takes than the one before, at least 1.
    pub fn t_mul(self, t_mul: f64) -> Self {
        CosineDecayRestarts { t_mul, ..self }
    }

    /// How many times higher each restart begins than the one before, at least 0.
    pub fn m_mul(self, m_mul: f64) -> Self {
        CosineDecayRestarts { m_mul, ..self }
    }

    /// The learning rate at each end as a part `α` of `η`, at least 0.
    pub fn alpha(self, alpha: f64) -> Self {
        CosineDecayRestarts { alpha, ..self }
    }
}

impl Schedule for CosineDecayRestarts {
    fn at(&self, step: u64) -> f64 {
        let (t_mul, part) = (self.t_mul, step as f64 / self.first_decay_steps as f64);
        let (restart, part) = if t_mul == 1.0 {
            (part.floor(), part.fract())
        } else {
            // The logarithms' rounding must not miss a restart.
            let restart = ((1.0 - part * (1.0 - t_mul)).ln() / t_mul.ln() + 1e-9).floor();
            let length = t_mul.powf(restart);
            (restart, (part - (1.0 - length) / (1.0 - t_mul)) / length)
        };
        self.initial_learning_rate * falling(part, self.m_mul.powf(restart), self.alpha)
    }

    fn check(&self) -> Result<(), OptimizerError> {
        Range::AT_LEAST_0.check("initial_learning_rate", self.initial_learning_rate)?;
        Range::COUNT.check("first_decay_steps", self.first_decay_steps as f64)?;
        Range::AT_LEAST_1.check("t_mul", self.t_mul)?;
        Range::AT_LEAST_0.check("m_mul", self.m_mul)?;
        Range::AT_LEAST_0.check("alpha", self.alpha)
    }
}

/// From `height` to `alpha` along half a cosine.
fn falling(part: f64, height: f64, alpha: f64) -> f64 {
    (1.0 - alpha) * 0.5 * height * (1.0 + (PI * part).cos()) + alpha
}
