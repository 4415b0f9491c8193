//! The first values of a weight, by Keras' formulas.

use super::init::{Distribution, Fan, Initializer};
use crate::float::Float;
use crate::random::{mix, normal, uniform};
use crate::shape::{Dim, Shape};

/// The standard deviation of a standard normal distribution cut at ±2, as `keras.initializers.VarianceScaling` has it.
const TRUNCATED: f64 = 0.879_625_661_034_239_8;

/// Fills `out`, the weight `path` of this shape, as `initializer` says.
///
/// The numbers depend on `seed`, `path` and their position alone: another layer in front does not change them.
pub fn initialize<F: Float>(
    initializer: Initializer,
    path: &str,
    shape: &Shape,
    out: &mut [F],
    seed: u64,
) {
    F::initialize(initializer, path, shape, out, seed);
}

/// [`initialize`], where it is compiled.
pub(crate) fn draw<F: Float>(
    initializer: Initializer,
    path: &str,
    shape: &Shape,
    out: &mut [F],
    seed: u64,
) {
    let key = mix(seed, hash(path));
    let each = |out: &mut [F], value: &dyn Fn(u64) -> f64| {
        out.iter_mut().zip(0..).for_each(|(w, i)| *w = F::of(value(i)));
    };
    match initializer {
        Initializer::Constant(value) => out.fill(F::of(value)),
        Initializer::Uniform { min, max } => {
            each(out, &|i| min + (max - min) * uniform::<f64>(key, i));
        }
        Initializer::Normal { mean, stddev } => {
            each(out, &|i| mean + stddev * normal::<f64>(key, i));
        }
        Initializer::TruncatedNormal { mean, stddev } => {
            each(out, &|i| mean + stddev * truncated(key, i));
        }
        Initializer::VarianceScaling { scale, mode, distribution } => {
            let variance = scale / mode.of(shape).max(1.0);
            initialize(distribution.of(variance), path, shape, out, seed);
        }
        Initializer::Orthogonal { gain } => orthogonal(gain, shape, out, key),
        Initializer::UnitForget(rest) => {
            // As Keras, which draws what stands on both sides of the ones by itself.
            let quarter = out.len() / 4;
            let (first, others) = out.split_at_mut(quarter);
            let (forget, last) = others.split_at_mut(quarter);
            forget.fill(F::one());
            for (i, part) in [first, last].into_iter().enumerate() {
                let shape = Shape::of(&[Dim::of(part.len())]);
                initialize(*rest, path, &shape, part, mix(seed, i as u64));
            }
        }
        Initializer::Identity { gain } => {
            let columns = shape.last().get();
            each(out, &|i| if i as usize / columns == i as usize % columns { gain } else { 0.0 });
        }
    }
}

impl Fan {
    /// The fan of a weight of this shape, as Keras' `compute_fans`: an axis in front of the last two is a receptive field.
    fn of(self, shape: &Shape) -> f64 {
        let rank = shape.rank();
        let (fan_in, fan_out) = match rank {
            0 => (1, 1),
            1 => (shape.size(0), shape.size(0)),
            _ => {
                let field = shape.product(0, rank - 2);
                (field * shape.size(rank - 2), field * shape.size(rank - 1))
            }
        };
        match self {
            Fan::In => fan_in as f64,
            Fan::Out => fan_out as f64,
            Fan::Avg => (fan_in + fan_out) as f64 / 2.0,
        }
    }
}

impl Distribution {
    /// The initializer with mean 0 and this variance.
    fn of(self, variance: f64) -> Initializer {
        let stddev = variance.sqrt();
        match self {
            Distribution::Uniform => {
                let limit = (3.0 * variance).sqrt();
                Initializer::Uniform { min: -limit, max: limit }
            }
            Distribution::TruncatedNormal => {
                Initializer::TruncatedNormal { mean: 0.0, stddev: stddev / TRUNCATED }
            }
            Distribution::UntruncatedNormal => Initializer::Normal { mean: 0.0, stddev },
        }
    }
}

/// Number `i` under `key` from the standard normal distribution, drawn again until it is within ±2 (0.05 times on average).
fn truncated(key: u64, i: u64) -> f64 {
    (0..).map(|attempt| normal::<f64>(mix(key, attempt), i)).find(|z| z.abs() <= 2.0).unwrap_or(0.0)
}

/// `gain · Q`, where `A = QR` is a random normal matrix of at least as many rows as columns and `R` has a positive diagonal
/// (which makes `Q` uniform among orthogonal matrices); transposed where the weight has fewer rows than columns.
fn orthogonal<F: Float>(gain: f64, shape: &Shape, out: &mut [F], key: u64) {
    let columns = shape.last().get();
    let rows = out.len() / columns;
    let (count, len) = (rows.min(columns), rows.max(columns));
    // Column `v` of A is `q[v * len..][..len]`.
    let mut q: Vec<f64> = (0..count * len).map(|i| normal(key, i as u64)).collect();
    for v in 0..count {
        let (before, rest) = q.split_at_mut(v * len);
        let column = &mut rest[..len];
        // Gram–Schmidt twice: once leaves an error of the order of A's condition number (Giraud et al. 2005).
        for _ in 0..2 {
            for other in before.chunks_exact(len) {
                let projection = dot(column, other);
                column.iter_mut().zip(other).for_each(|(c, o)| *c -= projection * o);
            }
        }
        let norm = dot(column, column).sqrt();
        column.iter_mut().for_each(|c| *c /= norm);
    }
    for (i, w) in out.iter_mut().enumerate() {
        let (row, column) = (i / columns, i % columns);
        let at = if rows < columns { row * len + column } else { column * len + row };
        *w = F::of(gain * q[at]);
    }
}

/// `Σ a·b` in eight partial sums, which the compiler can vectorise.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    for (a, b) in a.chunks(8).zip(b.chunks(8)) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    sums.iter().sum()
}

/// FNV-1a.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

#[cfg(test)]
mod tests {
    use super::super::init::initializers::*;
    use super::*;

    const SEEDS: u64 = 8;

    fn draw(initializer: Initializer, sizes: &[usize], seed: u64) -> Vec<f64> {
        let dims: Vec<Dim> = sizes.iter().map(|&size| Dim::of(size)).collect();
        let shape = Shape::of(&dims);
        let mut out = vec![0.0; shape.len()];
        initialize(initializer, "layer/kernel", &shape, &mut out, seed);
        out
    }

    /// Mean, standard deviation, smallest, largest, kurtosis.
    fn statistics(values: &[f64]) -> [f64; 5] {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let moment = |power| values.iter().map(|v| (v - mean).powi(power)).sum::<f64>() / n;
        let min = values.iter().copied().fold(f64::INFINITY, f64::min);
        let max = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        [mean, moment(2).sqrt(), min, max, moment(4) / moment(2).powi(2)]
    }

    #[test]
    fn the_bias_of_a_forget_gate_is_one() {
        let half: &'static Initializer = &Initializer::Constant(0.5);
        let values = draw(half.unit_forget(), &[8], 1);
        assert_eq!(values, [0.5, 0.5, 1.0, 1.0, 0.5, 0.5, 0.5, 0.5]);
        let shape = |sizes: &[usize]| {
            Shape::of(&sizes.iter().map(|size| Dim::of(*size)).collect::<Vec<_>>())
        };
        assert!(half.unit_forget().wrong(&shape(&[8])).is_none());
        assert!(half.unit_forget().wrong(&shape(&[6])).is_some());
        assert!(half.unit_forget().wrong(&shape(&[2, 4])).is_some());
        assert!(Initializer::UnitForget(&Orthogonal).wrong(&shape(&[8])).is_some());
    }

    /// Keras' statistics are those of another sample of the same distribution, so that they differ by chance. With `n`
    /// numbers the standard errors are: of the mean `σ/√n`, of σ at most `0.8σ/√n`, of the kurtosis at most `√(24/n)`.
    /// Five times `√2` of them, as both are samples. An end of a bounded distribution is met within 1 % of its width;
    /// that of an unbounded one scatters by about σ/4.
    #[test]
    fn statistics_are_those_of_keras() {
        let golden = include_str!("../../golden/initializers.json");
        let golden: serde_json::Value = serde_json::from_str(golden).unwrap();
        let variance_scaling = Initializer::scaling(2.0, Fan::Avg, Distribution::UntruncatedNormal);
        for (name, initializer) in [
            ("GlorotUniform", GlorotUniform),
            ("GlorotNormal", GlorotNormal),
            ("HeUniform", HeUniform),
            ("HeNormal", HeNormal),
            ("LecunUniform", LecunUniform),
            ("LecunNormal", LecunNormal),
            ("RandomUniform", Uniform),
            ("RandomNormal", Normal),
            ("TruncatedNormal", TruncatedNormal),
            ("VarianceScaling_fan_avg_untruncated", variance_scaling),
            ("Orthogonal", Orthogonal),
        ] {
            for (case, sizes) in [("dense", &[300, 200][..]), ("conv", &[3, 3, 16, 64])] {
                let values: Vec<f64> =
                    (0..SEEDS).flat_map(|seed| draw(initializer, sizes, seed)).collect();
                let found = statistics(&values);
                let expected = &golden[format!("{name}/{case}")];
                let sigma = expected["std"].as_f64().unwrap();
                let kurtosis = expected["kurtosis"].as_f64().unwrap();
                let error = 5.0 * (2.0 / values.len() as f64).sqrt();
                let end = if kurtosis < 2.5 { 0.04 * sigma } else { 1.5 * sigma };
                let tolerance = [error * sigma, error * sigma, end, end, error * 24f64.sqrt()];
                for (i, key) in ["mean", "std", "min", "max", "kurtosis"].iter().enumerate() {
                    let expected = expected[*key].as_f64().unwrap();
                    assert!(
                        (found[i] - expected).abs() <= tolerance[i],
                        "{name}/{case}: {key} is {}, expected {expected}",
                        found[i]
                    );
                }
            }
        }
    }

    #[test]
    fn orthogonal_has_orthonormal_rows_or_columns() {
        for (rows, columns) in [(5, 5), (7, 3), (3, 8), (1, 4)] {
            let q = draw(Orthogonal.gain(2.0), &[rows, columns], 3);
            let count = rows.min(columns);
            let at = |vector: usize, i: usize| {
                if rows < columns { q[vector * columns + i] } else { q[i * columns + vector] }
            };
            for a in 0..count {
                for b in 0..count {
                    let product: f64 = (0..rows.max(columns)).map(|i| at(a, i) * at(b, i)).sum();
                    let expected = if a == b { 4.0 } else { 0.0 };
                    assert!((product - expected).abs() < 1e-12, "{rows}×{columns}: {product}");
                }
            }
        }
    }

    #[test]
    fn exact_initializers_are_exact() {
        assert_eq!(draw(Zeros, &[3], 1), [0.0; 3]);
        assert_eq!(draw(Ones, &[3], 1), [1.0; 3]);
        assert_eq!(draw(Constant(0.3), &[2], 1), [0.3; 2]);
        let identity = draw(Identity.gain(2.0), &[2, 3], 1);
        assert_eq!(identity, [2.0, 0.0, 0.0, 0.0, 2.0, 0.0]);
    }

    #[test]
    fn values_depend_on_seed_and_path_alone() {
        let shape = Shape::of(&[Dim::of(4)]);
        let named = |path, seed| {
            let mut out = [0.0f32; 4];
            initialize(Uniform.range(-1.0, 1.0), path, &shape, &mut out, seed);
            out
        };
        assert_eq!(named("a/kernel", 1), named("a/kernel", 1));
        assert_ne!(named("a/kernel", 1), named("b/kernel", 1));
        assert_ne!(named("a/kernel", 1), named("a/kernel", 2));
    }

    #[test]
    fn a_shape_that_does_not_fit_is_an_error() {
        let vector = Shape::of(&[Dim::of(4)]);
        assert!(Identity.wrong(&vector).is_some() && Orthogonal.wrong(&vector).is_some());
        assert!(Uniform.wrong(&vector).is_none());
    }
}
