//! What an editor knows of the names in `#[layer]` and `model!`, asked of rust-analyzer.
//!
//! `cargo test -p keras-tests --test editor`; it needs `rustup component add rust-analyzer rust-src`.

mod client;
mod session;

use session::{place, session};

const PROGRAM: &str = "use keras_core::prelude::*;

#[layer]
pub struct Scaled {
    pub units: usize,
    #[default(Relu)]
    pub activation: Activation,
}

#[layer]
impl Scaled {
    fn build(&self, x: Shape![n]) {
        self.kernel = weight([n, self.units], GlorotUniform);
        self.inner = Dense::new(8);
    }

    fn call(&self, x: Tensor![width]) -> Tensor![self.units] {
        let mut product = dot(x, self.kernel);
        for step in 0..3 {
            product = self.doubled(product) + x[step];
        }
        let half = width / 2;
        let wide = concat(self.inner(x), zeros([half]));
        self.activation(product + sum(wide))
    }

    fn doubled(&self, y: Tensor![..s]) -> Tensor![..s] {
        y + y
    }
}

#[layer]
fn shifted(z: Tensor![..s], by: usize) -> Tensor![..s] {
    z + by
}

const WIDTH: usize = 8;

model! {
    /// A model.
    pub struct Net {
        input picture: [WIDTH];
        variable rate = 0.5;
        let h = Dense::new(16).activation(Tanh)(picture);
        layer head = Scaled::new(2);
        let (left, right) = split(shifted(h, 3), 2);
        output scores = head(concat(left, right));
        target label: Label;
        loss rate * sparse_categorical_crossentropy(label, scores, from_logits = true);
        metric right_ones = sparse_categorical_accuracy(label, scores);
    }
}

fn main() {
    let net = Net::new(1);
    println!(\"{:?}\", net.predict(&[[0.5_f32; 8]; 2]));
}
";

/// A name where it is used, and where it is defined.
const NAMES: &[(&str, &str)] = &[
    // A layer: weights, layers in it, dims, values, loop variables, parameters, methods, fields.
    ("dot(x, self.‹kernel›)", "self.‹kernel› = weight"),
    ("self.‹inner›(x)", "self.‹inner› = Dense"),
    ("weight([‹n›, ", "Shape![‹n›]"),
    ("‹width› / 2", "Tensor![‹width›]"),
    ("zeros([‹half›])", "let ‹half› ="),
    ("‹product› + sum", "let mut ‹product› ="),
    ("x[‹step›]", "for ‹step› in"),
    ("dot(‹x›, ", "call(&self, ‹x›: "),
    ("self.‹doubled›(product)", "fn ‹doubled›("),
    ("Tensor![self.‹units›]", "pub ‹units›: usize"),
    ("self.‹activation›(product", "pub ‹activation›: Activation"),
    ("z + ‹by›", "‹by›: usize"),
    // A model: inputs, variables, values, layers, outputs, targets, the user's own layers and constants.
    ("(‹picture›)", "input ‹picture›:"),
    ("input picture: [‹WIDTH›]", "const ‹WIDTH›:"),
    ("loss ‹rate› *", "variable ‹rate› ="),
    ("shifted(‹h›, 3)", "let ‹h› ="),
    ("‹head›(concat", "layer ‹head› ="),
    ("concat(left, ‹right›)", "let (left, ‹right›)"),
    ("entropy(label, ‹scores›", "output ‹scores› ="),
    ("entropy(‹label›, ", "target ‹label›:"),
    ("layer head = ‹Scaled›::new", "struct ‹Scaled›"),
    ("split(‹shifted›(h", "fn ‹shifted›("),
    ("let net = ‹Net›::new", "pub struct ‹Net›"),
];

#[test]
fn a_name_leads_to_its_definition() {
    let mut session = session(PROGRAM);
    for (used, defined) in NAMES {
        let expected = session.place(defined);
        assert_eq!(session.definition(used), [expected], "{used}");
    }
}

#[test]
fn a_name_of_the_library_leads_there() {
    let mut session = session(PROGRAM);
    for (used, file, line) in [
        ("self.inner = ‹Dense›::new", "layers/dense.rs", "pub struct Dense {"),
        ("let h = ‹Dense›::new", "layers/dense.rs", "pub struct Dense {"),
        ("‹dot›(x, ", "linear/dot.rs", "pub struct dot {}"),
        ("head(‹concat›(", "layout/concat.rs", "pub struct concat {"),
        ("‹GlorotUniform›", "weights/init.rs", "pub const GlorotUniform"),
        (".‹activation›(Tanh)", "layers/dense.rs", "pub activation: Activation,"),
        ("(‹Tanh›)", "layers/activation.rs", "Tanh"),
    ] {
        let found = session.definitions(used);
        let [(path, (at, ..))] = &found[..] else { panic!("{used}: {found:?}") };
        let text = std::fs::read_to_string(path).unwrap();
        assert!(path.ends_with(file), "{used}: {found:?}");
        assert!(text.lines().nth(*at).unwrap().contains(line), "{used}: {found:?}");
    }
}

#[test]
fn a_name_has_its_references() {
    let mut session = session(PROGRAM);
    for places in [
        &["self.‹kernel› = weight", "dot(x, self.‹kernel›)"][..],
        &["Shape![‹n›]", "weight([‹n›, "],
        &["let ‹half› =", "zeros([‹half›])"],
        &[
            "let mut ‹product› =",
            "    ‹product› = self",
            "doubled(‹product›)",
            "self.activation(‹product› + sum",
        ],
        &["input ‹picture›:", "(‹picture›)"],
        &["layer ‹head› =", "= ‹head›(concat"],
        &["target ‹label›:", "entropy(‹label›, ", "accuracy(‹label›, "],
        &["output ‹scores› =", "entropy(label, ‹scores›", "accuracy(label, ‹scores›"],
        &["struct ‹Scaled›", "impl ‹Scaled›", "layer head = ‹Scaled›::new"],
        &["fn ‹shifted›(", "split(‹shifted›(h"],
        &["pub struct ‹Net›", "let net = ‹Net›::new"],
    ] {
        let expected: Vec<_> = places.iter().map(|piece| session.place(piece)).collect();
        for piece in places {
            assert_eq!(session.references(piece), expected, "{piece}");
        }
    }
}

#[test]
fn a_name_tells_what_it_is() {
    let mut session = session(PROGRAM);
    for (piece, expected) in [
        ("let h = ‹Dense›::new", "A fully connected layer"),
        ("layer head = ‹Scaled›::new", "pub struct Scaled"),
        ("‹dot›(x, ", "contracts the last axis of"),
        ("dot(x, self.‹kernel›)", "kernel: Weight"),
        ("self.‹inner›(x)", "inner: Dense"),
        ("weight([‹n›, ", "let n: usize"),
        ("‹product› + sum", "let mut product: Value"),
        ("= ‹head›(concat", "let head: Scaled"),
        ("shifted(‹h›, 3)", "let h: Value"),
        ("(‹picture›)", "let picture: Value"),
        ("loss ‹rate› *", "let rate: f64"),
        ("let net = ‹Net›::new", "A model."),
    ] {
        let found = session.hover(piece);
        assert!(found.contains(expected), "{piece}: {found}");
    }
}

#[test]
fn a_good_program_has_no_mistake() {
    let found = session(PROGRAM).diagnostics();
    assert_eq!(found, serde_json::json!([]));
}

#[test]
fn half_a_name_goes_on() {
    for (whole, half, expected) in [
        ("head(concat(left, right));", "head(concat(left, ‹rig›));", "right"),
        ("head(concat(left, right));", "head(‹pic›);", "picture"),
        ("= head(concat(left, right));", "= ‹conc›;", "concat"),
        ("= head(concat(left, right));", "= ‹hea›", "head"),
        ("head = Scaled::new(2);", "head = ‹Den›;", "Dense"),
        ("head = Scaled::new(2);", "head = ‹Scaled::›", "new"),
        ("head = Scaled::new(2);", "head = ‹Scaled::›;", "new"),
        ("(16).activation(Tanh)(picture);", "(16).‹act›;", "activation"),
        ("(16).activation(Tanh)(picture);", "‹(16).›", "activation"),
        ("dot(x, self.kernel)", "dot(x, ‹self.ker›)", "kernel"),
        ("dot(x, self.kernel)", "dot(x, ‹self.›)", "units"),
        ("half = width / 2;", "half = ‹wid›;", "width"),
        ("concat(self.inner(x), zeros([half]))", "‹fla›", "flatten"),
    ] {
        assert_eq!(PROGRAM.matches(whole).count(), 1, "{whole}");
        let plain = half.replace(['‹', '›'], "");
        let text = PROGRAM.replace(whole, &plain);
        let found = session(&text).completions(half);
        assert!(found.iter().any(|label| label == expected), "{half}: {found:?}");
    }
}

#[test]
fn a_mistake_hides_no_other_name() {
    for (whole, mistake) in [
        ("input picture: [WIDTH];", "input picture: [0];"),
        ("Scaled::new(2)", "Scaled::"),
        ("let h = Dense::new(16).activation(Tanh)(picture);", "let h = Dense::"),
        ("loss rate *", "loss rate +* "),
        ("metric right_ones", "metrik right_ones"),
        ("pub struct Net {", "Net {"),
    ] {
        assert_eq!(PROGRAM.matches(whole).count(), 1, "{whole}");
        let text = PROGRAM.replace(whole, mistake);
        let mut session = session(&text);
        let model = if text.contains("pub struct Net") {
            "pub struct ‹Net›"
        } else {
            "    ‹Net› {"
        };
        for (used, defined) in [
            ("let net = ‹Net›::new", model),
            ("= ‹head›(concat", "layer ‹head› ="),
            ("shifted(‹h›, 3)", "let ‹h› ="),
            ("accuracy(label, ‹scores›", "output ‹scores› ="),
        ] {
            assert_eq!(session.definition(used), [place(&text, defined)], "{mistake}: {used}");
        }
        assert!(session.hover("let ‹net› = Net").contains("let net: Model<Net>"), "{mistake}");
    }
}

#[test]
fn a_mistake_in_a_layer_hides_no_other_name() {
    for (whole, mistake) in [
        ("dot(x, self.kernel);", "dot(x, self.kernl);"),
        ("let half = width / 2;", "let half = while x {};"),
        ("y + y\n", "y + y;\n"),
    ] {
        assert_eq!(PROGRAM.matches(whole).count(), 1, "{whole}");
        let mut session = session(&PROGRAM.replace(whole, mistake));
        for (used, defined) in [
            ("self.‹inner›(x)", "self.‹inner› = Dense"),
            ("‹product› + sum", "let mut ‹product› ="),
            ("let net = ‹Net›::new", "pub struct ‹Net›"),
            ("layer head = ‹Scaled›::new", "struct ‹Scaled›"),
        ] {
            let expected = session.place(defined);
            assert_eq!(session.definition(used), [expected], "{mistake}: {used}");
        }
    }
}
