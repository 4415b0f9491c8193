//! Keys and values of different numbers of steps: a weight has no value to weigh.
//! Mend: `input value: [6, 8];`.

use keras_core::prelude::*;

#[layer]
fn attention(query: Tensor![q, d], key: Tensor![k, d], value: Tensor![v, e]) -> Tensor![q, e] {
    matmul(softmax(matmul(query, key, transpose_b = true)), value)
}

model! {
    pub struct Net {
        input query: [5, 8];
        input key: [6, 8];
        input value: [7, 8];
        output y = attention(query, key, value);
    }
}

fn main() {}
