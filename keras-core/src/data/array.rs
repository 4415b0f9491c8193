//! Rows of ndarray arrays: axis 0 counts the examples, the others are an example, whatever their strides.

use ndarray::{ArrayBase, ArrayView, Axis, Data, Dimension, OwnedRepr, RemoveAxis, ViewRepr};

use super::{Column, Number, ReadError, Rows};
use crate::float::Float;

fn rows<S: Data, D: Dimension>(array: &ArrayBase<S, D>) -> usize {
    array.shape().first().copied().unwrap_or(0)
}

fn width<S: Data, D: Dimension>(array: &ArrayBase<S, D>) -> usize {
    array.shape().iter().skip(1).product()
}

fn read<S: Data<Elem: Number>, D: RemoveAxis, F: Float>(
    array: &ArrayBase<S, D>,
    row: usize,
    out: &mut [F],
) {
    let row = array.index_axis(Axis(0), row);
    out.iter_mut().zip(row).for_each(|(out, value)| *out = value.scalar());
}

macro_rules! arrays {
    ($($array:ty),*) => {
        $(
            impl<F: Float, T: Number, D: RemoveAxis> Column<F> for $array {
                fn rows(&self) -> usize {
                    rows(self)
                }

                fn width(&self) -> usize {
                    width(self)
                }

                fn read(&self, row: usize, out: &mut [F]) -> Result<(), ReadError> {
                    read(self, row, out);
                    Ok(())
                }
            }

            impl<F: Float, T: Number, D: RemoveAxis, const LEN: usize> Rows<F, LEN> for $array {}
        )*
    };
}
arrays!(ArrayView<'_, T, D>, &ArrayBase<ViewRepr<&T>, D>, &ArrayBase<OwnedRepr<T>, D>);

#[cfg(test)]
mod tests {
    use ndarray::{Array, array, s};

    use super::*;

    fn numbers(column: &dyn Column<f32>) -> Vec<f32> {
        let mut all = vec![0.0; column.rows() * column.width()];
        for (row, out) in all.chunks_mut(column.width()).enumerate() {
            column.read(row, out).unwrap();
        }
        all
    }

    #[test]
    fn any_strides_are_read_in_order() {
        let matrix = array![[1, 2, 3], [4, 5, 6]];
        assert_eq!(numbers(&&matrix), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        assert_eq!(numbers(&matrix.t()), [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
        assert_eq!(numbers(&matrix.slice(s![..;-1, ..;2])), [4.0, 6.0, 1.0, 3.0]);
        let images = Array::from_shape_fn((2, 2, 2), |(n, h, w)| (4 * n + 2 * h + w) as f64);
        assert_eq!(numbers(&&images.view()), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]);
        assert_eq!(numbers(&array![7u8, 8].view()), [7.0, 8.0]);
    }
}
