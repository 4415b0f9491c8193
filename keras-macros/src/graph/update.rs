//! Updates of weights that are not trained: `self.moving_mean = …;` in `if training { … }`.

use syn::{Expr, ExprAssign, Ident};

use super::lower::{Lower, Stands};
use super::{Def, Info, Statement, Value};

impl Lower<'_, '_> {
    /// Notes what a weight is after the step.
    pub(super) fn update(&mut self, name: &Ident, assign: &ExprAssign) {
        if let Some(message) = self.no_update(&name.to_string()) {
            self.wrong(&assign.left, message);
            return;
        }
        let stands = self.stands;
        self.stands = Stands { in_update: true, ..stands };
        let value = self.tensor(&assign.right);
        self.stands = stands;
        let known = self.graph.weights.iter().find(|(known, _)| name == known);
        if let (Some(value), Some((_, weight))) = (value, known) {
            let def = Def::Update { weight: *weight, value };
            let update = self.value(def, assign);
            self.push(Statement::Update(update));
        }
    }

    /// Why the weight cannot be updated here.
    fn no_update(&self, name: &str) -> Option<String> {
        let Stands { in_training, in_loop, .. } = self.stands;
        if !self.around.weights.iter().any(|known| known == name) {
            return Some("a body changes no weight and no configuration\nhelp: make weights in `build`; training changes them".into());
        }
        let inside = format!("write `if training {{ self.{name} = …; }}`");
        let (what, help) = if !self.around.states.iter().any(|known| known == name) {
            (
                "is trained, so that a body does not update it",
                "declare it with `trainable = false`, or leave it to its gradient",
            )
        } else if in_loop {
            (
                "is updated once a step, not in a loop",
                "compute its value in the loop, and update it behind",
            )
        } else if !in_training {
            ("is updated in training alone", &*inside)
        } else if self.is_updated(name) {
            ("is updated twice", "compute its value with `let`, and update it once")
        } else {
            return None;
        };
        Some(format!("`self.{name}` {what}\nhelp: {help}"))
    }

    /// Whether an update that was noted runs where this one would.
    fn is_updated(&self, name: &str) -> bool {
        self.graph.updates().any(|update| {
            let Def::Update { weight, .. } = self.graph.values[update].def else { return false };
            let guards = &self.graph.values[update].guards;
            let excludes =
                |(cond, side): &(Expr, bool)| self.guards.contains(&(cond.clone(), !side));
            self.graph.weight_name(weight) == name && !guards.iter().any(excludes)
        })
    }

    /// A weight in what it is updated to: as a call of the same layer has left it in this step, where there was one.
    pub(super) fn state(&mut self, name: &str) -> Value {
        let is_it = |info: &Info| matches!(&info.def, Def::State { name: known } if known == name);
        if let Some(known) = self.graph.values.iter().position(is_it) {
            return known;
        }
        let def = Def::State { name: name.to_owned() };
        self.graph.values.push(Info { def, origin: Default::default(), guards: Vec::new() });
        self.graph.values.len() - 1
    }
}
