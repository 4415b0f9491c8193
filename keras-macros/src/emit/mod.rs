//! Tokens. Nothing here can fail: errors were born before.
//!
//! The expansion speaks of the library as `__keras` (its `__private` module) and of nothing else by a free name.

pub mod constant;
pub mod definition;
pub mod facts;
pub mod group;
pub mod hazards;
mod infer;
pub mod layer;
pub mod model;
pub mod names;
pub mod pass;
pub mod plan;
pub mod sites;
pub mod slices;
pub mod structs;
pub mod stub;
pub mod twins;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::OnceLock;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};

/// The type parameters of an expansion, and the names of its parts.
pub struct Cx {
    /// The struct that holds the facts: `__Call`.
    pub facts: Ident,
    /// `L: Layer, S: Site<…>, O: Site<…>`.
    pub params: TokenStream,
    /// `L, S, O`.
    pub args: TokenStream,
    /// Those of `args` that are types, for `PhantomData`.
    pub types: TokenStream,
    /// The user's `where` clause.
    pub wheres: TokenStream,
    /// The struct of `build`, with arguments: `__Build<L, O>`.
    pub build: TokenStream,
    /// The weights that `build` makes, in order.
    pub weights: Vec<String>,
    /// The facts of `call` at the owner: `__Call<L, O, O>`.
    pub call: TokenStream,
    /// The site whose inputs the body has: `S`.
    pub site: TokenStream,
    /// The site that owns the weights and the configuration: `O`.
    pub owner: TokenStream,
    /// Whether errors name the place in the layer's source.
    pub placed: bool,
    /// Other constants: how many of the model's inputs come from the site; the rest are declared.
    pub given: usize,
    /// At the definition of a layer: the sizes that stand for any.
    pub sizes: Option<Rc<definition::Sizes>>,
    /// The parameters of the layer that are sizes: `const N: usize`.
    pub numbers: Vec<Ident>,
    /// Whether no constant so far can panic, whatever the configuration and the inputs.
    pub total: Cell<bool>,
    /// Where the words of each call of a model stand again.
    pub repeats: twins::Repeats,
    /// Its constants that may panic, where nothing is generic.
    pub hazards: Option<Rc<hazards::Hazards>>,
    /// The types of calls that were made so far: they are asked for often, and making one is slow.
    pub calls: RefCell<HashMap<usize, TokenStream>>,
}

impl Cx {
    /// The facts as a type.
    pub fn facts(&self) -> TokenStream {
        let (facts, args) = (&self.facts, &self.args);
        quote!(#facts::<#args>)
    }

    /// The shape of a value.
    pub fn shape(&self, value: usize) -> TokenStream {
        let (facts, name) = (self.facts(), shape_name(value));
        quote!(#facts::#name)
    }

    /// The number of a weight among those of `build`: of two with one name, in the two arms of an `if`, rustc finds the one that
    /// exists.
    pub fn weight(&self, name: &str) -> TokenStream {
        let mut places = (0..self.weights.len()).filter(|i| self.weights[*i] == name);
        let build = &self.build;
        match (places.next(), places.next()) {
            (Some(only), None) => quote!(#only),
            _ => quote!(__keras::weight_index(#build::OWN, #name)),
        }
    }

    /// The name of the struct of a call.
    pub fn site_name(&self, site: usize) -> Ident {
        format_ident!("{}Site{}", self.facts, site)
    }

    /// The struct of a call as a type.
    pub fn site(&self, site: usize) -> TokenStream {
        let (name, args) = (self.site_name(site), &self.args);
        quote!(#name::<#args>)
    }
}

/// Lints are for what the user wrote; a constant of the user's that panics is told by its check.
fn allowed() -> TokenStream {
    quote! {
        #[allow(warnings, arithmetic_overflow, unconditional_panic, clippy::all, clippy::pedantic, missing_docs)]
    }
}

/// `V3`.
pub fn shape_name(value: usize) -> Ident {
    Ident::new(&format!("V{value}"), Span::mixed_site())
}

/// `v3`: the place of a value.
pub fn place(value: usize) -> Ident {
    Ident::new(&format!("v{value}"), Span::mixed_site())
}

/// `d3`: the place of its cotangent.
pub fn cotangent(value: usize) -> Ident {
    Ident::new(&format!("d{value}"), Span::mixed_site())
}

/// Whether what is expanded is the library itself.
pub fn in_library() -> bool {
    std::env::var("CARGO_CRATE_NAME").is_ok_and(|name| name == "keras_core")
}

/// Whether the expansion is for rust-analyzer, whose server of macros has this variable, and not for rustc.
///
/// An editor takes every token with the span of a name for that name: so there, invented tokens stand nowhere, and more of
/// what the user wrote is repeated than rustc would need. Without the variable an editor is less exact, and nothing else.
pub fn in_editor() -> bool {
    static FOUND: OnceLock<bool> = OnceLock::new();
    *FOUND.get_or_init(|| std::env::var_os("RUST_ANALYZER_INTERNALS_DO_NOT_USE").is_some())
}

/// The span of the first token of what the user wrote, and that of the last; for the position of errors.
pub fn ends(tokens: &TokenStream) -> (Span, Span) {
    if in_editor() {
        return (Span::call_site(), Span::call_site());
    }
    let mut tokens = tokens.clone().into_iter();
    let first = tokens.next().map_or_else(Span::call_site, |token| token.span());
    let last = tokens.last().map_or(first, |token| token.span());
    (first, last)
}

/// The tokens as if all of them stood at `span`; for the position of errors.
pub fn respan(tokens: TokenStream, span: Span) -> TokenStream {
    if in_editor() {
        return tokens;
    }
    tokens
        .into_iter()
        .map(|mut token| {
            if let TokenTree::Group(group) = &token {
                let mut inner = Group::new(group.delimiter(), respan(group.stream(), span));
                inner.set_span(span);
                token = TokenTree::Group(inner);
            } else {
                token.set_span(span);
            }
            token
        })
        .collect()
}

/// `(tokens)`, where only the parentheses stand at `span`.
pub fn in_parentheses(tokens: TokenStream, span: Span) -> TokenTree {
    let mut group = Group::new(Delimiter::Parenthesis, tokens);
    group.set_span(span);
    TokenTree::Group(group)
}

/// A stable number for a name: FNV-1a.
pub fn key(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
