//! The fast backend of a host.

use super::simd::vectorised;
use super::{Backend, Gemm, lanes};
use crate::elementwise::{Nest, Rows};
use crate::float::Float;

/// The fast backend: our own kernels for small and thin products and for elementwise loops, compiled for each instruction
/// set, and matrixmultiply for large products. Without `std` it is our kernels alone, for the target's instruction set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Native;

impl Backend for Native {
    const NAME: &'static str = "native";

    fn gemm<F: Float>(product: &Gemm, a: &[F], b: &[F], c: &mut [F]) {
        #[cfg(feature = "std")]
        F::gemm(product, a, b, c);
        #[cfg(not(feature = "std"))]
        super::plain::product(product, a, b, c);
    }

    fn map<F: Float, const C: usize, const N: usize>(
        nest: &Nest<N>,
        batch: usize,
        consts: &[F; C],
        x: [&[F]; N],
        y: &mut [F],
        f: impl Fn(&[F; C], [F; N]) -> F,
    ) {
        vectorised(
            #[inline(always)]
            |_| lanes::map(nest, batch, consts, x, y, f),
        );
    }

    fn map_vjp<F: Float, const C: usize, const N: usize, const M: usize>(
        nest: &Nest<N>,
        targets: &Nest<M>,
        batch: usize,
        consts: &[F; C],
        x: [&[F]; N],
        dx: [&mut [F]; M],
        add: [bool; M],
        f: impl Fn(&[F; C], [F; N]) -> [F; M],
    ) {
        vectorised(
            #[inline(always)]
            |_| lanes::map_vjp(nest, targets, batch, consts, x, dx, add, f),
        );
    }

    fn reduce<F: Float>(rows: Rows, start: F, x: &[F], y: &mut [F], f: impl Fn(F, F) -> F) {
        vectorised(
            #[inline(always)]
            |_| lanes::reduce(rows, start, x, y, f),
        );
    }
}
