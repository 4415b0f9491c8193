//! What a model keeps of its training.

use super::step::Plan;
use super::{Adam, Optimizer};
use crate::float::Float;
use crate::net::Net;
use crate::pass::Pass;

/// What a model keeps from one training step to the next.
#[derive(Debug)]
pub(crate) struct Trainer<F> {
    pub(crate) optimizer: Box<dyn Optimizer<F>>,
    pub(crate) plan: Plan,
    pub(super) pass: Pass<F>,
    pub(super) gradients: Vec<F>,
    /// What the weights become that their layers update, one after the other.
    pub(super) updates: Vec<F>,
    /// The epochs (and single steps) so far: each has its own random numbers.
    pub(super) rounds: u64,
}

impl<F: Float> Clone for Trainer<F> {
    fn clone(&self) -> Self {
        Trainer {
            optimizer: self.optimizer.boxed(),
            plan: self.plan.clone(),
            pass: Pass::default(),
            gradients: Vec::new(),
            updates: Vec::new(),
            rounds: self.rounds,
        }
    }
}

impl<F: Float> Trainer<F> {
    pub(crate) fn of<N: Net>() -> Self {
        Trainer {
            optimizer: F::adam(Adam::new()),
            plan: Plan::of(N::WEIGHTS.walk()),
            pass: Pass::default(),
            gradients: Vec::new(),
            updates: Vec::new(),
            rounds: 0,
        }
    }
}
