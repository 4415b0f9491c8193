//! `K.in_train_phase`: a layer that adds noise while the model trains, and nothing outside of training.
//!
//! `cargo run --release --example noise_in_training`

use keras_core::prelude::*;
use keras_examples::digits;

/// Standard Gaussian noise in training.
#[layer]
pub fn add_noise_in_train(x: Tensor![..s]) -> Tensor![..s] {
    if training { x + random_normal(s) } else { x }
}

model! {
    /// A classifier of noisy digits, and how large the noise is.
    pub struct Net {
        input x: [64];
        let noisy = add_noise_in_train(x);
        output y = Dense::new(10)(noisy);

        target label: Label;
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
        metric accuracy = sparse_categorical_accuracy(label, y);
        metric noise = mean(square(noisy - x));
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (train, test) = digits().split(5, 7);
    let train = NetData { x: &train.images, label: &train.labels };
    let test = NetData { x: &test.images, label: &test.labels };
    let mut net = Net::new(1);
    let history = net.fit(train, Fit::new().epochs(20).validation(&test))?;
    let last = history.last().ok_or("no epochs")?;
    let number = |name: &str| last.get(name).unwrap_or(f64::NAN);
    println!("variance of the noise in training {:.3}", number("noise"));
    println!("variance of the noise in validation {:.3}", number("val_noise"));
    println!("noise={:.4}", number("noise") - number("val_noise"));
    Ok(())
}
