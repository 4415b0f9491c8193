//! Which kind of numbers an op takes: the sentences that ops, losses and metrics have in common.

use crate::shape::{Dtype, Inferred, Message, Shape};

/// An error where `x` does not hold floats.
pub(crate) const fn floats(what: &str, x: &Shape) -> Option<Inferred> {
    let help = match x.dtype() {
        Dtype::Float => return None,
        Dtype::Int { .. } => "use `one_hot` or `cast`",
        Dtype::Bool => "use `cast`",
    };
    Some(Inferred::Error(takes(what, "floats").shape(x).help(help)))
}

/// An error where `x` does not hold integers; `help` says what to do then.
pub(crate) const fn integers(what: &str, x: &Shape, help: &'static str) -> Option<Inferred> {
    if x.is_int() {
        return None;
    }
    Some(Inferred::Error(takes(what, "integers (labels or indices)").shape(x).help(help)))
}

/// An error where the integers `x` are known to reach beyond `limit`, which `of` has.
pub(crate) const fn below(
    what: &str,
    x: &Shape,
    limit: usize,
    of: &str,
    has: &Shape,
) -> Option<Inferred> {
    match x.dtype() {
        Dtype::Int { range } if range != usize::MAX && range > limit => {
            let message = Message::new("`").str(what).str("` has a range of ").num(range);
            Some(Inferred::Error(
                message.str(", but ").str(of).str(" ").shape(has).str(" has room for ").num(limit),
            ))
        }
        _ => None,
    }
}

/// "`y_true` takes floats, found ".
const fn takes(what: &str, kind: &str) -> Message {
    Message::new("`").str(what).str("` takes ").str(kind).str(", found ")
}
