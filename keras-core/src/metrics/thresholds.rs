//! Counts at many thresholds, evenly spaced in `0..=1`.
//!
//! The statistics of an example are two histograms: how many positive targets, and how many negative ones, have a prediction
//! above exactly `0`, `1`, … of the thresholds. The counts at every threshold are sums of their tails.

use super::counts::{Counts, of_class, statistics};
use crate::float::Float;
use crate::ops::{Call, Tensor, TensorMut};
use crate::shape::{Inferred, Message};

/// The thresholds `0, 1/(n − 1), …, 1`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Thresholds {
    pub num_thresholds: usize,
    pub class_id: Option<usize>,
}

impl Thresholds {
    /// 200 of them, over all classes.
    pub(super) const DEFAULT: Thresholds = Thresholds { num_thresholds: 200, class_id: None };

    /// Two histograms.
    pub(super) const fn infer(&self, x: &[Inferred]) -> Inferred {
        if self.num_thresholds < 2 {
            return Inferred::Error(
                Message::new("`num_thresholds` is at least 2, found ")
                    .num(self.num_thresholds)
                    .alone(),
            );
        }
        statistics(of_class(x, self.class_id), self.num_thresholds.checked_mul(2))
    }

    /// How many of the thresholds `p` is above.
    #[inline(always)]
    pub(super) fn below<F: Float>(&self, p: F) -> usize {
        let steps = (self.num_thresholds - 1) as f64;
        let below = num_traits::Float::ceil(p.f64() * steps).max(0.0).min(steps);
        below as usize
    }

    /// The histograms of each example, where `below` says how many thresholds a prediction is above.
    #[inline(always)]
    pub(super) fn forward<F: Float>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut TensorMut<'_, F>,
        below: impl Fn(F) -> usize,
    ) {
        let step = self.class_id.map_or(1, |_| x[1].shape.last().get());
        for b in 0..call.rows(y.shape) {
            let histograms = y.row(b);
            histograms.fill(F::zero());
            let (yes, no) = histograms.split_at_mut(self.num_thresholds);
            let pairs = x[0].row(b).iter().zip(x[1].row(b));
            for (t, p) in pairs.skip(self.class_id.unwrap_or(0)).step_by(step) {
                let histogram = if *t == F::zero() { &mut *no } else { &mut *yes };
                histogram[below(*p)] += F::one();
            }
        }
    }
}

/// The counts at each threshold, from the highest to the lowest.
pub(super) fn points(totals: &[f64]) -> impl Iterator<Item = Counts> + Clone {
    let (yes, no) = totals.split_at(totals.len() / 2);
    let sum = |histogram: &[f64]| histogram.iter().sum::<f64>();
    let (positives, negatives) = (sum(yes), sum(no));
    let highest =
        Counts { true_negatives: negatives, false_negatives: positives, ..Counts::default() };
    let passed = yes[1..].iter().zip(&no[1..]).rev();
    let lower = passed.scan(highest, move |counts, (yes, no)| {
        let true_positives = counts.true_positives + yes;
        let false_positives = counts.false_positives + no;
        *counts = Counts {
            true_positives,
            false_positives,
            true_negatives: negatives - false_positives,
            false_negatives: positives - true_positives,
        };
        Some(*counts)
    });
    core::iter::once(highest).chain(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prediction_is_above_the_thresholds_below_it() {
        let five = Thresholds { num_thresholds: 5, ..Thresholds::DEFAULT };
        let found = [-1.0, 0.0, 0.1, 0.25, 0.26, 0.75, 1.0, 7.0, f64::NAN].map(|p| five.below(p));
        assert_eq!(found, [0, 0, 1, 1, 2, 3, 4, 4, 0]);
    }

    #[test]
    fn counts_are_tails_of_the_histograms() {
        let found: Vec<[f64; 4]> = points(&[1.0, 2.0, 4.0, 8.0, 16.0, 32.0])
            .map(|c| [c.true_positives, c.false_positives, c.true_negatives, c.false_negatives])
            .collect();
        assert_eq!(found, [[0.0, 0.0, 56.0, 7.0], [4.0, 32.0, 24.0, 3.0], [6.0, 48.0, 8.0, 1.0]]);
    }
}
