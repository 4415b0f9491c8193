//! The mean of each channel of an image.

use crate::prelude::*;

/// The mean of each channel of an image.
///
/// ```text
/// y[c] = mean x[y, x, c] over all y, x
/// ```
///
/// # Arguments
/// * `x`: `[h, w, channels]`.
///
/// # Output
/// `[channels]`; with `keepdims(true)` `[1, 1, channels]`.
///
/// # Errors
/// No axis of channels.
///
/// ```
/// use keras_core::prelude::*;
///
/// model! {
///     struct Net {
///         input image: [7, 7, 4];
///         output y = Dense::new(3)(GlobalAveragePooling2D::new()(image));
///     }
/// }
/// assert_eq!(Net::PARAMS, 4 * 3 + 3);
/// ```
///
/// Follows `keras.layers.GlobalAveragePooling2D` with `data_format="channels_last"`.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct GlobalAveragePooling2D {
    /// Whether the axes stay, with size 1.
    #[default(false)]
    pub keepdims: bool,
}

#[layer]
impl GlobalAveragePooling2D {
    fn call(&self, x: Tensor![h, w, channels]) -> Tensor![.., channels] {
        mean(x, axis = [0, 1], keepdims = self.keepdims)
    }
}
