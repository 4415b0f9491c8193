//! A simple recurrent layer: a sequence, and one step of it.

use super::recurrent::outputs;
use crate::layers::Activation;
use crate::prelude::*;

/// A fully connected layer over the steps of a sequence, which reads its output of the step before, too.
///
/// ```text
/// h = SimpleRNNCell(x[t], h) for each step t
/// ```
///
/// # Arguments
/// * `x`: `[steps, n]`.
/// * `h`: `[units]`, Keras' `initial_state`; zeros where it is not given.
///
/// # Output
/// `[units]`, or with `return_sequences(true)` `[steps, units]`. With `return_state(true)` `h` behind the last step is given, too:
/// there are 2 outputs then, `let (y, h) = SimpleRNN::new(8).return_state(true)(x);`, and 1 otherwise.
///
/// # Weights
/// Those of its [`SimpleRNNCell`], `simple_rnn_cell`.
///
/// # Errors
/// No axis of steps; a state of another size; another number of inputs than 1 or 2, or of names than there are outputs; a `dropout`
/// outside of `0..=1`.
///
/// ```
/// use keras_core::prelude::*;
///
/// model! {
///     struct Net {
///         input series: [20, 3];
///         let (y, last) = SimpleRNN::new(4).return_sequences(true).return_state(true)(series);
///         output all = y;
///         output state = last;
///     }
/// }
/// assert_eq!(Net::PARAMS, 3 * 4 + 4 * 4 + 4);
/// ```
///
/// Follows `keras.layers.SimpleRNN`, without `recurrent_dropout`, `stateful`.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct SimpleRNN {
    /// The size of the state and of the output's last axis.
    pub units: usize,
    /// What is applied to what is new.
    #[default(Activation::Tanh)]
    pub activation: Activation,
    /// Whether a bias is added.
    #[default(true)]
    pub use_bias: bool,
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
impl SimpleRNN {
    fn build(&self, x: Shape![steps, n]) {
        self.simple_rnn_cell = SimpleRNNCell::new(self.units)
            .activation(self.activation)
            .use_bias(self.use_bias)
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
    ) -> (Tensor![.., self.units], Tensor![self.units]) {
        let back = self.go_backwards as usize;
        let kept = if self.dropout > 0.0 {
            Dropout::new(self.dropout)(full_like(x[0], 1.0))
        } else {
            ones([n])
        };
        let mut h = h;
        let mut y = zeros(outputs(self.return_sequences, steps, self.units));
        for step in 0..steps {
            let x_t = x[(1 - back) * step + back * (steps - 1 - step)];
            let x_t = if self.dropout > 0.0 { x_t * kept } else { x_t };
            h = self.simple_rnn_cell(x_t, h);
            if self.return_sequences {
                y[s![step, ..]] = h;
            } else {
                y[s![..]] = h;
            }
        }
        if self.return_state { (y, h) } else { y }
    }
}

/// One step of a simple recurrent layer: what [`SimpleRNN`] does in each, for streams that come step by step.
///
/// ```text
/// h ← activation(x · kernel + bias + h · recurrent_kernel)
/// ```
///
/// # Arguments
/// * `x`: `[n]`.
/// * `h`: `[units]`, the state before the step.
///
/// # Output
/// `h`: `[units]`, the state behind it; `h` is the output, too.
///
/// # Weights
/// `kernel`: `[n, units]`; `recurrent_kernel`: `[units, units]`; `bias`: `[units]`, unless `use_bias(false)`.
///
/// # Errors
/// A sequence instead of one step; a state of another size.
///
/// ```
/// use keras_core::prelude::*;
///
/// model! {
///     struct Step {
///         input x: [3];
///         input h: [8];
///         output h_next = SimpleRNNCell::new(8)(x, h);
///     }
/// }
/// assert_eq!(Step::PARAMS, 3 * 8 + 8 * 8 + 8);
/// ```
///
/// Follows `keras.layers.SimpleRNNCell`, without `recurrent_dropout`.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct SimpleRNNCell {
    /// The size of the state.
    pub units: usize,
    /// What is applied to what is new.
    #[default(Activation::Tanh)]
    pub activation: Activation,
    /// Whether a bias is added.
    #[default(true)]
    pub use_bias: bool,
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
impl SimpleRNNCell {
    fn build(&self, x: Shape![n], h: Shape![..]) {
        self.kernel = weight(
            [n, self.units],
            self.kernel_initializer,
            regularizer = self.kernel_regularizer,
            constraint = self.kernel_constraint,
        );
        self.recurrent_kernel = weight(
            [self.units, self.units],
            self.recurrent_initializer,
            regularizer = self.recurrent_regularizer,
            constraint = self.recurrent_constraint,
        );
        if self.use_bias {
            self.bias = weight(
                [self.units],
                self.bias_initializer,
                regularizer = self.bias_regularizer,
                constraint = self.bias_constraint,
            );
        }
    }

    fn call(&self, x: Tensor![n], h: Tensor![self.units]) -> Tensor![self.units] {
        let bias = if self.use_bias { self.bias } else { zeros([self.units]) };
        self.activation(dot(x, self.kernel) + bias + dot(h, self.recurrent_kernel))
    }
}
