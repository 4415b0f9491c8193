//! Layers that multiply each number by one of its column and add another, such as `BatchNormalization`: in a frozen model the two
//! are computed while the program is compiled, and where the layer before allows it, they go into its weights.
//!
//! ```text
//! s · (x · W + b) + t  =  x · (s · W) + (s · b + t)
//! ```

use core::marker::PhantomData;

use super::body::{Body, Case, Cx, Feeds};
use super::freeze::Nested;
use super::inputs::{Args, Inputs};
use super::tile::{At, Fetch, Grid, Tile};
use crate::float::Float;
use crate::memory::{Place, Run};
use crate::shape::Inferred;
use crate::site::LayerAt;
use crate::weights::{Tree, WeightSpec};

/// A part of a formula; the numbers say which terms it is made of.
#[derive(Clone, Copy, Debug)]
pub enum Term {
    /// The input of the layer.
    Input,
    /// A weight of the layer, by its number among them.
    Weight(usize),
    /// A constant.
    Number(f64),
    /// `a + b`.
    Add(usize, usize),
    /// `a − b`.
    Subtract(usize, usize),
    /// `a · b`, of which one does not depend on the input.
    Multiply(usize, usize),
    /// `a / b`, where `b` does not depend on the input.
    Divide(usize, usize),
    /// `√a`, where `a` does not depend on the input.
    Root(usize),
    /// The first of the two if this is so, and otherwise the second.
    Pick(bool, usize, usize),
}

/// A layer that is affine in its only input, a column at a time.
#[derive(Clone, Copy, Debug)]
pub struct Affine {
    /// What it computes: the last of these.
    terms: &'static [Term],
    /// How many columns its input has, and its output.
    pub columns: usize,
}

/// `scale · x + shift`.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// What the input is multiplied by.
    pub scale: f64,
    /// What is added.
    pub shift: f64,
}

/// What a frozen model does for a layer that is affine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folded {
    /// What the layer says.
    No,
    /// It multiplies and adds: both numbers are stored, for each column.
    Line,
    /// It adds: the layer before has the other number in its weights.
    Shift,
    /// Nothing: the layer before has both.
    Gone,
}

impl Folded {
    /// Whether what is left never falls with the input.
    pub(super) const fn is_monotone(self) -> bool {
        matches!(self, Folded::Shift | Folded::Gone)
    }
}

/// The most terms: a longer formula is not folded. Each is computed once, whoever speaks of it.
const MOST: usize = 32;

impl Affine {
    /// The layer that computes the last of these `terms` of `x` and its own `weights`, if they are numbers of columns.
    pub const fn of(
        terms: &'static [Term],
        x: &Inferred,
        y: &Inferred,
        weights: &[WeightSpec],
    ) -> Option<Affine> {
        let grid = Grid::of(y);
        if terms.is_empty() || terms.len() > MOST || grid.is_empty() || !grid.is(&Grid::of(x)) {
            return None;
        }
        let (mut fits, mut i) = ([true; MOST], 0);
        while i < terms.len() {
            fits[i] = match terms[i] {
                Term::Input | Term::Number(_) => true,
                Term::Weight(weight) => {
                    weight < weights.len() && is_of_columns(&weights[weight].shape, grid.columns)
                }
                Term::Add(a, b)
                | Term::Subtract(a, b)
                | Term::Multiply(a, b)
                | Term::Divide(a, b) => fits[a] && fits[b],
                Term::Root(a) => fits[a],
                Term::Pick(first, a, b) => fits[if first { a } else { b }],
            };
            i += 1;
        }
        if fits[terms.len() - 1] { Some(Affine { terms, columns: grid.columns }) } else { None }
    }

    /// What it does to the numbers of a column, with these weights, which are those of `tree`.
    pub const fn line(&self, tree: &Tree, trained: &[f32], column: usize) -> Line {
        let (mut lines, mut i) = ([Line::number(f64::NAN); MOST], 0);
        while i < self.terms.len() {
            lines[i] = match self.terms[i] {
                Term::Input => Line { scale: 1.0, shift: 0.0 },
                Term::Number(number) => Line::number(number),
                Term::Weight(weight) => Line::number(of_weight(tree, trained, weight, column)),
                Term::Add(a, b) => lines[a].add(lines[b]),
                Term::Subtract(a, b) => lines[a].add(lines[b].times(-1.0)),
                Term::Multiply(a, b) => lines[a].multiply(lines[b]),
                Term::Divide(a, b) => Line {
                    scale: lines[a].scale / lines[b].shift,
                    shift: lines[a].shift / lines[b].shift,
                },
                Term::Root(a) => Line::number(root(lines[a].shift)),
                Term::Pick(first, a, b) => lines[if first { a } else { b }],
            };
            i += 1;
        }
        lines[self.terms.len() - 1]
    }
}

impl Line {
    const fn number(shift: f64) -> Line {
        Line { scale: 0.0, shift }
    }

    const fn add(self, other: Line) -> Line {
        Line { scale: self.scale + other.scale, shift: self.shift + other.shift }
    }

    const fn times(self, factor: f64) -> Line {
        Line { scale: self.scale * factor, shift: self.shift * factor }
    }

    /// The product, of which one factor is a number.
    const fn multiply(self, other: Line) -> Line {
        if self.scale == 0.0 { other.times(self.shift) } else { self.times(other.shift) }
    }
}

/// Whether a weight has a number for each of so many columns, or one for all.
const fn is_of_columns(weight: &Inferred, columns: usize) -> bool {
    let grid = Grid::of(weight);
    grid.is_alone() && (grid.columns == columns || grid.columns == 1)
}

/// The number of a weight that belongs to a column; none where the weight is in the arm of an `if` that is not taken.
const fn of_weight(tree: &Tree, trained: &[f32], weight: usize, column: usize) -> f64 {
    if weight >= tree.own.len() || !tree.own[weight].shape.is_ok() {
        return f64::NAN;
    }
    let at = if tree.own[weight].shape.len() == 1 { 0 } else { column };
    trained[tree.own_offset(weight) + at] as f64
}

/// `√x`, because that of the standard library is not for const code: half the exponent, and then Newton's method.
const fn root(x: f64) -> f64 {
    if !(x > 0.0 && x < f64::INFINITY) {
        return if x < 0.0 { f64::NAN } else { x };
    }
    let (mut y, mut i) = (f64::from_bits((x.to_bits() >> 1) + (1023 << 51)), 0);
    while i < 6 {
        y = 0.5 * (y + x / y);
        i += 1;
    }
    y
}

/// Whether a frozen model computes call `K` in another way than its layer says.
pub(super) const fn is_folded<C: Case, const K: usize>() -> bool {
    !matches!(C::Body::NESTED[K].folded, Folded::No)
}

/// A raw tile of the body that `C` says.
type Raw<C, const B: usize, const Q: usize> = fn(
    &Run<'_, <C as Case>::Float>,
    &Cx<'_, <C as Case>::Inputs>,
    At,
) -> Tile<<C as Case>::Float, B, Q>;

/// What finishes it.
type Finish<C, const B: usize, const Q: usize> = fn(
    &Run<'_, <C as Case>::Float>,
    &Cx<'_, <C as Case>::Inputs>,
    usize,
    Tile<<C as Case>::Float, B, Q>,
) -> Tile<<C as Case>::Float, B, Q>;

/// What there is of call `K`, of the layer `A`, in a frozen model that folds it: constants, as [the ways](super::call) to store one.
pub(super) struct Fold<C, A, const K: usize, const B: usize, const Q: usize>(
    PhantomData<fn() -> (C, A)>,
);

impl<C: Case<Body: Feeds<K>>, A: LayerAt, const K: usize, const B: usize, const Q: usize>
    Fold<C, A, K, B, Q>
{
    pub const RAW: Option<Raw<C, B, Q>> =
        if is_folded::<C, K>() { Some(raw::<C, K, A, B, Q>) } else { None };
    pub const FINISH: Option<Finish<C, B, Q>> =
        if is_folded::<C, K>() { Some(finish::<C, K, A, B, Q>) } else { None };
}

/// A raw tile of call `K`, of the layer `A`, which is folded.
#[inline(always)]
pub(super) fn raw<C: Case, const K: usize, A: LayerAt, const B: usize, const Q: usize>(
    run: &Run<'_, C::Float>,
    cx: &Cx<'_, C::Inputs>,
    at: At,
) -> Tile<C::Float, B, Q>
where
    C::Body: Feeds<K>,
{
    let args = Args::<C, K>::new(*cx);
    if const { A::INFERENCE.through.is_some() } {
        args.raw(run, 0, at)
    } else {
        line::<C, K, B, Q>(run, cx, at.column, args.tile(run, 0, at))
    }
}

/// What finishes such a tile.
#[inline(always)]
pub(super) fn finish<C: Case, const K: usize, A: LayerAt, const B: usize, const Q: usize>(
    run: &Run<'_, C::Float>,
    cx: &Cx<'_, C::Inputs>,
    column: usize,
    tile: Tile<C::Float, B, Q>,
) -> Tile<C::Float, B, Q>
where
    C::Body: Feeds<K>,
{
    if const { A::INFERENCE.through.is_none() } {
        return tile;
    }
    let tile = Args::<C, K>::new(*cx).finish(run, 0, column, tile);
    line::<C, K, B, Q>(run, cx, column, tile)
}

#[inline(always)]
fn line<C: Case, const K: usize, const B: usize, const Q: usize>(
    run: &Run<'_, C::Float>,
    cx: &Cx<'_, C::Inputs>,
    column: usize,
    mut tile: Tile<C::Float, B, Q>,
) -> Tile<C::Float, B, Q> {
    let numbers = |at: usize| -> Tile<C::Float, B, 1> {
        let place = Place::weight(cx.base.weights + at, const { columns::<C, K>() });
        let fetch = Fetch { outer: 0, inner: 0, column: 1 };
        run.load(place, fetch, At { outer: 0, inner: 0, column })
    };
    if const { matches!(C::Body::NESTED[K].folded, Folded::Line) } {
        let [scale] = numbers(const { C::Body::NESTED[K].at });
        let [shift] = numbers(const { C::Body::NESTED[K].at + columns::<C, K>() });
        each(&mut tile, |x, c| x * scale[c] + shift[c]);
    }
    if const { matches!(C::Body::NESTED[K].folded, Folded::Shift) } {
        let [shift] = numbers(const { C::Body::NESTED[K].at });
        each(&mut tile, |x, c| x + shift[c]);
    }
    tile
}

#[inline(always)]
fn each<F: Float, const B: usize, const Q: usize>(
    tile: &mut Tile<F, B, Q>,
    f: impl Fn(F, usize) -> F,
) {
    for row in tile {
        for (column, x) in row.iter_mut().enumerate() {
            *x = f(*x, column);
        }
    }
}

const fn columns<C: Case, const K: usize>() -> usize {
    let Nested { freeze, .. } = C::Body::NESTED[K];
    match freeze {
        Some(freeze) => freeze.columns(),
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_exact_to_the_last_bits() {
        for x in [1e-300, 1e-3, 0.5, 1.0, 2.0, 3.0, 1e10, 1e300] {
            let error = (root(x) - f64::sqrt(x)).abs() / f64::sqrt(x);
            assert!(error <= f64::EPSILON, "√{x}: {error}");
        }
        assert_eq!((root(0.0), root(f64::INFINITY)), (0.0, f64::INFINITY));
        assert!(root(-1.0).is_nan() && root(f64::NAN).is_nan());
    }
}
