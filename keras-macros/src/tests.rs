//! The compiler's stages on small bodies, without rustc.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Expr, parse_quote};

use crate::adjoint::{self, Step};
use crate::diag::Errors;
use crate::emit::layer::whole;
use crate::graph::constant::{mentions, number, substitute};
use crate::graph::fuse::Pass;
use crate::graph::layer::LayerGraph;
use crate::graph::{Def, Graph, Value};
use crate::syntax::pattern::{Declared, Element};
use crate::{graph, syntax};

/// A function layer, understood.
fn layer(function: TokenStream) -> LayerGraph {
    let mut errors = Errors::default();
    let item = syn::parse2(function).unwrap();
    let (written, _) = syntax::layer::from_fn(&item, &mut errors).unwrap();
    let graph = graph::layer::lower(&written, &mut errors);
    errors.finish(graph).unwrap_or_else(|error| panic!("{error}"))
}

/// What a model's mistakes are told as.
fn mistakes(model: TokenStream) -> Vec<String> {
    let mut errors = Errors::default();
    if let Some(written) = syntax::model::parse(model, &mut errors) {
        graph::model::lower(&written, &mut errors);
    }
    let told = errors.finish(()).err();
    told.into_iter().flatten().map(|error| error.to_string()).collect()
}

/// The functions of each group, in the order they are computed.
fn groups(graph: &Graph) -> Vec<Vec<&'static str>> {
    let pass = whole(graph);
    let name = |node: &Value| match &graph.values[*node].def {
        Def::Elementwise { row, .. } => row.name,
        _ => unreachable!("a group is made of elementwise values"),
    };
    pass.groups.values().map(|group| group.nodes.iter().map(name).collect()).collect()
}

#[test]
fn a_chain_of_elementwise_functions_is_one_group() {
    let layer = layer(quote! {
        fn f(a: Tensor![..s], b: Tensor![..s]) -> Tensor![..s] {
            let gate = sigmoid(a);
            gate * tanh(b) + (1.0 - gate)
        }
    });
    assert_eq!(groups(&layer.call.graph), [["sigmoid", "tanh", "*", "-", "+"]]);
}

#[test]
fn a_body_with_one_name_has_no_check_at_its_definition() {
    let checked =
        |function| !crate::emit::definition::definitions(&layer(function), &None).is_empty();
    assert!(!checked(quote!(
        fn f(x: Tensor![..s, n]) -> Tensor![..s, n / 2] {
            x[s![.., ..n / 2]]
        }
    )));
    assert!(checked(quote!(
        fn f(x: Tensor![..s, n], k: usize) -> Tensor![..s, k] {
            dot(x, zeros([n, k]))
        }
    )));
    assert!(!checked(quote!(
        fn f(x: Tensor![a, b, c, d, e]) -> Tensor![a, b, c, d, e] {
            x
        }
    )));
}

#[test]
fn what_an_op_reads_ends_a_group() {
    let layer = layer(quote! {
        fn f(x: Tensor![..s]) -> Tensor![..s] {
            let y = exp(x);
            y / sum(y)
        }
    });
    assert_eq!(groups(&layer.call.graph), [["exp"], ["/"]]);
}

#[test]
fn what_nobody_asks_for_is_not_computed() {
    let layer = layer(quote! {
        fn f(x: Tensor![..s]) -> (Tensor![..s], Tensor![..s]) {
            (exp(x), tanh(x))
        }
    });
    let graph = &layer.call.graph;
    let first = Pass::new(graph, graph.inputs.clone(), vec![graph.outputs[0]]);
    assert_eq!(first.groups.len(), 1);
    assert_eq!(whole(graph).groups.len(), 2);
}

#[test]
fn an_unused_output_has_no_cotangent() {
    let layer = layer(quote! {
        fn f(x: Tensor![n]) -> Tensor![n / 2] {
            let (a, _b) = split(x, 2);
            a
        }
    });
    let pass = whole(&layer.call.graph);
    let adjoint = adjoint::reverse(&pass);
    let [Step::Call { dy, dx, .. }] = &adjoint.steps[..] else { panic!("one call") };
    assert!(matches!(dy[..], [Some(_), None]), "{dy:?}");
    assert!(matches!(dx[..], [target] if !target.add), "{dx:?}");
}

#[test]
fn a_value_with_two_readers_gets_the_sum() {
    let layer = layer(quote! {
        fn f(x: Tensor![n]) -> Tensor![] {
            sum(x) + mean(x)
        }
    });
    let pass = whole(&layer.call.graph);
    let adjoint = adjoint::reverse(&pass);
    let adds: Vec<bool> = adjoint
        .steps
        .iter()
        .filter_map(|step| match step {
            Step::Call { dx, .. } => Some(dx[0].add),
            _ => None,
        })
        .collect();
    assert_eq!(adds, [false, true]);
}

#[test]
fn an_input_that_nobody_reads_is_cleared() {
    let layer = layer(quote! {
        fn f(x: Tensor![n], y: Tensor![n]) -> Tensor![n] {
            exp(x)
        }
    });
    let unread = layer.call.graph.inputs[1];
    let pass = whole(&layer.call.graph);
    let steps = adjoint::reverse(&pass).steps;
    assert!(matches!(steps[..], [Step::Group { .. }, Step::Clear(value)] if value == unread));
}

#[test]
fn constants_keep_their_meaning_when_names_are_replaced() {
    let expr: Expr = parse_quote!(2 * n - half(n));
    let with = [("n".to_string(), parse_quote!(a + 1))].into();
    let replaced = substitute(&expr, &with);
    let expected: Expr = parse_quote!(2 * (a + 1) - half((a + 1)));
    assert_eq!(replaced.to_token_stream().to_string(), expected.to_token_stream().to_string());
    assert!(mentions(&replaced, &|name| name == "a") && !mentions(&replaced, &|name| name == "n"));
    assert_eq!(number(&parse_quote!(-(2.5))), Some(-2.5));
    assert_eq!(number(&expr), None);
}

#[test]
fn declarations_are_read() {
    let declared = |ty| Declared::of(&ty, true).unwrap();
    let tensor = declared(parse_quote!(Tensor![n, ..s, n / 2]));
    assert!(matches!(tensor.axes(), [Element::Name(_), Element::Rest(Some(_)), Element::Size(_)]));
    let index = declared(parse_quote!(Index![vocab; t]));
    assert!(matches!(&index, Declared::Int { range: Some(_), axes } if axes.0.len() == 1));
    let label = declared(parse_quote!(Label));
    assert!(matches!(&label, Declared::Int { range: None, axes } if axes.0.is_empty()));
    assert!(matches!(declared(parse_quote!(f32)), Declared::Scalar));
    assert!(matches!(declared(parse_quote!(Activation)), Declared::Config(_)));
    assert!(Declared::of(&parse_quote!(Matrix![2, 2]), true).is_err());
}

#[test]
fn a_mistake_in_a_line_hides_none_in_another() {
    let told = mistakes(quote! {
        struct Net {
            input x [10];
            input z: [4];
            let (a, b) = tanh(z);
            output y = a + z.abs();
        }
    });
    assert_eq!(told.len(), 3, "{told:#?}");
    assert_eq!(told[1], "2 names for one value");
}
