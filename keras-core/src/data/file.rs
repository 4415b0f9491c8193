//! Columns in files, read in chunks: a file may be larger than memory.

mod bytes;
#[cfg(feature = "files")]
mod csv;
mod element;
mod idx;
mod npy;
#[cfg(feature = "files")]
mod npz;
#[cfg(feature = "files")]
mod packed;

use std::sync::{Mutex, PoisonError};

#[cfg(feature = "files")]
pub use self::csv::{Cells, Csv};
use element::Element;
pub use idx::Idx;
pub use npy::Npy;
#[cfg(feature = "files")]
pub use npz::Npz;

use super::{Access, Column, ReadError, Rows};
use crate::float::Float;

/// How many bytes of a file are held at once, unless told otherwise.
const CACHE: usize = 4 << 20;

/// The numbers of a file, one row an example: what [`Idx`], [`Npy`] and their like open.
///
/// It is data for `fit`, `evaluate` and `predict`, by value or by reference: `NetData { x: &images, label: &labels }`. The
/// first axis counts the examples, the others are an example. One chunk of neighbouring examples is in memory at a time;
/// shuffling exchanges chunks, and the examples within a chunk (see [`Access`]). A compressed file is read from front to
/// back, and its chunks stay in order.
pub struct FileColumn {
    rows: usize,
    width: usize,
    element: Element,
    sequential: bool,
    scale: f64,
    cache: usize,
    chunk: Mutex<Chunk>,
}

/// A place that rows are read from.
trait Source: Send {
    /// Reads the rows from `first` on, as many as fill `out`.
    fn read(&mut self, first: usize, out: &mut [u8]) -> Result<(), ReadError>;
}

/// The chunk that is in memory: it begins with the row `first`.
struct Chunk {
    source: Box<dyn Source>,
    first: Option<usize>,
    bytes: Vec<u8>,
}

impl FileColumn {
    fn new(rows: usize, width: usize, element: Element, source: impl Source + 'static) -> Self {
        let chunk = Chunk { source: Box::new(source), first: None, bytes: Vec::new() };
        FileColumn {
            rows,
            width,
            element,
            sequential: false,
            scale: 1.0,
            cache: CACHE,
            chunk: Mutex::new(chunk),
        }
    }

    /// Multiplies every number by `scale`: `1.0 / 255.0` makes `0..=1` of bytes.
    pub fn scale(self, scale: f64) -> Self {
        FileColumn { scale, ..self }
    }

    /// Holds at most `bytes` of the file at once, but at least one row; 4 MiB unless told otherwise.
    ///
    /// A larger chunk makes shuffling more thorough.
    pub fn cache(self, bytes: usize) -> Self {
        let mut column = FileColumn { cache: bytes, ..self };
        let chunk = column.chunk.get_mut().unwrap_or_else(PoisonError::into_inner);
        (chunk.first, chunk.bytes) = (None, Vec::new());
        column
    }

    /// How many examples there are.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many numbers an example has.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The bytes of a row.
    fn row(&self) -> usize {
        self.width * self.element.size()
    }

    /// The rows of a chunk: a power of two, so that the chunks of one column are whole parts of those of any other.
    fn chunk(&self) -> usize {
        1 << (self.cache / self.row()).max(1).ilog2()
    }

    fn access(&self) -> Access {
        if self.sequential {
            Access::Sequential(self.chunk())
        } else {
            Access::Chunks(self.chunk())
        }
    }

    fn read<F: Float>(&self, row: usize, out: &mut [F]) -> Result<(), ReadError> {
        let (len, size) = (self.row(), self.chunk());
        let (first, at) = (row / size * size, row % size);
        let mut chunk = self.chunk.lock().unwrap_or_else(PoisonError::into_inner);
        chunk.load(first, size.min(self.rows - first) * len)?;
        self.element.read(&chunk.bytes[at * len..][..len], self.scale, out);
        Ok(())
    }
}

impl Chunk {
    fn load(&mut self, first: usize, len: usize) -> Result<(), ReadError> {
        if self.first != Some(first) {
            self.first = None;
            self.bytes.resize(len, 0);
            self.source.read(first, &mut self.bytes)?;
            self.first = Some(first);
        }
        Ok(())
    }
}

macro_rules! columns {
    ($($type:ty),*) => {
        $(
            impl<F: Float> Column<F> for $type {
                fn rows(&self) -> usize {
                    self.rows
                }

                fn width(&self) -> usize {
                    self.width
                }

                fn read(&self, row: usize, out: &mut [F]) -> Result<(), ReadError> {
                    FileColumn::read(self, row, out)
                }

                fn access(&self) -> Access {
                    FileColumn::access(self)
                }
            }

            impl<F: Float, const LEN: usize> Rows<F, LEN> for $type {}
        )*
    };
}
columns!(FileColumn, &FileColumn);

#[cfg(test)]
mod tests {
    use std::io::{BufWriter, Write};

    use super::*;
    use crate::data::DataError;
    use crate::data::file::npy::tests::header;
    use crate::model::Model;
    use crate::toy::{Directory, Toy, ToyData, examples};
    use crate::train::{Fit, FitError, StepError};

    #[test]
    fn a_large_file_is_read_with_a_small_cache() {
        // 64 MiB: 2¹⁸ rows of 64 floats, number i of them is i.
        let (directory, rows) = (Directory::new("large"), 1usize << 18);
        let path = directory.join("x.npy");
        let mut file = BufWriter::new(std::fs::File::create(&path).unwrap());
        file.write_all(&header(
            1,
            &format!("'<f4', 'fortran_order': False, 'shape': ({rows}, 64)"),
        ))
        .unwrap();
        for i in 0..rows * 64 {
            file.write_all(&(i as f32).to_le_bytes()).unwrap();
        }
        file.into_inner().unwrap().sync_all().unwrap();

        let column = Npy::open(&path).unwrap().cache(100_000);
        assert_eq!((column.rows(), column.width()), (rows, 64));
        assert_eq!(column.access(), Access::Chunks(256));
        let mut row = [0.0f64; 64];
        for i in (0..rows).step_by(101).rev().chain([0, rows - 1]) {
            column.read(i, &mut row).unwrap();
            let numbers = std::array::from_fn(|j| f64::from((i * 64 + j) as f32));
            assert_eq!(row, numbers, "row {i}");
            assert!(column.chunk.lock().unwrap().bytes.capacity() <= 100_000);
        }
    }

    /// The column that these rows of floats are in a file.
    fn npy(path: &std::path::Path, rows: &[f32], width: usize) -> FileColumn {
        let shape =
            format!("'<f4', 'fortran_order': False, 'shape': ({}, {width})", rows.len() / width);
        let numbers = rows.iter().flat_map(|number| number.to_le_bytes());
        std::fs::write(path, header(1, &shape).into_iter().chain(numbers).collect::<Vec<_>>())
            .unwrap();
        Npy::open(path).unwrap().cache(100)
    }

    #[test]
    fn a_model_learns_the_same_from_a_file_as_from_memory() {
        let (directory, data) = (Directory::new("fit"), examples(200, 1));
        let mut label: Vec<f32> = data.label.iter().map(|label| f32::from(*label)).collect();
        let x = npy(&directory.join("x.npy"), data.x.as_flattened(), 4);
        let fit = || Fit::new().epochs(2).shuffle(false).verbose(0);
        let mut models = [Model::<Toy>::init(1), Model::init(1)];
        let column = npy(&directory.join("label.npy"), &label, 1);
        let file = models[0].fit(ToyData { x: &x, label: column }, fit()).unwrap();
        assert_eq!(file, models[1].fit(data.view(), fit()).unwrap());
        assert_eq!(models[0].weights_flat(), models[1].weights_flat());
        assert_eq!(models[0].predict(&x).unwrap(), models[1].predict(&data.x).unwrap());
        let shuffled = models[0].fit(ToyData { x: &x, label: &data.label }, Fit::new().verbose(0));
        assert!(shuffled.is_ok());

        label[150] = 3.0;
        let label = npy(&directory.join("label.npy"), &label, 1);
        let expected = DataError::Label { port: "label", row: 150, value: 3.0, range: 3 };
        assert_eq!(models[0].evaluate(ToyData { x: &x, label: &label }), Err(expected.clone()));
        let error = models[0].fit(ToyData { x: &x, label }, fit()).unwrap_err();
        let expected = StepError::Data(expected);
        assert!(matches!(&error, FitError::Step { source, .. } if *source == expected), "{error}");
        let error = models[0].predict(npy(&directory.join("x.npy"), &[0.0; 10], 5)).unwrap_err();
        assert_eq!(error, DataError::Width { port: "x", expected: 4, found: 5 });
    }

    #[test]
    fn a_row_larger_than_the_cache_is_a_chunk() {
        let directory = Directory::new("wide");
        let path = directory.join("x.npy");
        let mut bytes = header(1, "'|u1', 'fortran_order': False, 'shape': (3, 5)");
        bytes.extend(0..15);
        std::fs::write(&path, bytes).unwrap();
        let column = Npy::open(&path).unwrap().cache(1).scale(0.5);
        assert_eq!(column.access(), Access::Chunks(1));
        let mut row = [0.0f32; 5];
        column.read(2, &mut row).unwrap();
        assert_eq!(row, [5.0, 5.5, 6.0, 6.5, 7.0]);
    }

    #[test]
    fn a_file_that_is_cut_off_later_is_an_error_and_can_be_read_again() {
        let directory = Directory::new("cut");
        let path = directory.join("x.npy");
        let mut bytes = header(1, "'<u2', 'fortran_order': False, 'shape': (4,)");
        bytes.extend([1, 0, 2, 0, 3, 0, 4, 0]);
        std::fs::write(&path, &bytes).unwrap();
        let column = Npy::open(&path).unwrap().cache(4);
        std::fs::write(&path, &bytes[..bytes.len() - 3]).unwrap();
        let mut row = [0.0f32];
        let (expected, found) = (bytes.len() as u64, bytes.len() as u64 - 3);
        let error = ReadError::Length { file: path.as_path().into(), expected, found };
        assert_eq!(column.read(3, &mut row), Err(error));
        std::fs::write(&path, &bytes).unwrap();
        column.read(3, &mut row).unwrap();
        assert_eq!(row, [4.0]);
    }
}
