//! The page of errors: made of the mistakes, so that it cannot go stale.

use std::fmt::Write as _;

use crate::cases::{self, Case};

const PAGE: &str = "../docs/errors.md";

const HEAD: &str = "# Errors

Every mistake that this project tests, with what `cargo check` prints and how to mend it. The page is made of the programs in
`tests/fail` and of what rustc says of them: `UPDATE_EXPECT=1 cargo test -p keras-tests --test compile page` writes it.

An error of a shape begins with `evaluation panicked`, because rustc finds it while it evaluates the constants of a model. What
follows is the layer as you wrote it, what it asks for, and the shapes that it found; `note` says which line a shape comes from,
or where in a layer the mistake is; `help` is the smallest repair.
";

/// The kinds, and what they are.
const KINDS: &[(&str, &str)] = &[
    ("syntax", "Syntax"),
    ("language", "What a body may say"),
    ("name", "Names"),
    ("argument", "Arguments"),
    ("constant", "Constants"),
    ("count", "How many"),
    ("shape", "Shapes"),
    ("dims", "Sizes"),
    ("definition", "What only happens to fit"),
    ("dtype", "Floats, integers, booleans"),
    ("gradient", "Differentiation"),
    ("weight", "Weights"),
    ("loss", "Losses and metrics"),
    ("data", "Data"),
    ("limit", "Limits"),
    ("warning", "Warnings of models that train, but hardly as they were meant"),
    ("unused", "Warnings of what nobody reads"),
];

#[test]
fn the_page_of_errors_says_what_rustc_says() {
    let page = page();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(PAGE, &page).expect("the folder docs");
    }
    let found = std::fs::read_to_string(PAGE).unwrap_or_default();
    assert!(
        found == page,
        "docs/errors.md is old: UPDATE_EXPECT=1 cargo test -p keras-tests --test compile page"
    );
}

fn page() -> String {
    let cases = cases::all();
    let known = |case: &Case| KINDS.iter().any(|(kind, _)| *kind == case.kind());
    assert!(cases.iter().all(known), "a kind has no heading in tests/compile/page.rs");
    let mut page = HEAD.to_string();
    for (kind, title) in KINDS {
        let of_kind: Vec<&Case> = cases.iter().filter(|case| case.kind() == *kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        writeln!(page, "\n## {title}").unwrap();
        of_kind.into_iter().for_each(|case| entry(&mut page, case));
    }
    page
}

fn entry(page: &mut String, case: &Case) {
    let (sentence, mend) = (&case.sentence, &case.mend);
    writeln!(page, "\n**{sentence}** [`{0}`](../tests/fail/{0}.rs)\n\n```text", case.name).unwrap();
    writeln!(page, "{}\n```\n\nMend: {mend}", case.message).unwrap();
}
