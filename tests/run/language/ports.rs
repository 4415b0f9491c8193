//! Inputs that may be left out, and outputs that a constant decides on.

use keras_core::prelude::*;
use keras_tests::{check, check_training};

/// A running sum that may begin with something else than zero and may tell where it ended.
#[layer]
#[derive(Clone, Copy)]
pub struct Running {
    pub all: bool,
}

#[layer]
impl Running {
    fn build(&self, x: Shape![t, n]) {
        self.scale = weight([n], Constant(0.5));
    }

    fn call(
        &self,
        x: Tensor![t, n],
        #[default(zeros([n]))] start: Tensor![n],
        #[default(self.scale * 2)] factor: Tensor![n],
    ) -> (Tensor![n], Tensor![n], Tensor![]) {
        let mut sum = start;
        for step in 0..t {
            sum = tanh(sum * self.scale + x[step] * factor);
        }
        let y = sum * sum;
        if self.all { (y, sum, mean(sum)) } else { y }
    }
}

model! {
    pub struct Ports {
        input x: [3, 2];
        input s: [2];
        input f: [2];
        let y = Running::new(false)(x);
        let (z, sum, m) = Running::new(true)(x, s, f);
        layer twice = Running::new(true);
        let (a, b, _) = twice(x);
        let (c, _, d) = twice(x, b, a);
        output first = y + z;
        output second = sum * m;
        output third = b * c + d;
    }
}

#[test]
fn inputs_and_outputs_that_are_there_or_not() {
    check::<Ports>();
    let net = Ports::new(1);
    let (x, zero, one) = ([0.5f32, -1.0, 2.0, 0.25, -0.5, 1.0], [0.0; 2], [1.0; 2]);
    // Given what would stand for them: `first` is twice the same.
    let twice = keras_core::check::call(&net, 1, &[&x, &zero, &one])[0].clone();
    let y = Plain::new(1).predict(&[x]).unwrap();
    assert!(twice.iter().zip(&y).all(|(twice, y)| (twice - 2.0 * y).abs() < 1e-6));
}

model! {
    pub struct Plain {
        input x: [3, 2];
        output y = Running::new(false)(x);
    }
}

/// One more value where it is asked for, computed in the arm; the others are chosen.
#[layer]
fn moments(x: Tensor![n], both: bool) -> (Tensor![], Tensor![]) {
    let m = mean(x);
    let y = if training { x - m } else { x - mean(x) };
    if both {
        let v = mean(square(y));
        (m * v, v)
    } else {
        m
    }
}

model! {
    pub struct Moments {
        input x: [4];
        let (a, v) = moments(x, true);
        output y = a + moments(v * x, false);
    }
}

#[test]
fn an_output_of_one_arm() {
    check_training::<Moments>();
}

/// The same value in both arms, which are there for another.
#[layer]
fn shared(x: Tensor![n], swap: bool) -> (Tensor![n], Tensor![n]) {
    let y = exp(x);
    if swap { (y, x) } else { (y, square(x)) }
}

model! {
    pub struct Shared {
        input x: [3];
        let (a, b) = shared(x, true);
        let (c, d) = shared(b, false);
        output y = a * d - c;
    }
}

#[test]
fn a_value_that_both_arms_give() {
    check::<Shared>();
}
