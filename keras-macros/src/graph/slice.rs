//! Slices: `x[t]`, `x[..n / 2]`, `x[s![t, .., ..;2]]`, as operands and as places to write to.

use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Expr, ExprIndex, Token};

use super::constant::{ident_of, is_float, substitute};
use super::lower::Lower;
use super::scope::{Binding, Term};
use super::*;

/// One axis inside of `s![…]`: an expression, and `;step`.
struct Piece {
    expr: Expr,
    step: Option<Expr>,
}

impl Parse for Piece {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let expr = input.parse()?;
        let step = if input.peek(Token![;]) {
            input.parse::<Token![;]>()?;
            Some(input.parse()?)
        } else {
            None
        };
        Ok(Piece { expr, step })
    }
}

impl Lower<'_, '_> {
    /// `x[…]` as an operand.
    pub fn read(&mut self, index: &ExprIndex) -> Term {
        let whole = Expr::Index(index.clone());
        let buffer =
            ident_of(&index.expr).and_then(|name| self.scope.value(name)).map(|(value, _)| value);
        let of = match buffer {
            Some(value) => value,
            None => {
                if self.constant_array(&index.expr) {
                    return self.constant(&whole).map_or(Term::Wrong, Term::Const);
                }
                let Some(value) = self.tensor(&index.expr) else { return Term::Wrong };
                value
            }
        };
        let Some(window) = self.window(&index.index) else { return Term::Wrong };
        let value = self.value(Def::Read { of, window }, &whole);
        self.push(Statement::Read(value));
        Term::Value(value)
    }

    fn constant_array(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Path(_) => match ident_of(expr) {
                Some(name) => {
                    !matches!(self.scope.get(&name.to_string()), Some(Binding::Value { .. }))
                }
                None => true,
            },
            Expr::Field(_) => super::constant::self_field(expr)
                .is_none_or(|name| !self.around.weights.contains(&name.to_string())),
            _ => false,
        }
    }

    /// `y[…] = value;`
    pub fn write(&mut self, index: &ExprIndex, right: &Expr) {
        let Some(name) = ident_of(&index.expr) else {
            self.wrong(&index.expr, "only a slice of a `let mut` variable can be assigned");
            return;
        };
        let name = name.clone();
        let Some((buffer, mutable)) = self.scope.value(&name) else {
            self.wrong(&name, format!("there is no variable `{name}` here"));
            return;
        };
        if !mutable {
            self.wrong(&name, format!("`{name}` is not mutable; declare it with `let mut {name}`"));
            return;
        }
        let (Some(window), Some(value)) = (self.window(&index.index), self.tensor(right)) else {
            return;
        };
        let def = Def::Write { buffer, value, window };
        let written = self.value(def, index.to_token_stream());
        if self.in_place.contains(&buffer) {
            self.push(Statement::WriteInPlace { written, buffer, value });
        } else {
            self.push(Statement::Write(written));
            self.scope.assign(&name.to_string(), written);
        }
    }

    fn window(&mut self, index: &Expr) -> Option<Window> {
        match index {
            Expr::Macro(mac) if mac.mac.path.is_ident("s") => {
                let parse = Punctuated::<Piece, Token![,]>::parse_terminated;
                let pieces = match mac.mac.parse_body_with(parse) {
                    Ok(pieces) => pieces,
                    Err(error) => {
                        self.errors.push(error);
                        return None;
                    }
                };
                pieces.iter().map(|piece| self.cut(&piece.expr, piece.step.as_ref())).collect()
            }
            single => Some(vec![self.cut(single, None)?]),
        }
    }

    /// One axis. `..` alone is the whole of one axis, as in ndarray.
    fn cut(&mut self, expr: &Expr, step: Option<&Expr>) -> Option<Cut> {
        let (start, end) = match expr {
            Expr::Range(range) => (range.start.as_deref(), range.end.as_deref()),
            index => (Some(index), None),
        };
        if let Some(bound) = [start, end, step].into_iter().flatten().find(|bound| is_float(bound))
        {
            self.wrong(bound, "an axis is cut at integers");
            return None;
        }
        let step = match step {
            Some(step) => Some(self.constant(step)?),
            None => None,
        };
        if let Expr::Range(range) = expr {
            let mut bound = |bound: &Option<Box<Expr>>| match bound {
                Some(expr) => self.constant(expr).map(Some),
                None => Some(None),
            };
            let start = bound(&range.start)?;
            let mut end = bound(&range.end)?;
            if let (syn::RangeLimits::Closed(_), Some(last)) = (&range.limits, &end) {
                end = Some(syn::parse_quote!((#last) + 1));
            }
            return Some(Cut::Range { start, end, step });
        }
        match self.expr(expr) {
            Term::Const(index) => Some(Cut::Index(index)),
            Term::Dynamic(index, loops) => {
                Some(Cut::Dynamic(substitute(&index, &self.scope.constants()), loops))
            }
            Term::Wrong => None,
            _ => {
                self.wrong(expr, "an index is a constant or computed from loop variables\nhelp: to index by values write `gather(x, i)`");
                None
            }
        }
    }
}
