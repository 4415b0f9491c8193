//! What a [`slice`](super::slice::slice) takes of one axis.

use crate::shape::{Dim, Fault, Inferred, Message, Shape};

/// What is taken of an axis.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cut {
    Range {
        start: Option<Dim>,
        end: Option<Dim>,
        step: usize,
    },
    /// The element of this number; the axis is dropped.
    Index(Dim),
    /// An element whose number, below this one, is known at run time; the axis is dropped.
    Dynamic(usize),
    /// As many whole axes as the other cuts leave.
    Rest,
}

impl Cut {
    /// What is left of an axis; none where it is dropped.
    pub const fn dim(self, all: Dim) -> Option<Dim> {
        let Cut::Range { start, end, step } = self else { return None };
        let (start, end) = (or(start, Dim::of(0)), or(end, all));
        // A range from the front keeps the name of its end.
        let named = start.get() == 0 && start.fault().is_none() && step == 1;
        Some(if named { end } else { end.sub(start).div_ceil(Dim::of(step)) })
    }

    /// What is wrong with this on an axis of `x`.
    pub const fn error(self, x: &Shape, axis: usize) -> Option<Inferred> {
        let all = x.dim(axis);
        let (message, dim, end) = match self {
            Cut::Rest => return None,
            Cut::Index(at) => (Message::new("index ").dim(at), at, at.add(Dim::of(1))),
            Cut::Dynamic(count) => {
                let end = Dim::of(count);
                (Message::new("an index that counts to ").num(count), end, end)
            }
            Cut::Range { start, end, .. } => {
                (written(start, end), or(self.dim(all), all), or(end, all))
            }
        };
        let is_range = matches!(self, Cut::Range { .. });
        let wrong = match dim.fault() {
            Some(Fault::Poisoned) => return Some(Inferred::Poisoned),
            Some(_) if matches!(self, Cut::Range { step: 0, .. }) => " has a step of zero",
            Some(fault) => fault.verdict(),
            None if is_range && dim.get() == 0 => " has no size",
            None if end.get() <= all.get() => return None,
            _ => " is out of range",
        };
        Some(Inferred::Error(message.str(" of axis ").num(axis).str(" of ").shape(x).str(wrong)))
    }
}

/// `[start..end]`.
const fn written(start: Option<Dim>, end: Option<Dim>) -> Message {
    let mut message = Message::new("[");
    message = if let Some(start) = start { message.dim(start) } else { message }.str("..");
    if let Some(end) = end { message.dim(end) } else { message }.str("]")
}

/// `dim`, or `other` where there is none.
pub(super) const fn or(dim: Option<Dim>, other: Dim) -> Dim {
    match dim {
        Some(dim) => dim,
        None => other,
    }
}
