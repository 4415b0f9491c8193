//! `LearningRateScheduler`: a learning rate that depends on the epoch.
//!
//! `cargo run --release --example lr_schedule`

use keras_core::prelude::*;
use keras_examples::digits;

model! {
    /// A classifier of digits.
    pub struct Net {
        input x: [64];
        let h = Dense::new(64).activation(Relu)(x);
        output y = Dense::new(10)(h);

        target label: Label;
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
        metric accuracy = sparse_categorical_accuracy(label, y);
    }
}

/// Different learning rates, by the epoch.
fn lr_schedule(epoch: usize, _: f64) -> f64 {
    match epoch {
        0..50 => 1e-2,
        50..80 => 1e-3,
        _ => 1e-4,
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (train, test) = digits().split(5, 7);
    let train = NetData { x: &train.images, label: &train.labels };
    let test = NetData { x: &test.images, label: &test.labels };
    let lr_scheduler = LearningRateScheduler::new(lr_schedule);
    let fit = Fit::new().epochs(100).validation(&test).verbose(0).callback(lr_scheduler);
    let history = Net::new(1).fit(train, fit)?;
    let (rates, losses) = (history.get("learning_rate"), history.get("loss"));
    for epoch in [0, 49, 50, 79, 80, 99] {
        println!("epoch {epoch}: learning_rate {:e}, loss {:.6}", rates[epoch], losses[epoch]);
    }
    println!("val_accuracy={:.4}", history.get("val_accuracy")[99]);
    Ok(())
}
