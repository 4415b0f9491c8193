//! The net `mnist` on a board.
#![no_std]
#![no_main]
#![allow(long_running_const_eval)]

firmware_nets::firmware!(Mnist, "mnist", "x784.f32", 784);
