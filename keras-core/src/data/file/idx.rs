//! IDX: the format of MNIST.

use std::path::Path;

use super::FileColumn;
use super::bytes::Bytes;
use super::element::{Element, Kind};
use crate::data::ReadError;
use crate::data::error::format;

/// IDX files, the format of MNIST: arrays of `u8`, `i8`, `i16`, `i32`, `f32` or `f64`, big endian, of any rank above 0.
///
/// ```
/// use keras_core::data::Idx;
///
/// # let path = std::env::temp_dir().join(format!("keras-doc-{}.idx", std::process::id()));
/// // Two images of 1 × 3 bytes.
/// std::fs::write(&path, [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 0, 51, 102, 153, 204, 255])?;
///
/// let images = Idx::open(&path)?.scale(1.0 / 255.0);
/// assert_eq!((images.rows(), images.width()), (2, 3));
/// # std::fs::remove_file(&path)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Idx;

impl Idx {
    /// Opens a file, plain or, with the feature `files`, gzip. A gzip file is unpacked once, to see how long it is, and read
    /// from front to back.
    ///
    /// # Errors
    /// Where the file cannot be read, is not IDX, or is not as long as its header says.
    pub fn open(path: impl AsRef<Path>) -> Result<FileColumn, ReadError> {
        let mut bytes = Bytes::open(path.as_ref())?;
        let magic = bytes.array::<4>(0)?;
        let [0, 0, kind, rank] = magic else {
            let expected = "IDX, which begins with two bytes 0";
            return Err(format(&bytes.file, expected, format!("{magic:?}")));
        };
        let kind = match kind {
            0x08 => Kind::U8,
            0x09 => Kind::I8,
            0x0B => Kind::I16,
            0x0C => Kind::I32,
            0x0D => Kind::F32,
            0x0E => Kind::F64,
            _ => {
                let expected = "an IDX type of 0x08, 0x09, 0x0B, 0x0C, 0x0D or 0x0E";
                return Err(format(&bytes.file, expected, format!("{kind:#04X}")));
            }
        };
        let size = |axis| Ok(u32::from_be_bytes(bytes.array(4 + 4 * axis)?) as usize);
        let shape = (0..u64::from(rank)).map(size).collect::<Result<Vec<_>, ReadError>>()?;
        bytes.column(4 + 4 * u64::from(rank), Element { kind, big: true }, &shape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Access, Column};
    use crate::toy::Directory;

    /// An IDX file of this type and shape, with these bytes.
    fn idx(kind: u8, shape: &[u32], data: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0, 0, kind, shape.len() as u8];
        bytes.extend(shape.iter().flat_map(|size| size.to_be_bytes()));
        bytes.extend(data);
        bytes
    }

    fn open(bytes: &[u8]) -> Result<FileColumn, String> {
        let directory =
            Directory::new(&format!("idx-{}", crate::random::mix(0, bytes.len() as u64)));
        let path = directory.join("file");
        std::fs::write(&path, bytes).unwrap();
        Idx::open(&path).map_err(|error| {
            error.to_string().replace(&*directory.to_string_lossy(), "").replace('\\', "/")
        })
    }

    fn message(bytes: &[u8]) -> String {
        open(bytes).err().expect("the file is refused")
    }

    #[test]
    fn every_type_is_read() {
        let numbers = |kind, data: &[&[u8]]| {
            let column = open(&idx(kind, &[2, 1], &data.concat())).unwrap();
            let mut row = [0.0f64];
            [0, 1].map(|i| {
                column.read(i, &mut row).unwrap();
                row[0]
            })
        };
        assert_eq!(numbers(0x08, &[&[7], &[255]]), [7.0, 255.0]);
        assert_eq!(numbers(0x09, &[&[7], &[255]]), [7.0, -1.0]);
        assert_eq!(numbers(0x0B, &[&300i16.to_be_bytes(), &[255; 2]]), [300.0, -1.0]);
        assert_eq!(numbers(0x0C, &[&(1i32 << 20).to_be_bytes(), &[255; 4]]), [1_048_576.0, -1.0]);
        let (a, b) = (1.5f32.to_be_bytes(), (-2f32).to_be_bytes());
        assert_eq!(numbers(0x0D, &[&a, &b]), [1.5, -2.0]);
        let (a, b) = (0.1f64.to_be_bytes(), (-2f64).to_be_bytes());
        assert_eq!(numbers(0x0E, &[&a, &b]), [0.1, -2.0]);
    }

    #[test]
    fn the_first_axis_counts_the_examples() {
        let column = open(&idx(8, &[2, 3, 2], &(0..12).collect::<Vec<_>>())).unwrap();
        assert_eq!(Column::<f32>::rows(&&column), 2);
        assert_eq!(Column::<f32>::access(&column), Access::Chunks(1 << 19));
        let mut row = [0.0f32; 6];
        column.read(1, &mut row).unwrap();
        assert_eq!(row, [6.0, 7.0, 8.0, 9.0, 10.0, 11.0]);
        assert_eq!(open(&idx(8, &[5], &[1; 5])).unwrap().width(), 1);
        assert_eq!(open(&idx(8, &[0, 5], &[])).unwrap().rows(), 0);
    }

    #[test]
    fn what_is_wrong_is_told() {
        assert_eq!(
            message(&idx(8, &[2, 3], &[0; 5])),
            "`/file`: expected 18 bytes, found 17; the file is cut off, or its header is wrong"
        );
        assert!(message(&idx(8, &[2, 3], &[0; 7])).contains("expected 18 bytes"));
        assert!(message(&[0, 0, 8, 3, 0, 0]).contains("expected 8 bytes, found 6"));
        assert!(message(&[]).contains("expected 4 bytes, found 0"));
        let found = message(b"PNG and more");
        assert_eq!(
            found,
            "`/file`: expected IDX, which begins with two bytes 0, found [80, 78, 71, 32]"
        );
        let found = message(&idx(10, &[1], &[0]));
        assert!(found.ends_with("0x08, 0x09, 0x0B, 0x0C, 0x0D or 0x0E, found 0x0A"), "{found}");
        let found = message(&idx(8, &[], &[0]));
        assert!(found.contains("expected an array whose first axis counts"), "{found}");
        let found = message(&idx(8, &[4, 0], &[]));
        assert!(
            found.ends_with("at least one number an example, found the shape [4, 0]"),
            "{found}"
        );
        let missing = Idx::open("no/such/file").err().unwrap();
        let kind = std::io::ErrorKind::NotFound;
        assert!(matches!(missing, ReadError::System { kind: found, .. } if found == kind));
    }

    #[test]
    fn a_header_makes_nobody_allocate() {
        let found = message(&idx(0x0E, &[u32::MAX; 255], &[0; 8]));
        assert!(found.contains(&format!("expected {} bytes", u64::MAX)), "{found}");
        let found = message(&idx(8, &[1 << 30, 1 << 30], &[0; 8]));
        assert!(found.contains(&format!("expected {} bytes", (1u64 << 60) + 12)), "{found}");
    }

    #[cfg(feature = "files")]
    mod packed {
        use std::io::Write;

        use super::*;

        fn gzip(bytes: &[u8]) -> Vec<u8> {
            let mut writer = flate2::write::GzEncoder::new(Vec::new(), Default::default());
            writer.write_all(bytes).unwrap();
            writer.finish().unwrap()
        }

        #[test]
        fn gzip_is_read_from_front_to_back_and_again() {
            let directory = Directory::new("idx-gzip");
            let path = directory.join("x.gz");
            let data: Vec<u8> = (0..=255).collect();
            std::fs::write(&path, gzip(&idx(8, &[128, 2], &data))).unwrap();
            let column = Idx::open(&path).unwrap().cache(8);
            assert_eq!(Column::<f32>::access(&column), Access::Sequential(4));
            let mut row = [0.0f32; 2];
            for i in (0..128).chain([5, 127, 0, 64]) {
                column.read(i, &mut row).unwrap();
                assert_eq!(row, [2.0 * i as f32, 2.0 * i as f32 + 1.0]);
            }
        }

        #[test]
        fn broken_gzip_is_refused() {
            let data: Vec<u8> = (0..1000).map(|i| crate::random::mix(0, i) as u8).collect();
            let packed = gzip(&idx(8, &[1000], &data));
            let found = message(&packed[..packed.len() / 2]);
            assert!(found.contains("expected 1008 bytes, found "), "{found}");
            let mut broken = packed.clone();
            let last = broken.len() - 5;
            broken[last] ^= 1;
            assert!(message(&broken).contains("corrupt"), "{}", message(&broken));
            assert!(message(&gzip(&idx(8, &[1 << 30], &[0]))).contains("found 9"));
        }
    }
}
