//! `build`: the weights of a layer, and the layers in it.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Block, Expr, Ident, Pat, Stmt, Type};

use super::callee::layer_type;
use super::constant::{given, ident_of, self_field};
use super::lower::{Lower, Surroundings};
use super::scope::{Binding, Term};
use super::{Check, Def, DimDecl, ShapeExpr};
use crate::diag::{Errors, did_you_mean};
use crate::syntax::layer::Function;

/// What `build` says.
#[derive(Default)]
pub struct Build {
    pub dims: Vec<DimDecl>,
    /// For each input its declaration.
    pub inputs: Vec<Check>,
    pub weights: Vec<WeightDecl>,
    pub sublayers: HashMap<String, (Type, Expr)>,
}

/// `self.name = weight(shape, initializer, option = …);`
pub struct WeightDecl {
    pub name: Ident,
    pub shape: ShapeExpr,
    pub initializer: Expr,
    pub options: Vec<(Ident, Expr)>,
    pub guards: Vec<(Expr, bool)>,
    pub origin: TokenStream,
}

const OPTIONS: &[&str] = &["trainable", "regularizer", "constraint"];

const ALLOWED: &str = "this is not part of `build`\nhelp: `build` makes weights, `self.kernel = weight([n, self.units], GlorotUniform);`, and layers, \
    `self.inner = Dense::new(8);`; around them `let` of constants and `if` on constants";

/// Reads `build`.
pub fn lower(function: &Function, errors: &mut Errors) -> Build {
    let around = Surroundings::default();
    let mut lower = Lower::new(&around, errors);
    lower.markers = 'B';
    let mut build = Build { inputs: inputs(&mut lower, function), ..Build::default() };
    statements(&mut lower, &function.block, &mut build);
    build.dims = std::mem::take(&mut lower.graph.dims);
    build
}

/// Binds the parameters of a function: their names, and the dims that they declare.
pub fn inputs(lower: &mut Lower<'_, '_>, function: &Function) -> Vec<Check> {
    let mut rests = HashMap::new();
    let mut checks = Vec::new();
    let optional = function.params.iter().filter(|param| param.default.is_some()).count();
    let given = given(function.params.len() - optional);
    lower.graph.optional = optional;
    for (index, param) in function.params.iter().enumerate() {
        let name = format!("`{}`", param.name);
        let guards = param.default.iter().map(|_| (given.clone(), true));
        lower.guards.extend(guards);
        let def = Def::Input { index };
        let value = lower.value(def, &param.name);
        lower.graph.inputs.push(value);
        let origin: Expr = syn::Expr::Verbatim(param.name.to_token_stream());
        let check = lower.declare(&name, &param.declared, value, true, &mut rests, &origin);
        checks.push(check);
        lower.guards.clear();
        if lower.scope.value(&param.name).is_some() {
            lower.wrong(&param.name, format!("`{}` is declared twice", param.name));
        }
        lower.scope.bind(&param.name, Binding::Value { value, mutable: false });
    }
    checks
}

/// Puts what stands for inputs that are left out in their place.
pub fn defaults(lower: &mut Lower<'_, '_>, function: &Function) {
    let given = given(function.params.len() - lower.graph.optional);
    for param in &function.params {
        let input = lower.scope.value(&param.name);
        if let (Some(default), Some((input, _))) = (&param.default, input)
            && let Some(value) = lower.default(&given, input, default)
        {
            lower.scope.bind(&param.name, Binding::Value { value, mutable: false });
        }
    }
}

fn statements(lower: &mut Lower<'_, '_>, block: &Block, build: &mut Build) {
    for statement in &block.stmts {
        match statement {
            Stmt::Local(local) => constant(lower, local),
            Stmt::Expr(Expr::Assign(assign), _) => assignment(lower, assign, build),
            Stmt::Expr(Expr::If(item), _) => branch(lower, item, build),
            other => {
                lower.wrong(other, ALLOWED);
            }
        }
    }
}

fn constant(lower: &mut Lower<'_, '_>, local: &syn::Local) {
    let (Pat::Ident(name), Some(init)) = (&local.pat, &local.init) else {
        lower.wrong(local, ALLOWED);
        return;
    };
    if let Some(expr) = lower.constant(&init.expr) {
        lower.scope.bind(&name.ident, Binding::Const(expr));
    }
}

fn branch(lower: &mut Lower<'_, '_>, item: &syn::ExprIf, build: &mut Build) {
    let Some(cond) = lower.constant(&item.cond) else { return };
    lower.guards.push((cond.clone(), true));
    statements(lower, &item.then_branch, build);
    lower.guards.pop();
    if let Some((_, other)) = &item.else_branch {
        lower.guards.push((cond, false));
        match &**other {
            Expr::Block(block) => statements(lower, &block.block, build),
            Expr::If(nested) => branch(lower, nested, build),
            other => {
                lower.wrong(other, ALLOWED);
            }
        }
        lower.guards.pop();
    }
}

fn assignment(lower: &mut Lower<'_, '_>, assign: &syn::ExprAssign, build: &mut Build) {
    let Some(name) = self_field(&assign.left) else {
        lower.wrong(&assign.left, ALLOWED);
        return;
    };
    let known = build.weights.iter().any(|w| w.name == *name && w.guards == lower.guards);
    if known || build.sublayers.contains_key(&name.to_string()) {
        lower.wrong(&assign.left, format!("`{name}` is made twice"));
        return;
    }
    match &*assign.right {
        Expr::Call(call) if ident_of(&call.func).is_some_and(|f| f == "weight") => {
            if let Some(decl) = weight(lower, name, call) {
                build.weights.push(decl);
            }
        }
        right => match (layer_type(right), lower.constant(right)) {
            (Some(ty), Some(expr)) => {
                build.sublayers.insert(name.to_string(), (ty, expr));
            }
            _ => {
                lower.wrong(right, ALLOWED);
            }
        },
    }
}

fn weight(lower: &mut Lower<'_, '_>, name: &Ident, call: &syn::ExprCall) -> Option<WeightDecl> {
    let positional: Vec<&Expr> =
        call.args.iter().filter(|arg| !matches!(arg, Expr::Assign(_))).collect();
    let [shape, initializer] = positional[..] else {
        lower.wrong(call, "a weight has a shape and an initializer\nhelp: write `weight([n, self.units], GlorotUniform)`; options such as `trainable = false` stand behind");
        return None;
    };
    let shape = match shape {
        Expr::Array(array) => {
            let dims: Option<Vec<Expr>> = array.elems.iter().map(|dim| lower.size(dim)).collect();
            ShapeExpr::List(dims?)
        }
        other => match lower.expr(other) {
            Term::Shape(shape) => shape,
            Term::Wrong => return None,
            _ => {
                lower.wrong(other, "a weight's shape is `[n, units]` or a name bound by `..s`");
                return None;
            }
        },
    };
    let mut options = Vec::new();
    for arg in &call.args {
        let Expr::Assign(assign) = arg else { continue };
        match ident_of(&assign.left) {
            Some(key) if options.iter().any(|(known, _)| known == key) => {
                lower.wrong(key, format!("`{key}` is given twice"));
            }
            Some(key) if OPTIONS.iter().any(|k| key == k) => {
                options.push((key.clone(), lower.constant(&assign.right)?));
            }
            _ => {
                let key = assign.left.to_token_stream().to_string();
                let what = format!("a weight has no option `{key}`");
                let message = match did_you_mean(&key, OPTIONS.iter().copied()) {
                    Some(near) => format!("{what}; did you mean `{near}`?"),
                    None => format!(
                        "{what}\nhelp: its options are `trainable`, `regularizer` and `constraint`"
                    ),
                };
                lower.wrong(&assign.left, message);
            }
        }
    }
    Some(WeightDecl {
        name: name.clone(),
        shape,
        initializer: lower.constant(initializer)?,
        options,
        guards: lower.guards.clone(),
        origin: call.to_token_stream(),
    })
}
