//! The form of every message: short, in the user's words, at the user's tokens.

use crate::cases::{self, Case};

/// Lines of an error: a headline, its place, three or four of the program, and a `note` and a `help` where there are any.
const LINES: usize = 8;
const LINES_WITH_A_NOTE: usize = 10;

/// Messages in rustc's own words, which neither macro nor library can shorten: how they begin, up to how many lines, and why.
const BY_RUSTC: &[(&str, usize, &str)] = &[
    ("error[E0061]", 15, "shows the function, and the call with the argument that is missing"),
    (
        "error[E0277]: `",
        19,
        "shows the type that lacks a trait, and the program's own types that have it",
    ),
    (
        "error[E0080]: evaluation panicked: an odd number",
        11,
        "shows the `assert!` of the program's own function",
    ),
    (
        "error[E0080]: evaluation panicked: a factor is",
        11,
        "shows the `assert!` of the program's own constructor",
    ),
    ("error[E0277]: a row", 28, "shows every trait on the way from `fit` to the row"),
    ("error[E0308]", 17, "shows the function whose argument has another type, and the line mended"),
    ("error[E0425]", 16, "shows where the name is defined that was meant, and the line mended"),
    ("error[E0433]", 11, "shows the line mended"),
    ("error[E0560]", 11, "shows the line mended"),
    ("error[E0599]", 10, "shows the line mended"),
    ("error[E0609]", 10, "shows the line mended"),
    (
        "error: field",
        14,
        "shows where the weight would be read, and which attribute makes an error of the warning",
    ),
    ("error: unused variable", 11, "shows which attribute makes an error of the warning"),
    ("error: use of deprecated", 11, "shows which attribute makes an error of the warning"),
    ("error: value assigned", 12, "shows which attribute makes an error of the warning"),
    (
        "error: variable does",
        13,
        "shows the line mended, and which attribute makes an error of the warning",
    ),
    (
        "error: queries overflow",
        14,
        "types that contain each other have no end, and no check is ever reached",
    ),
];

/// Words that no user has written and nobody needs to know.
const PRIVATE: &[&str] = &[
    "Site",
    "LayerAt",
    "Inferred",
    "AtOf",
    "__keras",
    "__private",
    "__Facts",
    "__Root",
    "__Call",
    "__Predict",
    "_::__",
    "this error originates in",
    "Nightly",
];

/// What rustc says before anything of ours can speak, or lists of its own: layers that call each other, a type without a trait.
const ITS_OWN: &[&str] = &["error: queries overflow", "error[E0277]: `"];

/// What is wrong with the form of a message.
fn faults(case: &Case) -> Vec<String> {
    let mut faults = Vec::new();
    let told = case.told();
    if told.len() != case.errors {
        faults.push(format!("{} errors, {} are declared", told.len(), case.errors));
    }
    for error in told {
        let (headline, lines) = (error.lines().next().unwrap_or_default(), error.lines().count());
        let plain = if error.contains("note: ") { LINES_WITH_A_NOTE } else { LINES };
        let by_rustc = BY_RUSTC.iter().find(|(begin, ..)| headline.starts_with(begin));
        let limit = by_rustc.map_or(plain, |(_, limit, _)| *limit);
        if lines > limit {
            faults.push(format!("{lines} lines, at most {limit}: {headline}"));
        }
        let place =
            error.lines().find(|line| line.trim_start().starts_with("--> ")).unwrap_or_default();
        if !place.contains(&format!("--> fail/{}.rs:", case.name)) {
            faults.push(format!("it is not told at the user's tokens: {headline}"));
        }
        if !ITS_OWN.iter().any(|begin| headline.starts_with(begin)) {
            let said = PRIVATE.iter().filter(|word| error.contains(**word));
            faults.extend(said.map(|word| format!("it says `{word}`")));
        }
        if case.kind() == "shape" && shapes(error) < 2 {
            faults.push(format!("it does not name two shapes: {headline}"));
        }
    }
    faults
}

/// How many shapes or numbers a message names in its headline and notes.
fn shapes(error: &str) -> usize {
    let said = error.lines().take_while(|line| !line.trim_start().starts_with("-->"));
    let said: String = said.filter(|line| !line.contains("note: in the layer")).collect();
    let said = said.trim_start_matches("error[E0080]");
    let brackets = said.matches('[').count();
    let numbers = said.split(|c: char| !c.is_ascii_digit()).filter(|word| !word.is_empty()).count();
    brackets.max(numbers)
}

#[test]
fn every_message_has_the_form() {
    let cases = cases::all();
    assert!(cases.len() >= 110, "there are {} mistakes", cases.len());
    let faults: Vec<String> = cases
        .iter()
        .flat_map(|case| faults(case).into_iter().map(|fault| format!("{}: {fault}", case.name)))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// An exception that no message needs any more is one that hides the next.
#[test]
fn every_exception_is_needed() {
    let cases = cases::all();
    for (begin, limit, reason) in BY_RUSTC {
        let told = cases.iter().flat_map(Case::told).filter(|error| error.starts_with(begin));
        let longest = told.map(|error| error.lines().count()).max();
        assert_eq!(longest, Some(*limit), "`{begin}` {reason}");
    }
}
