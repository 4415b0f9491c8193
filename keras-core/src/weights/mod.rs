//! Weights: one flat buffer a model, each weight at a constant offset, named by path (`head/centers`).

#[cfg(feature = "std")]
mod atomic;
#[cfg(feature = "std")]
mod draw;
#[cfg(feature = "std")]
mod error;
#[cfg(feature = "std")]
pub(crate) mod file;
mod init;
#[cfg(feature = "std")]
mod walk;

#[cfg(feature = "std")]
pub use draw::initialize;
#[cfg(feature = "std")]
pub use error::WeightsError;
pub use init::{Distribution, Fan, Initializer, initializers};
#[cfg(feature = "std")]
pub use walk::Weight;

use crate::shape::Inferred;

/// A penalty added to the loss: `l1·Σ|w| + l2·Σw²`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Regularizer {
    /// The factor of `Σ|w|`.
    pub l1: f64,
    /// The factor of `Σw²`.
    pub l2: f64,
}

/// The names a user writes for penalties: `weight([n], Zeros, regularizer = L2(0.01))`.
#[allow(non_snake_case)]
pub mod regularizers {
    use super::Regularizer;

    /// `factor · Σ|w|`, as `keras.regularizers.L1`.
    pub const fn L1(factor: f64) -> Regularizer {
        Regularizer { l1: factor, l2: 0.0 }
    }

    /// `factor · Σw²`, as `keras.regularizers.L2`.
    pub const fn L2(factor: f64) -> Regularizer {
        Regularizer { l1: 0.0, l2: factor }
    }

    /// `l1 · Σ|w| + l2 · Σw²`, as `keras.regularizers.L1L2`.
    pub const fn L1L2(l1: f64, l2: f64) -> Regularizer {
        Regularizer { l1, l2 }
    }
}

/// What is done to a weight after each update, as `keras.constraints`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Constraint {
    /// Negative numbers become 0.
    NonNeg,
    /// Columns (vectors along axis 0) longer than this are scaled down to it.
    MaxNorm(f64),
    /// Columns (vectors along axis 0) are scaled to length 1.
    UnitNorm,
}

/// One weight, as `weight(shape, initializer, …)` in `build` declares it.
#[derive(Clone, Copy, Debug)]
pub struct WeightSpec {
    /// The field it is bound to: `kernel`.
    pub name: &'static str,
    /// Its shape, without a batch axis; no memory where there is no shape.
    pub shape: Inferred,
    /// Where its first values come from.
    pub initializer: Initializer,
    /// Whether training changes it.
    pub trainable: bool,
    /// The penalty on it.
    pub regularizer: Option<Regularizer>,
    /// What is done to it after each update.
    pub constraint: Option<Constraint>,
}

/// A layer's weights: its own, then those of the layers in it.
#[derive(Clone, Copy, Debug)]
pub struct Tree {
    /// The weights of the layer itself.
    pub own: &'static [WeightSpec],
    /// The layers in it, with their names.
    pub nested: &'static [(&'static str, &'static Tree)],
}

impl Tree {
    /// No weights.
    pub const NONE: Tree = Tree { own: &[], nested: &[] };

    /// How many numbers the weights have: the length of the flat buffer.
    pub const fn params(&self) -> usize {
        let (mut sum, mut i) = (0, 0);
        while i < self.own.len() {
            sum += self.own[i].shape.len();
            i += 1;
        }
        i = 0;
        while i < self.nested.len() {
            sum += self.nested[i].1.params();
            i += 1;
        }
        sum
    }

    /// Where own weight `index` begins.
    pub const fn own_offset(&self, index: usize) -> usize {
        let (mut sum, mut i) = (0, 0);
        while i < index && i < self.own.len() {
            sum += self.own[i].shape.len();
            i += 1;
        }
        sum
    }

    /// Where the weights of nested layer `index` begin.
    pub const fn nested_offset(&self, index: usize) -> usize {
        let (mut sum, mut i) = (self.own_offset(self.own.len()), 0);
        while i < index && i < self.nested.len() {
            sum += self.nested[i].1.params();
            i += 1;
        }
        sum
    }

    /// The first weight that has another shape in another call of the same layer, with the two shapes; a weight that only one
    /// of the calls has is [`Inferred::Poisoned`] in the other.
    pub const fn difference(&self, other: &Tree) -> Option<(&'static str, Inferred, Inferred)> {
        let mut i = 0;
        while i < self.own.len() || i < other.own.len() {
            let (name, a) = self.own_shape(i);
            let (other_name, b) = other.own_shape(i);
            if a.is_ok() != b.is_ok() || !a.get().same_sizes(&b.get()) {
                return Some((if name.is_empty() { other_name } else { name }, a, b));
            }
            i += 1;
        }
        i = 0;
        while i < self.nested.len() || i < other.nested.len() {
            if let Some(found) = self.nested_tree(i).difference(other.nested_tree(i)) {
                return Some(found);
            }
            i += 1;
        }
        None
    }

    const fn own_shape(&self, i: usize) -> (&'static str, Inferred) {
        if i < self.own.len() {
            (self.own[i].name, self.own[i].shape)
        } else {
            ("", Inferred::Poisoned)
        }
    }

    const fn nested_tree(&self, i: usize) -> &'static Tree {
        if i < self.nested.len() { self.nested[i].1 } else { &Tree::NONE }
    }
}
