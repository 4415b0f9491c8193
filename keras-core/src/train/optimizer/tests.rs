//! Optimizers against Keras' numbers, and against themselves from a saved state.

use safetensors::SafeTensors;

use super::*;
use crate::train::{CosineDecay, ExponentialDecay, Schedule};

/// A tensor of a file of golden values.
pub(in crate::train) fn golden<F: Float>(bytes: &[u8], name: &str) -> Vec<F> {
    let file = SafeTensors::deserialize(bytes).unwrap();
    let numbers = file.tensor(name).unwrap().data().as_chunks::<4>().0;
    numbers.iter().map(|bytes| F::of(f32::from_le_bytes(*bytes).into())).collect()
}

/// Asserts that `found` is as near to Keras in f64 as four times Keras in f32: the rule of the golden values.
pub(in crate::train) fn close<F: Float>(what: &str, found: &[F], expected: &[F], error: f64) {
    let largest = expected.iter().fold(0.0, |max, e| e.abs().f64().max(max));
    let tolerance = 4.0 * error + 1e-6 * largest + 1e-7;
    assert_eq!(found.len(), expected.len());
    for (f, e) in found.iter().zip(expected) {
        assert!((*f - *e).abs().f64() <= tolerance, "{what}: {f}, expected {e}");
    }
}

/// Two parameters of 12 and 4 numbers, with a gap of weights that are not trainable between them.
fn variables() -> [Variable; 2] {
    let variable = |path: &str, range| Variable { path: path.into(), range };
    [variable("head/kernel", 0..12), variable("head/bias", 14..18)]
}

fn join<F: Float>(a: Vec<F>, b: Vec<F>) -> Vec<F> {
    [a, vec![F::one(); 2], b].concat()
}

/// Five steps over both parameters of a golden file. `error` is the smallest `f32_err` among the parameters.
fn check<F: Float>(optimizer: &mut dyn Optimizer<F>, bytes: &[u8], error: f64) -> Vec<F> {
    let get = |name: String| golden::<F>(bytes, &name);
    let mut weights = join(get("param0.a".into()), get("param0.b".into()));
    for step in 0..5 {
        let mut gradients = join(get(format!("grad{step}.a")), get(format!("grad{step}.b")));
        optimizer.step(&mut weights, &mut gradients, &variables());
        let next = step + 1;
        close("a", &weights[..12], &get(format!("param{next}.a")), error);
        close("b", &weights[14..], &get(format!("param{next}.b")), error);
        assert!(weights[12..14].iter().all(|w| *w == F::one()));
    }
    weights
}

/// Tests that check an optimizer against a golden file, in both scalars.
macro_rules! parity {
    ($($name:ident($error:expr): $optimizer:expr;)*) => {$(
        #[test]
        fn $name() {
            let bytes = include_bytes!(concat!("../../../golden/optimizers/", stringify!($name), ".safetensors"));
            check::<f32>(&mut $optimizer, bytes, $error);
            check::<f64>(&mut $optimizer, bytes, $error);
        }
    )*};
}
parity! {
    sgd(2.98e-8): Sgd::new().learning_rate(0.1);
    sgd_momentum(1.04e-8): Sgd::new().learning_rate(0.1).momentum(0.9);
    sgd_nesterov(4.08e-8): Sgd::new().learning_rate(0.1).momentum(0.9).nesterov(true);
    sgd_clipnorm(1.91e-8): Sgd::new().learning_rate(0.1).clipnorm(0.5);
    sgd_clipvalue(3.1e-8): Sgd::new().learning_rate(0.1).clipvalue(0.3);
    sgd_weight_decay(3.59e-8): Sgd::new().learning_rate(0.1).weight_decay(0.01);
    sgd_ema(3.58e-8): Sgd::new().learning_rate(0.1).use_ema(true).ema_momentum(0.9);
    sgd_grad_accum2(0.0): Sgd::new().learning_rate(0.1).gradient_accumulation_steps(2);
    adam(5.2e-8): Adam::new();
    adam_amsgrad(7.01e-8): Adam::new().learning_rate(0.01).amsgrad(true);
    adam_global_clipnorm(9.15e-8): Adam::new().learning_rate(0.01).global_clipnorm(1.0);
    adam_exponential_schedule(6.71e-7): Adam::new().learning_rate(ExponentialDecay::new(0.1, 2, 0.5));
    adamw(1.01e-7): AdamW::new().learning_rate(0.01);
    nadam(1.13e-8): Nadam::new().learning_rate(0.01);
    adamax(9.03e-9): Adamax::new().learning_rate(0.01);
    rmsprop(1.25e-8): RMSprop::new();
    rmsprop_momentum_centered(8.76e-9): RMSprop::new().learning_rate(0.01).momentum(0.9).centered(true);
    adagrad(1.86e-8): Adagrad::new().learning_rate(0.01);
    adadelta(4.2e-9): Adadelta::new().learning_rate(1.0);
    lion(4.67e-8): Lion::new();
    ftrl(3.67e-8): Ftrl::new().learning_rate(0.1).l1_regularization_strength(0.01);
}

#[test]
fn the_averages_are_those_of_keras_and_become_the_weights() {
    let bytes = include_bytes!("../../../golden/optimizers/sgd_ema.safetensors");
    let mut sgd = Sgd::new().learning_rate(0.1).use_ema(true).ema_momentum(0.9);
    let mut weights = check::<f32>(&mut sgd, bytes, 3.58e-8);
    sgd.finalize(&mut weights, &variables());
    close("a", &weights[..12], &golden(bytes, "ema.a"), 2.49e-7);
    close("b", &weights[14..], &golden(bytes, "ema.b"), 4.19e-8);
    assert_eq!(weights[12..14], [1.0; 2]);
    let before = weights.clone();
    Sgd::new().finalize(&mut weights, &variables());
    Sgd::new().use_ema(true).finalize(&mut weights, &variables());
    assert_eq!(weights, before, "nothing to put there");
}

/// Weights, and the gradients of step `step`, of both signs and many magnitudes.
fn numbers(step: u64) -> Vec<f32> {
    (0..18).map(|i| crate::random::normal::<f32>(step, i) * 0.1 * (1 + i) as f32).collect()
}

fn run(optimizer: &mut dyn Optimizer<f32>, weights: &mut [f32], steps: core::ops::Range<u64>) {
    for step in steps {
        optimizer.step(weights, &mut numbers(1 + step), &variables());
    }
}

const NAMES: [&str; 10] =
    ["adadelta", "adagrad", "adam", "adamax", "adamw", "ftrl", "lion", "nadam", "rmsprop", "sgd"];

/// Every built-in optimizer, with every flag, every option and all but one clip.
fn with_all_options(clip: &str) -> impl Iterator<Item = Box<dyn Optimizer<f32>>> {
    NAMES.into_iter().map(move |name| {
        let mut optimizer = by_name::<f32>(name).unwrap();
        for flag in ["nesterov", "amsgrad", "centered", "use_ema"] {
            if optimizer.get(flag).is_some() {
                optimizer.set(flag, 1.0).unwrap();
            }
        }
        if optimizer.get("momentum").is_some() {
            optimizer.set("momentum", 0.7).unwrap();
        }
        optimizer.set("learning_rate", 0.05).unwrap();
        optimizer.set("weight_decay", 0.01).unwrap();
        optimizer.set(clip, 0.2).unwrap();
        optimizer.set("ema_momentum", 0.5).unwrap();
        optimizer.set("ema_overwrite_frequency", 2.0).unwrap();
        optimizer.set("gradient_accumulation_steps", 3.0).unwrap();
        optimizer
    })
}

#[test]
fn steps_after_a_restore_are_the_same_bit_for_bit() {
    let all = NAMES.into_iter().map(|name| by_name::<f32>(name).unwrap());
    let clips = ["clipnorm", "clipvalue", "global_clipnorm"];
    for mut original in all.chain(clips.into_iter().flat_map(with_all_options)) {
        // Seven steps end in the middle of an accumulation.
        let mut weights = numbers(0);
        run(&mut *original, &mut weights, 0..7);
        let mut copy = by_name::<f32>(original.name()).unwrap();
        copy.restore(original.state()).unwrap();
        assert_eq!(copy.state(), original.state());
        assert_eq!(copy.hyperparameters(), original.hyperparameters());
        assert_eq!(copy.iterations(), original.iterations());
        let mut again = weights.clone();
        run(&mut *original, &mut weights, 7..20);
        run(&mut *copy, &mut again, 7..20);
        assert_eq!(weights, again, "{}", original.name());
        assert_eq!(copy.state(), original.state());
        original.finalize(&mut weights, &variables());
        copy.finalize(&mut again, &variables());
        assert_eq!(weights, again, "{}", original.name());
        assert!(weights.iter().all(|w| w.is_finite()) && weights[..12] != numbers(0)[..12]);
    }
}

#[test]
fn a_schedule_goes_on_after_a_restore() {
    let adam = || Adam::<f32>::new().learning_rate(CosineDecay::new(0.1, 10));
    let (mut original, mut weights) = (adam(), numbers(0));
    run(&mut original, &mut weights, 0..4);
    let mut copy = adam();
    copy.restore(original.state()).unwrap();
    assert_eq!(Optimizer::learning_rate(&copy), CosineDecay::new(0.1, 10).at(4));
    let missing = Adam::<f32>::new().restore(original.state()).unwrap_err().to_string();
    let expected = "the state has no `learning_rate`, which `adam` needs; was it saved with other arguments, as a schedule?";
    assert_eq!(missing, expected);
    let mut again = weights.clone();
    run(&mut original, &mut weights, 4..8);
    run(&mut copy, &mut again, 4..8);
    assert_eq!(weights, again);
}

#[test]
fn a_state_that_does_not_fit_changes_nothing() {
    let mut adam = Adam::<f32>::new();
    run(&mut adam, &mut numbers(0), 0..3);
    let before = adam.state();
    let mut refused = |change: fn(&mut OptimizerState<f32>)| {
        let mut state = adam.state();
        change(&mut state);
        let error = adam.restore(state).unwrap_err();
        assert_eq!(adam.state(), before);
        error.to_string()
    };
    let other =
        "the state must be that of `adam`, found that of `sgd`; make the optimizer that was saved";
    assert_eq!(refused(|state| state.name = "sgd".into()), other);
    let missing = "the state has no `velocity`, which `adam` needs; was it saved with other arguments, as a schedule?";
    assert_eq!(refused(|state| _ = state.slots.remove(1)), missing);
    let long = "the slot `momentum` must hold 18 numbers, one for each weight, found 17";
    assert_eq!(refused(|state| state.slots[0].1.truncate(17)), long);
    let more = "the state has `epoch`, which `adam` lacks; was it saved by another version?";
    assert_eq!(refused(|state| state.counts.push(("epoch".into(), 1))), more);
    let range = "`beta_1` must be in [0, 1), found 2.0";
    assert_eq!(refused(|state| state.hyperparameters[1].1 = 2.0), range);
}

#[test]
fn hyperparameters_have_names_and_ranges() {
    let mut adam: Box<dyn Optimizer<f32>> = Box::new(AdamW::new().clipnorm(1.0));
    let expected = [
        ("learning_rate", 0.001),
        ("beta_1", 0.9),
        ("beta_2", 0.999),
        ("epsilon", 1e-7),
        ("amsgrad", 0.0),
        ("weight_decay", 0.004),
        ("clipnorm", 1.0),
        ("use_ema", 0.0),
        ("ema_momentum", 0.99),
    ];
    assert_eq!(adam.hyperparameters(), expected);
    adam.set("beta_1", 0.5).unwrap();
    adam.set_learning_rate(0.25).unwrap();
    assert_eq!([adam.get("beta_1"), adam.get("learning_rate")], [Some(0.5), Some(0.25)]);
    assert_eq!([adam.get("clipvalue"), adam.get("momentum")], [None, None]);
    let before = adam.hyperparameters();
    let mut refused = |name: &str, value| adam.set(name, value).unwrap_err().to_string();
    let names = "learning_rate, beta_1, beta_2, epsilon, amsgrad, weight_decay, clipnorm, clipvalue, \
                 global_clipnorm, use_ema, ema_momentum, ema_overwrite_frequency, gradient_accumulation_steps";
    let unknown = format!("`adamw` has no hyper-parameter `momentum`; it has {names}");
    assert_eq!(refused("momentum", 0.5), unknown);
    assert_eq!(refused("beta_1", 1.0), "`beta_1` must be in [0, 1), found 1.0");
    let found = "`learning_rate` must be a finite number of at least 0, found NaN";
    assert_eq!(refused("learning_rate", f64::NAN), found);
    let clips = "only one of `clipnorm`, `clipvalue` and `global_clipnorm` can be set, found `clipnorm` and `clipvalue`";
    assert_eq!(refused("clipvalue", 1.0), clips);
    let count = "`ema_overwrite_frequency` must be a whole number of at least 1, found 1.5";
    assert_eq!(refused("ema_overwrite_frequency", 1.5), count);
    assert_eq!(refused("amsgrad", 2.0), "`amsgrad` must be 0 (false) or 1 (true), found 2.0");
    assert_eq!(adam.hyperparameters(), before);
}

#[test]
fn a_schedule_is_not_overwritten() {
    let mut adam = Adam::<f32>::new().learning_rate(|_| 0.5);
    let error = adam.set_learning_rate(0.1).unwrap_err();
    assert_eq!(error, OptimizerError::Scheduled { value: 0.1 });
    assert_eq!(adam.get("learning_rate"), Some(0.5));
}

#[test]
fn arguments_out_of_range_are_found() {
    let range = |optimizer: &dyn Optimizer<f32>| match optimizer.check() {
        Err(OptimizerError::Range { name, .. }) => name,
        found => panic!("{found:?}"),
    };
    assert_eq!(range(&Sgd::new().momentum(1.5)), "momentum");
    assert_eq!(range(&Sgd::new().learning_rate(f64::NAN)), "learning_rate");
    assert_eq!(range(&Sgd::new().learning_rate(-0.1)), "learning_rate");
    assert_eq!(range(&Sgd::new().learning_rate(|_| -0.1)), "learning_rate");
    assert_eq!(range(&Sgd::new().learning_rate(CosineDecay::new(0.1, 0))), "decay_steps");
    assert_eq!(range(&Sgd::new().clipnorm(0.0)), "clipnorm");
    assert_eq!(range(&Lion::new().beta_1(0.0)), "beta_1");
    assert_eq!(range(&Ftrl::new().learning_rate_power(0.5)), "learning_rate_power");
    assert_eq!(range(&Sgd::new().gradient_accumulation_steps(0)), "gradient_accumulation_steps");
    // Infinite in f32 alone.
    assert_eq!(range(&Sgd::new().learning_rate(1e300)), "learning_rate");
    assert_eq!(Optimizer::<f64>::check(&Sgd::new().learning_rate(1e300)), Ok(()));
    let clips: &dyn Optimizer<f32> = &Adam::new().clipnorm(1.0).global_clipnorm(1.0);
    let found = vec!["clipnorm", "global_clipnorm"];
    assert_eq!(clips.check(), Err(OptimizerError::Clips { found }));
    for name in NAMES {
        by_name::<f32>(name).unwrap().check().unwrap();
    }
}

#[test]
fn built_in_optimizers_have_names() {
    for name in NAMES {
        assert_eq!(by_name::<f32>(&name.to_uppercase()).unwrap().name(), name);
    }
    assert!(by_name::<f32>("adamz").is_none());
}

#[test]
fn excluded_weights_do_not_decay() {
    let decayed = |names: &[&str]| {
        let sgd = Sgd::<f32>::new().learning_rate(0.5).weight_decay(0.5);
        let mut weights = [1.0; 18];
        sgd.exclude_from_weight_decay(names.iter().copied()).step(
            &mut weights,
            &mut [0.0; 18],
            &variables(),
        );
        [weights[0], weights[13], weights[14]]
    };
    assert_eq!(decayed(&[]), [0.75, 1.0, 0.75]);
    assert_eq!(decayed(&["bias"]), [0.75, 1.0, 1.0]);
    assert_eq!(decayed(&["head"]), [1.0; 3]);
    assert_eq!(decayed(&["head/kernel", "ias", "hea"]), [1.0, 1.0, 0.75]);
}

/// A step waits for the gradients of three; the averages overwrite the weights after every second update.
#[test]
fn updates_and_steps_are_counted_apart() {
    let mut sgd = Sgd::<f32>::new()
        .learning_rate(|step| step as f64)
        .gradient_accumulation_steps(3)
        .use_ema(true)
        .ema_momentum(0.5)
        .ema_overwrite_frequency(2);
    let mut weights = [0.0; 18];
    let mut step = || {
        sgd.step(&mut weights, &mut [-3.0; 18], &variables());
        (weights[0], sgd.iterations())
    };
    // The learning rate of the first update is that of step 2, of the second that of step 5. The averages move in every
    // step: 6, then 6 and 6 again, then (6 + 21)/2, which becomes the weight.
    let expected = [(0.0, 0), (0.0, 0), (6.0, 1), (6.0, 1), (6.0, 1), (13.5, 2)];
    assert_eq!([(); 6].map(|()| step()), expected);
}

#[test]
fn another_number_of_weights_begins_anew() {
    let mut adam = Adam::<f32>::new();
    run(&mut adam, &mut numbers(0), 0..3);
    let mut weights = vec![1.0f32; 4];
    adam.step(&mut weights, &mut [1.0; 4], &[Variable { path: "w".into(), range: 0..4 }]);
    assert_eq!(adam.iterations(), 1);
    // The first step of Adam is as long as the learning rate.
    assert!(weights.iter().all(|w| (w - 0.999).abs() < 1e-6), "{weights:?}");
}
