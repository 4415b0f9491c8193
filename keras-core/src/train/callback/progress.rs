//! What a person sees while a model trains.

use core::fmt::Write;
use std::time::{Duration, Instant};

use super::{Callback, CallbackResult, Context};
use crate::backend::Backend;
use crate::float::Float;
use crate::net::Net;
use crate::train::Logs;
use crate::train::logs::Number;

#[cfg(feature = "progress")]
mod bar;
#[cfg(not(feature = "progress"))]
#[path = "progress/no_bar.rs"]
mod bar;

use bar::Bar;

/// A line an epoch, as Keras' `ProgbarLogger`: what `verbose(1)` and `verbose(2)` add behind the other callbacks.
///
/// All of it goes to the standard output. With the feature `progress`, with `verbose(1)`, and where that is a terminal, a bar
/// shows the steps, the time that is left and the numbers so far while an epoch lasts; it is gone before the line of the epoch
/// is written, and before anybody hears of an error. `verbose(2)`, and a bar, tell with the line how long the epoch and a step
/// took.
#[derive(Clone, Debug, Default)]
pub struct ProgressBar {
    begun: Option<Instant>,
    steps: u32,
    bar: Option<Bar>,
}

impl<N: Net, F: Float, B: Backend> Callback<N, F, B> for ProgressBar {
    fn on_epoch_begin(&mut self, epoch: usize, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        *self = ProgressBar { begun: Some(Instant::now()), steps: 0, bar: None };
        if at.params.verbose == 1 {
            self.bar = Bar::new(counted(epoch, at.params.epochs), at.params.steps);
        }
        Ok(())
    }

    fn on_batch_end(&mut self, batch: usize, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        self.steps += 1;
        if let Some(bar) = &mut self.bar {
            // What other callbacks print when the epoch ends stands on a line of its own.
            if at.requests.stop || Some(batch + 1) == at.params.steps {
                bar.clear();
            } else {
                bar.draw(batch + 1, || numbers::<N>(at.logs));
            }
        }
        Ok(())
    }

    fn on_test_begin(&mut self, _: &mut Context<'_, N, F, B>) -> CallbackResult {
        self.bar.iter_mut().for_each(Bar::clear);
        Ok(())
    }

    fn on_epoch_end(&mut self, epoch: usize, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        let timed = self.bar.take().is_some() || at.params.verbose > 1;
        let took = self.begun.filter(|_| timed).map(|begun| time(begun.elapsed(), self.steps));
        let (took, numbers) = (took.unwrap_or_default(), numbers::<N>(at.logs));
        say(format_args!("{}{took}{numbers}", counted(epoch, at.params.epochs)));
        Ok(())
    }
}

/// Writes a line. Whoever has closed the output (`| head`) does not want it, but the training goes on.
pub(super) fn say(line: core::fmt::Arguments<'_>) {
    let _ = std::io::Write::write_fmt(&mut std::io::stdout(), format_args!("{line}\n"));
}

/// `epoch  3/30`.
fn counted(epoch: usize, epochs: usize) -> String {
    let width = epochs.to_string().len();
    format!("epoch {:>width$}/{epochs}", epoch + 1)
}

/// `  5s  119ms/step`, as Keras' second form.
fn time(took: Duration, steps: u32) -> String {
    let step = took.checked_div(steps).unwrap_or_default();
    let step = match step.as_micros() {
        micros @ ..1000 => format!("{micros}us"),
        micros if micros < 1_000_000 => format!("{}ms", micros / 1000),
        _ => format!("{}s", step.as_secs()),
    };
    format!("  {}s  {step}/step", took.as_secs())
}

/// `  loss 0.1234  accuracy 0.9712  val_loss 0.2345`. An only loss is not there twice.
fn numbers<N: Net>(logs: &Logs) -> String {
    let mut text = String::new();
    for (name, value) in logs.iter() {
        let bare = name.strip_prefix("val_").unwrap_or(name);
        if bare == "loss" || N::LOSSES.len() > 1 || !N::LOSSES.contains(&bare) {
            let _ = write!(text, "  {name} {}", Number(value));
        }
    }
    text
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
        let shown = format!("  loss {loss:.4}  accuracy {accuracy:.4}");
        let validation = format!("  val_loss {loss:.4}  val_accuracy {accuracy:.4}");
        assert_eq!(numbers::<Toy>(&logs), shown + &validation);
        assert_eq!(counted(2, 30), "epoch  3/30");
    }

    #[test]
    fn times_are_told_as_keras_does() {
        let told = |millis, steps| time(Duration::from_millis(millis), steps);
        assert_eq!(told(5117, 43), "  5s  119ms/step");
        assert_eq!(told(32, 43), "  0s  744us/step");
        assert_eq!(told(90_000, 9), "  90s  10s/step");
        assert_eq!(told(0, 0), "  0s  0us/step");
    }
}
