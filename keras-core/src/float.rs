//! The two scalars: everything runs in `f32` and in `f64`.

mod double;
mod single;

use core::fmt::{Debug, Display};
use core::iter::Sum;
use core::ops::AddAssign;

pub(crate) use single::checksums;

/// A scalar type: `f32` for work, `f64` for checking gradients.
///
/// The functions `v_…` are our own in `f32`: at most 2 ulp from the exact value, without branches, so that loops over them
/// vectorise, and without fused multiply-adds, so that the bits are the same on every target. Those of
/// `num_traits::Float` are libm's where there is no `std`: what is for boards calls [`math`](crate::math) instead.
pub trait Float:
    num_traits::Float + AddAssign + Sum + Debug + Display + Default + Send + Sync + 'static
{
    /// The nearest scalar to `x`.
    fn of(x: f64) -> Self;
    /// The nearest scalar to an integer.
    fn of_u32(n: u32) -> Self;
    /// The scalar as `f64`, exactly.
    fn f64(self) -> f64;
    /// An integer that rides in the scalar (a label, an index), rounded towards zero; 0 below zero and for NaN.
    fn index(self) -> usize;
    /// `|x|`.
    fn v_abs(self) -> Self;
    /// The largest integer that is not above `x`.
    fn v_floor(self) -> Self;
    /// The nearest integer, halves to the even one.
    fn v_round(self) -> Self;
    /// `√x`, correctly rounded; NaN below 0.
    fn v_sqrt(self) -> Self;
    /// `exp(x)`.
    fn v_exp(self) -> Self;
    /// `exp(x) − 1`, accurate for small `x`.
    fn v_exp_m1(self) -> Self;
    /// `ln(x)`: −∞ at 0, NaN below.
    fn v_ln(self) -> Self;
    /// `ln(1 + x)`, accurate for small `x`.
    fn v_ln_1p(self) -> Self;
    /// `xʸ`; NaN for a negative `x` and a `y` that is not an integer.
    fn v_pow(self, y: Self) -> Self;
    /// `sin(x)`.
    fn v_sin(self) -> Self;
    /// `cos(x)`.
    fn v_cos(self) -> Self;
    /// `tanh(x)`.
    fn v_tanh(self) -> Self;
    /// `1/(1 + exp(−x))`.
    fn v_sigmoid(self) -> Self;
    /// `ln(1 + exp(x))`, which does not overflow.
    fn v_softplus(self) -> Self;
    /// The error function `2/√π · ∫₀ˣ exp(−t²) dt`.
    fn v_erf(self) -> Self;
    /// `C = A·B` or `C += A·B` with the fastest kernel of this machine.
    ///
    /// # Panics
    /// Where a slice is shorter than the sizes and strides say.
    #[cfg(feature = "std")]
    fn gemm(product: &crate::backend::Gemm, a: &[Self], b: &[Self], c: &mut [Self]);
}

macro_rules! functions {
    ($($name:ident($x:ident $(, $y:ident)?) = $value:expr;)*) => {
        $(#[inline(always)]
        fn $name(self $(, $y: Self)?) -> Self {
            let $x = self;
            $value
        })*
    };
}

impl Float for f32 {
    #[inline(always)]
    fn of(x: f64) -> Self {
        x as f32
    }
    #[inline(always)]
    fn of_u32(n: u32) -> Self {
        n as f32
    }
    #[inline(always)]
    fn f64(self) -> f64 {
        f64::from(self)
    }
    #[inline(always)]
    fn index(self) -> usize {
        self as usize
    }
    functions! {
        v_abs(x) = x.abs();
        v_floor(x) = single::floor(x);
        v_round(x) = single::round(x);
        v_sqrt(x) = single::sqrt(x);
        v_exp(x) = single::exp(x);
        v_exp_m1(x) = single::exp_m1(x);
        v_ln(x) = single::ln(x);
        v_ln_1p(x) = single::ln_1p(x);
        v_pow(x, y) = single::pow(x, y);
        v_sin(x) = single::sin(x);
        v_cos(x) = single::cos(x);
        v_tanh(x) = single::tanh(x);
        v_sigmoid(x) = single::sigmoid(x);
        v_softplus(x) = single::softplus(x);
        v_erf(x) = single::erf(x);
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
    fn of_u32(n: u32) -> Self {
        f64::from(n)
    }
    #[inline(always)]
    fn f64(self) -> f64 {
        self
    }
    #[inline(always)]
    fn index(self) -> usize {
        self as usize
    }
    functions! {
        v_abs(x) = x.abs();
        v_floor(x) = num_traits::Float::floor(x);
        v_round(x) = double::round(x);
        v_sqrt(x) = num_traits::Float::sqrt(x);
        v_exp(x) = num_traits::Float::exp(x);
        v_exp_m1(x) = num_traits::Float::exp_m1(x);
        v_ln(x) = num_traits::Float::ln(x);
        v_ln_1p(x) = num_traits::Float::ln_1p(x);
        v_pow(x, y) = num_traits::Float::powf(x, y);
        v_sin(x) = num_traits::Float::sin(x);
        v_cos(x) = num_traits::Float::cos(x);
        v_tanh(x) = num_traits::Float::tanh(x);
        v_sigmoid(x) = double::sigmoid(x);
        v_softplus(x) = double::softplus(x);
        v_erf(x) = double::erf(x);
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
