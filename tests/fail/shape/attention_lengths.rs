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
