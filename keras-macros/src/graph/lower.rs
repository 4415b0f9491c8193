//! Statements of a body to a [`Graph`].

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Block, Expr, Ident, Pat, Stmt, Type};

use super::constant::{ident_of, marker};
use super::scope::{Binding, Scope, Term};
use super::*;
use crate::diag::{BODY, Errors};
use crate::syntax::layer::Function;
use crate::syntax::pattern::Element;

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
    /// `self.inner` of `build`.
    pub sublayers: HashMap<String, (Type, Expr)>,
    /// Helper methods, which are written out where they are called.
    pub helpers: HashMap<String, &'a Function>,
    /// Where `call` keeps the weights of its fields: for the other methods.
    pub fields_of_call: Option<HashMap<String, usize>>,
    /// The parameters of a function that are configuration.
    pub config: Vec<Ident>,
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
    /// The kind of marker that dims get: `D` in a function, `B` in `build`.
    pub markers: char,
    names: HashMap<String, usize>,
    inlined: Vec<String>,
    loops: usize,
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
            markers: 'D',
            names: HashMap::new(),
            inlined: Vec::new(),
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
        let mut result = None;
        for (i, statement) in block.stmts.iter().enumerate() {
            let last = i + 1 == block.stmts.len();
            match statement {
                Stmt::Local(local) => self.local(local),
                Stmt::Expr(expr, semi) => {
                    let is_value = last && semi.is_none() && !is_statement(expr);
                    if is_value {
                        result = Some(self.expr(expr));
                    } else {
                        self.statement(expr);
                    }
                }
                other => {
                    self.wrong(other, BODY);
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
            self.wrong(diverge, BODY);
            return;
        }
        let term = self.expr(&init.expr);
        self.bind_pattern(&local.pat, term, &init.expr);
    }

    /// Binds the names of a pattern to what an expression gave.
    pub fn bind_pattern(&mut self, pat: &Pat, term: Term, origin: &Expr) {
        match pat {
            Pat::Type(typed) => self.bind_pattern(&typed.pat, term, origin),
            Pat::Paren(paren) => self.bind_pattern(&paren.pat, term, origin),
            Pat::Wild(_) => {
                self.single(term, origin);
            }
            Pat::Ident(ident) if ident.subpat.is_none() && ident.by_ref.is_none() => {
                self.bind_name(&ident.ident, ident.mutability.is_some(), term, origin);
            }
            Pat::Tuple(tuple) => {
                let parts = self.parts(term, tuple.elems.len(), origin, pat);
                for (pat, part) in tuple.elems.iter().zip(parts) {
                    self.bind_pattern(pat, part, origin);
                }
            }
            other => {
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
                return;
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
            Expr::While(_) | Expr::Loop(_) => {
                self.wrong(expr, "a loop runs a constant number of times: `for t in 0..T { … }`");
            }
            other => {
                self.wrong(
                    other,
                    format!("this has no effect or is not part of the language; {BODY}"),
                );
            }
        }
    }

    fn assign(&mut self, assign: &syn::ExprAssign) {
        if let Expr::Index(index) = &*assign.left {
            return self.write(index, &assign.right);
        }
        let Some(name) = ident_of(&assign.left) else {
            let message = match constant::self_field(&assign.left) {
                Some(_) => {
                    "weights are made in `build` and changed by training, not by assignment in a body"
                }
                None => "only a `let mut` variable or a slice of one can be assigned",
            };
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

    fn for_loop(&mut self, item: &syn::ExprForLoop) {
        let Some((written, start, end)) = self.loop_header(item) else { return };
        let first = self.graph.values.len();
        let number = self.loops;
        self.loops += 1;
        // The variable exists in the expansion: under a name that nothing else there has.
        let name = quote::format_ident!(
            "__i_{}{}",
            written,
            number,
            span = proc_macro2::Span::mixed_site()
        );
        let var = LoopVar { name, start, end };

        let changed = self.changed(&item.body);
        let mut carried = Vec::new();
        for (name, init, sliced) in changed {
            let def = Def::Inner { init, captured: Vec::new() };
            let inner = self.value(def, &name);
            if sliced {
                self.in_place.push(inner);
            }
            self.scope.assign(&name.to_string(), inner);
            carried.push((name, init, inner));
        }
        self.regions.push(Region::default());
        self.scope.push();
        self.scope.bind(&written, Binding::Loop(var.clone()));
        self.block(&item.body);
        self.scope.pop();
        let carried = self.yields(carried);
        let body = self.regions.pop().expect("pushed above");
        self.capture(first, &carried);
        for (name, one) in &carried {
            self.scope.assign(name, one.after);
            self.in_place.retain(|v| *v != one.inner);
        }
        let carried = carried.into_iter().map(|(_, one)| one).collect();
        self.push(Statement::Loop(Box::new(Loop { var, carried, body, number })));
    }

    fn loop_header(&mut self, item: &syn::ExprForLoop) -> Option<(Ident, Expr, Expr)> {
        let name = match &*item.pat {
            Pat::Ident(pat) => pat.ident.clone(),
            Pat::Wild(_) => Ident::new("__step", proc_macro2::Span::mixed_site()),
            other => {
                self.wrong(other, "a loop has one variable: `for t in 0..n`");
                return None;
            }
        };
        let (Some(start), Some(end)) = (match &*item.expr {
            Expr::Range(range) if matches!(range.limits, syn::RangeLimits::HalfOpen(_)) => {
                (range.start.clone(), range.end.clone())
            }
            _ => (None, None),
        }) else {
            self.wrong(&item.expr, "a loop runs over `0..T` with constant bounds");
            return None;
        };
        Some((name, self.constant(&start)?, self.constant(&end)?))
    }

    /// The variables of the surroundings that a block changes: their values, and whether by slices only.
    pub fn changed(&mut self, block: &Block) -> Vec<(Ident, Value, bool)> {
        let mut found: Vec<(Ident, bool)> = Vec::new();
        assigned(
            block,
            &mut |name, sliced| match found.iter_mut().find(|(known, _)| known == name) {
                Some((_, all_sliced)) => *all_sliced &= sliced,
                None => found.push((name.clone(), sliced)),
            },
        );
        found
            .into_iter()
            .filter_map(|(name, sliced)| {
                let (value, mutable) = self.scope.value(&name)?;
                // A buffer that an outer loop writes in place goes on being written in place.
                (mutable && !self.in_place.contains(&value)).then_some((name, value, sliced))
            })
            .collect()
    }

    /// Ends the body of a loop: the values that the next iteration begins with.
    fn yields(&mut self, carried: Vec<(Ident, Value, Value)>) -> Vec<(String, Carried)> {
        let inners: Vec<Value> = carried.iter().map(|(_, _, inner)| *inner).collect();
        let mut all = Vec::new();
        for (name, init, inner) in carried {
            let mut yielded = self.scope.value(&name).map_or(inner, |(value, _)| value);
            // Another carried variable's value is overwritten while the iteration ends: keep a copy.
            if yielded != inner && inners.contains(&yielded) {
                yielded = self.copy(yielded, &name);
            }
            let def = Def::After { inner, yielded, name: name.to_string() };
            let after = self.value(def, &name);
            all.push((name.to_string(), Carried { init, inner, yielded, after }));
        }
        all
    }

    /// Notes what a loop reads of its surroundings: whether one of it has a batch axis decides whether the carried values do.
    fn capture(&mut self, first: Value, carried: &[(String, Carried)]) {
        let mut captured: Vec<Value> = carried.iter().map(|(_, one)| one.init).collect();
        for value in first..self.graph.values.len() {
            captured.extend(self.graph.operands(value).into_iter().filter(|v| *v < first));
        }
        captured.sort_unstable();
        captured.dedup();
        for (_, one) in carried {
            if let Def::Inner { captured: place, .. } = &mut self.graph.values[one.inner].def {
                place.clone_from(&captured);
            }
        }
    }

    /// `if`, as a statement or as an expression.
    pub fn branch(&mut self, item: &syn::ExprIf) -> Term {
        let Some((cond, swapped)) = self.condition(&item.cond) else { return Term::Wrong };
        let other_block = match &item.else_branch {
            None => None,
            Some((_, other)) => match &**other {
                Expr::Block(block) => Some(block.block.clone()),
                nested @ Expr::If(_) => Some(syn::parse_quote!({ #nested })),
                other => return self.wrong(other, BODY),
            },
        };
        let empty: Block = syn::parse_quote!({});
        let other_block = other_block.unwrap_or(empty);
        let (then_block, other_block) = if swapped {
            (&other_block, &item.then_branch)
        } else {
            (&item.then_branch, &other_block)
        };

        let mut changed = self.changed(then_block);
        for extra in self.changed(other_block) {
            if !changed.iter().any(|(name, ..)| *name == extra.0) {
                changed.push(extra);
            }
        }
        let (then, then_term, then_values) = self.arm(then_block, &cond, true, &changed);
        let (other, other_term, other_values) = self.arm(other_block, &cond, false, &changed);
        let mut pairs: Vec<(Value, Value)> = then_values.into_iter().zip(other_values).collect();
        let results = match (then_term, other_term) {
            (None, None) => Vec::new(),
            (Some(Term::Wrong), _) | (_, Some(Term::Wrong)) => return Term::Wrong,
            (Some(a), Some(b)) => match (flatten(a), flatten(b)) {
                (Some(a), Some(b)) if a.len() == b.len() => a.into_iter().zip(b).collect(),
                _ => {
                    return self
                        .wrong(item, "both sides of an `if` give the same number of values");
                }
            },
            _ => return self.wrong(item, "an `if` that gives a value has an `else`"),
        };
        let count = results.len();
        pairs.extend(results);
        let phis: Vec<Value> = pairs
            .iter()
            .map(|(then, other)| {
                self.value(Def::Phi { cond: cond.clone(), then: *then, other: *other }, item)
            })
            .collect();
        let results = pairs.iter().zip(&phis).map(|((a, b), phi)| (*a, *b, *phi)).collect();
        for ((name, ..), phi) in changed.iter().zip(&phis) {
            self.scope.assign(&name.to_string(), *phi);
        }
        self.push(Statement::If(Box::new(Branch { cond, then, other, results })));
        let mut values: Vec<Term> =
            phis[phis.len() - count..].iter().map(|v| Term::Value(*v)).collect();
        if values.len() == 1 { values.remove(0) } else { Term::Tuple(values) }
    }

    fn condition(&mut self, cond: &Expr) -> Option<(Cond, bool)> {
        match cond {
            Expr::Paren(paren) => self.condition(&paren.expr),
            Expr::Unary(unary)
                if matches!(unary.op, syn::UnOp::Not(_)) && is_training(&unary.expr) =>
            {
                Some((Cond::Training, true))
            }
            cond if is_training(cond) => Some((Cond::Training, false)),
            cond => {
                let about_values =
                    constant::mentions(cond, &|name| self.scope.value(name).is_some());
                if about_values {
                    self.wrong(
                        cond,
                        "an `if` is decided by constants or by `training`; for a choice by values use `r#where(condition, a, b)`",
                    );
                    return None;
                }
                self.constant(cond).map(|expr| (Cond::Const(expr), false))
            }
        }
    }

    fn arm(
        &mut self,
        block: &Block,
        cond: &Cond,
        side: bool,
        changed: &[(Ident, Value, bool)],
    ) -> (Region, Option<Term>, Vec<Value>) {
        if let Cond::Const(expr) = cond {
            self.guards.push((expr.clone(), side));
        }
        self.regions.push(Region::default());
        let mut term = self.block(block);
        if let (Some(Term::Call(site)), Some(Stmt::Expr(expr, _))) = (&term, block.stmts.last()) {
            let site = *site;
            term = Some(Term::Value(self.outputs(site, 1, expr)[0]));
        }
        let region = self.regions.pop().expect("pushed above");
        if let Cond::Const(_) = cond {
            self.guards.pop();
        }
        let values = changed
            .iter()
            .map(|(name, before, _)| {
                let now = self.scope.value(name).map_or(*before, |(value, _)| value);
                self.scope.assign(&name.to_string(), *before);
                now
            })
            .collect();
        (region, term, values)
    }

    /// Writes a helper method out where it is called.
    pub fn inline(&mut self, helper: &Function, args: Vec<(Value, Expr)>, call: &Expr) -> Term {
        let name = helper.name.to_string();
        if self.inlined.contains(&name) {
            return self
                .wrong(call, format!("`{name}` calls itself; a layer's methods cannot recurse"));
        }
        if args.len() != helper.params.len() {
            return self.wrong(
                call,
                format!("`{name}` takes {} values, found {}", helper.params.len(), args.len()),
            );
        }
        self.inlined.push(name.clone());
        let outer = std::mem::replace(&mut self.scope, Scope::new());
        let mut rests = HashMap::new();
        for (param, (value, origin)) in helper.params.iter().zip(args) {
            let check = self.declare(
                &helper.who,
                &format!("`{}`", param.name),
                &param.declared,
                value,
                false,
                &mut rests,
                &origin,
            );
            self.check(check);
            self.scope.bind(&param.name, Binding::Value { value, mutable: false });
        }
        let result = self.block_in_place(&helper.block);
        let mut values: Vec<Term> =
            self.returned(helper, result).into_iter().map(Term::Value).collect();
        self.scope = outer;
        self.inlined.pop();
        if values.len() == 1 { values.remove(0) } else { Term::Tuple(values) }
    }

    pub fn check(&mut self, check: Check) -> usize {
        self.graph.checks.push(check);
        let index = self.graph.checks.len() - 1;
        self.graph.facts.push(Fact::Check(index));
        index
    }

    /// Matches a body's result against the declared outputs.
    pub fn returned(&mut self, function: &Function, result: Option<Term>) -> Vec<Value> {
        let count = function.returns.len();
        if count == 0 {
            self.wrong(
                &function.name,
                format!("`{}` declares no output; write `-> Tensor![…]`", function.who),
            );
            return Vec::new();
        }
        let last = match function.block.stmts.last() {
            Some(Stmt::Expr(expr, None)) => expr.clone(),
            _ => {
                self.wrong(
                    &function.name,
                    format!(
                        "`{}` ends without a value; its last line is an expression without `;`",
                        function.who
                    ),
                );
                return Vec::new();
            }
        };
        let values = match result {
            Some(Term::Call(site)) => self.outputs(site, count, &last),
            Some(Term::Wrong) | None => return Vec::new(),
            Some(Term::Const(_)) => {
                self.wrong(&last, "a layer gives values, this is a constant; use `full([], …)`");
                return Vec::new();
            }
            Some(term) => match flatten(term) {
                Some(values) => values,
                None => {
                    self.wrong(&last, "a layer gives values");
                    return Vec::new();
                }
            },
        };
        if values.len() != count {
            self.wrong(
                &last,
                format!(
                    "`{}` declares {count} outputs, its body gives {}",
                    function.who,
                    values.len()
                ),
            );
            return Vec::new();
        }
        let mut rests = self.rests();
        values
            .into_iter()
            .zip(&function.returns)
            .enumerate()
            .map(|(i, (value, (declared, ty)))| {
                let what =
                    if count == 1 { "the output".to_string() } else { format!("output {i}") };
                let origin: Expr = syn::Expr::Verbatim(ty.to_token_stream());
                let check =
                    self.declare(&function.who, &what, declared, value, false, &mut rests, &origin);
                self.check(check);
                value
            })
            .collect()
    }

    /// The names bound by `..s` in sight.
    fn rests(&self) -> HashMap<String, Expr> {
        self.scope
            .names()
            .into_iter()
            .filter_map(|name| match self.scope.get(&name) {
                Some(Binding::Rest(expr)) => Some((name.clone(), expr.clone())),
                _ => None,
            })
            .collect()
    }

    /// Resolves a declaration: binds the names that are new, and makes the check of the rest.
    #[allow(clippy::too_many_arguments)]
    pub fn declare(
        &mut self,
        who: &str,
        what: &str,
        declared: &Declared,
        of: Value,
        of_input: bool,
        rests: &mut HashMap<String, Expr>,
        origin: &Expr,
    ) -> Check {
        let elements = declared.axes();
        let rest_at = elements.iter().position(|e| matches!(e, Element::Rest(..)));
        let mut axes = Vec::new();
        for (i, element) in elements.iter().enumerate() {
            let behind = rest_at.is_some_and(|at| i > at);
            let at = if behind { elements.len() - 1 - i } else { i };
            match element {
                Element::Name(name) => match self.scope.get(&name.to_string()) {
                    Some(Binding::Const(expr)) => axes.push(Axis::Size(expr.clone())),
                    Some(_) => {
                        self.wrong(name, format!("`{name}` is a value, not a size"));
                    }
                    None if is_constant(name)
                        || what.starts_with("the output")
                        || what.starts_with("output ") =>
                    {
                        axes.push(Axis::Size(syn::parse_quote!(#name)));
                    }
                    None => {
                        let marker =
                            self.bind_dim(name, of, Bound::Axis { at, back: behind }, of_input);
                        self.scope.bind(name, Binding::Const(marker));
                        axes.push(Axis::Bind(name.to_string()));
                    }
                },
                Element::Rest(Some(name)) => match rests.get(&name.to_string()) {
                    Some(expr) => axes.push(Axis::SameRest(expr.clone())),
                    None => {
                        let bound = Bound::Rest { front: i, back: elements.len() - 1 - i };
                        let marker = self.bind_dim(name, of, bound, of_input);
                        self.scope.bind(name, Binding::Rest(marker.clone()));
                        rests.insert(name.to_string(), marker);
                        axes.push(Axis::Rest(name.to_string()));
                    }
                },
                Element::Rest(None) => axes.push(Axis::Rest(String::new())),
                Element::Size(expr) => {
                    if let Some(expr) = self.constant(expr) {
                        axes.push(Axis::Size(expr));
                    }
                }
            }
        }
        if elements.iter().filter(|e| matches!(e, Element::Rest(..))).count() > 1 {
            self.wrong(origin, "a shape has at most one `..`");
        }
        let range = match declared {
            Declared::Int { range: Some(Element::Name(name)), .. } => {
                self.constant(&syn::parse_quote!(#name))
            }
            Declared::Int { range: Some(Element::Size(expr)), .. } => self.constant(expr),
            _ => None,
        };
        Check {
            who: who.to_string(),
            what: what.to_string(),
            of,
            declared: declared.clone(),
            axes,
            range,
            origin: origin.to_token_stream(),
            guards: self.guards.clone(),
        }
    }

    fn bind_dim(&mut self, name: &Ident, of: Value, bound: Bound, of_input: bool) -> Expr {
        let marker = marker(self.markers, self.graph.dims.len(), &name.to_string());
        self.graph.dims.push(DimDecl {
            marker: marker.clone(),
            name: name.to_string(),
            of,
            bound,
            of_input,
        });
        syn::parse_quote!(#marker)
    }
}

/// Whether a name is that of a constant (`CLASSES`), by Rust's convention.
pub fn is_constant(name: &Ident) -> bool {
    name.to_string().trim_start_matches('_').starts_with(|c: char| c.is_uppercase())
}

fn is_training(expr: &Expr) -> bool {
    ident_of(expr).is_some_and(|name| name == "training")
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

/// Calls `found` for each assignment in a block: the variable, and whether a slice of it is assigned.
fn assigned(block: &Block, found: &mut dyn FnMut(&Ident, bool)) {
    for statement in &block.stmts {
        let Stmt::Expr(expr, _) = statement else { continue };
        assigned_in(expr, found);
    }
}

fn assigned_in(expr: &Expr, found: &mut dyn FnMut(&Ident, bool)) {
    match expr {
        Expr::Assign(assign) => match &*assign.left {
            Expr::Index(index) => {
                if let Some(name) = ident_of(&index.expr) {
                    found(name, true);
                }
            }
            left => {
                if let Some(name) = ident_of(left) {
                    found(name, false);
                }
            }
        },
        Expr::ForLoop(item) => assigned(&item.body, found),
        Expr::Block(item) => assigned(&item.block, found),
        Expr::If(item) => {
            assigned(&item.then_branch, found);
            if let Some((_, other)) = &item.else_branch {
                assigned_in(other, found);
            }
        }
        _ => {}
    }
}
