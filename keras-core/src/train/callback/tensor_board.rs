//! `TensorBoard`.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use super::model_checkpoint::SaveFreq;
use super::{Callback, CallbackError, CallbackResult, Context};
use crate::backend::Backend;
use crate::float::Float;
use crate::net::Net;

mod events;

use events::Events;

/// Writes the numbers of a training for [TensorBoard](https://www.tensorflow.org/tensorboard), as `keras.callbacks.TensorBoard`:
/// `epoch_loss`, `epoch_accuracy` and so on after each epoch, those of validation under the same names in a directory of their
/// own. `tensorboard --logdir logs` shows them while the model trains.
///
/// ```
/// # use keras_core::prelude::*;
/// let board = TensorBoard::new("logs").update_freq(SaveFreq::Batches(100));
/// ```
///
/// Of what Keras' callback writes there are the scalars: no histograms, no graph, no profile. `Model::plot_model` draws the graph.
#[derive(Debug)]
pub struct TensorBoard {
    log_dir: PathBuf,
    update_freq: SaveFreq,
    batches: usize,
    runs: BTreeMap<&'static str, Events<File>>,
}

impl TensorBoard {
    /// To new files in `train` and `validation` in this directory; what is not there is made.
    pub fn new(log_dir: impl AsRef<Path>) -> Self {
        TensorBoard {
            log_dir: log_dir.as_ref().to_owned(),
            update_freq: SaveFreq::Epoch,
            batches: 0,
            runs: BTreeMap::new(),
        }
    }

    /// Whether `batch_loss` and so on, the means of the epoch so far, are written too, and every how many batches. The numbers of
    /// epochs are always written.
    pub fn update_freq(self, freq: SaveFreq) -> Self {
        TensorBoard { update_freq: freq, ..self }
    }

    /// Writes numbers of a step, under their names with `prefix` in front, where there are some.
    fn write<'l>(
        &mut self,
        run: &'static str,
        (prefix, step): (&str, usize),
        numbers: impl Iterator<Item = (&'l str, f64)>,
    ) -> CallbackResult {
        let numbers: Vec<_> =
            numbers.map(|(name, value)| (format!("{prefix}_{name}"), value as f32)).collect();
        if numbers.is_empty() {
            return Ok(());
        }
        let directory = self.log_dir.join(run);
        let failed = |error: io::Error| -> CallbackError {
            format!("cannot write to `{}`: {error}", directory.display()).into()
        };
        if !self.runs.contains_key(run) {
            self.runs.insert(run, open(&directory).map_err(failed)?);
        }
        match self.runs.get_mut(run) {
            Some(events) => events.scalars(now(), step as u64, &numbers).map_err(failed),
            None => Ok(()),
        }
    }
}

/// A new file, with a name that TensorBoard knows and no other process takes.
fn open(directory: &Path) -> io::Result<Events<File>> {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    fs::create_dir_all(directory)?;
    let (seconds, count) = (now() as u64, COUNT.fetch_add(1, Ordering::Relaxed));
    let name =
        format!("events.out.tfevents.{seconds:010}.keras-core.{}.{count}.v2", std::process::id());
    Events::new(File::create_new(directory.join(name))?, now())
}

/// Seconds since 1970.
fn now() -> f64 {
    SystemTime::UNIX_EPOCH.elapsed().map_or(0.0, |time| time.as_secs_f64())
}

impl<N: Net, F: Float, B: Backend> Callback<N, F, B> for TensorBoard {
    fn on_train_begin(&mut self, _: &mut Context<'_, N, F, B>) -> CallbackResult {
        if self.update_freq == SaveFreq::Batches(0) {
            return Err("`update_freq` must be at least 1 batch, found 0".into());
        }
        self.runs.clear();
        Ok(())
    }

    fn on_batch_end(&mut self, _: usize, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        self.batches += 1;
        match self.update_freq {
            SaveFreq::Batches(every) if self.batches.is_multiple_of(every) => {
                self.write("train", ("batch", self.batches), at.logs.iter())
            }
            _ => Ok(()),
        }
    }

    fn on_epoch_end(&mut self, epoch: usize, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        let validation = |name: &str| name.starts_with("val_");
        let training = at.logs.iter().filter(|(name, _)| !validation(name));
        self.write("train", ("epoch", epoch), training)?;
        let held_out = at.logs.iter().filter_map(|(name, v)| Some((name.strip_prefix("val_")?, v)));
        self.write("validation", ("epoch", epoch), held_out)
    }

    fn on_train_end(&mut self, _: &mut Context<'_, N, F, B>) -> CallbackResult {
        self.runs.clear();
        Ok(())
    }

    fn state(&self) -> Vec<f64> {
        vec![self.batches as f64]
    }

    fn set_state(&mut self, state: &[f64]) -> CallbackResult {
        let [batches] = state else {
            return Err("the backup has no state of `TensorBoard`".into());
        };
        self.batches = *batches as usize;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::Native;
    use crate::model::Model;
    use crate::toy::{Directory, Toy, examples};
    use crate::train::Fit;
    use events::tests::{Read, read};

    /// What the only file of a run says.
    fn run(directory: &Path) -> Vec<Read> {
        let files: Vec<_> = fs::read_dir(directory).unwrap().map(|file| file.unwrap()).collect();
        assert_eq!(files.len(), 1);
        assert!(files[0].file_name().to_str().unwrap().contains("tfevents"));
        read(&fs::read(files[0].path()).unwrap())
    }

    #[test]
    fn a_training_is_read_back() {
        let (data, directory) = (examples(40, 1), Directory::new("tensorboard"));
        let held_out = data.view();
        let board = TensorBoard::new(directory.join("new")).update_freq(SaveFreq::Batches(3));
        let fit = Fit::new().verbose(0).epochs(2).batch_size(10).validation(&held_out);
        let mut model = Model::<Toy, f32, Native>::init(1);
        let history = model.fit(data.view(), fit.callback(board)).unwrap();
        let steps = |run: &[Read], tag: &str| -> Vec<(u64, f32)> {
            let of = |event: &Read| {
                let value = event.scalars.iter().find(|(name, _)| name == tag)?.1;
                Some((event.step, value))
            };
            run.iter().filter_map(of).collect()
        };
        for (run, prefix) in [("train", ""), ("validation", "val_")] {
            let run = self::run(&directory.join("new").join(run));
            assert_eq!(run[0].version, "brain.Event:2");
            for name in ["loss", "accuracy"] {
                let expected = history.get(&format!("{prefix}{name}"));
                let expected: Vec<_> = (0..).zip(expected.iter().map(|v| *v as f32)).collect();
                assert_eq!(steps(&run, &format!("epoch_{name}")), expected);
            }
            let batches: Vec<u64> =
                steps(&run, "batch_loss").iter().map(|(step, _)| *step).collect();
            assert_eq!(batches, if prefix.is_empty() { vec![3, 6] } else { vec![] });
        }
    }

    #[test]
    fn what_cannot_be_written_is_told() {
        let (data, directory) = (examples(8, 1), Directory::new("tensorboard-failed"));
        fs::write(directory.join("file"), "").unwrap();
        let fit = |board| {
            let fit = Fit::new().verbose(0).callback(board);
            Model::<Toy, f32, Native>::init(1).fit(data.view(), fit).unwrap_err().to_string()
        };
        let error = fit(TensorBoard::new(directory.join("file")));
        assert!(error.contains("cannot write to `") && error.contains("train`: "), "{error}");
        let error = fit(TensorBoard::new(&*directory).update_freq(SaveFreq::Batches(0)));
        assert!(error.contains("`update_freq` must be at least 1 batch, found 0"), "{error}");
    }
}
