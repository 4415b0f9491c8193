//! `kl_divergence`.

use crate::float::Float;
use crate::losses::{form::EPSILON, rows};
use crate::math::{max, min};
use crate::ops::reduce::sum_map;

rows::op! {
    /// `kl_divergence(y_true, y_pred)`: how far a predicted distribution is from the target's, in nats.
    ///
    /// ```text
    /// y = Σⱼ tⱼ·ln(tⱼ / pⱼ)        dpⱼ = −dy · tⱼ/pⱼ        dtⱼ = dy · (ln(tⱼ / pⱼ) + 1)
    /// ```
    ///
    /// Both are clipped to `1e-7..=1`, beyond which the cotangent is 0.
    ///
    /// # Arguments
    /// * `y_true`: floats `[.., classes]`, each row a distribution.
    /// * `y_pred`: floats of the same shape: probabilities, as `softmax` gives.
    ///
    /// # Output
    /// `[]`: the mean over the rows of an example.
    ///
    /// # Errors
    /// Different shapes: nothing broadcasts here; no axis of classes; numbers other than floats.
    ///
    /// Follows `keras.losses.KLDivergence`.
    kl_divergence, KlDivergenceAt, classes
}

#[inline(always)]
fn clipped<F: Float>(q: F) -> F {
    min(max(q, F::of(EPSILON)), F::one())
}

/// `slope` where [`clipped`] leaves `q` as it is.
#[inline(always)]
fn inside<F: Float>(q: F, slope: F) -> F {
    if clipped(q) == q { slope } else { F::zero() }
}

impl rows::Rows for kl_divergence {
    #[inline(always)]
    fn value<F: Float>(&self, t: &[F], p: &[F]) -> F {
        sum_map([t, p], |[t, p]| clipped(t) * (clipped(t) / clipped(p)).v_ln())
    }

    #[inline(always)]
    fn slopes<F: Float>(&self, _: &[F], _: &[F]) -> impl Fn(F, F) -> (F, F) {
        |t, p| {
            let ratio = clipped(t) / clipped(p);
            (inside(t, ratio.v_ln() + F::one()), inside(p, -ratio))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::losses::rows::Rows;
    use crate::ops::check::{outputs, shape};

    #[test]
    fn vjp() {
        let sizes = [shape([2]), shape([3, 4]), shape([1, 11]), shape([2, 1, 3])];
        rows::check(&kl_divergence, kl_divergence::infer, &sizes, |_, u| 0.05 + 0.9 * u);
        // What is clipped.
        rows::check(&kl_divergence, kl_divergence::infer, &sizes, |_, u| 1.1 + u);
    }

    #[test]
    fn of_known_distributions() {
        let (t, p) = ([0.5, 0.5, 1.0, 0.0], [0.25, 0.75, 1.0, 0.0]);
        let rows = outputs(
            &kl_divergence,
            kl_divergence::infer,
            &[(shape([2, 2]), &t), (shape([2, 2]), &p)],
        );
        // The first row: (ln 2 + ln 2/3) / 2; the second: 0.
        assert!((rows[0][0] - (4.0f64 / 3.0).ln() / 4.0).abs() < 1e-15, "{rows:?}");
        assert_eq!(kl_divergence.slopes(&t, &p)(1.0, 0.0).1, 0.0);
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        let file = include_bytes!("../../../golden/losses/kl.safetensors");
        crate::losses::golden::check(
            &kl_divergence,
            kl_divergence::infer,
            file,
            [4.42e-8, 1.02e-7],
        );
    }
}
