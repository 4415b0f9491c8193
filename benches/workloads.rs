//! The speed of a training step and of `infer`, on one thread.
//!
//! ```text
//! cargo bench --bench workloads              # all rows
//! cargo bench --bench workloads -- T2 I1     # these
//! ```
//!
//! A row is a line of JSON: `{"peer":"keras-core","work":"T1","threads":1,"median_us":…,"min_us":…,"n":…}`, in microseconds of one
//! step (`T`) or call (`I`), the median and the best of `n` samples. On a machine with other work the best is the number to read.
//!
//! A step is forward, loss, backward and an Adam update (rate 0.001) on one batch of fixed random numbers, checked and laid out
//! before the clock starts. `infer` is one example in the caller's arena.
//!
//! | row | what | batch |
//! | --- | --- | ---: |
//! | T1 | Dense 64 → 32 relu → 10, cross-entropy of labels from logits | 32 |
//! | T2 | Dense 784 → 512 relu → 512 relu → 10, the same loss | 128 |
//! | T3 | Dense 784 → 512 relu → 2 (features) → 10, the same loss and half the squared distance to the centre of the class | 128 |
//! | I1 | `infer` of T1's net | 1 |
//! | I2 | `infer` of T2's net | 1 |

use keras_benches::{Timing, asked, time};
use keras_core::prelude::*;
use keras_core::random::uniform;

/// The centres of the classes, a row each, and the distance to them: the article's centre loss.
pub struct Centers {
    /// How many there are.
    pub classes: usize,
}

#[layer]
impl Centers {
    fn build(&self, f: Shape![n], _label: Label![]) {
        self.centers = weight([self.classes, n], GlorotUniform);
    }

    fn call(&self, f: Tensor![n], label: Label![]) -> Tensor![] {
        sum(square(gather(self.centers, label) - f), axis = -1)
    }
}

model! {
    /// T1 and I1.
    pub struct Small {
        input x: [64];
        let h = Dense::new(32).activation(Relu)(x);
        output y = Dense::new(10)(h);
        target label: Label;
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
    }
}

model! {
    /// T2 and I2.
    pub struct Large {
        input x: [784];
        let a = Dense::new(512).activation(Relu)(x);
        let b = Dense::new(512).activation(Relu)(a);
        output y = Dense::new(10)(b);
        target label: Label;
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
    }
}

model! {
    /// T3.
    pub struct Centered {
        input x: [784];
        let h = Dense::new(512).activation(Relu)(x);
        let f = Dense::new(2)(h);
        output y = Dense::new(10)(f);
        target label: Label;
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
        loss 0.5 * Centers { classes: 10 }(f, label);
    }
}

/// `rows` examples of uniform numbers, and labels below 10.
fn examples<const LEN: usize>(rows: u64) -> (Vec<[f32; LEN]>, Vec<u32>) {
    let x = (0..rows).map(|row| core::array::from_fn(|i| uniform(row, i as u64))).collect();
    let label = (0..rows).map(|row| (uniform::<f32>(rows, row) * 10.0) as u32).collect();
    (x, label)
}

/// Times a step on `rows` examples.
macro_rules! train {
    ($net:ident, $data:ident, $rows:expr) => {{
        let (x, label) = examples($rows);
        let mut net = $net::new(1);
        let mut steps = net.steps($data { x: &x, label: &label }).expect("the data fits");
        let first = steps.step().expect("a finite loss");
        let timing = time(|| steps.step().expect("a finite loss"));
        let last = steps.step().expect("a finite loss");
        assert!(last < first, "training does not learn: the loss went from {first} to {last}");
        timing
    }};
}

/// Times `infer` of one example.
macro_rules! infer {
    ($net:ident) => {{
        let (net, mut arena) = ($net::new(1), $net::arena());
        let (x, _) = examples(1);
        time(|| net.infer(std::hint::black_box(&x[0]), &mut arena)[0])
    }};
}

/// A workload's name, and what measures it.
type Row = (&'static str, fn() -> Timing);

fn main() {
    let rows: [Row; 5] = [
        ("T1", || train!(Small, SmallData, 32)),
        ("T2", || train!(Large, LargeData, 128)),
        ("T3", || train!(Centered, CenteredData, 128)),
        ("I1", || infer!(Small)),
        ("I2", || infer!(Large)),
    ];
    for (work, run) in rows.into_iter().filter(|(work, _)| asked(work)) {
        let Timing { median, min, n } = run();
        println!(
            r#"{{"peer":"keras-core","work":"{work}","threads":1,"median_us":{median:.3},"min_us":{min:.3},"n":{n}}}"#
        );
    }
}
