//! A file of weights that has another shape.
//! Mend: save the weights of this model again.
use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [4];
        output y = Dense::new(2)(x);
    }
}

static NET: Frozen<Net> = Net::frozen(
    b"\x41\0\0\0\0\0\0\0{\"dense/kernel\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}12345678",
);

fn main() {
    let _ = &NET;
}
