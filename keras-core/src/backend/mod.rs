//! Backends: the few functions that everything else is made of.
//!
//! [`Reference`] is plain loops, `no_std`, the oracle in tests; [`Native`] is fast. A model takes one as a type parameter.

#[cfg(feature = "std")]
pub(crate) mod host;
mod lanes;
#[cfg(feature = "std")]
mod large;
mod native;
mod plain;
mod reference;
#[cfg(all(feature = "std", target_arch = "x86_64"))]
mod registers;
mod simd;
#[cfg(test)]
mod tests;
#[cfg(all(feature = "std", target_arch = "x86_64"))]
mod tiles;
mod walk;

pub use native::Native;
pub use reference::Reference;
#[cfg(feature = "std")]
pub(crate) use simd::vectorised;

use crate::elementwise::{Nest, Rows};
use crate::float::Float;

/// A matrix product `C = A·B` (`C += A·B` where `add`) of an `m×k` and a `k×n` matrix with any strides; the numbers of a row of
/// `C` are side by side.
#[derive(Clone, Copy, Debug)]
pub struct Gemm {
    /// Rows of `A` and `C`.
    pub m: usize,
    /// Columns of `A`, rows of `B`.
    pub k: usize,
    /// Columns of `B` and `C`.
    pub n: usize,
    /// How far apart the rows and the columns of `A` are.
    pub a: (usize, usize),
    /// How far apart the rows and the columns of `B` are.
    pub b: (usize, usize),
    /// How far apart the rows of `C` are, at least `n`: what stands between them is left alone.
    pub c: usize,
    /// Whether the product is added to what is in `C`.
    pub add: bool,
}

/// The functions a backend supplies. Results must not depend on the number of threads.
pub trait Backend: Copy + Default + Send + Sync + 'static {
    /// The backend's name.
    const NAME: &'static str;

    /// A matrix product.
    fn gemm<F: Float>(product: &Gemm, a: &[F], b: &[F], c: &mut [F]);

    /// `y[i] = f(consts, [x0[i], x1[i], …])` over a nest of loops with broadcasting.
    fn map<F: Float, const C: usize, const N: usize>(
        nest: &Nest<N>,
        batch: usize,
        consts: &[F; C],
        x: [&[F]; N],
        y: &mut [F],
        f: impl Fn(&[F; C], [F; N]) -> F,
    );

    /// The backward loop of an elementwise group: `d = f(consts, [x0[i], …])`, of which `d[m]` is added to `dx[m]` (or set
    /// where `!add[m]` and the target is not broadcast; a broadcast target is cleared before). An empty `dx[m]` is skipped.
    #[allow(clippy::too_many_arguments)]
    fn map_vjp<F: Float, const C: usize, const N: usize, const M: usize>(
        nest: &Nest<N>,
        targets: &Nest<M>,
        batch: usize,
        consts: &[F; C],
        x: [&[F]; N],
        dx: [&mut [F]; M],
        add: [bool; M],
        f: impl Fn(&[F; C], [F; N]) -> [F; M],
    );

    /// Reduces the middle axis of `x` as `[outer, middle, inner]`: `y[o, i] = fold of f over m`, starting from `start`.
    ///
    /// `f` must be associative and commutative up to rounding: the order of the fold is the backend's.
    fn reduce<F: Float>(rows: Rows, start: F, x: &[F], y: &mut [F], f: impl Fn(F, F) -> F);
}
