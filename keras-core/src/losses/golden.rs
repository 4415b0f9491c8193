//! Comparison with the golden values of Keras (`golden/README.md`).

use crate::backend::Reference;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::shape::{Dim, Dtype, Inferred, Shape};
use safetensors::{Dtype as Stored, SafeTensors};

type Rule<P> = fn(&P, &[Inferred]) -> Inferred;

/// Loss and gradient of the examples in `file` against `none` and `grad.y_pred`; `errors` are their `f32_err`.
#[track_caller]
pub(crate) fn check<P: Op>(op: &P, infer: Rule<P>, file: &[u8], errors: [f32; 2]) {
    let examples = SafeTensors::deserialize(file).unwrap().tensor("none").unwrap().shape()[0];
    check_some(op, infer, file, examples, errors);
}

/// As [`check`], where Keras takes the mean over only so many of the examples.
#[track_caller]
pub(crate) fn check_some<P: Op>(
    op: &P,
    infer: Rule<P>,
    file: &[u8],
    examples: usize,
    errors: [f32; 2],
) {
    let file = SafeTensors::deserialize(file).unwrap();
    let x = ["y_true", "y_pred"].map(|name| Value::read(&file, name));
    compare(op, infer, &file, x, examples, errors);
}

/// As [`check`], where Keras gives one number for the whole batch: the batch is one example here.
#[track_caller]
pub(crate) fn check_whole<P: Op>(op: &P, infer: Rule<P>, file: &[u8], errors: [f32; 2]) {
    let file = SafeTensors::deserialize(file).unwrap();
    let x = ["y_true", "y_pred"].map(|name| Value::read_from(&file, name, 0));
    compare(op, infer, &file, x, 1, errors);
}

/// The losses, and the gradient of their sum divided by `examples`.
#[track_caller]
fn compare<P: Op>(
    op: &P,
    infer: Rule<P>,
    file: &SafeTensors<'_>,
    x: [Value; 2],
    examples: usize,
    errors: [f32; 2],
) {
    let y = run(op, infer, &x);
    let name = if file.tensor("none").is_ok() { "none" } else { "mean" };
    assert_near(name, &y, &Value::read(file, name).data, errors[0]);

    let (batch, scalar) = (y.len(), Shape::SCALAR);
    let dy = vec![1.0 / examples as f32; batch];
    let mut dp = vec![0.0; x[1].data.len()];
    let mut dx = [
        TensorMut { data: &mut [], shape: &x[0].shape, add: false },
        TensorMut { data: &mut dp, shape: &x[1].shape, add: false },
    ];
    let call = Call { batch, first: 0, key: 0 };
    let [y, dy] = [&y, &dy].map(|data| [Tensor { data, shape: &scalar }]);
    op.vjp::<f32, Reference>(&call, &x.each_ref().map(Value::tensor), &y, &dy, &mut dx);
    assert_near("grad.y_pred", &dp, &Value::read(file, "grad.y_pred").data, errors[1]);
}

/// The mean over the examples of batches `0..=n` against `resultN`.
#[track_caller]
pub(crate) fn check_metric<P: Op>(op: &P, infer: Rule<P>, file: &[u8]) {
    let file = SafeTensors::deserialize(file).unwrap();
    let mut all = Vec::new();
    for n in 0..3 {
        let x = ["y_true", "y_pred"].map(|name| Value::read(&file, &format!("{name}{n}")));
        all.extend(run(op, infer, &x));
        let mean = all.iter().sum::<f32>() / all.len() as f32;
        let name = format!("result{n}");
        assert_near(&name, &[mean], &Value::read(&file, &name).data, 0.0);
    }
}

/// The result for each example.
fn run<P: Op>(op: &P, infer: Rule<P>, x: &[Value; 2]) -> Vec<f32> {
    let shape = infer(op, &x.each_ref().map(|x| Inferred::Ok(x.shape))).get();
    let batch = x[1].data.len() / x[1].shape.len();
    let mut y = vec![f32::NAN; shape.total(batch)];
    let call = Call { batch, first: 0, key: 0 };
    let out = TensorMut { data: &mut y, shape: &shape, add: false };
    op.forward::<f32, Reference>(&call, &x.each_ref().map(Value::tensor), &mut [out]);
    y
}

/// A tensor of a file, whose first axis is the batch.
struct Value {
    data: Vec<f32>,
    shape: Shape,
}

impl Value {
    fn read(file: &SafeTensors<'_>, name: &str) -> Value {
        Value::read_from(file, name, 1)
    }

    /// The axes of an example begin with axis `first`.
    fn read_from(file: &SafeTensors<'_>, name: &str, first: usize) -> Value {
        let view = file.tensor(name).unwrap();
        let dims: Vec<Dim> = view.shape().iter().skip(first).copied().map(Dim::of).collect();
        let shape = Shape::of(&dims);
        let words = view.data().as_chunks::<4>().0.iter().copied();
        match view.dtype() {
            Stored::F32 => Value { data: words.map(f32::from_le_bytes).collect(), shape },
            Stored::I32 => Value {
                data: words.map(|word| i32::from_le_bytes(word) as f32).collect(),
                shape: shape.with_dtype(Dtype::Int { range: usize::MAX }),
            },
            other => panic!("{name} holds {other:?}"),
        }
    }

    fn tensor(&self) -> Tensor<'_, f32> {
        Tensor { data: &self.data, shape: &self.shape }
    }
}

#[track_caller]
fn assert_near(what: &str, found: &[f32], golden: &[f32], f32_err: f32) {
    assert_eq!(found.len(), golden.len(), "{what}");
    let largest = golden.iter().fold(0.0f32, |a, b| a.max(b.abs()));
    let tolerance = 4.0 * f32_err + 1e-6 * largest + 1e-7;
    for (found, golden) in found.iter().zip(golden) {
        assert!(
            (found - golden).abs() <= tolerance,
            "{what}: found {found}, expected {golden} within {tolerance}"
        );
    }
}
