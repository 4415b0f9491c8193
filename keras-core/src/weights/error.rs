//! What can go wrong with weights.

use std::path::PathBuf;

/// Why weights could not be saved, loaded or found. The model is as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WeightsError {
    /// The file could not be read or written.
    #[error("cannot {action} `{}`: {source}", file.display())]
    Io {
        /// `read` or `write`.
        action: &'static str,
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is not a complete safetensors file.
    #[error("`{}` is not a complete safetensors file: {source}; save the weights again", file.display())]
    Corrupt {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        source: safetensors::SafeTensorError,
    },
    /// The model has a weight that the file lacks.
    #[error("`{}` has no weight `{weight}`, which the model has; was it saved from another model?", file.display())]
    Missing {
        /// The file.
        file: PathBuf,
        /// The weight's path.
        weight: String,
    },
    /// The file has a weight that the model lacks.
    #[error("`{}` has a weight `{weight}`, which the model lacks; was it saved from another model?", file.display())]
    Unexpected {
        /// The file.
        file: PathBuf,
        /// The weight's path.
        weight: String,
    },
    /// A weight of the file has another shape than the model's.
    #[error("weight `{weight}` of `{}` must be {expected:?}, found {found:?}", file.display())]
    FileShape {
        /// The file.
        file: PathBuf,
        /// The weight's path.
        weight: String,
        /// The shape in the model.
        expected: Vec<usize>,
        /// The shape in the file.
        found: Vec<usize>,
    },
    /// A weight of the file is not made of floats of 32 or 64 bits.
    #[error("weight `{weight}` of `{}` must be F32 or F64, found {found:?}; convert the file", file.display())]
    Dtype {
        /// The file.
        file: PathBuf,
        /// The weight's path.
        weight: String,
        /// The kind of numbers in the file.
        found: safetensors::Dtype,
    },
    /// A file of the whole state lacks something, or has something else.
    #[error("`{}`: {reason}", file.display())]
    State {
        /// The file.
        file: PathBuf,
        /// What was expected, and what was found.
        reason: String,
    },
    /// The model has no weight of this name.
    #[error("the model has no weight `{weight}`; it has {}", names.join(", "))]
    Unknown {
        /// The name that was asked for.
        weight: String,
        /// The names there are.
        names: Vec<String>,
    },
    /// The values given for a weight have another shape.
    #[error("weight `{weight}` must be {expected:?}, found {found:?}")]
    Shape {
        /// The weight's path.
        weight: String,
        /// Its shape.
        expected: Vec<usize>,
        /// The shape of the values.
        found: Vec<usize>,
    },
}
