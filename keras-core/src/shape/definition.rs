//! What sizes alone cannot tell: a body that works only where two of its dims happen to be equal.
//!
//! The facts of a body are computed for sizes that stand for any, before the layer is used; one assignment that works ends
//! it. The body is wrong if no assignment of different sizes works, and one does as soon as a certain two are equal. Sizes
//! are tried in every order, as chains of divisors and as sums, small, large, and close together, so that `n / heads`,
//! windows and halves have one that suits them; and a pair counts only where two unlike chains agree, so that `a + b == c`
//! is not taken for `a == b`.

use super::{Dim, Fault, Inferred, Message, Shape};
use crate::site::{Layer, LayerAt};

/// A body with names for sizes. Written by `#[layer]`.
pub trait Definition {
    /// The layer, in messages.
    const WHO: &'static str;
    /// The dims that inputs bind and the fields that stand as sizes; at most four.
    const NAMES: &'static [&'static str];
    /// Which two of them may be told to be equal.
    const PAIRS: &'static [(usize, usize)];
    /// Whether an input has a `..s`.
    const RESTS: bool;
    /// The body with certain sizes.
    type At<T: Trial>: Attempt;
}

/// Which sizes.
pub trait Trial: 'static {
    /// The number of the pair that is equal, counted from 1; 0 where none is.
    const PAIR: usize;
    /// Which of the sets of sizes.
    const SET: usize;
    /// In which order they belong to the names.
    const ORDER: usize;
    /// How many axes a `..s` has.
    const REST: usize;
}

/// A trial, by its numbers.
struct Numbered<const PAIR: usize, const SET: usize, const ORDER: usize, const REST: usize>;

impl<const PAIR: usize, const SET: usize, const ORDER: usize, const REST: usize> Trial
    for Numbered<PAIR, SET, ORDER, REST>
{
    const PAIR: usize = PAIR;
    const SET: usize = SET;
    const ORDER: usize = ORDER;
    const REST: usize = REST;
}

/// A body with certain sizes.
pub trait Attempt {
    /// What can be wrong, in the order of the text.
    const FACTS: &'static [Inferred];
}

const HELP: &str = "call both dims by one name in the declaration, or swap the axes of the value that has them the wrong way round";

/// What is wrong with a body at its definition.
pub const fn definition<D: Definition>() -> Finding {
    let found = in_any_order::<D, 0>();
    if found.works() {
        return found;
    }
    let pair = pair::<D>();
    if pair == 0 || in_another_set::<D>() {
        return Finding::NOTHING;
    }
    let (a, b) = D::PAIRS[pair - 1];
    let message = Message::new(D::WHO)
        .str(": this works only where `")
        .str(D::NAMES[a])
        .str("` equals `")
        .str(D::NAMES[b])
        .str("`: ")
        .str(found.message.as_str())
        .help(HELP);
    Finding { message, ..found }
}

/// What an attempt, or all of them, ended with.
#[derive(Clone, Copy, Debug)]
pub struct Finding {
    /// The number of the fact that is wrong, if one is.
    fact: Option<usize>,
    message: Message,
}

impl Finding {
    const NOTHING: Finding = Finding { fact: None, message: Message::new("") };

    const fn works(&self) -> bool {
        self.fact.is_none()
    }

    /// The one that is wrong further down in the text.
    const fn further(self, other: Finding) -> Finding {
        match (self.fact, other.fact) {
            (Some(a), Some(b)) if a < b => other,
            (None, _) => other,
            _ => self,
        }
    }

    /// What a use of the body says: nothing more, where its definition is wrong.
    pub const fn silences(&self, used: Inferred) -> Inferred {
        match used {
            Inferred::Error(_) if !self.works() => Inferred::Poisoned,
            other => other,
        }
    }

    /// Ends the evaluation if `fact` is what is wrong.
    ///
    /// # Panics
    /// Then; `#[layer]` calls it in a `const`, where the panic is a compile error at the user's token.
    #[track_caller]
    pub const fn told(&self, fact: usize) {
        if let Some(found) = self.fact
            && found == fact
        {
            panic!("{}", self.message.lines().as_str());
        }
    }
}

/// The most names that a definition has: as many as a set has sizes.
const MOST: usize = 4;

/// Sizes that are different.
const SETS: [[usize; MOST]; 6] = [
    [12, 24, 48, 96],
    [12, 24, 36, 72],
    [120, 240, 480, 960],
    [168, 504, 1512, 4536],
    [5040, 10080, 20160, 40320],
    [120, 122, 124, 126],
];

/// In which of [`SETS`] a pair must make the body right: two chains without a size in common, so that a number in the body is
/// not met by chance. Other sets are smaller or larger in all of their sizes, so that a bound, such as `x[..n - 20]`, is no
/// reason for what is told.
const CHAINS: (usize, usize) = (2, 3);

/// The axes of a `..s`, of which nothing is known.
const REST: [Dim; 2] = [Dim::of(10).open(), Dim::of(14).open()];

/// The size of the name `name` in an attempt.
pub const fn tried<D: Definition, T: Trial>(name: usize) -> Dim {
    let mut alike = name;
    if T::PAIR > 0 && D::PAIRS[T::PAIR - 1].1 == name {
        alike = D::PAIRS[T::PAIR - 1].0;
    }
    let size = SETS[T::SET][place(T::ORDER, alike, D::NAMES.len())];
    Dim::of(size).named(D::NAMES[name]).open()
}

/// Where `name` stands in permutation `order` of `count` names; in the first one they go from the largest to the smallest.
const fn place(order: usize, name: usize, count: usize) -> usize {
    let (mut free, mut rest, mut i) = ([true; MOST], order, 0);
    loop {
        let ways = orders(count - 1 - i);
        let (mut skip, mut place) = (rest / ways, count - 1);
        rest %= ways;
        while skip > 0 || !free[place] {
            skip -= free[place] as usize;
            place -= 1;
        }
        if i == name {
            return place;
        }
        free[place] = false;
        i += 1;
    }
}

/// How many orders `count` names have.
const fn orders(count: usize) -> usize {
    if count == 0 { 1 } else { count * orders(count - 1) }
}

/// One axis of a declared input, or several.
#[derive(Clone, Copy, Debug)]
pub enum Part {
    /// A dim.
    Axis(Dim),
    /// `..s`, with as many axes as the attempt says.
    Rest(usize),
    /// `..s`, where `s` was bound before.
    Same(Inferred),
}

/// The shape of an input as it is declared.
pub const fn supposed(parts: &[Part]) -> Inferred {
    let (mut shape, mut i) = (Shape::SCALAR, 0);
    while i < parts.len() {
        let more = match &parts[i] {
            Part::Axis(dim) => Shape::of(&[*dim]),
            Part::Rest(count) => Shape::of(REST.split_at(*count).0),
            Part::Same(rest) => rest.get(),
        };
        let mut axis = 0;
        while axis < more.rank() {
            shape = match shape.pushed(more.dim(axis)) {
                Inferred::Ok(shape) => shape,
                other => return other,
            };
            axis += 1;
        }
        i += 1;
    }
    Inferred::shape(shape.dims.split_at(shape.rank()).0)
}

/// The outputs of a layer at a call, where its shape rule cannot panic on sizes that nobody asked for.
pub const fn outputs_of<L: Layer, A: LayerAt>() -> &'static [Inferred] {
    if L::TOTAL { evaluated::<A>() } else { &[Inferred::Poisoned] }
}

/// A function of its own, because rustc evaluates the constants of a function whichever way it goes.
const fn evaluated<A: LayerAt>() -> &'static [Inferred] {
    A::OUTPUTS
}

/// A size that is not known at the definition.
pub const UNKNOWN: Dim = Dim::faulty(Fault::Poisoned);

const fn attempt<
    D: Definition,
    const PAIR: usize,
    const SET: usize,
    const ORDER: usize,
    const REST: usize,
>() -> Finding {
    let facts = <D::At<Numbered<PAIR, SET, ORDER, REST>> as Attempt>::FACTS;
    let mut fact = 0;
    while fact < facts.len() {
        if let Inferred::Error(message) = facts[fact] {
            return Finding { fact: Some(fact), message };
        }
        fact += 1;
    }
    Finding::NOTHING
}

/// One order: with one axis for each `..s`, with none, or with two.
const fn in_order<D: Definition, const PAIR: usize, const SET: usize, const ORDER: usize>()
-> Finding {
    let found = attempt::<D, PAIR, SET, ORDER, 1>();
    let another = D::RESTS
        && !found.works()
        && (attempt::<D, PAIR, SET, ORDER, 0>().works()
            || attempt::<D, PAIR, SET, ORDER, 2>().works());
    if another { Finding::NOTHING } else { found }
}

/// Says `step` for each number below `count`; what a step names is evaluated when it is reached.
macro_rules! each {
    ($name:ident of $($number:literal)*; below $count:expr => $step:block) => {
        $(if $number < $count {
            const $name: usize = $number;
            $step
        })*
    };
}

macro_rules! each_order {
    ($name:ident of $definition:ident => $step:block) => {
        each!($name of 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23;
            below orders($definition::NAMES.len()) => $step)
    };
}

/// What is wrong with different sizes in every order, said where most of the body is right.
const fn in_any_order<D: Definition, const SET: usize>() -> Finding {
    let mut furthest = Finding::NOTHING;
    each_order!(ORDER of D => {
        let found = in_order::<D, 0, SET, ORDER>();
        if found.works() {
            return found;
        }
        furthest = found.further(furthest);
    });
    furthest
}

/// Whether the body works with some other different sizes.
const fn in_another_set<D: Definition>() -> bool {
    each!(SET of 1 2 3 4 5; below SETS.len() => {
        if in_any_order::<D, SET>().works() {
            return true;
        }
    });
    false
}

/// The number of the first pair that makes the body right, or 0.
const fn pair<D: Definition>() -> usize {
    each!(PAIR of 1 2 3 4 5 6; below D::PAIRS.len() + 1 => {
        if fits::<D, PAIR>() {
            return PAIR;
        }
    });
    0
}

const fn fits<D: Definition, const PAIR: usize>() -> bool {
    each_order!(ORDER of D => {
        if is_beside::<D>(PAIR, ORDER)
            && in_order::<D, PAIR, { CHAINS.0 }, ORDER>().works()
            && in_order::<D, PAIR, { CHAINS.1 }, ORDER>().works()
        {
            return true;
        }
    });
    false
}

/// Whether a pair that is equal stands together: other orders give the same.
const fn is_beside<D: Definition>(pair: usize, order: usize) -> bool {
    let ((a, b), count) = (D::PAIRS[pair - 1], D::NAMES.len());
    place(order, a, count) == place(order, b, count) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_is_tried() {
        let found = |order| [0, 1, 2, 3].map(|name| place(order, name, 4));
        assert_eq!(found(0), [3, 2, 1, 0]);
        assert_eq!(found(23), [0, 1, 2, 3]);
        let mut all: std::vec::Vec<_> = (0..orders(4)).map(found).collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 24);
        assert!(all.iter().all(|places| (0..4).all(|place| places.contains(&place))));
    }

    /// A body of three names that is right where its rule says so.
    struct Body<const RULE: usize>;
    struct BodyAt<const RULE: usize, T>(core::marker::PhantomData<T>);

    impl<const RULE: usize> Definition for Body<RULE> {
        const WHO: &'static str = "Body";
        const NAMES: &'static [&'static str] = &["a", "b", "c"];
        const PAIRS: &'static [(usize, usize)] = &[(0, 1), (0, 2), (1, 2)];
        const RESTS: bool = false;
        type At<T: Trial> = BodyAt<RULE, T>;
    }

    impl<const RULE: usize, T: Trial> Attempt for BodyAt<RULE, T> {
        const FACTS: &'static [Inferred] = {
            let a = tried::<Body<RULE>, T>(0).get();
            let b = tried::<Body<RULE>, T>(1).get();
            let c = tried::<Body<RULE>, T>(2).get();
            let right = match RULE {
                0 => b == c,
                1 => a.is_multiple_of(b) && b.is_multiple_of(c),
                2 => a + b == c,
                3 => a == b * c,
                4 => a > 100 && b > 100 && c > 100,
                5 => a < 20 && b < 40,
                6 => a == 2 * b || a == b + 2,
                7 => a == b + 1,
                _ => a == b && b == c,
            };
            if right { &[] } else { &[Inferred::Error(Message::new("wrong").help("none"))] }
        };
    }

    #[test]
    fn only_equality_is_told() {
        let found = const { definition::<Body<0>>() };
        assert_eq!(found.message.as_str(), "Body: this works only where `b` equals `c`: wrong");
        let silent = const {
            [
                definition::<Body<1>>().works(),
                definition::<Body<2>>().works(),
                definition::<Body<3>>().works(),
                definition::<Body<4>>().works(),
                definition::<Body<5>>().works(),
                definition::<Body<6>>().works(),
                definition::<Body<7>>().works(),
                definition::<Body<8>>().works(),
            ]
        };
        assert_eq!(silent, [true; 8]);
    }
}
