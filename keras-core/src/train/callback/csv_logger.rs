//! `CSVLogger`.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use super::{Callback, CallbackError, CallbackResult, Context};
use crate::backend::Backend;
use crate::float::Float;
use crate::net::Net;
use crate::train::Logs;

/// Writes a line of numbers an epoch to a file, as `keras.callbacks.CSVLogger`: `epoch` and then the logs, by name. A line is in
/// the file when its epoch is over. What an epoch does not have is `NA`.
///
/// ```
/// # use keras_core::prelude::*;
/// let logger = CSVLogger::new("training.csv").append(true);
/// ```
#[derive(Debug)]
pub struct CSVLogger {
    path: PathBuf,
    separator: char,
    append: bool,
    file: Option<File>,
    names: Vec<String>,
}

impl CSVLogger {
    /// To a new file, with commas.
    pub fn new(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref().to_owned();
        CSVLogger { path, separator: ',', append: false, file: None, names: Vec::new() }
    }

    /// What stands between numbers.
    pub fn separator(self, separator: char) -> Self {
        CSVLogger { separator, ..self }
    }

    /// Whether lines are added to a file that is there, which has the same columns.
    pub fn append(self, append: bool) -> Self {
        CSVLogger { append, ..self }
    }

    fn failed(&self, error: &dyn core::fmt::Display) -> CallbackError {
        format!("cannot write `{}`: {error}", self.path.display()).into()
    }

    /// The columns of the file that is there.
    fn columns(&self) -> Option<Vec<String>> {
        let mut line = String::new();
        BufReader::new(File::open(&self.path).ok()?).read_line(&mut line).ok()?;
        let mut columns = line.trim_end().split(self.separator).map(str::to_owned);
        columns.next()?;
        Some(columns.collect())
    }

    /// The line of the names: that of the file, or a new one.
    fn begin(&mut self, logs: &Logs) -> CallbackResult {
        let names = || {
            let mut names: Vec<String> = logs.names().map(str::to_owned).collect();
            names.sort();
            names
        };
        match self.columns().filter(|_| self.append) {
            Some(found) => {
                if let Some(name) = names().iter().find(|name| !found.contains(name)) {
                    let (path, found) = (self.path.display(), found.join(", "));
                    return Err(format!("`{path}` has the columns {found}, but no `{name}`; append to a file of the same model").into());
                }
                self.names = found;
                Ok(())
            }
            None => {
                self.names = names();
                let header: Vec<String> =
                    std::iter::once("epoch".to_owned()).chain(self.names.iter().cloned()).collect();
                self.write(&header)
            }
        }
    }

    fn write(&mut self, cells: &[String]) -> CallbackResult {
        let line = cells.join(&self.separator.to_string()) + "\n";
        let Some(file) = &mut self.file else { return Ok(()) };
        let written = file.write_all(line.as_bytes()).and_then(|()| file.flush());
        written.map_err(|error| self.failed(&error))
    }
}

impl<N: Net, F: Float, B: Backend> Callback<N, F, B> for CSVLogger {
    fn on_train_begin(&mut self, _: &mut Context<'_, N, F, B>) -> CallbackResult {
        let mut options = OpenOptions::new();
        options.create(true).write(true).append(self.append).truncate(!self.append);
        self.file = Some(options.open(&self.path).map_err(|error| self.failed(&error))?);
        self.names.clear();
        Ok(())
    }

    fn on_epoch_end(&mut self, epoch: usize, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        if self.names.is_empty() {
            self.begin(at.logs)?;
        }
        let number = |name: &String| at.logs.get(name).map_or("NA".into(), |v| v.to_string());
        let cells: Vec<String> =
            std::iter::once(epoch.to_string()).chain(self.names.iter().map(number)).collect();
        self.write(&cells)
    }

    fn on_train_end(&mut self, _: &mut Context<'_, N, F, B>) -> CallbackResult {
        self.file = None;
        Ok(())
    }
}
