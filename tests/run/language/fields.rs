//! Layers in layers: as fields, in `build`, inline; a generic wrapper.

use keras_core::prelude::*;
use keras_tests::check;

/// Applies a layer twice, each time with weights of its own.
#[layer]
#[derive(Clone, Copy)]
pub struct Twice<L: Layer> {
    pub first: L,
    pub second: L,
}

#[layer]
impl<L: Layer> Twice<L> {
    fn call(&self, x: Tensor![..s]) -> Tensor![..s] {
        self.second(self.first(x))
    }
}

/// Applies a layer twice with the same weights.
#[layer]
#[derive(Clone, Copy)]
pub struct Again<L: Layer> {
    pub inner: L,
}

#[layer]
impl<L: Layer> Again<L> {
    fn call(&self, x: Tensor![..s]) -> Tensor![..s] {
        self.inner(self.inner(x)) + x
    }
}

model! {
    pub struct Wrapped {
        input x: [3];
        let h = Twice::<Dense>::new(Dense::new(3), Dense::new(3).activation(Tanh))(x);
        output y = Again::new(Dense::new(3).activation(Sigmoid))(h);
    }
}

model! {
    pub struct WrappedTwice {
        input x: [2];
        output y = Again::new(Again::new(Dense::new(2).activation(Tanh)))(x);
    }
}

#[test]
fn a_wrapper_of_any_layer() {
    check::<Wrapped>();
    check::<WrappedTwice>();
    assert_eq!(Wrapped::PARAMS, 3 * (3 * 3 + 3));
    assert_eq!(WrappedTwice::PARAMS, 2 * 2 + 2);
}

/// A field, a layer of `build`, layers written inline; a method that uses them again.
#[layer]
#[derive(Clone, Copy)]
pub struct Block {
    pub field: Dense,
    pub units: usize,
}

#[layer]
impl Block {
    fn build(&self, x: Shape![n]) {
        self.made = Dense::new(self.units).activation(Softplus);
        self.gate = weight([self.units], Constant(0.25));
    }

    fn call(&self, x: Tensor![n]) -> Tensor![self.units] {
        let h = self.field(x);
        let inline = Dense::new(self.units).use_bias(false)(h);
        self.made(h) * self.gate + inline
    }

    fn penalty(&self, x: Tensor![n], factor: f32) -> Tensor![] {
        factor * mean(square(self.made(self.field(x))))
    }
}

model! {
    pub struct Blocks {
        input x: [4];
        layer block = Block { field: Dense::new(3).activation(Tanh), units: 2 };
        variable factor = 0.5;
        output y = block(x);
        loss block.penalty(x, factor);
        loss mean(y);
    }
}

#[test]
fn fields_sublayers_and_inline_layers() {
    check::<Blocks>();
    let names: Vec<_> = Blocks::new(1).weight_names().collect();
    let expected = [
        "block/gate",
        "block/field/kernel",
        "block/field/bias",
        "block/dense/kernel",
        "block/made/kernel",
        "block/made/bias",
    ];
    assert_eq!(names, expected);
}

/// A layer whose size is a parameter of its type.
pub struct Widened<const COUNT: usize>;

#[layer]
impl<const COUNT: usize> Widened<COUNT> {
    fn build(&self, _x: Shape![n]) {
        self.kernel = weight([n, COUNT], GlorotUniform);
    }

    fn call(&self, x: Tensor![n]) -> Tensor![COUNT] {
        dot(x, self.kernel)
    }
}

model! {
    struct Wide {
        input x: [2];
        output y = Widened::<3>(x);
        loss mean(square(y));
    }
}

#[test]
fn a_size_may_be_a_parameter_of_the_type() {
    check::<Wide>();
    assert_eq!(Wide::PARAMS, 6);
}
