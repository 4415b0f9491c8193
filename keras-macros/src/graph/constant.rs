//! Constant expressions: kept as Rust, with names replaced by what they stand for.
//!
//! A dim bound by an input is a marker identifier (`__D0_n`); the emitter turns it into a constant of the expansion.

use std::collections::HashMap;

use syn::visit::Visit;
use syn::visit_mut::VisitMut;
use syn::{Expr, ExprPath, Ident, parse_quote};

/// The marker of the `k`th dim, `name`, of a function (`D`) or of `build` (`B`).
pub fn marker(kind: char, k: usize, name: &str) -> Ident {
    let name = name.trim_start_matches("r#");
    Ident::new(&format!("__{kind}{k}_{name}"), proc_macro2::Span::mixed_site())
}

/// Whether an identifier is a marker; then its kind.
pub fn marker_kind(ident: &Ident) -> Option<char> {
    let text = ident.to_string();
    let rest = text.strip_prefix("__")?;
    let kind = rest.chars().next().filter(|c| *c == 'D' || *c == 'B')?;
    rest[1..].starts_with(|c: char| c.is_ascii_digit()).then_some(kind)
}

/// The name that a marker stands for.
pub fn marked(ident: &Ident) -> Option<Ident> {
    marker_kind(ident)?;
    let text = ident.to_string();
    let (_, name) = text.trim_start_matches("__").split_once('_')?;
    syn::parse_str(name).ok()
}

/// Whether a call gives more than `required` inputs: a marker that the emitter turns into a comparison.
pub fn given(required: usize) -> Expr {
    let marker = quote::format_ident!("__given_{}", required);
    parse_quote!(#marker)
}

/// How many inputs a call gives less than which this marker is false.
pub fn given_more(ident: &Ident) -> Option<usize> {
    ident.to_string().strip_prefix("__given_")?.parse().ok()
}

/// The identifier of an expression that is one.
pub fn ident_of(expr: &Expr) -> Option<&Ident> {
    match expr {
        Expr::Path(ExprPath { qself: None, path, .. }) => path.get_ident(),
        Expr::Group(group) => ident_of(&group.expr),
        _ => None,
    }
}

/// `name` of `self.name`.
pub fn self_field(expr: &Expr) -> Option<&Ident> {
    match expr {
        Expr::Field(field) if ident_of(&field.base).is_some_and(|base| base == "self") => {
            match &field.member {
                syn::Member::Named(name) => Some(name),
                syn::Member::Unnamed(_) => None,
            }
        }
        _ => None,
    }
}

/// The names behind `self.` in the expression.
pub fn fields_in(expr: &Expr) -> Vec<&Ident> {
    struct Fields<'ast>(Vec<&'ast Ident>);
    impl<'ast> Visit<'ast> for Fields<'ast> {
        fn visit_expr(&mut self, expr: &'ast Expr) {
            self.0.extend(self_field(expr));
            syn::visit::visit_expr(self, expr);
        }
    }
    let mut fields = Fields(Vec::new());
    fields.visit_expr(expr);
    fields.0
}

/// Replaces the identifiers of `with` by their expressions.
pub fn substitute(expr: &Expr, with: &HashMap<String, Expr>) -> Expr {
    struct Substitute<'a>(&'a HashMap<String, Expr>);
    impl VisitMut for Substitute<'_> {
        fn visit_expr_mut(&mut self, expr: &mut Expr) {
            let name = ident_of(expr).cloned();
            let found = name.as_ref().and_then(|name| Some((name, self.0.get(&name.to_string())?)));
            match found {
                Some((name, found)) => *expr = standing_for(found, name),
                None => syn::visit_mut::visit_expr_mut(self, expr),
            }
        }
    }
    let mut expr = expr.clone();
    Substitute(with).visit_expr_mut(&mut expr);
    expr
}

/// `expr` in the place of `name`. A marker stands where the name stood, so that rustc speaks of it there.
fn standing_for(expr: &Expr, name: &Ident) -> Expr {
    match (expr, ident_of(expr)) {
        (_, Some(ident)) if marker_kind(ident).is_some() => {
            let mut marker = ident.clone();
            marker.set_span(name.span());
            parse_quote!(#marker)
        }
        (Expr::Path(_) | Expr::Lit(_) | Expr::Paren(_), _) => expr.clone(),
        _ => parse_quote!((#expr)),
    }
}

/// Whether one of `names` stands anywhere in the expression.
pub fn mentions(expr: &Expr, name: &dyn Fn(&Ident) -> bool) -> bool {
    struct Find<'a>(&'a dyn Fn(&Ident) -> bool, bool);
    impl<'ast> Visit<'ast> for Find<'_> {
        fn visit_expr_path(&mut self, path: &'ast ExprPath) {
            self.1 |= path.path.get_ident().is_some_and(self.0);
        }
    }
    let mut find = Find(name, false);
    find.visit_expr(expr);
    find.1
}

/// Whether the expression is a literal such as `1.5`.
pub fn is_float(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(lit) => matches!(lit.lit, syn::Lit::Float(_)),
        Expr::Unary(unary) => is_float(&unary.expr),
        Expr::Paren(paren) => is_float(&paren.expr),
        Expr::Group(group) => is_float(&group.expr),
        _ => false,
    }
}

/// Whether the expression is a number literal, perhaps with a sign.
pub fn number(expr: &Expr) -> Option<f64> {
    match expr {
        Expr::Lit(lit) => match &lit.lit {
            syn::Lit::Int(int) => int.base10_parse().ok(),
            syn::Lit::Float(float) => float.base10_parse().ok(),
            _ => None,
        },
        Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Neg(_)) => {
            number(&unary.expr).map(|x| -x)
        }
        Expr::Paren(paren) => number(&paren.expr),
        Expr::Group(group) => number(&group.expr),
        _ => None,
    }
}
