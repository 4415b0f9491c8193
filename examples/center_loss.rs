//! `Dense_with_Center_loss`: a layer that owns a loss, which uses its weights. With `lamb = 0.5` the features of a class gather
//! around its centre.
//!
//! `cargo run --release --example center_loss`

use keras_core::prelude::*;
use keras_examples::{Digits, digits, directory, distances, scatter};

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

model! {
    /// Two features that can be drawn.
    pub struct Net {
        input x: [64];
        let h = Dense::new(128).activation(Relu)(x);
        let f = Dense::new(2)(h);
        layer dense_center = DenseWithCenterLoss { output_dim: 10 };
        output y = dense_center(f);

        target label: Label;
        variable lamb = 0.5;
        loss dense_center.loss(f, label, y, lamb);
        metric accuracy = sparse_categorical_accuracy(label, y);
    }
}

/// The mean distance of features of `test` to the mean of their class, after training with `lamb`, over that between the
/// classes: features that all shrink alike do not count.
fn spread(lamb: f64, train: &Digits, test: &Digits) -> Result<f64, Box<dyn std::error::Error>> {
    let mut net = Net::new(7);
    net.variables.lamb = lamb;
    let data = NetData { x: &train.images, label: &train.labels };
    let held_out = NetData { x: &test.images, label: &test.labels };
    let history = net.fit(data, Fit::new().epochs(40).validation(&held_out).verbose(0))?;

    let values = net.forward(&test.images)?;
    let f = values.get("f").ok_or("no features")?;
    let points: Vec<[f32; 2]> = f.outer_iter().map(|f| [f[0], f[1]]).collect();
    let file = directory()?.join(format!("center_loss_{lamb}.svg"));
    scatter(&file, &format!("features of digits, lamb = {lamb}"), &points, &test.labels)?;
    let (own, between) = distances(&points, &test.labels);
    let accuracy = history.get("val_accuracy").last().copied().unwrap_or(f64::NAN);
    println!("lamb {lamb}: val_accuracy {accuracy:.4}, mean distance to the own centre {own:.3}");
    println!("drawn in {}", file.display());
    Ok(own / between)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (train, test) = digits().split(5, 7);
    let without = spread(0.0, &train, &test)?;
    let with = spread(0.5, &train, &test)?;
    println!("spread={:.4}", with / without);
    Ok(())
}
