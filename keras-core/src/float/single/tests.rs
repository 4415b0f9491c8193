//! Every function against `f64`: accuracy over steps of the bit patterns, the ends, symmetry, rising.
//!
//! `cargo bench --bench math` looks at all bit patterns, and is where the limits come from: each is what was seen there,
//! rounded up.

use super::*;
use crate::float::double;
use std::println;

/// A function, what it is in `f64`, and by how many ulp it may differ.
struct Case {
    name: &'static str,
    f: fn(f32) -> f32,
    exact: fn(f64) -> f64,
    limit: f64,
}

const CASES: [Case; 14] = [
    Case { name: "exp", f: exp, exact: f64::exp, limit: 1.01 },
    Case { name: "exp_m1", f: exp_m1, exact: f64::exp_m1, limit: 1.7 },
    Case { name: "sigmoid", f: sigmoid, exact: double::sigmoid, limit: 1.8 },
    Case { name: "tanh", f: tanh, exact: f64::tanh, limit: 1.5 },
    Case { name: "ln", f: ln, exact: f64::ln, limit: 1.3 },
    Case { name: "ln_1p", f: ln_1p, exact: f64::ln_1p, limit: 1.5 },
    Case { name: "softplus", f: softplus, exact: double::softplus, limit: 1.8 },
    Case { name: "erf", f: erf, exact: double::erf, limit: 1.3 },
    Case { name: "sin", f: sin, exact: f64::sin, limit: 1.7 },
    Case { name: "cos", f: cos, exact: f64::cos, limit: 1.7 },
    Case { name: "sqrt", f: sqrt, exact: f64::sqrt, limit: 0.5 },
    Case { name: "1/sqrt", f: |x| sqrt(x).recip(), exact: |x| x.sqrt().recip(), limit: 1.5 },
    Case { name: "floor", f: floor, exact: f64::floor, limit: 0.0 },
    Case { name: "round", f: round, exact: f64::round_ties_even, limit: 0.0 },
];

/// How far `y` is from `exact`, in units of the last place there; infinite where one is NaN, infinite or 0 and the other not.
fn ulp(y: f32, exact: f64) -> f64 {
    let nearest = exact as f32;
    if y.is_nan() || exact.is_nan() {
        return if y.is_nan() && exact.is_nan() { 0.0 } else { f64::INFINITY };
    }
    // Of the results that have no neighbours on both sides also the sign counts.
    if y.to_bits() == nearest.to_bits() && (nearest.is_infinite() || nearest == 0.0) {
        return 0.0;
    }
    if exact.is_infinite() || exact == 0.0 {
        return f64::INFINITY;
    }
    // ∞ is as far away as if it were the number behind the last one. Subnormal numbers have the spacing of the smallest
    // normal ones.
    let value = |y: f32| if y.is_infinite() { 2f64.powi(128).copysign(y.into()) } else { y.into() };
    let place = nearest.abs().clamp(f32::MIN_POSITIVE, f32::MAX).to_bits() >> 23;
    (value(y) - exact).abs() / 2f64.powi(place as i32 - 150)
}

/// Every 997th bit pattern: both signs, all exponents, and all last bits.
fn numbers() -> impl Iterator<Item = f32> {
    (0..=u32::MAX).step_by(997).map(f32::from_bits)
}

#[test]
fn all_are_accurate() {
    for Case { name, f, exact, limit } in CASES {
        let errors = numbers().map(|x| (ulp(f(x), exact(x.into())), x));
        let (error, x) = errors.fold((0.0, 0.0), |a, b| if b.0 > a.0 { b } else { a });
        println!("{name}: {error} ulp at {x:e}");
        assert!(error <= limit, "{name}: {error} ulp at {x:e}");
    }
}

/// There a result is next to 0, and what was lost before counts.
#[test]
fn sine_and_cosine_are_accurate_next_to_quarter_turns() {
    let turns = (1..1 << 20).map(|k| (f64::from(k) * core::f64::consts::FRAC_PI_2) as f32);
    // And where what lies above multiples of 2⁻²⁴ once cancelled what lies below.
    for x in turns.chain([4.386_558e33]) {
        for (y, exact) in [(sin(x), f64::from(x).sin()), (cos(x), f64::from(x).cos())] {
            let error = ulp(y, exact);
            assert!(error <= 1.7, "{x:e}: {y:e}, {error} ulp from {exact:e}");
        }
    }
}

#[test]
fn powers_are_accurate() {
    let (mut worst, mut at) = (0.0, (0.0, 0.0));
    for (i, x) in (0..=u32::MAX).step_by(1999).map(f32::from_bits).enumerate() {
        // Exponents of all sizes, some for which the result is any number that there is, and a few that are special.
        let scale = 1.0 / x.abs().log2();
        let any = f32::from_bits((i as u32).wrapping_mul(0x9E37_79B9));
        let all = ((i % 997) as f32 / 997.0 * 278.0 - 150.0) * scale;
        for y in [any, all, 0.5, -3.0, 2.4] {
            let error = ulp(pow(x, y), f64::from(x).powf(y.into()));
            (worst, at) = if error > worst { (error, (x, y)) } else { (worst, at) };
        }
    }
    println!("pow: {worst} ulp at {at:?}");
    assert!(worst <= 1.4, "{worst} ulp at {at:?}");
}

#[test]
fn special_powers_are_those_of_ieee_754() {
    let tiny = f32::from_bits(1);
    let sizes = [0.0, tiny, 1e-40, 0.5, 0.99999994, 1.0, 1.0000001, 1.5, 2.0, 3.0, 8_388_607.0];
    let large = [16_777_215.0, 16_777_216.0, 1e10, 1e30, f32::MAX, f32::INFINITY, f32::NAN];
    let sizes = sizes.iter().chain(&large);
    let numbers = sizes.flat_map(|size| [*size, -*size]);
    for (x, y) in numbers.clone().flat_map(|x| numbers.clone().map(move |y| (x, y))) {
        let error = ulp(pow(x, y), f64::from(x).powf(y.into()));
        assert!(error <= 1.4, "{x:e} to {y:e} is {:e}: {error} ulp", pow(x, y));
    }
}

#[test]
fn the_ends_are_exact() {
    let (inf, tiny) = (f32::INFINITY, f32::from_bits(1));
    type Ends = (fn(f32) -> f32, [f32; 4]);
    let ends: [Ends; 12] = [
        // At −∞, −0, 0 and ∞.
        (exp, [0.0, 1.0, 1.0, inf]),
        (exp_m1, [-1.0, -0.0, 0.0, inf]),
        (sigmoid, [0.0, 0.5, 0.5, 1.0]),
        (tanh, [-1.0, -0.0, 0.0, 1.0]),
        (ln, [f32::NAN, -inf, -inf, inf]),
        (ln_1p, [f32::NAN, -0.0, 0.0, inf]),
        (erf, [-1.0, -0.0, 0.0, 1.0]),
        (sin, [f32::NAN, -0.0, 0.0, f32::NAN]),
        (cos, [f32::NAN, 1.0, 1.0, f32::NAN]),
        (sqrt, [f32::NAN, -0.0, 0.0, inf]),
        (floor, [-inf, -0.0, 0.0, inf]),
        (round, [-inf, -0.0, 0.0, inf]),
    ];
    for (i, (f, expected)) in ends.into_iter().enumerate() {
        let found = [-inf, -0.0, 0.0, inf].map(f);
        let same = |(a, b): (&f32, &f32)| a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan();
        assert!(found.iter().zip(&expected).all(same), "{i}: {found:?}, not {expected:?}");
        assert!(f(f32::NAN).is_nan() && f(-f32::NAN).is_nan(), "{i}");
    }
    assert_eq!([softplus(-inf), softplus(inf), ln(1.0), ln_1p(-1.0)], [0.0, inf, 0.0, -inf]);
    // Subnormal arguments and results are not flushed, and the first result beyond the numbers is ∞.
    assert_eq!([tanh(tiny), sin(tiny), exp_m1(-tiny), ln_1p(tiny)], [tiny, tiny, -tiny, tiny]);
    assert_eq!([exp(-103.0), sigmoid(-103.0)], [(-103f64).exp() as f32; 2]);
    assert_eq!([exp(88.8), exp_m1(88.8), exp(-104.0), softplus(1000.0)], [inf, inf, 0.0, 1000.0]);
}

#[test]
fn odd_functions_are_odd_and_even_ones_even() {
    for x in numbers().filter(|x| !x.is_nan()) {
        for f in [tanh, erf, sin, round] {
            let (a, b) = (f(-x), -f(x));
            assert!(a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan(), "{x}: {a} and {b}");
        }
        assert!(cos(x) == cos(-x) || x.is_infinite(), "{x}");
    }
}

#[test]
fn what_should_rise_never_falls() {
    // Small and large exponents are the least interesting: there neighbours are far apart, or the results the same.
    for x in numbers().filter(|x| x.is_finite()) {
        for f in [exp, exp_m1, sigmoid, tanh, floor, round] {
            assert!(f(x) <= f(x.next_up()), "{x}: {} and {}", f(x), f(x.next_up()));
        }
        if x > 0.0 {
            assert!(ln(x) <= ln(x.next_up()) && sqrt(x) <= sqrt(x.next_up()), "{x}");
        }
        assert!(x < -1.0 || ln_1p(x) <= ln_1p(x.next_up()), "{x}");
    }
}

#[test]
fn results_stay_in_their_range() {
    for x in numbers().filter(|x| !x.is_nan()) {
        assert!(tanh(x).abs() <= 1.0 && erf(x).abs() <= 1.0, "{x}");
        assert!((0.0..=1.0).contains(&sigmoid(x)) && softplus(x) >= x.max(0.0), "{x}");
        assert!(sin(x).abs() <= 1.0 && cos(x).abs() <= 1.0 || x.is_infinite(), "{x}");
    }
}

/// The bits are the same in the loops of the host's instruction sets.
#[cfg(feature = "std")]
#[test]
fn vectors_do_not_change_the_bits() {
    use crate::backend::{Backend, Native};
    use crate::elementwise::Nest;
    use crate::shape::{Dim, Inferred};

    const COUNT: usize = 1 << 16;
    let x: Vec<f32> =
        (0..COUNT as u32).map(|i| f32::from_bits(i.wrapping_mul(65_537 * 31))).collect();
    let shape = Inferred::shape(&[Dim::of(COUNT)]).unbatched();
    let nest = Nest::new(&shape, [&shape]);
    macro_rules! same {
        ($($f:ident),*) => {
            $(
                let mut y = vec![0.0; COUNT];
                Native::map(&nest, 1, &[], [&x], &mut y, #[inline(always)] |_: &[f32; 0], [x]| $f(x));
                for (x, y) in x.iter().zip(y) {
                    let one = $f(*x);
                    assert!(one.to_bits() == y.to_bits() || one.is_nan() && y.is_nan(), "{}({x})", stringify!($f));
                }
            )*
        };
    }
    let half = |x: f32| pow(x, 0.3 * x);
    same!(exp, exp_m1, sigmoid, tanh, ln, ln_1p, softplus, erf, sin, cos, sqrt, floor, round, half);
}
