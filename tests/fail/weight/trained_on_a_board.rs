//! A board is to train a weight that has a regularizer.
//! Mend: `Dense::new(3)` without one: a board adds no penalty to a loss.

use keras_core::board::{Sgd, Training};
use keras_core::prelude::*;

model! {
    pub struct Head {
        input x: [4];
        output y = Dense::new(3).kernel_regularizer(L2(0.01))(x);
        target label: Label;
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
    }
}

static HEAD: Training<Head, Sgd, { Head::PARAMS }, { Head::TRAINING }> =
    Training::new([0.0; Head::PARAMS], Sgd::new(0.1));

fn main() {}
