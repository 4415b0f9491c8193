//! A line that is not written to its end; the line behind it is read all the same.
//! Mend: `let h = Dense::new(8)(x);`.

use keras_core::prelude::*;

model! {
    struct Net {
        input x: [4];
        target t: [2];
        let h = Dense::
        output y = Dense::new(2)(h);
        loss mean_squared_error(t, y);
    }
}

fn main() {
    let mut net = Net::new(1);
    let (x, t) = ([[0.5_f32; 4]; 3], [[1.0_f32; 2]; 3]);
    net.fit(NetData { x: &x, t: &t }, Fit::new()).unwrap();
    net.predict(&x).unwrap();
}
