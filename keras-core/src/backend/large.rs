//! Large matrix products: matrixmultiply, behind checked slices.

use super::Gemm;

/// Whether `rows × columns` numbers with these strides are all inside of `len` numbers.
fn fits(rows: usize, columns: usize, strides: (usize, usize), len: usize) -> bool {
    let last = |size: usize, stride: usize| size.checked_sub(1)?.checked_mul(stride);
    match (last(rows, strides.0), last(columns, strides.1)) {
        (Some(row), Some(column)) => row.checked_add(column).is_some_and(|last| last < len),
        // A matrix without numbers is nowhere.
        _ => rows == 0 || columns == 0,
    }
}

macro_rules! large {
    ($name:ident, $scalar:ty) => {
        /// `C = A·B`, or `C += A·B` where the product says so.
        ///
        /// # Panics
        /// Where a slice is shorter than the sizes and strides say.
        pub(crate) fn $name(product: &Gemm, a: &[$scalar], b: &[$scalar], c: &mut [$scalar]) {
            let &Gemm { m, k, n, a: (a_row, a_column), b: (b_row, b_column), c: c_row, add } =
                product;
            assert!(fits(m, k, product.a, a.len()), "A is shorter than m×k");
            assert!(fits(k, n, product.b, b.len()), "B is shorter than k×n");
            assert!(fits(m, n, (c_row, 1), c.len()), "C is shorter than m×n");
            assert!(c_row >= n || m < 2, "the rows of C overlap");
            let beta = if add { 1.0 } else { 0.0 };
            // SAFETY: by the assertions every element that the sizes and strides reach is inside of its slice, and so each
            // stride that is used is at most `isize::MAX`; the rows of `C` do not overlap, and `c` is borrowed alone.
            unsafe {
                matrixmultiply::$name(
                    m,
                    k,
                    n,
                    1.0,
                    a.as_ptr(),
                    a_row as isize,
                    a_column as isize,
                    b.as_ptr(),
                    b_row as isize,
                    b_column as isize,
                    beta,
                    c.as_mut_ptr(),
                    c_row as isize,
                    1,
                );
            }
        }
    };
}
large!(sgemm, f32);
large!(dgemm, f64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "B is shorter")]
    fn a_short_slice_is_refused() {
        let product = Gemm { m: 2, k: 2, n: 2, a: (2, 1), b: (2, 1), c: 2, add: false };
        sgemm(&product, &[0.0; 4], &[0.0; 3], &mut [0.0; 4]);
    }

    #[test]
    #[should_panic(expected = "overlap")]
    fn rows_that_overlap_are_refused() {
        let product = Gemm { m: 2, k: 1, n: 2, a: (1, 1), b: (2, 1), c: 1, add: true };
        sgemm(&product, &[0.0; 2], &[0.0; 2], &mut [0.0; 4]);
    }

    #[test]
    fn overflowing_strides_do_not_fit() {
        assert!(!fits(2, 2, (usize::MAX, 1), 4));
        assert!(fits(0, 2, (usize::MAX, 1), 0));
    }
}
