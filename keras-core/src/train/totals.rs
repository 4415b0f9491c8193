//! Sums over the examples of an epoch, gathered batch by batch.

use super::Logs;
use crate::float::Float;
use crate::net::Net;
use crate::pass::Pass;

/// The loss with the penalties, each loss, and the statistics of each metric, summed over examples.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Totals {
    /// All numbers, in the order above.
    pub sums: Vec<f64>,
    /// How many examples were taken.
    pub examples: f64,
    /// The sum of their weights in the metrics.
    pub weight: f64,
    /// Whether the weights of examples count in metrics, not only in losses.
    pub weigh_metrics: bool,
}

impl Totals {
    pub(crate) fn of<N: Net>() -> Self {
        let statistics: usize = N::METRICS.iter().map(|metric| metric.width).sum();
        Totals {
            sums: vec![0.0; 1 + N::LOSSES.len() + statistics],
            examples: 0.0,
            weight: 0.0,
            weigh_metrics: false,
        }
    }

    /// Takes the batch that ran in `pass`.
    pub(crate) fn add<N: Net, F: Float>(&mut self, pass: &Pass<F>, penalty: f64) {
        let batch = pass.batch() as f64;
        self.examples += batch;
        self.weight += if self.weigh_metrics { pass.weight() } else { batch };
        let losses = N::LOSSES.len();
        self.sums[0] += penalty * batch;
        for i in 0..losses {
            let sum = pass.sum(i, 0, 1, true);
            self.sums[0] += sum;
            self.sums[1 + i] += sum;
        }
        let mut at = 1 + losses;
        for (i, metric) in N::METRICS.iter().enumerate() {
            for statistic in 0..metric.width {
                let weighed = self.weigh_metrics;
                self.sums[at] += pass.sum(losses + i, statistic, metric.width, weighed);
                at += 1;
            }
        }
    }

    /// Forgets what was taken.
    pub(crate) fn clear(&mut self) {
        self.sums.fill(0.0);
        self.examples = 0.0;
        self.weight = 0.0;
    }

    /// The mean loss, with the penalties.
    pub(crate) fn loss(&self) -> f64 {
        self.sums[0] / self.examples
    }

    /// Writes the means and metrics to `logs`. A model with one loss and no name for it but `loss` has it once.
    pub(crate) fn log<N: Net>(&self, logs: &mut Logs) {
        for (name, sum) in core::iter::once(&"loss").chain(N::LOSSES).zip(&self.sums) {
            // The sum of all comes first: a loss of the same name is that sum.
            if logs.get(name).is_none() {
                logs.set(*name, sum / self.examples);
            }
        }
        let mut totals = &self.sums[1 + N::LOSSES.len()..];
        for metric in N::METRICS {
            let (own, rest) = totals.split_at(metric.width);
            logs.set(metric.name, (metric.result)(own, self.weight));
            totals = rest;
        }
    }

    pub(crate) fn logs<N: Net>(&self) -> Logs {
        let mut logs = Logs::default();
        self.log::<N>(&mut logs);
        logs
    }
}
