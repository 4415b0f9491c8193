//! From reset to `start`, and the markers.

use core::arch::global_asm;

#[cfg(target_arch = "arm")]
global_asm!(
    ".section .vectors, \"a\"",
    ".word _stack_top",
    ".word reset",
    ".rept 14",
    ".word fault",
    ".endr",
    ".section .text.reset, \"ax\"",
    ".global reset",
    ".type reset, %function",
    ".thumb_func",
    "reset:",
    "ldr r0, =_sdata",
    "ldr r1, =_edata",
    "ldr r2, =_sidata",
    "1: cmp r0, r1",
    "bhs 2f",
    "ldr r3, [r2]",
    "str r3, [r0]",
    "adds r0, #4",
    "adds r2, #4",
    "b 1b",
    "2: ldr r0, =_sbss",
    "ldr r1, =_ebss",
    "movs r3, #0",
    "3: cmp r0, r1",
    "bhs 4f",
    "str r3, [r0]",
    "adds r0, #4",
    "b 3b",
    "4: bl start",
    ".type fault, %function",
    ".thumb_func",
    "fault: bl firmware_fault",
    // The markers push a word, so that the plugin sees where the stack is.
    ".section .text.markers, \"ax\"",
    ".global measure_begin",
    ".type measure_begin, %function",
    ".thumb_func",
    "measure_begin: push {{lr}}",
    "pop {{pc}}",
    ".size measure_begin, . - measure_begin",
    ".global measure_end",
    ".type measure_end, %function",
    ".thumb_func",
    "measure_end: push {{lr}}",
    "pop {{pc}}",
    ".size measure_end, . - measure_end",
);

#[cfg(target_arch = "riscv32")]
global_asm!(
    ".section .vectors, \"ax\"",
    ".global reset",
    "reset:",
    "la sp, _stack_top",
    "la t0, fault",
    "csrw mtvec, t0",
    "la a0, _sdata",
    "la a1, _edata",
    "la a2, _sidata",
    "1: bgeu a0, a1, 2f",
    "lw a3, 0(a2)",
    "sw a3, 0(a0)",
    "addi a0, a0, 4",
    "addi a2, a2, 4",
    "j 1b",
    "2: la a0, _sbss",
    "la a1, _ebss",
    "3: bgeu a0, a1, 4f",
    "sw zero, 0(a0)",
    "addi a0, a0, 4",
    "j 3b",
    "4: call start",
    ".balign 4",
    "fault: call firmware_fault",
    // The markers push a word, so that the plugin sees where the stack is.
    ".section .text.markers, \"ax\"",
    ".global measure_begin",
    ".type measure_begin, @function",
    "measure_begin: addi sp, sp, -4",
    "sw ra, 0(sp)",
    "addi sp, sp, 4",
    "ret",
    ".size measure_begin, . - measure_begin",
    ".global measure_end",
    ".type measure_end, @function",
    "measure_end: addi sp, sp, -4",
    "sw ra, 0(sp)",
    "addi sp, sp, 4",
    "ret",
    ".size measure_end, . - measure_end",
);

// SAFETY: nothing else has this name; the code above jumps to it and never comes back.
#[unsafe(no_mangle)]
extern "C" fn firmware_fault() -> ! {
    crate::print("fault\n");
    crate::exit(false)
}

/// Switches the floating-point and vector unit on, where there is one.
pub fn prepare() {
    #[cfg(all(target_arch = "arm", target_abi = "eabihf"))]
    // SAFETY: the coprocessor access register of every Cortex-M that has such a unit; nobody else writes it, and no
    // floating-point instruction is in front of the barriers.
    unsafe {
        let access = 0xE000_ED88 as *mut u32;
        access.write_volatile(access.read_volatile() | 0x00F0_0000);
        core::arch::asm!("dsb", "isb");
    }
}
