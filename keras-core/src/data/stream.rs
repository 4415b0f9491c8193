//! Examples from an iterator, prepared by a thread of their own.

mod ahead;

use std::cell::RefCell;
use std::marker::PhantomData;

use ahead::Ahead;

use super::{Column, Dataset, Example, ReadError};
use crate::float::Float;
use crate::net::Net;

/// Examples that come one after the other.
pub trait Examples<F>: Send {
    /// Begins a new pass; false where the pass before was the only one and has ended (an endless or one-pass stream just
    /// goes on).
    ///
    /// # Errors
    /// Where the examples cannot be made.
    fn begin(&mut self) -> Result<bool, ReadError>;

    /// Appends up to `count` examples to `columns` (one `Vec` a port: inputs, then targets); fewer only at the end of a pass.
    ///
    /// # Errors
    /// Where the examples cannot be made.
    fn take(&mut self, count: usize, columns: &mut [Vec<F>]) -> Result<usize, ReadError>;

    /// Whether a pass never ends, as far as the iterator's `size_hint` tells (lower bound `usize::MAX`).
    fn is_endless(&self) -> bool;
}

/// Examples from an iterator, for `fit` and `evaluate`: augmented, simulated, or read from where only you know.
///
/// A thread runs the iterator and prepares a few batches ahead; it ends when the stream is dropped. A panic of the iterator
/// becomes a [`ReadError::Stream`]. A row that has not the length of its port does not compile.
///
/// ```
/// use keras_core::data::{Dataset, Stream};
/// use keras_core::prelude::*;
///
/// model! {
///     pub struct Net {
///         input x: [2];
///         output y = Dense::new(3).activation(Softmax)(x);
///         target label: Label;
///         loss sparse_categorical_crossentropy(label, y);
///     }
/// }
///
/// // Ten examples, again in each epoch.
/// let data: Stream<Net> = Stream::repeat(|| (0..10).map(|i| NetData { x: [0.5, i as f32], label: i % 3u8 }));
///
/// let examples = data.stream().expect("a stream");
/// let mut columns = [vec![], vec![]];
/// for _ in 0..2 {
///     assert_eq!(examples.borrow_mut().begin(), Ok(true));
///     assert_eq!(examples.borrow_mut().take(100, &mut columns), Ok(10));
/// }
/// assert_eq!(columns[1][..4], [0.0, 1.0, 2.0, 0.0]);
/// ```
pub struct Stream<N, F: Float = f32> {
    examples: RefCell<Ahead<F>>,
    net: PhantomData<fn() -> N>,
}

impl<N: Net, F: Float> Stream<N, F> {
    /// The examples of `examples`, once: the next epoch goes on where the last one ended.
    pub fn new<I>(examples: I) -> Self
    where
        I: IntoIterator<Item: Example<N, F>, IntoIter: Send + 'static>,
    {
        Self::start(examples.into_iter(), None::<fn() -> I::IntoIter>)
    }

    /// The examples of `examples()`, from the beginning in each epoch. A pass is begun ahead, when the one before has ended.
    pub fn repeat<I>(mut examples: impl FnMut() -> I + Send + 'static) -> Self
    where
        I: IntoIterator<Item: Example<N, F>, IntoIter: Send + 'static>,
    {
        let mut examples = move || examples().into_iter();
        Self::start(examples(), Some(examples))
    }

    fn start<I>(first: I, again: Option<impl FnMut() -> I + Send + 'static>) -> Self
    where
        I: Iterator<Item: Example<N, F>> + Send + 'static,
    {
        Stream { examples: RefCell::new(Ahead::new(first, again)), net: PhantomData }
    }
}

impl<N: Net, F: Float> Dataset<N, F> for Stream<N, F> {
    /// Without examples: they are in the stream.
    fn column(&self, _: usize) -> &dyn Column<F> {
        const NONE: &[f32] = &[];
        &NONE
    }

    fn stream(&self) -> Option<&RefCell<dyn Examples<F>>> {
        Some(&self.examples)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};
    use std::thread;
    use std::time::{Duration, Instant};

    use super::ahead::{AHEAD, CHUNK};
    use super::*;
    use crate::toy::{Toy, ToyData};

    type Examples = ToyData<[f32; 4], u8>;

    fn example(i: usize) -> Examples {
        ToyData { x: [i as f32; 4], label: (i % 3) as u8 }
    }

    fn toy(stream: &Stream<Toy>) -> std::cell::RefMut<'_, dyn super::Examples<f32>> {
        Dataset::<Toy, f32>::stream(stream).unwrap().borrow_mut()
    }

    /// The numbers of the next `count` examples, each that of [`example`].
    fn numbers(stream: &Stream<Toy>, count: usize) -> Result<Vec<usize>, ReadError> {
        let mut columns = [vec![], vec![]];
        let taken = toy(stream).take(count, &mut columns)?;
        let [x, label] = columns;
        assert_eq!((x.len(), label.len()), (4 * taken, taken));
        let row = |(x, label): (&[f32], &f32)| {
            let i = x[0] as usize;
            assert_eq!((x, *label), (&example(i).x[..], f32::from(example(i).label)));
            i
        };
        Ok(x.chunks(4).zip(&label).map(row).collect())
    }

    fn range(range: std::ops::Range<usize>) -> Result<Vec<usize>, ReadError> {
        Ok(range.collect())
    }

    #[test]
    fn one_pass_goes_on_and_ends() {
        let stream = Stream::new((0..100).map(example));
        assert!(!toy(&stream).is_endless());
        assert_eq!(toy(&stream).begin(), Ok(true));
        assert_eq!(numbers(&stream, 30), range(0..30));
        assert_eq!(numbers(&stream, 50), range(30..80));
        assert_eq!(toy(&stream).begin(), Ok(true));
        assert_eq!(numbers(&stream, 20), range(80..100));
        // It has ended, though nothing was asked for in vain.
        assert_eq!(toy(&stream).begin(), Ok(false));
        assert_eq!(numbers(&stream, 5), range(0..0));
    }

    #[test]
    fn a_repeated_stream_begins_anew() {
        let stream = Stream::repeat(|| (0..70).map(example));
        assert!(!toy(&stream).is_endless());
        for taken in [70, 100, 10, 64, 1] {
            assert_eq!(toy(&stream).begin(), Ok(true));
            assert_eq!(numbers(&stream, taken), range(0..taken.min(70)));
        }
        // A whole number of chunks, and none at all.
        for len in [64, 0] {
            let stream = Stream::repeat(move || (0..len).map(example));
            for _ in 0..3 {
                assert_eq!(toy(&stream).begin(), Ok(true));
                assert_eq!(numbers(&stream, 100), range(0..len));
            }
        }
    }

    #[test]
    fn an_endless_stream_goes_on() {
        let endless = [Stream::new((0..).map(example)), Stream::repeat(|| (0..).map(example))];
        for stream in endless {
            assert!(toy(&stream).is_endless());
            for epoch in 0..5 {
                assert_eq!(toy(&stream).begin(), Ok(true));
                assert_eq!(numbers(&stream, 40), range(40 * epoch..40 * (epoch + 1)));
            }
        }
    }

    #[test]
    fn a_panic_is_an_error_every_time() {
        for text in [None, Some("the camera is gone")] {
            let stream = Stream::repeat(move || {
                (0..100).map(move |i| match text {
                    _ if i < 50 => example(i),
                    Some(text) => panic!("{text}, {i}"),
                    None => std::panic::panic_any(i),
                })
            });
            // What came before it was whole chunks.
            assert_eq!(numbers(&stream, CHUNK), range(0..CHUNK));
            let message = text.map_or("with no message".to_owned(), |text| format!("{text}, 50"));
            let message = format!("its iterator panicked: {message}");
            for _ in 0..2 {
                assert_eq!(
                    numbers(&stream, 40),
                    Err(ReadError::Stream { message: message.clone() })
                );
                assert_eq!(toy(&stream).begin(), Ok(true));
            }
        }
    }

    #[test]
    fn the_thread_ends_when_the_stream_is_dropped() {
        /// Where it is dropped, the iterator is.
        struct Alive(Arc<Mutex<usize>>);

        for taken in [0, 5, 40] {
            let made = Arc::new(Mutex::new(0));
            let alive = Alive(made.clone());
            let stream = Stream::new((0..).map(move |i| {
                *alive.0.lock().unwrap() += 1;
                example(i)
            }));
            numbers(&stream, taken).unwrap();
            drop(stream);
            let begin = Instant::now();
            while Arc::strong_count(&made) > 1 {
                assert!(begin.elapsed() < Duration::from_secs(60), "the thread goes on");
                thread::sleep(Duration::from_millis(1));
            }
            // What was taken, what waits, and what was being made.
            assert!(*made.lock().unwrap() <= taken + CHUNK * (AHEAD + 3));
        }
    }

    #[test]
    fn its_columns_are_empty() {
        let stream = Stream::<Toy>::new([example(0)]);
        assert_eq!(Dataset::<Toy, f32>::column(&stream, 0).rows(), 0);
        let by_reference: &dyn Dataset<Toy, f32> = &&stream;
        assert!(by_reference.stream().is_some());
    }
}
