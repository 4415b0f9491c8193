//! Stretches of known cost, which the tools must find to the last instruction and byte.
#![no_std]
#![no_main]

use core::arch::asm;
use core::hint::black_box;

firmware_rt::firmware!(|| {
    // A loop of two instructions: 1,000 turns more are 2,000 instructions more.
    spin(black_box(1000));
    spin(black_box(2000));
    firmware_rt::print_u32(firmware_rt::measure(|| infer(black_box(1))));
    firmware_rt::print("\n");
});

/// A function, so that both numbers are made before the stretch begins.
#[inline(never)]
fn spin(turns: u32) {
    // SAFETY: it counts a register down.
    firmware_rt::measure(|| unsafe {
        #[cfg(target_arch = "arm")]
        asm!("1: subs {0}, #1", "bne 1b", inout(reg) turns => _);
        #[cfg(target_arch = "riscv32")]
        asm!("1: addi {0}, {0}, -1", "bnez {0}, 1b", inout(reg) turns => _);
    });
}

/// 256 bytes of stack, all of them written, and as many again in a function below.
// SAFETY: nothing else has this name.
#[unsafe(no_mangle)]
#[inline(never)]
fn infer(start: u32) -> u32 {
    let numbers = filled(start);
    below(numbers[63]).wrapping_add(numbers[0])
}

#[inline(never)]
fn below(start: u32) -> u32 {
    filled(start)[63]
}

#[inline(always)]
fn filled(start: u32) -> [u32; 64] {
    let mut numbers = [0; 64];
    for (i, number) in numbers.iter_mut().enumerate() {
        *number = start.wrapping_mul(i as u32);
    }
    *black_box(&mut numbers)
}
