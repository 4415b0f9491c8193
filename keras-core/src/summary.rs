//! The table of a model's layers.

use core::fmt;

use crate::net::{Net, Port, Row};
use crate::shape::Inferred;

/// A table of the layers of a model, printed with `{}`: name and kind, output shapes, and numbers of weights.
#[derive(Clone, Debug)]
pub struct Summary {
    name: &'static str,
    rows: Vec<[String; 3]>,
    trainable: usize,
    total: usize,
    bytes: usize,
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
}

const HEADER: [&str; 3] = ["Layer (kind)", "Output shape", "Params"];

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let header = HEADER.map(str::to_owned);
        let width = |i: usize| {
            let cells = self.rows.iter().chain([&header]).map(|row| row[i].chars().count());
            cells.max().unwrap_or(0)
        };
        let widths = [width(0), width(1), width(2)];
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
        Ok(())
    }
}

fn rule(
    f: &mut fmt::Formatter<'_>,
    [left, middle, right]: [&str; 3],
    widths: [usize; 3],
) -> fmt::Result {
    let [a, b, c] = widths.map(|width| "─".repeat(width + 2));
    writeln!(f, "{left}{a}{middle}{b}{middle}{c}{right}")
}

fn line(f: &mut fmt::Formatter<'_>, [a, b, c]: &[String; 3], widths: [usize; 3]) -> fmt::Result {
    let [wa, wb, wc] = widths;
    writeln!(f, "│ {a:<wa$} │ {b:<wb$} │ {c:>wc$} │")
}

fn input(port: &Port) -> [String; 3] {
    [format!("{} (input)", port.name), shape(&port.shape), "0".to_owned()]
}

fn layer(row: &Row) -> [String; 3] {
    let outputs: Vec<String> = row.outputs.iter().map(shape).collect();
    // An op has no name but its kind.
    let numbered = row.name.strip_prefix(row.kind).is_some();
    let name = if numbered { row.name.into() } else { format!("{} ({})", row.name, row.kind) };
    [name, outputs.join(", "), grouped(row.params)]
}

/// `[8, 8, 16]`: the batch is never part of a shape.
fn shape(value: &Inferred) -> String {
    let shape = value.get();
    let sizes: Vec<String> = (0..shape.rank()).map(|axis| shape.size(axis).to_string()).collect();
    format!("[{}]", sizes.join(", "))
}

/// `12,345`.
fn grouped(number: usize) -> String {
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
┌───────────────┬──────────────┬────────┐
│ Layer (kind)  │ Output shape │ Params │
├───────────────┼──────────────┼────────┤
│ x (input)     │ [4]          │      0 │
│ head (Dense)  │ [3]          │     15 │
│ split (Split) │ [], [4]      │      0 │
└───────────────┴──────────────┴────────┘
Total params: 16 (64.00 B)
Trainable params: 15 (60.00 B)
Non-trainable params: 1 (4.00 B)
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
