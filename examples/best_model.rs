//! `ModelCheckpoint`: keep the best model by a number of the validation data.
//!
//! `cargo run --release --example best_model`

use keras_core::prelude::*;
use keras_examples::{digits, directory};

model! {
    /// A classifier of digits.
    pub struct Net {
        input x: [64];
        let h = Dense::new(64).activation(Relu)(x);
        output y = Dense::new(10)(h);

        target label: Label;
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
        metric acc = sparse_categorical_accuracy(label, y);
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (train, test) = digits().split(5, 7);
    let train = NetData { x: &train.images, label: &train.labels };
    let test = NetData { x: &test.images, label: &test.labels };
    let file = directory()?.join("best_model.safetensors");
    let mut checkpoint = ModelCheckpoint::new(&file)
        .monitor("val_acc")
        .verbose(true)
        .save_best_only(true)
        .save_weights_only(true);
    let fit = Fit::new().epochs(30).validation(&test).callback(&mut checkpoint);
    let history = Net::new(1).fit(train, fit)?;

    // What was saved is what validation saw, and nothing better was there.
    let mut best = Net::new(2);
    best.load_weights(&file)?;
    let accuracy = best.evaluate(test)?.get("acc");
    assert_eq!(accuracy, checkpoint.best());
    let highest = history.get("val_acc").into_iter().fold(0.0, f64::max);
    assert_eq!(accuracy, Some(highest));
    println!("val_acc={highest:.4}");
    Ok(())
}
