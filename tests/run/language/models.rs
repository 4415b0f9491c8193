//! `model!`: several inputs, outputs, targets, losses, metrics; variables that change at run time.

use keras_core::data::{Dataset, Stream};
use keras_core::net::Net;
use keras_core::prelude::*;
use keras_tests::check;

model! {
    /// Two inputs, two targets, three losses.
    pub struct Several {
        input x: [3];
        input z: [2];
        variable rate = 0.5;
        variable other = 2.0;
        layer trunk = Dense::new(4).activation(Tanh);
        let h = trunk(concat(x, z));
        output class = Dense::new(3)(h);
        output value = Dense::new(1)(h);
        target label: Label![3];
        target amount: [1];
        loss sparse_categorical_crossentropy(label, class, from_logits = true);
        loss amount_error = rate * mean_squared_error(amount, value);
        loss activity = other * mean(square(h)) * rate;
        metric accuracy = sparse_categorical_accuracy(label, class);
        metric absolute = mean_absolute_error(amount, value);
    }
}

#[test]
fn several_of_everything() {
    check::<Several>();
    assert_eq!(Several::LOSSES, ["loss", "amount_error", "activity"]);
    let metrics: Vec<&str> = Several::METRICS.iter().map(|metric| metric.name).collect();
    assert_eq!(metrics, ["accuracy", "absolute"]);
}

#[test]
fn variables_change_at_run_time() {
    let (x, z) = (vec![[0.5f32, -0.25, 1.0]; 4], vec![[1.0f32, 2.0]; 4]);
    let (label, amount) = (vec![0u8, 1, 2, 0], vec![[1.0f32]; 4]);
    let data = SeveralData { x: &x, z: &z, label: &label, amount: &amount };
    let mut model = Several::new(3);
    let loss =
        |model: &Model<Several>, name: &str| model.evaluate(data).unwrap().get(name).unwrap();
    let before = loss(&model, "activity");
    let error = loss(&model, "amount_error");
    model.variables.other = 6.0;
    assert!((loss(&model, "activity") - 3.0 * before).abs() < 1e-6);
    model.variables.rate = 0.0;
    assert_eq!((loss(&model, "activity"), loss(&model, "amount_error")), (0.0, 0.0));
    assert!(error > 0.0);
    let total = loss(&model, "loss");
    model.variables.rate = 1.0;
    assert!(loss(&model, "loss") > total);
}

#[test]
fn outputs_come_by_name() {
    let (x, z) = (vec![[0.5f32, -0.25, 1.0]; 4], vec![[1.0f32, 2.0]; 4]);
    let model = Several::new(3).on::<Reference>();
    let y = model.predict(SeveralInputs { x: &x, z: &z }).unwrap();
    assert_eq!((y.class.shape(), y.value.shape()), (&[4, 3][..], &[4, 1][..]));
    let values = model.forward(SeveralInputs { x: &x, z: &z }).unwrap();
    assert_eq!(values.names().collect::<Vec<_>>(), ["h", "class", "value"]);
    assert_eq!(values.get("class").unwrap(), y.class.into_dyn());
    let mut arena = Several::arena();
    let class = model.infer((&x[0], &z[0]), &mut arena).class;
    assert_eq!(&class[..], values.get("class").unwrap().as_slice().unwrap().split_at(3).0);
}

#[test]
fn the_struct_of_the_data_is_an_example_too() {
    let example = |i: u8| SeveralData {
        x: [[1.0f32], [2.0], [3.0]],
        z: [i, i + 1],
        label: i % 3,
        amount: f32::from(i) / 2.0,
    };
    let data: Stream<Several> = Stream::new((0..40).map(example));
    let mut columns = [const { Vec::new() }; 4];
    assert_eq!(data.stream().unwrap().borrow_mut().take(50, &mut columns), Ok(40));
    assert_eq!(columns.each_ref().map(Vec::len), [120, 80, 40, 40]);
    let row =
        columns.each_ref().map(|column| &column[column.len() / 40 * 35..][..column.len() / 40]);
    assert_eq!(row, [&[1.0, 2.0, 3.0][..], &[35.0, 36.0], &[2.0], &[17.5]]);
}
