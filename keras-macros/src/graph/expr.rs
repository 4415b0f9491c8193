//! Expressions of a body.

use quote::ToTokens;
use syn::{BinOp, Expr, ExprCall, Ident, Lit, UnOp, parse_quote};

use super::constant::{ident_of, is_float, mentions, self_field, substitute};
use super::lower::Lower;
use super::scope::{Binding, Term};
use super::*;
use crate::diag::{did_you_mean, did_you_mean_of_self, or_near};
use crate::elementwise::{self, Row};

impl Lower<'_, '_> {
    /// What an expression gives. Errors are noted.
    pub fn expr(&mut self, expr: &Expr) -> Term {
        match expr {
            Expr::Paren(inner) => self.expr(&inner.expr),
            Expr::Group(inner) => self.expr(&inner.expr),
            Expr::Path(_) => self.name(expr),
            Expr::Lit(lit) => match &lit.lit {
                Lit::Int(_) | Lit::Float(_) | Lit::Bool(_) => Term::Const(expr.clone()),
                _ => self.wrong(expr, "a layer computes with numbers"),
            },
            Expr::Field(_) => self.field(expr),
            Expr::Unary(unary) => self.unary(unary),
            Expr::Binary(binary) => self.binary(binary),
            Expr::Call(call) => self.call(call),
            Expr::MethodCall(call) => self.method_call(call),
            Expr::Index(index) => self.read(index),
            Expr::Tuple(tuple) => {
                let parts = tuple.elems.iter().map(|part| {
                    let term = self.expr(part);
                    self.single(term, part)
                });
                Term::Tuple(parts.collect())
            }
            Expr::If(branch) => self.branch(branch),
            Expr::Block(block) if block.label.is_none() => {
                self.block(&block.block).unwrap_or_else(|| Term::Tuple(Vec::new()))
            }
            Expr::Array(_) | Expr::Cast(_) | Expr::Struct(_) => {
                self.constant(expr).map_or(Term::Wrong, Term::Const)
            }
            Expr::Macro(mac) if mac.mac.path.is_ident("matches") => Term::Const(expr.clone()),
            other => self.foreign(other),
        }
    }

    /// A value; a constant is refused.
    pub fn tensor(&mut self, expr: &Expr) -> Option<Value> {
        let term = self.expr(expr);
        match self.single(term, expr) {
            Term::Value(value) => Some(value),
            Term::Wrong => None,
            Term::Tuple(parts) => {
                self.wrong(expr, format!("one value is expected here, found {}", parts.len()));
                None
            }
            _ => {
                self.wrong(expr, "a value is expected here, found a constant");
                None
            }
        }
    }

    /// A constant expression with the names in sight replaced; a value in it is refused.
    pub fn constant(&mut self, expr: &Expr) -> Option<Expr> {
        let moving = |lower: &Self, name: &Ident| {
            matches!(
                lower.scope.get(&name.to_string()),
                Some(Binding::Value { .. } | Binding::Loop(_) | Binding::Dynamic(..))
            )
        };
        if mentions(expr, &|name| moving(self, name)) {
            self.wrong(
                expr,
                "a constant is expected here: literals, dims, `self.field` and named constants",
            );
            return None;
        }
        if mentions(expr, &|name| matches!(self.scope.get(&name.to_string()), Some(Binding::Wrong)))
        {
            return None;
        }
        let field = find_weight(expr, &self.around.weights);
        if let Some(name) = field {
            self.wrong(expr, format!("`self.{name}` is a weight, a constant is expected here"));
            return None;
        }
        for name in
            names_in(expr).into_iter().filter(|name| self.scope.get(&name.to_string()).is_none())
        {
            if let Some(message) = self.unknown(name) {
                self.wrong(name, message);
                return None;
            }
        }
        Some(substitute(expr, &self.scope.constants()))
    }

    /// A constant that is a size.
    pub(super) fn size(&mut self, expr: &Expr) -> Option<Expr> {
        if is_float(expr) {
            self.wrong(expr, "a size is an integer");
            return None;
        }
        self.constant(expr)
    }

    fn name(&mut self, expr: &Expr) -> Term {
        let Some(name) = ident_of(expr) else { return Term::Const(expr.clone()) };
        match self.scope.get(&name.to_string()) {
            Some(Binding::Value { value, .. }) => {
                let value = *value;
                if self.in_place.contains(&value) {
                    return self.wrong(expr, format!("`{name}` is written slice by slice in this loop; read slices of it, or read it behind the loop"));
                }
                Term::Value(value)
            }
            Some(Binding::Const(constant)) => Term::Const(constant.clone()),
            Some(Binding::Rest(rest)) => Term::Shape(ShapeExpr::Rest(rest.clone())),
            Some(Binding::Loop(var)) => {
                let name = &var.name;
                Term::Dynamic(parse_quote!(#name), vec![var.clone()])
            }
            Some(Binding::Dynamic(index, loops)) => Term::Dynamic(index.clone(), loops.clone()),
            Some(Binding::Layer(_)) => {
                self.wrong(expr, format!("`{name}` is a layer; call it: `{name}(x)`"))
            }
            Some(Binding::Wrong) => Term::Wrong,
            None if name == "training" => {
                self.wrong(expr, "`training` stands in `if training { … } else { … }` only")
            }
            None => match self.unknown(name) {
                Some(message) => self.wrong(expr, message),
                None => Term::Const(expr.clone()),
            },
        }
    }

    /// What is wrong with a name that is not in sight, if it is known here; rustc knows what is in scope around.
    pub(super) fn unknown(&self, name: &Ident) -> Option<String> {
        let text = name.to_string();
        if self.incomplete || super::lower::is_constant(name) || text == "self" {
            return None;
        }
        if self.later.contains(&text) {
            return Some(format!("`{text}` is made by a line below\nhelp: move that line up"));
        }
        let known = self.scope.names();
        let near = did_you_mean(&text, known.iter().map(String::as_str))?;
        Some(format!("there is no `{text}` here; did you mean `{near}`?"))
    }

    fn field(&mut self, expr: &Expr) -> Term {
        let Some(name) = self_field(expr) else {
            return self.constant(expr).map_or(Term::Wrong, Term::Const);
        };
        let text = name.to_string();
        if let Some((_, value)) = self.graph.weights.iter().find(|(known, _)| *known == text) {
            let is_state = self.stands.in_update && self.around.states.contains(&text);
            return Term::Value(if is_state { self.state(&text) } else { *value });
        }
        if self.around.sublayers.contains_key(&text) {
            let call = format!(
                "`self.{text}` is a layer: it has values where it is called, `self.{text}(x)`"
            );
            return self.wrong(expr, call);
        }
        match did_you_mean_of_self(&text, self.around.weights.iter().map(String::as_str)) {
            Some(near) => self.wrong(
                expr,
                format!("`build` makes no weight `{text}`; did you mean `self.{near}`?"),
            ),
            None => Term::Const(expr.clone()),
        }
    }

    fn unary(&mut self, unary: &syn::ExprUnary) -> Term {
        let whole = Expr::Unary(unary.clone());
        match (&unary.op, self.expr(&unary.expr)) {
            (_, Term::Wrong) => Term::Wrong,
            (UnOp::Neg(_), Term::Const(inner)) => Term::Const(parse_quote!(-(#inner))),
            (UnOp::Not(_), Term::Const(inner)) => Term::Const(parse_quote!(!(#inner))),
            (UnOp::Neg(_), term) => match self.single(term, &unary.expr) {
                Term::Value(value) => {
                    self.elementwise("neg", vec![Arg::Value(value)], Vec::new(), &whole)
                }
                _ => self.foreign(&whole),
            },
            _ => self.foreign(&whole),
        }
    }

    fn binary(&mut self, binary: &syn::ExprBinary) -> Term {
        let whole = Expr::Binary(binary.clone());
        let left = self.expr(&binary.left);
        let left = self.single(left, &binary.left);
        let right = self.expr(&binary.right);
        let right = self.single(right, &binary.right);
        let op = &binary.op;
        match (left, right) {
            (Term::Wrong, _) | (_, Term::Wrong) => Term::Wrong,
            (Term::Const(a), Term::Const(b)) => Term::Const(parse_quote!((#a) #op (#b))),
            (Term::Dynamic(a, loops), Term::Const(b)) => {
                Term::Dynamic(parse_quote!((#a) #op (#b)), loops)
            }
            (Term::Const(a), Term::Dynamic(b, loops)) => {
                Term::Dynamic(parse_quote!((#a) #op (#b)), loops)
            }
            (Term::Dynamic(a, mut loops), Term::Dynamic(b, more)) => {
                loops.extend(
                    more.into_iter()
                        .filter(|l| loops.iter().all(|k| k.name != l.name))
                        .collect::<Vec<_>>(),
                );
                Term::Dynamic(parse_quote!((#a) #op (#b)), loops)
            }
            (a, b) => {
                let Some(name) = operator(op) else {
                    return self.foreign(&whole);
                };
                let (Some(a), Some(b)) = (self.arg(a, &binary.left), self.arg(b, &binary.right))
                else {
                    return Term::Wrong;
                };
                self.elementwise(name, vec![a, b], Vec::new(), &whole)
            }
        }
    }

    pub(super) fn arg(&mut self, term: Term, origin: &Expr) -> Option<Arg> {
        match self.single(term, origin) {
            Term::Value(value) => Some(Arg::Value(value)),
            Term::Const(expr) => Some(Arg::Const(expr)),
            Term::Wrong => None,
            Term::Tuple(parts) => {
                self.wrong(origin, format!("one value is expected here, found {}", parts.len()));
                None
            }
            _ => {
                self.wrong(origin, "a value or a number is expected here");
                None
            }
        }
    }

    fn elementwise(
        &mut self,
        name: &str,
        args: Vec<Arg>,
        params: Vec<Expr>,
        origin: &Expr,
    ) -> Term {
        let row = elementwise::find(name).expect("operators are rows of the table");
        let value = self.value(Def::Elementwise { row, args, params }, origin);
        self.push(Statement::Elementwise(value));
        Term::Value(value)
    }

    /// `tanh(x)`, `leaky_relu(x, negative_slope = 0.1)`, `maximum(a, b)`.
    pub(super) fn elementwise_call(&mut self, row: &'static Row, call: &ExprCall) -> Term {
        let whole = Expr::Call(call.clone());
        let mut args = Vec::new();
        let mut params: Vec<Option<Expr>> = vec![None; row.params.len()];
        let mut position = 0;
        for given in &call.args {
            if let Expr::Assign(assign) = given {
                let key = assign.left.to_token_stream().to_string();
                let Some(i) = row.params.iter().position(|(name, _)| *name == key) else {
                    let what = format!("`{}` has no argument `{key}`", row.name);
                    let known = row.params.iter().map(|(name, _)| *name);
                    return self.wrong(&assign.left, or_near(what, &key, known));
                };
                if params[i].is_some() {
                    return self.wrong(&assign.left, format!("`{key}` is given twice"));
                }
                params[i] = self.constant(&assign.right);
            } else if position < row.args.len() {
                let term = self.expr(given);
                let Some(arg) = self.arg(term, given) else { return Term::Wrong };
                args.push(arg);
                position += 1;
            } else if let Some(place) = params.get_mut(position - row.args.len()) {
                *place = Some(given.clone());
                position += 1;
            } else {
                return self.wrong(given, arguments(row, call.args.len()));
            }
        }
        if args.len() < row.args.len() {
            return self.wrong(
                whole,
                format!("`{}` takes {} values, found {}", row.name, row.args.len(), args.len()),
            );
        }
        let mut all = Vec::new();
        for (given, (name, default)) in params.into_iter().zip(row.params) {
            match (given, default) {
                (Some(expr), _) => all.extend(self.constant(&expr)),
                (None, Some(default)) => all.push(parse_quote!(#default)),
                (None, None) => return self.wrong(whole, format!("`{}` needs `{name}`", row.name)),
            }
        }
        if args.iter().all(|arg| matches!(arg, Arg::Const(_))) {
            return self
                .wrong(whole, format!("`{}` takes a value, found constants only", row.name));
        }
        self.elementwise(row.name, args, all, &whole)
    }
}

/// "`tanh` takes 1 argument, found 2".
fn arguments(row: &Row, found: usize) -> String {
    let takes = row.args.len() + row.params.len();
    let s = if takes == 1 { "" } else { "s" };
    format!("`{}` takes {takes} argument{s}, found {found}", row.name)
}

fn operator(op: &BinOp) -> Option<&'static str> {
    Some(match op {
        BinOp::Add(_) => "+",
        BinOp::Sub(_) => "-",
        BinOp::Mul(_) => "*",
        BinOp::Div(_) => "/",
        BinOp::Gt(_) => ">",
        BinOp::Lt(_) => "<",
        BinOp::Ge(_) => ">=",
        BinOp::Le(_) => "<=",
        BinOp::Eq(_) => "==",
        BinOp::Ne(_) => "!=",
        _ => return None,
    })
}

/// The names of values in an expression; those of functions are not among them.
fn names_in(expr: &Expr) -> Vec<&Ident> {
    struct Names<'a>(Vec<&'a Ident>);
    impl<'ast> syn::visit::Visit<'ast> for Names<'ast> {
        fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
            self.0.extend(path.path.get_ident());
        }
        fn visit_expr_call(&mut self, call: &'ast ExprCall) {
            call.args.iter().for_each(|arg| self.visit_expr(arg));
        }
    }
    let mut names = Names(Vec::new());
    syn::visit::Visit::visit_expr(&mut names, expr);
    names.0
}

/// The weight that an expression reads, if any.
pub(super) fn find_weight(expr: &Expr, weights: &[String]) -> Option<String> {
    struct Find<'a>(&'a [String], Option<String>);
    impl<'ast> syn::visit::Visit<'ast> for Find<'_> {
        fn visit_expr(&mut self, expr: &'ast Expr) {
            match self_field(expr) {
                Some(name) if self.0.contains(&name.to_string()) => self.1 = Some(name.to_string()),
                _ => syn::visit::visit_expr(self, expr),
            }
        }
    }
    let mut find = Find(weights, None);
    syn::visit::Visit::visit_expr(&mut find, expr);
    find.1
}
