//! The main job: the article's centre loss on handwritten digits, from data to saved weights.
//!
//! `cargo run --release --example digits`

use keras_core::prelude::*;
use keras_examples::{digits, directory};

/// A dense layer that also owns a loss: the distance of an example's features to the centre of its class.
pub struct DenseWithCenterLoss {
    /// The number of classes.
    pub output_dim: usize,
}

#[layer]
impl DenseWithCenterLoss {
    fn build(&self, x: Shape![n]) {
        self.kernel = weight([n, self.output_dim], GlorotNormal);
        self.bias = weight([self.output_dim], Zeros);
        self.centers = weight([self.output_dim, n], GlorotNormal);
    }

    fn call(&self, x: Tensor![n]) -> Tensor![self.output_dim] {
        dot(x, self.kernel) + self.bias
    }

    fn loss(
        &self,
        x: Tensor![n],
        y_true: Label![],
        y_pred: Tensor![self.output_dim],
        lamb: f32,
    ) -> Tensor![] {
        let center_loss = sum(square(gather(self.centers, y_true) - x), axis = -1);
        sparse_categorical_crossentropy(y_true, y_pred, from_logits = true) + lamb * center_loss
    }
}

/// Two halves of a vector: a layer with two outputs.
#[layer]
pub fn split_vector(x: Tensor![n]) -> (Tensor![n / 2], Tensor![n - n / 2]) {
    (x[..n / 2], x[n / 2..])
}

model! {
    /// Digits, with the article's centre loss.
    pub struct CenterNet {
        input x: [64];
        let h = Dense::new(128).activation(Relu)(x);
        let (a, b) = split_vector(h);
        let f = Dense::new(16)(concat(a, b));
        layer head = DenseWithCenterLoss { output_dim: 10 };
        output y = head(f);

        target label: Label;
        variable lamb = 0.5;
        loss head.loss(f, label, y, lamb);
        metric accuracy = sparse_categorical_accuracy(label, y);
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (train, test) = digits().split(5, 7);
    let (train, test) = (
        CenterNetData { x: &train.images, label: &train.labels },
        CenterNetData { x: &test.images, label: &test.labels },
    );
    let mut net = CenterNet::new(7);
    println!("{}", net.summary());
    let history = net.fit(train, Fit::new().epochs(20).validation(&test))?;

    let directory = directory()?;
    net.plot_model(directory.join("digits_model.svg"))?;
    history.plot(directory.join("digits_history.svg"))?;
    println!("the model and its training are drawn in {}", directory.display());

    let file = directory.join("digits.safetensors");
    net.save_weights(&file)?;
    let mut second = CenterNet::new(8);
    second.load_weights(&file)?;
    assert_eq!(net.predict(test.x)?, second.predict(test.x)?);
    println!("the weights saved to {} give the same predictions", file.display());
    let last = history.last().and_then(|epoch| epoch.get("val_accuracy"));
    println!("val_accuracy={:.4}", last.unwrap_or(f64::NAN));
    Ok(())
}
