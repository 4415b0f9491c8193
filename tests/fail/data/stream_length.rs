//! A stream gives examples of 63 numbers to a model that reads 64.
//! Mend: give examples of the declared length, `[0f32; 64]`.

use keras_core::data::Stream;
use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [64];
        output y = Dense::new(1)(x);
        target t: [1];
        loss mean_squared_error(t, y);
    }
}

fn main() {
    let examples = (0..8).map(|_| NetData { x: [0f32; 63], t: 1.0 });
    Net::new(1).fit(Stream::new(examples), Fit::new()).unwrap();
}
