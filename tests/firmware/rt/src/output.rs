//! Output, and the end of the run, by semihosting: a breakpoint that the debugger, here QEMU, takes for a call.

use core::arch::asm;

const WRITE_CHARACTER: usize = 0x03;
const EXIT: usize = 0x18;
const EXIT_WELL: usize = 0x20026;
const EXIT_ERROR: usize = 0x20023;

fn call(operation: usize, argument: usize) {
    // SAFETY: the breakpoint that the semihosting interface asks for, in exactly these instructions; the two operations that
    // are called here change no memory, and no register but the one that takes the result.
    unsafe {
        #[cfg(target_arch = "arm")]
        asm!("bkpt 0xAB", inout("r0") operation => _, in("r1") argument);
        #[cfg(target_arch = "riscv32")]
        asm!(
            ".balign 16", ".option push", ".option norvc",
            "slli x0, x0, 0x1f", "ebreak", "srai x0, x0, 7", ".option pop",
            inout("a0") operation => _, in("a1") argument,
        );
    }
}

fn put(character: u8) {
    call(WRITE_CHARACTER, &raw const character as usize);
}

/// Writes a text.
pub fn print(text: &str) {
    for character in text.bytes() {
        put(character);
    }
}

/// Writes a number. Not through `core::fmt`, which alone would be larger than a net.
pub fn print_u32(number: u32) {
    if number >= 10 {
        print_u32(number / 10);
    }
    put(b'0' + (number % 10) as u8);
}

/// Writes a line `name hex hex …` with the bits of each number, so that results compare bit for bit.
pub fn print_f32s(name: &str, numbers: &[f32]) {
    print(name);
    for number in numbers {
        put(b' ');
        for digit in (0..8).rev() {
            let digit = (number.to_bits() >> (4 * digit)) as u8 & 15;
            put(if digit < 10 { b'0' + digit } else { b'a' - 10 + digit });
        }
    }
    put(b'\n');
}

/// Ends the run: QEMU exits with status 0 or 1.
pub fn exit(well: bool) -> ! {
    call(EXIT, if well { EXIT_WELL } else { EXIT_ERROR });
    loop {
        core::hint::spin_loop();
    }
}
