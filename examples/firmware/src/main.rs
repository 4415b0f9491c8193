//! The model that `examples/digits.rs` trains, on a microcontroller: weights in flash, no heap, no panic.
#![no_std]
#![no_main]

mod data;

use data::{images, weights};
use firmware_rt::{measure, print, print_u32};
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

/// What `examples/digits.rs` saved, as the model has it in memory.
static WEIGHTS: [f32; CenterNet::PARAMS] = weights(
    include_bytes!("../../../target/examples/digits.safetensors"),
    &[
        "dense/kernel",
        "dense/bias",
        "dense_1/kernel",
        "dense_1/bias",
        "head/kernel",
        "head/bias",
        "head/centers",
    ],
);

/// The first images of the data, and their labels.
static IMAGES: [([f32; 64], u8); 10] = images(include_bytes!("../../data/digits.csv"));

static mut ARENA: [f32; CenterNet::ARENA] = [0.0; CenterNet::ARENA];

// SAFETY: nothing else has this name, by which the report knows where to begin with the stack.
#[unsafe(no_mangle)]
#[inline(never)]
fn infer<'a>(x: &[f32; 64], arena: &'a mut [f32; CenterNet::ARENA]) -> &'a [f32; 10] {
    <CenterNet as Net>::infer::<f32, keras_core::infer::Plain>(&WEIGHTS, x, arena)
}

firmware_rt::firmware!(|| {
    let arena = &raw mut ARENA;
    // SAFETY: the only reference to the arena: this runs once, and there are no threads or interrupts.
    let arena = unsafe { &mut *arena };
    for (image, label) in &IMAGES {
        let class = argmax(measure(|| infer(image, arena)));
        print("a ");
        print_u32(u32::from(*label));
        print(" looks like a ");
        print_u32(class);
        print("\n");
    }
});

/// The place of the largest score.
fn argmax(scores: &[f32; 10]) -> u32 {
    let (mut class, mut best) = (0, f32::NEG_INFINITY);
    for (i, score) in (0..).zip(scores) {
        if *score > best {
            (class, best) = (i, *score);
        }
    }
    class
}
