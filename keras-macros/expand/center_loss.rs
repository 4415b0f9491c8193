//! A layer with a further method, which has the layer's weights too.
use keras_core::prelude::*;

pub struct DenseWithCenterLoss {
    pub output_dim: usize,
}

#[layer]
impl DenseWithCenterLoss {
    fn build(&self, x: Shape![n]) {
        self.kernel = weight([n, self.output_dim], GlorotNormal);
        self.centers = weight([self.output_dim, n], GlorotNormal);
    }

    fn call(&self, x: Tensor![n]) -> Tensor![self.output_dim] {
        dot(x, self.kernel)
    }

    fn loss(&self, x: Tensor![n], y_true: Label![], lamb: f32) -> Tensor![] {
        lamb * sum(square(gather(self.centers, y_true) - x))
    }
}

fn main() {}
