//! A layer and an output that are not written to their ends: whoever uses the model finds them all the same.
//! Errors: 2
//! Mend: `layer head = Dense::new(2);` and `output b = concat(a, z);`.

use keras_core::prelude::*;

model! {
    struct Net {
        input x: [4];
        input z: [4];
        variable v = 0.5;
        layer head = ;
        output a = v * head(x);
        output b = concat(a, z) +;
    }
}

fn main() {
    let mut net = Net::new(1);
    net.variables.v = 2.0;
    let x = [[0.5_f32; 4]; 3];
    let outputs: NetOutputs<f32> = net.predict(NetInputs { x: &x, z: &x }).unwrap();
    println!("{} {}", outputs.a, outputs.b);
}
