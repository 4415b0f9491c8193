//! What `fit` returns.

use super::Logs;

/// The logs of all epochs of a `fit`, as Keras' `History`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    first: usize,
    epochs: Vec<Logs>,
}

impl History {
    /// Of epochs that begin with number `first`, counted from 0.
    pub(crate) fn from(first: usize) -> Self {
        History { first, epochs: Vec::new() }
    }

    /// The logs of each epoch.
    pub fn epochs(&self) -> &[Logs] {
        &self.epochs
    }

    /// The number of the first epoch, counted from 0: the `initial_epoch` of the `fit`.
    pub fn initial_epoch(&self) -> usize {
        self.first
    }

    /// The number `name` in each epoch that has it; empty where there is no such number.
    pub fn get(&self, name: &str) -> Vec<f64> {
        self.epochs.iter().filter_map(|logs| logs.get(name)).collect()
    }

    /// The names of all numbers, in the order in which they came.
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for name in self.epochs.iter().flat_map(Logs::names) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// The logs of the last epoch, if there was one.
    pub fn last(&self) -> Option<&Logs> {
        self.epochs.last()
    }

    pub(crate) fn push(&mut self, logs: Logs) {
        self.epochs.push(logs);
    }
}
