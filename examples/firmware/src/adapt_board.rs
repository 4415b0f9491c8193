//! The last layer learns on a microcontroller: no heap, in memory that is known before.
#![no_std]
#![no_main]

use firmware_rt::{measure, print, print_u32};
use keras_firmware::adapt::{Features, HEAD, Head, adapt};

static mut TRAINED: Head = HEAD;
static mut ARENA: [f32; Features::ARENA] = [0.0; Features::ARENA];

// SAFETY: nothing else has this name, by which the report knows where to begin with the stack.
#[unsafe(no_mangle)]
#[inline(never)]
fn infer(head: &mut Head, arena: &mut [f32; Features::ARENA]) -> [u32; 3] {
    let outcome = adapt(head, arena);
    [outcome.before, outcome.after, outcome.checksum]
}

firmware_rt::firmware!(|| {
    let (head, arena) = (&raw mut TRAINED, &raw mut ARENA);
    // SAFETY: the only references to the two: this runs once, and there are no threads or interrupts.
    let (head, arena) = unsafe { (&mut *head, &mut *arena) };
    let [before, after, checksum] = measure(|| infer(head, arena));
    print_u32(before);
    print(" of 100 before\n");
    print_u32(after);
    print(" of 100 after\nweights ");
    print_u32(checksum);
    print("\n");
});
