//! Tells the linker where the layout of a firmware lies, and the memory of its board. A firmware asks for the layout by
//! `-Tfirmware.ld`.

fn main() {
    let variable = |name| std::env::var(name).expect("cargo sets it");
    let board = match variable("TARGET").as_str() {
        "thumbv6m-none-eabi" => "m0",
        "thumbv7em-none-eabihf" => "m4",
        "thumbv8m.main-none-eabihf" => "m55",
        "riscv32imc-unknown-none-elf" => "rv32",
        target => panic!("no board has a {target}"),
    };
    let link = variable("CARGO_MANIFEST_DIR") + "/link";
    println!("cargo::rustc-link-search={link}");
    println!("cargo::rustc-link-search={link}/{board}");
    println!("cargo::rerun-if-changed=link");
}
