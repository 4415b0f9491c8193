//! `LambdaCallback`.

use super::{Callback, CallbackResult, Context};
use crate::backend::{Backend, Native};
use crate::float::Float;
use crate::net::Net;

type Whole<'a, N, F, B> = Box<dyn FnMut(&mut Context<'_, N, F, B>) -> CallbackResult + 'a>;
type Counted<'a, N, F, B> = Box<dyn FnMut(usize, &mut Context<'_, N, F, B>) -> CallbackResult + 'a>;

/// A callback made of closures, as `keras.callbacks.LambdaCallback`.
///
/// ```
/// # use keras_core::prelude::*;
/// # model! { pub struct Net { input x: [1]; output y = Dense::new(1)(x); target t: [1]; loss mean_squared_error(t, y); } }
/// let mut seen = Vec::new();
/// let watch = LambdaCallback::new().on_epoch_end(|epoch, at| {
///     seen.push((epoch, at.logs.get("loss")));
///     Ok(())
/// });
/// let data = NetData { x: &[[1.0]], t: &[0.5] };
/// Net::new(1).fit(data, Fit::new().epochs(2).verbose(0).callback(watch))?;
/// assert_eq!(seen.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct LambdaCallback<'a, N: Net, F: Float = f32, B: Backend = Native> {
    train_begin: Option<Whole<'a, N, F, B>>,
    train_end: Option<Whole<'a, N, F, B>>,
    epoch_begin: Option<Counted<'a, N, F, B>>,
    epoch_end: Option<Counted<'a, N, F, B>>,
    batch_begin: Option<Counted<'a, N, F, B>>,
    batch_end: Option<Counted<'a, N, F, B>>,
}

impl<N: Net, F: Float, B: Backend> Default for LambdaCallback<'_, N, F, B> {
    fn default() -> Self {
        LambdaCallback {
            train_begin: None,
            train_end: None,
            epoch_begin: None,
            epoch_end: None,
            batch_begin: None,
            batch_end: None,
        }
    }
}

/// The six closures: a builder and a function of the callback for each.
macro_rules! moments {
    ($($doc:literal $field:ident $hook:ident($($count:ident)?);)*) => {
        impl<'a, N: Net, F: Float, B: Backend> LambdaCallback<'a, N, F, B> {
            /// With no closure.
            pub fn new() -> Self {
                Self::default()
            }

            $(#[doc = $doc]
            pub fn $hook(
                self,
                f: impl FnMut($(moments!(@usize $count),)? &mut Context<'_, N, F, B>) -> CallbackResult + 'a,
            ) -> Self {
                LambdaCallback { $field: Some(Box::new(f)), ..self }
            })*
        }

        impl<N: Net, F: Float, B: Backend> Callback<N, F, B> for LambdaCallback<'_, N, F, B> {
            $(fn $hook(&mut self, $($count: usize,)? at: &mut Context<'_, N, F, B>) -> CallbackResult {
                self.$field.as_mut().map_or(Ok(()), |f| f($($count,)? at))
            })*
        }
    };
    (@usize $count:ident) => { usize };
}

moments! {
    "Before the first epoch." train_begin on_train_begin();
    "After the last epoch." train_end on_train_end();
    "Before an epoch." epoch_begin on_epoch_begin(epoch);
    "After an epoch." epoch_end on_epoch_end(epoch);
    "Before a training step." batch_begin on_batch_begin(batch);
    "After a training step." batch_end on_batch_end(batch);
}
