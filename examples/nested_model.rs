//! A model in a model: an encoder that two inputs share, trained on pairs of the same or of different digits.
//!
//! `cargo run --release --example nested_model`

use keras_core::prelude::*;
use keras_examples::{Digits, digits};

model! {
    /// A picture as 16 numbers.
    pub struct Encoder {
        input x: [64];
        let h = Dense::new(64).activation(Relu)(x);
        output code = Dense::new(16)(h);
    }
}

model! {
    /// Whether two pictures show the same digit.
    pub struct Siamese {
        input a: [64];
        input b: [64];
        layer encoder = Encoder;
        let distance = square(encoder(a) - encoder(b));
        output same = Dense::new(1).activation(Sigmoid)(distance);

        target is_same: [1];
        loss binary_crossentropy(is_same, same);
        metric accuracy = binary_accuracy(is_same, same);
    }
}

/// Every picture twice: with the next one of its digit, and with some other one.
fn pairs(digits: &Digits) -> (Vec<[f32; 64]>, Vec<[f32; 64]>, Vec<f32>) {
    let (mut a, mut b, mut is_same) = (Vec::new(), Vec::new(), Vec::new());
    let count = digits.labels.len();
    for i in 0..count {
        let others = (i + 1..count).chain(0..i);
        for same in [true, false] {
            let fits = |j: &usize| (digits.labels[*j] == digits.labels[i]) == same;
            let Some(j) = others.clone().skip(i % 7).find(fits) else { continue };
            a.push(digits.images[i]);
            b.push(digits.images[j]);
            is_same.push(f32::from(u8::from(same)));
        }
    }
    (a, b, is_same)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (train, test) = digits().split(5, 7);
    let (a, b, is_same) = pairs(&train);
    let train = SiameseData { a: &a, b: &b, is_same: &is_same };
    let (a, b, is_same) = pairs(&test);
    let test = SiameseData { a: &a, b: &b, is_same: &is_same };
    let mut net = Siamese::new(1);
    println!("{}", net.summary());
    let history = net.fit(train, Fit::new().epochs(10).validation(&test))?;
    println!("val_accuracy={:.4}", history.get("val_accuracy")[9]);
    Ok(())
}
