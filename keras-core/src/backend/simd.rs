//! Instruction sets: a kernel is compiled for each, and the best one that the machine has is chosen when it is called.

/// The instruction set that a kernel is compiled for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Isa {
    /// x86-64 with AVX-512: 32 registers of 512 bits.
    #[cfg(all(feature = "std", target_arch = "x86_64"))]
    Avx512,
    /// x86-64 with AVX2 and FMA: 16 registers of 256 bits.
    #[cfg(all(feature = "std", target_arch = "x86_64"))]
    Avx2,
    /// Whatever the target has anyway.
    Plain,
}

/// Runs `kernel` compiled for the best instruction set of this machine, which it is told as a constant.
///
/// `kernel` and all that is hot in it must be `#[inline(always)]`: what is inlined is compiled for the instruction set.
#[inline(always)]
pub(super) fn vectorised<R>(kernel: impl FnOnce(Isa) -> R) -> R {
    #[cfg(all(feature = "std", target_arch = "x86_64"))]
    {
        // The detection is cached: a load and a branch.
        if std::arch::is_x86_feature_detected!("avx512f")
            && std::arch::is_x86_feature_detected!("fma")
        {
            // SAFETY: the machine has AVX-512F and FMA.
            return unsafe { avx512(kernel) };
        }
        if std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("fma")
        {
            // SAFETY: the machine has AVX2 and FMA.
            return unsafe { avx2(kernel) };
        }
    }
    kernel(Isa::Plain)
}

#[cfg(all(feature = "std", target_arch = "x86_64"))]
#[target_feature(enable = "avx512f,fma")]
fn avx512<R>(kernel: impl FnOnce(Isa) -> R) -> R {
    kernel(Isa::Avx512)
}

#[cfg(all(feature = "std", target_arch = "x86_64"))]
#[target_feature(enable = "avx2,fma")]
fn avx2<R>(kernel: impl FnOnce(Isa) -> R) -> R {
    kernel(Isa::Avx2)
}
