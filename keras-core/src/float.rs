//! The two scalars: everything runs in `f32` and in `f64`.

mod approx;
mod double;

use core::fmt::{Debug, Display};
use core::iter::Sum;
use core::ops::AddAssign;

/// A scalar type: `f32` for work, `f64` for checking gradients.
///
/// The functions `v_…` are our own in `f32`: without branches, so that loops over them vectorise, and without fused
/// multiply-adds, so that the bits are the same on every target.
pub trait Float:
    num_traits::Float + AddAssign + Sum + Debug + Display + Default + Send + Sync + 'static
{
    /// The nearest scalar to `x`.
    fn of(x: f64) -> Self;
    /// The scalar as `f64`, exactly.
    fn f64(self) -> f64;
    /// An integer that rides in the scalar (a label, an index), rounded towards zero; 0 below zero and for NaN.
    fn index(self) -> usize;
    /// `exp(x)`.
    fn v_exp(self) -> Self;
    /// `tanh(x)`.
    fn v_tanh(self) -> Self;
    /// `ln(x)`: −∞ at 0, NaN below.
    fn v_ln(self) -> Self;
    /// `ln(1 + x)`, accurate for small `x`.
    fn v_ln_1p(self) -> Self;
    /// The error function `2/√π · ∫₀ˣ exp(−t²) dt`.
    fn v_erf(self) -> Self;
    /// `C = A·B` or `C += A·B` with the fastest kernel of this machine.
    ///
    /// # Panics
    /// Where a slice is shorter than the sizes and strides say.
    #[cfg(feature = "std")]
    fn gemm(product: &crate::backend::Gemm, a: &[Self], b: &[Self], c: &mut [Self]);
}

impl Float for f32 {
    #[inline(always)]
    fn of(x: f64) -> Self {
        x as f32
    }
    #[inline(always)]
    fn f64(self) -> f64 {
        f64::from(self)
    }
    #[inline(always)]
    fn index(self) -> usize {
        self as usize
    }
    #[inline(always)]
    fn v_exp(self) -> Self {
        approx::exp(self)
    }
    #[inline(always)]
    fn v_tanh(self) -> Self {
        approx::tanh(self)
    }
    #[inline(always)]
    fn v_ln(self) -> Self {
        approx::ln(self)
    }
    #[inline(always)]
    fn v_ln_1p(self) -> Self {
        approx::ln_1p(self)
    }
    #[inline(always)]
    fn v_erf(self) -> Self {
        approx::erf(self)
    }
    #[cfg(feature = "std")]
    fn gemm(product: &crate::backend::Gemm, a: &[Self], b: &[Self], c: &mut [Self]) {
        crate::backend::host::sgemm(product, a, b, c);
    }
}

impl Float for f64 {
    #[inline(always)]
    fn of(x: f64) -> Self {
        x
    }
    #[inline(always)]
    fn f64(self) -> f64 {
        self
    }
    #[inline(always)]
    fn index(self) -> usize {
        self as usize
    }
    #[inline(always)]
    fn v_exp(self) -> Self {
        num_traits::Float::exp(self)
    }
    #[inline(always)]
    fn v_tanh(self) -> Self {
        num_traits::Float::tanh(self)
    }
    #[inline(always)]
    fn v_ln(self) -> Self {
        num_traits::Float::ln(self)
    }
    #[inline(always)]
    fn v_ln_1p(self) -> Self {
        num_traits::Float::ln_1p(self)
    }
    #[inline]
    fn v_erf(self) -> Self {
        double::erf(self)
    }
    #[cfg(feature = "std")]
    fn gemm(product: &crate::backend::Gemm, a: &[Self], b: &[Self], c: &mut [Self]) {
        crate::backend::host::dgemm(product, a, b, c);
    }
}

/// A constant of a layer (a number, a bool) as a scalar of the model.
pub trait Constant: Copy {
    /// The scalar.
    fn scalar<F: Float>(self) -> F;
}

macro_rules! constants {
    ($($type:ty),*) => {
        $(impl Constant for $type {
            #[inline(always)]
            fn scalar<F: Float>(self) -> F {
                F::of(self as f64)
            }
        })*
    };
}
constants!(f32, f64, usize, isize, u8, u16, u32, u64, i8, i16, i32, i64);

impl Constant for bool {
    #[inline(always)]
    fn scalar<F: Float>(self) -> F {
        F::of(if self { 1.0 } else { 0.0 })
    }
}
