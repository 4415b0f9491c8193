//! Memory of a step: one arena, places computed at compile time, and the only code that hands out several parts of it.

mod plan;
mod run;
mod spots;
mod table;

pub use plan::{Life, Plan, plan};
pub use run::{Frame, Place, Run, Space};
pub use table::{
    Held, Lives, Needs, Size, Slot, Spot, Table, back, keeps, kept, predict, sizes, train,
};

/// An amount of memory: `each` numbers for each example of a batch, `once` numbers whatever the batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Extent {
    /// Numbers for each example.
    pub each: usize,
    /// Numbers that do not depend on the batch.
    pub once: usize,
}

impl Extent {
    /// No memory.
    pub const ZERO: Extent = Extent { each: 0, once: 0 };

    /// What a value of this shape takes.
    pub const fn of(value: &crate::shape::Inferred) -> Extent {
        match value {
            crate::shape::Inferred::Ok(s) => Extent::of_numbers(s.len(), s.batched()),
            _ => Extent::ZERO,
        }
    }

    /// What a value of `len` numbers takes: for each example where it is `batched`.
    pub(crate) const fn of_numbers(len: usize, batched: bool) -> Extent {
        if batched { Extent { each: len, once: 0 } } else { Extent { each: 0, once: len } }
    }

    /// This where `condition`, otherwise nothing.
    pub const fn only(self, condition: bool) -> Extent {
        if condition { self } else { Extent::ZERO }
    }

    /// Both, one after the other.
    pub const fn and(self, other: Extent) -> Extent {
        Extent { each: self.each + other.each, once: self.once + other.once }
    }

    /// `count` of them.
    pub const fn times(self, count: usize) -> Extent {
        Extent { each: self.each * count, once: self.once * count }
    }

    /// The larger of the two, part by part.
    pub const fn max(self, other: Extent) -> Extent {
        Extent {
            each: if self.each > other.each { self.each } else { other.each },
            once: if self.once > other.once { self.once } else { other.once },
        }
    }

    /// The numbers that a batch of `batch` takes.
    pub const fn total(self, batch: usize) -> usize {
        self.each * batch + self.once
    }
}
