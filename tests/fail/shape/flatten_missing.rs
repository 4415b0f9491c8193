//! An image goes to a layer of vectors without `flatten`: it is taken row by row.
//! Mend: `Dense::new(10)(flatten(image))`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input image: [8, 8];
        output y = Dense::new(10)(image);
        target label: Label;
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
    }
}

fn main() {}
