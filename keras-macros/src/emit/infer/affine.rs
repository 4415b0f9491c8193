//! Whether a layer is affine in its only input, number by number: then rustc can compute what it does while it freezes a model.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Expr;

use crate::emit::pass::Emit;
use crate::graph::{Arg, Callee, Cond, Def, Value};

/// A term that is made: its number, and whether it depends on the input.
type Made = (usize, bool);

/// The terms of a formula, of which each speaks of those before it.
struct Terms<'e, 'g> {
    emit: &'e Emit<'g>,
    all: Vec<TokenStream>,
    known: HashMap<Value, Made>,
}

/// What an affine layer computes.
pub(super) struct Affine {
    /// The terms, as a constant.
    pub terms: TokenStream,
    /// What they are made into.
    pub value: TokenStream,
}

impl Emit<'_> {
    /// What the layer computes, if that is affine.
    pub(super) fn affine(&self) -> Option<Affine> {
        let ([x], [y]) = (&self.pass.inputs[..], &self.pass.outputs[..]) else { return None };
        let mut terms = Terms { emit: self, all: Vec::new(), known: HashMap::new() };
        let (_, true) = terms.of(*y)? else { return None };
        let (all, this, build) = (terms.all, &self.this, &self.cx.build);
        let (x, y) = (self.cx.shape(*x), self.cx.shape(*y));
        Some(Affine {
            terms: quote!(const TERMS: &'static [__keras::infer::Term] = &[#(#all),*];),
            value: quote!(__keras::infer::Affine::of(#this::TERMS, &#x, &#y, #build::OWN)),
        })
    }
}

impl Terms<'_, '_> {
    fn of(&mut self, value: Value) -> Option<Made> {
        if let Some(made) = self.known.get(&value) {
            return Some(*made);
        }
        let made = self.make(value)?;
        self.known.insert(value, made);
        Some(made)
    }

    fn push(&mut self, term: &TokenStream, depends: bool) -> Made {
        self.all.push(quote!(__keras::infer::Term::#term));
        (self.all.len() - 1, depends)
    }

    fn number(&mut self, number: &TokenStream) -> Made {
        self.push(&quote!(Number(#number)), false)
    }

    fn make(&mut self, value: Value) -> Option<Made> {
        let (cx, graph) = (self.emit.cx, self.emit.pass.graph);
        match &graph.values[value].def {
            Def::Input { .. } => Some(self.push(&quote!(Input), true)),
            Def::Weight { name } | Def::State { name } if !name.is_empty() => {
                let weight = cx.weight(name);
                Some(self.push(&quote!(Weight(#weight)), false))
            }
            Def::Copy { of } => self.of(*of),
            Def::Phi { cond: Cond::Training, other, .. } => self.of(*other),
            Def::Phi { cond: Cond::Const(cond), then, other } => {
                let ((then, a), (other, b)) = (self.of(*then)?, self.of(*other)?);
                let cond = cx.condition(cond);
                Some(self.push(&quote!(Pick(#cond, #then, #other)), a || b))
            }
            // Ops without an input; a layer that is called like one has some.
            Def::Call { site, .. } if graph.sites[*site].inputs.is_empty() => {
                let Callee::Function { path, .. } = &graph.sites[*site].callee else { return None };
                let all = [("zeros", quote!(0.0)), ("ones", quote!(1.0))];
                let (_, number) = all.into_iter().find(|(name, _)| path.is_ident(name))?;
                Some(self.number(&number))
            }
            Def::Elementwise { row, args, .. } => {
                let args = args.iter().map(|arg| match arg {
                    Arg::Value(v) => self.of(*v),
                    Arg::Const(expr) => Some(self.constant(value, expr)),
                });
                let args: Option<Vec<Made>> = args.collect();
                self.function(row.name, &args?)
            }
            _ => None,
        }
    }

    /// A constant, where `value` exists, which it is an argument of.
    fn constant(&mut self, value: Value, expr: &Expr) -> Made {
        let (cx, guards) = (self.emit.cx, &self.emit.pass.graph.values[value].guards);
        let number = match cx.guard(guards) {
            Some(guard) => {
                let plain = cx.told(expr);
                quote!(if #guard { __keras::number(#plain) } else { 0.0 })
            }
            None => {
                let plain = cx.checked(expr, cx.told(expr));
                quote!(__keras::number(#plain))
            }
        };
        self.number(&number)
    }

    fn function(&mut self, name: &str, args: &[Made]) -> Option<Made> {
        match (name, args) {
            ("+", [(a, x), (b, y)]) => Some(self.push(&quote!(Add(#a, #b)), *x || *y)),
            ("-", [(a, x), (b, y)]) => Some(self.push(&quote!(Subtract(#a, #b)), *x || *y)),
            ("*", [(a, x), (b, y)]) if !(*x && *y) => {
                Some(self.push(&quote!(Multiply(#a, #b)), *x || *y))
            }
            ("/", [(a, x), (b, false)]) => Some(self.push(&quote!(Divide(#a, #b)), *x)),
            ("neg", [(a, x)]) => {
                let (zero, _) = self.number(&quote!(0.0));
                Some(self.push(&quote!(Subtract(#zero, #a)), *x))
            }
            ("square", [(a, false)]) => Some(self.push(&quote!(Multiply(#a, #a)), false)),
            ("sqrt", [(a, false)]) => Some(self.push(&quote!(Root(#a)), false)),
            ("rsqrt", [(a, false)]) => {
                let ((one, _), (root, _)) =
                    (self.number(&quote!(1.0)), self.push(&quote!(Root(#a)), false));
                Some(self.push(&quote!(Divide(#one, #root)), false))
            }
            ("reciprocal", [(a, false)]) => {
                let (one, _) = self.number(&quote!(1.0));
                Some(self.push(&quote!(Divide(#one, #a)), false))
            }
            _ => None,
        }
    }
}
