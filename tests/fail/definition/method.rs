//! A further method that reads its weights the wrong way round.
//! Mend: `weight([self.classes, n], GlorotNormal)`.

use keras_core::prelude::*;

pub struct DenseWithCenterLoss {
    pub units: usize,
}

#[layer]
impl DenseWithCenterLoss {
    fn build(&self, _x: Shape![n]) {
        self.kernel = weight([n, self.units], GlorotNormal);
        self.centers = weight([n, self.units], GlorotNormal);
    }

    fn call(&self, x: Tensor![n]) -> Tensor![self.units] {
        dot(x, self.kernel)
    }

    fn loss(&self, x: Tensor![n], label: Label![], rate: f32) -> Tensor![] {
        let center = gather(self.centers, label);
        rate * sum(square(center - x))
    }
}

fn main() {}
