//! The backward loop of an elementwise group: what it reads, and what it gives.

use std::collections::{HashMap, HashSet};

use super::Target;
use crate::graph::fuse::Pass;
use crate::graph::{Arg, Def, Value};

/// What a backward loop reads besides the cotangent of the group's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operand {
    /// A value that the forward loop reads too.
    Value(Value),
    /// The group's value.
    Root,
}

/// A group backwards.
pub struct GroupBack {
    /// The operands that have a cotangent, in the order of the results of the loop.
    pub wanted: Vec<Value>,
    /// Where their cotangents go.
    pub targets: Vec<Target>,
    /// What the loop reads, in order; the cotangent of the root follows.
    pub operands: Vec<Operand>,
    /// The inner values that must be computed again, operands first.
    pub recomputed: Vec<Value>,
    /// The inner values that have a cotangent, root first.
    pub active: Vec<Value>,
}

impl GroupBack {
    /// Finds what the backward loop of the group at `root` needs.
    pub fn new(pass: &Pass<'_>, root: Value) -> Self {
        let group = &pass.groups[&root];
        let inner: HashSet<Value> = group.nodes.iter().copied().collect();
        let mut active = HashSet::from([root]);
        let mut wanted = Vec::new();
        let mut needed: Vec<Value> = Vec::new();
        for node in group.nodes.iter().rev().filter(|n| inner.contains(n)) {
            if !active.contains(node) {
                continue;
            }
            let Def::Elementwise { row, args, .. } = &pass.graph.values[*node].def else {
                continue;
            };
            for (i, arg) in args.iter().enumerate() {
                let Arg::Value(value) = arg else { continue };
                if !row.differentiable(i) {
                    continue;
                }
                if inner.contains(value) {
                    active.insert(*value);
                } else if !wanted.contains(value) {
                    wanted.push(*value);
                }
                if row.keeps_value(i) {
                    needed.push(*node);
                }
                for (j, other) in args.iter().enumerate() {
                    if let (true, Arg::Value(other)) = (row.keeps_arg(i, j), other) {
                        needed.push(*other);
                    }
                }
            }
        }
        let (operands, recomputed) = Self::reads(pass, root, &inner, needed);
        let active = group.nodes.iter().rev().filter(|n| active.contains(n)).copied().collect();
        GroupBack { wanted, targets: Vec::new(), operands, recomputed, active }
    }

    /// What must be read so that `needed` is known: the root itself, operands, and the operands of inner values.
    fn reads(
        pass: &Pass<'_>,
        root: Value,
        inner: &HashSet<Value>,
        needed: Vec<Value>,
    ) -> (Vec<Operand>, Vec<Value>) {
        let mut seen = HashSet::new();
        let mut open = needed;
        let mut again = HashSet::new();
        let mut operands: HashMap<Operand, ()> = HashMap::new();
        while let Some(value) = open.pop() {
            if !seen.insert(value) {
                continue;
            }
            if value == root {
                operands.insert(Operand::Root, ());
            } else if inner.contains(&value) {
                again.insert(value);
                open.extend(pass.graph.operands(value));
            } else {
                operands.insert(Operand::Value(value), ());
            }
        }
        let group = &pass.groups[&root];
        let mut ordered: Vec<Operand> = group
            .operands
            .iter()
            .map(|v| Operand::Value(*v))
            .filter(|o| operands.contains_key(o))
            .collect();
        if operands.contains_key(&Operand::Root) {
            ordered.push(Operand::Root);
        }
        let again = group.nodes.iter().filter(|n| again.contains(n)).copied().collect();
        (ordered, again)
    }
}
