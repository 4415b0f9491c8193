//! What can go wrong while data is read.

use std::io;
use std::path::Path;

/// Why data could not be read.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The system does not open or read the file, or what is compressed in it is broken.
    #[error("`{}`: {message}", file.display())]
    System {
        /// The file.
        file: Box<Path>,
        /// What kind of error: `NotFound` where there is no such file.
        kind: io::ErrorKind,
        /// What the system says.
        message: Box<str>,
    },
    /// The file is shorter, or longer, than its header says.
    #[error(
        "`{}`: expected {expected} bytes, found {found}; the file is cut off, or its header is wrong",
        file.display()
    )]
    Length {
        /// The file.
        file: Box<Path>,
        /// The bytes that the header promises, unpacked.
        expected: u64,
        /// The bytes that there are, unpacked.
        found: u64,
    },
    /// The file has another format, or a kind of data that is not read.
    #[error("`{}`: expected {expected}, found {found}", file.display())]
    Format {
        /// The file.
        file: Box<Path>,
        /// What was expected.
        expected: Box<str>,
        /// What was found.
        found: Box<str>,
    },
    /// A line has another number of cells than the first one.
    #[error(
        "`{}`, line {line}: expected {expected} cells, as in the first line, found {found}",
        file.display()
    )]
    Cells {
        /// The file.
        file: Box<Path>,
        /// The line, counted from 1.
        line: u64,
        /// The cells of the first line.
        expected: usize,
        /// The cells of this one.
        found: usize,
    },
    /// A cell is not a number.
    #[error(
        "`{}`, line {line}, column {column}: expected a number, found `{found}`",
        file.display()
    )]
    Cell {
        /// The file.
        file: Box<Path>,
        /// The line, counted from 1.
        line: u64,
        /// The column, counted from 1.
        column: usize,
        /// The cell, or its beginning.
        found: Box<str>,
    },
    /// The iterator of a [`Stream`](super::Stream) panicked, or its thread could not be started.
    #[error("the stream ended: {message}")]
    Stream {
        /// What the panic says.
        message: String,
    },
}

/// What the system says of `file`.
pub(super) fn system(file: &Path) -> impl FnOnce(io::Error) -> ReadError + '_ {
    |error| ReadError::System {
        file: file.into(),
        kind: error.kind(),
        message: error.to_string().into(),
    }
}

/// `file` has not the format that was expected.
pub(super) fn format(
    file: &Path,
    expected: impl Into<Box<str>>,
    found: impl Into<Box<str>>,
) -> ReadError {
    ReadError::Format { file: file.into(), expected: expected.into(), found: found.into() }
}
