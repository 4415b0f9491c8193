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

    /// Draws the numbers to an SVG or PNG file: a panel for each loss and metric, training and validation in two colours. What is
    /// NaN or infinite is a gap. Needs the feature `plot`; no font need be installed.
    ///
    /// ```no_run
    /// # let history = keras_core::train::History::default();
    /// history.plot("training.png")?;
    /// # Ok::<(), keras_core::plot::PlotError>(())
    /// ```
    ///
    /// # Errors
    /// Where the name ends neither in `.svg` nor in `.png`, there are no epochs, or the file cannot be written.
    #[cfg(feature = "plot")]
    pub fn plot(&self, path: impl AsRef<std::path::Path>) -> Result<(), crate::plot::PlotError> {
        crate::plot::history(self, path.as_ref())
    }

    pub(crate) fn push(&mut self, logs: Logs) {
        self.epochs.push(logs);
    }
}
