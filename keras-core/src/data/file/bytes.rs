//! The bytes of a file, plain or packed.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use super::element::Element;
#[cfg(feature = "files")]
use super::packed::Packed;
use super::{FileColumn, Source};
use crate::data::ReadError;
use crate::data::error::{format, system};

/// The bytes of a file, or of a part of it, as they were before they were packed.
pub(super) struct Bytes {
    pub(super) file: Box<Path>,
    pub(super) len: u64,
    pub(super) reader: Reader,
}

pub(super) enum Reader {
    /// The bytes from `start` on.
    Plain { file: File, start: u64 },
    #[cfg(feature = "files")]
    Packed(Packed),
}

impl Bytes {
    /// A file, plain or gzip.
    pub(super) fn open(path: &Path) -> Result<Self, ReadError> {
        let mut file = File::open(path).map_err(system(path))?;
        let mut magic = [0; 2];
        fill(&mut file, &mut magic).map_err(system(path))?;
        if magic == [0x1F, 0x8B] {
            return Self::gzip(path);
        }
        let len = file.metadata().map_err(system(path))?.len();
        Ok(Bytes { file: path.into(), len, reader: Reader::Plain { file, start: 0 } })
    }

    #[cfg(not(feature = "files"))]
    fn gzip(path: &Path) -> Result<Self, ReadError> {
        let expected = "a file that is not packed, or the feature `files` of keras-core";
        Err(format(path, expected, "gzip"))
    }

    /// The `N` bytes from `at` on.
    pub(super) fn array<const N: usize>(&mut self, at: u64) -> Result<[u8; N], ReadError> {
        let mut bytes = [0; N];
        self.read(at, &mut bytes)?;
        Ok(bytes)
    }

    /// Reads the bytes from `at` on to `out`.
    pub(super) fn read(&mut self, at: u64, out: &mut [u8]) -> Result<(), ReadError> {
        let expected = at + out.len() as u64;
        let found = if expected > self.len {
            self.len
        } else {
            at + self.reader.read(at, out).map_err(system(&self.file))? as u64
        };
        if found < expected {
            return Err(ReadError::Length { file: self.file.clone(), expected, found });
        }
        Ok(())
    }

    /// The array of this shape, row-major, that fills all from `start` to the end.
    pub(super) fn column(
        self,
        start: u64,
        element: Element,
        shape: &[usize],
    ) -> Result<FileColumn, ReadError> {
        let (rows, width) = match shape {
            [] => {
                let expected = "an array whose first axis counts the examples";
                return Err(format(&self.file, expected, "a single number"));
            }
            [_, row @ ..] if row.contains(&0) => {
                let found = format!("the shape {shape:?}");
                return Err(format(&self.file, "at least one number an example", found));
            }
            [rows, row @ ..] => (*rows, row.iter().fold(1usize, |all, n| all.saturating_mul(*n))),
        };
        // A product that does not fit is larger than any file.
        let row = width.saturating_mul(element.size());
        let expected = start.saturating_add((rows as u64).saturating_mul(row as u64));
        if expected != self.len {
            return Err(ReadError::Length { file: self.file, expected, found: self.len });
        }
        let sequential = !matches!(self.reader, Reader::Plain { .. });
        let column = FileColumn::new(rows, width, element, Array { bytes: self, start, row });
        Ok(FileColumn { sequential, ..column })
    }
}

impl Reader {
    fn read(&mut self, at: u64, out: &mut [u8]) -> io::Result<usize> {
        match self {
            Reader::Plain { file, start } => {
                file.seek(SeekFrom::Start(*start + at))?;
                fill(file, out)
            }
            #[cfg(feature = "files")]
            Reader::Packed(packed) => packed.read(at, out),
        }
    }
}

/// Rows of `row` bytes, the first one at `start`.
struct Array {
    bytes: Bytes,
    start: u64,
    row: usize,
}

impl Source for Array {
    fn read(&mut self, first: usize, out: &mut [u8]) -> Result<(), ReadError> {
        self.bytes.read(self.start + first as u64 * self.row as u64, out)
    }
}

/// Reads until `out` is full or there is no more: how many bytes.
pub(super) fn fill(reader: &mut impl Read, out: &mut [u8]) -> io::Result<usize> {
    let mut len = 0;
    while len < out.len() {
        match reader.read(&mut out[len..]) {
            Ok(0) => break,
            Ok(count) => len += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(len)
}
