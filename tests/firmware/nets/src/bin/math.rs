//! The functions of `f32` on a board, without numbers that Helium takes for 0.
#![no_std]
#![no_main]

use firmware_nets::{keras_core::math::checksums, rt};

rt::firmware!(|| for (name, [_, normal]) in checksums() {
    rt::print(name);
    rt::print(" ");
    rt::print_u32(normal);
    rt::print("\n");
});
