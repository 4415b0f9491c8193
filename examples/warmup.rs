//! `warmup`: a learning rate that grows in each step of the first epochs.
//!
//! `cargo run --release --example warmup`

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

/// Raises the learning rate from 0 to 0.001, step by step.
struct Warmup {
    passed_batches: usize,
    warmup_epochs: usize,
}

impl Callback<Net> for Warmup {
    fn on_batch_begin(&mut self, _: usize, at: &mut Context<Net>) -> CallbackResult {
        let steps = at.params.steps.ok_or("a stream without a length")? * self.warmup_epochs;
        if self.passed_batches < steps {
            let rate = 0.001 * (self.passed_batches + 1) as f64 / steps as f64;
            at.model.optimizer().set_learning_rate(rate)?;
        }
        self.passed_batches += 1;
        Ok(())
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (train, test) = digits().split(5, 7);
    let train = NetData { x: &train.images, label: &train.labels };
    let test = NetData { x: &test.images, label: &test.labels };
    let mut rates = Vec::new();
    let watch = LambdaCallback::new().on_epoch_end(|_, at: &mut Context<Net>| {
        rates.push(at.model.optimizer().learning_rate());
        Ok(())
    });
    let warmup = Warmup { passed_batches: 0, warmup_epochs: 10 };
    let fit = Fit::new().epochs(20).validation(&test).callback(warmup).callback(watch);
    let history = Net::new(1).fit(train, fit)?;
    println!("learning rate after epoch 1, 5, 10, 20:");
    println!("{:.1e} {:.1e} {:.1e} {:.1e}", rates[0], rates[4], rates[9], rates[19]);
    assert!((rates[9] - 0.001).abs() < 1e-9);
    println!("val_accuracy={:.4}", history.get("val_accuracy")[19]);
    Ok(())
}
