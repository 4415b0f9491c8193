//! Visibility and doc comments are passed on; nothing in an expansion is warned about.
#![deny(warnings, missing_docs, unused, unreachable_pub, missing_debug_implementations)]
#![forbid(unsafe_code)]

/// A module with a private layer, and models of two visibilities.
pub mod inner {
    use keras_core::prelude::*;

    /// A documented layer.
    #[layer]
    #[derive(Clone, Copy, Debug)]
    pub struct Own {
        /// The number of outputs.
        pub units: usize,
        /// The factor.
        #[default(1.0)]
        pub factor: f64,
    }

    #[layer]
    impl Own {
        fn build(&self, x: Shape![n]) {
            self.kernel = weight([n, self.units], GlorotUniform);
        }

        fn call(&self, x: Tensor![n]) -> Tensor![self.units] {
            self.factor * dot(x, self.kernel)
        }
    }

    #[layer]
    fn private(x: Tensor![..s]) -> Tensor![..s] {
        x + x
    }

    model! {
        /// A documented model.
        pub struct Public {
            input x: [4];
            output y = private(Own::new(2).factor(0.5)(x));
            target t: [2];
            loss mean_squared_error(t, y);
        }
    }

    model! {
        pub(super) struct Narrow {
            input x: [4];
            output y = Public(x);
        }
    }
}

fn main() {
    assert_eq!(inner::Public::PARAMS, 8);
    let net = inner::Narrow::new(1);
    assert_eq!(net.predict(&[[1.0_f32; 4]; 2]).unwrap().shape(), [2, 2]);
}
