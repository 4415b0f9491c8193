//! What is unused on purpose says so: with a leading underscore, or with rustc's attributes.
#![deny(warnings, unused)]

use keras_core::prelude::*;

pub struct Plain;

#[allow(unused_variables, dead_code)]
#[layer]
impl Plain {
    fn build(&self, x: Shape![n], y: Shape![n]) {
        self.kernel = weight([n, n], GlorotUniform);
        self.spare = weight([n], Zeros);
    }

    fn call(&self, x: Tensor![n], y: Tensor![n]) -> Tensor![n] {
        let dead = exp(y);
        dot(x, self.kernel)
    }
}

pub struct Scale;

/// Names with an underscore, and a method whose attribute is its own.
#[layer]
impl Scale {
    fn build(&self, _x: Shape![n], y: Shape![n]) {
        self.scale = weight([n], Ones);
        self._spare = weight([n], Zeros);
    }

    #[allow(unused_variables)]
    fn call(&self, x: Tensor![n], y: Tensor![n]) -> Tensor![n] {
        let _dead = exp(x);
        let mut sum = zeros([n]);
        for t in 0..3 {
            sum = sum + x;
        }
        sum * self.scale
    }
}

#[allow(unused_variables)]
#[layer]
fn first(x: Tensor![n], y: Tensor![n], count: usize) -> Tensor![n] {
    x
}

/// Dims are the documentation of a shape: they need no use. Buffers are written slice by slice.
#[layer]
fn sums(x: Tensor![rows, columns], z: Tensor![last]) -> Tensor![rows] {
    let half = last / 2;
    let mut y = zeros([rows]);
    for t in 0..rows {
        y[t] = sum(x[t]) + sum(z[..half]);
    }
    y
}

model! {
    #[allow(unused_variables)]
    pub struct Allowed {
        input x: [4];
        input z: [4];
        target t: [4];
        variable v = 0.5;
        layer head = Dense::new(2);
        let h = tanh(x);
        output y = first(x, Plain(x, x), 3);
    }
}

model! {
    pub struct Underscores {
        input x: [4];
        input _z: [4];
        target t: [4];
        let _h = tanh(x);
        let (a, _) = split(x, 2);
        output y = Scale(x, x);
        output w = sums(stack(x, x), a);
        metric error = mean_squared_error(t, y);
    }
}

/// Values with the names of ops and of keywords of a layer.
mod names {
    use keras_core::prelude::*;

    model! {
        pub struct Net {
            input flatten: [2, 2];
            let dot = keras_core::ops::flatten(flatten);
            let r#where = exp(dot);
            let gather = r#where + dot;
            output cast = gather;
        }
    }
}

fn main() {
    assert_eq!(Allowed::PARAMS, 20);
    assert_eq!(Underscores::PARAMS, 8);
    assert_eq!(names::Net::PARAMS, 0);
}
