//! `add_loss`: several losses add up, and any value of the model may be part of one.
//!
//! `cargo run --release --example add_loss`

use keras_core::prelude::*;
use keras_examples::digits;

model! {
    /// A classifier whose inner values are kept small.
    pub struct Net {
        input x: [64];
        let h = Dense::new(64).activation(Relu)(x);
        output y = Dense::new(10)(h);

        target label: Label;
        variable weight = 0.0;
        loss error = sparse_categorical_crossentropy(label, y, from_logits = true);
        loss activity = weight * mean(h);
        metric accuracy = sparse_categorical_accuracy(label, y);
        metric active = mean(h);
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (train, test) = digits().split(5, 7);
    let train = NetData { x: &train.images, label: &train.labels };
    let test = NetData { x: &test.images, label: &test.labels };
    let active = |weight: f64| -> Result<f64, Box<dyn std::error::Error>> {
        let mut net = Net::new(1);
        net.variables.weight = weight;
        net.fit(train, Fit::new().epochs(20).verbose(0))?;
        let logs = net.evaluate(test)?;
        println!("weight {weight}: {logs}");
        logs.get("active").ok_or_else(|| "no metric".into())
    };
    println!("active={:.4}", active(1.0)? / active(0.0)?);
    Ok(())
}
