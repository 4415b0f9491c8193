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
/// A file that does not fit is a compile error that names the weight.
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
