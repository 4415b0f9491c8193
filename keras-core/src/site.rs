//! How an expansion is typed: one [`Site`] a call, one [`Layer`] a kind, one [`LayerAt`] for the two together.

use crate::backend::{Backend, Reference};
use crate::float::Float;
use crate::infer::{At, Base, Freeze, Inference, Inputs, Tile, places};
use crate::memory::{Extent, Frame, Place, Run};
use crate::shape::{Doubt, Inferred, MAX_PORTS};
use crate::weights::Tree;

/// One call of a layer: which layer, with which configuration, on which shapes. Written by the macros.
pub trait Site: 'static {
    /// The type of the layer that is called.
    type Layer: 'static;
    /// What it is at this call.
    type At: LayerAt;
    /// Its configuration.
    const LAYER: &'static Self::Layer;
    /// The shapes of the inputs.
    const INPUTS: &'static [Inferred];
}

/// Anything that can be called in a `#[layer]` body or a `model!`: a primitive op, a built-in layer, a user's layer, a model.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a layer",
    label = "only layers, ops and models can be called here",
    note = "put `#[layer]` on its `impl` block or function"
)]
pub trait Layer: Sized + 'static {
    /// The layer's name, for messages and summaries.
    const NAME: &'static str;
    /// For a streaming metric, how its number follows from the totals of its statistics; see [`Finish`].
    const RESULT: Option<Finish<Self>> = None;
    /// Whether its shape rule gives a shape or an error, and never panics, whatever the configuration and the inputs. Then a
    /// layer that calls it is checked at its definition, with sizes that nobody asked for.
    const TOTAL: bool = false;
    /// The layer at one call.
    type At<S: Site<Layer = Self>>: LayerAt;
}

/// What a streaming metric makes of the totals of its statistics: `finish(layer, totals, weight)`.
///
/// Such a metric gives a fixed number of statistics for each example (`true_positives`, `false_positives`), which are summed
/// over an epoch, each example times its weight; `weight` is the sum of the weights, the number of examples where there are
/// none. So the number is exact over the epoch, whatever the batches. Without one, a metric is the mean over the examples.
pub type Finish<L> = fn(&L, &[f64], f64) -> f64;

/// A further method of a layer (`loss`), found by a hash of its name.
#[diagnostic::on_unimplemented(
    message = "the layer `{Self}` has no such method",
    label = "this method is not in the layer's `#[layer] impl`"
)]
pub trait Method<const NAME: u64>: Layer {
    /// The method called at `S`, with the weights that the call `O` owns.
    type At<S: Site<Layer = Self>, O: Site<Layer = Self>>: LayerAt;
}

/// A field of a layer that is a layer itself, found by a hash of its name. Written by `#[layer]` on a struct.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no such field that is a layer",
    label = "only a field of a struct under `#[layer]` can be called"
)]
pub trait Field<const NAME: u64> {
    /// The field's type.
    type Type: Layer;
}

/// Which of its inputs and outputs a backward pass reads again, as bit masks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keeps {
    /// Bit `i`: input `i` is read.
    pub inputs: u32,
    /// Bit `i`: output `i` is read.
    pub outputs: u32,
}

impl Keeps {
    /// The backward pass needs cotangents alone.
    pub const NOTHING: Keeps = Keeps { inputs: 0, outputs: 0 };
    /// Every input is read.
    pub const INPUTS: Keeps = Keeps { inputs: u32::MAX, outputs: 0 };
    /// Every output is read.
    pub const OUTPUTS: Keeps = Keeps { inputs: 0, outputs: u32::MAX };

    /// Input `i` alone.
    pub const fn input(i: usize) -> Keeps {
        Keeps { inputs: 1 << i, outputs: 0 }
    }

    /// What either reads.
    pub const fn and(self, other: Keeps) -> Keeps {
        Keeps { inputs: self.inputs | other.inputs, outputs: self.outputs | other.outputs }
    }

    /// Whether input `i` is read.
    pub const fn has_input(self, i: usize) -> bool {
        self.inputs & (1 << i) != 0
    }

    /// Whether output `i` is read.
    pub const fn has_output(self, i: usize) -> bool {
        self.outputs & (1 << i) != 0
    }
}

/// A layer at one call: every number is a constant, and the two passes are functions.
///
/// `forward` writes every output; `backward` adds to (or, where a place says so, sets) the cotangent of every input whose
/// place is not [`Place::NONE`], and adds to the gradients of the weights. A cotangent of an output that is
/// [`Place::NONE`] is zero.
pub trait LayerAt: Sized {
    /// The shapes of the outputs, or the error.
    const OUTPUTS: &'static [Inferred];
    /// The weights, with names and initializers.
    const WEIGHTS: &'static Tree = &Tree::NONE;
    /// One more than the largest integer each input may hold; `usize::MAX` where any will do.
    const LIMITS: [usize; MAX_PORTS] = [usize::MAX; MAX_PORTS];
    /// What is likely to be a mistake, though it has a value.
    const DOUBT: Option<Doubt> = match Self::OUTPUTS {
        [only] => only.doubt(),
        _ => None,
    };
    /// What `backward` reads of inputs and outputs.
    const KEEPS: Keeps;
    /// Memory that must live from `forward` to `backward`.
    const SAVED: Extent = Extent::ZERO;
    /// Memory that `forward` needs while it runs, in training.
    const FORWARD: Extent = Extent::ZERO;
    /// Memory that `forward` needs while it runs, outside of training.
    const INFER: Extent = Extent::ZERO;
    /// Memory that `backward` needs while it runs.
    const BACKWARD: Extent = Extent::ZERO;
    /// What the layer offers where one example is inferred.
    const INFERENCE: Inference = Inference::OPAQUE;
    /// How many numbers [`infer`](Self::infer) stores besides its outputs, and how many [`prepare`](Self::prepare).
    const SCRATCH: usize = Self::INFER.total(1);
    /// The same where its only output is asked for tile by tile. A constant of its own: of a model nobody asks so.
    const TILED_SCRATCH: usize = 0;
    /// How its weights are stored in a frozen model; as they are trained where there is nothing.
    const FREEZE: Option<&'static Freeze> = None;

    /// Computes the outputs `y` from the inputs `x`.
    fn forward<F: Float, B: Backend, const TRAIN: bool, const I: usize, const O: usize>(
        run: &mut Run<'_, F>,
        frame: Frame,
        x: [Place; I],
        y: [Place; O],
    );

    /// Carries the cotangents `dy` back to `dx` and the gradients of the weights.
    fn backward<F: Float, B: Backend, const I: usize, const O: usize>(
        run: &mut Run<'_, F>,
        frame: Frame,
        x: [Place; I],
        y: [Place; O],
        dy: [Place; O],
        dx: [Place; I],
    );

    /// Computes the outputs `y` of one example outside of training.
    #[inline(always)]
    fn infer<F: Float, X: Inputs<F>, const I: usize, const O: usize>(
        run: &mut Run<'_, F>,
        base: Base,
        x: &X,
        y: [Place; O],
    ) {
        let x = places(|i| x.place(i));
        Self::forward::<F, Reference, false, I, O>(run, Frame::one::<Self>(base), x, y);
    }

    /// Stores what [`raw`](Self::raw) and [`finish`](Self::finish) read, where the layer gives its output tile by tile.
    #[inline(always)]
    fn prepare<F: Float, X: Inputs<F>>(_: &mut Run<'_, F>, _: Base, _: &X) {}

    /// A tile of the output before it is finished.
    #[inline(always)]
    fn raw<F: Float, X: Inputs<F>, const B: usize, const Q: usize>(
        _: &Run<'_, F>,
        _: Base,
        _: &X,
        _: At,
    ) -> Tile<F, B, Q> {
        [[F::zero(); B]; Q]
    }

    /// What is left to do with a raw tile, the same at every position.
    #[inline(always)]
    fn finish<F: Float, X: Inputs<F>, const B: usize, const Q: usize>(
        _: &Run<'_, F>,
        _: Base,
        _: &X,
        _: usize,
        tile: Tile<F, B, Q>,
    ) -> Tile<F, B, Q> {
        tile
    }
}
