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
impl ::keras_core::net::Variables for NetVariables {
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
#[allow(warnings, clippy::all, clippy::pedantic, missing_docs)]
const _: () = {
    use ::keras_core::__private as __keras;
    #[doc(hidden)]
    pub struct __Facts<__S: __keras::Site<Layer = Net>>(
        ::core::marker::PhantomData<fn() -> (__S,)>,
    );
    impl<__S: __keras::Site<Layer = Net>> __Facts<__S> {
        const V0: __keras::Inferred = __keras::bind(
                "`x`",
                &__keras::input(<__S as __keras::Site>::INPUTS, 0usize),
                __keras::Option::Some(__keras::Dtype::Float),
                &[__keras::Pattern::Size({ __keras::Dim::of((4) as usize) })],
            )
            .at("");
        const V1: __keras::Inferred = __keras::Inferred::shape(
                &[{ __keras::Dim::of((3) as usize) }],
            )
            .of("`t`")
            .at("");
        const V2: __keras::Inferred = __keras::output(
                "Dense",
                <__keras::AtOf<__FactsSite0<__S>> as __keras::LayerAt>::OUTPUTS,
                0usize,
                1usize,
            )
            .at("");
        const V3: __keras::Inferred = __keras::output(
                "mean_squared_error",
                <__keras::AtOf<__FactsSite1<__S>> as __keras::LayerAt>::OUTPUTS,
                0usize,
                1usize,
            )
            .at("");
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
        const WEIGHTS: &'static __keras::Tree = &__keras::Tree {
            own: __keras::NoBuild::OWN,
            nested: &[
                (
                    "dense",
                    <__keras::AtOf<__FactsSite0<__S>> as __keras::LayerAt>::WEIGHTS,
                ),
                (
                    "mean_squared_error",
                    <__keras::AtOf<__FactsSite1<__S>> as __keras::LayerAt>::WEIGHTS,
                ),
            ],
        };
        const LIMITS: [usize; __keras::MAX_PORTS] = __keras::limits(
            &[
                &[
                    <__keras::AtOf<
                        __FactsSite0<__S>,
                    > as __keras::LayerAt>::LIMITS[0usize],
                ],
                &[<__keras::AtOf<__FactsSite1<__S>> as __keras::LayerAt>::LIMITS[0usize]],
            ],
        );
        const DOUBT: __keras::Option<__keras::Doubt> = __keras::Doubt::first(
            &[
                <__keras::AtOf<__FactsSite0<__S>> as __keras::LayerAt>::DOUBT,
                <__keras::AtOf<__FactsSite1<__S>> as __keras::LayerAt>::DOUBT,
            ],
        );
        const SIZES: [__keras::Size; 4usize] = __keras::sizes([
            __Facts::<__S>::V0,
            __Facts::<__S>::V1,
            __Facts::<__S>::V2,
            __Facts::<__S>::V3,
        ]);
        const INFERS: [__keras::Extent; 2usize] = [
            <__keras::AtOf<__FactsSite0<__S>> as __keras::LayerAt>::INFER,
            <__keras::AtOf<__FactsSite1<__S>> as __keras::LayerAt>::INFER,
        ];
        const NEEDS: [__keras::Needs; 2usize] = [
            __keras::Needs::of::<__keras::AtOf<__FactsSite0<__S>>>(),
            __keras::Needs::of::<__keras::AtOf<__FactsSite1<__S>>>(),
        ];
        const OFFSETS: [usize; 2usize] = __keras::offsets(
            __Facts::<__S>::WEIGHTS,
            &[(0usize, 0usize), (1usize, 1usize)],
        );
    }
    struct __FactsSite0<__S: __keras::Site<Layer = Net>>(
        ::core::marker::PhantomData<fn() -> (__S,)>,
    );
    impl<__S: __keras::Site<Layer = Net>> __keras::Site for __FactsSite0<__S> {
        type Layer = Dense;
        const LAYER: &'static <Self as __keras::Site>::Layer = &(<Self::Layer>::new(3));
        const INPUTS: &'static [__keras::Inferred] = match <__S as __keras::Site>::INPUTS {
            _ => &[__Facts::<__S>::V0],
        };
    }
    struct __FactsSite1<__S: __keras::Site<Layer = Net>>(
        ::core::marker::PhantomData<fn() -> (__S,)>,
    );
    impl<__S: __keras::Site<Layer = Net>> __keras::Site for __FactsSite1<__S> {
        type Layer = mean_squared_error;
        const LAYER: &'static <Self as __keras::Site>::Layer = &<Self::Layer>::new();
        const INPUTS: &'static [__keras::Inferred] = match <__S as __keras::Site>::INPUTS {
            _ => &[__Facts::<__S>::V1, __Facts::<__S>::V2],
        };
    }
    #[doc(hidden)]
    pub struct __Root;
    impl __keras::Site for __Root {
        type Layer = Net;
        const LAYER: &'static Net = &Net;
        const INPUTS: &'static [__keras::Inferred] = &[
            __keras::Inferred::shape(&[{ __keras::Dim::of((4) as usize) }]).of("`x`"),
        ];
    }
    #[doc(hidden)]
    pub struct __Predict<__S: __keras::Site<Layer = Net>>(
        ::core::marker::PhantomData<fn() -> (__S,)>,
    );
    impl<__S: __keras::Site<Layer = Net>> __Predict<__S> {
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
                &__Facts::<__S>::SIZES,
                &__Predict::<__S>::KEPT,
                &__Facts::<__S>::NEEDS,
            );
        const LIVES: __keras::Lives<1usize> = [(4usize, 1usize, 1usize)];
        const INFER: __keras::Plan<1usize> = __keras::infer(
            &__Facts::<__S>::SIZES,
            &__Facts::<__S>::INFERS,
            &__Predict::<__S>::LIVES,
        );
        const TRAIN: __keras::Plan<1usize> = __keras::train(
            &__Facts::<__S>::SIZES,
            &__Predict::<__S>::KEPT,
            &__Facts::<__S>::NEEDS,
            &__Predict::<__S>::LIVES,
        );
        const BACK_LIVES: __keras::Lives<1usize> = [(4usize, 1usize, 1usize)];
        const BACK: __keras::Plan<1usize> = __keras::back(
            &__Facts::<__S>::SIZES,
            &__Facts::<__S>::NEEDS,
            &__Predict::<__S>::BACK_LIVES,
        );
        const TABLE: __keras::Table<4usize, 2usize> = __keras::Table::new(
                &__Facts::<__S>::SIZES,
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
    impl<__S: __keras::Site<Layer = Net>> __keras::LayerAt for __Predict<__S> {
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
            <__keras::AtOf<
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
            <__keras::AtOf<
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
    pub struct __Objective<__S: __keras::Site<Layer = Net>>(
        ::core::marker::PhantomData<fn() -> (__S,)>,
    );
    impl<__S: __keras::Site<Layer = Net>> __Objective<__S> {
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
                &__Facts::<__S>::SIZES,
                &__Objective::<__S>::KEPT,
                &__Facts::<__S>::NEEDS,
            );
        const LIVES: __keras::Lives<3usize> = [
            (2usize, 1usize, 2usize),
            (4usize, 1usize, 1usize),
            (5usize, 2usize, 2usize),
        ];
        const INFER: __keras::Plan<3usize> = __keras::infer(
            &__Facts::<__S>::SIZES,
            &__Facts::<__S>::INFERS,
            &__Objective::<__S>::LIVES,
        );
        const TRAIN: __keras::Plan<3usize> = __keras::train(
            &__Facts::<__S>::SIZES,
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
            &__Facts::<__S>::SIZES,
            &__Facts::<__S>::NEEDS,
            &__Objective::<__S>::BACK_LIVES,
        );
        const TABLE: __keras::Table<4usize, 2usize> = __keras::Table::new(
                &__Facts::<__S>::SIZES,
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
    impl<__S: __keras::Site<Layer = Net>> __keras::LayerAt for __Objective<__S> {
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
            let v2 = run.spot::<__TRAIN>(frame, &__table.values[2usize]);
            let v3 = y[0usize];
            <__keras::AtOf<
                __FactsSite0<__S>,
            > as __keras::LayerAt>::forward::<
                __F,
                __B,
                __TRAIN,
                _,
                _,
            >(run, frame.nested::<__TRAIN>(&__table.calls[0usize]), [v0], [v2]);
            <__keras::AtOf<
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
            let v2 = run.kept(frame, &__table.values[2usize]);
            let d2 = run.cotangent(frame, &__table.values[2usize]);
            let v3 = y[0usize];
            let d3 = dy[0usize];
            <__keras::AtOf<
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
            <__keras::AtOf<
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
    pub struct __Trace<__S: __keras::Site<Layer = Net>>(
        ::core::marker::PhantomData<fn() -> (__S,)>,
    );
    impl<__S: __keras::Site<Layer = Net>> __Trace<__S> {
        const LIVES: __keras::Lives<1usize> = [(4usize, 1usize, 1usize)];
        const INFER: __keras::Plan<1usize> = __keras::infer(
            &__Facts::<__S>::SIZES,
            &__Facts::<__S>::INFERS,
            &__Trace::<__S>::LIVES,
        );
        const TABLE: __keras::Table<4usize, 2usize> = __keras::Table::new(
                &__Facts::<__S>::SIZES,
                &__Facts::<__S>::OFFSETS,
            )
            .infer(&__Trace::<__S>::INFER, &__Trace::<__S>::LIVES);
    }
    impl<__S: __keras::Site<Layer = Net>> __keras::LayerAt for __Trace<__S> {
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
            <__keras::AtOf<
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
    impl __keras::Layer for Net {
        const NAME: &'static str = "Net";
        type At<__S: __keras::Site<Layer = Self>> = __Predict<__S>;
    }
    const __LEN0: usize = __Facts::<__Root>::V0.len();
    const __LEN1: usize = __Facts::<__Root>::V1.len();
    const __OUT0: usize = __Facts::<__Root>::V2.len();
    const __EXTENT: __keras::Extent = __keras::outputs(
            <__Predict<__Root> as __keras::LayerAt>::OUTPUTS,
        )
        .and(<__Predict<__Root> as __keras::LayerAt>::INFER);
    const __ARENA: usize = __EXTENT.total(1);
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
            __keras::Row {
                name: "dense",
                kind: <<__FactsSite0<
                    __Root,
                > as __keras::Site>::Layer as __keras::Layer>::NAME,
                outputs: <__keras::AtOf<
                    __FactsSite0<__Root>,
                > as __keras::LayerAt>::OUTPUTS,
                params: if true {
                    <__keras::AtOf<__FactsSite0<__Root>> as __keras::LayerAt>::WEIGHTS
                        .params()
                } else {
                    0
                },
                inputs: &[
                    __keras::Source {
                        name: "x",
                        line: 0usize,
                        output: 0usize,
                    },
                ],
            },
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
            <__keras::AtOf<__FactsSite1<__Root>> as __keras::LayerAt>::DOUBT,
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
            < F > { __keras::batch:: < F, { __keras::rank(& __Facts:: < __Root > ::V2) }
            > (rows, & __Facts:: < __Root > ::V2, __keras::taken(& mut outputs, 0usize))
            }
        }
        #[inline(always)]
        fn infer<'a, F: __keras::Float, B: __keras::Backend>(
            weights: &[F],
            x: Self::Example<'_, F>,
            arena: &'a mut Self::Arena<F>,
        ) -> Self::Inference<'a, F> {
            let inputs: [&[F]; 1usize] = [&x[..]];
            {
                let mut run = __keras::Run::new(
                    &mut arena[..],
                    __EXTENT,
                    1,
                    weights,
                    &mut [],
                    &inputs,
                );
                let y = [
                    run
                        .place(
                            &<__Predict<__Root> as __keras::LayerAt>::OUTPUTS[0usize],
                            const {
                                __keras::output_at(
                                    <__Predict<__Root> as __keras::LayerAt>::OUTPUTS,
                                    0usize,
                                )
                            },
                        ),
                ];
                <__Predict<
                    __Root,
                > as __keras::LayerAt>::forward::<
                    F,
                    B,
                    false,
                    1usize,
                    1usize,
                >(
                    &mut run,
                    const {
                        __keras::Frame::root(
                            __keras::outputs(
                                <__Predict<__Root> as __keras::LayerAt>::OUTPUTS,
                            ),
                        )
                    },
                    [__keras::Place::input(0usize, __LEN0)],
                    y,
                );
            }
            let arena: &'a [F; __ARENA] = arena;
            __keras::array::<
                F,
                __OUT0,
            >(
                &arena[const {
                    __keras::output_offset(
                        <__Predict<__Root> as __keras::LayerAt>::OUTPUTS,
                        0usize,
                        __EXTENT,
                    )
                }..],
            )
        }
    }
    __keras::if_std! {
        impl < F : __keras::Float, T0 : __keras::Rows < F, __LEN0 >, T1 : __keras::Rows <
        F, __LEN1 > > __keras::Dataset < Net, F > for NetData < T0, T1 > { fn column(&
        self, port : usize) -> & dyn __keras::Column < F > { const { < T0 as
        __keras::Rows < F, __LEN0 > > ::CHECK; < T1 as __keras::Rows < F, __LEN1 > >
        ::CHECK } match port { 0usize => & self.x, _ => & self.t } } } impl < F :
        __keras::Float, T0 : __keras::RowOf < __LEN0 >, T1 : __keras::RowOf < __LEN1 > >
        __keras::Example < Net, F > for NetData < T0, T1 > { fn put(& self, port : usize,
        out : & mut [F]) { const { < T0 as __keras::RowOf < __LEN0 > > ::CHECK; < T1 as
        __keras::RowOf < __LEN1 > > ::CHECK } match port { 0usize =>
        __keras::Numbers::put(& self.x, out), _ => __keras::Numbers::put(& self.t, out) }
        } }
    }
    impl Net {
        /// How many numbers the weights have.
        pub const PARAMS: usize = __Facts::<__Root>::WEIGHTS.params();
        /// How many numbers `infer` needs for one example, its outputs included.
        pub const ARENA: usize = __ARENA;
        /// An arena for `infer`, zeroed.
        pub const fn arena() -> [f32; __ARENA] {
            [0.0; __ARENA]
        }
        __keras::if_std! {
            #[doc =
            r" The model with weights initialised from `seed`, in `f32` on the native backend."]
            pub fn new(seed : u64) -> __keras::Model < Net > { __keras::Model::init(seed)
            }
        }
    }
    const _: () = __keras::Inferred::shape(&[{ __keras::Dim::of((4) as usize) }])
        .of("`x`")
        .check(&[]);
    const _: () = __Facts::<__Root>::V0.check(&[]);
    const _: () = __Facts::<__Root>::V1.check(&[]);
    const _: () = __Facts::<__Root>::V2
        .check(&[__keras::Cause::new("x", &__Facts::<__Root>::V0, ::core::line!())]);
    const _: () = __Facts::<__Root>::V3
        .check(
            &[
                __keras::Cause::new("t", &__Facts::<__Root>::V1, ::core::line!()),
                __keras::Cause::new("y", &__Facts::<__Root>::V2, ::core::line!()),
            ],
        );
    const _: () = __keras::one_loss(
            &__Facts::<__Root>::V3,
            !__Facts::<__Root>::WEIGHTS.is_trainable()
                || <__keras::AtOf<__FactsSite0<__Root>> as __keras::LayerAt>::WEIGHTS
                    .is_trainable()
                || <__keras::AtOf<__FactsSite1<__Root>> as __keras::LayerAt>::WEIGHTS
                    .is_trainable(),
        )
        .check(&[]);
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
