//! The order in which the examples of an epoch come.

use std::ops::Range;

use super::{Access, Columns};
use crate::float::Float;
use crate::random::mix;

/// The rows `rows` of `columns`, each once, shuffled by `key` as far as the columns are read well in that order.
pub(crate) fn order<F: Float>(
    columns: &Columns<'_, F>,
    rows: Range<usize>,
    key: u64,
) -> Vec<usize> {
    let access =
        columns.iter().map(|(_, column)| column.access()).fold(Access::Random, Access::and);
    shuffled(rows, access, key)
}

impl Access {
    /// The access that suits both.
    fn and(self, other: Access) -> Access {
        use Access::{Chunks, Random, Sequential};
        match (self, other) {
            (Random, access) | (access, Random) => access,
            (Chunks(a), Chunks(b)) => Chunks(a.min(b)),
            (Sequential(a) | Chunks(a), Sequential(b) | Chunks(b)) => Sequential(a.min(b)),
        }
    }
}

fn shuffled(rows: Range<usize>, access: Access, key: u64) -> Vec<usize> {
    let (size, exchange) = match access {
        Access::Random => (usize::MAX, false),
        Access::Chunks(size) => (size.max(1), true),
        Access::Sequential(size) => (size.max(1), false),
    };
    if size > rows.end {
        return permutation(rows, key);
    }
    let chunks = rows.start / size..rows.end.div_ceil(size);
    let chunks = if exchange { permutation(chunks, key) } else { chunks.collect() };
    let chunk = |chunk: usize| {
        let first = (chunk * size).max(rows.start);
        // The keys of the chunks are others than that of the permutation of the chunks.
        permutation(first..rows.end.min((chunk + 1) * size), mix(!key, chunk as u64))
    };
    chunks.into_iter().flat_map(chunk).collect()
}

/// `range` in the random order of `key` (Fisher, Yates; Durstenfeld 1964).
fn permutation(range: Range<usize>, key: u64) -> Vec<usize> {
    let mut order: Vec<usize> = range.collect();
    for i in (1..order.len()).rev() {
        // The high half of a product is below i + 1, and uniform up to 2⁻⁶⁴ · i.
        let random = u128::from(mix(key, i as u64));
        order.swap(i, ((random * (i as u128 + 1)) >> 64) as usize);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCESS: [Access; 5] = [
        Access::Random,
        Access::Chunks(8),
        Access::Chunks(0),
        Access::Sequential(8),
        Access::Sequential(usize::MAX),
    ];

    #[test]
    fn every_row_comes_once_in_an_order_of_its_key() {
        for access in ACCESS {
            for rows in [0..0, 0..1, 0..7, 0..8, 0..9, 0..100, 5..5, 3..7, 8..16, 13..100] {
                let order = shuffled(rows.clone(), access, 1);
                assert_eq!(order, shuffled(rows.clone(), access, 1));
                let mut sorted = order.clone();
                sorted.sort_unstable();
                assert_eq!(sorted, rows.collect::<Vec<_>>(), "{access:?}");
            }
            assert_ne!(shuffled(0..100, access, 1), shuffled(0..100, access, 2), "{access:?}");
        }
    }

    #[test]
    fn the_order_in_memory_is_that_of_the_formula() {
        assert_eq!(shuffled(0..10, Access::Random, 1), PERMUTATION);
        let later = PERMUTATION.map(|row| row + 7);
        assert_eq!(shuffled(7..17, Access::Random, 1), later);
    }

    /// Computed apart from this code, in exact integers.
    const PERMUTATION: [usize; 10] = [2, 5, 0, 1, 3, 9, 8, 4, 6, 7];

    #[test]
    fn chunks_stay_together() {
        let chunks = |access| -> Vec<usize> {
            let order = shuffled(3..100, access, 5);
            let mut chunks: Vec<usize> = order.iter().map(|row| row / 8).collect();
            chunks.dedup();
            assert!(order.chunk_by(|a, b| a / 8 == b / 8).any(|rows| !rows.is_sorted()));
            chunks
        };
        assert_eq!(chunks(Access::Sequential(8)), (0..13).collect::<Vec<_>>());
        let mut exchanged = chunks(Access::Chunks(8));
        assert!(!exchanged.is_sorted());
        exchanged.sort_unstable();
        assert_eq!(exchanged, (0..13).collect::<Vec<_>>());
    }

    #[test]
    fn an_order_suits_all_columns() {
        use Access::{Chunks, Random, Sequential};
        assert_eq!(Random.and(Chunks(4)), Chunks(4));
        assert_eq!(Sequential(4).and(Random), Sequential(4));
        assert_eq!(Chunks(4).and(Chunks(16)), Chunks(4));
        assert_eq!(Chunks(4).and(Sequential(16)), Sequential(4));
        assert_eq!(Random.and(Random), Random);
    }
}
