//! Indices of more rows than a table has.
//! Mend: `input i: Index![4];`, or a larger table.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input table: [4, 3];
        input i: Index![10];
        output y = gather(table, i);
    }
}

fn main() {}
