//! Instruction sets: a kernel is compiled for each, and the best one that the machine has is chosen when it is called.

/// A machine with AVX-512F and FMA; a value of this type is the proof.
#[cfg(all(feature = "std", target_arch = "x86_64"))]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Avx512(());

/// A machine with AVX2 and FMA; a value of this type is the proof.
#[cfg(all(feature = "std", target_arch = "x86_64"))]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Avx2(());

/// The instruction set that a kernel is compiled for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Isa {
    /// 32 registers of 512 bits.
    #[cfg(all(feature = "std", target_arch = "x86_64"))]
    Avx512(Avx512),
    /// 16 registers of 256 bits.
    #[cfg(all(feature = "std", target_arch = "x86_64"))]
    Avx2(Avx2),
    /// Whatever the target has anyway.
    Plain,
}

/// Runs `kernel` compiled for the best instruction set of this machine, which it is told.
///
/// `kernel` and all that is hot in it must be `#[inline(always)]`: what is inlined is compiled for the instruction set.
#[inline(always)]
pub(crate) fn vectorised<R>(kernel: impl FnOnce(Isa) -> R) -> R {
    // The detection is cached by the standard library: a load and a branch each.
    #[cfg(all(feature = "std", target_arch = "x86_64"))]
    if let Some(proof) = Avx512::detected() {
        // SAFETY: the proof says that the machine has AVX-512F and FMA.
        return unsafe { avx512(proof, kernel) };
    } else if let Some(proof) = Avx2::detected() {
        // SAFETY: the proof says that the machine has AVX2 and FMA.
        return unsafe { avx2(proof, kernel) };
    }
    kernel(Isa::Plain)
}

#[cfg(all(feature = "std", target_arch = "x86_64"))]
#[target_feature(enable = "avx512f,fma")]
pub(super) fn avx512<R>(proof: Avx512, kernel: impl FnOnce(Isa) -> R) -> R {
    kernel(Isa::Avx512(proof))
}

#[cfg(all(feature = "std", target_arch = "x86_64"))]
#[target_feature(enable = "avx2,fma")]
pub(super) fn avx2<R>(proof: Avx2, kernel: impl FnOnce(Isa) -> R) -> R {
    kernel(Isa::Avx2(proof))
}

#[cfg(all(feature = "std", target_arch = "x86_64"))]
impl Avx512 {
    /// The proof, where this machine has what it stands for.
    #[inline(always)]
    pub fn detected() -> Option<Self> {
        let has = std::arch::is_x86_feature_detected!("avx512f")
            && std::arch::is_x86_feature_detected!("fma");
        has.then_some(Avx512(()))
    }
}

#[cfg(all(feature = "std", target_arch = "x86_64"))]
impl Avx2 {
    /// The proof, where this machine has what it stands for.
    #[inline(always)]
    pub fn detected() -> Option<Self> {
        let has = std::arch::is_x86_feature_detected!("avx2")
            && std::arch::is_x86_feature_detected!("fma");
        has.then_some(Avx2(()))
    }
}
