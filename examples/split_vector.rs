//! `SplitVector`: a layer with two outputs. Each half is checked where it is used.
//!
//! `cargo run --release --example split_vector`

use keras_core::prelude::*;
use keras_examples::digits;

/// Both halves of a vector.
#[layer]
pub fn split_vector(x: Tensor![n]) -> (Tensor![n / 2], Tensor![n - n / 2]) {
    (x[..n / 2], x[n / 2..])
}

model! {
    /// A layer for the upper half of a picture, and one for the lower.
    pub struct Net {
        input x: [64];
        let (x1, x2) = split_vector(x);
        let upper = Dense::new(32).activation(Relu)(x1);
        let lower = Dense::new(32).activation(Relu)(x2);
        output y = Dense::new(10)(concat(upper, lower));

        target label: Label;
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
        metric accuracy = sparse_categorical_accuracy(label, y);
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (train, test) = digits().split(5, 7);
    let train = NetData { x: &train.images, label: &train.labels };
    let test = NetData { x: &test.images, label: &test.labels };
    let mut net = Net::new(1);
    println!("{}", net.summary());
    let history = net.fit(train, Fit::new().epochs(20).validation(&test))?;
    let last = history.last().and_then(|epoch| epoch.get("val_accuracy"));
    println!("val_accuracy={:.4}", last.unwrap_or(f64::NAN));
    Ok(())
}
