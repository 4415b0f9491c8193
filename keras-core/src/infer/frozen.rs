//! Models whose weights are constants.

/// TODO
pub struct Frozen;
