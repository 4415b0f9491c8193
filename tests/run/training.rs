//! What a user of `fit`, `predict` and the files sees, with a model of the language.

use keras_core::prelude::*;
use keras_core::train::FitError;
use ndarray::Array2;

model! {
    struct Points {
        input x: [4];
        let h = Dense::new(8).activation(Tanh)(x);
        output y = Dense::new(3)(h);
        target label: Label;
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
        metric accuracy = sparse_categorical_accuracy(label, y);
    }
}

const ROWS: usize = 50;

/// Three clusters on the axes; 50 is no multiple of the batch size, so the last batch is smaller.
fn points() -> (Vec<[f32; 4]>, Vec<u8>) {
    let row =
        |i: usize| std::array::from_fn(|k| if k == i % 3 { 1.0 } else { (i % 7) as f32 * 0.02 });
    ((0..ROWS).map(row).collect(), (0..ROWS).map(|i| (i % 3) as u8).collect())
}

fn quiet<'a>() -> Fit<'a, Points, f32> {
    Fit::new().epochs(30).batch_size(16).optimizer(Adam::new().learning_rate(0.02)).verbose(false)
}

#[test]
fn a_model_learns_and_tells_its_history() {
    let (x, label) = points();
    let data = PointsData { x: &x, label: &label };
    let mut net = Points::new(1);
    let history = net.fit(data, quiet().validation(&data)).unwrap();
    assert_eq!(history.epochs().len(), 30);
    let (first, last) = (history.epochs()[0].clone(), history.last().unwrap());
    assert!(last.get("loss").unwrap() < 0.5 * first.get("loss").unwrap());
    assert_eq!(last.get("val_accuracy"), Some(1.0));
    assert_eq!(net.evaluate(data).unwrap().get("accuracy"), Some(1.0));
}

#[test]
fn the_same_seed_gives_the_same_weights_and_another_does_not() {
    let (x, label) = points();
    let data = PointsData { x: &x, label: &label };
    let train = |seed| {
        let mut net = Points::new(seed);
        net.fit(data, quiet().seed(seed)).unwrap();
        net.weights_flat().to_vec()
    };
    assert_eq!(train(1), train(1));
    assert_ne!(train(1), train(2));
}

#[test]
fn arrays_views_and_slices_are_the_same_data() {
    let (x, label) = points();
    let array = Array2::from_shape_fn((ROWS, 4), |(i, k)| x[i][k]);
    let transposed = array.t().as_standard_layout().into_owned();
    let net = Points::new(1);
    let expected = net.predict(&x).unwrap();
    assert_eq!(net.predict(&array).unwrap(), expected);
    assert_eq!(net.predict(array.view()).unwrap(), expected);
    assert_eq!(net.predict(transposed.t()).unwrap(), expected);
    let loss = |logs: keras_core::train::Logs| logs.get("loss").unwrap();
    let words: Vec<i64> = label.iter().map(|l| i64::from(*l)).collect();
    assert_eq!(
        loss(net.evaluate(PointsData { x: &x, label: &label }).unwrap()),
        loss(net.evaluate(PointsData { x: array.view(), label: &words }).unwrap()),
    );
}

#[test]
fn predict_infer_and_the_reference_backend_agree() {
    let (x, _) = points();
    let net = Points::new(1);
    let batch = net.predict(&x).unwrap();
    let reference = net.clone().on::<Reference>().predict(&x).unwrap();
    let double = net.clone().cast::<f64>().predict(&x).unwrap();
    let mut arena = Points::arena();
    for (i, row) in x.iter().enumerate() {
        let one = net.infer(row, &mut arena);
        for k in 0..3 {
            // Sums of eight and four products of numbers below 1, in another order: a few ulps.
            assert!((one[k] - batch[[i, k]]).abs() < 1e-6);
            assert!((reference[[i, k]] - batch[[i, k]]).abs() < 1e-6);
            assert!((double[[i, k]] - f64::from(batch[[i, k]])).abs() < 1e-6);
        }
    }
}

#[test]
fn named_values_are_those_of_the_model() {
    let (x, _) = points();
    let net = Points::new(1);
    let values = net.forward(&x).unwrap();
    assert_eq!(values.names().collect::<Vec<_>>(), ["h", "y"]);
    assert_eq!(values.get("h").unwrap().shape(), [ROWS, 8]);
    assert_eq!(values.get("y").unwrap(), net.predict(&x).unwrap().view().into_dyn());
    assert!(values.get("z").is_none());
}

#[test]
fn weights_are_reached_by_name() {
    let mut net = Points::new(1);
    let names: Vec<String> = net.weight_names().collect();
    assert_eq!(names, ["dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias"]);
    assert_eq!(net.weights("dense/kernel").unwrap().shape(), [4, 8]);
    net.weights_mut("dense_1/bias").unwrap().fill(2.0);
    assert_eq!(net.weights("dense_1/bias").unwrap().sum(), 6.0);
    let message = net.weights("dense/kernal").unwrap_err().to_string();
    assert!(message.contains("dense/kernal"), "{message}");
}

/// Bad data is told before anything is changed.
#[test]
fn bad_data_changes_nothing() {
    let (x, label) = points();
    let mut net = Points::new(1);
    let before = net.weights_flat().to_vec();
    let refused = |what: &str, result: Result<_, FitError>, words: &[&str]| {
        let message = result.map(|_: keras_core::train::History| ()).unwrap_err().to_string();
        for word in words {
            assert!(message.contains(word), "{what}: {message}");
        }
    };

    let wide = Array2::<f32>::zeros((ROWS, 5));
    refused("width", net.fit(PointsData { x: &wide, label: &label }, quiet()), &["x", "4", "5"]);

    let mut outside = label.clone();
    outside[7] = 3;
    let data = PointsData { x: &x, label: &outside };
    refused("range", net.fit(data, quiet()), &["label", "7", "3"]);

    let negative: Vec<i32> = label.iter().map(|l| i32::from(*l) - 1).collect();
    refused("sign", net.fit(PointsData { x: &x, label: &negative }, quiet()), &["label", "-1"]);

    let mut nan = x.clone();
    nan[3][2] = f32::NAN;
    refused("nan", net.fit(PointsData { x: &nan, label: &label }, quiet()), &["x", "3"]);

    let short = &label[1..];
    refused("rows", net.fit(PointsData { x: &x, label: short }, quiet()), &["50", "49"]);

    let (none, nothing): (Vec<[f32; 4]>, Vec<u8>) = (Vec::new(), Vec::new());
    refused("empty", net.fit(PointsData { x: &none, label: &nothing }, quiet()), &["x"]);

    let data = PointsData { x: &x, label: &label };
    refused("batch", net.fit(data, quiet().batch_size(0)), &["batch"]);

    let bad = PointsData { x: &x, label: &outside };
    refused("validation", net.fit(data, quiet().validation(&bad)), &["label", "3"]);

    assert_eq!(net.weights_flat(), before);
    let huge = vec![[1e30f32; 4]; ROWS];
    net.weights_mut("dense_1/kernel").unwrap().fill(f32::MAX);
    let broken = net.weights_flat().to_vec();
    refused("loss", net.fit(PointsData { x: &huge, label: &label }, quiet()), &["epoch", "batch"]);
    assert_eq!(net.weights_flat(), broken);
}

/// Two halves of a vector.
#[layer]
fn halves(x: Tensor![n]) -> (Tensor![n / 2], Tensor![n - n / 2]) {
    (x[..n / 2], x[n / 2..])
}

model! {
    // `near` is there to be summarised.
    #[allow(deprecated)]
    struct Pair {
        input x: [4];
        input z: [4];
        layer points = Points;
        let (a, b) = halves(x);
        let distance = square(points(x) - points(z));
        output far = Dense::new(1)(distance);
        output near = relu(Dense::new(2)(concat(a, relu(b)))) * 2.0;
        target t: [1];
        loss mean_squared_error(t, far);
        loss activity = mean(square(Dense::new(2)(t)));
    }
}

#[test]
fn a_summary_tells_what_each_layer_reads() {
    let summary = Pair::new(1).summary();
    let expected = "\
Model: Pair
┌─────────────────┬──────────────┬────────┬────────────────┐
│ Layer (kind)    │ Output shape │ Params │ Connected to   │
├─────────────────┼──────────────┼────────┼────────────────┤
│ x (input)       │ [4]          │      0 │ -              │
│ z (input)       │ [4]          │      0 │ -              │
│ halves          │ [2], [2]     │      0 │ x              │
│ points (Points) │ [3]          │     67 │ x              │
│ points (Points) │ [3]          │      0 │ z              │
│ dense (Dense)   │ [1]          │      4 │ points, points │
│ concat          │ [4]          │      0 │ a, b           │
│ dense_1 (Dense) │ [2]          │     10 │ concat         │
│ dense_2 (Dense) │ [2]          │      4 │ -              │
└─────────────────┴──────────────┴────────┴────────────────┘
";
    let table = summary.to_string();
    assert!(table.starts_with(expected), "{table}");
    assert_eq!(summary.inference_bytes(), 4 * Pair::ARENA);
    // Each example more takes the same.
    let bytes = |batch| summary.step_bytes(batch);
    assert_eq!(bytes(32) - bytes(16), bytes(48) - bytes(32));
    assert!(bytes(1) > 4 * Pair::PARAMS);
}
