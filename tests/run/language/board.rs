//! Training without a heap is that of a host: the same model, the same examples, the same steps.

use keras_core::board::{Adam, Sgd, Training, Update};
use keras_core::prelude::*;
use keras_core::train::{self, Optimizer};

model! {
    /// Two inputs, a loss of two lines, a variable, a metric.
    pub struct Scaled {
        input x: [3];
        input z: [2];
        variable rate = 0.5;
        let h = Dense::new(4).activation(Tanh)(concat(x, z));
        output y = Dense::new(3)(h);
        target label: Label;
        target scale: [];
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
        loss rate * mean_squared_error(scale, sum(y, axis = -1));
        metric accuracy = sparse_categorical_accuracy(label, y);
    }
}

const BATCH: usize = 4;

/// Five steps on a host and on a board: losses and weights differ by less than `tolerance`.
fn same<U: Update>(update: U, host: impl Optimizer<f32> + 'static, tolerance: f64) {
    let mut net = Scaled::new(3);
    net.set_optimizer(host);
    let weights = net.weights_flat().try_into().expect("as many as the model has");
    let mut board =
        Training::<Scaled, U, { Scaled::PARAMS }, { Scaled::TRAINING }>::new(weights, update);
    let number = |i: usize| (i as f32 * 0.7).sin();
    for step in 0..5 {
        let at = |b: usize| 11 * (BATCH * step + b);
        let x: [[f32; 3]; BATCH] = std::array::from_fn(|b| [1, 2, 3].map(|i| number(at(b) + i)));
        let z: [[f32; 2]; BATCH] = std::array::from_fn(|b| [4, 5].map(|i| number(at(b) + i)));
        let label: [u8; BATCH] = std::array::from_fn(|b| ((step + b) % 3) as u8);
        let scale: [f32; BATCH] = std::array::from_fn(|b| number(at(b)));
        let data = ScaledData { x: &x, z: &z, label: &label, scale: &scale };
        let logs = net.train_on_batch(data).expect("a step");
        let losses = (0..BATCH).map(|b| {
            let (x, z, label, scale) = (x[b], z[b], label[b], scale[b]);
            f64::from(board.example(&ScaledData { x, z, label, scale }))
        });
        let loss = losses.sum::<f64>() / BATCH as f64;
        board.update();
        let expected = logs.get("loss").expect("a loss");
        assert!((loss - expected).abs() < tolerance, "step {step}: {loss} is {expected} on a host");
    }
    for (ours, expected) in board.weights().iter().zip(net.weights_flat()) {
        assert!(f64::from((ours - expected).abs()) < tolerance, "{ours} is {expected} on a host");
    }
}

#[test]
fn a_board_trains_as_a_host_does() {
    // Sums of a dozen numbers near 1, in another order: a few times 1e-7 a step.
    same(Sgd::new(0.5), train::Sgd::new().learning_rate(0.5), 1e-5);
    // Adam divides by the root of small means of squares.
    same(Adam::<{ Scaled::PARAMS }>::new(0.01), train::Adam::new().learning_rate(0.01), 1e-4);
}

#[test]
fn the_memory_is_known_before() {
    type Board = Training<Scaled, Sgd, { Scaled::PARAMS }, { Scaled::TRAINING }>;
    // Weights and gradients, the arena, a learning rate, and two counts.
    let numbers = 4 * (2 * Scaled::PARAMS + Scaled::TRAINING + 1);
    assert_eq!(Board::RAM, (numbers + 12).next_multiple_of(8));
    assert_eq!(Scaled::PARAMS, 5 * 4 + 4 + 4 * 3 + 3);
}

#[test]
fn without_an_example_nothing_changes() {
    type Board = Training<Scaled, Sgd, { Scaled::PARAMS }, { Scaled::TRAINING }>;
    let mut board = Board::new([0.25; Scaled::PARAMS], Sgd::new(1.0));
    board.update();
    assert_eq!(board.weights(), &[0.25; Scaled::PARAMS]);
    board.optimizer().learning_rate = 0.0;
    board.example(&ScaledData { x: [1.0; 3], z: [1.0; 2], label: 1u8, scale: 2.0f32 });
    board.update();
    assert_eq!(board.weights(), &[0.25; Scaled::PARAMS]);
}
