//! The square root, correctly rounded: by the machine's instruction where there is one, else by integers.

/// `√x`: NaN below 0, −0 for −0.
#[cfg(feature = "std")]
#[inline(always)]
pub(crate) fn sqrt(x: f32) -> f32 {
    x.sqrt()
}

/// `√x`: NaN below 0, −0 for −0.
///
/// `core` has no square root on stable, but an Arm core whose ABI passes floats in registers for them has the instruction.
/// The number comes in a general register, because for rustc these targets have no feature that allows others in assembly.
#[cfg(all(not(feature = "std"), target_arch = "arm", target_abi = "eabihf"))]
#[inline(always)]
pub(crate) fn sqrt(x: f32) -> f32 {
    let mut bits = x.to_bits();
    // SAFETY: the ABI `eabihf` says that there is a floating-point unit, and all of them have these instructions. They read
    // and write `bits`, `s0`, which is named as lost, and the exception bits of FPSCR; they touch no memory and no stack.
    unsafe {
        core::arch::asm!(
            "vmov s0, {bits}",
            "vsqrt.f32 s0, s0",
            "vmov {bits}, s0",
            bits = inout(reg) bits,
            out("s0") _,
            options(pure, nomem, nostack),
        );
    }
    f32::from_bits(bits)
}

#[cfg(not(any(feature = "std", all(target_arch = "arm", target_abi = "eabihf"))))]
pub(crate) use integers::sqrt;

/// By integers of 32 bits, for targets that have no instruction; tested on all.
#[cfg(any(test, not(any(feature = "std", all(target_arch = "arm", target_abi = "eabihf")))))]
mod integers {
    use super::super::INFINITE;

    /// `√x`: NaN below 0, −0 for −0.
    ///
    /// With branches, and not inlined: here loops over it do not vectorise anyway.
    #[inline(never)]
    pub(crate) fn sqrt(x: f32) -> f32 {
        let bits = x.to_bits();
        if bits.wrapping_sub(1) >= INFINITE - 1 {
            // 0, negative, ∞ or NaN.
            return if bits << 1 == 0 || bits == INFINITE { x } else { f32::NAN };
        }
        // x = 2^(e − 150)·m with 24 bits of m.
        let (mut e, mut m) = (bits as i32 >> 23, bits & 0x007F_FFFF);
        if e == 0 {
            let zeros = m.leading_zeros().wrapping_sub(8);
            m = m.wrapping_shl(zeros);
            e = 1i32.wrapping_sub(zeros as i32);
        } else {
            m |= 0x0080_0000;
        }
        // 1 ≤ v < 4, with 30 bits behind the point, such that the exponent that is left is even.
        let v = if e & 1 == 0 { m << 8 } else { m << 7 };
        let exponent = (e.wrapping_add(125) >> 1) as u32;
        f32::from_bits((exponent << 23).wrapping_add(root(v)))
    }

    /// 3, with 30 bits behind the point.
    const THREE: u32 = 3 << 30;

    /// `√v` with 23 bits behind the point, correctly rounded, for `1 ≤ v < 4` with 30 bits behind it: a cubic for `1/√v`, a
    /// step of Newton's for that, one for `√v`, and the remainder's word. The sizes are such that no product overflows.
    fn root(v: u32) -> u32 {
        let short = v >> 16;
        // 1/√v ≈ 1.5562 − 0.7389·v + 0.1947·v² − 0.0191·v³: a minimax fit on 1 ≤ v ≤ 4 with a relative error of 2⁻⁷.
        let y = 51_035u32.wrapping_sub((4_994 * short) >> 14);
        let y = 48_422u32.wrapping_sub(y.wrapping_mul(short) >> 16);
        let y = 101_986u32.wrapping_sub(y.wrapping_mul(short) >> 14);
        // y·(3 − v·y²)/2 has an error of 2⁻¹³.
        let twice = THREE.wrapping_sub((y.wrapping_mul(y) >> 16).wrapping_mul(short));
        let y = y.wrapping_mul(twice >> 15) >> 16;
        // s + (v − s²)·y/2 has one of less than the last place.
        let s = short.wrapping_mul(y) >> 15;
        let rest = v.wrapping_sub(s.wrapping_mul(s)) as i32;
        let s = (s << 8).wrapping_add(((rest >> 6).wrapping_mul(y as i32) >> 18) as u32);
        // √v is above s + ½ where v − s² > s, below s − ½ where v − s² ≤ −s; of the difference the low bits are enough.
        let rest = (v << 16).wrapping_sub(s.wrapping_mul(s)) as i32;
        let half = s as i32;
        s.wrapping_add(u32::from(rest > half)).wrapping_sub(u32::from(rest <= -half))
    }
}

#[cfg(test)]
mod tests {
    use super::integers;

    #[test]
    fn integers_round_like_the_machine() {
        // Every 61st number: the last bit of the exponent and the places decide, so this meets every case often.
        for x in (0..=u32::MAX).step_by(61).map(f32::from_bits) {
            let (found, expected) = (integers::sqrt(x), x.sqrt());
            assert!(
                found.to_bits() == expected.to_bits() || found.is_nan() && expected.is_nan(),
                "{x}: {found}, not {expected}"
            );
        }
    }
}
