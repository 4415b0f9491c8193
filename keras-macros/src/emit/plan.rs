//! When values and cotangents are alive: the input of the memory plan, which rustc computes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::adjoint::{Adjoint, Step, Target, defined};
use crate::graph::fuse::Pass;
use crate::graph::{Carried, Cond, Loop, Region, SiteId, Statement, Value};
use syn::Expr;

/// Something that needs memory while a pass runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entity {
    Value(Value),
    Call(SiteId),
}

/// From the first to the last moment, both included.
pub type Lives = BTreeMap<Entity, (usize, usize)>;

#[derive(Default)]
struct Timeline {
    now: usize,
    lives: Lives,
    /// For each loop around: when it began, what belongs to it, and what of the surroundings it touches.
    loops: Vec<(usize, BTreeSet<Value>, BTreeSet<Value>)>,
}

impl Timeline {
    fn touch(&mut self, value: Value) {
        self.live(Entity::Value(value), self.now, self.now);
        for (_, local, foreign) in &mut self.loops {
            if !local.contains(&value) {
                foreign.insert(value);
            }
        }
    }

    fn live(&mut self, entity: Entity, from: usize, to: usize) {
        let life = self.lives.entry(entity).or_insert((from, to));
        *life = (life.0.min(from), life.1.max(to));
    }

    fn enter(&mut self, local: BTreeSet<Value>) {
        self.loops.push((self.now, local, BTreeSet::new()));
        self.now += 1;
    }

    /// What a loop touches of its surroundings lives through all of its iterations.
    fn leave(&mut self) {
        self.now += 1;
        let (from, _, foreign) = self.loops.pop().expect("a loop was entered");
        for value in foreign {
            self.live(Entity::Value(value), from, self.now);
        }
        self.now += 1;
    }
}

/// The lives of a pass forwards.
pub fn forward(pass: &Pass<'_>) -> Lives {
    let mut time = Timeline::default();
    forward_region(pass, &pass.graph.body, &mut time);
    pass.outputs.iter().for_each(|v| time.touch(*v));
    time.lives
}

fn forward_region(pass: &Pass<'_>, region: &Region, time: &mut Timeline) {
    for statement in region.statements.iter().filter(|s| pass.needs(s)) {
        time.now += 1;
        match statement {
            Statement::Call(site) => {
                let call = &pass.graph.sites[*site];
                call.inputs.iter().chain(&call.outputs).for_each(|v| time.touch(*v));
                time.live(Entity::Call(*site), time.now, time.now);
            }
            Statement::Elementwise(root) => {
                pass.groups[root].operands.iter().for_each(|v| time.touch(*v));
                time.touch(*root);
            }
            Statement::Read(v) | Statement::Write(v) | Statement::Copy(v) => {
                pass.graph.operands(*v).into_iter().for_each(|v| time.touch(v));
                time.touch(*v);
            }
            Statement::Update(v) => {
                pass.graph.operands(*v).into_iter().for_each(|v| time.touch(v));
            }
            Statement::WriteInPlace { buffer, value, .. } => {
                time.touch(*buffer);
                time.touch(*value);
            }
            Statement::Loop(item) => {
                item.carried.iter().for_each(|c| time.touch(c.init));
                item.carried.iter().for_each(|c| time.touch(c.after));
                let mut local = BTreeSet::new();
                defined(pass, &item.body, &mut local);
                time.enter(local);
                forward_region(pass, &item.body, time);
                time.now += 1;
                for c in &item.carried {
                    [c.inner, c.yielded, c.after].into_iter().for_each(|v| time.touch(v));
                }
                time.leave();
            }
            Statement::If(item) => {
                item.results.iter().for_each(|r| time.touch(r.2));
                for (region, side) in [(&item.then, 0), (&item.other, 1)] {
                    forward_region(pass, region, time);
                    time.now += 1;
                    for r in &item.results {
                        time.touch(if side == 0 { r.0 } else { r.1 });
                        time.touch(r.2);
                    }
                }
            }
        }
    }
}

/// The lives of cotangents.
pub fn backward(pass: &Pass<'_>, adjoint: &Adjoint<'_>) -> Lives {
    let mut time = Timeline::default();
    backward_steps(pass, adjoint, &adjoint.steps, &mut time);
    time.lives
}

fn backward_steps(pass: &Pass<'_>, adjoint: &Adjoint<'_>, steps: &[Step<'_>], time: &mut Timeline) {
    let target = |time: &mut Timeline, t: &Target| time.touch(t.value);
    for step in steps {
        time.now += 1;
        match step {
            Step::Return { to, .. } => target(time, to),
            Step::Clear(v) => time.touch(*v),
            Step::Call { site, dy, dx } => {
                dy.iter().flatten().for_each(|v| time.touch(*v));
                dx.iter().for_each(|t| target(time, t));
                time.live(Entity::Call(*site), time.now, time.now);
            }
            Step::Group { root } => {
                time.touch(*root);
                adjoint.groups[root].targets.iter().for_each(|t| target(time, t));
            }
            Step::Copy { from, to } => {
                time.touch(*from);
                target(time, to);
            }
            Step::Read { value, to } => {
                time.touch(*value);
                target(time, to);
            }
            Step::Write { written, buffer, value } => {
                time.touch(*written);
                target(time, buffer);
                target(time, value);
            }
            Step::WriteInPlace { buffer, value, .. } => {
                time.touch(*buffer);
                target(time, value);
            }
            Step::Loop { item, body, inner } => {
                item.carried.iter().for_each(|c| time.touch(c.after));
                let mut local = BTreeSet::new();
                defined(pass, &item.body, &mut local);
                local.extend(item.carried.iter().filter(|c| !c.in_place()).map(|c| c.inner));
                time.enter(local);
                item.carried.iter().for_each(|c| time.touch(c.after));
                backward_steps(pass, adjoint, body, time);
                time.now += 1;
                inner.iter().flatten().for_each(|v| time.touch(*v));
                item.carried.iter().for_each(|c| time.touch(c.after));
                time.leave();
            }
            Step::If { then, other, .. } => {
                backward_steps(pass, adjoint, then, time);
                backward_steps(pass, adjoint, other, time);
            }
        }
    }
}

/// For each value, the calls that read it again in the backward pass, as `(site, input)` or `(site, output)`; and whether a
/// group reads it in any case.
#[derive(Default)]
pub struct Kept {
    pub inputs: HashMap<Value, Vec<(SiteId, usize)>>,
    pub outputs: HashMap<Value, Vec<(SiteId, usize)>>,
    pub always: BTreeSet<Value>,
}

/// Finds what the steps of an adjoint read of the values.
pub fn kept(pass: &Pass<'_>, adjoint: &Adjoint<'_>) -> Kept {
    let mut kept = Kept::default();
    kept_in(pass, adjoint, &adjoint.steps, &mut kept);
    kept
}

fn kept_in(pass: &Pass<'_>, adjoint: &Adjoint<'_>, steps: &[Step<'_>], kept: &mut Kept) {
    for step in steps {
        match step {
            Step::Call { site, .. } => {
                let call = &pass.graph.sites[*site];
                for (i, v) in call.inputs.iter().enumerate() {
                    kept.inputs.entry(*v).or_default().push((*site, i));
                }
                for (i, v) in call.outputs.iter().enumerate() {
                    kept.outputs.entry(*v).or_default().push((*site, i));
                }
            }
            Step::Group { root } => {
                for operand in &adjoint.groups[root].operands {
                    kept.always.insert(match operand {
                        crate::adjoint::Operand::Value(v) => *v,
                        crate::adjoint::Operand::Root => *root,
                    });
                }
            }
            Step::Loop { body, .. } => kept_in(pass, adjoint, body, kept),
            Step::If { then, other, .. } => {
                kept_in(pass, adjoint, then, kept);
                kept_in(pass, adjoint, other, kept);
            }
            _ => {}
        }
    }
}

/// What happens at a moment of inference.
#[derive(Clone, Copy)]
pub enum Event<'g> {
    Statement(&'g Statement),
    /// The result of an `if` is what an arm gives.
    Result {
        of: Value,
        result: Value,
    },
    /// A loop begins with a variable, in its iterations it is known as another value, and they end.
    Enter(&'g Carried),
    Inner(&'g Carried),
    Leave(&'g Carried),
}

/// An event, the loop that it is in (counted from 1, 0 in none), and the conditions under which it happens.
pub struct Moment<'g> {
    pub event: Event<'g>,
    pub time: usize,
    pub region: usize,
    pub conds: Vec<(&'g Expr, bool)>,
}

/// A loop: its number, that of the loop around, and its last moment.
pub struct Span<'g> {
    pub item: &'g Loop,
    pub region: usize,
    pub around: usize,
    pub to: usize,
}

/// The moments of a pass that infers: no arm that only training takes.
pub struct Moments<'g> {
    pub all: Vec<Moment<'g>>,
    pub spans: Vec<Span<'g>>,
    now: usize,
    region: usize,
    conds: Vec<(&'g Expr, bool)>,
}

impl<'g> Moments<'g> {
    pub fn of(pass: &Pass<'g>) -> Self {
        let (all, spans, conds) = (Vec::new(), Vec::new(), Vec::new());
        let mut moments = Moments { all, spans, now: 0, region: 0, conds };
        moments.region(pass, &pass.graph.body);
        moments
    }

    fn note(&mut self, event: Event<'g>) {
        let (time, region, conds) = (self.now, self.region, self.conds.clone());
        self.all.push(Moment { event, time, region, conds });
    }

    fn region(&mut self, pass: &Pass<'g>, region: &'g Region) {
        for statement in region.statements.iter().filter(|s| pass.needs(s)) {
            self.now += 1;
            match statement {
                Statement::Loop(item) => self.iterations(pass, item),
                Statement::If(item) => {
                    let arms = [(&item.then, true), (&item.other, false)];
                    for (arm, side) in arms {
                        match &item.cond {
                            Cond::Training if side => continue,
                            Cond::Training => {}
                            Cond::Const(cond) => self.conds.push((cond, side)),
                        }
                        self.region(pass, arm);
                        self.now += 1;
                        for (then, other, result) in &item.results {
                            let of = if side { *then } else { *other };
                            self.note(Event::Result { of, result: *result });
                        }
                        if let Cond::Const(_) = item.cond {
                            self.conds.pop();
                        }
                    }
                }
                other => self.note(Event::Statement(other)),
            }
        }
    }

    fn iterations(&mut self, pass: &Pass<'g>, item: &'g Loop) {
        item.carried.iter().for_each(|c| self.note(Event::Enter(c)));
        let around = std::mem::replace(&mut self.region, item.number + 1);
        self.now += 1;
        item.carried.iter().for_each(|c| self.note(Event::Inner(c)));
        self.region(pass, &item.body);
        self.now += 1;
        item.carried.iter().for_each(|c| self.note(Event::Leave(c)));
        let region = std::mem::replace(&mut self.region, around);
        self.spans.push(Span { item, region, around, to: self.now });
        self.now += 1;
    }
}
