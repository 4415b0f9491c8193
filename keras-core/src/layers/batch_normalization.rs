//! Each feature with mean 0 and variance 1 over a batch.

use crate::prelude::*;

/// Normalizes each number along the last axis: in training over the batch and all leading axes, elsewhere by moving means of what
/// training has seen; then scales and shifts what comes out.
///
/// ```text
/// y = (x − m) / √(v + epsilon) · gamma + beta
/// ```
///
/// In training `m` and `v` are the mean and the variance (divided by the number of rows) of the batch, and each step updates
///
/// ```text
/// moving_mean ← momentum · moving_mean + (1 − momentum) · m        moving_variance ← momentum · moving_variance + (1 − momentum) · v
/// ```
///
/// Outside of training `m` and `v` are those two; a [`Frozen`](crate::infer::Frozen) model has them in the weights of the layer
/// before, if that is a product without activation. A layer that is called twice in a step takes both batches into account, one
/// after the other.
///
/// # Arguments
/// * `x`: `[.., n]`.
///
/// # Output
/// The shape of `x`.
///
/// # Weights
/// `gamma`: `[n]`, unless `scale(false)`; `beta`: `[n]`, unless `center(false)`; `moving_mean` and `moving_variance`: `[n]`, which are
/// not trained but updated.
///
/// # Errors
/// One number, which has no axis of features; integers.
///
/// ```
/// use keras_core::prelude::*;
///
/// model! {
///     struct Net {
///         input x: [8];
///         let h = relu(BatchNormalization::new()(Dense::new(16).use_bias(false)(x)));
///         output y = Dense::new(3)(h);
///     }
/// }
/// assert_eq!(Net::PARAMS, 8 * 16 + 4 * 16 + 16 * 3 + 3);
/// ```
///
/// Follows `keras.layers.BatchNormalization` with `axis=-1`, without `renorm`.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct BatchNormalization {
    /// The weight of the old value in a moving mean.
    #[default(0.99)]
    pub momentum: f64,
    /// What is added to the variance, so that nothing is divided by 0.
    #[default(1e-3)]
    pub epsilon: f64,
    /// Whether `beta` is added.
    #[default(true)]
    pub center: bool,
    /// Whether `gamma` is multiplied.
    #[default(true)]
    pub scale: bool,
    /// Where the first values of `beta` come from.
    #[default(Zeros)]
    pub beta_initializer: Initializer,
    /// Where the first values of `gamma` come from.
    #[default(Ones)]
    pub gamma_initializer: Initializer,
    /// Where the first values of `moving_mean` come from.
    #[default(Zeros)]
    pub moving_mean_initializer: Initializer,
    /// Where the first values of `moving_variance` come from.
    #[default(Ones)]
    pub moving_variance_initializer: Initializer,
    /// The penalty on `beta`.
    #[default(Regularizer::NONE)]
    pub beta_regularizer: Regularizer,
    /// The penalty on `gamma`.
    #[default(Regularizer::NONE)]
    pub gamma_regularizer: Regularizer,
    /// What is done to `beta` after each update.
    #[default(Constraint::NONE)]
    pub beta_constraint: Constraint,
    /// What is done to `gamma` after each update.
    #[default(Constraint::NONE)]
    pub gamma_constraint: Constraint,
}

#[layer]
impl BatchNormalization {
    fn build(&self, x: Shape![.., n]) {
        if self.scale {
            self.gamma = weight(
                [n],
                self.gamma_initializer,
                regularizer = self.gamma_regularizer,
                constraint = self.gamma_constraint,
            );
        }
        if self.center {
            self.beta = weight(
                [n],
                self.beta_initializer,
                regularizer = self.beta_regularizer,
                constraint = self.beta_constraint,
            );
        }
        self.moving_mean = weight([n], self.moving_mean_initializer, trainable = false);
        self.moving_variance = weight([n], self.moving_variance_initializer, trainable = false);
    }

    fn call(&self, x: Tensor![..s, n]) -> Tensor![..s, n] {
        // Roots are taken of the few variances here, not of one for each number of `x` below.
        let (mean, scale) = if training {
            let mean = batch_mean(x, leading = true);
            let variance = batch_variance(x, leading = true);
            let (old, new) = (self.momentum, 1.0 - self.momentum);
            self.moving_mean = old * self.moving_mean + new * mean;
            self.moving_variance = old * self.moving_variance + new * variance;
            (mean, rsqrt(variance + self.epsilon))
        } else {
            (self.moving_mean, rsqrt(self.moving_variance + self.epsilon))
        };
        let scale = if self.scale { scale * self.gamma } else { scale };
        let beta = if self.center { self.beta } else { zeros([n]) };
        (x - mean) * scale + beta
    }
}
