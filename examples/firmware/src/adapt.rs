//! The last layer learns where it runs: digits that stand elsewhere in the image than those that a host trained on.
//!
//! What is in front of it stays in flash. What changes is in a [`Head`]: 170 weights, a gradient for each, and the arena of a step.

use keras_core::board::{Sgd, Training};
use keras_core::infer::Frozen;
use keras_core::prelude::*;

use crate::data::images;
use crate::{CenterNet, argmax, checksum, split_vector};

model! {
    /// The layers of [`CenterNet`] in front of the last one.
    pub struct Features {
        input x: [64];
        let h = Dense::new(128).activation(Relu)(x);
        let (a, b) = split_vector(h);
        output f = Dense::new(16)(concat(a, b));
    }
}

model! {
    /// The last layer of [`CenterNet`], with a loss of its own.
    pub struct Last {
        input f: [16];
        output y = Dense::new(10)(f);
        target label: Label;
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
    }
}

/// The last layer while it is trained, and all the memory that this takes.
pub type Head = Training<Last, Sgd, { Last::PARAMS }, { Last::TRAINING }>;

/// What the host trained, layer by layer.
static TRAINED: [f32; CenterNet::PARAMS] =
    CenterNet::weights(include_bytes!("../../../target/examples/digits.safetensors"));

static FEATURES: Frozen<Features> = Features::freeze(&part(0));

/// The last layer as the host trained it.
pub const HEAD: Head = Training::new(part(Features::PARAMS), Sgd::new(0.2));

/// Images whose digits stand one column further left: some to learn from, and others to count on.
static MOVED: [([f32; 64], u8); 200] = moved(images(include_bytes!("../../data/digits.csv")));

/// How often the head sees what it learns from, and after how many images it takes a step.
const EPOCHS: usize = 20;
const BATCH: usize = 10;

/// How many of the hundred images it does not learn from are recognised before and after, and a number that is another one if any
/// bit of the weights is.
pub struct Outcome {
    /// Recognised before.
    pub before: u32,
    /// Recognised after.
    pub after: u32,
    /// The sum over the bits of the weights.
    pub checksum: u32,
}

/// Lets the head learn.
pub fn adapt(head: &mut Head, arena: &mut [f32; Features::ARENA]) -> Outcome {
    let (new, rest) = MOVED.split_at_checked(100).unwrap_or_default();
    let before = recognised(head, arena, rest);
    for _ in 0..EPOCHS {
        for batch in new.chunks(BATCH) {
            for (x, label) in batch {
                let f = *FEATURES.infer(x, arena);
                head.example(&LastData { f, label: *label });
            }
            head.update();
        }
    }
    Outcome { before, after: recognised(head, arena, rest), checksum: checksum(head.weights()) }
}

fn recognised(head: &Head, arena: &mut [f32; Features::ARENA], images: &[([f32; 64], u8)]) -> u32 {
    let mut scores = Last::arena();
    let is_right = |(x, label): &&([f32; 64], u8)| {
        let y = <Last as Net>::infer(head.weights(), FEATURES.infer(x, arena), &mut scores);
        argmax(y) == u32::from(*label)
    };
    images.iter().filter(is_right).fold(0, |count, _| count + 1)
}

/// `N` of the trained weights, from number `at` on.
const fn part<const N: usize>(at: usize) -> [f32; N] {
    let (mut numbers, mut i) = ([0.0; N], 0);
    while i < N {
        numbers[i] = TRAINED[at + i];
        i += 1;
    }
    numbers
}

/// The same images one column further left.
const fn moved<const N: usize>(mut images: [([f32; 64], u8); N]) -> [([f32; 64], u8); N] {
    let mut i = 0;
    while i < N {
        let mut pixel = 0;
        while pixel < 64 {
            let is_last = pixel % 8 == 7;
            images[i].0[pixel] = if is_last { 0.0 } else { images[i].0[pixel + 1] };
            pixel += 1;
        }
        i += 1;
    }
    images
}
