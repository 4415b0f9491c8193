//! The table of elementwise functions: one row each, with its value and its derivatives.
//!
//! In a row, `x`, `a`, `b`, `c` are the arguments, `y` is the value. A derivative may speak of either; what it speaks of is
//! what the backward pass keeps. Comparisons have no derivatives: asking for one is an error of the shape check.

use proc_macro2::TokenStream;
use quote::quote;

/// What the shape check asks of the arguments: a variant of `keras_core::shape::Kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Float,
    Probability,
    Compare,
    Select,
}

/// One elementwise function.
pub struct Row {
    pub name: &'static str,
    pub kind: Kind,
    /// The names of the arguments that may be values.
    pub args: &'static [&'static str],
    /// The names and defaults of the constants that follow; `None` where there is no default.
    pub params: &'static [(&'static str, Option<f64>)],
    value: &'static str,
    /// For each argument `∂y/∂arg`, or `""` where there is none.
    derivatives: &'static [&'static str],
    /// The arguments with which the value never falls, exactly, as it is rounded.
    rising: &'static [&'static str],
}

macro_rules! rows {
    ($($name:literal $kind:ident ($($arg:literal),* $(; $($param:literal = $default:expr),+)?) = $value:literal, [$($d:literal),*]
        $(rising $($up:literal)*)?;)*) => {
        &[$(Row {
            name: $name,
            kind: Kind::$kind,
            args: &[$($arg),*],
            params: &[$($(($param, $default)),+)?],
            value: $value,
            derivatives: &[$($d),*],
            rising: &[$($($up),*)?],
        }),*]
    };
}

/// The table.
pub const TABLE: &[Row] = rows! {
    "+" Float ("a", "b") = "a + b", ["one", "one"] rising "a" "b";
    "-" Float ("a", "b") = "a - b", ["one", "-one"] rising "a";
    "*" Float ("a", "b") = "a * b", ["b", "a"];
    "/" Float ("a", "b") = "a / b", ["one / b", "-y / b"];
    "neg" Float ("x") = "-x", ["-one"];
    "pow" Float ("a", "b") = "math::pow(a, b)",
        ["b * math::pow(a, b - one)", "math::select(math::gt(a, zero), y * math::ln(a), zero)"];
    "exp" Float ("x") = "math::exp(x)", ["y"];
    "ln" Float ("x") = "math::ln(x)", ["one / x"];
    "ln_1p" Float ("x") = "math::ln_1p(x)", ["one / (one + x)"];
    "sqrt" Float ("x") = "math::sqrt(x)", ["half / y"];
    "rsqrt" Float ("x") = "math::rsqrt(x)", ["-half * y * y * y"];
    "square" Float ("x") = "x * x", ["x + x"];
    "reciprocal" Float ("x") = "one / x", ["-y * y"];
    "abs" Float ("x") = "math::abs(x)", ["math::sign(x)"];
    "sign" Float ("x") = "math::sign(x)", ["zero"];
    "floor" Float ("x") = "math::floor(x)", ["zero"] rising "x";
    "round" Float ("x") = "math::round(x)", ["zero"] rising "x";
    "sin" Float ("x") = "math::sin(x)", ["math::cos(x)"];
    "cos" Float ("x") = "math::cos(x)", ["-math::sin(x)"];
    "tanh" Float ("x") = "math::tanh(x)", ["one - y * y"];
    "sigmoid" Probability ("x") = "math::sigmoid(x)", ["y * (one - y)"];
    "relu" Float ("x") = "math::max(x, zero)", ["math::gt(y, zero)"] rising "x";
    "relu6" Float ("x") = "math::min(math::max(x, zero), of(6.0))", ["math::gt(y, zero) * math::gt(of(6.0), y)"] rising "x";
    "leaky_relu" Float ("x"; "negative_slope" = Some(0.2)) = "math::select(math::gt(x, zero), x, negative_slope * x)",
        ["math::select(math::gt(zero, x), negative_slope, one)"];
    "elu" Float ("x"; "alpha" = Some(1.0)) = "math::select(math::gt(x, zero), x, alpha * math::exp_m1(math::min(x, zero)))",
        ["math::select(math::gt(x, zero), one, alpha * math::exp(math::min(x, zero)))"];
    "selu" Float ("x") =
        "of(1.0507009873554805) * math::select(math::gt(x, zero), x, of(1.6732632423543772) * math::exp_m1(math::min(x, zero)))",
        ["of(1.0507009873554805) * math::select(math::gt(x, zero), one, of(1.6732632423543772) * math::exp(math::min(x, zero)))"];
    "gelu" Float ("x") = "math::gelu_tanh(x)", ["math::d_gelu_tanh(x)"];
    "gelu_exact" Float ("x") = "half * x * (one + math::erf(x * of(0.7071067811865476)))",
        ["half * (one + math::erf(x * of(0.7071067811865476))) + x * math::exp(-half * x * x) * of(0.3989422804014327)"];
    "silu" Float ("x") = "x * math::sigmoid(x)", ["math::sigmoid(x) * (one + x * (one - math::sigmoid(x)))"];
    "softplus" Float ("x") = "math::softplus(x)", ["math::sigmoid(x)"];
    "softsign" Float ("x") = "x / (one + math::abs(x))", ["one / ((one + math::abs(x)) * (one + math::abs(x)))"];
    "hard_sigmoid" Probability ("x") = "math::min(math::max(x / of(6.0) + half, zero), one)",
        ["math::gt(y, zero) * math::gt(one, y) / of(6.0)"];
    "hard_silu" Float ("x") = "x * math::min(math::max(x / of(6.0) + half, zero), one)",
        ["math::select(math::gt(x, of(-3.0)), math::select(math::gt(of(3.0), x), x / of(3.0) + half, one), zero)"];
    "mish" Float ("x") = "x * math::tanh(math::softplus(x))", ["math::d_mish(x)"];
    "erf" Float ("x") = "math::erf(x)", ["of(1.1283791670955126) * math::exp(-x * x)"];
    "maximum" Float ("a", "b") = "math::max(a, b)", ["math::share(a, b)", "math::share(b, a)"] rising "a" "b";
    "minimum" Float ("a", "b") = "math::min(a, b)", ["math::share(b, a)", "math::share(a, b)"] rising "a" "b";
    "clip" Float ("x"; "x_min" = None, "x_max" = None) = "math::min(math::max(x, x_min), x_max)",
        ["math::within(x, x_min, x_max)"] rising "x";
    "powi" Float ("x"; "n" = None) = "math::powi(x, whole(n))", ["n * math::powi(x, whole(n) - 1)"];
    "where" Select ("c", "a", "b") = "math::select(c, a, b)", ["", "math::select(c, one, zero)", "math::select(c, zero, one)"];
    ">" Compare ("a", "b") = "math::gt(a, b)", ["", ""];
    "<" Compare ("a", "b") = "math::gt(b, a)", ["", ""];
    ">=" Compare ("a", "b") = "one - math::gt(b, a)", ["", ""];
    "<=" Compare ("a", "b") = "one - math::gt(a, b)", ["", ""];
    "==" Compare ("a", "b") = "math::eq(a, b)", ["", ""];
    "!=" Compare ("a", "b") = "one - math::eq(a, b)", ["", ""];
};

/// The row called `name`.
pub fn find(name: &str) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.name == name)
}

impl Row {
    /// Whether `∂y/∂args[i]` exists.
    pub fn differentiable(&self, i: usize) -> bool {
        self.derivatives.get(i).is_some_and(|d| !d.is_empty())
    }

    /// Whether the value never falls with argument `i`, exactly, as it is rounded.
    pub fn rises(&self, i: usize) -> bool {
        self.rising.contains(&self.args[i])
    }

    /// Whether `∂y/∂args[i]` speaks of argument `j`.
    pub fn keeps_arg(&self, i: usize, j: usize) -> bool {
        self.differentiable(i) && mentions(self.derivatives[i], self.args[j])
    }

    /// Whether `∂y/∂args[i]` speaks of the value.
    pub fn keeps_value(&self, i: usize) -> bool {
        self.differentiable(i) && mentions(self.derivatives[i], "y")
    }

    /// The value, with `args` and `params` in place of the names.
    pub fn value(&self, args: &[TokenStream], params: &[TokenStream]) -> TokenStream {
        self.substitute(self.value, args, params, &quote!())
    }

    /// What argument `i` gets of the cotangent `dy`: `dy · ∂y/∂args[i]`.
    pub fn vjp(
        &self,
        i: usize,
        args: &[TokenStream],
        params: &[TokenStream],
        y: &TokenStream,
        dy: &TokenStream,
    ) -> TokenStream {
        match self.derivatives[i] {
            "one" => dy.clone(),
            "-one" => quote!(-#dy),
            text => {
                let factor = self.substitute(text, args, params, y);
                quote!(#dy * (#factor))
            }
        }
    }

    fn substitute(
        &self,
        text: &str,
        args: &[TokenStream],
        params: &[TokenStream],
        y: &TokenStream,
    ) -> TokenStream {
        let tokens: TokenStream = text.parse().expect("the rows of the table are Rust expressions");
        replace(tokens, &|word| match word {
            "y" => Some(y.clone()),
            "one" => Some(quote!(__keras::of::<F>(1.0))),
            "zero" => Some(quote!(__keras::of::<F>(0.0))),
            "half" => Some(quote!(__keras::of::<F>(0.5))),
            "of" => Some(quote!(__keras::of::<F>)),
            "math" => Some(quote!(__keras::math)),
            "whole" => Some(quote!(__keras::whole)),
            _ => {
                let arg = self.args.iter().position(|name| *name == word).map(|i| args[i].clone());
                let param = || self.params.iter().position(|(name, _)| *name == word);
                arg.or_else(|| param().map(|i| params[i].clone()))
            }
        })
    }
}

fn mentions(text: &str, name: &str) -> bool {
    let tokens: TokenStream = text.parse().expect("the rows of the table are Rust expressions");
    let found = std::cell::Cell::new(false);
    replace(tokens, &|word| {
        found.set(found.get() || word == name);
        None
    });
    found.get()
}

fn replace(tokens: TokenStream, with: &dyn Fn(&str) -> Option<TokenStream>) -> TokenStream {
    use proc_macro2::{Group, TokenTree};
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Ident(ident) => {
                with(&ident.to_string()).unwrap_or_else(|| TokenTree::Ident(ident).into())
            }
            TokenTree::Group(group) => {
                let inner = replace(group.stream(), with);
                TokenTree::Group(Group::new(group.delimiter(), inner)).into()
            }
            other => other.into(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_parses_and_has_a_derivative_for_each_argument() {
        for row in TABLE {
            assert_eq!(row.args.len(), row.derivatives.len(), "{}", row.name);
            let args: Vec<_> = row.args.iter().map(|_| quote!(v)).collect();
            let params: Vec<_> = row.params.iter().map(|_| quote!(p)).collect();
            syn::parse2::<syn::Expr>(row.value(&args, &params)).expect(row.name);
            for i in (0..args.len()).filter(|i| row.differentiable(*i)) {
                syn::parse2::<syn::Expr>(row.vjp(i, &args, &params, &quote!(y), &quote!(dy)))
                    .expect(row.name);
            }
        }
    }

    #[test]
    fn what_a_row_keeps_is_what_its_derivative_says() {
        let row = find("tanh").unwrap();
        assert!(row.keeps_value(0) && !row.keeps_arg(0, 0));
        let row = find("*").unwrap();
        assert!(row.keeps_arg(0, 1) && !row.keeps_arg(0, 0) && !row.keeps_value(0));
    }
}
