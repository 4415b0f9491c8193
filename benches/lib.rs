//! What the benches share: which rows are asked for, and how one is timed.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Whether the arguments ask for the row `name`: they name it, or they name none.
pub fn asked(name: &str) -> bool {
    // Cargo itself passes `--bench`.
    let mut names = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).peekable();
    names.peek().is_none() || names.any(|arg| arg == name)
}

/// Microseconds of one call, over many short samples.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// The middle sample.
    pub median: f64,
    /// The best sample: what the machine does when nobody disturbs it.
    pub min: f64,
    /// The samples.
    pub n: usize,
}

/// Times `f` for about a second and a half. A sample is as many calls as take 100 µs, so that reading the clock does not count.
pub fn time<T>(mut f: impl FnMut() -> T) -> Timing {
    let mut sample = |calls: usize| {
        let start = Instant::now();
        (0..calls).for_each(|_| drop(black_box(f())));
        start.elapsed()
    };
    sample(3);
    let mut calls = 1;
    while sample(calls) < Duration::from_micros(100) {
        calls *= 2;
    }
    let (start, mut samples) = (Instant::now(), Vec::new());
    while samples.len() < 15 || start.elapsed() < Duration::from_millis(1500) {
        samples.push(sample(calls).as_secs_f64() * 1e6 / calls as f64);
    }
    samples.sort_by(f64::total_cmp);
    Timing { median: samples[samples.len() / 2], min: samples[0], n: samples.len() }
}
