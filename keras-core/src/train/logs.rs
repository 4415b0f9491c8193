//! The numbers of an epoch, by name.

use core::fmt;
use std::borrow::Cow;

/// Named numbers, in order: `loss` first, then each named loss, then the metrics, then what callbacks add.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Logs {
    entries: Vec<(Cow<'static, str>, f64)>,
}

impl Logs {
    /// The number `name`, as `loss`, `accuracy` or `val_loss`.
    pub fn get(&self, name: &str) -> Option<f64> {
        self.entries.iter().find(|(entry, _)| entry == name).map(|(_, value)| *value)
    }

    /// Sets the number `name`, which later callbacks and the history see.
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, value: f64) {
        let name = name.into();
        match self.entries.iter_mut().find(|(entry, _)| *entry == name) {
            Some((_, old)) => *old = value,
            None => self.entries.push((name, value)),
        }
    }

    /// Names and numbers, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, f64)> {
        self.entries.iter().map(|(name, value)| (name.as_ref(), *value))
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(name, _)| name)
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }

    /// Adds the numbers of validation with `val_` in front.
    pub(crate) fn add_validation(&mut self, validation: &Logs) {
        for (name, value) in validation.iter() {
            self.set(format!("val_{name}"), value);
        }
    }
}

impl<S: Into<Cow<'static, str>>> FromIterator<(S, f64)> for Logs {
    fn from_iter<I: IntoIterator<Item = (S, f64)>>(entries: I) -> Self {
        let mut logs = Logs::default();
        entries.into_iter().for_each(|(name, value)| logs.set(name, value));
        logs
    }
}

/// `loss 0.1234  accuracy 0.9712`.
impl fmt::Display for Logs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (name, value)) in self.iter().enumerate() {
            let gap = if i > 0 { "  " } else { "" };
            write!(f, "{gap}{name} {}", Number(value))?;
        }
        Ok(())
    }
}

/// A number as a log shows it: `0.1234`, and `1.0000e-5` where four digits would show nothing.
pub(crate) struct Number(pub f64);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let small = self.0 != 0.0 && self.0.abs() < 1e-3;
        if small { write!(f, "{:.4e}", self.0) } else { write!(f, "{:.4}", self.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_there_once() {
        let mut logs: Logs = [("loss", 0.5), ("learning_rate", 1e-5)].into_iter().collect();
        logs.set("loss", 0.25);
        assert_eq!(logs.to_string(), "loss 0.2500  learning_rate 1.0000e-5");
        assert_eq!(logs.names().collect::<Vec<_>>(), ["loss", "learning_rate"]);
    }
}
