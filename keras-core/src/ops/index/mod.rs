//! Ops on integers, and those that make integers: none of them has a gradient along an integer.

pub mod argmax;
pub mod cast;
pub mod gather;
pub mod one_hot;

use crate::shape::MAX_PORTS;

/// The limits of an op whose input `port` must be below `limit`.
pub(crate) const fn limit_of(port: usize, limit: usize) -> [usize; MAX_PORTS] {
    let mut limits = [usize::MAX; MAX_PORTS];
    limits[port] = limit;
    limits
}
