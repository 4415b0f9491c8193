//! What small programs become, in `expand/`: `name.rs` and `name.expanded.rs`, which the compile tests build too.
//!
//! `UPDATE_EXPECT=1 cargo test -p keras-macros` writes the expansions anew; read the diff.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Attribute, Item};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("expand")
}

/// The files whose names end like this, without the ending.
fn names(is_wanted: fn(&str) -> Option<&str>) -> Vec<String> {
    let files = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().file_name());
    let mut names: Vec<String> =
        files.filter_map(|file| is_wanted(file.to_str().unwrap()).map(String::from)).collect();
    names.sort();
    names
}

fn inputs() -> Vec<String> {
    names(|file| file.strip_suffix(".rs").filter(|name| !name.ends_with(".expanded")))
}

fn expansions() -> Vec<String> {
    names(|file| file.strip_suffix(".expanded.rs"))
}

/// A program with every `#[layer]` and `model!` expanded, as rustc would.
fn expand(program: &str) -> String {
    let mut file = syn::parse_file(program).unwrap();
    let items: TokenStream = file.items.iter().map(expand_item).collect();
    file.items = syn::parse2::<syn::File>(items).unwrap().items;
    prettyplease::unparse(&file)
}

fn expand_item(item: &Item) -> TokenStream {
    let mut item = item.clone();
    let attrs: Option<&mut Vec<Attribute>> = match &mut item {
        Item::Fn(item) => Some(&mut item.attrs),
        Item::Impl(item) => Some(&mut item.attrs),
        Item::Struct(item) => Some(&mut item.attrs),
        Item::Macro(item) if item.mac.path.is_ident("model") => {
            return crate::expand_model(item.mac.tokens.clone(), false);
        }
        _ => None,
    };
    let is_layer = attrs.is_some_and(|attrs| {
        let before = attrs.len();
        attrs.retain(|attr| !attr.path().is_ident("layer"));
        attrs.len() < before
    });
    let tokens = item.to_token_stream();
    if is_layer { crate::expand_layer(TokenStream::new(), tokens, false) } else { tokens }
}

#[test]
fn programs_become_what_is_expected() {
    for name in inputs() {
        let found = expand(&fs::read_to_string(folder().join(format!("{name}.rs"))).unwrap());
        let path = folder().join(format!("{name}.expanded.rs"));
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(path, found).unwrap();
            continue;
        }
        let expected = fs::read_to_string(path).unwrap_or_default();
        let difference = expected.lines().zip(found.lines()).position(|(a, b)| a != b);
        assert!(
            expected == found,
            "{name}.rs expands to something else from line {} on; UPDATE_EXPECT=1 writes it anew",
            difference.unwrap_or(0) + 1,
        );
    }
}

#[test]
fn every_expansion_has_its_program() {
    assert_eq!(inputs(), expansions());
}
