//! `cosine_similarity`.

use crate::float::Float;
use crate::losses::{form::EPSILON, rows};
use crate::math::{min, rsqrt};
use crate::ops::reduce::sum_map;

rows::op! {
    /// `cosine_similarity(y_true, y_pred)`: the negative cosine of the angle between target and prediction: −1 where they point
    /// the same way.
    ///
    /// ```text
    /// y = −Σⱼ tⱼ·pⱼ / (|t|·|p|)        dpⱼ = −dy · (tⱼ/|t| + y·pⱼ/|p|) / |p|        dtⱼ = −dy · (pⱼ/|p| + y·tⱼ/|t|) / |t|
    /// ```
    ///
    /// A vector shorter than 1e-7 is divided by 1e-7 instead of its length, so that the loss of zeros is 0.
    ///
    /// # Arguments
    /// * `y_true`: floats `[.., n]`: vectors along the last axis. For another axis, `permute` both.
    /// * `y_pred`: floats of the same shape.
    ///
    /// # Output
    /// `[]`: the mean over the vectors of an example.
    ///
    /// # Errors
    /// Different shapes: nothing broadcasts here; no axis; numbers other than floats.
    ///
    /// Follows `keras.losses.CosineSimilarity` with `axis = -1`.
    cosine_similarity, CosineSimilarityAt, classes
}

/// One over the length of a vector, and whether that is the length itself: 1, or 0 where it is a constant.
#[inline(always)]
fn inverse_length<F: Float>(x: &[F]) -> (F, F) {
    let (inverse, largest) = (rsqrt(sum_map([x], |[x]| x * x)), F::of(1.0 / EPSILON));
    (min(inverse, largest), if inverse < largest { F::one() } else { F::zero() })
}

impl rows::Rows for cosine_similarity {
    #[inline(always)]
    fn value<F: Float>(&self, t: &[F], p: &[F]) -> F {
        -sum_map([t, p], |[t, p]| t * p) * inverse_length(t).0 * inverse_length(p).0
    }

    #[inline(always)]
    fn slopes<F: Float>(&self, t: &[F], p: &[F]) -> impl Fn(F, F) -> (F, F) {
        let y = self.value(t, p);
        let ((by_t, of_t), (by_p, of_p)) = (inverse_length(t), inverse_length(p));
        move |t, p| {
            let (t, p) = (t * by_t, p * by_p);
            (-by_t * (p + y * of_t * t), -by_p * (t + y * of_p * p))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::losses::rows::Rows;
    use crate::ops::check::{error, shape, values};

    #[test]
    fn vjp() {
        let sizes = [shape([2]), shape([3, 4]), shape([1, 11]), shape([2, 1, 3])];
        rows::check(&cosine_similarity, cosine_similarity::infer, &sizes, |_, u| 2.0 * u - 1.0);
        // A target that is divided by a constant.
        assert_eq!(cosine_similarity.slopes(&[0.0, 0.0], &[0.0, 2.0])(0.0, 2.0), (-1e7, 0.0));
    }

    #[test]
    fn of_known_angles() {
        let found = |t: [f64; 2], p: [f64; 2]| cosine_similarity.value(&t, &p);
        assert_eq!(found([1.0, 0.0], [2.0, 0.0]), -1.0);
        assert_eq!(found([1.0, 0.0], [0.0, 3.0]), 0.0);
        assert_eq!(found([0.0, 5.0], [0.0, -0.5]), 1.0);
        assert_eq!(found([0.0, 0.0], [1.0, 1.0]), 0.0);
    }

    #[test]
    fn errors() {
        assert_eq!(
            error(cosine_similarity.infer(&values(&[shape([]), shape([])]))),
            "takes `y_pred` [.., classes], found []"
        );
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        let file = include_bytes!("../../../golden/losses/cosine.safetensors");
        let op = cosine_similarity;
        crate::losses::golden::check(&op, cosine_similarity::infer, file, [8.07e-8, 7.67e-9]);
    }
}
