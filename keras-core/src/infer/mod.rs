//! Inference: one example through a model, in as little memory and as few instructions as it takes.
//!
//! A value that is read once, number by number, need not be stored: whoever reads it asks for it a [`Tile`] at a time, and each
//! is computed when it is asked for. So the products, the bias, the activation and the pooling of a convolution are one loop,
//! whatever layers they stand in, and no map is ever whole. What a layer offers of this it says in its [`Inference`]; which
//! values are stored, and where, rustc decides in a [`Layout`].
//!
//! **Invariant:** none of this changes a number: every sum has the order of [`Reference`](crate::backend::Reference), whose
//! bits the results have. One thing does, in a [`Frozen`] model: a layer that multiplies and adds a number a column, such as
//! `BatchNormalization`, is folded into the weights of the layer before it, whose products are rounded then instead of its own.

mod affine;
mod body;
mod budget;
mod call;
mod enter;
mod freeze;
mod frozen;
mod inputs;
mod kernel;
mod layout;
mod make;
mod mode;
mod offer;
mod opaque;
mod read;
mod store;
mod tile;

pub use affine::{Affine, Folded, Term};
pub use body::{
    Asked, Base, Body, ByTiles, Case, Cx, Feeds, For, Here, InPlace, Tiles, Whole, finish,
    in_place, input_at, operand, raw, settled, total,
};
pub use budget::{Cost, within, within_all};
pub use call::{call, layer};
pub use enter::{Root, enter};
pub use freeze::{Freeze, Nested, Pack, freeze_of, frozen, nest};
pub use frozen::Frozen;
pub use inputs::{Args, Given, Inputs, places};
pub use kernel::{Rows, nothing, products, window_products};
pub use layout::{
    Act, Block, Draft, Home, Laid, Layout, Moment, Monotone, Owner, Scaled, Script, Span, Spot,
    Step, Sums, Way, blocks, draft, lay, tops,
};
pub use make::{Make, Never, Of, Output, Same, Values};
pub use mode::{SMALL, SOFT, width};
pub use offer::{Inference, Scales, has, stack};
pub(crate) use opaque::fresh;
pub use read::{parse, read};
pub use store::{copy, group, store_output};
pub(crate) use tile::first;
pub use tile::{At, Fetch, Grid, Tile, map};
