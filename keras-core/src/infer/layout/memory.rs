//! Memory that is taken for a while: the largest first, each at the lowest place that is free while it is alive.
//!
//! Rustc goes through this for every model: what grows with the square of its depth is slow.

use super::NONE;

/// Whose memory it is, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A value's, and that of all that share its memory.
    Value(usize),
    /// What a call stores while it runs.
    Call(usize),
}

/// Something that takes memory for a while.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    /// Whose memory it is.
    pub of: Owner,
    /// How many numbers.
    pub size: usize,
    /// The first moment.
    pub from: usize,
    /// The last moment.
    pub to: usize,
    /// Where it begins.
    pub at: usize,
    /// The last moment of all blocks up to this one.
    reach: usize,
    /// The one that is placed after this one.
    next: usize,
    placed: bool,
}

impl Block {
    /// Nothing.
    pub const NONE: Block = Block {
        of: Owner::Value(0),
        size: 0,
        from: 0,
        to: 0,
        reach: 0,
        next: NONE,
        at: 0,
        placed: false,
    };

    /// The memory of value `value`, which is where the caller wants it.
    pub(super) const fn given(
        value: usize,
        size: usize,
        at: usize,
        lives: (usize, usize),
    ) -> Block {
        let (from, to) = lives;
        Block { of: Owner::Value(value), size, from, to, at, ..Block::NONE }
    }

    /// Whether the two share a number.
    const fn overlaps(&self, other: &Block) -> bool {
        other.at < self.at + self.size && self.at < other.at + other.size
    }
}

/// The memory of a body: what takes some, in the order of time, so that rustc need not go over all pairs of it.
pub(super) struct Memory<'a> {
    blocks: &'a mut [Block],
    count: usize,
}

impl<'a> Memory<'a> {
    /// Empty, with room for all values and calls.
    pub(super) const fn new(blocks: &'a mut [Block]) -> Self {
        Memory { blocks, count: 0 }
    }

    pub(super) const fn note(&mut self, of: Owner, size: usize, (from, to): (usize, usize)) {
        if size == 0 {
            return;
        }
        let mut i = self.count;
        while i > 0 && self.blocks[i - 1].from > from {
            self.blocks[i] = self.blocks[i - 1];
            i -= 1;
        }
        self.blocks[i] = Block { of, size, from, to, ..Block::NONE };
        self.count += 1;
    }

    /// Block `i`: whose it is, and where.
    pub(super) const fn block(&self, i: usize) -> Option<(Owner, usize)> {
        if i < self.count { Some((self.blocks[i].of, self.blocks[i].at)) } else { None }
    }

    /// Places all that was noted; returns how much memory that is.
    pub(super) const fn place(&mut self) -> usize {
        self.find_reach();
        let (mut total, mut i) = (0, self.sorted());
        while i != NONE {
            let end = self.place_at_lowest(i);
            total = if end > total { end } else { total };
            i = self.blocks[i].next;
        }
        self.verify();
        total
    }

    const fn find_reach(&mut self) {
        let (mut reach, mut i) = (0, 0);
        while i < self.count {
            let block = &mut self.blocks[i];
            reach = if block.to > reach { block.to } else { reach };
            block.reach = reach;
            i += 1;
        }
    }

    /// Which is placed first, and after each the next one: the largest, and of those the first in time. Lists of one block, two,
    /// four and so on are merged when there is another one of their length.
    const fn sorted(&mut self) -> usize {
        let (mut lists, mut i) = ([NONE; usize::BITS as usize], 0);
        while i < self.count {
            let (mut list, mut k) = (i, 0);
            while lists[k] != NONE {
                list = self.merged(lists[k], list);
                lists[k] = NONE;
                k += 1;
            }
            lists[k] = list;
            i += 1;
        }
        let (mut all, mut k) = (NONE, 0);
        while k < lists.len() {
            all = self.merged(lists[k], all);
            k += 1;
        }
        all
    }

    /// Two sorted lists as one: of equal blocks those of the first list are first.
    const fn merged(&mut self, mut a: usize, mut b: usize) -> usize {
        let (mut first, mut last) = (NONE, NONE);
        while a != NONE && b != NONE {
            let one = if self.blocks[b].size > self.blocks[a].size { b } else { a };
            let next = self.blocks[one].next;
            (a, b) = if one == a { (next, b) } else { (a, next) };
            if last == NONE {
                first = one;
            } else {
                self.blocks[last].next = one;
            }
            last = one;
        }
        let rest = if a == NONE { b } else { a };
        if last == NONE {
            return rest;
        }
        self.blocks[last].next = rest;
        first
    }

    /// Places a block at the lowest place that is clear of the placed ones that are alive with it; returns its end.
    const fn place_at_lowest(&mut self, i: usize) -> usize {
        let mut block = self.blocks[i];
        while let Some(end) = self.in_the_way(i, &block) {
            block.at = end;
        }
        block.placed = true;
        self.blocks[i] = block;
        block.at + block.size
    }

    /// The end of a placed block that is where block `i` would be, while that is alive.
    const fn in_the_way(&self, i: usize, block: &Block) -> Option<usize> {
        let mut j = i;
        while j > 0 && self.blocks[j - 1].reach >= block.from {
            j -= 1;
            let other = &self.blocks[j];
            if other.placed && other.to >= block.from && block.overlaps(other) {
                return Some(other.at + other.size);
            }
        }
        j = i + 1;
        while j < self.count && self.blocks[j].from <= block.to {
            let other = &self.blocks[j];
            if other.placed && block.overlaps(other) {
                return Some(other.at + other.size);
            }
            j += 1;
        }
        None
    }

    /// Where the memory ends that is taken at a moment.
    pub(super) const fn end_at(&self, time: usize) -> usize {
        let (mut end, mut i) = (0, 0);
        while i < self.count && self.blocks[i].from <= time {
            let block = &self.blocks[i];
            if time <= block.to && block.at + block.size > end {
                end = block.at + block.size;
            }
            i += 1;
        }
        end
    }

    /// The proof, for rustc to go through: no two that are alive at a time share a number.
    const fn verify(&self) {
        let mut i = 0;
        while i < self.count {
            let (block, mut j) = (&self.blocks[i], i + 1);
            assert!(block.placed, "a value has no place");
            assert!(i == 0 || self.blocks[i - 1].from <= block.from, "not in the order of time");
            while j < self.count && self.blocks[j].from <= block.to {
                assert!(
                    !block.overlaps(&self.blocks[j]),
                    "two values that are alive at a time share memory"
                );
                j += 1;
            }
            i += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    /// Where blocks of these sizes and lives are placed, in their order, and how much memory that is.
    fn placed(all: &[(usize, (usize, usize))]) -> (Vec<usize>, usize) {
        let mut blocks = std::vec![Block::NONE; all.len()];
        let mut memory = Memory::new(&mut blocks);
        for (i, (size, lives)) in all.iter().enumerate() {
            memory.note(Owner::Value(i), *size, *lives);
        }
        let total = memory.place();
        let mut at = std::vec![usize::MAX; all.len()];
        let mut i = 0;
        while let Some((Owner::Value(value), place)) = memory.block(i) {
            (at[value], i) = (place, i + 1);
        }
        (at, total)
    }

    #[test]
    fn what_died_makes_room() {
        assert_eq!(placed(&[(4, (1, 2)), (3, (2, 3)), (4, (3, 4))]), ([0, 4, 0].into(), 7));
        // The largest first: the small one goes where that leaves room.
        assert_eq!(placed(&[(1, (1, 9)), (5, (1, 3)), (5, (4, 9))]), ([5, 0, 0].into(), 6));
    }

    #[test]
    fn what_takes_nothing_is_not_placed() {
        assert_eq!(placed(&[(0, (1, 9)), (2, (1, 2))]), ([usize::MAX, 0].into(), 2));
    }

    #[test]
    fn the_order_of_notes_does_not_count() {
        let (late, early) = ((2, (5, 6)), (3, (1, 5)));
        assert_eq!(placed(&[late, early]).1, placed(&[early, late]).1);
    }

    #[test]
    fn no_two_that_are_alive_share_a_number() {
        // Lives and sizes without a pattern; `place` proves it itself, so this counts what it needs.
        let number = |i: usize, below: usize| i.wrapping_mul(0x9E37_79B9) / 7 % below;
        let all: Vec<_> = (0..60)
            .map(|i| {
                let from = number(i, 40);
                (1 + number(i + 100, 9), (from, from + number(i + 200, 12)))
            })
            .collect();
        let alive = |time: usize| {
            let all = all.iter().filter(|(_, (from, to))| *from <= time && time <= *to);
            all.map(|(size, _)| size).sum::<usize>()
        };
        let least = (0..60).map(alive).max().unwrap();
        let total = placed(&all).1;
        assert!(least <= total && total <= 2 * least, "{total} numbers, and {least} at the least");
    }
}
