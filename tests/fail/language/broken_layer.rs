//! A method of a value: values have none.
//! Mend: `dot(x, w)`, the op with the value as argument.

use keras_core::prelude::*;

pub struct Head {
    pub units: usize,
}

#[layer]
impl Head {
    fn call(&self, x: Tensor![n]) -> Tensor![self.units] {
        x.dot(3)
    }
    fn loss(&self, x: Tensor![n]) -> Tensor![] {
        sum(x)
    }
}

model! {
    pub struct Net {
        input x: [64];
        layer head = Head { units: 2 };
        output y = head(x);
        loss head.loss(y);
    }
}

fn main() {
    let _ = Net::new(1);
}
