//! Matrix products on a host: which kernel for which size.

use super::{Gemm, large};

#[cfg(not(target_arch = "x86_64"))]
use super::plain as tiles;
#[cfg(target_arch = "x86_64")]
use super::tiles;

/// Whether matrixmultiply is faster: ours do not pack `A` and read `B` again for every tile, which pays as long as the caches
/// hold it, and where there are no tiles they are slow.
fn is_large(g: &Gemm) -> bool {
    let limit = if tiles::exist() { 1 << 26 } else { 1 << 13 };
    g.m >= 4 && g.n > 4 && g.m * g.k * g.n >= limit
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
