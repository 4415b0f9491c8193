//! Schedules against Keras' numbers.

use serde_json::Value;

use super::*;

/// The schedule that Keras has made of `config`.
fn schedule(class: &str, config: &Value) -> Box<dyn Schedule> {
    let number = |key: &str| config[key].as_f64().unwrap();
    let flag = |key: &str| config[key].as_bool().unwrap();
    let count = |key: &str| config[key].as_u64().unwrap();
    let from = || number("initial_learning_rate");
    match class {
        "ExponentialDecay" => {
            let decay = ExponentialDecay::new(from(), count("decay_steps"), number("decay_rate"));
            Box::new(decay.staircase(flag("staircase")))
        }
        "InverseTimeDecay" => {
            let decay = InverseTimeDecay::new(from(), count("decay_steps"), number("decay_rate"));
            Box::new(decay.staircase(flag("staircase")))
        }
        "PolynomialDecay" => Box::new(
            PolynomialDecay::new(from(), count("decay_steps"))
                .end_learning_rate(number("end_learning_rate"))
                .power(number("power"))
                .cycle(flag("cycle")),
        ),
        "PiecewiseConstantDecay" => {
            let list = |key: &str| config[key].as_array().unwrap().clone();
            let boundaries = list("boundaries").into_iter().map(|x| x.as_u64().unwrap());
            let values = list("values").into_iter().map(|x| x.as_f64().unwrap());
            Box::new(PiecewiseConstantDecay::new(boundaries, values))
        }
        "CosineDecay" => {
            let decay = CosineDecay::new(from(), count("decay_steps")).alpha(number("alpha"));
            let decay = decay.warmup_steps(count("warmup_steps"));
            Box::new(match config["warmup_target"].as_f64() {
                Some(target) => decay.warmup_target(target),
                None => decay,
            })
        }
        "CosineDecayRestarts" => Box::new(
            CosineDecayRestarts::new(from(), count("first_decay_steps"))
                .t_mul(number("t_mul"))
                .m_mul(number("m_mul"))
                .alpha(number("alpha")),
        ),
        _ => panic!("no schedule {class}"),
    }
}

/// Keras computed these in f64, so that only the order of a few operations differs.
#[test]
fn schedules_are_those_of_keras() {
    let golden: Value =
        serde_json::from_str(include_str!("../../../golden/schedules.json")).unwrap();
    assert_eq!(golden.as_object().unwrap().len(), 9);
    for (name, case) in golden.as_object().unwrap() {
        let schedule = schedule(case["class"].as_str().unwrap(), &case["config"]);
        schedule.check().unwrap();
        for (step, expected) in case["values"].as_array().unwrap().iter().enumerate() {
            let (found, expected) = (schedule.at(step as u64), expected.as_f64().unwrap());
            assert!((found - expected).abs() < 1e-15, "{name}, {step}: {found}, {expected}");
        }
    }
}

/// Restart `i` of `t_mul` 3 begins at step `(3ⁱ − 1) / 2`; that of 1 every time.
#[test]
fn no_restart_is_missed() {
    let (thrice, same) = (CosineDecayRestarts::new(1.0, 1), CosineDecayRestarts::new(1.0, 7));
    let (thrice, same) = (thrice.t_mul(3.0).m_mul(0.5), same.t_mul(1.0).m_mul(0.5));
    for i in 0..20 {
        let expected = 0.5f64.powi(i);
        assert!((thrice.at((3u64.pow(i as u32) - 1) / 2) - expected).abs() < 1e-9 * expected);
        assert!((same.at(7 * i as u64) - expected).abs() < 1e-12);
    }
}

#[test]
fn a_decay_ends_where_it_should() {
    assert_eq!(CosineDecay::new(0.5, 10).alpha(0.25).at(u64::MAX), 0.125);
    assert_eq!(PolynomialDecay::new(0.5, 10).power(2.0).at(u64::MAX), 0.0001);
    let staircase = InverseTimeDecay::new(0.5, 10, 1.0).staircase(true);
    assert_eq!([staircase.at(9), staircase.at(10)], [0.5, 0.25]);
}

#[test]
fn arguments_out_of_range_are_found() {
    let says = |schedule: &dyn Schedule| schedule.check().unwrap_err().to_string();
    let count = "must be a whole number of at least 1, found 0.0";
    assert_eq!(says(&CosineDecay::new(0.1, 0)), format!("`decay_steps` {count}"));
    assert_eq!(says(&CosineDecayRestarts::new(0.1, 0)), format!("`first_decay_steps` {count}"));
    assert_eq!(says(&PolynomialDecay::new(0.1, 0)), format!("`decay_steps` {count}"));
    assert_eq!(
        says(&ExponentialDecay::new(f64::NAN, 1, 0.5)),
        "`initial_learning_rate` must be a finite number of at least 0, found NaN"
    );
    assert_eq!(
        says(&CosineDecayRestarts::new(0.1, 1).t_mul(0.5)),
        "`t_mul` must be a finite number of at least 1, found 0.5"
    );
    assert_eq!(
        says(&PiecewiseConstantDecay::new([5], [0.1])),
        "`values` must be 1 + 1 numbers, one more than `boundaries`, found 1"
    );
    assert_eq!(
        says(&PiecewiseConstantDecay::new([5, 5], [0.1, 0.2, 0.3])),
        "`boundaries` must be larger than the one before, found 5.0"
    );
}

#[test]
fn a_closure_is_a_schedule() {
    let rate = LearningRate::from(|step: u64| 1.0 / (1 + step) as f64);
    assert_eq!(rate.at(3), 0.25);
    assert!(format!("{rate:?}").contains("a_closure_is_a_schedule"));
    let rate = LearningRate::from(ExponentialDecay::new(0.5, 2, 0.5));
    assert!(format!("{rate:?}").ends_with("ExponentialDecay"));
}
