//! Convolutions and poolings: windows that slide over an image `[h, w, channels]` or a sequence `[steps, channels]`.

pub mod avg_pool1d;
pub mod avg_pool2d;
pub mod conv1d;
pub mod conv2d;
mod convolution;
mod depthwise;
pub mod depthwise_conv1d;
pub mod depthwise_conv2d;
pub mod max_pool1d;
pub mod max_pool2d;
mod pool;
pub mod windows;
