//! A misspelt argument of `fit`.
//! Mend: `Fit::new().batch_size(32)`.

use keras_core::prelude::*;

fn main() {
    let _ = Fit::new().bach_size(32);
}
