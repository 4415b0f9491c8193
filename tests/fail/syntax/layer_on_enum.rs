//! `#[layer]` on an enum: its configuration is a struct, its code an `impl` block.
//! Mend: `#[layer]` on the `impl` block of the enum.

use keras_core::prelude::*;

#[layer]
pub enum Gate {
    Open,
    Shut,
}

fn main() {}
