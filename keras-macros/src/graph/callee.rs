//! Which layer is called: the types of layer expressions, and the names of their weights.

use syn::{Expr, Type, parse_quote};

pub fn unwrap(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(inner) => unwrap(&inner.expr),
        Expr::Group(inner) => unwrap(&inner.expr),
        other => other,
    }
}

/// `Dense::new`: a function of a type.
pub fn is_constructor(path: &syn::Path) -> bool {
    let upper = |s: &syn::PathSegment| s.ident.to_string().starts_with(|c: char| c.is_uppercase());
    let count = path.segments.len();
    upper(&path.segments[count - 1]) || (count >= 2 && upper(&path.segments[count - 2]))
}

/// The type of a layer expression: what stands before `::new`, with the types of the layers given to the constructor.
pub fn layer_type(expr: &Expr) -> Option<Type> {
    match unwrap(expr) {
        Expr::MethodCall(call) => layer_type(&call.receiver),
        Expr::Struct(item) => {
            let path = &item.path;
            Some(parse_quote!(#path))
        }
        Expr::Path(item) => {
            let upper = |s: &syn::PathSegment| s.ident.to_string().starts_with(char::is_uppercase);
            let mut path = item.path.clone();
            if !upper(path.segments.last()?) {
                return None;
            }
            // `Activation::Softmax` is an `Activation`: a variant or a constant of a type.
            if path.segments.len() > 1 && upper(&path.segments[path.segments.len() - 2]) {
                path.segments.pop();
                path.segments.pop_punct();
            }
            Some(parse_quote!(#path))
        }
        Expr::Call(call) => {
            let Expr::Path(func) = &*call.func else { return None };
            if func.path.segments.len() < 2 || !is_constructor(&func.path) {
                return None;
            }
            let mut path = func.path.clone();
            path.segments.pop();
            path.segments.pop_punct();
            let last = path.segments.last_mut()?;
            if !last.ident.to_string().starts_with(char::is_uppercase) {
                return None;
            }
            let inner: Vec<Type> = call
                .args
                .iter()
                .filter(|arg| !matches!(unwrap(arg), Expr::Path(_)))
                .filter_map(layer_type)
                .collect();
            if last.arguments.is_none() && !inner.is_empty() {
                last.arguments = syn::PathArguments::AngleBracketed(parse_quote!(<#(#inner),*>));
            }
            // In a type, `Dense::<8>` is written `Dense<8>`; both are accepted.
            Some(parse_quote!(#path))
        }
        _ => None,
    }
}

pub fn type_name(ty: &Type) -> String {
    crate::syntax::layer::last_ident(ty).map(|name| name.to_string()).unwrap_or_default()
}

/// `DenseWithCenterLoss` as `dense_with_center_loss`, `LSTM` as `lstm`, `Conv2D` as `conv2d`: Keras' `to_snake_case`.
pub fn snake(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut result = String::new();
    for (i, c) in chars.iter().enumerate() {
        let before_lower = chars.get(i + 1).is_some_and(|c| c.is_lowercase());
        if c.is_uppercase() && i > 0 && (before_lower || chars[i - 1].is_lowercase()) {
            result.push('_');
        }
        result.extend(c.to_lowercase());
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_keras_names() {
        assert_eq!(snake("DenseWithCenterLoss"), "dense_with_center_loss");
        assert_eq!(snake("LSTM"), "lstm");
        assert_eq!(snake("Conv2D"), "conv2d");
        assert_eq!(snake("Conv2DTranspose"), "conv2d_transpose");
        assert_eq!(snake("SimpleRNN"), "simple_rnn");
        assert_eq!(snake("LSTMCell"), "lstm_cell");
        assert_eq!(snake("dot"), "dot");
    }

    #[test]
    fn a_wrapper_takes_the_type_of_its_inner_layer() {
        let ty = layer_type(&parse_quote!(Bidirectional::new(Lstm::new(64)).merge(Sum))).unwrap();
        assert_eq!(ty, parse_quote!(Bidirectional<Lstm>));
        assert_eq!(layer_type(&parse_quote!(x + 1)), None);
        let ty = layer_type(&parse_quote!(layers::Activation::Softmax)).unwrap();
        assert_eq!(ty, parse_quote!(layers::Activation));
    }
}
