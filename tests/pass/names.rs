//! Names of the user's own that an expansion could trip over.
#![allow(dead_code)]

/// Items with the names of the prelude, and of generic parameters.
mod items {
    pub struct F;
    pub struct B;
    pub struct O;
    pub struct S;
    pub struct T0;
    pub struct Option;
    pub struct Some;
    pub struct None;
    pub struct Vec;
    pub struct Result;
    pub struct Default;
    pub struct Clone;
    pub struct Iterator;
    pub const I: usize = 7;
    pub const TRAIN: bool = false;
}

/// Modules with the names of crates.
mod core {}
mod std {}

mod layers {
    pub use super::items::*;
    use keras_core::prelude::*;
    use keras_core::site::Layer;

    /// Parameters, dims, weights and values with such names.
    #[layer]
    pub struct Twice<F: Layer> {
        pub inner: F,
        pub o: usize,
    }

    #[layer]
    impl<F: Layer> Twice<F> {
        fn build(&self, x: Shape![n]) {
            self.b = weight([n, self.o], GlorotUniform);
        }

        fn call(&self, x: Tensor![n]) -> Tensor![self.o] {
            let run = dot(x, self.b);
            let frame = run + 2.0;
            let v = square(frame) * self.o;
            let c = run - v;
            let mut y = c;
            for x1 in 0..I {
                y = y + c;
            }
            if TRAIN { y } else { self.inner(self.inner(y)) }
        }
    }

    model! {
        pub struct Net {
            input x: [5];
            input run: [4];
            let arena = Twice::new(Dense::new(4), 4)(x);
            let v1 = arena + run;
            output outputs = Dense::new(2)(v1);
            output weights = Dense::new(I)(arena);
            target y: [2];
            variable c = 0.5;
            loss c * mean_squared_error(y, outputs);
        }
    }
}

fn main() {
    let net = <layers::Net as keras_core::net::Net>::init(1);
    let (x, run) = ([[0.5_f32; 5]; 3], [[0.5_f32; 4]; 3]);
    let found = net.predict(layers::NetInputs { x: &x, run: &run }).unwrap();
    assert_eq!(found.outputs.shape(), [3, 2]);
    assert_eq!(found.weights.shape(), [3, 7]);
}
