//! A recurrent kernel with the rows of the input instead of those of the state.
//! Mend: `weight([self.units, 4 * self.units], Orthogonal)`.

use keras_core::prelude::*;

pub struct Cell {
    pub units: usize,
}

#[layer]
impl Cell {
    fn build(&self, _x: Shape![t, n]) {
        self.kernel = weight([n, 4 * self.units], GlorotUniform);
        self.recurrent = weight([n, 4 * self.units], Orthogonal);
    }

    fn call(&self, x: Tensor![t, n]) -> Tensor![self.units] {
        let mut h = zeros([self.units]);
        for step in 0..t {
            let z = dot(x[step], self.kernel) + dot(h, self.recurrent);
            h = tanh(z[..self.units]) * tanh(z[3 * self.units..]);
        }
        h
    }
}

fn main() {}
