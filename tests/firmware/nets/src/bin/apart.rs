//! The net `apart` on a board.
#![no_std]
#![no_main]
#![allow(long_running_const_eval)]

firmware_nets::firmware!(Apart, "apart", "x784.f32", 784);
