//! The layers of a model as a picture: SVG, written as text.

use core::fmt::Write;
use std::path::Path;

use super::layout::{Arrow, Layout, Node as Place};
use super::{PlotError, escaped, extension, write};
use crate::net::{Net, Source};
use crate::shape::Inferred;
use crate::summary::{grouped, shape, title};

/// Draws `N` to an SVG file.
pub(crate) fn model<N: Net>(path: &Path) -> Result<(), PlotError> {
    if extension(path) != "svg" {
        return Err(PlotError::Format { expected: "`.svg`", file: path.to_owned() });
    }
    write(path, svg::<N>().as_bytes())
}

/// A box: what stands in it, whether it is an input or output of the model, and what it reads.
struct Node {
    text: Vec<String>,
    port: bool,
    outputs: usize,
    inputs: &'static [Source],
}

/// The inputs, the layers, the outputs.
fn nodes<N: Net>() -> Vec<Node> {
    let port = |name, kind, value, inputs| Node {
        text: vec![title(name, kind), shape(value)],
        port: true,
        outputs: 1,
        inputs,
    };
    let inputs = N::INPUTS.iter().map(|input| port(input.name, "input", &input.shape, &[][..]));
    let layers = N::ROWS.iter().map(|row| {
        let mut text = vec![title(row.name, row.kind), shapes(row.outputs)];
        if row.params > 0 {
            text.push(format!("{} params", grouped(row.params)));
        }
        Node { text, port: false, outputs: row.outputs.len(), inputs: row.inputs }
    });
    let outputs = N::OUTPUTS.iter().zip(N::SOURCES);
    let outputs =
        outputs.map(|(output, sources)| port(output.name, "output", &output.shape, *sources));
    inputs.chain(layers).chain(outputs).collect()
}

fn shapes(values: &[Inferred]) -> String {
    values.iter().map(shape).collect::<Vec<_>>().join("  ")
}

/// The width of a character, the height of a line, and what a box has around its text.
const CHAR: f64 = 7.3;
const LINE: f64 = 17.0;
const PAD: f64 = 10.0;

impl Node {
    fn size(&self) -> (f64, f64) {
        let longest = self.text.iter().map(|line| line.chars().count()).max().unwrap_or(0);
        (longest as f64 * CHAR + 2.0 * PAD, self.text.len() as f64 * LINE + PAD)
    }
}

fn svg<N: Net>() -> String {
    let nodes = nodes::<N>();
    let arrows: Vec<(usize, usize, &Source)> = (0..nodes.len())
        .flat_map(|to| nodes[to].inputs.iter().map(move |from| (from.line, to, from)))
        .filter(|(from, to, _)| from < to)
        .collect();
    let layout =
        Layout::new(nodes.iter().map(Node::size), arrows.iter().map(|(from, to, _)| (*from, *to)));
    let (width, height) = (layout.width.ceil(), layout.height.ceil());
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"12\" text-anchor=\"middle\">\n\
         <title>{}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n",
        escaped(N::NAME)
    );
    let mut read = vec![0; nodes.len()];
    for ((_, to, source), arrow) in arrows.iter().zip(&layout.arrows) {
        let from = &nodes[arrow.from];
        let start = (source.output, from.outputs);
        let end = (read[*to], nodes[*to].inputs.len());
        read[*to] += 1;
        let label = if from.outputs > 1 { source.name } else { "" };
        draw_arrow(&mut svg, &layout, arrow, [start, end], label);
    }
    for (node, place) in nodes.iter().zip(&layout.nodes) {
        draw_box(&mut svg, node, place);
    }
    svg + "</svg>\n"
}

fn draw_box(svg: &mut String, node: &Node, place: &Place) {
    let Place { x, y, width, height, .. } = place;
    let (radius, fill) = if node.port { (height / 2.0, "#e8f1fb") } else { (4.0, "#f6f6f6") };
    let left = x - width / 2.0;
    let _ = writeln!(
        svg,
        "<rect x=\"{left:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"{radius:.1}\" \
         fill=\"{fill}\" stroke=\"#555\"/>"
    );
    for (i, line) in node.text.iter().enumerate() {
        let y = y + PAD / 2.0 + (i as f64 + 0.75) * LINE;
        let weight = if i == 0 { " font-weight=\"bold\"" } else { "" };
        let _ = writeln!(svg, "<text x=\"{x:.1}\" y=\"{y:.1}\"{weight}>{}</text>", escaped(line));
    }
}

/// A curve from the lower side of a box to the upper side of another, beside those between. Of several outputs or inputs each has
/// a place of its own: `ends` are its number and how many there are.
fn draw_arrow(
    svg: &mut String,
    layout: &Layout,
    arrow: &Arrow,
    [output, input]: [(usize, usize); 2],
    label: &str,
) {
    let (from, to) = (&layout.nodes[arrow.from], &layout.nodes[arrow.to]);
    let (mut x, mut y) = (from.x + offset(output, from.width), from.y + from.height);
    if !label.is_empty() {
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"start\" fill=\"#555\">{}</text>",
            x + 5.0,
            y + 14.0,
            escaped(label)
        );
    }
    let mut path = format!("M{x:.1} {y:.1}");
    let mut curve = |to_x: f64, to_y: f64, line: f64| {
        let middle = (y + to_y) / 2.0;
        let _ = write!(
            path,
            " C{x:.1} {middle:.1} {to_x:.1} {middle:.1} {to_x:.1} {to_y:.1} v{line:.1}"
        );
        (x, y) = (to_x, to_y + line);
    };
    for bend in arrow.bends.iter().map(|i| &layout.nodes[*i]) {
        curve(bend.x, bend.y, bend.height);
    }
    let (tip_x, tip_y) = (to.x + offset(input, to.width), to.y);
    curve(tip_x, tip_y - TIP, 0.0);
    let _ = writeln!(svg, "<path d=\"{path}\" fill=\"none\" stroke=\"#555\"/>");
    let _ = writeln!(svg, "<path d=\"M{tip_x:.1} {tip_y:.1} l-3.5 -{TIP} h7 z\" fill=\"#555\"/>");
}

/// The length of the tip of an arrow.
const TIP: f64 = 8.0;

/// Where arrow `i` of `count` meets the side of a box of this width, from its middle.
fn offset((i, count): (usize, usize), width: f64) -> f64 {
    ((i as f64 + 0.5) / count.max(1) as f64 - 0.5) * width * 0.7
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::Native;
    use crate::model::Model;
    use crate::toy::{Directory, Toy};

    #[test]
    fn a_picture_has_a_box_a_node_and_an_arrow_a_connection() {
        let directory = Directory::new("plot-model");
        let net = Model::<Toy, f32, Native>::init(1);
        net.plot_model(directory.join("toy.SVG")).unwrap();
        let svg = std::fs::read_to_string(directory.join("toy.SVG")).unwrap();
        for text in ["x (input)", "head (Dense)", "[3]", "15 params", "[]  [4]", "y (output)"] {
            assert!(svg.contains(&format!(">{text}</text>")), "{text}: {svg}");
        }
        assert_eq!(svg.matches("fill=\"none\"").count(), 4);
        let error = net.plot_model(directory.join("toy.jpg")).unwrap_err().to_string();
        assert!(error.starts_with("the name of a picture must end in `.svg`, found `"), "{error}");
        let nowhere = net.plot_model(directory.join("missing").join("toy.svg"));
        assert!(matches!(nowhere, Err(PlotError::Io { .. })));
    }
}
