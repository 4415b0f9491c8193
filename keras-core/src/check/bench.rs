//! A program that runs at any point: weights and inputs in one list, and the gradients in a list like it.

use core::ops::Range;

use super::Part;
use crate::backend::Backend;
use crate::float::Float;
use crate::memory::{Extent, Place, Space};
use crate::net::Program;
use crate::pass::{Noise, Pass};
use crate::site::LayerAt;
use crate::weights::Weight;

/// The weights and inputs of a program, and the memory to run it.
pub(super) struct Bench<F> {
    /// With where they are in the list: first the weights, then the inputs.
    weights: Vec<(Part, Range<usize>)>,
    inputs: Vec<(Part, Range<usize>)>,
    batch: usize,
    pass: Pass<F>,
    noise: Noise,
}

/// What is asked of a backward pass.
pub(super) struct Ask<'a> {
    /// Which outputs have a cotangent.
    pub outputs: &'a dyn Fn(usize) -> bool,
    /// The cotangents of which inputs are asked for.
    pub parts: &'a dyn Fn(usize) -> bool,
    /// What the cotangents of inputs are added to; where there is nothing, the program sets them.
    pub base: Option<&'a [f64]>,
}

impl<F: Float> Bench<F> {
    pub(super) fn new(weights: &[Weight], inputs: Vec<Part>, batch: usize, seed: u64) -> Self {
        let weights: Vec<_> = weights
            .iter()
            .map(|weight| {
                let part = Part::new("weight", &weight.path, weight.shape);
                (Part { active: weight.trainable, ..part }, weight.range())
            })
            .collect();
        let mut end = weights.last().map_or(0, |(_, range)| range.end);
        let inputs = inputs
            .into_iter()
            .map(|part| {
                let start = end;
                end += part.shape.total(batch);
                (part, start..end)
            })
            .collect();
        let noise = Noise { key: seed, first: 0 };
        Bench { weights, inputs, batch, pass: Pass::default(), noise }
    }

    pub(super) fn inputs(&self) -> Vec<(Part, Range<usize>)> {
        self.inputs.clone()
    }

    /// What has a gradient.
    pub(super) fn active(&self) -> Vec<(Part, Range<usize>)> {
        self.weights.iter().chain(&self.inputs).filter(|(part, _)| part.active).cloned().collect()
    }

    /// Where each output is in the list of all.
    pub(super) fn outputs<P: Program>(&self) -> impl Iterator<Item = Range<usize>> + use<P, F> {
        let (batch, mut end) = (self.batch, 0);
        P::At::OUTPUTS.iter().map(move |value| {
            let start = end;
            end += Extent::of(value).total(batch);
            start..end
        })
    }

    fn params(&self) -> usize {
        self.weights.last().map_or(0, |(_, range)| range.end)
    }

    /// All outputs in training, one after the other.
    pub(super) fn forward<P: Program, B: Backend>(&mut self, x: &[F]) -> Vec<F> {
        self.load(x);
        self.pass.forward::<P, B>(&x[..self.params()], &mut [], self.noise);
        self.results::<P>()
    }

    /// All outputs outside of training, one after the other.
    pub(super) fn infer<P: Program, B: Backend>(&mut self, x: &[F]) -> Vec<F> {
        self.load(x);
        self.pass.infer::<P, B>(&x[..self.params()]);
        self.results::<P>()
    }

    fn results<P: Program>(&self) -> Vec<F> {
        (0..P::At::OUTPUTS.len()).flat_map(|i| self.pass.output(i).to_vec()).collect()
    }

    /// The gradients of all weights and the cotangents of the inputs that `ask` names; zeros for the others.
    ///
    /// The cotangents of inputs live behind the gradients of the weights.
    pub(super) fn gradient<P: Program, B: Backend>(
        &mut self,
        x: &[F],
        dy: &[F],
        ask: &Ask<'_>,
    ) -> Vec<F> {
        self.load(x);
        let (params, ranges) = (self.params(), self.outputs::<P>().collect::<Vec<_>>());
        let mut dx = vec![F::zero(); x.len()];
        let mut places = Vec::new();
        for (i, (part, range)) in self.inputs.iter().enumerate() {
            let asked = part.active && (ask.parts)(i);
            let (start, len) = (range.start, range.len());
            let place = Place { space: Space::Gradients, start, len, add: ask.base.is_some() };
            places.push(place.only(asked));
            match ask.base {
                _ if !asked => {}
                Some(base) => range.clone().for_each(|i| dx[i] = F::of(base[i])),
                None => dx[range.clone()].fill(F::nan()),
            }
        }
        let weights = &x[..params];
        self.pass.vjp::<P, B>(weights, &mut dx, &places, self.noise, |output, to| {
            let float = P::At::OUTPUTS[output].get().is_float();
            let given = float && (ask.outputs)(output);
            if given {
                to.copy_from_slice(&dy[ranges[output].clone()]);
            }
            given
        });
        dx
    }

    fn load(&mut self, x: &[F]) {
        let inputs = &x[self.params()..];
        let lens = self.inputs.iter().map(|(_, range)| range.len());
        self.pass.load(self.batch, inputs, lens);
        self.pass.poison();
    }
}
