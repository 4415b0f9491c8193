//! Named dims: how `Tensor![n, ..s]` is matched against the shape that comes in.

use super::{Dim, Dtype, Fault, Inferred, Meaning, Message, Shape};

/// One element of a declared shape.
#[derive(Clone, Copy, Debug)]
pub enum Pattern {
    /// A name seen for the first time: binds to whatever is there.
    Bind(&'static str),
    /// A size that must be there: a literal, an expression, or a name bound before.
    Size(Dim),
    /// `..s`: any number of axes.
    Rest(&'static str),
    /// `..s`, where `s` was bound before.
    SameRest(Inferred),
}

/// An error where `inputs` are not as many as `expected`; silence where one of them is wrong already.
pub const fn arity(inputs: &[Inferred], expected: usize) -> Option<Inferred> {
    if inputs.len() == expected {
        return None;
    }
    let s = if expected == 1 { "" } else { "s" };
    Some(Inferred::Error(
        Message::new("takes ")
            .num(expected)
            .str(" input")
            .str(s)
            .str(", found ")
            .num(inputs.len())
            .alone(),
    ))
}

/// The dim at `axis` from the front (or, where `back`, from the back) of an input, under its new name.
pub const fn dim_of(input: &Inferred, axis: usize, back: bool, name: &'static str) -> Dim {
    match input {
        Inferred::Ok(shape) if axis < shape.rank => {
            let axis = if back { shape.rank - 1 - axis } else { axis };
            Dim { name, kept: false, ..shape.dims[axis] }
        }
        _ => Dim::faulty(Fault::Poisoned),
    }
}

/// The axes of an input without the first `front` and the last `back`.
pub const fn rest_of(input: &Inferred, front: usize, back: usize) -> Inferred {
    match input {
        Inferred::Ok(shape) if front + back <= shape.rank => {
            let mut rest = Shape { batched: shape.batched, ..Shape::SCALAR };
            rest.rank = shape.rank - front - back;
            let mut i = 0;
            while i < rest.rank {
                rest.dims[i] = shape.dims[front + i];
                i += 1;
            }
            Inferred::Ok(rest)
        }
        _ => Inferred::Poisoned,
    }
}

const fn rank_of(patterns: &[Pattern]) -> (usize, bool) {
    let (mut fixed, mut open, mut i) = (0, false, 0);
    while i < patterns.len() {
        match &patterns[i] {
            Pattern::Rest(_) => open = true,
            Pattern::SameRest(Inferred::Ok(shape)) => fixed += shape.rank,
            Pattern::SameRest(_) => open = true,
            Pattern::Bind(_) | Pattern::Size(_) => fixed += 1,
        }
        i += 1;
    }
    (fixed, open)
}

const fn written(mut message: Message, patterns: &[Pattern]) -> Message {
    message = message.str("[");
    let mut i = 0;
    while i < patterns.len() {
        message = message.str(if i > 0 { ", " } else { "" });
        message = match &patterns[i] {
            Pattern::Bind(name) => message.str(name),
            Pattern::Size(dim) => message.dim(*dim),
            Pattern::Rest(name) => message.str("..").str(name),
            Pattern::SameRest(Inferred::Ok(shape)) => {
                let mut j = 0;
                while j < shape.rank() {
                    message = message.str(if j > 0 { ", " } else { "" }).dim(shape.dim(j));
                    j += 1;
                }
                message
            }
            Pattern::SameRest(_) => message.str(".."),
        };
        i += 1;
    }
    message.str("]")
}

/// Matches one value against its declaration: `what` names the input ("`x`") or the output ("the output").
///
/// `dtype` is the declared kind of numbers, any where there is none; integers of any range match a declared range of
/// `usize::MAX`.
pub const fn bind(
    what: &str,
    found: &Inferred,
    dtype: Option<Dtype>,
    patterns: &[Pattern],
) -> Inferred {
    let Inferred::Ok(shape) = found else { return Inferred::Poisoned };
    match (dtype, shape.dtype) {
        (Some(Dtype::Int { range }), Dtype::Int { range: given }) => {
            if range != usize::MAX && given != usize::MAX && given > range {
                return Inferred::Error(
                    Message::new(what)
                        .str(" must be below ")
                        .num(range)
                        .str(", found a range of ")
                        .num(given),
                );
            }
        }
        (None, _) | (Some(Dtype::Float), Dtype::Float) | (Some(Dtype::Bool), Dtype::Bool) => {}
        (Some(Dtype::Int { .. }), _) => {
            return Inferred::Error(
                Message::new(what)
                    .str(" takes integers (labels or indices), found ")
                    .shape(shape)
                    .help("declare them as `Index![range; sizes]`"),
            );
        }
        (Some(_), _) => {
            return Inferred::Error(
                Message::new(what)
                    .str(" takes floats, found ")
                    .shape(shape)
                    .help("use `one_hot` or `cast`"),
            );
        }
    }
    let (fixed, open) = rank_of(patterns);
    if shape.rank < fixed || (!open && shape.rank != fixed) {
        return mismatch(what, shape, patterns);
    }
    let (mut axis, mut i) = (0, 0);
    while i < patterns.len() {
        match &patterns[i] {
            Pattern::Bind(_) => axis += 1,
            Pattern::Rest(_) => axis += shape.rank - fixed,
            Pattern::Size(dim) => {
                match dim.fault {
                    Some(Fault::Poisoned) => return Inferred::Poisoned,
                    Some(_) => return mismatch(what, shape, patterns),
                    None => {}
                }
                if dim.size != shape.dims[axis].size {
                    return mismatch(what, shape, patterns);
                }
                axis += 1;
            }
            Pattern::SameRest(Inferred::Ok(rest)) => {
                let mut j = 0;
                while j < rest.rank {
                    if rest.dims[j].size != shape.dims[axis + j].size {
                        return mismatch(what, shape, patterns);
                    }
                    j += 1;
                }
                axis += rest.rank;
            }
            Pattern::SameRest(_) => return Inferred::Poisoned,
        }
        i += 1;
    }
    *found
}

/// The error of a shape that is not as declared. Its text takes rustc longer than the whole match, so only errors make it.
const fn mismatch(what: &str, found: &Shape, patterns: &[Pattern]) -> Inferred {
    let message = written(Message::new(what).str(" must be "), patterns).str(", found ");
    let message = message.shape(found);
    // Of what is given; what a body computes may lack more than an axis.
    let is_given = !what.is_empty() && what.as_bytes()[0] == b'`';
    let missing = is_given && found.rank() < rank_of(patterns).0;
    Inferred::Error(if missing { message.help("`reshape` adds an axis") } else { message })
}

/// The first error among `values`, `Poisoned` if one is poisoned, and otherwise a scalar.
pub const fn first_error(values: &[Inferred]) -> Inferred {
    let (mut i, mut poisoned) = (0, false);
    while i < values.len() {
        match values[i] {
            Inferred::Error(_) => return values[i],
            Inferred::Poisoned => poisoned = true,
            Inferred::Ok(_) => {}
        }
        i += 1;
    }
    if poisoned { Inferred::Poisoned } else { Inferred::scalar() }
}

/// An error that begins with `what` where two values that must agree do not.
pub const fn same(what: &str, a: &Inferred, b: &Inferred) -> Inferred {
    let (Inferred::Ok(x), Inferred::Ok(y)) = (a, b) else { return Inferred::Poisoned };
    if !x.same_sizes(y) {
        return Inferred::Error(Message::new(what).str(": ").shape(x).str(" and ").shape(y));
    }
    let meaning = x.meaning().common(y.meaning());
    Inferred::Ok(x.with_batch(x.batched() || y.batched()).with_meaning(meaning))
}

/// What the weight `name` becomes in a step: a value of its shape, one for all examples.
pub const fn updated(name: &str, weight: &Inferred, value: &Inferred) -> Inferred {
    let (Inferred::Ok(weight), Inferred::Ok(value)) = (weight, value) else {
        return Inferred::Poisoned;
    };
    let message = Message::new("the update of `").str(name).str("` must be ").shape(weight);
    let message = message.str(", found ").shape(value);
    if !weight.same_sizes(value) || !value.is_float() {
        return Inferred::Error(message.help("give it floats of the shape that `build` declares"));
    }
    if value.batched() {
        let help = "take `batch_mean(…)` of it: a weight is one for all examples";
        return Inferred::Error(message.str(" for each example").help(help));
    }
    Inferred::Ok(*weight)
}

/// What is known of numbers that are those of `inputs`.
pub const fn meaning_of(inputs: &[Inferred]) -> Meaning {
    if inputs.is_empty() {
        return Meaning::Unknown;
    }
    let (mut meaning, mut i) = (inputs[0].known(), 0);
    while i < inputs.len() {
        meaning = meaning.common(inputs[i].known());
        i += 1;
    }
    meaning
}

/// Input `i` of a call; silence where there is none, because the count was reported.
pub const fn input(inputs: &[Inferred], i: usize) -> Inferred {
    if i < inputs.len() { inputs[i] } else { Inferred::Poisoned }
}

/// An error where a call has neither the least nor the largest number of inputs, and otherwise a scalar.
pub const fn arity_of(inputs: &[Inferred], least: usize, most: usize) -> Inferred {
    if inputs.len() == least || inputs.len() == most {
        return Inferred::scalar();
    }
    if least == most {
        return match arity(inputs, most) {
            Some(error) => error,
            None => Inferred::scalar(),
        };
    }
    let message = Message::new("takes ").num(least).str(" or ").num(most).str(" inputs, found ");
    Inferred::Error(message.num(inputs.len()).alone())
}

/// Output `index` of a call of `name` that must have `count`: an error of the call is told by its first output.
pub const fn output(name: &str, outputs: &[Inferred], index: usize, count: usize) -> Inferred {
    if outputs.is_empty() {
        return Inferred::Poisoned;
    }
    match outputs[0] {
        Inferred::Ok(_) if outputs.len() == count => outputs[index],
        Inferred::Ok(_) if index == 0 => {
            let found = outputs.len();
            let s = if found == 1 { "" } else { "s" };
            Inferred::Error(
                Message::new(name)
                    .str(" has ")
                    .num(found)
                    .str(" output")
                    .str(s)
                    .str(", bound to ")
                    .num(count)
                    .str(if count == 1 { " name" } else { " names" })
                    .alone(),
            )
        }
        error if index == 0 => error.of(name),
        _ => Inferred::Poisoned,
    }
}

/// Output `index` of a call of `name`, whose configuration is computed of these `sizes`: the first that is wrong is told in its
/// place.
pub const fn computed(name: &str, sizes: &[Dim], index: usize, output: Inferred) -> Inferred {
    let mut i = 0;
    while i < sizes.len() {
        match sizes[i].fault() {
            None => i += 1,
            Some(Fault::Poisoned) => return Inferred::Poisoned,
            Some(_) if index > 0 => return Inferred::Poisoned,
            Some(fault) => {
                let message = Message::new("`").dim(sizes[i]).str("`").str(fault.verdict());
                return Inferred::Error(message.alone()).of(name);
            }
        }
    }
    output
}

/// Output `index` of a body: its first error, or the shape.
pub const fn result(error: &Inferred, shape: &Inferred, index: usize) -> Inferred {
    match error {
        Inferred::Ok(_) => *shape,
        error if index == 0 => *error,
        _ => Inferred::Poisoned,
    }
}

/// The shape of a value that a loop carries: that of its first value, with a batch axis if one of the values that the loop
/// reads has one.
pub const fn carried(init: &Inferred, captured: &[Inferred]) -> Inferred {
    let (mut batched, mut i) = (false, 0);
    while i < captured.len() {
        match &captured[i] {
            Inferred::Ok(shape) => batched = batched || shape.batched(),
            _ => return Inferred::Poisoned,
        }
        i += 1;
    }
    // What an iteration makes of the numbers is not known yet.
    init.batched(batched).meaning(Meaning::Unknown).seen()
}

/// A value behind a loop: an iteration must give it the shape that it began with.
pub const fn after(name: &str, inner: &Inferred, yielded: &Inferred) -> Inferred {
    let (Inferred::Ok(before), Inferred::Ok(now)) = (inner, yielded) else {
        return Inferred::Poisoned;
    };
    if !before.same_sizes(now) || (now.batched() && !before.batched()) {
        return Inferred::Error(
            Message::new("the loop changes the shape of `")
                .str(name)
                .str("` from ")
                .shape(before)
                .str(" to ")
                .shape(now),
        );
    }
    *inner
}

/// A metric is one number for each example, or what its layer makes one number of.
pub const fn one_metric(found: &Inferred, streaming: bool) -> Inferred {
    match found {
        Inferred::Ok(shape) if streaming && shape.is_float() => *found,
        _ => one_number("metric", found),
    }
}

/// A loss is one number for each example, of which a gradient reaches a weight.
pub const fn one_loss(found: &Inferred, trains: bool) -> Inferred {
    match one_number("loss", found) {
        Inferred::Ok(_) if !trains => Inferred::Error(
            Message::new("no gradient of this loss reaches a weight: nothing is trained by it")
                .alone(),
        ),
        other => other,
    }
}

/// A loss or a metric is one number for each example.
const fn one_number(what: &str, found: &Inferred) -> Inferred {
    match found {
        Inferred::Ok(shape) if shape.rank() == 0 && shape.is_float() => *found,
        Inferred::Ok(shape) => Inferred::Error(
            Message::new("a ")
                .str(what)
                .str(" must be [], one number for each example, found ")
                .shape(shape)
                .help("take `sum(…)` or `mean(…)` of it"),
        ),
        other => other.seen(),
    }
}
