//! `Tensor![n, ..s]`, `Label![10]`, `Index![vocab; t]`: how a shape is declared.

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Expr, Ident, Token, Type};

/// One axis of a declaration, or several.
#[derive(Clone, Debug)]
pub enum Element {
    /// A name alone: binds the size that is there, or stands for a size bound before or a constant.
    Name(Ident),
    /// `..s` or `..`.
    Rest(Option<Ident>),
    /// A size that is computed.
    Size(Expr),
}

/// A list of axes, separated by commas.
#[derive(Clone, Debug, Default)]
pub struct Axes(pub Vec<Element>);

impl Parse for Axes {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let elements = Punctuated::<Element, Token![,]>::parse_terminated(input)?;
        Ok(Axes(elements.into_iter().collect()))
    }
}

impl Parse for Element {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        if input.peek(Token![..]) {
            input.parse::<Token![..]>()?;
            return Ok(Element::Rest(input.peek(Ident).then(|| input.parse()).transpose()?));
        }
        match input.parse::<Expr>()? {
            Expr::Path(path) if path.path.get_ident().is_some() => {
                Ok(Element::Name(path.path.get_ident().unwrap().clone()))
            }
            expr => Ok(Element::Size(expr)),
        }
    }
}

/// What a parameter, an input or a result is declared to be.
#[derive(Clone, Debug)]
pub enum Declared {
    /// `Tensor![…]`.
    Tensor(Axes),
    /// `Shape![…]`, in `build`: the shape of floats or integers.
    Shape(Axes),
    /// `Label![]`, `Label![10]`, `Index![vocab]`, `Index![vocab; t]`: integers below `range`.
    Int { range: Option<Element>, axes: Axes },
    /// `f32` in a method: a run-time number.
    Scalar,
    /// Any other type: configuration.
    Config(Type),
    /// A declaration that could not be read.
    Unknown,
}

struct IntArgs(Option<Element>, Axes);

impl Parse for IntArgs {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let range =
            (!input.is_empty() && !input.peek(Token![;])).then(|| input.parse()).transpose()?;
        if input.is_empty() {
            return Ok(IntArgs(range, Axes::default()));
        }
        input.parse::<Token![;]>()?;
        Ok(IntArgs(range, input.parse()?))
    }
}

/// `Tensor`, `Tensor<n>`, `Index<10>`: not types, but meant.
fn is_shape(ty: &syn::TypePath) -> bool {
    let last = ty.path.segments.last();
    last.is_some_and(|s| ["Tensor", "Shape", "Label", "Index"].iter().any(|kind| s.ident == kind))
}

impl Declared {
    /// Reads a type; `scalars` says whether `f32` is a run-time number here.
    pub fn of(ty: &Type, scalars: bool) -> syn::Result<Declared> {
        match ty {
            Type::Macro(mac) => {
                let name =
                    mac.mac.path.segments.last().map(|s| s.ident.to_string()).unwrap_or_default();
                match name.as_str() {
                    "Tensor" => Ok(Declared::Tensor(mac.mac.parse_body()?)),
                    "Shape" => Ok(Declared::Shape(mac.mac.parse_body()?)),
                    "Label" | "Index" => {
                        let IntArgs(range, axes) = mac.mac.parse_body()?;
                        Ok(Declared::Int { range, axes })
                    }
                    other => Err(syn::Error::new_spanned(
                        ty,
                        format!(
                            "`{other}!` is not a kind of value\nhelp: write `Tensor![…]`, `Label![…]` or `Index![…]`"
                        ),
                    )),
                }
            }
            Type::Path(path) if path.path.is_ident("Label") => {
                Ok(Declared::Int { range: None, axes: Axes::default() })
            }
            Type::Path(path)
                if scalars && (path.path.is_ident("f32") || path.path.is_ident("f64")) =>
            {
                Ok(Declared::Scalar)
            }
            Type::Path(path) if is_shape(path) => Err(syn::Error::new_spanned(
                ty,
                "a shape is written with `!` and brackets\nhelp: write `Tensor![n, 4]`, `Label![10]` or `Index![vocab; t]`",
            )),
            other => Ok(Declared::Config(other.clone())),
        }
    }

    /// The axes; none for a number.
    pub fn axes(&self) -> &[Element] {
        match self {
            Declared::Tensor(axes) | Declared::Shape(axes) | Declared::Int { axes, .. } => &axes.0,
            Declared::Scalar | Declared::Config(_) | Declared::Unknown => &[],
        }
    }
}
