//! Windows that slide over the axes in front of the channels: what convolutions and poolings have in common.

use core::ops::Range;

use crate::shape::{Dim, Inferred, Message, Shape};

/// What is around the places of an axis, so that windows may begin before it and end behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Padding {
    /// Nothing: windows lie inside. `⌊(size − span) / stride⌋ + 1` windows.
    Valid,
    /// As much on both sides as `⌈size / stride⌉` windows need; where it is odd, one more behind.
    Same,
    /// All in front: no window reaches beyond its own place, so that a step depends on no later one. `⌈size / stride⌉` windows.
    Causal,
}

/// One axis, and the windows along it.
///
/// Tap `k` of window `o` lies at place `o·stride + k·dilation − before`; a tap that lies outside of the axis is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Axis {
    size: usize,
    /// How many taps a window has.
    pub taps: usize,
    pub stride: usize,
    pub dilation: usize,
    before: usize,
    /// How many windows there are.
    pub count: usize,
}

impl Axis {
    /// One place and one window of one tap: the axis that a sequence has in front of its steps.
    pub const UNIT: Axis = Axis { size: 1, taps: 1, stride: 1, dilation: 1, before: 0, count: 1 };

    /// Windows of `taps` taps over `size` places; none where no window fits. `stride` and `dilation` are at least 1.
    #[inline(always)]
    pub const fn new(
        size: usize,
        taps: usize,
        stride: usize,
        dilation: usize,
        padding: Padding,
    ) -> Option<Axis> {
        let span = span(taps, dilation);
        let (before, count) = match padding {
            Padding::Valid if span > size => return None,
            Padding::Valid => (0, ceil(size - span + 1, stride)),
            Padding::Same => {
                let count = ceil(size, stride);
                let end = count.saturating_sub(1).saturating_mul(stride).saturating_add(span);
                (end.saturating_sub(size) / 2, count)
            }
            Padding::Causal => (span - 1, ceil(size, stride)),
        };
        Some(Axis { size, taps, stride, dilation, before, count })
    }

    /// The taps of window `o` that lie on the axis.
    #[inline(always)]
    pub fn taps_of(&self, o: usize) -> Range<usize> {
        let start = o * self.stride;
        let from = ceil(self.before.saturating_sub(start), self.dilation);
        let to = ceil((self.size + self.before).saturating_sub(start), self.dilation);
        from.min(self.taps)..to.min(self.taps)
    }

    /// The windows whose tap `k` lies on the axis.
    #[inline(always)]
    pub fn windows_of(&self, k: usize) -> Range<usize> {
        let tap = k * self.dilation;
        let from = ceil(self.before.saturating_sub(tap), self.stride);
        let to = ceil((self.size + self.before).saturating_sub(tap), self.stride);
        from.min(self.count)..to.min(self.count)
    }

    /// The windows that lie on the axis with all of their taps.
    #[inline(always)]
    pub fn whole(&self) -> Range<usize> {
        let from = self.windows_of(0).start;
        from..self.windows_of(self.taps.saturating_sub(1)).end.max(from)
    }

    /// Whether all windows lie on the axis with all of their taps.
    pub const fn is_whole(&self) -> bool {
        let last = self.count.saturating_sub(1) * self.stride;
        self.before == 0 && last + span(self.taps, self.dilation) <= self.size
    }

    /// Whether no two windows have a place in common.
    pub const fn is_apart(&self) -> bool {
        self.count <= 1 || span(self.taps, self.dilation) <= self.stride
    }

    /// Whether neighbouring taps are so many places apart.
    pub const fn is_apart_by(&self, places: usize) -> bool {
        self.dilation == places || self.taps <= 1
    }

    /// The taps of window `o`, where rustc should see that they are all: as [`taps_of`](Self::taps_of).
    #[inline(always)]
    pub fn seen_taps_of(&self, o: usize) -> Range<usize> {
        if self.is_whole() { 0..self.taps } else { self.taps_of(o) }
    }

    /// Where tap `k` of window `o` lies, if it is one of [`taps_of`](Self::taps_of).
    #[inline(always)]
    pub fn place(&self, o: usize, k: usize) -> usize {
        (o * self.stride + k * self.dilation).saturating_sub(self.before)
    }
}

/// The sizes of a kernel in front of its channels.
pub(super) const fn taps<const R: usize>(kernel: &Shape) -> [usize; R] {
    let (mut taps, mut i) = ([1; R], 0);
    while i < R {
        taps[i] = kernel.size(i);
        i += 1;
    }
    taps
}

/// The numbers from `start` on: in bounds by the shape rule, and `get` keeps the code of a panic out of firmware.
#[inline(always)]
pub(super) fn from<F>(x: &[F], start: usize) -> &[F] {
    x.get(start..).unwrap_or_default()
}

/// `⌈n / by⌉`. The shape rule has refused 0; where the compiler does not see it, the code of a panic would be in firmware.
#[inline(always)]
const fn ceil(n: usize, by: usize) -> usize {
    n.div_ceil(if by == 0 { 1 } else { by })
}

/// From the first to the last tap of a window.
const fn span(taps: usize, dilation: usize) -> usize {
    taps.saturating_sub(1).saturating_mul(dilation).saturating_add(1)
}

/// How windows slide over `R` axes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slide<const R: usize> {
    pub strides: [usize; R],
    pub dilation_rate: [usize; R],
    pub padding: Padding,
}

impl<const R: usize> Slide<R> {
    /// Side by side, without holes and without padding.
    pub const ONE: Self = Slide { strides: [1; R], dilation_rate: [1; R], padding: Padding::Valid };

    /// The windows, "a kernel" or "a window", along the first `R` axes of `x`, or the error that there are none.
    #[allow(clippy::result_large_err, reason = "const code has no boxes")]
    pub const fn over(
        &self,
        what: &str,
        x: &Shape,
        taps: [usize; R],
    ) -> Result<[Axis; R], Inferred> {
        if let Some(error) = self.wrong(&taps) {
            return Err(error);
        }
        match self.axes(x, taps) {
            Some(axes) => Ok(axes),
            None => Err(self.too_large(what, x, taps)),
        }
    }

    #[inline(always)]
    const fn axes(&self, x: &Shape, taps: [usize; R]) -> Option<[Axis; R]> {
        let (mut axes, mut i) = ([Axis::UNIT; R], 0);
        while i < R {
            let (stride, dilation) = (self.strides[i], self.dilation_rate[i]);
            axes[i] = match Axis::new(x.size(i), taps[i], stride, dilation, self.padding) {
                Some(axis) => axis,
                None => return None,
            };
            i += 1;
        }
        Some(axes)
    }

    /// The rows and columns of windows, for shapes that are right; a sequence has one row.
    #[inline(always)]
    pub const fn rows_and_columns(&self, x: &Shape, taps: [usize; R]) -> (Axis, Axis) {
        let axes = match self.axes(x, taps) {
            Some(axes) => axes,
            None => [Axis::UNIT; R],
        };
        match axes.as_slice() {
            [rows, columns] => (*rows, *columns),
            [columns] => (Axis::UNIT, *columns),
            _ => (Axis::UNIT, Axis::UNIT),
        }
    }

    const fn wrong(&self, taps: &[usize; R]) -> Option<Inferred> {
        let error = if is_zero_in(taps) {
            listed(Message::new("a window has at least 1 place, found "), taps)
        } else if is_zero_in(&self.strides) {
            listed(Message::new("`strides` are at least 1, found "), &self.strides)
        } else if is_zero_in(&self.dilation_rate) {
            listed(Message::new("`dilation_rate` is at least 1, found "), &self.dilation_rate)
        } else if R > 1 && matches!(self.padding, Padding::Causal) {
            Message::new("`Causal` is a padding of steps, not of an image").help("use `Same`")
        } else {
            return None;
        };
        Some(Inferred::Error(error.alone()))
    }

    const fn too_large(&self, what: &str, x: &Shape, taps: [usize; R]) -> Inferred {
        let (mut spans, mut holes, mut i) = (taps, false, 0);
        while i < R {
            spans[i] = span(taps[i], self.dilation_rate[i]);
            holes = holes || spans[i] != taps[i];
            i += 1;
        }
        let message = listed(Message::new(what).str(" of "), &taps);
        let message = if holes { listed(message.str(" that spans "), &spans) } else { message };
        let message = message.str(" does not fit into ").shape(x);
        Inferred::Error(message.help("use a smaller one, or `padding(Same)`"))
    }
}

const fn is_zero_in(sizes: &[usize]) -> bool {
    let mut i = 0;
    while i < sizes.len() {
        if sizes[i] == 0 {
            return true;
        }
        i += 1;
    }
    false
}

/// Appends `[3, 3]`, or `3` where there is one number.
const fn listed(mut message: Message, sizes: &[usize]) -> Message {
    if sizes.len() == 1 {
        return message.num(sizes[0]);
    }
    let mut i = 0;
    while i < sizes.len() {
        message = message.str(if i > 0 { ", " } else { "[" }).num(sizes[i]);
        i += 1;
    }
    message.str("]")
}

/// The shape of what the windows along the first axes of `x` give.
pub(super) const fn slid<const R: usize>(x: &Shape, axes: &[Axis; R]) -> Shape {
    let (mut y, mut i) = (*x, 0);
    while i < R {
        y = y.with_dim(i, Dim::of(axes[i].count));
        i += 1;
    }
    y
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All axes up to a size, with every way to slide.
    fn axes() -> Vec<Axis> {
        let mut all = Vec::new();
        for padding in [Padding::Valid, Padding::Same, Padding::Causal] {
            for (size, taps) in (1..8).flat_map(|size| (1..5).map(move |taps| (size, taps))) {
                for (stride, dilation) in [(1, 1), (2, 1), (3, 1), (1, 2), (2, 3), (4, 2)] {
                    all.extend(Axis::new(size, taps, stride, dilation, padding));
                }
            }
        }
        all
    }

    /// The place of a tap, which may be outside of the axis.
    fn place(axis: &Axis, o: usize, k: usize) -> isize {
        (o * axis.stride + k * axis.dilation) as isize - axis.before as isize
    }

    #[test]
    fn taps_are_those_that_lie_on_the_axis() {
        for axis in axes() {
            let on = |o, k| (0..axis.size as isize).contains(&place(&axis, o, k));
            for o in 0..axis.count {
                let expected: Vec<usize> = (0..axis.taps).filter(|k| on(o, *k)).collect();
                assert_eq!(axis.taps_of(o).collect::<Vec<_>>(), expected, "{axis:?}");
                assert!(expected.iter().all(|k| axis.place(o, *k) as isize == place(&axis, o, *k)));
            }
            for k in 0..axis.taps {
                let expected: Vec<usize> = (0..axis.count).filter(|o| on(*o, k)).collect();
                assert_eq!(axis.windows_of(k).collect::<Vec<_>>(), expected, "{axis:?}");
            }
            let expected = (0..axis.count).filter(|o| (0..axis.taps).all(|k| on(*o, k)));
            assert_eq!(axis.whole().collect::<Vec<_>>(), expected.collect::<Vec<_>>(), "{axis:?}");
        }
    }

    #[test]
    fn paddings_are_those_of_keras() {
        let found = |size, taps, stride, dilation, padding| {
            let axis = Axis::new(size, taps, stride, dilation, padding).unwrap();
            (axis.before, axis.count)
        };
        assert_eq!(found(8, 3, 2, 1, Padding::Valid), (0, 3));
        assert_eq!(found(8, 3, 2, 1, Padding::Same), (0, 4));
        assert_eq!(found(9, 3, 2, 1, Padding::Same), (1, 5));
        assert_eq!(found(10, 4, 2, 1, Padding::Same), (1, 5));
        assert_eq!(found(9, 2, 1, 2, Padding::Causal), (2, 9));
        assert_eq!(Axis::new(4, 3, 1, 2, Padding::Valid), None);
    }

    #[test]
    fn what_overflows_does_not_fit() {
        let huge = usize::MAX;
        assert_eq!(Axis::new(8, huge, 1, huge, Padding::Valid), None);
        assert!(Axis::new(8, 3, huge, huge, Padding::Same).is_some());
    }
}
