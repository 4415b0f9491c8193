//! A model that Keras trained: `save_weights.py` wrote its weights, and what it predicts.
//!
//! `cargo run --release --example load_keras_weights`

use std::path::Path;

use keras_core::data::{Column, Npy};
use keras_core::prelude::*;

model! {
    /// The model, with the names that its layers have in Python.
    pub struct Net {
        input x: [6];
        layer dense_1 = Dense::new(7).activation(Relu);
        layer dense = Dense::new(3);
        output y = dense(dense_1(x));
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("keras_weights");
    let mut net = Net::new(1);
    net.load_weights(directory.join("weights.safetensors"))?;
    println!("{}", net.summary());

    let y = net.predict(&Npy::open(directory.join("inputs.npy"))?)?;
    let predictions = Npy::open(directory.join("predictions.npy"))?;
    let (mut keras, mut difference) = ([0.0f32; 3], 0.0f32);
    for (i, y) in y.rows().into_iter().enumerate() {
        predictions.read(i, &mut keras)?;
        println!("here {y:9.6}, in Keras {keras:9.6?}");
        difference += y.iter().zip(&keras).map(|(y, keras)| (y - keras).abs()).sum::<f32>();
    }
    println!("difference={difference:.8}");
    Ok(())
}
