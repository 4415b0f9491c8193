//! What rustc says about programs with one mistake each, and programs that must compile and run: among them the expansions
//! that keras-macros is tested against.
//!
//! A case is a file. `TRYBUILD=overwrite cargo test -p keras-tests --test compile` writes the `.stderr` of new ones; read the diff.

mod cases;
mod compared;
mod form;
mod page;

#[test]
fn compile() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("fail/*/*.rs");
    cases.pass("pass/*.rs");
    cases.pass("../keras-macros/expand/*.rs");
}

/// A message without its program is a case that silently stopped running.
#[test]
fn every_message_has_its_program() {
    let kinds = std::fs::read_dir("fail").expect("the folder of this package");
    let files = kinds.flat_map(|kind| std::fs::read_dir(kind.unwrap().path()).unwrap());
    for path in files.map(|file| file.unwrap().path()) {
        let program = path.with_extension("rs");
        assert!(program.exists(), "{} has no {}", path.display(), program.display());
    }
}
