//! A model and all the memory that its training takes.

use core::marker::PhantomData;

use super::{Example, Update};
use crate::backend::Reference;
use crate::memory::{Extent, Frame, Place, Run};
use crate::net::{Net, Port, Program, Variables, training};
use crate::random::mix;
use crate::shape::{Inferred, MAX_PORTS, Message};
use crate::site::LayerAt;
use crate::weights::Tree;

/// The model `N` while it is trained by `U`, one example at a time: `PARAMS` is `N::PARAMS`, and `ARENA` is `N::TRAINING`.
///
/// Its size is all the memory that training takes. `new` is a `const fn`, for a `static`. A model of another size, and weights that
/// only a host knows how to train (with a regularizer, a constraint, an update by their layer, or not to be trained at all), do not
/// compile.
#[derive(Clone, Copy, Debug)]
pub struct Training<N, U, const PARAMS: usize, const ARENA: usize> {
    weights: [f32; PARAMS],
    gradients: [f32; PARAMS],
    arena: [f32; ARENA],
    update: U,
    /// How many examples there were, and how many since the last update.
    examples: u64,
    gathered: u32,
    net: PhantomData<fn() -> N>,
}

impl<N: Net, U: Update, const PARAMS: usize, const ARENA: usize> Training<N, U, PARAMS, ARENA> {
    /// All the memory that it takes, in bytes.
    pub const RAM: usize = size_of::<Self>();

    /// What is wrong with the model or the constants.
    const WRONG: Option<Message> = wrong::<N>(PARAMS, ARENA);

    /// Begins with these weights, such as `N::weights(include_bytes!(…))`.
    ///
    /// # Panics
    /// Where the constants are not those of the model, or a board cannot train it; in a `static`, that is a compile error, and
    /// so is a call of [`example`](Self::example).
    #[track_caller]
    pub const fn new(weights: [f32; PARAMS], update: U) -> Self {
        if let Some(message) = &Self::WRONG {
            panic!("{}", message.as_str());
        }
        let (gradients, arena) = ([0.0; PARAMS], [0.0; ARENA]);
        Training { weights, gradients, arena, update, examples: 0, gathered: 0, net: PhantomData }
    }

    /// The weights as they are now, for [`infer`](Net::infer).
    pub const fn weights(&self) -> &[f32; PARAMS] {
        &self.weights
    }

    /// The algorithm, to change its learning rate.
    pub const fn optimizer(&mut self) -> &mut U {
        &mut self.update
    }

    /// Adds the gradients of the losses of an example, whose sum is returned. The weights stay as they are until
    /// [`update`](Self::update).
    #[inline(always)]
    pub fn example(&mut self, example: &impl Example<N, f32>) -> f32 {
        const { assert!(Self::WRONG.is_none(), "a board cannot train this") };
        let Some((staged, arena)) = self.arena.split_at_mut_checked(Plan::<N>::STAGED) else {
            return 0.0;
        };
        stage::<N>(example, staged);
        let (extent, frame) = Plan::<N>::FRAME;
        let frame = Frame { key: mix(frame.key, self.examples), ..frame };
        let inputs: [&[f32]; 1] = [staged];
        let mut run = Run::new(arena, extent, 1, &self.weights, &mut self.gradients, &inputs);
        N::Objective::forward::<f32, Reference, true>(
            &mut run,
            frame,
            &Plan::<N>::X,
            &Plan::<N>::Y,
        );
        let mut loss = 0.0;
        for (y, dy) in Plan::<N>::Y.iter().zip(&Plan::<N>::DY).take(N::LOSSES.len()) {
            loss += run.get(*y).iter().sum::<f32>();
            run.get_mut(*dy).fill(1.0);
        }
        N::Objective::backward::<f32, Reference>(
            &mut run,
            frame,
            &Plan::<N>::X,
            &Plan::<N>::Y,
            &Plan::<N>::DY,
            &[],
        );
        (self.examples, self.gathered) = (self.examples + 1, self.gathered.saturating_add(1));
        loss
    }

    /// Takes a step along the mean of the gradients since the last one; without an example there is none.
    #[inline(always)]
    pub fn update(&mut self) {
        if self.gathered > 0 {
            self.update.step(&mut self.weights, &self.gradients, 1.0 / self.gathered as f32);
            self.gradients = [0.0; PARAMS];
            self.gathered = 0;
        }
    }
}

/// Copies the rows of an example and the variables to where the objective reads them.
#[inline(always)]
fn stage<N: Net>(example: &impl Example<N, f32>, staged: &mut [f32]) {
    let ports = N::INPUTS.len() + N::TARGETS.len();
    for (port, place) in Plan::<N>::X.iter().enumerate().take(ports) {
        let row = staged.get_mut(place.start..place.start + place.len).unwrap_or_default();
        example.put(port, row);
    }
    let variables = N::Variables::declared();
    for (i, place) in Plan::<N>::X.iter().skip(ports).enumerate().take(N::Variables::NAMES.len()) {
        if let Some(number) = staged.get_mut(place.start) {
            *number = variables.get(i) as f32;
        }
    }
}

/// Where everything is in an arena of one example: inputs, targets and variables in front of what the pass takes.
struct Plan<N>(PhantomData<fn() -> N>);

impl<N: Net> Plan<N> {
    const FRAME: (Extent, Frame) = training::<N::Objective>();
    const X: [Place; MAX_PORTS] = Self::inputs().0;
    const STAGED: usize = Self::inputs().1;
    const Y: [Place; MAX_PORTS] = Self::outputs(Extent::ZERO, MAX_PORTS);
    /// Losses alone have cotangents, not metrics.
    const DY: [Place; MAX_PORTS] =
        Self::outputs(crate::net::outputs(Self::OUTPUTS), N::LOSSES.len());
    const OUTPUTS: &'static [Inferred] = <<N::Objective as Program>::At as LayerAt>::OUTPUTS;

    const fn inputs() -> ([Place; MAX_PORTS], usize) {
        let (mut places, mut count, mut start) = ([Place::NONE; MAX_PORTS], 0, 0);
        let (mut i, ports) = (0, [N::INPUTS, N::TARGETS]);
        while i < 2 {
            (count, start) = after(&mut places, ports[i], (count, start));
            i += 1;
        }
        i = 0;
        while i < N::Variables::NAMES.len() {
            places[count] = Place { start, ..Place::input(0, 1) };
            (count, start, i) = (count + 1, start + 1, i + 1);
        }
        (places, start)
    }

    /// The places of the first `count` outputs, one after the other from `at` on.
    const fn outputs(mut at: Extent, count: usize) -> [Place; MAX_PORTS] {
        let (mut places, mut i) = ([Place::NONE; MAX_PORTS], 0);
        while i < Self::OUTPUTS.len() {
            let extent = Extent::of(&Self::OUTPUTS[i]);
            let start = if extent.once > 0 { Self::FRAME.0.each + at.once } else { at.each };
            if i < count {
                places[i] = Place::arena(start, extent.total(1));
            }
            (at, i) = (at.and(extent), i + 1);
        }
        places
    }
}

/// Puts `ports` behind the `count` inputs that end at `start`.
const fn after(
    places: &mut [Place; MAX_PORTS],
    ports: &[Port],
    (mut count, mut start): (usize, usize),
) -> (usize, usize) {
    let mut i = 0;
    while i < ports.len() {
        let len = ports[i].shape.len();
        places[count] = Place { start, ..Place::input(0, len) };
        (count, start, i) = (count + 1, start + len, i + 1);
    }
    (count, start)
}

/// How many numbers the arena of [`Training`] has: `N::TRAINING`.
pub const fn memory<N: Net>() -> usize {
    Plan::<N>::STAGED + Plan::<N>::FRAME.0.total(1)
}

/// What is wrong where the model `N` is to be trained with these constants.
const fn wrong<N: Net>(params: usize, arena: usize) -> Option<Message> {
    let message = Message::new(N::NAME);
    if N::LOSSES.is_empty() {
        return Some(message.str(" has no `loss`"));
    }
    if let Some((name, why)) = not_plain(N::WEIGHTS) {
        return Some(message.str(": its weight `").str(name).str("` ").str(why));
    }
    let (what, expected, found) = if params != N::WEIGHTS.params() {
        ("::PARAMS is ", N::WEIGHTS.params(), params)
    } else if arena != memory::<N>() {
        ("::TRAINING is ", memory::<N>(), arena)
    } else {
        return None;
    };
    Some(message.str(what).num(expected).str(", found ").num(found))
}

/// A weight that is not trained, or not by its gradient alone: its name, and why.
const fn not_plain(tree: &Tree) -> Option<(&'static str, &'static str)> {
    let mut i = 0;
    while i < tree.own.len() {
        let weight = &tree.own[i];
        let why = match (weight.regularizer, weight.constraint) {
            _ if !weight.trainable => "is not trained",
            _ if weight.updated => "is updated by its layer",
            (Some(regularizer), _) if !regularizer.is_nothing() => "has a regularizer",
            (_, Some(constraint)) if !constraint.is_nothing() => "has a constraint",
            _ => "",
        };
        if !why.is_empty() {
            return Some((weight.name, why));
        }
        i += 1;
    }
    i = 0;
    while i < tree.nested.len() {
        let found = not_plain(tree.nested[i].1);
        if found.is_some() {
            return found;
        }
        i += 1;
    }
    None
}
