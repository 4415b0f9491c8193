//! Layers with Keras' weights: outputs and all gradients.

use keras_core::prelude::*;
use keras_tests::Golden;

/// Compares a model of one layer on both backends, and in `f64`.
pub fn check<N: Net>(name: &'static str, weights: &[(&str, &str)]) {
    let file = Golden::open(name);
    file.layer::<N, f32, Reference>(weights);
    file.layer::<N, f32, Native>(weights);
    file.layer::<N, f64, Reference>(weights);
    file.layer::<N, f64, Native>(weights);
}

model! {
    pub struct DenseRelu {
        input x: [6];
        output y = Dense::new(5).activation(Relu)(x);
    }
}

model! {
    pub struct DenseTanh {
        input x: [3, 5];
        output y = Dense::new(4).activation(Tanh)(x);
    }
}

model! {
    pub struct DenseNoBias {
        input x: [7];
        output y = Dense::new(3).use_bias(false)(x);
    }
}

#[test]
fn dense() {
    let weights = [("dense/kernel", "kernel"), ("dense/bias", "bias")];
    check::<DenseRelu>("layers/dense_relu", &weights);
    check::<DenseTanh>("layers/dense_rank3_tanh", &weights);
    check::<DenseNoBias>("layers/dense_nobias", &weights);
}

/// A projection of the last axis to several heads.
#[derive(Clone, Copy)]
pub struct Projection {
    pub heads: usize,
    pub key_dim: usize,
}

#[layer]
impl Projection {
    fn build(&self, x: Shape![t, d]) {
        self.kernel = weight([d, self.heads, self.key_dim], GlorotUniform);
        self.bias = weight([self.heads, self.key_dim], Zeros);
    }

    fn call(&self, x: Tensor![t, d]) -> Tensor![self.heads, t, self.key_dim] {
        let kernel = reshape(self.kernel, [d, self.heads * self.key_dim]);
        let y = reshape(dot(x, kernel), [t, self.heads, self.key_dim]) + self.bias;
        permute(y, [1, 0, 2])
    }
}

/// Keras' multi-head attention of a sequence to itself.
#[derive(Clone, Copy)]
pub struct SelfAttention {
    pub heads: usize,
    pub key_dim: usize,
}

#[layer]
impl SelfAttention {
    fn build(&self, x: Shape![t, d]) {
        self.query = Projection { heads: self.heads, key_dim: self.key_dim };
        self.key = Projection { heads: self.heads, key_dim: self.key_dim };
        self.value = Projection { heads: self.heads, key_dim: self.key_dim };
        self.output_kernel = weight([self.heads, self.key_dim, d], GlorotUniform);
        self.output_bias = weight([d], Zeros);
    }

    fn call(&self, x: Tensor![t, d]) -> Tensor![t, d] {
        let width = self.heads * self.key_dim;
        let (q, k, v) = (self.query(x), self.key(x), self.value(x));
        let weights =
            softmax(matmul(q, k, transpose_b = true) * rsqrt(full([], self.key_dim as f64)));
        let y = reshape(permute(matmul(weights, v), [1, 0, 2]), [t, width]);
        dot(y, reshape(self.output_kernel, [width, d])) + self.output_bias
    }
}

model! {
    pub struct Attention {
        input x: [5, 6];
        output y = SelfAttention { heads: 2, key_dim: 4 }(x);
    }
}

#[test]
fn multi_head_attention() {
    let weights = [
        ("self_attention/query/kernel", "query.kernel"),
        ("self_attention/query/bias", "query.bias"),
        ("self_attention/key/kernel", "key.kernel"),
        ("self_attention/key/bias", "key.bias"),
        ("self_attention/value/kernel", "value.kernel"),
        ("self_attention/value/bias", "value.bias"),
        ("self_attention/output_kernel", "attention_output.kernel"),
        ("self_attention/output_bias", "attention_output.bias"),
    ];
    check::<Attention>("layers/mha_self", &weights);
}

model! {
    pub struct Embedded {
        input ids: Index![10; 5];
        output y = Embedding::new(10, 4)(ids);
    }
}

#[test]
fn embedding() {
    check::<Embedded>("layers/embedding", &[("embedding/embeddings", "embeddings")]);
}
