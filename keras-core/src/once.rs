//! What is the same for every model, compiled once: here.
//!
//! Rust compiles a generic function in each crate that calls it. Optimizers, files and first weights are generic by the scalar
//! alone and know nothing of models, but were two thirds of what the release build of a small model compiled. So they are
//! functions of the two scalars, [`Once`], which are no longer generic: what calls them by way of the scalar finds them in this
//! crate. What a model's own types or sizes go into does not belong here.

use std::path::Path;

use crate::data::check::{self, Columns, DataError, Ports};
use crate::pass::{self, Pass};
use crate::shape::Shape;
use crate::train::step::{self, Count, Plan};
use crate::train::{
    Adadelta, Adagrad, Adam, AdamW, Adamax, Ftrl, Lion, Nadam, Optimizer, RMSprop, Sgd, StepError,
    Trainer, optimizer,
};
use crate::weights::file::{self, Others};
use crate::weights::{Initializer, Weight, WeightsError, draw};

/// Declares the functions and gives them to both scalars: `fn name(arguments) -> Type = the generic function;`.
macro_rules! once {
    ($(
        $(#[$doc:meta])* fn $name:ident $(<$life:lifetime>)? ($($arg:ident: $type:ty),*) $(-> $out:ty)? =
            $generic:path;
    )*) => {
        /// The functions that this crate compiles for each scalar; see the module.
        // It is public as a bound of `Float`, and cannot be named outside.
        #[allow(private_interfaces)]
        pub trait Once: Sized {
            $($(#[$doc])* fn $name $(<$life>)? ($($arg: $type),*) $(-> $out)?;)*
        }
        once!(@ f32 $(fn $name $(<$life>)? ($($arg: $type),*) $(-> $out)? = $generic;)*);
        once!(@ f64 $(fn $name $(<$life>)? ($($arg: $type),*) $(-> $out)? = $generic;)*);
    };
    (@ $scalar:ident $(fn $name:ident $(<$life:lifetime>)? ($($arg:ident: $type:ty),*) $(-> $out:ty)? = $generic:path;)*) => {
        #[allow(private_interfaces)]
        impl Once for $scalar {
            // Inlined they would be compiled by the caller again.
            $(#[inline(never)]
            fn $name $(<$life>)? ($($arg: $type),*) $(-> $out)? {
                $generic($($arg),*)
            })*
        }
    };
}

once! {
    /// [`by_name`](crate::train::by_name).
    fn optimizer(name: &str) -> Option<Box<dyn Optimizer<Self>>> = optimizer::built_in;
    /// The optimizer as a trait object, and so for all that follow.
    fn adadelta(own: Adadelta<Self>) -> Box<dyn Optimizer<Self>> = optimizer::boxed;
    fn adagrad(own: Adagrad<Self>) -> Box<dyn Optimizer<Self>> = optimizer::boxed;
    fn adam(own: Adam<Self>) -> Box<dyn Optimizer<Self>> = optimizer::boxed;
    fn adamw(own: AdamW<Self>) -> Box<dyn Optimizer<Self>> = optimizer::boxed;
    fn adamax(own: Adamax<Self>) -> Box<dyn Optimizer<Self>> = optimizer::boxed;
    fn ftrl(own: Ftrl<Self>) -> Box<dyn Optimizer<Self>> = optimizer::boxed;
    fn lion(own: Lion<Self>) -> Box<dyn Optimizer<Self>> = optimizer::boxed;
    fn nadam(own: Nadam<Self>) -> Box<dyn Optimizer<Self>> = optimizer::boxed;
    fn rmsprop(own: RMSprop<Self>) -> Box<dyn Optimizer<Self>> = optimizer::boxed;
    fn sgd(own: Sgd<Self>) -> Box<dyn Optimizer<Self>> = optimizer::boxed;
    /// [`initialize`](crate::weights::initialize).
    fn initialize(how: Initializer, path: &str, shape: &Shape, out: &mut [Self], seed: u64) = draw::draw;
    /// Checks data of some ports.
    fn check_data<'a>(ports: Ports<'a, Self>) -> Result<Columns<'a, Self>, DataError> = check::checked;
    /// What is left of a training step once the gradients are there, but for the optimizer.
    fn settle(
        trainer: &mut Trainer<Self>, weights: &[Self], losses: &[&'static str], count: Count
    ) -> Result<f64, StepError> = step::settle;
    /// One step of the optimizer, with all that follows it.
    fn apply(trainer: &mut Trainer<Self>, weights: &mut [Self]) = step::apply;
    /// The penalties on all weights.
    fn penalty(plan: &Plan, weights: &[Self]) -> f64 = step::penalty;
    /// A number of an output, summed over the examples of a pass.
    fn total(pass: &Pass<Self>, output: usize, at: usize, width: usize, weigh: bool) -> f64 = pass::total;
    /// Writes a file of weights.
    fn save(path: &Path, weights: &[Weight], values: &[Self], others: &Others) -> Result<(), WeightsError> = file::save;
    /// Reads a file of weights.
    fn load(path: &Path, weights: &[Weight]) -> Result<(Vec<Self>, Others), WeightsError> = file::load;
}
