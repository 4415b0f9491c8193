//! Pictures: of a model's layers, of its memory, and with the feature `plot` of a training's history.

use std::path::{Path, PathBuf};

use crate::weights::atomic;

#[cfg(feature = "plot")]
mod history;
mod layout;
mod model;
mod plan;

#[cfg(feature = "plot")]
pub(crate) use history::history;
#[cfg(feature = "plot")]
pub use history::register_font;
pub(crate) use model::model;
pub use plan::Plan;

/// Why there is no picture. What the file was before it still is.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlotError {
    /// The name of the file does not tell a format that can be drawn.
    #[error("the name of a picture must end in {expected}, found `{}`", file.display())]
    Format {
        /// The endings there are.
        expected: &'static str,
        /// The file.
        file: PathBuf,
    },
    /// There is no epoch.
    #[error("the history has no epochs; train for one at least")]
    Empty,
    /// The picture could not be drawn.
    #[error("cannot draw `{}`: {reason}", file.display())]
    Draw {
        /// The file.
        file: PathBuf,
        /// What went wrong.
        reason: String,
    },
    /// The file could not be written.
    #[error("cannot write `{}`: {source}", file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// The ending of the name of a file, in small letters.
fn extension(path: &Path) -> String {
    path.extension().map(|text| text.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// Text in SVG.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), PlotError> {
    let written = atomic::write(path, |file| std::io::Write::write_all(file, bytes));
    written.map_err(|source| PlotError::Io { file: path.to_owned(), source })
}
