//! The sums behind [`depthwise_conv1d`](super::depthwise_conv1d::depthwise_conv1d) and
//! [`depthwise_conv2d`](super::depthwise_conv2d::depthwise_conv2d): each channel has filters of its own, so that there is nothing
//! to multiply as a matrix.

use super::windows::{Axis, Slide, from, slid, taps};
use crate::float::Float;
use crate::infer::{At, Inference, Inputs, Tile, first, nothing};
use crate::memory::Run;
use crate::ops::{Call, Tensor, TensorMut, Tiles, kinds};
use crate::shape::{Dim, Inferred, Message, Shape, shapes};

/// The shape of the output: that of `x` with the windows' counts, and `multiplier` numbers for each channel.
pub(super) const fn infer<const R: usize>(slide: &Slide<R>, inputs: &[Inferred]) -> Inferred {
    shapes!(inputs => [x, kernel]);
    if let (Some(error), _) | (None, Some(error)) =
        (kinds::floats("x", &x), kinds::floats("kernel", &kernel))
    {
        return error;
    }
    if x.rank() != R + 1 || kernel.rank() != R + 2 {
        let (image, taps) = if R == 1 {
            ("[steps, channels]", "[taps, channels, multiplier]")
        } else {
            ("[h, w, channels]", "[kh, kw, channels, multiplier]")
        };
        let message = Message::new("takes ").str(image).str(" and a kernel ").str(taps);
        return Inferred::Error(message.str(", found ").shape(&x).str(" and ").shape(&kernel));
    }
    if kernel.size(R) != x.size(R) {
        let message = Message::new("the kernel ").shape(&kernel).str(" reads ");
        let message = message.num(kernel.size(R)).str(" channels, found ").num(x.size(R));
        return Inferred::Error(message.str(" in ").shape(&x));
    }
    match slide.over("a kernel", &x, taps(&kernel)) {
        Ok(axes) => {
            let filters = Dim::of(kernel.size(R)).mul(kernel.last());
            let y = slid(&x, &axes).with_dim(R, filters);
            y.with_batch(x.batched() || kernel.batched()).checked()
        }
        Err(error) => error,
    }
}

/// `y[.., c·multiplier + j] = Σ x[.., c] · kernel[.., c, j]` over the taps, in their order.
#[inline(always)]
pub(super) fn forward<F: Float, const R: usize>(
    slide: &Slide<R>,
    call: &Call,
    (x, kernel): (&Tensor<'_, F>, &Tensor<'_, F>),
    y: &mut TensorMut<'_, F>,
) {
    y.data.fill(-F::zero());
    let layout = Layout::new(slide, x.shape, kernel.shape);
    for b in 0..call.rows(y.shape) {
        let (x, kernel, y) = (x.row(b), kernel.row(b), y.row(b));
        layout.each(|place| {
            let (x, kernel) = (layout.of_x(x, place), layout.of_kernel(kernel, place));
            let y = y.get_mut(place.y..).unwrap_or_default();
            if layout.multiplier == 1 {
                y.iter_mut().zip(x).zip(kernel).for_each(|((y, x), k)| *y += *x * *k);
            } else {
                let each = y.chunks_mut(layout.multiplier).zip(x);
                for ((y, x), k) in each.zip(kernel.chunks(layout.multiplier)) {
                    y.iter_mut().zip(k).for_each(|(y, k)| *y += *x * *k);
                }
            }
        });
    }
}

/// `dx[.., c] += Σ dy[.., c·multiplier + j] · kernel[.., c, j]`, where it is asked for.
pub(super) fn vjp_x<F: Float, const R: usize>(
    slide: &Slide<R>,
    call: &Call,
    (kernel, dy): (&Tensor<'_, F>, &Tensor<'_, F>),
    dx: &mut TensorMut<'_, F>,
) {
    if !dx.is_some() {
        return;
    }
    let layout = Layout::new(slide, dx.shape, kernel.shape);
    for b in 0..call.rows(dy.shape) {
        let (kernel, dy, dx) = (kernel.row(b), dy.row(b), dx.row(b));
        layout.each(|place| {
            let each = layout.of_kernel(kernel, place).chunks(layout.multiplier);
            let each = each.zip(dy[place.y..].chunks(layout.multiplier));
            for (dx, (k, dy)) in dx[place.x..].iter_mut().zip(each) {
                k.iter().zip(dy).for_each(|(k, dy)| *dx += *k * *dy);
            }
        });
    }
}

/// `dkernel[.., c, j] += Σ x[.., c] · dy[.., c·multiplier + j]`, where it is asked for.
pub(super) fn vjp_kernel<F: Float, const R: usize>(
    slide: &Slide<R>,
    call: &Call,
    (x, dy): (&Tensor<'_, F>, &Tensor<'_, F>),
    dkernel: &mut TensorMut<'_, F>,
) {
    if !dkernel.is_some() {
        return;
    }
    let layout = Layout::new(slide, x.shape, dkernel.shape);
    for b in 0..call.rows(dy.shape) {
        let (x, dy, dkernel) = (x.row(b), dy.row(b), dkernel.row(b));
        layout.each(|place| {
            let each = layout.of_x(x, place).iter().zip(dy[place.y..].chunks(layout.multiplier));
            for (dk, (x, dy)) in dkernel[place.kernel..].chunks_mut(layout.multiplier).zip(each) {
                dk.iter_mut().zip(dy).for_each(|(dk, dy)| *dk += *x * *dy);
            }
        });
    }
}

/// What is offered where one example is inferred: tiles.
pub(super) const fn inference<const R: usize>(inputs: &[Inferred], output: &Inferred) -> Inference {
    let ([Inferred::Ok(_), Inferred::Ok(kernel)], Inferred::Ok(y)) = (inputs, output) else {
        return Inference::OPAQUE;
    };
    let macs = y.len() * kernel.product(0, R);
    Inference::TILES.product(macs)
}

/// How the numbers of these inputs lie.
pub(super) const fn sizes<const R: usize>(slide: &Slide<R>, inputs: &[Inferred]) -> Layout {
    match inputs {
        [Inferred::Ok(x), Inferred::Ok(kernel)] => Layout::new(slide, x, kernel),
        _ => Layout::NONE,
    }
}

/// How the numbers lie; a sequence is an image of one row.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    rows: Axis,
    columns: Axis,
    width: usize,
    channels: usize,
    multiplier: usize,
}

/// Where a tap of a window begins in each of the three.
#[derive(Clone, Copy)]
struct Place {
    x: usize,
    kernel: usize,
    y: usize,
}

impl Tiles for Layout {
    /// The sums over the taps, in the order of [`each`](Layout::each).
    #[inline(always)]
    fn raw<F: Float, X: Inputs<F>, const B: usize, const Q: usize>(
        self,
        run: &Run<'_, F>,
        x: &X,
        at: At,
    ) -> Tile<F, B, Q> {
        let (image, kernel) = (run.numbers(x.place(0)), run.numbers(x.place(1)));
        let mut tile = nothing();
        for (q, sums) in tile.iter_mut().enumerate() {
            let ox = at.inner + q;
            for ky in self.rows.seen_taps_of(at.outer) {
                for kx in self.columns.seen_taps_of(ox) {
                    let place = self.place((at.outer, ky), (ox, kx));
                    let x: [F; B] = self.of_columns(from(image, place.x), at.column);
                    let k: [F; B] = first(from(kernel, place.kernel + at.column));
                    sums.iter_mut().zip(x).zip(k).for_each(|((sum, x), k)| *sum += x * k);
                }
            }
        }
        tile
    }
}

impl Layout {
    const NONE: Layout =
        Layout { rows: Axis::UNIT, columns: Axis::UNIT, width: 0, channels: 0, multiplier: 1 };

    #[inline(always)]
    const fn new<const R: usize>(slide: &Slide<R>, x: &Shape, kernel: &Shape) -> Self {
        let (rows, columns) = slide.rows_and_columns(x, taps(kernel));
        Layout {
            rows,
            columns,
            width: x.size(R - 1),
            channels: x.size(R),
            multiplier: if kernel.size(R + 1) == 0 { 1 } else { kernel.size(R + 1) },
        }
    }

    /// Of the channels of a place those that so many columns from `column` on are filters of.
    #[inline(always)]
    fn of_columns<F: Float, const B: usize>(&self, x: &[F], column: usize) -> [F; B] {
        if self.multiplier == 1 {
            return first(from(x, column));
        }
        let channel = |b| x.get((column + b) / self.multiplier).copied().unwrap_or_default();
        core::array::from_fn(channel)
    }

    /// Each tap of each window; the taps of a window come in their order.
    #[inline(always)]
    fn each(&self, mut f: impl FnMut(Place)) {
        for oy in 0..self.rows.count {
            for ky in self.rows.taps_of(oy) {
                for kx in 0..self.columns.taps {
                    for ox in self.columns.windows_of(kx) {
                        f(self.place((oy, ky), (ox, kx)));
                    }
                }
            }
        }
    }

    #[inline(always)]
    fn place(&self, (oy, ky): (usize, usize), (ox, kx): (usize, usize)) -> Place {
        let filters = self.channels * self.multiplier;
        let place = self.rows.place(oy, ky) * self.width + self.columns.place(ox, kx);
        Place {
            x: place * self.channels,
            kernel: (ky * self.columns.taps + kx) * filters,
            y: (oy * self.columns.count + ox) * filters,
        }
    }

    // In bounds by the shape rule; `get` keeps the code of a panic out of firmware.

    #[inline(always)]
    fn of_x<'a, F>(&self, x: &'a [F], place: Place) -> &'a [F] {
        x.get(place.x..place.x + self.channels).unwrap_or_default()
    }

    #[inline(always)]
    fn of_kernel<'a, F>(&self, kernel: &'a [F], place: Place) -> &'a [F] {
        let filters = self.channels * self.multiplier;
        kernel.get(place.kernel..place.kernel + filters).unwrap_or_default()
    }
}
