use keras_core::prelude::*;

model! {
    pub struct Encoder {
        input image: [64];
        output code = Dense::new(8)(image);
    }
}

model! {
    pub struct Net {
        input x: [32];
        layer encoder = Encoder;
        output y = encoder(x);
    }
}

fn main() {}
