//! One pass over a graph: which statements it needs, and its elementwise groups.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Arg, Def, Graph, Region, Statement, Value};

/// What is computed when certain values are asked for.
pub struct Pass<'g> {
    pub graph: &'g Graph,
    pub inputs: Vec<Value>,
    pub outputs: Vec<Value>,
    /// The values that are needed.
    pub needed: HashSet<Value>,
    /// The groups by their roots, in the order of these.
    pub groups: BTreeMap<Value, Group>,
}

/// Elementwise values that are one loop.
#[derive(Debug)]
pub struct Group {
    /// The values, operands first; the last is the root.
    pub nodes: Vec<Value>,
    /// What the loop reads.
    pub operands: Vec<Value>,
}

impl<'g> Pass<'g> {
    /// The pass that computes `outputs` from `inputs`.
    pub fn new(graph: &'g Graph, inputs: Vec<Value>, outputs: Vec<Value>) -> Self {
        let mut pass =
            Pass { graph, inputs, needed: HashSet::new(), groups: BTreeMap::new(), outputs };
        let mut open = pass.outputs.clone();
        open.extend(graph.updates());
        while let Some(value) = open.pop() {
            if pass.needed.insert(value) {
                open.extend(graph.operands(value));
                open.extend(pass.partners(value));
            }
        }
        let mut users = HashMap::new();
        pass.count(&graph.body, &mut users);
        for output in &pass.outputs {
            users.entry(*output).or_insert_with(Vec::new).push(User::Other);
        }
        pass.group(&graph.body, &users);
        pass
    }

    /// Values that are computed together with this one although nobody asks: what else a loop or an `if` gives.
    fn partners(&self, value: Value) -> Vec<Value> {
        fn find(region: &Region, value: Value, found: &mut Vec<Value>) {
            for statement in &region.statements {
                match statement {
                    Statement::Loop(item) => {
                        if item.carried.iter().any(|c| c.after == value || c.inner == value) {
                            for c in &item.carried {
                                found.extend([c.init, c.inner, c.yielded, c.after]);
                            }
                            everything(&item.body, found);
                        }
                        find(&item.body, value, found);
                    }
                    Statement::If(item) => {
                        if item.results.iter().any(|r| r.2 == value) {
                            found.extend(item.results.iter().flat_map(|r| [r.0, r.1, r.2]));
                            everything(&item.then, found);
                            everything(&item.other, found);
                        }
                        find(&item.then, value, found);
                        find(&item.other, value, found);
                    }
                    _ => {}
                }
            }
        }
        fn everything(region: &Region, found: &mut Vec<Value>) {
            for statement in &region.statements {
                match statement {
                    Statement::WriteInPlace { buffer, value, .. } => {
                        found.extend([*buffer, *value])
                    }
                    Statement::Loop(item) => {
                        found.extend(item.carried.iter().map(|c| c.after));
                        everything(&item.body, found);
                    }
                    Statement::If(item) => {
                        everything(&item.then, found);
                        everything(&item.other, found);
                    }
                    _ => {}
                }
            }
        }
        let mut found = Vec::new();
        find(&self.graph.body, value, &mut found);
        found
    }

    /// Whether a statement is part of the pass.
    pub fn needs(&self, statement: &Statement) -> bool {
        let writes = |region: &Region| {
            region.updates() || region.buffers().iter().any(|buffer| self.needed.contains(buffer))
        };
        match statement {
            Statement::Call(site) => {
                self.graph.sites[*site].outputs.iter().any(|v| self.needed.contains(v))
            }
            Statement::Elementwise(v) => self.groups.contains_key(v),
            Statement::Read(v)
            | Statement::Write(v)
            | Statement::Copy(v)
            | Statement::Update(v) => self.needed.contains(v),
            Statement::WriteInPlace { buffer, .. } => self.needed.contains(buffer),
            Statement::Loop(item) => {
                item.carried.iter().any(|c| self.needed.contains(&c.after)) || writes(&item.body)
            }
            Statement::If(item) => {
                item.results.iter().any(|r| self.needed.contains(&r.2))
                    || writes(&item.then)
                    || writes(&item.other)
            }
        }
    }

    /// Who reads what. `region` decides whether two elementwise values can be one loop.
    fn count(&self, region: &Region, users: &mut HashMap<Value, Vec<User>>) {
        let at = std::ptr::from_ref(region) as usize;
        let mut note = |value: Value, user: User| users.entry(value).or_default().push(user);
        for statement in &region.statements {
            match statement {
                Statement::Elementwise(v) if self.needed.contains(v) => {
                    for operand in self.graph.operands(*v) {
                        note(operand, User::Elementwise { node: *v, region: at });
                    }
                }
                Statement::Elementwise(_) => {}
                Statement::Call(site) => {
                    if self.needs(statement) {
                        self.graph.sites[*site].inputs.iter().for_each(|v| note(*v, User::Other));
                    }
                }
                Statement::Read(v)
                | Statement::Write(v)
                | Statement::Copy(v)
                | Statement::Update(v) => {
                    if self.needs(statement) {
                        self.graph.operands(*v).into_iter().for_each(|v| note(v, User::Other));
                    }
                }
                Statement::WriteInPlace { buffer, value, .. } => {
                    note(*buffer, User::Other);
                    note(*value, User::Other);
                }
                Statement::Loop(item) => {
                    for c in &item.carried {
                        note(c.init, User::Other);
                        note(c.yielded, User::Other);
                        note(c.inner, User::Other);
                    }
                }
                Statement::If(item) => {
                    for (then, other, _) in &item.results {
                        note(*then, User::Other);
                        note(*other, User::Other);
                    }
                }
            }
        }
        for statement in &region.statements {
            match statement {
                Statement::Loop(item) => self.count(&item.body, users),
                Statement::If(item) => {
                    self.count(&item.then, users);
                    self.count(&item.other, users);
                }
                _ => {}
            }
        }
    }

    fn group(&mut self, region: &Region, users: &HashMap<Value, Vec<User>>) {
        let at = std::ptr::from_ref(region) as usize;
        let mut root_of: HashMap<Value, Value> = HashMap::new();
        for statement in region.statements.iter().rev() {
            match statement {
                Statement::Elementwise(v) if self.needed.contains(v) => {
                    let roots: HashSet<Option<Value>> = users
                        .get(v)
                        .into_iter()
                        .flatten()
                        .map(|user| match user {
                            User::Elementwise { node, region } if *region == at => {
                                root_of.get(node).copied()
                            }
                            _ => None,
                        })
                        .collect();
                    let root = match roots.iter().next() {
                        Some(Some(root)) if roots.len() == 1 => *root,
                        _ => *v,
                    };
                    root_of.insert(*v, root);
                    let group = self
                        .groups
                        .entry(root)
                        .or_insert_with(|| Group { nodes: Vec::new(), operands: Vec::new() });
                    group.nodes.insert(0, *v);
                }
                Statement::Loop(item) => self.group(&item.body, users),
                Statement::If(item) => {
                    self.group(&item.then, users);
                    self.group(&item.other, users);
                }
                _ => {}
            }
        }
        for root in root_of.values() {
            let group = &self.groups[root];
            let mut operands = Vec::new();
            for node in &group.nodes {
                let Def::Elementwise { args, .. } = &self.graph.values[*node].def else { continue };
                for arg in args {
                    match arg {
                        Arg::Value(v) if !group.nodes.contains(v) && !operands.contains(v) => {
                            operands.push(*v)
                        }
                        _ => {}
                    }
                }
            }
            self.groups.get_mut(root).expect("just read").operands = operands;
        }
    }

    /// The output that a value is computed into directly: its first mention, unless it is somebody else's memory.
    pub fn direct_output(&self, value: Value) -> Option<usize> {
        if self.graph.values[value].def.is_foreign() {
            None
        } else {
            self.outputs.iter().position(|v| *v == value)
        }
    }
}

/// Who reads a value.
#[derive(Clone, Copy)]
enum User {
    Elementwise { node: Value, region: usize },
    Other,
}
