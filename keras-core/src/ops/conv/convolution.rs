//! The products behind [`conv1d`](super::conv1d::conv1d) and [`conv2d`](super::conv2d::conv2d), without a buffer of windows.
//!
//! Along a row of the image the windows are the rows of a matrix as they lie in memory: `stride · channels` apart, so that they
//! have numbers in common. For each row of the output and each row of the kernel there is one product of this matrix with the
//! kernel's row, added up in the output: each number is the sum over `(ky, kx, channel)`, in this order. With holes between taps,
//! or with groups of channels, the numbers of a window are not side by side, and there is a product for each tap and group.

use core::ops::Range;

use super::windows::{Axis, Slide, from, slid, taps};
use crate::backend::{Backend, Gemm};
use crate::float::Float;
use crate::infer::{At, Grid, Inference, Inputs, Rows, Tile, nothing, width, window_products};
use crate::memory::Run;
use crate::ops::{Call, Tensor, TensorMut, Tiles, kinds};
use crate::shape::{Inferred, Message, Shape, shapes};

/// The arguments of a convolution over `R` axes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Convolution<const R: usize> {
    pub slide: Slide<R>,
    pub groups: usize,
}

impl<const R: usize> Convolution<R> {
    pub const ONE: Self = Convolution { slide: Slide::ONE, groups: 1 };

    /// The shape of the output: that of `x` with the windows' counts, and with filters in the place of channels.
    pub const fn infer(&self, inputs: &[Inferred]) -> Inferred {
        shapes!(inputs => [x, kernel]);
        if let (Some(error), _) | (None, Some(error)) =
            (kinds::floats("x", &x), kinds::floats("kernel", &kernel))
        {
            return error;
        }
        if x.rank() != R + 1 || kernel.rank() != R + 2 {
            let (image, taps) = if R == 1 {
                ("[steps, channels]", "[taps, channels, filters]")
            } else {
                ("[h, w, channels]", "[kh, kw, channels, filters]")
            };
            let message = Message::new("takes ").str(image).str(" and a kernel ").str(taps);
            let message = message.str(", found ").shape(&x).str(" and ").shape(&kernel);
            return Inferred::Error(message);
        }
        if let Some(error) = self.wrong_channels(&x, &kernel) {
            return error;
        }
        match self.slide.over("a kernel", &x, taps(&kernel)) {
            Ok(axes) => {
                let y = slid(&x, &axes).with_dim(R, kernel.last());
                y.with_batch(x.batched() || kernel.batched()).checked()
            }
            Err(error) => error,
        }
    }

    const fn wrong_channels(&self, x: &Shape, kernel: &Shape) -> Option<Inferred> {
        let (channels, filters, groups) = (x.size(R), kernel.size(R + 1), self.groups);
        if groups == 0 {
            let message = Message::new("`groups` is at least 1, found 0");
            return Some(Inferred::Error(message.alone()));
        }
        if !channels.is_multiple_of(groups) || !filters.is_multiple_of(groups) {
            let message = Message::new("the channels of ").shape(x).str(" and the filters of ");
            let message = message.shape(kernel).str(" must be multiples of `groups` = ");
            let help = "choose a number that divides both";
            return Some(Inferred::Error(message.num(groups).help(help)));
        }
        if kernel.size(R) != channels / groups {
            let message = Message::new("the kernel ").shape(kernel).str(" reads ");
            let message =
                message.num(kernel.size(R)).str(" channels, found ").num(channels / groups);
            let message = message.str(if groups > 1 { " a group of " } else { " in " });
            return Some(Inferred::Error(message.shape(x)));
        }
        None
    }

    /// What is offered where one example is inferred: tiles, and that the kernel is stored for them.
    pub const fn inference(&self, inputs: &[Inferred], output: &Inferred) -> Inference {
        let ([Inferred::Ok(_), Inferred::Ok(kernel)], Inferred::Ok(y)) = (inputs, output) else {
            return Inference::OPAQUE;
        };
        let (filters, pairs) = (kernel.size(R + 1), y.size(R - 1) > 1);
        // A block of a frozen matrix is of one group.
        let is_whole = (filters / self.groups).is_multiple_of(width(&Grid::of(output)));
        let packs = if is_whole || self.groups == 1 { filters } else { 0 };
        let macs = y.len() * kernel.product(0, R + 1);
        Inference { packs, pairs, ..Inference::TILES }.product(macs)
    }

    /// How the numbers of these inputs lie.
    pub const fn sizes(&self, inputs: &[Inferred]) -> Layout {
        match inputs {
            [Inferred::Ok(x), Inferred::Ok(kernel)] => self.layout(x, kernel),
            _ => Layout::NONE,
        }
    }

    /// How the numbers lie, for shapes that [`infer`](Self::infer) has found right.
    #[inline(always)]
    const fn layout(&self, x: &Shape, kernel: &Shape) -> Layout {
        let (rows, columns) = self.slide.rows_and_columns(x, taps(kernel));
        Layout {
            rows,
            columns,
            width: x.size(R - 1),
            channels: x.size(R),
            filters: kernel.size(R + 1),
            groups: self.groups,
            group: Group { channels: kernel.size(R), filters: kernel.size(R + 1) / self.groups },
        }
    }

    /// `y = x * kernel`.
    #[inline(always)]
    pub fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        (x, kernel): (&Tensor<'_, F>, &Tensor<'_, F>),
        y: &mut TensorMut<'_, F>,
    ) {
        // What changes no sum: so it does not matter which of the products is the first.
        y.data.fill(-F::zero());
        let layout = self.layout(x.shape, kernel.shape);
        for b in 0..call.rows(y.shape) {
            let (x, kernel, y) = (x.row(b), kernel.row(b), y.row(b));
            layout.each(layout.is_dense(), |patch| {
                let Patch { m, k, n, .. } = patch;
                let gemm = Gemm {
                    m,
                    k,
                    n,
                    a: (layout.step(), 1),
                    b: (layout.filters, 1),
                    c: layout.filters,
                    add: true,
                };
                B::gemm(&gemm, from(x, patch.x), from(kernel, patch.kernel), from_mut(y, patch.y));
            });
        }
    }

    /// `dkernel += xᵀ * dy`, where it is asked for.
    #[inline(always)]
    pub fn vjp_kernel<F: Float, B: Backend>(
        &self,
        call: &Call,
        (x, dy): (&Tensor<'_, F>, &Tensor<'_, F>),
        dkernel: &mut TensorMut<'_, F>,
    ) {
        if !dkernel.is_some() {
            return;
        }
        let layout = self.layout(x.shape, dkernel.shape);
        for b in 0..call.rows(dy.shape) {
            let (x, dy, dkernel) = (x.row(b), dy.row(b), dkernel.row(b));
            layout.each(layout.is_dense(), |patch| {
                let gemm = Gemm {
                    m: patch.k,
                    k: patch.m,
                    n: patch.n,
                    a: (1, layout.step()),
                    b: (layout.filters, 1),
                    c: layout.filters,
                    add: true,
                };
                let (x, dy) = (from(x, patch.x), from(dy, patch.y));
                B::gemm(&gemm, x, dy, from_mut(dkernel, patch.kernel));
            });
        }
    }

    /// `dx += dy * kernelᵀ`, where it is asked for: a product for each tap, since windows have numbers of `x` in common.
    #[inline(always)]
    pub fn vjp_x<F: Float, B: Backend>(
        &self,
        call: &Call,
        (kernel, dy): (&Tensor<'_, F>, &Tensor<'_, F>),
        dx: &mut TensorMut<'_, F>,
    ) {
        if !dx.is_some() {
            return;
        }
        let layout = self.layout(dx.shape, kernel.shape);
        for b in 0..call.rows(dy.shape) {
            let (kernel, dy, dx) = (kernel.row(b), dy.row(b), dx.row(b));
            layout.each(false, |patch| {
                let gemm = Gemm {
                    m: patch.m,
                    k: patch.n,
                    n: patch.k,
                    a: (layout.filters, 1),
                    b: (1, layout.filters),
                    c: layout.step(),
                    add: true,
                };
                let (dy, kernel) = (from(dy, patch.y), from(kernel, patch.kernel));
                B::gemm(&gemm, dy, kernel, from_mut(dx, patch.x));
            });
        }
    }
}

// In bounds by the shape rule; `get` keeps the code of a panic out of firmware.
#[inline(always)]
fn from_mut<F>(x: &mut [F], start: usize) -> &mut [F] {
    x.get_mut(start..).unwrap_or_default()
}

/// How the numbers of a convolution lie; a sequence is an image of one row.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    rows: Axis,
    columns: Axis,
    /// The columns of the image.
    width: usize,
    channels: usize,
    filters: usize,
    groups: usize,
    group: Group,
}

/// How many channels and filters a group has.
#[derive(Clone, Copy, Debug)]
struct Group {
    channels: usize,
    filters: usize,
}

/// A product: `m` windows of a row times `k` numbers of each, for `n` filters; and where it begins.
#[derive(Clone, Copy)]
struct Patch {
    m: usize,
    k: usize,
    n: usize,
    x: usize,
    kernel: usize,
    y: usize,
}

impl Tiles for Layout {
    /// Of windows side by side, each the sum over the same taps in the same order as in `each`.
    #[inline(always)]
    fn raw<F: Float, X: Inputs<F>, const B: usize, const Q: usize>(
        self,
        run: &Run<'_, F>,
        x: &X,
        at: At,
    ) -> Tile<F, B, Q> {
        let (image, kernel) = (run.numbers(x.place(0)), run.numbers(x.place(1)));
        if self.groups != 1 && !self.group.filters.is_multiple_of(B) {
            return self.groups(image, kernel, at);
        }
        if x.is_packed(1) {
            let len = self.rows.taps * self.columns.taps * self.group.channels;
            let kernel = kernel.get(at.column * len..(at.column + B) * len).unwrap_or_default();
            self.windows::<F, true, B, Q>(image, (kernel, B), at)
        } else {
            let kernel = (from(kernel, at.column), self.filters);
            self.windows::<F, false, B, Q>(image, kernel, at)
        }
    }
}

impl Layout {
    const NONE: Layout = Layout {
        rows: Axis::UNIT,
        columns: Axis::UNIT,
        width: 0,
        channels: 0,
        filters: 0,
        groups: 1,
        group: Group { channels: 0, filters: 0 },
    };

    /// The channel with which the group begins that has filter `column`.
    #[inline(always)]
    fn channel(&self, column: usize) -> usize {
        if self.groups == 1 {
            return 0;
        }
        column / self.group.filters * self.group.channels
    }

    /// A tile whose columns are of several groups: as many at a time as are of one.
    #[inline(always)]
    fn groups<F: Float, const B: usize, const Q: usize>(
        &self,
        image: &[F],
        kernel: &[F],
        at: At,
    ) -> Tile<F, B, Q> {
        let mut tile = nothing();
        // Tiles begin at multiples of their width.
        let are_of_one =
            |count| self.group.filters.is_multiple_of(count) && B.is_multiple_of(count);
        if are_of_one(4) {
            self.columns::<F, 4, B, Q>(image, kernel, at, &mut tile);
        } else if are_of_one(2) {
            self.columns::<F, 2, B, Q>(image, kernel, at, &mut tile);
        } else {
            self.columns::<F, 1, B, Q>(image, kernel, at, &mut tile);
        }
        tile
    }

    /// The columns of a tile, `C` at a time.
    #[inline(always)]
    fn columns<F: Float, const C: usize, const B: usize, const Q: usize>(
        &self,
        image: &[F],
        kernel: &[F],
        at: At,
        tile: &mut Tile<F, B, Q>,
    ) {
        // The last tile of a row may be wider than what is left of it.
        for b in (0..B.min(self.filters - at.column)).step_by(C) {
            let at = At { column: at.column + b, ..at };
            let kernel = (from(kernel, at.column), self.filters);
            let part = self.windows::<F, false, C, Q>(image, kernel, at);
            for (sums, part) in tile.iter_mut().zip(part) {
                sums.iter_mut().skip(b).zip(part).for_each(|(sum, of_part)| *sum = of_part);
            }
        }
    }

    #[inline(always)]
    fn windows<F: Float, const PACKED: bool, const B: usize, const Q: usize>(
        &self,
        image: &[F],
        kernel: (&[F], usize),
        at: At,
    ) -> Tile<F, B, Q> {
        if self.columns.is_whole() {
            return self.sums::<F, PACKED, B, Q>(image, kernel, nothing(), at);
        }
        // Those at the ends have other taps.
        let mut tile = nothing();
        for (q, sums) in tile.iter_mut().enumerate() {
            let at = At { inner: at.inner + q, ..at };
            let [sum] = self.sums::<F, PACKED, B, 1>(image, kernel, [*sums], at);
            *sums = sum;
        }
        tile
    }

    #[inline(always)]
    fn sums<F: Float, const PACKED: bool, const B: usize, const Q: usize>(
        &self,
        image: &[F],
        kernel: (&[F], usize),
        mut sums: Tile<F, B, Q>,
        at: At,
    ) -> Tile<F, B, Q> {
        let (rows, taps) = (self.rows.seen_taps_of(at.outer), self.columns.seen_taps_of(at.inner));
        if self.is_dense() && self.rows.is_apart_by(1) && taps.len() == self.columns.taps {
            return self.taps::<F, PACKED, B, Q>(image, kernel, sums, at, (rows, taps));
        }
        for ky in rows {
            let row = ky..ky + 1;
            if self.is_dense() {
                let part = (row, taps.clone());
                sums = self.taps::<F, PACKED, B, Q>(image, kernel, sums, at, part);
            } else {
                for kx in taps.clone() {
                    let part = (row.clone(), kx..kx + 1);
                    sums = self.taps::<F, PACKED, B, Q>(image, kernel, sums, at, part);
                }
            }
        }
        sums
    }

    /// The products with taps that are side by side in each row; and if there are several rows, all of those in a row.
    #[inline(always)]
    fn taps<F: Float, const PACKED: bool, const B: usize, const Q: usize>(
        &self,
        image: &[F],
        (kernel, stride): (&[F], usize),
        sums: Tile<F, B, Q>,
        at: At,
        (rows, taps): (Range<usize>, Range<usize>),
    ) -> Tile<F, B, Q> {
        let row = self.rows.place(at.outer, rows.start) * self.width;
        let numbers = core::array::from_fn(|q| {
            let column = self.columns.place(at.inner + q, taps.start);
            from(image, (row + column) * self.channels + self.channel(at.column))
        });
        let channels = self.group.channels;
        let first = (rows.start * self.columns.taps + taps.start) * channels;
        let rows = Rows {
            count: rows.len(),
            len: taps.len() * channels,
            apart: self.width * self.channels,
        };
        window_products::<F, PACKED, B, Q>(
            sums,
            numbers,
            from(kernel, first * stride),
            stride,
            rows,
        )
    }

    /// How far apart neighbouring windows are.
    #[inline(always)]
    fn step(&self) -> usize {
        self.columns.stride * self.channels
    }

    /// Whether the numbers of a window's row are side by side.
    #[inline(always)]
    fn is_dense(&self) -> bool {
        self.groups == 1 && (self.columns.dilation == 1 || self.columns.taps == 1)
    }

    /// All products of an example. `dense` ones take all taps of a window at once, others take one tap of one group.
    #[inline(always)]
    fn each(&self, dense: bool, mut f: impl FnMut(Patch)) {
        for oy in 0..self.rows.count {
            for ky in self.rows.taps_of(oy) {
                if dense {
                    self.dense(oy, ky, &mut f);
                } else {
                    self.apart(oy, ky, &mut f);
                }
            }
        }
    }

    /// The windows that lie inside as one product, and each of those at the ends.
    #[inline(always)]
    fn dense(&self, oy: usize, ky: usize, f: &mut impl FnMut(Patch)) {
        let inside = self.columns.whole();
        let ends = (0..inside.start).chain(inside.end..self.columns.count);
        if !inside.is_empty() {
            f(self.patch((oy, inside), (ky, 0..self.columns.taps), 0));
        }
        for ox in ends {
            let taps = self.columns.taps_of(ox);
            if !taps.is_empty() {
                f(self.patch((oy, ox..ox + 1), (ky, taps), 0));
            }
        }
    }

    #[inline(always)]
    fn apart(&self, oy: usize, ky: usize, f: &mut impl FnMut(Patch)) {
        for kx in 0..self.columns.taps {
            let windows = self.columns.windows_of(kx);
            for group in 0..if windows.is_empty() { 0 } else { self.groups } {
                f(self.patch((oy, windows.clone()), (ky, kx..kx + 1), group));
            }
        }
    }

    /// The product of windows in row `oy` with taps in row `ky`, of one group of channels.
    #[inline(always)]
    fn patch(
        &self,
        (oy, windows): (usize, Range<usize>),
        (ky, taps): (usize, Range<usize>),
        group: usize,
    ) -> Patch {
        let Group { channels, filters: n } = self.group;
        let row = self.rows.place(oy, ky) * self.width;
        let column = self.columns.place(windows.start, taps.start);
        let tap = ky * self.columns.taps + taps.start;
        let window = oy * self.columns.count + windows.start;
        Patch {
            m: windows.len(),
            k: taps.len() * channels,
            n,
            x: (row + column) * self.channels + group * channels,
            kernel: tap * channels * self.filters + group * n,
            y: window * self.filters + group * n,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::uniform;
    use crate::shape::Dim;
    use std::vec::Vec;

    /// The tile of `B` columns from `column` on is made of the columns one by one.
    fn check<const B: usize>(layout: &Layout, image: &[f32], kernel: &[f32], column: usize) {
        let at = |column| At { outer: 0, inner: 0, column };
        let tile: Tile<f32, B, 2> = layout.groups(image, kernel, at(column));
        for b in 0..B {
            let kernel = (&kernel[column + b..], layout.filters);
            let one: Tile<f32, 1, 2> =
                layout.windows::<_, false, 1, 2>(image, kernel, at(column + b));
            assert_eq!([tile[0][b], tile[1][b]], [one[0][0], one[1][0]], "{B} from {column}: {b}");
        }
    }

    #[test]
    fn a_tile_of_several_groups_is_made_of_its_columns() {
        let shape = |sizes: &[usize]| {
            let dims: Vec<Dim> = sizes.iter().map(|size| Dim::of(*size)).collect();
            Shape::of(&dims)
        };
        let numbers = |key, len: u64| -> Vec<f32> { (0..len).map(|i| uniform(key, i)).collect() };
        let (x, kernel) = (shape(&[3, 3, 10]), shape(&[2, 2, 2, 20]));
        let layout = Convolution { slide: Slide::<2>::ONE, groups: 5 }.layout(&x, &kernel);
        let (image, kernel) = (numbers(1, 90), numbers(2, 160));
        for tile in 0..2 {
            check::<10>(&layout, &image, &kernel, 10 * tile);
            check::<8>(&layout, &image, &kernel, 8 * tile);
            check::<5>(&layout, &image, &kernel, 5 * tile);
            check::<1>(&layout, &image, &kernel, 7 * tile);
        }
        check::<4>(&layout, &image, &kernel, 16);
    }
}
