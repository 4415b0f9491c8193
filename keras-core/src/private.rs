//! What expansions speak of. Not a public interface.

pub use crate::backend::{Backend, Reference};
pub use crate::board::memory as training;
pub use crate::elementwise::{self as group, Nest};
pub use crate::float::{Float, number};
pub use crate::memory::{
    Extent, Frame, Held, Lives, Needs, Place, Plan, Run, Size, Table, back, keeps, kept, predict,
    sizes, train,
};
pub use crate::net::{
    Any, Metric, Named, Net, One, Port, Ports, Row, Source, Stored, Variables, arena, output_at,
    outputs,
};
pub use crate::row::{Example, Row as Numbers, RowOf};
pub use crate::shape::definition::{
    Attempt, Definition, Finding, Part, Trial, UNKNOWN, definition, outputs_of, supposed, tried,
};
pub use crate::shape::{
    Cause, Dim, Doubt, Dtype, Fault, Inferred, Kind, MAX_PORTS, Message, Pattern, after, arity_of,
    bind, carried, computed, dim_of, elementwise as elementwise_shape, first_error, input,
    one_loss, one_metric, output, rest_of, result, same, updated,
};
pub use crate::site::{Field, Keeps, Layer, LayerAt, Method, Site};
pub use crate::twin::{Around, Call, Nth, Sound, Twins, Within};
pub use crate::warning;
use crate::weights::equal;
pub use crate::weights::{Constraint, Regularizer, Tree, WeightSpec, own_offset};
pub use crate::{__here as here, __if_std as if_std, infer, math, names, ops};
pub use core::option::Option;

#[cfg(feature = "std")]
pub use crate::data::{Column, Dataset, Feed, Rows};
#[cfg(feature = "std")]
pub use crate::model::Model;
#[cfg(feature = "std")]
pub use crate::plot::Plan as Picture;
#[cfg(feature = "std")]
pub use std::vec::Vec;

use core::marker::PhantomData;

use crate::float::Constant;
use crate::ops::slice;
use crate::shape::MAX_RANK;

/// The line of a call in the summary of a model; `first` where it is the one that counts the weights.
pub const fn row<S: Site>(
    name: &'static str,
    kind: &'static str,
    first: bool,
    inputs: &'static [Source],
) -> Row {
    let params = if first { S::At::WEIGHTS.params() } else { 0 };
    Row { name, kind, outputs: S::At::OUTPUTS, params, inputs }
}

/// A layer whose source has a mistake: silent, because the mistake was told.
pub struct Broken<S>(PhantomData<S>);

impl<S: Site> LayerAt for Broken<S> {
    const OUTPUTS: &'static [Inferred] = &[Inferred::Poisoned];
    const KEEPS: Keeps = Keeps::NOTHING;

    fn forward<F: Float, B: Backend, const TRAIN: bool, const I: usize, const O: usize>(
        _: &mut Run<'_, F>,
        _: Frame,
        _: [Place; I],
        _: [Place; O],
    ) {
    }

    fn backward<F: Float, B: Backend, const I: usize, const O: usize>(
        _: &mut Run<'_, F>,
        _: Frame,
        _: [Place; I],
        _: [Place; O],
        _: [Place; O],
        _: [Place; I],
    ) {
    }
}

/// The `build` of a model: it has none.
pub struct NoBuild;

impl NoBuild {
    /// No weights of its own.
    pub const OWN: &'static [WeightSpec] = &[];
    /// No error.
    pub const ERROR: Inferred = Inferred::scalar();
}

/// Port `index`, or none where the call has fewer.
#[inline(always)]
pub fn port(ports: &[Place], index: usize) -> Place {
    match ports.get(index) {
        Some(place) => *place,
        None => Place::NONE,
    }
}

/// A literal as a scalar of the model.
#[inline(always)]
pub fn of<F: Float>(x: f64) -> F {
    F::of(x)
}

/// A constant of a layer as a scalar of the model.
#[inline(always)]
pub fn scalar<F: Float, C: Constant>(x: C) -> F {
    x.scalar()
}

/// A whole number that rides in a scalar: the exponent of `powi`.
#[inline(always)]
pub fn whole<F: Float>(x: F) -> i32 {
    x.f64() as i32
}

/// The run-time indices of a slice.
#[inline(always)]
pub const fn index<const K: usize>(given: [usize; K]) -> [usize; MAX_RANK] {
    let (mut all, mut i) = ([0; MAX_RANK], 0);
    while i < K && i < MAX_RANK {
        all[i] = given[i];
        i += 1;
    }
    all
}

/// How often a loop over `start..end` runs.
pub const fn iterations(start: usize, end: usize) -> usize {
    end.saturating_sub(start)
}

/// Where the weights of `C` calls begin: of those with weights, each the call and which layer of `tree` it is, in the order of
/// the layers.
pub const fn offsets<const C: usize>(tree: &Tree, nested: &[(usize, usize)]) -> [usize; C] {
    let (mut all, mut i) = ([0; C], 0);
    if nested.is_empty() {
        return all;
    }
    let (mut offset, mut next) = (tree.nested_offset(0), 0);
    while i < nested.len() {
        let (call, layer) = nested[i];
        while next < layer {
            offset += tree.nested[next].1.params();
            next += 1;
        }
        all[call] = offset;
        i += 1;
    }
    all
}

const fn fault(indices: &[Dim]) -> Option<Inferred> {
    let mut i = 0;
    while i < indices.len() {
        match indices[i].fault() {
            Some(Fault::Poisoned) => return Option::Some(Inferred::Poisoned),
            Some(fault) => {
                let index = Message::new("the index ").dim(indices[i]).str(" in one iteration");
                return Option::Some(Inferred::Error(index.str(fault.verdict())));
            }
            None => {}
        }
        i += 1;
    }
    Option::None
}

/// The shape of a slice.
pub const fn read_shape(slice: &slice, indices: &[Dim], of: Inferred) -> Inferred {
    match fault(indices) {
        Some(error) => error,
        None => slice.infer(&[of]).of("slice"),
    }
}

/// The shape of a buffer with a value written into a slice of it.
pub const fn write_shape(
    slice: &slice,
    indices: &[Dim],
    buffer: &Inferred,
    value: &Inferred,
) -> Inferred {
    match fault(indices) {
        Some(error) => error,
        None => slice.infer_write(buffer, value),
    }
}

/// The number of the weight called `name`: of two with one name, in the two arms of an `if`, the one that exists.
pub const fn weight_index(weights: &[WeightSpec], name: &str) -> usize {
    let (mut found, mut i) = (weights.len(), 0);
    while i < weights.len() {
        if equal(weights[i].name.as_bytes(), name.as_bytes())
            && (found == weights.len() || weights[i].shape.is_ok())
        {
            found = i;
        }
        i += 1;
    }
    found
}

/// The shape of a weight.
pub const fn weight_shape(weights: &[WeightSpec], weight: usize) -> Inferred {
    if weight < weights.len() { weights[weight].shape.seen() } else { Inferred::Poisoned }
}

/// Whether training changes a weight.
pub const fn weight_trainable(weights: &[WeightSpec], weight: usize) -> bool {
    weight < weights.len() && weights[weight].trainable
}

/// An error where a layer that is called again would need other weights.
pub const fn shared(name: &str, again: &Tree, first: &Tree, output: Inferred) -> Inferred {
    match first.difference(again) {
        Some((weight, was, is)) if output.is_ok() => {
            let message =
                Message::new(name).str(" is called again with another shape: its weight `");
            let message = message.str(weight).str("` is ").inferred(&was);
            Inferred::Error(message.str(", here it would be ").inferred(&is))
        }
        _ => output,
    }
}

/// An error where a layer with weights is called outside of `call`.
pub const fn weightless(name: &str, weights: &Tree, output: Inferred) -> Inferred {
    if !output.is_ok() || weights.params() == 0 {
        return output;
    }
    Inferred::Error(Message::new(name).str(
        " has weights; a layer with weights is called in `call`, where their shapes come from",
    ))
}

/// The smallest limit of each input.
pub const fn limits(lists: &[&[usize]]) -> [usize; MAX_PORTS] {
    let (mut all, mut i) = ([usize::MAX; MAX_PORTS], 0);
    while i < lists.len() && i < MAX_PORTS {
        let mut j = 0;
        while j < lists[i].len() {
            all[i] = if lists[i][j] < all[i] { lists[i][j] } else { all[i] };
            j += 1;
        }
        i += 1;
    }
    all
}

/// The shape of integers with their range: what is declared, or what their consumers allow.
pub const fn limited(shape: Inferred, limit: usize) -> Inferred {
    match shape {
        Inferred::Ok(inner) => match inner.dtype() {
            Dtype::Int { range } if limit < range => {
                Inferred::Ok(inner.with_dtype(Dtype::Int { range: limit }))
            }
            _ => shape,
        },
        other => other,
    }
}

/// The rank of a value.
pub const fn rank(value: &Inferred) -> usize {
    value.get().rank()
}

/// The first `N` numbers from `AT` on, of which rustc proves that they are there.
#[inline(always)]
pub fn array<F, const N: usize, const AT: usize, const ARENA: usize>(
    arena: &[F; ARENA],
) -> &[F; N] {
    const { assert!(AT + N <= ARENA, "an arena holds its outputs") };
    // SAFETY: by the assertion the array is a part of the arena, which stays borrowed.
    unsafe { &*arena.as_ptr().add(AT).cast() }
}

#[cfg(feature = "std")]
pub use host::{Batch, batch, taken};

#[cfg(feature = "std")]
mod host {
    use ndarray::{Array, Dimension, Ix1, Ix2, Ix3, Ix4, Ix5, Ix6, IxDyn};

    use crate::float::Float;
    use crate::net::Net;
    use std::vec::Vec;

    /// The type of an array of `R` axes and the batch.
    pub struct Ranks;

    /// Which type.
    pub trait HasRank<const R: usize> {
        /// The dimension.
        type Dim: Dimension;
    }

    macro_rules! ranks {
        ($($rank:literal $dim:ty),*) => {
            $(impl HasRank<$rank> for Ranks { type Dim = $dim; })*
        };
    }
    ranks!(0 Ix1, 1 Ix2, 2 Ix3, 3 Ix4, 4 Ix5, 5 Ix6, 6 IxDyn);

    /// A batch of values of rank `R`.
    pub type Batch<F, const R: usize> = Array<F, <Ranks as HasRank<R>>::Dim>;

    /// The numbers of output `i`.
    pub fn taken<F>(outputs: &mut [Vec<F>], i: usize) -> Vec<F> {
        outputs.get_mut(i).map(core::mem::take).unwrap_or_default()
    }

    /// The numbers of output `I` for a batch as an array, the batch first.
    pub fn batch<N: Net, F: Float, const R: usize, const I: usize>(
        rows: usize,
        numbers: Vec<F>,
    ) -> Batch<F, R>
    where
        Ranks: HasRank<R>,
    {
        let shape = N::OUTPUTS[I].shape.get();
        let mut sizes = vec![if shape.batched() { rows } else { 1 }];
        sizes.extend((0..shape.rank()).map(|axis| shape.size(axis)));
        let array =
            Array::from_shape_vec(IxDyn(&sizes), numbers).expect("a pass fills its outputs");
        array.into_dimensionality().expect("the rank is the shape's")
    }
}
