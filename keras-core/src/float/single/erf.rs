//! The error function.

use super::{INFINITE, bounded, choose, exp, magnitude, polynomial};

/// `erf(x) = 2/√π · ∫₀ˣ exp(−t²) dt`: `t = |x| + |x|·P(x²)` for `|x| < 0.84375`, `1 − exp(−t)` with `t = |x| + |x|·Q(|x|)`
/// above; at most 1.3 ulp.
///
/// Both are minimax fits such that the relative error of the result is 2⁻²⁷, `Q` up to 3.95, where the result is 1. The
/// function may fall by an ulp where `x` rises: it does at 74 neighbours of 2³².
#[inline(always)]
pub(crate) fn erf(x: f32) -> f32 {
    let size = bounded(x, 4.0).abs();
    let small = size.to_bits() < 0.843_75f32.to_bits();
    let v = choose(small, size * size, size);
    let p = polynomial!(
        v;
        choose(small, 0.128_379_17, 0.128_530_35),
        choose(small, -0.376_125_93, 0.635_663_57),
        choose(small, 0.112_829_12, 0.105_334_79),
        choose(small, -0.026_809_536, -0.022_937_22),
        choose(small, 5.061_881_6e-3, 3.229_832_5e-3),
        choose(small, -6.374_964e-4, -2.158_053e-4),
    );
    let t = size + size * p;
    let y = choose(small, t, 1.0 - exp(-t));
    choose(magnitude(x) > INFINITE, x, y.copysign(x))
}
