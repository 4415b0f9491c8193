//! The mean of each window of a sequence.

use crate::prelude::*;

/// The mean of each window of a sequence, channel by channel.
///
/// ```text
/// y[o, c] = mean of x[.., c] over the places of the window that lie in the sequence
/// ```
///
/// # Arguments
/// * `x`: `[steps, channels]`.
///
/// # Output
/// `[count, channels]`: `⌊(size − pool_size) / stride⌋ + 1` without padding, `⌈size / stride⌉` with `padding(Same)`.
///
/// # Errors
/// No axis of channels; a window that does not fit into `x`; a size or a stride of 0.
///
/// ```
/// use keras_core::prelude::*;
///
/// model! {
///     struct Net {
///         input series: [100, 3];
///         let h = AveragePooling1D::new()(series);                                  // [50, 3]
///         output y = AveragePooling1D::new().pool_size(3).strides(2).padding(Same)(h);
///     }
/// }
/// # assert_eq!(Net::PARAMS, 0);
/// ```
///
/// Follows `keras.layers.AveragePooling1D` with `data_format="channels_last"`.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct AveragePooling1D {
    /// The steps of a window.
    #[default(2)]
    pub pool_size: usize,
    /// How far apart windows are; as they are wide unless told otherwise.
    #[default(None)]
    pub strides: Option<usize>,
    /// What is around the sequence, and does not count: `Valid`, `Same`.
    #[default(Padding::Valid)]
    pub padding: Padding,
}

#[layer]
impl AveragePooling1D {
    fn call(&self, x: Tensor![steps, channels]) -> Tensor![.., channels] {
        avg_pool1d(x, self.pool_size, strides = self.strides, padding = self.padding)
    }
}
