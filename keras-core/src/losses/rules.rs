//! The shape rules of losses and metrics: what targets and predictions must be.

use crate::ops::kinds;
use crate::shape::{Doubt, Inferred, MAX_PORTS, Meaning, Message, Shape, shapes};

/// Floats of equal shapes: the shape of a loss or metric of them.
pub(crate) const fn pairs(inputs: &[Inferred]) -> Inferred {
    shapes!(inputs => [y_true, y_pred]);
    if let Some(error) = kinds::floats("y_true", &y_true) {
        return error;
    }
    if let Some(error) = kinds::floats("y_pred", &y_pred) {
        return error;
    }
    if !y_true.same_sizes(&y_pred) {
        let message = Message::new("`y_true` ").shape(&y_true).str(" and `y_pred` ").shape(&y_pred);
        return Inferred::Error(message.str(" must have the same shape"));
    }
    scalar(&y_true, &y_pred)
}

/// As [`pairs`], with classes along the last axis.
pub(crate) const fn classes(inputs: &[Inferred]) -> Inferred {
    match (pairs(inputs), inputs) {
        (Inferred::Ok(_), [_, Inferred::Ok(y_pred)]) if y_pred.rank() == 0 => no_classes(y_pred),
        (result, _) => result,
    }
}

/// Labels `[..]` for predictions `[.., classes]`; `instead` says what to use for other targets.
pub(crate) const fn labels(inputs: &[Inferred], instead: &'static str) -> Inferred {
    labels_and(inputs, 0, instead)
}

/// As [`labels`], where so many `more` labels may follow those of the classes.
pub(crate) const fn labels_and(
    inputs: &[Inferred],
    more: usize,
    instead: &'static str,
) -> Inferred {
    shapes!(inputs => [y_true, y_pred]);
    if let Some(error) = kinds::integers("y_true", &y_true, instead) {
        return error;
    }
    if let Some(error) = kinds::floats("y_pred", &y_pred) {
        return error;
    }
    if y_pred.rank() == 0 {
        return no_classes(&y_pred);
    }
    if !y_true.same_sizes(&y_pred.without(y_pred.rank() - 1)) {
        let message = Message::new("`y_true` must have the axes of `y_pred` ").shape(&y_pred);
        return Inferred::Error(message.str(" without the last, found ").shape(&y_true));
    }
    let limit = y_pred.last().get().saturating_add(more);
    if let Some(error) = kinds::below("y_true", &y_true, limit, "`y_pred`", &y_pred) {
        return error;
    }
    scalar(&y_true, &y_pred)
}

/// What `rule` says of the inputs, with a doubt where `y_pred` is known to be of the other form: probabilities or logits.
pub(crate) const fn form(from_logits: bool, inputs: &[Inferred], rule: Inferred) -> Inferred {
    let [_, Inferred::Ok(y_pred), ..] = inputs else { return rule };
    let doubt = match (from_logits, y_pred.meaning()) {
        (true, Meaning::Probabilities) => Doubt::ExpectsLogits,
        (false, Meaning::Affine) => Doubt::ExpectsProbabilities,
        _ => return rule.meaning(Meaning::Unknown),
    };
    rule.meaning(Meaning::Doubtful(doubt))
}

/// The labels are below the number of classes.
pub(crate) const fn label_limits(inputs: &[Inferred]) -> [usize; MAX_PORTS] {
    let mut limits = [usize::MAX; MAX_PORTS];
    if let [_, Inferred::Ok(y_pred)] = inputs {
        limits[0] = y_pred.last().get();
    }
    limits
}

const fn no_classes(y_pred: &Shape) -> Inferred {
    Inferred::Error(Message::new("takes `y_pred` [.., classes], found ").shape(y_pred))
}

const fn scalar(y_true: &Shape, y_pred: &Shape) -> Inferred {
    Inferred::Ok(Shape::SCALAR.with_batch(y_true.batched() || y_pred.batched()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{error, ints, shape, values};

    #[test]
    fn targets_never_broadcast() {
        assert_eq!(
            error(pairs(&values(&[shape([1]), shape([3])]))),
            "`y_true` [1] and `y_pred` [3] must have the same shape"
        );
        assert_eq!(
            error(pairs(&values(&[ints([3], 10), shape([3, 10])]))),
            "`y_true` takes floats, found integers [3]; use `one_hot` or `cast`"
        );
        assert_eq!(
            error(classes(&values(&[shape([]), shape([])]))),
            "takes `y_pred` [.., classes], found []"
        );
    }

    #[test]
    fn probabilities_are_no_logits() {
        let of = |meaning| values(&[shape([3]), shape([3]).with_meaning(meaning)]);
        let doubt = |from_logits, x: &[Inferred]| form(from_logits, x, pairs(x)).doubt();
        let (probabilities, logits) = (of(Meaning::Probabilities), of(Meaning::Affine));
        assert_eq!(doubt(true, &probabilities), Some(Doubt::ExpectsLogits));
        assert_eq!(doubt(false, &logits), Some(Doubt::ExpectsProbabilities));
        assert_eq!(doubt(false, &probabilities), None);
        assert_eq!(doubt(true, &logits), None);
        for from_logits in [false, true] {
            assert_eq!(doubt(from_logits, &of(Meaning::Unknown)), None);
        }
    }

    #[test]
    fn labels_have_no_classes() {
        let found = |y_true, y_pred| error(labels(&values(&[y_true, y_pred]), "use another"));
        assert_eq!(
            found(shape([10]), shape([10])),
            "`y_true` takes integers (labels or indices), found [10]; use another"
        );
        assert_eq!(
            found(ints([1], 10), shape([10])),
            "`y_true` must have the axes of `y_pred` [10] without the last, found integers [1]"
        );
        assert_eq!(
            found(ints([], 20), shape([10])),
            "`y_true` has a range of 20, but `y_pred` [10] has room for 10"
        );
        assert_eq!(found(ints([], 20), shape([])), "takes `y_pred` [.., classes], found []");
        assert_eq!(label_limits(&values(&[ints([], 4), shape([10])]))[..2], [10, usize::MAX]);
    }
}
