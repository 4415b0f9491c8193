//! A loop runs backwards over the values it kept.
use keras_core::prelude::*;
#[allow(path_statements, unused_must_use, non_snake_case, missing_docs)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
const _: () = {
    use ::keras_core::__private::names as __names;
    #[allow(dead_code)]
    fn call(x: __names::Value) {
        #[allow(unused_variables)]
        let n = 0_usize;
        let mut y = {
            &x;
            __names::Value
        };
        while __names::maybe() {
            let _step = 0_usize;
            y = {
                &x;
                &y;
                __names::Value
            };
        }
        &y;
        &n;
    }
};
#[allow(non_camel_case_types)]
pub struct powers {}
impl powers {
    ///The layer `powers` with its constants.
    #[allow(clippy::new_without_default, clippy::too_many_arguments)]
    pub const fn new() -> Self {
        powers {}
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
    pub struct __Build<__O: __keras::Site<Layer = powers>>(
        ::core::marker::PhantomData<fn() -> (__O,)>,
    );
    impl<__O: __keras::Site<Layer = powers>> __Build<__O> {
        const OWN: &'static [__keras::WeightSpec] = &[];
        const ERROR: __keras::Inferred = __keras::first_error(&[]);
    }
    #[doc(hidden)]
    pub struct __Call<
        __S: __keras::Site<Layer = powers>,
        __O: __keras::Site<Layer = powers>,
    >(
        ::core::marker::PhantomData<fn() -> (__S, __O)>,
    );
    impl<
        __S: __keras::Site<Layer = powers>,
        __O: __keras::Site<Layer = powers>,
    > __Call<__S, __O> {
        const D0_n: __keras::Dim = __keras::dim_of(
            &__keras::input(<__S as __keras::Site>::INPUTS, 0usize),
            0usize,
            false,
            "n",
        );
        const V0: __keras::Inferred = __keras::bind(
                "`x`",
                &__keras::input(<__S as __keras::Site>::INPUTS, 0usize),
                __keras::Option::Some(__keras::Dtype::Float),
                &[__keras::Pattern::Bind("n")],
            )
            .at(__keras::here!());
        const V1: __keras::Inferred = __Call::<__S, __O>::V0.at(__keras::here!());
        const V2: __keras::Inferred = __keras::carried(
                &__Call::<__S, __O>::V1,
                &[__Call::<__S, __O>::V0, __Call::<__S, __O>::V1],
            )
            .at(__keras::here!());
        const V3: __keras::Inferred = __keras::elementwise_shape(
                "*",
                __keras::Kind::Float,
                &[__Call::<__S, __O>::V0, __Call::<__S, __O>::V2],
            )
            .at(__keras::here!());
        const V4: __keras::Inferred = __keras::after(
                "y",
                &__Call::<__S, __O>::V2,
                &__Call::<__S, __O>::V3,
            )
            .at(__keras::here!());
        const CHECK0: __keras::Inferred = __keras::bind(
                "the output",
                &__Call::<__S, __O>::V4,
                __keras::Option::Some(__keras::Dtype::Float),
                &[__keras::Pattern::Size({ __Call::<__S, __O>::D0_n })],
            )
            .at(__keras::here!());
        const ERROR: __keras::Inferred = __keras::first_error(
            &[
                __keras::arity_of(<__S as __keras::Site>::INPUTS, 1usize, 1usize),
                __Build::<__O>::ERROR,
                __Call::<__S, __O>::V0,
                __Call::<__S, __O>::V1,
                __Call::<__S, __O>::V2,
                __Call::<__S, __O>::V3,
                __Call::<__S, __O>::V4,
                __Call::<__S, __O>::CHECK0,
            ],
        );
        const WEIGHTS: &'static __keras::Tree = &__keras::Tree {
            own: __Build::<__O>::OWN,
            nested: &[],
            params: __keras::own_offset(__Build::<__O>::OWN, usize::MAX),
        };
        const LIMITS: [usize; __keras::MAX_PORTS] = __keras::limits(&[&[]]);
        const DOUBT: __keras::Option<__keras::Doubt> = __keras::Doubt::first(&[]);
        const SIZES: &'static [__keras::Size; 5usize] = &__keras::sizes([
            __Call::<__S, __O>::V0,
            __Call::<__S, __O>::V1,
            __Call::<__S, __O>::V2,
            __Call::<__S, __O>::V3,
            __Call::<__S, __O>::V4,
        ]);
        const INFERS: [__keras::Extent; 0usize] = [];
        const NEEDS: [__keras::Needs; 0usize] = [];
        const OFFSETS: [usize; 0usize] = __keras::offsets(&__keras::Tree::NONE, &[]);
    }
    fn __call_group_3<F: __keras::Float, B: __keras::Backend>(
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
            |c: &[F; 0usize], [x0, x2]: [F; 2usize]| -> F {
                let x3: F = x0 * x2;
                x3
            },
        );
    }
    fn __call_group_3_vjp<F: __keras::Float, B: __keras::Backend>(
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
            |c: &[F; 0usize], [x0, x2, d3]: [F; 3usize]| -> [F; 2usize] {
                let d0: F = d3 * (x2);
                let d2: F = d3 * (x0);
                [d0, d2]
            },
        );
    }
    #[inline(always)]
    fn __call_group_3_lanes<F: __keras::Float, const __B: usize, const __Q: usize>(
        c: [F; 0usize],
        x: [__keras::infer::Tile<F, __B, __Q>; 2usize],
    ) -> __keras::infer::Tile<F, __B, __Q> {
        let mut y = __keras::infer::nothing::<F, __B, __Q>();
        for q in 0..__Q {
            for b in 0..__B {
                let x0: F = x[0usize][q][b];
                let x2: F = x[1usize][q][b];
                let x3: F = x0 * x2;
                y[q][b] = x3;
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
                inputs: &[0usize],
                outputs: &[1usize],
            },
            __keras::infer::Step {
                act: __keras::infer::Act::Enter,
                time: 2usize,
                region: 0usize,
                call: __keras::Option::None,
                inputs: &[1usize],
                outputs: &[4usize],
            },
            __keras::infer::Step {
                act: __keras::infer::Act::Compute,
                time: 3usize,
                region: 1usize,
                call: __keras::Option::None,
                inputs: &[4usize],
                outputs: &[2usize],
            },
            __keras::infer::Step {
                act: __keras::infer::Act::Compute,
                time: 4usize,
                region: 1usize,
                call: __keras::Option::None,
                inputs: &[0usize, 2usize],
                outputs: &[3usize],
            },
            __keras::infer::Step {
                act: __keras::infer::Act::Leave,
                time: 5usize,
                region: 1usize,
                call: __keras::Option::None,
                inputs: &[3usize],
                outputs: &[4usize, 2usize],
            },
        ],
        spans: &[
            __keras::infer::Span {
                region: 1usize,
                around: 0usize,
                to: 5usize,
            },
        ],
        inputs: &[0usize],
        outputs: &[4usize],
        given: &[],
        gives: &[],
        layers: &[],
        is_affine: false,
    };
    impl<
        __S: __keras::Site<Layer = powers>,
        __O: __keras::Site<Layer = powers>,
    > __Call<__S, __O> {
        const OFFER3: __keras::infer::Inference = __keras::infer::Inference::group(
            __Call::<__S, __O>::V3,
            [__Call::<__S, __O>::V0, __Call::<__S, __O>::V2],
            0u32,
            false,
        );
        const DRAFT: &'static __keras::infer::Draft<5usize, 0usize, 5usize> = &__keras::infer::draft(
            &__CallScript,
            (
                __Call::<__S, __O>::SIZES,
                [
                    __keras::infer::Home::Input(0usize),
                    __keras::infer::Home::Own,
                    __keras::infer::Home::Own,
                    __keras::infer::Home::Own,
                    __keras::infer::Home::Output(0usize),
                ],
            ),
            [
                __keras::infer::Moment {
                    active: true,
                    offer: __keras::infer::Inference::SAME,
                },
                __keras::infer::Moment {
                    active: true,
                    offer: __keras::infer::Inference::OPAQUE,
                },
                __keras::infer::Moment {
                    active: true,
                    offer: __keras::infer::Inference::SAME,
                },
                __keras::infer::Moment {
                    active: true,
                    offer: __Call::<__S, __O>::OFFER3,
                },
                __keras::infer::Moment {
                    active: true,
                    offer: __keras::infer::Inference::OPAQUE,
                },
            ],
            [__keras::iterations(0, 3)],
            [],
            __Build::<__O>::OWN,
        );
        const LAID: &'static __keras::infer::Laid<5usize, 0usize> = &__keras::infer::lay::<
            5usize,
            0usize,
            5usize,
            5usize,
        >(__Call::<__S, __O>::DRAFT, __keras::infer::Way::Whole);
        const LAID_BY_TILES: &'static __keras::infer::Laid<5usize, 0usize> = &__keras::infer::lay::<
            5usize,
            0usize,
            5usize,
            5usize,
        >(__Call::<__S, __O>::DRAFT, __keras::infer::Way::ByTiles);
        const LAID_IN_PLACE: &'static __keras::infer::Laid<5usize, 0usize> = &__keras::infer::lay::<
            5usize,
            0usize,
            5usize,
            5usize,
        >(__Call::<__S, __O>::DRAFT, __keras::infer::Way::InPlace);
        const NESTED: &'static ([__keras::infer::Nested; 0usize], usize) = &__keras::infer::nest(
            __Call::<__S, __O>::DRAFT,
            &__keras::Tree::NONE,
            [],
        );
    }
    struct __CallBody<
        __S: __keras::Site<Layer = powers>,
        __O: __keras::Site<Layer = powers>,
    >(
        ::core::marker::PhantomData<fn() -> (__S, __O)>,
    );
    impl<
        __S: __keras::Site<Layer = powers>,
        __O: __keras::Site<Layer = powers>,
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
            __keras::infer::copy::<__C, 1usize, 0usize>(run, cx);
            __keras::infer::copy::<__C, 4usize, 1usize>(run, cx);
            for __i__step0 in (0)..(3) {
                let cx = &cx.iteration(4294967296u64, __i__step0 - (0));
                if const { __Call::<__S, __O>::OFFER3.gives } {
                    __keras::infer::group::<__C, 3usize>(run, cx);
                } else {
                    __call_group_3::<
                        __C::Float,
                        __keras::Reference,
                    >(
                        run,
                        const { &__Call::<__S, __O>::NEST3 },
                        [],
                        [
                            cx.place(__keras::infer::Here::<__C, 0usize>::SPOT),
                            cx.place(__keras::infer::Here::<__C, 2usize>::SPOT),
                        ],
                        cx.place(__keras::infer::Here::<__C, 3usize>::SPOT),
                    );
                }
                __keras::infer::copy::<__C, 4usize, 3usize>(run, cx);
            }
            if const { <__C::Asked as __keras::infer::Asked<__C::Body>>::STORED } {}
        }
    }
    impl<
        __S: __keras::Site<Layer = powers>,
        __O: __keras::Site<Layer = powers>,
    > __keras::infer::Tiles<0usize> for __CallBody<__S, __O> {
        type Maker = __keras::infer::Never;
    }
    impl<
        __S: __keras::Site<Layer = powers>,
        __O: __keras::Site<Layer = powers>,
    > __keras::infer::Tiles<1usize> for __CallBody<__S, __O> {
        type Maker = __keras::infer::Same<0usize>;
    }
    impl<
        __S: __keras::Site<Layer = powers>,
        __O: __keras::Site<Layer = powers>,
    > __keras::infer::Tiles<2usize> for __CallBody<__S, __O> {
        type Maker = __keras::infer::Never;
    }
    struct __CallValue3;
    impl<
        __S: __keras::Site<Layer = powers>,
        __O: __keras::Site<Layer = powers>,
    > __keras::infer::Make<__CallBody<__S, __O>> for __CallValue3 {
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
                    __keras::infer::Here:: < __C, 3usize > ::SPOT.through,
                    __keras::Option::Some(0usize)
                )
            } {
                return __keras::infer::raw::<__C, 0usize, __B, __Q>(run, cx, at);
            }
            if const {
                ::core::matches!(
                    __keras::infer::Here:: < __C, 3usize > ::SPOT.through,
                    __keras::Option::Some(1usize)
                )
            } {
                return __keras::infer::raw::<__C, 2usize, __B, __Q>(run, cx, at);
            }
            __call_group_3_lanes::<
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
                                &__Call::<__S, __O>::V3,
                                &__Call::<__S, __O>::V0,
                            )
                        },
                        at,
                    ),
                    __keras::infer::operand::<
                        __C,
                        2usize,
                        __B,
                        __Q,
                    >(
                        run,
                        cx,
                        const {
                            __keras::infer::Fetch::of(
                                &__Call::<__S, __O>::V3,
                                &__Call::<__S, __O>::V2,
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
                    __keras::infer::Here:: < __C, 3usize > ::SPOT.through,
                    __keras::Option::Some(0usize)
                )
            } {
                return __call_group_3_lanes::<
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
                                    &__Call::<__S, __O>::V3,
                                    &__Call::<__S, __O>::V0,
                                )
                            },
                            column,
                            tile,
                        ),
                        __keras::infer::settled::<
                            __C,
                            2usize,
                            false,
                            __B,
                            __Q,
                        >(
                            run,
                            cx,
                            const {
                                __keras::infer::Fetch::of(
                                    &__Call::<__S, __O>::V3,
                                    &__Call::<__S, __O>::V2,
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
                    __keras::infer::Here:: < __C, 3usize > ::SPOT.through,
                    __keras::Option::Some(1usize)
                )
            } {
                return __call_group_3_lanes::<
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
                                    &__Call::<__S, __O>::V3,
                                    &__Call::<__S, __O>::V0,
                                )
                            },
                            column,
                            tile,
                        ),
                        __keras::infer::settled::<
                            __C,
                            2usize,
                            true,
                            __B,
                            __Q,
                        >(
                            run,
                            cx,
                            const {
                                __keras::infer::Fetch::of(
                                    &__Call::<__S, __O>::V3,
                                    &__Call::<__S, __O>::V2,
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
        __S: __keras::Site<Layer = powers>,
        __O: __keras::Site<Layer = powers>,
    > __keras::infer::Tiles<3usize> for __CallBody<__S, __O> {
        type Maker = __CallValue3;
    }
    impl<
        __S: __keras::Site<Layer = powers>,
        __O: __keras::Site<Layer = powers>,
    > __keras::infer::Tiles<4usize> for __CallBody<__S, __O> {
        type Maker = __keras::infer::Never;
    }
    impl<
        __S: __keras::Site<Layer = powers>,
        __O: __keras::Site<Layer = powers>,
    > __Call<__S, __O> {
        const NEST3: __keras::Nest<2usize> = __keras::Nest::<
            2usize,
        >::new(
            &__Call::<__S, __O>::V3,
            [&__Call::<__S, __O>::V0, &__Call::<__S, __O>::V2],
        );
        const KEPT: [bool; 5usize] = __keras::kept(
            &__Call::<__S, __O>::NEEDS,
            &[0usize, 2usize],
            &[],
            &[],
        );
        const HELD0: __keras::Held = __keras::Held {
            loops: &[__Call::<__S, __O>::SAVED1.times(__keras::iterations(0, 3))],
            values: &[1usize],
            calls: &[],
        };
        const SAVED0: __keras::Extent = __Call::<__S, __O>::HELD0
            .total(
                __Call::<__S, __O>::SIZES,
                &__Call::<__S, __O>::KEPT,
                &__Call::<__S, __O>::NEEDS,
            );
        const HELD1: __keras::Held = __keras::Held {
            loops: &[],
            values: &[2usize, 3usize],
            calls: &[],
        };
        const SAVED1: __keras::Extent = __Call::<__S, __O>::HELD1
            .total(
                __Call::<__S, __O>::SIZES,
                &__Call::<__S, __O>::KEPT,
                &__Call::<__S, __O>::NEEDS,
            );
        const LIVES: __keras::Lives<2usize> = [
            (1usize, 1usize, 2usize),
            (3usize, 4usize, 5usize),
        ];
        const INFER: __keras::Plan<2usize> = __keras::predict(
            __Call::<__S, __O>::SIZES,
            &__Call::<__S, __O>::INFERS,
            &__Call::<__S, __O>::LIVES,
        );
        const TRAIN: __keras::Plan<2usize> = __keras::train(
            __Call::<__S, __O>::SIZES,
            &__Call::<__S, __O>::KEPT,
            &__Call::<__S, __O>::NEEDS,
            &__Call::<__S, __O>::LIVES,
        );
        const BACK_LIVES: __keras::Lives<4usize> = [
            (4usize, 1usize, 10usize),
            (3usize, 5usize, 6usize),
            (2usize, 6usize, 7usize),
            (1usize, 10usize, 11usize),
        ];
        const BACK: __keras::Plan<4usize> = __keras::back(
            __Call::<__S, __O>::SIZES,
            &__Call::<__S, __O>::NEEDS,
            &__Call::<__S, __O>::BACK_LIVES,
        );
        const TABLE: __keras::Table<5usize, 0usize> = __keras::Table::new(
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
            )
            .held(
                &__Call::<__S, __O>::HELD1,
                &__Call::<__S, __O>::KEPT,
                &__Call::<__S, __O>::NEEDS,
            );
    }
    impl<
        __S: __keras::Site<Layer = powers>,
        __O: __keras::Site<Layer = powers>,
    > __keras::LayerAt for __Call<__S, __O> {
        const OUTPUTS: &'static [__keras::Inferred] = &[
            __keras::result(&__Call::<__S, __O>::ERROR, &__Call::<__S, __O>::V4, 0usize),
        ];
        const WEIGHTS: &'static __keras::Tree = __Call::<__S, __O>::WEIGHTS;
        const LIMITS: [usize; __keras::MAX_PORTS] = __Call::<__S, __O>::LIMITS;
        const DOUBT: __keras::Option<__keras::Doubt> = __Call::<__S, __O>::DOUBT;
        const KEEPS: __keras::Keeps = __keras::keeps(
            &__Call::<__S, __O>::KEPT,
            &[0usize],
            &[(0usize, 4usize)],
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
            let v4 = y[0usize];
            let v1 = run.spot::<__TRAIN>(frame, &__table.values[1usize]);
            run.copy(v0, v1);
            run.copy(v1, v4);
            for __i__step0 in (0)..(3) {
                let frame = frame
                    .iteration(
                        4294967296u64,
                        __i__step0 - (0),
                        const { __Call::<__S, __O>::HELD0.loop_at(0usize) },
                        __Call::<__S, __O>::SAVED1,
                    );
                let __spot = &__table.values[2usize];
                let v2 = if __TRAIN && __spot.kept {
                    run.kept(frame, __spot)
                } else {
                    v4
                };
                run.copy(v4, v2);
                let v3 = run.spot::<__TRAIN>(frame, &__table.values[3usize]);
                __call_group_3::<
                    __F,
                    __B,
                >(run, const { &__Call::<__S, __O>::NEST3 }, [], [v0, v2], v3);
                run.copy(v3, v4);
            }
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
            let v4 = y[0usize];
            let v1 = run.kept(frame, &__table.values[1usize]);
            let [d1, d4] = run.cotangents(frame, &__table.values, [1usize, 4usize]);
            run.copy(dy[0usize], d4);
            run.clear(d0);
            for __i__step0 in ::core::iter::Iterator::rev((0)..(3)) {
                let frame = frame
                    .iteration(
                        4294967296u64,
                        __i__step0 - (0),
                        const { __Call::<__S, __O>::HELD0.loop_at(0usize) },
                        __Call::<__S, __O>::SAVED1,
                    );
                let v2 = run.kept(frame, &__table.values[2usize]);
                let d2 = run.cotangent(frame, &__table.values[2usize]);
                let v3 = run.kept(frame, &__table.values[3usize]);
                let d3 = run.cotangent(frame, &__table.values[3usize]);
                run.copy(d4, d3);
                __call_group_3_vjp::<
                    __F,
                    __B,
                >(
                    run,
                    (
                        const {
                            &__keras::Nest::<
                                3usize,
                            >::new(
                                &__Call::<__S, __O>::V3,
                                [
                                    &__Call::<__S, __O>::V0,
                                    &__Call::<__S, __O>::V2,
                                    &__Call::<__S, __O>::V3,
                                ],
                            )
                        },
                        const {
                            &__keras::Nest::<
                                2usize,
                            >::new(
                                &__Call::<__S, __O>::V3,
                                [&__Call::<__S, __O>::V0, &__Call::<__S, __O>::V2],
                            )
                        },
                    ),
                    [],
                    [v0, v2, d3],
                    [d0.adding(true), d2],
                );
                run.copy(d2, d4);
            }
            run.copy(d4, d1);
            run.copy(d1, d0.adding(true));
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
                4usize,
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
                4usize,
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
    impl __keras::Layer for powers {
        const NAME: &'static str = "powers";
        const TOTAL: bool = true;
        type At<__S: __keras::Site<Layer = Self>> = __Call<__S, __S>;
    }
};
fn main() {}
