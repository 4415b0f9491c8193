//! Reverse mode by source transformation: the statements of a pass, backwards.
//!
//! A cotangent has one place. The first statement (in backward order) that contributes to it writes, the others add; a value
//! of the surroundings of a loop or an `if` is cleared before and only added to inside. This cannot fail: what has no
//! gradient (integers, booleans) gets `Place::NONE` from rustc, which knows the kinds of numbers.

mod group;

pub use group::{GroupBack, Operand};

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::graph::fuse::Pass;
use crate::graph::{Branch, Def, Loop, Region, SiteId, Statement, Value};

/// A contribution to the cotangent of a value: `add` where another statement has written before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    pub value: Value,
    pub add: bool,
}

/// One step backwards.
pub enum Step<'g> {
    /// The cotangent of output `output` is handed to its value.
    Return {
        output: usize,
        to: Target,
    },
    /// A call: the cotangents of its outputs (none where nobody used one), and those of its inputs.
    Call {
        site: SiteId,
        dy: Vec<Option<Value>>,
        dx: Vec<Target>,
    },
    /// A group, by its root.
    Group {
        root: Value,
    },
    /// `to += from`.
    Copy {
        from: Value,
        to: Target,
    },
    Read {
        value: Value,
        to: Target,
    },
    Write {
        written: Value,
        buffer: Target,
        value: Target,
    },
    WriteInPlace {
        written: Value,
        buffer: Value,
        value: Target,
    },
    /// A loop backwards; `inner` are the carried values that the body's steps reached.
    Loop {
        item: &'g Loop,
        body: Vec<Step<'g>>,
        inner: Vec<Option<Value>>,
    },
    If {
        item: &'g Branch,
        then: Vec<Step<'g>>,
        other: Vec<Step<'g>>,
    },
    Clear(Value),
}

/// A pass backwards.
pub struct Adjoint<'g> {
    pub steps: Vec<Step<'g>>,
    /// The groups' backward loops by their roots.
    pub groups: HashMap<Value, GroupBack>,
}

/// Turns a pass around.
pub fn reverse<'g>(pass: &Pass<'g>) -> Adjoint<'g> {
    let (groups, reached) = (HashMap::new(), HashSet::new());
    let mut reverse = Reverse { pass, groups, reached, is_trial: false };
    let mut steps = Vec::new();
    for (output, value) in pass.outputs.iter().enumerate() {
        if pass.direct_output(*value) == Some(output) && !has_own_cotangent(pass, *value) {
            reverse.reached.insert(*value);
        } else {
            let to = reverse.target(*value);
            steps.push(Step::Return { output, to });
        }
    }
    steps.extend(reverse.region(&pass.graph.body));
    for input in &pass.inputs {
        if reverse.reached.insert(*input) {
            steps.push(Step::Clear(*input));
        }
    }
    Adjoint { steps, groups: reverse.groups }
}

/// Whether the cotangent of an output is more than what comes from outside, and so has a place of its own: something in the
/// pass reads the value, or its cotangent changes on the way back, as through the iterations of a loop.
pub fn has_own_cotangent(pass: &Pass<'_>, value: Value) -> bool {
    let changes = matches!(pass.graph.values[value].def, Def::After { .. } | Def::Write { .. });
    changes
        || pass.outputs.iter().filter(|v| **v == value).count() > 1
        || reads_in(pass, &pass.graph.body, value)
}

/// Whether anything in a region reads a value.
fn reads_in(pass: &Pass<'_>, region: &Region, value: Value) -> bool {
    region.statements.iter().filter(|s| pass.needs(s)).any(|statement| match statement {
        Statement::Call(site) => pass.graph.sites[*site].inputs.contains(&value),
        Statement::Elementwise(root) => pass.groups[root].operands.contains(&value),
        Statement::Read(v) | Statement::Write(v) | Statement::Copy(v) => {
            pass.graph.operands(*v).contains(&value)
        }
        Statement::WriteInPlace { value: written, .. } => *written == value,
        // No gradient comes back from an update.
        Statement::Update(_) => false,
        Statement::Loop(item) => {
            item.carried.iter().any(|c| c.init == value || c.yielded == value)
                || reads_in(pass, &item.body, value)
        }
        Statement::If(item) => {
            item.results.iter().any(|r| r.0 == value || r.1 == value)
                || reads_in(pass, &item.then, value)
                || reads_in(pass, &item.other, value)
        }
    })
}

struct Reverse<'p, 'g> {
    pass: &'p Pass<'g>,
    groups: HashMap<Value, GroupBack>,
    reached: HashSet<Value>,
    /// Whether only `reached` is asked for.
    is_trial: bool,
}

impl<'g> Reverse<'_, 'g> {
    fn target(&mut self, value: Value) -> Target {
        Target { value, add: !self.reached.insert(value) }
    }

    fn region(&mut self, region: &'g Region) -> Vec<Step<'g>> {
        let mut steps = Vec::new();
        for statement in region.statements.iter().rev() {
            if self.pass.needs(statement) {
                self.statement(statement, &mut steps);
            }
        }
        steps
    }

    fn statement(&mut self, statement: &'g Statement, steps: &mut Vec<Step<'g>>) {
        let graph = self.pass.graph;
        match statement {
            Statement::Call(site) => {
                let call = &graph.sites[*site];
                let dy: Vec<Option<Value>> =
                    call.outputs.iter().map(|v| self.reached.contains(v).then_some(*v)).collect();
                if dy.iter().all(Option::is_none) {
                    return;
                }
                let dx = call.inputs.iter().map(|v| self.target(*v)).collect();
                steps.push(Step::Call { site: *site, dy, dx });
            }
            Statement::Elementwise(root) => {
                if !self.reached.contains(root) {
                    return;
                }
                let mut back = GroupBack::new(self.pass, *root);
                back.targets = back.wanted.clone().into_iter().map(|v| self.target(v)).collect();
                self.groups.insert(*root, back);
                steps.push(Step::Group { root: *root });
            }
            Statement::Read(value) => {
                if let (true, Def::Read { of, .. }) =
                    (self.reached.contains(value), &graph.values[*value].def)
                {
                    let to = self.target(*of);
                    steps.push(Step::Read { value: *value, to });
                }
            }
            Statement::Write(written) => {
                if let (true, Def::Write { buffer, value, .. }) =
                    (self.reached.contains(written), &graph.values[*written].def)
                {
                    let (value, buffer) = (self.target(*value), self.target(*buffer));
                    steps.push(Step::Write { written: *written, buffer, value });
                }
            }
            Statement::WriteInPlace { written, buffer, value } => {
                if self.reached.contains(buffer) {
                    let value = self.target(*value);
                    steps.push(Step::WriteInPlace { written: *written, buffer: *buffer, value });
                }
            }
            Statement::Copy(value) => {
                if let (true, Def::Copy { of }) =
                    (self.reached.contains(value), &graph.values[*value].def)
                {
                    let to = self.target(*of);
                    steps.push(Step::Copy { from: *value, to });
                }
            }
            Statement::Update(_) => {}
            Statement::Loop(item) => self.loop_(item, steps),
            Statement::If(item) => self.branch(item, steps),
        }
    }

    /// Runs `inside` where everything of the surroundings is only added to; notes what must be cleared before.
    fn enclosed<T>(
        &mut self,
        local: &BTreeSet<Value>,
        steps: &mut Vec<Step<'g>>,
        inside: &dyn Fn(&mut Self) -> T,
    ) -> T {
        if self.is_trial {
            return inside(self);
        }
        // A trial finds which values of the surroundings are reached: until there are no more, for what is written in place is
        // read by statements that come later here. Inside of it there is none, so that depth costs a run a level.
        let (groups, reached) = (HashMap::new(), self.reached.clone());
        let mut trial = Reverse { pass: self.pass, groups, reached, is_trial: true };
        let mut known = usize::MAX;
        while trial.reached.len() != known {
            known = trial.reached.len();
            inside(&mut trial);
        }
        let mut fresh: Vec<Value> = trial
            .reached
            .difference(&self.reached)
            .filter(|v| !local.contains(v))
            .copied()
            .collect();
        fresh.sort_unstable();
        for value in fresh {
            self.reached.insert(value);
            steps.push(Step::Clear(value));
        }
        inside(self)
    }

    fn loop_(&mut self, item: &'g Loop, steps: &mut Vec<Step<'g>>) {
        let any = item.carried.iter().any(|c| self.reached.contains(&c.after));
        if !any && !self.writes(&item.body) {
            return;
        }
        for c in &item.carried {
            if self.reached.insert(c.after) {
                steps.push(Step::Clear(c.after));
            }
        }
        let mut local = BTreeSet::new();
        defined(self.pass, &item.body, &mut local);
        local.extend(item.carried.iter().map(|c| c.inner));
        let body = self.enclosed(&local, steps, &|this| {
            let mut steps = Vec::new();
            for c in item.carried.iter() {
                if c.in_place() {
                    // The buffer and its cotangent are the same memory inside and behind the loop.
                    this.reached.insert(c.inner);
                } else {
                    let to = this.target(c.yielded);
                    steps.push(Step::Copy { from: c.after, to });
                }
            }
            steps.extend(this.region(&item.body));
            steps
        });
        let inner = item
            .carried
            .iter()
            .map(|c| (!c.in_place() && self.reached.contains(&c.inner)).then_some(c.inner))
            .collect();
        steps.push(Step::Loop { item, body, inner });
        for c in &item.carried {
            let to = self.target(c.init);
            steps.push(Step::Copy { from: c.after, to });
        }
    }

    fn branch(&mut self, item: &'g Branch, steps: &mut Vec<Step<'g>>) {
        let any = item.results.iter().any(|r| self.reached.contains(&r.2));
        if !any && !self.writes(&item.then) && !self.writes(&item.other) {
            return;
        }
        let arm =
            |this: &mut Self, region: &'g Region, side: fn(&(Value, Value, Value)) -> Value| {
                let mut steps = Vec::new();
                for result in item
                    .results
                    .iter()
                    .filter(|r| this.reached.contains(&r.2))
                    .copied()
                    .collect::<Vec<_>>()
                {
                    let to = this.target(side(&result));
                    steps.push(Step::Copy { from: result.2, to });
                }
                steps.extend(this.region(region));
                steps
            };
        let mut local = BTreeSet::new();
        defined(self.pass, &item.then, &mut local);
        defined(self.pass, &item.other, &mut local);
        let (then, other) = self.enclosed(&local, steps, &|this| {
            (arm(this, &item.then, |r| r.0), arm(this, &item.other, |r| r.1))
        });
        steps.push(Step::If { item, then, other });
    }

    /// Whether a region writes in place to a buffer that has a cotangent.
    fn writes(&self, region: &Region) -> bool {
        region.buffers().iter().any(|buffer| self.reached.contains(buffer))
    }
}

/// The values that the statements of a region define.
pub fn defined(pass: &Pass<'_>, region: &Region, found: &mut BTreeSet<Value>) {
    for statement in &region.statements {
        match statement {
            Statement::Call(site) => found.extend(&pass.graph.sites[*site].outputs),
            Statement::Elementwise(v)
            | Statement::Read(v)
            | Statement::Write(v)
            | Statement::Copy(v) => {
                found.insert(*v);
            }
            Statement::WriteInPlace { .. } | Statement::Update(_) => {}
            Statement::Loop(item) => {
                found.extend(item.carried.iter().flat_map(|c| [c.inner, c.after]));
                defined(pass, &item.body, found);
            }
            Statement::If(item) => {
                found.extend(item.results.iter().map(|r| r.2));
                defined(pass, &item.then, found);
                defined(pass, &item.other, found);
            }
        }
    }
}
