//! Data: rows of numbers, one an example, from arrays, slices, vectors and ndarray views.
//!
//! The length of a row is part of the type wherever Rust knows it: rows of a wrong length do not compile. Where it does not
//! (ndarray), and for all that only the numbers can tell (labels out of range, NaN), data is checked as a whole before
//! anything is done with it, with a [`DataError`].

#[cfg(feature = "std")]
mod array;
#[cfg(feature = "std")]
mod check;

use core::marker::PhantomData;

#[cfg(feature = "std")]
pub(crate) use check::Columns;
#[cfg(feature = "std")]
pub use check::DataError;

use crate::float::Float;
use crate::net::Net;

/// The values of one input or target for all examples, one row an example.
pub trait Column<F> {
    /// How many examples there are.
    fn rows(&self) -> usize;
    /// How many numbers an example has.
    fn width(&self) -> usize;
    /// Copies example `row` to `out`, which has [`width`](Self::width) numbers.
    fn read(&self, row: usize, out: &mut [F]);
}

/// Data with `LEN` numbers an example: what an input of that size takes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not data with rows of {LEN} numbers",
    label = "expected rows of {LEN} numbers",
    note = "rows are given as `&Vec<[T; {LEN}]>`, `&[[T; {LEN}]]` or an ndarray view whose first axis counts the examples"
)]
pub trait Rows<F, const LEN: usize>: Column<F> {
    /// As [`RowOf::CHECK`].
    const CHECK: () = ();
}

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

/// Implements [`Column`] and [`Rows`] for what derefs to a slice of rows.
macro_rules! slices {
    ($($type:ty $(, $n:ident)?;)*) => {
        $(
            impl<F: Float, R: Row $(, const $n: usize)?> Column<F> for $type {
                fn rows(&self) -> usize {
                    self.len()
                }

                fn width(&self) -> usize {
                    R::LEN
                }

                fn read(&self, row: usize, out: &mut [F]) {
                    self[row].put(out);
                }
            }

            impl<F: Float, R: RowOf<LEN>, const LEN: usize $(, const $n: usize)?> Rows<F, LEN> for $type {
                const CHECK: () = <R as RowOf<LEN>>::CHECK;
            }
        )*
    };
}
slices! {
    &[R];
    &[R; M], M;
}
#[cfg(feature = "std")]
slices! {
    &Vec<R>;
}

/// The inputs of a model with one input of `LEN` numbers: its data is given as it is.
#[derive(Clone, Copy, Debug)]
pub struct One<const LEN: usize>;

/// The inputs of a model with several inputs: its data is given in the struct, with a field an input, that `model!` makes.
#[derive(Clone, Copy, Debug)]
pub struct Named<N>(PhantomData<N>);

/// Data for the inputs of a model, whose `Signature` is [`One`] or [`Named`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not data for the inputs of this model",
    note = "a model with one input takes its rows; one with several takes the struct with a field an input"
)]
pub trait Feed<Signature, F> {
    /// The data of input `input`.
    fn column(&self, input: usize) -> &dyn Column<F>;
}

impl<F, X: Rows<F, LEN>, const LEN: usize> Feed<One<LEN>, F> for X {
    fn column(&self, _: usize) -> &dyn Column<F> {
        const { X::CHECK };
        self
    }
}

/// Data for the inputs and targets of the model `N`: what `fit` and `evaluate` take.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not data to train `{N}` with",
    note = "training takes the struct with a field for each input and target that `model!` makes"
)]
pub trait Dataset<N: Net, F> {
    /// The data of port `port`: the inputs, then the targets.
    fn column(&self, port: usize) -> &dyn Column<F>;
}

impl<N: Net, F, D: Dataset<N, F> + ?Sized> Dataset<N, F> for &D {
    fn column(&self, port: usize) -> &dyn Column<F> {
        (**self).column(port)
    }
}
