//! Floats where integers are looked up.
//! Mend: `input words: Index![1000; 5];`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input words: [5];
        output y = Embedding::new(1000, 8)(words);
    }
}

fn main() {}
