//! Random numbers by counting: number `i` under a key is a function of the two alone, so it does not matter who asks first,
//! how the batch is split, or whether the backward pass asks again.

use crate::float::Float;
use crate::math::{cos, ln, sqrt};

/// A key made of `key` and `salt` (the finalizer of SplitMix64: Steele, Lea, Flood 2014).
#[inline]
pub const fn mix(key: u64, salt: u64) -> u64 {
    let mut z = key ^ salt.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Number `i` under `key`, uniform in `[0, 1)`, in steps of 2⁻²⁴ so that it is exact in an `f32`.
#[inline]
pub fn uniform<F: Float>(key: u64, i: u64) -> F {
    F::of_u32((mix(key, i) >> 40) as u32) * F::of(1.0 / 16_777_216.0)
}

/// Number `i` under `key`, from the normal distribution of mean 0 and variance 1 (Box–Muller).
#[inline]
pub fn normal<F: Float>(key: u64, i: u64) -> F {
    let bits = mix(key, i);
    let unit = F::of(1.0 / 4_294_967_296.0);
    // (0, 1]: the logarithm is finite.
    let radius = (F::of_u32((bits >> 32) as u32) + F::one()) * unit;
    let angle = F::of_u32(bits as u32) * unit;
    sqrt(F::of(-2.0) * ln(radius)) * cos(F::of(core::f64::consts::TAU) * angle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_those_of_the_distributions() {
        let n = 100_000;
        let u: f64 = (0..n).map(|i| uniform::<f64>(7, i)).sum::<f64>() / n as f64;
        let (mut m, mut v) = (0.0, 0.0);
        for i in 0..n {
            let x: f64 = normal(7, i);
            m += x / n as f64;
            v += x * x / n as f64;
        }
        // Five standard errors: 1/sqrt(12 n) = 0.0009, 1/sqrt(n) = 0.0032, sqrt(2/n) = 0.0045.
        assert!(
            (u - 0.5).abs() < 0.005 && m.abs() < 0.016 && (v - 1.0).abs() < 0.023,
            "{u} {m} {v}"
        );
    }
}
