//! `categorical_hinge`.

use crate::float::Float;
use crate::losses::rows;
use crate::math::max;
use crate::ops::reduce::sum_map;

rows::op! {
    /// `categorical_hinge(y_true, y_pred)`: how far the score of the right class is from being the largest by a margin of 1.
    ///
    /// ```text
    /// y = max(1 + max_j (1 − tⱼ)·pⱼ − Σⱼ tⱼ·pⱼ, 0)
    /// dpⱼ = dy · ([j is the largest]·(1 − tⱼ) − tⱼ)        dtⱼ = −dy · pⱼ·([j is the largest] + 1)
    /// ```
    ///
    /// both 0 where `y` is; of equally large classes each has an equal part.
    ///
    /// # Arguments
    /// * `y_true`: floats `[.., classes]`, 0 or 1: each row one-hot.
    /// * `y_pred`: floats of the same shape: scores.
    ///
    /// # Output
    /// `[]`: the mean over the rows of an example.
    ///
    /// # Errors
    /// Different shapes: nothing broadcasts here; no axis of classes; numbers other than floats.
    ///
    /// Follows `keras.losses.CategoricalHinge`.
    categorical_hinge, CategoricalHingeAt, classes
}

/// The score of a class in so far as it is wrong.
#[inline(always)]
fn wrong<F: Float>(t: F, p: F) -> F {
    (F::one() - t) * p
}

/// The largest wrong score.
#[inline(always)]
fn worst<F: Float>(t: &[F], p: &[F]) -> F {
    t.iter().zip(p).map(|(t, p)| wrong(*t, *p)).fold(F::neg_infinity(), max)
}

impl rows::Rows for categorical_hinge {
    #[inline(always)]
    fn value<F: Float>(&self, t: &[F], p: &[F]) -> F {
        let right = sum_map([t, p], |[t, p]| t * p);
        max(F::one() + worst(t, p) - right, F::zero())
    }

    #[inline(always)]
    fn slopes<F: Float>(&self, t: &[F], p: &[F]) -> impl Fn(F, F) -> (F, F) {
        let worst = worst(t, p);
        let is_worst = move |t, p| if wrong(t, p) == worst { F::one() } else { F::zero() };
        let count = sum_map([t, p], |[t, p]| is_worst(t, p));
        let counts = if self.value(t, p) > F::zero() { F::one() } else { F::zero() };
        move |t, p| {
            let part = is_worst(t, p) / count;
            (-counts * p * (part + F::one()), counts * (part * (F::one() - t) - t))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::losses::rows::Rows;
    use crate::ops::check::shape;

    #[test]
    fn vjp() {
        let sizes = [shape([2]), shape([3, 4]), shape([1, 11]), shape([2, 1, 3])];
        rows::check(&categorical_hinge, categorical_hinge::infer, &sizes, |_, u| 2.0 * u - 1.0);
    }

    #[test]
    fn right_by_a_margin_is_no_loss() {
        let t = [0.0, 1.0, 0.0];
        assert_eq!(categorical_hinge.value(&t, &[0.5, 2.0, 0.5]), 0.0);
        assert_eq!(categorical_hinge.slopes(&t, &[0.5, 2.0, 0.5])(1.0, 2.0), (0.0, 0.0));
        assert_eq!(categorical_hinge.value(&t, &[0.5, 1.0, 0.5]), 0.5);
        assert_eq!(categorical_hinge.slopes(&t, &[0.5, 1.0, 0.5])(0.0, 0.5), (-0.75, 0.5));
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        let file = include_bytes!("../../../golden/losses/categorical_hinge.safetensors");
        let op = categorical_hinge;
        crate::losses::golden::check(&op, categorical_hinge::infer, file, [2.38e-7, 4.97e-9]);
    }
}
