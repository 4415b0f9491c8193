//! Mistakes on which Keras trains, or finds while it trains: a typed error before anything is computed, or no mistake at all
//! in this language. `keras-core/docs/mistakes.md` lists them with those that are compile errors.

use std::collections::BTreeSet;
use std::path::Path;

use keras_core::prelude::*;
use ndarray::{Array1, Array2, array};

model! {
    struct Classes {
        input x: [4];
        output y = Dense::new(10)(x);
        target label: Label;
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
        metric accuracy = sparse_categorical_accuracy(label, y);
    }
}

const ROWS: usize = 20;

fn data() -> (Vec<[f32; 4]>, Vec<u8>) {
    let x = (0..ROWS).map(|i| std::array::from_fn(|k| ((i + k) % 5) as f32 * 0.2)).collect();
    (x, (0..ROWS).map(|i| (i % 10) as u8).collect())
}

fn quiet<'a, N: Net>() -> Fit<'a, N> {
    Fit::new().epochs(2).verbose(0).seed(1)
}

/// What `fit` says of this data, with the weights as they were.
#[track_caller]
fn refused<'a>(
    data: impl keras_core::data::Dataset<Classes, f32>,
    fit: Fit<'a, Classes>,
) -> String {
    let mut net = Classes::new(1);
    let error = net.fit(data, fit).unwrap_err();
    assert_eq!(net.weights_flat(), Classes::new(1).weights_flat());
    error.to_string()
}

#[test]
fn a_label_out_of_range_is_refused_before_training() {
    let (x, mut label) = data();
    label[7] = 10;
    assert_eq!(
        refused(ClassesData { x: &x, label: &label }, quiet()),
        "`label`, row 7: expected an integer in 0..10, found 10"
    );
}

#[test]
fn one_hot_labels_are_refused_before_training() {
    let (x, _) = data();
    let label = Array2::<f32>::zeros((ROWS, 10));
    assert_eq!(
        refused(ClassesData { x: &x, label: &label }, quiet()),
        "`label` takes 1 numbers an example, found 10"
    );
}

#[test]
fn x_and_y_of_different_lengths_are_refused_before_training() {
    let (x, label) = data();
    assert_eq!(
        refused(ClassesData { x: &x, label: &label[1..] }, quiet()),
        "`x` has 20 examples, but `label` has 19; every input and target takes one row an example"
    );
}

#[test]
fn another_width_is_refused_by_predict() {
    let x = Array2::<f32>::zeros((3, 5));
    let error = Classes::new(1).predict(&x).unwrap_err();
    assert_eq!(error.to_string(), "`x` takes 4 numbers an example, found 5");
}

/// The batch axis is never written, so there is nothing to forget or to index: `(n,)` and `(n, 1)` are the same labels.
#[test]
fn labels_of_shape_n_and_of_shape_n_1_are_the_same() {
    let (x, label) = data();
    let column: Vec<[u8; 1]> = label.iter().map(|l| [*l]).collect();
    let net = Classes::new(1);
    let flat = net.evaluate(ClassesData { x: &x, label: &label }).unwrap();
    assert_eq!(net.evaluate(ClassesData { x: &x, label: &column }).unwrap(), flat);
    // And the accuracy is that of examples, not of all pairs of them.
    let y = net.predict(&x).unwrap();
    let best = |row: ndarray::ArrayView1<f32>| (0..10).max_by(|a, b| row[*a].total_cmp(&row[*b]));
    let right =
        y.rows().into_iter().zip(&label).filter(|(y, l)| best(*y) == Some(usize::from(**l)));
    assert_eq!(flat.get("accuracy"), Some(right.count() as f64 / ROWS as f64));
}

model! {
    struct OwnLoss {
        input x: [1];
        output y = x;
        target t: [1];
        loss sum(square(t - y[0]));
    }
}

/// `y_true` of shape `(n, 1)` minus `y_pred[:, 0]` of shape `(n,)` is no `(n, n)` where the batch has no axis.
#[test]
fn a_loss_never_broadcasts_over_the_batch() {
    let data = OwnLossData { x: &[1.0f32, 2.0, 3.0], t: &[[1.0f32], [2.0], [4.0]] };
    let loss = OwnLoss::new(1).evaluate(data).unwrap().get("loss").unwrap();
    assert!((loss - 1.0 / 3.0).abs() < 1e-6, "{loss}");
}

/// One class without a centre.
struct Centers {
    rows: usize,
}

#[layer]
impl Centers {
    fn build(&self, x: Shape![n], _label: Shape![]) {
        self.centers = weight([self.rows, n], Zeros);
    }

    fn call(&self, x: Tensor![n], label: Label![]) -> Tensor![] {
        sum(square(gather(self.centers, label) - x))
    }
}

model! {
    struct TooFewCenters {
        input x: [4];
        output y = Dense::new(10)(x);
        target label: Label;
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
        loss Centers { rows: 9 }(x, label);
    }
}

#[test]
fn a_class_without_a_center_is_refused_before_training() {
    let (x, label) = data();
    let data = TooFewCentersData { x: &x, label: &label };
    let error = TooFewCenters::new(1).fit(data, quiet()).unwrap_err().to_string();
    assert_eq!(error, "`label`, row 9: expected an integer in 0..9, found 9");
}

model! {
    struct Words {
        input ids: Index![5; 2];
        output y = Embedding::new(5, 3)(ids);
    }
}

#[test]
fn an_index_out_of_range_is_refused_by_predict() {
    let error = Words::new(1).predict(&[[0u32, 4], [5, 1]]).unwrap_err();
    assert_eq!(error.to_string(), "`ids`, row 1: expected an integer in 0..5, found 5");
}

#[test]
fn weights_of_a_wrong_shape_are_refused() {
    let mut net = Classes::new(1);
    let error = net.set_weights("dense/kernel", Array2::zeros((10, 4)).view()).unwrap_err();
    assert_eq!(error.to_string(), "weight `dense/kernel` must be [4, 10], found [10, 4]");
}

model! {
    struct Wider {
        input x: [4];
        output y = Dense::new(11)(x);
    }
}

#[test]
fn weights_of_another_architecture_are_refused() {
    let file = std::env::temp_dir().join(format!("keras-{}-wider", std::process::id()));
    Wider::new(1).save_weights(&file).unwrap();
    let mut net = Classes::new(1);
    let error = net.load_weights(&file).unwrap_err().to_string();
    std::fs::remove_file(&file).unwrap();
    assert_eq!(
        error.replace(file.to_str().unwrap(), "wider.safetensors"),
        "weight `dense/kernel` of `wider.safetensors` must be [4, 10], found [4, 11]"
    );
    assert_eq!(net.weights_flat(), Classes::new(1).weights_flat());
}

#[test]
fn a_monitor_that_does_not_exist_is_refused() {
    let (x, label) = data();
    let data = ClassesData { x: &x, label: &label };
    let fit = quiet().validation(&data).callback(EarlyStopping::new().monitor("val_acc"));
    let error = Classes::new(1).fit(data, fit).unwrap_err().to_string();
    assert!(
        error.contains(
            "`monitor` is `val_acc`, but the logs have loss, accuracy, val_loss, val_accuracy; did you mean `val_accuracy`?"
        ),
        "{error}"
    );
}

model! {
    struct Scaled {
        input x: [1];
        output y = x;
        target t: [1];
        variable e = 1.0;
        loss e * mean_squared_error(t, y);
    }
}

/// A variable belongs to the model, so there is none that a compiled step has taken for a constant.
#[test]
fn a_variable_that_a_callback_changes_takes_effect() {
    let (x, t) = ([[1.0f32]; 4], [[0.0f32]; 4]);
    let change = LambdaCallback::new().on_epoch_begin(|epoch, at: &mut Context<Scaled>| {
        at.model.variables.e = [0.5, 0.5, 4.0][epoch];
        Ok(())
    });
    let fit = quiet().epochs(3).callback(change);
    let history = Scaled::new(1).fit(ScaledData { x: &x, t: &t }, fit).unwrap();
    assert_eq!(history.get("loss"), [0.5, 0.5, 4.0]);
}

model! {
    struct TwoTargets {
        input x: [1];
        output double = 2.0 * x;
        output triple = 3.0 * x;
        target two: [1];
        target three: [1];
        loss twice = mean_squared_error(two, double);
        loss thrice = mean_squared_error(three, triple);
    }
}

/// Of equal types a swap cannot be seen; but no order can be mistaken, each target is named where it is given.
#[test]
fn targets_are_given_by_name_in_any_order() {
    let (x, two, three) = ([[1.0f32]; 4], [[2.0f32]; 4], [[3.0f32]; 4]);
    let loss = |data| TwoTargets::new(1).evaluate(data).unwrap().get("loss");
    assert_eq!(loss(TwoTargetsData { three: &three, x: &x, two: &two }), Some(0.0));
    assert_eq!(loss(TwoTargetsData { x: &x, two: &three, three: &two }), Some(2.0));
}

#[layer]
fn added(p: Tensor![n], x: Tensor![n]) -> Tensor![n] {
    let mut s = p;
    for _i in 0..n {
        s = s + x;
    }
    s
}

model! {
    struct Probabilities {
        input x: [3];
        let p = softmax(x);
        output y = log_softmax(p);
        output logits = ln(p);
        output gated = sigmoid(x) * x;
        output kept = softmax(x);
        output loud = Activation::Relu(p);
        output summed = added(p, x);
        target t: [3];
        loss categorical_crossentropy(t, y, from_logits = true);
        loss categorical_crossentropy(t, logits, from_logits = true);
        loss binary_crossentropy(t, gated, from_logits = true);
        loss categorical_crossentropy(t, kept);
        loss categorical_crossentropy(t, loud, from_logits = true);
        loss categorical_crossentropy(t, dot(p, ones([3, 3])), from_logits = true);
        loss categorical_crossentropy(t, concat(p[..1], x[1..]), from_logits = true);
        loss categorical_crossentropy(t, summed, from_logits = true);
    }
}

/// Logits may be made of probabilities: what was computed of them is unknown again.
#[test]
fn what_is_computed_of_probabilities_may_be_logits() {
    let net = Probabilities::new(1);
    let (x, t) = (array![[0.1f32, 0.2, 0.3]], array![[0.0f32, 1.0, 0.0]]);
    let logs = net.evaluate(ProbabilitiesData { x: &x, t: &t }).unwrap();
    assert!(logs.get("loss").unwrap().is_finite());
    let sums: Array1<f32> = net.predict(&x).unwrap().kept.sum_axis(ndarray::Axis(1));
    assert!((sums[0] - 1.0).abs() < 1e-6);
}

/// Every row of the table names a test that is there, and quotes what it says.
#[test]
fn the_table_of_mistakes_says_what_the_tests_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read =
        |path: &Path| std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{path:?}: {e}"));
    let table = read(&root.join("keras-core/docs/mistakes.md"));
    let mut named = BTreeSet::new();
    let rows = table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| ---"));
    for row in rows.filter(|row| !row.starts_with("| mistake")) {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let [_, _, _, message, test] = cells[..] else { panic!("five cells: {row}") };
        let (message, test) = (quoted(message), quoted(test));
        let (path, function) = test.split_once("::").unwrap_or((test, ""));
        let file = root.join(path);
        let source = read(&file);
        assert!(function.is_empty() || source.contains(&format!("fn {function}()")), "{row}");
        let said = if path.starts_with("tests/fail") {
            named.insert(path.trim_start_matches("tests/").to_owned());
            read(&file.with_extension("stderr"))
        } else {
            source
        };
        assert!(message == "–" || said.contains(message), "{path} does not say: {message}");
    }
    assert!(named.len() > 25, "{named:?}");
}

/// What stands between the backticks of a cell, of which there may be two on either side.
fn quoted(cell: &str) -> &str {
    cell.trim_matches('`').trim()
}
