//! Folds over neighbours, in a form that vectorises and in an order that is fixed.

use crate::float::Float;

/// How many parts a long fold has.
const PARTS: usize = 8;

/// `f(… f(f(start, x₀), x₁) …)` of an associative `f` that `start` does not change, in eight interleaved parts so that it
/// vectorises; in one where there is little. The order is fixed: the result is the same on every machine.
#[inline(always)]
pub(crate) fn fold<F: Float>(x: &[F], start: F, f: impl Fn(F, F) -> F) -> F {
    fold_map([x], start, |[x]| x, f)
}

/// As [`fold`], of `map([x₀[i], x₁[i], …])` for each `i`.
#[inline(always)]
pub(crate) fn fold_map<F: Float, const N: usize>(
    x: [&[F]; N],
    start: F,
    map: impl Fn([F; N]) -> F,
    f: impl Fn(F, F) -> F,
) -> F {
    let count = x.iter().map(|x| x.len()).min().unwrap_or(0);
    let x = x.map(|x| x.get(..count).unwrap_or_default());
    if count < 2 * PARTS {
        return (0..count).fold(start, |sum, i| f(sum, map(x.map(|x| number(x, i)))));
    }
    let x = x.map(|x| x.as_chunks::<PARTS>());
    let mut parts = [start; PARTS];
    for c in 0..count / PARTS {
        let chunks = x.map(|(chunks, _)| chunks.get(c).copied().unwrap_or_default());
        for (p, part) in parts.iter_mut().enumerate() {
            *part = f(*part, map(chunks.map(|chunk| chunk[p])));
        }
    }
    for (p, part) in parts.iter_mut().enumerate().take(count % PARTS) {
        *part = f(*part, map(x.map(|(_, tail)| number(tail, p))));
    }
    parts.into_iter().reduce(f).unwrap_or(start)
}

/// Number `i`, which is there.
#[inline(always)]
fn number<F: Float>(x: &[F], i: usize) -> F {
    x.get(i).copied().unwrap_or_default()
}

/// `Σ map(x₀[i], x₁[i], …)`.
#[inline(always)]
pub(crate) fn sum_map<F: Float, const N: usize>(x: [&[F]; N], map: impl Fn([F; N]) -> F) -> F {
    fold_map(x, F::zero(), map, |a, b| a + b)
}

/// The smaller of two numbers, or the one that is not a number.
#[inline(always)]
pub(crate) fn smaller<F: Float>(a: F, b: F) -> F {
    if a <= b || a.is_nan() { a } else { b }
}

/// `Σ exp(xᵢ − shift)` and the `shift`, which is the largest number: with it no exponential overflows.
#[inline(always)]
pub(crate) fn exp_sum<F: Float>(x: &[F]) -> (F, F) {
    let shift = finite(fold(x, F::neg_infinity(), larger));
    (sum_map([x], |[x]| (x - shift).v_exp()), shift)
}

/// `shift`, or 0 where it is infinite: infinity minus itself would be NaN.
#[inline(always)]
pub(in crate::ops) fn finite<F: Float>(shift: F) -> F {
    if shift.is_infinite() { F::zero() } else { shift }
}

/// The larger of two numbers, or the one that is not a number.
#[inline(always)]
pub(crate) fn larger<F: Float>(a: F, b: F) -> F {
    if a >= b || a.is_nan() { a } else { b }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fold_takes_every_number_once() {
        for n in 0..40 {
            let x: Vec<f64> = (1..=n).map(f64::from).collect();
            assert_eq!(sum_map([&x], |[x]| x), f64::from(n * (n + 1) / 2));
            assert_eq!(
                fold(&x, f64::NEG_INFINITY, larger),
                if n == 0 { f64::NEG_INFINITY } else { f64::from(n) }
            );
        }
    }
}
