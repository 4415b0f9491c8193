//! Inference whose inputs lie in the arena: the same numbers, in less memory than arena and inputs take apart.

use keras_core::infer::Frozen;
use keras_core::prelude::*;

model! {
    /// The input is read once, and then room for what follows.
    pub struct Deep {
        input x: [64];
        let h = Dense::new(48).activation(Relu)(x);
        let h = Dense::new(56).activation(Tanh)(h);
        output y = Dense::new(10).activation(Softmax)(h);
    }
}

model! {
    /// One input is read until the end, and is an output as it is.
    pub struct Kept {
        input x: [6];
        input z: [4];
        let h = Dense::new(6).activation(Tanh)(concat(x, z));
        let g = Dense::new(6)(h) + x;
        output y = Dense::new(3)(g);
        output same = z;
    }
}

fn numbers<const N: usize>(seed: usize) -> [f32; N] {
    std::array::from_fn(|i| ((i + seed) as f32 * 0.37).sin())
}

#[test]
fn an_input_makes_room() {
    let (net, x) = (Deep::new(5), numbers::<64>(1));
    let mut arena = Deep::arena();
    let expected = *net.infer(&x, &mut arena);
    let mut arena = [f32::NAN; Deep::IN_PLACE];
    let [at] = Deep::INPUT_AT;
    arena[at..at + 64].copy_from_slice(&x);
    assert_eq!(Deep::infer_in_place(net.weights_flat(), &mut arena), &expected);
    // Apart: 10 + 48 + 56, and the 64 of the input. Together the last layer's input lies where the input was.
    assert_eq!((Deep::ARENA, Deep::IN_PLACE), (10 + 48 + 56, 10 + 64 + 48));
}

#[test]
fn an_input_that_is_needed_stays() {
    let net = Kept::new(2);
    let (x, z) = (numbers::<6>(3), numbers::<4>(9));
    let mut arena = Kept::arena();
    let expected = net.infer((&x, &z), &mut arena);
    let mut arena = [f32::NAN; Kept::IN_PLACE];
    let [x_at, z_at] = Kept::INPUT_AT;
    arena[x_at..x_at + 6].copy_from_slice(&x);
    arena[z_at..z_at + 4].copy_from_slice(&z);
    let found = Kept::infer_in_place(net.weights_flat(), &mut arena);
    assert_eq!((found.y, found.same), (expected.y, &z));
}

#[test]
fn a_frozen_model_does_the_same() {
    let (net, x) = (Deep::new(7), numbers::<64>(4));
    let weights = net.weights_flat().try_into().expect("as many as the model has");
    let frozen: Frozen<Deep> = Deep::freeze(weights);
    let mut arena = [0.0; Deep::IN_PLACE];
    arena[Deep::INPUT_AT[0]..][..64].copy_from_slice(&x);
    assert_eq!(frozen.infer_in_place(&mut arena), net.infer(&x, &mut Deep::arena()));
}
