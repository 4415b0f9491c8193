//! A misspelt value in a model that is used: one error, and none of what uses the model.
//! Mend: `Dense::new(1)(h)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [64];
        let h = Dense::new(4)(x);
        output y = Dense::new(1)(hh);
        target t: [1];
        loss mean_squared_error(t, y);
    }
}

fn main() {
    let (x, t) = ([[0f32; 64]; 8], [[0f32; 1]; 8]);
    let mut net = Net::new(1);
    net.fit(NetData { x: &x, t: &t }, Fit::new()).unwrap();
    println!("{:?}", net.predict(&x).unwrap().row(0));
}
