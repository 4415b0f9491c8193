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
    /// Notes an error that underlines all of `tokens`.
    pub fn at(&mut self, tokens: impl ToTokens, message: impl std::fmt::Display) {
        self.all.push(syn::Error::new_spanned(tokens, message));
    }

    /// Notes an error made elsewhere.
    pub fn push(&mut self, error: syn::Error) {
        self.all.push(error);
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

/// What a body may say, for whatever it may not.
pub const BODY: &str = "a layer's body is made of `let`, assignments to `let mut` variables and their slices, arithmetic, \
    elementwise functions, calls of layers and ops, slices, `if` on constants or on `training`, `for t in 0..T`, and a last expression";

/// What a model may say.
pub const MODEL: &str = "a model is made of `input name: [sizes];`, `target name: Label![n];`, `variable name = number;`, \
    `layer name = Layer::new(…);`, `let name = expression;`, `output name = expression;`, `loss expression;` and `metric name = expression;`";

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
