//! Tells the source what it cannot ask itself: whether the opt-level asks for small code, as `s` and `z` do, and whether the
//! target computes floats by functions.

use std::env::var;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(optimize_for_size)");
    if var("OPT_LEVEL").is_ok_and(|level| matches!(level.as_str(), "s" | "z")) {
        println!("cargo::rustc-cfg=optimize_for_size");
    }
    println!("cargo::rustc-check-cfg=cfg(soft_float)");
    if is_soft_float() {
        println!("cargo::rustc-cfg=soft_float");
    }
}

fn is_soft_float() -> bool {
    let is = |name: &str, value: &str| var(name).is_ok_and(|found| found == value);
    let features = var("CARGO_CFG_TARGET_FEATURE").unwrap_or_default();
    let has = |feature: &str| features.split(',').any(|found| found == feature);
    (is("CARGO_CFG_TARGET_ARCH", "arm") && is("CARGO_CFG_TARGET_ABI", "eabi"))
        || (is("CARGO_CFG_TARGET_ARCH", "riscv32") && !has("f"))
}
