//! One size of a shape, with the name it was bound to, and arithmetic that cannot go wrong silently.

/// Why a dimension has no size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A sum or product that does not fit `usize`: the operands and the sign between them.
    Overflow(usize, &'static str, usize),
    /// A difference below zero.
    Negative(usize, usize),
    /// A division or remainder by zero: what is divided.
    DivisionByZero(usize),
    /// An operand was already wrong; its own error says why.
    Poisoned,
}

impl Fault {
    /// What is said of an axis that has this fault.
    pub const fn verdict(self) -> &'static str {
        match self {
            Fault::Overflow(..) => " overflows",
            Fault::Negative(..) => " is below zero",
            Fault::DivisionByZero(_) => " divides by zero",
            Fault::Poisoned => " has no size",
        }
    }
}

/// A size and the name it was bound to (`n`, `output_dim`), or `""` for a literal or a result of arithmetic.
///
/// Two dims are equal when their sizes are; the name only speaks in messages.
#[derive(Clone, Copy, Debug)]
pub struct Dim {
    pub(super) size: usize,
    pub(super) name: &'static str,
    pub(super) fault: Option<Fault>,
    pub(super) kept: bool,
    pub(super) open: bool,
}

impl Dim {
    /// A dimension of `size`, without a name.
    pub const fn of(size: usize) -> Self {
        Dim { size, name: "", fault: None, kept: false, open: false }
    }

    /// A dimension whose size could not be computed.
    pub const fn faulty(fault: Fault) -> Self {
        Dim { size: 1, name: "", fault: Some(fault), kept: false, open: false }
    }

    /// The same size under the name `name`.
    pub const fn named(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }

    /// The same dim without its mark of `keepdims = true`.
    pub const fn plain(mut self) -> Self {
        self.kept = false;
        self
    }

    /// An axis of size 1 kept by a reduction: the only axis that broadcasts.
    pub const fn kept() -> Self {
        Dim { size: 1, name: "", fault: None, kept: true, open: false }
    }

    /// Whether this axis was kept by `keepdims = true`.
    pub const fn is_kept(&self) -> bool {
        self.kept
    }

    /// The same dim, whose size stands for any: messages say its name alone.
    pub const fn open(mut self) -> Self {
        self.open = true;
        self
    }

    /// Whether the size stands for any.
    pub const fn is_open(&self) -> bool {
        self.open
    }

    /// The size; 1 where there is a [`fault`](Self::fault).
    pub const fn get(&self) -> usize {
        self.size
    }

    /// The name the dim was bound to, or `""`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// What went wrong when the size was computed.
    pub const fn fault(&self) -> Option<Fault> {
        self.fault
    }

    /// The result of a user's `const fn` of other dims: poisoned where one of them is.
    pub const fn known(dims: &[Dim]) -> bool {
        let mut i = 0;
        while i < dims.len() {
            if dims[i].fault.is_some() {
                return false;
            }
            i += 1;
        }
        true
    }

    const fn both(self, other: Dim) -> Option<Fault> {
        match (self.fault, other.fault) {
            (Some(fault), _) | (None, Some(fault)) => Some(fault),
            (None, None) => None,
        }
    }

    const fn combine(self, other: Dim, result: Result<usize, Fault>) -> Dim {
        match (self.both(other), result) {
            (Some(fault), _) | (None, Err(fault)) => Dim::faulty(fault),
            (None, Ok(size)) => Dim { open: self.open || other.open, ..Dim::of(size) },
        }
    }

    /// `self + other`.
    pub const fn add(self, other: Dim) -> Dim {
        self.combine(
            other,
            fits(self.size.checked_add(other.size), Fault::Overflow(self.size, " + ", other.size)),
        )
    }

    /// `self - other`; below zero it is [`Fault::Negative`].
    pub const fn sub(self, other: Dim) -> Dim {
        self.combine(
            other,
            fits(self.size.checked_sub(other.size), Fault::Negative(self.size, other.size)),
        )
    }

    /// `self * other`.
    pub const fn mul(self, other: Dim) -> Dim {
        self.combine(
            other,
            fits(self.size.checked_mul(other.size), Fault::Overflow(self.size, " * ", other.size)),
        )
    }

    /// `self / other`, rounded down.
    pub const fn div(self, other: Dim) -> Dim {
        self.combine(
            other,
            fits(self.size.checked_div(other.size), Fault::DivisionByZero(self.size)),
        )
    }

    /// `self % other`.
    pub const fn rem(self, other: Dim) -> Dim {
        self.combine(
            other,
            fits(self.size.checked_rem(other.size), Fault::DivisionByZero(self.size)),
        )
    }

    /// `self / other`, rounded up.
    pub const fn div_ceil(self, other: Dim) -> Dim {
        let result = if other.size == 0 {
            Err(Fault::DivisionByZero(self.size))
        } else {
            Ok(self.size.div_ceil(other.size))
        };
        self.combine(other, result)
    }

    /// The smaller of the two.
    pub const fn min(self, other: Dim) -> Dim {
        self.combine(other, Ok(if self.size < other.size { self.size } else { other.size }))
    }

    /// The larger of the two.
    pub const fn max(self, other: Dim) -> Dim {
        self.combine(other, Ok(if self.size > other.size { self.size } else { other.size }))
    }
}

const fn fits(size: Option<usize>, fault: Fault) -> Result<usize, Fault> {
    match size {
        Some(size) => Ok(size),
        None => Err(fault),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_reports_what_rust_would_panic_on() {
        let (two, zero, big) = (Dim::of(2), Dim::of(0), Dim::of(usize::MAX));
        assert_eq!(big.add(two).fault(), Some(Fault::Overflow(usize::MAX, " + ", 2)));
        assert_eq!(big.mul(two).fault(), Some(Fault::Overflow(usize::MAX, " * ", 2)));
        assert_eq!(zero.sub(two).fault(), Some(Fault::Negative(0, 2)));
        assert_eq!(two.div(zero).fault(), Some(Fault::DivisionByZero(2)));
        assert_eq!(two.rem(zero).fault(), Some(Fault::DivisionByZero(2)));
        assert_eq!(two.div_ceil(zero).fault(), Some(Fault::DivisionByZero(2)));
        assert_eq!(Dim::of(7).div_ceil(two).get(), 4);
        assert_eq!(Dim::of(7).rem(two).get(), 1);
        assert_eq!(Dim::of(7).min(two).get(), 2);
        assert_eq!(Dim::of(7).max(two).get(), 7);
    }

    #[test]
    fn the_first_fault_is_the_one_that_stays() {
        let wrong = Dim::of(1).div(Dim::of(0));
        assert_eq!(wrong.add(Dim::of(1)).fault(), Some(Fault::DivisionByZero(1)));
        assert!(!Dim::known(&[Dim::of(1), wrong]));
    }
}
