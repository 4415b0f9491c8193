//! Every error is collected and told at once; every sentence that the macros say is here or beside the check that says it,
//! in one voice: the rule, what was found, what to do.

use proc_macro2::TokenStream;
use quote::ToTokens;

/// The errors of one expansion.
#[derive(Default)]
pub struct Errors {
    all: Vec<syn::Error>,
    read: bool,
}

impl Errors {
    /// Notes an error that underlines all of `tokens`, once: a method is read at each of its calls, and by itself.
    pub fn at(&mut self, tokens: impl ToTokens, message: impl std::fmt::Display) {
        let error = syn::Error::new_spanned(tokens, message);
        let place = |error: &syn::Error| format!("{:?} {error}", error.span());
        if self.all.iter().all(|known| place(known) != place(&error)) {
            self.all.push(error);
        }
    }

    /// Notes an error made elsewhere.
    pub fn push(&mut self, error: syn::Error) {
        self.all.push(error);
    }

    /// Whether nothing was noted so far.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// How many were noted so far.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// The result, or notes the error and gives `None`.
    pub fn take<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// Ends a stage: `value` if nothing was noted, all errors otherwise.
    pub fn finish<T>(mut self, value: T) -> syn::Result<T> {
        self.read = true;
        let mut all = std::mem::take(&mut self.all).into_iter();
        match all.next() {
            None => Ok(value),
            Some(mut first) => {
                all.for_each(|next| first.combine(next));
                Err(first)
            }
        }
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        assert!(self.read || std::thread::panicking(), "errors were collected and never told");
    }
}

/// The lines of a model: the word that each begins with, and its form.
pub const LINES: &[(&str, &str)] = &[
    ("input", "input name: [sizes];"),
    ("target", "target name: Label![n];"),
    ("variable", "variable name = number;"),
    ("layer", "layer name = Layer::new(…);"),
    ("let", "let name = expression;"),
    ("output", "output name = expression;"),
    ("loss", "loss expression;"),
    ("metric", "metric name = expression;"),
    ("budget", "budget(ram = 8 KiB, flash = 64 KiB);"),
];

/// `name` where it is a near miss of one of `known`: at most two edits, and fewer than half of its letters.
pub fn did_you_mean<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|candidate| (edits(name, candidate), candidate))
        .filter(|(distance, candidate)| {
            *distance > 0 && *distance <= 2 && 2 * distance < candidate.len().max(name.len())
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The same of a name behind `self`, which may be a field that is not known here: one may well be `norm` beside a `norm1`.
pub fn did_you_mean_of_self<'a>(
    name: &str,
    known: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    did_you_mean(name, known.filter(|other| !other.starts_with(name) && !name.starts_with(other)))
}

/// What is wrong with `name`, and which of `known` may have been meant.
pub fn or_near<'a>(what: String, name: &str, known: impl Iterator<Item = &'a str>) -> String {
    match did_you_mean(name, known) {
        Some(near) => format!("{what}; did you mean `{near}`?"),
        None => what,
    }
}

/// The Levenshtein distance.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

/// What stands before the braces: `pub enum Gate`, `while more`.
pub fn head(item: &impl ToTokens) -> TokenStream {
    use proc_macro2::{Delimiter, TokenTree};
    let is_body = |token: &TokenTree| matches!(token, TokenTree::Group(g) if g.delimiter() == Delimiter::Brace);
    item.to_token_stream().into_iter().take_while(|token| !is_body(token)).collect()
}

/// A `compile_error!` for each error.
pub fn compile_errors(error: &syn::Error) -> TokenStream {
    error.to_compile_error()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_is_found_and_another_word_is_not() {
        let known = ["kernel", "bias", "centers"];
        assert_eq!(did_you_mean("kernal", known.into_iter()), Some("kernel"));
        assert_eq!(did_you_mean("units", known.into_iter()), None);
        assert_eq!(did_you_mean("kernel", known.into_iter()), None);
    }
}
