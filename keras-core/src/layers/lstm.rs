//! Long short-term memory: a sequence, and one step of it.

use super::recurrent::outputs;
use crate::layers::Activation;
use crate::prelude::*;

/// Long short-term memory (Hochreiter, Schmidhuber 1997) over the steps of a sequence.
///
/// ```text
/// h, c = LSTMCell(x[t], h, c) for each step t
/// ```
///
/// # Arguments
/// * `x`: `[steps, n]`.
/// * `h`, `c`: `[units]`, Keras' `initial_state`; zeros where they are not given.
///
/// # Output
/// `[units]`, or with `return_sequences(true)` `[steps, units]`. With `return_state(true)` `h` and `c` behind the last step are given, too:
/// there are 3 outputs then, `let (y, h, c) = LSTM::new(8).return_state(true)(x);`, and 1 otherwise.
///
/// # Weights
/// Those of its [`LSTMCell`], `lstm_cell`.
///
/// # Errors
/// No axis of steps; a state of another size; another number of inputs than 1 or 3, or of names than there are outputs; a `dropout`
/// outside of `0..=1`.
///
/// ```
/// use keras_core::prelude::*;
///
/// model! {
///     struct Net {
///         input words: Index![1000; 12];
///         let x = Embedding::new(1000, 16)(words);
///         let x = LSTM::new(32).return_sequences(true)(x);              // [12, 32]
///         let (_, h, c) = LSTM::new(32).return_state(true)(x);
///         output y = Dense::new(2)(concat(h, c));
///     }
/// }
/// assert_eq!(Net::PARAMS, 16_000 + 6_272 + 8_320 + 130);
/// ```
///
/// Follows `keras.layers.LSTM`, without `recurrent_dropout`, `stateful`.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct LSTM {
    /// The size of the state and of the output's last axis.
    pub units: usize,
    /// What is applied to what is new.
    #[default(Activation::Tanh)]
    pub activation: Activation,
    /// What is applied to the gates.
    #[default(Activation::Sigmoid)]
    pub recurrent_activation: Activation,
    /// Whether a bias is added.
    #[default(true)]
    pub use_bias: bool,
    /// Whether the forget gate's bias begins at 1.
    #[default(true)]
    pub unit_forget_bias: bool,
    /// Where the kernel's first values come from.
    #[default(GlorotUniform)]
    pub kernel_initializer: Initializer,
    /// Where the recurrent kernel's first values come from.
    #[default(Orthogonal)]
    pub recurrent_initializer: Initializer,
    /// Where the bias' first values come from.
    #[default(Zeros)]
    pub bias_initializer: Initializer,
    /// The penalty on the kernel.
    #[default(Regularizer::NONE)]
    pub kernel_regularizer: Regularizer,
    /// The penalty on the recurrent kernel.
    #[default(Regularizer::NONE)]
    pub recurrent_regularizer: Regularizer,
    /// The penalty on the bias.
    #[default(Regularizer::NONE)]
    pub bias_regularizer: Regularizer,
    /// What is done to the kernel after each update.
    #[default(Constraint::NONE)]
    pub kernel_constraint: Constraint,
    /// What is done to the recurrent kernel after each update.
    #[default(Constraint::NONE)]
    pub recurrent_constraint: Constraint,
    /// What is done to the bias after each update.
    #[default(Constraint::NONE)]
    pub bias_constraint: Constraint,
    /// Whether the output is that of every step, or of the last one.
    #[default(false)]
    pub return_sequences: bool,
    /// Whether the state behind the last step is given, too.
    #[default(false)]
    pub return_state: bool,
    /// Whether the steps are taken from the last to the first; then so are the outputs of `return_sequences`.
    #[default(false)]
    pub go_backwards: bool,
    /// How probable it is, in training, for a number of the input to be dropped: the same ones in all steps of an example.
    #[default(0.0)]
    pub dropout: f64,
}

#[layer]
impl LSTM {
    fn build(&self, x: Shape![steps, n]) {
        self.lstm_cell = LSTMCell::new(self.units)
            .activation(self.activation)
            .recurrent_activation(self.recurrent_activation)
            .use_bias(self.use_bias)
            .unit_forget_bias(self.unit_forget_bias)
            .kernel_initializer(self.kernel_initializer)
            .recurrent_initializer(self.recurrent_initializer)
            .bias_initializer(self.bias_initializer)
            .kernel_regularizer(self.kernel_regularizer)
            .recurrent_regularizer(self.recurrent_regularizer)
            .bias_regularizer(self.bias_regularizer)
            .kernel_constraint(self.kernel_constraint)
            .recurrent_constraint(self.recurrent_constraint)
            .bias_constraint(self.bias_constraint);
    }

    fn call(
        &self,
        x: Tensor![steps, n],
        #[default(zeros([self.units]))] h: Tensor![self.units],
        #[default(zeros([self.units]))] c: Tensor![self.units],
    ) -> (Tensor![.., self.units], Tensor![self.units], Tensor![self.units]) {
        let back = self.go_backwards as usize;
        let kept = if self.dropout > 0.0 {
            Dropout::new(self.dropout)(full_like(x[0], 1.0))
        } else {
            ones([n])
        };
        let (mut h, mut c) = (h, c);
        let mut y = zeros(outputs(self.return_sequences, steps, self.units));
        for step in 0..steps {
            let x_t = x[(1 - back) * step + back * (steps - 1 - step)];
            let x_t = if self.dropout > 0.0 { x_t * kept } else { x_t };
            let (next, cell) = self.lstm_cell(x_t, h, c);
            h = next;
            c = cell;
            if self.return_sequences {
                y[s![step, ..]] = h;
            } else {
                y[s![..]] = h;
            }
        }
        if self.return_state { (y, h, c) } else { y }
    }
}

/// One step of long short-term memory: what [`LSTM`] does in each, for streams that come step by step.
///
/// ```text
/// (i, f, g, o) = x · kernel + h · recurrent_kernel + bias,  i, f, o through recurrent_activation, g through activation
/// c ← f · c + i · g        h ← o · activation(c)
/// ```
///
/// # Arguments
/// * `x`: `[n]`.
/// * `h`, `c`: `[units]`, the state before the step.
///
/// # Output
/// `h`, `c`: `[units]`, the state behind it; `h` is the output, too.
///
/// # Weights
/// `kernel`: `[n, 4 · units]`; `recurrent_kernel`: `[units, 4 · units]`; `bias`: `[4 · units]`, unless `use_bias(false)`. Their four parts
/// belong to the input gate, the forget gate, the new cell and the output gate.
///
/// # Errors
/// A sequence instead of one step; a state of another size.
///
/// ```
/// use keras_core::prelude::*;
///
/// model! {
///     /// One step of a stream: the program keeps the state and gives it back with the next numbers.
///     struct Step {
///         input x: [3];
///         input h: [8];
///         input c: [8];
///         let (h_next, c_next) = LSTMCell::new(8)(x, h, c);
///         output y = Dense::new(1)(h_next);
///         output hidden = h_next;
///         output cell = c_next;
///     }
/// }
/// let (net, mut arena) = (Step::new(1), Step::arena());
/// let (mut h, mut c) = ([0.0f32; 8], [0.0f32; 8]);
/// for x in [[1.0, 0.0, 0.5], [0.5, 1.0, 0.0]] {
///     let out = net.infer((&x, &h, &c), &mut arena);
///     (h, c) = (*out.hidden, *out.cell);
/// }
/// ```
///
/// Follows `keras.layers.LSTMCell`, without `recurrent_dropout`.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct LSTMCell {
    /// The size of the state.
    pub units: usize,
    /// What is applied to what is new.
    #[default(Activation::Tanh)]
    pub activation: Activation,
    /// What is applied to the gates.
    #[default(Activation::Sigmoid)]
    pub recurrent_activation: Activation,
    /// Whether a bias is added.
    #[default(true)]
    pub use_bias: bool,
    /// Whether the forget gate's bias begins at 1.
    #[default(true)]
    pub unit_forget_bias: bool,
    /// Where the kernel's first values come from.
    #[default(GlorotUniform)]
    pub kernel_initializer: Initializer,
    /// Where the recurrent kernel's first values come from.
    #[default(Orthogonal)]
    pub recurrent_initializer: Initializer,
    /// Where the bias' first values come from.
    #[default(Zeros)]
    pub bias_initializer: Initializer,
    /// The penalty on the kernel.
    #[default(Regularizer::NONE)]
    pub kernel_regularizer: Regularizer,
    /// The penalty on the recurrent kernel.
    #[default(Regularizer::NONE)]
    pub recurrent_regularizer: Regularizer,
    /// The penalty on the bias.
    #[default(Regularizer::NONE)]
    pub bias_regularizer: Regularizer,
    /// What is done to the kernel after each update.
    #[default(Constraint::NONE)]
    pub kernel_constraint: Constraint,
    /// What is done to the recurrent kernel after each update.
    #[default(Constraint::NONE)]
    pub recurrent_constraint: Constraint,
    /// What is done to the bias after each update.
    #[default(Constraint::NONE)]
    pub bias_constraint: Constraint,
}

#[layer]
impl LSTMCell {
    fn build(&self, x: Shape![n], h: Shape![..], c: Shape![..]) {
        self.kernel = weight(
            [n, 4 * self.units],
            self.kernel_initializer,
            regularizer = self.kernel_regularizer,
            constraint = self.kernel_constraint,
        );
        self.recurrent_kernel = weight(
            [self.units, 4 * self.units],
            self.recurrent_initializer,
            regularizer = self.recurrent_regularizer,
            constraint = self.recurrent_constraint,
        );
        if self.use_bias && self.unit_forget_bias {
            self.bias = weight(
                [4 * self.units],
                self.bias_initializer.unit_forget(),
                regularizer = self.bias_regularizer,
                constraint = self.bias_constraint,
            );
        } else if self.use_bias {
            self.bias = weight(
                [4 * self.units],
                self.bias_initializer,
                regularizer = self.bias_regularizer,
                constraint = self.bias_constraint,
            );
        }
    }

    fn call(
        &self,
        x: Tensor![n],
        h: Tensor![self.units],
        c: Tensor![self.units],
    ) -> (Tensor![self.units], Tensor![self.units]) {
        let bias = if self.use_bias { self.bias } else { zeros([4 * self.units]) };
        let z = dot(x, self.kernel) + dot(h, self.recurrent_kernel) + bias;
        let (i, f, g, o) = split(z, 4);
        let c =
            self.recurrent_activation(f) * c + self.recurrent_activation(i) * self.activation(g);
        (self.recurrent_activation(o) * self.activation(c), c)
    }
}
