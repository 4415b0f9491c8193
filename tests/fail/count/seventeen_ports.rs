//! A model of more inputs than are possible.
//! Mend: one input of several axes.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input a: [1]; input b: [1]; input c: [1]; input d: [1]; input e: [1]; input f: [1];
        input g: [1]; input h: [1]; input i: [1]; input j: [1]; input k: [1]; input l: [1];
        input m: [1]; input n: [1]; input o: [1]; input p: [1]; input q: [1];
        output y = Dense::new(2)(a);
    }
}

fn main() {}
