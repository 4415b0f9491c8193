//! Where the values of a body are at run time: what its table says, in the frame of the call.

use super::{Frame, Place, Run, Spot};

impl<F> Run<'_, F> {
    /// Where a value of a body is in the forward pass: kept for the backward pass in training, in scratch memory otherwise.
    #[cfg_attr(feature = "std", inline(never))]
    #[cfg_attr(not(feature = "std"), inline(always))]
    pub fn spot<const TRAIN: bool>(&self, frame: Frame, value: &Spot) -> Place {
        let at = match (TRAIN, value.kept) {
            (true, true) => frame.saved.and(value.at.saved),
            (true, false) => frame.scratch.and(value.at.train),
            (false, _) => frame.scratch.and(value.at.infer),
        };
        self.at(value.size.extent, at)
    }

    /// Where a value was kept, for the backward pass; nowhere if it was not.
    #[cfg_attr(feature = "std", inline(never))]
    #[cfg_attr(not(feature = "std"), inline(always))]
    pub fn kept(&self, frame: Frame, value: &Spot) -> Place {
        self.at(value.size.extent, frame.saved.and(value.at.saved)).only(value.kept)
    }

    /// Where the cotangent of a value is; nowhere for integers and booleans, which have none.
    #[cfg_attr(feature = "std", inline(never))]
    #[cfg_attr(not(feature = "std"), inline(always))]
    pub fn cotangent(&self, frame: Frame, value: &Spot) -> Place {
        self.at(value.size.extent, frame.scratch.and(value.at.back)).only(value.size.float)
    }

    /// The [`spot`](Self::spot)s of these values.
    #[cfg(feature = "std")]
    #[inline(never)]
    pub fn spots<const TRAIN: bool, const N: usize>(
        &self,
        frame: Frame,
        all: &[Spot],
        values: [usize; N],
    ) -> [Place; N] {
        look_up(all, values, |value| self.spot::<TRAIN>(frame, value))
    }

    /// Where these values were [`kept`](Self::kept).
    #[cfg(feature = "std")]
    #[inline(never)]
    pub fn all_kept<const N: usize>(
        &self,
        frame: Frame,
        all: &[Spot],
        values: [usize; N],
    ) -> [Place; N] {
        look_up(all, values, |value| self.kept(frame, value))
    }

    /// Where the [`cotangent`](Self::cotangent)s of these values are.
    #[cfg(feature = "std")]
    #[inline(never)]
    pub fn cotangents<const N: usize>(
        &self,
        frame: Frame,
        all: &[Spot],
        values: [usize; N],
    ) -> [Place; N] {
        look_up(all, values, |value| self.cotangent(frame, value))
    }
}

#[cfg(feature = "std")]
fn look_up<const N: usize>(
    all: &[Spot],
    values: [usize; N],
    place: impl Fn(&Spot) -> Place,
) -> [Place; N] {
    let mut places = [Place::NONE; N];
    for (found, value) in places.iter_mut().zip(values) {
        *found = place(&all[value]);
    }
    places
}
