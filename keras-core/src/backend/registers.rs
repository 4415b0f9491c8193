//! Vector registers as a type: what the compiler does not keep in registers by itself.

use super::simd::{Avx2, Avx512};
use core::arch::x86_64::*;

/// The vector registers of an instruction set for numbers `F`. Whoever has a value of the implementing type may use them.
pub(super) trait Simd<F>: Copy {
    /// A register.
    type Vector: Copy;
    /// How many numbers it holds.
    const LANES: usize;
    /// The same number in each lane.
    fn splat(self, x: F) -> Self::Vector;
    /// The first numbers of `from`; 0 in the lanes behind its end.
    fn load(self, from: &[F]) -> Self::Vector;
    /// Writes the first lanes, as many as `to` has room for.
    fn store(self, x: Self::Vector, to: &mut [F]);
    /// `a·b + c`, rounded once.
    fn mul_add(self, a: Self::Vector, b: Self::Vector, c: Self::Vector) -> Self::Vector;
    /// `a + b`.
    fn add(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;

    /// The first numbers of `from` in `V` registers, of which there must be enough if `WHOLE`.
    #[inline(always)]
    fn load_all<const V: usize, const WHOLE: bool>(self, from: &[F]) -> [Self::Vector; V] {
        // With the length known here the comparisons below fold away.
        let from = if WHOLE { &from[..V * Self::LANES] } else { from };
        let mut lanes = [self.load(&[]); V];
        for (v, lanes) in lanes.iter_mut().enumerate() {
            *lanes = self.load(from.get(v * Self::LANES..).unwrap_or_default());
        }
        lanes
    }
}

macro_rules! simd {
    (
        $isa:ty, $scalar:ty, $lanes:literal, $vector:ty, $splat:ident, $add:ident, $mul_add:ident, $load:ident, $store:ident,
        |$from:ident, $n:ident| $load_some:expr,
        |$to:ident, $m:ident, $x:ident| $store_some:expr
    ) => {
        // For every `unsafe` here: `self` proves that the machine has the instruction. A load or store of all lanes has an
        // array of so many numbers, and one of the first `n` lanes touches no more than the `n` numbers of its slice.
        impl Simd<$scalar> for $isa {
            type Vector = $vector;
            const LANES: usize = $lanes;

            #[inline(always)]
            fn splat(self, x: $scalar) -> $vector {
                // SAFETY: see above.
                unsafe { $splat(x) }
            }

            #[inline(always)]
            fn load(self, from: &[$scalar]) -> $vector {
                match from.first_chunk::<$lanes>() {
                    // SAFETY: see above.
                    Some(from) => unsafe { $load(from.as_ptr()) },
                    None => {
                        let ($from, $n) = (from.as_ptr(), from.len());
                        // SAFETY: see above.
                        unsafe { $load_some }
                    }
                }
            }

            #[inline(always)]
            fn store(self, $x: $vector, to: &mut [$scalar]) {
                match to.first_chunk_mut::<$lanes>() {
                    // SAFETY: see above.
                    Some(to) => unsafe { $store(to.as_mut_ptr(), $x) },
                    None => {
                        let ($to, $m) = (to.as_mut_ptr(), to.len());
                        // SAFETY: see above.
                        unsafe { $store_some }
                    }
                }
            }

            #[inline(always)]
            fn add(self, a: $vector, b: $vector) -> $vector {
                // SAFETY: see above.
                unsafe { $add(a, b) }
            }

            #[inline(always)]
            fn mul_add(self, a: $vector, b: $vector, c: $vector) -> $vector {
                // SAFETY: see above.
                unsafe { $mul_add(a, b, c) }
            }
        }
    };
}

simd!(
    Avx512,
    f32,
    16,
    __m512,
    _mm512_set1_ps,
    _mm512_add_ps,
    _mm512_fmadd_ps,
    _mm512_loadu_ps,
    _mm512_storeu_ps,
    |from, n| _mm512_maskz_loadu_ps((1 << n) - 1, from),
    |to, n, x| _mm512_mask_storeu_ps(to, (1 << n) - 1, x)
);
simd!(
    Avx512,
    f64,
    8,
    __m512d,
    _mm512_set1_pd,
    _mm512_add_pd,
    _mm512_fmadd_pd,
    _mm512_loadu_pd,
    _mm512_storeu_pd,
    |from, n| _mm512_maskz_loadu_pd((1 << n) - 1, from),
    |to, n, x| _mm512_mask_storeu_pd(to, (1 << n) - 1, x)
);
simd!(
    Avx2,
    f32,
    8,
    __m256,
    _mm256_set1_ps,
    _mm256_add_ps,
    _mm256_fmadd_ps,
    _mm256_loadu_ps,
    _mm256_storeu_ps,
    |from, n| _mm256_maskload_ps(from, first_of_8(n)),
    |to, n, x| _mm256_maskstore_ps(to, first_of_8(n), x)
);
simd!(
    Avx2,
    f64,
    4,
    __m256d,
    _mm256_set1_pd,
    _mm256_add_pd,
    _mm256_fmadd_pd,
    _mm256_loadu_pd,
    _mm256_storeu_pd,
    |from, n| _mm256_maskload_pd(from, first_of_4(n)),
    |to, n, x| _mm256_maskstore_pd(to, first_of_4(n), x)
);

/// The mask of the first `n` of 8 lanes.
#[inline]
#[target_feature(enable = "avx2")]
fn first_of_8(n: usize) -> __m256i {
    _mm256_cmpgt_epi32(_mm256_set1_epi32(n as i32), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7))
}

/// The mask of the first `n` of 4 lanes.
#[inline]
#[target_feature(enable = "avx2")]
fn first_of_4(n: usize) -> __m256i {
    _mm256_cmpgt_epi64(_mm256_set1_epi64x(n as i64), _mm256_setr_epi64x(0, 1, 2, 3))
}
