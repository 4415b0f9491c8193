//! Everything a model needs: `use keras_core::prelude::*;`.

pub use crate::backend::{Backend, Native, Reference};
pub use crate::float::Float;
pub use crate::infer::Frozen;
pub use crate::layers::*;
pub use crate::losses::{
    binary_crossentropy, binary_focal_crossentropy, categorical_crossentropy,
    categorical_focal_crossentropy, categorical_hinge, cosine_similarity, dice, hinge, huber,
    kl_divergence, log_cosh, mean_absolute_error, mean_absolute_percentage_error,
    mean_squared_error, mean_squared_logarithmic_error, poisson, sparse_categorical_crossentropy,
    squared_hinge, tversky,
};
pub use crate::metrics::{
    Average, ClassAggregation, Curve, SummationMethod, accuracy, auc, binary_accuracy,
    categorical_accuracy, f1_score, false_negatives, false_positives, fbeta_score, mean_iou,
    precision, precision_at_recall, r2_score, recall, recall_at_precision, root_mean_squared_error,
    sensitivity_at_specificity, sparse_categorical_accuracy, sparse_top_k_categorical_accuracy,
    specificity_at_sensitivity, top_k_categorical_accuracy, true_negatives, true_positives,
};
pub use crate::net::Net;
pub use crate::ops::Padding::{self, *};
pub use crate::ops::{
    argmax, avg_pool1d, avg_pool2d, batch_mean, batch_variance, broadcast_to, cast, concat, conv1d,
    conv2d, depthwise_conv1d, depthwise_conv2d, dot, flatten, flip, full, full_like, gather,
    log_softmax, logsumexp, matmul, max, max_pool1d, max_pool2d, mean, min, one_hot, ones, pad,
    permute, prod, random_bernoulli, random_normal, random_uniform, repeat, reshape, slice,
    softmax, split, stack, standardize, stop_gradient, sum, transpose, variance, zeros,
};
pub use crate::site::Layer;
pub use crate::weights::Constraint::*;
pub use crate::weights::initializers::*;
pub use crate::weights::regularizers::*;
pub use crate::weights::{Constraint, Initializer, OrthogonalMode, Regularizer};
pub use crate::{layer, model};

#[cfg(feature = "std")]
pub use crate::data::DataError;
#[cfg(feature = "std")]
pub use crate::model::Model;
#[cfg(feature = "std")]
pub use crate::train::callback::*;
#[cfg(feature = "std")]
pub use crate::train::{
    Adadelta, Adagrad, Adam, AdamW, Adamax, Ftrl, Lion, Nadam, RMSprop, SGD, Sgd,
};
#[cfg(feature = "std")]
pub use crate::train::{
    CosineDecay, CosineDecayRestarts, ExponentialDecay, InverseTimeDecay, PiecewiseConstantDecay,
    PolynomialDecay, Schedule,
};
#[cfg(feature = "std")]
pub use crate::train::{Evaluate, Fit, FitError, History, Logs, Predict};
