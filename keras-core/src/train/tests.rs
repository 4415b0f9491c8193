//! Tests of training, on the model by hand.

use super::*;
use crate::backend::Native;
use crate::data::{DataError, Dataset, Stream};
use crate::model::Model;
use crate::net::Net;
use crate::toy::{FROZEN, L2, NON_NEG, PENALTY, PLAIN, Toy, ToyData, examples};

type Model32<const KIND: u8 = PLAIN> = Model<Toy<KIND>, f32, Native>;
type Model64<const KIND: u8 = PLAIN> = Model<Toy<KIND>, f64, Native>;

/// A fit that moves the weights visibly.
fn quick<'a, N: Net>() -> Fit<'a, N> {
    Fit::new().verbose(0).epochs(3).seed(7).optimizer(Sgd::new().learning_rate(0.5))
}

#[test]
fn a_model_learns() {
    let (data, held_out) = (examples(400, 1), examples(100, 2));
    let (data, held_out) = (data.view(), held_out.view());
    let mut model = Model32::<PLAIN>::init(1);
    let optimizer = Adam::new().learning_rate(0.05);
    let fit = Fit::new().epochs(30).validation(&held_out).optimizer(optimizer).verbose(true);
    let history = model.fit(&data, fit).unwrap();
    assert_eq!(history.epochs().len(), 30);
    let names: Vec<_> = history.epochs()[0].iter().map(|(name, _)| name).collect();
    let train = ["loss", "crossentropy", "accuracy"];
    assert_eq!(names[..3], train);
    assert_eq!(names[3..], ["val_loss", "val_crossentropy", "val_accuracy"]);
    let loss = history.get("loss");
    assert!(loss[29] < loss[0] / 3.0, "{loss:?}");
    assert!(history.last().unwrap().get("val_accuracy").unwrap() > 0.9);
    let evaluated = model.evaluate(&held_out).unwrap();
    assert_eq!(evaluated.get("loss"), history.last().unwrap().get("val_loss"));
}

/// The gradients of a step are those of finite differences, penalties included; the mean over a batch with a rest.
#[test]
fn a_step_follows_the_gradient_of_the_reported_loss() {
    let data = examples(5, 3);
    let model = Model64::<PENALTY>::init(2);
    let loss = |model: &Model64<PENALTY>| model.evaluate(data.view()).unwrap().get("loss").unwrap();
    let mut stepped = model.clone();
    stepped.set_optimizer(Sgd::new().learning_rate(1.0));
    let logs = stepped.train_on_batch(data.view()).unwrap();
    assert!((logs.get("loss").unwrap() - loss(&model)).abs() < 1e-12);
    let kernel = model.weights("head/kernel").unwrap().to_owned();
    let penalty = L2 * kernel.mapv(|w| w * w).sum();
    let crossentropy = logs.get("crossentropy").unwrap();
    assert!((logs.get("loss").unwrap() - crossentropy - penalty).abs() < 1e-12);
    assert_eq!(stepped.weights_flat()[0], 1.0, "`scale` is not trainable");
    for i in 1..16 {
        let moved = |by: f64| {
            let mut moved = model.clone();
            moved.weights_flat_mut()[i] += by;
            loss(&moved)
        };
        let expected = (moved(1e-5) - moved(-1e-5)) / 2e-5;
        let found = model.weights_flat()[i] - stepped.weights_flat()[i];
        assert!((found - expected).abs() < 1e-8, "weight {i}: {found}, expected {expected}");
    }
}

#[test]
fn constraints_hold_and_frozen_weights_stay() {
    let data = examples(64, 1);
    let mut model = Model32::<NON_NEG>::init(1);
    model.fit(data.view(), quick()).unwrap();
    assert!(model.weights("head/kernel").unwrap().iter().all(|w| *w >= 0.0));
    assert!(model.weights("head/bias").unwrap().iter().any(|w| *w < 0.0));
    let mut model = Model32::<FROZEN>::init(1);
    model.fit(data.view(), quick()).unwrap();
    assert!(model.weights("head/bias").unwrap().iter().all(|w| *w == 0.0));
}

#[test]
fn a_second_fit_goes_on_where_the_first_ended() {
    let data = examples(70, 1);
    let start = |model: &mut Model32| {
        model.set_optimizer(Adam::new().learning_rate(0.1));
    };
    let mut once = Model32::<PLAIN>::init(1);
    start(&mut once);
    let all = once.fit(data.view(), Fit::new().epochs(4)).unwrap();
    let mut twice = Model32::<PLAIN>::init(1);
    start(&mut twice);
    let first = twice.fit(data.view(), Fit::new().epochs(1)).unwrap();
    let mut copy = twice.clone();
    let rest = twice.fit(data.view(), Fit::new().epochs(3)).unwrap();
    assert_eq!(once.weights_flat(), twice.weights_flat());
    assert_eq!([first.get("loss"), rest.get("loss")].concat(), all.get("loss"));
    copy.fit(data.view(), Fit::new().epochs(3)).unwrap();
    assert_eq!(copy.weights_flat(), twice.weights_flat());
    assert_eq!(copy.optimizer().learning_rate(), 0.1);
}

#[test]
fn shuffling_depends_on_the_seed_and_loses_no_example() {
    let data = examples(50, 1);
    let train = |fit: Fit<'_, Toy>| {
        let mut model = Model32::<PLAIN>::init(1);
        model.fit(data.view(), fit).unwrap();
        model.weights_flat().to_vec()
    };
    assert_eq!(train(quick()), train(quick()));
    assert_ne!(train(quick()), train(quick().seed(8)));
    assert_ne!(train(quick()), train(quick().shuffle(false)));
    // In one batch the order is only that of a sum.
    let (a, b) = (train(quick().batch_size(50)), train(quick().batch_size(50).shuffle(false)));
    assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-5));
}

/// The mean over an epoch counts each example once, whatever the batches.
#[test]
fn a_smaller_last_batch_counts_for_what_it_holds() {
    let data = examples(70, 1);
    let still = |batch_size| {
        let mut model = Model32::<PLAIN>::init(1);
        let fit = quick().epochs(1).batch_size(batch_size);
        let fit = fit.optimizer(Sgd::new().learning_rate(0.0));
        model.fit(data.view(), fit).unwrap().get("loss")[0]
    };
    assert!((still(32) - still(70)).abs() < 1e-6 && (still(1) - still(1000)).abs() < 1e-6);
}

#[test]
fn no_epochs_give_an_empty_history() {
    let mut model = Model32::<PLAIN>::init(1);
    let history = model.fit(examples(4, 1).view(), Fit::new().epochs(0)).unwrap();
    assert!(history.epochs().is_empty() && history.last().is_none());
    assert_eq!(model.weights_flat(), Model32::<PLAIN>::init(1).weights_flat());
}

#[test]
fn what_does_not_fit_changes_nothing() {
    let (good, mut bad) = (examples(40, 1), examples(40, 1));
    bad.label[39] = 3;
    let mut model = Model32::<PLAIN>::init(1);
    let label = DataError::Label { port: "label", row: 39, value: 3.0, range: 3 };
    let found = model.fit(bad.view(), quick()).unwrap_err();
    assert!(matches!(&found, FitError::Data(error) if *error == label), "{found}");
    let bad = bad.view();
    let found = model.fit(good.view(), quick().validation(&bad)).unwrap_err();
    assert!(matches!(&found, FitError::Validation(error) if *error == label), "{found}");
    let none = ToyData { x: Vec::<[f32; 4]>::new(), label: Vec::<u8>::new() };
    let found = model.fit(none.view(), quick()).unwrap_err();
    assert!(matches!(found, FitError::Data(DataError::Empty)), "{found}");
    let weights = |count: usize| vec![1.0f32; count];
    let (short, negative) = (weights(39), [&weights(39)[..], &[-1.0]].concat());
    let (short, negative) = (&short, &negative);
    for (fit, message) in [
        (quick().batch_size(0), "`batch_size` must be at least 1, found 0"),
        (
            quick().optimizer(Sgd::new().learning_rate(1e300)),
            "`learning_rate` must be a finite number of at least 0, found 1e300",
        ),
        (
            quick().validation_split(1.0),
            "`validation_split` must be at least 0 and below 1, found 1",
        ),
        (
            quick().validation_split(0.99),
            "`validation_split` of 0.99 leaves 0 of 40 examples to train on",
        ),
        (
            quick().steps_per_epoch(3),
            "`steps_per_epoch` is 3, but 40 examples make 2 batches of 32",
        ),
        (
            quick().sample_weight(&short),
            "`sample_weight` has 39 numbers, but there are 40 examples",
        ),
        (
            quick().sample_weight(&negative),
            "`sample_weight` must be finite and not negative, found -1 in row 39",
        ),
        (
            quick().class_weight([(3, 1.0)]),
            "`class_weight` is for the classes 0..3 of `label`, found 3",
        ),
    ] {
        assert_eq!(model.fit(good.view(), fit).unwrap_err().to_string(), message);
    }
    assert_eq!(model.weights_flat(), Model32::<PLAIN>::init(1).weights_flat());
    // Not even the optimizer.
    assert_eq!(model.optimizer().learning_rate(), 0.001);
}

#[test]
fn a_loss_that_is_not_finite_stops_before_its_step() {
    let data = examples(40, 1);
    let mut model = Model32::<PLAIN>::init(1);
    model.variables.0 = f64::INFINITY;
    let error = model.fit(data.view(), quick()).unwrap_err();
    assert!(
        matches!(
            &error,
            FitError::Step { source: StepError::Loss { epoch: 1, batch: 1, loss, .. }, .. }
                if *loss == "crossentropy"
        ),
        "{error}"
    );
    assert_eq!(model.weights_flat(), Model32::<PLAIN>::init(1).weights_flat());
}

#[test]
fn the_weights_are_those_before_the_step_that_failed() {
    // In the second batch two of three labels have probability 0, whatever the weights.
    let mut data = examples(3, 1);
    let fit = || Fit::new().verbose(0).shuffle(false).batch_size(3).optimizer(Sgd::new());
    let mut before = Model32::<PLAIN>::init(1);
    before.fit(data.view(), fit()).unwrap();
    data.x.extend([[1e30, 0.0, 0.0, 0.0]; 3]);
    data.label.extend([0, 1, 2]);
    let mut model = Model32::<PLAIN>::init(1);
    let error = model.fit(data.view(), fit()).unwrap_err();
    let FitError::Step { source, history } = error else { panic!("{error}") };
    assert!(matches!(source, StepError::Loss { epoch: 1, batch: 2, .. }), "{source}");
    assert!(history.epochs().is_empty());
    assert_eq!(model.weights_flat(), before.weights_flat());
}

#[test]
fn a_gradient_that_is_not_finite_names_the_weight() {
    // The loss is finite while its derivative by the kernel overflows.
    let data = ToyData { x: vec![[3e38f32, 0.0, 0.0, 0.0]; 2], label: vec![0u8, 1] };
    let mut model = Model32::<PLAIN>::init(1);
    model.weights_flat_mut()[1..].fill(0.0);
    model.variables.0 = 4.0;
    let before = model.weights_flat().to_vec();
    let error = model.fit(data.view(), quick().batch_size(1)).unwrap_err();
    let FitError::Step { source: StepError::Gradient { weight, .. }, .. } = &error else {
        panic!("{error}")
    };
    assert_eq!(weight, "head/kernel");
    assert_eq!(model.weights_flat(), before);
}

#[test]
fn training_ends_with_the_averages_of_the_weights() {
    let data = examples(64, 1);
    let mut model = Model32::<PLAIN>::init(1);
    let sgd = Sgd::new().learning_rate(0.5).use_ema(true).ema_momentum(0.5);
    model.fit(data.view(), quick().optimizer(sgd)).unwrap();
    let state = model.optimizer().state();
    let (_, averages) = state.slots.iter().find(|(name, _)| name == "average").unwrap();
    assert_eq!(averages[1..], model.weights_flat()[1..]);
    let mut plain = Model32::<PLAIN>::init(1);
    plain.fit(data.view(), quick()).unwrap();
    assert_ne!(plain.weights_flat(), model.weights_flat());
}

/// With a scalar, gathered gradients, slots in use and slots that are not.
#[test]
fn every_part_of_an_optimizer_is_in_the_file() {
    let data = examples(70, 1);
    let directory = crate::toy::Directory::new("optimizer");
    let fit = || Fit::new().verbose(0).epochs(1).batch_size(32);
    let nadam = Nadam::new().learning_rate(0.05).weight_decay(0.1).clipnorm(0.5);
    let mut model = Model32::<PLAIN>::init(1);
    model.set_optimizer(nadam.use_ema(true).gradient_accumulation_steps(2));
    // Three batches: the last waits for another.
    model.fit(data.view(), fit()).unwrap();
    model.save(directory.join("model")).unwrap();
    let mut loaded = Model32::<PLAIN>::init(2);
    loaded.load(directory.join("model")).unwrap();
    assert_eq!(loaded.optimizer().state(), model.optimizer().state());
    model.fit(data.view(), fit()).unwrap();
    loaded.fit(data.view(), fit()).unwrap();
    assert_eq!(loaded.weights_flat(), model.weights_flat());
    assert_eq!(loaded.optimizer().iterations(), 3);
}

/// The examples of a stream are those of a table that is not shuffled: the same numbers, bit for bit, though a thread makes them.
#[test]
fn a_stream_trains_as_a_table() {
    let data = examples(50, 1);
    let train = |data: &dyn Dataset<Toy, f32>, fit: Fit<'_, Toy>| {
        let mut model = Model32::<PLAIN>::init(1);
        let history = model.fit(data, fit.shuffle(false).batch_size(16));
        history.map(|history| (model.weights_flat().to_vec(), history))
    };
    let repeat = || {
        let data = ToyData { x: data.x.clone(), label: data.label.clone() };
        Stream::repeat(move || (0..50).map(example(&data)))
    };
    let endless = || {
        let mut example = example(&data);
        Stream::new((0..).map(move |i| example(i % 50)))
    };
    let expected = train(&data.view(), quick()).unwrap();
    assert_eq!(train(&repeat(), quick()).unwrap(), expected);
    // An epoch of so many steps goes on where the last one ended, over the end of a pass.
    let (_, history) = train(&repeat(), quick().steps_per_epoch(3).epochs(5)).unwrap();
    assert_eq!(history.epochs().len(), 5);
    let (_, history) = train(&endless(), quick().steps_per_epoch(2)).unwrap();
    assert_eq!(history.epochs().len(), 3);
    let error = train(&endless(), quick()).unwrap_err().to_string();
    assert_eq!(error, "`steps_per_epoch` is needed for a stream that never ends");
    let once = Stream::new((0..50).map(example(&data)));
    let error = train(&once, quick()).unwrap_err();
    assert!(matches!(error, FitError::Exhausted { epoch: 2, batches: 0, .. }), "{error}");
    assert_eq!(error.history().unwrap().epochs().len(), 1);
    let model = Model32::<PLAIN>::init(1);
    assert_eq!(model.evaluate(repeat()).unwrap(), model.evaluate(data.view()).unwrap());
    let one = repeat();
    let error = train(&one, quick().validation(&one)).unwrap_err().to_string();
    assert!(error.contains("give validation one of its own"), "{error}");
    let mut example = example(&data);
    let broken = Stream::new((0..50).map(move |i| ToyData { label: 3, ..example(i) }));
    let error = train(&broken, quick()).unwrap_err().to_string();
    assert!(error.starts_with("`label`, row 0: expected an integer in 0..3"), "{error}");
}

/// Makes the examples of `data` by number.
fn example(
    data: &ToyData<Vec<[f32; 4]>, Vec<u8>>,
) -> impl FnMut(usize) -> ToyData<[f32; 4], u8> + Send + 'static + use<> {
    let (x, label) = (data.x.clone(), data.label.clone());
    move |i| ToyData { x: x[i], label: label[i] }
}
