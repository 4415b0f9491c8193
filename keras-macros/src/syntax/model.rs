//! The statements of `model!`, as written.

use proc_macro2::{Delimiter, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, Ident, Pat, Token, Type, Visibility, braced, bracketed, token};

use super::pattern::{Axes, Declared};
use crate::diag::{Errors, LINES, did_you_mean};

/// A model as written.
pub struct Model {
    pub attrs: Vec<Attribute>,
    pub vis: Visibility,
    pub name: Ident,
    pub statements: Vec<Statement>,
}

/// One line of a model. The value of a line that could not be read is [`Expr::Verbatim`].
pub enum Statement {
    Input { name: Ident, declared: Declared },
    Target { name: Ident, declared: Declared },
    Variable { name: Ident, value: Expr },
    Layer { name: Ident, value: Expr },
    Let { pat: Pat, value: Expr },
    Output { name: Ident, value: Expr },
    Loss { name: Option<Ident>, value: Expr },
    Metric { name: Ident, value: Expr },
    Budget(Budget),
}

/// `budget(ram = 8 KiB, flash = 64 KiB)`.
#[derive(Clone)]
pub struct Budget {
    /// All of it.
    pub origin: TokenStream,
    /// Each limit by its name, in bytes.
    pub limits: Vec<(Ident, usize)>,
}

/// What can be limited.
const LIMITED: [&str; 2] = ["ram", "flash"];

/// The words that begin the lines with a name.
const WORDS: &[&str] = &["let", "input", "target", "variable", "layer", "output", "loss", "metric"];

/// Reads the block; what cannot be read is noted, and reading goes on with the next line.
pub fn parse(input: TokenStream, errors: &mut Errors) -> Option<Model> {
    let (attrs, vis, name, body) =
        errors.take(syn::parse::Parser::parse2(head, input.clone())).or_else(|| salvaged(input))?;
    let mut statements = Vec::new();
    for Line { tokens, ended } in lines(body) {
        let last = tokens.clone().into_iter().last();
        let mut whole = tokens.clone();
        if !ended {
            let mut end = Punct::new(';', Spacing::Alone);
            end.set_span(last.as_ref().map_or_else(Span::call_site, TokenTree::span));
            whole.extend([TokenTree::Punct(end)]);
        }
        match syn::parse2::<Statement>(whole) {
            Ok(statement) => {
                if !ended {
                    errors.at(last, "a line of a model ends with `;`");
                }
                statements.push(statement);
            }
            Err(error) => {
                errors.push(shown(error, &tokens));
                statements.push(Statement::unread(tokens));
            }
        }
    }
    Some(Model { attrs, vis, name, statements })
}

/// The name of a model, whatever is in it.
pub fn name(input: TokenStream) -> Option<Ident> {
    salvaged(input).map(|(_, _, name, _)| name)
}

type Head = (Vec<Attribute>, Visibility, Ident, TokenStream);

fn head(input: ParseStream) -> syn::Result<Head> {
    let attrs = input.call(Attribute::parse_outer)?;
    let vis = input.parse()?;
    if !input.peek(Token![struct]) {
        return Err(input.error("a model is a struct\nhelp: write `pub struct Net { … }`"));
    }
    input.parse::<Token![struct]>()?;
    let name = input.parse()?;
    let body;
    braced!(body in input);
    if !input.is_empty() {
        return Err(input
            .error("one `model!` declares one model\nhelp: write a second `model!` for the next"));
    }
    Ok((attrs, vis, name, body.parse()?))
}

/// What can be read of a header with a mistake: the first name before braces.
fn salvaged(input: TokenStream) -> Option<Head> {
    let mut before = None;
    for token in input {
        match token {
            TokenTree::Ident(ident) => before = syn::parse2(ident.to_token_stream()).ok(),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                return Some((Vec::new(), Visibility::Inherited, before?, group.stream()));
            }
            _ => {}
        }
    }
    None
}

/// The tokens of a line with its `;`, if it has one.
struct Line {
    tokens: TokenStream,
    ended: bool,
}

/// Splits behind `;`, and before a word with a name where a `;` is missing: so a mistake in one line hides no other.
fn lines(body: TokenStream) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut tokens = TokenStream::new();
    let mut has_word = false;
    let mut body = body.into_iter().peekable();
    while let Some(token) = body.next() {
        let is_name = matches!(body.peek(), Some(TokenTree::Ident(_)));
        if let TokenTree::Ident(word) = &token {
            let begins = word == "let" || (is_name && WORDS.iter().any(|known| word == known));
            if begins && has_word {
                lines.push(Line { tokens: std::mem::take(&mut tokens), ended: false });
            }
            has_word = true;
        }
        let ended = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ';');
        tokens.extend([token]);
        if ended {
            lines.push(Line { tokens: std::mem::take(&mut tokens), ended });
            has_word = false;
        }
    }
    if !tokens.is_empty() {
        lines.push(Line { tokens, ended: false });
    }
    lines
}

impl Statement {
    /// What is known of a line that could not be read. A misspelt word is taken for the one that was meant.
    fn unread(tokens: TokenStream) -> Statement {
        let all = tokens.clone();
        let parse = |input: ParseStream| {
            input.call(Attribute::parse_outer)?;
            let word = input.call(Ident::parse_any)?.to_string();
            let word = did_you_mean(&word, WORDS.iter().copied()).unwrap_or(&word).to_string();
            if word == "let" {
                let pat = input.call(Pat::parse_single)?;
                return Ok(Statement::Let { pat, value: unread_value(input)? });
            }
            let name = input.parse()?;
            Ok(match word.as_str() {
                "input" => Statement::Input { name, declared: unread_declared(input)? },
                "target" => Statement::Target { name, declared: unread_declared(input)? },
                "variable" => Statement::Variable { name, value: unread_value(input)? },
                "layer" => Statement::Layer { name, value: unread_value(input)? },
                "output" => Statement::Output { name, value: unread_value(input)? },
                _ => return Err(input.error("no name")),
            })
        };
        syn::parse::Parser::parse2(parse, tokens)
            .unwrap_or_else(|_| Statement::Loss { name: None, value: Expr::Verbatim(all) })
    }

    /// Whether a mistake in the line was noted.
    pub fn is_unread(&self) -> bool {
        match self {
            Statement::Input { declared, .. } | Statement::Target { declared, .. } => {
                matches!(declared, Declared::Unknown)
            }
            Statement::Variable { value, .. }
            | Statement::Layer { value, .. }
            | Statement::Let { value, .. }
            | Statement::Output { value, .. }
            | Statement::Loss { value, .. }
            | Statement::Metric { value, .. } => is_unread(value),
            Statement::Budget(_) => false,
        }
    }
}

/// Whether a value is what was left of a line that could not be read.
pub fn is_unread(value: &Expr) -> bool {
    matches!(value, Expr::Verbatim(_))
}

fn unread_value(input: ParseStream) -> syn::Result<Expr> {
    input.parse::<Option<Token![=]>>()?;
    Ok(Expr::Verbatim(input.parse()?))
}

fn unread_declared(input: ParseStream) -> syn::Result<Declared> {
    input.parse::<TokenStream>()?;
    Ok(Declared::Unknown)
}

impl Parse for Statement {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let _docs = input.call(Attribute::parse_outer)?;
        let statement = if input.peek(Token![let]) {
            input.parse::<Token![let]>()?;
            let pat = input.call(Pat::parse_single)?;
            Statement::Let { pat, value: value(input)? }
        } else {
            let word: Ident = input.call(Ident::parse_any)?;
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
                "loss" => Statement::Loss { name: None, value: read(input)? },
                "budget" => Statement::Budget(budget(&word, input)?),
                other => {
                    let words_of_lines = LINES.iter().map(|(word, _)| *word);
                    let help = match did_you_mean(other, words_of_lines) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("a line begins with {}", words()),
                    };
                    let message =
                        format!("`{other}` does not begin a line of a model\nhelp: {help}");
                    return Err(syn::Error::new_spanned(&word, message));
                }
            }
        };
        input.parse::<Token![;]>()?;
        Ok(statement)
    }
}

/// `(ram = 8 KiB, flash = 64 KiB)`, behind the word.
fn budget(word: &Ident, input: ParseStream) -> syn::Result<Budget> {
    let group: proc_macro2::Group = input.parse()?;
    let origin = quote::quote!(#word #group);
    let parse = |input: ParseStream| {
        let mut limits: Vec<(Ident, usize)> = Vec::new();
        while !input.is_empty() {
            let (name, bytes) = limit(input)?;
            if limits.iter().any(|(known, _)| *known == name) {
                return Err(syn::Error::new_spanned(&name, format!("`{name}` is limited twice")));
            }
            limits.push((name, bytes));
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(limits)
    };
    let limits = syn::parse::Parser::parse2(parse, group.stream())?;
    if limits.is_empty() {
        let message = "a budget limits `ram`, `flash` or both\nhelp: write `budget(ram = 8 KiB);`";
        return Err(syn::Error::new_spanned(origin, message));
    }
    Ok(Budget { origin, limits })
}

/// `ram = 8 KiB`: what is limited, and to how many bytes.
fn limit(input: ParseStream) -> syn::Result<(Ident, usize)> {
    let name: Ident = input.parse()?;
    if !LIMITED.iter().any(|known| name == known) {
        let help = match did_you_mean(&name.to_string(), LIMITED.into_iter()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "a budget limits `ram`, `flash` or both".to_string(),
        };
        return Err(syn::Error::new_spanned(
            &name,
            format!("there is no budget of `{name}`\nhelp: {help}"),
        ));
    }
    input.parse::<Token![=]>()?;
    let number: syn::LitInt = input.parse()?;
    let unit: Option<Ident> = if input.peek(Ident) { Some(input.parse()?) } else { None };
    let factor = match unit.as_ref().map(ToString::to_string).as_deref() {
        None | Some("B") => 1,
        Some("KiB") => 1 << 10,
        Some("MiB") => 1 << 20,
        Some(other) => {
            let message =
                format!("`{other}` is no unit of memory\nhelp: write `B`, `KiB` or `MiB`");
            return Err(syn::Error::new_spanned(unit, message));
        }
    };
    let bytes = number.base10_parse::<usize>()?.checked_mul(factor);
    let bytes = bytes
        .ok_or_else(|| syn::Error::new_spanned(&number, "that is more than can be counted"))?;
    Ok((name, bytes))
}

/// ``"`input`, `target` or `output`"``.
fn words() -> String {
    let words: Vec<String> = LINES.iter().map(|(word, _)| format!("`{word}`")).collect();
    let (last, others) = words.split_last().expect("there are lines");
    format!("{} or {last}", others.join(", "))
}

/// The error of a line, with the form of the line that it was meant to be.
fn shown(error: syn::Error, line: &TokenStream) -> syn::Error {
    let word = line.clone().into_iter().next().map(|word| word.to_string()).unwrap_or_default();
    let text = error.to_string();
    match LINES.iter().find(|(known, _)| text.starts_with("expected") && *known == word) {
        Some((_, form)) => {
            syn::Error::new(error.span(), format!("{text}\nhelp: this line is `{form}`"))
        }
        None => error,
    }
}

fn value(input: ParseStream) -> syn::Result<Expr> {
    input.parse::<Token![=]>()?;
    read(input)
}

fn read(input: ParseStream) -> syn::Result<Expr> {
    match input.parse()? {
        Expr::Verbatim(tokens) => Err(syn::Error::new_spanned(
            tokens,
            "a line of a model is made of arithmetic and calls of layers and ops",
        )),
        expr => Ok(expr),
    }
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
