//! Recurrent layers: outputs, states, all gradients; steps one by one.

use keras_core::prelude::*;
use keras_tests::{Golden, check_training};

use crate::layers::check;

model! {
    pub struct LstmAll {
        input x: [6, 3];
        let (y, h, c) = LSTM::new(4).return_sequences(true).return_state(true)(x);
        output sequence = y;
        output hidden = h;
        output cell = c;
    }
}

model! {
    pub struct LstmLast {
        input x: [6, 3];
        output y = LSTM::new(4)(x);
    }
}

model! {
    pub struct LstmBackwards {
        input x: [6, 2];
        output y = LSTM::new(4).go_backwards(true).return_sequences(true)(x);
    }
}

#[test]
fn lstm() {
    let weights = [
        ("lstm/lstm_cell/kernel", "lstm_cell.kernel"),
        ("lstm/lstm_cell/recurrent_kernel", "lstm_cell.recurrent_kernel"),
        ("lstm/lstm_cell/bias", "lstm_cell.bias"),
    ];
    check::<LstmAll>("layers/lstm_sequences_state", &weights);
    check::<LstmLast>("layers/lstm_last", &weights);
    check::<LstmBackwards>("layers/lstm_backwards", &weights);
}

model! {
    pub struct GruLast {
        input x: [6, 3];
        output y = GRU::new(4)(x);
    }
}

model! {
    pub struct GruBefore {
        input x: [6, 3];
        output y = GRU::new(4).reset_after(false).return_sequences(true)(x);
    }
}

#[test]
fn gru() {
    let weights = [
        ("gru/gru_cell/kernel", "gru_cell.kernel"),
        ("gru/gru_cell/recurrent_kernel", "gru_cell.recurrent_kernel"),
        ("gru/gru_cell/bias", "gru_cell.bias"),
    ];
    check::<GruLast>("layers/gru_last_reset_after", &weights);
    check::<GruBefore>("layers/gru_seq_reset_before", &weights);
}

model! {
    pub struct Simple {
        input x: [6, 3];
        output y = SimpleRNN::new(4)(x);
    }
}

#[test]
fn simple_rnn() {
    let weights = [
        ("simple_rnn/simple_rnn_cell/kernel", "simple_rnn_cell.kernel"),
        ("simple_rnn/simple_rnn_cell/recurrent_kernel", "simple_rnn_cell.recurrent_kernel"),
        ("simple_rnn/simple_rnn_cell/bias", "simple_rnn_cell.bias"),
    ];
    check::<Simple>("layers/simple_rnn", &weights);
}

model! {
    /// A state is given, and every argument is another than its default.
    pub struct Given {
        input x: [4, 2];
        input h: [3];
        input c: [3];
        let (y, h_end, c_end) = LSTM::new(3)
            .activation(Softsign)
            .recurrent_activation(Tanh)
            .use_bias(false)
            .go_backwards(true)
            .return_state(true)(x, h, c);
        let (z, z_end) = GRU::new(3).use_bias(false).return_sequences(true).return_state(true)(x, y);
        let w = GRU::new(3).use_bias(false).reset_after(false).activation(Relu)(z, h_end);
        let (v, _) = SimpleRNN::new(3).use_bias(false).return_state(true)(z, c_end);
        output first = w + v;
        output second = SimpleRNN::new(2).return_sequences(true)(z, z_end[..2]);
    }
}

#[test]
fn states_are_inputs_and_outputs() {
    keras_tests::check::<Given>();
}

model! {
    pub struct Dropped {
        input x: [3, 2];
        output lstm = LSTM::new(2).dropout(0.4)(x);
        output gru = GRU::new(2).dropout(0.4)(x);
        output rnn = SimpleRNN::new(2).dropout(0.4)(x);
    }
}

#[test]
fn inputs_are_dropped_in_training() {
    check_training::<Dropped>();
}

model! {
    /// One step of `LstmAll`.
    pub struct Step {
        input x: [1, 3];
        input h: [4];
        input c: [4];
        let (y, h_next, c_next) = LSTM::new(4).return_state(true)(x, h, c);
        output last = y;
        output hidden = h_next;
        output cell = c_next;
    }
}

model! {
    /// The same, without the axis of steps.
    pub struct Cell {
        input x: [3];
        input h: [4];
        input c: [4];
        let (h_next, c_next) = LSTMCell::new(4)(x, h, c);
        output hidden = h_next;
        output cell = c_next;
    }
}

/// A board that takes a step at a time computes what the whole sequence gives, to the last bit.
#[test]
fn a_stream_of_steps_is_the_sequence() {
    let file = Golden::open("layers/lstm_last");
    let x: Vec<f32> = file.numbers("in.0");
    let whole = Model::<LstmAll, f32, Reference>::init(5);
    let steps = Model::<Step, f32, Reference>::init(5);
    let (weights, mut arena) = (whole.weights_flat(), Step::arena());
    assert_eq!(weights.len(), steps.weights_flat().len());
    let sequence: [f32; 18] = std::array::from_fn(|i| x[i]);
    let all = keras_core::check::call(&whole, 1, &[&sequence]);
    let (mut h, mut c, mut cell_h, mut cell_c) = ([0.0; 4], [0.0; 4], [0.0; 4], [0.0; 4]);
    let mut cell_arena = Cell::arena();
    for (t, x) in sequence.as_chunks::<3>().0.iter().enumerate() {
        let out = Step::infer::<f32>(weights, (x, &h, &c), &mut arena);
        assert_eq!(out.last[..], all[0][4 * t..][..4]);
        (h, c) = (*out.hidden, *out.cell);
        let out = Cell::infer::<f32>(weights, (x, &cell_h, &cell_c), &mut cell_arena);
        (cell_h, cell_c) = (*out.hidden, *out.cell);
        assert_eq!((cell_h, cell_c), (h, c));
    }
    assert_eq!((&h[..], &c[..]), (&all[1][..], &all[2][..]));
}

/// The bias of the forget gate begins at 1, and the recurrent kernel is orthogonal.
#[test]
fn first_weights() {
    let net = LstmLast::new(1);
    let bias = net.weights("lstm/lstm_cell/bias").unwrap();
    let expected = [0.0, 1.0, 0.0, 0.0].map(|part| [part; 4]).concat();
    assert_eq!(bias.as_slice().unwrap(), expected);
    let kernel = net.weights("lstm/lstm_cell/recurrent_kernel").unwrap();
    let product =
        |a: usize, b: usize| (0..16).map(|j| kernel[[a, j]] * kernel[[b, j]]).sum::<f32>();
    assert!((product(0, 0) - 1.0).abs() < 1e-5 && product(0, 1).abs() < 1e-5);
}
