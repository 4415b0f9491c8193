//! ReLU with its arguments.

use crate::prelude::*;

/// The rectified linear unit with a slope below a threshold and an upper bound. With defaults it is what the activation `Relu`
/// and the function `relu` are, too.
///
/// ```text
/// y = min(x, max_value) where x ≥ threshold, else negative_slope · (x − threshold)
/// ```
///
/// # Arguments
/// * `x`: `[..]`.
///
/// # Output
/// The shape of `x`.
///
/// ```
/// use keras_core::prelude::*;
///
/// model! {
///     struct Net {
///         input x: [3];
///         output y = ReLU::new().max_value(6.0).negative_slope(0.1)(x);
///     }
/// }
/// let y = Net::new(1).predict(&[[-1.0f32, 2.0, 8.0]])?;
/// assert_eq!(y.as_slice(), Some(&[-0.1, 2.0, 6.0][..]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Follows `keras.layers.ReLU`.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct ReLU {
    /// The largest value; infinity: none.
    #[default(f64::INFINITY)]
    pub max_value: f64,
    /// The slope below the threshold.
    #[default(0.0)]
    pub negative_slope: f64,
    /// Where the slope of 1 begins.
    #[default(0.0)]
    pub threshold: f64,
}

#[layer]
impl ReLU {
    fn call(&self, x: Tensor![..s]) -> Tensor![..s] {
        let below = self.negative_slope * (x - self.threshold);
        r#where(x >= self.threshold, minimum(x, self.max_value), below)
    }
}
