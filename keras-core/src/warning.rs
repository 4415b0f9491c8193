//! What `model!` warns of: models that train, but hardly as they were meant.
//!
//! A warning is a use of a deprecated constant at the line that it speaks of, since this is the lint of rustc that tells a
//! library's own words. It is allowed, or denied, like any other: `#[allow(deprecated)]` above `pub struct Net`, or for a crate.
//!
//! ```
//! use keras_core::prelude::*;
//!
//! model! {
//!     // A product of two sigmoids is squashed once more, and this is meant.
//!     #[allow(deprecated)]
//!     pub struct Gated {
//!         input x: [4];
//!         output y = sigmoid(Dense::new(1)(x));
//!         target t: [1];
//!         loss binary_crossentropy(t, y, from_logits = true);
//!     }
//! }
//! # Gated::new(1);
//! ```

/// A warning about a `loss` or `metric` line, where `DOUBTFUL`.
#[derive(Debug)]
pub struct Loss<const DOUBTFUL: bool>;

/// A warning about an `output` line, where `DOUBTFUL`.
#[derive(Debug)]
pub struct Output<const DOUBTFUL: bool>;

#[allow(non_upper_case_globals)]
impl Loss<true> {
    /// Probabilities are given where logits are expected: the softmax is taken twice, and the gradients are small.
    #[deprecated(
        note = "`y_pred` holds probabilities (from `softmax` or `sigmoid`); drop `from_logits = true`, or the activation"
    )]
    pub const expects_logits: () = ();
    /// Logits are given where probabilities are expected: logarithms are taken of what may be negative or above 1.
    #[deprecated(
        note = "`y_pred` holds logits (from a layer without activation); write `from_logits = true`, or add `softmax` or `sigmoid`"
    )]
    pub const expects_probabilities: () = ();
    /// A part of the loss, and not of the features, is set to zero at random.
    #[deprecated(
        note = "a dropout of what depends on a target drops a part of the loss; put it before the output"
    )]
    pub const is_dropped: () = ();
}

#[allow(non_upper_case_globals)]
impl Loss<false> {
    /// As it should be.
    pub const expects_logits: () = ();
    /// As it should be.
    pub const expects_probabilities: () = ();
    /// As it should be.
    pub const is_dropped: () = ();
}

#[allow(non_upper_case_globals)]
impl Output<true> {
    /// Weights that this output alone depends on keep their first values.
    #[deprecated(note = "no loss depends on the weights of this output; give it a loss")]
    pub const is_never_trained: () = ();
}

#[allow(non_upper_case_globals)]
impl Output<false> {
    /// As it should be.
    pub const is_never_trained: () = ();
}
