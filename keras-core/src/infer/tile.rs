//! Tiles: a few columns of a few neighbouring positions of a value, which stay in registers.
//!
//! The numbers of one example are seen as `[outer, inner, columns]`: the last axis, the one in front of it, and all others. A
//! [`Tile`] is `B` numbers along the last axis at `Q` positions that are neighbours along the inner one.

use crate::float::Float;
use crate::shape::{Inferred, Shape};

/// `Q` positions, `B` columns of each.
pub type Tile<F, const B: usize, const Q: usize> = [[F; B]; Q];

/// A value's numbers as `[outer, inner, columns]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    /// The product of all axes but the last two.
    pub outer: usize,
    /// The last axis but one.
    pub inner: usize,
    /// The last axis.
    pub columns: usize,
}

impl Grid {
    /// No numbers.
    pub const NONE: Grid = Grid { outer: 0, inner: 0, columns: 0 };

    /// The grid of a value of this shape; without a shape there are no numbers.
    pub const fn of(value: &Inferred) -> Grid {
        let Inferred::Ok(shape) = value else { return Grid::NONE };
        let [outer, inner, columns] = shape.grid();
        Grid { outer, inner, columns }
    }

    /// How many numbers.
    pub const fn len(&self) -> usize {
        self.outer * self.inner * self.columns
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether there is one position: a row of columns.
    pub const fn is_alone(&self) -> bool {
        self.outer * self.inner == 1
    }

    /// Whether the two are the same, axis by axis.
    pub const fn is(&self, other: &Grid) -> bool {
        self.outer == other.outer && self.inner == other.inner && self.columns == other.columns
    }

    /// How its own numbers are found.
    pub const fn fetch(&self) -> Fetch {
        Fetch { outer: self.inner * self.columns, inner: self.columns, column: 1 }
    }
}

/// Where a tile begins.
#[derive(Clone, Copy, Debug)]
pub struct At {
    /// Along all axes but the last two, as one.
    pub outer: usize,
    /// Along the last axis but one.
    pub inner: usize,
    /// Along the last axis.
    pub column: usize,
}

/// How the numbers of an operand are found that belong to a place in the result: how far apart they are along each of the
/// result's axes, 0 where the operand is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fetch {
    /// Along all axes but the last two.
    pub outer: usize,
    /// Along the last axis but one.
    pub inner: usize,
    /// Along the last axis: 0 or 1.
    pub column: usize,
}

impl Fetch {
    /// The same number for all.
    pub const NOTHING: Fetch = Fetch { outer: 0, inner: 0, column: 0 };

    /// How an operand that broadcasts to `output` is found; nothing where that is not along the three axes of a [`Grid`].
    pub const fn of(output: &Inferred, operand: &Inferred) -> Option<Fetch> {
        let (Inferred::Ok(output), Inferred::Ok(operand)) = (output, operand) else { return None };
        let rank = output.rank();
        let last = if rank > 0 { step(output, operand, rank - 1) } else { 0 };
        let inner = if rank > 1 { step(output, operand, rank - 2) } else { 0 };
        let (mut outer, mut axis, mut expected, mut seen) = (0, rank.saturating_sub(2), 0, false);
        // From the inside out: each axis must go on where the one inside of it ends.
        while axis > 0 {
            axis -= 1;
            if output.size(axis) > 1 {
                let step = step(output, operand, axis);
                if seen && step != expected {
                    return None;
                }
                outer = if seen { outer } else { step };
                expected = step * output.size(axis);
                seen = true;
            }
        }
        Some(Fetch { outer, inner, column: last })
    }

    /// Whether the operand has the same numbers at every position.
    pub const fn is_of_columns(&self) -> bool {
        self.outer == 0 && self.inner == 0
    }

    /// The number of the operand at this place.
    #[inline(always)]
    pub const fn at(&self, at: At) -> usize {
        at.outer * self.outer + at.inner * self.inner + at.column * self.column
    }
}

/// How far apart in `operand` neighbours along `axis` of `output` are.
const fn step(output: &Shape, operand: &Shape, axis: usize) -> usize {
    let gap = output.rank() - operand.rank();
    if axis < gap || operand.size(axis - gap) == 1 {
        return 0;
    }
    operand.product(axis - gap + 1, operand.rank())
}

/// `f` of each number of a tile.
#[inline(always)]
pub fn map<F: Float, const B: usize, const Q: usize>(
    mut tile: Tile<F, B, Q>,
    f: impl Fn(F) -> F,
) -> Tile<F, B, Q> {
    tile.iter_mut().flatten().for_each(|x| *x = f(*x));
    tile
}

/// `B` numbers from the front, each 0 that is not there.
#[inline(always)]
pub(crate) fn first<F: Float, const B: usize>(numbers: &[F]) -> [F; B] {
    match numbers.first_chunk() {
        Some(chunk) => *chunk,
        None => some(numbers),
    }
}

/// Where a row ends a tile may be wider: on a host, whose tiles are as wide as its registers.
#[cfg(feature = "std")]
fn some<F: Float, const B: usize>(numbers: &[F]) -> [F; B] {
    let mut chunk = [F::zero(); B];
    chunk.iter_mut().zip(numbers).for_each(|(to, from)| *to = *from);
    chunk
}

/// Without `std` tiles have the widths of rows.
#[cfg(not(feature = "std"))]
#[inline(always)]
fn some<F: Float, const B: usize>(_: &[F]) -> [F; B] {
    [F::zero(); B]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::Dim;

    fn value(sizes: &[usize]) -> Inferred {
        let dims: std::vec::Vec<Dim> =
            sizes.iter().map(|&n| if n == 1 { Dim::kept() } else { Dim::of(n) }).collect();
        Inferred::shape(&dims)
    }

    fn fetch(output: &[usize], operand: &[usize]) -> Option<(usize, usize, usize)> {
        Fetch::of(&value(output), &value(operand)).map(|f| (f.outer, f.inner, f.column))
    }

    #[test]
    fn operands_are_found_where_they_broadcast() {
        assert_eq!(fetch(&[7], &[7]), Some((0, 0, 1)));
        assert_eq!(fetch(&[7], &[]), Some((0, 0, 0)));
        assert_eq!(fetch(&[4, 5, 7], &[4, 5, 7]), Some((35, 7, 1)));
        assert_eq!(fetch(&[4, 5, 7], &[7]), Some((0, 0, 1)));
        assert_eq!(fetch(&[4, 5, 7], &[5, 1]), Some((0, 1, 0)));
        assert_eq!(fetch(&[4, 5, 7], &[4, 1, 7]), Some((7, 0, 1)));
        assert_eq!(fetch(&[2, 4, 5, 7], &[2, 4, 5, 7]), Some((35, 7, 1)));
        assert_eq!(fetch(&[2, 4, 5, 7], &[4, 5, 7]), None);
    }

    #[test]
    fn a_grid_has_all_numbers() {
        assert_eq!(Grid::of(&value(&[2, 3, 5, 7])), Grid { outer: 6, inner: 5, columns: 7 });
        assert_eq!(Grid::of(&value(&[])).len(), 1);
        assert_eq!(Grid::of(&Inferred::Poisoned).len(), 0);
    }
}
