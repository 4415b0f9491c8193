//! Regularizers and constraints of weights.

use crate::float::Float;
use crate::weights::{Constraint, OrthogonalMode, Regularizer, Weight};

/// What Keras adds to a length before it divides by it: `keras.config.epsilon()`.
const EPSILON: f64 = 1e-7;

impl Regularizer {
    /// The penalty on `weight`, whose numbers are `w`.
    pub(crate) fn value<F: Float>(&self, weight: &Weight, w: &[F]) -> f64 {
        match *self {
            Regularizer::L1L2 { l1, l2 } => {
                w.iter().map(|w| w.f64()).map(|w| l1 * w.abs() + l2 * w * w).sum()
            }
            Regularizer::Orthogonal { factor, mode } => {
                let vectors = Vectors::of(weight, mode);
                vectors.share(factor) * vectors.pairs(w).map(|pair| pair.cosine.abs()).sum::<f64>()
            }
        }
    }

    /// Adds its derivatives to the gradients; the derivative of `|x|` at 0 is 0.
    pub(crate) fn add_gradient<F: Float>(&self, weight: &Weight, w: &[F], gradients: &mut [F]) {
        match *self {
            Regularizer::L1L2 { l1, l2 } => {
                let (l1, l2) = (F::of(l1), F::of(2.0 * l2));
                for (w, dw) in w.iter().zip(gradients) {
                    *dw += l1 * sign(*w) + l2 * *w;
                }
            }
            Regularizer::Orthogonal { factor, mode } => {
                let vectors = Vectors::of(weight, mode);
                for pair in vectors.pairs(w) {
                    vectors.add_gradient(&pair, vectors.share(factor), w, gradients);
                }
            }
        }
    }
}

fn sign<F: Float>(x: F) -> F {
    if x == F::zero() { x } else { x.signum() }
}

/// The rows or the columns of a matrix. Nothing of them is stored, so that a step allocates nothing.
struct Vectors {
    count: usize,
    len: usize,
    /// From one vector to the next, and from one of its numbers to the next.
    strides: (usize, usize),
}

/// Two vectors, their lengths and the cosine of the angle between them.
struct Pair {
    vectors: [usize; 2],
    lengths: [f64; 2],
    cosine: f64,
}

impl Vectors {
    fn of(weight: &Weight, mode: OrthogonalMode) -> Self {
        let (rows, columns) = (weight.shape.size(0), weight.shape.size(1));
        match mode {
            OrthogonalMode::Rows => Vectors { count: rows, len: columns, strides: (columns, 1) },
            OrthogonalMode::Columns => Vectors { count: columns, len: rows, strides: (1, columns) },
        }
    }

    /// What each pair has of a mean times `factor`; one vector alone makes no pair.
    fn share(&self, factor: f64) -> f64 {
        factor / (self.count * (self.count - 1) / 2).max(1) as f64
    }

    fn pairs<F: Float>(&self, w: &[F]) -> impl Iterator<Item = Pair> {
        let length = |i| self.dot(w, i, i).sqrt().max(EPSILON);
        (0..self.count).flat_map(move |i| {
            let first = length(i);
            (i + 1..self.count).map(move |j| {
                let lengths = [first, length(j)];
                let cosine = self.dot(w, i, j) / (lengths[0] * lengths[1]);
                Pair { vectors: [i, j], lengths, cosine }
            })
        })
    }

    fn dot<F: Float>(&self, w: &[F], i: usize, j: usize) -> f64 {
        self.numbers(i).zip(self.numbers(j)).map(|(a, b)| w[a].f64() * w[b].f64()).sum()
    }

    /// Where the numbers of vector `i` are.
    fn numbers(&self, i: usize) -> impl Iterator<Item = usize> {
        let (vector, number) = self.strides;
        (0..self.len).map(move |k| i * vector + k * number)
    }

    /// With `a = w_i / |w_i|` and `c = a·b`: `d|c| / dw_i = sign(c)·(b − c·a) / |w_i|`, and for `w_j` alike.
    fn add_gradient<F: Float>(&self, pair: &Pair, share: f64, w: &[F], gradients: &mut [F]) {
        let Pair { vectors: [i, j], lengths: [a, b], cosine } = *pair;
        let factor = share * sign(cosine);
        for (i, j) in self.numbers(i).zip(self.numbers(j)) {
            let (x, y) = (w[i].f64() / a, w[j].f64() / b);
            gradients[i] += F::of(factor * (y - cosine * x) / a);
            gradients[j] += F::of(factor * (x - cosine * y) / b);
        }
    }
}

impl Constraint {
    /// Puts the constraint on `weight`, whose numbers are `w`, as `keras.constraints` with `axis = 0`.
    pub(crate) fn apply<F: Float>(&self, weight: &Weight, w: &mut [F]) {
        match *self {
            Constraint::NonNeg => w.iter_mut().for_each(|w| *w = w.max(F::zero())),
            Constraint::MaxNorm(max) => scale_columns(weight, w, |norm| norm.min(max)),
            Constraint::MinMaxNorm { min_value, max_value, rate } => {
                scale_columns(weight, w, |norm| {
                    rate * norm.max(min_value).min(max_value) + (1.0 - rate) * norm
                })
            }
            Constraint::UnitNorm => scale_columns(weight, w, |_| 1.0),
        }
    }
}

/// Scales every vector along axis 0 from its length to `length(its length)`.
fn scale_columns<F: Float>(weight: &Weight, w: &mut [F], length: impl Fn(f64) -> f64) {
    let columns = weight.shape.product(1, weight.shape.rank());
    for column in 0..columns {
        let norm = w.iter().skip(column).step_by(columns).map(|w| w.f64().powi(2)).sum::<f64>();
        let norm = norm.sqrt();
        let factor = F::of(length(norm) / (EPSILON + norm));
        w.iter_mut().skip(column).step_by(columns).for_each(|w| *w = *w * factor);
    }
}

#[cfg(test)]
mod tests {
    use super::super::optimizer::tests::{close, golden};
    use super::*;
    use crate::net::Net;
    use crate::toy::Toy;
    use crate::weights::regularizers::*;

    /// A weight of 4 rows and 3 columns.
    fn matrix() -> Weight {
        let weight = <Toy>::WEIGHTS.walk().remove(1);
        assert_eq!(weight.sizes(), [4, 3]);
        weight
    }

    #[test]
    fn regularizers_are_those_of_keras() {
        for (bytes, regularizer) in [
            (&include_bytes!("../../golden/regularizers/l1.safetensors")[..], L1(0.01)),
            (include_bytes!("../../golden/regularizers/l2.safetensors"), L2(0.01)),
            (include_bytes!("../../golden/regularizers/l1l2.safetensors"), L1L2(0.01, 0.02)),
            (
                include_bytes!("../../golden/regularizers/orthogonal.safetensors"),
                OrthogonalRegularizer.factor(0.1),
            ),
        ] {
            let (weight, w) = (matrix(), golden::<f32>(bytes, "w"));
            let mut gradients = vec![0.0; w.len()];
            regularizer.add_gradient(&weight, &w, &mut gradients);
            let value = regularizer.value(&weight, &w) as f32;
            close("value", &[value], &golden::<f32>(bytes, "value"), 5.3e-8);
            close("grad", &gradients, &golden::<f32>(bytes, "grad"), 6.9e-9);
        }
    }

    /// Columns (1, 2, 2, 0), (0, 3, 0, 4), (−2, 0, 1, 0): the cosines are 6/15, 0 and 0.
    #[test]
    fn columns_can_be_orthogonal_too() {
        let w = [1.0, 0.0, -2.0, 2.0, 3.0, 0.0, 2.0, 0.0, 1.0, 0.0, 4.0, 0.0];
        let regularizer = OrthogonalRegularizer.mode(OrthogonalMode::Columns);
        let value = |w: &[f64]| regularizer.value(&matrix(), w);
        assert!((value(&w) - 0.01 * 0.4 / 3.0).abs() < 1e-15);
        let mut gradients = [0.0; 12];
        regularizer.add_gradient(&matrix(), &w, &mut gradients);
        // The third column is orthogonal to the others, where |cos| has no derivative.
        for i in (0..12).filter(|i| i % 3 != 2) {
            let moved = |by: f64| {
                let mut w = w;
                w[i] += by;
                // Without what the third column has with the others.
                (0..4).for_each(|row| w[3 * row + 2] = 0.0);
                value(&w)
            };
            let expected = (moved(1e-6) - moved(-1e-6)) / 2e-6;
            assert!((gradients[i] - expected).abs() < 1e-9, "{i}: {gradients:?}, {expected}");
        }
        assert!((0..4).all(|row| gradients[3 * row + 2] == 0.0));
    }

    #[test]
    fn constraints_are_those_of_keras() {
        for (bytes, constraint) in [
            (
                &include_bytes!("../../golden/constraints/max_norm.safetensors")[..],
                Constraint::MaxNorm(1.0),
            ),
            (include_bytes!("../../golden/constraints/non_neg.safetensors"), Constraint::NonNeg),
            (
                include_bytes!("../../golden/constraints/unit_norm.safetensors"),
                Constraint::UnitNorm,
            ),
            (
                include_bytes!("../../golden/constraints/min_max_norm.safetensors"),
                Constraint::MinMaxNorm { min_value: 0.5, max_value: 1.0, rate: 1.0 },
            ),
        ] {
            let mut w = golden::<f32>(bytes, "w");
            constraint.apply(&matrix(), &mut w);
            close("out", &w, &golden::<f32>(bytes, "out"), 6.6e-8);
        }
    }

    #[test]
    fn a_rate_goes_part_of_the_way() {
        let mut w = [4.0f64, 0.0, 0.5].repeat(4);
        let constraint = Constraint::MinMaxNorm { min_value: 2.0, max_value: 4.0, rate: 0.5 };
        constraint.apply(&matrix(), &mut w);
        // Lengths 8, 0 and 1 become 6, 0 (which has no direction) and 1.5.
        assert!(
            w.iter().zip([3.0, 0.0, 0.75].repeat(4)).all(|(a, b)| (a - b).abs() < 1e-6),
            "{w:?}"
        );
    }
}
