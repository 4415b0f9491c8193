//! Comparison with the golden values of Keras (`golden/README.md`).

use ndarray::{ArrayD, Ix1};
use safetensors::{Dtype, SafeTensors};

use super::Stream;
use crate::ops::Rule;

/// `golden!(auc::new(), "AUC_ROC", "AUC_ROC_weighted")`: the metric on the examples of these files.
macro_rules! golden {
    ($metric:expr, $($name:literal),*) => {$(
        let file = include_bytes!(concat!("../../golden/metrics/", $name, ".safetensors"));
        crate::metrics::golden::check($metric, file, |weight| weight);
    )*};
}
pub(crate) use golden;

/// The metric after each batch against `resultN`; `weigh` is what becomes of the weights that are in the file.
#[track_caller]
pub(crate) fn check<M: Rule>(metric: M, file: &[u8], weigh: fn(f64) -> f64) {
    let file = SafeTensors::deserialize(file).unwrap();
    let mut stream = Stream::new(metric);
    for n in 0..3 {
        let [y_true, y_pred] = ["y_true", "y_pred"].map(|name| read(&file, &format!("{name}{n}")));
        let weight = format!("weight{n}");
        if file.names().contains(&weight.as_str()) {
            let weights = read(&file, &weight).into_dimensionality::<Ix1>().unwrap();
            stream.update_weighted(&y_true, &y_pred, &weights.mapv(weigh)).unwrap();
        } else {
            stream.update(&y_true, &y_pred).unwrap();
        }
        // Scores of single classes are averaged, as ours are.
        let golden = read(&file, &format!("result{n}")).mean().unwrap();
        let (found, tolerance) = (stream.result(), 1e-6 * golden.abs() + 1e-7);
        assert!((found - golden).abs() <= tolerance, "batch {n}: found {found}, expected {golden}");
    }
}

fn read(file: &SafeTensors<'_>, name: &str) -> ArrayD<f64> {
    let view = file.tensor(name).unwrap();
    let words = view.data().as_chunks::<4>().0.iter().copied();
    let numbers = match view.dtype() {
        Dtype::F32 => words.map(|word| f64::from(f32::from_le_bytes(word))).collect(),
        Dtype::I32 => words.map(|word| f64::from(i32::from_le_bytes(word))).collect(),
        other => panic!("{name} holds {other:?}"),
    };
    ArrayD::from_shape_vec(view.shape(), numbers).unwrap()
}
