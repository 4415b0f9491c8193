//! The mistakes in `fail/`, read: what each says of itself, its program, and what rustc prints.

use std::fs;
use std::path::{Path, PathBuf};

/// One mistake.
pub struct Case {
    /// `shape/reshape`.
    pub name: String,
    /// What the mistake is.
    pub sentence: String,
    /// What to write instead.
    pub mend: String,
    /// How many errors it gives.
    pub errors: usize,
    /// What rustc prints.
    pub message: String,
}

impl Case {
    /// The folder that it stands in.
    pub fn kind(&self) -> &str {
        self.name.split('/').next().expect("a name has a folder")
    }

    /// The errors, each with its lines; warnings beside them are not among them.
    pub fn told(&self) -> Vec<&str> {
        self.message.split("\n\n").filter(|text| text.starts_with("error")).collect()
    }

    fn read(path: &Path) -> Case {
        let program = fs::read_to_string(path).unwrap();
        let doc = |key: &str| {
            let lines = program.lines().map_while(|line| line.strip_prefix("//! "));
            lines.filter_map(|line| line.strip_prefix(key)).next().map(str::to_owned)
        };
        let name = path.with_extension("").strip_prefix("fail").unwrap().display().to_string();
        let said = |what| doc(what).unwrap_or_else(|| panic!("{name} has no line `//! {what}…`"));
        Case {
            sentence: said(""),
            mend: said("Mend: "),
            errors: doc("Errors: ").map_or(1, |count| count.parse().unwrap()),
            message: fs::read_to_string(path.with_extension("stderr"))
                .unwrap()
                .trim_end()
                .to_owned(),
            name,
        }
    }
}

/// All mistakes, in the order of their names.
pub fn all() -> Vec<Case> {
    let mut paths: Vec<PathBuf> = folder("fail").iter().flat_map(folder).collect();
    paths.retain(|path| path.extension().is_some_and(|kind| kind == "rs"));
    paths.sort();
    paths.iter().map(|path| Case::read(path)).collect()
}

fn folder(path: impl AsRef<Path>) -> Vec<PathBuf> {
    fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect()
}
