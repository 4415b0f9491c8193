//! Data: rows of numbers, one an example, from arrays, slices, vectors and ndarray views; from files; from iterators.
//!
//! The length of a row is part of the type wherever Rust knows it: rows of a wrong length do not compile. Where it does not
//! (ndarray, files), and for all that only the numbers can tell (labels out of range, NaN), data is checked, with a
//! [`DataError`]: what is in memory as a whole before anything is done with it, the numbers of a file when they are read.
//!
//! Files may be larger than memory: [`Idx`] (MNIST's format) and [`Npy`] are always there, gzip, `Npz` and `Csv` with the
//! feature `files`. What no file has, an augmentation or a simulation, is a [`Stream`].

mod array;
pub(crate) mod check;
mod error;
mod file;
mod order;
mod stream;

use std::cell::RefCell;

pub use check::DataError;
pub(crate) use check::{Columns, check, read};
pub use error::ReadError;
#[cfg(feature = "files")]
pub use file::{Cells, Csv, Npz};
pub use file::{FileColumn, Idx, Npy};
pub(crate) use order::order;
pub use stream::{Examples, Stream};

use crate::float::Float;
use crate::net::{Any, Net, One};
pub use crate::row::{Example, Number, Row, RowOf};

/// The values of one input or target for all examples, one row an example.
pub trait Column<F> {
    /// How many examples there are.
    fn rows(&self) -> usize;
    /// How many numbers an example has.
    fn width(&self) -> usize;
    /// Copies example `row` to `out`, which has [`width`](Self::width) numbers.
    ///
    /// # Errors
    /// Where the data is in a file that cannot be read; data in memory gives none.
    fn read(&self, row: usize, out: &mut [F]) -> Result<(), ReadError>;
    /// In which order examples are read well.
    fn access(&self) -> Access {
        Access::Random
    }
}

/// In which order the examples of a [`Column`] are read well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// In any.
    Random,
    /// In chunks of so many neighbours, the chunks in any order: a file on a disk. Shuffling exchanges chunks, and the
    /// examples within a chunk. A power of two, so that the chunks of several columns do not overlap in part.
    Chunks(usize),
    /// From front to back, in chunks of so many: a compressed file. Shuffling exchanges the examples within a
    /// chunk.
    Sequential(usize),
}

/// Data with `LEN` numbers an example: what an input of that size takes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not data with rows of {LEN} numbers",
    label = "expected rows of {LEN} numbers",
    note = "rows are given as `&Vec<[T; {LEN}]>`, `&[[T; {LEN}]]` or an ndarray view whose first axis counts the examples"
)]
pub trait Rows<F, const LEN: usize>: Column<F> {
    /// As [`RowOf::CHECK`].
    const CHECK: () = ();
}

/// Implements [`Column`] and [`Rows`] for what derefs to a slice of rows.
macro_rules! slices {
    ($($type:ty $(, $n:ident)?;)*) => {
        $(
            impl<F: Float, R: Row $(, const $n: usize)?> Column<F> for $type {
                fn rows(&self) -> usize {
                    self.len()
                }

                fn width(&self) -> usize {
                    R::LEN
                }

                fn read(&self, row: usize, out: &mut [F]) -> Result<(), ReadError> {
                    self[row].put(out);
                    Ok(())
                }
            }

            impl<F: Float, R: RowOf<LEN>, const LEN: usize $(, const $n: usize)?> Rows<F, LEN> for $type {
                const CHECK: () = <R as RowOf<LEN>>::CHECK;
            }
        )*
    };
}
slices! {
    &[R];
    &[R; M], M;
}
slices! {
    &Vec<R>;
}

/// Data for the inputs of a model, whose `Signature` is [`One`] or [`Named`](crate::net::Named).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not data for the inputs of this model",
    note = "a model with one input takes its rows; one with several takes the struct with a field an input"
)]
pub trait Feed<Signature, F> {
    /// The data of input `input`.
    fn column(&self, input: usize) -> &dyn Column<F>;
}

impl<F, X: Rows<F, LEN>, const LEN: usize> Feed<One<LEN>, F> for X {
    fn column(&self, _: usize) -> &dyn Column<F> {
        const { X::CHECK };
        self
    }
}

impl<F, X: Column<F>> Feed<Any, F> for X {
    fn column(&self, _: usize) -> &dyn Column<F> {
        self
    }
}

/// Data for the inputs and targets of the model `N`: what `fit` and `evaluate` take.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not data to train `{N}` with",
    note = "training takes the struct with a field for each input and target that `model!` makes"
)]
pub trait Dataset<N: Net, F> {
    /// The data of port `port`: the inputs, then the targets. Not called where there is a [`stream`](Self::stream).
    fn column(&self, port: usize) -> &dyn Column<F>;

    /// The examples, where they come one after the other and are in no columns.
    fn stream(&self) -> Option<&RefCell<dyn Examples<F>>> {
        None
    }
}

impl<N: Net, F, D: Dataset<N, F> + ?Sized> Dataset<N, F> for &D {
    fn column(&self, port: usize) -> &dyn Column<F> {
        (**self).column(port)
    }

    fn stream(&self) -> Option<&RefCell<dyn Examples<F>>> {
        (**self).stream()
    }
}
