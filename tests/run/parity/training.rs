//! Whole trainings: the loss before each step, the weights behind the last.

use keras_core::prelude::*;
use keras_core::train::Optimizer;
use keras_tests::Golden;
use ndarray::ArrayView2;

use crate::article::DenseWithCenterLoss;

model! {
    pub struct Mlp {
        input x: [6];
        layer dense_1 = Dense::new(7).activation(Relu);
        layer dense = Dense::new(3);
        output y = dense(dense_1(x));
        target label: Label![3];
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
    }
}

/// Trains on the batches of a case, in order. Ours and Keras' names of weights are the same but for the separator.
fn train<N: Net, B: Backend>(
    name: &'static str,
    optimizer: impl Optimizer<f32> + 'static,
    step: impl Fn(&mut Model<N, f32, B>, ArrayView2<'_, f32>, &[u32]) -> f64,
) {
    let file = Golden::open(name);
    let mut model = Model::<N, f32, B>::init(1);
    let weights = N::WEIGHTS.walk();
    for weight in &weights {
        let start = file.numbers(&format!("w0.{}", weight.path.replace('/', ".")));
        model.weights_flat_mut()[weight.range()].copy_from_slice(&start);
    }
    model.set_optimizer(optimizer);
    let losses: Vec<f64> = (0..file.batch("losses"))
        .map(|t| {
            let x: Vec<f32> = file.numbers(&format!("x{t}"));
            let y: Vec<f32> = file.numbers(&format!("y{t}"));
            let y: Vec<u32> = y.into_iter().map(|y| y as u32).collect();
            let x = ArrayView2::from_shape((y.len(), x.len() / y.len()), &x).unwrap();
            step(&mut model, x, &y)
        })
        .collect();
    file.near("losses", &losses);
    for weight in &weights {
        let end = &model.weights_flat()[weight.range()];
        file.near(&format!("w.{}", weight.path.replace('/', ".")), end);
    }
    let x: Vec<f32> = file.numbers("x0");
    let y = keras_core::check::call(&model, file.batch("x0"), &[&x]);
    file.near("predict_x0", &y[0]);
}

fn mlp<B: Backend>() {
    let step = |model: &mut Model<Mlp, f32, B>, x: ArrayView2<'_, f32>, label: &[u32]| {
        model.train_on_batch(MlpData { x, label }).unwrap().get("loss").unwrap()
    };
    train("training/mlp_adam", Adam::new().learning_rate(0.01), step);
    train("training/mlp_sgd_momentum", Sgd::new().learning_rate(0.1).momentum(0.9), step);
}

#[test]
fn a_perceptron() {
    mlp::<Reference>();
    mlp::<Native>();
}

model! {
    pub struct CenterNet {
        input x: [6];
        layer dense_1 = Dense::new(8).activation(Relu);
        layer dense = Dense::new(2);
        layer dense_center = DenseWithCenterLoss { output_dim: 3 };
        let features = dense(dense_1(x));
        output y = dense_center(features);
        target label: Label![3];
        variable lamb = 0.5;
        loss dense_center.loss(features, label, y, lamb);
    }
}

fn center_loss<B: Backend>() {
    let step = |model: &mut Model<CenterNet, f32, B>, x: ArrayView2<'_, f32>, label: &[u32]| {
        model.train_on_batch(CenterNetData { x, label }).unwrap().get("loss").unwrap()
    };
    train("training/center_loss_adam", Adam::new().learning_rate(0.01), step);
}

#[test]
fn the_article_s_network() {
    center_loss::<Reference>();
    center_loss::<Native>();
}

model! {
    pub struct Convnet {
        input x: [8, 8, 1];
        let h = Conv2D::new(3, [3, 3]).activation(Relu)(x);
        let h = BatchNormalization::new()(MaxPooling2D::new()(h));
        output y = Dense::new(3)(Flatten(h));
        target label: Label![3];
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
    }
}

fn convnet<B: Backend>() {
    let step = |model: &mut Model<Convnet, f32, B>, x: ArrayView2<'_, f32>, label: &[u32]| {
        model.train_on_batch(ConvnetData { x, label }).unwrap().get("loss").unwrap()
    };
    train("training/convnet_batchnorm_adam", Adam::new().learning_rate(0.01), step);
}

/// Moving means go on from step to step, and are what `predict` uses in the end.
#[test]
fn a_convnet_with_batch_normalization() {
    convnet::<Reference>();
    convnet::<Native>();
}

model! {
    pub struct Words {
        input x: Index![9; 4];
        let h = Embedding::new(9, 3)(x);
        output y = Dense::new(3)(Flatten(h));
        target label: Label![3];
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
    }
}

fn words<B: Backend>() {
    let step = |model: &mut Model<Words, f32, B>, x: ArrayView2<'_, f32>, label: &[u32]| {
        model.train_on_batch(WordsData { x, label }).unwrap().get("loss").unwrap()
    };
    train("training/embedding_adagrad", Adagrad::new().learning_rate(0.1), step);
}

#[test]
fn an_embedding() {
    words::<Reference>();
    words::<Native>();
}

model! {
    pub struct Sequences {
        input x: [5, 3];
        output y = Dense::new(3)(LSTM::new(4)(x));
        target label: Label![3];
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
    }
}

fn sequences<B: Backend>() {
    let step = |model: &mut Model<Sequences, f32, B>, x: ArrayView2<'_, f32>, label: &[u32]| {
        model.train_on_batch(SequencesData { x, label }).unwrap().get("loss").unwrap()
    };
    train("training/lstm_rmsprop", RMSprop::new().learning_rate(0.01), step);
}

#[test]
fn an_lstm() {
    sequences::<Reference>();
    sequences::<Native>();
}
