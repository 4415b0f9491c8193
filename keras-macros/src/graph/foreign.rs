//! What Rust has and the language of layers has not: each is refused with what to write instead.

use quote::ToTokens;
use syn::{BinOp, Expr, Stmt};

use super::lower::Lower;
use super::scope::Term;
use crate::diag::head;

/// What a body may say, for whatever it may not.
const BODY: &str = "a body is made of `let`, assignments, arithmetic, calls of functions, layers and ops, slices, `if` and `for`";

impl Lower<'_, '_> {
    /// Refuses an expression.
    pub(super) fn foreign(&mut self, expr: &Expr) -> Term {
        let (what, help) = match expr {
            Expr::While(_) | Expr::Loop(_) => {
                ("a loop runs a constant number of times", "write `for t in 0..T { … }`")
            }
            Expr::Return(_) => (
                "`return` is not part of a layer",
                "the last expression, without `;`, is what a body gives",
            ),
            Expr::Break(_) | Expr::Continue(_) => (
                "a loop runs to its end: there is no `break` and no `continue`",
                "make the loop shorter, or choose values with `r#where(condition, a, b)`",
            ),
            Expr::Closure(_) => (
                "closures are not part of a layer",
                "write a method, `fn helper(&self, x: Tensor![n]) -> Tensor![n]`, or a function under `#[layer]`",
            ),
            Expr::Macro(_) => (
                "macros are not part of a layer",
                "name the value in a model: `forward` gives it to the program",
            ),
            Expr::Match(_) => ("`match` is not part of a layer", "write `if` on constants"),
            Expr::Reference(_) => ("values are not borrowed", "write the name of the value alone"),
            Expr::Let(_) => ("`if let` is not part of a layer", "write `if` on constants"),
            Expr::Binary(binary) if is_compound(&binary.op) => (
                "values are not changed in place",
                "write `y = y + x`, of a variable declared with `let mut`",
            ),
            Expr::Binary(_) => (
                "values know `+ - * /` and comparisons",
                "for others there are functions: `pow`, `floor`, `maximum`, `r#where`",
            ),
            _ => ("this is not part of a layer", BODY),
        };
        let has_body = matches!(expr, Expr::While(_) | Expr::Loop(_) | Expr::Match(_));
        let tokens = if has_body { head(expr) } else { expr.to_token_stream() };
        self.wrong(tokens, format!("{what}\nhelp: {help}"))
    }

    /// Refuses a statement.
    pub(super) fn foreign_statement(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Macro(item) => {
                let expr = Expr::Macro(syn::ExprMacro { attrs: Vec::new(), mac: item.mac.clone() });
                self.foreign(&expr);
            }
            Stmt::Item(item) => {
                self.wrong(item, "a body holds no items\nhelp: write it outside of the layer");
            }
            other => {
                self.foreign(&Expr::Verbatim(other.to_token_stream()));
            }
        }
    }

    /// Refuses an expression whose value nobody takes.
    pub(super) fn unused(&mut self, expr: &Expr) {
        if is_value(expr) {
            self.wrong(expr, "the value of this line is not used\nhelp: write `let name = …;`, or leave out the `;` of the last line");
        } else {
            self.foreign(expr);
        }
    }
}

/// Whether an expression has a value, which somebody should take.
pub(super) fn is_value(expr: &Expr) -> bool {
    match expr {
        Expr::Binary(binary) => !is_compound(&binary.op),
        Expr::Call(_) | Expr::MethodCall(_) | Expr::Path(_) | Expr::Index(_) => true,
        _ => false,
    }
}

fn is_compound(op: &BinOp) -> bool {
    matches!(
        op,
        BinOp::AddAssign(_)
            | BinOp::SubAssign(_)
            | BinOp::MulAssign(_)
            | BinOp::DivAssign(_)
            | BinOp::RemAssign(_)
    )
}
