//! The largest number of each window of a sequence.

use crate::prelude::*;

/// The largest number of each window of a sequence, channel by channel.
///
/// ```text
/// y[o, c] = max x[.., c] over the window
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
///         let h = MaxPooling1D::new()(series);                                  // [50, 3]
///         output y = MaxPooling1D::new().pool_size(3).strides(2).padding(Same)(h);
///     }
/// }
/// # assert_eq!(Net::PARAMS, 0);
/// ```
///
/// Follows `keras.layers.MaxPooling1D` with `data_format="channels_last"`.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct MaxPooling1D {
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
impl MaxPooling1D {
    fn call(&self, x: Tensor![steps, channels]) -> Tensor![.., channels] {
        max_pool1d(x, self.pool_size, strides = self.strides, padding = self.padding)
    }
}
