//! The exponential function and what is made of it: `exp`, `exp_m1`, `sigmoid`, `tanh`.

use super::{
    INFINITE, LN_2_HI, LN_2_LO, ROUND, bounded, choose, integer, magnitude, polynomial,
    power_of_two, scaled,
};

/// `exp(x) = 2ⁿ·(1 + r + r²·P(r))`, where `x = n·ln 2 + r` and `|r| ≤ ln 2 / 2`.
struct Reduced {
    n: i32,
    r: f32,
    /// `r²·P(r) = exp(r) − 1 − r`.
    rest: f32,
}

impl Reduced {
    /// For `|x| ≤ 105`.
    ///
    /// `P` is a minimax fit on `|r| ≤ ln 2 / 2`: `r + r²·P(r)` is `exp(r) − 1` with a relative error of 2⁻²⁶.
    #[inline(always)]
    fn of(x: f32) -> Self {
        let n = integer(x * core::f32::consts::LOG2_E + ROUND);
        let whole = n as f32;
        let r = (x - whole * LN_2_HI) - whole * LN_2_LO;
        let p = polynomial!(
            r;
            0.499_999_97, 0.166_665_39, 0.041_667_75, 8.367_088e-3, 1.383_786_2e-3
        );
        Reduced { n, r, rest: p * (r * r) }
    }

    /// `exp(r) − 1`.
    #[inline(always)]
    fn less_1(&self) -> f32 {
        self.r + self.rest
    }
}

/// `exp(x)`: at most 1.01 ulp; never falls where `x` rises.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    // Beyond ±105 the result is ∞ or 0 already.
    let reduced = Reduced::of(bounded(x, 105.0));
    let y = scaled(1.0 + reduced.less_1(), reduced.n);
    choose(magnitude(x) > INFINITE, x, y)
}

/// `exp(x) − 1 = 2ⁿ·(exp(r) − 1) + (2ⁿ − 1)`: at most 1.7 ulp, exact for tiny `x`; never falls where `x` rises.
#[inline(always)]
pub(crate) fn exp_m1(x: f32) -> f32 {
    // Below −20 the result is −1, above 89 it is ∞.
    let reduced = Reduced::of(bounded(x, choose(x.is_sign_negative(), 20.0, 89.0)));
    // 2¹²⁸ is no number: there half of the result is computed, and the exponent raised after that, to that of ∞ at most.
    let over = reduced.n.max(0) >> 7;
    let scale = power_of_two(reduced.n.wrapping_sub(over));
    let y = scale * reduced.less_1() + (scale - 1.0);
    let bits = (y.to_bits() as i32).wrapping_add(over << 23).min(INFINITE as i32);
    choose(magnitude(x) > INFINITE, x, f32::from_bits(bits as u32).copysign(x))
}

/// `1/(1 + exp(−x))`: at most 1.8 ulp, also where the result is subnormal; never falls where `x` rises.
///
/// The sum is `s·(exp(r) − 1) + (s + 1)` with `s = 2ⁿ`, all of it times a power of two that neither overflows nor
/// underflows; the quotient takes that away, and is the only rounding of a subnormal result.
#[inline(always)]
pub(crate) fn sigmoid(x: f32) -> f32 {
    let reduced = Reduced::of(bounded(-x, 105.0));
    let half = reduced.n >> 1;
    let (scale, one) = (power_of_two(reduced.n.wrapping_sub(half)), power_of_two(-half));
    // Beyond 2²³ the sum s + 1 is not exact: there the 1 goes to the smaller part.
    let large = reduced.n > 23;
    let (more, less) = (choose(large, scale, scale + one), choose(large, one, 0.0));
    let y = one / (scale * reduced.less_1() + less + more);
    choose(magnitude(x) > INFINITE, x, y)
}

/// `tanh(x)`: an odd polynomial for `|x| < 0.55`, `1 − 2/(exp(2|x|) + 1)` above; at most 1.5 ulp, exact for tiny `x`; never
/// falls where `x` rises.
///
/// Both formulas are `b + b·v·P`: with `b = v = r` that of `exp(r) − 1`, with `b = |x|` and `v = x²` the odd one, a minimax
/// fit with a relative error of 2⁻²⁹. So one polynomial is computed, with the coefficients of one or the other.
#[inline(always)]
pub(crate) fn tanh(x: f32) -> f32 {
    // From 9.02 on the result is 1.
    let size = bounded(x, 10.0).abs();
    let small = size.to_bits() < 0.55f32.to_bits();
    let n = integer(size * (2.0 * core::f32::consts::LOG2_E) + ROUND);
    let whole = n as f32;
    let r = (2.0 * size - whole * LN_2_HI) - whole * LN_2_LO;
    let b = choose(small, size, r);
    let square = b * b;
    let v = choose(small, square, b);
    let p = polynomial!(
        v;
        choose(small, -0.333_333_16, 0.499_999_97),
        choose(small, 0.133_325_44, 0.166_665_39),
        choose(small, -0.053_847_548, 0.041_667_75),
        choose(small, 0.021_050_714, 8.367_088e-3),
        choose(small, -6.242_849_4e-3, 1.383_786_2e-3),
    );
    let y = b + choose(small, square * b, square) * p;
    // 2ⁿ·(1 + y): from 1 to 2³⁰, and so an addition to the exponent.
    let exp = f32::from_bits((1.0 + y).to_bits().wrapping_add((n << 23) as u32));
    let y = choose(small, y, 1.0 - 2.0 / (exp + 1.0));
    choose(magnitude(x) > INFINITE, x, y.copysign(x))
}
