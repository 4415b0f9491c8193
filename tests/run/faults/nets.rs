//! What is saved, damaged and trained, here and in the program that is killed.

use std::path::Path;

use keras_core::prelude::*;

model! {
    /// Its file is a megabyte.
    pub struct Large {
        input x: [512];
        output y = Dense::new(512).use_bias(false)(x);
        target t: [512];
        variable version = 0.0;
        loss version * mean_squared_error(t, y);
    }
}

/// A model all of whose numbers say which version it is.
pub fn large(version: u32) -> Model<Large> {
    let mut model = Large::new(1);
    model.weights_flat_mut().fill(version as f32);
    model.variables.version = f64::from(version);
    model
}

model! {
    /// Its file is some kilobytes. The loss of an example is divided by its `divisor`.
    pub struct Small {
        input x: [2];
        input divisor: [];
        let h = Dense::new(3).activation(Tanh)(x);
        output y = Dense::new(1)(h);
        target t: [1];
        loss mean_squared_error(t, y) / divisor;
        metric error = mean_absolute_error(t, y);
    }
}

/// Examples of [`Small`].
pub type Examples = SmallData<Vec<[f32; 2]>, Vec<f32>, Vec<[f32; 1]>>;

/// So many.
pub fn examples(count: usize) -> Examples {
    let x: Vec<_> = (0..count).map(|i| [(i % 5) as f32 * 0.2, (i % 7) as f32 * 0.1]).collect();
    let t = x.iter().map(|[a, b]| [a * b]).collect();
    SmallData { x, divisor: vec![1.0; count], t }
}

/// Trains [`Small`] with a backup in `directory` after every batch, calling `each` after one, and saves it with its history to
/// `file`.
pub fn train(directory: &Path, file: &Path, mut each: impl FnMut()) -> Result<History, FitError> {
    let mut model = Small::new(1);
    let examples = examples(40);
    let data = SmallData { x: &examples.x, divisor: &examples.divisor, t: &examples.t };
    let told = LambdaCallback::new().on_batch_end(|_, _: &mut Context<Small>| {
        each();
        Ok(())
    });
    let fit = Fit::new()
        .epochs(5)
        .batch_size(8)
        .seed(3)
        .verbose(0)
        .optimizer(Adam::new().learning_rate(0.05))
        .callback(EarlyStopping::new().monitor("loss").patience(9))
        .callback(BackupAndRestore::new(directory).save_freq(SaveFreq::Batches(1)))
        .callback(told);
    let history = model.fit(data, fit)?;
    model.save(file).expect("a directory that is there");
    Ok(history)
}
