//! The proof that the language is enough: recurrence, attention, residual blocks, shared layers, models in models.

use keras_core::prelude::*;
use keras_tests::check;

/// An LSTM over time, with the sequence and the last states as outputs.
#[derive(Clone, Copy)]
pub struct Lstm {
    pub units: usize,
}

#[layer]
impl Lstm {
    fn build(&self, x: Shape![t, n]) {
        self.kernel = weight([n, 4 * self.units], GlorotUniform);
        self.recurrent_kernel = weight([self.units, 4 * self.units], Orthogonal);
        self.bias = weight([4 * self.units], Zeros);
    }

    fn call(
        &self,
        x: Tensor![t, n],
    ) -> (Tensor![t, self.units], Tensor![self.units], Tensor![self.units]) {
        let mut h = zeros([self.units]);
        let mut c = zeros([self.units]);
        let mut y = zeros([t, self.units]);
        for step in 0..t {
            let (i, f, g, o) =
                split(dot(x[step], self.kernel) + dot(h, self.recurrent_kernel) + self.bias, 4);
            c = sigmoid(f) * c + sigmoid(i) * tanh(g);
            h = sigmoid(o) * tanh(c);
            y[s![step, ..]] = h;
        }
        (y, h, c)
    }
}

model! {
    pub struct AllOfLstm {
        input x: [5, 3];
        let (y, h, c) = Lstm { units: 4 }(x);
        output sequence = y;
        output hidden = h;
        output cell = c;
    }
}

model! {
    pub struct LastOfLstm {
        input x: [5, 3];
        let (_, h, _) = Lstm { units: 4 }(x);
        output hidden = h;
    }
}

model! {
    pub struct SequenceOfLstm {
        input x: [1, 3];
        let (y, _, _) = Lstm { units: 1 }(x);
        output sequence = y;
    }
}

model! {
    pub struct StackedLstm {
        input x: [7, 2];
        let (y, _, c) = Lstm { units: 3 }(x);
        let (_, h, _) = Lstm { units: 2 }(y);
        output last = concat(h, c);
    }
}

#[test]
fn an_lstm_with_any_of_its_outputs() {
    check::<AllOfLstm>();
    check::<LastOfLstm>();
    check::<SequenceOfLstm>();
    check::<StackedLstm>();
}

/// Attention of every position to every position, in several heads.
#[derive(Clone, Copy)]
pub struct MultiHeadAttention {
    pub heads: usize,
    pub key_dim: usize,
}

#[layer]
impl MultiHeadAttention {
    fn build(&self, x: Shape![t, d]) {
        let width = self.heads * self.key_dim;
        self.query = weight([d, width], GlorotUniform);
        self.key = weight([d, width], GlorotUniform);
        self.value = weight([d, width], GlorotUniform);
        self.output = weight([width, d], GlorotUniform);
    }

    fn heads_of(&self, x: Tensor![t, w]) -> Tensor![self.heads, t, self.key_dim] {
        permute(reshape(x, [t, self.heads, self.key_dim]), [1, 0, 2])
    }

    fn call(&self, x: Tensor![t, d]) -> Tensor![t, d] {
        let q = self.heads_of(dot(x, self.query));
        let k = self.heads_of(dot(x, self.key));
        let v = self.heads_of(dot(x, self.value));
        let scores = matmul(q, permute(k, [0, 2, 1])) / sqrt_of(self.key_dim);
        let y = permute(matmul(softmax(scores), v), [1, 0, 2]);
        dot(reshape(y, [t, self.heads * self.key_dim]), self.output)
    }
}

/// The square root of a configuration number, for constants.
const fn sqrt_of(x: usize) -> f64 {
    let mut root = 1.0;
    let mut i = 0;
    while i < 32 {
        root = 0.5 * (root + x as f64 / root);
        i += 1;
    }
    root
}

model! {
    pub struct Attention {
        input x: [5, 6];
        output y = MultiHeadAttention { heads: 2, key_dim: 3 }(x);
    }
}

model! {
    pub struct OneHead {
        input x: [1, 3];
        output y = MultiHeadAttention { heads: 1, key_dim: 1 }(x);
    }
}

#[test]
fn attention_with_softmax() {
    check::<Attention>();
    check::<OneHead>();
}

/// The mean taken away, and the standard deviation set to 1.
#[derive(Clone, Copy)]
pub struct Normalize {
    pub epsilon: f64,
}

#[layer]
impl Normalize {
    fn build(&self, x: Shape![.., n]) {
        self.gamma = weight([n], Ones);
        self.beta = weight([n], Zeros);
    }

    fn call(&self, x: Tensor![..s, n]) -> Tensor![..s, n] {
        let centered = x - mean(x, axis = -1, keepdims = true);
        let variance = mean(square(centered), axis = -1, keepdims = true);
        centered * rsqrt(variance + self.epsilon) * self.gamma + self.beta
    }
}

/// Three layers around a way past them.
#[layer]
#[derive(Clone, Copy)]
pub struct Residual {
    pub units: usize,
    pub norm: Normalize,
}

#[layer]
impl Residual {
    fn build(&self, x: Shape![.., n]) {
        self.down = Dense::new(n);
    }

    fn call(&self, x: Tensor![..s, n]) -> Tensor![..s, n] {
        let h = Dense::new(self.units).activation(Tanh)(self.norm(x));
        x + self.down(h)
    }
}

model! {
    pub struct Residuals {
        input x: [2, 5];
        let h = Residual { units: 3, norm: Normalize { epsilon: 0.001 } }(x);
        output y = Residual { units: 1, norm: Normalize { epsilon: 0.1 } }(h);
    }
}

#[test]
fn residual_blocks_of_three_layers() {
    check::<Residuals>();
}

/// Three outputs of ranks 2, 1 and 0.
#[layer]
fn moments(x: Tensor![n]) -> (Tensor![n, n], Tensor![n], Tensor![]) {
    let column = reshape(x, [n, 1]);
    (matmul(column, transpose(column)), x * sum(x), mean(x))
}

model! {
    pub struct Ranks {
        input x: [3];
        let (second, first, zeroth) = moments(x);
        output a = second;
        output b = first;
        output c = zeroth;
    }
}

model! {
    pub struct MiddleRank {
        input x: [3];
        let (_, first, _) = moments(tanh(x));
        output b = first;
    }
}

#[test]
fn outputs_of_different_ranks() {
    check::<Ranks>();
    check::<MiddleRank>();
}

model! {
    /// Two inputs through the same layers.
    pub struct Siamese {
        input left: [4];
        input right: [4];
        layer hidden = Dense::new(5).activation(Tanh);
        layer features = Dense::new(3);
        let a = features(hidden(left));
        let b = features(hidden(right));
        output distance = sum(square(a - b), axis = -1);
        target same: [];
        loss mean_squared_error(same, sigmoid(distance));
    }
}

#[test]
fn shared_layers_add_their_gradients() {
    check::<Siamese>();
    assert_eq!(Siamese::PARAMS, 4 * 5 + 5 + 5 * 3 + 3);
}

model! {
    pub struct Encoder {
        input x: [6];
        output mean = Dense::new(2)(x);
        output scale = Dense::new(2).activation(Softplus)(x);
    }
}

model! {
    /// A model with a model in it, called twice with the same weights.
    pub struct Outer {
        input x: [6];
        input z: [6];
        layer encoder = Encoder;
        let (m, s) = encoder(x);
        let (n, _) = encoder(z);
        output y = Dense::new(3)(concat(m * s, n));
    }
}

model! {
    pub struct Outermost {
        input x: [6];
        let y = Outer(x, x);
        output z = softmax(y);
    }
}

#[test]
fn models_in_models() {
    check::<Encoder>();
    check::<Outer>();
    check::<Outermost>();
    assert_eq!(Outer::PARAMS, Encoder::PARAMS + 4 * 3 + 3);
    let names: Vec<_> = Outermost::new(1).weight_names().collect();
    assert_eq!(names[0], "outer/encoder/dense/kernel");
    assert_eq!(names.len(), 6);
}
