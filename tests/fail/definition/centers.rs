//! Centres of classes that are stored the wrong way round: with as many features as classes every size fits, and training goes on.
//! Mend: `weight([self.classes, n], GlorotUniform)`.

use keras_core::prelude::*;

pub struct CenterLoss {
    pub classes: usize,
}

#[layer]
impl CenterLoss {
    fn build(&self, _x: Shape![n], _label: Shape![]) {
        self.centers = weight([n, self.classes], GlorotUniform);
    }

    fn call(&self, x: Tensor![n], label: Label![]) -> Tensor![] {
        sum(square(gather(self.centers, label) - x))
    }
}

fn main() {}
