//! What training reports: the losses and metrics of an epoch, and of all epochs.

use core::fmt;

use crate::net::Net;

/// Named numbers, in order: `loss` first, then each named loss, then the metrics.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Logs {
    entries: Vec<(String, f64)>,
}

impl Logs {
    /// The number `name`, as `loss`, `accuracy` or `val_loss`.
    pub fn get(&self, name: &str) -> Option<f64> {
        self.entries.iter().find(|(entry, _)| entry == name).map(|(_, value)| *value)
    }

    /// Names and numbers, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, f64)> {
        self.entries.iter().map(|(name, value)| (name.as_str(), *value))
    }

    /// These, and those of validation with `val_` in front.
    pub(crate) fn with_validation(mut self, validation: &Logs) -> Self {
        self.entries.extend(validation.iter().map(|(name, value)| (format!("val_{name}"), value)));
        self
    }
}

/// `loss 0.1234  accuracy 0.9712`.
impl fmt::Display for Logs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (name, value)) in self.iter().enumerate() {
            let gap = if i > 0 { "  " } else { "" };
            write!(f, "{gap}{name} {value:.4}")?;
        }
        Ok(())
    }
}

/// The logs of all epochs of a `fit`, as Keras' `History`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    epochs: Vec<Logs>,
}

impl History {
    /// The logs of each epoch.
    pub fn epochs(&self) -> &[Logs] {
        &self.epochs
    }

    /// The number `name` in each epoch; empty where there is no such number.
    pub fn get(&self, name: &str) -> Vec<f64> {
        self.epochs.iter().filter_map(|logs| logs.get(name)).collect()
    }

    /// The logs of the last epoch, if there was one.
    pub fn last(&self) -> Option<&Logs> {
        self.epochs.last()
    }

    pub(crate) fn push(&mut self, logs: Logs) {
        self.epochs.push(logs);
    }
}

/// Means over examples, gathered batch by batch: the loss with the penalties, then each loss, then each metric.
#[derive(Clone, Debug)]
pub(crate) struct Means {
    sums: Vec<f64>,
    examples: f64,
}

impl Means {
    pub(crate) fn of<N: Net>() -> Self {
        let statistics: usize = N::METRICS.iter().map(|metric| metric.width).sum();
        Means { sums: vec![0.0; 1 + N::LOSSES.len() + statistics], examples: 0.0 }
    }

    /// Takes the means over a batch of `examples`.
    pub(crate) fn add(&mut self, examples: usize, means: impl Iterator<Item = f64>) {
        self.examples += examples as f64;
        for (sum, mean) in self.sums.iter_mut().zip(means) {
            *sum += mean * examples as f64;
        }
    }

    /// Forgets what was taken.
    pub(crate) fn clear(&mut self) {
        self.sums.fill(0.0);
        self.examples = 0.0;
    }

    /// The mean loss, with the penalties.
    pub(crate) fn loss(&self) -> f64 {
        self.sums[0] / self.examples
    }

    /// The means by name. A model with one loss and no name for it but `loss` has it once.
    pub(crate) fn logs<N: Net>(&self) -> Logs {
        let mut logs = Logs::default();
        for (name, sum) in core::iter::once(&"loss").chain(N::LOSSES).zip(&self.sums) {
            if logs.get(name).is_none() {
                logs.entries.push(((*name).to_owned(), sum / self.examples));
            }
        }
        let mut totals = &self.sums[1 + N::LOSSES.len()..];
        for metric in N::METRICS {
            let (own, rest) = totals.split_at(metric.width);
            logs.entries.push((metric.name.to_owned(), (metric.result)(own, self.examples)));
            totals = rest;
        }
        logs
    }
}
