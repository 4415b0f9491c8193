//! A shape as one number, for [`twin`](crate::twin).

use super::{Doubt, Dtype, Inferred, Meaning};

/// All that a layer can see of its inputs as one number; `None` where one of them has no shape.
///
/// It is asked for at each call of a model, so it reads the fields themselves: rustc's interpreter pays most for calls.
pub(crate) const fn digest(inputs: &[Inferred]) -> Option<u64> {
    let (mut digest, mut i) = (inputs.len() as u64, 0);
    while i < inputs.len() {
        let Inferred::Ok(shape) = &inputs[i] else { return None };
        let (dtype, range) = match shape.dtype {
            Dtype::Float => (0, 0),
            Dtype::Int { range } => (1, range as u64),
            Dtype::Bool => (2, 0),
        };
        let meaning = match shape.meaning {
            Meaning::Unknown => 0,
            Meaning::Probabilities => 1,
            Meaning::Affine => 2,
            Meaning::Doubtful(Doubt::ExpectsLogits) => 3,
            Meaning::Doubtful(Doubt::ExpectsProbabilities) => 4,
        };
        let kind = (shape.rank << 6 | dtype << 4 | meaning << 1 | shape.batched as usize) as u64;
        digest = step(step(digest ^ kind) ^ range);
        let mut axis = 0;
        while axis < shape.rank {
            let dim = &shape.dims[axis];
            let (name, mut at) = (dim.name.as_bytes(), 0);
            let flags = (name.len() << 2 | (dim.kept as usize) << 1 | dim.open as usize) as u64;
            digest = step(step(digest ^ dim.size as u64) ^ flags);
            while at < name.len() {
                digest = step(digest ^ name[at] as u64);
                at += 1;
            }
            axis += 1;
        }
        i += 1;
    }
    Some(digest)
}

/// A step of a multiplication with carry: a product modulo `FACTOR · 2³² - 1`, a prime, and so nothing of a number is lost.
const fn step(digest: u64) -> u64 {
    const FACTOR: u64 = 4_294_967_118;
    (digest & 0xffff_ffff) * FACTOR + (digest >> 32)
}

#[cfg(test)]
mod tests {
    use super::digest;
    use crate::shape::{Dim, Inferred, Meaning};

    fn shape(dims: &[Dim]) -> Inferred {
        Inferred::shape(dims)
    }

    #[test]
    fn what_a_layer_can_see_tells_shapes_apart() {
        let [two, three] = [2, 3].map(Dim::of);
        let base = shape(&[two, three]);
        let others = [
            shape(&[three, two]),
            shape(&[two, three, Dim::of(1)]),
            shape(&[two.named("n"), three]),
            shape(&[two, three.named("n")]),
            shape(&[two, Dim::of(3).open()]),
            shape(&[two, Dim::of(1)]),
            shape(&[two, Dim::kept()]),
            base.unbatched(),
            base.meaning(Meaning::Affine),
            base.meaning(Meaning::Probabilities),
            base.ints(usize::MAX),
            base.ints(10),
        ];
        let all: Vec<_> = others.iter().chain([&base]).map(|one| digest(&[*one])).collect();
        for (i, one) in all.iter().enumerate() {
            assert!(one.is_some() && !all[..i].contains(one), "shape {i}");
        }
        assert_eq!(digest(&[shape(&[two, three])]), digest(&[base]));
        assert_ne!(digest(&[base, base]), digest(&[base]));
    }

    #[test]
    fn what_has_no_shape_has_no_number() {
        assert_eq!(digest(&[Inferred::scalar(), Inferred::Poisoned]), None);
    }

    /// Sizes that differ in anything give other numbers, in a range where all pairs can be tried.
    #[test]
    fn no_two_small_shapes_have_one_number() {
        let mut all = std::collections::HashSet::new();
        for (a, b, c) in
            (1..48).flat_map(|a| (1..48).flat_map(move |b| (1..48).map(move |c| (a, b, c))))
        {
            assert!(all.insert(digest(&[shape(&[a, b, c].map(Dim::of))])));
        }
    }
}
