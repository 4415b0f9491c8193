//! The mean of each window of an image.

use crate::prelude::*;

/// The mean of each window of an image, channel by channel.
///
/// ```text
/// y[oy, ox, c] = mean of x[.., c] over the places of the window that lie in the image
/// ```
///
/// # Arguments
/// * `x`: `[h, w, channels]`.
///
/// # Output
/// `[oh, ow, channels]`: `⌊(size − pool_size) / stride⌋ + 1` without padding, `⌈size / stride⌉` with `padding(Same)`.
///
/// # Errors
/// No axis of channels; a window that does not fit into `x`; a size or a stride of 0.
///
/// ```
/// use keras_core::prelude::*;
///
/// model! {
///     struct Net {
///         input image: [28, 28, 4];
///         let h = AveragePooling2D::new()(image);                                  // [14, 14, 4]
///         output y = AveragePooling2D::new().pool_size([3, 3]).strides([2, 2]).padding(Same)(h);
///     }
/// }
/// # assert_eq!(Net::PARAMS, 0);
/// ```
///
/// Follows `keras.layers.AveragePooling2D` with `data_format="channels_last"`.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct AveragePooling2D {
    /// The rows and columns of a window.
    #[default([2, 2])]
    pub pool_size: [usize; 2],
    /// How far apart windows are; as they are wide unless told otherwise.
    #[default(None)]
    pub strides: Option<[usize; 2]>,
    /// What is around the image, and does not count: `Valid`, `Same`.
    #[default(Padding::Valid)]
    pub padding: Padding,
}

#[layer]
impl AveragePooling2D {
    fn call(&self, x: Tensor![h, w, channels]) -> Tensor![.., channels] {
        avg_pool2d(x, self.pool_size, strides = self.strides, padding = self.padding)
    }
}
