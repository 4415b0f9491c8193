//! Weights: one flat buffer a model, each weight at a constant offset, named by path (`head/centers`).

#[cfg(feature = "std")]
pub(crate) mod atomic;
mod constraint;
#[cfg(feature = "std")]
pub(crate) mod draw;
#[cfg(feature = "std")]
mod error;
#[cfg(feature = "std")]
pub(crate) mod file;
mod init;
mod regularizer;
#[cfg(feature = "std")]
mod walk;

pub use constraint::Constraint;
#[cfg(feature = "std")]
pub use draw::initialize;
#[cfg(feature = "std")]
pub use error::WeightsError;
pub use init::{Distribution, Fan, Initializer, initializers};
pub use regularizer::{OrthogonalMode, Regularizer, regularizers};
#[cfg(feature = "std")]
pub use walk::Weight;

use crate::shape::Inferred;

/// Names of tensors in a file that are no weights begin with this, which no path of a weight does.
pub(crate) const OTHER: char = '@';

/// Whether two names are the same, in const code.
pub(crate) const fn equal(a: &[u8], b: &[u8]) -> bool {
    let (mut same, mut i) = (a.len() == b.len(), 0);
    while same && i < a.len() {
        same = a[i] == b[i];
        i += 1;
    }
    same
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
    /// Whether training changes it, by its gradient.
    pub trainable: bool,
    /// Whether the layer itself updates it in training; then it is not trainable.
    pub updated: bool,
    /// The penalty on it.
    pub regularizer: Option<Regularizer>,
    /// What is done to it after each update.
    pub constraint: Option<Constraint>,
}

impl WeightSpec {
    /// The shape, or an error where what is declared of the weight does not fit it or is out of range.
    pub const fn check(&self) -> Inferred {
        let Inferred::Ok(shape) = &self.shape else { return self.shape };
        if let Some(wrong) = self.initializer.wrong(shape) {
            return Inferred::Error(wrong);
        }
        if let Some(regularizer) = self.regularizer
            && let Some(wrong) = regularizer.wrong(shape)
        {
            return Inferred::Error(wrong);
        }
        if let Some(constraint) = self.constraint
            && let Some(wrong) = constraint.wrong()
        {
            return Inferred::Error(wrong);
        }
        self.shape
    }
}

/// A layer's weights: its own, then those of the layers in it.
#[derive(Clone, Copy, Debug)]
pub struct Tree {
    /// The weights of the layer itself.
    pub own: &'static [WeightSpec],
    /// The layers in it, with their names.
    pub nested: &'static [(&'static str, &'static Tree)],
    /// How many numbers all of them have: known once, because all who place weights ask for it. [`Tree::new`] counts them.
    pub params: usize,
}

impl Tree {
    /// No weights.
    pub const NONE: Tree = Tree { own: &[], nested: &[], params: 0 };

    /// The weights of a layer, and those of the layers in it.
    pub const fn new(
        own: &'static [WeightSpec],
        nested: &'static [(&'static str, &'static Tree)],
    ) -> Self {
        let (mut params, mut i) = (own_offset(own, own.len()), 0);
        while i < nested.len() {
            params += nested[i].1.params;
            i += 1;
        }
        Tree { own, nested, params }
    }

    /// How many numbers the weights have: the length of the flat buffer.
    pub const fn params(&self) -> usize {
        self.params
    }

    /// Whether training changes any of them.
    pub const fn is_trainable(&self) -> bool {
        let mut i = 0;
        while i < self.own.len() {
            if self.own[i].trainable && !self.own[i].shape.is_empty() {
                return true;
            }
            i += 1;
        }
        i = 0;
        while i < self.nested.len() {
            if self.nested[i].1.is_trainable() {
                return true;
            }
            i += 1;
        }
        false
    }

    /// Where own weight `index` begins.
    pub const fn own_offset(&self, index: usize) -> usize {
        own_offset(self.own, index)
    }

    /// Where the weights of nested layer `index` begin.
    pub const fn nested_offset(&self, index: usize) -> usize {
        let (mut sum, mut i) = (self.own_offset(self.own.len()), 0);
        while i < index && i < self.nested.len() {
            sum += self.nested[i].1.params;
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

/// Where weight `index` of a layer's own begins.
pub const fn own_offset(own: &[WeightSpec], index: usize) -> usize {
    let (mut sum, mut i) = (0, 0);
    while i < index && i < own.len() {
        sum += own[i].shape.len();
        i += 1;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::initializers::*;
    use super::regularizers::*;
    use super::*;
    use crate::shape::Dim;

    const fn spec(regularizer: Option<Regularizer>, constraint: Option<Constraint>) -> WeightSpec {
        let shape = Inferred::shape(&[Dim::of(4), Dim::of(3)]);
        let (name, initializer, trainable, updated) = ("kernel", Zeros, true, false);
        WeightSpec { name, shape, initializer, trainable, updated, regularizer, constraint }
    }

    #[test]
    fn regularizers_are_checked() {
        let fits = |regularizer| spec(Some(regularizer), None).check().is_ok();
        assert!(fits(L1L2(0.0, 0.5)) && fits(OrthogonalRegularizer));
        assert!(!fits(L1(-0.1)) && !fits(L2(f64::NAN)) && !fits(L2(f64::INFINITY)));
        assert!(!fits(OrthogonalRegularizer.factor(-1.0)));
        let vector = Inferred::shape(&[Dim::of(4)]);
        let vector = WeightSpec { shape: vector, ..spec(Some(OrthogonalRegularizer), None) };
        assert!(!vector.check().is_ok());
    }

    #[test]
    fn constraints_are_checked() {
        let fits = |constraint| spec(None, Some(constraint)).check().is_ok();
        let between = |min_value, max_value, rate| {
            fits(Constraint::MinMaxNorm { min_value, max_value, rate })
        };
        assert!(between(0.0, 1.0, 1.0) && between(0.5, 0.5, 0.1));
        assert!(!between(-0.1, 1.0, 1.0) && !between(0.5, 0.4, 1.0) && !between(0.0, 1.0, 1.1));
        assert!(!between(0.0, f64::NAN, 1.0) && !between(0.0, 1.0, f64::NAN));
        assert!(fits(Constraint::MaxNorm(2.0)) && !fits(Constraint::MaxNorm(-1.0)));
        assert!(fits(Constraint::NonNeg) && fits(Constraint::UnitNorm));
    }
}
