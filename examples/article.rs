//! The custom layers of the article that this library began with: noise in training, a layer with weights, a layer with two
//! outputs, and a loss with a run-time number that changes while the model trains.
//!
//! `cargo run --release --example article`

use keras_core::prelude::*;
use keras_examples::digits;

/// Standard Gaussian noise, scaled, in training; nothing outside of it.
#[layer]
pub fn add_noise_in_train(x: Tensor![..s]) -> Tensor![..s] {
    if training { x + 0.1 * random_normal(s) } else { x }
}

/// A layer with one weight.
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

/// Both halves of a vector.
#[layer]
pub fn split_vector(x: Tensor![n]) -> (Tensor![n / 2], Tensor![n - n / 2]) {
    (x[..n / 2], x[n / 2..])
}

/// Cross-entropy, mixed with that of a uniform target in the proportion `e`.
#[layer]
pub fn my_crossentropy(y_true: Label![], y_pred: Tensor![n], e: Tensor![]) -> Tensor![] {
    let loss1 = sparse_categorical_crossentropy(y_true, y_pred, from_logits = true);
    let loss2 = -mean(log_softmax(y_pred));
    (1.0 - e) * loss1 + e * loss2
}

model! {
    /// Every sample of the article in one model.
    pub struct Article {
        input x: [64];
        let (a, b) = split_vector(add_noise_in_train(x));
        let h = concat(relu(MyLayer { output_dim: 48 }(a)), relu(MyLayer { output_dim: 48 }(b)));
        output y = Dense::new(10)(h);

        target label: Label;
        variable e = 0.1;
        loss my_crossentropy(label, y, e);
        metric accuracy = sparse_categorical_accuracy(label, y);
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (train, test) = digits().split(5, 7);
    let data = ArticleData { x: &train.images, label: &train.labels };
    let held_out = ArticleData { x: &test.images, label: &test.labels };
    let mut net = Article::new(1);
    println!("{}", net.summary());
    net.fit(data, Fit::new().epochs(10).validation(&held_out))?;
    net.variables.e = 0.01;
    let history = net.fit(data, Fit::new().epochs(10).validation(&held_out))?;
    let last = history.last().and_then(|epoch| epoch.get("val_accuracy"));
    println!("val_accuracy={:.4}", last.unwrap_or(f64::NAN));
    Ok(())
}
