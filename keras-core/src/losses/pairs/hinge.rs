//! `hinge` and `squared_hinge`.

use super::Pairs;
use crate::float::Float;
use crate::losses::rows;
use crate::math::max;

rows::op! {
    /// `hinge(y_true, y_pred)`: how far scores are from being right by a margin of 1, for yes-no targets.
    ///
    /// ```text
    /// y = (1/n)·Σ max(1 − t·p, 0)        dp = −dy · t/n where t·p < 1, else 0        dt = −dy · p/n there
    /// ```
    ///
    /// # Arguments
    /// * `y_true`: floats `[..]`: −1 or 1. A target of 0 counts as −1, so that 0 or 1 is the same.
    /// * `y_pred`: floats of the same shape: scores.
    ///
    /// # Output
    /// `[]`: the mean over all axes of an example.
    ///
    /// # Errors
    /// Different shapes: nothing broadcasts here; numbers other than floats.
    ///
    /// Follows `keras.losses.Hinge`.
    hinge, HingeAt, pairs
}

rows::op! {
    /// `squared_hinge(y_true, y_pred)`: the square of what [`hinge`] measures.
    ///
    /// ```text
    /// y = (1/n)·Σ max(1 − t·p, 0)²        dp = −dy · (2/n)·t·max(1 − t·p, 0)        dt = −dy · (2/n)·p·max(1 − t·p, 0)
    /// ```
    ///
    /// # Arguments
    /// * `y_true`: floats `[..]`: −1 or 1. A target of 0 counts as −1, so that 0 or 1 is the same.
    /// * `y_pred`: floats of the same shape: scores.
    ///
    /// # Output
    /// `[]`: the mean over all axes of an example.
    ///
    /// # Errors
    /// Different shapes: nothing broadcasts here; numbers other than floats.
    ///
    /// Follows `keras.losses.SquaredHinge`.
    squared_hinge, SquaredHingeAt, pairs
}

/// The target as a sign.
#[inline(always)]
fn signed<F: Float>(t: F) -> F {
    if t == F::zero() { -F::one() } else { t }
}

/// By how much the margin is missed.
#[inline(always)]
fn missed<F: Float>(t: F, p: F) -> F {
    max(F::one() - signed(t) * p, F::zero())
}

impl Pairs for hinge {
    #[inline(always)]
    fn value<F: Float>(&self, t: F, p: F) -> F {
        missed(t, p)
    }

    #[inline(always)]
    fn slopes<F: Float>(&self, t: F, p: F) -> (F, F) {
        if missed(t, p) > F::zero() { (-p, -signed(t)) } else { (F::zero(), F::zero()) }
    }
}

impl Pairs for squared_hinge {
    #[inline(always)]
    fn value<F: Float>(&self, t: F, p: F) -> F {
        missed(t, p) * missed(t, p)
    }

    #[inline(always)]
    fn slopes<F: Float>(&self, t: F, p: F) -> (F, F) {
        let slope = missed(t, p) * F::of(-2.0);
        (slope * p, slope * signed(t))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::losses::pairs;

    #[test]
    fn vjp() {
        pairs::check(&hinge, hinge::infer, |_, u| 4.0 * u - 2.0);
        pairs::check(&squared_hinge, squared_hinge::infer, |_, u| 4.0 * u - 2.0);
    }

    #[test]
    fn zero_is_no() {
        for p in [-1.5, 0.0, 1.5f64] {
            assert_eq!(hinge.value(0.0, p), hinge.value(-1.0, p));
            assert_eq!(hinge.slopes(0.0, p), hinge.slopes(-1.0, p));
            assert_eq!(squared_hinge.slopes(0.0, p), squared_hinge.slopes(-1.0, p));
        }
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        use crate::losses::golden::check;
        let file = include_bytes!("../../../golden/losses/hinge.safetensors");
        check(&hinge, hinge::infer, file, [8.94e-8, 1.24e-9]);
        let file = include_bytes!("../../../golden/losses/squared_hinge.safetensors");
        check(&squared_hinge, squared_hinge::infer, file, [1.6e-6, 3.97e-8]);
    }
}
