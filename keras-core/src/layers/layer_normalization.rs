//! Each example with mean 0 and variance 1.

use crate::prelude::*;

/// Normalizes along the last axis, each vector by itself, and scales and shifts what comes out.
///
/// ```text
/// y = (x − m) / √(v + epsilon) · gamma + beta,  m and v: mean and variance of x along the last axis
/// ```
///
/// Another axis is made the last one by [`permute`](crate::ops::permute).
///
/// # Arguments
/// * `x`: `[.., n]`.
///
/// # Output
/// The shape of `x`.
///
/// # Weights
/// `gamma`: `[n]`, unless `scale(false)`; `beta`: `[n]`, unless `center(false)`.
///
/// # Errors
/// One number, which has no axis to be normalized along; integers.
///
/// ```
/// use keras_core::prelude::*;
///
/// model! {
///     struct Net {
///         input x: [5, 8];
///         output y = LayerNormalization::new().epsilon(1e-5)(x);
///     }
/// }
/// assert_eq!(Net::PARAMS, 8 + 8);
/// ```
///
/// Follows `keras.layers.LayerNormalization` with `axis=-1`.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct LayerNormalization {
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
impl LayerNormalization {
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
    }

    fn call(&self, x: Tensor![..s, n]) -> Tensor![..s, n] {
        let gamma = if self.scale { self.gamma } else { ones([n]) };
        let beta = if self.center { self.beta } else { zeros([n]) };
        standardize(x, axis = -1, epsilon = self.epsilon) * gamma + beta
    }
}
