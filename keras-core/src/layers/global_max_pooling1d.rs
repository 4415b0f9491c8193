//! The largest number of each channel of a sequence.

use crate::prelude::*;

/// The largest number of each channel of a sequence.
///
/// ```text
/// y[c] = max x[t, c] over all t
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
///         output y = Dense::new(3)(GlobalMaxPooling1D::new()(series));
///     }
/// }
/// assert_eq!(Net::PARAMS, 4 * 3 + 3);
/// ```
///
/// Follows `keras.layers.GlobalMaxPooling1D` with `data_format="channels_last"`.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct GlobalMaxPooling1D {
    /// Whether the axes stay, with size 1.
    #[default(false)]
    pub keepdims: bool,
}

#[layer]
impl GlobalMaxPooling1D {
    fn call(&self, x: Tensor![steps, channels]) -> Tensor![.., channels] {
        max(x, axis = 0, keepdims = self.keepdims)
    }
}
