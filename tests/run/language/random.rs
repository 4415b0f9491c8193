//! Random numbers in training: the same whatever the batch, new in each epoch, and in every loop iteration.

use keras_core::prelude::*;
use keras_tests::check_training;

#[layer]
fn add_noise_in_train(x: Tensor![..s]) -> Tensor![..s] {
    if training { x + random_normal(s, stddev = 0.5) } else { x }
}

/// Keras' dropout: what is kept is scaled up.
#[layer]
fn dropout(x: Tensor![..s], rate: f64) -> Tensor![..s] {
    if training { x * random_bernoulli(s, 1.0 - rate) / (1.0 - rate) } else { x }
}

#[layer]
fn noisy_walk(x: Tensor![n]) -> Tensor![n] {
    let mut y = x;
    for _ in 0..3 {
        y = tanh(y) * random_uniform([n], minval = 0.5, maxval = 1.5);
    }
    y
}

model! {
    pub struct Noise {
        input x: [6];
        let h = dropout(Dense::new(5)(add_noise_in_train(x)), 0.4);
        output y = noisy_walk(h);
        target t: [5];
        loss mean_squared_error(t, y);
    }
}

#[test]
fn gradients_see_the_same_numbers_as_values() {
    check_training::<Noise>();
}

model! {
    /// The loss of an example is its noise.
    pub struct Lottery {
        input x: [2];
        output y = add_noise_in_train(dropout(x, 0.5));
        loss sum(y);
    }
}

fn data(rows: usize) -> Vec<[f32; 2]> {
    (0..rows).map(|row| [row as f32, 1.0]).collect()
}

/// The mean loss of one epoch.
fn epoch(batch_size: usize, seed: u64) -> f64 {
    let x = data(12);
    let fit = Fit::new().batch_size(batch_size).shuffle(false).seed(seed).verbose(false);
    let history = Lottery::new(1).fit(LotteryData { x: &x }, fit).unwrap();
    history.last().unwrap().get("loss").unwrap()
}

#[test]
fn the_numbers_do_not_depend_on_the_batch() {
    let whole = epoch(12, 5);
    for size in [1, 5, 6] {
        // The mean of means in f32: sums in another order.
        assert!((epoch(size, 5) - whole).abs() < 1e-5, "batches of {size}");
    }
    assert_ne!(epoch(12, 6), whole);
}

#[test]
fn inference_is_not_random() {
    let (model, x) = (Lottery::new(1), data(3));
    assert_eq!(model.predict(&x).unwrap().as_slice().unwrap(), x.as_flattened());
}
