//! Tables of numbers in lines.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::ops::Range;
use std::path::Path;

use csv::{ByteRecord, ErrorKind, Position, Reader, ReaderBuilder};

use super::element::{Element, Kind};
use super::{FileColumn, Source};
use crate::data::ReadError;
use crate::data::error::{format, system};

/// After how many rows a place in the file is noted that can be gone back to.
const STEP: usize = 1024;

/// Files of lines with numbers between commas.
///
/// ```
/// use keras_core::data::Csv;
///
/// # let path = std::env::temp_dir().join(format!("keras-doc-{}.csv", std::process::id()));
/// std::fs::write(&path, "width,height,label\n0.5,1,0\n1.5,-2e-3,1\n")?;
///
/// let file = Csv::open(&path)?;
/// let (x, label) = (file.columns(0..2)?, file.column("label")?);
/// assert_eq!((x.rows(), x.width(), label.width()), (2, 2, 1));
///
/// let error = file.separator(b';').column("label").err().unwrap();
/// assert!(error.to_string().ends_with("expected a column `label`, found `width,height,label`"));
/// # std::fs::remove_file(&path)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Csv {
    file: Box<Path>,
    has_headers: bool,
    separator: u8,
}

/// Which cells of a line are read: a range, counted from 0, or names.
pub enum Cells {
    /// The cells at these places.
    Range(Range<usize>),
    /// The cells with these names in the first line.
    Names(Vec<String>),
}

impl From<Range<usize>> for Cells {
    fn from(range: Range<usize>) -> Self {
        Cells::Range(range)
    }
}

impl From<&str> for Cells {
    fn from(name: &str) -> Self {
        Cells::Names(vec![name.to_owned()])
    }
}

impl<const N: usize> From<[&str; N]> for Cells {
    fn from(names: [&str; N]) -> Self {
        Cells::Names(names.map(str::to_owned).into())
    }
}

impl Csv {
    /// A file with names in its first line and commas between its cells.
    ///
    /// # Errors
    /// Where the file cannot be opened.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, ReadError> {
        let file: Box<Path> = path.as_ref().into();
        File::open(&file).map_err(system(&file))?;
        Ok(Csv { file, has_headers: true, separator: b',' })
    }

    /// Whether the first line has names, not numbers; it does unless told otherwise.
    pub fn has_headers(self, has_headers: bool) -> Self {
        Csv { has_headers, ..self }
    }

    /// The byte between the cells: `b','` unless told otherwise.
    pub fn separator(self, separator: u8) -> Self {
        Csv { separator, ..self }
    }

    /// The cells of one name; as [`columns`](Self::columns).
    ///
    /// # Errors
    /// As [`columns`](Self::columns).
    pub fn column(&self, name: &str) -> Result<FileColumn, ReadError> {
        self.columns(name)
    }

    /// The cells `cells` of every line: a range such as `0..64`, or names such as `["width", "height"]`.
    ///
    /// The file is read once, to count its lines and to see that they are whole; no line is kept.
    ///
    /// # Errors
    /// Where the file cannot be read, there are no such cells, a line has more or fewer cells than the first one, or one of
    /// `cells` is not a number.
    pub fn columns(&self, cells: impl Into<Cells>) -> Result<FileColumn, ReadError> {
        let mut lines = Lines::open(self)?;
        let first = lines.place();
        lines.next()?;
        lines.count = lines.record.len();
        lines.cells = lines.find(cells.into(), self.has_headers)?;
        if !self.has_headers {
            lines.go(first)?;
        }
        let (rows, width) = (lines.scan()?, lines.cells.len());
        Ok(FileColumn::new(rows, width, Element { kind: Kind::F64, big: false }, lines))
    }
}

/// The lines of a file; as a source, its rows are 64-bit floats, little endian.
struct Lines {
    file: Box<Path>,
    reader: Reader<File>,
    record: ByteRecord,
    /// The cells of every line, and those that are read.
    count: usize,
    cells: Vec<usize>,
    /// Where every `STEP`th row begins.
    marks: Vec<Position>,
    /// The row that is next.
    at: usize,
}

impl Lines {
    fn open(csv: &Csv) -> Result<Self, ReadError> {
        let file = File::open(&csv.file).map_err(system(&csv.file))?;
        let mut builder = ReaderBuilder::new();
        let builder = builder.has_headers(false).flexible(true).delimiter(csv.separator);
        Ok(Lines {
            file: csv.file.clone(),
            reader: builder.from_reader(file),
            record: ByteRecord::new(),
            count: 0,
            cells: Vec::new(),
            marks: Vec::new(),
            at: 0,
        })
    }

    /// The places of `cells` in the line that was read.
    fn find(&self, cells: Cells, has_headers: bool) -> Result<Vec<usize>, ReadError> {
        let names = || {
            let names: Vec<_> = self.record.iter().map(text).collect();
            format!("`{}`", names.join("`, `"))
        };
        match cells {
            Cells::Range(range) if range.end <= self.count && !range.is_empty() => {
                Ok(range.collect())
            }
            Cells::Range(range) => {
                let found = format!("{} cells", self.count);
                Err(format(&self.file, format!("the cells {range:?}"), found))
            }
            Cells::Names(wanted) if !has_headers || wanted.is_empty() => {
                let expected = "names, and a first line that has them";
                Err(format(&self.file, expected, format!("{wanted:?}, and `has_headers(false)`")))
            }
            Cells::Names(wanted) => {
                let place = |wanted: &String| {
                    let place = self.record.iter().position(|name| text(name) == *wanted);
                    place.ok_or_else(|| format(&self.file, format!("a column `{wanted}`"), names()))
                };
                wanted.iter().map(place).collect()
            }
        }
    }

    /// Reads all rows: how many there are.
    fn scan(&mut self) -> Result<usize, ReadError> {
        loop {
            let place = self.place();
            if !self.next()? {
                return Ok(self.at);
            }
            if self.at.is_multiple_of(STEP) {
                self.marks.push(place);
            }
            self.at += 1;
            for cell in &self.cells {
                self.number(*cell)?;
            }
        }
    }

    fn place(&self) -> Position {
        self.reader.position().clone()
    }

    fn go(&mut self, place: Position) -> Result<(), ReadError> {
        self.reader.seek(place).map_err(|error| broken(&self.file, error))
    }

    /// Reads the next line, and whether there is one.
    fn next(&mut self) -> Result<bool, ReadError> {
        let more = self.reader.read_byte_record(&mut self.record);
        let more = more.map_err(|error| broken(&self.file, error))?;
        let (expected, found) = (self.count, self.record.len());
        if more && expected != 0 && found != expected {
            return Err(ReadError::Cells {
                file: self.file.clone(),
                line: self.line(),
                expected,
                found,
            });
        }
        Ok(more)
    }

    /// The line that was read last, counted from 1. Counted anew for an error: the reader takes what ends a line, if it is two
    /// bytes, and empty lines, for a part of the next record.
    fn line(&self) -> u64 {
        let start = self.record.position().map_or(0, Position::byte);
        let file = File::open(&self.file).map(BufReader::new);
        let bytes = file.into_iter().flat_map(Read::bytes).map_while(Result::ok);
        let in_front = |(i, byte): &(u64, u8)| *i < start || matches!(byte, b'\r' | b'\n');
        let ends = (0..).zip(bytes).take_while(in_front).filter(|(_, byte)| *byte == b'\n');
        1 + ends.count() as u64
    }

    /// The number in this cell of the line.
    fn number(&self, cell: usize) -> Result<f64, ReadError> {
        let found = text(&self.record[cell]);
        found.parse().map_err(|_| ReadError::Cell {
            file: self.file.clone(),
            line: self.line(),
            column: cell + 1,
            found: found.chars().take(40).collect::<String>().into(),
        })
    }
}

impl Source for Lines {
    fn read(&mut self, first: usize, out: &mut [u8]) -> Result<(), ReadError> {
        if self.at != first {
            // After an error the next read begins at a mark.
            self.at = usize::MAX;
            self.go(self.marks[first / STEP].clone())?;
            for _ in 0..first % STEP {
                self.next()?;
            }
        }
        self.at = usize::MAX;
        let width = self.cells.len();
        let (numbers, _) = out.as_chunks_mut::<8>();
        for row in numbers.chunks_exact_mut(width) {
            if !self.next()? {
                return Err(format(&self.file, "as many lines as before", "fewer"));
            }
            for (out, cell) in row.iter_mut().zip(&self.cells) {
                *out = self.number(*cell)?.to_le_bytes();
            }
        }
        self.at = first + numbers.len() / width;
        Ok(())
    }
}

/// A cell without the blanks around it.
fn text(cell: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(cell.trim_ascii())
}

fn broken(file: &Path, error: csv::Error) -> ReadError {
    let message = error.to_string();
    system(file)(match error.into_kind() {
        ErrorKind::Io(error) => error,
        _ => io::Error::new(io::ErrorKind::InvalidData, message),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::file::npy::tests::numbers;
    use crate::data::{Access, Column};
    use crate::toy::Directory;

    fn write(name: &str, text: &str) -> (Directory, Csv) {
        let directory = Directory::new(&format!("csv-{name}"));
        let path = directory.join("x.csv");
        std::fs::write(&path, text).unwrap();
        let csv = Csv::open(&path).unwrap();
        (directory, csv)
    }

    #[test]
    fn cells_are_chosen_by_place_and_by_name() {
        let (_directory, csv) = write("cells", "\u{feff}a, b ,c\n1,2,x\n\n 3 ,\"4\",y\n-5,6e1,z");
        assert_eq!(numbers(&csv.columns(0..2).unwrap()), [1.0, 2.0, 3.0, 4.0, -5.0, 60.0]);
        assert_eq!(numbers(&csv.columns(["b", "a"]).unwrap()), [2.0, 1.0, 4.0, 3.0, 60.0, -5.0]);
        assert_eq!(numbers(&csv.column("b").unwrap()), [2.0, 4.0, 60.0]);
        let (_directory, csv) = write("plain", "1;2\r\n3;4\r\n");
        let csv = csv.has_headers(false).separator(b';');
        assert_eq!(numbers(&csv.columns(0..2).unwrap()), [1.0, 2.0, 3.0, 4.0]);
        let (_directory, csv) = write("empty", "a,b\n");
        assert_eq!(csv.column("a").unwrap().rows(), 0);
    }

    #[test]
    fn rows_are_read_in_any_order_with_a_small_cache() {
        let rows = 5000;
        let lines: String = (0..rows).map(|i| format!("{i},{}\n", 2 * i)).collect();
        let (_directory, csv) = write("order", &lines);
        let column = csv.has_headers(false).columns(0..2).unwrap().cache(16 * 100);
        assert_eq!(Column::<f32>::access(&column), Access::Chunks(64));
        let mut row = [0.0f32; 2];
        for i in (0..rows).chain((0..rows).rev().step_by(77)) {
            column.read(i, &mut row).unwrap();
            assert_eq!(row, [i as f32, 2.0 * i as f32]);
        }
    }

    fn message(name: &str, text: &str, cells: impl Into<Cells>) -> String {
        let (directory, csv) = write(name, text);
        let error = csv.columns(cells).err().expect("the file is refused").to_string();
        error.replace(&*directory.join("x.csv").to_string_lossy(), "x.csv")
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let found = message("cell", "a,b\n1,2\n3,four\n", 0..2);
        assert_eq!(found, "`x.csv`, line 3, column 2: expected a number, found `four`");
        let found = message("dos", "a,b\r\n1,2\r\n3,\r\n", 0..2);
        assert_eq!(found, "`x.csv`, line 3, column 2: expected a number, found ``");
        let found = message("blank", "a,b\n\n\n1,2\n\n\"3\n\",?\n", 0..2);
        assert_eq!(found, "`x.csv`, line 6, column 2: expected a number, found `?`");
        let found = message("short", "a,b\n1,2\n3\n", 0..1);
        assert_eq!(found, "`x.csv`, line 3: expected 2 cells, as in the first line, found 1");
        let found = message("range", "a,b\n1,2\n", 1..3);
        assert_eq!(found, "`x.csv`: expected the cells 1..3, found 2 cells");
        let found = message("none", "", 0..1);
        assert_eq!(found, "`x.csv`: expected the cells 0..1, found 0 cells");
        let found = message("name", "a,b\n1,2\n", ["a", "c"]);
        assert_eq!(found, "`x.csv`: expected a column `c`, found `a`, `b`");
        let (_directory, csv) = write("headers", "1,2\n");
        let found = csv.has_headers(false).column("a").err().unwrap().to_string();
        assert!(found.ends_with("found [\"a\"], and `has_headers(false)`"), "{found}");
        assert!(matches!(Csv::open("no/such/file").err(), Some(ReadError::System { .. })));
    }
}
