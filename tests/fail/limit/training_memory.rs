//! The memory of inference is given to a training.
//! Mend: `{ Head::TRAINING }`.

use keras_core::board::{Sgd, Training};
use keras_core::prelude::*;

model! {
    pub struct Head {
        input x: [4];
        output y = Dense::new(3)(x);
        target label: Label;
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
    }
}

static HEAD: Training<Head, Sgd, { Head::PARAMS }, { Head::ARENA }> =
    Training::new([0.0; Head::PARAMS], Sgd::new(0.1));

fn main() {}
