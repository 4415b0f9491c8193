//! What can go wrong with an optimizer's arguments and its saved state.

/// Why a hyper-parameter or a saved state was refused. The optimizer is as it was.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum OptimizerError {
    /// The optimizer has no hyper-parameter of this name.
    #[error("`{optimizer}` has no hyper-parameter `{name}`; it has {}", names.join(", "))]
    Unknown {
        /// The name of the optimizer.
        optimizer: &'static str,
        /// The name that was asked for.
        name: String,
        /// The names there are.
        names: Vec<&'static str>,
    },
    /// The value of a hyper-parameter, or of an argument of a schedule, is out of range.
    #[error("`{name}` must be {expected}, found {found:?}")]
    Range {
        /// The name.
        name: &'static str,
        /// The range: `a number in [0, 1)`.
        expected: &'static str,
        /// The value.
        found: f64,
    },
    /// More than one way to clip gradients is set.
    #[error("only one of `clipnorm`, `clipvalue` and `global_clipnorm` can be set, found `{}`", found.join("` and `"))]
    Clips {
        /// Those that are set.
        found: Vec<&'static str>,
    },
    /// The learning rate follows a schedule, so that it cannot be set.
    #[error(
        "`learning_rate` follows a schedule and cannot be set to {value}; \
         make the optimizer with a number as `learning_rate` to set it in training"
    )]
    Scheduled {
        /// The value.
        value: f64,
    },
    /// A `PiecewiseConstantDecay` has not one value more than boundaries.
    #[error(
        "`values` must be {boundaries} + 1 numbers, one more than `boundaries`, found {values}"
    )]
    Values {
        /// How many boundaries there are.
        boundaries: usize,
        /// How many values there are.
        values: usize,
    },
    /// The state is that of another kind of optimizer.
    #[error(
        "the state must be that of `{expected}`, found that of `{found}`; make the optimizer that was saved"
    )]
    Other {
        /// The name of the optimizer.
        expected: &'static str,
        /// The name in the state.
        found: String,
    },
    /// The state lacks something that the optimizer needs.
    #[error(
        "the state has no `{name}`, which `{optimizer}` needs; was it saved with other arguments, as a schedule?"
    )]
    Missing {
        /// The name of the optimizer.
        optimizer: &'static str,
        /// What is missing.
        name: String,
    },
    /// The state has a count, a scalar or a slot that the optimizer lacks.
    #[error("the state has `{name}`, which `{optimizer}` lacks; was it saved by another version?")]
    Unexpected {
        /// The name of the optimizer.
        optimizer: &'static str,
        /// What is there.
        name: String,
    },
    /// A slot of the state has not as many numbers as the weights.
    #[error("the slot `{slot}` must hold {expected} numbers, one for each weight, found {found}")]
    Length {
        /// The slot.
        slot: &'static str,
        /// How many numbers the weights have.
        expected: usize,
        /// How many the slot has.
        found: usize,
    },
}
