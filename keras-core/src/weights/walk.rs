//! A tree of weights as a list, in the order in which they stand in the flat buffer.

use super::{Constraint, Initializer, Regularizer, Tree};
use crate::shape::{Inferred, Shape};

/// One weight of a model: where it is and all that its declaration says.
#[derive(Clone, Debug)]
pub struct Weight {
    /// The names of the layers it is in and its own: `head/centers`.
    pub path: String,
    /// Where it begins in the flat buffer.
    pub offset: usize,
    /// Its shape.
    pub shape: Shape,
    /// Where its first values come from.
    pub initializer: Initializer,
    /// Whether training changes it, by its gradient.
    pub trainable: bool,
    /// Whether its layer updates it in training.
    pub updated: bool,
    /// The penalty on it.
    pub regularizer: Option<Regularizer>,
    /// What is done to it after each update.
    pub constraint: Option<Constraint>,
}

impl Weight {
    /// Its numbers in the flat buffer.
    pub fn range(&self) -> core::ops::Range<usize> {
        self.offset..self.offset + self.shape.len()
    }

    /// The sizes of its axes.
    pub fn sizes(&self) -> Vec<usize> {
        (0..self.shape.rank()).map(|axis| self.shape.size(axis)).collect()
    }
}

impl Tree {
    /// All weights, in the order of the flat buffer; those without a shape (a `bias` that is switched off) are left out.
    pub fn walk(&self) -> Vec<Weight> {
        let mut weights = Vec::new();
        self.collect("", 0, &mut weights);
        weights
    }

    /// Calls `f` with the range of each weight that its layer updates; the weights begin at `offset`. Nothing is allocated.
    pub(crate) fn each_updated(&self, offset: usize, f: &mut dyn FnMut(core::ops::Range<usize>)) {
        for (i, spec) in self.own.iter().enumerate().filter(|(_, spec)| spec.updated) {
            let start = offset + self.own_offset(i);
            f(start..start + spec.shape.len());
        }
        for (i, (_, tree)) in self.nested.iter().enumerate() {
            tree.each_updated(offset + self.nested_offset(i), f);
        }
    }

    /// Appends the weights under `prefix`, which begin at `offset`.
    fn collect(&self, prefix: &str, offset: usize, weights: &mut Vec<Weight>) {
        for (i, spec) in self.own.iter().enumerate() {
            let Inferred::Ok(shape) = spec.shape else { continue };
            weights.push(Weight {
                path: join(prefix, spec.name),
                offset: offset + self.own_offset(i),
                shape: shape.with_batch(false),
                initializer: spec.initializer,
                trainable: spec.trainable,
                updated: spec.updated,
                regularizer: spec.regularizer.filter(|penalty| *penalty != Regularizer::NONE),
                constraint: spec.constraint.filter(|constraint| *constraint != Constraint::NONE),
            });
        }
        for (i, (name, tree)) in self.nested.iter().enumerate() {
            tree.collect(&join(prefix, name), offset + self.nested_offset(i), weights);
        }
    }
}

fn join(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { name.to_owned() } else { format!("{prefix}/{name}") }
}

#[cfg(test)]
mod tests {
    use crate::net::Net;
    use crate::toy::Toy;

    #[test]
    fn paths_and_offsets_follow_the_tree() {
        let weights = <Toy>::WEIGHTS.walk();
        let found: Vec<_> =
            weights.iter().map(|w| (w.path.as_str(), w.range(), w.sizes())).collect();
        assert_eq!(
            found,
            [
                ("scale", 0..1, vec![]),
                ("head/kernel", 1..13, vec![4, 3]),
                ("head/bias", 13..16, vec![3])
            ]
        );
        assert_eq!(<Toy>::WEIGHTS.params(), 16);
    }
}
