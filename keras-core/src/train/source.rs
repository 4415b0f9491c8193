//! Where the examples of a training come from, batch by batch.

use std::ops::Range;

use super::FitError;
use crate::data::{Column, Columns, DataError, order};
use crate::float::Float;
use crate::net::{Net, Port};
use crate::pass::Pass;
use crate::shape::Dtype;

/// Rows of a table, in an order that changes from epoch to epoch.
pub(super) struct Table<'a, F> {
    columns: &'a Columns<'a, F>,
    rows: Range<usize>,
    order: Vec<usize>,
}

impl<'a, F: Float> Table<'a, F> {
    /// The examples `rows` of `columns`.
    pub(super) fn of(columns: &'a Columns<'a, F>, rows: Range<usize>) -> Self {
        Table { columns, rows: rows.clone(), order: rows.collect() }
    }

    pub(super) fn rows(&self) -> usize {
        self.order.len()
    }

    /// Puts the examples in the order of an epoch.
    pub(super) fn arrange(&mut self, key: u64, shuffled: bool) {
        if shuffled {
            self.order = order(self.columns, self.rows.clone(), key);
        }
    }

    /// Stages the examples `at` of this order, with their weights.
    pub(super) fn stage(
        &self,
        at: Range<usize>,
        pass: &mut Pass<F>,
        variables: impl Iterator<Item = f64>,
        weights: &Weights<'_, F>,
    ) -> Result<(), DataError> {
        let rows = &self.order[at];
        pass.stage(self.columns, rows.iter().copied(), variables)?;
        weights.stage(pass, rows)
    }
}

/// What each example counts in the losses.
#[derive(Clone)]
pub(super) struct Weights<'a, F> {
    samples: Option<&'a dyn Column<F>>,
    /// The input of the pass with the labels, and what each class counts.
    classes: Option<(usize, Vec<f64>)>,
}

impl<'a, F: Float> Weights<'a, F> {
    /// All examples alike.
    pub(super) const NONE: Self = Weights { samples: None, classes: None };

    /// Checks the weights of `rows` examples and of classes.
    pub(super) fn of<N: Net>(
        samples: Option<&'a dyn Column<F>>,
        classes: &[(usize, f64)],
        rows: Option<usize>,
    ) -> Result<Self, FitError> {
        if let Some(samples) = samples {
            check_samples(samples, rows)?;
        }
        let classes = if classes.is_empty() { None } else { Some(class_weights::<N>(classes)?) };
        Ok(Weights { samples, classes })
    }

    fn stage(&self, pass: &mut Pass<F>, rows: &[usize]) -> Result<(), DataError> {
        if self.samples.is_none() && self.classes.is_none() {
            return Ok(());
        }
        let mut weights = vec![1.0; rows.len()];
        if let Some(samples) = self.samples {
            for (weight, row) in weights.iter_mut().zip(rows) {
                *weight = sample(samples, *row)?;
            }
        }
        if let Some((input, classes)) = &self.classes {
            let labels = pass.input(*input).iter();
            weights.iter_mut().zip(labels).for_each(|(w, label)| *w *= classes[label.index()]);
        }
        pass.weigh(weights.into_iter());
        Ok(())
    }
}

const SAMPLE_WEIGHT: &str = "sample_weight";

fn sample<F: Float>(samples: &dyn Column<F>, row: usize) -> Result<f64, DataError> {
    let mut out = [F::zero()];
    let read = samples.read(row, &mut out);
    read.map_err(|source| DataError::Read { port: SAMPLE_WEIGHT, source })?;
    Ok(out[0].f64())
}

fn check_samples<F: Float>(samples: &dyn Column<F>, rows: Option<usize>) -> Result<(), FitError> {
    let Some(rows) = rows else {
        let reason = "is a number for each row of a table, but the data is a stream";
        return Err(FitError::argument(SAMPLE_WEIGHT, reason));
    };
    if samples.width() != 1 {
        let (expected, found) = (1, samples.width());
        return Err(DataError::Width { port: SAMPLE_WEIGHT, expected, found }.into());
    }
    if samples.rows() != rows {
        let reason = format!("has {} numbers, but there are {rows} examples", samples.rows());
        return Err(FitError::argument(SAMPLE_WEIGHT, reason));
    }
    for row in 0..rows {
        let weight = sample(samples, row)?;
        if !(weight >= 0.0 && weight.is_finite()) {
            let reason = format!("must be finite and not negative, found {weight} in row {row}");
            return Err(FitError::argument(SAMPLE_WEIGHT, reason));
        }
    }
    Ok(())
}

/// The input with the labels of the only target that has labels, and the weights of all its classes.
fn class_weights<N: Net>(classes: &[(usize, f64)]) -> Result<(usize, Vec<f64>), FitError> {
    let range = |port: &Port| match port.shape.get().dtype() {
        Dtype::Int { range } if port.shape.len() == 1 => Some(range),
        _ => None,
    };
    let targets = N::TARGETS.iter().enumerate();
    let labels: Vec<_> = targets.filter_map(|(i, port)| Some((i, port, range(port)?))).collect();
    let [(i, port, range)] = labels[..] else {
        let reason = format!(
            "needs a model with one target of one label an example, found {} such targets",
            labels.len()
        );
        return Err(FitError::argument("class_weight", reason));
    };
    let mut weights = vec![1.0; range];
    for (class, weight) in classes {
        let Some(place) = weights.get_mut(*class) else {
            let reason = format!("is for the classes 0..{range} of `{}`, found {class}", port.name);
            return Err(FitError::argument("class_weight", reason));
        };
        if !(*weight >= 0.0 && weight.is_finite()) {
            let reason = format!("must be finite and not negative, found {weight} for {class}");
            return Err(FitError::argument("class_weight", reason));
        }
        *place = *weight;
    }
    Ok((N::INPUTS.len() + i, weights))
}
