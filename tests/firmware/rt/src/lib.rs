//! The least that a firmware needs to run, and to be measured, on a virtual board: a vector table, a start routine, output
//! through the debugger, and the two markers that the counting plugin watches.
//!
//! ```ignore
//! #![no_std]
//! #![no_main]
//! firmware_rt::firmware!(|| {
//!     let y = firmware_rt::measure(|| infer(&X));
//!     firmware_rt::print_f32s("y", &y);
//! });
//! ```
#![no_std]

mod output;
mod start;

pub use output::{exit, print, print_f32s, print_u32};

unsafe extern "C" {
    safe fn measure_begin();
    safe fn measure_end();
}

/// Runs `f` between the two markers: one measured stretch.
///
/// `f` is one call of a function that is never inlined; so its frame counts as stack, and a run counts the same wherever it
/// stands. The first stretch of a firmware is an empty one, whose cost is taken off the others.
#[inline(always)]
pub fn measure<R>(f: impl FnOnce() -> R) -> R {
    measure_begin();
    let result = core::hint::black_box(f());
    measure_end();
    result
}

/// Defines the start routine and the panic handler around `$body`, a closure that runs once.
#[macro_export]
macro_rules! firmware {
    ($body:expr) => {
        // SAFETY: nothing else has this name; the reset routine calls it, once.
        #[unsafe(no_mangle)]
        extern "C" fn start() -> ! {
            $crate::run($body)
        }

        #[panic_handler]
        fn panic(_: &::core::panic::PanicInfo<'_>) -> ! {
            $crate::on_panic()
        }
    };
}

/// What the start routine does: the body, in a frame of its own, after the floating-point unit is on.
#[doc(hidden)]
pub fn run(body: impl FnOnce()) -> ! {
    start::prepare();
    measure(|| ());
    framed(body);
    exit(true)
}

#[inline(never)]
fn framed(body: impl FnOnce()) {
    body();
}

/// What a panic does. With the feature `forbid-panic` it asks the linker for a function that does not exist.
#[doc(hidden)]
#[inline(never)]
pub fn on_panic() -> ! {
    #[cfg(feature = "forbid-panic")]
    {
        unsafe extern "C" {
            safe fn this_firmware_can_panic() -> !;
        }
        this_firmware_can_panic()
    }
    #[cfg(not(feature = "forbid-panic"))]
    {
        print("panic\n");
        exit(false)
    }
}
