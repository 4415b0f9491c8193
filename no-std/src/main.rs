//! Runs the model without std and without an allocator. On a host the exit code says whether the answer is right; for a bare
//! target it is enough that the program links.
#![no_std]
#![no_main]

use keras_no_std::{answer, is_expected};

fn run() -> i32 {
    i32::from(!is_expected(&answer()))
}

/// Where the C runtime begins.
#[cfg(not(target_os = "none"))]
// SAFETY: the program has no other `main`, and this one has the signature that C asks for.
#[unsafe(no_mangle)]
extern "C" fn main() -> i32 {
    run()
}

/// Named by code of `core` that was built to unwind; nothing here unwinds, so nobody calls it.
#[cfg(not(target_os = "none"))]
// SAFETY: without std nothing else has this name.
#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {}

/// Where a bare target begins.
#[cfg(target_os = "none")]
// SAFETY: the linker looks for this name, and nothing else has it.
#[unsafe(no_mangle)]
extern "C" fn _start() -> ! {
    core::hint::black_box(run());
    stop()
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    stop()
}

fn stop() -> ! {
    loop {
        core::hint::spin_loop();
    }
}
