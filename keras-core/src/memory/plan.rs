//! Where values live: placed by size, largest first, at the lowest place that is free during their whole life.

use super::Extent;

/// The statements, first and last, between which a value is alive.
#[derive(Clone, Copy, Debug)]
pub struct Life {
    /// The statement that makes it.
    pub from: usize,
    /// The last statement that reads it.
    pub to: usize,
}

/// The places of `K` values and the memory they take together.
#[derive(Clone, Copy, Debug)]
pub struct Plan<const K: usize> {
    /// Where each value begins.
    pub at: [Extent; K],
    /// The memory of all.
    pub total: Extent,
}

/// Places values of `sizes` that are alive during `lives`, in the order of their beginnings, so that no two that live together
/// overlap.
pub const fn plan<const K: usize>(sizes: [Extent; K], lives: [Life; K]) -> Plan<K> {
    let (mut each, mut once) = ([0; K], [0; K]);
    let mut i = 0;
    while i < K {
        each[i] = sizes[i].each;
        once[i] = sizes[i].once;
        i += 1;
    }
    let (each_at, each_total) = place(each, lives);
    let (once_at, once_total) = place(once, lives);
    let mut at = [Extent::ZERO; K];
    let mut i = 0;
    while i < K {
        at[i] = Extent { each: each_at[i], once: once_at[i] };
        i += 1;
    }
    Plan { at, total: Extent { each: each_total, once: once_total } }
}

/// The values that take memory in the order in which they are placed, and how many they are: the largest first, and among
/// equals the earlier one. A merge sort, since rustc runs it.
const fn by_size<const K: usize>(sizes: &[usize; K]) -> ([usize; K], usize) {
    let (mut order, mut count, mut i) = ([0; K], 0, 0);
    while i < K {
        if sizes[i] > 0 {
            order[count] = i;
            count += 1;
        }
        i += 1;
    }
    let mut width = 1;
    while width < count {
        order = merged(sizes, &order, count, width);
        width *= 2;
    }
    (order, count)
}

/// The first `count` of `from` with their sorted runs of `width` merged two by two.
const fn merged<const K: usize>(
    sizes: &[usize; K],
    from: &[usize; K],
    count: usize,
    width: usize,
) -> [usize; K] {
    let mut to = [0; K];
    let (mut left, mut middle, mut right, mut end, mut next) = (0, 0, 0, 0, 0);
    while next < count {
        if next == end {
            left = next;
            middle = if next + width < count { next + width } else { count };
            right = middle;
            end = if middle + width < count { middle + width } else { count };
        }
        if right == end || (left < middle && sizes[from[left]] >= sizes[from[right]]) {
            to[next] = from[left];
            left += 1;
        } else {
            to[next] = from[right];
            right += 1;
        }
        next += 1;
    }
    to
}

/// A place: where it begins and ends.
#[derive(Clone, Copy)]
struct Block {
    start: usize,
    end: usize,
}

/// Where values of `sizes` begin, and where the last ends. In most bodies a value lives with a few others, and rustc's
/// interpreter is slow: so the work grows with the pairs that live together, not with all pairs.
const fn place<const K: usize>(sizes: [usize; K], lives: [Life; K]) -> ([usize; K], usize) {
    let (order, placed) = by_size(&sizes);
    if placed == 0 {
        return ([0; K], 0);
    }
    if placed == 1 {
        return ([0; K], sizes[order[0]]);
    }
    let first = first_neighbours(&lives);
    let (mut at, mut total, mut next) = ([0; K], 0, 0);
    // The places that each value must keep clear of.
    let mut taken = [[Block { start: 0, end: 0 }; K]; K];
    let mut count = [0; K];
    while next < placed {
        let value = order[next];
        let (life, size) = (lives[value], sizes[value]);
        let start = first_gap(&taken[value], count[value], size);
        let block = Block { start, end: start + size };
        at[value] = start;
        total = if block.end > total { block.end } else { total };
        let mut other = first[value];
        while other < K && lives[other].from <= life.to {
            if lives[other].to >= life.from && sizes[other] > 0 && sizes[other] <= size {
                taken[other][count[other]] = block;
                count[other] += 1;
            }
            other += 1;
        }
        next += 1;
    }
    (at, total)
}

/// For each value the first one that lives together with it; lives are in the order of their beginnings.
const fn first_neighbours<const K: usize>(lives: &[Life; K]) -> [usize; K] {
    let (mut first, mut i) = ([K; K], 0);
    while i < K {
        let mut later = i;
        while later < K && lives[later].from <= lives[i].to {
            if first[later] > i {
                first[later] = i;
            }
            later += 1;
        }
        i += 1;
    }
    first
}

/// The lowest place for `size` numbers that keeps clear of the first `count` blocks of `taken`.
const fn first_gap<const K: usize>(taken: &[Block; K], count: usize, size: usize) -> usize {
    let (mut start, mut clear, mut i) = (0, 0, 0);
    // Until none of the blocks was in the way.
    while clear < count {
        let block = taken[i];
        if block.start < start + size && start < block.end {
            start = block.end;
            clear = 1;
        } else {
            clear += 1;
        }
        i = if i + 1 == count { 0 } else { i + 1 };
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    fn each(size: usize) -> Extent {
        Extent { each: size, once: 0 }
    }

    fn life(from: usize, to: usize) -> Life {
        Life { from, to }
    }

    #[test]
    fn a_chain_needs_two_buffers() {
        let plan = plan(
            [each(8), each(4), each(8), each(4)],
            [life(0, 1), life(1, 2), life(2, 3), life(3, 4)],
        );
        assert_eq!(plan.total, each(12));
    }

    #[test]
    fn values_alive_together_never_overlap() {
        // A fixed pseudo-random sequence: 40 values, lives of up to 9 statements.
        let mut state = 1u32;
        let mut next = |below: u32| {
            state = state.wrapping_mul(1664525).wrapping_add(1013904223);
            ((state >> 16) % below) as usize
        };
        let mut sizes = [Extent::ZERO; 40];
        let mut lives = [life(0, 0); 40];
        for i in 0..40 {
            sizes[i] = Extent { each: next(20), once: next(3) };
            let from = next(30);
            lives[i] = life(from, from + next(9));
        }
        lives.sort_by_key(|life| life.from);
        let plan = plan(sizes, lives);
        for a in 0..40 {
            for b in 0..a {
                if lives[a].from <= lives[b].to && lives[b].from <= lives[a].to {
                    let apart = |s: fn(Extent) -> usize| {
                        let (x, y) = (s(plan.at[a]), s(plan.at[b]));
                        let (m, n) = (s(sizes[a]), s(sizes[b]));
                        m == 0 || n == 0 || x + m <= y || y + n <= x
                    };
                    assert!(apart(|e| e.each) && apart(|e| e.once), "{a} and {b} overlap");
                }
            }
        }
    }
}
