//! The statements of `model!`, as written.

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, Ident, Pat, Token, Type, Visibility, braced, bracketed, token};

use super::pattern::{Axes, Declared};
use crate::diag::{Errors, MODEL};

/// A model as written.
pub struct Model {
    pub attrs: Vec<Attribute>,
    pub vis: Visibility,
    pub name: Ident,
    pub statements: Vec<Statement>,
}

/// One line of a model.
pub enum Statement {
    Input { name: Ident, declared: Declared },
    Target { name: Ident, declared: Declared },
    Variable { name: Ident, value: Expr },
    Layer { name: Ident, value: Expr },
    Let { pat: Pat, value: Expr },
    Output { name: Ident, value: Expr },
    Loss { name: Option<Ident>, value: Expr },
    Metric { name: Ident, value: Expr },
}

/// Reads the block; what cannot be read is noted, and reading goes on behind the next `;`.
pub fn parse(input: TokenStream, errors: &mut Errors) -> Option<Model> {
    let head =
        |input: ParseStream| -> syn::Result<(Vec<Attribute>, Visibility, Ident, TokenStream)> {
            let attrs = input.call(Attribute::parse_outer)?;
            let vis = input.parse()?;
            input.parse::<Token![struct]>()?;
            let name = input.parse()?;
            let body;
            braced!(body in input);
            if !input.is_empty() {
                return Err(input.error(
                    "one `model!` declares one model; write a second `model!` for the next",
                ));
            }
            Ok((attrs, vis, name, body.parse()?))
        };
    let (attrs, vis, name, body) = errors.take(syn::parse::Parser::parse2(head, input))?;
    let mut statements = Vec::new();
    for line in lines(body) {
        statements.extend(errors.take(syn::parse2::<Statement>(line)));
    }
    Some(Model { attrs, vis, name, statements })
}

/// Splits at `;`, so that a mistake in one line hides no other.
fn lines(body: TokenStream) -> Vec<TokenStream> {
    let mut lines = vec![TokenStream::new()];
    for token in body {
        let end = matches!(&token, proc_macro2::TokenTree::Punct(p) if p.as_char() == ';');
        lines.last_mut().expect("never empty").extend([token]);
        if end {
            lines.push(TokenStream::new());
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

impl Parse for Statement {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let _docs = input.call(Attribute::parse_outer)?;
        let statement = if input.peek(Token![let]) {
            input.parse::<Token![let]>()?;
            let pat = input.call(Pat::parse_single)?;
            Statement::Let { pat, value: value(input)? }
        } else {
            let word: Ident = input.call(syn::ext::IdentExt::parse_any)?;
            match word.to_string().as_str() {
                "input" => Statement::Input { name: input.parse()?, declared: declared(input)? },
                "target" => Statement::Target { name: input.parse()?, declared: declared(input)? },
                "variable" => Statement::Variable { name: input.parse()?, value: value(input)? },
                "layer" => Statement::Layer { name: input.parse()?, value: value(input)? },
                "output" => Statement::Output { name: input.parse()?, value: value(input)? },
                "metric" => Statement::Metric { name: input.parse()?, value: value(input)? },
                "loss"
                    if input.peek(Ident) && input.peek2(Token![=]) && !input.peek2(Token![==]) =>
                {
                    Statement::Loss { name: Some(input.parse()?), value: value(input)? }
                }
                "loss" => Statement::Loss { name: None, value: input.parse()? },
                other => {
                    return Err(syn::Error::new_spanned(
                        &word,
                        format!("`{other}` does not begin a line of a model; {MODEL}"),
                    ));
                }
            }
        };
        if input.is_empty() {
            return Err(input.error("a line of a model ends with `;`"));
        }
        input.parse::<Token![;]>()?;
        Ok(statement)
    }
}

fn value(input: ParseStream) -> syn::Result<Expr> {
    input.parse::<Token![=]>()?;
    input.parse()
}

/// `: [28, 28]`, `: Label![10]`, `: Index![vocab; t]`.
fn declared(input: ParseStream) -> syn::Result<Declared> {
    input.parse::<Token![:]>()?;
    if input.peek(token::Bracket) {
        let axes;
        bracketed!(axes in input);
        return Ok(Declared::Tensor(axes.parse::<Axes>()?));
    }
    let ty: Type = input.parse()?;
    match Declared::of(&ty, false)? {
        Declared::Config(other) => Err(syn::Error::new_spanned(
            other,
            "an input or target is `[sizes]`, `Label![range]` or `Index![range; sizes]`",
        )),
        declared => Ok(declared),
    }
}
