//! The third of two widths, in the second of two layers that are alike.
//! Mend: `Dense::new(WIDTHS[1])`.

use keras_core::prelude::*;

const WIDTHS: [usize; 2] = [16, 8];

model! {
    pub struct Net {
        input x: [16];
        let h = Dense::new(16)(x);
        let h = Dense::new(WIDTHS[2])(h);
        output y = Dense::new(16)(h);
    }
}

fn main() {
    let _ = Net::new(3);
}
