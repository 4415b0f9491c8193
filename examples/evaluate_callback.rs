//! `Evaluate`: a callback that computes whatever it likes after each epoch, and saves the best weights by it.
//!
//! `cargo run --release --example evaluate_callback`

use std::sync::LazyLock;

use keras_core::prelude::*;
use keras_examples::{Digits, argmax, digits, directory, mean_equal};

model! {
    /// A classifier of digits, without a metric.
    pub struct Net {
        input x: [64];
        let h = Dense::new(64).activation(Relu)(x);
        output y = Dense::new(10)(h);

        target label: Label;
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
    }
}

/// The digits to train and to test with.
static DATA: LazyLock<(Digits, Digits)> = LazyLock::new(|| digits().split(5, 7));

/// The share of right predictions: any function of them will do.
fn evaluate(net: &Model<Net>) -> Result<f64, DataError> {
    Ok(mean_equal(&argmax(&net.predict(&DATA.1.images)?), &DATA.1.labels))
}

/// Computes the accuracy on the test data, and saves the best model.
struct Evaluate {
    accs: Vec<f64>,
    highest: f64,
}

impl Callback<Net> for Evaluate {
    fn on_epoch_end(&mut self, _: usize, at: &mut Context<Net>) -> CallbackResult {
        let acc = evaluate(at.model)?;
        self.accs.push(acc);
        if acc >= self.highest {
            self.highest = acc;
            at.model.save_weights(directory()?.join("evaluated.safetensors"))?;
        }
        println!("acc: {acc:.4}, highest: {:.4}", self.highest);
        Ok(())
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let data = NetData { x: &DATA.0.images, label: &DATA.0.labels };
    let mut evaluator = Evaluate { accs: Vec::new(), highest: 0.0 };
    Net::new(1).fit(data, Fit::new().epochs(10).verbose(0).callback(&mut evaluator))?;

    let mut best = Net::new(2);
    best.load_weights(directory()?.join("evaluated.safetensors"))?;
    let again = evaluate(&best)?;
    assert_eq!(again, evaluator.accs.iter().copied().fold(0.0, f64::max));
    println!("highest={again:.4}");
    Ok(())
}
