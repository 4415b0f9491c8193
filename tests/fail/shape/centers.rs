use keras_core::prelude::*;

pub struct CenterLoss {
    pub rows: usize,
    pub columns: usize,
}

#[layer]
impl CenterLoss {
    fn build(&self, _x: Shape![n], _label: Shape![]) {
        self.centers = weight([self.rows, self.columns], GlorotUniform);
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
        loss transposed = CenterLoss { rows: 2, columns: 10 }(f, label);
        loss too_few = CenterLoss { rows: 9, columns: 2 }(f, label);
        loss one_column = CenterLoss { rows: 10, columns: 1 }(f, label);
        loss another_width = CenterLoss { rows: 10, columns: 3 }(f, label);
    }
}

fn main() {}
