//! Keras' initializers: which there are, and the names a user writes. [`draw`](super::draw) computes their values.

use crate::shape::{Message, Shape};

/// Where the first values of a weight come from, as `keras.initializers`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Initializer {
    /// Every value is this number: `keras.initializers.Constant`, and with it `Zeros` and `Ones`.
    Constant(f64),
    /// Uniform in `[min, max)`: `keras.initializers.RandomUniform`.
    Uniform {
        /// The smallest value.
        min: f64,
        /// No value reaches this.
        max: f64,
    },
    /// Normal with this mean and standard deviation: `keras.initializers.RandomNormal`.
    Normal {
        /// The mean.
        mean: f64,
        /// The standard deviation.
        stddev: f64,
    },
    /// As `Normal`, but values further than two standard deviations from the mean are drawn again:
    /// `keras.initializers.TruncatedNormal`. The standard deviation of the result is 0.8796 times `stddev`.
    TruncatedNormal {
        /// The mean.
        mean: f64,
        /// The standard deviation before truncation.
        stddev: f64,
    },
    /// Mean 0 and variance `scale / fan`, where `fan` is chosen by `mode`: `keras.initializers.VarianceScaling`.
    VarianceScaling {
        /// The factor.
        scale: f64,
        /// Which fan the variance is divided by.
        mode: Fan,
        /// The kind of distribution.
        distribution: Distribution,
    },
    /// An orthogonal matrix times `gain`, the Q of a random matrix' QR decomposition (Saxe et al. 2013):
    /// `keras.initializers.Orthogonal`. The leading axes are taken as one; where a matrix is not square, its columns (or
    /// rows, if they are fewer) are orthonormal.
    Orthogonal {
        /// The factor.
        gain: f64,
    },
    /// `gain` on the diagonal of a matrix, 0 elsewhere: `keras.initializers.Identity`.
    Identity {
        /// The value on the diagonal.
        gain: f64,
    },
    /// 1 in the second of four equal parts of a vector, and elsewhere what another initializer gives: the bias of an LSTM, whose
    /// second part belongs to the forget gate (Jozefowicz et al. 2015), with `unit_forget_bias`.
    UnitForget(&'static Initializer),
}

/// Which number of connections [`Initializer::VarianceScaling`] divides by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fan {
    /// The connections that enter a unit.
    In,
    /// The connections that leave a unit.
    Out,
    /// The mean of the two.
    Avg,
}

/// The distribution that [`Initializer::VarianceScaling`] draws from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distribution {
    /// Uniform in `±sqrt(3 · variance)`.
    Uniform,
    /// Normal, cut at two standard deviations and widened so that the variance holds after the cut.
    TruncatedNormal,
    /// Normal.
    UntruncatedNormal,
}

impl Initializer {
    /// `Uniform` in `[min, max)`.
    ///
    /// # Panics
    /// Where this is not `Uniform`; in a weight's declaration that is a compile error.
    pub const fn range(self, min: f64, max: f64) -> Self {
        match self {
            Initializer::Uniform { .. } => Initializer::Uniform { min, max },
            _ => panic!("`range` is an argument of `Uniform` alone"),
        }
    }

    /// `Normal` or `TruncatedNormal` around `mean`.
    ///
    /// # Panics
    /// Where this is neither; in a weight's declaration that is a compile error.
    pub const fn mean(self, mean: f64) -> Self {
        match self {
            Initializer::Normal { stddev, .. } => Initializer::Normal { mean, stddev },
            Initializer::TruncatedNormal { stddev, .. } => {
                Initializer::TruncatedNormal { mean, stddev }
            }
            _ => panic!("`mean` is an argument of `Normal` and `TruncatedNormal` alone"),
        }
    }

    /// `Normal` or `TruncatedNormal` with standard deviation `stddev`.
    ///
    /// # Panics
    /// Where this is neither; in a weight's declaration that is a compile error.
    pub const fn stddev(self, stddev: f64) -> Self {
        match self {
            Initializer::Normal { mean, .. } => Initializer::Normal { mean, stddev },
            Initializer::TruncatedNormal { mean, .. } => {
                Initializer::TruncatedNormal { mean, stddev }
            }
            _ => panic!("`stddev` is an argument of `Normal` and `TruncatedNormal` alone"),
        }
    }

    /// `Orthogonal` or `Identity` times `gain`.
    ///
    /// # Panics
    /// Where this is neither; in a weight's declaration that is a compile error.
    pub const fn gain(self, gain: f64) -> Self {
        match self {
            Initializer::Orthogonal { .. } => Initializer::Orthogonal { gain },
            Initializer::Identity { .. } => Initializer::Identity { gain },
            _ => panic!("`gain` is an argument of `Orthogonal` and `Identity` alone"),
        }
    }

    /// What is wrong where this initializer cannot fill a weight of this shape: `Identity` takes a matrix, `Orthogonal` at least
    /// one.
    pub const fn wrong(self, shape: &Shape) -> Option<Message> {
        let rule = match self {
            Initializer::Identity { .. } if shape.rank() != 2 => "`Identity` takes 2 axes, found ",
            Initializer::Orthogonal { .. } if shape.rank() < 2 => {
                "`Orthogonal` takes at least 2 axes, found "
            }
            Initializer::UnitForget(_) if shape.rank() != 1 || !shape.size(0).is_multiple_of(4) => {
                "`UnitForget` takes a vector of four parts, found "
            }
            Initializer::UnitForget(rest) => return rest.wrong(shape),
            _ => return None,
        };
        Some(Message::new(rule).shape(shape))
    }

    /// As this, but 1 in the second of four equal parts of a vector.
    pub const fn unit_forget(&'static self) -> Self {
        Initializer::UnitForget(self)
    }

    pub(super) const fn scaling(scale: f64, mode: Fan, distribution: Distribution) -> Self {
        Initializer::VarianceScaling { scale, mode, distribution }
    }
}

/// The names a user writes, in Keras' words and with Keras' defaults: `weight([n, m], GlorotUniform)`.
#[allow(non_upper_case_globals)]
pub mod initializers {
    use super::{Distribution, Fan, Initializer};

    /// All 0.
    pub const Zeros: Initializer = Initializer::Constant(0.0);
    /// All 1.
    pub const Ones: Initializer = Initializer::Constant(1.0);
    /// Uniform in `[-0.05, 0.05)`; another interval with `Uniform.range(min, max)`.
    pub const Uniform: Initializer = Initializer::Uniform { min: -0.05, max: 0.05 };
    /// Normal with mean 0 and standard deviation 0.05; others with `.mean(…)` and `.stddev(…)`.
    pub const Normal: Initializer = Initializer::Normal { mean: 0.0, stddev: 0.05 };
    /// As [`Normal`], values beyond two standard deviations are drawn again.
    pub const TruncatedNormal: Initializer =
        Initializer::TruncatedNormal { mean: 0.0, stddev: 0.05 };
    /// Uniform in `±sqrt(6 / (fan_in + fan_out))` (Glorot, Bengio 2010).
    pub const GlorotUniform: Initializer =
        Initializer::scaling(1.0, Fan::Avg, Distribution::Uniform);
    /// Truncated normal of variance `2 / (fan_in + fan_out)` (Glorot, Bengio 2010).
    pub const GlorotNormal: Initializer =
        Initializer::scaling(1.0, Fan::Avg, Distribution::TruncatedNormal);
    /// Uniform in `±sqrt(6 / fan_in)` (He et al. 2015).
    pub const HeUniform: Initializer = Initializer::scaling(2.0, Fan::In, Distribution::Uniform);
    /// Truncated normal of variance `2 / fan_in` (He et al. 2015).
    pub const HeNormal: Initializer =
        Initializer::scaling(2.0, Fan::In, Distribution::TruncatedNormal);
    /// Uniform in `±sqrt(3 / fan_in)` (LeCun et al. 1998).
    pub const LecunUniform: Initializer = Initializer::scaling(1.0, Fan::In, Distribution::Uniform);
    /// Truncated normal of variance `1 / fan_in` (LeCun et al. 1998).
    pub const LecunNormal: Initializer =
        Initializer::scaling(1.0, Fan::In, Distribution::TruncatedNormal);
    /// An orthogonal matrix; times a factor with `Orthogonal.gain(…)`.
    pub const Orthogonal: Initializer = Initializer::Orthogonal { gain: 1.0 };
    /// The unit matrix; times a factor with `Identity.gain(…)`.
    pub const Identity: Initializer = Initializer::Identity { gain: 1.0 };

    /// Every value is `value`.
    #[allow(non_snake_case)]
    pub const fn Constant(value: f64) -> Initializer {
        Initializer::Constant(value)
    }
}
