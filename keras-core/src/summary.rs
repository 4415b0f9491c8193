//! The table of a model's layers.

use core::fmt;

use crate::memory::Extent;
use crate::net::training;
use crate::net::{Net, Port, Program, Row, arena};
use crate::shape::Inferred;

/// A table of the layers of a model, printed with `{}`, as `keras.Model.summary`: name and kind, output shapes, numbers of weights,
/// and what the layer reads: values by their name in the model, or else by the layer that gives them. Below it the weights and
/// the memory of the model.
#[derive(Clone, Debug)]
pub struct Summary {
    name: &'static str,
    rows: Vec<[String; COLUMNS]>,
    trainable: usize,
    total: usize,
    bytes: usize,
    /// Numbers of a training step.
    step: Extent,
    /// Numbers of inference.
    inference: usize,
}

impl Summary {
    /// The summary of `N` with scalars of `bytes` bytes.
    pub(crate) fn of<N: Net>(bytes: usize) -> Self {
        let weights = N::WEIGHTS.walk();
        let trainable = weights.iter().filter(|weight| weight.trainable);
        Summary {
            name: N::NAME,
            rows: N::INPUTS.iter().map(input).chain(N::ROWS.iter().map(layer)).collect(),
            trainable: trainable.map(|weight| weight.shape.len()).sum(),
            total: N::WEIGHTS.params(),
            bytes,
            step: data::<N>().and(training::<N::Objective>().0),
            inference: arena::<<N::Call as Program>::At>(),
        }
    }

    /// The number of all weights.
    pub fn params(&self) -> usize {
        self.total
    }

    /// The number of weights that training changes.
    pub fn trainable_params(&self) -> usize {
        self.trainable
    }

    /// The bytes of a training step on `batch` examples: the data, all values with their cotangents, and the gradients; not the
    /// weights and what the optimizer keeps.
    pub fn step_bytes(&self, batch: usize) -> usize {
        (self.step.total(batch) + self.total) * self.bytes
    }

    /// The bytes of the arena in which `infer` computes one example; not the weights.
    pub fn inference_bytes(&self) -> usize {
        self.inference * self.bytes
    }
}

/// The batch whose memory is told: that of a [`Fit`](crate::train::Fit).
const BATCH: usize = 32;

const COLUMNS: usize = 4;
/// What is connected to nothing.
const NOTHING: &str = "-";
const HEADER: [&str; COLUMNS] = ["Layer (kind)", "Output shape", "Params", "Connected to"];

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let header = HEADER.map(str::to_owned);
        let width = |i: usize| {
            let cells = self.rows.iter().chain([&header]).map(|row| row[i].chars().count());
            cells.max().unwrap_or(0)
        };
        let widths = core::array::from_fn(width);
        writeln!(f, "Model: {}", self.name)?;
        rule(f, ["┌", "┬", "┐"], widths)?;
        line(f, &header, widths)?;
        rule(f, ["├", "┼", "┤"], widths)?;
        for row in &self.rows {
            line(f, row, widths)?;
        }
        rule(f, ["└", "┴", "┘"], widths)?;
        for (what, count) in [
            ("Total", self.total),
            ("Trainable", self.trainable),
            ("Non-trainable", self.total - self.trainable),
        ] {
            writeln!(f, "{what} params: {} ({})", grouped(count), size(count * self.bytes))?;
        }
        let (step, inference) = (self.step_bytes(BATCH), self.inference_bytes());
        writeln!(f, "Training step of {BATCH} examples, beside the weights: {}", size(step))?;
        writeln!(f, "Inference of one example, beside the weights: {}", size(inference))
    }
}

fn rule(
    f: &mut fmt::Formatter<'_>,
    [left, middle, right]: [&str; 3],
    widths: [usize; COLUMNS],
) -> fmt::Result {
    let columns = widths.map(|width| "─".repeat(width + 2));
    writeln!(f, "{left}{}{right}", columns.join(middle))
}

fn line(
    f: &mut fmt::Formatter<'_>,
    [a, b, c, d]: &[String; COLUMNS],
    [wa, wb, wc, wd]: [usize; COLUMNS],
) -> fmt::Result {
    writeln!(f, "│ {a:<wa$} │ {b:<wb$} │ {c:>wc$} │ {d:<wd$} │")
}

fn input(port: &Port) -> [String; COLUMNS] {
    [title(port.name, "input"), shape(&port.shape), "0".to_owned(), NOTHING.to_owned()]
}

fn layer(row: &Row) -> [String; COLUMNS] {
    let outputs: Vec<String> = row.outputs.iter().map(shape).collect();
    // A layer of a loss may read targets alone, which have no line.
    let mut inputs: Vec<&str> = row.inputs.iter().map(|source| source.name).collect();
    if inputs.is_empty() {
        inputs.push(NOTHING);
    }
    [title(row.name, row.kind), outputs.join(", "), grouped(row.params), inputs.join(", ")]
}

/// What a batch of data takes.
fn data<N: Net>() -> Extent {
    let ports = N::INPUTS.iter().chain(N::TARGETS);
    ports.fold(Extent::ZERO, |sum, port| sum.and(Extent::of(&port.shape)))
}

/// `head (Dense)`. An op has no name but its kind.
pub(crate) fn title(name: &str, kind: &str) -> String {
    if name.starts_with(kind) { name.to_owned() } else { format!("{name} ({kind})") }
}

/// `[8, 8, 16]`: the batch is never part of a shape.
pub(crate) fn shape(value: &Inferred) -> String {
    let shape = value.get();
    let sizes: Vec<String> = (0..shape.rank()).map(|axis| shape.size(axis).to_string()).collect();
    format!("[{}]", sizes.join(", "))
}

/// `12,345`.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `6.54 KB`, with 1,024 bytes to a KB as in Keras.
fn size(bytes: usize) -> String {
    let (mut size, mut units) = (bytes as f64, ["B", "KB", "MB", "GB"].iter());
    let mut unit = units.next();
    while size >= 1024.0 && units.len() > 0 {
        size /= 1024.0;
        unit = units.next();
    }
    format!("{size:.2} {}", unit.unwrap_or(&"B"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::Native;
    use crate::model::Model;
    use crate::toy::{FROZEN, Toy};

    #[test]
    fn the_table_is_aligned() {
        let summary = Model::<Toy, f32, Native>::init(1).summary();
        let expected = "\
Model: Toy
┌───────────────┬──────────────┬────────┬──────────────┐
│ Layer (kind)  │ Output shape │ Params │ Connected to │
├───────────────┼──────────────┼────────┼──────────────┤
│ x (input)     │ [4]          │      0 │ -            │
│ head (Dense)  │ [3]          │     15 │ x            │
│ split (Split) │ [], [4]      │      0 │ head, x      │
└───────────────┴──────────────┴────────┴──────────────┘
Total params: 16 (64.00 B)
Trainable params: 15 (60.00 B)
Non-trainable params: 1 (4.00 B)
Training step of 32 examples, beside the weights: 1.94 KB
Inference of one example, beside the weights: 12.00 B
";
        assert_eq!(summary.to_string(), expected);
    }

    #[test]
    fn what_is_frozen_is_not_trainable() {
        let summary = Model::<Toy<FROZEN>, f64, Native>::init(1).summary();
        assert_eq!((summary.params(), summary.trainable_params()), (16, 12));
    }

    #[test]
    fn numbers_are_grouped_and_sizes_scaled() {
        assert_eq!([0, 999, 1000, 1234567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([0, 6696, 3 << 20].map(size), ["0.00 B", "6.54 KB", "3.00 MB"]);
    }
}
