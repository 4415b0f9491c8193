//! Says where the numbers of the nets are, and asks the linker for the layout of a firmware.

use std::path::Path;

fn main() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let project = here.ancestors().nth(3).expect("tests/firmware/nets is three folders down");
    println!("cargo::rustc-env=NETS={}", project.join("target/firmware/nets").display());
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("none") {
        println!("cargo::rustc-link-arg-bins=-Tfirmware.ld");
    }
}
