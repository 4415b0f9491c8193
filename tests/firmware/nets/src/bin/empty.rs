//! What the runtime costs, to be taken off the cost of a net.
#![no_std]
#![no_main]

firmware_rt::firmware!(|| firmware_rt::print_f32s("y", &[1.0]));
