//! The rows of one example: what a host reads of data, and all that a board is given.

use crate::float::Float;
use crate::net::Net;

/// One number of a row: a float, an integer or a `bool`.
pub trait Number: Copy + Send + Sync + 'static {
    /// The nearest scalar.
    fn scalar<F: Float>(self) -> F;
}

macro_rules! numbers {
    ($($type:ty),*) => {
        $(impl Number for $type {
            #[inline(always)]
            fn scalar<F: Float>(self) -> F {
                F::of(self as f64)
            }
        })*
    };
}
numbers!(f32, f64, u8, u16, u32, u64, usize, i8, i16, i32, i64, isize);

impl Number for bool {
    #[inline(always)]
    fn scalar<F: Float>(self) -> F {
        F::of(f64::from(u8::from(self)))
    }
}

/// The row of one example: a number, or an array of any depth.
pub trait Row {
    /// How many numbers it has.
    const LEN: usize;
    /// Copies them to `out`, row-major.
    fn put<F: Float>(&self, out: &mut [F]);
}

impl<T: Number> Row for T {
    const LEN: usize = 1;

    #[inline(always)]
    fn put<F: Float>(&self, out: &mut [F]) {
        out.iter_mut().for_each(|value| *value = self.scalar());
    }
}

impl<R: Row, const N: usize> Row for [R; N] {
    const LEN: usize = N * R::LEN;

    #[inline(always)]
    fn put<F: Float>(&self, out: &mut [F]) {
        for (row, out) in self.iter().zip(out.chunks_exact_mut(R::LEN)) {
            row.put(out);
        }
    }
}

/// A row of `LEN` numbers.
#[diagnostic::on_unimplemented(
    message = "a row of this data is `{Self}`, but the model takes {LEN} numbers",
    label = "expected rows of {LEN} numbers"
)]
pub trait RowOf<const LEN: usize>: Row {
    /// Fails to compile where an array of arrays has another number of numbers, which only code generation sees.
    const CHECK: () = ();
}

// Whoever gives rows of another length is not helped by a list of these.
#[diagnostic::do_not_recommend]
impl<T: Number> RowOf<1> for T {}

#[diagnostic::do_not_recommend]
impl<T: Number, const LEN: usize> RowOf<LEN> for [T; LEN] {}

#[diagnostic::do_not_recommend]
impl<R: Row, const M: usize, const N: usize, const LEN: usize> RowOf<LEN> for [[R; M]; N] {
    const CHECK: () = assert!(
        <Self as Row>::LEN == LEN,
        "a row of this data has another number of numbers than the model takes"
    );
}

/// One example: a row for each input and target of the model `N`. The struct `…Data` that `model!` makes, with an array or
/// a number in each field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an example of `{N}`",
    note = "an example is the struct with a field for each input and target that `model!` makes"
)]
pub trait Example<N: Net, F> {
    /// Copies the row of port `port` to `out`: the inputs, then the targets.
    fn put(&self, port: usize, out: &mut [F]);
}
