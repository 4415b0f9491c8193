//! The model that `examples/digits.rs` trains, its weights, and ten images: the same for a microcontroller and a host.
#![no_std]

pub mod adapt;
mod data;

use data::images;
use keras_core::infer::Frozen;
use keras_core::prelude::*;

/// A dense layer that also owns a loss, as `examples/digits.rs` has it: the file of weights holds the centres, too.
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

/// Two halves of a vector.
#[layer]
pub fn split_vector(x: Tensor![n]) -> (Tensor![n / 2], Tensor![n - n / 2]) {
    (x[..n / 2], x[n / 2..])
}

model! {
    /// The model of `examples/digits.rs`, without what only training needs.
    pub struct CenterNet {
        input x: [64];
        let h = Dense::new(128).activation(Relu)(x);
        let (a, b) = split_vector(h);
        let f = Dense::new(16)(concat(a, b));
        layer head = DenseWithCenterLoss { output_dim: 10 };
        output y = head(f);
    }
}

/// What `examples/digits.rs` saved: checked and put in order at compile time, in flash.
pub static NET: Frozen<CenterNet> =
    CenterNet::frozen(include_bytes!("../../../target/examples/digits.safetensors"));

/// The first images of the data, and their labels.
pub static IMAGES: [([f32; 64], u8); 10] = images(include_bytes!("../../data/digits.csv"));

/// The place of the largest score.
pub fn argmax(scores: &[f32; 10]) -> u32 {
    let (mut class, mut best) = (0, f32::NEG_INFINITY);
    for (i, score) in (0..).zip(scores) {
        if *score > best {
            (class, best) = (i, *score);
        }
    }
    class
}

/// A number that is another one if any bit of the numbers is (FNV-1a, a word at a time).
pub fn checksum(numbers: &[f32]) -> u32 {
    numbers.iter().fold(0x811c_9dc5, |sum, x| (sum ^ x.to_bits()).wrapping_mul(0x0100_0193))
}
