//! The nets that are measured, as models. `../host` computes with them on a host, the programs in `bin/` on a board.
#![no_std]
// The weights of `mnist`, 400 kB, are read at compile time.
#![allow(long_running_const_eval)]

use keras_core::prelude::*;

#[cfg(target_os = "none")]
mod firmware;
pub mod stream;

#[cfg(target_os = "none")]
pub use firmware::{Figures, floats};
#[doc(hidden)]
#[cfg(target_os = "none")]
pub use firmware_rt as rt;
#[doc(hidden)]
pub use keras_core;

model! {
    /// A small dense net with a softmax.
    pub struct Mlp {
        input x: [64];
        let h = Dense::new(32).activation(Relu)(x);
        output y = Dense::new(10).activation(Softmax)(h);
    }
}

model! {
    /// A dense net of an image.
    pub struct Mnist {
        input x: [784];
        let h = Dense::new(128).activation(Relu)(x);
        output y = Dense::new(10)(h);
    }
}

model! {
    /// A convolutional net of an image.
    pub struct Cnn {
        input x: [28, 28, 1];
        let a = Conv2D::new(8, [3, 3]).activation(Relu)(x);
        let b = MaxPooling2D::new()(a);
        let c = Conv2D::new(16, [3, 3]).activation(Relu)(b);
        let d = MaxPooling2D::new()(c);
        output y = Dense::new(10)(flatten(d));
    }
}

model! {
    /// The same, with normalizations.
    pub struct Norm {
        input x: [28, 28, 1];
        let a = relu(BatchNormalization::new()(Conv2D::new(8, [3, 3])(x)));
        let b = MaxPooling2D::new()(a);
        let c = relu(BatchNormalization::new()(Conv2D::new(16, [3, 3])(b)));
        let d = MaxPooling2D::new()(c);
        output y = Dense::new(10)(flatten(d));
    }
}

model! {
    /// Filters that read one channel, or a group of them.
    pub struct Apart {
        input x: [28, 28, 1];
        let a = DepthwiseConv2D::new([3, 3]).depth_multiplier(4).activation(Relu)(x);
        let b = MaxPooling2D::new()(a);
        let c = Conv2D::new(8, [3, 3]).groups(2).activation(Relu)(b);
        let d = MaxPooling2D::new()(c);
        output y = Dense::new(10)(flatten(d));
    }
}

/// Calls the macro `$each` once with the name, the model and the size of the input of every net.
#[macro_export]
macro_rules! nets {
    ($each:ident) => {
        $each! { "mlp" Mlp 64, "mnist" Mnist 784, "cnn" Cnn 784, "norm" Norm 784, "apart" Apart 784 }
    };
}
