//! Calls in the same words, which are one type where their shapes are the same too.

use keras_core::prelude::*;
use keras_tests::check;

model! {
    /// The same words on three shapes, again and again, and twice on one that differs by its name alone.
    pub struct Repeated {
        input x: [3];
        let a = Dense::new(4).activation(Tanh)(x);
        let b = Dense::new(4).activation(Tanh)(a);
        let c = Dense::new(4).activation(Tanh)(b);
        let d = Dense::new(3).activation(Tanh)(c);
        let e = Dense::new(4).activation(Tanh)(d);
        let (left, right) = split(e, 2);
        let f = Dense::new(4).activation(Tanh)(left);
        let g = Dense::new(4).activation(Tanh)(right);
        let h = LayerNormalization::new()(f);
        let i = LayerNormalization::new()(concat(g, h));
        let j = LayerNormalization::new()(e);
        output y = Dense::new(2)(concat(i, j));
        target t: [2];
        loss mean_squared_error(t, y);
        loss mean(square(h)) + mean(square(g));
    }
}

#[test]
fn calls_that_are_alike_have_their_own_weights() {
    check::<Repeated>();
    let (dense, norm) = (|n: usize, m: usize| n * m + m, |n: usize| 2 * n);
    let layers = 2 * dense(3, 4) + 2 * dense(4, 4) + dense(4, 3) + 2 * dense(2, 4) + dense(12, 2);
    assert_eq!(Repeated::PARAMS, layers + 2 * norm(4) + norm(8));
}

model! {
    /// A block that repeats itself.
    pub struct Block {
        input x: [4];
        let a = Dense::new(4).activation(Tanh)(x);
        output y = Dense::new(4).activation(Tanh)(a);
    }
}

/// A layer that calls a model on a weight, which is there once and not for each example.
pub struct Learned {}

#[layer]
impl Learned {
    fn build(&self, x: Shape![n]) {
        self.start = weight([4], GlorotUniform);
    }

    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        x + Block(self.start)
    }
}

model! {
    /// The block within something else: once for each example, and once in all.
    pub struct Outer {
        input x: [4];
        let a = Block(x);
        let b = Block(a);
        output y = Learned {}(b);
        target t: [4];
        loss mean_squared_error(t, y);
    }
}

#[test]
fn a_model_in_something_else_is_what_it_is_there() {
    check::<Outer>();
    assert_eq!(Outer::PARAMS, 3 * Block::PARAMS + 4);
}
