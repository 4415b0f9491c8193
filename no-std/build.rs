//! On a host the program is started by the C runtime, and copies memory with its functions.

fn main() {
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("none") {
        println!("cargo::rustc-link-arg-bins=-lc");
    }
}
