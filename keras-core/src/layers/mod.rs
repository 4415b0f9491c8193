//! The built-in layers, one file each, written in the library's own language.

mod activation;
mod dense;

pub use activation::Activation::{self, *};
pub use dense::Dense;
