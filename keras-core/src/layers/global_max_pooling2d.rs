//! The largest number of each channel of an image.

use crate::prelude::*;

/// The largest number of each channel of an image.
///
/// ```text
/// y[c] = max x[y, x, c] over all y, x
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
///         output y = Dense::new(3)(GlobalMaxPooling2D::new()(image));
///     }
/// }
/// assert_eq!(Net::PARAMS, 4 * 3 + 3);
/// ```
///
/// Follows `keras.layers.GlobalMaxPooling2D` with `data_format="channels_last"`.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct GlobalMaxPooling2D {
    /// Whether the axes stay, with size 1.
    #[default(false)]
    pub keepdims: bool,
}

#[layer]
impl GlobalMaxPooling2D {
    fn call(&self, x: Tensor![h, w, channels]) -> Tensor![.., channels] {
        max(x, axis = [0, 1], keepdims = self.keepdims)
    }
}
