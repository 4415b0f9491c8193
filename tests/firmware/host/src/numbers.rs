//! The weights and inputs of the nets: pseudo-random, the same numbers on every machine.

/// A matrix, a vector or another tensor, in Keras' layout.
pub struct Tensor {
    /// What it is called in C.
    pub name: &'static str,
    /// Where it belongs: the net and the path of the weight; nothing for an input.
    pub path: Option<(&'static str, &'static str)>,
    /// Its shape.
    pub shape: Vec<usize>,
    /// Its numbers, row by row.
    pub numbers: Vec<f32>,
}

/// A dense layer `[in, out]` or a convolution `[kh, kw, in, out]`, and where its weights belong.
struct Layer {
    names: [&'static str; 2],
    net: &'static str,
    paths: [&'static str; 2],
    shape: &'static [usize],
}

const fn layer(
    names: [&'static str; 2],
    net: &'static str,
    paths: [&'static str; 2],
    shape: &'static [usize],
) -> Layer {
    Layer { names, net, paths, shape }
}

/// In the order in which their numbers are drawn.
const LAYERS: [Layer; 10] = [
    layer(["mlp1_w", "mlp1_b"], "mlp", ["dense/kernel", "dense/bias"], &[64, 32]),
    layer(["mlp2_w", "mlp2_b"], "mlp", ["dense_1/kernel", "dense_1/bias"], &[32, 10]),
    layer(["mnist1_w", "mnist1_b"], "mnist", ["dense/kernel", "dense/bias"], &[784, 128]),
    layer(["mnist2_w", "mnist2_b"], "mnist", ["dense_1/kernel", "dense_1/bias"], &[128, 10]),
    layer(["cnn3_w", "cnn3_b"], "cnn", ["dense/kernel", "dense/bias"], &[400, 10]),
    layer(["cnn1_w", "cnn1_b"], "cnn", ["conv2d/kernel", "conv2d/bias"], &[3, 3, 1, 8]),
    layer(["cnn2_w", "cnn2_b"], "cnn", ["conv2d_1/kernel", "conv2d_1/bias"], &[3, 3, 8, 16]),
    layer(["norm3_w", "norm3_b"], "norm", ["dense/kernel", "dense/bias"], &[400, 10]),
    layer(["norm1_w", "norm1_b"], "norm", ["conv2d/kernel", "conv2d/bias"], &[3, 3, 1, 8]),
    layer(["norm2_w", "norm2_b"], "norm", ["conv2d_1/kernel", "conv2d_1/bias"], &[3, 3, 8, 16]),
];

/// Normalizations: for each weight its name in C, its path, how many numbers, and the least and the largest.
const NORMS: [(&str, &str, usize, [f64; 2]); 8] = [
    ("norm1_gamma", "batch_normalization/gamma", 8, [0.5, 1.5]),
    ("norm1_beta", "batch_normalization/beta", 8, [-0.1, 0.1]),
    ("norm1_mean", "batch_normalization/moving_mean", 8, [-0.1, 0.1]),
    ("norm1_variance", "batch_normalization/moving_variance", 8, [0.5, 1.5]),
    ("norm2_gamma", "batch_normalization_1/gamma", 16, [0.5, 1.5]),
    ("norm2_beta", "batch_normalization_1/beta", 16, [-0.1, 0.1]),
    ("norm2_mean", "batch_normalization_1/moving_mean", 16, [-0.1, 0.1]),
    ("norm2_variance", "batch_normalization_1/moving_variance", 16, [0.5, 1.5]),
];

const INPUTS: [(&str, usize); 2] = [("x64", 64), ("x784", 784)];

/// Those of `apart`, drawn last.
const APART: [Layer; 3] = [
    layer(
        ["apart1_w", "apart1_b"],
        "apart",
        ["depthwise_conv2d/kernel", "depthwise_conv2d/bias"],
        &[3, 3, 1, 4],
    ),
    layer(["apart2_w", "apart2_b"], "apart", ["conv2d/kernel", "conv2d/bias"], &[3, 3, 2, 8]),
    layer(["apart3_w", "apart3_b"], "apart", ["dense/kernel", "dense/bias"], &[200, 10]),
];

/// All of them.
pub fn tensors() -> Vec<Tensor> {
    let mut draw = Draw(0x9E37_79B9_7F4A_7C15);
    let mut tensors = Vec::new();
    draw.layers(&LAYERS, &mut tensors);
    for (name, path, len, [least, largest]) in NORMS {
        let number = |_| (least + (largest - least) * draw.uniform()) as f32;
        let (path, numbers) = (Some(("norm", path)), (0..len).map(number).collect());
        tensors.push(Tensor { name, path, shape: vec![len], numbers });
    }
    for (name, len) in INPUTS {
        let numbers = (0..len).map(|_| draw.uniform() as f32).collect();
        tensors.push(Tensor { name, path: None, shape: vec![len], numbers });
    }
    draw.layers(&APART, &mut tensors);
    tensors
}

/// A linear congruential generator (Knuth's MMIX).
struct Draw(u64);

impl Draw {
    fn layers(&mut self, layers: &[Layer], tensors: &mut Vec<Tensor>) {
        for Layer { names, net, paths, shape } in layers {
            let [window @ .., inputs, outputs] = shape else {
                unreachable!("a layer has two axes")
            };
            let window: usize = window.iter().product();
            // Glorot's, so that no net overflows or dies.
            let limit = (6.0 / (window * (inputs + outputs)) as f64).sqrt();
            for (name, path, shape, limit) in
                [(names[0], paths[0], *shape, limit), (names[1], paths[1], &[*outputs][..], 0.1)]
            {
                let numbers = (0..shape.iter().product::<usize>())
                    .map(|_| ((2.0 * self.uniform() - 1.0) * limit) as f32)
                    .collect();
                tensors.push(Tensor {
                    name,
                    path: Some((net, path)),
                    shape: shape.to_vec(),
                    numbers,
                });
            }
        }
    }

    /// In `[0, 1)`, with 24 bits: exact in an `f32`.
    fn uniform(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f64 / f64::from(1 << 24)
    }
}
