//! A long recurrent stream: one step an inference, with the state as a value that is given back.

use keras_core::prelude::*;

/// How many steps.
pub const STEPS: u32 = 10_000;

model! {
    /// One step of an LSTM.
    pub struct Step {
        input x: [3];
        input h: [8];
        input c: [8];
        let (h_next, c_next) = LSTMCell::new(8)(x, h, c);
        output hidden = h_next;
        output cell = c_next;
    }
}

/// Any numbers will do, if they keep the state in motion: from −¾ to ¾.
static WEIGHTS: [f32; Step::PARAMS] = {
    let (mut weights, mut i) = ([0.0; Step::PARAMS], 0);
    while i < weights.len() {
        weights[i] = ((i * 61 % 97) as f32 - 48.0) / 64.0;
        i += 1;
    }
    weights
};

/// The inputs of a step: from −1 to 1, without a pattern.
fn inputs(step: u32) -> [f32; 3] {
    core::array::from_fn(|i| {
        let mixed = (3 * step + i as u32).wrapping_mul(0x9E37_79B9);
        ((mixed >> 16) as f32 - 32_768.0) / 32_768.0
    })
}

/// Runs all steps, and tells each thousandth: its number, and a sum in which every bit of every state so far counts.
pub fn stream(mut tell: impl FnMut(u32, u32)) {
    let (mut h, mut c, mut arena) = ([0.0; 8], [0.0; 8], Step::arena());
    let mut sum = 0x811C_9DC5u32;
    for step in 1..=STEPS {
        let x = inputs(step);
        let out = Step::infer::<f32>(&WEIGHTS, (&x, &h, &c), &mut arena);
        (h, c) = (*out.hidden, *out.cell);
        for number in h.iter().chain(&c) {
            sum = (sum ^ number.to_bits()).wrapping_mul(0x0100_0193);
        }
        if step % 1000 == 0 {
            tell(step, sum);
        }
    }
}
