//! Tokens in a row, which can be cut anywhere and still be put together.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// One token; a group is its two ends and what is between them.
#[derive(Clone)]
pub enum Flat {
    Open(Delimiter),
    Close,
    Leaf(TokenTree),
}

/// The tokens in a row.
pub fn flatten(tokens: &TokenStream) -> Vec<Flat> {
    let mut found = Vec::new();
    // Not by recursion: what is deep is a case, too.
    let mut open = vec![tokens.clone().into_iter()];
    while let Some(last) = open.last_mut() {
        match last.next() {
            Some(TokenTree::Group(group)) => {
                found.push(Flat::Open(group.delimiter()));
                open.push(group.stream().into_iter());
            }
            Some(leaf) => found.push(Flat::Leaf(leaf)),
            None => {
                open.pop();
                if !open.is_empty() {
                    found.push(Flat::Close);
                }
            }
        }
    }
    found
}

/// The tokens as a tree: a close without its open is left out, an open without its close is closed at the end.
pub fn rebuild(tokens: &[Flat]) -> TokenStream {
    let mut open: Vec<(Delimiter, Vec<TokenTree>)> = vec![(Delimiter::None, Vec::new())];
    fn close(open: &mut Vec<(Delimiter, Vec<TokenTree>)>) {
        if open.len() > 1 {
            let (delimiter, inside) = open.pop().expect("more than one");
            let group = Group::new(delimiter, inside.into_iter().collect());
            open.last_mut().expect("more than one").1.push(TokenTree::Group(group));
        }
    }
    for token in tokens {
        match token {
            Flat::Open(delimiter) => open.push((*delimiter, Vec::new())),
            Flat::Close => close(&mut open),
            Flat::Leaf(leaf) => open.last_mut().expect("never empty").1.push(leaf.clone()),
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    open.remove(0).1.into_iter().collect()
}

/// The tokens as text: not by recursion, either.
pub fn text(tokens: &[Flat]) -> String {
    let mut open = Vec::new();
    let words = tokens.iter().map(|token| match token {
        Flat::Leaf(leaf) => leaf.to_string(),
        Flat::Open(delimiter) => {
            let (begin, end) = match delimiter {
                Delimiter::Parenthesis => ("(", ")"),
                Delimiter::Brace => ("{", "}"),
                Delimiter::Bracket => ("[", "]"),
                Delimiter::None => ("", ""),
            };
            open.push(end);
            begin.to_string()
        }
        Flat::Close => open.pop().unwrap_or_default().to_string(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Changes one thing, with tokens of `other` where some are needed.
pub fn change(tokens: &mut Vec<Flat>, other: &[Flat], random: &mut Random) {
    if tokens.is_empty() || other.is_empty() {
        return;
    }
    let at = random.below(tokens.len());
    let to = (at + 1 + random.below(6)).min(tokens.len());
    let from = random.below(other.len());
    let piece = &other[from..(from + 1 + random.below(12)).min(other.len())];
    match random.below(12) {
        0 => drop(tokens.drain(at..to)),
        1 => {
            let copy = tokens[at..to].to_vec();
            tokens.splice(at..at, copy);
        }
        2 => {
            let with = random.below(tokens.len());
            tokens.swap(at, with);
        }
        3 => tokens[at] = piece[0].clone(),
        4 => drop(tokens.splice(at..to, piece.to_vec())),
        5 => drop(tokens.splice(at..at, piece.to_vec())),
        6 => {
            // What is in a group goes.
            if let Some(open) = tokens[at..].iter().position(|t| matches!(t, Flat::Open(_))) {
                let inside = at + open + 1;
                let mut depth = 1;
                while depth > 0 && inside < tokens.len() {
                    match tokens[inside] {
                        Flat::Open(_) => depth += 1,
                        Flat::Close => depth -= 1,
                        Flat::Leaf(_) => {}
                    }
                    if depth > 0 {
                        tokens.remove(inside);
                    }
                }
            }
        }
        7 => wrap(tokens, at, to, 1, random),
        8 => wrap(tokens, at, to, 1 + random.below(90), random),
        _ => rename(tokens, at, random),
    }
}

/// Gives a name another wherever it stands, so that the program goes on to mean something.
fn rename(tokens: &mut [Flat], at: usize, random: &mut Random) {
    const NAMES: &[&str] = &[
        "r#type", "r#where", "Self", "self", "crate", "_", "_x", "X", "x", "n", "__keras",
        "__names", "Value", "Option", "call", "build", "training", "weight", "dot", "tanh",
        "input", "étage",
    ];
    let name = |token: &Flat| match token {
        Flat::Leaf(TokenTree::Ident(name)) => Some(name.to_string()),
        _ => None,
    };
    let Some(old) = tokens[at..].iter().find_map(name) else { return };
    let new: TokenStream = random.one_of(NAMES).parse().expect("a name");
    let new = flatten(&new).remove(0);
    for token in tokens.iter_mut().filter(|token| name(token).as_ref() == Some(&old)) {
        *token = new.clone();
    }
}

fn wrap(tokens: &mut Vec<Flat>, at: usize, to: usize, times: usize, random: &mut Random) {
    let kinds = [Delimiter::Parenthesis, Delimiter::Brace, Delimiter::Bracket, Delimiter::None];
    let kind = *random.one_of(&kinds);
    tokens.splice(to..to, vec![Flat::Close; times]);
    tokens.splice(at..at, vec![Flat::Open(kind); times]);
}

/// Takes tokens away as long as `fails`.
pub fn shrunk(tokens: &[Flat], fails: impl Fn(&[Flat]) -> bool, mut tries: usize) -> Vec<Flat> {
    let mut best = tokens.to_vec();
    let mut size = best.len() / 2;
    while size > 0 {
        let mut at = 0;
        while at < best.len() && tries > 0 {
            tries -= 1;
            let end = (at + size).min(best.len());
            let fewer = [&best[..at], &best[end..]].concat();
            if fails(&fewer) { best = fewer } else { at += size }
        }
        size /= 2;
    }
    best
}

/// Numbers that follow from a seed: SplitMix64.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Random(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}
