//! [`Native`] against [`Reference`], over sizes of 1, odd sizes, and every pattern of broadcasting.

use super::{Backend, Gemm, Native, Reference};
use crate::elementwise::{Nest, Rows};
use crate::random::uniform;
use crate::shape::{Dim, Inferred};
use std::vec::Vec;

fn numbers(key: u64, len: usize) -> Vec<f32> {
    (0..len as u64).map(|i| uniform::<f32>(key, i) - 0.5).collect()
}

#[track_caller]
fn assert_close(what: &str, given: &[f32], wanted: &[f32]) {
    assert_eq!(given.len(), wanted.len());
    for (i, (a, b)) in given.iter().zip(wanted).enumerate() {
        assert!((a - b).abs() <= 1e-4 * b.abs().max(1.0), "{what}: [{i}] is {a}, expected {b}");
    }
}

type Kernel = fn(&Gemm, &[f32], &[f32], &mut [f32]);

/// Every kernel of matrix products that this machine can run.
fn kernels() -> Vec<Kernel> {
    #[cfg_attr(not(feature = "std"), allow(unused_mut, reason = "all others need `std`"))]
    let mut kernels: Vec<Kernel> = std::vec![Native::gemm, super::plain::product];
    #[cfg(all(feature = "std", target_arch = "x86_64"))]
    if super::simd::Avx2::detected().is_some() {
        kernels.push(|g, a, b, c| {
            let proof = super::simd::Avx2::detected().unwrap();
            // SAFETY: the proof says that the machine has what the kernel is compiled for.
            unsafe { super::simd::avx2(proof, |isa| super::tiles::product_with(isa, g, a, b, c)) }
        });
    }
    #[cfg(feature = "std")]
    kernels.push(super::large::sgemm);
    kernels
}

#[test]
fn products_agree() {
    let sizes = [1, 2, 3, 4, 7, 8, 10, 17, 32, 33, 70, 130, 200];
    for (m, k, n) in
        sizes.iter().flat_map(|m| sizes.iter().flat_map(move |k| sizes.map(|n| (*m, *k, n))))
    {
        if m * k * n > 400_000 {
            continue;
        }
        // Rows of `C` side by side, and with something between that must be left alone.
        let (a, b, c) = (numbers(1, m * k), numbers(2, k * n), numbers(3, m * (n + 3)));
        for (a_strides, b_strides, row) in [
            ((k, 1), (n, 1), n),
            ((1, m), (n, 1), n + 3),
            ((k, 1), (1, k), n + 3),
            ((1, m), (1, k), n),
        ] {
            for add in [false, true] {
                let product = Gemm { m, k, n, a: a_strides, b: b_strides, c: row, add };
                let mut wanted = c.clone();
                Reference::gemm(&product, &a, &b, &mut wanted);
                for kernel in kernels() {
                    let mut given = c.clone();
                    kernel(&product, &a, &b, &mut given);
                    assert_close(&std::format!("{product:?}"), &given, &wanted);
                }
            }
        }
    }
}

/// Windows along a row: the rows of `A` have numbers in common, and `B` is part of a wider matrix.
#[test]
fn products_of_windows_agree() {
    for (m, k, n) in [(1, 3, 2), (5, 9, 8), (6, 4, 17), (9, 12, 40)] {
        let product = Gemm { m, k, n, a: (2, 1), b: (n + 5, 1), c: n + 1, add: true };
        let (a, b) = (numbers(1, 2 * m + k), numbers(2, k * (n + 5)));
        let c = numbers(3, m * (n + 1));
        let mut wanted = c.clone();
        Reference::gemm(&product, &a, &b, &mut wanted);
        for kernel in kernels() {
            let mut given = c.clone();
            kernel(&product, &a, &b, &mut given);
            assert_close(&std::format!("{product:?}"), &given, &wanted);
        }
    }
}

/// What runs on a board sums in the order of the oracle, and an empty sum is the number that changes no sum.
#[test]
fn plain_products_have_the_bits_of_the_reference() {
    for (m, k, n) in [(1, 1, 1), (3, 7, 8), (5, 0, 3), (2, 33, 19)] {
        for (b, add) in [((n, 1), false), ((n, 1), true), ((1, k), false)] {
            let product = Gemm { m, k, n, a: (k, 1), b, c: n, add };
            let (a, b, mut given) = (numbers(1, m * k), numbers(2, k * n), numbers(3, m * n));
            let mut wanted = given.clone();
            Reference::gemm(&product, &a, &b, &mut wanted);
            super::plain::product(&product, &a, &b, &mut given);
            let bits = |x: &[f32]| x.iter().map(|x| x.to_bits()).collect::<Vec<u32>>();
            assert_eq!(bits(&given), bits(&wanted), "{product:?}");
            assert!(k > 0 || add || given.iter().all(|x| x.to_bits() == (-0.0f32).to_bits()));
        }
    }
}

#[test]
fn a_product_over_no_batch_is_zero() {
    let mut c = [1.0f32; 4];
    Native::gemm(
        &Gemm { m: 2, k: 0, n: 2, a: (1, 2), b: (2, 1), c: 2, add: false },
        &[],
        &[],
        &mut c,
    );
    assert_eq!(c, [0.0; 4]);
}

/// A value with these sizes; an axis of size 1 is one kept by a reduction.
fn value(sizes: &[usize], batched: bool) -> Inferred {
    let dims: Vec<Dim> =
        sizes.iter().map(|&n| if n == 1 { Dim::kept() } else { Dim::of(n) }).collect();
    Inferred::shape(&dims).batched(batched)
}

/// An output, and two operands that broadcast to it.
fn patterns() -> Vec<[Inferred; 3]> {
    let mut patterns = Vec::new();
    for (t, n) in [(1, 1), (3, 5), (5, 16), (2, 17), (7, 40), (1, 33)] {
        let full = value(&[t, n], true);
        for other in [&[][..], &[1], &[n], &[t, 1], &[1, n], &[1, 1], &[t, n]] {
            patterns.extend([true, false].map(|batched| [full, full, value(other, batched)]));
        }
        patterns.push([full, value(&[t, 1], false), value(&[n], true)]);
        patterns.push([value(&[t, n], false), value(&[n], false), value(&[t, 1], false)]);
        patterns.push([value(&[], true), value(&[], true), value(&[], false)]);
    }
    let deep = value(&[2, 3, 4, 5], true);
    patterns.push([deep, value(&[3, 1, 5], false), value(&[2, 1, 4, 1], true)]);
    patterns.push([deep, value(&[1, 3, 1, 5], true), deep]);
    patterns
}

fn total(value: &Inferred, batch: usize) -> usize {
    value.get().total(batch)
}

#[test]
fn maps_agree() {
    fn f<const C: usize>(c: &[f32; C], x: [f32; 2]) -> f32 {
        c[0] * x[0] + crate::math::exp(x[0] * x[1])
    }
    for (pattern, batch) in
        patterns().iter().flat_map(|pattern| [0, 1, 3, 32].map(|batch| (pattern, batch)))
    {
        let [y, a, b] = pattern;
        let nest = Nest::new(y, [a, b]);
        let (a, b) = (numbers(1, total(a, batch)), numbers(2, total(b, batch)));
        let mut given = numbers(3, total(y, batch));
        let mut wanted = given.clone();
        let mut plain = given.clone();
        super::lanes::map(&nest, batch, &[0.25], [&a, &b], &mut plain, f);
        Native::map(&nest, batch, &[0.25], [&a, &b], &mut given, f);
        Reference::map(&nest, batch, &[0.25], [&a, &b], &mut wanted, f);
        assert_eq!(plain, given, "the bits do not depend on the instruction set");
        assert_close(&std::format!("{nest:?} × {batch}"), &given, &wanted);
    }
}

#[test]
fn a_map_of_nothing_is_constant() {
    let nest = Nest::new(&value(&[5], true), []);
    let mut y = [0.0f32; 15];
    Native::map(&nest, 3, &[0.25], [], &mut y, |c, _| c[0]);
    assert_eq!(y, [0.25; 15]);
}

#[test]
fn maps_back_agree() {
    fn f(_: &[f32; 0], [a, b, dy]: [f32; 3]) -> [f32; 2] {
        [dy * b, dy * a]
    }
    for (pattern, batch) in
        patterns().iter().flat_map(|pattern| [0, 1, 3, 32].map(|batch| (pattern, batch)))
    {
        let [y, a, b] = pattern;
        let (nest, targets) = (Nest::new(y, [a, b, y]), Nest::new(y, [a, b]));
        let (na, nb) = (total(a, batch), total(b, batch));
        let (x0, x1, dy) = (numbers(1, na), numbers(2, nb), numbers(3, total(y, batch)));
        // Both targets, then one of them alone, each set and added to.
        for (asked, add) in [
            ([1, 1], [false; 2]),
            ([1, 1], [true; 2]),
            ([1, 0], [false; 2]),
            ([0, 1], [false, true]),
        ] {
            let (mut given0, mut given1) = (numbers(4, na * asked[0]), numbers(5, nb * asked[1]));
            let (mut wanted0, mut wanted1) = (given0.clone(), given1.clone());
            let x = [&x0[..], &x1, &dy];
            Native::map_vjp(&nest, &targets, batch, &[], x, [&mut given0, &mut given1], add, f);
            Reference::map_vjp(
                &nest,
                &targets,
                batch,
                &[],
                x,
                [&mut wanted0, &mut wanted1],
                add,
                f,
            );
            let what = std::format!("{targets:?} × {batch}, {asked:?}, {add:?}");
            assert_close(&what, &given0, &wanted0);
            assert_close(&what, &given1, &wanted1);
        }
    }
}

/// One target alone may have fewer axes than all operands.
#[test]
fn targets_need_not_split_as_operands_do() {
    let (y, kept) = (value(&[6, 5], true), value(&[6, 1], true));
    let (nest, targets) = (Nest::new(&y, [&kept, &y]), Nest::new(&y, [&y]));
    assert_ne!(nest.rank, targets.rank);
    let (scale, dy) = (numbers(1, 18), numbers(2, 90));
    let (mut given, mut wanted) = (std::vec![0.0; 90], std::vec![0.0; 90]);
    let f = |_: &[f32; 0], [scale, dy]: [f32; 2]| [scale * dy];
    Native::map_vjp(&nest, &targets, 3, &[], [&scale, &dy], [&mut given], [false], f);
    Reference::map_vjp(&nest, &targets, 3, &[], [&scale, &dy], [&mut wanted], [false], f);
    assert_close("kept", &given, &wanted);
}

#[test]
fn reductions_agree() {
    for (outer, middle, inner) in
        [(1, 1, 1), (3, 5, 1), (2, 16, 1), (4, 100, 1), (3, 5, 7), (1, 9, 40)]
    {
        let rows = Rows { outer, middle, inner };
        let x = numbers(1, outer * middle * inner);
        let (mut given, mut wanted) =
            (std::vec![9.0; outer * inner], std::vec![9.0; outer * inner]);
        Native::reduce(rows, 2.0, &x, &mut given, |a, b| a + b);
        Reference::reduce(rows, 2.0, &x, &mut wanted, |a, b| a + b);
        assert_close("sum", &given, &wanted);
        Native::reduce(rows, f32::NEG_INFINITY, &x, &mut given, f32::max);
        Reference::reduce(rows, f32::NEG_INFINITY, &x, &mut wanted, f32::max);
        assert_eq!(given, wanted);
    }
}
