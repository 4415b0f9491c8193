//! What holds for every input: it is not deeper than the stack, and a panic of the macros themselves is told as one.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::{quote, quote_spanned};

/// How deep groups may be in one another.
const DEPTH: usize = 32;
/// How many tokens may stand in a row without an end of an expression: each may be one level more.
const ROW: usize = 256;

/// Notes that the tokens are too deep to be read: by recursion, as all that reads them does.
pub fn shallow(tokens: &TokenStream) -> syn::Result<()> {
    check(tokens, DEPTH)
}

fn check(tokens: &TokenStream, depth: usize) -> syn::Result<()> {
    let mut row = 0;
    let mut tokens = tokens.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        row += 1;
        if row > ROW || (depth == 0 && matches!(token, TokenTree::Group(_))) {
            return Err(syn::Error::new(
                token.span(),
                "this is too deep to be read; give a part of it a name with `let`",
            ));
        }
        match &token {
            TokenTree::Group(group) => {
                check(&group.stream(), depth - 1)?;
                // A block ends a statement or an item, but not before `else`.
                let goes_on =
                    matches!(tokens.peek(), Some(TokenTree::Ident(word)) if word == "else");
                if group.delimiter() == Delimiter::Brace && !goes_on {
                    row = 0;
                }
            }
            TokenTree::Punct(punct) if matches!(punct.as_char(), ';' | ',' | '#') => row = 0,
            _ => {}
        }
    }
    Ok(())
}

/// What `expand` gives; where it panics, `rest` and an error that says whose fault it is.
pub fn caught(
    expand: impl FnOnce() -> TokenStream,
    rest: impl FnOnce() -> TokenStream,
) -> TokenStream {
    catch_unwind(AssertUnwindSafe(expand)).unwrap_or_else(|payload| {
        let sentence = format!(
            "internal error of keras-macros {}: {}; this is not your mistake: please report it, with the code of this layer or \
             model, at {}/issues",
            env!("CARGO_PKG_VERSION"),
            message(&*payload),
            env!("CARGO_PKG_REPOSITORY"),
        );
        let rest = catch_unwind(AssertUnwindSafe(rest)).unwrap_or_default();
        quote!(#rest ::core::compile_error! { #sentence })
    })
}

/// That an item under an attribute could not be parsed. Rustc has read it before, and has told what is no Rust, so this is a lint,
/// which is told only where it found nothing.
pub fn unread(error: &syn::Error) -> TokenStream {
    let sentence = format!(
        "keras-macros {} cannot read this item, although rustc can: {error}; please report it at {}/issues",
        env!("CARGO_PKG_VERSION"),
        env!("CARGO_PKG_REPOSITORY"),
    );
    let span = error.span();
    quote_spanned! {span=>
        const _: () = {
            #[must_use = #sentence]
            fn this_item() -> bool {
                true
            }
            #[deny(unused_must_use)]
            #[allow(dead_code)]
            fn read() {
                this_item();
            }
        };
    }
}

/// What a panic said.
pub fn message(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or(payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("a panic")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_one_error_and_the_rest() {
        let found = caught(
            || panic!("no row"),
            || {
                quote!(
                    struct Net;
                )
            },
        )
        .to_string();
        assert!(found.starts_with("struct Net ; :: core :: compile_error ! {"), "{found}");
        assert!(found.contains("no row") && found.contains("https://"), "{found}");
        let found = caught(|| panic!("{} rows", 0), || panic!("again")).to_string();
        assert!(found.contains("0 rows"), "{found}");
    }

    #[test]
    fn only_what_is_deep_is_refused() {
        let nested = |n: usize| -> TokenStream {
            format!("{}x{}", "f(".repeat(n), ")".repeat(n)).parse().unwrap()
        };
        assert!(shallow(&nested(DEPTH)).is_ok());
        assert!(shallow(&nested(DEPTH + 1)).is_err());
        assert!(shallow(&"x + ".repeat(ROW / 2).parse().unwrap()).is_ok());
        assert!(shallow(&"x + ".repeat(ROW).parse().unwrap()).is_err());
        assert!(shallow(&"let y = x; for t in 0..3 {}".repeat(ROW).parse().unwrap()).is_ok());
    }
}
