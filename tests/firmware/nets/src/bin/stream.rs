//! The stream of `stream.rs` on a board.
#![no_std]
#![no_main]

use firmware_nets::rt;

rt::firmware!(|| firmware_nets::stream::stream(|step, sum| {
    rt::print_u32(step);
    rt::print(" ");
    rt::print_u32(sum);
    rt::print("\n");
}));
