//! The net `mlp` on a board.
#![no_std]
#![no_main]
#![allow(long_running_const_eval)]

firmware_nets::firmware!(Mlp, "mlp", "x64.f32", 64);
