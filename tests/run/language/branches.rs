//! `if` on constants and on `training`.

use keras_core::prelude::*;
use keras_tests::{check, check_training};

/// A branch with a weight, one with a layer, one without either.
#[derive(Clone, Copy)]
pub struct Chosen {
    pub kind: usize,
}

#[layer]
impl Chosen {
    fn build(&self, x: Shape![n]) {
        if self.kind == 0 {
            self.scale = weight([n], Ones);
        } else {
            self.matrix = weight([n, n], Identity);
        }
    }

    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        let mut y = square(x);
        if self.kind == 0 {
            y = y * self.scale;
        } else if self.kind == 1 {
            y = Dense::new(n)(dot(x, self.matrix));
        }
        let (a, b) = if self.kind == 1 { (y, tanh(x)) } else { (y, sigmoid(x) * x) };
        if self.kind > 1 { a * b } else { a - b }
    }
}

model! {
    pub struct ByConstants {
        input x: [3];
        output a = Chosen { kind: 0 }(x);
        output b = Chosen { kind: 1 }(x);
        output c = Chosen { kind: 2 }(x);
    }
}

#[test]
fn an_if_on_constants() {
    check::<ByConstants>();
    let names: Vec<_> = ByConstants::new(1).weight_names().collect();
    let expected = [
        "chosen/scale",
        "chosen_1/matrix",
        "chosen_1/dense/kernel",
        "chosen_1/dense/bias",
        "chosen_2/matrix",
    ];
    assert_eq!(names, expected);
}

/// Something else in training, with gradients through it.
#[layer]
fn in_training(x: Tensor![..s]) -> Tensor![..s] {
    let y = if training { x * x } else { x };
    let z = if !training { y } else { tanh(y) + x };
    let mut w = z;
    if training {
        w = w * 2;
    }
    w
}

model! {
    pub struct Training {
        input x: [3];
        output y = in_training(in_training(x));
    }
}

#[test]
fn an_if_on_training() {
    check_training::<Training>();
    let model = Training::new(1);
    assert_eq!(
        model.predict(&[[1.0f32, -2.0, 3.0]]).unwrap().as_slice().unwrap(),
        [1.0, -2.0, 3.0]
    );
}

/// A branch in a loop, a loop in a branch, slices written in branches.
#[layer]
fn mixed(x: Tensor![t, n], even: bool) -> Tensor![t, n] {
    let mut y = zeros([t, n]);
    let mut h = x[0];
    for step in 0..t {
        if even {
            y[step] = h * x[step];
        } else {
            h = tanh(h);
            y[step] = h;
        }
        h = if training { h + 1 } else { h + 1 };
    }
    if even {
        for step in 0..t {
            h = h * x[step];
        }
        y[0] = h;
    }
    y
}

model! {
    pub struct InLoops {
        input x: [4, 2];
        output a = mixed(x, true);
        output b = mixed(x, false);
    }
}

#[test]
fn branches_and_loops_in_each_other() {
    check::<InLoops>();
}

/// Both arms give more than one value, and one of them is the same in both.
#[layer]
fn halves(x: Tensor![n], swap: bool) -> (Tensor![n], Tensor![n]) {
    let y = exp(x);
    if swap { (y, square(y)) } else { (y, x * y) }
}

model! {
    pub struct Halves {
        input x: [3];
        let (a, b) = halves(x, true);
        let (c, d) = halves(x, false);
        output y = a * d;
        output z = b + c;
    }
}

#[test]
fn arms_with_a_value_in_common() {
    check::<Halves>();
}

/// In an arm that is not taken, sizes are computed that there are not: `4 - 5`.
#[layer]
fn narrowed(x: Tensor![n], parts: usize) -> Tensor![..] {
    let y = if n > 5 { Dense::new(n - 5)(x) } else { x };
    if parts > 0 { Dense::new(n / parts)(y) } else { y * 2.0 }
}

model! {
    pub struct Narrowed {
        input x: [7];
        input z: [4];
        output a = narrowed(x, 2);
        output b = narrowed(z, 0);
    }
}

#[test]
fn what_an_arm_that_is_not_taken_computes_does_not_matter() {
    check::<Narrowed>();
    let model = Narrowed::new(1);
    assert_eq!(model.weights("narrowed/dense/kernel").unwrap().shape(), [7, 2]);
    assert_eq!(model.weights("narrowed/dense_1/kernel").unwrap().shape(), [2, 3]);
    assert_eq!(model.weight_names().count(), 4);
}
