//! Ops that move numbers and compute none: slices, shapes, joins, constants.

pub mod broadcast_to;
pub mod concat;
mod cut;
pub mod flatten;
pub mod flip;
pub mod full;
pub mod full_like;
pub mod pad;
mod parts;
pub mod permute;
pub mod repeat;
pub mod reshape;
pub mod slice;
pub mod split;
pub mod stack;
pub mod stop_gradient;
pub mod transpose;
pub(in crate::ops) mod walk;
pub mod window;
