//! Layers that are affine go into the weights of the layer before them when a model is frozen: the same numbers, from fewer.

use keras_core::infer::Frozen;
use keras_core::prelude::*;

/// A gain and an offset a channel: affine, as `BatchNormalization` is, and written elsewhere.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct Gain {
    /// What the gain is divided by.
    #[default(2.0)]
    pub divisor: f64,
    /// Whether there is an offset.
    #[default(true)]
    pub offset: bool,
}

#[layer]
impl Gain {
    fn build(&self, x: Shape![.., n]) {
        self.gain = weight([n], Ones);
        if self.offset {
            self.mean = weight([n], Zeros);
        }
    }

    fn call(&self, x: Tensor![..s, n]) -> Tensor![..s, n] {
        let y = x * sqrt(self.gain) / self.divisor;
        if self.offset { 0.25 + (y - self.mean) } else { y }
    }
}

model! {
    /// All of both is in the weights of the layers before.
    pub struct Gone {
        input x: [6, 6, 2];
        let h = Conv2D::new(5, [3, 3])(x);
        let h = relu(BatchNormalization::new()(h));
        let h = MaxPooling2D::new()(h);
        let h = Flatten::new()(h);
        let h = Dense::new(7)(h);
        output y = softmax(BatchNormalization::new().scale(false)(h));
    }
}

model! {
    /// Without a bias what is added stays.
    pub struct Shift {
        input x: [6, 6, 3];
        let h = DepthwiseConv2D::new([3, 3]).depth_multiplier(2).use_bias(false)(x);
        let h = tanh(BatchNormalization::new().epsilon(0.5)(h));
        let h = DepthwiseConv2D::new([3, 3]).use_bias(false)(h);
        let h = relu(Gain::new()(h));
        let h = Conv2D::new(18, [1, 1]).groups(2).use_bias(false)(h);
        let h = GlobalAveragePooling2D::new()(BatchNormalization::new().center(false)(h));
        output y = Dense::new(3)(Gain::new().offset(false)(h));
    }
}

model! {
    /// Behind what is not linear, or read twice, both numbers are stored; and a layer that is called twice stays as it is.
    pub struct Line {
        input x: [4, 6];
        let a = Dense::new(6).activation(Relu)(x);
        let a = BatchNormalization::new()(a);
        let b = Dense::new(6)(a);
        let c = BatchNormalization::new()(b) + b;
        layer norm = BatchNormalization::new();
        let c = norm(Dense::new(6)(c)) + norm(a);
        layer shared = Dense::new(6);
        let d = BatchNormalization::new()(shared(c)) + shared(c);
        output same = BatchNormalization::new()(d);
        output y = Dense::new(2)(d);
    }
}

#[layer]
#[derive(Clone, Copy, Debug)]
pub struct Block {
    /// How many filters.
    pub filters: usize,
}

#[layer]
impl Block {
    fn call(&self, x: Tensor![h, w, c]) -> Tensor![h, w, self.filters] {
        relu(BatchNormalization::new()(Conv2D::new(self.filters, [3, 3]).padding(Same)(x)))
    }
}

model! {
    /// In a layer of layers, and in a model of models.
    pub struct Nested {
        input x: [5, 4, 2];
        let h = Block { filters: 3 }(Block { filters: 4 }(x));
        output y = Inner(GlobalAveragePooling2D::new()(h));
    }
}

model! {
    pub struct Inner {
        input x: [3];
        output y = BatchNormalization::new()(Dense::new(5)(x));
    }
}

/// Numbers from 0.1 to 1.1: among them are variances.
fn numbers<const N: usize>(seed: usize) -> [f32; N] {
    std::array::from_fn(|i| ((i * 7 + seed) as f32 * 0.37).sin().abs() + 0.1)
}

/// What a frozen model says of one example differs from what is trained by the rounding of one more product, and of one less.
macro_rules! assert_same {
    ($net:ident, $len:literal) => {{
        let (weights, x) = (numbers::<{ $net::PARAMS }>(3), numbers::<$len>(5));
        let frozen: Frozen<$net> = $net::freeze(&weights);
        let mut arena = $net::arena();
        let found: Vec<f32> = frozen.infer(&x, &mut arena).iter().copied().collect();
        let mut arena = $net::arena();
        let expected = $net::infer(&weights, &x, &mut arena);
        for (found, expected) in found.iter().zip(expected) {
            let error = (found - expected).abs() / expected.abs().max(1e-3);
            assert!(error < 1e-5, "{found} is {expected} in a model that is trained");
        }
    }};
}

#[test]
fn a_normalization_goes_into_weights_and_bias() {
    assert_same!(Gone, 72);
    let (convolution, dense) = (3 * 3 * 2 * 5 + 5, 20 * 7 + 7);
    assert_eq!(Gone::FLASH, 4 * (convolution + dense));
    // What the second layer reads, and the output: nothing for what the normalizations make of their weights.
    assert_eq!(Gone::ARENA, 2 * 2 * 5 + 7);
}

#[test]
fn without_a_bias_a_number_a_column_is_left() {
    assert_same!(Shift, 108);
    let (depthwise, pointwise) = (3 * 3 * 3 * 2 + 6 + 3 * 3 * 6 + 6, 3 * 18 + 18);
    assert_eq!(Shift::FLASH, 4 * (depthwise + pointwise + 18 * 3 + 3 + 18));
}

#[test]
fn behind_anything_else_two_numbers_a_column_are_left() {
    let (weights, x) = (numbers::<{ Line::PARAMS }>(3), numbers::<24>(5));
    let frozen: Frozen<Line> = Line::freeze(&weights);
    let (mut arena, mut expected) = (Line::arena(), Line::arena());
    let (found, expected) =
        (frozen.infer(&x, &mut arena), Line::infer(&weights, &x, &mut expected));
    let each = found.y.iter().zip(expected.y).chain(found.same.iter().zip(expected.same));
    for (found, expected) in each {
        let error = (found - expected).abs() / expected.abs().max(1e-3);
        assert!(error < 1e-5, "{found} is {expected} in a model that is trained");
    }
    let (dense, twice) = (6 * 6 + 6, 4 * 6);
    assert_eq!(Line::FLASH, 4 * (4 * dense + 4 * 2 * 6 + twice + 6 * 2 + 2));
}

#[test]
fn layers_of_layers_are_no_different() {
    assert_same!(Nested, 40);
    let (blocks, dense) = (9 * 2 * 4 + 4 + 9 * 4 * 3 + 3, 3 * 5 + 5);
    assert_eq!(Nested::FLASH, 4 * (blocks + dense));
}
