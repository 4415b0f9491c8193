//! The numbers of a training as a picture: a panel a number, drawn by `plotters`.

use core::ops::Range;
use std::path::Path;
use std::sync::Once;

use plotters::coord::Shift;
use plotters::prelude::*;

use super::{PlotError, extension, write};
use crate::train::History;

/// Draws `history` to an SVG or PNG file.
pub(crate) fn history(history: &History, path: &Path) -> Result<(), PlotError> {
    let panels = panels(history);
    if panels.is_empty() {
        return Err(PlotError::Empty);
    }
    register_font();
    let columns = panels.len().min(2);
    let rows = panels.len().div_ceil(columns);
    let (width, height) = (columns as u32 * PANEL.0, rows as u32 * PANEL.1 + TITLE);
    let failed = |reason: String| PlotError::Draw { file: path.to_owned(), reason };
    match &*extension(path) {
        "svg" => {
            let mut svg = String::new();
            let area = SVGBackend::with_string(&mut svg, (width, height)).into_drawing_area();
            picture(area, history, &panels, (rows, columns)).map_err(|e| failed(e.to_string()))?;
            write(path, svg.as_bytes())
        }
        "png" => {
            let mut pixels = vec![0; (width * height * 3) as usize];
            let area = BitMapBackend::with_buffer(&mut pixels, (width, height)).into_drawing_area();
            picture(area, history, &panels, (rows, columns)).map_err(|e| failed(e.to_string()))?;
            let png = png(&pixels, (width, height)).map_err(|error| failed(error.to_string()))?;
            write(path, &png)
        }
        _ => Err(PlotError::Format { expected: "`.svg` or `.png`", file: path.to_owned() }),
    }
}

/// The size of a panel, the height of the title, and that of letters.
const PANEL: (u32, u32) = (480, 320);
const TITLE: u32 = 50;
const LETTERS: u32 = 15;
/// Up to how many points each has a dot.
const DOTS: usize = 40;
/// The family of the letters: whoever shows an SVG file has one.
const FAMILY: &str = "sans-serif";

const TRAINING: RGBColor = RGBColor(31, 119, 180);
const VALIDATION: RGBColor = RGBColor(230, 110, 10);

/// Gives `plotters` a font, the family `sans-serif`: [`History::plot`](crate::train::History::plot) does so itself.
///
/// A machine need not have any font, so this one comes with the program. With the feature `plot` the crate `plotters` knows no
/// font but those that were registered: whoever draws with it as well calls this before.
pub fn register_font() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let _ = plotters::style::register_font(
            FAMILY,
            FontStyle::Normal,
            epaint_default_fonts::UBUNTU_LIGHT,
        );
    });
}

fn png(pixels: &[u8], (width, height): (u32, u32)) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header()?.write_image_data(pixels)?;
    Ok(bytes)
}

/// A number in training and in validation: epochs, counted from 1, with its values.
struct Panel {
    name: String,
    training: Vec<(f64, f64)>,
    validation: Vec<(f64, f64)>,
}

/// A panel for each number; an only loss, which is `loss` under a second name, has none of its own.
fn panels(history: &History) -> Vec<Panel> {
    let series = |name: &str| -> Vec<(f64, f64)> {
        let first = history.initial_epoch() + 1;
        let epochs = history.epochs().iter().enumerate();
        epochs.filter_map(|(i, logs)| Some(((first + i) as f64, logs.get(name)?))).collect()
    };
    let mut panels: Vec<Panel> = Vec::new();
    for name in history.names() {
        let name = name.strip_prefix("val_").unwrap_or(name);
        let panel = Panel {
            name: name.to_owned(),
            training: series(name),
            validation: series(&format!("val_{name}")),
        };
        let bits = |panel: &Panel| -> Vec<u64> {
            panel.training.iter().chain(&panel.validation).map(|(_, v)| v.to_bits()).collect()
        };
        let known = |other: &Panel| {
            other.name == name || (other.name == "loss" && bits(other) == bits(&panel))
        };
        if !panels.iter().any(known) {
            panels.push(panel);
        }
    }
    panels
}

type Drawn<B> = Result<(), DrawingAreaErrorKind<<B as DrawingBackend>::ErrorType>>;

fn picture<B: DrawingBackend>(
    area: DrawingArea<B, Shift>,
    history: &History,
    panels: &[Panel],
    grid: (usize, usize),
) -> Drawn<B> {
    area.fill(&WHITE)?;
    let epochs = history.epochs().len();
    let title = format!("{epochs} epoch{} of training", if epochs == 1 { "" } else { "s" });
    let area = area.margin(10, 0, 0, 0).titled(&title, (FAMILY, 24))?;
    for (panel, area) in panels.iter().zip(area.split_evenly(grid)) {
        draw(&area, panel)?;
    }
    area.present()
}

fn draw<B: DrawingBackend>(area: &DrawingArea<B, Shift>, panel: &Panel) -> Drawn<B> {
    let all = || panel.training.iter().chain(&panel.validation);
    let epochs = range(all().map(|(epoch, _)| *epoch), 0.02);
    let values = range(all().map(|(_, value)| *value).filter(|value| value.is_finite()), 0.06);
    let caption = match all().any(|(_, value)| value.is_finite()) {
        true => panel.name.clone(),
        false => format!("{}: no finite number", panel.name),
    };
    let last =
        panel.training.last().is_some_and(|(_, last)| *last > (values.start + values.end) / 2.0);
    let legend =
        if last { SeriesLabelPosition::LowerRight } else { SeriesLabelPosition::UpperRight };
    let ticks = (epochs.end - epochs.start).ceil().min(10.0) as usize;
    let mut chart = ChartBuilder::on(area)
        .caption(caption, (FAMILY, 19))
        .margin(12)
        .x_label_area_size(38)
        .y_label_area_size(66)
        .build_cartesian_2d(epochs, values.clone())?;
    chart
        .configure_mesh()
        .light_line_style(TRANSPARENT)
        .label_style((FAMILY, LETTERS))
        .x_desc("epoch")
        .x_labels(ticks + 1)
        .x_label_formatter(&|epoch| {
            if epoch.fract() == 0.0 { format!("{epoch}") } else { String::new() }
        })
        .y_label_formatter(&|value| number(*value, &values))
        .draw()?;
    let both =
        [("training", TRAINING, &panel.training), ("validation", VALIDATION, &panel.validation)];
    for (label, colour, points) in both.into_iter().filter(|(_, _, points)| !points.is_empty()) {
        let style = colour.stroke_width(2);
        // A number that is not finite is a gap.
        for run in points.split(|(_, value)| !value.is_finite()) {
            chart.draw_series(LineSeries::new(run.iter().copied(), style))?;
        }
        // Of many points only those have a dot that no line goes through.
        let dotted = |run: &&[(f64, f64)]| points.len() <= DOTS || run.len() == 1;
        let dots = points.split(|(_, value)| !value.is_finite()).filter(dotted).flatten();
        let dots = dots.map(|point| Circle::new(*point, 3, colour.filled()));
        chart
            .draw_series(dots)?
            .label(label)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], style));
    }
    chart
        .configure_series_labels()
        .label_font((FAMILY, LETTERS))
        .background_style(WHITE.mix(0.8))
        .border_style(BLACK.mix(0.2))
        .position(legend)
        .draw()
}

/// From the least to the greatest, and a share of that more on each side; where they are one number, some way around it.
fn range(numbers: impl Iterator<Item = f64>, share: f64) -> Range<f64> {
    let (least, most) = numbers
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), number| (a.min(number), b.max(number)));
    match most - least {
        wide if wide > 0.0 && wide.is_finite() => least - share * wide..most + share * wide,
        0.0 => {
            let around = if share < 0.05 { 0.9 } else { (0.1 * least.abs()).max(1e-6) };
            least - around..most + around
        }
        _ => 0.0..1.0,
    }
}

/// A label of an axis over this range: as many digits as tell ten of them apart.
fn number(value: f64, range: &Range<f64>) -> String {
    let (step, most) = ((range.end - range.start) / 10.0, range.start.abs().max(range.end.abs()));
    if value.abs() < step * 1e-3 {
        "0".to_owned()
    } else if (1e-4..1e6).contains(&most) && step > 1e-6 {
        let digits = (-step.log10().floor()).clamp(0.0, 6.0) as usize;
        format!("{value:.digits$}")
    } else {
        format!("{value:.2e}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toy::Directory;
    use crate::train::Logs;

    fn of(epochs: &[&[(&'static str, f64)]]) -> History {
        let mut history = History::from(2);
        epochs.iter().for_each(|logs| history.push(logs.iter().copied().collect::<Logs>()));
        history
    }

    #[test]
    fn an_only_loss_has_one_panel_and_epochs_keep_their_numbers() {
        let history = of(&[
            &[
                ("loss", 0.5),
                ("error", 0.5),
                ("rate", 0.1),
                ("val_loss", 0.25),
                ("val_error", 0.25),
            ],
            &[("loss", f64::NAN), ("error", f64::NAN), ("rate", 0.1)],
        ]);
        let panels = panels(&history);
        assert_eq!(panels.iter().map(|p| &*p.name).collect::<Vec<_>>(), ["loss", "rate"]);
        assert_eq!(panels[0].training[0], (3.0, 0.5));
        assert_eq!(panels[0].validation, [(3.0, 0.25)]);
        assert_eq!(panels[1].training, [(3.0, 0.1), (4.0, 0.1)]);
    }

    #[test]
    fn every_history_has_a_picture() {
        let directory = Directory::new("plot-history");
        let long: Vec<_> =
            (0..100).map(|i| [("loss", 1.0 / f64::from(i + 1)), ("accuracy", 1.0)]).collect();
        let long: Vec<&[_]> = long.iter().map(|logs| &logs[..]).collect();
        let nan: &[&[_]] = &[&[("loss", f64::NAN)], &[("loss", f64::INFINITY)]];
        let one: &[&[_]] = &[&[("loss", 1e-9)]];
        for (name, history) in [("long", of(&long)), ("nan", of(nan)), ("one", of(one))] {
            let path = |ending| directory.join(format!("{name}.{ending}"));
            history.plot(path("svg")).unwrap();
            let svg = std::fs::read_to_string(path("svg")).unwrap();
            let caption = if name == "nan" { "loss: no finite number" } else { "loss" };
            for text in ["epoch", caption, "training"] {
                assert!(svg.contains(&format!("\n{text}\n")), "{name}, {text}: {svg}");
            }
            history.plot(path("png")).unwrap();
            let file = std::io::BufReader::new(std::fs::File::open(path("png")).unwrap());
            let mut reader = png::Decoder::new(file).read_info().unwrap();
            let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
            reader.next_frame(&mut pixels).unwrap();
            assert!(pixels.chunks(3).any(|pixel| pixel == [255; 3]));
            // Letters are dark.
            assert!(pixels.chunks(3).any(|pixel| pixel.iter().all(|part| *part < 64)));
        }
    }

    #[test]
    fn a_number_between_gaps_has_a_dot() {
        let directory = Directory::new("plot-dots");
        let dots = |gap: f64| {
            let loss = |epoch: u32| if epoch == 29 || epoch == 31 { gap } else { f64::from(epoch) };
            let epochs: Vec<_> = (0..60).map(|epoch| [("loss", loss(epoch))]).collect();
            let epochs: Vec<&[_]> = epochs.iter().map(|logs| &logs[..]).collect();
            of(&epochs).plot(directory.join("dots.svg")).unwrap();
            let svg = std::fs::read_to_string(directory.join("dots.svg")).unwrap();
            svg.matches("<circle").count()
        };
        assert_eq!((dots(0.5), dots(f64::NAN)), (0, 1));
    }

    #[test]
    fn other_files_and_empty_histories_are_told() {
        let error = of(&[&[("loss", 1.0)]]).plot("history.jpg").unwrap_err();
        let expected = "the name of a picture must end in `.svg` or `.png`, found `history.jpg`";
        assert_eq!(error.to_string(), expected);
        assert!(matches!(of(&[]).plot("history.png"), Err(PlotError::Empty)));
    }

    #[test]
    fn labels_have_the_digits_that_differ() {
        let labels =
            |range: Range<f64>| [range.start, range.end].map(|value| number(value, &range));
        assert_eq!(labels(0.0..1.0), ["0", "1.0"]);
        assert_eq!(labels(0.12..0.14), ["0.120", "0.140"]);
        assert_eq!(labels(-50.0..2000.0), ["-50", "2000"]);
        assert_eq!(labels(1e-9..2e-9), ["1.00e-9", "2.00e-9"]);
        assert_eq!(labels(1e7..3e7), ["1.00e7", "3.00e7"]);
    }
}
