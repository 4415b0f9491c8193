//! `MyLayer`: a layer with a weight of its own.
//!
//! `cargo run --release --example my_layer`

use keras_core::prelude::*;
use keras_examples::digits;

/// A dense layer without a bias.
pub struct MyLayer {
    /// The size of the output.
    pub output_dim: usize,
}

#[layer]
impl MyLayer {
    fn build(&self, x: Shape![n]) {
        self.kernel = weight([n, self.output_dim], Uniform);
    }

    fn call(&self, x: Tensor![n]) -> Tensor![self.output_dim] {
        dot(x, self.kernel)
    }
}

model! {
    /// A linear classifier.
    pub struct Net {
        input x: [64];
        output y = MyLayer { output_dim: 10 }(x);

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
