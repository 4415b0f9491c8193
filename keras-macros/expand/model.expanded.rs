//! A small model.
use keras_core::prelude::*;
#[allow(path_statements, unused_must_use, non_snake_case, missing_docs)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
const _: () = {
    use ::keras_core::__private::names as __names;
    #[allow(dead_code)]
    fn __names() {
        let x = __names::Value;
        let t = __names::Value;
        #[allow(unused_variables)]
        let y = {
            &x;
            __names::Value
        };
        &t;
        &y;
    }
};
/// One layer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Net;
///Data for [`Net`]: a column for each input and target.
#[derive(Clone, Copy, Debug)]
pub struct NetData<T0, T1> {
    ///`x`: a row for each example.
    pub x: T0,
    ///`t`: a row for each example.
    pub t: T1,
}
///The variables of [`Net`].
#[derive(Clone, Debug, PartialEq)]
pub struct NetVariables {}
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
    pub struct __Facts<__S: __keras::Around<Layer = Net>>(
        ::core::marker::PhantomData<fn() -> (__S,)>,
    );
    impl<__S: __keras::Around<Layer = Net>> __Facts<__S> {
        const V0: __keras::Inferred = __keras::bind(
            "`x`",
            &__keras::input(<__S as __keras::Site>::INPUTS, 0usize),
            __keras::Option::Some(__keras::Dtype::Float),
            &[__keras::Pattern::Size({ __keras::Dim::of((4) as usize) })],
        );
        const V1: __keras::Inferred = __keras::Inferred::shape(
                &[{ __keras::Dim::of((3) as usize) }],
            )
            .of("`t`");
        const V2: __keras::Inferred = __keras::output(
            "Dense",
            <<__FactsSite0<__S> as __keras::Site>::At as __keras::LayerAt>::OUTPUTS,
            0usize,
            1usize,
        );
        const V3: __keras::Inferred = __keras::output(
            "mean_squared_error",
            <<__FactsSite1<__S> as __keras::Site>::At as __keras::LayerAt>::OUTPUTS,
            0usize,
            1usize,
        );
        const ERROR: __keras::Inferred = __keras::first_error(
            &[
                __keras::arity_of(<__S as __keras::Site>::INPUTS, 1usize, 1usize),
                __keras::NoBuild::ERROR,
                __Facts::<__S>::V0,
                __Facts::<__S>::V1,
                __Facts::<__S>::V2.seen(),
                __Facts::<__S>::V3.seen(),
            ],
        );
        const WEIGHTS: &'static __keras::Tree = match __Facts::<__S>::ERROR {
            _ => {
                &__keras::Tree {
                    own: __keras::NoBuild::OWN,
                    nested: &[
                        (
                            "dense",
                            <__keras::Call<
                                __FactsSite0<__S>,
                            > as __keras::LayerAt>::WEIGHTS,
                        ),
                        (
                            "mean_squared_error",
                            <__keras::Call<
                                __FactsSite1<__S>,
                            > as __keras::LayerAt>::WEIGHTS,
                        ),
                    ],
                    params: __keras::own_offset(__keras::NoBuild::OWN, usize::MAX)
                        + <__keras::Call<__FactsSite0<__S>> as __keras::LayerAt>::WEIGHTS
                            .params
                        + <__keras::Call<__FactsSite1<__S>> as __keras::LayerAt>::WEIGHTS
                            .params,
                }
            }
        };
        const LIMITS: [usize; __keras::MAX_PORTS] = __keras::limits(
            &[
                &[
                    <__keras::Call<
                        __FactsSite0<__S>,
                    > as __keras::LayerAt>::LIMITS[0usize],
                ],
                &[<__keras::Call<__FactsSite1<__S>> as __keras::LayerAt>::LIMITS[0usize]],
            ],
        );
        const DOUBT: __keras::Option<__keras::Doubt> = __keras::Doubt::first(
            &[
                <__keras::Call<__FactsSite0<__S>> as __keras::LayerAt>::DOUBT,
                <__keras::Call<__FactsSite1<__S>> as __keras::LayerAt>::DOUBT,
            ],
        );
        const SIZES: &'static [__keras::Size; 4usize] = &__keras::sizes([
            __Facts::<__S>::V0,
            __Facts::<__S>::V1,
            __Facts::<__S>::V2,
            __Facts::<__S>::V3,
        ]);
        const INFERS: [__keras::Extent; 2usize] = [
            <__keras::Call<__FactsSite0<__S>> as __keras::LayerAt>::INFER,
            <__keras::Call<__FactsSite1<__S>> as __keras::LayerAt>::INFER,
        ];
        const NEEDS: [__keras::Needs; 2usize] = [
            __keras::Needs::of::<__keras::Call<__FactsSite0<__S>>>(),
            __keras::Needs::of::<__keras::Call<__FactsSite1<__S>>>(),
        ];
        const OFFSETS: [usize; 2usize] = __keras::offsets(
            __Facts::<__S>::WEIGHTS,
            &[(0usize, 0usize), (1usize, 1usize)],
        );
    }
    struct __FactsSite0<__S: __keras::Around<Layer = Net>>(
        ::core::marker::PhantomData<fn() -> (__S,)>,
    );
    impl<__S: __keras::Around<Layer = Net>> __keras::Site for __FactsSite0<__S> {
        type Layer = Dense;
        type At = <<Self as __keras::Site>::Layer as __keras::Layer>::At<
            <__S as __keras::Around>::Twin<0usize, __Calls, Self>,
        >;
        const LAYER: &'static <Self as __keras::Site>::Layer = &(<Self::Layer>::new(3));
        const INPUTS: &'static [__keras::Inferred] = match <__S as __keras::Site>::INPUTS {
            _ => &[__Facts::<__S>::V0],
        };
    }
    struct __FactsSite1<__S: __keras::Around<Layer = Net>>(
        ::core::marker::PhantomData<fn() -> (__S,)>,
    );
    impl<__S: __keras::Around<Layer = Net>> __keras::Site for __FactsSite1<__S> {
        type Layer = mean_squared_error;
        type At = <<Self as __keras::Site>::Layer as __keras::Layer>::At<
            <__S as __keras::Around>::Twin<1usize, __Calls, Self>,
        >;
        const LAYER: &'static <Self as __keras::Site>::Layer = &(<Self::Layer>::new());
        const INPUTS: &'static [__keras::Inferred] = match <__S as __keras::Site>::INPUTS {
            _ => &[__Facts::<__S>::V1, __Facts::<__S>::V2],
        };
    }
    #[doc(hidden)]
    pub struct __Root;
    impl __keras::Site for __Root {
        type At = __Predict<Self>;
        type Layer = Net;
        const LAYER: &'static Net = &Net;
        const INPUTS: &'static [__keras::Inferred] = {
            &[__keras::Inferred::shape(&[{ __keras::Dim::of((4) as usize) }]).of("`x`")]
        };
    }
    struct __Calls;
    impl __keras::Around for __Root {
        type Twin<
            const __I: usize,
            __C: __keras::Nth<__I>,
            __Own: __keras::Site<Layer = <__C as __keras::Nth<__I>>::Layer>,
        > = <__C as __keras::Nth<__I>>::First;
    }
    impl __keras::Nth<0usize> for __Calls {
        type Layer = <Self::Site as __keras::Site>::Layer;
        type Site = __FactsSite0<__Root>;
        type First = Self::Site;
    }
    impl __keras::Nth<1usize> for __Calls {
        type Layer = <Self::Site as __keras::Site>::Layer;
        type Site = __FactsSite1<__Root>;
        type First = Self::Site;
    }
    #[doc(hidden)]
    pub struct __Predict<__S: __keras::Around<Layer = Net>>(
        ::core::marker::PhantomData<fn() -> (__S,)>,
    );
    const __PredictScript: __keras::infer::Script = __keras::infer::Script {
        steps: &[
            __keras::infer::Step {
                act: __keras::infer::Act::Compute,
                time: 1usize,
                region: 0usize,
                call: __keras::Option::Some(0usize),
                inputs: &[0usize],
                outputs: &[2usize],
            },
        ],
        spans: &[],
        inputs: &[0usize],
        outputs: &[2usize],
        given: &[&[0usize], &[1usize, 2usize]],
        gives: &[&[2usize], &[3usize]],
        layers: &[(0usize, 0usize), (1usize, 1usize)],
        is_affine: false,
    };
    impl<__S: __keras::Around<Layer = Net>> __Predict<__S> {
        const DRAFT: &'static __keras::infer::Draft<4usize, 2usize, 1usize> = &__keras::infer::draft(
            &__PredictScript,
            (
                __Facts::<__S>::SIZES,
                [
                    __keras::infer::Home::Input(0usize),
                    __keras::infer::Home::Own,
                    __keras::infer::Home::Output(0usize),
                    __keras::infer::Home::Own,
                ],
            ),
            [
                __keras::infer::Moment {
                    active: true,
                    offer: <__keras::Call<
                        __FactsSite0<__S>,
                    > as __keras::LayerAt>::INFERENCE,
                },
            ],
            [],
            [
                [
                    <__keras::Call<__FactsSite0<__S>> as __keras::LayerAt>::SCRATCH,
                    <__keras::Call<__FactsSite0<__S>> as __keras::LayerAt>::TILED_SCRATCH,
                ],
                [
                    <__keras::Call<__FactsSite1<__S>> as __keras::LayerAt>::SCRATCH,
                    <__keras::Call<__FactsSite1<__S>> as __keras::LayerAt>::TILED_SCRATCH,
                ],
            ],
            __keras::NoBuild::OWN,
        );
        const LAID: &'static __keras::infer::Laid<4usize, 2usize> = &__keras::infer::lay::<
            4usize,
            2usize,
            1usize,
            6usize,
        >(__Predict::<__S>::DRAFT, __keras::infer::Way::Whole);
        const LAID_BY_TILES: &'static __keras::infer::Laid<4usize, 2usize> = &__keras::infer::lay::<
            4usize,
            2usize,
            1usize,
            6usize,
        >(__Predict::<__S>::DRAFT, __keras::infer::Way::ByTiles);
        const LAID_IN_PLACE: &'static __keras::infer::Laid<4usize, 2usize> = &__keras::infer::lay::<
            4usize,
            2usize,
            1usize,
            6usize,
        >(__Predict::<__S>::DRAFT, __keras::infer::Way::InPlace);
        const NESTED: &'static ([__keras::infer::Nested; 2usize], usize) = &__keras::infer::nest(
            __Predict::<__S>::DRAFT,
            __Facts::<__S>::WEIGHTS,
            [
                <__keras::Call<__FactsSite0<__S>> as __keras::LayerAt>::FREEZE,
                <__keras::Call<__FactsSite1<__S>> as __keras::LayerAt>::FREEZE,
            ],
        );
    }
    struct __PredictBody<__S: __keras::Around<Layer = Net>>(
        ::core::marker::PhantomData<fn() -> (__S,)>,
    );
    impl<__S: __keras::Around<Layer = Net>> __keras::infer::Body for __PredictBody<__S> {
        const SCRIPT: &'static __keras::infer::Script = &__PredictScript;
        const SUMS: __keras::infer::Sums = __Predict::<__S>::DRAFT.sums;
        const STORED: &'static __keras::infer::Layout = &__Predict::<__S>::LAID.layout();
        const TILED: &'static __keras::infer::Layout = &__Predict::<__S>::LAID_BY_TILES
            .layout();
        const IN_PLACE: &'static __keras::infer::Layout = &__Predict::<
            __S,
        >::LAID_IN_PLACE
            .layout();
        const OFFSETS: &'static [usize] = &__Facts::<__S>::OFFSETS;
        const NESTED: &'static [__keras::infer::Nested] = &__Predict::<__S>::NESTED.0;
        #[inline(always)]
        fn steps<__C: __keras::infer::Case<Body = Self>>(
            run: &mut __keras::Run<'_, __C::Float>,
            cx: &__keras::infer::Cx<'_, __C::Inputs>,
        ) {
            __keras::infer::layer::<
                __C,
                0usize,
                2usize,
                __FactsSite0<__S>,
                1usize,
            >(run, cx);
            if const { <__C::Asked as __keras::infer::Asked<__C::Body>>::STORED } {}
        }
    }
    impl<__S: __keras::Around<Layer = Net>> __keras::infer::Tiles<0usize>
    for __PredictBody<__S> {
        type Maker = __keras::infer::Never;
    }
    impl<__S: __keras::Around<Layer = Net>> __keras::infer::Tiles<1usize>
    for __PredictBody<__S> {
        type Maker = __keras::infer::Never;
    }
    impl<__S: __keras::Around<Layer = Net>> __keras::infer::Tiles<2usize>
    for __PredictBody<__S> {
        type Maker = __keras::infer::Output<0usize, __keras::Call<__FactsSite0<__S>>>;
    }
    impl<__S: __keras::Around<Layer = Net>> __keras::infer::Tiles<3usize>
    for __PredictBody<__S> {
        type Maker = __keras::infer::Never;
    }
    impl<__S: __keras::Around<Layer = Net>> __keras::infer::Feeds<0usize>
    for __PredictBody<__S> {
        type Values = (__keras::infer::Of<0usize>, ());
    }
    impl<__S: __keras::Around<Layer = Net>> __keras::infer::Feeds<1usize>
    for __PredictBody<__S> {
        type Values = (__keras::infer::Of<1usize>, (__keras::infer::Of<2usize>, ()));
    }
    impl<__S: __keras::Around<Layer = Net>> __Predict<__S> {
        const KEPT: [bool; 4usize] = __keras::kept(
            &__Facts::<__S>::NEEDS,
            &[],
            &[(0usize, 0usize, 0usize)],
            &[(2usize, 0usize, 0usize)],
        );
        const HELD0: __keras::Held = __keras::Held {
            loops: &[],
            values: &[],
            calls: &[0usize],
        };
        const SAVED0: __keras::Extent = __Predict::<__S>::HELD0
            .total(
                __Facts::<__S>::SIZES,
                &__Predict::<__S>::KEPT,
                &__Facts::<__S>::NEEDS,
            );
        const LIVES: __keras::Lives<1usize> = [(4usize, 1usize, 1usize)];
        const INFER: __keras::Plan<1usize> = __keras::predict(
            __Facts::<__S>::SIZES,
            &__Facts::<__S>::INFERS,
            &__Predict::<__S>::LIVES,
        );
        const TRAIN: __keras::Plan<1usize> = __keras::train(
            __Facts::<__S>::SIZES,
            &__Predict::<__S>::KEPT,
            &__Facts::<__S>::NEEDS,
            &__Predict::<__S>::LIVES,
        );
        const BACK_LIVES: __keras::Lives<1usize> = [(4usize, 1usize, 1usize)];
        const BACK: __keras::Plan<1usize> = __keras::back(
            __Facts::<__S>::SIZES,
            &__Facts::<__S>::NEEDS,
            &__Predict::<__S>::BACK_LIVES,
        );
        const TABLE: __keras::Table<4usize, 2usize> = __keras::Table::new(
                __Facts::<__S>::SIZES,
                &__Facts::<__S>::OFFSETS,
            )
            .infer(&__Predict::<__S>::INFER, &__Predict::<__S>::LIVES)
            .train(&__Predict::<__S>::TRAIN, &__Predict::<__S>::LIVES)
            .back(&__Predict::<__S>::BACK, &__Predict::<__S>::BACK_LIVES)
            .held(
                &__Predict::<__S>::HELD0,
                &__Predict::<__S>::KEPT,
                &__Facts::<__S>::NEEDS,
            );
    }
    impl<__S: __keras::Around<Layer = Net>> __keras::LayerAt for __Predict<__S> {
        const OUTPUTS: &'static [__keras::Inferred] = &[
            __keras::result(&__Facts::<__S>::ERROR, &__Facts::<__S>::V2, 0usize),
        ];
        const WEIGHTS: &'static __keras::Tree = __Facts::<__S>::WEIGHTS;
        const LIMITS: [usize; __keras::MAX_PORTS] = __Facts::<__S>::LIMITS;
        const DOUBT: __keras::Option<__keras::Doubt> = __Facts::<__S>::DOUBT;
        const KEEPS: __keras::Keeps = __keras::keeps(
            &__Predict::<__S>::KEPT,
            &[0usize],
            &[(0usize, 2usize)],
        );
        const SAVED: __keras::Extent = __Predict::<__S>::SAVED0;
        const FORWARD: __keras::Extent = __Predict::<__S>::TRAIN.total;
        const INFER: __keras::Extent = __Predict::<__S>::INFER.total;
        const BACKWARD: __keras::Extent = __Predict::<__S>::BACK.total;
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
            let __table = const { &__Predict::<__S>::TABLE };
            let v0 = x[0usize];
            let v2 = y[0usize];
            <__keras::Call<
                __FactsSite0<__S>,
            > as __keras::LayerAt>::forward::<
                __F,
                __B,
                __TRAIN,
                _,
                _,
            >(run, frame.nested::<__TRAIN>(&__table.calls[0usize]), [v0], [v2]);
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
            let __table = const { &__Predict::<__S>::TABLE };
            let v0 = x[0usize];
            let d0 = dx[0usize];
            let v2 = y[0usize];
            let d2 = dy[0usize];
            <__keras::Call<
                __FactsSite0<__S>,
            > as __keras::LayerAt>::backward::<
                __F,
                __B,
                _,
                _,
            >(run, frame.nested_back(&__table.calls[0usize]), [v0], [v2], [d2], [d0]);
        }
        const INFERENCE: __keras::infer::Inference = __Predict::<__S>::DRAFT.offer();
        const SCRATCH: usize = __keras::infer::total::<
            __PredictBody<__S>,
            __keras::infer::Whole,
        >();
        const TILED_SCRATCH: usize = __keras::infer::total::<
            __PredictBody<__S>,
            __keras::infer::ByTiles,
        >();
        const FREEZE: __keras::Option<&'static __keras::infer::Freeze> = __keras::Option::Some(
            &__keras::infer::Freeze {
                own: &__Predict::<__S>::DRAFT.packs,
                calls: &__Predict::<__S>::NESTED.0,
                len: __Predict::<__S>::NESTED.1,
                scaled: __Predict::<__S>::DRAFT.scaled(),
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
            <__PredictBody<
                __S,
            > as __keras::infer::Body>::steps::<
                __keras::infer::For<__PredictBody<__S>, __F, __X, __keras::infer::Whole>,
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
            <__PredictBody<
                __S,
            > as __keras::infer::Body>::steps::<
                __keras::infer::For<
                    __PredictBody<__S>,
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
                    __PredictBody<__S>,
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
                    __PredictBody<__S>,
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
    #[doc(hidden)]
    pub struct __Objective<__S: __keras::Around<Layer = Net>>(
        ::core::marker::PhantomData<fn() -> (__S,)>,
    );
    impl<__S: __keras::Around<Layer = Net>> __Objective<__S> {
        const KEPT: [bool; 4usize] = __keras::kept(
            &__Facts::<__S>::NEEDS,
            &[],
            &[
                (0usize, 0usize, 0usize),
                (1usize, 1usize, 0usize),
                (2usize, 1usize, 1usize),
            ],
            &[(2usize, 0usize, 0usize), (3usize, 1usize, 0usize)],
        );
        const HELD0: __keras::Held = __keras::Held {
            loops: &[],
            values: &[2usize],
            calls: &[0usize, 1usize],
        };
        const SAVED0: __keras::Extent = __Objective::<__S>::HELD0
            .total(
                __Facts::<__S>::SIZES,
                &__Objective::<__S>::KEPT,
                &__Facts::<__S>::NEEDS,
            );
        const LIVES: __keras::Lives<3usize> = [
            (2usize, 1usize, 2usize),
            (4usize, 1usize, 1usize),
            (5usize, 2usize, 2usize),
        ];
        const INFER: __keras::Plan<3usize> = __keras::predict(
            __Facts::<__S>::SIZES,
            &__Facts::<__S>::INFERS,
            &__Objective::<__S>::LIVES,
        );
        const TRAIN: __keras::Plan<3usize> = __keras::train(
            __Facts::<__S>::SIZES,
            &__Objective::<__S>::KEPT,
            &__Facts::<__S>::NEEDS,
            &__Objective::<__S>::LIVES,
        );
        const BACK_LIVES: __keras::Lives<3usize> = [
            (2usize, 1usize, 2usize),
            (5usize, 1usize, 1usize),
            (4usize, 2usize, 2usize),
        ];
        const BACK: __keras::Plan<3usize> = __keras::back(
            __Facts::<__S>::SIZES,
            &__Facts::<__S>::NEEDS,
            &__Objective::<__S>::BACK_LIVES,
        );
        const TABLE: __keras::Table<4usize, 2usize> = __keras::Table::new(
                __Facts::<__S>::SIZES,
                &__Facts::<__S>::OFFSETS,
            )
            .infer(&__Objective::<__S>::INFER, &__Objective::<__S>::LIVES)
            .train(&__Objective::<__S>::TRAIN, &__Objective::<__S>::LIVES)
            .back(&__Objective::<__S>::BACK, &__Objective::<__S>::BACK_LIVES)
            .held(
                &__Objective::<__S>::HELD0,
                &__Objective::<__S>::KEPT,
                &__Facts::<__S>::NEEDS,
            );
    }
    impl<__S: __keras::Around<Layer = Net>> __keras::LayerAt for __Objective<__S> {
        const OUTPUTS: &'static [__keras::Inferred] = &[
            __keras::result(&__Facts::<__S>::ERROR, &__Facts::<__S>::V3, 0usize),
        ];
        const WEIGHTS: &'static __keras::Tree = __Facts::<__S>::WEIGHTS;
        const LIMITS: [usize; __keras::MAX_PORTS] = __Facts::<__S>::LIMITS;
        const DOUBT: __keras::Option<__keras::Doubt> = __Facts::<__S>::DOUBT;
        const KEEPS: __keras::Keeps = __keras::keeps(
            &__Objective::<__S>::KEPT,
            &[0usize, 1usize],
            &[(0usize, 3usize)],
        );
        const SAVED: __keras::Extent = __Objective::<__S>::SAVED0;
        const FORWARD: __keras::Extent = __Objective::<__S>::TRAIN.total;
        const INFER: __keras::Extent = __Objective::<__S>::INFER.total;
        const BACKWARD: __keras::Extent = __Objective::<__S>::BACK.total;
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
            let __table = const { &__Objective::<__S>::TABLE };
            let v0 = x[0usize];
            let v1 = x[1usize];
            let v3 = y[0usize];
            let v2 = run.spot::<__TRAIN>(frame, &__table.values[2usize]);
            <__keras::Call<
                __FactsSite0<__S>,
            > as __keras::LayerAt>::forward::<
                __F,
                __B,
                __TRAIN,
                _,
                _,
            >(run, frame.nested::<__TRAIN>(&__table.calls[0usize]), [v0], [v2]);
            <__keras::Call<
                __FactsSite1<__S>,
            > as __keras::LayerAt>::forward::<
                __F,
                __B,
                __TRAIN,
                _,
                _,
            >(run, frame.nested::<__TRAIN>(&__table.calls[1usize]), [v1, v2], [v3]);
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
            let __table = const { &__Objective::<__S>::TABLE };
            let v0 = x[0usize];
            let d0 = dx[0usize];
            let v1 = x[1usize];
            let d1 = dx[1usize];
            let v3 = y[0usize];
            let v2 = run.kept(frame, &__table.values[2usize]);
            let d3 = dy[0usize];
            let d2 = run.cotangent(frame, &__table.values[2usize]);
            <__keras::Call<
                __FactsSite1<__S>,
            > as __keras::LayerAt>::backward::<
                __F,
                __B,
                _,
                _,
            >(
                run,
                frame.nested_back(&__table.calls[1usize]),
                [v1, v2],
                [v3],
                [d3],
                [d1, d2],
            );
            <__keras::Call<
                __FactsSite0<__S>,
            > as __keras::LayerAt>::backward::<
                __F,
                __B,
                _,
                _,
            >(run, frame.nested_back(&__table.calls[0usize]), [v0], [v2], [d2], [d0]);
        }
    }
    #[doc(hidden)]
    pub struct __Trace<__S: __keras::Around<Layer = Net>>(
        ::core::marker::PhantomData<fn() -> (__S,)>,
    );
    impl<__S: __keras::Around<Layer = Net>> __Trace<__S> {
        const LIVES: __keras::Lives<1usize> = [(4usize, 1usize, 1usize)];
        const INFER: __keras::Plan<1usize> = __keras::predict(
            __Facts::<__S>::SIZES,
            &__Facts::<__S>::INFERS,
            &__Trace::<__S>::LIVES,
        );
        const TABLE: __keras::Table<4usize, 2usize> = __keras::Table::new(
                __Facts::<__S>::SIZES,
                &__Facts::<__S>::OFFSETS,
            )
            .infer(&__Trace::<__S>::INFER, &__Trace::<__S>::LIVES);
    }
    impl<__S: __keras::Around<Layer = Net>> __keras::LayerAt for __Trace<__S> {
        const OUTPUTS: &'static [__keras::Inferred] = &[
            __keras::result(&__Facts::<__S>::ERROR, &__Facts::<__S>::V2, 0usize),
        ];
        const WEIGHTS: &'static __keras::Tree = __Facts::<__S>::WEIGHTS;
        const LIMITS: [usize; __keras::MAX_PORTS] = __Facts::<__S>::LIMITS;
        const DOUBT: __keras::Option<__keras::Doubt> = __Facts::<__S>::DOUBT;
        const KEEPS: __keras::Keeps = __keras::Keeps::NOTHING;
        const INFER: __keras::Extent = __Trace::<__S>::INFER.total;
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
            let __table = const { &__Trace::<__S>::TABLE };
            let v0 = x[0usize];
            let v2 = y[0usize];
            <__keras::Call<
                __FactsSite0<__S>,
            > as __keras::LayerAt>::forward::<
                __F,
                __B,
                false,
                _,
                _,
            >(run, frame.nested::<false>(&__table.calls[0usize]), [v0], [v2]);
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
        ) {}
    }
    impl __keras::Variables for NetVariables {
        const NAMES: &'static [&'static str] = &[];
        fn declared() -> Self {
            NetVariables {}
        }
        fn get(&self, i: usize) -> f64 {
            match i {
                _ => f64::NAN,
            }
        }
        fn set(&mut self, i: usize, value: f64) {
            match i {
                _ => {}
            }
        }
    }
    impl __keras::Layer for Net {
        const NAME: &'static str = "Net";
        type At<__S: __keras::Site<Layer = Self>> = __Predict<__keras::Within<__S>>;
    }
    const __LEN0: usize = __Facts::<__Root>::V0.len();
    const __LEN1: usize = __Facts::<__Root>::V1.len();
    const __OUT0: usize = __Facts::<__Root>::V2.len();
    const __OUT_AT0: usize = __keras::output_at(
        <__Predict<__Root> as __keras::LayerAt>::OUTPUTS,
        0usize,
    );
    const __OUTPUTS: usize = __keras::outputs(
            <__Predict<__Root> as __keras::LayerAt>::OUTPUTS,
        )
        .total(1);
    const __ARENA: usize = __keras::arena::<__Predict<__Root>>();
    const __FREEZE: &'static __keras::infer::Freeze = __keras::infer::freeze_of::<
        __Predict<__Root>,
    >();
    const __FROZEN: usize = __FREEZE.len;
    impl __keras::infer::Root for __PredictBody<__Root> {
        const BEHIND: usize = __OUTPUTS;
        const X: &'static [__keras::Place] = &[__keras::Place::input(0usize, __LEN0)];
        const Y: &'static [__keras::Place] = &[__keras::Place::arena(__OUT_AT0, __OUT0)];
    }
    impl __keras::Net for Net {
        const INPUTS: &'static [__keras::Port] = &[
            __keras::Port {
                name: "x",
                shape: __keras::limited(
                    __Facts::<__Root>::V0,
                    __Facts::<__Root>::LIMITS[0usize],
                ),
            },
        ];
        const OUTPUTS: &'static [__keras::Port] = &[
            __keras::Port {
                name: "y",
                shape: __Facts::<__Root>::V2,
            },
        ];
        const TARGETS: &'static [__keras::Port] = &[
            __keras::Port {
                name: "t",
                shape: __keras::limited(
                    __Facts::<__Root>::V1,
                    __Facts::<__Root>::LIMITS[1usize],
                ),
            },
        ];
        const LOSSES: &'static [&'static str] = &["loss"];
        const METRICS: &'static [__keras::Metric] = &[];
        const VALUES: &'static [__keras::Port] = &[
            __keras::Port {
                name: "y",
                shape: __Facts::<__Root>::V2,
            },
        ];
        const ROWS: &'static [__keras::Row] = &[
            __keras::row::<
                __FactsSite0<__Root>,
            >(
                "dense",
                <<__FactsSite0<__Root> as __keras::Site>::Layer as __keras::Layer>::NAME,
                true,
                &[
                    __keras::Source {
                        name: "x",
                        line: 0usize,
                        output: 0usize,
                    },
                ],
            ),
        ];
        const SOURCES: &'static [&'static [__keras::Source]] = &[
            &[
                __keras::Source {
                    name: "y",
                    line: 1usize,
                    output: 0usize,
                },
            ],
        ];
        const DOUBTS: &'static [__keras::Option<__keras::Doubt>] = &[
            <<__FactsSite1<__Root> as __keras::Site>::At as __keras::LayerAt>::DOUBT,
        ];
        const UNTRAINED: &'static [bool] = &[false];
        const WEIGHTS: &'static __keras::Tree = __Facts::<__Root>::WEIGHTS;
        type Variables = NetVariables;
        type Call = __keras::Ports<__Predict<__Root>, 1usize, 1usize>;
        type Objective = __keras::Ports<__Objective<__Root>, 2usize, 1usize>;
        type Trace = __keras::Ports<__Trace<__Root>, 1usize, 1usize>;
        type Feed = __keras::One<__LEN0>;
        type Example<'a, F: __keras::Float> = &'a [F; __LEN0];
        type Arena<F: __keras::Float> = [F; __ARENA];
        type Inference<'a, F: __keras::Float> = &'a [F; __OUT0];
        __keras::if_std! {
            type Predicted < F : __keras::Float > = __keras::Batch < F, { __keras::rank(&
            __Facts:: < __Root > ::V2) } >; fn predicted < F : __keras::Float > (rows :
            usize, mut outputs : __keras::Vec < __keras::Vec < F >>,) -> Self::Predicted
            < F > { __keras::batch:: < Self, F, { __keras::rank(& __Facts:: < __Root >
            ::V2) }, 0usize > (rows, __keras::taken(& mut outputs, 0usize)) }
        }
        type Frozen = [f32; __FROZEN];
        #[inline(always)]
        fn run<'a, F: __keras::Float>(
            weights: __keras::Stored<'_, F>,
            x: Self::Example<'_, F>,
            arena: &'a mut Self::Arena<F>,
        ) -> Self::Inference<'a, F> {
            let inputs: [&[F]; 1usize] = [&x[..]];
            {
                __keras::infer::enter::<
                    __PredictBody<__Root>,
                    F,
                    __keras::infer::Whole,
                    1usize,
                >(weights, &inputs, &mut arena[..]);
            }
            let arena: &'a [F; __ARENA] = arena;
            __keras::array::<F, __OUT0, __OUT_AT0, __ARENA>(arena)
        }
        #[inline(always)]
        fn run_in_place<'a, F: __keras::Float, const LEN: usize>(
            weights: __keras::Stored<'_, F>,
            arena: &'a mut [F; LEN],
        ) -> Self::Inference<'a, F> {
            const {
                assert!(
                    LEN == Net::IN_PLACE,
                    "the arena of `infer_in_place` has `IN_PLACE` numbers"
                )
            };
            {
                __keras::infer::enter::<
                    __PredictBody<__Root>,
                    F,
                    __keras::infer::InPlace,
                    1usize,
                >(weights, &[], &mut arena[..]);
            }
            let arena: &'a [F; LEN] = arena;
            __keras::array::<F, __OUT0, __OUT_AT0, LEN>(arena)
        }
    }
    impl<
        F: __keras::Float,
        T0: __keras::RowOf<__LEN0>,
        T1: __keras::RowOf<__LEN1>,
    > __keras::Example<Net, F> for NetData<T0, T1> {
        fn put(&self, port: usize, out: &mut [F]) {
            const {
                <T0 as __keras::RowOf<__LEN0>>::CHECK;
                <T1 as __keras::RowOf<__LEN1>>::CHECK
            }
            match port {
                0usize => __keras::Numbers::put(&self.x, out),
                _ => __keras::Numbers::put(&self.t, out),
            }
        }
    }
    __keras::if_std! {
        impl < F : __keras::Float, T0 : __keras::Rows < F, __LEN0 >, T1 : __keras::Rows <
        F, __LEN1 > > __keras::Dataset < Net, F > for NetData < T0, T1 > { fn column(&
        self, port : usize) -> & dyn __keras::Column < F > { const { < T0 as
        __keras::Rows < F, __LEN0 > > ::CHECK; < T1 as __keras::Rows < F, __LEN1 > >
        ::CHECK } match port { 0usize => & self.x, _ => & self.t } } }
    }
    impl Net {
        /// How many numbers the weights have.
        pub const PARAMS: usize = __Facts::<__Root>::WEIGHTS.params();
        /// How many numbers `infer` needs for one example, its outputs included.
        pub const ARENA: usize = __ARENA;
        /// How many numbers the arena of `infer_in_place` has: the inputs lie in it, too, and make room when they were read.
        pub const IN_PLACE: usize = __OUTPUTS
            + __keras::infer::in_place::<__PredictBody<__Root>>();
        /// Where each input begins in that arena.
        pub const INPUT_AT: [usize; 1usize] = [
            __OUTPUTS + __keras::infer::input_at::<__PredictBody<__Root>>(0usize),
        ];
        /// The bytes of the arena of `infer` in `f32`: all of the RAM that an example takes, beside the input.
        pub const RAM: usize = 4 * __ARENA;
        /// The bytes of the weights of a frozen model.
        pub const FLASH: usize = 4 * __FROZEN;
        /// How many numbers the arena of a `board::Training` has.
        pub const TRAINING: usize = __keras::training::<Net>();
        /// How many products of two numbers `infer` adds up.
        pub const MACS: usize = __Predict::<__Root>::DRAFT.sums.macs;
        /// A bound on the bytes of stack that `infer` takes of a frozen model, on the boards that the library is measured on.
        pub const STACK: usize = __keras::infer::stack(
            __Predict::<__Root>::DRAFT.sums.stack,
        );
        /// The model with the weights of a safetensors file, for `infer`: in a `static`, they are read, checked and stored as
        /// the kernels want them while the program is compiled.
        ///
        /// ```text
        /// static NET: Frozen<Net> = Net::frozen(include_bytes!("net.safetensors"));
        /// ```
        ///
        /// # Panics
        /// Where the file does not hold exactly the weights of this model; in a `static`, that is a compile error.
        #[track_caller]
        pub const fn frozen(file: &[u8]) -> __keras::infer::Frozen<Net> {
            Net::freeze(&Net::weights(file))
        }
        /// The model with these weights, as they are trained, for `infer`: stored as the kernels want them.
        pub const fn freeze(
            weights: &[f32; Net::PARAMS],
        ) -> __keras::infer::Frozen<Net> {
            let tree = <Net as __keras::Net>::WEIGHTS;
            __keras::infer::Frozen::new(__keras::infer::frozen(tree, __FREEZE, weights))
        }
        /// The weights in a safetensors file, as they are trained: one after the other, in the order of the summary.
        ///
        /// # Panics
        /// Where the file does not hold exactly the weights of this model; in a constant, that is a compile error.
        #[track_caller]
        pub const fn weights(file: &[u8]) -> [f32; Net::PARAMS] {
            __keras::infer::read(file, <Net as __keras::Net>::WEIGHTS)
        }
        /// An arena for `infer`, zeroed.
        pub const fn arena() -> [f32; __ARENA] {
            [0.0; __ARENA]
        }
        __keras::if_std! {
            #[doc =
            r" The model with weights initialised from `seed`, in `f32` on the native backend."]
            pub fn new(seed : u64) -> __keras::Model < Net > { __keras::Model::init(seed)
            } #[doc =
            r" The memory of `infer` as a picture, time against address: SVG text, which `save` writes to a file."]
            pub fn plan() -> __keras::Picture { let (blocks, count) =
            __keras::infer::blocks:: < _, _, _, 6usize > (__Predict:: < __Root > ::DRAFT,
            < __Predict < __Root > as __keras::LayerAt > ::OUTPUTS,);
            __keras::Picture::new("Net", __ARENA, __Predict:: < __Root > ::DRAFT.script,
            & blocks[..count], (& ["", "", "y", "of mean_squared_error"], & ["y (Dense)",
            "mean_squared_error"]),) }
        }
    }
    const _: () = __keras::input(<__Root as __keras::Site>::INPUTS, 0usize).check([]);
    const _: () = __Facts::<__Root>::V0.check([]);
    const _: () = __Facts::<__Root>::V1.check([]);
    const _: () = __Facts::<__Root>::V2
        .check([__keras::Cause::new("x", __Facts::<__Root>::V0, ::core::line!())]);
    const _: () = __Facts::<__Root>::V3
        .check([
            __keras::Cause::new("t", __Facts::<__Root>::V1, ::core::line!()),
            __keras::Cause::new("y", __Facts::<__Root>::V2, ::core::line!()),
        ]);
    const _: () = __keras::one_loss(
            &__Facts::<__Root>::V3,
            !__Facts::<__Root>::WEIGHTS.is_trainable()
                || <<__FactsSite0<
                    __Root,
                > as __keras::Site>::At as __keras::LayerAt>::WEIGHTS
                    .is_trainable()
                || <<__FactsSite1<
                    __Root,
                > as __keras::Site>::At as __keras::LayerAt>::WEIGHTS
                    .is_trainable(),
        )
        .check([]);
};
const _: () = {
    use ::keras_core::__private as __keras;
    const _: () = __keras::warning::Loss::<
        { __keras::Doubt::ExpectsLogits.is(<Net as __keras::Net>::DOUBTS[0usize]) },
    >::expects_logits;
    const _: () = __keras::warning::Loss::<
        {
            __keras::Doubt::ExpectsProbabilities
                .is(<Net as __keras::Net>::DOUBTS[0usize])
        },
    >::expects_probabilities;
    const _: () = __keras::warning::Output::<
        { <Net as __keras::Net>::UNTRAINED[0usize] },
    >::is_never_trained;
};
fn main() {}
