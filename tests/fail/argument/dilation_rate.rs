//! Taps of a window that are all at one place.
//! Mend: `dilation_rate(1)`, or none.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input series: [8, 1];
        output y = Conv1D::new(4, 3).dilation_rate(0)(series);
    }
}

fn main() {}
