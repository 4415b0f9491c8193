//! What the names of a body are to rustc's lints and to an editor.
//!
//! In an expansion the names of a body vanish: they become numbered constants. So each expansion also says them again as plain
//! Rust, in functions that nobody calls, where rustc sees what is never used and an editor what is meant.

/// A value of a body: a tensor for each example.
#[derive(Clone, Copy, Debug)]
pub struct Value;

/// A weight, made in `build` and changed by training.
#[derive(Clone, Copy, Debug)]
pub struct Weight;

/// A layer with weights of its own; an editor is shown its type instead.
#[derive(Clone, Copy, Debug)]
pub struct Layer;

/// The condition of an `if` or of a loop.
pub fn maybe() -> bool {
    false
}

/// Anything. Never called.
#[allow(clippy::empty_loop)]
pub fn any<T>() -> T {
    loop {}
}
