//! What was written: items and statements, read but not yet understood.

pub mod layer;
pub mod model;
pub mod pattern;
