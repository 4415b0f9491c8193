//! Activations as a layer: `Dense::new(64).activation(Relu)`, `self.activation(x)`.

use core::marker::PhantomData;

use crate::backend::Backend;
use crate::elementwise::{self, Nest};
use crate::float::Float;
use crate::infer::{At, Base, Inference, Inputs, Tile, map, store_output};
use crate::math;
use crate::memory::{Frame, Place, Run};
use crate::ops::{self, softmax};
use crate::shape::{Inferred, MAX_PORTS, Meaning, shapes};
use crate::site::{Keeps, Layer, LayerAt, Site};

/// A function applied to every number of a value, or (softmax) along its last axis.
///
/// # Arguments
/// * `x`: any shape.
///
/// # Output
/// The shape of `x`.
///
/// Follows `keras.activations`; functions with parameters of their own are elementwise functions of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// `x`.
    Linear,
    /// `max(x, 0)`.
    Relu,
    /// `min(max(x, 0), 6)`.
    Relu6,
    /// `1 / (1 + e⁻ˣ)`.
    Sigmoid,
    /// `tanh(x)`.
    Tanh,
    /// `ln(1 + eˣ)`.
    Softplus,
    /// `x / (1 + |x|)`.
    Softsign,
    /// `x` where it is positive, `eˣ − 1` elsewhere.
    Elu,
    /// `x · sigmoid(x)`.
    Silu,
    /// `x · Φ(x)` in the form with erf, as Keras' `activation="gelu"`; the function `gelu` has the form with tanh, too.
    Gelu,
    /// `eˣ`.
    Exponential,
    /// `eˣ / Σ eˣ` along the last axis.
    Softmax,
}

impl Activation {
    const fn infer(&self, inputs: &[Inferred]) -> Inferred {
        shapes!(inputs => [x]);
        let meaning = match self {
            Activation::Softmax | Activation::Sigmoid => Meaning::Probabilities,
            Activation::Linear => x.meaning(),
            _ => Meaning::Unknown,
        };
        if matches!(self, Activation::Softmax) {
            return softmax::new().infer(inputs).meaning(meaning);
        }
        if !x.is_float() {
            return Inferred::Error(crate::shape::Message::new("takes floats, found ").shape(&x));
        }
        Inferred::Ok(x.with_meaning(meaning))
    }

    /// What the derivative speaks of.
    const fn keeps(&self) -> Keeps {
        match self {
            Activation::Linear => Keeps::NOTHING,
            Activation::Relu
            | Activation::Relu6
            | Activation::Sigmoid
            | Activation::Tanh
            | Activation::Exponential
            | Activation::Softmax => Keeps::OUTPUTS,
            _ => Keeps::INPUTS,
        }
    }
}

#[diagnostic::do_not_recommend]
impl Layer for Activation {
    const NAME: &'static str = "Activation";
    const TOTAL: bool = true;
    type At<S: Site<Layer = Self>> = ActivationAt<S>;
}

#[doc(hidden)]
pub struct ActivationAt<S>(PhantomData<S>);

impl<S: Site<Layer = Activation>> ActivationAt<S> {
    const X: Inferred = Self::OUTPUTS[0];
    const MAP: Nest<1> = Nest::new(&Self::X, [&Self::X]);
    const VJP: Nest<2> = Nest::new(&Self::X, [&Self::X, &Self::X]);
}

/// An activation of one number.
type Scalar<F> = fn(F) -> F;
/// How an activation is computed: `f(run, nest, x, y)`.
type Map<F> = fn(&mut Run<'_, F>, &Nest<1>, Place, Place);
/// How its derivative is: `f(run, nests, [kept, dy], dx)`.
type Vjp<F> = fn(&mut Run<'_, F>, (&Nest<2>, &Nest<1>), [Place; 2], Place);

impl Activation {
    /// What inference may do with it: a function of each number, but for softmax.
    const fn inference(&self) -> Inference {
        match self {
            Activation::Linear => Inference::SAME,
            Activation::Softmax => Inference::IN_PLACE,
            // Those whose rounded values never fall either.
            Activation::Relu | Activation::Relu6 => Inference::map(true),
            _ => Inference::map(false),
        }
    }

    /// This activation of one number.
    const fn value<F: Float>(&self) -> Scalar<F> {
        match self {
            Activation::Linear | Activation::Softmax => |x| x,
            Activation::Relu => value::relu,
            Activation::Relu6 => value::relu6,
            Activation::Sigmoid => value::sigmoid,
            Activation::Tanh => value::tanh,
            Activation::Softplus => value::softplus,
            Activation::Softsign => value::softsign,
            Activation::Elu => value::elu,
            Activation::Silu => value::silu,
            Activation::Gelu => value::gelu,
            Activation::Exponential => value::exponential,
        }
    }

    /// The kernel of this activation; those of the others are not compiled.
    const fn map<F: Float, B: Backend>(&self) -> Map<F> {
        match self {
            Activation::Linear | Activation::Softmax => |run, _, x, y| run.copy(x, y),
            Activation::Relu => relu::<F, B>,
            Activation::Relu6 => relu6::<F, B>,
            Activation::Sigmoid => sigmoid::<F, B>,
            Activation::Tanh => tanh::<F, B>,
            Activation::Softplus => softplus::<F, B>,
            Activation::Softsign => softsign::<F, B>,
            Activation::Elu => elu::<F, B>,
            Activation::Silu => silu::<F, B>,
            Activation::Gelu => gelu::<F, B>,
            Activation::Exponential => exponential::<F, B>,
        }
    }

    const fn vjp<F: Float, B: Backend>(&self) -> Vjp<F> {
        match self {
            Activation::Linear | Activation::Softmax => |run, _, [_, dy], dx| run.copy(dy, dx),
            Activation::Relu => d_relu::<F, B>,
            Activation::Relu6 => d_relu6::<F, B>,
            Activation::Sigmoid => d_sigmoid::<F, B>,
            Activation::Tanh => d_tanh::<F, B>,
            Activation::Softplus => d_softplus::<F, B>,
            Activation::Softsign => d_softsign::<F, B>,
            Activation::Elu => d_elu::<F, B>,
            Activation::Silu => d_silu::<F, B>,
            Activation::Gelu => d_gelu::<F, B>,
            Activation::Exponential => d_exponential::<F, B>,
        }
    }
}

impl<S: Site<Layer = Activation>> LayerAt for ActivationAt<S> {
    const OUTPUTS: &'static [Inferred] = &[S::LAYER.infer(S::INPUTS)];
    const KEEPS: Keeps = S::LAYER.keeps();
    const LIMITS: [usize; MAX_PORTS] = [usize::MAX; MAX_PORTS];
    const INFERENCE: Inference = S::LAYER.inference();

    #[inline(always)]
    fn forward<F: Float, B: Backend, const TRAIN: bool, const I: usize, const O: usize>(
        run: &mut Run<'_, F>,
        frame: Frame,
        x: [Place; I],
        y: [Place; O],
    ) {
        if const { matches!(S::LAYER, Activation::Softmax) } {
            let shapes = (S::INPUTS, Self::OUTPUTS);
            ops::forward::<softmax, F, B, I, O>(&softmax::new(), shapes, run, frame, x, y);
        } else {
            (const { S::LAYER.map::<F, B>() })(run, &Self::MAP, x[0], y[0]);
        }
    }

    #[inline(always)]
    fn backward<F: Float, B: Backend, const I: usize, const O: usize>(
        run: &mut Run<'_, F>,
        frame: Frame,
        x: [Place; I],
        y: [Place; O],
        dy: [Place; O],
        dx: [Place; I],
    ) {
        if const { matches!(S::LAYER, Activation::Softmax) } {
            let (op, shapes) = (softmax::new(), (S::INPUTS, Self::OUTPUTS));
            ops::backward::<softmax, F, B, I, O>(&op, shapes, run, frame, x, y, dy, dx);
        } else {
            let kept = if const { Self::KEEPS.has_output(0) } { y[0] } else { x[0] };
            let nests = (&Self::VJP, &Self::MAP);
            (const { S::LAYER.vjp::<F, B>() })(run, nests, [kept, dy[0]], dx[0]);
        }
    }

    #[inline(always)]
    fn infer<F: Float, X: Inputs<F>, const I: usize, const O: usize>(
        run: &mut Run<'_, F>,
        base: Base,
        x: &X,
        y: [Place; O],
    ) {
        if const { Self::INFERENCE.gives } {
            store_output::<Self, F, X>(run, base, x, y[0]);
        } else if const { Self::INFERENCE.same.is_some() } {
            run.copy(x.place(0), y[0]);
        } else {
            let sizes = const { softmax::new().sizes(S::INPUTS) };
            ops::infer_in_place::<softmax, F>(sizes, run, x.place(0), y[0]);
        }
    }

    #[inline(always)]
    fn raw<F: Float, X: Inputs<F>, const B: usize, const Q: usize>(
        run: &Run<'_, F>,
        _: Base,
        x: &X,
        at: At,
    ) -> Tile<F, B, Q> {
        x.raw(run, 0, at)
    }

    #[inline(always)]
    fn finish<F: Float, X: Inputs<F>, const B: usize, const Q: usize>(
        run: &Run<'_, F>,
        _: Base,
        x: &X,
        column: usize,
        tile: Tile<F, B, Q>,
    ) -> Tile<F, B, Q> {
        map(x.finish(run, 0, column, tile), const { S::LAYER.value::<F>() })
    }
}

/// `1/√(2π)`: the density of the normal distribution at 0.
const FRAC_1_SQRT_TAU: f64 = 0.398_942_280_401_432_7;

/// `Φ(x)`: how probable a normally distributed number below `x` is.
#[inline(always)]
fn normal_cdf<F: Float>(x: F) -> F {
    F::of(0.5) * (F::one() + math::erf(x * F::of(core::f64::consts::FRAC_1_SQRT_2)))
}

/// One row an activation: its value at `x`, and `dy` times its derivative, by `x` or by the value `y`.
macro_rules! activations {
    ($($f:ident($x:ident) = $value:expr; $d:ident($kept:ident, $dy:ident) = $derivative:expr;)*) => {
        /// The activations of one number.
        mod value {
            use super::*;

            $(
                #[inline(always)]
                pub fn $f<F: Float>($x: F) -> F {
                    $value
                }
            )*
        }

        $(
            fn $f<F: Float, B: Backend>(run: &mut Run<'_, F>, nest: &Nest<1>, x: Place, y: Place) {
                elementwise::forward::<F, B, 0, 1>(
                    run,
                    nest,
                    [],
                    [x],
                    y,
                    #[inline(always)]
                    |_, [x]| value::$f(x),
                );
            }

            fn $d<F: Float, B: Backend>(
                run: &mut Run<'_, F>,
                nests: (&Nest<2>, &Nest<1>),
                x: [Place; 2],
                dx: Place,
            ) {
                elementwise::backward::<F, B, 0, 2, 1>(
                    run,
                    nests.0,
                    nests.1,
                    [],
                    x,
                    [dx],
                    #[inline(always)]
                    |_, [$kept, $dy]| [$dy * $derivative],
                );
            }
        )*
    };
}

activations! {
    relu(x) = math::max(x, F::zero()); d_relu(y, dy) = math::gt(y, F::zero());
    relu6(x) = math::min(math::max(x, F::zero()), F::of(6.0));
        d_relu6(y, dy) = math::gt(y, F::zero()) * math::gt(F::of(6.0), y);
    sigmoid(x) = math::sigmoid(x); d_sigmoid(y, dy) = y * (F::one() - y);
    tanh(x) = math::tanh(x); d_tanh(y, dy) = F::one() - y * y;
    softplus(x) = math::softplus(x); d_softplus(x, dy) = math::sigmoid(x);
    softsign(x) = x / (F::one() + math::abs(x));
        d_softsign(x, dy) = F::one() / ((F::one() + math::abs(x)) * (F::one() + math::abs(x)));
    elu(x) = math::select(math::gt(x, F::zero()), x, math::exp_m1(math::min(x, F::zero())));
        d_elu(x, dy) = math::select(math::gt(x, F::zero()), F::one(), math::exp(math::min(x, F::zero())));
    silu(x) = x * math::sigmoid(x);
        d_silu(x, dy) = math::sigmoid(x) * (F::one() + x * (F::one() - math::sigmoid(x)));
    gelu(x) = x * normal_cdf(x);
        d_gelu(x, dy) = normal_cdf(x) + x * math::exp(F::of(-0.5) * x * x) * F::of(FRAC_1_SQRT_TAU);
    exponential(x) = math::exp(x); d_exponential(y, dy) = y;
}
