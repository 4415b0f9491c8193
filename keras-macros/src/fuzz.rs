//! The macros on programs that nobody would write: they never panic, never hang, and give Rust items whatever they read.
//!
//! `cargo test` runs for some seconds; `KERAS_FUZZ_SECONDS=600 cargo test -p keras-macros fuzz` for as long as one likes.

mod corpus;
mod flat;

use std::io::{Write, stderr};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use proc_macro2::TokenStream;
use quote::quote;

use corpus::{Kind, Sample};
use flat::{Flat, Random, flatten, rebuild};

/// No expansion takes longer, also on a machine with other work, and however little was read.
const TIME: Duration = Duration::from_secs(5);
/// An expansion has so many tokens at most, and so many more for each that was read.
const OUTPUT: (usize, usize) = (20_000, 2_000);
/// How often shrinking tries.
const TRIES: usize = 2_000;

/// How long each of the tests goes on.
fn seconds() -> Duration {
    let given = std::env::var("KERAS_FUZZ_SECONDS").ok();
    let seconds = given.map(|text| text.parse().expect("KERAS_FUZZ_SECONDS is a number"));
    Duration::from_secs_f64(seconds.unwrap_or(12.0) / 3.0)
}

/// Ends the process where an expansion does not end, and says which.
struct Watch {
    _sender: Sender<()>,
}

impl Watch {
    fn over(kind: Kind, input: &TokenStream) -> Watch {
        let (sender, ended) = channel();
        let text = flat::text(&flatten(input));
        std::thread::spawn(move || {
            if ended.recv_timeout(4 * TIME) == Err(RecvTimeoutError::Timeout) {
                // Not `eprintln!`, which a test keeps until it ends.
                let _ = writeln!(stderr(), "no end of this {kind:?}:\n{text}");
                std::process::exit(1);
            }
        });
        Watch { _sender: sender }
    }
}

/// Why an input is a failure, if it is one.
fn fault(kind: Kind, input: &TokenStream) -> Option<String> {
    let _watch = Watch::over(kind, input);
    for editor in [false, true] {
        let begin = Instant::now();
        let expand = || match kind {
            Kind::Layer => crate::expand_layer(TokenStream::new(), input.clone(), editor),
            Kind::Model => crate::expand_model(input.clone(), editor),
        };
        let output = match catch_unwind(AssertUnwindSafe(expand)) {
            Ok(output) => output,
            Err(payload) => return Some(format!("a panic: {}", crate::guard::message(&*payload))),
        };
        if begin.elapsed() > TIME {
            return Some(format!("it took {:?}", begin.elapsed()));
        }
        let (read, written) = (flatten(input).len(), flatten(&output).len());
        if written > OUTPUT.0 + OUTPUT.1 * read {
            return Some(format!("{written} tokens of {read}"));
        }
        // What an editor is shown may be half a line.
        if !editor && let Err(error) = syn::parse2::<syn::File>(output.clone()) {
            return Some(format!("an expansion that is not Rust ({error}): {output}"));
        }
    }
    None
}

/// Fails with the smallest input that shows the same kind of fault.
fn judge(kind: Kind, tokens: &[Flat]) {
    let Some(why) = fault(kind, &rebuild(tokens)) else { return };
    let same = |tokens: &[Flat]| {
        fault(kind, &rebuild(tokens)).is_some_and(|found| found.get(..8) == why.get(..8))
    };
    let small = rebuild(&flat::shrunk(tokens, same, TRIES));
    let why = fault(kind, &small).unwrap_or(why);
    panic!("{why}\nof this {kind:?}:\n{small}");
}

/// Random inputs, each with a seed of its own, until the time is over.
fn run(make: impl Fn(&mut Random) -> (Kind, Vec<Flat>)) {
    let end = Instant::now() + seconds();
    let mut seed = 0;
    while Instant::now() < end {
        seed += 1;
        let (kind, tokens) = make(&mut Random::new(seed));
        judge(kind, &tokens);
    }
    assert!(seed > 20, "only {seed} inputs in {:?}", seconds());
}

#[test]
fn fuzz_samples_that_end_early() {
    let samples = corpus::samples();
    assert!(samples.len() > 200, "{} layers and models", samples.len());
    run(|random| {
        let Sample { kind, tokens } = random.one_of(&samples);
        (*kind, tokens[..random.below(tokens.len() + 1)].to_vec())
    });
}

#[test]
fn fuzz_samples_that_changed() {
    let samples = corpus::samples();
    run(|random| {
        let Sample { kind, tokens } = random.one_of(&samples);
        let mut tokens = tokens.clone();
        for _ in 0..=random.below(4) {
            let other = &random.one_of(&samples).tokens;
            flat::change(&mut tokens, other, random);
        }
        (*kind, tokens)
    });
}

#[test]
fn fuzz_words_in_any_order() {
    let words = flatten(&quote! {
        let mut = ; : , . + - * / == ! & x y z n s r#type self kernel build call training if else for t in 0 1 2.5 -1 .. ..= "text" 'c'
        input target variable layer output loss metric weight dot sum concat Dense::new(3) (x) [n] {} [0] s![..] Tensor![n]
        Tensor![..s] Label![n] Index![n; t] self.kernel self.inner(x) |x| match while loop return as f32 #[a] split(x, 2) tanh(x)
        fn pub struct impl => -> :: < > ? @ _ r#where true
    });
    let random_words = |random: &mut Random| -> TokenStream {
        let words: Vec<Flat> =
            (0..random.below(40)).map(|_| random.one_of(&words).clone()).collect();
        rebuild(&words)
    };
    run(|random| {
        let (a, b, c) = (random_words(random), random_words(random), random_words(random));
        match random.below(4) {
            0 => {
                (Kind::Model, flatten(&quote!(struct Net { input x: [4]; #a; output y = #b; #c; })))
            }
            1 => (Kind::Model, flatten(&quote!(pub struct Net { input x: [4]; #a }))),
            2 => (Kind::Layer, flatten(&quote!(fn f(x: Tensor![n], #a) -> Tensor![n] { #b; #c }))),
            _ => (
                Kind::Layer,
                flatten(
                    &quote!(impl L { fn build(&self, x: Shape![n]) { #a } fn call(&self, x: Tensor![n]) -> Tensor![n] { #b } fn m(&self) -> Tensor![] { #c } }),
                ),
            ),
        }
    });
}

/// Whatever is a name in Rust is one here.
#[test]
fn fuzz_raw_names() {
    let layer = quote! {
        impl L {
            fn build(&self, r#in: Shape![r#type]) { self.r#for = weight([r#type], Zeros); self.r#loop = Dense::new(3); }
            fn call(&self, r#in: Tensor![r#type]) -> Tensor![r#type] {
                let r#let = r#in + self.r#for;
                for r#while in 0..r#type { r#let = self.r#match(r#let); }
                self.r#loop(r#let)
            }
            fn r#match(&self, r#in: Tensor![..r#type]) -> Tensor![..r#type] { r#in }
        }
    };
    let function = quote!(
        fn r#fn(r#in: Tensor![r#type], r#let: usize) -> Tensor![r#let] {
            r#mod(r#in, r#as = 3)
        }
    );
    let model = quote! {
        struct r#struct {
            input r#in: [4];
            target r#type: Label;
            variable r#let = 0.5;
            layer r#loop = r#Dense::new(3);
            let r#where = r#loop(r#in);
            output r#fn = r#where + r#let + r#unknown;
            loss r#loop.r#match(r#fn, r#type);
            metric r#mod = r#type;
        }
    };
    for (kind, input) in [(Kind::Layer, layer), (Kind::Layer, function), (Kind::Model, model)] {
        judge(kind, &flatten(&input));
    }
}

/// What is deep is refused, not read until the stack is full.
#[test]
fn fuzz_depth() {
    let deep = |open: &str, close: &str| {
        [29, 60, 120, 250, 1_000, 10_000].map(|n| format!("{}x{}", open.repeat(n), close.repeat(n)))
    };
    let all = [
        deep("(", ")"),
        deep("tanh(", ")"),
        deep("{", "}"),
        deep("-", ""),
        deep("x + ", ""),
        deep("", ".m()"),
        deep("if n == 1 { x } else ", ""),
        deep("if training { ", " } else { x }"),
        deep("x = ", ""),
        deep("|x| ", ""),
        deep("", "[0]"),
        deep("", "(x)"),
        deep("let (", ",) = "),
        deep("Twice::new(", ")"),
        deep("", " as usize"),
    ];
    for text in all.iter().flatten() {
        // Deeper than the lexer goes: such a program has no tokens.
        let Ok(expr) = text.parse::<TokenStream>() else { continue };
        let layer = quote!(fn f(x: Tensor![n]) -> Tensor![n] { #expr });
        let model = quote!(struct Net { input x: [4]; output y = #expr; });
        for (kind, input) in [(Kind::Layer, layer), (Kind::Model, model)] {
            let why = fault(kind, &input);
            assert!(why.is_none(), "{why:?} of {kind:?} {}…", text.get(..60).unwrap_or(text));
        }
    }
}

/// Methods are written out where they are called: not without a limit.
#[test]
fn fuzz_methods_that_call_two_methods() {
    let methods = (0..40_usize).map(|i| {
        let (name, next) = (quote::format_ident!("m{i}"), quote::format_ident!("m{}", i + 1));
        quote!(fn #name(&self, x: Tensor![n]) -> Tensor![n] { self.#next(x) + self.#next(x) })
    });
    let input = quote! {
        impl L {
            fn call(&self, x: Tensor![n]) -> Tensor![n] { self.m0(x) }
            #(#methods)*
            fn m40(&self, x: Tensor![n]) -> Tensor![n] { x }
        }
    };
    let why = fault(Kind::Layer, &input);
    assert!(why.is_none(), "{}", why.unwrap_or_default());
}
