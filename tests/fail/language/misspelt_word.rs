//! A misspelt word is taken for the one that was meant.
//! Mend: `input x: [4];`.

use keras_core::prelude::*;

model! {
    struct Net {
        inptu x: [4];
        target t: [2];
        output y = Dense::new(2)(x);
        loss mean_squared_error(t, y);
    }
}

fn main() {
    let mut net = Net::new(1);
    let (x, t) = ([[0.5_f32; 4]; 3], [[1.0_f32; 2]; 3]);
    net.fit(NetData { x: &x, t: &t }, Fit::new()).unwrap();
    net.predict(&x).unwrap();
}
