//! Asks the linker for the layout of a firmware.

fn main() {
    println!("cargo::rustc-link-arg-bins=-Tfirmware.ld");
}
