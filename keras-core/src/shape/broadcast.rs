//! The only broadcasting there is: scalars, missing leading axes, and axes kept by `keepdims = true`.

use super::{Dim, Dtype, Inferred, Meaning, Message, Shape};

/// What an elementwise function does with the kinds of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Floats in, floats out.
    Float,
    /// Floats in, probabilities out.
    Probability,
    /// A comparison: two floats or two integers in, a boolean out.
    Compare,
    /// `where(condition, a, b)`: the first is a boolean.
    Select,
}

/// The shape of an elementwise function called `name` of `inputs`.
pub const fn elementwise(name: &str, kind: Kind, inputs: &[Inferred]) -> Inferred {
    let Inferred::Ok(mut result) = inputs[0] else { return Inferred::Poisoned };
    let mut i = 1;
    while i < inputs.len() {
        let Inferred::Ok(next) = &inputs[i] else { return Inferred::Poisoned };
        result = match broadcast(name, &result, next) {
            Inferred::Ok(shape) => shape,
            other => return other,
        };
        i += 1;
    }
    match wrong_kind(name, kind, inputs) {
        Some(error) => error,
        None => {
            let (dtype, meaning) = match kind {
                Kind::Compare => (Dtype::Bool, Meaning::Unknown),
                Kind::Probability => (Dtype::Float, Meaning::Probabilities),
                // A sum with what may be any number may be any number: logits and their bias.
                Kind::Float if is_sum(name) && any_affine(inputs) => {
                    (Dtype::Float, Meaning::Affine)
                }
                Kind::Float | Kind::Select => (Dtype::Float, Meaning::Unknown),
            };
            Inferred::Ok(Shape { dtype, meaning, ..result })
        }
    }
}

const fn is_sum(name: &str) -> bool {
    matches!(name.as_bytes(), b"+" | b"-")
}

const fn any_affine(inputs: &[Inferred]) -> bool {
    let mut i = 0;
    while i < inputs.len() {
        if matches!(inputs[i].known(), Meaning::Affine) {
            return true;
        }
        i += 1;
    }
    false
}

const fn wrong_kind(name: &str, kind: Kind, inputs: &[Inferred]) -> Option<Inferred> {
    let mut i = 0;
    while i < inputs.len() {
        let Inferred::Ok(shape) = &inputs[i] else { return None };
        let fits = match (kind, shape.dtype) {
            (Kind::Select, Dtype::Bool) => i == 0,
            (Kind::Select, Dtype::Float) => i > 0,
            (Kind::Compare, Dtype::Bool) => false,
            (Kind::Compare, Dtype::Int { .. }) => inputs[0].get().is_int(),
            (Kind::Compare, Dtype::Float) => inputs[0].get().is_float(),
            (Kind::Float | Kind::Probability, Dtype::Float) => true,
            _ => false,
        };
        if !fits && i == 0 && matches!(kind, Kind::Select) {
            let message = Message::new(name).str(": the condition takes booleans, found ");
            return Some(Inferred::Error(
                message.shape(shape).help("write a comparison, such as `x > 0.0`"),
            ));
        }
        if !fits {
            let mut message = Message::new(name).str(": ");
            let mut j = 0;
            while j < inputs.len() {
                message = message.str(if j > 0 { " and " } else { "" }).shape(&inputs[j].get());
                j += 1;
            }
            return Some(Inferred::Error(match shape.dtype {
                Dtype::Int { .. } => message
                    .str(": integers have no gradient")
                    .help("use `one_hot`, `gather` or `cast`"),
                Dtype::Bool => {
                    message.str(": booleans have no gradient").help("use `r#where` or `cast`")
                }
                Dtype::Float => message.str(" are different kinds of numbers"),
            }));
        }
        i += 1;
    }
    None
}

/// The common shape of `a` and `b`, for the operation called `name`.
pub const fn broadcast(name: &str, a: &Shape, b: &Shape) -> Inferred {
    let (long, short) = if a.rank >= b.rank { (a, b) } else { (b, a) };
    let mut result = Shape { batched: a.batched || b.batched, ..*long };
    // A batched value already has the batch axis in front: what lacks axes of an unbatched, longer value has a gap there.
    let gap = long.rank - short.rank;
    let mut axis = gap;
    while axis < long.rank {
        let (x, y) = (long.dims[axis], short.dims[axis - gap]);
        let dim = if x.size == y.size {
            let name = if x.name.is_empty() { y.name } else { x.name };
            if x.kept && y.kept { x } else { Dim { name, kept: false, ..x } }
        } else if x.kept {
            y
        } else if y.kept {
            x
        } else {
            let message = Message::new(name).str(": ").shape(a).str(" and ").shape(b);
            let message = message.str(" do not match");
            // Only what is one can be repeated.
            return Inferred::Error(if x.size == 1 || y.size == 1 {
                message.help("where the repetition is meant, use `broadcast_to`")
            } else {
                message
            });
        };
        result.dims[axis] = dim;
        axis += 1;
    }
    Inferred::Ok(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn shape<const R: usize>(sizes: [usize; R]) -> Shape {
        let mut dims = [Dim::of(1); R];
        let mut i = 0;
        while i < R {
            dims[i] = Dim::of(sizes[i]);
            i += 1;
        }
        Shape::of(&dims)
    }

    #[test]
    fn a_width_of_one_does_not_broadcast() {
        let Inferred::Error(message) = broadcast("+", &shape([1]), &shape([10])) else { panic!() };
        assert!(message.line().as_str().contains("broadcast_to"), "{message:?}");
    }

    #[test]
    fn what_cannot_be_repeated_is_told_without_that_help() {
        let Inferred::Error(message) = broadcast("+", &shape([4]), &shape([8])) else { panic!() };
        assert_eq!(message.line().as_str(), "+: [4] and [8] do not match");
    }

    #[test]
    fn only_a_probability_is_one() {
        let p = Inferred::Ok(shape([3]).with_meaning(Meaning::Probabilities));
        let meaning = |kind, inputs: &[Inferred]| elementwise("f", kind, inputs).get().meaning();
        assert_eq!(
            meaning(Kind::Probability, &[p.meaning(Meaning::Unknown)]),
            Meaning::Probabilities
        );
        assert_eq!(meaning(Kind::Float, &[p, p]), Meaning::Unknown);
    }

    #[test]
    fn scalars_leading_axes_and_kept_axes_do() {
        let kept = shape([4, 1]).with_dim(1, Dim::kept());
        for (a, b) in
            [(shape([]), shape([4, 3])), (shape([3]), shape([4, 3])), (kept, shape([4, 3]))]
        {
            assert!(broadcast("+", &a, &b).get().same_sizes(&shape([4, 3])));
            assert!(broadcast("+", &b, &a).get().same_sizes(&shape([4, 3])));
        }
    }
}
