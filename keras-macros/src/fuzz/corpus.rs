//! Every layer and every model of the repository.

use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::flat::{Flat, flatten};

/// Which macro reads a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Layer,
    Model,
}

/// What a macro is given.
pub struct Sample {
    pub kind: Kind,
    pub tokens: Vec<Flat>,
}

/// The samples in the order of their files' names.
pub fn samples() -> Vec<Sample> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let mut found = Vec::new();
    for folder in ["tests", "examples", "keras-core/src/layers", "keras-macros/expand"] {
        read(&root.join(folder), &mut found);
    }
    found
}

fn read(path: &Path, found: &mut Vec<Sample>) {
    if path.is_dir() {
        let mut entries: Vec<_> =
            fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        entries.iter().for_each(|entry| read(entry, found));
    } else if path.extension().is_some_and(|extension| extension == "rs")
        && let Ok(tokens) = fs::read_to_string(path).unwrap().parse()
    {
        search(tokens, found);
    }
}

/// Finds `#[layer] item` and `model! { … }`, in functions and modules too.
fn search(tokens: TokenStream, found: &mut Vec<Sample>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (i, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let before = tokens[..i].iter().rev().map(ToString::to_string);
        let before: Vec<String> = before.take(2).collect();
        if before == ["!", "model"] {
            found.push(Sample { kind: Kind::Model, tokens: flatten(&group.stream()) });
        } else if before.first().is_some_and(|mark| mark == "#")
            && group.stream().to_string().starts_with("layer")
        {
            let rest = &tokens[i + 1..];
            let end = rest.iter().position(ends).map_or(rest.len(), |end| end + 1);
            let item = rest[..end].iter().cloned().collect();
            found.push(Sample { kind: Kind::Layer, tokens: flatten(&item) });
        }
        search(group.stream(), found);
    }
}

/// Whether an item ends here.
fn ends(token: &TokenTree) -> bool {
    match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(punct) => punct.as_char() == ';',
        _ => false,
    }
}
