//! A layer with one weight.
use keras_core::prelude::*;
pub struct MyLayer {
    pub output_dim: usize,
}
#[allow(path_statements, unused_must_use, non_snake_case, missing_docs)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
const _: () = {
    use ::keras_core::__private::names as __names;
    struct MyLayerWeights {
        kernel: __names::Weight,
    }
    #[allow(dead_code)]
    impl MyLayerWeights {
        fn build(&self, #[allow(unused_variables)] x: __names::Value) {
            #[allow(unused_variables)]
            let n = 0_usize;
            &n;
        }
        fn call(&self, x: __names::Value) {
            #[allow(unused_variables)]
            let n = 0_usize;
            &x;
            &self.kernel;
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
    pub struct __Build<__O: __keras::Site<Layer = MyLayer>>(
        ::core::marker::PhantomData<fn() -> (__O,)>,
    );
    impl<__O: __keras::Site<Layer = MyLayer>> __Build<__O> {
        const B0_n: __keras::Dim = __keras::dim_of(
            &__keras::input(<__O as __keras::Site>::INPUTS, 0usize),
            0usize,
            false,
            "n",
        );
        const OWN: &'static [__keras::WeightSpec] = &[
            __keras::WeightSpec {
                name: "kernel",
                shape: __keras::Inferred::shape(
                        &[
                            { __Build::<__O>::B0_n },
                            {
                                __keras::Dim::of(
                                        ((<__O as __keras::Site>::LAYER).output_dim) as usize,
                                    )
                                    .named("output_dim")
                            },
                        ],
                    )
                    .unbatched(),
                initializer: Uniform,
                trainable: true,
                updated: false,
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
                    .of("the weight `kernel`")
                    .at(__keras::here!()),
            ],
        );
    }
    #[doc(hidden)]
    pub struct __Call<
        __S: __keras::Site<Layer = MyLayer>,
        __O: __keras::Site<Layer = MyLayer>,
    >(
        ::core::marker::PhantomData<fn() -> (__S, __O)>,
    );
    impl<
        __S: __keras::Site<Layer = MyLayer>,
        __O: __keras::Site<Layer = MyLayer>,
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
        const V2: __keras::Inferred = __keras::output(
                "dot",
                <<__CallSite0<
                    __S,
                    __O,
                > as __keras::Site>::At as __keras::LayerAt>::OUTPUTS,
                0usize,
                1usize,
            )
            .at(__keras::here!());
        const CHECK0: __keras::Inferred = __keras::bind(
                "the output",
                &__Call::<__S, __O>::V2,
                __keras::Option::Some(__keras::Dtype::Float),
                &[
                    __keras::Pattern::Size(
                        {
                            __keras::Dim::of(
                                    ((<__O as __keras::Site>::LAYER).output_dim) as usize,
                                )
                                .named("output_dim")
                        }
                            .named("output_dim"),
                    ),
                ],
            )
            .at(__keras::here!());
        const ERROR: __keras::Inferred = __keras::first_error(
            &[
                __keras::arity_of(<__S as __keras::Site>::INPUTS, 1usize, 1usize),
                __Build::<__O>::ERROR,
                __Call::<__S, __O>::V0,
                __Call::<__S, __O>::V2,
                __Call::<__S, __O>::CHECK0,
            ],
        );
        const WEIGHTS: &'static __keras::Tree = &__keras::Tree {
            own: __Build::<__O>::OWN,
            nested: &[
                (
                    "dot",
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
        const SIZES: &'static [__keras::Size; 3usize] = &__keras::sizes([
            __Call::<__S, __O>::V0,
            __Call::<__S, __O>::V1,
            __Call::<__S, __O>::V2,
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
        __S: __keras::Site<Layer = MyLayer>,
        __O: __keras::Site<Layer = MyLayer>,
    >(
        ::core::marker::PhantomData<fn() -> (__S, __O)>,
    );
    impl<
        __S: __keras::Site<Layer = MyLayer>,
        __O: __keras::Site<Layer = MyLayer>,
    > __keras::Site for __CallSite0<__S, __O> {
        type Layer = dot;
        type At = <<Self as __keras::Site>::Layer as __keras::Layer>::At<Self>;
        const LAYER: &'static <Self as __keras::Site>::Layer = &(<Self::Layer>::new());
        const INPUTS: &'static [__keras::Inferred] = match <__S as __keras::Site>::INPUTS {
            _ => &[__Call::<__S, __O>::V0, __Call::<__S, __O>::V1],
        };
    }
    const __CallScript: __keras::infer::Script = __keras::infer::Script {
        steps: &[
            __keras::infer::Step {
                act: __keras::infer::Act::Compute,
                time: 1usize,
                region: 0usize,
                call: __keras::Option::Some(0usize),
                inputs: &[0usize, 1usize],
                outputs: &[2usize],
            },
        ],
        spans: &[],
        inputs: &[0usize],
        outputs: &[2usize],
        given: &[&[0usize, 1usize]],
        gives: &[&[2usize]],
        layers: &[(0usize, 0usize)],
        is_affine: false,
    };
    impl<
        __S: __keras::Site<Layer = MyLayer>,
        __O: __keras::Site<Layer = MyLayer>,
    > __Call<__S, __O> {
        const DRAFT: &'static __keras::infer::Draft<3usize, 1usize, 1usize> = &__keras::infer::draft(
            &__CallScript,
            (
                __Call::<__S, __O>::SIZES,
                [
                    __keras::infer::Home::Input(0usize),
                    __keras::infer::Home::Weight(0usize),
                    __keras::infer::Home::Output(0usize),
                ],
            ),
            [
                __keras::infer::Moment {
                    active: true,
                    offer: <<__CallSite0<
                        __S,
                        __O,
                    > as __keras::Site>::At as __keras::LayerAt>::INFERENCE,
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
        const LAID: &'static __keras::infer::Laid<3usize, 1usize> = &__keras::infer::lay::<
            3usize,
            1usize,
            1usize,
            4usize,
        >(__Call::<__S, __O>::DRAFT, __keras::infer::Way::Whole);
        const LAID_BY_TILES: &'static __keras::infer::Laid<3usize, 1usize> = &__keras::infer::lay::<
            3usize,
            1usize,
            1usize,
            4usize,
        >(__Call::<__S, __O>::DRAFT, __keras::infer::Way::ByTiles);
        const LAID_IN_PLACE: &'static __keras::infer::Laid<3usize, 1usize> = &__keras::infer::lay::<
            3usize,
            1usize,
            1usize,
            4usize,
        >(__Call::<__S, __O>::DRAFT, __keras::infer::Way::InPlace);
        const NESTED: &'static ([__keras::infer::Nested; 1usize], usize) = &__keras::infer::nest(
            __Call::<__S, __O>::DRAFT,
            __Call::<__S, __O>::WEIGHTS,
            [<<__CallSite0<__S, __O> as __keras::Site>::At as __keras::LayerAt>::FREEZE],
        );
    }
    struct __CallBody<
        __S: __keras::Site<Layer = MyLayer>,
        __O: __keras::Site<Layer = MyLayer>,
    >(
        ::core::marker::PhantomData<fn() -> (__S, __O)>,
    );
    impl<
        __S: __keras::Site<Layer = MyLayer>,
        __O: __keras::Site<Layer = MyLayer>,
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
            __keras::infer::layer::<
                __C,
                0usize,
                2usize,
                __CallSite0<__S, __O>,
                2usize,
            >(run, cx);
            if const { <__C::Asked as __keras::infer::Asked<__C::Body>>::STORED } {}
        }
    }
    impl<
        __S: __keras::Site<Layer = MyLayer>,
        __O: __keras::Site<Layer = MyLayer>,
    > __keras::infer::Tiles<0usize> for __CallBody<__S, __O> {
        type Maker = __keras::infer::Never;
    }
    impl<
        __S: __keras::Site<Layer = MyLayer>,
        __O: __keras::Site<Layer = MyLayer>,
    > __keras::infer::Tiles<1usize> for __CallBody<__S, __O> {
        type Maker = __keras::infer::Never;
    }
    impl<
        __S: __keras::Site<Layer = MyLayer>,
        __O: __keras::Site<Layer = MyLayer>,
    > __keras::infer::Tiles<2usize> for __CallBody<__S, __O> {
        type Maker = __keras::infer::Output<
            0usize,
            <__CallSite0<__S, __O> as __keras::Site>::At,
        >;
    }
    impl<
        __S: __keras::Site<Layer = MyLayer>,
        __O: __keras::Site<Layer = MyLayer>,
    > __keras::infer::Feeds<0usize> for __CallBody<__S, __O> {
        type Values = (__keras::infer::Of<0usize>, (__keras::infer::Of<1usize>, ()));
    }
    impl<
        __S: __keras::Site<Layer = MyLayer>,
        __O: __keras::Site<Layer = MyLayer>,
    > __Call<__S, __O> {
        const KEPT: [bool; 3usize] = __keras::kept(
            &__Call::<__S, __O>::NEEDS,
            &[],
            &[(0usize, 0usize, 0usize), (1usize, 0usize, 1usize)],
            &[(2usize, 0usize, 0usize)],
        );
        const HELD0: __keras::Held = __keras::Held {
            loops: &[],
            values: &[],
            calls: &[0usize],
        };
        const SAVED0: __keras::Extent = __Call::<__S, __O>::HELD0
            .total(
                __Call::<__S, __O>::SIZES,
                &__Call::<__S, __O>::KEPT,
                &__Call::<__S, __O>::NEEDS,
            );
        const LIVES: __keras::Lives<1usize> = [(3usize, 1usize, 1usize)];
        const INFER: __keras::Plan<1usize> = __keras::predict(
            __Call::<__S, __O>::SIZES,
            &__Call::<__S, __O>::INFERS,
            &__Call::<__S, __O>::LIVES,
        );
        const TRAIN: __keras::Plan<1usize> = __keras::train(
            __Call::<__S, __O>::SIZES,
            &__Call::<__S, __O>::KEPT,
            &__Call::<__S, __O>::NEEDS,
            &__Call::<__S, __O>::LIVES,
        );
        const BACK_LIVES: __keras::Lives<1usize> = [(3usize, 1usize, 1usize)];
        const BACK: __keras::Plan<1usize> = __keras::back(
            __Call::<__S, __O>::SIZES,
            &__Call::<__S, __O>::NEEDS,
            &__Call::<__S, __O>::BACK_LIVES,
        );
        const TABLE: __keras::Table<3usize, 1usize> = __keras::Table::new(
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
        __S: __keras::Site<Layer = MyLayer>,
        __O: __keras::Site<Layer = MyLayer>,
    > __keras::LayerAt for __Call<__S, __O> {
        const OUTPUTS: &'static [__keras::Inferred] = &[
            __FOUND_call
                .silences(
                    __keras::result(
                        &__Call::<__S, __O>::ERROR,
                        &__Call::<__S, __O>::V2,
                        0usize,
                    ),
                ),
        ];
        const WEIGHTS: &'static __keras::Tree = __Call::<__S, __O>::WEIGHTS;
        const LIMITS: [usize; __keras::MAX_PORTS] = __Call::<__S, __O>::LIMITS;
        const DOUBT: __keras::Option<__keras::Doubt> = __Call::<__S, __O>::DOUBT;
        const KEEPS: __keras::Keeps = __keras::keeps(
            &__Call::<__S, __O>::KEPT,
            &[0usize],
            &[(0usize, 2usize)],
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
            let v2 = y[0usize];
            <<__CallSite0<
                __S,
                __O,
            > as __keras::Site>::At as __keras::LayerAt>::forward::<
                __F,
                __B,
                __TRAIN,
                _,
                _,
            >(run, frame.nested::<__TRAIN>(&__table.calls[0usize]), [v0, v1], [v2]);
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
            let v2 = y[0usize];
            let d2 = dy[0usize];
            <<__CallSite0<
                __S,
                __O,
            > as __keras::Site>::At as __keras::LayerAt>::backward::<
                __F,
                __B,
                _,
                _,
            >(
                run,
                frame.nested_back(&__table.calls[0usize]),
                [v0, v1],
                [v2],
                [d2],
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
                2usize,
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
                2usize,
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
    impl __keras::Layer for MyLayer {
        const NAME: &'static str = "MyLayer";
        const TOTAL: bool = true && <dot as __keras::Layer>::TOTAL;
        type At<__S: __keras::Site<Layer = Self>> = __Call<__S, __S>;
    }
    struct __Owner_call<__T: __keras::Trial>(::core::marker::PhantomData<__T>);
    impl<__T: __keras::Trial> __Owner_call<__T> {
        const D0_n: __keras::Dim = __keras::tried::<__Definition_call, __T>(0usize);
        const INPUTS: &'static [__keras::Inferred] = &[
            __keras::supposed(
                &[__keras::Part::Axis(__keras::tried::<__Definition_call, __T>(0usize))],
            ),
        ];
        const B0_n: __keras::Dim = __keras::dim_of(
            &__keras::input(__Owner_call::<__T>::INPUTS, 0usize),
            0usize,
            false,
            "n",
        );
        const W0: __keras::Inferred = __keras::Inferred::shape(
                &[
                    { __Owner_call::<__T>::B0_n },
                    { __keras::tried::<__Definition_call, __T>(1usize) },
                ],
            )
            .unbatched()
            .unbatched()
            .of("the weight `kernel`");
    }
    struct __Body_call<__T: __keras::Trial>(::core::marker::PhantomData<__T>);
    impl<__T: __keras::Trial> __Body_call<__T> {
        const D0_n: __keras::Dim = __keras::tried::<__Definition_call, __T>(0usize);
        const V0: __keras::Inferred = __Owner_call::<__T>::INPUTS[0usize];
        const V1: __keras::Inferred = __Owner_call::<__T>::W0.seen();
        const V2: __keras::Inferred = __keras::output(
            "dot",
            __keras::outputs_of::<
                <__Body_callSite0<__T> as __keras::Site>::Layer,
                <__Body_callSite0<__T> as __keras::Site>::At,
            >(),
            0usize,
            1usize,
        );
    }
    struct __Body_callSite0<__T: __keras::Trial>(
        ::core::marker::PhantomData<fn() -> (__T,)>,
    );
    impl<__T: __keras::Trial> __keras::Site for __Body_callSite0<__T> {
        type Layer = dot;
        type At = <<Self as __keras::Site>::Layer as __keras::Layer>::At<Self>;
        const LAYER: &'static <Self as __keras::Site>::Layer = &(<Self::Layer>::new());
        const INPUTS: &'static [__keras::Inferred] = &[
            __Body_call::<__T>::V0,
            __Body_call::<__T>::V1,
        ];
    }
    impl<__T: __keras::Trial> __keras::Attempt for __Body_call<__T> {
        const FACTS: &'static [__keras::Inferred] = &[
            __Owner_call::<__T>::W0,
            __Body_call::<__T>::V0,
            __Body_call::<__T>::V2,
            __keras::bind(
                "the output",
                &__Body_call::<__T>::V2,
                __keras::Option::Some(__keras::Dtype::Float),
                &[
                    __keras::Pattern::Size(
                        { __keras::tried::<__Definition_call, __T>(1usize) }
                            .named("output_dim"),
                    ),
                ],
            ),
        ];
    }
    struct __Definition_call;
    impl __keras::Definition for __Definition_call {
        const WHO: &'static str = "MyLayer";
        const NAMES: &'static [&'static str] = &["n", "output_dim"];
        const PAIRS: &'static [(usize, usize)] = &[(0usize, 1usize)];
        const RESTS: bool = false;
        type At<__T: __keras::Trial> = __Body_call<__T>;
    }
    const __FOUND_call: __keras::Finding = __keras::definition::<__Definition_call>();
    const _: () = __FOUND_call.told(0usize);
    const _: () = __FOUND_call.told(1usize);
    const _: () = __FOUND_call.told(2usize);
    const _: () = __FOUND_call.told(3usize);
};
fn main() {}
