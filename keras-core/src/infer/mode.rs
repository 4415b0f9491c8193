//! How wide tiles are, and how weights are stored for them.

use super::tile::Grid;

/// Whether small code counts more than speed: what the opt-level asks for with which this crate is compiled, `s` or `z`.
pub const SMALL: bool = cfg!(optimize_for_size);

/// Whether a frozen model stores matrices in the order in which tiles read them. A host reads rows as they are: its registers
/// are wide, and its tiles, too.
pub(super) const PACKS: bool = cfg!(not(feature = "std"));

/// The columns of every tile on a host: one or two of its widest registers. One width, for each is all of inference once more for
/// rustc to go through.
pub(super) const HOST: usize = 32;

/// Whether floats are computed by functions: all sums of a tile are on the stack while one of them runs, and no tile is faster
/// because it is wide.
pub const SOFT: bool = cfg!(soft_float);

/// The most columns that a tile has on a board: their sums, as many weights, and an operand stay in the 32 registers of a
/// Cortex-M4F.
const WIDEST: usize = if SOFT { 4 } else { 12 };
/// The columns of a tile of a wide value, where there is no better number, if positions may be computed in pairs.
const USUAL: usize = if SOFT { 2 } else { 8 };
/// The same of a value of one position.
const ALONE: usize = if SOFT { 4 } else { 16 };

/// How many columns the tiles of a value have. What is left behind whole tiles is a tile of its own.
///
/// On a board all of them if they are few, or a number that divides them; where code should be small two, whose loop needs
/// few instructions; where floats are functions at most four, and one if code should be small. On a host a tile is one or two
/// of the widest registers, and the last one of a row may be wider than what is left of it.
///
/// **Invariant:** the values of which a tile is made have one width, for a frozen matrix is stored by it: they are as large, or
/// like a [pool](crate::ops::max_pool2d)'s have as many columns, and one position only where the others do.
pub const fn width(value: &Grid) -> usize {
    let columns = value.columns;
    if cfg!(feature = "std") {
        return HOST;
    }
    if SMALL {
        return if columns.is_multiple_of(2) && !SOFT { 2 } else { 1 };
    }
    if value.is_alone() && columns.is_multiple_of(ALONE) {
        return ALONE;
    }
    if columns <= WIDEST {
        return if columns == 0 { 1 } else { columns };
    }
    if columns.is_multiple_of(USUAL) {
        return USUAL;
    }
    let mut width = WIDEST;
    while width + 2 >= USUAL {
        if columns.is_multiple_of(width) {
            return width;
        }
        width -= 1;
    }
    USUAL
}

/// The columns of the tile behind the whole ones; 0 where there are none.
#[cfg(not(feature = "std"))]
pub const fn rest(value: &Grid) -> usize {
    value.columns % width(value)
}
