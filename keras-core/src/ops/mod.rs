//! The primitive ops: layers written by hand, one file an op, with shape rule, forward, vjp and check.
//!
//! An op is a configuration struct in lower case (so that `dot(x, w)` names its type), a `const fn infer`, and the
//! run-time half, [`Op`]. `op!` makes a [`Layer`](crate::site::Layer) of the three.

use crate::backend::{Backend, Reference};
use crate::float::Float;
use crate::infer::{At, Base, Inputs, Tile, places};
use crate::memory::{Frame, Place, Run};
use crate::shape::{Inferred, MAX_PORTS, Meaning, Shape, meaning_of};
use crate::site::{Finish, Keeps};

/// A value that an op reads: for each example of the batch (or once, where the shape has no batch axis) `shape.len()` numbers.
#[derive(Clone, Copy, Debug)]
pub struct Tensor<'a, F> {
    /// The numbers, row-major, the batch first; empty where the op did not ask to keep the value, or a cotangent is zero.
    pub data: &'a [F],
    /// The shape of one example.
    pub shape: &'a Shape,
}

impl<'a, F> Tensor<'a, F> {
    /// The numbers of example `b`: the same for every `b` where the value has no batch axis.
    #[inline(always)]
    pub fn row(&self, b: usize) -> &'a [F] {
        let len = self.shape.len();
        if self.shape.batched() { part(self.data, b * len, len) } else { self.data }
    }

    /// The number of example `b` of a value that has one an example.
    #[inline(always)]
    pub fn number(&self, b: usize) -> F
    where
        F: Float,
    {
        self.row(b).first().copied().unwrap_or_default()
    }

    /// Whether there are numbers: false for a cotangent that is zero.
    #[inline(always)]
    pub fn is_some(&self) -> bool {
        !self.data.is_empty()
    }
}

/// `len` numbers from `start` on, which are there. Not an index: the code of a panic would be in firmware.
#[inline(always)]
pub(crate) fn part<F>(data: &[F], start: usize, len: usize) -> &[F] {
    debug_assert!(start + len <= data.len());
    data.get(start..start + len).unwrap_or_default()
}

/// As [`part`].
#[inline(always)]
pub(crate) fn part_mut<F>(data: &mut [F], start: usize, len: usize) -> &mut [F] {
    debug_assert!(start + len <= data.len());
    data.get_mut(start..start + len).unwrap_or_default()
}

/// A value that an op writes: an output, or the cotangent of an input.
#[derive(Debug)]
pub struct TensorMut<'a, F> {
    /// The numbers; empty where nobody asks for the cotangent.
    pub data: &'a mut [F],
    /// The shape of one example.
    pub shape: &'a Shape,
    /// For a cotangent: whether it is to be added to. [`Op::vjp`] may add in any case unless [`Op::SETS`] is true.
    pub add: bool,
}

impl<F> TensorMut<'_, F> {
    /// The numbers of example `b`.
    #[inline(always)]
    pub fn row(&mut self, b: usize) -> &mut [F] {
        let len = self.shape.len();
        if self.shape.batched() { part_mut(self.data, b * len, len) } else { self.data }
    }

    /// Whether somebody asks for the numbers.
    #[inline(always)]
    pub fn is_some(&self) -> bool {
        !self.data.is_empty()
    }
}

/// What an op knows of the step besides its operands.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    /// The number of examples.
    pub batch: usize,
    /// The number of the first example.
    pub first: usize,
    /// The key of this call's random numbers.
    pub key: u64,
}

impl Call {
    /// How many rows a value of this shape has.
    #[inline(always)]
    pub fn rows(&self, shape: &Shape) -> usize {
        if shape.batched() { self.batch } else { 1 }
    }
}

/// The run-time half of an op. `self` is its configuration.
pub trait Op: Sized + 'static {
    /// What `vjp` reads of the inputs and outputs.
    const KEEPS: Keeps;
    /// What is known of the outputs; `None` where their numbers are those of the inputs.
    const MEANING: Option<Meaning> = Some(Meaning::Unknown);
    /// Whether `vjp` itself looks at [`TensorMut::add`]; if not, the cotangents are cleared before and `vjp` always adds.
    const SETS: bool = false;
    /// For a streaming metric, how its number follows from the totals of its output over an epoch.
    const RESULT: Option<Finish<Self>> = None;

    /// Computes the outputs `y` from the inputs `x`. Every number of `y` is written.
    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    );

    /// The vector-Jacobian product: carries the cotangents `dy` to those of the inputs, `dx`.
    fn vjp<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &[Tensor<'_, F>],
        dy: &[Tensor<'_, F>],
        dx: &mut [TensorMut<'_, F>],
    );
}

/// An op of one value that can be computed in its place where one example is inferred. What it offers is its `inference`.
pub trait InPlace: Op {
    /// What it needs to know of shapes: constants.
    type Sizes: Copy;

    /// Computes the output in the place of the input `y`.
    fn in_place<F: Float>(sizes: Self::Sizes, y: &mut [F]);
}

/// What an op whose output can be asked for tile by tile, where one example is inferred, knows of its shapes: constants. What it
/// offers is its `inference`.
pub trait Tiles: Copy {
    /// A tile before it is finished.
    fn raw<F: Float, X: Inputs<F>, const B: usize, const Q: usize>(
        self,
        run: &Run<'_, F>,
        x: &X,
        at: At,
    ) -> Tile<F, B, Q>;

    /// What is left to do with it.
    #[inline(always)]
    fn finish<F: Float, X: Inputs<F>, const B: usize, const Q: usize>(
        self,
        _: &Run<'_, F>,
        _: &X,
        _: usize,
        tile: Tile<F, B, Q>,
    ) -> Tile<F, B, Q> {
        tile
    }
}

/// The shape rule of an op with one output, for shapes that only the running program knows. Every such op has it.
pub trait Rule: Op {
    /// The shape of the output for inputs of these shapes, or the error.
    fn infer(&self, x: &[Inferred]) -> Inferred;
    /// One more than the largest integer that each input may hold; `usize::MAX` where any number will do.
    fn limits(&self, x: &[Inferred]) -> [usize; MAX_PORTS];
}

/// What is known of the outputs of the op `P` of `inputs`.
pub(crate) const fn meaning<P: Op>(inputs: &[Inferred]) -> Meaning {
    match (P::MEANING, meaning_of(inputs)) {
        // A mixture of probabilities, weighted by probabilities, is one.
        (Some(Meaning::Affine), Meaning::Probabilities) => Meaning::Unknown,
        (Some(meaning), _) => meaning,
        (None, meaning) => meaning,
    }
}

static NO_SHAPE: Shape = Shape::SCALAR;

#[inline(always)]
fn shape(values: &'static [Inferred], i: usize) -> &'static Shape {
    match values.get(i) {
        Some(Inferred::Ok(shape)) => shape,
        _ => &NO_SHAPE,
    }
}

/// The shape of the first input.
pub(crate) const fn first_shape(values: &[Inferred]) -> Shape {
    if let [first, ..] = values { first.get() } else { Shape::SCALAR }
}

#[doc(hidden)]
#[cfg_attr(feature = "std", inline(never))]
#[cfg_attr(not(feature = "std"), inline(always))]
pub fn forward<P: Op, F: Float, B: Backend, const I: usize, const O: usize>(
    op: &P,
    shapes: (&'static [Inferred], &'static [Inferred]),
    run: &mut Run<'_, F>,
    frame: Frame,
    x: [Place; I],
    y: [Place; O],
) {
    let call = Call { batch: run.batch(), first: run.first(), key: frame.key };
    let (x, y) = run.views(x, y);
    let x = tensors(x, shapes.0);
    let mut o = 0;
    let mut y = y.map(|data| {
        o += 1;
        TensorMut { data, shape: shape(shapes.1, o - 1), add: false }
    });
    op.forward::<F, B>(&call, &x, &mut y);
}

#[doc(hidden)]
#[cfg_attr(feature = "std", inline(never))]
#[cfg_attr(not(feature = "std"), inline(always))]
#[allow(clippy::too_many_arguments)]
pub fn backward<P: Op, F: Float, B: Backend, const I: usize, const O: usize>(
    op: &P,
    shapes: (&'static [Inferred], &'static [Inferred]),
    run: &mut Run<'_, F>,
    frame: Frame,
    x: [Place; I],
    y: [Place; O],
    dy: [Place; O],
    dx: [Place; I],
) {
    let asked = dx.iter().any(Place::is_some);
    let given = dy.iter().any(Place::is_some);
    if !asked || !given {
        dx.iter().for_each(|place| run.clear(*place));
        return;
    }
    if !P::SETS {
        dx.iter().for_each(|place| run.clear(*place));
    }
    let call = Call { batch: run.batch(), first: run.first(), key: frame.key };
    let kept = |place: Place, keep| place.only(keep);
    let mut i = 0;
    let x = x.map(|place| {
        i += 1;
        kept(place, P::KEEPS.has_input(i - 1))
    });
    let mut o = 0;
    let y = y.map(|place| {
        o += 1;
        kept(place, P::KEEPS.has_output(o - 1))
    });
    let adds = dx.map(|place| place.add);
    let (x, y, dy, dx) = run.backward_views(x, y, dy, dx);
    let x = tensors(x, shapes.0);
    let y = tensors(y, shapes.1);
    let dy = tensors(dy, shapes.1);
    let mut i = 0;
    let mut dx = dx.map(|data| {
        i += 1;
        TensorMut { data, shape: shape(shapes.0, i - 1), add: adds[i - 1] }
    });
    op.vjp::<F, B>(&call, &x, &y, &dy, &mut dx);
}

#[doc(hidden)]
#[inline(always)]
pub fn infer<P: Op, F: Float, X: Inputs<F>, const I: usize, const O: usize>(
    op: &P,
    shapes: (&'static [Inferred], &'static [Inferred]),
    run: &mut Run<'_, F>,
    base: Base,
    x: &X,
    y: [Place; O],
) {
    let x = places(|i| x.place(i));
    forward::<P, F, Reference, I, O>(op, shapes, run, Frame::bare(base), x, y);
}

#[doc(hidden)]
#[inline(always)]
pub fn infer_in_place<P: InPlace, F: Float>(
    sizes: P::Sizes,
    run: &mut Run<'_, F>,
    x: Place,
    y: Place,
) {
    if x != y {
        run.copy(x, y);
    }
    P::in_place(sizes, run.numbers_mut(y));
}

#[inline(always)]
fn tensors<'a, F, const N: usize>(
    values: [&'a [F]; N],
    shapes: &'static [Inferred],
) -> [Tensor<'a, F>; N] {
    let mut i = 0;
    values.map(|data| {
        i += 1;
        Tensor { data, shape: shape(shapes, i - 1) }
    })
}

/// Makes a layer of an op: `op!(sum, SumAt)`, or `op!(split, SplitAt, many)` where `infer` gives several outputs.
///
/// `infer` is `const fn infer(&self, x: &[Inferred]) -> Inferred`, and with `many` it returns `([Inferred; MAX_PORTS], usize)`.
/// `op!(gather, GatherAt, limits)` takes [`LayerAt::LIMITS`](crate::site::LayerAt::LIMITS) from a `const fn limits`, and
/// `op!(softmax, SoftmaxAt, inference)` what is offered to inference from a `const fn inference`, both of `&self` and the shapes
/// of the inputs. With `in_place` the op is [`InPlace`], too; with `tiles` its `const fn sizes` gives [`Tiles`].
macro_rules! op {
    (@outputs $op:ident one) => {
        const OUTPUTS: &'static [$crate::shape::Inferred] = &[S::LAYER.infer(S::INPUTS)
            .meaning($crate::ops::meaning::<$op>(S::INPUTS))];
    };
    (@outputs $op:ident many) => {
        const OUTPUTS: &'static [$crate::shape::Inferred] = {
            const fn outputs(layer: &$op, inputs: &[$crate::shape::Inferred]) -> ([$crate::shape::Inferred; $crate::shape::MAX_PORTS], usize) {
                let (mut all, count) = layer.infer(inputs);
                let (meaning, mut i) = ($crate::ops::meaning::<$op>(inputs), 0);
                while i < count {
                    all[i] = all[i].meaning(meaning);
                    i += 1;
                }
                (all, count)
            }
            let (all, count): &'static ([$crate::shape::Inferred; $crate::shape::MAX_PORTS], usize) = &outputs(S::LAYER, S::INPUTS);
            all.split_at(*count).0
        };
    };
    ($op:ident, $at:ident, many) => {
        $crate::ops::op!(@layer $op, $at, many, [usize::MAX; $crate::shape::MAX_PORTS]);
    };
    ($op:ident, $at:ident, limits) => {
        $crate::ops::op!(@layer $op, $at, one, S::LAYER.limits(S::INPUTS));
        $crate::ops::op!(@rule $op, $op::limits);
    };
    ($op:ident, $at:ident $(, $inference:ident)?) => {
        $crate::ops::op!(@layer $op, $at, one, [usize::MAX; $crate::shape::MAX_PORTS] $(, $inference)?);
        $crate::ops::op!(@rule $op, |_, _| [usize::MAX; $crate::shape::MAX_PORTS]);
    };
    // What an op offers where one example is inferred: nothing, what its `inference` says, to be in place, or tiles.
    (@inference $op:ident) => {};
    (@inference $op:ident inference) => {
        const INFERENCE: $crate::infer::Inference = S::LAYER.inference(S::INPUTS);
        $crate::ops::op!(@whole $op);
    };
    (@inference $op:ident tiles) => {
        const INFERENCE: $crate::infer::Inference = S::LAYER.inference(S::INPUTS);

        #[inline(always)]
        fn infer<F: $crate::float::Float, X: $crate::infer::Inputs<F>, const I: usize, const O: usize>(
            run: &mut $crate::memory::Run<'_, F>,
            base: $crate::infer::Base,
            x: &X,
            y: [$crate::memory::Place; O],
        ) {
            if const { Self::INFERENCE.gives } {
                return $crate::infer::store_output::<Self, F, X>(run, base, x, y[0]);
            }
            let shapes = (S::INPUTS, Self::OUTPUTS);
            $crate::ops::infer::<$op, F, X, I, O>(S::LAYER, shapes, run, base, x, y);
        }

        #[inline(always)]
        fn raw<F: $crate::float::Float, X: $crate::infer::Inputs<F>, const B: usize, const Q: usize>(
            run: &$crate::memory::Run<'_, F>,
            _: $crate::infer::Base,
            x: &X,
            at: $crate::infer::At,
        ) -> $crate::infer::Tile<F, B, Q> {
            let sizes = const { S::LAYER.sizes(S::INPUTS) };
            $crate::ops::Tiles::raw::<F, X, B, Q>(sizes, run, x, at)
        }

        #[inline(always)]
        fn finish<F: $crate::float::Float, X: $crate::infer::Inputs<F>, const B: usize, const Q: usize>(
            run: &$crate::memory::Run<'_, F>,
            _: $crate::infer::Base,
            x: &X,
            column: usize,
            tile: $crate::infer::Tile<F, B, Q>,
        ) -> $crate::infer::Tile<F, B, Q> {
            let sizes = const { S::LAYER.sizes(S::INPUTS) };
            $crate::ops::Tiles::finish::<F, X, B, Q>(sizes, run, x, column, tile)
        }
    };
    (@inference $op:ident in_place) => {
        const INFERENCE: $crate::infer::Inference = S::LAYER.inference(S::INPUTS);

        #[inline(always)]
        fn infer<F: $crate::float::Float, X: $crate::infer::Inputs<F>, const I: usize, const O: usize>(
            run: &mut $crate::memory::Run<'_, F>,
            _: $crate::infer::Base,
            x: &X,
            y: [$crate::memory::Place; O],
        ) {
            let sizes = const { S::LAYER.sizes(S::INPUTS) };
            $crate::ops::infer_in_place::<$op, F>(sizes, run, x.place(0), y[0]);
        }
    };
    (@whole $op:ident) => {
        #[inline(always)]
        fn infer<F: $crate::float::Float, X: $crate::infer::Inputs<F>, const I: usize, const O: usize>(
            run: &mut $crate::memory::Run<'_, F>,
            base: $crate::infer::Base,
            x: &X,
            y: [$crate::memory::Place; O],
        ) {
            let shapes = (S::INPUTS, Self::OUTPUTS);
            $crate::ops::infer::<$op, F, X, I, O>(S::LAYER, shapes, run, base, x, y);
        }
    };
    (@rule $op:ident, $limits:expr) => {
        impl $crate::ops::Rule for $op {
            fn infer(&self, x: &[$crate::shape::Inferred]) -> $crate::shape::Inferred {
                $op::infer(self, x).of(stringify!($op))
            }

            fn limits(&self, x: &[$crate::shape::Inferred]) -> [usize; $crate::shape::MAX_PORTS] {
                let limits: fn(&$op, &[$crate::shape::Inferred]) -> [usize; $crate::shape::MAX_PORTS] = $limits;
                limits(self, x)
            }
        }
    };
    (@layer $op:ident, $at:ident, $count:ident, $limits:expr $(, $inference:ident)?) => {
        #[diagnostic::do_not_recommend]
        impl $crate::site::Layer for $op {
            const NAME: &'static str = stringify!($op);
            const RESULT: Option<$crate::site::Finish<Self>> = <$op as $crate::ops::Op>::RESULT;
            const TOTAL: bool = true;
            type At<S: $crate::site::Site<Layer = Self>> = $at<S>;
        }

        #[doc(hidden)]
        pub struct $at<S>(core::marker::PhantomData<S>);

        impl<S: $crate::site::Site<Layer = $op>> $crate::site::LayerAt for $at<S> {
            $crate::ops::op!(@outputs $op $count);
            const KEEPS: $crate::site::Keeps = <$op as $crate::ops::Op>::KEEPS;
            const LIMITS: [usize; $crate::shape::MAX_PORTS] = $limits;

            #[inline(always)]
            fn forward<F: $crate::float::Float, B: $crate::backend::Backend, const TRAIN: bool, const I: usize, const O: usize>(
                run: &mut $crate::memory::Run<'_, F>,
                frame: $crate::memory::Frame,
                x: [$crate::memory::Place; I],
                y: [$crate::memory::Place; O],
            ) {
                $crate::ops::forward::<$op, F, B, I, O>(S::LAYER, (S::INPUTS, Self::OUTPUTS), run, frame, x, y);
            }

            #[inline(always)]
            fn backward<F: $crate::float::Float, B: $crate::backend::Backend, const I: usize, const O: usize>(
                run: &mut $crate::memory::Run<'_, F>,
                frame: $crate::memory::Frame,
                x: [$crate::memory::Place; I],
                y: [$crate::memory::Place; O],
                dy: [$crate::memory::Place; O],
                dx: [$crate::memory::Place; I],
            ) {
                $crate::ops::backward::<$op, F, B, I, O>(S::LAYER, (S::INPUTS, Self::OUTPUTS), run, frame, x, y, dy, dx);
            }

            $crate::ops::op!(@inference $op $($inference)?);
        }
    };
}
pub(crate) use op;

/// Says of an [`Op`] that it has no gradient: integers or random numbers go in or come out, or it is cut on purpose.
macro_rules! not_differentiable {
    () => {
        fn vjp<F: $crate::float::Float, B: $crate::backend::Backend>(
            &self,
            _: &$crate::ops::Call,
            _: &[$crate::ops::Tensor<'_, F>],
            _: &[$crate::ops::Tensor<'_, F>],
            _: &[$crate::ops::Tensor<'_, F>],
            _: &mut [$crate::ops::TensorMut<'_, F>],
        ) {
        }
    };
}
pub(crate) use not_differentiable;

// Behind `op!`, which these files find by its place in the text.
#[cfg(test)]
pub(crate) mod check;
mod conv;
#[cfg(feature = "std")]
pub mod eager;
pub(crate) mod index;
pub(crate) mod kinds;
pub(crate) mod layout;
pub(crate) mod linear;
mod random;
pub(crate) mod reduce;

pub use conv::{
    avg_pool1d::avg_pool1d, avg_pool2d::avg_pool2d, conv1d::conv1d, conv2d::conv2d,
    depthwise_conv1d::depthwise_conv1d, depthwise_conv2d::depthwise_conv2d, max_pool1d::max_pool1d,
    max_pool2d::max_pool2d, windows::Padding,
};
pub use index::{argmax::argmax, cast::cast, gather::gather, one_hot::one_hot};
pub use layout::window::{slice_read, slice_read_vjp, slice_write, slice_write_vjp};
pub use layout::{
    broadcast_to::broadcast_to, concat::concat, flatten::flatten, flip::flip, full::full,
    full::ones, full::zeros, full_like::full_like, pad::pad, permute::permute, repeat::repeat,
    reshape::reshape, slice::slice, split::split, stack::stack, stop_gradient::stop_gradient,
    transpose::transpose,
};
pub use linear::{dot::dot, matmul::matmul};
pub use random::{
    dropout::dropout, random_bernoulli::random_bernoulli, random_normal::random_normal,
    random_uniform::random_uniform,
};
pub use reduce::{
    batch_mean::batch_mean, batch_variance::batch_variance, log_softmax::log_softmax,
    logsumexp::logsumexp, max::max, mean::mean, min::min, prod::prod, softmax::softmax,
    standardize::standardize, sum::sum, variance::variance,
};
