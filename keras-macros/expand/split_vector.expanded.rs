//! A layer with two outputs.
use keras_core::prelude::*;
#[allow(path_statements, unused_must_use, non_snake_case, missing_docs)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
const _: () = {
    use ::keras_core::__private::names as __names;
    #[allow(dead_code)]
    fn call(x: __names::Value) {
        #[allow(unused_variables)]
        let n = 0_usize;
        &x;
        &n;
        &x;
        &n;
        &n;
        &n;
        &n;
    }
};
#[allow(non_camel_case_types)]
pub struct split_vector {}
impl split_vector {
    ///The layer `split_vector` with its constants.
    #[allow(clippy::new_without_default, clippy::too_many_arguments)]
    pub const fn new() -> Self {
        split_vector {}
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
    pub struct __Build<__O: __keras::Site<Layer = split_vector>>(
        ::core::marker::PhantomData<fn() -> (__O,)>,
    );
    impl<__O: __keras::Site<Layer = split_vector>> __Build<__O> {
        const OWN: &'static [__keras::WeightSpec] = &[];
        const ERROR: __keras::Inferred = __keras::first_error(&[]);
    }
    #[doc(hidden)]
    pub struct __Call<
        __S: __keras::Site<Layer = split_vector>,
        __O: __keras::Site<Layer = split_vector>,
    >(
        ::core::marker::PhantomData<fn() -> (__S, __O)>,
    );
    impl<
        __S: __keras::Site<Layer = split_vector>,
        __O: __keras::Site<Layer = split_vector>,
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
        const V1: __keras::Inferred = __keras::read_shape(
                &__Call::<__S, __O>::SLICE1,
                __Call::<__S, __O>::INDEX1,
                __Call::<__S, __O>::V0,
            )
            .at(__keras::here!());
        const V2: __keras::Inferred = __keras::read_shape(
                &__Call::<__S, __O>::SLICE2,
                __Call::<__S, __O>::INDEX2,
                __Call::<__S, __O>::V0,
            )
            .at(__keras::here!());
        const CHECK0: __keras::Inferred = __keras::bind(
                "output 0",
                &__Call::<__S, __O>::V1,
                __keras::Option::Some(__keras::Dtype::Float),
                &[
                    __keras::Pattern::Size(
                        { __Call::<__S, __O>::D0_n.div(__keras::Dim::of((2) as usize)) }
                            .named("n / 2"),
                    ),
                ],
            )
            .at(__keras::here!());
        const CHECK1: __keras::Inferred = __keras::bind(
                "output 1",
                &__Call::<__S, __O>::V2,
                __keras::Option::Some(__keras::Dtype::Float),
                &[
                    __keras::Pattern::Size(
                        {
                            __Call::<__S, __O>::D0_n
                                .sub(
                                    __Call::<__S, __O>::D0_n.div(__keras::Dim::of((2) as usize)),
                                )
                        }
                            .named("n - n / 2"),
                    ),
                ],
            )
            .at(__keras::here!());
        const INDEX1: &'static [__keras::Dim] = &[];
        const SLICE1: __keras::ops::slice = __keras::ops::slice::new()
            .range(
                ::core::option::Option::None,
                ::core::option::Option::Some({
                    __Call::<__S, __O>::D0_n.div(__keras::Dim::of((2) as usize))
                }),
                1,
            );
        const INDEX2: &'static [__keras::Dim] = &[];
        const SLICE2: __keras::ops::slice = __keras::ops::slice::new()
            .range(
                ::core::option::Option::Some({
                    __Call::<__S, __O>::D0_n.div(__keras::Dim::of((2) as usize))
                }),
                ::core::option::Option::None,
                1,
            );
        const ERROR: __keras::Inferred = __keras::first_error(
            &[
                __keras::arity_of(<__S as __keras::Site>::INPUTS, 1usize, 1usize),
                __Build::<__O>::ERROR,
                __Call::<__S, __O>::V0,
                __Call::<__S, __O>::V1,
                __Call::<__S, __O>::V2,
                __Call::<__S, __O>::CHECK0,
                __Call::<__S, __O>::CHECK1,
            ],
        );
        const WEIGHTS: &'static __keras::Tree = &__keras::Tree {
            own: __Build::<__O>::OWN,
            nested: &[],
            params: __keras::own_offset(__Build::<__O>::OWN, usize::MAX),
        };
        const LIMITS: [usize; __keras::MAX_PORTS] = __keras::limits(&[&[]]);
        const DOUBT: __keras::Option<__keras::Doubt> = __keras::Doubt::first(&[]);
        const SIZES: &'static [__keras::Size; 3usize] = &__keras::sizes([
            __Call::<__S, __O>::V0,
            __Call::<__S, __O>::V1,
            __Call::<__S, __O>::V2,
        ]);
        const INFERS: [__keras::Extent; 0usize] = [];
        const NEEDS: [__keras::Needs; 0usize] = [];
        const OFFSETS: [usize; 0usize] = __keras::offsets(&__keras::Tree::NONE, &[]);
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
                act: __keras::infer::Act::Compute,
                time: 2usize,
                region: 0usize,
                call: __keras::Option::None,
                inputs: &[0usize],
                outputs: &[2usize],
            },
        ],
        spans: &[],
        inputs: &[0usize],
        outputs: &[1usize, 2usize],
        given: &[],
        gives: &[],
        layers: &[],
        is_affine: false,
    };
    impl<
        __S: __keras::Site<Layer = split_vector>,
        __O: __keras::Site<Layer = split_vector>,
    > __Call<__S, __O> {
        const DRAFT: &'static __keras::infer::Draft<3usize, 0usize, 2usize> = &__keras::infer::draft(
            &__CallScript,
            (
                __Call::<__S, __O>::SIZES,
                [
                    __keras::infer::Home::Input(0usize),
                    __keras::infer::Home::Output(0usize),
                    __keras::infer::Home::Output(1usize),
                ],
            ),
            [
                __keras::infer::Moment {
                    active: true,
                    offer: __keras::infer::Inference::OPAQUE,
                },
                __keras::infer::Moment {
                    active: true,
                    offer: __keras::infer::Inference::OPAQUE,
                },
            ],
            [],
            [],
            __Build::<__O>::OWN,
        );
        const LAID: &'static __keras::infer::Laid<3usize, 0usize> = &__keras::infer::lay::<
            3usize,
            0usize,
            2usize,
            3usize,
        >(__Call::<__S, __O>::DRAFT, __keras::infer::Way::Whole);
        const LAID_BY_TILES: &'static __keras::infer::Laid<3usize, 0usize> = &__keras::infer::lay::<
            3usize,
            0usize,
            2usize,
            3usize,
        >(__Call::<__S, __O>::DRAFT, __keras::infer::Way::ByTiles);
        const LAID_IN_PLACE: &'static __keras::infer::Laid<3usize, 0usize> = &__keras::infer::lay::<
            3usize,
            0usize,
            2usize,
            3usize,
        >(__Call::<__S, __O>::DRAFT, __keras::infer::Way::InPlace);
        const NESTED: &'static ([__keras::infer::Nested; 0usize], usize) = &__keras::infer::nest(
            __Call::<__S, __O>::DRAFT,
            &__keras::Tree::NONE,
            [],
        );
    }
    struct __CallBody<
        __S: __keras::Site<Layer = split_vector>,
        __O: __keras::Site<Layer = split_vector>,
    >(
        ::core::marker::PhantomData<fn() -> (__S, __O)>,
    );
    impl<
        __S: __keras::Site<Layer = split_vector>,
        __O: __keras::Site<Layer = split_vector>,
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
            __keras::ops::slice_read(
                run,
                &__Call::<__S, __O>::SLICE1,
                __keras::index([]),
                (&__Call::<__S, __O>::V0, &__Call::<__S, __O>::V1),
                cx.place(__keras::infer::Here::<__C, 0usize>::SPOT),
                cx.place(__keras::infer::Here::<__C, 1usize>::SPOT),
            );
            __keras::ops::slice_read(
                run,
                &__Call::<__S, __O>::SLICE2,
                __keras::index([]),
                (&__Call::<__S, __O>::V0, &__Call::<__S, __O>::V2),
                cx.place(__keras::infer::Here::<__C, 0usize>::SPOT),
                cx.place(__keras::infer::Here::<__C, 2usize>::SPOT),
            );
            if const { <__C::Asked as __keras::infer::Asked<__C::Body>>::STORED } {}
        }
    }
    impl<
        __S: __keras::Site<Layer = split_vector>,
        __O: __keras::Site<Layer = split_vector>,
    > __keras::infer::Tiles<0usize> for __CallBody<__S, __O> {
        type Maker = __keras::infer::Never;
    }
    impl<
        __S: __keras::Site<Layer = split_vector>,
        __O: __keras::Site<Layer = split_vector>,
    > __keras::infer::Tiles<1usize> for __CallBody<__S, __O> {
        type Maker = __keras::infer::Never;
    }
    impl<
        __S: __keras::Site<Layer = split_vector>,
        __O: __keras::Site<Layer = split_vector>,
    > __keras::infer::Tiles<2usize> for __CallBody<__S, __O> {
        type Maker = __keras::infer::Never;
    }
    impl<
        __S: __keras::Site<Layer = split_vector>,
        __O: __keras::Site<Layer = split_vector>,
    > __Call<__S, __O> {
        const KEPT: [bool; 3usize] = __keras::kept(
            &__Call::<__S, __O>::NEEDS,
            &[],
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
        const TABLE: __keras::Table<3usize, 0usize> = __keras::Table::new(
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
        __S: __keras::Site<Layer = split_vector>,
        __O: __keras::Site<Layer = split_vector>,
    > __keras::LayerAt for __Call<__S, __O> {
        const OUTPUTS: &'static [__keras::Inferred] = &[
            __keras::result(&__Call::<__S, __O>::ERROR, &__Call::<__S, __O>::V1, 0usize),
            __keras::result(&__Call::<__S, __O>::ERROR, &__Call::<__S, __O>::V2, 1usize),
        ];
        const WEIGHTS: &'static __keras::Tree = __Call::<__S, __O>::WEIGHTS;
        const LIMITS: [usize; __keras::MAX_PORTS] = __Call::<__S, __O>::LIMITS;
        const DOUBT: __keras::Option<__keras::Doubt> = __Call::<__S, __O>::DOUBT;
        const KEEPS: __keras::Keeps = __keras::keeps(
            &__Call::<__S, __O>::KEPT,
            &[0usize],
            &[(0usize, 1usize), (1usize, 2usize)],
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
            let v1 = y[0usize];
            let v2 = y[1usize];
            __keras::ops::slice_read(
                run,
                &__Call::<__S, __O>::SLICE1,
                __keras::index([]),
                (&__Call::<__S, __O>::V0, &__Call::<__S, __O>::V1),
                v0,
                v1,
            );
            __keras::ops::slice_read(
                run,
                &__Call::<__S, __O>::SLICE2,
                __keras::index([]),
                (&__Call::<__S, __O>::V0, &__Call::<__S, __O>::V2),
                v0,
                v2,
            );
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
            let v1 = y[0usize];
            let v2 = y[1usize];
            let d1 = dy[0usize];
            let d2 = dy[1usize];
            __keras::ops::slice_read_vjp(
                run,
                &__Call::<__S, __O>::SLICE2,
                __keras::index([]),
                (&__Call::<__S, __O>::V0, &__Call::<__S, __O>::V2),
                d2,
                d0,
            );
            __keras::ops::slice_read_vjp(
                run,
                &__Call::<__S, __O>::SLICE1,
                __keras::index([]),
                (&__Call::<__S, __O>::V0, &__Call::<__S, __O>::V1),
                d1,
                d0.adding(true),
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
    }
    impl __keras::Layer for split_vector {
        const NAME: &'static str = "split_vector";
        const TOTAL: bool = true;
        type At<__S: __keras::Site<Layer = Self>> = __Call<__S, __S>;
    }
};
fn main() {}
