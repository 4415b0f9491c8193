//! A net as firmware: weights and input in flash, an arena in RAM, two measured inferences, and the bits of the answer.

/// What a firmware says of itself in a section that is never loaded, for the report to hold against what it finds.
#[repr(C)]
pub struct Figures {
    /// Bytes of weights.
    pub weights: u32,
    /// Bytes of input.
    pub input: u32,
    /// Bytes of RAM by the model's own constant.
    pub ram: u32,
    /// Bytes of stack by the model's own constant; `u32::MAX` where it has none.
    pub stack: u32,
}

/// Little-endian bytes as numbers, at compile time.
pub const fn floats<const N: usize>(bytes: &[u8]) -> [f32; N] {
    let (chunks, rest) = bytes.as_chunks::<4>();
    assert!(chunks.len() == N && rest.is_empty(), "a file of another size");
    let (mut numbers, mut i) = ([0.0; N], 0);
    while i < N {
        numbers[i] = f32::from_le_bytes(chunks[i]);
        i += 1;
    }
    numbers
}

/// The firmware of the model `$net`, whose weights are in `$weights` and whose input of `$inputs` numbers is in `$input`.
#[macro_export]
macro_rules! firmware {
    ($net:ident, $weights:literal, $input:literal, $inputs:literal) => {
        use $crate::keras_core::prelude::*;
        use $crate::{rt, $net};

        static X: [f32; $inputs] =
            $crate::floats(include_bytes!(concat!(env!("NETS"), "/", $input)));
        static NET: Frozen<$net> =
            $net::frozen(include_bytes!(concat!(env!("NETS"), "/", $weights, ".safetensors")));
        static mut ARENA: [f32; $net::ARENA] = [0.0; $net::ARENA];

        #[used]
        #[unsafe(link_section = ".figures")]
        static FIGURES: $crate::Figures = $crate::Figures {
            weights: $net::FLASH as u32,
            input: 4 * $inputs,
            ram: $net::RAM as u32,
            stack: $net::STACK as u32,
        };

        /// By its name the report knows where to begin with the stack.
        // SAFETY: nothing else has this name.
        #[unsafe(no_mangle)]
        #[inline(never)]
        fn infer<'a>(x: &[f32; $inputs], arena: &'a mut [f32; $net::ARENA]) -> &'a [f32; 10] {
            NET.infer(x, arena)
        }

        /// A function, so that both calls are made from the same place.
        #[inline(never)]
        fn once(arena: &mut [f32; $net::ARENA]) -> [f32; 10] {
            *rt::measure(|| infer(&X, arena))
        }

        rt::firmware!(|| {
            let arena = &raw mut ARENA;
            // SAFETY: the only reference to the arena: this runs once, and there are no threads or interrupts.
            let arena = unsafe { &mut *arena };
            once(arena);
            rt::print_f32s("y", &once(arena));
        });
    };
}
