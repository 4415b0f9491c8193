//! The comparison with rivals quotes ours as rustc prints it.

use crate::cases;

#[test]
fn the_comparison_quotes_what_rustc_says() {
    let table = std::fs::read_to_string("../docs/errors-compared.md").expect("the page");
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| ---"))
        .skip(1)
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect();
    assert_eq!(rows.len(), 12);
    let cases = cases::all();
    for row in rows {
        let [.., ours, lines, _] = row[..] else { panic!("nine cells: {row:?}") };
        let (said, name) = ours.rsplit_once(" (").expect("a message and its test");
        let name = name.trim_matches(['`', ')']);
        let case = cases.iter().find(|case| case.name == name);
        let case = case.unwrap_or_else(|| panic!("there is no tests/fail/{name}.rs"));
        let said = said.trim_matches('`').trim();
        // A single quote of backticks may have been the message's own.
        assert!(case.message.contains(said), "{name} does not say: {said}");
        let told = case.told()[0].split("\nnote: the lint level").next().expect("a message");
        assert_eq!(lines.parse(), Ok(told.lines().count()), "lines of {name}");
    }
}
