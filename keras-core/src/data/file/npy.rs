//! NumPy's `.npy`.

use std::path::Path;

use super::FileColumn;
use super::bytes::Bytes;
use super::element::{Element, Kind};
use crate::data::ReadError;
use crate::data::error::format;

/// The longest header that is read; NumPy itself warns above 10 000 bytes.
const HEADER: u64 = 1 << 16;

/// `.npy` files (format 1 to 3), what `numpy.save` writes: arrays of floats (16, 32, 64 bits), integers (8 to 64 bits) or
/// booleans, in both orders of bytes, in C order.
///
/// ```
/// use keras_core::data::Npy;
///
/// # let path = std::env::temp_dir().join(format!("keras-doc-{}.npy", std::process::id()));
/// // numpy.save("x.npy", numpy.array([[1, 2], [3, 4], [5, 6]], dtype="uint8"))
/// let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (3, 2), }\n";
/// # let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
/// # bytes.extend((header.len() as u16).to_le_bytes());
/// # bytes.extend(header.bytes().chain(1..=6));
/// # std::fs::write(&path, bytes)?;
///
/// let x = Npy::open(&path)?;
/// assert_eq!((x.rows(), x.width()), (3, 2));
/// # std::fs::remove_file(&path)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Npy;

impl Npy {
    /// Opens a file.
    ///
    /// # Errors
    /// Where the file cannot be read, is not `.npy`, has another type of numbers or Fortran order, or is not as long as its
    /// header says.
    pub fn open(path: impl AsRef<Path>) -> Result<FileColumn, ReadError> {
        column(Bytes::open(path.as_ref())?)
    }
}

/// The array that these bytes are.
pub(super) fn column(mut bytes: Bytes) -> Result<FileColumn, ReadError> {
    let magic = bytes.array::<8>(0)?;
    let [0x93, b'N', b'U', b'M', b'P', b'Y', version @ 1..=3, _] = magic else {
        let expected = "`.npy` of format 1, 2 or 3";
        return Err(format(
            &bytes.file,
            expected,
            format!("{:?}", magic.escape_ascii().to_string()),
        ));
    };
    let (start, len) = match version {
        1 => (10, u64::from(u16::from_le_bytes(bytes.array(8)?))),
        _ => (12, u64::from(u32::from_le_bytes(bytes.array(8)?))),
    };
    if len > HEADER {
        let expected = format!("a header of at most {HEADER} bytes");
        return Err(format(&bytes.file, expected, len.to_string()));
    }
    let mut header = vec![0; len as usize];
    bytes.read(start, &mut header)?;
    let header = String::from_utf8_lossy(&header);
    let (element, shape) = parse(&header)
        .map_err(|(expected, found)| format(&bytes.file, expected, format!("`{found}`")))?;
    bytes.column(start + len, element, &shape)
}

/// What was expected, and what was found.
type Misfit<'a> = (&'static str, &'a str);

/// Reads `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
fn parse(header: &str) -> Result<(Element, Vec<usize>), Misfit<'_>> {
    let header = header.trim();
    let value = |key| {
        let value =
            header.split_once(key).and_then(|(_, rest)| rest.trim_start().strip_prefix(':'));
        value
            .map(str::trim_start)
            .ok_or(("a header with `descr`, `fortran_order` and `shape`", header))
    };
    let element = element(value("'descr'")?)?;
    if !value("'fortran_order'")?.starts_with("False") {
        return Err(("C order; save `numpy.ascontiguousarray(x)`", "fortran_order"));
    }
    let shape = value("'shape'")?;
    let sizes = shape.strip_prefix('(').and_then(|shape| shape.split_once(')'));
    let (sizes, _) = sizes.ok_or(("a shape", shape))?;
    let sizes = sizes.split(',').map(str::trim).filter(|size| !size.is_empty());
    let sizes = sizes.map(|size| size.parse().map_err(|_| ("a size", size)));
    Ok((element, sizes.collect::<Result<_, _>>()?))
}

fn element(descr: &str) -> Result<Element, Misfit<'_>> {
    let code = descr.strip_prefix('\'').and_then(|rest| rest.split_once('\''));
    let misfit = ("an array of floats, integers or booleans", code.map_or(descr, |(code, _)| code));
    let (order, code) = misfit.1.split_at_checked(1).ok_or(misfit)?;
    let kind = match code {
        "b1" => Kind::Bool,
        "u1" => Kind::U8,
        "i1" => Kind::I8,
        "u2" => Kind::U16,
        "i2" => Kind::I16,
        "u4" => Kind::U32,
        "i4" => Kind::I32,
        "u8" => Kind::U64,
        "i8" => Kind::I64,
        "f2" => Kind::F16,
        "f4" => Kind::F32,
        "f8" => Kind::F64,
        _ => return Err(misfit),
    };
    match order {
        "<" | "|" => Ok(Element { kind, big: false }),
        ">" => Ok(Element { kind, big: true }),
        _ => Err(misfit),
    }
}

#[cfg(test)]
pub(in crate::data) mod tests {
    use super::*;
    use crate::toy::Directory;

    /// The first bytes of a file of this version, whose header has the description `'<f4', … 'shape': (3, 4)`.
    pub(in crate::data) fn header(version: u8, description: &str) -> Vec<u8> {
        let text = format!("{{'descr': {description}, }}\n");
        let mut bytes = [b"\x93NUMPY", &[version, 0][..]].concat();
        match version {
            1 => bytes.extend((text.len() as u16).to_le_bytes()),
            _ => bytes.extend((text.len() as u32).to_le_bytes()),
        }
        bytes.extend(text.bytes());
        bytes
    }

    /// All numbers of a column.
    pub(in crate::data) fn numbers(column: &FileColumn) -> Vec<f64> {
        let mut all = vec![0.0; column.rows() * column.width()];
        for (row, out) in all.chunks_mut(column.width()).enumerate() {
            column.read(row, out).unwrap();
        }
        all
    }

    /// A file that NumPy wrote.
    pub(in crate::data) fn golden(name: &str) -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/files").join(name)
    }

    fn message(bytes: &[u8]) -> String {
        let directory = Directory::new(&format!("npy-{}", bytes.len()));
        let path = directory.join("file");
        std::fs::write(&path, bytes).unwrap();
        let error = Npy::open(&path).err().expect("the file is refused").to_string();
        error.replace(&*path.to_string_lossy(), "file")
    }

    #[test]
    fn files_of_numpy_are_read() {
        let expected = [0.0, 1.0, 0.5, -3.0, 100.0, 2.0];
        for name in ["f2", "f4", "f8", "f4_big", "f8_v2", "f8_v3"] {
            let column = Npy::open(golden(&format!("{name}.npy"))).unwrap();
            assert_eq!((column.rows(), column.width()), (3, 2), "{name}");
            assert_eq!(numbers(&column), expected, "{name}");
        }
        let truncated = expected.map(f64::trunc);
        for name in ["i1", "i2", "i4", "i8", "i4_big"] {
            assert_eq!(
                numbers(&Npy::open(golden(&format!("{name}.npy"))).unwrap()),
                truncated,
                "{name}"
            );
        }
        for name in ["u1", "u2", "u4", "u8", "u2_big"] {
            let column = Npy::open(golden(&format!("{name}.npy"))).unwrap();
            assert_eq!(numbers(&column), truncated.map(f64::abs), "{name}");
        }
        let booleans = Npy::open(golden("bool.npy")).unwrap();
        assert_eq!(numbers(&booleans), [0.0, 1.0, 1.0, 1.0, 1.0, 1.0]);
        assert_eq!((booleans.rows(), booleans.width()), (6, 1));
    }

    #[test]
    fn files_of_numpy_that_are_not_rows_of_numbers_are_refused() {
        let found = |name: &str| Npy::open(golden(name)).err().unwrap().to_string();
        assert!(found("fortran.npy").ends_with(
            "expected C order; save `numpy.ascontiguousarray(x)`, found `fortran_order`"
        ));
        let text = found("text.npy");
        assert!(
            text.ends_with("expected an array of floats, integers or booleans, found `<U3`"),
            "{text}"
        );
        assert!(found("scalar.npy").ends_with("found a single number"));
    }

    #[test]
    fn what_is_wrong_is_told() {
        let float =
            |shape: &str| header(1, &format!("'<f4', 'fortran_order': False, 'shape': {shape}"));
        let mut cut = float("(2, 3)");
        cut.extend([0; 20]);
        let (expected, found) = (cut.len() + 4, cut.len());
        assert_eq!(
            message(&cut),
            format!(
                "`file`: expected {expected} bytes, found {found}; the file is cut off, or its header is wrong"
            )
        );
        assert!(message(&float("(1152921504606846976, 2)")).contains("expected 9223372036854775"));
        assert!(message(&float("(2, -3)")).ends_with("expected a size, found `-3`"));
        assert!(message(&float("2")).ends_with("expected a shape, found `2, }`"));
        assert!(message(&float("(4, 0)")).ends_with("found the shape [4, 0]"));
        assert!(
            message(b"PK\x03\x04 a zip")
                .ends_with(r#"expected `.npy` of format 1, 2 or 3, found "PK\\x03\\x04 a z""#)
        );
        assert!(message(&header(4, "'<f4'")).contains("expected `.npy` of format"));
        assert!(message(b"\x93NUMPY\x01\x00").contains("expected 10 bytes, found 8"));
        assert!(
            message(b"\x93NUMPY\x02\x00\xFF\xFF\xFF\xFF")
                .ends_with("at most 65536 bytes, found 4294967295")
        );
        assert!(
            message(&header(1, "")).contains("expected an array of floats, integers or booleans")
        );
        assert!(message(&header(2, "'<c8', 'shape': (2,)")).ends_with("found `<c8`"));
        assert!(message(&header(2, "'é'")).ends_with("found `é`"));
        assert!(
            message(&header(2, "'<f4'"))
                .contains("a header with `descr`, `fortran_order` and `shape`")
        );
        let structured = "[('a', '<f4'), ('b', '<i4')], 'fortran_order': False, 'shape': (1,)";
        assert!(message(&header(1, structured)).contains("expected an array of floats"));
    }
}
