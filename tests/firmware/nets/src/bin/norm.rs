//! The net `norm` on a board.
#![no_std]
#![no_main]
#![allow(long_running_const_eval)]

firmware_nets::firmware!(Norm, "norm", "x784.f32", 784);
