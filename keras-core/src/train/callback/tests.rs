//! Tests of callbacks, on the model by hand.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::data::Stream;
use crate::toy::{Directory, Toy, ToyData, examples};
use crate::train::{Adam, Evaluate, Fit, FitError, Predict, Sgd};

type ToyModel = Model<Toy, f32, Native>;
type Data<'a> = ToyData<&'a Vec<[f32; 4]>, &'a Vec<u8>>;

fn quick<'a>() -> Fit<'a, Toy> {
    Fit::new().verbose(0).seed(7).epochs(3).optimizer(Sgd::new().learning_rate(0.5))
}

/// Notes each function that is called.
#[derive(Default)]
struct Witness(Vec<String>);

impl Callback<Toy> for Witness {
    fn on_train_begin(&mut self, at: &mut Context<Toy>) -> CallbackResult {
        assert_eq!(at.params.steps, Some(2));
        assert_eq!(at.params.names.len(), if at.params.samples == Some(40) { 3 } else { 6 });
        self.0.push("train_begin".into());
        Ok(())
    }
    fn on_train_end(&mut self, _: &mut Context<Toy>) -> CallbackResult {
        self.0.push("train_end".into());
        Ok(())
    }
    fn on_epoch_begin(&mut self, epoch: usize, at: &mut Context<Toy>) -> CallbackResult {
        assert_eq!(at.logs.names().count(), 0);
        self.0.push(format!("epoch_begin {epoch}"));
        Ok(())
    }
    fn on_epoch_end(&mut self, epoch: usize, at: &mut Context<Toy>) -> CallbackResult {
        assert!(at.logs.get("val_accuracy").is_some());
        self.0.push(format!("epoch_end {epoch}"));
        Ok(())
    }
    fn on_batch_begin(&mut self, batch: usize, _: &mut Context<Toy>) -> CallbackResult {
        self.0.push(format!("batch_begin {batch}"));
        Ok(())
    }
    fn on_batch_end(&mut self, batch: usize, at: &mut Context<Toy>) -> CallbackResult {
        assert!(at.logs.get("loss").unwrap().is_finite());
        self.0.push(format!("batch_end {batch}"));
        Ok(())
    }
    fn on_test_begin(&mut self, _: &mut Context<Toy>) -> CallbackResult {
        self.0.push("test_begin".into());
        Ok(())
    }
    fn on_test_end(&mut self, at: &mut Context<Toy>) -> CallbackResult {
        assert!(at.logs.get("accuracy").is_some());
        self.0.push("test_end".into());
        Ok(())
    }
    fn on_test_batch_begin(&mut self, batch: usize, _: &mut Context<Toy>) -> CallbackResult {
        self.0.push(format!("test_batch_begin {batch}"));
        Ok(())
    }
    fn on_test_batch_end(&mut self, batch: usize, _: &mut Context<Toy>) -> CallbackResult {
        self.0.push(format!("test_batch_end {batch}"));
        Ok(())
    }
    fn on_predict_begin(&mut self, _: &mut Context<Toy>) -> CallbackResult {
        self.0.push("predict_begin".into());
        Ok(())
    }
    fn on_predict_end(&mut self, _: &mut Context<Toy>) -> CallbackResult {
        self.0.push("predict_end".into());
        Ok(())
    }
    fn on_predict_batch_begin(&mut self, batch: usize, _: &mut Context<Toy>) -> CallbackResult {
        self.0.push(format!("predict_batch_begin {batch}"));
        Ok(())
    }
    fn on_predict_batch_end(&mut self, batch: usize, _: &mut Context<Toy>) -> CallbackResult {
        self.0.push(format!("predict_batch_end {batch}"));
        Ok(())
    }
}

/// The order that Keras has, seen with two batches and validation.
#[test]
fn moments_come_in_the_order_of_keras() {
    let (data, held_out) = (examples(50, 1), examples(8, 2));
    let held_out = held_out.view();
    let (mut model, mut witness) = (ToyModel::init(1), Witness::default());
    let fit = quick().epochs(1).validation(&held_out).callback(&mut witness);
    model.fit(data.view(), fit).unwrap();
    let expected = "train_begin, epoch_begin 0, batch_begin 0, batch_end 0, batch_begin 1, batch_end 1, \
         test_begin, test_batch_begin 0, test_batch_end 0, test_end, epoch_end 0, train_end";
    assert_eq!(witness.0.join(", "), expected);

    witness.0.clear();
    let how = Evaluate::new().batch_size(30).callback(&mut witness);
    let logs = model.evaluate_with(data.view(), how).unwrap();
    let all = model.evaluate(data.view()).unwrap();
    assert!((logs.get("loss").unwrap() - all.get("loss").unwrap()).abs() < 1e-6);
    let how = Predict::new().batch_size(50).callback(&mut witness);
    assert_eq!(model.predict_with(&data.x, how).unwrap(), model.predict(&data.x).unwrap());
    let expected = "test_begin, test_batch_begin 0, test_batch_end 0, test_batch_begin 1, test_batch_end 1, \
         test_end, predict_begin, predict_batch_begin 0, predict_batch_end 0, predict_end";
    assert_eq!(witness.0.join(", "), expected);
}

#[test]
fn a_later_callback_and_the_history_see_what_an_earlier_one_set() {
    let data = examples(40, 1);
    let bleu = LambdaCallback::new().on_epoch_end(|epoch, at| {
        at.logs.set("bleu", epoch as f64 / 10.0);
        Ok(())
    });
    let early = EarlyStopping::new().monitor("bleu").mode(Mode::Min).patience(1);
    let history =
        ToyModel::init(1).fit(data.view(), quick().epochs(9).callback(bleu).callback(early));
    assert_eq!(history.unwrap().get("bleu"), [0.0, 0.1]);
}

#[test]
fn a_callback_that_fails_ends_fit_with_the_history_so_far() {
    let data = examples(40, 1);
    let fails = LambdaCallback::new().on_epoch_end(|epoch, _| {
        if epoch == 2 { Err("the disk is on fire".into()) } else { Ok(()) }
    });
    let error = ToyModel::init(1).fit(data.view(), quick().callback(fails)).unwrap_err();
    assert_eq!(error.to_string(), "LambdaCallback, `on_epoch_end`: the disk is on fire");
    assert_eq!(error.history().unwrap().epochs().len(), 2);
}

/// A callback may use the model as it likes, also for steps on other data, while a batch waits.
#[test]
fn a_callback_does_not_disturb_the_batch() {
    let (data, other) = (examples(70, 1), examples(9, 2));
    let train = |disturbs: bool| {
        let mut model = ToyModel::init(1);
        let callback = LambdaCallback::new().on_batch_begin(|_, at: &mut Context<Toy>| {
            if disturbs {
                at.model.steps(other.view())?.gradients()?;
                at.model.evaluate(other.view())?;
            }
            Ok(())
        });
        model.fit(data.view(), quick().shuffle(false).callback(callback)).unwrap();
        model.weights_flat().to_vec()
    };
    assert_eq!(train(true), train(false));
}

#[test]
fn training_ends_where_a_callback_says_so() {
    let data = examples(70, 1);
    let epochs = |callback: LambdaCallback<'static, Toy>| {
        let mut model = ToyModel::init(1);
        let history = model.fit(data.view(), quick().callback(callback)).unwrap();
        assert!(history.get("loss").iter().all(|loss| loss.is_finite()));
        (history.epochs().len(), model.optimizer().iterations())
    };
    let stop = |at: &mut Context<Toy>| {
        at.stop_training();
        Ok(())
    };
    assert_eq!(epochs(LambdaCallback::new().on_train_begin(stop)), (0, 0));
    let at_epoch = move |epoch, at: &mut Context<Toy>| if epoch == 1 { stop(at) } else { Ok(()) };
    assert_eq!(epochs(LambdaCallback::new().on_epoch_begin(at_epoch)), (1, 3));
    assert_eq!(epochs(LambdaCallback::new().on_epoch_end(at_epoch)), (2, 6));
    assert_eq!(epochs(LambdaCallback::new().on_batch_end(at_epoch)), (1, 2));
}

#[test]
fn hyper_parameters_change_while_training() {
    let data = examples(64, 1);
    let mut rates = Vec::new();
    let fit = quick().callback(LearningRateScheduler::new(|epoch, _| [0.5, 0.1, 0.02][epoch]));
    let fit = fit.callback(LambdaCallback::new().on_batch_begin(|_, at: &mut Context<Toy>| {
        rates.push(at.model.optimizer().learning_rate());
        at.model.variables.0 = 0.0;
        Ok(())
    }));
    let mut model = ToyModel::init(1);
    let history = model.fit(data.view(), fit).unwrap();
    assert_eq!(history.get("learning_rate"), [0.5, 0.1, 0.02]);
    assert_eq!(history.get("loss"), [0.0; 3], "the variable that scales the loss is 0");
    assert_eq!(rates, [0.5, 0.5, 0.1, 0.1, 0.02, 0.02]);
    assert_eq!(model.weights_flat(), ToyModel::init(1).weights_flat());
}

#[test]
fn a_loss_that_is_not_finite_can_end_training_without_an_error() {
    let data = examples(40, 1);
    let breaks = |at_epoch: usize| {
        LambdaCallback::new().on_epoch_begin(move |epoch, at: &mut Context<Toy>| {
            if epoch == at_epoch {
                at.model.variables.0 = f64::NAN;
            }
            Ok(())
        })
    };
    let mut model = ToyModel::init(1);
    let fit = quick().callback(breaks(1)).callback(TerminateOnNaN::new());
    let history = model.fit(data.view(), fit).unwrap();
    assert_eq!(history.epochs().len(), 2);
    assert!(history.get("loss")[0].is_finite() && history.get("loss")[1].is_nan());
    assert!(model.weights_flat().iter().all(|w| w.is_finite()));
    let fit = quick().callback(breaks(0)).callback(TerminateOnNaN::new().raise_error(true));
    assert!(matches!(model.fit(data.view(), fit), Err(FitError::Step { .. })));
}

/// Gives `loss` these values, whatever it is.
fn losses<'a>(values: &'a [f64]) -> LambdaCallback<'a, Toy> {
    LambdaCallback::new().on_epoch_end(move |epoch, at| {
        at.logs.set("loss", values[epoch]);
        Ok(())
    })
}

#[test]
fn early_stopping_waits_and_restores_the_best_weights() {
    let data = examples(40, 1);
    let values = [3.0, 1.0, 2.0, 2.0, 0.5];
    let mut early = EarlyStopping::new().monitor("loss").patience(2).restore_best_weights(true);
    let mut seen = Vec::new();
    let watch = LambdaCallback::new().on_epoch_end(|_, at: &mut Context<Toy>| {
        seen.push(at.model.weights_flat().to_vec());
        Ok(())
    });
    let mut model = ToyModel::init(1);
    let fit = quick().epochs(5).callback(losses(&values)).callback(watch).callback(&mut early);
    assert_eq!(model.fit(data.view(), fit).unwrap().epochs().len(), 4);
    assert_eq!((early.best_epoch(), early.stopped_epoch()), (1, Some(3)));
    assert_eq!(model.weights_flat(), seen[1]);
    // A baseline that is never reached, epochs that are not looked at, and a change too small.
    let epochs = |early: EarlyStopping| {
        let fit = quick().epochs(5).callback(losses(&values)).callback(early.monitor("loss"));
        ToyModel::init(1).fit(data.view(), fit).unwrap().epochs().len()
    };
    assert_eq!(epochs(EarlyStopping::new().baseline(0.1).patience(3)), 3);
    assert_eq!(epochs(EarlyStopping::new().start_from_epoch(3).patience(1)), 5);
    assert_eq!(epochs(EarlyStopping::new().min_delta(2.5).patience(2)), 3);
}

#[test]
fn the_learning_rate_falls_on_a_plateau() {
    let data = examples(40, 1);
    let values = [1.0, 0.99999, 1.0, 1.0, 1.0, 0.5, 0.5];
    let rates = |reduce: ReduceLROnPlateau| {
        let reduce = reduce.monitor("loss").factor(0.5);
        let fit = quick().epochs(7).callback(losses(&values)).callback(reduce);
        ToyModel::init(1).fit(data.view(), fit).unwrap().get("learning_rate")
    };
    let reduce = ReduceLROnPlateau::new().patience(2);
    assert_eq!(rates(reduce.clone()), [0.5, 0.5, 0.5, 0.25, 0.25, 0.125, 0.125]);
    assert_eq!(rates(reduce.clone().min_lr(0.2)), [0.5, 0.5, 0.5, 0.25, 0.25, 0.2, 0.2]);
    assert_eq!(rates(reduce.cooldown(2)), [0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25]);
    let fit = quick().callback(ReduceLROnPlateau::new().factor(1.5));
    let error = ToyModel::init(1).fit(data.view(), fit).unwrap_err().to_string();
    assert!(error.contains("`factor` must be in 0..1, found 1.5"), "{error}");
}

#[test]
fn a_checkpoint_keeps_the_best_and_names_files() {
    let (data, directory) = (examples(40, 1), Directory::new("checkpoint"));
    let values = [3.0, 1.0, 2.0];
    let path = |name: &str| directory.join("new").join(name);
    let mut best =
        ModelCheckpoint::new(path("best.safetensors")).monitor("loss").save_best_only(true);
    let all = ModelCheckpoint::new(path("{epoch:02d}-{loss:.1f}.safetensors"));
    let batches = ModelCheckpoint::new(path("batch-{epoch}-{batch}.safetensors"))
        .save_weights_only(true)
        .save_freq(SaveFreq::Batches(3));
    let fit = quick().callback(losses(&values)).callback(&mut best).callback(all);
    let mut model = ToyModel::init(1);
    model.fit(data.view(), fit.callback(batches)).unwrap();
    assert_eq!(best.best(), Some(1.0));
    let mut names: Vec<_> = fs::read_dir(directory.join("new"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "01-3.0.safetensors",
            "02-1.0.safetensors",
            "03-2.0.safetensors",
            "batch-2-1.safetensors",
            "batch-3-2.safetensors",
            "best.safetensors"
        ]
    );
    let (mut a, mut b) = (ToyModel::init(2), ToyModel::init(3));
    a.load(path("best.safetensors")).unwrap();
    b.load_weights(path("02-1.0.safetensors")).unwrap();
    assert_eq!(a.weights_flat(), b.weights_flat());
    assert_ne!(a.weights_flat(), model.weights_flat());
    // What does not exist is an error, and not "the last is the best".
    let fit = quick().callback(
        ModelCheckpoint::new(path("x")).monitor("val_acc").mode(Mode::Max).save_best_only(true),
    );
    let error = model.fit(data.view(), fit).unwrap_err();
    assert!(error.to_string().contains("`monitor` is `val_acc`, but the logs have"), "{error}");
    assert!(!path("x").exists());
}

#[test]
fn a_csv_file_has_a_line_an_epoch_and_can_go_on() {
    let (data, directory) = (examples(40, 1), Directory::new("csv"));
    let (data, path) = (data.view(), directory.join("log.csv"));
    let lines = || -> Vec<String> {
        fs::read_to_string(&path).unwrap().lines().map(str::to_owned).collect()
    };
    let fit = |fit: Fit<'_, Toy>| ToyModel::init(1).fit(&data as &Data, fit);
    let every_other = || quick().validation(&data).validation_freq(2);
    fit(every_other().epochs(2).callback(CSVLogger::new(&path))).unwrap();
    assert_eq!(lines()[0], "epoch,accuracy,crossentropy,loss");
    fit(quick().epochs(2).callback(CSVLogger::new(&path).separator(';'))).unwrap();
    assert_eq!(lines()[0], "epoch;accuracy;crossentropy;loss");
    assert_eq!(lines().len(), 3);
    let append = || CSVLogger::new(&path).separator(';').append(true);
    fit(quick().initial_epoch(2).epochs(4).callback(append())).unwrap();
    let firsts: Vec<_> = lines().iter().map(|l| l.split(';').next().unwrap().to_owned()).collect();
    assert_eq!(firsts, ["epoch", "0", "1", "2", "3"]);
    let extra = LambdaCallback::new().on_epoch_end(|_, at: &mut Context<Toy>| {
        at.logs.set("extra", 1.0);
        Ok(())
    });
    let error = fit(quick().callback(extra).callback(append())).unwrap_err().to_string();
    assert!(error.contains("but no `extra`"), "{error}");
    let nowhere = CSVLogger::new(directory.join("missing").join("log.csv"));
    let error = fit(quick().callback(nowhere)).unwrap_err().to_string();
    assert!(error.contains("cannot write") && error.contains("missing"), "{error}");
}

/// A training that is killed and resumed equals one that never was, in weights, history and decisions.
#[test]
fn a_resumed_training_equals_one_that_was_not_interrupted() {
    let (data, directory) = (examples(100, 1), Directory::new("backup"));
    let data = data.view();
    let train = |killed_at: Option<(usize, usize)>, freq: SaveFreq, backup: bool| {
        let killer = LambdaCallback::new().on_batch_end(move |_, at: &mut Context<Toy>| {
            let iterations = at.model.optimizer().iterations() as usize;
            match killed_at {
                Some((epoch, batch)) if iterations == 4 * epoch + batch => Err("killed".into()),
                _ => Ok(()),
            }
        });
        let fit = Fit::new().verbose(0).epochs(4).seed(3).validation(&data);
        let fit = fit
            .optimizer(Adam::new().learning_rate(0.1))
            .callback(ReduceLROnPlateau::new().patience(1).min_delta(0.3))
            .callback(EarlyStopping::new().patience(9).restore_best_weights(true));
        let fit = if backup {
            fit.callback(BackupAndRestore::new(&*directory).save_freq(freq))
        } else {
            fit
        };
        let mut model = ToyModel::init(1);
        let history = model.fit(&data as &Data, fit.callback(killer));
        history.map(|history| (model.weights_flat().to_vec(), history))
    };
    let whole = train(None, SaveFreq::Epoch, false).unwrap();
    for (freq, at) in [
        (SaveFreq::Epoch, (2, 2)),
        (SaveFreq::Batches(3), (1, 3)),
        (SaveFreq::Batches(3), (3, 4)),
        (SaveFreq::Batches(1), (0, 2)),
    ] {
        assert!(train(Some(at), freq, true).is_err());
        let backup = BackupAndRestore::new(&*directory).path();
        assert!(backup.exists(), "{freq:?} {at:?}");
        assert_eq!(train(None, freq, true).unwrap(), whole, "{freq:?}, killed at {at:?}");
        assert!(!backup.exists());
    }
    // A stream passes over what was taken.
    let stream = |killed: bool| {
        let (x, label) = (data.x.clone(), data.label.clone());
        let example = move |i: usize| ToyData { x: x[i % 100], label: label[i % 100] };
        let killer = LambdaCallback::new().on_epoch_begin(move |epoch, _| {
            if killed && epoch == 2 { Err("killed".into()) } else { Ok(()) }
        });
        let fit = Fit::new().verbose(0).epochs(4).steps_per_epoch(3).callback(killer);
        let mut model = ToyModel::init(1);
        let fit = fit.callback(BackupAndRestore::new(directory.join("stream")));
        let history = model.fit(Stream::new((0..).map(example)), fit);
        history.map(|history| (model.weights_flat().to_vec(), history))
    };
    let whole = stream(false).unwrap();
    assert!(stream(true).is_err());
    assert_eq!(stream(false).unwrap(), whole);
    // Another training does not go on from this backup.
    assert!(train(Some((2, 2)), SaveFreq::Epoch, true).is_err());
    let fit = Fit::new().verbose(0).seed(4).callback(BackupAndRestore::new(&*directory));
    let error = ToyModel::init(1).fit(&data as &Data, fit).unwrap_err().to_string();
    assert!(error.contains("seed: 3") && error.contains("seed: 4"), "{error}");
}

#[test]
fn an_interrupted_training_goes_on_where_it_was() {
    let (data, directory) = (examples(100, 1), Directory::new("interrupted"));
    let (data, flag) = (data.view(), AtomicBool::new(false));
    let mut seen = Vec::new();
    let mut train = |model: &mut ToyModel, interrupted_at: Option<u64>| {
        flag.store(interrupted_at == Some(0), Ordering::Relaxed);
        let user = LambdaCallback::new()
            .on_batch_begin(|_, at: &mut Context<Toy>| {
                let now = interrupted_at == Some(at.model.optimizer().iterations() + 1);
                flag.store(now, Ordering::Relaxed);
                Ok(())
            })
            .on_train_end(|at: &mut Context<Toy>| {
                seen.push(at.is_interrupted());
                Ok(())
            });
        let fit = quick().validation(&data).callback(BackupAndRestore::new(&*directory));
        model.fit(&data as &Data, fit.callback(user).stop_on(&flag)).unwrap()
    };
    let (mut whole, mut parts) = (ToyModel::init(1), ToyModel::init(1));
    let history = train(&mut whole, None);
    // In an epoch, at its end, and where nothing has begun.
    assert_eq!(train(&mut parts, Some(6)).epochs().len(), 2);
    assert_eq!(parts.optimizer().iterations(), 6);
    assert_eq!(train(&mut ToyModel::init(2), Some(8)).epochs().len(), 2);
    let mut last = ToyModel::init(3);
    assert_eq!(train(&mut last, Some(0)).epochs().len(), 1);
    assert_eq!(train(&mut last, None), history);
    assert_eq!(last.weights_flat(), whole.weights_flat());
    assert_eq!(seen, [false, true, true, true, false]);
}

#[test]
fn weights_of_examples_and_classes_scale_their_losses() {
    let data = examples(40, 1);
    let gradients = |fit: Fit<'_, Toy>, data: &Data| {
        let mut model = ToyModel::init(1);
        let history = model.fit(data, fit.epochs(1).batch_size(1000).shuffle(false)).unwrap();
        (model.weights_flat().to_vec(), history.get("loss")[0])
    };
    let weights: Vec<f32> = data.label.iter().map(|l| [2.0, 0.0, 1.0][*l as usize]).collect();
    let weights = &weights;
    let by_sample = gradients(quick().sample_weight(&weights), &data.view());
    let by_class = gradients(quick().class_weight([(0, 2.0), (1, 0.0)]), &data.view());
    assert_eq!(by_sample, by_class);
    // An example of weight 2 counts as two, one of weight 0 as none; the mean is over all 40.
    let mut twice = ToyData { x: Vec::new(), label: Vec::new() };
    for (x, label) in data.x.iter().zip(&data.label) {
        for _ in 0..[2, 0, 1][*label as usize] {
            twice.x.push(*x);
            twice.label.push(*label);
        }
    }
    let count = twice.label.len() as f64;
    let fit = quick().optimizer(Sgd::new().learning_rate(0.5 * count / 40.0));
    let (expected, loss) = gradients(fit, &twice.view());
    assert!((by_sample.1 - loss * count / 40.0).abs() < 1e-6);
    assert!(by_sample.0.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-6));
    let model = &mut ToyModel::init(1);
    let how = Evaluate::new().sample_weight(&weights);
    assert!(
        (model.evaluate_with(data.view(), how).unwrap().get("loss").unwrap() - by_sample.1).abs()
            < 1e-6
    );
}
