//! The functions of `f32`, over all 2³² bit patterns and beside libm and `std`: one JSON line a function.
//!
//! `cargo bench --bench math`, or `cargo bench --bench math -- exp` for one of them. What is in a line:
//!
//! * `max_ulp`, `at`: the largest error in units of the last place, against `f64`, and where. Subnormal results have the
//!   spacing of subnormal numbers.
//! * `mean_ulp`: over all numbers whose result is one, too.
//! * `wrong`: results that are NaN, infinite or a zero of some sign where the exact one is not that.
//! * `falls`: neighbours of which the larger has the smaller result; for functions that rise.
//! * `ns`: of one number, in a slice, with the best instruction set of this machine; `by_libm`, `by_std`: the ratio to loops
//!   over the libm crate's and `std`'s functions. Medians.

use std::hint::black_box;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use keras_benches::{asked, time};
use keras_core::backend::{Backend, Native};
use keras_core::elementwise::Nest;
use keras_core::math;
use keras_core::shape::{Dim, Inferred};

/// What was seen of a function.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    max: f64,
    at: f32,
    sum: f64,
    count: u64,
    wrong: u64,
    falls: u64,
}

impl Seen {
    fn and(self, other: Seen) -> Seen {
        let worst = if other.max > self.max { other } else { self };
        Seen {
            max: worst.max,
            at: worst.at,
            sum: self.sum + other.sum,
            count: self.count + other.count,
            wrong: self.wrong + other.wrong,
            falls: self.falls + other.falls,
        }
    }

    fn look(&mut self, x: f32, y: f32, exact: f64) {
        match ulp(y, exact) {
            Some(error) => {
                self.count += u64::from(exact.is_finite());
                self.sum += error;
                if error > self.max {
                    (self.max, self.at) = (error, x);
                }
            }
            None => self.wrong += 1,
        }
    }
}

/// How far `y` is from the exact value, in units of the last place there; `None` where one of them is special.
fn ulp(y: f32, exact: f64) -> Option<f64> {
    let nearest = exact as f32;
    if exact.is_nan() || exact.is_infinite() || exact == 0.0 {
        let same = y.to_bits() == nearest.to_bits() || y.is_nan() && exact.is_nan();
        return same.then_some(0.0);
    }
    if y.is_nan() || nearest.is_infinite() && y == nearest {
        return (!y.is_nan()).then_some(0.0);
    }
    // ∞ is as far away as if it were the number behind the last one.
    let value = if y.is_infinite() { 2f64.powi(128).copysign(y.into()) } else { y.into() };
    let place = nearest.abs().clamp(f32::MIN_POSITIVE, f32::MAX).to_bits() >> 23;
    // 2^(place − 150).
    let unit = f64::from_bits(u64::from(place + 1023 - 150) << 52);
    Some((value - exact).abs() / unit)
}

/// Looks at all bit patterns, on all cores.
fn all(f: impl Fn(f32) -> f32 + Sync, exact: impl Fn(f64) -> f64 + Sync, rises: bool) -> Seen {
    const CHUNK: u64 = 1 << 20;
    let next = AtomicU64::new(0);
    let work = || {
        let mut seen = Seen::default();
        loop {
            let start = next.fetch_add(CHUNK, Relaxed);
            if start >= 1 << 32 {
                return seen;
            }
            seen = seen.and(some(start..start + CHUNK, &f, &exact, rises));
        }
    };
    std::thread::scope(|scope| {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        let seen = threads.into_iter().map(|thread| thread.join().expect("it does not panic"));
        seen.fold(Seen::default(), Seen::and)
    })
}

/// Looks at a range of bit patterns, all of one sign.
fn some(
    range: Range<u64>,
    f: impl Fn(f32) -> f32,
    exact: impl Fn(f64) -> f64,
    rises: bool,
) -> Seen {
    let mut seen = Seen::default();
    // The number before the first, so that no pair of neighbours is left out; of the first of a sign it is NaN.
    let mut last = f(f32::from_bits((range.start as u32).wrapping_sub(1)));
    for bits in range {
        let x = f32::from_bits(bits as u32);
        let y = f(x);
        seen.look(x, y, exact(x.into()));
        let (low, high) = if x.is_sign_negative() { (y, last) } else { (last, y) };
        seen.falls += u64::from(rises && low > high);
        last = y;
    }
    seen
}

/// Numbers from a range, evenly spread, in no order.
fn numbers(range: Range<f32>) -> Vec<f32> {
    let share = |i: u32| i.wrapping_mul(0x9E37_79B9) as f32 / 4_294_967_296.0;
    (0..4096).map(|i| range.start + share(i) * (range.end - range.start)).collect()
}

/// Nanoseconds a number of the fast backend's loop.
fn own(x: &[f32], f: impl Fn(f32) -> f32) -> f64 {
    let shape = Inferred::shape(&[Dim::of(x.len())]).unbatched();
    let nest = Nest::new(&shape, [&shape]);
    let mut y = vec![0.0; x.len()];
    let timing = time(|| {
        Native::map(
            &nest,
            1,
            &[],
            [black_box(x)],
            &mut y,
            #[inline(always)]
            |_: &[f32; 0], [x]| f(x),
        );
        black_box(&y);
    });
    timing.median * 1e3 / x.len() as f64
}

/// Nanoseconds a number of a plain loop.
fn plain(x: &[f32], f: impl Fn(f32) -> f32) -> f64 {
    let mut y = vec![0.0; x.len()];
    let timing = time(|| {
        y.iter_mut().zip(black_box(x)).for_each(|(y, x)| *y = f(*x));
        black_box(&y);
    });
    timing.median * 1e3 / x.len() as f64
}

/// One row a function: where it is timed, whether it rises, ours, the exact one, libm's and `std`'s.
macro_rules! rows {
    ($($name:literal $range:expr, $rises:literal: $own:expr, $exact:expr, $libm:expr, $std:expr;)*) => {
        $(if asked($name) {
            let seen = all($own, $exact, $rises);
            let x = numbers($range);
            let ns = own(&x, #[inline(always)] |x| $own(x));
            print($name, &seen, $rises, ns, [plain(&x, $libm), plain(&x, $std)]);
        })*
    };
}

fn print(name: &str, seen: &Seen, rises: bool, ns: f64, others: [f64; 2]) {
    let Seen { max, at, sum, count, wrong, falls } = seen;
    let falls = if rises { format!(r#", "falls": {falls}"#) } else { String::new() };
    println!(
        r#"{{"name": "{name}", "max_ulp": {max:.4}, "at": "{at:e}", "mean_ulp": {:.4}, "wrong": {wrong}{falls}, "ns": {ns:.3}, "by_libm": {:.3}, "by_std": {:.3}}}"#,
        sum / *count as f64,
        ns / others[0],
        ns / others[1],
    );
}

fn main() {
    rows! {
        "exp" -8.0..8.0, true: math::exp, f64::exp, libm::expf, f32::exp;
        "exp_m1" -8.0..8.0, true: math::exp_m1, f64::exp_m1, libm::expm1f, f32::exp_m1;
        "ln" 0.0..8.0, true: math::ln, f64::ln, libm::logf, f32::ln;
        "ln_1p" 0.0..8.0, true: math::ln_1p, f64::ln_1p, libm::log1pf, f32::ln_1p;
        "tanh" -4.0..4.0, true: math::tanh, f64::tanh, libm::tanhf, f32::tanh;
        "sigmoid" -8.0..8.0, true: math::sigmoid, |x| 1.0 / (1.0 + (-x).exp()),
            |x| 1.0 / (1.0 + libm::expf(-x)), |x| 1.0 / (1.0 + (-x).exp());
        "softplus" -8.0..8.0, true: math::softplus, |x| above(x) + (-x.abs()).exp().ln_1p(),
            |x: f32| x.max(0.0) + libm::log1pf(libm::expf(-x.abs())),
            |x: f32| x.max(0.0) + (-x.abs()).exp().ln_1p();
        // `std` has none on stable.
        "erf" -4.0..4.0, true: math::erf, libm::erf, libm::erff, libm::erff;
        "sin" -8.0..8.0, false: math::sin, f64::sin, libm::sinf, f32::sin;
        "cos" -8.0..8.0, false: math::cos, f64::cos, libm::cosf, f32::cos;
        "sqrt" 0.0..8.0, true: math::sqrt, f64::sqrt, libm::sqrtf, f32::sqrt;
        "rsqrt" 0.0..8.0, false: math::rsqrt, |x| 1.0 / x.sqrt(), |x| 1.0 / libm::sqrtf(x), |x: f32| 1.0 / x.sqrt();
        "floor" -8.0..8.0, true: math::floor, f64::floor, libm::floorf, f32::floor;
        "round" -8.0..8.0, true: math::round, f64::round_ties_even, libm::rintf, f32::round_ties_even;
        "pow(x,2.4)" 0.0..8.0, false: |x| math::pow(x, 2.4f32), power_to(2.4), |x| libm::powf(x, 2.4), |x| x.powf(2.4);
        "pow(x,-0.75)" 0.0..8.0, false: |x| math::pow(x, -0.75f32), power_to(-0.75), |x| libm::powf(x, -0.75), |x| x.powf(-0.75);
        "pow(x,7)" 0.0..8.0, false: |x| math::pow(x, 7.0f32), power_to(7.0), |x| libm::powf(x, 7.0), |x| x.powf(7.0);
        "pow(0.3,x)" -8.0..8.0, false: |x| math::pow(0.3, x), power_of(0.3), |x| libm::powf(0.3, x), |x| 0.3f32.powf(x);
        "pow(10,x)" -8.0..8.0, false: |x| math::pow(10.0, x), power_of(10.0), |x| libm::powf(10.0, x), |x| 10f32.powf(x);
        "pow(1.000001,x)" -8.0..8.0, false: |x| math::pow(1.000_001, x), power_of(1.000_001),
            |x| libm::powf(1.000_001, x), |x| 1.000_001f32.powf(x);
        "pow(x,y)" 0.0..8.0, false: |x| math::pow(x, other(x)), |x| x.powf(other(x as f32).into()),
            |x| libm::powf(x, other(x)), |x: f32| x.powf(other(x));
    }
}

/// `max(x, 0)`, NaN where `x` is.
fn above(x: f64) -> f64 {
    if x < 0.0 { 0.0 } else { x }
}

fn power_to(y: f32) -> impl Fn(f64) -> f64 + Sync {
    move |x| x.powf(y.into())
}

fn power_of(x: f32) -> impl Fn(f64) -> f64 + Sync {
    move |y| f64::from(x).powf(y)
}

/// An exponent that depends on `x` by chance, such that `x` to it may be any number: its logarithm is from −152 to 130.
fn other(x: f32) -> f32 {
    let chance = x.to_bits().wrapping_mul(0x9E37_79B9) as f32 / 4_294_967_296.0;
    let y = (chance * 282.0 - 152.0) / x.abs().log2();
    if x < 0.0 { y.round() } else { y }
}
