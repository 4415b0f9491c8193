//! `for t in 0..T`: lengths, nests, carried values, slices.

use keras_core::prelude::*;
use keras_tests::check;

/// A layer with a loop, as the model `$model` of one input.
macro_rules! looped {
    ($($(#[$doc:meta])* $model:ident: $test:ident [$($size:literal),*] |$x:ident $(: $shape:tt)?| -> [$($out:tt)*] $body:block)*) => {$(
        $(#[$doc])*
        mod $test {
            use keras_core::prelude::*;

            #[layer]
            fn looped($x: Tensor![t, n]) -> Tensor![$($out)*] $body

            model! {
                pub struct $model {
                    input $x: [$($size),*];
                    output y = looped(tanh($x));
                }
            }

            #[test]
            fn is_differentiated() {
                keras_tests::check::<$model>();
            }
        }
    )*};
}

looped! {
    /// The value before the loop is the value behind it.
    Never: a_loop_of_length_0 [3, 2] |x| -> [n] {
        let mut h = x[0];
        for step in 0..0 {
            h = h * x[step];
        }
        h
    }

    Once: a_loop_of_length_1 [1, 2] |x| -> [n] {
        let mut h = ones([n]);
        for step in 0..t {
            h = tanh(h * x[step]);
        }
        h
    }

    Seven: a_loop_of_length_7 [7, 2] |x| -> [n] {
        let mut h = ones([n]);
        for step in 0..t {
            h = sigmoid(h * x[step]) + x[step];
        }
        h
    }

    /// From the second row to the one before the last.
    Part: a_loop_over_a_part [6, 2] |x| -> [n] {
        let mut h = zeros([n]);
        for step in 1..t - 1 {
            h = h + square(x[step]) * x[step - 1] + x[t - 1 - step];
        }
        h
    }

    Nested: loops_in_loops [3, 4] |x| -> [] {
        let mut total = zeros([]);
        for i in 0..t {
            let mut row = ones([]);
            for j in 0..n {
                row = row * (1.5 + x[s![i, j]]);
            }
            total = total + tanh(row);
        }
        total
    }

    /// Carried values exchanged through a tuple.
    Swapped: a_swap [3, 2] |x| -> [n] {
        let mut a = x[0];
        let mut b = ones([n]);
        for step in 0..t {
            let (c, d) = (b, a * x[step]);
            a = c;
            b = d;
        }
        a + 2 * b
    }

    Exchanged: a_swap_of_unchanged_values [3, 2] |x| -> [n] {
        let mut a = x[0];
        let mut b = square(x[1]);
        for _ in 0..t {
            let (c, d) = (b, a);
            a = c;
            b = d;
        }
        a + 2 * b
    }

    Delayed: a_value_of_the_iteration_before [3, 2] |x| -> [n] {
        let mut a = x[0];
        let mut before = zeros([n]);
        for step in 0..t {
            let old = a;
            a = tanh(a + x[step]) - before;
            before = old;
        }
        a * before
    }

    /// Three in a circle, one of them without a batch axis at first.
    Circle: three_carried_values [5, 2] |x| -> [n] {
        let mut a = x[0];
        let mut b = zeros([n]);
        let mut c = ones([n]);
        for _ in 0..4 {
            let first = a;
            a = b;
            b = c;
            c = tanh(first + 0.5 * c);
        }
        a * 3 + b * 2 + c
    }

    /// The Fibonacci numbers' way: each value is the other's last one.
    Fibonacci: a_value_of_the_last_iteration [2, 3] |x| -> [n] {
        let mut a = x[0];
        let mut b = x[1];
        for _ in 0..5 {
            let next = a + b;
            a = b;
            b = next;
        }
        b
    }

    Written: slices_written_in_place [4, 3] |x| -> [t, n] {
        let mut y = zeros([t, n]);
        for step in 0..t {
            y[s![t - 1 - step, ..]] = square(x[step]);
        }
        y
    }

    /// Every iteration reads what the one before wrote.
    ReadBack: slices_read_back [4, 3] |x| -> [t, n] {
        let mut y = x * 2;
        for step in 1..t {
            y[s![step, ..]] = tanh(y[s![step - 1, ..]] * x[step]);
        }
        y * y
    }

    /// What is overwritten has no say in the result.
    Overwritten: slices_written_twice [3, 2] |x| -> [t, n] {
        let mut y = square(x);
        for step in 0..t {
            y[step] = x[step] * 3;
            y[step] = tanh(x[step]);
        }
        y
    }

    Grid: slices_written_in_a_nest [3, 4] |x| -> [n, t] {
        let mut y = zeros([n, t]);
        for i in 0..t {
            for j in 0..n {
                y[s![j, i]] = square(x[s![i, j]]) + x[s![0, j]];
            }
        }
        y
    }

    /// Written by slices outside of a loop too, and as a whole in it.
    Mixed: slices_and_whole_values [3, 2] |x| -> [t, n] {
        let mut y = zeros([t, n]);
        y[0] = x[1];
        y[s![1.., ..]] = x[..2];
        for step in 0..t {
            y = y * 0.5 + x;
            y[step] = x[0];
        }
        y
    }

    /// A carried value that no iteration changes by its input.
    Constant: a_carried_value_without_batch [3, 2] |x| -> [n] {
        let mut h = ones([n]);
        for _ in 0..3 {
            h = h * 0.5;
        }
        x[0] * h
    }

    /// A carried value that nobody reads behind the loop.
    Dropped: a_carried_value_that_is_dropped [3, 2] |x| -> [n] {
        let mut a = ones([n]);
        let mut b = x[0];
        for step in 0..t {
            b = b + a;
            a = a * x[step];
        }
        b
    }

    /// Behind a loop: another, over what it gave.
    Twice: a_loop_behind_a_loop [3, 2] |x| -> [n] {
        let mut y = zeros([t, n]);
        for step in 0..t {
            y[step] = square(x[step]);
        }
        let mut h = zeros([n]);
        for step in 0..t {
            h = tanh(h + y[step]) * x[t - 1 - step];
        }
        h
    }

    /// A loop that changes nothing of the surroundings, and an index from two loops.
    Sums: an_index_of_two_loops [5, 2] |x| -> [n] {
        let mut h = zeros([n]);
        for i in 0..3 {
            for j in 0..2 {
                let k = i + j;
                h = h + x[k] * x[i];
            }
        }
        h
    }
}

/// A weight that every iteration uses, and a layer with weights that every iteration calls.
#[derive(Clone, Copy)]
pub struct Recurrent {
    pub units: usize,
}

#[layer]
impl Recurrent {
    fn build(&self, x: Shape![t, n]) {
        self.cell = Dense::new(self.units).activation(Tanh);
        self.decay = weight([self.units], Constant(0.5));
    }

    fn call(&self, x: Tensor![t, n]) -> Tensor![t, self.units] {
        let mut h = zeros([self.units]);
        let mut y = zeros([t, self.units]);
        for step in 0..t {
            h = h * self.decay + self.cell(concat(x[step], h));
            y[step] = h;
        }
        y
    }
}

model! {
    pub struct WithLayer {
        input x: [4, 2];
        output y = Recurrent { units: 3 }(x);
    }
}

#[test]
fn a_layer_with_weights_in_a_loop() {
    check::<WithLayer>();
    assert_eq!(WithLayer::PARAMS, (2 + 3) * 3 + 3 + 3);
}

/// A loop over `steps`, which is configuration.
#[layer]
fn iterate(x: Tensor![n], steps: usize) -> Tensor![n] {
    let mut y = x;
    for _ in 0..steps {
        y = y - 0.1 * (square(y) - x);
    }
    y
}

model! {
    pub struct Configured {
        input x: [3];
        let (none, one) = (iterate(x, 0), iterate(x, 1));
        output y = none + one * iterate(x, 7);
    }
}

#[test]
fn a_loop_of_configured_length() {
    check::<Configured>();
}
