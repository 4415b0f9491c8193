//! Options of weights: not trainable, regularized, constrained.

use keras_core::prelude::*;
use keras_tests::check;

const DECAY: Regularizer = L2(0.5);

#[derive(Clone, Copy)]
pub struct Options;

#[layer]
impl Options {
    fn build(&self, x: Shape![n]) {
        self.fixed = weight([n], Constant(2.0), trainable = false);
        self.decayed = weight([n], Constant(1.0), regularizer = DECAY);
        self.positive = weight([n], Constant(0.05), constraint = Constraint::NonNeg);
    }

    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        x * self.fixed + self.decayed * 0 + self.positive * tanh(self.fixed)
    }
}

model! {
    pub struct Weighted {
        input x: [3];
        output y = Options(x);
        loss sum(y);
    }
}

#[test]
fn gradients_of_trainable_weights_alone() {
    check::<Weighted>();
    let model = Weighted::new(1);
    let found = keras_core::check::vjp(&model, 1, &[&[1.0; 3]], &[&[1.0; 3]]);
    assert_eq!(found.weights[..6], [0.0; 6], "`fixed` is not trainable, `decayed` times 0");
    assert!(found.weights[6..].iter().all(|g| (g - 2.0f32.tanh()).abs() < 1e-6));
}

#[test]
fn a_step_keeps_decays_and_constrains() {
    let mut model = Weighted::new(1);
    model.set_optimizer(Sgd::new().learning_rate(0.25));
    let x = [[1.0f32; 3]];
    let logs = model.train_on_batch(WeightedData { x: &x }).unwrap();
    let values = |path: &str| model.weights(path).unwrap().iter().copied().collect::<Vec<f32>>();
    assert_eq!(values("options/fixed"), [2.0; 3]);
    // 1 − 0.25 · (2 · 0.5 · 1): the derivative of l2·w².
    assert_eq!(values("options/decayed"), [0.75; 3]);
    // 0.05 − 0.25 · tanh(2) is negative.
    assert_eq!(values("options/positive"), [0.0; 3]);
    // Σ (x·2 + 0.05·tanh 2), and the penalty 3 · 0.5 · 1².
    let expected = 3.0 * (2.0 + 0.05 * 2f64.tanh()) + 1.5;
    assert!((logs.get("loss").unwrap() - expected).abs() < 1e-5);
}
