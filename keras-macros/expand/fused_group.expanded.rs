//! A chain of elementwise functions is one loop forward and one backward.
use keras_core::prelude::*;
#[allow(path_statements, unused_must_use, non_snake_case, missing_docs)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
const _: () = {
    use ::keras_core::__private::names as __names;
    #[allow(dead_code)]
    fn call(a: __names::Value, b: __names::Value) {
        #[allow(unused_variables)]
        let s = [0_usize];
        &s;
        let gate = {
            &a;
            __names::Value
        };
        &gate;
        &b;
        &gate;
        &s;
    }
};
#[allow(non_camel_case_types)]
pub struct gated {}
impl gated {
    ///The layer `gated` with its constants.
    #[allow(clippy::new_without_default, clippy::too_many_arguments)]
    pub const fn new() -> Self {
        gated {}
    }
}
#[allow(
    warnings,
    arithmetic_overflow,
    unconditional_panic,
    clippy::all,
    clippy::pedantic,
    missing_docs
)]
const _: () = {
    use ::keras_core::__private as __keras;
    #[doc(hidden)]
    pub struct __Build<__O: __keras::Site<Layer = gated>>(
        ::core::marker::PhantomData<fn() -> (__O,)>,
    );
    impl<__O: __keras::Site<Layer = gated>> __Build<__O> {
        const OWN: &'static [__keras::WeightSpec] = &[];
        const ERROR: __keras::Inferred = __keras::first_error(&[]);
    }
    #[doc(hidden)]
    pub struct __Call<
        __S: __keras::Site<Layer = gated>,
        __O: __keras::Site<Layer = gated>,
    >(
        ::core::marker::PhantomData<fn() -> (__S, __O)>,
    );
    impl<
        __S: __keras::Site<Layer = gated>,
        __O: __keras::Site<Layer = gated>,
    > __Call<__S, __O> {
        const D0_s: __keras::Inferred = __keras::rest_of(
            &__keras::input(<__S as __keras::Site>::INPUTS, 0usize),
            0usize,
            0usize,
        );
        const V0: __keras::Inferred = __keras::bind(
                "`a`",
                &__keras::input(<__S as __keras::Site>::INPUTS, 0usize),
                __keras::Option::Some(__keras::Dtype::Float),
                &[__keras::Pattern::Rest("s")],
            )
            .at(__keras::here!());
        const V1: __keras::Inferred = __keras::bind(
                "`b`",
                &__keras::input(<__S as __keras::Site>::INPUTS, 1usize),
                __keras::Option::Some(__keras::Dtype::Float),
                &[__keras::Pattern::SameRest(__Call::<__S, __O>::D0_s)],
            )
            .at(__keras::here!());
        const V2: __keras::Inferred = __keras::elementwise_shape(
                "sigmoid",
                __keras::Kind::Probability,
                &[__Call::<__S, __O>::V0],
            )
            .at(__keras::here!());
        const V3: __keras::Inferred = __keras::elementwise_shape(
                "tanh",
                __keras::Kind::Float,
                &[__Call::<__S, __O>::V1],
            )
            .at(__keras::here!());
        const V4: __keras::Inferred = __keras::elementwise_shape(
                "*",
                __keras::Kind::Float,
                &[__Call::<__S, __O>::V2, __Call::<__S, __O>::V3],
            )
            .at(__keras::here!());
        const V5: __keras::Inferred = __keras::elementwise_shape(
                "-",
                __keras::Kind::Float,
                &[__Call::<__S, __O>::V2],
            )
            .at(__keras::here!());
        const V6: __keras::Inferred = __keras::elementwise_shape(
                "+",
                __keras::Kind::Float,
                &[__Call::<__S, __O>::V4, __Call::<__S, __O>::V5],
            )
            .at(__keras::here!());
        const CHECK0: __keras::Inferred = __keras::bind(
                "the output",
                &__Call::<__S, __O>::V6,
                __keras::Option::Some(__keras::Dtype::Float),
                &[__keras::Pattern::SameRest(__Call::<__S, __O>::D0_s)],
            )
            .at(__keras::here!());
        const ERROR: __keras::Inferred = __keras::first_error(
            &[
                __keras::arity_of(<__S as __keras::Site>::INPUTS, 2usize, 2usize),
                __Build::<__O>::ERROR,
                __Call::<__S, __O>::V0,
                __Call::<__S, __O>::V1,
                __Call::<__S, __O>::V2,
                __Call::<__S, __O>::V3,
                __Call::<__S, __O>::V4,
                __Call::<__S, __O>::V5,
                __Call::<__S, __O>::V6,
                __Call::<__S, __O>::CHECK0,
            ],
        );
        const WEIGHTS: &'static __keras::Tree = &__keras::Tree {
            own: __Build::<__O>::OWN,
            nested: &[],
            params: __keras::own_offset(__Build::<__O>::OWN, usize::MAX),
        };
        const LIMITS: [usize; __keras::MAX_PORTS] = __keras::limits(&[&[], &[]]);
        const DOUBT: __keras::Option<__keras::Doubt> = __keras::Doubt::first(&[]);
        const SIZES: &'static [__keras::Size; 7usize] = &__keras::sizes([
            __Call::<__S, __O>::V0,
            __Call::<__S, __O>::V1,
            __Call::<__S, __O>::V2,
            __Call::<__S, __O>::V3,
            __Call::<__S, __O>::V4,
            __Call::<__S, __O>::V5,
            __Call::<__S, __O>::V6,
        ]);
        const INFERS: [__keras::Extent; 0usize] = [];
        const NEEDS: [__keras::Needs; 0usize] = [];
        const OFFSETS: [usize; 0usize] = __keras::offsets(&__keras::Tree::NONE, &[]);
    }
    fn __call_group_6<F: __keras::Float, B: __keras::Backend>(
        run: &mut __keras::Run<'_, F>,
        nest: &__keras::Nest<2usize>,
        c: [F; 0usize],
        x: [__keras::Place; 2usize],
        y: __keras::Place,
    ) {
        __keras::group::forward::<
            F,
            B,
            0usize,
            2usize,
        >(
            run,
            nest,
            c,
            x,
            y,
            #[inline(always)]
            |c: &[F; 0usize], [x0, x1]: [F; 2usize]| -> F {
                let x2: F = __keras::math::sigmoid(x0);
                let x3: F = __keras::math::tanh(x1);
                let x4: F = x2 * x3;
                let x5: F = __keras::of::<F>(1f64) - x2;
                let x6: F = x4 + x5;
                x6
            },
        );
    }
    fn __call_group_6_vjp<F: __keras::Float, B: __keras::Backend>(
        run: &mut __keras::Run<'_, F>,
        nests: (&__keras::Nest<3usize>, &__keras::Nest<2usize>),
        c: [F; 0usize],
        x: [__keras::Place; 3usize],
        dx: [__keras::Place; 2usize],
    ) {
        __keras::group::backward::<
            F,
            B,
            0usize,
            3usize,
            2usize,
        >(
            run,
            nests.0,
            nests.1,
            c,
            x,
            dx,
            #[inline(always)]
            |c: &[F; 0usize], [x0, x1, d6]: [F; 3usize]| -> [F; 2usize] {
                let x2: F = __keras::math::sigmoid(x0);
                let x3: F = __keras::math::tanh(x1);
                let d4: F = d6;
                let d5: F = d6;
                let d2: F = -d5;
                let d2: F = d2 + d4 * (x3);
                let d3: F = d4 * (x2);
                let d1: F = d3 * (__keras::of::<F>(1.0) - x3 * x3);
                let d0: F = d2 * (x2 * (__keras::of::<F>(1.0) - x2));
                [d1, d0]
            },
        );
    }
    #[inline(always)]
    fn __call_group_6_lanes<F: __keras::Float, const __B: usize, const __Q: usize>(
        c: [F; 0usize],
        x: [__keras::infer::Tile<F, __B, __Q>; 2usize],
    ) -> __keras::infer::Tile<F, __B, __Q> {
        let mut y = __keras::infer::nothing::<F, __B, __Q>();
        for q in 0..__Q {
            for b in 0..__B {
                let x0: F = x[0usize][q][b];
                let x1: F = x[1usize][q][b];
                let x2: F = __keras::math::sigmoid(x0);
                let x3: F = __keras::math::tanh(x1);
                let x4: F = x2 * x3;
                let x5: F = __keras::of::<F>(1f64) - x2;
                let x6: F = x4 + x5;
                y[q][b] = x6;
            }
        }
        y
    }
    const __CallScript: __keras::infer::Script = __keras::infer::Script {
        steps: &[
            __keras::infer::Step {
                act: __keras::infer::Act::Compute,
                time: 1usize,
                region: 0usize,
                call: __keras::Option::None,
                inputs: &[0usize, 1usize],
                outputs: &[6usize],
            },
        ],
        spans: &[],
        inputs: &[0usize, 1usize],
        outputs: &[6usize],
        given: &[],
        gives: &[],
        layers: &[],
        is_affine: false,
    };
    impl<
        __S: __keras::Site<Layer = gated>,
        __O: __keras::Site<Layer = gated>,
    > __Call<__S, __O> {
        const OFFER6: __keras::infer::Inference = __keras::infer::Inference::group(
            __Call::<__S, __O>::V6,
            [__Call::<__S, __O>::V0, __Call::<__S, __O>::V1],
            0u32,
            false,
        );
        const DRAFT: &'static __keras::infer::Draft<7usize, 0usize, 1usize> = &__keras::infer::draft(
            &__CallScript,
            (
                __Call::<__S, __O>::SIZES,
                [
                    __keras::infer::Home::Input(0usize),
                    __keras::infer::Home::Input(1usize),
                    __keras::infer::Home::Own,
                    __keras::infer::Home::Own,
                    __keras::infer::Home::Own,
                    __keras::infer::Home::Own,
                    __keras::infer::Home::Output(0usize),
                ],
            ),
            [
                __keras::infer::Moment {
                    active: true,
                    offer: __Call::<__S, __O>::OFFER6,
                },
            ],
            [],
            [],
            __Build::<__O>::OWN,
        );
        const LAID: &'static __keras::infer::Laid<7usize, 0usize> = &__keras::infer::lay::<
            7usize,
            0usize,
            1usize,
            7usize,
        >(__Call::<__S, __O>::DRAFT, __keras::infer::Way::Whole);
        const LAID_BY_TILES: &'static __keras::infer::Laid<7usize, 0usize> = &__keras::infer::lay::<
            7usize,
            0usize,
            1usize,
            7usize,
        >(__Call::<__S, __O>::DRAFT, __keras::infer::Way::ByTiles);
        const LAID_IN_PLACE: &'static __keras::infer::Laid<7usize, 0usize> = &__keras::infer::lay::<
            7usize,
            0usize,
            1usize,
            7usize,
        >(__Call::<__S, __O>::DRAFT, __keras::infer::Way::InPlace);
        const NESTED: &'static ([__keras::infer::Nested; 0usize], usize) = &__keras::infer::nest(
            __Call::<__S, __O>::DRAFT,
            &__keras::Tree::NONE,
            [],
        );
    }
    struct __CallBody<
        __S: __keras::Site<Layer = gated>,
        __O: __keras::Site<Layer = gated>,
    >(
        ::core::marker::PhantomData<fn() -> (__S, __O)>,
    );
    impl<
        __S: __keras::Site<Layer = gated>,
        __O: __keras::Site<Layer = gated>,
    > __keras::infer::Body for __CallBody<__S, __O> {
        const SCRIPT: &'static __keras::infer::Script = &__CallScript;
        const SUMS: __keras::infer::Sums = __Call::<__S, __O>::DRAFT.sums;
        const STORED: &'static __keras::infer::Layout = &__Call::<__S, __O>::LAID
            .layout();
        const TILED: &'static __keras::infer::Layout = &__Call::<__S, __O>::LAID_BY_TILES
            .layout();
        const IN_PLACE: &'static __keras::infer::Layout = &__Call::<
            __S,
            __O,
        >::LAID_IN_PLACE
            .layout();
        const OFFSETS: &'static [usize] = &__Call::<__S, __O>::OFFSETS;
        const NESTED: &'static [__keras::infer::Nested] = &__Call::<__S, __O>::NESTED.0;
        #[inline(always)]
        fn steps<__C: __keras::infer::Case<Body = Self>>(
            run: &mut __keras::Run<'_, __C::Float>,
            cx: &__keras::infer::Cx<'_, __C::Inputs>,
        ) {
            if const { __Call::<__S, __O>::OFFER6.gives } {
                __keras::infer::group::<__C, 6usize>(run, cx);
            } else {
                __call_group_6::<
                    __C::Float,
                    __keras::Reference,
                >(
                    run,
                    const { &__Call::<__S, __O>::NEST6 },
                    [],
                    [
                        cx.place(__keras::infer::Here::<__C, 0usize>::SPOT),
                        cx.place(__keras::infer::Here::<__C, 1usize>::SPOT),
                    ],
                    cx.place(__keras::infer::Here::<__C, 6usize>::SPOT),
                );
            }
            if const { <__C::Asked as __keras::infer::Asked<__C::Body>>::STORED } {}
        }
    }
    impl<
        __S: __keras::Site<Layer = gated>,
        __O: __keras::Site<Layer = gated>,
    > __keras::infer::Tiles<0usize> for __CallBody<__S, __O> {
        type Maker = __keras::infer::Never;
    }
    impl<
        __S: __keras::Site<Layer = gated>,
        __O: __keras::Site<Layer = gated>,
    > __keras::infer::Tiles<1usize> for __CallBody<__S, __O> {
        type Maker = __keras::infer::Never;
    }
    impl<
        __S: __keras::Site<Layer = gated>,
        __O: __keras::Site<Layer = gated>,
    > __keras::infer::Tiles<2usize> for __CallBody<__S, __O> {
        type Maker = __keras::infer::Never;
    }
    impl<
        __S: __keras::Site<Layer = gated>,
        __O: __keras::Site<Layer = gated>,
    > __keras::infer::Tiles<3usize> for __CallBody<__S, __O> {
        type Maker = __keras::infer::Never;
    }
    impl<
        __S: __keras::Site<Layer = gated>,
        __O: __keras::Site<Layer = gated>,
    > __keras::infer::Tiles<4usize> for __CallBody<__S, __O> {
        type Maker = __keras::infer::Never;
    }
    impl<
        __S: __keras::Site<Layer = gated>,
        __O: __keras::Site<Layer = gated>,
    > __keras::infer::Tiles<5usize> for __CallBody<__S, __O> {
        type Maker = __keras::infer::Never;
    }
    struct __CallValue6;
    impl<
        __S: __keras::Site<Layer = gated>,
        __O: __keras::Site<Layer = gated>,
    > __keras::infer::Make<__CallBody<__S, __O>> for __CallValue6 {
        #[inline(always)]
        fn raw<
            __C: __keras::infer::Case<Body = __CallBody<__S, __O>>,
            const __B: usize,
            const __Q: usize,
        >(
            run: &__keras::Run<'_, __C::Float>,
            cx: &__keras::infer::Cx<'_, __C::Inputs>,
            at: __keras::infer::At,
        ) -> __keras::infer::Tile<__C::Float, __B, __Q> {
            if const {
                ::core::matches!(
                    __keras::infer::Here:: < __C, 6usize > ::SPOT.through,
                    __keras::Option::Some(0usize)
                )
            } {
                return __keras::infer::raw::<__C, 0usize, __B, __Q>(run, cx, at);
            }
            if const {
                ::core::matches!(
                    __keras::infer::Here:: < __C, 6usize > ::SPOT.through,
                    __keras::Option::Some(1usize)
                )
            } {
                return __keras::infer::raw::<__C, 1usize, __B, __Q>(run, cx, at);
            }
            __call_group_6_lanes::<
                __C::Float,
                __B,
                __Q,
            >(
                [],
                [
                    __keras::infer::operand::<
                        __C,
                        0usize,
                        __B,
                        __Q,
                    >(
                        run,
                        cx,
                        const {
                            __keras::infer::Fetch::of(
                                &__Call::<__S, __O>::V6,
                                &__Call::<__S, __O>::V0,
                            )
                        },
                        at,
                    ),
                    __keras::infer::operand::<
                        __C,
                        1usize,
                        __B,
                        __Q,
                    >(
                        run,
                        cx,
                        const {
                            __keras::infer::Fetch::of(
                                &__Call::<__S, __O>::V6,
                                &__Call::<__S, __O>::V1,
                            )
                        },
                        at,
                    ),
                ],
            )
        }
        #[inline(always)]
        fn finish<
            __C: __keras::infer::Case<Body = __CallBody<__S, __O>>,
            const __B: usize,
            const __Q: usize,
        >(
            run: &__keras::Run<'_, __C::Float>,
            cx: &__keras::infer::Cx<'_, __C::Inputs>,
            column: usize,
            tile: __keras::infer::Tile<__C::Float, __B, __Q>,
        ) -> __keras::infer::Tile<__C::Float, __B, __Q> {
            if const {
                ::core::matches!(
                    __keras::infer::Here:: < __C, 6usize > ::SPOT.through,
                    __keras::Option::Some(0usize)
                )
            } {
                return __call_group_6_lanes::<
                    __C::Float,
                    __B,
                    __Q,
                >(
                    [],
                    [
                        __keras::infer::settled::<
                            __C,
                            0usize,
                            true,
                            __B,
                            __Q,
                        >(
                            run,
                            cx,
                            const {
                                __keras::infer::Fetch::of(
                                    &__Call::<__S, __O>::V6,
                                    &__Call::<__S, __O>::V0,
                                )
                            },
                            column,
                            tile,
                        ),
                        __keras::infer::settled::<
                            __C,
                            1usize,
                            false,
                            __B,
                            __Q,
                        >(
                            run,
                            cx,
                            const {
                                __keras::infer::Fetch::of(
                                    &__Call::<__S, __O>::V6,
                                    &__Call::<__S, __O>::V1,
                                )
                            },
                            column,
                            tile,
                        ),
                    ],
                );
            }
            if const {
                ::core::matches!(
                    __keras::infer::Here:: < __C, 6usize > ::SPOT.through,
                    __keras::Option::Some(1usize)
                )
            } {
                return __call_group_6_lanes::<
                    __C::Float,
                    __B,
                    __Q,
                >(
                    [],
                    [
                        __keras::infer::settled::<
                            __C,
                            0usize,
                            false,
                            __B,
                            __Q,
                        >(
                            run,
                            cx,
                            const {
                                __keras::infer::Fetch::of(
                                    &__Call::<__S, __O>::V6,
                                    &__Call::<__S, __O>::V0,
                                )
                            },
                            column,
                            tile,
                        ),
                        __keras::infer::settled::<
                            __C,
                            1usize,
                            true,
                            __B,
                            __Q,
                        >(
                            run,
                            cx,
                            const {
                                __keras::infer::Fetch::of(
                                    &__Call::<__S, __O>::V6,
                                    &__Call::<__S, __O>::V1,
                                )
                            },
                            column,
                            tile,
                        ),
                    ],
                );
            }
            tile
        }
    }
    impl<
        __S: __keras::Site<Layer = gated>,
        __O: __keras::Site<Layer = gated>,
    > __keras::infer::Tiles<6usize> for __CallBody<__S, __O> {
        type Maker = __CallValue6;
    }
    impl<
        __S: __keras::Site<Layer = gated>,
        __O: __keras::Site<Layer = gated>,
    > __Call<__S, __O> {
        const NEST6: __keras::Nest<2usize> = __keras::Nest::<
            2usize,
        >::new(
            &__Call::<__S, __O>::V6,
            [&__Call::<__S, __O>::V0, &__Call::<__S, __O>::V1],
        );
        const KEPT: [bool; 7usize] = __keras::kept(
            &__Call::<__S, __O>::NEEDS,
            &[0usize, 1usize],
            &[],
            &[],
        );
        const HELD0: __keras::Held = __keras::Held {
            loops: &[],
            values: &[],
            calls: &[],
        };
        const SAVED0: __keras::Extent = __Call::<__S, __O>::HELD0
            .total(
                __Call::<__S, __O>::SIZES,
                &__Call::<__S, __O>::KEPT,
                &__Call::<__S, __O>::NEEDS,
            );
        const LIVES: __keras::Lives<0usize> = [];
        const INFER: __keras::Plan<0usize> = __keras::predict(
            __Call::<__S, __O>::SIZES,
            &__Call::<__S, __O>::INFERS,
            &__Call::<__S, __O>::LIVES,
        );
        const TRAIN: __keras::Plan<0usize> = __keras::train(
            __Call::<__S, __O>::SIZES,
            &__Call::<__S, __O>::KEPT,
            &__Call::<__S, __O>::NEEDS,
            &__Call::<__S, __O>::LIVES,
        );
        const BACK_LIVES: __keras::Lives<0usize> = [];
        const BACK: __keras::Plan<0usize> = __keras::back(
            __Call::<__S, __O>::SIZES,
            &__Call::<__S, __O>::NEEDS,
            &__Call::<__S, __O>::BACK_LIVES,
        );
        const TABLE: __keras::Table<7usize, 0usize> = __keras::Table::new(
                __Call::<__S, __O>::SIZES,
                &__Call::<__S, __O>::OFFSETS,
            )
            .infer(&__Call::<__S, __O>::INFER, &__Call::<__S, __O>::LIVES)
            .train(&__Call::<__S, __O>::TRAIN, &__Call::<__S, __O>::LIVES)
            .back(&__Call::<__S, __O>::BACK, &__Call::<__S, __O>::BACK_LIVES)
            .held(
                &__Call::<__S, __O>::HELD0,
                &__Call::<__S, __O>::KEPT,
                &__Call::<__S, __O>::NEEDS,
            );
    }
    impl<
        __S: __keras::Site<Layer = gated>,
        __O: __keras::Site<Layer = gated>,
    > __keras::LayerAt for __Call<__S, __O> {
        const OUTPUTS: &'static [__keras::Inferred] = &[
            __keras::result(&__Call::<__S, __O>::ERROR, &__Call::<__S, __O>::V6, 0usize),
        ];
        const WEIGHTS: &'static __keras::Tree = __Call::<__S, __O>::WEIGHTS;
        const LIMITS: [usize; __keras::MAX_PORTS] = __Call::<__S, __O>::LIMITS;
        const DOUBT: __keras::Option<__keras::Doubt> = __Call::<__S, __O>::DOUBT;
        const KEEPS: __keras::Keeps = __keras::keeps(
            &__Call::<__S, __O>::KEPT,
            &[0usize, 1usize],
            &[(0usize, 6usize)],
        );
        const SAVED: __keras::Extent = __Call::<__S, __O>::SAVED0;
        const FORWARD: __keras::Extent = __Call::<__S, __O>::TRAIN.total;
        const INFER: __keras::Extent = __Call::<__S, __O>::INFER.total;
        const BACKWARD: __keras::Extent = __Call::<__S, __O>::BACK.total;
        #[inline(never)]
        fn forward<
            __F: __keras::Float,
            __B: __keras::Backend,
            const __TRAIN: bool,
            const __IN: usize,
            const __OUT: usize,
        >(
            run: &mut __keras::Run<'_, __F>,
            frame: __keras::Frame,
            x: [__keras::Place; __IN],
            y: [__keras::Place; __OUT],
        ) {
            let __table = const { &__Call::<__S, __O>::TABLE };
            let v0 = x[0usize];
            let v1 = x[1usize];
            let v6 = y[0usize];
            __call_group_6::<
                __F,
                __B,
            >(run, const { &__Call::<__S, __O>::NEST6 }, [], [v0, v1], v6);
        }
        #[inline(never)]
        fn backward<
            __F: __keras::Float,
            __B: __keras::Backend,
            const __IN: usize,
            const __OUT: usize,
        >(
            run: &mut __keras::Run<'_, __F>,
            frame: __keras::Frame,
            x: [__keras::Place; __IN],
            y: [__keras::Place; __OUT],
            dy: [__keras::Place; __OUT],
            dx: [__keras::Place; __IN],
        ) {
            let __table = const { &__Call::<__S, __O>::TABLE };
            let v0 = x[0usize];
            let d0 = dx[0usize];
            let v1 = x[1usize];
            let d1 = dx[1usize];
            let v6 = y[0usize];
            let d6 = dy[0usize];
            __call_group_6_vjp::<
                __F,
                __B,
            >(
                run,
                (
                    const {
                        &__keras::Nest::<
                            3usize,
                        >::new(
                            &__Call::<__S, __O>::V6,
                            [
                                &__Call::<__S, __O>::V0,
                                &__Call::<__S, __O>::V1,
                                &__Call::<__S, __O>::V6,
                            ],
                        )
                    },
                    const {
                        &__keras::Nest::<
                            2usize,
                        >::new(
                            &__Call::<__S, __O>::V6,
                            [&__Call::<__S, __O>::V1, &__Call::<__S, __O>::V0],
                        )
                    },
                ),
                [],
                [v0, v1, d6],
                [d1, d0],
            );
        }
        const INFERENCE: __keras::infer::Inference = __Call::<__S, __O>::DRAFT.offer();
        const SCRATCH: usize = __keras::infer::total::<
            __CallBody<__S, __O>,
            __keras::infer::Whole,
        >();
        const TILED_SCRATCH: usize = __keras::infer::total::<
            __CallBody<__S, __O>,
            __keras::infer::ByTiles,
        >();
        const FREEZE: __keras::Option<&'static __keras::infer::Freeze> = __keras::Option::Some(
            &__keras::infer::Freeze {
                own: &__Call::<__S, __O>::DRAFT.packs,
                calls: &__Call::<__S, __O>::NESTED.0,
                len: __Call::<__S, __O>::NESTED.1,
                scaled: __Call::<__S, __O>::DRAFT.scaled(),
                affine: __keras::Option::None,
            },
        );
        #[inline(always)]
        fn infer<
            __F: __keras::Float,
            __X: __keras::infer::Inputs<__F>,
            const __IN: usize,
            const __OUT: usize,
        >(
            run: &mut __keras::Run<'_, __F>,
            base: __keras::infer::Base,
            x: &__X,
            y: [__keras::Place; __OUT],
        ) {
            <__CallBody<
                __S,
                __O,
            > as __keras::infer::Body>::steps::<
                __keras::infer::For<
                    __CallBody<__S, __O>,
                    __F,
                    __X,
                    __keras::infer::Whole,
                >,
            >(
                run,
                &__keras::infer::Cx {
                    base,
                    x,
                    y: &y,
                },
            );
        }
        #[inline(always)]
        fn prepare<__F: __keras::Float, __X: __keras::infer::Inputs<__F>>(
            run: &mut __keras::Run<'_, __F>,
            base: __keras::infer::Base,
            x: &__X,
        ) {
            <__CallBody<
                __S,
                __O,
            > as __keras::infer::Body>::steps::<
                __keras::infer::For<
                    __CallBody<__S, __O>,
                    __F,
                    __X,
                    __keras::infer::ByTiles,
                >,
            >(
                run,
                &__keras::infer::Cx {
                    base,
                    x,
                    y: &[],
                },
            );
        }
        #[inline(always)]
        fn raw<
            __F: __keras::Float,
            __X: __keras::infer::Inputs<__F>,
            const __B: usize,
            const __Q: usize,
        >(
            run: &__keras::Run<'_, __F>,
            base: __keras::infer::Base,
            x: &__X,
            at: __keras::infer::At,
        ) -> __keras::infer::Tile<__F, __B, __Q> {
            __keras::infer::raw::<
                __keras::infer::For<
                    __CallBody<__S, __O>,
                    __F,
                    __X,
                    __keras::infer::ByTiles,
                >,
                6usize,
                __B,
                __Q,
            >(
                run,
                &__keras::infer::Cx {
                    base,
                    x,
                    y: &[],
                },
                at,
            )
        }
        #[inline(always)]
        fn finish<
            __F: __keras::Float,
            __X: __keras::infer::Inputs<__F>,
            const __B: usize,
            const __Q: usize,
        >(
            run: &__keras::Run<'_, __F>,
            base: __keras::infer::Base,
            x: &__X,
            column: usize,
            tile: __keras::infer::Tile<__F, __B, __Q>,
        ) -> __keras::infer::Tile<__F, __B, __Q> {
            __keras::infer::finish::<
                __keras::infer::For<
                    __CallBody<__S, __O>,
                    __F,
                    __X,
                    __keras::infer::ByTiles,
                >,
                6usize,
                __B,
                __Q,
            >(
                run,
                &__keras::infer::Cx {
                    base,
                    x,
                    y: &[],
                },
                column,
                tile,
            )
        }
    }
    impl __keras::Layer for gated {
        const NAME: &'static str = "gated";
        const TOTAL: bool = true;
        type At<__S: __keras::Site<Layer = Self>> = __Call<__S, __S>;
    }
};
fn main() {}
