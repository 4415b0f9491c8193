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
const LAYERS: [Layer; 7] = [
    layer(["mlp1_w", "mlp1_b"], "mlp", ["dense/kernel", "dense/bias"], &[64, 32]),
    layer(["mlp2_w", "mlp2_b"], "mlp", ["dense_1/kernel", "dense_1/bias"], &[32, 10]),
    layer(["mnist1_w", "mnist1_b"], "mnist", ["dense/kernel", "dense/bias"], &[784, 128]),
    layer(["mnist2_w", "mnist2_b"], "mnist", ["dense_1/kernel", "dense_1/bias"], &[128, 10]),
    layer(["cnn3_w", "cnn3_b"], "cnn", ["dense/kernel", "dense/bias"], &[400, 10]),
    layer(["cnn1_w", "cnn1_b"], "cnn", ["conv2d/kernel", "conv2d/bias"], &[3, 3, 1, 8]),
    layer(["cnn2_w", "cnn2_b"], "cnn", ["conv2d_1/kernel", "conv2d_1/bias"], &[3, 3, 8, 16]),
];

const INPUTS: [(&str, usize); 2] = [("x64", 64), ("x784", 784)];

/// All of them.
pub fn tensors() -> Vec<Tensor> {
    let mut draw = Draw(0x9E37_79B9_7F4A_7C15);
    let mut tensors = Vec::new();
    for Layer { names, net, paths, shape } in LAYERS {
        let [window @ .., inputs, outputs] = shape else { unreachable!("a layer has two axes") };
        let window: usize = window.iter().product();
        // Glorot's, so that no net overflows or dies.
        let limit = (6.0 / (window * (inputs + outputs)) as f64).sqrt();
        for (name, path, shape, limit) in
            [(names[0], paths[0], shape, limit), (names[1], paths[1], &[*outputs], 0.1)]
        {
            let numbers = (0..shape.iter().product::<usize>())
                .map(|_| ((2.0 * draw.uniform() - 1.0) * limit) as f32)
                .collect();
            tensors.push(Tensor { name, path: Some((net, path)), shape: shape.to_vec(), numbers });
        }
    }
    for (name, len) in INPUTS {
        let numbers = (0..len).map(|_| draw.uniform() as f32).collect();
        tensors.push(Tensor { name, path: None, shape: vec![len], numbers });
    }
    tensors
}

/// A linear congruential generator (Knuth's MMIX).
struct Draw(u64);

impl Draw {
    /// In `[0, 1)`, with 24 bits: exact in an `f32`.
    fn uniform(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f64 / f64::from(1 << 24)
    }
}
