//! The thread that prepares examples, and the channel between it and whoever takes them.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Weak};
use std::thread;

use super::{Example, Examples};
use crate::data::ReadError;
use crate::float::Float;
use crate::net::Net;

/// How many examples the thread hands over at once.
pub(super) const CHUNK: usize = 32;
/// How many such chunks wait to be taken.
pub(super) const AHEAD: usize = 2;

/// The side of whoever takes the examples.
pub(super) struct Ahead<F> {
    receiver: Receiver<Result<Chunk<F>, ReadError>>,
    /// As [`pass`](Self::pass), for the thread to see.
    wanted: Arc<AtomicUsize>,
    chunk: Chunk<F>,
    /// The first example of the chunk that was not taken.
    at: usize,
    pass: usize,
    /// Whether any of the pass was asked for.
    taken: bool,
    endless: bool,
    repeats: bool,
    /// What went wrong, to be told again: the thread has ended.
    failed: Option<ReadError>,
}

impl<F: Float> Ahead<F> {
    /// Starts a thread that runs `first`, and then what `again` gives.
    pub(super) fn new<N: Net, I>(
        first: I,
        again: Option<impl FnMut() -> I + Send + 'static>,
    ) -> Self
    where
        I: Iterator<Item: Example<N, F>> + Send + 'static,
    {
        let endless = first.size_hint().0 == usize::MAX;
        let repeats = again.is_some() && !endless;
        let ports = N::INPUTS.iter().chain(N::TARGETS);
        let widths = ports.map(|port| port.shape.len()).collect();
        let (wanted, (sender, receiver)) = (Arc::new(AtomicUsize::new(0)), sync_channel(AHEAD));
        let maker = Maker { widths, wanted: Arc::downgrade(&wanted), sender };
        let thread = thread::Builder::new().name("examples".to_owned());
        let failed = thread.spawn(move || maker.run(first, again)).err().map(|error| {
            ReadError::Stream { message: format!("its thread could not be started: {error}") }
        });
        let chunk = Chunk { pass: 0, last: false, count: 0, columns: Vec::new() };
        let (at, pass, taken) = (0, 0, false);
        Ahead { receiver, wanted, chunk, at, pass, taken, endless, repeats, failed }
    }

    /// Whether the pass has one more example, which is in the chunk then.
    fn more(&mut self) -> Result<bool, ReadError> {
        while self.at == self.chunk.count {
            if let Some(error) = &self.failed {
                return Err(error.clone());
            }
            if self.chunk.last && self.chunk.pass == self.pass {
                return Ok(false);
            }
            match self.receiver.recv() {
                // Of a pass that was broken off.
                Ok(Ok(chunk)) if chunk.pass < self.pass => {}
                Ok(Ok(chunk)) => (self.chunk, self.at) = (chunk, 0),
                Ok(Err(error)) => self.failed = Some(error),
                Err(_) => {
                    let message = "its thread is gone".to_owned();
                    self.failed = Some(ReadError::Stream { message });
                }
            }
        }
        Ok(true)
    }
}

impl<F: Float> Examples<F> for Ahead<F> {
    fn begin(&mut self) -> Result<bool, ReadError> {
        if !self.taken {
            return Ok(true);
        }
        if !self.repeats {
            return self.more();
        }
        self.taken = false;
        self.pass += 1;
        self.wanted.store(self.pass, Ordering::Relaxed);
        self.at = self.chunk.count;
        Ok(true)
    }

    fn take(&mut self, count: usize, columns: &mut [Vec<F>]) -> Result<usize, ReadError> {
        self.taken = true;
        let mut done = 0;
        while done < count && self.more()? {
            let some = (count - done).min(self.chunk.count - self.at);
            for (to, from) in columns.iter_mut().zip(&self.chunk.columns) {
                let width = from.len() / self.chunk.count;
                to.extend_from_slice(&from[self.at * width..][..some * width]);
            }
            self.at += some;
            done += some;
        }
        Ok(done)
    }

    fn is_endless(&self) -> bool {
        self.endless
    }
}

/// Some examples of one pass.
struct Chunk<F> {
    pass: usize,
    /// Whether the pass ends with them.
    last: bool,
    count: usize,
    columns: Vec<Vec<F>>,
}

/// The side of the thread.
struct Maker<F> {
    widths: Vec<usize>,
    /// The pass whose examples are wanted; nothing more is wanted when it is gone.
    wanted: Weak<AtomicUsize>,
    sender: SyncSender<Result<Chunk<F>, ReadError>>,
}

/// The other side is gone.
struct Dropped;

impl<F: Float> Maker<F> {
    fn run<N: Net, I: Iterator<Item: Example<N, F>>>(
        self,
        first: I,
        again: Option<impl FnMut() -> I>,
    ) {
        let passes = catch_unwind(AssertUnwindSafe(|| self.passes(first, again)));
        if let Err(panic) = passes {
            let message = format!("its iterator panicked: {}", text(&*panic));
            // Where nobody listens, nobody wants to know.
            let _ = self.sender.send(Err(ReadError::Stream { message }));
        }
    }

    fn passes<N: Net, I: Iterator<Item: Example<N, F>>>(
        &self,
        first: I,
        mut again: Option<impl FnMut() -> I>,
    ) -> Result<(), Dropped> {
        let (mut pass, mut examples) = (0, first);
        loop {
            self.pass(pass, examples)?;
            let Some(again) = &mut again else { return Ok(()) };
            (pass, examples) = (pass + 1, again());
        }
    }

    /// Sends the examples of a pass, until a later one is wanted.
    fn pass<N: Net>(
        &self,
        pass: usize,
        examples: impl Iterator<Item: Example<N, F>>,
    ) -> Result<(), Dropped> {
        let mut chunk = self.chunk(pass);
        for example in examples {
            let wanted = self.wanted.upgrade().ok_or(Dropped)?;
            if wanted.load(Ordering::Relaxed) > pass {
                return Ok(());
            }
            for (port, (column, width)) in chunk.columns.iter_mut().zip(&self.widths).enumerate() {
                let start = column.len();
                column.resize(start + width, F::zero());
                example.put(port, &mut column[start..]);
            }
            chunk.count += 1;
            if chunk.count == CHUNK {
                self.send(std::mem::replace(&mut chunk, self.chunk(pass)))?;
            }
        }
        self.send(Chunk { last: true, ..chunk })
    }

    fn chunk(&self, pass: usize) -> Chunk<F> {
        let columns = self.widths.iter().map(|width| Vec::with_capacity(width * CHUNK)).collect();
        Chunk { pass, last: false, count: 0, columns }
    }

    fn send(&self, chunk: Chunk<F>) -> Result<(), Dropped> {
        self.sender.send(Ok(chunk)).map_err(|_| Dropped)
    }
}

/// What a panic says.
fn text(panic: &dyn Any) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref().copied()).unwrap_or("with no message").to_owned()
}
