//! `pow`, by a logarithm of 40 bits.

use super::{
    INFINITE, NORMAL, ONE, ROUND, SIGN, bounded, choose, integer, magnitude, polynomial, scaled,
};

/// The bits of ⅔: the logarithm is fitted from here to 4/3, so that it is small where it is multiplied by much.
const TWO_THIRDS: u32 = 0x3F2A_AAAB;

/// The upper 12 bits of a number: the product of two such numbers is exact.
#[inline(always)]
fn upper(x: f32) -> f32 {
    f32::from_bits(x.to_bits() & 0xFFFF_F000)
}

/// The sum of two numbers, of which the second is less than the rounding of the first or little more.
struct Double(f32, f32);

impl Double {
    /// `x` times the sum, where the first number has 12 bits only.
    #[inline(always)]
    fn times(&self, x: f32) -> Double {
        let first = upper(x);
        Double(first * self.0, (x - first) * self.0 + x * self.1)
    }

    /// `e` plus the sum, for an integer `e`.
    #[inline(always)]
    fn plus(&self, e: f32) -> Double {
        let sum = e + self.0;
        Double(sum, (self.0 - (sum - e)) + self.1)
    }

    /// The same with 12 bits in the first number.
    #[inline(always)]
    fn split(&self) -> Double {
        let first = upper(self.0);
        Double(first, (self.0 - first) + self.1)
    }
}

/// `R·2³²` of `log₂(1 + f) = f·(1 + R)`, for `f·2³²` where `−⅓ ≤ f ≤ ⅓`.
///
/// A minimax fit with an error of 2⁻³⁵·⁹. In integers with 31 bits behind the point: so each step rounds by 2⁻³¹ and the
/// last one by 2⁻³², which floats of 24 bits only do in pairs.
#[inline(always)]
fn ratio(f: i32) -> u32 {
    let f = i64::from(f);
    macro_rules! polynomial {
        ($c:expr) => { $c };
        ($c:expr, $($higher:expr),+ $(,)?) => {
            (((i64::from(polynomial!($($higher),+)) * f) >> 32) as i32).wrapping_add($c)
        };
    }
    let p: i32 = polynomial!(
        -1_549_082_003,
        1_032_721_330,
        -774_541_471,
        619_633_733,
        -516_327_354,
        442_544_786,
        -388_278_073,
        345_511_254,
        -295_195_415,
        265_349_228,
        -356_708_509,
        338_318_287,
    );
    ((i64::from(p) * f) >> 31) as u32
}

/// `log₂` of the positive number with these bits, with a relative error of about 2⁻³².
#[inline(always)]
fn log_2(size: u32) -> Double {
    // The bits of a subnormal number are an integer, which is 2¹⁴⁹ times that number.
    let subnormal = size < NORMAL;
    let bits = choose(subnormal, (size as i32 as f32).to_bits(), size);
    // Counted from the bits of ⅔, the exponent field is e and what is below it belongs to 1 + f.
    let e = (bits.wrapping_sub(TWO_THIRDS) as i32) >> 23;
    let bits = bits.wrapping_sub((e << 23) as u32);
    let e = e.wrapping_sub(choose(subnormal, 149, 0)) as f32;
    // Places are worth half as much below 1.
    let places = bits.wrapping_sub(ONE) as i32;
    let r = ratio(choose(places < 0, places << 8, places << 9)).wrapping_add(RATIO_AT_0);
    // 1 + R: 12 bits, and the other 21 as what they are above 2⁻¹¹.
    let first = f32::from_bits(ONE | ((r >> 9) & 0x007F_F000));
    let second = f32::from_bits(FRACTION.to_bits() | ((r & 0x001F_FFFF) << 2)) - FRACTION;
    let f = f32::from_bits(bits) - 1.0;
    Double(first, second).times(f).plus(e)
}

/// `1/ln 2 − 1` with 32 bits behind the point.
const RATIO_AT_0: u32 = 1_901_360_723;
/// 2⁻¹¹.
const FRACTION: f32 = 1.0 / 2048.0;

/// `2ᶻ` for a sum `z`: 0 below −150, ∞ from 128 on.
///
/// `2ʳ = 1 + r·P(r)`, where `P` is a minimax fit on `|r| ≤ ½` with a relative error of 2⁻²⁸.
#[inline(always)]
fn exp_2(z: Double) -> f32 {
    let shifted = bounded(z.0 + z.1, 160.0) + ROUND;
    let r = bounded((z.0 - (shifted - ROUND)) + z.1, 1.0);
    let p = polynomial!(
        r;
        core::f32::consts::LN_2, 0.240_226_48, 0.055_503_614, 9.618_483_5e-3, 1.339_058_3e-3, 1.533_722_4e-4
    );
    scaled(1.0 + r * p, integer(shifted))
}

/// Whether a number is an integer, and whether an odd one. ∞ is even.
#[inline(always)]
fn parity(size: u32) -> (bool, bool) {
    // Shifted such that the highest bit is that of the units: behind it nothing is left of an integer.
    let places = (size >> 23).wrapping_sub(127).min(31);
    let units = ((size << 8) | SIGN).wrapping_shl(places);
    ((size >= ONE) & (units << 1 == 0), (size >= ONE) & (units == SIGN))
}

/// `xʸ`: at most 1.4 ulp.
///
/// As IEEE 754 and numpy have it: 1 where `y` is 0 or `x` is 1, also with NaN; the sign of `x` where `y` is an odd integer;
/// NaN for a negative finite `x` and a `y` that is no integer; `|x|` to an infinite `y` is 0, 1 or ∞.
#[inline(always)]
pub(crate) fn pow(x: f32, y: f32) -> f32 {
    let (size, power) = (magnitude(x), magnitude(y));
    // From |y| = 2⁴⁰ on every result is 0, 1 or ∞.
    let z = log_2(size).split().times(bounded(y, 1_099_511_627_776.0));
    let (whole, odd) = parity(power);
    let negative = x.is_sign_negative();
    let end = (size == 0) | (size == INFINITE);
    let at_end = choose((size == 0) == y.is_sign_negative(), f32::INFINITY, 0.0);
    let result = choose(end, at_end, exp_2(z));
    let result = choose(negative & odd, -result, result);
    let undefined = (negative & !whole & !end) | (size > INFINITE) | (power > INFINITE);
    let result = choose(undefined, f32::NAN, result);
    choose((power == 0) | (x.to_bits() == ONE), 1.0, result)
}
