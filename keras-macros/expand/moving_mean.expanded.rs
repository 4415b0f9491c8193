//! A weight that is updated, not trained.
use keras_core::prelude::*;
pub struct Centered;
#[allow(path_statements, unused_must_use, non_snake_case, missing_docs)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
const _: () = {
    use ::keras_core::__private::names as __names;
    struct CenteredWeights {
        center: __names::Weight,
    }
    #[allow(dead_code)]
    impl CenteredWeights {
        fn build(&self, #[allow(unused_variables)] x: __names::Value) {
            #[allow(unused_variables)]
            let n = 0_usize;
            &n;
        }
        fn call(&self, x: __names::Value) {
            #[allow(unused_variables)]
            let n = 0_usize;
            if __names::maybe() {
                &self.center;
                &x;
            }
            &x;
            &self.center;
            &n;
        }
    }
};
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
    pub struct __Build<__O: __keras::Site<Layer = Centered>>(
        ::core::marker::PhantomData<fn() -> (__O,)>,
    );
    impl<__O: __keras::Site<Layer = Centered>> __Build<__O> {
        const B0_n: __keras::Dim = __keras::dim_of(
            &__keras::input(<__O as __keras::Site>::INPUTS, 0usize),
            0usize,
            false,
            "n",
        );
        const OWN: &'static [__keras::WeightSpec] = &[
            __keras::WeightSpec {
                name: "center",
                shape: __keras::Inferred::shape(&[{ __Build::<__O>::B0_n }]).unbatched(),
                initializer: Zeros,
                trainable: false,
                updated: true,
                regularizer: __keras::Option::None,
                constraint: __keras::Option::None,
            },
        ];
        const ERROR: __keras::Inferred = __keras::first_error(
            &[
                __keras::arity_of(<__O as __keras::Site>::INPUTS, 1usize, 1usize),
                __keras::bind(
                    "`x`",
                    &__keras::input(<__O as __keras::Site>::INPUTS, 0usize),
                    __keras::Option::None,
                    &[__keras::Pattern::Bind("n")],
                ),
                __Build::<__O>::OWN[0usize]
                    .check()
                    .of("the weight `center`")
                    .at(__keras::here!()),
            ],
        );
    }
    #[doc(hidden)]
    pub struct __Call<
        __S: __keras::Site<Layer = Centered>,
        __O: __keras::Site<Layer = Centered>,
    >(
        ::core::marker::PhantomData<fn() -> (__S, __O)>,
    );
    impl<
        __S: __keras::Site<Layer = Centered>,
        __O: __keras::Site<Layer = Centered>,
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
        const V1: __keras::Inferred = __keras::weight_shape(__Build::<__O>::OWN, 0usize)
            .at(__keras::here!());
        const V2: __keras::Inferred = __keras::weight_shape(__Build::<__O>::OWN, 0usize)
            .at(__keras::here!());
        const V3: __keras::Inferred = __keras::elementwise_shape(
                "*",
                __keras::Kind::Float,
                &[__Call::<__S, __O>::V2],
            )
            .at(__keras::here!());
        const V4: __keras::Inferred = __keras::output(
                "batch_mean",
                <<__CallSite0<
                    __S,
                    __O,
                > as __keras::Site>::At as __keras::LayerAt>::OUTPUTS,
                0usize,
                1usize,
            )
            .at(__keras::here!());
        const V5: __keras::Inferred = __keras::elementwise_shape(
                "*",
                __keras::Kind::Float,
                &[__Call::<__S, __O>::V4],
            )
            .at(__keras::here!());
        const V6: __keras::Inferred = __keras::elementwise_shape(
                "+",
                __keras::Kind::Float,
                &[__Call::<__S, __O>::V3, __Call::<__S, __O>::V5],
            )
            .at(__keras::here!());
        const V7: __keras::Inferred = __keras::updated(
                "center",
                &__Call::<__S, __O>::V1,
                &__Call::<__S, __O>::V6,
            )
            .at(__keras::here!());
        const V8: __keras::Inferred = {
            let _earlier = __Call::<__S, __O>::V0;
            __keras::elementwise_shape(
                    "-",
                    __keras::Kind::Float,
                    &[__Call::<__S, __O>::V0, __Call::<__S, __O>::V1],
                )
                .at(__keras::here!())
        };
        const CHECK0: __keras::Inferred = __keras::bind(
                "the output",
                &__Call::<__S, __O>::V8,
                __keras::Option::Some(__keras::Dtype::Float),
                &[__keras::Pattern::Size({ __Call::<__S, __O>::D0_n })],
            )
            .at(__keras::here!());
        const ERROR: __keras::Inferred = __keras::first_error(
            &[
                __keras::arity_of(<__S as __keras::Site>::INPUTS, 1usize, 1usize),
                __Build::<__O>::ERROR,
                __Call::<__S, __O>::V0,
                __Call::<__S, __O>::V3,
                __Call::<__S, __O>::V4,
                __Call::<__S, __O>::V5,
                __Call::<__S, __O>::V6,
                __Call::<__S, __O>::V7,
                __Call::<__S, __O>::V8,
                __Call::<__S, __O>::CHECK0,
            ],
        );
        const WEIGHTS: &'static __keras::Tree = &__keras::Tree {
            own: __Build::<__O>::OWN,
            nested: &[
                (
                    "batch_mean",
                    <<__CallSite0<
                        __S,
                        __O,
                    > as __keras::Site>::At as __keras::LayerAt>::WEIGHTS,
                ),
            ],
            params: __keras::own_offset(__Build::<__O>::OWN, usize::MAX)
                + <<__CallSite0<
                    __S,
                    __O,
                > as __keras::Site>::At as __keras::LayerAt>::WEIGHTS
                    .params,
        };
        const LIMITS: [usize; __keras::MAX_PORTS] = __keras::limits(
            &[
                &[
                    <<__CallSite0<
                        __S,
                        __O,
                    > as __keras::Site>::At as __keras::LayerAt>::LIMITS[0usize],
                ],
            ],
        );
        const DOUBT: __keras::Option<__keras::Doubt> = __keras::Doubt::first(
            &[<<__CallSite0<__S, __O> as __keras::Site>::At as __keras::LayerAt>::DOUBT],
        );
        const SIZES: &'static [__keras::Size; 9usize] = &__keras::sizes([
            __Call::<__S, __O>::V0,
            __Call::<__S, __O>::V1,
            __Call::<__S, __O>::V2,
            __Call::<__S, __O>::V3,
            __Call::<__S, __O>::V4,
            __Call::<__S, __O>::V5,
            __Call::<__S, __O>::V6,
            __Call::<__S, __O>::V7,
            __Call::<__S, __O>::V8,
        ]);
        const INFERS: [__keras::Extent; 1usize] = [
            <<__CallSite0<__S, __O> as __keras::Site>::At as __keras::LayerAt>::INFER,
        ];
        const NEEDS: [__keras::Needs; 1usize] = [
            __keras::Needs::of::<<__CallSite0<__S, __O> as __keras::Site>::At>(),
        ];
        const OFFSETS: [usize; 1usize] = __keras::offsets(
            __Call::<__S, __O>::WEIGHTS,
            &[(0usize, 0usize)],
        );
    }
    struct __CallSite0<
        __S: __keras::Site<Layer = Centered>,
        __O: __keras::Site<Layer = Centered>,
    >(
        ::core::marker::PhantomData<fn() -> (__S, __O)>,
    );
    impl<
        __S: __keras::Site<Layer = Centered>,
        __O: __keras::Site<Layer = Centered>,
    > __keras::Site for __CallSite0<__S, __O> {
        type Layer = batch_mean;
        type At = <<Self as __keras::Site>::Layer as __keras::Layer>::At<Self>;
        const LAYER: &'static <Self as __keras::Site>::Layer = &(<Self::Layer>::new());
        const INPUTS: &'static [__keras::Inferred] = match <__S as __keras::Site>::INPUTS {
            _ => &[__Call::<__S, __O>::V0],
        };
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
            |c: &[F; 0usize], [x2, x4]: [F; 2usize]| -> F {
                let x3: F = __keras::of::<F>(0.9f64) * x2;
                let x5: F = __keras::of::<F>(0.1f64) * x4;
                let x6: F = x3 + x5;
                x6
            },
        );
    }
    fn __call_group_8<F: __keras::Float, B: __keras::Backend>(
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
                let x8: F = x0 - x1;
                x8
            },
        );
    }
    fn __call_group_8_vjp<F: __keras::Float, B: __keras::Backend>(
        run: &mut __keras::Run<'_, F>,
        nests: (&__keras::Nest<1usize>, &__keras::Nest<2usize>),
        c: [F; 0usize],
        x: [__keras::Place; 1usize],
        dx: [__keras::Place; 2usize],
    ) {
        __keras::group::backward::<
            F,
            B,
            0usize,
            1usize,
            2usize,
        >(
            run,
            nests.0,
            nests.1,
            c,
            x,
            dx,
            #[inline(always)]
            |c: &[F; 0usize], [d8]: [F; 1usize]| -> [F; 2usize] {
                let d0: F = d8;
                let d1: F = -d8;
                [d0, d1]
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
                let x2: F = x[0usize][q][b];
                let x4: F = x[1usize][q][b];
                let x3: F = __keras::of::<F>(0.9f64) * x2;
                let x5: F = __keras::of::<F>(0.1f64) * x4;
                let x6: F = x3 + x5;
                y[q][b] = x6;
            }
        }
        y
    }
    #[inline(always)]
    fn __call_group_8_lanes<F: __keras::Float, const __B: usize, const __Q: usize>(
        c: [F; 0usize],
        x: [__keras::infer::Tile<F, __B, __Q>; 2usize],
    ) -> __keras::infer::Tile<F, __B, __Q> {
        let mut y = __keras::infer::nothing::<F, __B, __Q>();
        for q in 0..__Q {
            for b in 0..__B {
                let x0: F = x[0usize][q][b];
                let x1: F = x[1usize][q][b];
                let x8: F = x0 - x1;
                y[q][b] = x8;
            }
        }
        y
    }
    const __CallScript: __keras::infer::Script = __keras::infer::Script {
        steps: &[
            __keras::infer::Step {
                act: __keras::infer::Act::Compute,
                time: 3usize,
                region: 0usize,
                call: __keras::Option::None,
                inputs: &[0usize, 1usize],
                outputs: &[8usize],
            },
        ],
        spans: &[],
        inputs: &[0usize],
        outputs: &[8usize],
        given: &[&[0usize]],
        gives: &[&[4usize]],
        layers: &[(0usize, 0usize)],
        is_affine: true,
    };
    impl<
        __S: __keras::Site<Layer = Centered>,
        __O: __keras::Site<Layer = Centered>,
    > __Call<__S, __O> {
        const OFFER6: __keras::infer::Inference = __keras::infer::Inference::group(
            __Call::<__S, __O>::V6,
            [__Call::<__S, __O>::V2, __Call::<__S, __O>::V4],
            0u32,
            false,
        );
        const OFFER8: __keras::infer::Inference = __keras::infer::Inference::group(
            __Call::<__S, __O>::V8,
            [__Call::<__S, __O>::V0, __Call::<__S, __O>::V1],
            1u32,
            false,
        );
        const DRAFT: &'static __keras::infer::Draft<9usize, 1usize, 1usize> = &__keras::infer::draft(
            &__CallScript,
            (
                __Call::<__S, __O>::SIZES,
                [
                    __keras::infer::Home::Input(0usize),
                    __keras::infer::Home::Weight(0usize),
                    __keras::infer::Home::Weight(0usize),
                    __keras::infer::Home::Own,
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
                    offer: __Call::<__S, __O>::OFFER8,
                },
            ],
            [],
            [
                [
                    <<__CallSite0<
                        __S,
                        __O,
                    > as __keras::Site>::At as __keras::LayerAt>::SCRATCH,
                    <<__CallSite0<
                        __S,
                        __O,
                    > as __keras::Site>::At as __keras::LayerAt>::TILED_SCRATCH,
                ],
            ],
            __Build::<__O>::OWN,
        );
        const LAID: &'static __keras::infer::Laid<9usize, 1usize> = &__keras::infer::lay::<
            9usize,
            1usize,
            1usize,
            10usize,
        >(__Call::<__S, __O>::DRAFT, __keras::infer::Way::Whole);
        const LAID_BY_TILES: &'static __keras::infer::Laid<9usize, 1usize> = &__keras::infer::lay::<
            9usize,
            1usize,
            1usize,
            10usize,
        >(__Call::<__S, __O>::DRAFT, __keras::infer::Way::ByTiles);
        const LAID_IN_PLACE: &'static __keras::infer::Laid<9usize, 1usize> = &__keras::infer::lay::<
            9usize,
            1usize,
            1usize,
            10usize,
        >(__Call::<__S, __O>::DRAFT, __keras::infer::Way::InPlace);
        const NESTED: &'static ([__keras::infer::Nested; 1usize], usize) = &__keras::infer::nest(
            __Call::<__S, __O>::DRAFT,
            __Call::<__S, __O>::WEIGHTS,
            [<<__CallSite0<__S, __O> as __keras::Site>::At as __keras::LayerAt>::FREEZE],
        );
        const TERMS: &'static [__keras::infer::Term] = &[
            __keras::infer::Term::Input,
            __keras::infer::Term::Weight(0usize),
            __keras::infer::Term::Subtract(0usize, 1usize),
        ];
    }
    struct __CallBody<
        __S: __keras::Site<Layer = Centered>,
        __O: __keras::Site<Layer = Centered>,
    >(
        ::core::marker::PhantomData<fn() -> (__S, __O)>,
    );
    impl<
        __S: __keras::Site<Layer = Centered>,
        __O: __keras::Site<Layer = Centered>,
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
            if const { __Call::<__S, __O>::OFFER8.gives } {
                __keras::infer::group::<__C, 8usize>(run, cx);
            } else {
                __call_group_8::<
                    __C::Float,
                    __keras::Reference,
                >(
                    run,
                    const { &__Call::<__S, __O>::NEST8 },
                    [],
                    [
                        cx.place(__keras::infer::Here::<__C, 0usize>::SPOT),
                        cx.place(__keras::infer::Here::<__C, 1usize>::SPOT),
                    ],
                    cx.place(__keras::infer::Here::<__C, 8usize>::SPOT),
                );
            }
            if const { <__C::Asked as __keras::infer::Asked<__C::Body>>::STORED } {}
        }
    }
    impl<
        __S: __keras::Site<Layer = Centered>,
        __O: __keras::Site<Layer = Centered>,
    > __keras::infer::Tiles<0usize> for __CallBody<__S, __O> {
        type Maker = __keras::infer::Never;
    }
    impl<
        __S: __keras::Site<Layer = Centered>,
        __O: __keras::Site<Layer = Centered>,
    > __keras::infer::Tiles<1usize> for __CallBody<__S, __O> {
        type Maker = __keras::infer::Never;
    }
    impl<
        __S: __keras::Site<Layer = Centered>,
        __O: __keras::Site<Layer = Centered>,
    > __keras::infer::Tiles<2usize> for __CallBody<__S, __O> {
        type Maker = __keras::infer::Never;
    }
    impl<
        __S: __keras::Site<Layer = Centered>,
        __O: __keras::Site<Layer = Centered>,
    > __keras::infer::Tiles<3usize> for __CallBody<__S, __O> {
        type Maker = __keras::infer::Never;
    }
    impl<
        __S: __keras::Site<Layer = Centered>,
        __O: __keras::Site<Layer = Centered>,
    > __keras::infer::Tiles<4usize> for __CallBody<__S, __O> {
        type Maker = __keras::infer::Never;
    }
    impl<
        __S: __keras::Site<Layer = Centered>,
        __O: __keras::Site<Layer = Centered>,
    > __keras::infer::Tiles<5usize> for __CallBody<__S, __O> {
        type Maker = __keras::infer::Never;
    }
    impl<
        __S: __keras::Site<Layer = Centered>,
        __O: __keras::Site<Layer = Centered>,
    > __keras::infer::Tiles<6usize> for __CallBody<__S, __O> {
        type Maker = __keras::infer::Never;
    }
    impl<
        __S: __keras::Site<Layer = Centered>,
        __O: __keras::Site<Layer = Centered>,
    > __keras::infer::Tiles<7usize> for __CallBody<__S, __O> {
        type Maker = __keras::infer::Never;
    }
    struct __CallValue8;
    impl<
        __S: __keras::Site<Layer = Centered>,
        __O: __keras::Site<Layer = Centered>,
    > __keras::infer::Make<__CallBody<__S, __O>> for __CallValue8 {
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
                    __keras::infer::Here:: < __C, 8usize > ::SPOT.through,
                    __keras::Option::Some(0usize)
                )
            } {
                return __keras::infer::raw::<__C, 0usize, __B, __Q>(run, cx, at);
            }
            if const {
                ::core::matches!(
                    __keras::infer::Here:: < __C, 8usize > ::SPOT.through,
                    __keras::Option::Some(1usize)
                )
            } {
                return __keras::infer::raw::<__C, 1usize, __B, __Q>(run, cx, at);
            }
            __call_group_8_lanes::<
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
                                &__Call::<__S, __O>::V8,
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
                                &__Call::<__S, __O>::V8,
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
                    __keras::infer::Here:: < __C, 8usize > ::SPOT.through,
                    __keras::Option::Some(0usize)
                )
            } {
                return __call_group_8_lanes::<
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
                                    &__Call::<__S, __O>::V8,
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
                                    &__Call::<__S, __O>::V8,
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
                    __keras::infer::Here:: < __C, 8usize > ::SPOT.through,
                    __keras::Option::Some(1usize)
                )
            } {
                return __call_group_8_lanes::<
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
                                    &__Call::<__S, __O>::V8,
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
                                    &__Call::<__S, __O>::V8,
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
        __S: __keras::Site<Layer = Centered>,
        __O: __keras::Site<Layer = Centered>,
    > __keras::infer::Tiles<8usize> for __CallBody<__S, __O> {
        type Maker = __CallValue8;
    }
    impl<
        __S: __keras::Site<Layer = Centered>,
        __O: __keras::Site<Layer = Centered>,
    > __keras::infer::Feeds<0usize> for __CallBody<__S, __O> {
        type Values = (__keras::infer::Of<0usize>, ());
    }
    impl<
        __S: __keras::Site<Layer = Centered>,
        __O: __keras::Site<Layer = Centered>,
    > __Call<__S, __O> {
        const NEST6: __keras::Nest<2usize> = __keras::Nest::<
            2usize,
        >::new(
            &__Call::<__S, __O>::V6,
            [&__Call::<__S, __O>::V2, &__Call::<__S, __O>::V4],
        );
        const NEST8: __keras::Nest<2usize> = __keras::Nest::<
            2usize,
        >::new(
            &__Call::<__S, __O>::V8,
            [&__Call::<__S, __O>::V0, &__Call::<__S, __O>::V1],
        );
        const KEPT: [bool; 9usize] = __keras::kept(
            &__Call::<__S, __O>::NEEDS,
            &[],
            &[],
            &[],
        );
        const HELD0: __keras::Held = __keras::Held {
            loops: &[],
            values: &[4usize, 6usize],
            calls: &[0usize],
        };
        const SAVED0: __keras::Extent = __Call::<__S, __O>::HELD0
            .total(
                __Call::<__S, __O>::SIZES,
                &__Call::<__S, __O>::KEPT,
                &__Call::<__S, __O>::NEEDS,
            );
        const LIVES: __keras::Lives<3usize> = [
            (4usize, 2usize, 3usize),
            (9usize, 2usize, 2usize),
            (6usize, 3usize, 4usize),
        ];
        const INFER: __keras::Plan<3usize> = __keras::predict(
            __Call::<__S, __O>::SIZES,
            &__Call::<__S, __O>::INFERS,
            &__Call::<__S, __O>::LIVES,
        );
        const TRAIN: __keras::Plan<3usize> = __keras::train(
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
        const TABLE: __keras::Table<9usize, 1usize> = __keras::Table::new(
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
        __S: __keras::Site<Layer = Centered>,
        __O: __keras::Site<Layer = Centered>,
    > __keras::LayerAt for __Call<__S, __O> {
        const OUTPUTS: &'static [__keras::Inferred] = &[
            __keras::result(&__Call::<__S, __O>::ERROR, &__Call::<__S, __O>::V8, 0usize),
        ];
        const WEIGHTS: &'static __keras::Tree = __Call::<__S, __O>::WEIGHTS;
        const LIMITS: [usize; __keras::MAX_PORTS] = __Call::<__S, __O>::LIMITS;
        const DOUBT: __keras::Option<__keras::Doubt> = __Call::<__S, __O>::DOUBT;
        const KEEPS: __keras::Keeps = __keras::keeps(
            &__Call::<__S, __O>::KEPT,
            &[0usize],
            &[(0usize, 8usize)],
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
            let v1 = run
                .weight(
                    &__Call::<__S, __O>::V1,
                    frame.weights
                        + const { __keras::own_offset(__Build::<__O>::OWN, 0usize) },
                );
            let v2 = run
                .state(
                    run
                        .weight(
                            &__Call::<__S, __O>::V2,
                            frame.weights
                                + const { __keras::own_offset(__Build::<__O>::OWN, 0usize) },
                        ),
                );
            let v8 = y[0usize];
            if __TRAIN {
                let [v4, v6] = run
                    .spots::<__TRAIN, _>(frame, &__table.values, [4usize, 6usize]);
                <<__CallSite0<
                    __S,
                    __O,
                > as __keras::Site>::At as __keras::LayerAt>::forward::<
                    __F,
                    __B,
                    __TRAIN,
                    _,
                    _,
                >(run, frame.nested::<__TRAIN>(&__table.calls[0usize]), [v0], [v4]);
                __call_group_6::<
                    __F,
                    __B,
                >(run, const { &__Call::<__S, __O>::NEST6 }, [], [v2, v4], v6);
                run.update(v6, v1);
            } else {}
            __call_group_8::<
                __F,
                __B,
            >(run, const { &__Call::<__S, __O>::NEST8 }, [], [v0, v1], v8);
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
            let v1 = run
                .weight(
                    &__Call::<__S, __O>::V1,
                    frame.weights
                        + const { __keras::own_offset(__Build::<__O>::OWN, 0usize) },
                );
            let d1 = v1
                .gradient()
                .only(const { __keras::weight_trainable(__Build::<__O>::OWN, 0usize) });
            let v8 = y[0usize];
            let d8 = dy[0usize];
            __call_group_8_vjp::<
                __F,
                __B,
            >(
                run,
                (
                    const {
                        &__keras::Nest::<
                            1usize,
                        >::new(&__Call::<__S, __O>::V8, [&__Call::<__S, __O>::V8])
                    },
                    const {
                        &__keras::Nest::<
                            2usize,
                        >::new(
                            &__Call::<__S, __O>::V8,
                            [&__Call::<__S, __O>::V0, &__Call::<__S, __O>::V1],
                        )
                    },
                ),
                [],
                [d8],
                [d0, d1],
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
                affine: __keras::infer::Affine::of(
                    __Call::<__S, __O>::TERMS,
                    &__Call::<__S, __O>::V0,
                    &__Call::<__S, __O>::V8,
                    __Build::<__O>::OWN,
                ),
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
                8usize,
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
                8usize,
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
    impl __keras::Layer for Centered {
        const NAME: &'static str = "Centered";
        const TOTAL: bool = true && <batch_mean as __keras::Layer>::TOTAL;
        type At<__S: __keras::Site<Layer = Self>> = __Call<__S, __S>;
    }
};
fn main() {}
