//! Expansions name everything by its full path.
#![no_implicit_prelude]

use ::keras_core::prelude::{
    Dense, GlorotUniform, Zeros, concat, dot, layer, mean_squared_error, model,
};

#[layer]
pub struct Scaled {
    pub units: usize,
    #[default(2.0)]
    pub factor: f64,
}

#[layer]
impl Scaled {
    fn build(&self, x: Shape![n]) {
        self.kernel = weight([n, self.units], GlorotUniform);
        self.bias = weight([self.units], Zeros);
    }

    fn call(&self, x: Tensor![n]) -> Tensor![self.units] {
        let mut y = dot(x, self.kernel);
        for _step in 0..2 {
            y = tanh(y + self.bias) * self.factor;
        }
        if training { y } else { 1.0 * y }
    }
}

#[layer]
fn halves(x: Tensor![n]) -> (Tensor![n / 2], Tensor![n - n / 2]) {
    (x[..n / 2], x[n / 2..])
}

model! {
    struct Two {
        input x: [6];
        input w: [4];
        let (a, b) = halves(x);
        output y = Scaled::new(2).factor(0.5)(concat(a, w));
        output z = Dense::new(1)(b);
        target t: [2];
        variable scale = 1.0;
        loss scale * mean_squared_error(t, y);
        metric error = mean_squared_error(t, y);
    }
}

fn main() {
    let mut net = Two::new(1);
    let (x, w, t) = ([[0.5_f32; 6]; 3], [[1.0_f32; 4]; 3], [[0.0_f32; 2]; 3]);
    net.fit(TwoData { x: &x, w: &w, t: &t }, ::keras_core::prelude::Fit::new()).unwrap();
    let outputs: TwoOutputs<f32> = net.predict(TwoInputs { x: &x, w: &w }).unwrap();
    ::std::assert_eq!(outputs.y.shape(), [3, 2]);
    ::std::assert_eq!(outputs.z.shape(), [3, 1]);
}
