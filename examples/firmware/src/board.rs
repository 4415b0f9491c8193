//! The digits on a microcontroller: weights in flash, no heap, no panic.
#![no_std]
#![no_main]

use firmware_rt::{measure, print, print_u32};
use keras_firmware::{CenterNet, IMAGES, NET, argmax, checksum};

static mut ARENA: [f32; CenterNet::ARENA] = [0.0; CenterNet::ARENA];

// SAFETY: nothing else has this name, by which the report knows where to begin with the stack.
#[unsafe(no_mangle)]
#[inline(never)]
fn infer<'a>(x: &[f32; 64], arena: &'a mut [f32; CenterNet::ARENA]) -> &'a [f32; 10] {
    NET.infer(x, arena)
}

firmware_rt::firmware!(|| {
    let arena = &raw mut ARENA;
    // SAFETY: the only reference to the arena: this runs once, and there are no threads or interrupts.
    let arena = unsafe { &mut *arena };
    for (image, label) in &IMAGES {
        let scores = measure(|| infer(image, arena));
        print("a ");
        print_u32(u32::from(*label));
        print(" looks like a ");
        print_u32(argmax(scores));
        print(", scores ");
        print_u32(checksum(scores));
        print("\n");
    }
});
