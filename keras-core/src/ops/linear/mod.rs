//! Products of vectors and matrices.

pub mod dot;
pub mod matmul;
mod product;
