//! The budget of a model: which line crosses it.

use super::freeze::Nested;
use crate::shape::{Inferred, Message, Shape};
use crate::weights::Tree;

/// What a line of a model that calls a layer brings inference to.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// The layer.
    pub name: &'static str,
    /// The line.
    pub line: u32,
    /// The bytes of RAM that are taken while the call runs.
    pub ram: usize,
    /// The bytes of weights up to its own.
    pub flash: usize,
}

impl Cost {
    /// Of a call while which `top` numbers are taken, in a model whose layers are `tree`.
    pub const fn new(
        (name, line): (&'static str, u32),
        top: usize,
        nested: &Nested,
        tree: &Tree,
    ) -> Cost {
        let len = match nested.layer {
            None => 0,
            Some(layer) => nested.at + nested.len(tree.nested[layer].1.params()),
        };
        Cost { name, line, ram: 4 * top, flash: 4 * len }
    }
}

/// The most lines of a table: what is below and above is left out.
const LINES: usize = 8;

/// Whether line `at` of `costs` is the first that crosses a limit: an error with the table of the lines up to there.
pub const fn within(costs: &[Cost], at: usize, ram: usize, flash: usize) -> Inferred {
    let (mut most, mut i) = ((0, 0), 0);
    while i < at {
        most = larger(most, &costs[i]);
        i += 1;
    }
    let cost = &costs[at];
    let message = if most.0 <= ram && cost.ram > ram {
        over(cost.name, "RAM", cost.ram, ram)
    } else if most.1 <= flash && cost.flash > flash {
        over(cost.name, "flash", cost.flash, flash)
    } else {
        return Inferred::Ok(Shape::SCALAR);
    };
    Inferred::Error(table(message, costs, at).alone())
}

/// Whether the whole model keeps the limits, where no line of a layer crosses them.
pub const fn within_all(costs: &[Cost], all: (usize, usize), ram: usize, flash: usize) -> Inferred {
    let (mut most, mut i) = ((0, 0), 0);
    while i < costs.len() {
        most = larger(most, &costs[i]);
        i += 1;
    }
    let message = if most.0 <= ram && all.0 > ram {
        over("budget", "RAM", all.0, ram)
    } else if most.1 <= flash && all.1 > flash {
        over("budget", "flash", all.1, flash)
    } else {
        return Inferred::Ok(Shape::SCALAR);
    };
    Inferred::Error(table(message, costs, costs.len()).alone())
}

const fn larger((ram, flash): (usize, usize), cost: &Cost) -> (usize, usize) {
    (
        if cost.ram > ram { cost.ram } else { ram },
        if cost.flash > flash { cost.flash } else { flash },
    )
}

const fn over(who: &str, what: &str, bytes: usize, limit: usize) -> Message {
    let message = Message::new(who).str(": the budget is ").num(limit).str(" bytes of ").str(what);
    message.str(", found ").num(bytes)
}

const fn table(mut message: Message, costs: &[Cost], at: usize) -> Message {
    let mut i = (at + 1).saturating_sub(LINES);
    message = message.note().str("line: RAM, flash up to there");
    while i < costs.len() && i <= at {
        let cost = &costs[i];
        message = message.str("\n  ").num(cost.line as usize).str(" ").str(cost.name).str(": ");
        message = message.num(cost.ram).str(", ").num(cost.flash);
        i += 1;
    }
    message
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::error;

    const fn cost(line: u32, ram: usize, flash: usize) -> Cost {
        Cost { name: "Dense", line, ram, flash }
    }

    const COSTS: [Cost; 3] = [cost(4, 100, 40), cost(5, 300, 80), cost(6, 400, 90)];

    #[test]
    fn the_first_line_that_crosses_a_limit_is_told_once() {
        let told = |ram, flash| [0, 1, 2].map(|at| !within(&COSTS, at, ram, flash).is_ok());
        assert_eq!(told(400, 90), [false; 3]);
        assert_eq!(told(299, 90), [false, true, false]);
        assert_eq!(told(400, 85), [false, false, true]);
        assert_eq!(told(299, 85), [false, true, true]);
        assert_eq!(
            error(within(&COSTS, 1, 299, 90)),
            "Dense: the budget is 299 bytes of RAM, found 300\nnote: line: RAM, flash up to there\n  4 Dense: 100, 40\n  5 Dense: 300, 80"
        );
    }

    #[test]
    fn what_no_line_crosses_the_model_may_cross() {
        assert!(within_all(&COSTS, (400, 90), 400, 90).is_ok());
        assert!(within_all(&COSTS, (500, 90), 300, 90).is_ok());
        assert!(!within_all(&COSTS, (500, 90), 400, 90).is_ok());
    }
}
