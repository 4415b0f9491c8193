//! A value is written into a slice of another size.
//! Mend: `y[t] = x[t];`.

use keras_core::prelude::*;

#[layer]
fn rows(x: Tensor![steps, n]) -> Tensor![steps, n] {
    let mut y = zeros([steps, n]);
    for t in 0..steps {
        y[t] = x[s![t, ..2]];
    }
    y
}

model! {
    pub struct Net {
        input x: [5, 3];
        output y = rows(x);
    }
}

fn main() {}
