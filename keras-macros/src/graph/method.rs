//! Calls with a dot: layers and helpers of `self`, and methods of layers.

use syn::{Expr, ExprCall, ExprMethodCall, Ident, parse_quote};

use super::callee::layer_type;
use super::constant::{ident_of, self_field};
use super::lower::Lower;
use super::scope::{Binding, Term};
use super::*;
use crate::diag::did_you_mean_of_self;

impl Lower<'_, '_> {
    /// `self.inner(x)`, `layer.method(x)`, or a constant.
    pub(super) fn method_call(&mut self, call: &ExprMethodCall) -> Term {
        let whole = Expr::MethodCall(call.clone());
        let as_call: ExprCall = {
            let args = &call.args;
            parse_quote!(f(#args))
        };
        if ident_of(&call.receiver).is_some_and(|name| name == "self") {
            return self.self_call(call, &as_call);
        }
        let named = ident_of(&call.receiver).and_then(|name| self.scope.get(&name.to_string()));
        let layer = match named {
            Some(Binding::Layer(index)) => Some(self.layers[*index].clone()),
            Some(Binding::Wrong) => return Term::Wrong,
            _ => None,
        };
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
        self.wrong(&call.method, "values have no methods\nhelp: write `f(x)` for an op, `layer.method(x)` for a method of a layer")
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

    /// What can be called of `self`, but for fields.
    fn callable(&self) -> impl Iterator<Item = &str> {
        self.around.sublayers.keys().chain(self.around.helpers.keys()).map(String::as_str)
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
        let known = self.around.sublayers.get(&name);
        if known.is_none()
            && let Some(near) = did_you_mean_of_self(&name, self.callable())
        {
            let message = format!("there is no layer `self.{name}`; did you mean `self.{near}`?");
            return self.wrong(&call.method, message);
        }
        let callee = match known {
            Some((ty, value)) => Callee::Sublayer { ty: ty.clone(), value: value.clone() },
            None => Callee::Field { name: call.method.clone() },
        };
        let Some(inputs) = self.tensors(as_call) else { return Term::Wrong };
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
