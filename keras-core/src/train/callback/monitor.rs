//! The number that a callback watches.

use super::{CallbackError, Params};
use crate::train::Logs;

/// Which direction of a number is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// As the name tells: smaller for a loss or an error, larger for an accuracy, a precision, a recall, a score, an area.
    #[default]
    Auto,
    /// Smaller is better.
    Min,
    /// Larger is better.
    Max,
}

/// A name in the logs, and how far it came: what callbacks with a `monitor` share.
#[derive(Clone, Debug)]
pub(super) struct Monitor {
    pub name: String,
    pub mode: Mode,
    /// A change of at most this is none.
    pub min_delta: f64,
    pub best: Option<f64>,
}

impl Monitor {
    pub(super) fn of(name: &str) -> Self {
        Monitor { name: name.to_owned(), mode: Mode::Auto, min_delta: 0.0, best: None }
    }

    /// The number in `logs`; none in an epoch without validation.
    pub(super) fn read(&self, logs: &Logs, params: &Params) -> Result<Option<f64>, CallbackError> {
        match logs.get(&self.name) {
            Some(value) => Ok(Some(value)),
            None if params.names.contains(&self.name) => Ok(None),
            None => Err(unknown(&self.name, logs)),
        }
    }

    /// Whether smaller is better.
    pub(super) fn is_min(&self) -> Result<bool, CallbackError> {
        const SMALL: [&str; 8] =
            ["loss", "error", "entropy", "divergence", "mse", "mae", "false_", "distance"];
        const LARGE: [&str; 9] =
            ["acc", "auc", "precision", "recall", "score", "f1", "iou", "true_", "r2"];
        let named = |names: &[&str]| names.iter().any(|name| self.name.contains(name));
        match self.mode {
            Mode::Min => Ok(true),
            Mode::Max => Ok(false),
            Mode::Auto if named(&SMALL) => Ok(true),
            Mode::Auto if named(&LARGE) => Ok(false),
            Mode::Auto => {
                let name = &self.name;
                Err(format!("whether `{name}` is better small or large its name does not tell; use `mode(Mode::Min)` or `mode(Mode::Max)`").into())
            }
        }
    }

    /// Whether `value` is better than `than`, by more than `min_delta`. NaN is better than nothing.
    pub(super) fn is_better(&self, value: f64, than: Option<f64>) -> Result<bool, CallbackError> {
        let min = self.is_min()?;
        Ok(match than {
            None => !value.is_nan(),
            Some(best) if min => value < best - self.min_delta,
            Some(best) => value > best + self.min_delta,
        })
    }

    /// Takes `value`, and says whether it is the best so far.
    pub(super) fn improves(&mut self, value: f64) -> Result<bool, CallbackError> {
        let better = self.is_better(value, self.best)?;
        if better {
            self.best = Some(value);
        }
        Ok(better)
    }
}

/// The builders of a callback that has a `monitor`.
macro_rules! monitored {
    () => {
        /// The number to watch, as the logs name it.
        pub fn monitor(mut self, name: &str) -> Self {
            self.monitor.name = name.to_owned();
            self
        }

        /// Which direction is better.
        pub fn mode(mut self, mode: $crate::train::callback::Mode) -> Self {
            self.monitor.mode = mode;
            self
        }
    };
}
pub(super) use monitored;

/// Says which names there are, and which is meant.
fn unknown(name: &str, logs: &Logs) -> CallbackError {
    let names: Vec<&str> = logs.names().collect();
    let bare = |name: &str| name.chars().filter(char::is_ascii_alphabetic).collect::<String>();
    // `val_acc` means `val_accuracy`, `acc` means `accuracy`.
    let near = names.iter().find(|known| {
        let (known, name) = (bare(known), bare(name));
        known.starts_with(&name) || name.starts_with(&known)
    });
    let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    format!("`monitor` is `{name}`, but the logs have {}{near}", names.join(", ")).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_tells_the_direction_or_the_user_must() {
        let is_min = |name: &str| Monitor::of(name).is_min();
        assert!(is_min("val_loss").unwrap() && is_min("amount_error").unwrap());
        assert!(!is_min("val_accuracy").unwrap() && !is_min("auc").unwrap());
        assert!(is_min("bleu").unwrap_err().to_string().contains("mode(Mode::Max)"));
    }

    #[test]
    fn better_is_by_more_than_min_delta() {
        let mut monitor = Monitor { min_delta: 0.1, ..Monitor::of("loss") };
        let values = [f64::NAN, 1.0, 0.95, 0.8, 0.75, f64::NAN];
        let improves = values.map(|value| monitor.improves(value).unwrap());
        assert_eq!(improves, [false, true, false, true, false, false]);
    }

    #[test]
    fn a_name_that_does_not_exist_is_told() {
        let logs: Logs = [("loss", 1.0), ("val_accuracy", 0.5)].into_iter().collect();
        let params = Params { names: vec!["val_loss".into()], ..Params::default() };
        let read = |name: &str| Monitor::of(name).read(&logs, &params);
        assert_eq!(read("loss").unwrap(), Some(1.0));
        assert_eq!(read("val_loss").unwrap(), None, "no validation in this epoch");
        assert_eq!(
            read("val_acc").unwrap_err().to_string(),
            "`monitor` is `val_acc`, but the logs have loss, val_accuracy; did you mean `val_accuracy`?"
        );
    }
}
