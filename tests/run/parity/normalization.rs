//! BatchNormalization: what it gives in training and outside, all gradients, and what becomes of its moving means.

use keras_core::prelude::*;
use keras_tests::Golden;

model! {
    pub struct Vectors {
        input x: [4];
        output y = BatchNormalization::new()(x);
    }
}

model! {
    pub struct Images {
        input x: [4, 5, 2];
        output y = BatchNormalization::new()(x);
    }
}

model! {
    pub struct Unscaled {
        input x: [3];
        output y = BatchNormalization::new().scale(false)(x);
    }
}

const NAMES: [(&str, &str); 4] = [
    ("batch_normalization/gamma", "gamma"),
    ("batch_normalization/beta", "beta"),
    ("batch_normalization/moving_mean", "moving_mean"),
    ("batch_normalization/moving_variance", "moving_variance"),
];

/// Outside of training there is no gradient to compare.
fn inference<N: Net, F: Float, B: Backend>(file: &Golden) {
    let mut model = Model::<N, F, B>::init(1);
    file.set_weights(&mut model, &NAMES);
    let y = keras_core::check::call(&model, file.batch("in.0"), &[&file.numbers("in.0")]);
    file.near("out.0", &y[0]);
}

fn check_inference<N: Net>(name: &'static str) {
    let file = Golden::open(name);
    inference::<N, f32, Reference>(&file);
    inference::<N, f32, Native>(&file);
    inference::<N, f64, Reference>(&file);
    inference::<N, f64, Native>(&file);
}

#[test]
fn training() {
    crate::layers::check::<Vectors>("layers/batchnorm_train", &NAMES);
    crate::layers::check::<Images>("layers/batchnorm_4d_train", &NAMES);
    crate::layers::check::<Unscaled>("layers/batchnorm_noscale_train", &NAMES);
}

#[test]
fn outside_of_training() {
    check_inference::<Vectors>("layers/batchnorm_infer");
    check_inference::<Images>("layers/batchnorm_4d_infer");
}

#[test]
fn derivatives() {
    keras_tests::check_training::<Vectors>();
    keras_tests::check_training::<Images>();
    keras_tests::check_training::<Unscaled>();
}
