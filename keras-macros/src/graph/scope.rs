//! Names in a body, and the block of statements being built.

use std::collections::HashMap;

use syn::{Expr, Ident};

use super::{LoopVar, ShapeExpr, SiteId, Value};

/// What a name stands for.
#[derive(Clone)]
pub enum Binding {
    Value {
        value: Value,
        mutable: bool,
    },
    /// A constant, or a dim's marker.
    Const(Expr),
    /// `s` of `..s`.
    Rest(Expr),
    Loop(LoopVar),
    /// An index computed from loop variables.
    Dynamic(Expr, Vec<LoopVar>),
    /// `layer head = …` of a model.
    Layer(usize),
    /// An error has been noted where it was defined.
    Wrong,
}

/// What an expression gives.
#[derive(Clone)]
pub enum Term {
    Value(Value),
    Const(Expr),
    Shape(ShapeExpr),
    Dynamic(Expr, Vec<LoopVar>),
    Tuple(Vec<Term>),
    /// A call whose outputs are not counted yet.
    Call(SiteId),
    /// An error has been noted.
    Wrong,
}

/// The names that are visible.
#[derive(Clone, Default)]
pub struct Scope {
    frames: Vec<HashMap<String, Binding>>,
}

impl Scope {
    /// A scope with one frame.
    pub fn new() -> Self {
        Scope { frames: vec![HashMap::new()] }
    }

    pub fn push(&mut self) {
        self.frames.push(HashMap::new());
    }

    pub fn pop(&mut self) {
        self.frames.pop();
    }

    pub fn bind(&mut self, name: impl ToString, binding: Binding) {
        self.frames.last_mut().expect("a scope has a frame").insert(name.to_string(), binding);
    }

    pub fn get(&self, name: &str) -> Option<&Binding> {
        self.frames.iter().rev().find_map(|frame| frame.get(name))
    }

    /// Gives an existing variable a new value, in the frame where it lives.
    pub fn assign(&mut self, name: &str, new: Value) {
        for frame in self.frames.iter_mut().rev() {
            if let Some(Binding::Value { value, .. }) = frame.get_mut(name) {
                *value = new;
                return;
            }
        }
    }

    /// Every name in sight.
    pub fn names(&self) -> Vec<String> {
        self.frames.iter().flat_map(|frame| frame.keys().cloned()).collect()
    }

    /// The constants in sight, for substitution.
    pub fn constants(&self) -> HashMap<String, Expr> {
        let mut all = HashMap::new();
        for frame in &self.frames {
            for (name, binding) in frame {
                match binding {
                    Binding::Const(expr) | Binding::Rest(expr) | Binding::Dynamic(expr, _) => {
                        all.insert(name.clone(), expr.clone());
                    }
                    _ => {
                        all.remove(name);
                    }
                }
            }
        }
        all
    }

    /// The variable called `name`, if it is a value.
    pub fn value(&self, name: &Ident) -> Option<(Value, bool)> {
        match self.get(&name.to_string()) {
            Some(Binding::Value { value, mutable }) => Some((*value, *mutable)),
            _ => None,
        }
    }
}
