//! A window without places.
//! Mend: `Conv1D::new(4, 3)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input series: [8, 1];
        output y = Conv1D::new(4, 0)(series);
    }
}

fn main() {}
