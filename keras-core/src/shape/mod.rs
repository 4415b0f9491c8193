//! Shapes as const values: what rustc computes with while it checks a model.
//!
//! The batch axis is never part of a [`Shape`]; whether a value has one is a flag of its own.
//! Shape inference returns [`Inferred`]: an error is a value, reported once by [`Inferred::check`],
//! and whatever consumes it is silently [`Inferred::Poisoned`].

mod bind;
mod broadcast;
pub(crate) mod definition;
mod digest;
mod dim;
mod message;

pub use bind::{
    Pattern, after, arity, arity_of, bind, carried, computed, dim_of, first_error, input,
    meaning_of, one_loss, one_metric, output, rest_of, result, same, updated,
};
pub use broadcast::{Kind, broadcast, elementwise};
pub(crate) use digest::digest;
pub use dim::{Dim, Fault};
pub use message::{Cause, Message};

/// The largest rank a value may have, the batch axis not counted.
pub const MAX_RANK: usize = 6;
/// The most inputs or outputs a layer may have.
pub const MAX_PORTS: usize = 16;

/// What the numbers of a value mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dtype {
    /// Real numbers: the only kind that has a gradient.
    Float,
    /// Integers in `0..range`: labels and indices. They are stored in the model's scalar, exactly.
    Int {
        /// One more than the largest value; `usize::MAX` where it is not known.
        range: usize,
    },
    /// The result of a comparison.
    Bool,
}

/// What is known of real numbers besides their size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Nothing.
    Unknown,
    /// They come from `softmax` or `sigmoid`, and nothing was computed of them since.
    Probabilities,
    /// They come from a product with weights, so that they may be any number: logits, where a loss follows.
    Affine,
    /// They are a loss or metric of predictions that are likely to be of the wrong kind.
    Doubtful(Doubt),
}

/// What is likely to be a mistake in a loss or metric, though it has a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Probabilities are given where logits are expected.
    ExpectsLogits,
    /// Numbers of any size are given where probabilities are expected.
    ExpectsProbabilities,
}

impl Doubt {
    /// Whether `doubt` is this one.
    pub const fn is(self, doubt: Option<Doubt>) -> bool {
        match doubt {
            Some(doubt) => doubt as u8 == self as u8,
            None => false,
        }
    }

    /// The first of these.
    pub const fn first(all: &[Option<Doubt>]) -> Option<Doubt> {
        let mut i = 0;
        while i < all.len() {
            if all[i].is_some() {
                return all[i];
            }
            i += 1;
        }
        None
    }
}

impl Meaning {
    /// What is known of numbers some of which are of `self` and some of `other`.
    pub const fn common(self, other: Meaning) -> Meaning {
        match (self, other) {
            (Meaning::Probabilities, Meaning::Probabilities) => Meaning::Probabilities,
            (Meaning::Affine, Meaning::Affine) => Meaning::Affine,
            _ => Meaning::Unknown,
        }
    }
}

/// A shape without the batch axis, with what the numbers mean.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    dims: [Dim; MAX_RANK],
    rank: usize,
    batched: bool,
    dtype: Dtype,
    meaning: Meaning,
}

impl Shape {
    /// The shape of one number.
    pub const SCALAR: Shape = Shape {
        dims: [Dim::of(1); MAX_RANK],
        rank: 0,
        batched: true,
        dtype: Dtype::Float,
        meaning: Meaning::Unknown,
    };

    /// A batched shape of floats with these dims; at most [`MAX_RANK`] are taken.
    ///
    /// [`Inferred::shape`] is the checked form.
    pub const fn of(dims: &[Dim]) -> Self {
        let (mut shape, mut rank) = (Shape::SCALAR, 0);
        while rank < dims.len() && rank < MAX_RANK {
            shape.dims[rank] = dims[rank];
            rank += 1;
        }
        shape.rank = rank;
        shape
    }

    /// The number of axes.
    pub const fn rank(&self) -> usize {
        self.rank
    }

    /// The dim of `axis`; a dim of 1 beyond the rank.
    pub const fn dim(&self, axis: usize) -> Dim {
        // The second condition follows from the first, which the code of a board does not know.
        if axis < self.rank && axis < MAX_RANK { self.dims[axis] } else { Dim::of(1) }
    }

    /// The size of `axis`.
    pub const fn size(&self, axis: usize) -> usize {
        if axis < self.rank && axis < MAX_RANK { self.dims[axis].size } else { 1 }
    }

    /// The last dim; 1 for a scalar.
    pub const fn last(&self) -> Dim {
        if self.rank == 0 { Dim::of(1) } else { self.dim(self.rank - 1) }
    }

    /// How many numbers one example has.
    pub const fn len(&self) -> usize {
        self.product(0, self.rank)
    }

    /// Whether the shape is that of one number.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The product of the sizes of axes `from..to`.
    pub const fn product(&self, from: usize, to: usize) -> usize {
        let (mut product, mut i) = (1, from);
        while i < to && i < self.rank && i < MAX_RANK {
            product *= self.dims[i].size;
            i += 1;
        }
        product
    }

    /// The sizes as those of three axes: all but the last two, the last but one, and the last.
    pub const fn grid(&self) -> [usize; 3] {
        let (mut grid, mut axis) = ([1; 3], 0);
        while axis < self.rank && axis < MAX_RANK {
            let size = self.dims[axis].size;
            match self.rank - axis {
                1 => grid[2] = size,
                2 => grid[1] = size,
                _ => grid[0] *= size,
            }
            axis += 1;
        }
        grid
    }

    /// The shape, if it is one: no size is zero or wrong, and the product is not too large.
    pub const fn checked(self) -> Inferred {
        let (mut product, mut i): (usize, usize) = (1, 0);
        while i < self.rank && i < MAX_RANK {
            let Dim { size, fault, .. } = self.dims[i];
            match fault {
                Some(Fault::Poisoned) => return Inferred::Poisoned,
                Some(fault) => {
                    let axis = Message::new("axis ").num(i).str(" of ").shape(&self);
                    return Inferred::Error(axis.str(fault.verdict()));
                }
                None => {}
            }
            if size == 0 {
                let axis = Message::new("axis ").num(i).str(" of ").shape(&self);
                return Inferred::Error(axis.str(" is zero; a size is at least 1"));
            }
            match product.checked_mul(size) {
                Some(p) if p <= isize::MAX as usize / 64 => product = p,
                _ => {
                    let all = Message::new("the number of elements of ").shape(&self);
                    return Inferred::Error(all.str(" overflows"));
                }
            }
            i += 1;
        }
        Inferred::Ok(self)
    }

    /// Whether there is one such value for each example of the batch.
    pub const fn batched(&self) -> bool {
        self.batched
    }

    /// What the numbers mean.
    pub const fn dtype(&self) -> Dtype {
        self.dtype
    }

    /// What is known of the numbers.
    pub const fn meaning(&self) -> Meaning {
        self.meaning
    }

    /// Whether the numbers are real numbers.
    pub const fn is_float(&self) -> bool {
        matches!(self.dtype, Dtype::Float)
    }

    /// Whether the numbers are integers.
    pub const fn is_int(&self) -> bool {
        matches!(self.dtype, Dtype::Int { .. })
    }

    /// The same shape with or without a batch axis.
    pub const fn with_batch(mut self, batched: bool) -> Self {
        self.batched = batched;
        self
    }

    /// The same shape of other numbers.
    pub const fn with_dtype(mut self, dtype: Dtype) -> Self {
        self.dtype = dtype;
        self
    }

    /// The same shape of numbers of which this is known.
    pub const fn with_meaning(mut self, meaning: Meaning) -> Self {
        self.meaning = meaning;
        self
    }

    /// The same shape with `dim` at `axis`.
    pub const fn with_dim(mut self, axis: usize, dim: Dim) -> Self {
        if axis < self.rank {
            self.dims[axis] = dim;
        }
        self
    }

    /// The shape without `axis`.
    pub const fn without(mut self, axis: usize) -> Self {
        let mut i = axis;
        while i + 1 < self.rank {
            self.dims[i] = self.dims[i + 1];
            i += 1;
        }
        if axis < self.rank {
            self.rank -= 1;
            self.dims[self.rank] = Dim::of(1);
        }
        self
    }

    /// The shape with `dim` appended as its last axis.
    pub const fn pushed(mut self, dim: Dim) -> Inferred {
        if self.rank == MAX_RANK {
            return Inferred::Error(too_deep(self.rank + 1));
        }
        self.dims[self.rank] = dim;
        self.rank += 1;
        Inferred::Ok(self)
    }

    /// Whether the sizes are equal; names, batch axis and what the numbers mean do not count.
    pub const fn same_sizes(&self, other: &Shape) -> bool {
        if self.rank != other.rank {
            return false;
        }
        let mut i = 0;
        while i < self.rank && i < MAX_RANK {
            if self.dims[i].size != other.dims[i].size {
                return false;
            }
            i += 1;
        }
        true
    }

    /// `axis` counted from the front, where a negative one counts from the back; `None` outside of the rank.
    pub const fn axis(&self, axis: isize) -> Option<usize> {
        let rank = self.rank as isize;
        let from_front = if axis < 0 { axis + rank } else { axis };
        if from_front < 0 || from_front >= rank { None } else { Some(from_front as usize) }
    }

    /// How many numbers there are in a batch of `batch` examples.
    pub const fn total(&self, batch: usize) -> usize {
        if self.batched { self.len() * batch } else { self.len() }
    }
}

const fn too_deep(rank: usize) -> Message {
    Message::new("a value has at most ").num(MAX_RANK).str(" axes, this has ").num(rank)
}

/// What shape inference gives: a shape, an error to report, or silence because an error was reported before.
#[derive(Clone, Copy, Debug)]
pub enum Inferred {
    /// The shape.
    Ok(Shape),
    /// A mistake, in a sentence.
    Error(Message),
    /// The value depends on one that has an error.
    Poisoned,
}

impl Inferred {
    /// A shape of floats with these dims, checked: rank, zero sizes, faults of arithmetic, and the product.
    pub const fn shape(dims: &[Dim]) -> Inferred {
        if dims.len() > MAX_RANK {
            return Inferred::Error(too_deep(dims.len()));
        }
        Shape::of(dims).checked()
    }

    /// A float scalar without a batch axis: what a `variable` is.
    pub const fn scalar() -> Inferred {
        Inferred::Ok(Shape::SCALAR.with_batch(false))
    }

    /// Ends the evaluation with the error's text, if this is one; a note names the `causes`, which stand on other lines.
    ///
    /// All is taken by value: a reference would be one more constant for rustc to evaluate, at each statement of a model.
    ///
    /// # Panics
    /// On [`Inferred::Error`]; `model!` calls it in a `const`, where the panic is a compile error at the user's token.
    #[track_caller]
    pub const fn check<const N: usize>(self, causes: [Cause; N]) {
        if let Inferred::Error(message) = self {
            panic!("{}", message.because(&causes).lines().as_str());
        }
    }

    /// The shape, or a scalar where there is none: code behind a failed check never runs.
    pub const fn get(&self) -> Shape {
        match self {
            Inferred::Ok(shape) => *shape,
            _ => Shape::SCALAR,
        }
    }

    /// Whether there is a shape.
    pub const fn is_ok(&self) -> bool {
        matches!(self, Inferred::Ok(_))
    }

    /// What a consumer sees: an error of another statement is silent here.
    pub const fn seen(self) -> Inferred {
        match self {
            Inferred::Ok(_) => self,
            _ => Inferred::Poisoned,
        }
    }

    /// The error is of a part of what `who` names.
    pub const fn of(self, who: &str) -> Inferred {
        match self {
            Inferred::Error(message) => Inferred::Error(message.of(who)),
            other => other,
        }
    }

    /// Adds the place in the source to an error that has none yet.
    pub const fn at(self, place: &str) -> Inferred {
        match self {
            Inferred::Error(message) => Inferred::Error(message.at(place)),
            other => other,
        }
    }

    /// Without a batch axis.
    pub const fn unbatched(self) -> Inferred {
        match self {
            Inferred::Ok(shape) => Inferred::Ok(shape.with_batch(false)),
            other => other,
        }
    }

    /// With a batch axis where `batched`.
    pub const fn batched(self, batched: bool) -> Inferred {
        match self {
            Inferred::Ok(shape) => Inferred::Ok(shape.with_batch(batched)),
            other => other,
        }
    }

    /// Of numbers of which this is known; a doubt stays.
    pub const fn meaning(self, meaning: Meaning) -> Inferred {
        match self {
            Inferred::Ok(shape) if !matches!(shape.meaning(), Meaning::Doubtful(_)) => {
                Inferred::Ok(shape.with_meaning(meaning))
            }
            other => other,
        }
    }

    /// What is known of the numbers; nothing where there is no shape.
    const fn known(&self) -> Meaning {
        match self {
            Inferred::Ok(shape) => shape.meaning,
            _ => Meaning::Unknown,
        }
    }

    /// The doubt about a loss or metric, if there is one.
    pub const fn doubt(&self) -> Option<Doubt> {
        match self.known() {
            Meaning::Doubtful(doubt) => Some(doubt),
            _ => None,
        }
    }

    /// Integers below `range`, checked to be exact in an `f32`.
    pub const fn ints(self, range: usize) -> Inferred {
        match self {
            Inferred::Ok(_) if range != usize::MAX && range > 1 << 24 => Inferred::Error(
                Message::new("a range of ")
                    .num(range)
                    .str(" is more than an f32 can count: at most 16777216"),
            ),
            Inferred::Ok(shape) => Inferred::Ok(shape.with_dtype(Dtype::Int { range })),
            other => other,
        }
    }

    /// The numbers of one example: 0 where there is no shape.
    pub const fn len(&self) -> usize {
        match self {
            Inferred::Ok(shape) => shape.len(),
            _ => 0,
        }
    }

    /// Whether there are no numbers.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The shape's dims as a `Dim`, for `s` in `zeros(s)`.
    pub const fn dim(&self, axis: usize) -> Dim {
        match self {
            Inferred::Ok(shape) => shape.dim(axis),
            _ => Dim::faulty(Fault::Poisoned),
        }
    }
}

/// Unwraps the shapes of an op's inputs in a `const fn` that returns [`Inferred`]; checks their number.
#[macro_export]
#[doc(hidden)]
macro_rules! __shapes {
    ($inputs:expr => [$($shape:ident),*]) => {
        let inputs: &[$crate::shape::Inferred] = $inputs;
        const EXPECTED: usize = [$(stringify!($shape)),*].len();
        if let Some(error) = $crate::shape::arity(inputs, EXPECTED) {
            return error;
        }
        let mut __i = 0;
        $(
            let $shape = match inputs[__i] {
                $crate::shape::Inferred::Ok(shape) => shape,
                _ => return $crate::shape::Inferred::Poisoned,
            };
            __i += 1;
        )*
        let _ = __i;
    };
}
pub use __shapes as shapes;
