//! Inference: one example through a model, in as little memory and as few instructions as it takes.
//!
//! A value that is read once, number by number, need not be stored: whoever reads it asks for it a [`Tile`] at a time, and each
//! is computed when it is asked for. So the products, the bias, the activation and the pooling of a convolution are one loop,
//! whatever layers they stand in, and no map is ever whole. What a layer offers of this it says in its [`Inference`]; which
//! values are stored, and where, rustc decides in a [`Layout`].
//!
//! **Invariant:** none of this changes a number: every sum has the order of [`Reference`](crate::backend::Reference), whose
//! bits the results have.

mod body;
mod frozen;
mod kernel;
mod layout;
mod mode;
mod offer;
mod tile;

pub use body::{
    Args, Base, Body, Cx, Given, Inputs, call, call_finish, call_raw, copy, finish, group, operand,
    raw, settled, spots, store_output, stored,
};
pub use frozen::Frozen;
pub use kernel::{nothing, products};
pub use layout::{Act, Home, Layout, Plot, Span, Spot, Step, layout, offer};
pub use mode::{Mode, Packed, Plain, rest, width};
pub use offer::Inference;
pub(crate) use tile::first;
pub use tile::{At, Fetch, Grid, Tile, lanes};
