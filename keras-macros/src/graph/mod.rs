//! What a body means: names resolved, single assignment, shapes still unknown (rustc computes them).

pub mod build;
mod call;
pub mod callee;
pub mod constant;
mod control;
mod declare;
pub mod expr;
mod foreign;
pub mod fuse;
pub mod layer;
pub mod lower;
mod method;
pub mod model;
pub mod scope;
pub mod slice;
mod update;

use std::collections::HashSet;

use proc_macro2::TokenStream;
use syn::{Expr, Ident, Type};

use crate::elementwise::Row;
use crate::syntax::pattern::Declared;

/// The most inputs or outputs that a call may have: `keras_core::shape::MAX_PORTS`.
pub const MAX_PORTS: usize = 16;

/// A value: an index into [`Graph::values`].
pub type Value = usize;
/// A call: an index into [`Graph::sites`].
pub type SiteId = usize;

/// A body in single assignment.
#[derive(Default)]
pub struct Graph {
    pub values: Vec<Info>,
    pub sites: Vec<Site>,
    /// Layers whose weights are part of this body's: the path name and the call that decides the shapes.
    pub nested: Vec<(String, SiteId)>,
    pub dims: Vec<DimDecl>,
    pub inputs: Vec<Value>,
    /// How many of the inputs, the last ones, may be left out: all of them or none.
    pub optional: usize,
    pub weights: Vec<(String, Value)>,
    pub body: Region,
    pub outputs: Vec<Value>,
    /// How many of the outputs there are, where a constant decides.
    pub fewer: Option<Fewer>,
    pub checks: Vec<Check>,
    /// What can have an error, in the order of the text.
    pub facts: Vec<Fact>,
}

/// A body that ends with an `if` on a constant whose arms give different numbers of values.
pub struct Fewer {
    pub cond: Expr,
    /// How many outputs there are in the two cases.
    pub then: usize,
    pub other: usize,
}

/// Something whose shape can be wrong.
#[derive(Clone, Copy, Debug)]
pub enum Fact {
    Value(Value),
    Check(usize),
}

/// What is known of a value.
#[derive(Clone)]
pub struct Info {
    pub def: Def,
    /// What the user wrote.
    pub origin: TokenStream,
    /// The conditions on constants under which the value exists.
    pub guards: Vec<(Expr, bool)>,
}

/// Where a value comes from.
#[derive(Clone)]
pub enum Def {
    Input {
        index: usize,
    },
    Weight {
        name: String,
    },
    /// A weight as the updates of this step have left it so far.
    State {
        name: String,
    },
    /// What a weight is after the step.
    Update {
        weight: Value,
        value: Value,
    },
    Call {
        site: SiteId,
        index: usize,
        count: usize,
    },
    Elementwise {
        row: &'static Row,
        args: Vec<Arg>,
        params: Vec<Expr>,
    },
    /// A slice whose place is known at run time only.
    Read {
        of: Value,
        window: Window,
    },
    /// `buffer` with `value` written into a slice of it.
    Write {
        buffer: Value,
        value: Value,
        window: Window,
    },
    /// A loop-carried value inside of the loop.
    Inner {
        init: Value,
        captured: Vec<Value>,
    },
    /// A loop-carried value behind the loop.
    After {
        inner: Value,
        yielded: Value,
        name: String,
    },
    /// The result of an `if`.
    Phi {
        cond: Cond,
        then: Value,
        other: Value,
    },
    Copy {
        of: Value,
    },
    /// What an arm of an `if` gives less than the other.
    Absent,
}

impl Def {
    /// The constants of an elementwise function: its arguments that are no values, and its parameters.
    pub fn constants(&self) -> Vec<&Expr> {
        let Def::Elementwise { args, params, .. } = self else { return Vec::new() };
        let given = args.iter().filter_map(|arg| match arg {
            Arg::Const(expr) => Some(expr),
            Arg::Value(_) => None,
        });
        given.chain(params).collect()
    }

    /// Whether the memory of the value is somebody else's.
    pub fn is_foreign(&self) -> bool {
        matches!(
            self,
            Def::Input { .. }
                | Def::Weight { .. }
                | Def::State { .. }
                | Def::Update { .. }
                | Def::Absent
        )
    }
}

/// An argument of an elementwise function.
#[derive(Clone, Debug)]
pub enum Arg {
    Value(Value),
    Const(Expr),
}

/// The condition of an `if`.
#[derive(Clone)]
pub enum Cond {
    Training,
    Const(Expr),
}

/// One axis of a slice.
#[derive(Clone)]
pub enum Cut {
    Index(Expr),
    /// An index computed from loop variables: the expression, and the loops it depends on.
    Dynamic(Expr, Vec<LoopVar>),
    Range {
        start: Option<Expr>,
        end: Option<Expr>,
        step: Option<Expr>,
    },
}

/// A loop variable and its bounds.
#[derive(Clone)]
pub struct LoopVar {
    pub name: Ident,
    pub start: Expr,
    pub end: Expr,
}

/// A slice.
pub type Window = Vec<Cut>;

/// A call of a layer.
pub struct Site {
    pub callee: Callee,
    /// The name in messages: `dot`, `Dense`, `head.loss`.
    pub name: String,
    pub inputs: Vec<Value>,
    pub outputs: Vec<Value>,
    pub weights: Weights,
    pub origin: TokenStream,
    pub guards: Vec<(Expr, bool)>,
}

/// Which layer is called. Two are equal if they are written in the same words.
#[derive(PartialEq)]
pub enum Callee {
    /// An op or a function layer: its path, positional constants and keyword arguments.
    Function { path: syn::Path, args: Vec<Constant>, keywords: Vec<(Ident, Constant)> },
    /// A layer expression and its type.
    Layer { ty: Type, value: Expr },
    /// A layer expression of `build`, called as `self.name(x)`.
    Sublayer { ty: Type, value: Expr },
    /// A field of the layer that is a layer.
    Field { name: Ident },
    /// A further method of the layer that another call is of.
    Method { of: SiteId, name: Ident },
}

impl Callee {
    /// What is plain Rust in its configuration.
    pub fn plain(&self) -> Vec<&Expr> {
        match self {
            Callee::Function { args, keywords, .. } => {
                let all = args.iter().chain(keywords.iter().map(|(_, value)| value));
                let plain = all.filter_map(|arg| match arg {
                    Constant::Plain(expr) => Some(expr),
                    Constant::Shape(_) => None,
                });
                plain.collect()
            }
            Callee::Layer { value, .. } | Callee::Sublayer { value, .. } => vec![value],
            Callee::Field { .. } | Callee::Method { .. } => Vec::new(),
        }
    }
}

/// A constant argument.
#[derive(Clone, PartialEq)]
pub enum Constant {
    Plain(Expr),
    Shape(ShapeExpr),
}

/// A shape as an argument: `[n, 4]`, or a name bound by `..s`.
#[derive(Clone, PartialEq)]
pub enum ShapeExpr {
    List(Vec<Expr>),
    Rest(Expr),
}

/// Where the weights of a call are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weights {
    /// Entry of [`Graph::nested`].
    Nested(usize),
    /// The nested entry of the layer's `call`, from one of its other methods.
    OfCall(usize),
    /// None are allowed: a call in a further method.
    None,
}

/// A dim or `..s` bound by a declaration.
pub struct DimDecl {
    /// The name of the constant in the expansion.
    pub marker: Ident,
    pub name: String,
    pub of: Value,
    pub bound: Bound,
    /// Whether it is bound by one of the function's own inputs, before they are checked.
    pub of_input: bool,
}

/// Which part of a shape a name is bound to.
#[derive(Clone, Copy, Debug)]
pub enum Bound {
    Axis { at: usize, back: bool },
    Rest { front: usize, back: usize },
}

/// A declaration that a value must match.
pub struct Check {
    pub what: String,
    pub of: Value,
    pub declared: Declared,
    pub axes: Vec<Axis>,
    pub range: Option<Expr>,
    pub origin: TokenStream,
    pub guards: Vec<(Expr, bool)>,
}

/// One resolved axis of a declaration.
#[derive(Clone)]
pub enum Axis {
    Bind(String),
    Size(Expr),
    Rest(String),
    SameRest(Expr),
}

/// Statements in order.
#[derive(Default)]
pub struct Region {
    pub statements: Vec<Statement>,
}

impl Region {
    /// The buffers that are written in place, in loops and branches inside too.
    pub fn buffers(&self) -> Vec<Value> {
        let inside = |statement: &Statement| match statement {
            Statement::WriteInPlace { buffer, .. } => vec![*buffer],
            Statement::Loop(item) => item.body.buffers(),
            Statement::If(item) => [item.then.buffers(), item.other.buffers()].concat(),
            _ => Vec::new(),
        };
        self.statements.iter().flat_map(inside).collect()
    }

    /// Whether a weight is updated here, or in a branch inside.
    pub fn updates(&self) -> bool {
        self.statements.iter().any(|statement| match statement {
            Statement::Update(_) => true,
            Statement::If(item) => item.then.updates() || item.other.updates(),
            _ => false,
        })
    }
}

/// One step of a body.
pub enum Statement {
    Call(SiteId),
    /// An elementwise value; after fusing, the root of a group.
    Elementwise(Value),
    Read(Value),
    Write(Value),
    /// In a loop: writes to a carried buffer in place.
    WriteInPlace {
        written: Value,
        buffer: Value,
        value: Value,
    },
    Copy(Value),
    Update(Value),
    Loop(Box<Loop>),
    If(Box<Branch>),
}

/// `for var in start..end { body }`.
pub struct Loop {
    pub var: LoopVar,
    pub carried: Vec<Carried>,
    pub body: Region,
    pub number: usize,
}

/// A variable that a loop changes.
#[derive(Clone, Debug)]
pub struct Carried {
    pub init: Value,
    pub inner: Value,
    pub yielded: Value,
    pub after: Value,
}

impl Carried {
    /// Whether the variable is only written slice by slice, in place.
    pub fn in_place(&self) -> bool {
        self.inner == self.yielded
    }
}

/// `if cond { then } else { other }`.
pub struct Branch {
    pub cond: Cond,
    pub then: Region,
    pub other: Region,
    /// For each result: its value in the branches, and behind.
    pub results: Vec<(Value, Value, Value)>,
}

impl Graph {
    /// Whether every call gives this input.
    pub fn has_input(&self, index: usize) -> bool {
        index < self.inputs.len() - self.optional
    }

    /// Whether every call has this output.
    pub fn has_output(&self, index: usize) -> bool {
        self.fewer.as_ref().is_none_or(|fewer| index < fewer.then.min(fewer.other))
    }

    /// The updates of weights.
    pub fn updates(&self) -> impl Iterator<Item = Value> {
        let values = self.values.iter().enumerate();
        values.filter(|(_, info)| matches!(info.def, Def::Update { .. })).map(|(value, _)| value)
    }

    /// The name of a weight.
    pub fn weight_name(&self, weight: Value) -> &str {
        match &self.values[weight].def {
            Def::Weight { name } | Def::State { name } => name,
            _ => "",
        }
    }

    /// The values that a gradient of `value` reaches: whose operands are not behind a comparison, or an op that cuts it.
    pub fn reached(&self, value: Value) -> HashSet<Value> {
        let (mut found, mut open) = (HashSet::new(), vec![value]);
        while let Some(value) = open.pop() {
            if found.insert(value) && !self.cuts(value) {
                open.extend(self.operands(value));
            }
        }
        found
    }

    /// Whether a value has no gradient to carry further.
    fn cuts(&self, value: Value) -> bool {
        match &self.values[value].def {
            Def::Call { site, .. } => match &self.sites[*site].callee {
                Callee::Function { path, .. } => path.segments.last().is_some_and(|s| {
                    ["stop_gradient", "argmax", "full_like"].iter().any(|cut| s.ident == cut)
                }),
                _ => false,
            },
            Def::Elementwise { row, .. } => row.kind == crate::elementwise::Kind::Compare,
            _ => false,
        }
    }

    /// The values that a definition reads.
    pub fn operands(&self, value: Value) -> Vec<Value> {
        match &self.values[value].def {
            Def::Input { .. } | Def::Weight { .. } | Def::State { .. } | Def::Absent => Vec::new(),
            Def::Call { site, .. } => self.sites[*site].inputs.clone(),
            Def::Elementwise { args, .. } => args
                .iter()
                .filter_map(|arg| match arg {
                    Arg::Value(v) => Some(*v),
                    Arg::Const(_) => None,
                })
                .collect(),
            Def::Read { of, .. } | Def::Copy { of } => vec![*of],
            Def::Update { value, .. } => vec![*value],
            Def::Write { buffer, value, .. } => vec![*buffer, *value],
            Def::Inner { init, .. } => vec![*init],
            Def::After { inner, yielded, .. } => vec![*inner, *yielded],
            Def::Phi { then, other, .. } => vec![*then, *other],
        }
    }
}
