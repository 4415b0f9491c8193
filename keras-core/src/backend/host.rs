//! Matrix products on a host: which kernel for which size.

use super::{Gemm, large};

#[cfg(not(target_arch = "x86_64"))]
use super::plain as tiles;
#[cfg(target_arch = "x86_64")]
use super::tiles;

/// From how many multiply-adds on matrixmultiply is faster than our own kernels.
const LARGE: usize = 1 << 26;

/// Whether packing both matrices pays: many numbers, and no side so thin that the tiles stay empty.
fn is_large(g: &Gemm) -> bool {
    g.m >= 8 && g.n > 16 && g.m * g.k * g.n >= LARGE
}

macro_rules! host {
    ($name:ident, $scalar:ty) => {
        /// `C = A·B`, or `C += A·B` where the product says so.
        pub(crate) fn $name(product: &Gemm, a: &[$scalar], b: &[$scalar], c: &mut [$scalar]) {
            if is_large(product) {
                large::$name(product, a, b, c);
            } else {
                tiles::product(product, a, b, c);
            }
        }
    };
}
host!(sgemm, f32);
host!(dgemm, f64);
