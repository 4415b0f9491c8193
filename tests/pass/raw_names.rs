//! Names that are keywords elsewhere in Rust: of fields, weights, dims, values, methods, inputs and layers.
#![deny(warnings)]

use keras_core::prelude::*;

/// A layer of raw names.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct r#Gen {
    /// Its size.
    pub r#move: usize,
}

#[layer]
impl r#Gen {
    fn build(&self, x: Shape![r#type]) {
        self.r#ref = weight([r#type, self.r#move], GlorotUniform);
    }

    fn call(&self, x: Tensor![r#type]) -> Tensor![self.r#move] {
        let r#fn = dot(x, self.r#ref);
        let mut r#box = r#fn;
        for r#in in 0..r#type {
            r#box = r#box + r#fn * x[r#in];
        }
        r#box
    }

    fn r#where(&self, x: Tensor![r#type]) -> Tensor![] {
        mean(square(x)) + mean(square(self.r#ref))
    }
}

model! {
    /// A model of raw names.
    pub struct r#Try {
        input r#loop: [4];
        layer r#impl = r#Gen { r#move: 3 };
        output r#yield = r#impl(r#loop);
        target r#final: [3];
        loss mean_squared_error(r#final, r#yield);
        loss r#impl.r#where(r#loop);
    }
}

fn main() {
    let mut net = r#Try::new(1);
    let (x, y) = ([[0.5_f32; 4]; 2], [[0.25_f32; 3]; 2]);
    net.train_on_batch(r#TryData { r#loop: &x, r#final: &y }).expect("a step");
}
