//! `TerminateOnNaN`.

use super::{Callback, CallbackResult, Context};
use crate::backend::Backend;
use crate::float::Float;
use crate::net::Net;

/// Ends the training without an error when the loss is NaN or infinite, as `keras.callbacks.TerminateOnNaN`.
///
/// The step with that loss is never taken, with or without this callback: the weights are those before it. Without it `fit` ends
/// with the error that names the loss.
#[derive(Clone, Copy, Debug, Default)]
pub struct TerminateOnNaN {
    raise_error: bool,
}

impl TerminateOnNaN {
    /// Without an error.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether the error is wanted after all.
    pub fn raise_error(self, raise_error: bool) -> Self {
        TerminateOnNaN { raise_error }
    }
}

impl<N: Net, F: Float, B: Backend> Callback<N, F, B> for TerminateOnNaN {
    fn on_batch_end(&mut self, _: usize, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        if !self.raise_error && at.logs.get("loss").is_some_and(|loss| !loss.is_finite()) {
            at.stop_training();
        }
        Ok(())
    }
}
