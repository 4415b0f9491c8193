//! Declarations: the names that they bind, what they check, and bodies that are written out where they are called.

use std::collections::HashMap;

use quote::ToTokens;
use syn::{Expr, Ident, Pat, Stmt, Type};

use super::constant::{ident_of, marker};
use super::foreign::is_value;
use super::lower::{Lower, flatten, is_constant};
use super::scope::{Binding, Scope, Term};
use super::*;
use crate::syntax::layer::Function;
use crate::syntax::pattern::Element;

/// How often a body may call methods, those that are called in methods included.
const WRITTEN_OUT: usize = 128;

impl Lower<'_, '_> {
    /// Writes a helper method out where it is called.
    pub fn inline(&mut self, helper: &Function, args: Vec<(Value, Expr)>, call: &Expr) -> Term {
        let name = helper.name.to_string();
        if self.inlined.contains(&name) {
            return self.wrong(
                call,
                format!(
                    "`{name}` calls itself: its shapes would never end\nhelp: write a `for` loop"
                ),
            );
        }
        if args.len() != helper.params.len() {
            return self.wrong(
                call,
                format!("`{name}` takes {} values, found {}", helper.params.len(), args.len()),
            );
        }
        // Methods that call methods twice grow without a limit otherwise.
        self.written_out += 1;
        if self.written_out > WRITTEN_OUT {
            if self.written_out == WRITTEN_OUT + 1 {
                self.wrong(call, format!("this layer calls its methods more than {WRITTEN_OUT} times: each call is written out"));
            }
            return Term::Wrong;
        }
        self.inlined.push(name.clone());
        let outer = std::mem::replace(&mut self.scope, Scope::new());
        let mut rests = HashMap::new();
        for (param, (value, origin)) in helper.params.iter().zip(args) {
            let check = self.declare(
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
        match values.len() {
            0 => Term::Wrong,
            1 => values.remove(0),
            _ => Term::Tuple(values),
        }
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
                format!("`{}` declares no output\nhelp: write `-> Tensor![…]`", function.who),
            );
            return Vec::new();
        }
        let last = match function.block.stmts.last() {
            Some(Stmt::Expr(expr, None)) => expr.clone(),
            Some(Stmt::Expr(Expr::Return(_), _)) => return Vec::new(),
            // That its value is not used has been told.
            Some(Stmt::Expr(expr, Some(_))) if is_value(expr) => return Vec::new(),
            _ => {
                self.wrong(
                    &function.name,
                    format!(
                        "`{}` ends without a value\nhelp: its last line is an expression without `;`",
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
                self.wrong(
                    &last,
                    "a layer gives values, this is a constant\nhelp: write `full([], …)`",
                );
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
                    "`{}` declares {count} output{}, its body gives {}",
                    function.who,
                    if count == 1 { "" } else { "s" },
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
                let mut check = self.declare(&what, declared, value, false, &mut rests, &origin);
                // One that is not there is not checked.
                check.guards.clone_from(&self.graph.values[value].guards);
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

    /// `let y: Tensor![n] = …;` checks the shape, as an output does. The type of a constant is Rust's.
    pub(super) fn declared_by_let(&mut self, pat: &Pat, ty: &Type) {
        let name = match (pat, ty) {
            (Pat::Tuple(pats), Type::Tuple(types)) => {
                let all = pats.elems.iter().zip(&types.elems);
                return all.for_each(|(pat, ty)| self.declared_by_let(pat, ty));
            }
            (Pat::Ident(name), _) => &name.ident,
            _ => return,
        };
        let Some((value, _)) = self.scope.value(name) else { return };
        let declared = match Declared::of(ty, false) {
            Ok(Declared::Config(other)) => {
                self.wrong(other, "the type of a value is `Tensor![…]`");
                return;
            }
            Ok(declared) => declared,
            Err(error) => return self.errors.push(error),
        };
        let (mut rests, origin) = (self.rests(), Expr::Verbatim(ty.to_token_stream()));
        let what = format!("`{name}`");
        let check = self.declare(&what, &declared, value, false, &mut rests, &origin);
        self.check(check);
    }

    /// Refuses an axis for the batch, as Keras has it.
    fn without_batch(&mut self, axis: &impl ToTokens) -> Axis {
        self.wrong(axis, "a shape is that of one example\nhelp: leave the axis of the batch out");
        Axis::Bind(String::new())
    }

    /// Resolves a declaration: binds the names that are new, and makes the check of the rest.
    pub fn declare(
        &mut self,
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
                Element::Name(name) if name == "None" => axes.push(self.without_batch(name)),
                Element::Name(name) => match self.scope.get(&name.to_string()) {
                    Some(Binding::Const(expr)) => axes.push(Axis::Size(expr.clone())),
                    Some(_) => {
                        self.wrong(name, format!("`{name}` is a value, not a size"));
                    }
                    None if is_constant(name)
                        || what.starts_with("the output")
                        || what.starts_with("output ") =>
                    {
                        if let Some(message) = self.unknown(name) {
                            self.wrong(name, message);
                        }
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
                Element::Size(expr) if ident_of(expr).is_some_and(|name| name == "None") => {
                    axes.push(self.without_batch(expr));
                }
                Element::Size(expr) => {
                    // One that is wrong fits whatever is there.
                    axes.push(self.size(expr).map_or(Axis::Bind(String::new()), Axis::Size));
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
        let what = match self.inlined.last() {
            Some(helper) => format!("{helper}: {what}"),
            None => what.to_string(),
        };
        Check {
            what,
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
