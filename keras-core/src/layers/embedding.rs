//! A vector for each integer.

use crate::prelude::*;

/// A vector for each integer: a word, an item, a day of the week.
///
/// ```text
/// y[i.., ..] = embeddings[ids[i..], ..]
/// ```
///
/// # Arguments
/// * `ids`: integers `[..]` below `input_dim`, which is checked when data comes in.
///
/// # Output
/// `[.., output_dim]`.
///
/// # Weights
/// `embeddings`: `[input_dim, output_dim]`.
///
/// # Errors
/// Floats; integers that are known to reach `input_dim` or beyond.
///
/// ```
/// use keras_core::prelude::*;
///
/// model! {
///     struct Net {
///         input words: Index![1000; 5];
///         output y = Dense::new(2)(Flatten(Embedding::new(1000, 8)(words)));
///     }
/// }
/// assert_eq!(Net::PARAMS, 1000 * 8 + 5 * 8 * 2 + 2);
/// ```
///
/// Follows `keras.layers.Embedding`, without `mask_zero`.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct Embedding {
    /// How many integers there are: one more than the largest.
    pub input_dim: usize,
    /// The size of the output's last axis.
    pub output_dim: usize,
    /// Where the vectors' first values come from.
    #[default(Uniform)]
    pub embeddings_initializer: Initializer,
    /// The penalty on the vectors.
    #[default(Regularizer::NONE)]
    pub embeddings_regularizer: Regularizer,
    /// What is done to the vectors after each update.
    #[default(Constraint::NONE)]
    pub embeddings_constraint: Constraint,
}

#[layer]
impl Embedding {
    fn build(&self, ids: Shape![..]) {
        self.embeddings = weight(
            [self.input_dim, self.output_dim],
            self.embeddings_initializer,
            regularizer = self.embeddings_regularizer,
            constraint = self.embeddings_constraint,
        );
    }

    fn call(&self, ids: Index![self.input_dim; ..s]) -> Tensor![..s, self.output_dim] {
        gather(self.embeddings, ids)
    }
}
