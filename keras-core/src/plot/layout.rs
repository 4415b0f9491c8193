//! Where the boxes of a graph stand: in ranks by the longest path from an input, from the top down.

/// A box, or a bend of an arrow.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    pub width: f64,
    pub height: f64,
    /// The centre of its upper side.
    pub x: f64,
    pub y: f64,
    rank: usize,
    above: Vec<usize>,
    below: Vec<usize>,
}

/// An arrow: the boxes at its ends, and the bends between them.
#[derive(Clone, Debug)]
pub(super) struct Arrow {
    pub from: usize,
    pub to: usize,
    pub bends: Vec<usize>,
}

/// Boxes with their places: those that were given, in their order, and then the bends of arrows.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    pub nodes: Vec<Node>,
    pub arrows: Vec<Arrow>,
    pub width: f64,
    pub height: f64,
    ranks: Vec<Vec<usize>>,
}

/// Between neighbours in a rank, between ranks, and at the edge of the picture.
const GAP: f64 = 24.0;
const RISE: f64 = 44.0;
const MARGIN: f64 = 16.0;
/// How often boxes move towards their neighbours above and below.
const SWEEPS: usize = 8;

impl Layout {
    /// Of boxes of these sizes, with arrows `(from, to)`, each from a box to a later one; others are left out.
    pub(super) fn new(
        sizes: impl Iterator<Item = (f64, f64)>,
        arrows: impl Iterator<Item = (usize, usize)>,
    ) -> Self {
        let nodes = sizes.map(|(width, height)| Node { width, height, ..Node::default() });
        let mut layout = Layout { nodes: nodes.collect(), ..Layout::default() };
        let mut arrows: Vec<_> = arrows.filter(|(from, to)| from < to).collect();
        // By their ends, so that the rank of a box is known when it is read.
        arrows.sort_by_key(|(_, to)| *to);
        for (from, to) in &arrows {
            layout.nodes[*to].rank = layout.nodes[*to].rank.max(layout.nodes[*from].rank + 1);
        }
        for (from, to) in arrows {
            layout.connect(from, to);
        }
        let ranks = layout.nodes.iter().map(|node| node.rank + 1).max().unwrap_or(0);
        layout.ranks = vec![Vec::new(); ranks];
        for (i, node) in layout.nodes.iter().enumerate() {
            layout.ranks[node.rank].push(i);
        }
        layout.order();
        layout.place();
        layout
    }

    /// An arrow over several ranks bends in each rank between.
    fn connect(&mut self, from: usize, to: usize) {
        let (first, last) = (self.nodes[from].rank + 1, self.nodes[to].rank);
        let (mut bends, mut above) = (Vec::new(), from);
        for rank in first..=last {
            let below = if rank == last { to } else { self.nodes.len() };
            if below != to {
                self.nodes.push(Node { rank, width: 1.0, ..Node::default() });
                bends.push(below);
            }
            self.nodes[above].below.push(below);
            self.nodes[below].above.push(above);
            above = below;
        }
        self.arrows.push(Arrow { from, to, bends });
    }

    /// Orders each rank by the mean place of its neighbours, so that few arrows cross.
    fn order(&mut self) {
        for sweep in 0..SWEEPS {
            self.spread();
            let down = sweep % 2 == 0;
            for rank in self.sweep(down) {
                let mut nodes = core::mem::take(&mut self.ranks[rank]);
                let wishes: Vec<f64> =
                    self.nodes.iter().map(|node| self.wish(node, down)).collect();
                nodes.sort_by(|a, b| wishes[*a].total_cmp(&wishes[*b]));
                self.ranks[rank] = nodes;
                self.spread();
            }
        }
    }

    /// The ranks, those first whose neighbours do not move.
    fn sweep(&self, down: bool) -> Vec<usize> {
        let ranks = 0..self.ranks.len();
        if down { ranks.collect() } else { ranks.rev().collect() }
    }

    /// Where a box wants to be: in the middle of its neighbours above, or below.
    fn wish(&self, node: &Node, down: bool) -> f64 {
        let neighbours = if down { &node.above } else { &node.below };
        let sum: f64 = neighbours.iter().map(|i| self.nodes[*i].x).sum();
        if neighbours.is_empty() { node.x } else { sum / neighbours.len() as f64 }
    }

    /// Puts the boxes of each rank side by side, around 0.
    fn spread(&mut self) {
        for rank in &self.ranks {
            let width: f64 = rank.iter().map(|i| self.nodes[*i].width + GAP).sum();
            let mut left = -width / 2.0;
            for i in rank {
                let node = &mut self.nodes[*i];
                node.x = left + (node.width + GAP) / 2.0;
                left += node.width + GAP;
            }
        }
    }

    fn place(&mut self) {
        self.spread();
        for sweep in 0..SWEEPS {
            let down = sweep % 2 == 0;
            for rank in self.sweep(down) {
                self.settle(rank, down);
            }
        }
        let left = self.nodes.iter().map(|node| node.x - node.width / 2.0);
        let left = left.fold(f64::INFINITY, f64::min);
        let mut y = MARGIN;
        for rank in &self.ranks {
            let height = rank.iter().map(|i| self.nodes[*i].height).fold(0.0, f64::max);
            for i in rank {
                let node = &mut self.nodes[*i];
                node.x += MARGIN - left;
                // A bend is a line through the whole rank: it passes beside the boxes.
                node.height = if node.height == 0.0 { height } else { node.height };
                node.y = y + (height - node.height) / 2.0;
                self.width = self.width.max(node.x + node.width / 2.0 + MARGIN);
            }
            y += height + RISE;
        }
        self.height = y - RISE + MARGIN;
    }

    /// Moves the boxes of a rank to where they want to be, as far as there is room: the mean of what comes out from the left and
    /// from the right.
    fn settle(&mut self, rank: usize, down: bool) {
        let rank = self.ranks[rank].clone();
        let wishes: Vec<f64> = rank.iter().map(|i| self.wish(&self.nodes[*i], down)).collect();
        let mut from_left = wishes.clone();
        let mut from_right = wishes;
        let apart = |a: usize, b: usize| {
            (self.nodes[rank[a]].width + self.nodes[rank[b]].width) / 2.0 + GAP
        };
        for i in 1..rank.len() {
            from_left[i] = from_left[i].max(from_left[i - 1] + apart(i - 1, i));
        }
        for i in (1..rank.len()).rev() {
            from_right[i - 1] = from_right[i - 1].min(from_right[i] - apart(i - 1, i));
        }
        for (i, (left, right)) in rank.iter().zip(from_left.iter().zip(&from_right)) {
            self.nodes[*i].x = (left + right) / 2.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A diamond with a short cut: 0 to 1 and 2, both to 3, and 0 to 3.
    #[test]
    fn ranks_are_longest_paths_and_boxes_stand_apart() {
        let arrows = [(0, 1), (0, 2), (1, 3), (2, 3), (0, 3), (3, 0)];
        let layout = Layout::new([(80.0, 20.0); 4].into_iter(), arrows.into_iter());
        let ys: Vec<f64> = layout.nodes[..4].iter().map(|node| node.y).collect();
        assert_eq!(ys, [16.0, 80.0, 80.0, 144.0]);
        assert_eq!(layout.height, 180.0);
        let middle: Vec<&Node> = layout.ranks[1].iter().map(|i| &layout.nodes[*i]).collect();
        assert_eq!(middle.len(), 3, "two boxes and a bend");
        for pair in middle.windows(2) {
            assert!(pair[1].x - pair[0].x >= (pair[0].width + pair[1].width) / 2.0 + GAP);
        }
        assert!(layout.nodes.iter().all(|node| node.x - node.width / 2.0 >= MARGIN));
        let bends: Vec<usize> = layout.arrows.iter().map(|arrow| arrow.bends.len()).collect();
        assert_eq!(bends, [0, 0, 0, 0, 1]);
    }

    #[test]
    fn a_graph_without_boxes_has_no_size() {
        let layout = Layout::new([].into_iter(), [].into_iter());
        assert_eq!(layout.width, 0.0);
    }
}
