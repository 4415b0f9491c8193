//! What a person sees while a model trains.

use super::{Callback, CallbackResult, Context};
use crate::backend::Backend;
use crate::float::Float;
use crate::net::Net;
use crate::train::logs::{Logs, Number};

/// A line an epoch, as Keras' `ProgbarLogger`: what `verbose(1)` adds behind the other callbacks.
#[derive(Clone, Debug, Default)]
pub struct ProgressBar;

impl<N: Net, F: Float, B: Backend> Callback<N, F, B> for ProgressBar {
    fn on_epoch_end(&mut self, epoch: usize, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        println!("{}", line::<N>(epoch, at.params.epochs, at.logs));
        Ok(())
    }
}

/// `epoch  3/30  loss 0.1234  accuracy 0.9712  val_loss 0.2345`. An only loss is not there twice.
fn line<N: Net>(epoch: usize, epochs: usize, logs: &Logs) -> String {
    let width = epochs.to_string().len();
    let mut line = format!("epoch {:>width$}/{epochs}", epoch + 1);
    for (name, value) in logs.iter() {
        let bare = name.strip_prefix("val_").unwrap_or(name);
        if bare == "loss" || N::LOSSES.len() > 1 || !N::LOSSES.contains(&bare) {
            line += &format!("  {name} {}", Number(value));
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::Native;
    use crate::model::Model;
    use crate::toy::{Toy, examples};

    #[test]
    fn a_line_shows_an_only_loss_once() {
        let data = examples(8, 1);
        let mut logs = Model::<Toy, f32, Native>::init(1).evaluate(data.view()).unwrap();
        logs.add_validation(&logs.clone());
        let (loss, accuracy) = (logs.get("loss").unwrap(), logs.get("accuracy").unwrap());
        let shown = format!("loss {loss:.4}  accuracy {accuracy:.4}");
        let validation = format!("val_loss {loss:.4}  val_accuracy {accuracy:.4}");
        assert_eq!(line::<Toy>(2, 30, &logs), format!("epoch  3/30  {shown}  {validation}"));
    }
}
