//! Layers and models may be items of a function, and use its items.

fn predict() -> Vec<f32> {
    use keras_core::prelude::*;

    const WIDTH: usize = 3;

    const fn doubled(n: usize) -> usize {
        2 * n
    }

    #[layer]
    fn repeated(x: Tensor![n]) -> Tensor![doubled(n)] {
        concat(x, x)
    }

    model! {
        struct Net {
            input x: [WIDTH];
            output y = repeated(x);
        }
    }

    Net::new(1).predict(&[[1.0_f32, 2.0, 3.0]]).unwrap().iter().copied().collect()
}

fn main() {
    assert_eq!(predict(), [1.0, 2.0, 3.0, 1.0, 2.0, 3.0]);
}
