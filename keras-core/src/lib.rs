//! Models declared as macro blocks in Rust source, checked at compile time, trained on a host, run on a microcontroller.
//!
//! [`layer`](macro@layer) declares a layer, [`model!`] a model; [`prelude`] has what both need. The ops are in [`ops`], the
//! built-in layers in [`layers`], [`losses`] and [`metrics`]. A [`Model`](model::Model) trains, predicts and saves.
//! `README.md` has a complete program, `ARCHITECTURE.md` the map of the source.
#![cfg_attr(not(any(feature = "std", test)), no_std)]

extern crate self as keras_core;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub mod backend;
pub mod board;
#[cfg(feature = "std")]
pub mod check;
#[cfg(feature = "std")]
pub mod data;
pub mod elementwise;
pub mod float;
pub mod infer;
pub mod layers;
pub mod losses;
pub mod math;
pub mod memory;
pub mod metrics;
#[cfg(feature = "std")]
pub mod model;
#[doc(hidden)]
pub mod names;
pub mod net;
#[cfg(feature = "std")]
mod once;
pub mod ops;
#[cfg(feature = "std")]
mod pass;
#[cfg(feature = "std")]
pub mod plot;
pub mod prelude;
pub mod random;
mod row;
pub mod shape;
pub mod site;
#[cfg(feature = "std")]
pub mod summary;
#[cfg(all(test, feature = "std"))]
mod toy;
#[cfg(feature = "std")]
pub mod train;
mod twin;
pub mod warning;
pub mod weights;

#[doc = include_str!("../docs/layer.md")]
pub use keras_macros::layer;
#[doc = include_str!("../docs/model.md")]
pub use keras_macros::model;

/// The place in the source of the token that it stands for: `src/layers.rs:7:9`.
#[doc(hidden)]
#[macro_export]
macro_rules! __here {
    () => {
        ::core::concat!(
            ::core::module_path!(),
            " ",
            ::core::file!(),
            ":",
            ::core::line!(),
            ":",
            ::core::column!()
        )
    };
}

/// Its argument with the feature `std`, nothing without: for expansions, which do not know the features of this crate.
#[cfg(feature = "std")]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_std {
    ($($tokens:tt)*) => { $($tokens)* };
}

/// Its argument with the feature `std`, nothing without: for expansions, which do not know the features of this crate.
#[cfg(not(feature = "std"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_std {
    ($($tokens:tt)*) => {};
}

/// The examples of README.md, as tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
