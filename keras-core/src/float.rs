//! The two scalars: everything runs in `f32` and in `f64`.

mod double;
mod single;

use core::fmt::{Debug, Display};
use core::iter::Sum;
use core::ops::AddAssign;

pub(crate) use single::checksums;

#[cfg(feature = "std")]
use crate::once::Once;

/// Without `std` there is nothing to share.
#[cfg(not(feature = "std"))]
pub trait Once {}

#[cfg(not(feature = "std"))]
impl<F> Once for F {}

/// A scalar type: `f32` for work, `f64` for checking gradients.
///
/// The functions `v_…` are our own in `f32`: at most 2 ulp from the exact value, without branches, so that loops over them
/// vectorise, and without fused multiply-adds, so that the bits are the same on every target. Those of
/// `num_traits::Float` are libm's where there is no `std`: what is for boards calls [`math`](crate::math) instead.
pub trait Float:
    num_traits::Float + AddAssign + Sum + Debug + Display + Default + Send + Sync + Once + 'static
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
    /// Which type it is.
    #[doc(hidden)]
    const TYPE: constant::Type;

    /// The scalar.
    fn scalar<F: Float>(self) -> F;
}

impl Constant for bool {
    const TYPE: constant::Type = constant::Type::bool;

    #[inline(always)]
    fn scalar<F: Float>(self) -> F {
        F::of(if self { 1.0 } else { 0.0 })
    }
}

#[doc(hidden)]
pub use constant::number;

mod constant {
    use super::{Constant, Float};

    macro_rules! constants {
        ($($type:ident)*) => {
            /// The types that a constant may have. Nobody else can name it, and so nobody else makes a type a [`Constant`].
            #[allow(non_camel_case_types)]
            #[derive(Clone, Copy, Debug)]
            pub enum Type {
                bool,
                $($type),*
            }

            $(impl Constant for $type {
                const TYPE: Type = Type::$type;

                #[inline(always)]
                fn scalar<F: Float>(self) -> F {
                    F::of(self as f64)
                }
            })*

            /// A constant as an `f64`, in const code, where a trait has no functions.
            pub const fn number<C: Constant>(constant: C) -> f64 {
                union Read<C: Copy> {
                    constant: C,
                    bool: bool,
                    $($type: $type),*
                }
                let read = Read { constant };
                // SAFETY: the field that is read has the type of the one that was written, which `TYPE` names; all who implement
                // the trait stand here and above.
                unsafe {
                    match C::TYPE {
                        Type::bool => read.bool as u8 as f64,
                        $(Type::$type => read.$type as f64),*
                    }
                }
            }
        };
    }
    constants!(f32 f64 usize isize u8 u16 u32 u64 i8 i16 i32 i64);

    #[cfg(test)]
    mod tests {
        use super::number;

        #[test]
        fn every_type_keeps_its_value() {
            assert_eq!((number(true), number(false)), (1.0, 0.0));
            assert_eq!((number(-0.5_f32), number(0.1_f64)), (-0.5, 0.1));
            assert_eq!((number(7_usize), number(-7_isize)), (7.0, -7.0));
            assert_eq!((number(u8::MAX), number(i8::MIN)), (255.0, -128.0));
            assert_eq!((number(u16::MAX), number(i16::MIN)), (65535.0, -32768.0));
            assert_eq!((number(u32::MAX), number(i32::MIN)), (4294967295.0, -2147483648.0));
            assert_eq!((number(u64::MAX), number(i64::MIN)), (2.0_f64.powi(64), -2.0_f64.powi(63)));
        }
    }
}
