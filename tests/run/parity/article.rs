//! The article's layers: the centre loss, the smoothed cross-entropy, the split vector.

use keras_core::check::vjp;
use keras_core::prelude::*;
use keras_tests::Golden;

/// A dense layer that also owns a loss: the distance of an example's features to the centre of its class.
#[derive(Clone, Copy)]
pub struct DenseWithCenterLoss {
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
    /// The loss as an output, so that its cotangent is ours.
    pub struct CenterLoss {
        input x: [2];
        input y: Label![10];
        input lamb: [];
        layer head = DenseWithCenterLoss { output_dim: 10 };
        output logits = head(x);
        output per_sample = head.loss(x, y, logits, lamb);
    }
}

fn center_loss<B: Backend>() {
    let file = Golden::open("article/center_loss");
    let mut model = Model::<CenterLoss, f32, B>::init(1);
    for weight in CenterLoss::WEIGHTS.walk() {
        let name = weight.path.trim_start_matches("head/");
        model.weights_flat_mut()[weight.range()].copy_from_slice(&file.numbers(name));
    }
    let (x, y): (Vec<f32>, Vec<f32>) = (file.numbers("features"), file.numbers("y"));
    let batch = y.len();
    let dy = [vec![0.0; 10 * batch], vec![1.0 / batch as f32; batch]];
    let found = vjp(&model, batch, &[&x, &y, &vec![0.5; batch]], &[&dy[0], &dy[1]]);
    file.near("logits", &found.outputs[0]);
    file.near("per_sample", &found.outputs[1]);
    file.near("loss", &[found.outputs[1].iter().sum::<f32>() / batch as f32]);
    file.near("grad.features", &found.inputs[0]);
    for weight in CenterLoss::WEIGHTS.walk() {
        let name = weight.path.trim_start_matches("head/");
        file.near(&format!("grad.{name}"), &found.weights[weight.range()]);
    }
}

#[test]
fn the_centre_loss() {
    center_loss::<Reference>();
    center_loss::<Native>();
}

/// `(1 − e)·CE(y, p) + e·CE(1 / classes, p)`.
#[layer]
fn my_crossentropy(y_true: Tensor![n], y_pred: Tensor![n], e: f64) -> Tensor![] {
    let uniform = ones([n]) / n;
    (1.0 - e) * categorical_crossentropy(y_true, y_pred)
        + e * categorical_crossentropy(uniform, y_pred)
}

model! {
    pub struct Smoothed {
        input y_true: [10];
        input y_pred: [10];
        output tenth = my_crossentropy(stop_gradient(y_true), y_pred, 0.1);
        output hundredth = my_crossentropy(stop_gradient(y_true), y_pred, 0.01);
    }
}

fn crossentropy<B: Backend>() {
    let file = Golden::open("article/mycrossentropy");
    let model = Model::<Smoothed, f32, B>::init(1);
    let (t, p) = (file.numbers("y_true"), file.numbers("y_pred"));
    let batch = file.batch("y_true");
    let (mean, none) = (vec![1.0 / batch as f32; batch], vec![0.0; batch]);
    for (output, e) in ["0.1", "0.01"].into_iter().enumerate() {
        let dy = if output == 0 { [&mean[..], &none] } else { [&none[..], &mean] };
        let found = vjp(&model, batch, &[&t, &p], &dy);
        file.near(&format!("per_sample.e{e}"), &found.outputs[output]);
        file.near(&format!("grad.y_pred.e{e}"), &found.inputs[1]);
    }
}

#[test]
fn the_smoothed_crossentropy() {
    crossentropy::<Reference>();
    crossentropy::<Native>();
}

#[layer]
fn split_vector(x: Tensor![n]) -> (Tensor![n / 2], Tensor![n - n / 2]) {
    (x[..n / 2], x[n / 2..])
}

model! {
    pub struct Split {
        input x: [7];
        let (a, b) = split_vector(x);
        output first = a;
        output second = b;
    }
}

#[test]
fn the_split_vector() {
    let file = Golden::open("article/split_vector");
    let x: Vec<f32> = file.numbers("x");
    let found = keras_core::check::call(&Split::new(1), 3, &[&x]);
    // Copies are exact.
    assert_eq!(found, [file.numbers::<f32>("out.0"), file.numbers("out.1")]);
}
