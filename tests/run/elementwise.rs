//! Every row of the table of elementwise functions: as a layer, gradient-checked over several shapes, and with Keras' numbers.

use keras_core::check::vjp;
use keras_core::prelude::*;
use keras_tests::Golden;

/// A function of one value, checked for numbers in a range, and compared with Keras' where it has golden values.
macro_rules! unary {
    ($($name:ident($x:ident) in $low:literal..$high:literal $(as $golden:literal)? => $value:expr;)*) => {$(
        mod $name {
            use keras_core::prelude::*;

            #[layer]
            fn function($x: Tensor![..s]) -> Tensor![..s] {
                $value
            }

            model! {
                pub struct Checked {
                    input one: [1];
                    input seven: [7];
                    input matrix: [3, 5];
                    output of_one = function(one);
                    output of_seven = function(seven);
                    output of_matrix = function(matrix);
                }
            }

            #[test]
            fn derivatives() {
                keras_tests::check_in::<Checked>($low as f64, $high as f64);
            }

            $(
                #[test]
                fn golden() {
                    super::golden::<Checked, Reference>($golden);
                    super::golden::<Checked, Native>($golden);
                }
            )?
        }
    )*};
}

/// Keras' values and derivatives for its `x`, given as 50 examples of one number.
fn golden<N: Net, B: Backend>(name: &str) {
    let file = Golden::open("activations/elementwise");
    let x = if name == "exponential" { "exponential.x" } else { "x" };
    let one: Vec<f32> = file.numbers(x);
    let batch = one.len();
    let (seven, matrix) = (vec![0.5; 7 * batch], vec![0.5; 15 * batch]);
    let dy = [vec![1.0; batch], vec![0.0; 7 * batch], vec![0.0; 15 * batch]];
    let model = Model::<N, f32, B>::init(1);
    let found = vjp(&model, batch, &[&one, &seven, &matrix], &dy.each_ref().map(Vec::as_slice));
    file.near(name, &found.outputs[0]);
    file.near(&format!("{name}.grad"), &found.inputs[0]);
}

unary! {
    negative(x) in -1..1 => -x;
    neg_function(x) in -1..1 => neg(x);
    integer_power(x) in 0.5..2.0 => powi(x, 3);
    negative_power(x) in 0.5..2.0 => powi(x, -2);
    exponential(x) in -3..3 as "exponential" => exp(x);
    logarithm(x) in 0.1..3.0 => ln(x);
    logarithm_1p(x) in -0.9..3.0 => ln_1p(x);
    square_root(x) in 0.1..3.0 => sqrt(x);
    reciprocal_root(x) in 0.1..3.0 => rsqrt(x);
    squared(x) in -2..2 => square(x);
    inverse(x) in 0.2..3.0 => reciprocal(x);
    absolute(x) in -1..1 => abs(x);
    signum(x) in -1..1 => sign(x) * x;
    floored(x) in -3..3 => floor(x) * x;
    rounded(x) in -3..3 => round(x) * x;
    sine(x) in -4..4 => sin(x);
    cosine(x) in -4..4 => cos(x);
    hyperbolic_tangent(x) in -3..3 as "tanh" => tanh(x);
    logistic(x) in -4..4 as "sigmoid" => sigmoid(x);
    rectified(x) in -1..1 as "relu" => relu(x);
    rectified_6(x) in -8..8 as "relu6" => relu6(x);
    leaky(x) in -1..1 as "leaky_relu" => leaky_relu(x);
    leaky_half(x) in -1..1 => leaky_relu(x, negative_slope = 0.5);
    exponential_linear(x) in -2..2 as "elu" => elu(x);
    exponential_linear_3(x) in -2..2 => elu(x, alpha = 3);
    scaled(x) in -2..2 as "selu" => selu(x);
    gaussian_error(x) in -3..3 as "gelu_tanh" => gelu(x);
    gaussian_error_exact(x) in -3..3 as "gelu" => gelu(x, approximate = false);
    sigmoid_linear(x) in -4..4 as "swish" => silu(x);
    soft_plus(x) in -4..4 as "softplus" => softplus(x);
    soft_sign(x) in -4..4 as "softsign" => softsign(x);
    hard_logistic(x) in -5..5 as "hard_sigmoid" => hard_sigmoid(x);
    hard_linear(x) in -5..5 as "hard_swish" => hard_silu(x);
    mish_function(x) in -4..4 as "mish" => mish(x);
    error_function(x) in -2..2 => erf(x);
    clipped(x) in -2..2 => clip(x, -0.5, 1.25);
    clipped_by_name(x) in -2..2 => clip(x, x_min = 0, x_max = 1);
    with_constants(x) in -1..1 => 2 * x + 0.5 - (1.0 - x) / 4.0;
    constants_on_either_side(x) in 0.5..2.0 => maximum(x, 1) + minimum(1.5, x) + pow(x, 2.5) + pow(2.0, x);
    chosen_by_constants(x) in -1..1 => r#where(x > 0.25, x * x, 0.5) + r#where(x <= -0.25, 1, x);
}

/// A function of two values, for all that broadcasts: equal shapes, a number, a missing leading axis, a kept axis, and one
/// value of all examples against one of each.
macro_rules! binary {
    ($($name:ident($a:ident, $b:ident) in $low:literal..$high:literal => $value:expr;)*) => {$(
        mod $name {
            use keras_core::prelude::*;

            #[layer]
            fn function($a: Tensor![..s], $b: Tensor![..r]) -> Tensor![..s] {
                $value
            }

            #[derive(Clone, Copy)]
            pub struct WithWeights;

            #[layer]
            impl WithWeights {
                fn build(&self, x: Shape![m, n]) {
                    self.row = weight([n], Constant(1.25));
                    self.whole = weight([m, n], Constant(1.25));
                }

                fn call(&self, x: Tensor![m, n]) -> (Tensor![m, n], Tensor![m, n]) {
                    let ($a, $b) = (x, self.row);
                    let y = $value;
                    let ($a, $b) = (self.whole, x);
                    (y, $value)
                }
            }

            model! {
                pub struct Checked {
                    input number: [];
                    input one: [1];
                    input other: [1];
                    input row: [5];
                    input matrix: [3, 5];
                    input second: [3, 5];
                    output ones = function(one, other);
                    output equal = function(matrix, second);
                    output numbers = function(matrix, number);
                    output rows = function(matrix, row);
                    output kept = function(matrix, mean(second, axis = -1, keepdims = true));
                    let (w, v) = WithWeights(matrix);
                    output by_row = w;
                    output of_weight = v;
                }
            }

            #[test]
            fn derivatives() {
                keras_tests::check_in::<Checked>($low as f64, $high as f64);
            }
        }
    )*};
}

binary! {
    sum(a, b) in -1..1 => a + b;
    difference(a, b) in -1..1 => a - b;
    product(a, b) in -1..1 => a * b;
    quotient(a, b) in 0.5..2.0 => a / b;
    power(a, b) in 0.5..2.0 => pow(a, b);
    largest(a, b) in -2..2 => maximum(a, b);
    smallest(a, b) in -2..2 => minimum(a, b);
    chosen(a, b) in -2..2 => r#where(a > b, a * b, 2 * a - b);
    compared(a, b) in -2..2 => r#where(a < b, a, b) + r#where(a >= b, a, 2 * b) * r#where(b <= a, b, a * a);
    equal(a, b) in -2..2 => r#where(a == b, b, a) + r#where(a != b, a * a, b);
    composed(a, b) in -1..1 => tanh(a * b) * sigmoid(a - b) + square(b) * exp(-a) / (1 + square(a));
}
