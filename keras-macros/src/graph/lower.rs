//! Statements of a body to a [`Graph`].

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Block, Expr, Ident, Pat, Stmt, Type};

use super::constant::ident_of;
use super::scope::{Binding, Scope, Term};
use super::*;
use crate::diag::Errors;
use crate::syntax::layer::Function;

/// A layer that a model names: `layer head = …`, or a sublayer of `build`.
#[derive(Clone)]
pub struct Named {
    pub name: String,
    pub ty: Type,
    pub value: Expr,
    /// The call that decides the shapes of its weights.
    pub first: Option<SiteId>,
}

/// What a body can name besides its own variables.
#[derive(Default)]
pub struct Surroundings<'a> {
    /// `self.kernel`.
    pub weights: Vec<String>,
    /// Those of them that are not trained, and so can be updated.
    pub states: Vec<String>,
    /// `self.inner` of `build`.
    pub sublayers: HashMap<String, (Type, Expr)>,
    /// Helper methods, which are written out where they are called.
    pub helpers: HashMap<String, &'a Function>,
    /// Where `call` keeps the weights of its fields: for the other methods.
    pub fields_of_call: Option<HashMap<String, usize>>,
    /// The parameters of a function that are configuration.
    pub config: Vec<Ident>,
    /// The name of the layer or the model itself, which cannot be a part of itself.
    pub own: String,
}

/// What is around a statement.
#[derive(Clone, Copy, Default)]
pub(super) struct Stands {
    /// `if training`.
    pub in_training: bool,
    pub in_loop: bool,
    /// Whether this is what a weight is updated to.
    pub in_update: bool,
}

/// Builds the graph of one body.
pub struct Lower<'a, 'e> {
    pub graph: Graph,
    pub scope: Scope,
    pub errors: &'e mut Errors,
    pub around: &'a Surroundings<'a>,
    /// The layers of a model.
    pub layers: Vec<Named>,
    /// The first call of each field.
    pub fields: HashMap<String, SiteId>,
    pub regions: Vec<Region>,
    pub guards: Vec<(Expr, bool)>,
    /// Buffers that are written in place in the loop around.
    pub in_place: Vec<Value>,
    /// Where the statement stands that is read, for updates of weights.
    pub(super) stands: Stands,
    /// The kind of marker that dims get: `D` in a function, `B` in `build`.
    pub markers: char,
    /// The names that lines of a model make, above and below.
    pub later: Vec<String>,
    /// Whether names are missing that were written, in lines that could not be read.
    pub incomplete: bool,
    pub(super) names: HashMap<String, usize>,
    pub(super) inlined: Vec<String>,
    /// How many methods were written out.
    pub(super) written_out: usize,
    pub(super) loops: usize,
}

impl<'a, 'e> Lower<'a, 'e> {
    pub fn new(around: &'a Surroundings<'a>, errors: &'e mut Errors) -> Self {
        Lower {
            graph: Graph::default(),
            scope: Scope::new(),
            errors,
            around,
            layers: Vec::new(),
            fields: HashMap::new(),
            regions: vec![Region::default()],
            guards: Vec::new(),
            in_place: Vec::new(),
            stands: Stands::default(),
            markers: 'D',
            later: Vec::new(),
            incomplete: false,
            names: HashMap::new(),
            inlined: Vec::new(),
            written_out: 0,
            loops: 0,
        }
    }

    /// Notes an error and goes on.
    pub fn wrong(&mut self, tokens: impl ToTokens, message: impl std::fmt::Display) -> Term {
        self.errors.at(tokens, message);
        Term::Wrong
    }

    pub fn value(&mut self, def: Def, origin: impl ToTokens) -> Value {
        let value = self.graph.values.len();
        let guards = self.guards.clone();
        self.graph.values.push(Info { def, origin: origin.to_token_stream(), guards });
        self.graph.facts.push(Fact::Value(value));
        value
    }

    pub fn push(&mut self, statement: Statement) {
        self.regions.last_mut().expect("a body has a region").statements.push(statement);
    }

    /// A name for the weights of a call, as Keras counts: `dense`, `dense_1`.
    pub fn unique(&mut self, base: &str) -> String {
        let count = self.names.entry(base.to_string()).or_default();
        *count += 1;
        if *count == 1 { base.to_string() } else { format!("{base}_{}", *count - 1) }
    }

    /// Makes room for the weights of a call.
    pub fn nest(&mut self, name: String, site: SiteId) -> usize {
        self.graph.nested.push((name, site));
        self.graph.nested.len() - 1
    }

    /// A block with a scope of its own.
    pub fn block(&mut self, block: &Block) -> Option<Term> {
        self.scope.push();
        let result = self.block_in_place(block);
        self.scope.pop();
        result
    }

    /// The statements of a block, and what its last expression gives. Its names stay visible.
    pub fn block_in_place(&mut self, block: &Block) -> Option<Term> {
        self.statements(block, false)
    }

    /// The same of the body of `call`, which may end with a choice of how many values it gives.
    pub fn body_of_call(&mut self, block: &Block) -> Option<Term> {
        self.statements(block, true)
    }

    fn statements(&mut self, block: &Block, is_call: bool) -> Option<Term> {
        let mut result = None;
        for (i, statement) in block.stmts.iter().enumerate() {
            let last = i + 1 == block.stmts.len();
            match statement {
                Stmt::Local(local) => self.local(local),
                Stmt::Expr(expr, semi) => {
                    let is_value = last && semi.is_none() && !is_statement(expr);
                    if let (true, true, Expr::If(item)) = (is_value, is_call, expr) {
                        result = Some(self.branch_of(item, true));
                    } else if is_value {
                        result = Some(self.expr(expr));
                    } else {
                        self.statement(expr);
                    }
                }
                other => {
                    self.foreign_statement(other);
                }
            }
        }
        result
    }

    fn local(&mut self, local: &syn::Local) {
        let Some(init) = &local.init else {
            self.wrong(local, "a `let` in a layer has a value: `let y = …;`");
            return;
        };
        if let Some((_, diverge)) = &init.diverge {
            self.wrong(
                diverge,
                "`let … else` is not part of a layer\nhelp: write `if` on constants",
            );
            return;
        }
        let term = self.expr(&init.expr);
        self.bind_pattern(&local.pat, term, &init.expr);
        if let Pat::Type(typed) = &local.pat {
            self.declared_by_let(&typed.pat, &typed.ty);
        }
    }

    /// Binds the names of a pattern to what an expression gave.
    pub fn bind_pattern(&mut self, pat: &Pat, term: Term, origin: &Expr) {
        match pat {
            Pat::Type(typed) => self.bind_pattern(&typed.pat, term, origin),
            Pat::Paren(paren) => self.bind_pattern(&paren.pat, term, origin),
            Pat::Wild(_) => {
                self.single(term, origin);
            }
            Pat::Ident(ident)
                if ident.subpat.is_none() && ident.by_ref.is_none() && is_name(&ident.ident) =>
            {
                self.bind_name(&ident.ident, ident.mutability.is_some(), term, origin);
            }
            Pat::Tuple(tuple) => {
                let parts = self.parts(term, tuple.elems.len(), origin, pat);
                for (pat, part) in tuple.elems.iter().zip(parts) {
                    self.bind_pattern(pat, part, origin);
                }
            }
            other => {
                bindings(other).iter().for_each(|name| self.scope.bind(name, Binding::Wrong));
                self.wrong(
                    other,
                    "a pattern in a layer is a name, `mut name`, `_` or a tuple of them",
                );
            }
        }
    }

    fn bind_name(&mut self, name: &Ident, mutable: bool, term: Term, origin: &Expr) {
        let binding = match self.single(term, origin) {
            Term::Value(value) => {
                let fresh = matches!(self.graph.values[value].def, Def::Call { .. });
                let value = if mutable && !fresh { self.copy(value, origin) } else { value };
                Binding::Value { value, mutable }
            }
            Term::Const(expr) => Binding::Const(expr),
            Term::Shape(ShapeExpr::Rest(expr)) => Binding::Rest(expr),
            Term::Shape(ShapeExpr::List(list)) => Binding::Const(syn::parse_quote!([#(#list),*])),
            Term::Dynamic(expr, loops) => Binding::Dynamic(expr, loops),
            Term::Tuple(parts) => {
                self.wrong(
                    name,
                    format!(
                        "one name for {} values; write `let ({}) = …`",
                        parts.len(),
                        names(parts.len())
                    ),
                );
                Binding::Value { value: self.broken(), mutable }
            }
            Term::Wrong => Binding::Value { value: self.broken(), mutable },
            Term::Call(_) => unreachable!("`single` resolves calls"),
        };
        self.scope.bind(name, binding);
    }

    /// A value to go on with after an error: nothing is emitted, so nobody sees it.
    pub fn broken(&mut self) -> Value {
        let values = self.graph.values.len();
        self.graph.values.push(Info {
            def: Def::Weight { name: String::new() },
            origin: TokenStream::new(),
            guards: Vec::new(),
        });
        values
    }

    /// Whether a value stands for one whose error is told.
    pub fn is_broken(&self, value: Value) -> bool {
        matches!(&self.graph.values[value].def, Def::Weight { name } if name.is_empty())
    }

    pub fn copy(&mut self, of: Value, origin: impl ToTokens) -> Value {
        let copy = self.value(Def::Copy { of }, origin);
        self.push(Statement::Copy(copy));
        copy
    }

    /// A call gives one value here.
    pub fn single(&mut self, term: Term, origin: &Expr) -> Term {
        match term {
            Term::Call(site) => Term::Value(self.outputs(site, 1, origin)[0]),
            other => other,
        }
    }

    /// Takes a term apart into `count` parts.
    fn parts(&mut self, term: Term, count: usize, origin: &Expr, pat: &Pat) -> Vec<Term> {
        match term {
            Term::Call(site) => {
                self.outputs(site, count, origin).into_iter().map(Term::Value).collect()
            }
            Term::Tuple(parts) if parts.len() == count => parts,
            Term::Tuple(parts) => {
                self.wrong(pat, format!("{count} names for {} values", parts.len()));
                vec![Term::Wrong; count]
            }
            Term::Wrong => vec![Term::Wrong; count],
            _ => {
                self.wrong(pat, format!("{count} names for one value"));
                vec![Term::Wrong; count]
            }
        }
    }

    /// The values of a call that must have `count` outputs.
    pub fn outputs(&mut self, site: SiteId, count: usize, origin: &Expr) -> Vec<Value> {
        if self.graph.sites[site].outputs.is_empty() {
            let values = (0..count)
                .map(|index| self.value(Def::Call { site, index, count }, origin))
                .collect();
            self.graph.sites[site].outputs = values;
            self.push(Statement::Call(site));
        }
        self.graph.sites[site].outputs.clone()
    }

    fn statement(&mut self, expr: &Expr) {
        match expr {
            Expr::Assign(assign) => self.assign(assign),
            Expr::ForLoop(loop_) => self.for_loop(loop_),
            Expr::If(branch) => {
                self.branch(branch);
            }
            Expr::Block(block) if block.label.is_none() => {
                self.block(&block.block);
            }
            other => self.unused(other),
        }
    }

    fn assign(&mut self, assign: &syn::ExprAssign) {
        if let Expr::Index(index) = &*assign.left {
            return self.write(index, &assign.right);
        }
        if let Some(name) = constant::self_field(&assign.left) {
            return self.update(name, assign);
        }
        let Some(name) = ident_of(&assign.left) else {
            let message = "only a `let mut` variable or a slice of one can be assigned";
            self.wrong(&assign.left, message);
            return;
        };
        let term = self.expr(&assign.right);
        match (self.scope.value(name), self.single(term, &assign.right)) {
            (_, Term::Wrong) => {}
            (Some((_, false)), _) => {
                self.wrong(
                    name,
                    format!("`{name}` is not mutable; declare it with `let mut {name}`"),
                );
            }
            (Some(_), Term::Value(value)) => self.scope.assign(&name.to_string(), value),
            (Some(_), _) => {
                self.wrong(&assign.right, "a value is expected here, found a constant");
            }
            (None, _) => {
                self.wrong(name, format!("there is no variable `{name}` here"));
            }
        }
    }
}

/// Whether an identifier can be a name: `self`, `super` and their like cannot.
pub fn is_name(ident: &Ident) -> bool {
    syn::parse2::<Ident>(ident.to_token_stream()).is_ok()
}

/// The names that any pattern binds.
pub fn bindings(pat: &Pat) -> Vec<Ident> {
    struct Find(Vec<Ident>);
    impl<'ast> syn::visit::Visit<'ast> for Find {
        fn visit_pat_ident(&mut self, pat: &'ast syn::PatIdent) {
            self.0.push(pat.ident.clone());
            syn::visit::visit_pat_ident(self, pat);
        }
    }
    let mut find = Find(Vec::new());
    syn::visit::Visit::visit_pat(&mut find, pat);
    find.0
}

/// Whether a name is that of a constant (`CLASSES`), by Rust's convention.
pub fn is_constant(name: &Ident) -> bool {
    name.to_string().trim_start_matches('_').starts_with(|c: char| c.is_uppercase())
}

fn is_statement(expr: &Expr) -> bool {
    match expr {
        Expr::ForLoop(_) | Expr::Assign(_) => true,
        Expr::If(item) => item.else_branch.is_none(),
        _ => false,
    }
}

fn names(count: usize) -> String {
    (0..count).map(|i| char::from(b'a' + (i % 26) as u8).to_string()).collect::<Vec<_>>().join(", ")
}

/// The values of a term of values.
pub fn flatten(term: Term) -> Option<Vec<Value>> {
    match term {
        Term::Value(value) => Some(vec![value]),
        Term::Tuple(parts) => parts
            .into_iter()
            .map(|part| match part {
                Term::Value(value) => Some(value),
                _ => None,
            })
            .collect(),
        _ => None,
    }
}
