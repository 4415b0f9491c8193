//! Data that has been checked as a whole.

use super::{Access, Column, Dataset, Feed, ReadError};
use crate::float::Float;
use crate::net::{Net, Port};
use crate::shape::Dtype;

/// Why data does not fit a model. Nothing was computed with it; the numbers of a file are checked when they are read, and
/// nothing was computed with the batch.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum DataError {
    /// An example has another number of numbers than its port.
    #[error("`{port}` takes {expected} numbers an example, found {found}")]
    Width {
        /// The input or target.
        port: &'static str,
        /// What the model takes.
        expected: usize,
        /// What the data has.
        found: usize,
    },
    /// Two ports have different numbers of examples.
    #[error(
        "`{first}` has {first_rows} examples, but `{other}` has {other_rows}; every input and target takes one row an example"
    )]
    Rows {
        /// The first input.
        first: &'static str,
        /// Its examples.
        first_rows: usize,
        /// The input or target that differs.
        other: &'static str,
        /// Its examples.
        other_rows: usize,
    },
    /// A file could not be read.
    #[error("`{port}`: {source}")]
    Read {
        /// The input or target.
        port: &'static str,
        /// What went wrong.
        source: ReadError,
    },
    /// A stream where it cannot be.
    #[error("a stream {reason}")]
    Stream {
        /// Why, and what to do.
        reason: &'static str,
    },
    /// There are no examples.
    #[error("the data has no examples; at least one is needed")]
    Empty,
    /// A float is NaN or infinite, maybe only in the model's scalar.
    #[error(
        "`{port}`, row {row}: {value} is not a finite number; clean the data before it comes in"
    )]
    NotFinite {
        /// The input or target.
        port: &'static str,
        /// The example.
        row: usize,
        /// The number.
        value: f64,
    },
    /// An integer (a label, an index) is negative, fractional or too large.
    #[error("`{port}`, row {row}: expected an integer in 0..{range}, found {value}")]
    Label {
        /// The input or target.
        port: &'static str,
        /// The example.
        row: usize,
        /// The number.
        value: f64,
        /// One more than the largest integer that is allowed.
        range: usize,
    },
}

/// Ports and their data, in order.
pub(crate) type Ports<'a, F> = Vec<(&'static Port, &'a dyn Column<F>)>;

/// The data of some ports, checked: widths, equal numbers of rows, and every number of what is in memory.
#[derive(Clone)]
pub(crate) struct Columns<'a, F> {
    ports: Ports<'a, F>,
    rows: usize,
}

impl<'a, F: Float> Columns<'a, F> {
    /// The inputs of `N`; there may be no rows.
    pub(crate) fn inputs<N: Net>(feed: &'a impl Feed<N::Feed, F>) -> Result<Self, DataError> {
        F::check_data(
            N::INPUTS.iter().enumerate().map(|(i, port)| (port, feed.column(i))).collect(),
        )
    }

    /// The inputs and targets of `N`, at least one row.
    pub(crate) fn dataset<N: Net>(
        data: &'a (impl Dataset<N, F> + ?Sized),
    ) -> Result<Self, DataError> {
        if data.stream().is_some() {
            let reason = "comes example by example, but all are needed at once here; collect them";
            return Err(DataError::Stream { reason });
        }
        let ports = N::INPUTS.iter().chain(N::TARGETS).enumerate();
        let columns = F::check_data(ports.map(|(i, port)| (port, data.column(i))).collect())?;
        if columns.rows == 0 { Err(DataError::Empty) } else { Ok(columns) }
    }

    /// How many examples there are.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// The ports and their data, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'static Port, &'a dyn Column<F>)> {
        self.ports.iter().copied()
    }
}

/// The data, checked.
pub(crate) fn checked<F: Float>(ports: Ports<'_, F>) -> Result<Columns<'_, F>, DataError> {
    let rows = ports.first().map_or(0, |(_, column)| column.rows());
    for (port, column) in &ports {
        let (expected, found) = (port.shape.len(), column.width());
        if expected != found {
            return Err(DataError::Width { port: port.name, expected, found });
        }
        if column.rows() != rows {
            let (first, other) = (ports[0].0.name, port.name);
            let other_rows = column.rows();
            return Err(DataError::Rows { first, first_rows: rows, other, other_rows });
        }
    }
    let mut row_of = Vec::new();
    // To read a whole file in advance would take as long as an epoch.
    for (port, column) in ports.iter().filter(|(_, column)| column.access() == Access::Random) {
        row_of.resize(port.shape.len(), F::zero());
        for row in 0..rows {
            read(port, *column, row, &mut row_of)?;
            check(port, row, &row_of)?;
        }
    }
    Ok(Columns { ports, rows })
}

/// Reads one example, and checks its numbers if [`Columns`] has not.
pub(crate) fn read<F: Float>(
    port: &'static Port,
    column: &dyn Column<F>,
    row: usize,
    out: &mut [F],
) -> Result<(), DataError> {
    column.read(row, out).map_err(|source| DataError::Read { port: port.name, source })?;
    if column.access() == Access::Random { Ok(()) } else { check(port, row, out) }
}

/// Checks the numbers of one example.
pub(crate) fn check<F: Float>(port: &Port, row: usize, numbers: &[F]) -> Result<(), DataError> {
    let range = match port.shape.get().dtype() {
        Dtype::Float => {
            return match numbers.iter().find(|number| !number.is_finite()) {
                Some(number) => {
                    Err(DataError::NotFinite { port: port.name, row, value: number.f64() })
                }
                None => Ok(()),
            };
        }
        Dtype::Bool => 2,
        Dtype::Int { range } => range.min(exact::<F>()),
    };
    let fits = |value: f64| value >= 0.0 && value < range as f64 && value.fract() == 0.0;
    match numbers.iter().find(|number| !fits(number.f64())) {
        Some(number) => Err(DataError::Label { port: port.name, row, value: number.f64(), range }),
        None => Ok(()),
    }
}

/// The integers below this are exact in the scalar: 2 to the number of bits of its significand.
fn exact<F: Float>() -> usize {
    let bits = if size_of::<F>() == size_of::<f32>() {
        f32::MANTISSA_DIGITS
    } else {
        f64::MANTISSA_DIGITS
    };
    usize::try_from(1u64 << bits).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;

    use super::*;
    use crate::toy::{Toy, ToyData};

    type Checked<'a> = Result<Columns<'a, f32>, DataError>;

    fn error(checked: Checked<'_>) -> DataError {
        match checked {
            Err(error) => error,
            Ok(_) => panic!("the data is accepted"),
        }
    }

    /// What is wrong with these labels for two examples.
    fn label<L: crate::data::Rows<f32, 1>>(label: L) -> String {
        let data = ToyData { x: &[[0.0; 4]; 2], label };
        error(Columns::dataset::<Toy>(&data)).to_string()
    }

    #[test]
    fn good_data_is_accepted_in_any_form() {
        let rows = vec![[1u8, 2, 3, 4]; 2];
        let nested = [[[1.0f64, 2.0], [3.0, 4.0]]; 2];
        for columns in [
            Columns::<f32>::inputs::<Toy>(&&rows),
            Columns::inputs::<Toy>(&&rows[..]),
            Columns::inputs::<Toy>(&&nested),
            Columns::inputs::<Toy>(&Array2::<i32>::zeros((2, 4)).view()),
        ] {
            assert_eq!(columns.unwrap().rows(), 2);
        }
        let mut out = [0.0f64; 4];
        Column::<f64>::read(&&nested, 1, &mut out).unwrap();
        assert_eq!(out, [1.0, 2.0, 3.0, 4.0]);
    }

    #[test]
    fn integers_are_exact_or_refused() {
        assert_eq!(label(&[0, -1]), "`label`, row 1: expected an integer in 0..3, found -1");
        assert_eq!(label(&[3u64, 0]), "`label`, row 0: expected an integer in 0..3, found 3");
        assert_eq!(label(&[1.5, 0.0]), "`label`, row 0: expected an integer in 0..3, found 1.5");
        assert_eq!(
            label(&[0.0, f64::NAN]),
            "`label`, row 1: expected an integer in 0..3, found NaN"
        );
    }

    #[test]
    fn numbers_that_are_not_finite_are_refused() {
        let found = error(Columns::inputs::<Toy>(&&[[0.0; 4], [0.0, 0.0, f32::NAN, 0.0]]));
        assert!(matches!(found, DataError::NotFinite { port: "x", row: 1, .. }), "{found}");
        // It fits an f64, but not the scalar of the model.
        let found = error(Columns::inputs::<Toy>(&&[[1e300; 4]]));
        assert!(matches!(found, DataError::NotFinite { port: "x", row: 0, .. }), "{found}");
    }

    #[test]
    fn sizes_must_agree() {
        let found = error(Columns::inputs::<Toy>(&Array2::<f32>::zeros((2, 5)).view()));
        assert_eq!(found, DataError::Width { port: "x", expected: 4, found: 5 });
        let data = ToyData { x: &[[0.0; 4]; 2], label: &[1, 2, 0] };
        let found = error(Columns::dataset::<Toy>(&data)).to_string();
        assert!(found.starts_with("`x` has 2 examples, but `label` has 3"), "{found}");
        let none: [[f32; 4]; 0] = [];
        let data = ToyData { x: &none, label: &[0u8; 0] };
        assert_eq!(error(Columns::dataset::<Toy>(&data)), DataError::Empty);
    }
}
