//! A model whose weights are constants.

use core::fmt;

use crate::net::{Net, Stored};

/// A model for inference alone, with weights that rustc has read, checked and put in order: in a `static` they stay in flash.
///
/// ```text
/// static NET: Frozen<Net> = Net::frozen(include_bytes!("net.safetensors"));
/// let y = NET.infer(&x, &mut arena);
/// ```
///
/// A file that does not fit is a compile error that names the weight. Weights that only training reads are left out.
///
/// Layers that multiply each number by one of its column and add another, such as
/// [`BatchNormalization`](crate::layers::BatchNormalization), are folded: where nobody else reads what a dense layer or a convolution
/// without activation computes, its weights take both numbers, `s · (x · W + b) + t = x · (s · W) + (s · b + t)`, and nothing is
/// left of the layer behind it, or without a bias, one number a column; elsewhere two are left. The output is that of the trained
/// model but for the rounding of these products, and the same on every machine.
///
/// ```
/// use keras_core::prelude::*;
///
/// model! {
///     struct Net {
///         input x: [2];
///         output y = Dense::new(1).use_bias(false)(x);
///     }
/// }
///
/// // A file with the numbers 1 and 2.
/// static NET: Frozen<Net> = Net::frozen(
///     b"\x43\0\0\0\0\0\0\0{\"dense/kernel\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]}}\
///     \0\0\x80\x3f\0\0\0\x40",
/// );
/// assert_eq!(NET.infer(&[10.0, 1.0], &mut Net::arena()), &[12.0]);
/// assert_eq!((Net::FLASH, Net::RAM), (8, 4));
/// ```
pub struct Frozen<N: Net> {
    weights: N::Frozen,
}

impl<N: Net> Frozen<N> {
    /// A model with these numbers, which are in order.
    #[doc(hidden)]
    pub const fn new(weights: N::Frozen) -> Self {
        Frozen { weights }
    }

    /// Runs one example, without heap. The results lie in the arena, whose first contents do not matter.
    #[inline(always)]
    pub fn infer<'a>(
        &self,
        x: N::Example<'_, f32>,
        arena: &'a mut N::Arena<f32>,
    ) -> N::Inference<'a, f32> {
        N::run(Stored::Frozen(self.weights.as_ref()), x, arena)
    }

    /// [`Net::infer_in_place`]: the inputs lie in the arena.
    #[inline(always)]
    pub fn infer_in_place<'a, const LEN: usize>(
        &self,
        arena: &'a mut [f32; LEN],
    ) -> N::Inference<'a, f32> {
        N::run_in_place(Stored::Frozen(self.weights.as_ref()), arena)
    }
}

impl<N: Net> Clone for Frozen<N> {
    fn clone(&self) -> Self {
        Frozen { weights: self.weights.clone() }
    }
}

impl<N: Net> fmt::Debug for Frozen<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(N::NAME).field("weights", &self.weights).finish()
    }
}
