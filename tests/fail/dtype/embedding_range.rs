//! Integers that reach beyond the vectors that there are.
//! Mend: `Embedding::new(1000, 8)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input words: Index![1000; 5];
        output y = Embedding::new(100, 8)(words);
    }
}

fn main() {}
