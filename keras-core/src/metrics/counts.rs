//! True and false positives and negatives: what most metrics of yes-no predictions are made of.

use crate::losses::rules;
use crate::shape::{Dim, Inferred, Message, Shape};

/// Sums of the weights of the pairs of a target and a prediction, by what became of them at a threshold.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub true_positives: f64,
    pub false_positives: f64,
    pub true_negatives: f64,
    pub false_negatives: f64,
}

impl Counts {
    /// How many of the positive predictions are right.
    pub(super) fn precision(&self) -> f64 {
        ratio(self.true_positives, self.true_positives + self.false_positives)
    }

    /// How many of the positive targets are found; the sensitivity is another name of it.
    pub(super) fn recall(&self) -> f64 {
        ratio(self.true_positives, self.true_positives + self.false_negatives)
    }

    /// How many of the negative targets are found.
    pub(super) fn specificity(&self) -> f64 {
        ratio(self.true_negatives, self.true_negatives + self.false_positives)
    }
}

/// `a / b`, and 0 where `b` is.
pub(super) fn ratio(a: f64, b: f64) -> f64 {
    if b == 0.0 { 0.0 } else { a / b }
}

/// The shape of `count` statistics for each example, where `rule` gives the shape of one number for each.
pub(super) const fn statistics(rule: Inferred, count: Option<usize>) -> Inferred {
    match (rule, count) {
        (Inferred::Ok(_), None) => Inferred::Error(Message::new("the statistics are too many")),
        (Inferred::Ok(shape), Some(count)) => shape.pushed(Dim::of(count)),
        (other, _) => other,
    }
}

/// Floats of equal shapes; where there is a `class_id`, with classes along the last axis, of which it is one.
pub(super) const fn of_class(x: &[Inferred], class_id: Option<usize>) -> Inferred {
    match (class_id, x) {
        (Some(id), [_, Inferred::Ok(y_pred)]) => match rules::classes(x) {
            Inferred::Ok(_) if id >= y_pred.last().get() => not_in("class_id", id, y_pred),
            result => result,
        },
        _ => rules::pairs(x),
    }
}

/// "`k` is from 1 to 3, the classes of `y_pred` [3], found 5".
pub(super) const fn not_among(option: &str, value: usize, y_pred: &Shape) -> Inferred {
    let message = Message::new("`").str(option).str("` is from 1 to ").num(y_pred.last().get());
    let message = message.str(", the classes of `y_pred` ").shape(y_pred);
    Inferred::Error(message.str(", found ").num(value))
}

/// "`class_id` is 5, but `y_pred` [3] has 3 classes".
pub(super) const fn not_in(option: &str, value: usize, y_pred: &Shape) -> Inferred {
    let message = Message::new("`").str(option).str("` is ").num(value).str(", but `y_pred` ");
    Inferred::Error(message.shape(y_pred).str(" has ").num(y_pred.last().get()).str(" classes"))
}

/// Targets of 0 and 1, and probabilities: to fill the inputs of a check.
#[cfg(test)]
pub(super) fn yes_and_no(input: usize, u: f64) -> f64 {
    if input == 0 { (2.0 * u).floor() } else { u }
}
