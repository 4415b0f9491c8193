//! Gated recurrent units: a sequence, and one step of it.

use super::recurrent::outputs;
use crate::layers::Activation;
use crate::prelude::*;

/// Gated recurrent units (Cho et al. 2014) over the steps of a sequence.
///
/// ```text
/// h = GRUCell(x[t], h) for each step t
/// ```
///
/// # Arguments
/// * `x`: `[steps, n]`.
/// * `h`: `[units]`, Keras' `initial_state`; zeros where it is not given.
///
/// # Output
/// `[units]`, or with `return_sequences(true)` `[steps, units]`. With `return_state(true)` `h` behind the last step is given, too:
/// there are 2 outputs then, `let (y, h) = GRU::new(8).return_state(true)(x);`, and 1 otherwise.
///
/// # Weights
/// Those of its [`GRUCell`], `gru_cell`.
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
///         input start: [16];
///         let x = GRU::new(16).return_sequences(true)(series, start);    // [20, 16]
///         output y = Dense::new(1)(GRU::new(8).go_backwards(true)(x));
///     }
/// }
/// assert_eq!(Net::PARAMS, 1_008 + 624 + 9);
/// ```
///
/// Follows `keras.layers.GRU`, without `recurrent_dropout`, `stateful`.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct GRU {
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
    /// Whether the reset gate is applied behind the product with the recurrent kernel, or in front of it.
    #[default(true)]
    pub reset_after: bool,
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
impl GRU {
    fn build(&self, x: Shape![steps, n]) {
        self.gru_cell = GRUCell::new(self.units)
            .activation(self.activation)
            .recurrent_activation(self.recurrent_activation)
            .use_bias(self.use_bias)
            .reset_after(self.reset_after)
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
            h = self.gru_cell(x_t, h);
            if self.return_sequences {
                y[s![step, ..]] = h;
            } else {
                y[s![..]] = h;
            }
        }
        if self.return_state { (y, h) } else { y }
    }
}

/// One step of gated recurrent units: what [`GRU`] does in each, for streams that come step by step.
///
/// ```text
/// z = recurrent_activation(x·kernel_z + b_z + h·recurrent_kernel_z)        r the same with _r
/// g = activation(x·kernel_h + b_h + r · (h·recurrent_kernel_h))            with reset_after(false) (r · h)·recurrent_kernel_h
/// h ← z · h + (1 − z) · g
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
/// `kernel`: `[n, 3 · units]`; `recurrent_kernel`: `[units, 3 · units]`; `bias`: `[2, 3 · units]`, for the input and for the state, or with
/// `reset_after(false)` `[3 · units]`; none with `use_bias(false)`. Their three parts belong to the update gate, the reset gate and what
/// is new.
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
///         output h_next = GRUCell::new(8)(x, h);
///     }
/// }
/// assert_eq!(Step::PARAMS, 3 * 24 + 8 * 24 + 2 * 24);
/// ```
///
/// Follows `keras.layers.GRUCell`, without `recurrent_dropout`.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct GRUCell {
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
    /// Whether the reset gate is applied behind the product with the recurrent kernel, or in front of it.
    #[default(true)]
    pub reset_after: bool,
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
impl GRUCell {
    fn build(&self, x: Shape![n], h: Shape![..]) {
        self.kernel = weight(
            [n, 3 * self.units],
            self.kernel_initializer,
            regularizer = self.kernel_regularizer,
            constraint = self.kernel_constraint,
        );
        self.recurrent_kernel = weight(
            [self.units, 3 * self.units],
            self.recurrent_initializer,
            regularizer = self.recurrent_regularizer,
            constraint = self.recurrent_constraint,
        );
        if self.use_bias && self.reset_after {
            self.bias = weight(
                [2, 3 * self.units],
                self.bias_initializer,
                regularizer = self.bias_regularizer,
                constraint = self.bias_constraint,
            );
        } else if self.use_bias {
            self.bias = weight(
                [3 * self.units],
                self.bias_initializer,
                regularizer = self.bias_regularizer,
                constraint = self.bias_constraint,
            );
        }
    }

    fn call(&self, x: Tensor![n], h: Tensor![self.units]) -> Tensor![self.units] {
        let x = dot(x, self.kernel);
        let (z, g) = if self.reset_after {
            let inner = dot(h, self.recurrent_kernel);
            let (x, inner) =
                if self.use_bias { (x + self.bias[0], inner + self.bias[1]) } else { (x, inner) };
            let (x_z, x_r, x_g) = split(x, 3);
            let (h_z, h_r, h_g) = split(inner, 3);
            let r = self.recurrent_activation(x_r + h_r);
            (self.recurrent_activation(x_z + h_z), x_g + r * h_g)
        } else {
            let x = if self.use_bias { x + self.bias } else { x };
            let (x_z, x_r, x_g) = split(x, 3);
            let inner = dot(h, self.recurrent_kernel[s![.., ..2 * self.units]]);
            let (h_z, h_r) = split(inner, 2);
            let r = self.recurrent_activation(x_r + h_r);
            let h_g = dot(r * h, self.recurrent_kernel[s![.., 2 * self.units..]]);
            (self.recurrent_activation(x_z + h_z), x_g + h_g)
        };
        z * h + (1 - z) * self.activation(g)
    }
}
