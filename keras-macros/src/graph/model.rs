//! A model: its statements, in a graph with inputs, targets and variables in front.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Expr, Ident, Pat};

use super::callee::{layer_type, type_name};
use super::constant::ident_of;
use super::lower::{Lower, Named, Surroundings};
use super::scope::{Binding, Term};
use super::{Axis, Check, Def, Graph, MAX_PORTS, Value};
use crate::diag::Errors;
use crate::syntax::model::{Budget, Model, Statement, is_unread};
use crate::syntax::pattern::{Axes, Declared};

/// A model, understood.
#[derive(Default)]
pub struct ModelGraph {
    pub graph: Graph,
    /// The declarations of inputs, targets and variables, in the order of the graph's inputs.
    pub declared: Vec<Check>,
    pub inputs: Vec<Ident>,
    /// Whether an input is declared; otherwise there is one in its place.
    pub has_input: bool,
    pub targets: Vec<Ident>,
    pub variables: Vec<(Ident, Expr)>,
    pub outputs: Vec<(Ident, Value)>,
    pub losses: Vec<(String, Value, TokenStream)>,
    pub metrics: Vec<(Ident, Value, TokenStream)>,
    /// What inference may take.
    pub budget: Option<Budget>,
    /// The named values.
    pub values: Vec<(Ident, Value)>,
}

/// Understands a model, or notes why not.
pub fn lower(model: &Model, errors: &mut Errors) -> ModelGraph {
    let around = Surroundings { own: model.name.to_string(), ..Surroundings::default() };
    let mut found = ModelGraph { has_input: true, ..ModelGraph::default() };
    let mut lower = Lower::new(&around, errors);
    lower.incomplete = model.statements.iter().any(Statement::is_unread);
    lower.later = model.statements.iter().flat_map(made).map(Ident::to_string).collect();
    ports(model, &mut lower, &mut found);
    for statement in &model.statements {
        line(statement, &mut lower, &mut found);
    }
    few(model, &mut lower, &found);
    complete(model, &mut lower, &mut found);
    lower.graph.body = lower.regions.pop().expect("a body has a region");
    found.graph = lower.graph;
    found
}

/// The names that a line makes for the lines below it.
fn made(statement: &Statement) -> Vec<&Ident> {
    match statement {
        Statement::Layer { name, .. } | Statement::Output { name, .. } => vec![name],
        Statement::Let { pat, .. } => names_of(pat),
        _ => Vec::new(),
    }
}

fn names_of(pat: &Pat) -> Vec<&Ident> {
    match pat {
        Pat::Ident(ident) => vec![&ident.ident],
        Pat::Tuple(tuple) => tuple.elems.iter().flat_map(names_of).collect(),
        _ => Vec::new(),
    }
}

/// Notes that there are more inputs or outputs than a layer can have.
fn few(model: &Model, lower: &mut Lower<'_, '_>, found: &ModelGraph) {
    let given = found.inputs.len() + found.targets.len() + found.variables.len();
    let counts = [(given, "inputs, targets and variables"), (found.outputs.len(), "outputs")];
    for (count, what) in counts.into_iter().filter(|(count, _)| *count > MAX_PORTS) {
        let message = format!("a model has at most {MAX_PORTS} {what}, found {count}");
        lower.wrong(&model.name, message);
    }
}

/// Notes that there is no input or no output, and goes on as if there were: so that whoever uses the model finds it.
fn complete(model: &Model, lower: &mut Lower<'_, '_>, found: &mut ModelGraph) {
    // It may be in a line that could not be read, of which was told.
    let all_read = !model.statements.iter().any(Statement::is_unread);
    if found.outputs.is_empty() {
        if all_read {
            let message = "a model has an output\nhelp: add `output y = Dense::new(10)(x);`";
            lower.wrong(&model.name, message);
        }
        let value = lower.broken();
        found.outputs.push((Ident::new("y", model.name.span()), value));
    }
    if !found.has_input && all_read {
        lower.wrong(&model.name, "a model has an input\nhelp: add `input x: [64];`");
    }
}

/// Inputs, then targets, then variables: they can be used in any line.
fn ports(model: &Model, lower: &mut Lower<'_, '_>, found: &mut ModelGraph) {
    for statement in &model.statements {
        if let Statement::Input { name, declared } = statement {
            let name = port(lower, found, name, declared);
            found.inputs.extend(name);
        }
    }
    if found.inputs.is_empty() {
        let name = Ident::new("x", model.name.span());
        input(lower, found, &name, &Declared::Unknown);
        found.inputs.push(name);
        found.has_input = false;
    }
    for statement in &model.statements {
        if let Statement::Target { name, declared } = statement {
            let name = port(lower, found, name, declared);
            found.targets.extend(name);
        }
    }
    for statement in &model.statements {
        if let Statement::Variable { name, value } = statement
            && let Some(name) = port(lower, found, name, &Declared::Scalar)
        {
            let known = if is_unread(value) { None } else { lower.constant(value) };
            found.variables.push((name, known.unwrap_or_else(|| syn::parse_quote!(0.0))));
        }
    }
}

/// Makes an input of the graph, and binds its name.
fn port(
    lower: &mut Lower<'_, '_>,
    found: &mut ModelGraph,
    name: &Ident,
    declared: &Declared,
) -> Option<Ident> {
    if lower.scope.get(&name.to_string()).is_some() {
        lower.wrong(name, format!("`{name}` is declared twice"));
        return None;
    }
    let value = input(lower, found, name, declared);
    lower.scope.bind(name, Binding::Value { value, mutable: false });
    Some(name.clone())
}

fn input(
    lower: &mut Lower<'_, '_>,
    found: &mut ModelGraph,
    name: &Ident,
    declared: &Declared,
) -> Value {
    let index = lower.graph.inputs.len();
    let def = Def::Input { index };
    let value = lower.value(def, name);
    lower.graph.inputs.push(value);
    // A size of a model is a constant: every name in it is one.
    let declared = fixed(declared);
    let mut rests = HashMap::new();
    let origin = Expr::Verbatim(name.to_token_stream());
    let told = lower.errors.count();
    let check = lower.declare(&format!("`{name}`"), &declared, value, true, &mut rests, &origin);
    let is_fixed = check.axes.iter().all(|axis| matches!(axis, Axis::Size(_)));
    let is_told = lower.errors.count() > told;
    if !is_told && (check.axes.len() < declared.axes().len() || !is_fixed) {
        lower.wrong(
            name,
            "the sizes of a model's inputs and targets are constants\nhelp: write `[28, 28]` or `[WIDTH]`",
        );
    }
    found.declared.push(check);
    value
}

fn fixed(declared: &Declared) -> Declared {
    use crate::syntax::pattern::Element;
    let fix = |element: &Element| match element {
        Element::Name(name) => Element::Size(syn::parse_quote!(#name)),
        other => other.clone(),
    };
    match declared {
        Declared::Tensor(axes) => Declared::Tensor(Axes(axes.0.iter().map(fix).collect())),
        Declared::Int { range, axes } => Declared::Int {
            range: range.as_ref().map(fix),
            axes: Axes(axes.0.iter().map(fix).collect()),
        },
        other => other.clone(),
    }
}

fn line(statement: &Statement, lower: &mut Lower<'_, '_>, found: &mut ModelGraph) {
    match statement {
        Statement::Input { .. } | Statement::Target { .. } | Statement::Variable { .. } => {}
        Statement::Layer { name, value } => layer(lower, name, value),
        Statement::Let { pat, value } => {
            let term = if is_unread(value) { Term::Wrong } else { lower.expr(value) };
            lower.bind_pattern(pat, term, value);
            note(lower, pat, found);
        }
        Statement::Output { name, value } => {
            let result = tensor(lower, value).unwrap_or_else(|| lower.broken());
            if found.outputs.iter().any(|(known, _)| known == name) {
                lower.wrong(name, format!("there are two outputs `{name}`"));
                return;
            }
            if let Some((kind, port)) = needs(lower, found, result) {
                lower.wrong(value, format!("the output `{name}` needs the {kind} `{port}`, but it is computed from inputs alone"));
            }
            lower.scope.bind(name, Binding::Value { value: result, mutable: false });
            found.outputs.push((name.clone(), result));
            named(found, name, result);
        }
        Statement::Loss { name, value } => {
            let count = found.losses.len();
            let text = match name {
                Some(name) => name.to_string(),
                None if count == 0 => "loss".to_string(),
                None => format!("loss_{count}"),
            };
            let twice = found.losses.iter().any(|(known, ..)| *known == text);
            if let (true, Some(name)) = (twice, name) {
                lower.wrong(name, format!("there are two losses `{name}`"));
            }
            if let Some(result) = tensor(lower, value) {
                found.losses.push((text, result, value.to_token_stream()));
            }
        }
        Statement::Budget(budget) => {
            if found.budget.replace(budget.clone()).is_some() {
                lower.wrong(&budget.origin, "a model has one budget");
            }
        }
        Statement::Metric { name, value } => {
            if found.metrics.iter().any(|(known, ..)| known == name) {
                lower.wrong(name, format!("there are two metrics `{name}`"));
            }
            if let Some(result) = tensor(lower, value) {
                found.metrics.push((name.clone(), result, value.to_token_stream()));
            }
        }
    }
}

/// The value of a line, unless there is a mistake in it.
fn tensor(lower: &mut Lower<'_, '_>, value: &Expr) -> Option<Value> {
    if is_unread(value) { None } else { lower.tensor(value) }
}

/// The target or variable that a value is computed from.
fn needs(lower: &Lower<'_, '_>, found: &ModelGraph, value: Value) -> Option<(&'static str, Ident)> {
    let (mut seen, mut open) = (vec![false; lower.graph.values.len()], vec![value]);
    while let Some(value) = open.pop() {
        if std::mem::replace(&mut seen[value], true) {
            continue;
        }
        if let Def::Input { index } = lower.graph.values[value].def
            && index >= found.inputs.len()
        {
            let targets = found.targets.iter().map(|name| ("target", name));
            let variables = found.variables.iter().map(|(name, _)| ("variable", name));
            let (kind, name) = targets.chain(variables).nth(index - found.inputs.len())?;
            return Some((kind, name.clone()));
        }
        open.extend(lower.graph.operands(value));
    }
    None
}

fn layer(lower: &mut Lower<'_, '_>, name: &Ident, value: &Expr) {
    if lower.scope.get(&name.to_string()).is_some() {
        lower.wrong(name, format!("`{name}` is declared twice"));
        return;
    }
    lower.scope.bind(name, Binding::Wrong);
    if is_unread(value) {
        return;
    }
    let bare = ident_of(value).map(|ident| syn::parse_quote!(#ident));
    let Some(ty) = layer_type(value).or(bare) else {
        lower.wrong(
            value,
            "a layer expression begins with its type's name: `layer head = Dense::new(10);`",
        );
        return;
    };
    if lower.is_own(&type_name(&ty), value) {
        return;
    }
    let Some(value) = lower.constant(value) else { return };
    lower.layers.push(Named { name: name.to_string(), ty, value, first: None });
    lower.scope.bind(name, Binding::Layer(lower.layers.len() - 1));
}

/// Notes the names of a pattern, so that `forward` gives their values.
fn note(lower: &Lower<'_, '_>, pat: &Pat, found: &mut ModelGraph) {
    for name in names_of(pat) {
        if let Some((value, _)) = lower.scope.value(name) {
            named(found, name, value);
        }
    }
}

fn named(found: &mut ModelGraph, name: &Ident, value: Value) {
    found.values.retain(|(known, _)| known != name);
    found.values.push((name.clone(), value));
}
