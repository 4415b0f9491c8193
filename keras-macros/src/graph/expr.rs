//! Expressions of a body.

use quote::ToTokens;
use syn::{BinOp, Expr, ExprCall, ExprMethodCall, Ident, Lit, Type, UnOp, parse_quote};

use super::constant::{ident_of, mentions, self_field, substitute};
use super::lower::Lower;
use super::scope::{Binding, Term};
use super::*;
use crate::diag::{BODY, did_you_mean};
use crate::elementwise::{self, Row};

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

impl Lower<'_, '_> {
    /// What an expression gives. Errors are noted.
    pub fn expr(&mut self, expr: &Expr) -> Term {
        match expr {
            Expr::Paren(inner) => self.expr(&inner.expr),
            Expr::Group(inner) => self.expr(&inner.expr),
            Expr::Path(_) => self.name(expr),
            Expr::Lit(lit) => match &lit.lit {
                Lit::Int(_) | Lit::Float(_) | Lit::Bool(_) => Term::Const(expr.clone()),
                _ => self.wrong(expr, "a layer computes with numbers"),
            },
            Expr::Field(_) => self.field(expr),
            Expr::Unary(unary) => self.unary(unary),
            Expr::Binary(binary) => self.binary(binary),
            Expr::Call(call) => self.call(call),
            Expr::MethodCall(call) => self.method_call(call),
            Expr::Index(index) => self.read(index),
            Expr::Tuple(tuple) => {
                let parts = tuple.elems.iter().map(|part| {
                    let term = self.expr(part);
                    self.single(term, part)
                });
                Term::Tuple(parts.collect())
            }
            Expr::If(branch) => self.branch(branch),
            Expr::Block(block) if block.label.is_none() => {
                self.block(&block.block).unwrap_or_else(|| Term::Tuple(Vec::new()))
            }
            Expr::Array(_) | Expr::Cast(_) | Expr::Struct(_) => {
                self.constant(expr).map_or(Term::Wrong, Term::Const)
            }
            Expr::Macro(mac) if mac.mac.path.is_ident("matches") => Term::Const(expr.clone()),
            other => self.wrong(other, BODY),
        }
    }

    /// A value; a constant is refused.
    pub fn tensor(&mut self, expr: &Expr) -> Option<Value> {
        let term = self.expr(expr);
        match self.single(term, expr) {
            Term::Value(value) => Some(value),
            Term::Wrong => None,
            Term::Tuple(parts) => {
                self.wrong(expr, format!("one value is expected here, found {}", parts.len()));
                None
            }
            _ => {
                self.wrong(expr, "a value is expected here, found a constant");
                None
            }
        }
    }

    /// A constant expression with the names in sight replaced; a value in it is refused.
    pub fn constant(&mut self, expr: &Expr) -> Option<Expr> {
        let moving = |lower: &Self, name: &Ident| {
            matches!(
                lower.scope.get(&name.to_string()),
                Some(Binding::Value { .. } | Binding::Loop(_) | Binding::Dynamic(..))
            )
        };
        if mentions(expr, &|name| moving(self, name)) {
            self.wrong(
                expr,
                "a constant is expected here: literals, dims, `self.field` and named constants",
            );
            return None;
        }
        let field = find_weight(expr, &self.around.weights);
        if let Some(name) = field {
            self.wrong(expr, format!("`self.{name}` is a weight, a constant is expected here"));
            return None;
        }
        Some(substitute(expr, &self.scope.constants()))
    }

    fn name(&mut self, expr: &Expr) -> Term {
        let Some(name) = ident_of(expr) else { return Term::Const(expr.clone()) };
        match self.scope.get(&name.to_string()) {
            Some(Binding::Value { value, .. }) => {
                let value = *value;
                if self.in_place.contains(&value) {
                    return self.wrong(expr, format!("`{name}` is written slice by slice in this loop; read slices of it, or read it behind the loop"));
                }
                Term::Value(value)
            }
            Some(Binding::Const(constant)) => Term::Const(constant.clone()),
            Some(Binding::Rest(rest)) => Term::Shape(ShapeExpr::Rest(rest.clone())),
            Some(Binding::Loop(var)) => {
                let name = &var.name;
                Term::Dynamic(parse_quote!(#name), vec![var.clone()])
            }
            Some(Binding::Dynamic(index, loops)) => Term::Dynamic(index.clone(), loops.clone()),
            Some(Binding::Layer(_)) => {
                self.wrong(expr, format!("`{name}` is a layer; call it: `{name}(x)`"))
            }
            None if name == "training" => {
                self.wrong(expr, "`training` stands in `if training { … } else { … }` only")
            }
            None if !super::lower::is_constant(name) => {
                let known = self.scope.names();
                match did_you_mean(&name.to_string(), known.iter().map(String::as_str)) {
                    Some(near) => self
                        .wrong(expr, format!("there is no `{name}` here; did you mean `{near}`?")),
                    None => Term::Const(expr.clone()),
                }
            }
            None => Term::Const(expr.clone()),
        }
    }

    fn field(&mut self, expr: &Expr) -> Term {
        let Some(name) = self_field(expr) else {
            return self.constant(expr).map_or(Term::Wrong, Term::Const);
        };
        let text = name.to_string();
        if let Some((_, value)) = self.graph.weights.iter().find(|(known, _)| *known == text) {
            return Term::Value(*value);
        }
        match did_you_mean(&text, self.around.weights.iter().map(String::as_str)) {
            Some(near) => self.wrong(
                expr,
                format!("`build` makes no weight `{text}`; did you mean `self.{near}`?"),
            ),
            None => Term::Const(expr.clone()),
        }
    }

    fn unary(&mut self, unary: &syn::ExprUnary) -> Term {
        let whole = Expr::Unary(unary.clone());
        match (&unary.op, self.expr(&unary.expr)) {
            (_, Term::Wrong) => Term::Wrong,
            (UnOp::Neg(_), Term::Const(inner)) => Term::Const(parse_quote!(-(#inner))),
            (UnOp::Not(_), Term::Const(inner)) => Term::Const(parse_quote!(!(#inner))),
            (UnOp::Neg(_), term) => match self.single(term, &unary.expr) {
                Term::Value(value) => {
                    self.elementwise("neg", vec![Arg::Value(value)], Vec::new(), &whole)
                }
                _ => self.wrong(whole, BODY),
            },
            _ => self.wrong(whole, BODY),
        }
    }

    fn binary(&mut self, binary: &syn::ExprBinary) -> Term {
        let whole = Expr::Binary(binary.clone());
        let left = self.expr(&binary.left);
        let left = self.single(left, &binary.left);
        let right = self.expr(&binary.right);
        let right = self.single(right, &binary.right);
        let op = &binary.op;
        match (left, right) {
            (Term::Wrong, _) | (_, Term::Wrong) => Term::Wrong,
            (Term::Const(a), Term::Const(b)) => Term::Const(parse_quote!((#a) #op (#b))),
            (Term::Dynamic(a, loops), Term::Const(b)) => {
                Term::Dynamic(parse_quote!((#a) #op (#b)), loops)
            }
            (Term::Const(a), Term::Dynamic(b, loops)) => {
                Term::Dynamic(parse_quote!((#a) #op (#b)), loops)
            }
            (Term::Dynamic(a, mut loops), Term::Dynamic(b, more)) => {
                loops.extend(
                    more.into_iter()
                        .filter(|l| loops.iter().all(|k| k.name != l.name))
                        .collect::<Vec<_>>(),
                );
                Term::Dynamic(parse_quote!((#a) #op (#b)), loops)
            }
            (a, b) => {
                let Some(name) = operator(op) else {
                    return self.wrong(&whole, "values know `+ - * /` and comparisons");
                };
                let (Some(a), Some(b)) = (self.arg(a, &binary.left), self.arg(b, &binary.right))
                else {
                    return Term::Wrong;
                };
                self.elementwise(name, vec![a, b], Vec::new(), &whole)
            }
        }
    }

    fn arg(&mut self, term: Term, origin: &Expr) -> Option<Arg> {
        match self.single(term, origin) {
            Term::Value(value) => Some(Arg::Value(value)),
            Term::Const(expr) => Some(Arg::Const(expr)),
            Term::Wrong => None,
            Term::Tuple(parts) => {
                self.wrong(origin, format!("one value is expected here, found {}", parts.len()));
                None
            }
            _ => {
                self.wrong(origin, "a value or a number is expected here");
                None
            }
        }
    }

    fn elementwise(
        &mut self,
        name: &str,
        args: Vec<Arg>,
        params: Vec<Expr>,
        origin: &Expr,
    ) -> Term {
        let row = elementwise::find(name).expect("operators are rows of the table");
        let value = self.value(Def::Elementwise { row, args, params }, origin);
        self.push(Statement::Elementwise(value));
        Term::Value(value)
    }

    /// `tanh(x)`, `leaky_relu(x, negative_slope = 0.1)`, `maximum(a, b)`.
    fn elementwise_call(&mut self, row: &'static Row, call: &ExprCall) -> Term {
        let whole = Expr::Call(call.clone());
        let mut args = Vec::new();
        let mut params: Vec<Option<Expr>> = vec![None; row.params.len()];
        let mut position = 0;
        for given in &call.args {
            if let Expr::Assign(assign) = given {
                let key = assign.left.to_token_stream().to_string();
                let Some(i) = row.params.iter().position(|(name, _)| *name == key) else {
                    return self
                        .wrong(&assign.left, format!("`{}` has no argument `{key}`", row.name));
                };
                params[i] = self.constant(&assign.right);
            } else if position < row.args.len() {
                let term = self.expr(given);
                let Some(arg) = self.arg(term, given) else { return Term::Wrong };
                args.push(arg);
                position += 1;
            } else if let Some(place) = params.get_mut(position - row.args.len()) {
                *place = Some(given.clone());
                position += 1;
            } else {
                return self.wrong(
                    given,
                    format!("`{}` takes {} arguments", row.name, row.args.len() + row.params.len()),
                );
            }
        }
        if args.len() < row.args.len() {
            return self.wrong(
                whole,
                format!("`{}` takes {} values, found {}", row.name, row.args.len(), args.len()),
            );
        }
        let mut all = Vec::new();
        for (given, (name, default)) in params.into_iter().zip(row.params) {
            match (given, default) {
                (Some(expr), _) => all.extend(self.constant(&expr)),
                (None, Some(default)) => all.push(parse_quote!(#default)),
                (None, None) => return self.wrong(whole, format!("`{}` needs `{name}`", row.name)),
            }
        }
        if args.iter().all(|arg| matches!(arg, Arg::Const(_))) {
            return self
                .wrong(whole, format!("`{}` takes a value, found constants only", row.name));
        }
        self.elementwise(row.name, args, all, &whole)
    }

    fn call(&mut self, call: &ExprCall) -> Term {
        let whole = Expr::Call(call.clone());
        let Expr::Path(path) = &*call.func else { return self.layer_call(&call.func, call) };
        if let Some(name) = path.path.get_ident() {
            let text = name.to_string();
            let text = text.strip_prefix("r#").unwrap_or(&text);
            if let Some(Binding::Layer(index)) = self.scope.get(text) {
                let index = *index;
                return self.named_call(index, call);
            }
            match self.scope.get(text) {
                Some(Binding::Value { .. }) => {
                    return self.wrong(name, format!("`{text}` is a value, not a layer"));
                }
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
                Expr::Assign(assign) => keywords.extend(self.keyword(assign)),
                Expr::Array(array) if takes_shape => {
                    let dims = array.elems.iter().filter_map(|dim| self.constant(dim)).collect();
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

    fn keyword(&mut self, assign: &syn::ExprAssign) -> Option<(Ident, Constant)> {
        let Some(key) = ident_of(&assign.left) else {
            self.wrong(&assign.left, "a keyword argument is `name = constant`");
            return None;
        };
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
        let Some(value) = self.constant(func) else { return Term::Wrong };
        let Some(inputs) = self.tensors(call) else { return Term::Wrong };
        let name = type_name(&ty);
        let weights = Some(snake(&name));
        self.site(Callee::Layer { ty, value }, name, inputs, weights, call)
    }

    /// The values of a call that takes values only.
    fn tensors(&mut self, call: &ExprCall) -> Option<Vec<Value>> {
        let mut all = Vec::new();
        for arg in &call.args {
            if let Expr::Assign(assign) = arg {
                self.wrong(
                    &assign.left,
                    "a layer is configured before it is called: `Layer::new(…).option(…)(x)`",
                );
                return None;
            }
            all.push(self.input(arg)?);
        }
        Some(all)
    }

    /// A value, or a number that becomes one.
    fn input(&mut self, arg: &Expr) -> Option<Value> {
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

    fn shared_site(
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

    fn method_call(&mut self, call: &ExprMethodCall) -> Term {
        let whole = Expr::MethodCall(call.clone());
        let as_call: ExprCall = {
            let args = &call.args;
            parse_quote!(f(#args))
        };
        if ident_of(&call.receiver).is_some_and(|name| name == "self") {
            return self.self_call(call, &as_call);
        }
        let layer =
            ident_of(&call.receiver).and_then(|name| match self.scope.get(&name.to_string()) {
                Some(Binding::Layer(index)) => Some(self.layers[*index].clone()),
                _ => None,
            });
        if let Some(layer) = layer {
            let Some(first) = layer.first else {
                return self.wrong(
                    &call.receiver,
                    format!(
                        "`{}` is not called yet; its weights get their shapes from its first call",
                        layer.name
                    ),
                );
            };
            return self.method_site(first, &layer.name, call, &as_call);
        }
        if let Some(field) = self_field(&call.receiver).map(Ident::to_string)
            && let Some(first) = self.fields.get(&field).copied()
        {
            return self.method_site(first, &field, call, &as_call);
        }
        if layer_type(&whole).is_some() || self.is_const(&whole) {
            return self.constant(&whole).map_or(Term::Wrong, Term::Const);
        }
        self.wrong(&call.method, "values have no methods; write `f(x)` for an op, and `layer.method(x)` for a method of a layer")
    }

    fn is_const(&self, expr: &Expr) -> bool {
        !mentions(expr, &|name| {
            matches!(self.scope.get(&name.to_string()), Some(Binding::Value { .. }))
        }) && find_weight(expr, &self.around.weights).is_none()
    }

    fn method_site(
        &mut self,
        of: SiteId,
        layer: &str,
        call: &ExprMethodCall,
        as_call: &ExprCall,
    ) -> Term {
        let Some(inputs) = self.tensors(as_call) else { return Term::Wrong };
        let name = format!("{layer}.{}", call.method);
        let callee = Callee::Method { of, name: call.method.clone() };
        let Term::Call(site) = self.site(callee, name, inputs, None, call) else {
            return Term::Wrong;
        };
        self.graph.sites[site].weights = self.graph.sites[of].weights;
        Term::Call(site)
    }

    /// `self.helper(x)` or `self.inner(x)`.
    fn self_call(&mut self, call: &ExprMethodCall, as_call: &ExprCall) -> Term {
        let name = call.method.to_string();
        let whole = Expr::MethodCall(call.clone());
        if let Some(helper) = self.around.helpers.get(&name).copied() {
            let mut args = Vec::new();
            for arg in &call.args {
                let Some(value) = self.input(arg) else { return Term::Wrong };
                args.push((value, arg.clone()));
            }
            return self.inline(helper, args, &whole);
        }
        if self.around.weights.contains(&name) {
            return self.wrong(&call.method, format!("`self.{name}` is a weight, not a layer"));
        }
        let Some(inputs) = self.tensors(as_call) else { return Term::Wrong };
        let callee = match self.around.sublayers.get(&name) {
            Some((ty, value)) => Callee::Sublayer { ty: ty.clone(), value: value.clone() },
            None => Callee::Field { name: call.method.clone() },
        };
        let first = self.fields.get(&name).copied();
        let of_call = self.around.fields_of_call.as_ref().map(|fields| fields.get(&name).copied());
        let Term::Call(site) =
            self.shared_site(callee, name.clone(), first, inputs, call, |lower, site| {
                lower.fields.insert(name.clone(), site);
            })
        else {
            return Term::Wrong;
        };
        match of_call {
            Some(Some(index)) => self.graph.sites[site].weights = Weights::OfCall(index),
            Some(None) => return self.wrong(
                &whole,
                format!(
                    "`{name}` must be called in `call` first: its weights get their shapes there"
                ),
            ),
            None => {}
        }
        Term::Call(site)
    }
}

fn operator(op: &BinOp) -> Option<&'static str> {
    Some(match op {
        BinOp::Add(_) => "+",
        BinOp::Sub(_) => "-",
        BinOp::Mul(_) => "*",
        BinOp::Div(_) => "/",
        BinOp::Gt(_) => ">",
        BinOp::Lt(_) => "<",
        BinOp::Ge(_) => ">=",
        BinOp::Le(_) => "<=",
        BinOp::Eq(_) => "==",
        BinOp::Ne(_) => "!=",
        _ => return None,
    })
}

fn unwrap(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(inner) => unwrap(&inner.expr),
        Expr::Group(inner) => unwrap(&inner.expr),
        other => other,
    }
}

/// `Dense::new`: a function of a type.
fn is_constructor(path: &syn::Path) -> bool {
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

fn type_name(ty: &Type) -> String {
    crate::syntax::layer::last_ident(ty).map(|name| name.to_string()).unwrap_or_default()
}

/// `DenseWithCenterLoss` as `dense_with_center_loss`, `LSTM` as `lstm`.
pub fn snake(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut result = String::new();
    for (i, c) in chars.iter().enumerate() {
        let next_is_lower = chars.get(i + 1).is_some_and(|c| c.is_lowercase());
        let after_lower = i > 0 && (chars[i - 1].is_lowercase() || chars[i - 1].is_ascii_digit());
        if c.is_uppercase()
            && i > 0
            && (after_lower || (next_is_lower && chars[i - 1].is_uppercase()))
        {
            result.push('_');
        }
        result.extend(c.to_lowercase());
    }
    result
}

/// The weight that an expression reads, if any.
fn find_weight(expr: &Expr, weights: &[String]) -> Option<String> {
    struct Find<'a>(&'a [String], Option<String>);
    impl<'ast> syn::visit::Visit<'ast> for Find<'_> {
        fn visit_expr(&mut self, expr: &'ast Expr) {
            match self_field(expr) {
                Some(name) if self.0.contains(&name.to_string()) => self.1 = Some(name.to_string()),
                _ => syn::visit::visit_expr(self, expr),
            }
        }
    }
    let mut find = Find(weights, None);
    syn::visit::Visit::visit_expr(&mut find, expr);
    find.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_keras_names() {
        assert_eq!(snake("DenseWithCenterLoss"), "dense_with_center_loss");
        assert_eq!(snake("LSTM"), "lstm");
        assert_eq!(snake("Conv2D"), "conv2_d");
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
