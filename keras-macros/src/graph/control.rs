//! `for` and `if`: regions of statements, and the values that leave them.

use syn::{Block, Expr, Ident, Pat, Stmt};

use super::constant::ident_of;
use super::lower::{Lower, flatten, is_name};
use super::scope::{Binding, Term};
use super::*;

impl Lower<'_, '_> {
    pub(super) fn for_loop(&mut self, item: &syn::ExprForLoop) {
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
        let stands = self.stands;
        self.stands.in_loop = true;
        self.block(&item.body);
        self.stands = stands;
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
            Pat::Ident(pat) if is_name(&pat.ident) => pat.ident.clone(),
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
            self.wrong(&item.expr, "a loop runs over constant bounds\nhelp: write `for t in 0..T`");
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

    /// The value of an input that may be left out: what stands for it then is `default`.
    pub(super) fn default(&mut self, given: &Expr, input: Value, default: &Expr) -> Option<Value> {
        self.guards.push((given.clone(), false));
        self.regions.push(Region::default());
        let value = self.tensor(default);
        let other = self.regions.pop().expect("pushed above");
        self.guards.pop();
        let cond = Cond::Const(given.clone());
        let def = Def::Phi { cond: cond.clone(), then: input, other: value? };
        let results = vec![(input, value?, self.value(def, default))];
        let result = results[0].2;
        let then = Region::default();
        self.push(Statement::If(Box::new(Branch { cond, then, other, results })));
        Some(result)
    }

    /// `if`, as a statement or as an expression.
    pub fn branch(&mut self, item: &syn::ExprIf) -> Term {
        self.branch_of(item, false)
    }

    /// `if`; where it is the `last` expression of `call`, its arms may give different numbers of values.
    pub(super) fn branch_of(&mut self, item: &syn::ExprIf, last: bool) -> Term {
        let first = self.graph.values.len();
        let Some((cond, swapped)) = self.condition(&item.cond) else { return Term::Wrong };
        let other_block = match &item.else_branch {
            None => None,
            Some((_, other)) => match &**other {
                Expr::Block(block) => Some(block.block.clone()),
                nested @ Expr::If(_) => Some(syn::parse_quote!({ #nested })),
                other => return self.foreign(other),
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
                (Some(a), Some(b)) if last && matches!(cond, Cond::Const(_)) => {
                    self.fewer(&cond, a, b)
                }
                _ => {
                    return self
                        .wrong(item, "both sides of an `if` give the same number of values");
                }
            },
            _ => return self.wrong(item, "an `if` that gives a value has an `else`"),
        };
        let count = results.len();
        pairs.extend(results);
        let mut results = Vec::new();
        let mut values = Vec::new();
        for (then, other) in &pairs {
            // What both arms give of the surroundings needs no choice.
            let value = if then == other && *then < first {
                *then
            } else {
                let value = self.choice(&cond, *then, *other, item);
                results.push((*then, *other, value));
                value
            };
            values.push(value);
        }
        for ((name, ..), value) in changed.iter().zip(&values) {
            self.scope.assign(&name.to_string(), *value);
        }
        self.push(Statement::If(Box::new(Branch { cond, then, other, results })));
        let mut values: Vec<Term> =
            values[values.len() - count..].iter().map(|v| Term::Value(*v)).collect();
        if values.len() == 1 { values.remove(0) } else { Term::Tuple(values) }
    }

    /// What is `then` or `other`. It is not there where what it would be is absent.
    fn choice(&mut self, cond: &Cond, then: Value, other: Value, item: &syn::ExprIf) -> Value {
        let is_absent = |value: Value| matches!(self.graph.values[value].def, Def::Absent);
        let side = match (is_absent(then), is_absent(other)) {
            (true, _) => Some(false),
            (_, true) => Some(true),
            _ => None,
        };
        let guards = self.guards.len();
        if let (Cond::Const(expr), Some(side)) = (cond, side) {
            self.guards.push((expr.clone(), side));
        }
        let value = self.value(Def::Phi { cond: cond.clone(), then, other }, item);
        self.guards.truncate(guards);
        value
    }

    /// Pairs the values of two arms of which one gives fewer.
    fn fewer(&mut self, cond: &Cond, then: Vec<Value>, other: Vec<Value>) -> Vec<(Value, Value)> {
        let absent = self.graph.values.len();
        let guards = Vec::new();
        self.graph.values.push(Info { def: Def::Absent, origin: Default::default(), guards });
        if let Cond::Const(cond) = cond {
            let cond = cond.clone();
            self.graph.fewer = Some(Fewer { cond, then: then.len(), other: other.len() });
        }
        let at = |values: &[Value], i: usize| values.get(i).copied().unwrap_or(absent);
        (0..then.len().max(other.len())).map(|i| (at(&then, i), at(&other, i))).collect()
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
                        "an `if` is decided by constants or by `training`\nhelp: for a choice by values write `r#where(condition, a, b)`",
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
        let stands = self.stands;
        if let Cond::Training = cond {
            self.stands.in_training = side;
        }
        let mut term = self.block(block);
        self.stands = stands;
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
}

fn is_training(expr: &Expr) -> bool {
    ident_of(expr).is_some_and(|name| name == "training")
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
