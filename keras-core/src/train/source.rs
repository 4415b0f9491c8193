//! Where the examples of a training come from, batch by batch.

use std::cell::RefMut;
use std::ops::Range;

use super::FitError;
use crate::data::{Column, Columns, DataError, Dataset, Examples, ReadError, check, order};
use crate::float::Float;
use crate::net::{Net, Port};
use crate::pass::Pass;
use crate::shape::Dtype;

/// Examples for a training or an evaluation.
pub(super) enum Source<'a, F> {
    Table(Table<'a, F>),
    Stream(Stream<'a, F>),
}

impl<'a, F: Float> Source<'a, F> {
    /// The examples of `data`, checked as far as they can be before they are read.
    pub(super) fn open<N: Net>(data: &'a dyn Dataset<N, F>) -> Result<Self, DataError> {
        let Some(examples) = data.stream() else {
            let columns = Columns::dataset::<N>(data)?;
            let rows = 0..columns.rows();
            return Ok(Source::Table(Table::of(columns, rows)));
        };
        let Ok(examples) = examples.try_borrow_mut() else {
            return Err(DataError::Stream { reason: "is in use; give validation one of its own" });
        };
        let ports: Vec<_> = N::INPUTS.iter().chain(N::TARGETS).collect();
        let columns = vec![Vec::new(); ports.len()];
        Ok(Source::Stream(Stream { examples, ports, columns, taken: 0 }))
    }

    /// How many examples there are, where that is known.
    pub(super) fn rows(&self) -> Option<usize> {
        match self {
            Source::Table(table) => Some(table.order.len()),
            Source::Stream(_) => None,
        }
    }

    /// Splits off the last `share` of the examples, to be held out.
    pub(super) fn split_off(&mut self, share: f64) -> Result<Self, FitError> {
        let wrong = |reason| Err(FitError::argument("validation_split", reason));
        let Source::Table(table) = self else {
            return wrong("needs a table of examples, but the data is a stream".to_owned());
        };
        let rows = table.order.len();
        let kept = (rows as f64 * (1.0 - share)).floor() as usize;
        if kept == 0 || kept == rows {
            return wrong(format!("of {share} leaves {kept} of {rows} examples to train on"));
        }
        let columns = table.columns.clone();
        *table = Table::of(columns.clone(), 0..kept);
        Ok(Source::Table(Table::of(columns, kept..rows)))
    }

    /// Whether it never ends, as far as it tells.
    pub(super) fn is_endless(&self) -> bool {
        matches!(self, Source::Stream(stream) if stream.examples.is_endless())
    }

    /// Begins anew, in the order of `key` or as they are; false where a stream has ended for good.
    pub(super) fn begin(&mut self, key: u64, shuffled: bool) -> Result<bool, DataError> {
        match self {
            Source::Table(table) => {
                if shuffled {
                    table.order = order(&table.columns, table.rows.clone(), key);
                }
                Ok(true)
            }
            Source::Stream(stream) => stream.examples.begin().map_err(told),
        }
    }

    /// Stages batch number `batch`, of up to `size` examples, with their weights: how many there are.
    pub(super) fn stage(
        &mut self,
        batch: usize,
        size: usize,
        pass: &mut Pass<F>,
        weights: &Weights<'_, F>,
    ) -> Result<usize, DataError> {
        match self {
            Source::Table(table) => {
                let end = table.order.len();
                let rows = &table.order[end.min(batch * size)..end.min((batch + 1) * size)];
                pass.stage(&table.columns, rows.iter().copied())?;
                weights.stage(pass, rows)?;
                Ok(rows.len())
            }
            Source::Stream(stream) => {
                let count = stream.take(size)?;
                pass.stage_numbers(count, &stream.columns);
                weights.stage(pass, &[])?;
                Ok(count)
            }
        }
    }
}

/// The error of a stream, which is of no port.
fn told(source: ReadError) -> DataError {
    DataError::Read { port: "data", source }
}

/// Rows of a table, in an order that changes from epoch to epoch.
pub(super) struct Table<'a, F> {
    columns: Columns<'a, F>,
    rows: Range<usize>,
    order: Vec<usize>,
}

impl<'a, F: Float> Table<'a, F> {
    fn of(columns: Columns<'a, F>, rows: Range<usize>) -> Self {
        Table { columns, rows: rows.clone(), order: rows.collect() }
    }
}

/// Examples that come one after the other.
pub(super) struct Stream<'a, F> {
    examples: RefMut<'a, dyn Examples<F> + 'static>,
    ports: Vec<&'static Port>,
    columns: Vec<Vec<F>>,
    /// How many examples came before, for messages.
    taken: usize,
}

impl<F: Float> Stream<'_, F> {
    /// Takes up to `count` examples and checks their numbers.
    fn take(&mut self, count: usize) -> Result<usize, DataError> {
        self.columns.iter_mut().for_each(Vec::clear);
        let taken = self.examples.take(count, &mut self.columns).map_err(told)?;
        for (port, column) in self.ports.iter().zip(&self.columns) {
            let rows = column.chunks_exact(port.shape.len().max(1)).enumerate();
            rows.into_iter().try_for_each(|(i, row)| check(port, self.taken + i, row))?;
        }
        self.taken += taken;
        Ok(taken)
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
        let mut weights = vec![1.0; pass.batch()];
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
