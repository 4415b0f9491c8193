//! Constants that have no value: a size, a keyword, a bound of a slice, a condition, the same width twice, a factor, a variable.
//! Errors: 8
//! Mend: indices below 2.

use keras_core::prelude::*;

const LIST: [usize; 2] = [1, 8];

model! {
    pub struct Inner {
        input x: [LIST[2]];
        output y = Dense::new(8)(x);
    }
}

model! {
    pub struct Net {
        input x: [8];
        target t: [1];
        variable rate = LIST[3];
        let h = Inner(softmax(x, axis = LIST[4] as isize));
        let h = if LIST[5] > 3 { h } else { h * 2.0 };
        let h = Dense::new(LIST[6])(Dense::new(LIST[6])(h[..LIST[7]]));
        output y = Dense::new(1)(Inner(h) * (LIST[8] as f32));
        loss rate * mean_squared_error(t, y);
    }
}

fn main() {
    let _ = Net::new(3);
}
