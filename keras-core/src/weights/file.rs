//! Weights in safetensors files, by path: `head/centers`.

use std::path::Path;

use safetensors::{Dtype, SafeTensors, tensor::TensorView};

use super::{OTHER, Weight, WeightsError, atomic};
use crate::float::Float;

/// The key of our own text in the header of a file.
const HEADER: &str = "keras-core";

/// What a file holds besides weights.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Others {
    /// A text for the header.
    pub text: Option<String>,
    /// Named vectors. Those of an `f32` are exact in an `f64`.
    pub vectors: Vec<(String, Vec<f64>)>,
}

/// Writes the weights as a safetensors file, F32 or F64 as the scalar is. The file is replaced as a whole or not at all.
///
/// # Errors
/// [`WeightsError::Io`] where the file cannot be written; what was there before is still there.
pub(crate) fn save<F: Float>(
    path: &Path,
    weights: &[Weight],
    values: &[F],
    others: &Others,
) -> Result<(), WeightsError> {
    let write = |file: &mut std::fs::File| {
        let bytes = serialize(weights, values, others).map_err(std::io::Error::other)?;
        std::io::Write::write_all(file, &bytes)
    };
    atomic::write(path, write).map_err(|source| io("write", path, source))
}

/// Reads the values of all weights from a safetensors file, F32 or F64, and what else it holds.
///
/// # Errors
/// Where the file cannot be read, is not complete, or does not hold exactly these weights in these shapes.
pub(crate) fn load<F: Float>(
    path: &Path,
    weights: &[Weight],
) -> Result<(Vec<F>, Others), WeightsError> {
    let bytes = std::fs::read(path).map_err(|source| io("read", path, source))?;
    let corrupt = |source| WeightsError::Corrupt { file: path.into(), source };
    let tensors = SafeTensors::deserialize(&bytes).map_err(corrupt)?;
    let (_, header) = SafeTensors::read_metadata(&bytes).map_err(corrupt)?;
    let text = header.metadata().as_ref().and_then(|texts| texts.get(HEADER).cloned());
    let mut others = Others { text, vectors: Vec::new() };
    let is_weight = |name: &str| weights.iter().any(|weight| weight.path == name);
    for name in tensors.names().into_iter().filter(|name| !is_weight(name)) {
        let Some(other) = name.strip_prefix(OTHER) else {
            return Err(WeightsError::Unexpected { file: path.into(), weight: name.to_owned() });
        };
        let tensor = tensors.tensor(name).map_err(corrupt)?;
        let mut numbers = vec![0.0; tensor.shape().iter().product()];
        read(path, name, &tensor, &mut numbers)?;
        others.vectors.push((other.to_owned(), numbers));
    }
    let mut values = vec![F::zero(); weights.last().map_or(0, |last| last.range().end)];
    for weight in weights {
        let missing = |_| WeightsError::Missing { file: path.into(), weight: weight.path.clone() };
        let tensor = tensors.tensor(&weight.path).map_err(missing)?;
        if tensor.shape() != weight.sizes() {
            let (file, weight, expected) = (path.into(), weight.path.clone(), weight.sizes());
            let found = tensor.shape().to_vec();
            return Err(WeightsError::FileShape { file, weight, expected, found });
        }
        read(path, &weight.path, &tensor, &mut values[weight.range()])?;
    }
    Ok((values, others))
}

fn io(action: &'static str, path: &Path, source: std::io::Error) -> WeightsError {
    WeightsError::Io { action, file: path.into(), source }
}

/// Numbers as bytes, and the sizes of their tensor.
type Stored = (String, Dtype, Vec<usize>, Vec<u8>);

fn serialize<F: Float>(
    weights: &[Weight],
    values: &[F],
    others: &Others,
) -> Result<Vec<u8>, safetensors::SafeTensorError> {
    let dtype = if size_of::<F>() == size_of::<f32>() { Dtype::F32 } else { Dtype::F64 };
    let weights = weights.iter().map(|weight| -> Stored {
        let numbers = values[weight.range()].iter().map(|v| v.f64());
        (weight.path.clone(), dtype, weight.sizes(), bytes(dtype, numbers))
    });
    let others_stored = others.vectors.iter().map(|(name, numbers)| -> Stored {
        let bytes = bytes(Dtype::F64, numbers.iter().copied());
        (format!("{OTHER}{name}"), Dtype::F64, vec![numbers.len()], bytes)
    });
    let stored: Vec<Stored> = weights.chain(others_stored).collect();
    let mut tensors = Vec::new();
    for (name, dtype, sizes, bytes) in &stored {
        tensors.push((name.as_str(), TensorView::new(*dtype, sizes.clone(), bytes)?));
    }
    let text = others.text.clone().map(|text| (HEADER.to_owned(), text));
    safetensors::serialize(tensors, text.map(|text| [text].into()))
}

fn bytes(dtype: Dtype, numbers: impl Iterator<Item = f64>) -> Vec<u8> {
    match dtype {
        Dtype::F32 => numbers.flat_map(|v| (v as f32).to_le_bytes()).collect(),
        _ => numbers.flat_map(f64::to_le_bytes).collect(),
    }
}

/// Copies the numbers of one tensor to `out`, which is as long.
fn read<F: Float>(
    path: &Path,
    name: &str,
    tensor: &TensorView<'_>,
    out: &mut [F],
) -> Result<(), WeightsError> {
    match tensor.dtype() {
        Dtype::F32 => copy(tensor.data(), out, |bytes| f32::from_le_bytes(bytes).into()),
        Dtype::F64 => copy(tensor.data(), out, f64::from_le_bytes),
        found => {
            return Err(WeightsError::Dtype { file: path.into(), weight: name.to_owned(), found });
        }
    }
    Ok(())
}

fn copy<F: Float, const SIZE: usize>(bytes: &[u8], out: &mut [F], of: impl Fn([u8; SIZE]) -> f64) {
    for (value, bytes) in out.iter_mut().zip(bytes.as_chunks::<SIZE>().0) {
        *value = F::of(of(*bytes));
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::backend::Native;
    use crate::model::Model;
    use crate::toy::{Directory, Toy};

    type Single = Model<Toy, f32, Native>;
    type Double = Model<Toy, f64, Native>;

    /// Writes a file of these tensors, all numbers 1.
    fn write(path: &Path, dtype: Dtype, tensors: &[(&str, &[usize])]) {
        let bytes: Vec<u8> = [1f32; 64].iter().flat_map(|v| v.to_le_bytes()).collect();
        let view = |sizes: &[usize]| {
            let len = sizes.iter().product::<usize>() * dtype.bitsize() / 8;
            TensorView::new(dtype, sizes.to_vec(), &bytes[..len]).unwrap()
        };
        let tensors: Vec<_> = tensors.iter().map(|(name, sizes)| (*name, view(sizes))).collect();
        fs::write(path, safetensors::serialize(tensors, None).unwrap()).unwrap();
    }

    /// The error of loading `path`, which must leave the model as it was.
    fn refused(path: &Path) -> WeightsError {
        let mut model = Single::init(5);
        let before = model.weights_flat().to_vec();
        let error = model.load_weights(path).unwrap_err();
        assert_eq!(model.weights_flat(), before);
        assert!(error.to_string().contains(path.file_name().unwrap().to_str().unwrap()), "{error}");
        error
    }

    #[test]
    fn a_round_trip_keeps_every_bit() {
        let directory = Directory::new("round");
        let path = directory.join("weights.safetensors");
        let model = Single::init(1);
        model.save_weights(&path).unwrap();
        let mut other = Single::init(2);
        assert_ne!(other.weights_flat(), model.weights_flat());
        other.load_weights(&path).unwrap();
        assert_eq!(other.weights_flat(), model.weights_flat());
    }

    #[test]
    fn a_model_without_weights_has_a_file_too() {
        let directory = Directory::new("empty");
        let path = directory.join("weights.safetensors");
        save::<f32>(&path, &[], &[], &Others::default()).unwrap();
        assert!(load::<f32>(&path, &[]).unwrap().0.is_empty());
    }

    #[test]
    fn scalars_are_converted() {
        let directory = Directory::new("convert");
        let path = directory.join("weights.safetensors");
        Single::init(1).save_weights(&path).unwrap();
        let mut double = Double::init(2);
        double.load_weights(&path).unwrap();
        assert_eq!(double.weights_flat(), Single::init(1).cast::<f64>().weights_flat());
        double.save_weights(&path).unwrap();
        let mut single = Single::init(3);
        single.load_weights(&path).unwrap();
        assert_eq!(single.weights_flat(), Single::init(1).weights_flat());
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let directory = Directory::new("misfit");
        let path = directory.join("other.safetensors");
        let kernel: (&str, &[usize]) = ("head/kernel", &[4, 3]);
        let scale: (&str, &[usize]) = ("scale", &[]);
        write(&path, Dtype::F32, &[scale, kernel]);
        assert!(
            matches!(refused(&path), WeightsError::Missing { weight, .. } if weight == "head/bias")
        );
        write(&path, Dtype::F32, &[scale, kernel, ("head/bias", &[3]), ("tail", &[1])]);
        assert!(
            matches!(refused(&path), WeightsError::Unexpected { weight, .. } if weight == "tail")
        );
        write(&path, Dtype::F32, &[scale, kernel, ("head/bias", &[3, 1])]);
        assert!(matches!(
            refused(&path),
            WeightsError::FileShape { weight, expected, found, .. }
                if weight == "head/bias" && expected == [3] && found == [3, 1]
        ));
        write(&path, Dtype::I32, &[scale, kernel, ("head/bias", &[3])]);
        assert!(matches!(refused(&path), WeightsError::Dtype { found: Dtype::I32, .. }));
    }

    #[test]
    fn a_broken_file_is_refused() {
        let directory = Directory::new("broken");
        let path = directory.join("weights.safetensors");
        assert!(matches!(refused(&path), WeightsError::Io { action: "read", .. }));
        Single::init(1).save_weights(&path).unwrap();
        let whole = fs::read(&path).unwrap();
        for len in [0, 4, 20, whole.len() - 1] {
            fs::write(&path, &whole[..len]).unwrap();
            assert!(matches!(refused(&path), WeightsError::Corrupt { .. }), "{len} bytes");
        }
        fs::write(&path, b"these are not weights, whatever their name says").unwrap();
        assert!(matches!(refused(&path), WeightsError::Corrupt { .. }));
    }

    #[test]
    fn a_directory_that_is_not_there_is_named() {
        let directory = Directory::new("nowhere");
        let path = directory.join("missing").join("weights.safetensors");
        let error = Single::init(1).save_weights(&path).unwrap_err();
        assert!(matches!(error, WeightsError::Io { action: "write", .. }));
        assert!(error.to_string().contains("missing"), "{error}");
    }
}
