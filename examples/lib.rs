//! What the examples share: the digits data, embedded (`data/README.md` says where they come from), and a few small tools.

use std::path::{Path, PathBuf};

use ndarray::{Array2, ArrayView1};
use plotters::prelude::*;

/// Images of 8×8 pixels in `0.0..=1.0`, and their labels.
pub struct Digits {
    /// The pixels, row by row.
    pub images: Vec<[f32; 64]>,
    /// The digit, `0..10`.
    pub labels: Vec<u8>,
}

/// The 1,797 images, in the order of the file.
///
/// # Panics
/// If the embedded file is not 65 numbers a line.
pub fn digits() -> Digits {
    let mut digits = Digits { images: Vec::new(), labels: Vec::new() };
    for line in include_str!("data/digits.csv").lines() {
        let numbers: Vec<u8> =
            line.split(',').map_while(|number| number.trim().parse().ok()).collect();
        let Some((label, pixels)) = numbers.split_last() else { continue };
        digits.images.push(std::array::from_fn(|i| f32::from(pixels[i]) / 16.0));
        digits.labels.push(*label);
    }
    digits
}

impl Digits {
    /// Splits off the last of `parts` equal parts, after an exchange that `seed` decides.
    pub fn split(mut self, parts: usize, seed: u64) -> (Digits, Digits) {
        let count = self.labels.len();
        for i in (1..count).rev() {
            let j = (keras_core::random::mix(seed, i as u64) % (i as u64 + 1)) as usize;
            self.images.swap(i, j);
            self.labels.swap(i, j);
        }
        let rest = count - count / parts;
        let other =
            Digits { images: self.images.split_off(rest), labels: self.labels.split_off(rest) };
        (self, other)
    }
}

/// The directory for what examples write, which is made if it is not there: in the target directory of the workspace.
///
/// # Errors
/// Where it cannot be made.
pub fn directory() -> std::io::Result<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/examples");
    std::fs::create_dir_all(&directory)?;
    directory.canonicalize()
}

/// The place of the largest number of each row, as NumPy's `argmax(axis=1)`.
pub fn argmax(scores: &Array2<f32>) -> Vec<u8> {
    let largest = |row: ArrayView1<'_, f32>| {
        row.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(i, _)| i as u8)
    };
    scores.outer_iter().map(largest).collect()
}

/// How often two lists agree, as NumPy's `mean(a == b)`; lists of different lengths never do.
pub fn mean_equal(a: &[u8], b: &[u8]) -> f64 {
    if a.len() != b.len() {
        return 0.0;
    }
    a.iter().zip(b).filter(|(a, b)| a == b).count() as f64 / a.len() as f64
}

/// The mean distance of points to the mean of their class, and that of the classes' means to the mean of all.
pub fn distances(points: &[[f32; 2]], labels: &[u8]) -> (f64, f64) {
    let distance = |a: [f32; 2], b: [f32; 2]| f64::from((a[0] - b[0]).hypot(a[1] - b[1]));
    let centers: Vec<[f32; 2]> = (0..10).map(|class| center(points, labels, class)).collect();
    let all = mean(points.iter());
    let own = points.iter().zip(labels).map(|(p, l)| distance(*p, centers[usize::from(*l)]));
    let between = centers.iter().map(|c| distance(*c, all));
    (own.sum::<f64>() / points.len() as f64, between.sum::<f64>() / centers.len() as f64)
}

fn center(points: &[[f32; 2]], labels: &[u8], class: u8) -> [f32; 2] {
    mean(points.iter().zip(labels).filter(|(_, label)| **label == class).map(|(point, _)| point))
}

fn mean<'a>(points: impl Iterator<Item = &'a [f32; 2]>) -> [f32; 2] {
    let (mut sum, mut count) = ([0.0; 2], 0.0);
    for point in points {
        sum = [sum[0] + point[0], sum[1] + point[1]];
        count += 1.0;
    }
    sum.map(|s| s / count)
}

/// Draws points, a colour a digit, to an SVG file.
///
/// # Errors
/// Where the file cannot be written.
pub fn scatter(
    file: &Path,
    title: &str,
    points: &[[f32; 2]],
    labels: &[u8],
) -> Result<(), Box<dyn std::error::Error>> {
    let range = |axis: usize| {
        let numbers = points.iter().map(|point| point[axis]);
        let (low, high) =
            numbers.fold((f32::MAX, f32::MIN), |(low, high), x| (low.min(x), high.max(x)));
        let margin = 0.05 * (high - low);
        // The legend stands to the right of all points.
        let legend = if axis == 0 { 0.2 * (high - low) } else { 0.0 };
        low - margin..high + margin + legend
    };
    keras_core::plot::register_font();
    let root = SVGBackend::new(file, (480, 480)).into_drawing_area();
    root.fill(&WHITE)?;
    let mut builder = ChartBuilder::on(&root);
    builder.margin(10).caption(title, ("sans-serif", 18));
    builder.x_label_area_size(30).y_label_area_size(40);
    let mut chart = builder.build_cartesian_2d(range(0), range(1))?;
    chart.configure_mesh().light_line_style(TRANSPARENT).draw()?;
    for digit in 0..10u8 {
        let color =
            HSLColor(f64::from(digit) / 10.0, 0.75, if digit % 2 == 0 { 0.45 } else { 0.6 });
        let own = points.iter().zip(labels).filter(|(_, label)| **label == digit);
        let dots = own.map(|(point, _)| Circle::new((point[0], point[1]), 3, color.filled()));
        let series = chart.draw_series(dots)?.label(digit.to_string());
        series.legend(move |(x, y)| Circle::new((x + 8, y), 4, color.filled()));
    }
    chart
        .configure_series_labels()
        .background_style(WHITE.mix(0.8))
        .border_style(BLACK.mix(0.3))
        .draw()?;
    root.present()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of `items` in a source: what is not blank, a comment or a closing bracket alone.
    fn lines(source: &str, items: &[&str]) -> usize {
        let mut count = 0;
        let mut rest = source.lines().peekable();
        let mut attribute = false;
        while let Some(line) = rest.next() {
            let is_attribute = line == "#[layer]";
            if items.iter().any(|item| line.trim_start_matches("pub ").starts_with(item)) {
                count += 1 + usize::from(attribute);
                let ends =
                    |line: &str| line == "}" || line.ends_with("};") && !line.starts_with(' ');
                if !line.ends_with(';') && !line.ends_with("}") {
                    let body = rest.by_ref().take_while(|line| !ends(line));
                    count += body.filter(|line| counts(line)).count();
                }
            }
            attribute = is_attribute;
        }
        count
    }

    fn counts(line: &str) -> bool {
        let line = line.trim();
        !line.starts_with("//") && line.chars().any(|c| !"{}()[];,".contains(c))
    }

    /// `README.md` compares definitions with the article's: its counts are true, and none is above.
    #[test]
    fn definitions_are_no_longer_than_in_the_article() {
        let mut rows = 0;
        let (_, table) = include_str!("README.md").split_once("## Lines").unwrap();
        for row in table.lines().filter(|line| line.starts_with("| [`")) {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let name = cells[1].split('`').nth(1).unwrap();
            let items: Vec<&str> = cells[2].split('`').skip(1).step_by(2).collect();
            let [article, ours] = [cells[3], cells[4]].map(|cell| cell.parse::<usize>().unwrap());
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("{name}.rs"));
            let source = std::fs::read_to_string(file).unwrap();
            assert_eq!(lines(&source, &items), ours, "{name}: {items:?}");
            assert!(ours <= article, "{name}");
            rows += 1;
        }
        assert_eq!(rows, 9);
    }
}
