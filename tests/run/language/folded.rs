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

/// A layer that is called as an op is.
#[layer]
fn ones(x: Tensor![..s, n]) -> Tensor![..s, n] {
    x * x
}

/// Not affine, whatever the name of what it calls says.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct Named {}

#[layer]
impl Named {
    fn build(&self, x: Shape![.., n]) {
        self.gain = weight([n], Ones);
        self.mean = weight([n], Zeros);
    }

    fn call(&self, x: Tensor![..s, n]) -> Tensor![..s, n] {
        (x - self.mean) * self.gain + ones(x)
    }
}

/// Each line speaks of the one before twice.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct Halves {}

#[layer]
impl Halves {
    fn build(&self, x: Shape![.., n]) {
        self.mean = weight([n], Zeros);
    }

    fn call(&self, x: Tensor![..s, n]) -> Tensor![..s, n] {
        let y = x - self.mean;
        let y = 0.5 * y + 0.5 * y;
        let y = 0.25 * y + 0.75 * y;
        let y = 0.5 * y - 1.5 * y;
        let y = 0.5 * y + 0.5 * y;
        0.5 * y + 0.5 * y
    }
}

model! {
    pub struct Shared {
        input x: [6];
        output y = Halves {}(Dense::new(4)(x));
    }
}

/// Constants of every type that a layer may have.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct Constants {
    /// As a factor it is 0 or 1.
    pub flag: bool,
    /// Exact in any scalar.
    pub count: i16,
    /// Likewise.
    pub half: f32,
}

#[layer]
impl Constants {
    fn build(&self, x: Shape![.., n]) {
        self.mean = weight([n], Zeros);
    }

    fn call(&self, x: Tensor![..s, n]) -> Tensor![..s, n] {
        (x - self.mean) * self.flag * self.half + self.count + n + (2 * 3)
    }
}

model! {
    pub struct Typed {
        input x: [6];
        output y = Constants { flag: true, count: -3, half: 0.5 }(Dense::new(4)(x));
    }
}

model! {
    pub struct Other {
        input x: [6];
        output y = Named {}(Dense::new(4)(x));
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
        output most = MaxPooling1D::new()(BatchNormalization::new()(relu(d)));
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

/// Numbers between −1.1 and 1.1.
fn numbers(seed: usize) -> impl Iterator<Item = f32> {
    (0..).map(move |i| ((i * 7 + seed) as f32 * 0.37).sin() * 1.1)
}

fn fill<N: Net>(net: &mut Model<N>) {
    let names: Vec<String> = net.weight_names().collect();
    for (seed, name) in names.iter().enumerate() {
        let is_positive = name.ends_with("variance") || name.ends_with("gain");
        let mut weights = net.weights_mut(name).expect("a weight of the model");
        for (weight, number) in weights.iter_mut().zip(numbers(seed)) {
            *weight = if is_positive { number.abs() + 0.1 } else { number };
        }
    }
}

/// What a frozen model says differs from what is trained by rounding: one product more, in the weights, and one less.
fn assert_near<'a>(
    found: impl IntoIterator<Item = &'a f32>,
    expected: impl IntoIterator<Item = &'a f32> + Clone,
) {
    let largest = expected.clone().into_iter().fold(0.0_f32, |all, x| all.max(x.abs()));
    for (found, expected) in found.into_iter().zip(expected) {
        let error = (found - expected).abs() / largest;
        assert!(error < 1e-5, "{found} is {expected} in a model that is trained");
    }
}

macro_rules! assert_same {
    ($net:ident, $len:literal) => {{
        let mut net = $net::new(1);
        fill(&mut net);
        let frozen: Frozen<$net> = $net::freeze(net.weights_flat().try_into().expect("all"));
        let x: Vec<f32> = numbers(5).take($len).collect();
        let x = x.as_slice().try_into().expect("an input");
        let (mut found, mut expected) = ($net::arena(), $net::arena());
        assert_near(frozen.infer(x, &mut found), net.infer(x, &mut expected));
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
    let mut net = Line::new(1);
    fill(&mut net);
    let frozen: Frozen<Line> = Line::freeze(net.weights_flat().try_into().expect("all"));
    let x: Vec<f32> = numbers(5).take(24).collect();
    let x = x.as_slice().try_into().expect("an input");
    let (mut found, mut expected) = (Line::arena(), Line::arena());
    let (found, expected) = (frozen.infer(x, &mut found), net.infer(x, &mut expected));
    assert_near(found.y, expected.y);
    assert_near(found.same, expected.same);
    assert_near(found.most, expected.most);
    let (dense, twice) = (6 * 6 + 6, 4 * 6);
    assert_eq!(Line::FLASH, 4 * (4 * dense + 5 * 2 * 6 + twice + 6 * 2 + 2));
}

#[test]
fn layers_of_layers_are_no_different() {
    assert_same!(Nested, 40);
    let (blocks, dense) = (9 * 2 * 4 + 4 + 9 * 4 * 3 + 3, 3 * 5 + 5);
    assert_eq!(Nested::FLASH, 4 * (blocks + dense));
}

#[test]
fn a_name_alone_makes_no_layer_affine() {
    assert_same!(Other, 6);
    assert_eq!(Other::FLASH, 4 * (6 * 4 + 4 + 4 + 4));
}

#[test]
fn a_term_may_be_read_often() {
    assert_same!(Shared, 6);
    assert_eq!(Shared::FLASH, 4 * (6 * 4 + 4));
}

#[test]
fn constants_may_have_any_type() {
    assert_same!(Typed, 6);
    assert_eq!(Typed::FLASH, 4 * (6 * 4 + 4));
}
