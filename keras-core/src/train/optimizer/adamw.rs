//! Adam with decoupled weight decay.

use super::{AdamRule, Optimize};

/// [`Adam`](super::Adam) with weight decay (Loshchilov, Hutter 2017): `weight_decay` is 0.004 unless told otherwise.
///
/// `w ← w − η·λ·w` before Adam's update.
///
/// Follows `keras.optimizers.AdamW`.
pub type AdamW<F = f32> = Optimize<AdamRule<true>, F>;
