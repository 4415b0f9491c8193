//! How long a model takes to compile: a stack of Dense layers, in a crate of its own.
//!
//! ```text
//! cargo bench --bench build             # 5, 20 and 80 layers, and the examples
//! cargo bench --bench build -- 80       # this many layers, which repeat eight widths
//! cargo bench --bench build -- 80 different # and no two alike
//! cargo bench --bench build -- 5 fit    # the program fits, saves and loads the model, too; with any number
//! cargo bench --bench build -- examples # the examples alone
//! ```
//!
//! A row is a line of JSON:
//! `{"peer":"keras-core","layers":80,"different":false,"fit":false,"check_s":…,"recheck_s":…,"release_s":…,"binary_kb":…,"expanded_lines":…,"llvm_lines":…}`:
//! seconds of
//! `cargo check`, of `cargo check` again after an edit of one layer, and of `cargo build --release` after an edit (each the best
//! of three), with all dependencies built; the size of the program, which trains the model and asks it; and the lines
//! that the macros make of it and that it becomes in optimised LLVM IR.
//! The row of the examples has `{"examples":…,"check_s":…}`: how many they are, and the seconds to check all of them.
//! The wall clock counts, cargo's own start included; with 80 layers a check and a check after an edit should take less than 1 s
//! each and a release build less than 5 s, and 80 layers should take no more than four times what 20 take.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Instant, SystemTime};

use keras_benches::asked;

/// What the program does besides where it is to `fit`.
const FIT: &str = r#"
    net.fit(StackData { x: &x, label: &label }, Fit::new().epochs(3)).expect("it trains");
    net.save("stack.safetensors").expect("a file");
    net.load("stack.safetensors").expect("the same file");
    println!("{:?}", net.evaluate(StackData { x: &x, label: &label }));"#;

/// A program with a model of this many Dense layers, of eight widths or all `different`; the units of layer `edit` differ.
fn source(layers: usize, different: bool, edit: usize) -> String {
    let fit = if asked_for("fit") { FIT } else { "" };
    let widths = if different { layers } else { 8 };
    let mut body = String::from("let h0 = Dense::new(32).activation(Relu)(x);\n");
    for i in 1..layers - 1 {
        let units = 16 + i % widths + usize::from(i == edit);
        writeln!(body, "        let h{i} = Dense::new({units}).activation(Relu)(h{});", i - 1)
            .expect("a string takes everything");
    }
    let last = layers - 2;
    format!(
        r#"use keras_core::prelude::*;

model! {{
    /// A stack.
    pub struct Stack {{
        input x: [16];
        {body}        output y = Dense::new(10)(h{last});
        target label: Label;
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
    }}
}}

fn main() {{
    let (x, label) = ([[0.5f32; 16]; 32], [3; 32]);
    let mut net = Stack::new(1);
    let logs = net.train_on_batch(StackData {{ x: &x, label: &label }}).expect("a step");{fit}
    println!("{{logs}} {{:?}}", net.infer(&x[0], &mut Stack::arena()));
}}
"#
    )
}

/// A crate in the target directory that depends on the library as a user's does.
struct Package {
    root: PathBuf,
    layers: usize,
    different: bool,
}

impl Package {
    fn new(layers: usize) -> Self {
        let library = Path::new(env!("CARGO_MANIFEST_DIR")).join("../keras-core");
        // Below `target`, wherever that is: this program is in `target/release/deps`.
        let program = std::env::current_exe().expect("a program has a path");
        let target = program.ancestors().nth(3).expect("a bench is in target/release/deps");
        let root = target.join("build-bench");
        let different = asked_for("different");
        fs::create_dir_all(root.join("src")).expect("a directory below target");
        let manifest = format!(
            "[package]\nname = \"stack\"\nedition = \"2024\"\n\n[dependencies]\nkeras-core = {{ path = {library:?} }}\n\n[workspace]\n"
        );
        fs::write(root.join("Cargo.toml"), manifest).expect("a file below target");
        Package { root, layers, different }
    }

    /// Writes the program.
    fn write(&self, edit: usize) {
        let source = source(self.layers, self.different, edit);
        fs::write(self.root.join("src/main.rs"), source).expect("a file below target");
    }

    /// Seconds of `cargo` with these arguments.
    fn cargo(&self, args: &[&str]) -> f64 {
        let start = Instant::now();
        let mut cargo = Command::new(env!("CARGO"));
        let output = cargo
            .args(args)
            .current_dir(&self.root)
            .env("CARGO_NET_OFFLINE", "true")
            .env("CARGO_TARGET_DIR", self.root.join("target"))
            .output();
        let output = output.expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        start.elapsed().as_secs_f64()
    }

    /// Seconds of `cargo` with these arguments after the model was edited: the best of three edits, each of another layer.
    fn best(&self, args: &[&str], edits: [usize; 3]) -> f64 {
        let timed = edits.map(|edit| {
            self.write(edit);
            self.cargo(args)
        });
        least(timed)
    }
}

/// Whether this word is an argument.
fn asked_for(word: &str) -> bool {
    std::env::args().any(|arg| arg == word)
}

fn least(seconds: [f64; 3]) -> f64 {
    seconds.into_iter().fold(f64::INFINITY, f64::min)
}

/// How many lines of LLVM IR rustc writes of the program, optimised.
fn lines(package: &Package) -> usize {
    let folder = package.root.join("target/release/deps");
    let written = || {
        let files = fs::read_dir(&folder).expect("a build was made");
        let files = files.map(|file| file.expect("a file").path());
        files.filter(|file| file.extension().is_some_and(|ending| ending == "ll"))
    };
    for file in written() {
        fs::remove_file(file).expect("a file below target");
    }
    package.write(4);
    package.cargo(&["rustc", "--release", "--", "--emit=llvm-ir"]);
    let texts = written().map(|file| fs::read(file).expect("a text"));
    texts.map(|text| text.iter().filter(|byte| **byte == b'\n').count()).sum()
}

/// How many lines the macros make of the program. Only a nightly rustc prints them, or one that is told to be one for this.
fn expanded(package: &Package) -> usize {
    let args = ["rustc", "--profile", "check", "--", "-Zunpretty=expanded"];
    let mut cargo = Command::new(env!("CARGO"));
    let cargo = cargo.args(args).current_dir(&package.root).env("CARGO_NET_OFFLINE", "true");
    let cargo = cargo.env("RUSTC_BOOTSTRAP", "1");
    let output = cargo.env("CARGO_TARGET_DIR", package.root.join("target/expanded")).output();
    let output = output.expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout.iter().filter(|byte| **byte == b'\n').count()
}

/// The row of the examples: what a reader of them waits for.
fn examples() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let all = fs::read_dir(&folder).expect("the folder of the examples");
    let all = all.map(|file| file.expect("a file").path());
    let programs: Vec<PathBuf> = all
        .filter(|file| file.extension().is_some_and(|e| e == "rs") && !file.ends_with("lib.rs"))
        .collect();
    let check = || {
        let start = Instant::now();
        let mut cargo = Command::new(env!("CARGO"));
        let cargo = cargo.args(["check", "--offline", "-p", "keras-examples", "--examples"]);
        let output = cargo.current_dir(&folder).output().expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        start.elapsed().as_secs_f64()
    };
    check();
    for program in &programs {
        let file = fs::File::options().append(true).open(program).expect("an example");
        file.set_modified(SystemTime::now()).expect("a time that can be set");
    }
    println!(r#"{{"peer":"keras-core","examples":{},"check_s":{:.2}}}"#, programs.len(), check());
}

fn main() {
    if asked("examples") {
        examples();
    }
    for layers in [5, 20, 80].into_iter().filter(|layers| asked(&layers.to_string())) {
        let package = Package::new(layers);
        package.write(0);
        // The dependencies too, and nothing of the program itself is left for the incremental compiler.
        package.cargo(&["check"]);
        package.cargo(&["build", "--release"]);
        let check = least([(); 3].map(|()| {
            package.cargo(&["clean", "--package", "stack"]);
            package.cargo(&["check"])
        }));
        let recheck = package.best(&["check"], [1, 2, 3]);
        let release = package.best(&["build", "--release"], [1, 2, 3]);
        let program = fs::metadata(package.root.join("target/release/stack"));
        let kb = program.expect("it was built").len() / 1024;
        let (expanded, llvm) = (expanded(&package), lines(&package));
        println!(
            r#"{{"peer":"keras-core","layers":{layers},"different":{},"fit":{},"check_s":{check:.2},"recheck_s":{recheck:.2},"release_s":{release:.2},"binary_kb":{kb},"expanded_lines":{expanded},"llvm_lines":{llvm}}}"#,
            package.different,
            asked_for("fit")
        );
    }
}
