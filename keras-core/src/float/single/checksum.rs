//! Checksums of the functions' values, which say whether a target computes the bits that the host computes.

use super::{
    INFINITE, NORMAL, choose, cos, erf, exp, exp_m1, floor, ln, ln_1p, magnitude, pow, round,
    sigmoid, sin, softplus, sqrt, tanh,
};

/// Each function's name, and checksums of its values at 4096 numbers of all signs and exponents: one of all, and one without
/// numbers and results that are very small.
///
/// All bits of a value count, but those of NaN: which NaN an operation gives is the target's choice. The vectors of Helium
/// take subnormal numbers for 0, also where only something in between is subnormal: there the second checksum is the one
/// that must be the host's.
pub(crate) fn checksums() -> [(&'static str, [u32; 2]); 14] {
    [
        ("exp", checksum(exp)),
        ("exp_m1", checksum(exp_m1)),
        ("sigmoid", checksum(sigmoid)),
        ("tanh", checksum(tanh)),
        ("ln", checksum(ln)),
        ("ln_1p", checksum(ln_1p)),
        ("softplus", checksum(softplus)),
        ("erf", checksum(erf)),
        ("sin", checksum(sin)),
        ("cos", checksum(cos)),
        // The exponents are from −8 to 8, in steps of 2⁻¹².
        ("pow", checksum(|x| pow(x, ((x.to_bits() & 0xFFFF) as i32 - 0x8000) as f32 / 4096.0))),
        ("sqrt", checksum(sqrt)),
        ("floor", checksum(floor)),
        ("round", checksum(round)),
    ]
}

/// How many numbers are computed before their bits are looked at, so that vectors are used where there are any.
const CHUNK: usize = 64;

/// The bits of 2⁻¹⁰⁰: of a number from here on no function has something subnormal in between.
const SMALL: u32 = 27 << 23;

/// Each bit of a word has a part in every bit of the sum.
fn add(sum: &mut u32, word: u32) {
    *sum = (sum.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B1);
}

#[inline(always)]
fn checksum(f: impl Fn(f32) -> f32) -> [u32; 2] {
    let (mut all, mut normal, mut bits) = (0, 0, 0u32);
    for _ in 0..4096 / CHUNK {
        let mut numbers = [0.0; CHUNK];
        for x in &mut numbers {
            *x = f32::from_bits(bits);
            // A prime: the last bits of the mantissa vary, too.
            bits = bits.wrapping_add(1_048_583);
        }
        for (x, y) in numbers.into_iter().zip(numbers.map(&f)) {
            let y = choose(magnitude(y) > INFINITE, f32::NAN, y);
            add(&mut all, y.to_bits());
            let small = magnitude(x) < SMALL || magnitude(y) < NORMAL;
            add(&mut normal, choose(small, 0, y.to_bits()));
        }
    }
    [all, normal]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bits_are_those_of_every_other_target() {
        let golden = [
            ("exp", [0x133B_654A, 0x39A5_10A9]),
            ("exp_m1", [0x19F2_0957, 0x8468_258E]),
            ("sigmoid", [0x8921_E51C, 0x0D75_76B8]),
            ("tanh", [0xFF84_E6B4, 0xD67E_0A68]),
            ("ln", [0xE2FC_EB5D, 0xF2C0_065A]),
            ("ln_1p", [0x346F_D292, 0xBD01_EFAC]),
            ("softplus", [0x2EE6_5C8D, 0xB73E_ADF7]),
            ("erf", [0x0CCB_D121, 0x1016_5EB8]),
            ("sin", [0x4183_98BD, 0x51DA_3F46]),
            ("cos", [0x5610_D21C, 0xB13F_F307]),
            ("pow", [0x01C2_FA12, 0x83AC_CECB]),
            ("sqrt", [0x6F29_6F8F, 0x5532_3677]),
            ("floor", [0x978C_3262, 0xD282_5228]),
            ("round", [0x444C_41C1, 0x9D99_A632]),
        ];
        assert_eq!(checksums(), golden);
    }
}
