//! `BackupAndRestore`.

use std::path::{Path, PathBuf};

use super::model_checkpoint::SaveFreq;
use super::{Callback, CallbackResult, Context};
use crate::backend::Backend;
use crate::float::Float;
use crate::net::Net;

/// Saves the whole state of a training again and again, so that a training that was killed goes on where it was, as
/// `keras.callbacks.BackupAndRestore`: run the same program again.
///
/// A training that goes on from a backup gives, bit for bit, the weights, the history and the decisions of callbacks of one that
/// was never ended; the examples of a stream that came before are made once more and passed over. When the training ends well
/// the backup is removed; when it is interrupted, as with Ctrl-C, it is of that moment, and stays.
///
/// ```
/// # use keras_core::prelude::*;
/// let backup = BackupAndRestore::new("backup").save_freq(SaveFreq::Batches(100));
/// ```
#[derive(Clone, Debug)]
pub struct BackupAndRestore {
    directory: PathBuf,
    save_freq: SaveFreq,
    delete_checkpoint: bool,
    batches: usize,
}

impl BackupAndRestore {
    /// In a file of this directory, which is made if it is not there, after each epoch.
    pub fn new(directory: impl AsRef<Path>) -> Self {
        BackupAndRestore {
            directory: directory.as_ref().to_owned(),
            save_freq: SaveFreq::Epoch,
            delete_checkpoint: true,
            batches: 0,
        }
    }

    /// When it saves.
    pub fn save_freq(self, freq: SaveFreq) -> Self {
        BackupAndRestore { save_freq: freq, ..self }
    }

    /// Whether the backup is removed when the training ends well.
    pub fn delete_checkpoint(self, delete: bool) -> Self {
        BackupAndRestore { delete_checkpoint: delete, ..self }
    }

    /// The file of the backup.
    pub fn path(&self) -> PathBuf {
        self.directory.join("backup.safetensors")
    }
}

impl<N: Net, F: Float, B: Backend> Callback<N, F, B> for BackupAndRestore {
    fn on_train_begin(&mut self, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        if self.save_freq == SaveFreq::Batches(0) {
            return Err("`save_freq` must be at least 1 batch, found 0".into());
        }
        std::fs::create_dir_all(&self.directory)?;
        if self.path().exists() {
            at.resume(self.path());
        }
        Ok(())
    }

    fn on_batch_end(&mut self, _: usize, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        self.batches += 1;
        let due = matches!(self.save_freq, SaveFreq::Batches(every) if self.batches.is_multiple_of(every));
        if due || at.is_interrupted() {
            at.backup(self.path());
        }
        Ok(())
    }

    fn on_epoch_end(&mut self, _: usize, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        // The epoch of an interruption is not over: there is a backup of the middle of it.
        if self.save_freq == SaveFreq::Epoch && !at.is_interrupted() {
            at.backup(self.path());
        }
        Ok(())
    }

    fn on_train_end(&mut self, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        if self.delete_checkpoint && !at.is_interrupted() && self.path().exists() {
            std::fs::remove_file(self.path())?;
        }
        Ok(())
    }

    fn state(&self) -> Vec<f64> {
        vec![self.batches as f64]
    }

    fn set_state(&mut self, state: &[f64]) -> CallbackResult {
        let [batches] = state else {
            return Err("the backup has no state of `BackupAndRestore`".into());
        };
        self.batches = *batches as usize;
        Ok(())
    }
}
