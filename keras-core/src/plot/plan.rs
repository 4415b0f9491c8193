//! The memory of inference as a picture: time against address, in SVG.

use core::fmt::{Display, Formatter};
use std::path::Path;

use super::{PlotError, escaped, extension, write};
use crate::infer::{Block, Owner, Script};
use crate::summary::grouped;

/// Who has which part of the arena of `infer`, and when: what `Net::plan()` returns.
///
/// Its text is the picture, a box for each value that is stored and for what each call stores: from left to right the calls, one
/// after the other, from top to bottom the bytes of the arena in `f32`. What is computed a tile at a time has no box.
#[derive(Clone, Debug)]
pub struct Plan {
    name: &'static str,
    boxes: Vec<Held>,
    calls: Vec<&'static str>,
    bytes: usize,
}

/// A part of the arena.
#[derive(Clone, Debug)]
struct Held {
    name: String,
    at: usize,
    bytes: usize,
    /// The first and the last call while it is taken.
    from: usize,
    to: usize,
}

impl Plan {
    /// Of the model `name`, whose arena has `len` numbers: its blocks, and the names of its values and calls by their numbers.
    #[doc(hidden)]
    pub fn new(
        name: &'static str,
        len: usize,
        script: &Script,
        blocks: &[Block],
        (values, calls): (&[&'static str], &[&'static str]),
    ) -> Self {
        let steps = || script.steps.iter().filter_map(|step| Some((step.time, step.call?)));
        // A moment is in the column of the last call that began by then.
        let column = |time| steps().filter(|step| step.0 <= time).count().saturating_sub(1);
        let named = |block: &Block| match block.of {
            Owner::Value(value) => values[value].to_owned(),
            Owner::Call(call) => format!("inside of {}", calls[call]),
        };
        let boxes = blocks.iter().map(|block| Held {
            name: named(block),
            at: 4 * block.at,
            bytes: 4 * block.size,
            from: column(block.from),
            to: column(block.to),
        });
        let boxes = boxes.collect();
        Plan { name, boxes, calls: steps().map(|step| calls[step.1]).collect(), bytes: 4 * len }
    }

    /// Writes the picture to a file.
    ///
    /// # Errors
    /// Where the name does not end in `.svg`, or the file cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), PlotError> {
        let path = path.as_ref();
        if extension(path) != "svg" {
            return Err(PlotError::Format { expected: "`.svg`", file: path.to_owned() });
        }
        write(path, self.to_string().as_bytes())
    }
}

/// The width of a column, the height of the arena, and what is around it.
const COLUMN: f64 = 130.0;
const HEIGHT: f64 = 420.0;
const LEFT: f64 = 70.0;
const TOP: f64 = 52.0;

impl Display for Plan {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        let columns = self.calls.len().max(1) as f64;
        let (width, height) = (LEFT + columns * COLUMN + 20.0, TOP + HEIGHT + 20.0);
        let title = format!("{}: {} bytes of RAM", self.name, grouped(self.bytes));
        writeln!(
            f,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"12\">\n\
             <title>{0}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n\
             <text x=\"{LEFT}\" y=\"18\" font-weight=\"bold\">{0}</text>",
            escaped(&title)
        )?;
        for (i, call) in self.calls.iter().enumerate() {
            let x = LEFT + i as f64 * COLUMN;
            writeln!(
                f,
                "<text x=\"{x}\" y=\"{}\">{}</text>\n<path d=\"M{x} {TOP} v{HEIGHT}\" stroke=\"#ddd\"/>",
                TOP - 10.0,
                escaped(call)
            )?;
        }
        self.boxes.iter().try_for_each(|held| self.draw(f, held))?;
        writeln!(
            f,
            "<rect x=\"{LEFT}\" y=\"{TOP}\" width=\"{}\" height=\"{HEIGHT}\" fill=\"none\" stroke=\"#555\"/>\n\
             <text x=\"{1}\" y=\"{2}\" text-anchor=\"end\">0</text>\n\
             <text x=\"{1}\" y=\"{3}\" text-anchor=\"end\">{4}</text>\n</svg>",
            columns * COLUMN,
            LEFT - 6.0,
            TOP + 10.0,
            TOP + HEIGHT,
            grouped(self.bytes)
        )
    }
}

impl Plan {
    fn draw(&self, f: &mut Formatter<'_>, held: &Held) -> core::fmt::Result {
        let scale = HEIGHT / self.bytes.max(1) as f64;
        let (x, y) = (LEFT + held.from as f64 * COLUMN, TOP + held.at as f64 * scale);
        let width = (held.to + 1 - held.from) as f64 * COLUMN;
        let height = held.bytes as f64 * scale;
        let text =
            escaped(&format!("{} at {}: {}", held.name, grouped(held.at), grouped(held.bytes)));
        writeln!(
            f,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"#e8f1fb\" stroke=\"#555\">\
             <title>{text}</title></rect>"
        )?;
        // Of what is too thin for text only the tooltip speaks.
        if height < 14.0 {
            return Ok(());
        }
        let middle = y + height / 2.0 + 4.0;
        writeln!(f, "<text x=\"{:.1}\" y=\"{middle:.1}\">{text}</text>", x + 6.0)
    }
}
