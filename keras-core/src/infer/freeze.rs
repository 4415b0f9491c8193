//! How the weights of a model are stored when they are frozen: those that inference reads, one after the other, each in the
//! order in which tiles read it.

use super::affine::{Affine, Folded, Line};
use super::layout::{Draft, Scaled};
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

    /// How many columns stand together in a block; 0 where it is stored as it is trained.
    const fn width(&self) -> usize {
        if PACKS && self.tiles.columns > 0 { width(&self.tiles) } else { 0 }
    }

    /// Where the number of a row and a column is stored.
    const fn place(&self, rows: usize, columns: usize, row: usize, column: usize) -> usize {
        let width = if self.width() == 0 { columns } else { self.width() };
        let first = column - column % width;
        let block = if first + width <= columns { width } else { columns - first };
        first * rows + row * block + (column - first)
    }
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
    /// Which of its own multiply its output.
    pub scaled: Scaled,
    /// What it computes, if that is affine.
    pub affine: Option<Affine>,
}

impl Freeze {
    const NOTHING: Freeze =
        Freeze { own: &[], calls: &[], len: 0, scaled: Scaled::NONE, affine: None };

    /// How many columns an affine layer has.
    pub const fn columns(&self) -> usize {
        match self.affine {
            Some(affine) => affine.columns,
            None => 0,
        }
    }
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
    /// What is stored instead.
    pub folded: Folded,
    /// The call that is folded into these weights.
    pub takes: Option<usize>,
}

impl Nested {
    const NOTHING: Nested =
        Nested { layer: None, at: 0, freeze: None, folded: Folded::No, takes: None };

    /// How many numbers are stored of its layer, which has so many.
    pub const fn len(&self, params: usize) -> usize {
        let Some(freeze) = self.freeze else { return params };
        match self.folded {
            Folded::No => freeze.len,
            Folded::Line => 2 * freeze.columns(),
            Folded::Shift => freeze.columns(),
            Folded::Gone => 0,
        }
    }
}

/// How the weights of the calls of a body are stored behind its own, and how many numbers all are. `tree` has the layers that it
/// calls.
pub const fn nest<const V: usize, const C: usize, const S: usize>(
    draft: &Draft<V, C, S>,
    tree: &Tree,
    freezes: [Option<&'static Freeze>; C],
) -> ([Nested; C], usize) {
    let (mut calls, layers) = ([Nested::NOTHING; C], draft.script.layers);
    let (mut affine, mut i) = (false, 0);
    while i < layers.len() {
        let (end, count, last) = same_layer(layers, i, &draft.called);
        if count > 0 {
            calls[last].layer = Some(layers[i].1);
        }
        if let (1, Some(freeze)) = (count, freezes[last]) {
            calls[last].freeze = Some(freeze);
            affine |= freeze.affine.is_some();
        }
        i = end;
    }
    if affine {
        fold(draft, &mut calls);
    }
    let (mut at, mut layer, mut len) = (draft.sums.frozen, NONE, 0);
    i = 0;
    while i < layers.len() {
        let call = &mut calls[layers[i].0];
        if layers[i].1 != layer {
            (at, layer, len) = (at + len, layers[i].1, 0);
        }
        call.at = at;
        if call.layer.is_some() {
            len = call.len(tree.nested[layer].1.params);
        }
        i += 1;
    }
    (calls, at + len)
}

/// No layer.
const NONE: usize = usize::MAX;

/// Where the calls of the layer that call `i` is of end in `layers`, how many of them there are, and the last one.
const fn same_layer(layers: &[(usize, usize)], i: usize, called: &[bool]) -> (usize, usize, usize) {
    let (mut end, mut count, mut last) = (i, 0, 0);
    while end < layers.len() && layers[end].1 == layers[i].1 {
        if called[layers[end].0] {
            (count, last) = (count + 1, layers[end].0);
        }
        end += 1;
    }
    (end, count, last)
}

/// What becomes of the layers that are affine, where less is stored of them then.
const fn fold<const V: usize, const C: usize, const S: usize>(
    draft: &Draft<V, C, S>,
    calls: &mut [Nested; C],
) {
    let mut call = 0;
    while call < C {
        if let Some(Freeze { affine: Some(affine), len, .. }) = calls[call].freeze {
            let columns = affine.columns;
            if let Some((before, scaled)) = taker(draft, calls, call, columns)
                && columns <= *len
            {
                calls[before].takes = Some(call);
                calls[call].folded =
                    if scaled.bias.is_some() { Folded::Gone } else { Folded::Shift };
            } else if 2 * columns <= *len {
                calls[call].folded = Folded::Line;
            }
        }
        call += 1;
    }
}

/// The call that can take an affine one into its weights, and which these are.
const fn taker<const V: usize, const C: usize, const S: usize>(
    draft: &Draft<V, C, S>,
    calls: &[Nested; C],
    call: usize,
    columns: usize,
) -> Option<(usize, Scaled)> {
    let Some(before) = draft.before(call, columns) else { return None };
    match calls[before].freeze {
        Some(freeze) if freeze.scaled.weights != 0 => Some((before, freeze.scaled)),
        _ => None,
    }
}

/// How the weights of a layer are stored.
pub const fn freeze_of<L: LayerAt>() -> &'static Freeze {
    match L::FREEZE {
        Some(freeze) => freeze,
        None => &Freeze::NOTHING,
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
            let (to, width) = (part_mut(numbers, own[i].at, len), own[i].width());
            if width > 0 {
                pack(from, to, own[i].tiles.columns, width);
            } else {
                to.copy_from_slice(from);
            }
        }
        i += 1;
    }
    i = 0;
    while i < calls.len() {
        if calls[i].layer.is_some() {
            store_call(tree, calls, i, trained, numbers);
        }
        i += 1;
    }
}

const fn store_call(
    tree: &Tree,
    calls: &[Nested],
    call: usize,
    trained: &[f32],
    numbers: &mut [f32],
) {
    let Nested { at, freeze, folded, takes, .. } = calls[call];
    let (inner, from) = of_call(tree, calls, call, trained);
    let to = numbers.split_at_mut(at).1;
    if let Some(Freeze { affine: Some(affine), .. }) = freeze
        && !matches!(folded, Folded::No)
    {
        return store_lines(affine, folded, inner, from, to);
    }
    store(inner, freeze, from, to);
    if let (Some(taken), Some(freeze)) = (takes, freeze)
        && let Some(Freeze { affine: Some(affine), .. }) = calls[taken].freeze
    {
        let (tree, trained) = of_call(tree, calls, taken, trained);
        let mut column = 0;
        while column < affine.columns {
            let line = affine.line(tree, trained, column);
            scale(inner, freeze, to, (column, affine.columns), line);
            column += 1;
        }
    }
}

/// What is left of an affine layer.
const fn store_lines(
    affine: &Affine,
    folded: Folded,
    tree: &Tree,
    trained: &[f32],
    to: &mut [f32],
) {
    let mut column = 0;
    while column < affine.columns && !matches!(folded, Folded::Gone) {
        let Line { scale, shift } = affine.line(tree, trained, column);
        if matches!(folded, Folded::Line) {
            to[column] = scale as f32;
            to[affine.columns + column] = shift as f32;
        } else {
            to[column] = shift as f32;
        }
        column += 1;
    }
}

/// The layer of a call, and its weights as they are trained.
const fn of_call<'a>(
    tree: &Tree,
    calls: &[Nested],
    call: usize,
    trained: &'a [f32],
) -> (&'static Tree, &'a [f32]) {
    let Some(layer) = calls[call].layer else { return (&Tree::NONE, &[]) };
    let inner = tree.nested[layer].1;
    (inner, part(trained, tree.nested_offset(layer), inner.params()))
}

/// Takes another layer into the weights of this one, which are stored: what that does to one column of its output.
const fn scale(
    tree: &Tree,
    freeze: &Freeze,
    numbers: &mut [f32],
    (column, columns): (usize, usize),
    line: Line,
) {
    let mut i = 0;
    while i < freeze.own.len() {
        let pack = &freeze.own[i];
        if let Some(weight) = pack.weight
            && weight < 32
            && freeze.scaled.weights & (1 << weight) != 0
        {
            let (rows, mut row) = (tree.own[weight].shape.len() / columns, 0);
            let shift = match freeze.scaled.bias {
                Some(bias) if bias == weight => line.shift,
                _ => 0.0,
            };
            while row < rows {
                let at = pack.at + pack.place(rows, columns, row, column);
                numbers[at] = (line.scale * numbers[at] as f64 + shift) as f32;
                row += 1;
            }
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
    use crate::infer::layout::{Act, Home, Moment, Script, Step, draft};
    use crate::infer::offer::Inference;
    use crate::memory::Size;
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

    const TREE: Tree = Tree::new(
        &[spec("kernel", &[Dim::of(2), Dim::of(5)]), spec("centers", &[Dim::of(3)])],
        &[("inner", &INNER), ("unused", &INNER), ("twice", &INNER)],
    );
    const INNER: Tree = Tree::new(&[spec("bias", &[Dim::of(2)]), spec("rest", &[Dim::of(1)])], &[]);
    const BIAS: Freeze = Freeze {
        own: &[Pack { weight: Some(0), at: 0, tiles: Grid::NONE }],
        len: 2,
        ..Freeze::NOTHING
    };

    const SCRIPT: Script = Script {
        steps: &[call(0), call(2), call(3)],
        spans: &[],
        inputs: &[0],
        outputs: &[0],
        given: &[&[0], &[0], &[0], &[0]],
        gives: &[&[], &[], &[], &[]],
        layers: &[(0, 0), (1, 1), (2, 2), (3, 2)],
        is_affine: false,
    };

    const fn call(number: usize) -> Step {
        let (act, call) = (Act::Compute, Some(number));
        Step { act, time: 1 + number, region: 0, call, inputs: &[0], outputs: &[] }
    }

    #[test]
    fn what_is_read_is_stored_once() {
        const SIZES: &[Size; 1] = &crate::memory::sizes([Inferred::shape(&[Dim::of(4)])]);
        let moments = [Moment { active: true, offer: Inference::OPAQUE }; 3];
        let homes = [Home::Input(0)];
        let mut draft = draft(&SCRIPT, (SIZES, homes), moments, [], [[0; 2]; 4], &[]);
        draft.sums.frozen = 10;
        let (calls, len) = nest(&draft, &TREE, [Some(&BIAS); 4]);
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
