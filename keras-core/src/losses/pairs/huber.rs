//! `huber`.

use super::Pairs;
use crate::float::Float;
use crate::losses::{rows, rules};
use crate::math::{abs, max, min};
use crate::shape::{Inferred, Message};

/// `huber(y_true, y_pred, delta = 1.0)`: the squared error for small differences, the absolute one for large.
///
/// ```text
/// y = (1/n)·Σ e²/2              where |e| ≤ delta,  e = p − t        dp = dy · e/n
/// y = (1/n)·Σ delta·(|e| − delta/2)   elsewhere                      dp = dy · delta·sign(e)/n        dt = −dp
/// ```
///
/// # Arguments
/// * `y_true`: floats `[..]`.
/// * `y_pred`: floats of the same shape.
///
/// # Output
/// `[]`: the mean over all axes of an example.
///
/// # Errors
/// Different shapes: nothing broadcasts here; numbers other than floats; a `delta` that is not a positive number.
///
/// Follows `keras.losses.Huber`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct huber {
    delta: f64,
}

impl huber {
    /// With a `delta` of 1.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        huber { delta: 1.0 }
    }

    /// Up to which size a difference is squared; above 0.
    pub const fn delta(self, delta: f64) -> Self {
        huber { delta }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        if !(self.delta > 0.0 && self.delta < f64::INFINITY) {
            return Inferred::Error(
                Message::argument("delta", "is a positive number", self.delta)
                    .help("for absolute differences alone use `mean_absolute_error`"),
            );
        }
        rules::pairs(x)
    }
}

rows::op!(huber, HuberAt);

impl Pairs for huber {
    #[inline(always)]
    fn value<F: Float>(&self, t: F, p: F) -> F {
        let (size, half) = (abs(p - t), F::of(0.5));
        // Both branches are e²/2 at most `delta`, and beyond it the tangent there.
        let near = min(size, F::of(self.delta));
        near * (size - half * near)
    }

    #[inline(always)]
    fn slopes<F: Float>(&self, t: F, p: F) -> (F, F) {
        let delta = F::of(self.delta);
        let slope = min(max(p - t, -delta), delta);
        (-slope, slope)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::losses::pairs;
    use crate::ops::check::{error, shape, values};

    #[test]
    fn vjp() {
        for delta in [0.3, 1.0, 10.0] {
            pairs::check(&huber::new().delta(delta), huber::infer, |_, u| 4.0 * u - 2.0);
        }
    }

    #[test]
    fn both_branches() {
        let op = huber::new().delta(2.0);
        let found = [0.0, 1.0, 2.0, 3.0, -3.0].map(|e: f64| op.value(10.0, 10.0 + e));
        assert_eq!(found, [0.0, 0.5, 2.0, 4.0, 4.0]);
    }

    #[test]
    fn errors() {
        for delta in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let found = error(huber::new().delta(delta).infer(&values(&[shape([3]), shape([3])])));
            assert!(found.starts_with("`delta` is a positive number, found "), "{found}");
        }
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        let file = include_bytes!("../../../golden/losses/huber.safetensors");
        crate::losses::golden::check(&huber::new(), huber::infer, file, [6.37e-8, 2.48e-9]);
    }
}
