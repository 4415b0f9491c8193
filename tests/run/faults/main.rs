//! Crashes, full disks and damaged files: what was saved is there, and what cannot be read changes nothing.

mod nets;

use std::fs;
use std::path::{Path, PathBuf};

use keras_core::prelude::*;
use keras_core::random::{mix, uniform};

mod damage;
#[cfg(unix)]
mod kill;
mod refused;

/// A directory of a test, removed when it is dropped.
struct Directory(PathBuf);

impl Directory {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("keras-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Directory(path)
    }

    /// How many files are in it.
    fn files(&self) -> usize {
        fs::read_dir(&self.0).unwrap().count()
    }
}

impl std::ops::Deref for Directory {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.0
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Number `i` of those below `count` that a test draws.
fn below(count: usize, test: u64, i: u64) -> usize {
    (uniform::<f64>(mix(11, test), i) * count as f64) as usize
}

/// The version that a file of [`nets::large`] holds: it must be one and the same in all of it.
#[track_caller]
fn version(file: &Path, whole: bool) -> u32 {
    let mut model = nets::large(0);
    if whole {
        model.load(file).unwrap();
        assert_eq!(model.variables.version, f64::from(model.weights_flat()[0]));
    } else {
        model.load_weights(file).unwrap();
    }
    let first = model.weights_flat()[0];
    assert!(model.weights_flat().iter().all(|weight| *weight == first));
    first as u32
}

/// A loss that is not finite ends the training before the step that it would have spoilt.
#[test]
fn a_loss_that_is_not_finite_ends_the_training_before_its_step() {
    let mut examples = nets::examples(12);
    examples.divisor[9] = 0.0;
    let data = nets::SmallData { x: &examples.x, divisor: &examples.divisor, t: &examples.t };
    let fit = || Fit::new().verbose(0).batch_size(4).shuffle(false);
    let mut model = nets::Small::new(1);
    let error = model.fit(data, fit().epochs(3)).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("epoch 1, batch 3: the loss `loss` must be finite, found inf"),
        "{error}"
    );
    let before = nets::examples(8);
    let data = nets::SmallData { x: &before.x, divisor: &before.divisor, t: &before.t };
    let mut expected = nets::Small::new(1);
    expected.fit(data, fit().epochs(1)).unwrap();
    assert_eq!(model.weights_flat(), expected.weights_flat());
}
