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

/// Places values of `sizes` that are alive during `lives` so that no two that live together overlap.
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

/// Places values one after the other: for what must all live together.
pub const fn stack<const K: usize>(sizes: [Extent; K]) -> Plan<K> {
    let (mut at, mut total, mut i) = ([Extent::ZERO; K], Extent::ZERO, 0);
    while i < K {
        at[i] = total;
        total = total.and(sizes[i]);
        i += 1;
    }
    Plan { at, total }
}

/// The order in which values are placed: largest first, and among equals the earlier one.
const fn by_size<const K: usize>(sizes: [usize; K]) -> [usize; K] {
    let mut order = [0; K];
    let mut i = 0;
    while i < K {
        let mut j = i;
        while j > 0 && sizes[order[j - 1]] < sizes[i] {
            order[j] = order[j - 1];
            j -= 1;
        }
        order[j] = i;
        i += 1;
    }
    order
}

const fn place<const K: usize>(sizes: [usize; K], lives: [Life; K]) -> ([usize; K], usize) {
    let order = by_size(sizes);
    let mut at = [0; K];
    // The values placed so far, by address: a scan from low to high finds the first gap.
    let mut placed = [0; K];
    let mut count = 0;
    let mut total = 0;
    let mut next = 0;
    while next < K && sizes[order[next]] > 0 {
        let value = order[next];
        let mut start = 0;
        let mut i = 0;
        while i < count {
            let other = placed[i];
            let together =
                lives[other].from <= lives[value].to && lives[value].from <= lives[other].to;
            if together {
                if at[other] >= start + sizes[value] {
                    break;
                }
                let end = at[other] + sizes[other];
                start = if end > start { end } else { start };
            }
            i += 1;
        }
        at[value] = start;
        total = if start + sizes[value] > total { start + sizes[value] } else { total };
        let mut slot = count;
        while slot > 0 && at[placed[slot - 1]] > start {
            placed[slot] = placed[slot - 1];
            slot -= 1;
        }
        placed[slot] = value;
        count += 1;
        next += 1;
    }
    (at, total)
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
