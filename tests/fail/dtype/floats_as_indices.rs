//! Numbers with decimals as indices into a table.
//! Mend: `input i: Index![4];`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input table: [4, 3];
        input i: [2];
        output y = gather(table, i);
    }
}

fn main() {}
