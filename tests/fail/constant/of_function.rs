//! A function that has no value for what it is given.
//! Errors: 2
//! Mend: even numbers.

use keras_core::prelude::*;

const fn half(n: usize) -> usize {
    assert!(n.is_multiple_of(2), "an odd number has no half");
    n / 2
}

model! {
    pub struct Net {
        input x: [half(15)];
        output y = Dense::new(half(9))(x);
    }
}

fn main() {
    let _ = Net::new(3);
}
