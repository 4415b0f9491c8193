//! A dense model whose weights are constants in flash, and one example through it.
#![cfg_attr(not(test), no_std)]
#![forbid(unsafe_code)]

use keras_core::prelude::*;

model! {
    /// Four measurements, three classes.
    pub struct Classes {
        input x: [4];
        let h = Dense::new(8).activation(Relu)(x);
        output y = Dense::new(3).activation(Softmax)(h);
    }
}

/// The weights: any numbers will do, and these need no file.
pub static WEIGHTS: [f32; Classes::PARAMS] = {
    let (mut weights, mut i) = ([0.0; Classes::PARAMS], 0);
    while i < weights.len() {
        weights[i] = ((i * 37 % 64) as f32 - 32.0) / 64.0;
        i += 1;
    }
    weights
};

/// One example.
pub static EXAMPLE: [f32; 4] = [0.5, -1.0, 2.0, 0.25];

/// What the model answers, as `predict` computes it; the test below holds it to that.
pub static EXPECTED: [f32; 3] = [0.28543046, 0.4187094, 0.2958602];

/// One example through the model, in an arena on the stack.
pub fn answer() -> [f32; 3] {
    let mut arena = Classes::arena();
    *Classes::infer::<f32>(&WEIGHTS, &EXAMPLE, &mut arena)
}

/// Whether `y` is what is expected: sums of at most 8 products may be rounded in another order.
pub fn is_expected(y: &[f32; 3]) -> bool {
    y.iter().zip(&EXPECTED).all(|(y, expected)| (y - expected).abs() < 1e-6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn infer_is_predict() {
        let mut net = Classes::new(0);
        net.weights_flat_mut().copy_from_slice(&WEIGHTS);
        let predicted = net.predict(&[EXAMPLE]).unwrap();
        let predicted: [f32; 3] = core::array::from_fn(|class| predicted[[0, class]]);
        assert!(is_expected(&predicted), "{predicted:?}");
        assert!(is_expected(&answer()), "{:?}", answer());
    }
}
