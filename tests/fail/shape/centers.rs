//! Four wrong shapes of a table of class centres: each trains elsewhere, or fails while data flows.
//! Mend: `CenterLoss { rows: 10, columns: 2 }`.
//! Errors: 4

use keras_core::prelude::*;

pub struct CenterLoss<const COLUMNS: usize> {
    pub rows: usize,
}

#[layer]
impl<const COLUMNS: usize> CenterLoss<COLUMNS> {
    fn build(&self, _x: Shape![n], _label: Shape![]) {
        self.centers = weight([self.rows, COLUMNS], GlorotUniform);
    }

    fn call(&self, x: Tensor![n], label: Label![]) -> Tensor![] {
        sum(square(gather(self.centers, label) - x))
    }
}

model! {
    pub struct Net {
        input x: [64];
        output f = Dense::new(2)(x);
        target label: Label![10];
        loss transposed = CenterLoss::<10> { rows: 2 }(f, label);
        loss too_few = CenterLoss::<2> { rows: 9 }(f, label);
        loss one_column = CenterLoss::<1> { rows: 10 }(f, label);
        loss another_width = CenterLoss::<3> { rows: 10 }(f, label);
    }
}

fn main() {}
