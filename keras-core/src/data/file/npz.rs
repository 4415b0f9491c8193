//! NumPy's `.npz`: a zip file of `.npy` files.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use zip::CompressionMethod::{self, Deflated, Stored};
use zip::ZipArchive;
use zip::result::ZipError;

use super::bytes::{Bytes, Reader};
use super::{FileColumn, npy};
use crate::data::ReadError;
use crate::data::error::{format, system};

/// A `.npz` file, what `numpy.savez` and `numpy.savez_compressed` write: arrays by name, each as in an
/// [`Npy`](super::Npy) file.
///
/// ```no_run
/// use keras_core::data::Npz;
///
/// // numpy.savez("digits.npz", x=images, y=labels)
/// let digits = Npz::open("digits.npz")?;
/// let (x, y) = (digits.column("x")?, digits.column("y")?);
/// # Ok::<(), keras_core::data::ReadError>(())
/// ```
pub struct Npz {
    file: Box<Path>,
    members: Vec<Member>,
}

struct Member {
    name: String,
    start: u64,
    packed: u64,
    len: u64,
    checksum: u32,
    method: CompressionMethod,
    encrypted: bool,
}

impl Npz {
    /// Opens a file and reads its directory.
    ///
    /// # Errors
    /// Where the file cannot be read, or is not a zip file.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, ReadError> {
        let file = path.as_ref();
        let reader = BufReader::new(File::open(file).map_err(system(file))?);
        let members = members(reader).map_err(|error| match error {
            ZipError::Io(error) => system(file)(error),
            error => format(file, "a zip file", error.to_string()),
        })?;
        Ok(Npz { file: file.into(), members })
    }

    /// The names of the arrays.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.members.iter().map(|member| member.name.as_str())
    }

    /// The array `name`. One that is compressed is unpacked once, to see that it is whole, and read from front to back.
    ///
    /// # Errors
    /// Where there is none of this name, or as for [`Npy::open`](super::Npy::open).
    pub fn column(&self, name: &str) -> Result<FileColumn, ReadError> {
        let Some(member) = self.members.iter().find(|member| member.name == name) else {
            let names: Vec<_> = self.names().map(|name| format!("`{name}`")).collect();
            return Err(format(&self.file, format!("an array `{name}`"), names.join(", ")));
        };
        npy::column(member.bytes(&self.file)?)
    }
}

fn members(reader: BufReader<File>) -> Result<Vec<Member>, ZipError> {
    let mut archive = ZipArchive::new(reader)?;
    let count = archive.len();
    let member = |i| {
        let entry = archive.by_index_raw(i)?;
        let name = entry.name()?;
        Ok(Member {
            name: name.strip_suffix(".npy").unwrap_or(&name).to_owned(),
            start: entry.data_start().ok_or(ZipError::FileNotFound)?,
            packed: entry.compressed_size(),
            len: entry.size(),
            checksum: entry.crc32(),
            method: entry.compression(),
            encrypted: entry.encrypted(),
        })
    };
    (0..count).map(member).collect()
}

impl Member {
    fn bytes(&self, file: &Path) -> Result<Bytes, ReadError> {
        let expected = "an array that is stored or deflated";
        match self.method {
            _ if self.encrypted => Err(format(file, expected, "an encrypted one")),
            Deflated => Bytes::deflated(file, self.start, self.packed, self.checksum),
            Stored => {
                let reader = File::open(file).map_err(system(file))?;
                let found = reader.metadata().map_err(system(file))?.len();
                let expected = self.start.saturating_add(self.len);
                if found < expected {
                    return Err(ReadError::Length { file: file.into(), expected, found });
                }
                let reader = Reader::Plain { file: reader, start: self.start };
                Ok(Bytes { file: file.into(), len: self.len, reader })
            }
            method => Err(format(file, expected, method.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;
    use crate::data::file::npy::tests::{golden, header, numbers};
    use crate::data::{Access, Column};
    use crate::toy::Directory;

    #[test]
    fn files_of_numpy_are_read() {
        for (name, random) in [("stored.npz", true), ("deflated.npz", false)] {
            let file = Npz::open(golden(name)).unwrap();
            assert_eq!(file.names().collect::<Vec<_>>(), ["x", "label"]);
            let (x, label) = (file.column("x").unwrap(), file.column("label").unwrap());
            assert_eq!((x.rows(), x.width()), (3, 2));
            assert_eq!(numbers(&x), [0.0, 1.0, 0.5, -3.0, 100.0, 2.0], "{name}");
            assert_eq!(numbers(&label), [0.0, 1.0, 2.0], "{name}");
            assert_eq!(matches!(Column::<f32>::access(&x), Access::Chunks(_)), random);
        }
    }

    #[test]
    fn what_is_not_there_is_told() {
        let error = Npz::open(golden("stored.npz")).unwrap().column("y").err().unwrap();
        assert!(
            error.to_string().ends_with("expected an array `y`, found `x`, `label`"),
            "{error}"
        );
        let error = Npz::open(golden("f4.npy")).err().unwrap().to_string();
        assert!(error.contains("expected a zip file, found "), "{error}");
        assert!(matches!(Npz::open("no/such/file").err(), Some(ReadError::System { .. })));
    }

    /// A file with the array `x` of 500 bytes, of which the header promises `promised`, changed by `change`.
    fn written(
        method: CompressionMethod,
        promised: usize,
        change: impl Fn(&mut Vec<u8>),
    ) -> String {
        let directory = Directory::new(&format!("npz-{method}-{promised}"));
        let path = directory.join("x.npz");
        let mut writer = ZipWriter::new(File::create(&path).unwrap());
        writer
            .start_file("x.npy", SimpleFileOptions::default().compression_method(method))
            .unwrap();
        let text = format!("'|u1', 'fortran_order': False, 'shape': ({promised},)");
        let data = (0..500).map(|i| crate::random::mix(1, i) as u8);
        writer.write_all(&header(1, &text).into_iter().chain(data).collect::<Vec<_>>()).unwrap();
        writer.finish().unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        change(&mut bytes);
        std::fs::write(&path, bytes).unwrap();
        match Npz::open(&path).and_then(|file| file.column("x")) {
            Ok(column) => format!("{} rows", column.rows()),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn broken_files_are_refused() {
        for method in [Stored, Deflated] {
            assert_eq!(written(method, 500, |_| ()), "500 rows");
            let short = written(method, 1 << 40, |_| ());
            assert!(short.contains("expected 1099511627"), "{short}");
            let cut = written(method, 501, |bytes| bytes.truncate(bytes.len() / 2));
            assert!(cut.contains("expected a zip file"), "{cut}");
        }
        // The directory promises what the header does; it is 2³¹ − 1 bytes, of which 77 are the header.
        let lie = written(Stored, (1 << 31) - 78, |bytes| {
            let entry = bytes.windows(4).position(|found| found == b"PK\x01\x02").unwrap();
            bytes[entry + 20..][..8].copy_from_slice(&[255, 255, 255, 127, 255, 255, 255, 127]);
        });
        assert!(lie.contains("expected 2147483"), "{lie}");
        // The end of the random numbers, which are not compressed.
        let broken = written(Deflated, 500, |bytes| bytes[300] ^= 1);
        assert!(
            broken.contains("data with the checksum") || broken.contains("corrupt"),
            "{broken}"
        );
    }
}
