//! The metrics of a model are exact over an epoch: those of all examples at once, whatever the batches.

use keras_core::data::Number;
use keras_core::metrics::Stream;
use keras_core::ops::Rule;
use keras_core::prelude::*;
use keras_core::train::Logs;
use ndarray::{Array1, Array2, ArrayRef, Axis, Dimension};

model! {
    struct Net {
        input x: [4];
        let scores = Dense::new(3)(x);
        output class = softmax(scores);
        output amount = Dense::new(2)(x);

        target label: Label;
        target size: [2];
        loss sparse_categorical_crossentropy(label, class);
        loss amount_error = mean_squared_error(size, amount);

        metric right = accuracy(label, argmax(class));
        metric precision = precision(one_hot(label, 3), class, thresholds = 0.4);
        metric recall = recall(one_hot(label, 3), class, top_k = 1, class_id = 1);
        metric area = auc(one_hot(label, 3), class);
        metric area_pr = auc(one_hot(label, 3), scores, curve = Curve::Pr, from_logits = true);
        metric best = precision_at_recall(one_hot(label, 3), class, 0.5);
        metric f1 = f1_score(one_hot(label, 3), class, average = Average::Weighted);
        metric overlap = mean_iou(label, argmax(class), 3);
        metric rmse = root_mean_squared_error(size, amount);
        metric r2 = r2_score(size, amount);
    }
}

/// More than `evaluate` takes at a time, and no multiple of any batch.
const ROWS: usize = 301;

struct Examples {
    x: Array2<f32>,
    label: Array1<u8>,
    size: Array2<f32>,
}

fn examples() -> Examples {
    let number = |i: usize, k: usize| ((i * 29 + k * 71 + i * i % 13) % 97) as f32 / 48.0 - 1.0;
    Examples {
        x: Array2::from_shape_fn((ROWS, 4), |(i, k)| number(i, k)),
        label: Array1::from_shape_fn(ROWS, |i| ((number(i, 0) + 1.0) * 1.4) as u8),
        size: Array2::from_shape_fn((ROWS, 2), |(i, k)| number(i, k) - 0.5 * number(i, 3)),
    }
}

fn result<T: Number, U: Number, D: Dimension, E: Dimension>(
    metric: impl Rule,
    y_true: &ArrayRef<T, D>,
    y_pred: &ArrayRef<U, E>,
) -> f64 {
    let mut stream = Stream::new(metric);
    stream.update(y_true, y_pred).unwrap();
    stream.result()
}

/// The metrics of all predictions at once.
fn at_once(net: &Model<Net>, examples: &Examples) -> Vec<(&'static str, f64)> {
    let Examples { x, label, size } = examples;
    let NetOutputs { class, amount } = net.predict(x).unwrap();
    let values = net.forward(x).unwrap();
    let scores = values.get("scores").unwrap();
    let hot = Array2::from_shape_fn((ROWS, 3), |(i, k)| usize::from(label[i]) == k);
    let largest = class.map_axis(Axis(1), |p| {
        (0..3).find(|k| p.iter().all(|q| *q <= p[*k])).expect("a number is the largest")
    });
    let pr = auc::new().curve(Curve::Pr).from_logits(true);
    vec![
        ("right", result(accuracy::new(), label, &largest)),
        ("precision", result(precision::new().thresholds(0.4), &hot, &class)),
        ("recall", result(recall::new().top_k(1).class_id(1), &hot, &class)),
        ("area", result(auc::new(), &hot, &class)),
        ("area_pr", result(pr, &hot, &scores)),
        ("best", result(precision_at_recall::new(0.5), &hot, &class)),
        ("f1", result(f1_score::new().average(Average::Weighted), &hot, &class)),
        ("overlap", result(mean_iou::new(3), label, &largest)),
        ("rmse", result(root_mean_squared_error {}, size, &amount)),
        ("r2", result(r2_score::new(), size, &amount)),
    ]
}

/// The statistics of the model are in `f32`, hence the tolerance.
#[track_caller]
fn assert_same(logs: &Logs, expected: &[(&'static str, f64)]) {
    for (name, expected) in expected {
        let found = logs.get(name).unwrap();
        assert!((found - expected).abs() < 1e-6, "{name}: found {found}, expected {expected}");
    }
}

fn quiet<'a>() -> Fit<'a, Net, f32> {
    Fit::new().epochs(1).verbose(false)
}

#[test]
fn batches_do_not_change_metrics() {
    let examples = examples();
    let data = NetData { x: &examples.x, label: &examples.label, size: &examples.size };
    let mut net = Net::new(3);
    net.fit(data, quiet().batch_size(16).optimizer(Adam::new().learning_rate(0.02))).unwrap();
    let expected = at_once(&net, &examples);
    for (name, value) in &expected {
        assert!(*value > 0.0 && *value < 1.0, "{name} is {value}, which tells nothing");
    }
    assert_same(&net.evaluate(data).unwrap(), &expected);
    // Without a step, the metrics of an epoch of training are those of the model too.
    for size in [1, 7, 128, ROWS] {
        let fit = quiet().batch_size(size).optimizer(Sgd::new().learning_rate(0.0));
        let history = net.fit(data, fit).unwrap();
        assert_same(history.last().unwrap(), &expected);
    }
}
