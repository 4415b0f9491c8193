//! Softmax along the last axis.

use keras_core::prelude::*;
use keras_tests::Golden;

model! {
    pub struct Softmaxes {
        input x: [7];
        output y = softmax(x);
    }
}

model! {
    pub struct LogSoftmaxes {
        input x: [7];
        output y = log_softmax(x);
    }
}

model! {
    pub struct AsActivation {
        input x: [7];
        layer activation = Activation::Softmax;
        output y = activation(x);
    }
}

fn check<N: Net, B: Backend>(name: &'static str) {
    let file = Golden::open(name);
    let (x, dy) = (file.numbers("x"), file.numbers("cot"));
    let model = Model::<N, f32, B>::init(1);
    let found = keras_core::check::vjp(&model, file.batch("x"), &[&x], &[&dy]);
    file.near("y", &found.outputs[0]);
    file.near("grad.x", &found.inputs[0]);
}

#[test]
fn softmax_and_its_logarithm() {
    check::<Softmaxes, Reference>("activations/softmax");
    check::<Softmaxes, Native>("activations/softmax");
    check::<AsActivation, Native>("activations/softmax");
    check::<LogSoftmaxes, Reference>("activations/log_softmax");
    check::<LogSoftmaxes, Native>("activations/log_softmax");
}

/// The variants of `Activation` against Keras' functions of the same names.
macro_rules! activations {
    ($($test:ident: $activation:ident = $name:literal of $x:literal;)*) => {$(
        mod $test {
            use keras_core::prelude::*;
            use keras_tests::Golden;

            model! {
                pub struct Activated {
                    input x: [];
                    layer activation = Activation::$activation;
                    output y = activation(x);
                }
            }

            fn check<B: Backend>() {
                let file = Golden::open("activations/elementwise");
                let x: Vec<f32> = file.numbers($x);
                let model = Model::<Activated, f32, B>::init(1);
                let found = keras_core::check::vjp(&model, x.len(), &[&x], &[&vec![1.0; x.len()]]);
                file.near($name, &found.outputs[0]);
                file.near(concat!($name, ".grad"), &found.inputs[0]);
            }

            #[test]
            fn golden() {
                check::<Reference>();
                check::<Native>();
                keras_tests::check_in::<Activated>(-2.0, 2.0);
            }
        }
    )*};
}

activations! {
    relu: Relu = "relu" of "x";
    relu6: Relu6 = "relu6" of "x";
    sigmoid: Sigmoid = "sigmoid" of "x";
    tanh: Tanh = "tanh" of "x";
    softplus: Softplus = "softplus" of "x";
    softsign: Softsign = "softsign" of "x";
    elu: Elu = "elu" of "x";
    silu: Silu = "swish" of "x";
    gelu: Gelu = "gelu" of "x";
    exponential: Exponential = "exponential" of "exponential.x";
}
