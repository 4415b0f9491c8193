//! Layers that are called with one input: outputs and all gradients. A case is called as its file.

macro_rules! cases {
    ($($case:ident: $shape:tt => $layer:expr, [$($weight:literal),*];)*) => {$(
        mod $case {
            use keras_core::prelude::*;

            model! {
                pub struct Net {
                    input x: $shape;
                    layer it = $layer;
                    output y = it(x);
                }
            }

            #[test]
            fn golden() {
                let names = [$((concat!("it/", $weight), $weight)),*];
                crate::layers::check::<Net>(concat!("layers/", stringify!($case)), &names);
            }
        }
    )*};
}

cases! {
    conv1d_valid: [10, 3] => Conv1D::new(4, 3), ["kernel", "bias"];
    conv1d_same_stride: [10, 3] => Conv1D::new(4, 4).strides(2).padding(Same), ["kernel", "bias"];
    conv1d_causal_dilated: [9, 2] => Conv1D::new(3, 2).dilation_rate(2).padding(Causal), ["kernel", "bias"];
    conv2d_valid: [8, 7, 3] => Conv2D::new(4, [3, 3]), ["kernel", "bias"];
    conv2d_same: [8, 8, 2] => Conv2D::new(4, [3, 3]).padding(Same).activation(Relu), ["kernel", "bias"];
    conv2d_same_stride2: [8, 9, 2] => Conv2D::new(3, [3, 3]).strides([2, 2]).padding(Same), ["kernel", "bias"];
    conv2d_valid_stride_2_1: [8, 8, 2] => Conv2D::new(3, [3, 2]).strides([2, 1]), ["kernel", "bias"];
    conv2d_dilated: [8, 8, 2] => Conv2D::new(3, [3, 3]).dilation_rate([2, 2]), ["kernel", "bias"];
    conv2d_groups: [8, 8, 4] => Conv2D::new(6, [3, 3]).groups(2), ["kernel", "bias"];
    depthwise_valid_mult2: [8, 8, 3] => DepthwiseConv2D::new([3, 3]).depth_multiplier(2), ["kernel", "bias"];
    depthwise_same_stride2: [8, 8, 3] => DepthwiseConv2D::new([3, 3]).strides([2, 2]).padding(Same), ["kernel", "bias"];
    max_pool1d: [8, 3] => MaxPooling1D::new(), [];
    max_pool2d: [8, 8, 2] => MaxPooling2D::new(), [];
    max_pool2d_same_3_2: [8, 8, 2] => MaxPooling2D::new().pool_size([3, 3]).strides([2, 2]).padding(Same), [];
    avg_pool1d: [8, 3] => AveragePooling1D::new().pool_size(3).strides(2).padding(Same), [];
    avg_pool2d: [8, 8, 2] => AveragePooling2D::new(), [];
    avg_pool2d_same_3_2: [8, 8, 2] => AveragePooling2D::new().pool_size([3, 3]).strides([2, 2]).padding(Same), [];
    global_avg_pool2d: [4, 5, 3] => GlobalAveragePooling2D::new(), [];
    global_max_pool1d: [6, 3] => GlobalMaxPooling1D::new(), [];
    flatten_conv: [3, 4, 2] => Flatten::new(), [];
    reshape: [3, 8] => Reshape::new([4, 6]), [];
    layernorm: [7] => LayerNormalization::new().epsilon(0.001), ["gamma", "beta"];
    layernorm_rank3: [3, 8] => LayerNormalization::new(), ["gamma", "beta"];
    relu_layer_max6: [5] => ReLU::new().max_value(6.0).negative_slope(0.1).threshold(0.2), [];
    leaky_relu: [5] => LeakyReLU::new(), [];
    elu_layer: [5] => ELU::new(), [];
    softmax_layer: [4, 3] => Activation::Softmax, [];
}
