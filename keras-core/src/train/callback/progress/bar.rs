//! The bar of an epoch, drawn by `indicatif`.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressFinish, ProgressStyle};

/// How often a person can read it.
const PAUSE: Duration = Duration::from_millis(100);

/// A bar, which is cleared when it is dropped.
#[derive(Clone, Debug)]
pub(super) struct Bar {
    bar: ProgressBar,
    drawn: Instant,
}

impl Bar {
    /// Of an epoch of so many steps, where they are known; nothing where no terminal would show it. It is not drawn yet: an
    /// epoch that is over at once leaves only its line.
    pub(super) fn new(epoch: String, steps: Option<usize>) -> Option<Self> {
        if !std::io::stdout().is_terminal() {
            return None;
        }
        let template = match steps {
            Some(_) => "{prefix}  {pos}/{len} {bar:20}  {eta} left{wide_msg}",
            None => "{prefix}  {pos} {spinner}  {elapsed}{wide_msg}",
        };
        let style = ProgressStyle::with_template(template).ok()?.progress_chars("━╸─");
        let target = ProgressDrawTarget::stdout();
        let bar = ProgressBar::with_draw_target(steps.map(|steps| steps as u64), target)
            .with_style(style)
            .with_prefix(epoch)
            .with_finish(ProgressFinish::AndClear);
        Some(Bar { bar, drawn: Instant::now() })
    }

    /// Shows how far the epoch has come, unless that was shown just now.
    pub(super) fn draw(&mut self, steps: usize, numbers: impl FnOnce() -> String) {
        if self.drawn.elapsed() >= PAUSE {
            // A new message alone would be drawn with the old position.
            let _ = self.bar.clone().with_message(numbers());
            self.bar.set_position(steps as u64);
            self.drawn = Instant::now();
        }
    }

    pub(super) fn clear(&mut self) {
        self.bar.finish_and_clear();
    }
}
