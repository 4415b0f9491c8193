//! The mean of each channel of a sequence.

use crate::prelude::*;

/// The mean of each channel of a sequence.
///
/// ```text
/// y[c] = mean x[t, c] over all t
/// ```
///
/// # Arguments
/// * `x`: `[steps, channels]`.
///
/// # Output
/// `[channels]`; with `keepdims(true)` `[1, channels]`.
///
/// # Errors
/// No axis of channels.
///
/// ```
/// use keras_core::prelude::*;
///
/// model! {
///     struct Net {
///         input series: [9, 4];
///         output y = Dense::new(3)(GlobalAveragePooling1D::new()(series));
///     }
/// }
/// assert_eq!(Net::PARAMS, 4 * 3 + 3);
/// ```
///
/// Follows `keras.layers.GlobalAveragePooling1D` with `data_format="channels_last"`.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct GlobalAveragePooling1D {
    /// Whether the axes stay, with size 1.
    #[default(false)]
    pub keepdims: bool,
}

#[layer]
impl GlobalAveragePooling1D {
    fn call(&self, x: Tensor![steps, channels]) -> Tensor![.., channels] {
        mean(x, axis = 0, keepdims = self.keepdims)
    }
}
