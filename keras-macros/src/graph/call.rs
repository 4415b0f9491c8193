//! Calls: of ops and function layers, of layer expressions, of fields, helpers and further methods.

use quote::ToTokens;
use syn::{Expr, ExprAssign, ExprCall, Ident, Lit, parse_quote};

use super::callee::{is_constructor, layer_type, snake, type_name, unwrap};
use super::constant::{ident_of, mentions};
use super::expr::find_weight;
use super::lower::{Lower, is_name};
use super::scope::{Binding, Term};
use super::*;
use crate::elementwise;

/// Ops whose constants include a shape: where `[n, 4]` is not an array but a shape.
const TAKES_SHAPE: &[&str] = &[
    "reshape",
    "broadcast_to",
    "zeros",
    "ones",
    "full",
    "random_normal",
    "random_uniform",
    "random_bernoulli",
];

/// `activation = Relu` in `Dense::new(3, activation = Relu)`, as Keras has it.
fn option_of_constructor(func: &Expr) -> Option<&ExprAssign> {
    let (args, rest) = match func {
        Expr::MethodCall(call) => (&call.args, Some(&*call.receiver)),
        Expr::Call(call) => (&call.args, None),
        Expr::Paren(inner) => return option_of_constructor(&inner.expr),
        _ => return None,
    };
    let found = args.iter().find_map(|arg| match arg {
        Expr::Assign(assign) => Some(assign),
        _ => None,
    });
    rest.and_then(option_of_constructor).or(found)
}

impl Lower<'_, '_> {
    pub(super) fn call(&mut self, call: &ExprCall) -> Term {
        let whole = Expr::Call(call.clone());
        let Expr::Path(path) = &*call.func else { return self.layer_call(&call.func, call) };
        if let Some(name) = path.path.get_ident() {
            let written = name.to_string();
            let text = written.strip_prefix("r#").unwrap_or(&written);
            if let Some(Binding::Layer(index)) = self.scope.get(&written) {
                let index = *index;
                return self.named_call(index, call);
            }
            match self.scope.get(&written) {
                Some(Binding::Value { value, .. }) if self.is_broken(*value) => return Term::Wrong,
                Some(Binding::Value { .. }) => {
                    return self.wrong(name, format!("`{text}` is a value, not a layer"));
                }
                Some(Binding::Wrong) => return Term::Wrong,
                Some(_) => return self.wrong(name, format!("`{text}` is a constant, not a layer")),
                None => {}
            }
            if text == "weight" {
                return self.wrong(&whole, "weights are made in `build`: `self.kernel = weight([n, units], GlorotUniform);`");
            }
            if text == "gelu" {
                return self.gelu(call);
            }
            if text.starts_with(|c: char| c.is_alphabetic())
                && text != "neg"
                && text != "gelu_exact"
                && let Some(row) = elementwise::find(text)
            {
                return self.elementwise_call(row, call);
            }
            if text == "neg" {
                return self.elementwise_call(elementwise::find("neg").expect("a row"), call);
            }
        }
        let last = path.path.segments.last().expect("a path has a segment").ident.to_string();
        // `Distance(x)`: a layer without configuration is named as it is.
        if last.starts_with(char::is_uppercase) && !self.is_const(&whole) {
            return self.layer_call(&call.func, call);
        }
        if is_constructor(&path.path) {
            if !self.is_const(&whole) {
                return self.wrong(
                    &whole,
                    "a layer is made of constants, then called with values: `Dense::new(64)(x)`",
                );
            }
            return self.constant(&whole).map_or(Term::Wrong, Term::Const);
        }
        self.function_call(path.path.clone(), &last, call)
    }

    /// `gelu(x, approximate = false)`: Keras' default is the form with `tanh`.
    fn gelu(&mut self, call: &ExprCall) -> Term {
        let mut exact = false;
        let mut plain = call.clone();
        plain.args = call
            .args
            .iter()
            .filter(|arg| match arg {
                Expr::Assign(assign) if ident_of(&assign.left).is_some_and(|key| key == "approximate") => {
                    exact = matches!(&*assign.right, Expr::Lit(lit) if matches!(&lit.lit, Lit::Bool(b) if !b.value));
                    false
                }
                _ => true,
            })
            .cloned()
            .collect();
        let row = elementwise::find(if exact { "gelu_exact" } else { "gelu" })
            .expect("a row of the table");
        self.elementwise_call(row, &plain)
    }

    /// A call of an op or a function layer, or of a `const fn` where every argument is a constant.
    fn function_call(&mut self, path: syn::Path, last: &str, call: &ExprCall) -> Term {
        let mut inputs = Vec::new();
        let mut args = Vec::new();
        let mut keywords = Vec::new();
        let takes_shape = TAKES_SHAPE.contains(&last);
        for given in &call.args {
            match given {
                Expr::Assign(assign) => match self.keyword(assign, &keywords) {
                    Some(keyword) => keywords.push(keyword),
                    None => return Term::Wrong,
                },
                Expr::Array(array) if takes_shape => {
                    let dims: Option<_> = array.elems.iter().map(|dim| self.size(dim)).collect();
                    let Some(dims) = dims else { return Term::Wrong };
                    args.push(Constant::Shape(ShapeExpr::List(dims)));
                }
                given => {
                    let term = self.expr(given);
                    match self.single(term, given) {
                        Term::Value(value) => inputs.push(value),
                        Term::Const(expr) => args.push(Constant::Plain(expr)),
                        Term::Shape(shape) => args.push(Constant::Shape(shape)),
                        Term::Wrong => return Term::Wrong,
                        _ => return self.wrong(given, "a value or a constant is expected here"),
                    }
                }
            }
        }
        if self.is_own(last, call) {
            return Term::Wrong;
        }
        if inputs.is_empty() && !takes_shape && keywords.is_empty() {
            let constants: Vec<Expr> =
                call.args.iter().filter_map(|arg| self.constant(arg)).collect();
            return Term::Const(parse_quote!(#path(#(#constants),*)));
        }
        let name = last.to_string();
        let weights = Some(snake(&name));
        let callee = Callee::Function { path, args, keywords };
        self.site(callee, name, inputs, weights, call)
    }

    fn keyword(
        &mut self,
        assign: &syn::ExprAssign,
        known: &[(Ident, Constant)],
    ) -> Option<(Ident, Constant)> {
        let Some(key) = ident_of(&assign.left).filter(|key| is_name(key)) else {
            self.wrong(&assign.left, "a keyword argument is `name = constant`");
            return None;
        };
        if known.iter().any(|(name, _)| name == key || (name == "axes" && key == "axis")) {
            self.wrong(key, format!("`{key}` is given twice"));
            return None;
        }
        let several = key == "axis" && matches!(&*assign.right, Expr::Array(_));
        let key = if several { Ident::new("axes", key.span()) } else { key.clone() };
        Some((key, Constant::Plain(self.constant(&assign.right)?)))
    }

    /// `Dense::new(64).activation(Relu)(x)`.
    fn layer_call(&mut self, func: &Expr, call: &ExprCall) -> Term {
        let func = unwrap(func);
        let Some(ty) = layer_type(func) else {
            return self.wrong(
                func,
                "a layer expression begins with its type's name: `Dense::new(64)(x)`",
            );
        };
        let name = type_name(&ty);
        if self.is_own(&name, call) {
            return Term::Wrong;
        }
        if let Some(option) = option_of_constructor(func) {
            let key = option.left.to_token_stream();
            let message =
                format!("an option of a layer is a method\nhelp: write `{name}::new(…).{key}(…)`");
            return self.wrong(option, message);
        }
        let Some(value) = self.constant(func) else { return Term::Wrong };
        let Some(inputs) = self.tensors(call) else { return Term::Wrong };
        let weights = Some(snake(&name));
        self.site(Callee::Layer { ty, value }, name, inputs, weights, call)
    }

    /// Refuses a layer or a model that calls itself.
    pub(super) fn is_own(&mut self, name: &str, call: &impl ToTokens) -> bool {
        let own = name == self.around.own;
        if own {
            self.wrong(call, format!("`{name}` calls itself: its shapes would never end\nhelp: write a `for` loop, or another layer inside"));
        }
        own
    }

    /// The values of a call that takes values only.
    pub(super) fn tensors(&mut self, call: &ExprCall) -> Option<Vec<Value>> {
        let mut all = Vec::new();
        for arg in &call.args {
            if let Expr::Assign(assign) = arg {
                self.wrong(
                    &assign.left,
                    "a layer is configured before it is called\nhelp: write `Layer::new(…).option(…)(x)`",
                );
                return None;
            }
            all.push(self.input(arg)?);
        }
        Some(all)
    }

    /// A value, or a number that becomes one.
    pub(super) fn input(&mut self, arg: &Expr) -> Option<Value> {
        let term = self.expr(arg);
        match self.single(term, arg) {
            Term::Const(expr) if !matches!(arg, Expr::Array(_)) => {
                let shape = Constant::Shape(ShapeExpr::List(Vec::new()));
                let args = vec![shape, Constant::Plain(parse_quote!((#expr) as f64))];
                let callee = Callee::Function {
                    path: parse_quote!(__keras::ops::full),
                    args,
                    keywords: Vec::new(),
                };
                let call: ExprCall = parse_quote!(full(#arg));
                let Term::Call(site) =
                    self.site(callee, "full".into(), Vec::new(), Some("full".into()), &call)
                else {
                    return None;
                };
                self.graph.sites[site].origin = arg.to_token_stream();
                Some(self.outputs(site, 1, arg)[0])
            }
            Term::Value(value) => Some(value),
            Term::Wrong => None,
            _ => {
                self.wrong(arg, "a value is expected here");
                None
            }
        }
    }

    /// Makes a call; its outputs are counted by who uses it. `weights` is the name of its own weights, if it has a right to some.
    pub fn site(
        &mut self,
        callee: Callee,
        name: String,
        inputs: Vec<Value>,
        weights: Option<String>,
        call: &impl ToTokens,
    ) -> Term {
        if inputs.len() > MAX_PORTS {
            let found = inputs.len();
            return self
                .wrong(call, format!("{name}: takes at most {MAX_PORTS} values, found {found}"));
        }
        // A value given twice is copied, so that each input has a cotangent of its own.
        let mut own = Vec::new();
        for value in inputs {
            own.push(if own.contains(&value) { self.copy(value, call) } else { value });
        }
        let inputs = own;
        let site = self.graph.sites.len();
        let weights = match weights {
            Some(base) if self.around.fields_of_call.is_none() => {
                let name = self.unique(&base);
                Weights::Nested(self.nest(name, site))
            }
            _ => Weights::None,
        };
        self.graph.sites.push(Site {
            callee,
            name,
            inputs,
            outputs: Vec::new(),
            weights,
            origin: call.to_token_stream(),
            guards: self.guards.clone(),
        });
        Term::Call(site)
    }

    /// A call of `layer head = …` of a model.
    fn named_call(&mut self, index: usize, call: &ExprCall) -> Term {
        let Some(inputs) = self.tensors(call) else { return Term::Wrong };
        let layer = self.layers[index].clone();
        let callee = Callee::Layer { ty: layer.ty, value: layer.value };
        self.shared_site(callee, layer.name, layer.first, inputs, call, |lower, site| {
            lower.layers[index].first = Some(site);
        })
    }

    pub(super) fn shared_site(
        &mut self,
        callee: Callee,
        name: String,
        first: Option<SiteId>,
        inputs: Vec<Value>,
        call: &impl ToTokens,
        note: impl FnOnce(&mut Self, SiteId),
    ) -> Term {
        let own = if first.is_none() { Some(name.clone()) } else { None };
        let Term::Call(site) = self.site(callee, name, inputs, own, call) else {
            return Term::Wrong;
        };
        match first {
            Some(first) => self.graph.sites[site].weights = self.graph.sites[first].weights,
            None => note(self, site),
        }
        Term::Call(site)
    }

    pub(super) fn is_const(&self, expr: &Expr) -> bool {
        !mentions(expr, &|name| {
            matches!(self.scope.get(&name.to_string()), Some(Binding::Value { .. }))
        }) && find_weight(expr, &self.around.weights).is_none()
    }
}
