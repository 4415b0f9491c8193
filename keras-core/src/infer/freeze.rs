//! How the weights of a model are stored when they are frozen: those that inference reads, one after the other, each in the
//! order in which tiles read it.

use super::mode::{PACKS, width};
use super::tile::Grid;
use crate::site::LayerAt;
use crate::weights::Tree;

/// How a weight of a body is stored.
#[derive(Clone, Copy, Debug)]
pub struct Pack {
    /// Its number among the weights of the body; none where there is nothing to be stored.
    pub weight: Option<usize>,
    /// Where it begins.
    pub at: usize,
    /// The value whose tiles read it, a matrix; [`Grid::NONE`] where it is stored as it is trained.
    pub tiles: Grid,
}

impl Pack {
    /// Nothing.
    pub const NONE: Pack = Pack { weight: None, at: 0, tiles: Grid::NONE };
}

/// How the weights of a layer at one call are stored.
#[derive(Clone, Copy, Debug)]
pub struct Freeze {
    /// Its own.
    pub own: &'static [Pack],
    /// Those of its calls.
    pub calls: &'static [Nested],
    /// How many numbers.
    pub len: usize,
}

/// How the weights of a call in a body are stored.
#[derive(Clone, Copy, Debug)]
pub struct Nested {
    /// Which layer of the body it calls, if that has weights of its own and this is the call that stores them.
    pub layer: Option<usize>,
    /// Where its weights begin.
    pub at: usize,
    /// How they are stored; as they are trained where there is nothing, as for a layer that is called more than once.
    pub freeze: Option<&'static Freeze>,
}

/// How the weights of `C` calls are stored behind `own` numbers of the body itself, and how many numbers all are.
///
/// `layers` are the calls with weights, each the call and which layer of `tree` it is, in the order of the layers.
pub const fn nest<const C: usize>(
    own: usize,
    tree: &Tree,
    layers: &[(usize, usize)],
    called: &[bool; C],
    freezes: [Option<&'static Freeze>; C],
) -> ([Nested; C], usize) {
    let mut calls = [Nested { layer: None, at: 0, freeze: None }; C];
    let (mut at, mut i) = (own, 0);
    while i < layers.len() {
        let layer = layers[i].1;
        let (mut count, mut last, mut end) = (0, 0, i);
        while end < layers.len() && layers[end].1 == layer {
            if called[layers[end].0] {
                (count, last) = (count + 1, layers[end].0);
            }
            end += 1;
        }
        let mut len = if count == 0 { 0 } else { tree.nested[layer].1.params() };
        if let (1, Some(freeze)) = (count, freezes[last]) {
            calls[last].freeze = Some(freeze);
            len = freeze.len;
        }
        while i < end {
            calls[layers[i].0].at = at;
            i += 1;
        }
        if count > 0 {
            calls[last].layer = Some(layer);
        }
        at += len;
    }
    (calls, at)
}

/// How the weights of a layer are stored.
pub const fn freeze_of<L: LayerAt>() -> &'static Freeze {
    match L::FREEZE {
        Some(freeze) => freeze,
        None => &Freeze { own: &[], calls: &[], len: 0 },
    }
}

/// The weights of a model as they are stored when it is frozen, from those that were trained.
pub const fn frozen<const N: usize>(tree: &Tree, freeze: &Freeze, trained: &[f32]) -> [f32; N] {
    let mut numbers = [0.0; N];
    store(tree, Some(freeze), trained, &mut numbers);
    numbers
}

const fn store(tree: &Tree, freeze: Option<&Freeze>, trained: &[f32], numbers: &mut [f32]) {
    let Some(Freeze { own, calls, .. }) = freeze else {
        let len = tree.params();
        return part_mut(numbers, 0, len).copy_from_slice(part(trained, 0, len));
    };
    let mut i = 0;
    while i < own.len() {
        if let Some(weight) = own[i].weight {
            let len = tree.own[weight].shape.len();
            let from = part(trained, tree.own_offset(weight), len);
            let to = part_mut(numbers, own[i].at, len);
            let tiles = &own[i].tiles;
            if PACKS && tiles.columns > 0 {
                pack(from, to, tiles.columns, width(tiles));
            } else {
                to.copy_from_slice(from);
            }
        }
        i += 1;
    }
    i = 0;
    while i < calls.len() {
        if let Some(layer) = calls[i].layer {
            let inner = tree.nested[layer].1;
            let from = part(trained, tree.nested_offset(layer), inner.params());
            let to = numbers.split_at_mut(calls[i].at).1;
            store(inner, calls[i].freeze, from, to);
        }
        i += 1;
    }
}

/// A matrix a block of columns at a time: the rows of the first `width` columns, those of the next, and of what is left.
const fn pack(matrix: &[f32], to: &mut [f32], columns: usize, width: usize) {
    let (rows, mut column, mut at) = (matrix.len() / columns, 0, 0);
    while column < columns {
        let block = if column + width <= columns { width } else { columns - column };
        let mut row = 0;
        while row < rows {
            let from = part(matrix, row * columns + column, block);
            part_mut(to, at, block).copy_from_slice(from);
            at += block;
            row += 1;
        }
        column += block;
    }
}

const fn part(numbers: &[f32], at: usize, len: usize) -> &[f32] {
    numbers.split_at(at).1.split_at(len).0
}

const fn part_mut(numbers: &mut [f32], at: usize, len: usize) -> &mut [f32] {
    numbers.split_at_mut(at).1.split_at_mut(len).0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::{Dim, Inferred};
    use crate::weights::{Initializer, WeightSpec};

    const fn spec(name: &'static str, sizes: &[Dim]) -> WeightSpec {
        let (shape, initializer) = (Inferred::shape(sizes), Initializer::Constant(0.0));
        WeightSpec {
            name,
            shape,
            initializer,
            trainable: true,
            updated: false,
            regularizer: None,
            constraint: None,
        }
    }

    const TREE: Tree = Tree {
        own: &[spec("kernel", &[Dim::of(2), Dim::of(5)]), spec("centers", &[Dim::of(3)])],
        nested: &[("inner", &INNER), ("unused", &INNER), ("twice", &INNER)],
    };
    const INNER: Tree =
        Tree { own: &[spec("bias", &[Dim::of(2)]), spec("rest", &[Dim::of(1)])], nested: &[] };
    const BIAS: Freeze =
        Freeze { own: &[Pack { weight: Some(0), at: 0, tiles: Grid::NONE }], calls: &[], len: 2 };

    #[test]
    fn what_is_read_is_stored_once() {
        let layers = [(0, 0), (1, 1), (2, 2), (3, 2)];
        let (calls, len) = nest(10, &TREE, &layers, &[true, false, true, true], [Some(&BIAS); 4]);
        let all: std::vec::Vec<_> =
            calls.iter().map(|call| (call.layer, call.at, call.freeze.is_some())).collect();
        let twice = (None, 12, false);
        assert_eq!(all, [(Some(0), 10, true), (None, 12, false), twice, (Some(2), 12, false)]);
        assert_eq!(len, 15);
    }

    #[test]
    fn a_matrix_is_stored_by_blocks() {
        let (mut packed, matrix) = ([0.0; 10], [0., 1., 2., 3., 4., 10., 11., 12., 13., 14.]);
        pack(&matrix, &mut packed, 5, 2);
        assert_eq!(packed, [0., 1., 10., 11., 2., 3., 12., 13., 4., 14.]);
    }
}
