//! Layers that multiply each number by one of its column and add another, such as `BatchNormalization`: in a frozen model the two
//! are computed while the program is compiled, and where the layer before allows it, they go into its weights.
//!
//! ```text
//! s · (x · W + b) + t  =  x · (s · W) + (s · b + t)
//! ```

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

impl Affine {
    /// The layer that computes the last of these `terms` of `x` and its own `weights`, if they are numbers of columns.
    pub const fn of(
        terms: &'static [Term],
        x: &Inferred,
        y: &Inferred,
        weights: &[WeightSpec],
    ) -> Option<Affine> {
        let grid = Grid::of(y);
        let affine = Affine { terms, columns: grid.columns };
        if terms.is_empty() || grid.is_empty() || !grid.is(&Grid::of(x)) {
            return None;
        }
        if affine.is_of_columns(terms.len() - 1, weights) { Some(affine) } else { None }
    }

    const fn is_of_columns(&self, term: usize, weights: &[WeightSpec]) -> bool {
        match self.terms[term] {
            Term::Input | Term::Number(_) => true,
            Term::Weight(weight) => {
                let shape =
                    if weight < weights.len() { &weights[weight].shape } else { return false };
                let grid = Grid::of(shape);
                grid.is_alone() && (grid.columns == self.columns || grid.columns == 1)
            }
            Term::Add(a, b) | Term::Subtract(a, b) | Term::Multiply(a, b) | Term::Divide(a, b) => {
                self.is_of_columns(a, weights) && self.is_of_columns(b, weights)
            }
            Term::Root(a) => self.is_of_columns(a, weights),
            Term::Pick(first, a, b) => self.is_of_columns(if first { a } else { b }, weights),
        }
    }

    /// What it does to the numbers of a column, with these weights, which are those of `tree`.
    pub const fn line(&self, tree: &Tree, trained: &[f32], column: usize) -> Line {
        self.term(self.terms.len() - 1, tree, trained, column)
    }

    const fn term(&self, term: usize, tree: &Tree, trained: &[f32], column: usize) -> Line {
        let (a, b) = match self.terms[term] {
            Term::Input => return Line { scale: 1.0, shift: 0.0 },
            Term::Number(shift) => return Line { scale: 0.0, shift },
            Term::Weight(weight) => {
                let at = if tree.own[weight].shape.len() == 1 { 0 } else { column };
                let shift = trained[tree.own_offset(weight) + at] as f64;
                return Line { scale: 0.0, shift };
            }
            Term::Pick(first, a, b) => {
                return self.term(if first { a } else { b }, tree, trained, column);
            }
            Term::Root(a) => (a, a),
            Term::Add(a, b) | Term::Subtract(a, b) | Term::Multiply(a, b) | Term::Divide(a, b) => {
                (a, b)
            }
        };
        let (a, b) = (self.term(a, tree, trained, column), self.term(b, tree, trained, column));
        match self.terms[term] {
            Term::Add(..) => Line { scale: a.scale + b.scale, shift: a.shift + b.shift },
            Term::Subtract(..) => Line { scale: a.scale - b.scale, shift: a.shift - b.shift },
            Term::Divide(..) => Line { scale: a.scale / b.shift, shift: a.shift / b.shift },
            Term::Root(_) => Line { scale: 0.0, shift: root(a.shift) },
            _ => Line { scale: a.scale * b.shift + a.shift * b.scale, shift: a.shift * b.shift },
        }
    }
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
