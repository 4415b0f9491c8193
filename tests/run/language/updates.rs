//! Weights that a layer updates in training: when, how often, and what does not change them.

use keras_core::check::vjp;
use keras_core::prelude::*;
use keras_core::train::{FitError, StepError};
use keras_tests::check_training;

/// Takes away the mean of all batches so far, and counts them.
#[derive(Clone, Copy)]
pub struct Centered {
    pub counts: bool,
}

#[layer]
impl Centered {
    fn build(&self, x: Shape![n]) {
        self.scale = weight([n], Ones);
        self.center = weight([n], Zeros, trainable = false);
        self.frozen = weight([n], Constant(3.0), trainable = false);
        self.count = weight([], Zeros, trainable = false);
    }

    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        if training {
            if self.counts {
                self.count = self.count + 1;
            }
            self.center = self.center + 0.5 * (batch_mean(x) - self.center);
        }
        (x - self.center) * self.scale + 0 * self.frozen
    }
}

model! {
    pub struct Net {
        input x: [2];
        output y = Centered { counts: true }(x);
        target t: [2];
        loss mean_squared_error(t, y);
    }
}

const X: [[f32; 2]; 2] = [[1.0, 2.0], [3.0, -2.0]];

fn data() -> NetData<&'static [[f32; 2]], &'static [[f32; 2]]> {
    NetData { x: &X, t: &[[0.0; 2]; 2] }
}

/// The centre, the frozen weight, and the count.
fn state<B: Backend>(net: &Model<Net, f32, B>) -> [f32; 5] {
    let weights = net.weights_flat();
    std::array::from_fn(|i| weights[2 + i])
}

#[test]
fn a_step_updates_once_and_reads_what_was_before() {
    check_training::<Net>();
    let mut net = Net::new(1);
    assert_eq!(state(&net), [0.0, 0.0, 3.0, 3.0, 0.0]);
    // The loss is that of the centre before the step.
    let loss = net.train_on_batch(data()).unwrap().get("loss").unwrap();
    assert_eq!(loss, (1.0 + 4.0 + 9.0 + 4.0) / 4.0);
    assert_eq!(state(&net), [1.0, 0.0, 3.0, 3.0, 1.0]);
    net.train_on_batch(data()).unwrap();
    assert_eq!(state(&net), [1.5, 0.0, 3.0, 3.0, 2.0]);
    let mut net = Net::new(1).on::<Reference>();
    net.fit(data(), Fit::new().epochs(3).batch_size(1).verbose(false)).unwrap();
    assert_eq!(state(&net)[4], 6.0);
}

#[test]
fn evaluate_and_predict_update_nothing() {
    let mut net = Net::new(1);
    net.train_on_batch(data()).unwrap();
    let before = net.weights_flat().to_vec();
    net.evaluate(data()).unwrap();
    net.predict(&X).unwrap();
    net.forward(&X).unwrap();
    assert_eq!(net.weights_flat(), before);
    let validation = data();
    let fit = Fit::new().epochs(1).batch_size(2).validation(&validation).verbose(false);
    net.fit(data(), fit).unwrap();
    assert_eq!(state(&net)[4], 2.0);
}

/// An update is no gradient: nothing clips it or accumulates it, and whoever looks at the gradients finds zeros.
#[test]
fn updates_are_no_gradients() {
    let train = |optimizer: Sgd<f32>| {
        let mut net = Net::new(1);
        net.set_optimizer(optimizer);
        net.train_on_batch(data()).unwrap();
        net
    };
    let plain = train(Sgd::new().learning_rate(0.1));
    let expected = [1.0, 0.0, 3.0, 3.0, 1.0];
    assert_eq!(state(&plain), expected);
    // A norm of 100 clips no gradient here; with the count and the frozen weight it is no different.
    let clipped = train(Sgd::new().learning_rate(0.1).global_clipnorm(100.0));
    assert_eq!(clipped.weights_flat(), plain.weights_flat());
    let short = train(Sgd::new().learning_rate(0.1).global_clipnorm(1e-3));
    assert_eq!(state(&short), expected);
    let accumulated = train(Sgd::new().gradient_accumulation_steps(4).use_ema(true));
    assert_eq!((state(&accumulated), &accumulated.weights_flat()[..2]), (expected, &[1.0; 2][..]));

    let mut net = Net::new(1);
    let mut steps = net.steps(data()).unwrap();
    let gradients = steps.gradients().unwrap();
    assert_eq!(gradients[2..], [0.0; 5]);
    gradients.fill(0.0);
    steps.apply();
    assert_eq!(state(&net), expected);
}

/// A step that goes wrong has not happened, and neither has its update.
#[test]
fn a_step_that_goes_wrong_updates_nothing() {
    let mut net = Net::new(1);
    let data = NetData { x: &[[f32::MAX, 1.0]], t: &[[0.0f32; 2]] };
    assert!(matches!(net.train_on_batch(data), Err(StepError::Loss { .. })));
    assert_eq!(net.weights_flat(), Net::new(1).weights_flat());

    // The loss is finite, and what the layer makes of the weight is not.
    let mut net = Overflowing::new(1);
    let data = OverflowingData { x: &[1e30f32, 1e30] };
    let error = net.fit(data, Fit::new().epochs(1).verbose(false)).unwrap_err();
    let FitError::Step { source: StepError::Update { weight, value, .. }, .. } = error else {
        panic!("{error}")
    };
    assert_eq!((&*weight, value), ("squares/sum", f64::INFINITY));
    assert_eq!(net.weights_flat(), Overflowing::new(1).weights_flat());
}

#[derive(Clone, Copy)]
pub struct Squares;

#[layer]
impl Squares {
    fn build(&self, _x: Shape![]) {
        self.bias = weight([], Zeros);
        self.sum = weight([], Zeros, trainable = false);
    }

    fn call(&self, x: Tensor![]) -> Tensor![] {
        if training {
            self.sum = self.sum + batch_mean(square(x));
        }
        tanh(x) + self.bias + 0 * self.sum
    }
}

model! {
    pub struct Overflowing {
        input x: [];
        output y = Squares(x);
        loss y;
    }
}

model! {
    /// Half of the updates are not there.
    pub struct Uncounted {
        input x: [2];
        output y = Centered { counts: false }(x);
        loss sum(y);
    }
}

#[test]
fn what_no_update_reaches_stays() {
    let mut net = Uncounted::new(1);
    net.weights_mut("centered/count").unwrap().fill(7.0);
    net.train_on_batch(UncountedData { x: &X }).unwrap();
    assert_eq!(net.weights_flat()[2..], [1.0, 0.0, 3.0, 3.0, 7.0]);
}

model! {
    /// The same layer twice, in a model that is called twice: four batches a step.
    pub struct Encoder {
        input x: [2];
        layer centered = Centered { counts: true };
        output y = centered(x) + centered(2 * x);
    }
}

model! {
    pub struct Siamese {
        input a: [2];
        input b: [2];
        layer encoder = Encoder;
        output y = sum(encoder(a) * encoder(b));
        loss y;
    }
}

/// As in Keras: each call goes on from where the one before has left the weight; all of them read the value before the step.
#[test]
fn a_layer_that_is_called_again_goes_on() {
    let (a, b) = ([[1.0f32, 0.0]; 3], [[0.0f32, 4.0]; 3]);
    let mut net = Siamese::new(1);
    net.train_on_batch(SiameseData { a: &a, b: &b }).unwrap();
    let mut center = [0.0f32; 2];
    for batch in [[1.0, 0.0], [2.0, 0.0], [0.0, 4.0], [0.0, 8.0]] {
        (0..2).for_each(|i| center[i] += 0.5 * (batch[i] - center[i]));
    }
    assert_eq!(net.weights("encoder/centered/center").unwrap().as_slice(), Some(&center[..]));
    assert_eq!(net.weights("encoder/centered/count").unwrap().sum(), 4.0);
}

/// Centres of classes that follow the means of their examples, without a gradient: a loss that updates a weight.
#[derive(Clone, Copy)]
pub struct Following;

#[layer]
impl Following {
    fn build(&self, x: Shape![n]) {
        self.kernel = weight([n, 2], GlorotUniform);
        self.center = weight([2], Zeros, trainable = false);
    }

    fn call(&self, x: Tensor![n]) -> Tensor![2] {
        dot(x, self.kernel)
    }

    fn loss(&self, y: Tensor![2]) -> Tensor![] {
        self.follow(y)
    }

    fn follow(&self, y: Tensor![k]) -> Tensor![] {
        if training {
            self.center = batch_mean(y);
        }
        sum(square(y - self.center))
    }
}

model! {
    pub struct Followed {
        input x: [3];
        layer head = Following;
        output y = head(x);
        loss head.loss(y);
    }
}

#[test]
fn a_method_updates_too() {
    let x = [[1.0f32, 2.0, 3.0], [3.0, 2.0, 1.0]];
    let mut net = Followed::new(1);
    let y = net.predict(&x).unwrap();
    net.train_on_batch(FollowedData { x: &x }).unwrap();
    let center = net.weights("head/center").unwrap();
    for (i, center) in center.iter().enumerate() {
        assert!((center - (y[[0, i]] + y[[1, i]]) / 2.0).abs() < 1e-6);
    }
}

#[test]
fn updates_are_told_beside_gradients() {
    let net = Net::new(1).cast::<f64>();
    let found = vjp(&net, 2, &[&[1.0, 2.0, 3.0, -2.0]], &[&[1.0; 4]]);
    assert_eq!(found.weights[2..], [0.0; 5]);
    assert_eq!(found.updated, [1.0, 1.0, 1.0, 0.0, 3.0, 3.0, 1.0]);
}

/// Moving means are weights: they are in files, and a training that was saved goes on from them.
#[test]
fn a_saved_training_goes_on() {
    let file = std::env::temp_dir().join(format!("keras-{}-updates", std::process::id()));
    let mut net = Net::new(1);
    net.train_on_batch(data()).unwrap();
    net.save(&file).unwrap();
    let mut second = Net::new(2);
    second.load(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    net.train_on_batch(data()).unwrap();
    second.train_on_batch(data()).unwrap();
    assert_eq!(net.weights_flat(), second.weights_flat());
    assert_eq!(state(&net)[4], 2.0);
}
