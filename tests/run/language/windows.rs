//! Convolutions and poolings whose maps are not stored: `check` holds one example to the bits of the reference.

use keras_core::prelude::*;
use keras_tests::{check, check_training};

model! {
    /// As small networks for images are.
    pub struct Plain {
        input x: [14, 8, 1];
        budget(ram = 1 KiB, flash = 2 KiB);
        let h = MaxPooling2D::new()(Conv2D::new(8, [3, 3]).activation(Relu)(x));
        let h = MaxPooling2D::new()(Conv2D::new(5, [3, 2]).activation(Relu)(h));
        output y = Dense::new(3)(Flatten(h));
        target t: [3];
        loss mean_squared_error(t, y);
    }
}

#[test]
fn products_bias_activation_and_pooling_are_one_loop() {
    check::<Plain>();
    // Stored are a pooled map of [6, 3, 8] and one of [2, 1, 5], flat, which may not share memory; and the output.
    assert_eq!(Plain::ARENA, 144 + 10 + 3);
}

model! {
    /// Padding, holes, windows that meet, functions that fall, a map that is read twice, widths that no tile divides.
    pub struct Odd {
        input x: [9, 8, 1];
        let a = AveragePooling2D::new()(Conv2D::new(17, [3, 3]).activation(Tanh).padding(Same)(x));
        let b = MaxPooling2D::new().strides([1, 1])(Conv2D::new(6, [2, 3]).activation(Silu).dilation_rate([2, 1])(a));
        let c = MaxPooling2D::new().pool_size([1, 1])(Conv2D::new(4, [1, 2]).padding(Same).activation(Gelu)(b));
        let d = Conv2D::new(4, [1, 1]).groups(2)(c) + c;
        output y = Dense::new(2)(Flatten(d));
        target t: [2];
        loss mean_squared_error(t, y);
    }
}

#[test]
fn odd_windows() {
    check::<Odd>();
}

model! {
    /// A sequence.
    pub struct Steps {
        input x: [13, 2];
        let h = MaxPooling1D::new().pool_size(3)(Conv1D::new(5, 3).padding(Causal).activation(Relu)(x));
        let h = AveragePooling1D::new()(Conv1D::new(3, 2).strides(1)(h));
        output y = Flatten(Dropout::new(0.3)(h));
        target t: [3];
        loss mean_squared_error(t, y);
    }
}

#[test]
fn a_sequence() {
    check_training::<Steps>();
}

model! {
    /// A filter for each channel, then one for each place, as nets for phones are; and two filters for each channel.
    pub struct Apart {
        input x: [9, 8, 1];
        let a = Conv2D::new(5, [1, 1])(x);
        let b = DepthwiseConv2D::new([3, 3]).padding(Same).strides([2, 1]).activation(Tanh)(a);
        let c = MaxPooling2D::new()(DepthwiseConv2D::new([2, 3]).dilation_rate([2, 1])(b));
        let d = DepthwiseConv2D::new([1, 2]).depth_multiplier(2)(c);
        output y = Dense::new(2)(Flatten(d));
        target t: [2];
        loss mean_squared_error(t, y);
    }
}

#[test]
fn a_filter_for_each_channel_is_a_loop_over_tiles_too() {
    check::<Apart>();
    // Stored are the maps that windows read: `a` of [9, 8, 5], `b` of [5, 8, 5], `c` of [1, 3, 5], `d` of [1, 2, 10], and the
    // output. The map in front of the pool is never whole.
    assert_eq!(Apart::ARENA, 360 + 200 + 2);
}

model! {
    /// A sequence, each channel by itself.
    pub struct StepsApart {
        input x: [11, 3];
        let h = DepthwiseConv1D::new(3).strides(2).padding(Same).activation(Relu)(x);
        output y = DepthwiseConv1D::new(2).use_bias(false)(h);
        target t: [5, 3];
        loss mean_squared_error(t, y);
    }
}

#[test]
fn a_sequence_of_channels_apart() {
    check::<StepsApart>();
    assert_eq!(StepsApart::ARENA, 6 * 3 + 5 * 3);
}

model! {
    /// Groups of channels that a tile has several of, and filters for each channel, in front of pools.
    pub struct Groups {
        input x: [9, 8, 2];
        let a = AveragePooling2D::new()(Conv2D::new(6, [2, 3]).groups(2).activation(Tanh)(x));
        let b = Conv2D::new(4, [2, 1]).groups(2).strides([2, 1]).padding(Same)(a);
        let c = MaxPooling2D::new().strides([1, 1])(DepthwiseConv2D::new([2, 2]).depth_multiplier(3).padding(Same)(b));
        output y = Dense::new(2)(Flatten(c));
        target t: [2];
        loss mean_squared_error(t, y);
    }
}

#[test]
fn groups_of_channels_are_loops_over_tiles_too() {
    check::<Groups>();
    // No map in front of a pool is whole: `a` is of [4, 3, 6], `b` of [2, 3, 4], `c` of [1, 2, 12], where `a` was.
    assert_eq!(Groups::ARENA, 72 + 24 + 2);
}

model! {
    /// Groups of as many filters as the tiles of a host have columns, and with holes.
    pub struct WideGroups {
        input x: [4, 3, 2];
        let h = Conv2D::new(64, [2, 2]).groups(2).dilation_rate([2, 1])(x);
        output y = Flatten(MaxPooling2D::new().pool_size([2, 1])(h));
        target t: [128];
        loss mean_squared_error(t, y);
    }
}

#[test]
fn a_tile_of_one_group_of_channels() {
    check::<WideGroups>();
    assert_eq!(WideGroups::ARENA, 128);
}
