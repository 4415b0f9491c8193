//! What the compiler is not told on a board: so that it does not keep on the stack what is as near in flash, and does not mix the
//! rounds of a loop that it unrolls.

use super::mode::{SMALL, SOFT};

/// The same word, of which the compiler does not know that it is. A host has registers enough.
macro_rules! opaque {
    ($word:ident) => {
        #[cfg(all(not(feature = "std"), any(target_arch = "arm", target_arch = "riscv32")))]
        let $word = {
            let mut word = $word;
            // SAFETY: there is no instruction; the word is what it was.
            unsafe {
                core::arch::asm!("/* {0} */", inout(reg) word, options(nomem, nostack, preserves_flags));
            }
            word
        };
    };
}

/// The same numbers, of which the compiler does not know that they were read before: it reads weights again where it would
/// otherwise keep them on the stack.
#[inline(always)]
pub fn fresh<F>(numbers: &[F]) -> &[F] {
    let start = numbers.as_ptr();
    opaque!(start);
    // SAFETY: the very slice that was given.
    unsafe { core::slice::from_raw_parts(start, numbers.len()) }
}

/// The same numbers, read anew where floats are computed by functions: the place of each, a little further on for each round of
/// an unrolled loop, would otherwise be kept on the stack.
#[inline(always)]
pub fn fresh_if_soft<F>(numbers: &[F]) -> &[F] {
    if SOFT { fresh(numbers) } else { numbers }
}

/// The same count, of which the compiler knows only that there are not more: each round of a loop that it unrolls ends before the
/// next begins. Where code should be small it unrolls nothing, and a count that it knows takes less.
#[inline(always)]
pub fn rolled(count: usize) -> usize {
    if SMALL {
        return count;
    }
    let rounds = count;
    opaque!(rounds);
    rounds.min(count)
}

/// The same count, of which the compiler knows no more where floats are computed by functions: a loop of calls is no faster if it
/// is unrolled, but what all of its rounds need is kept on the stack.
#[inline(always)]
pub fn rolled_if_soft(count: usize) -> usize {
    if SOFT { rolled(count) } else { count }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_changes() {
        let numbers = [1.0, 2.0, 3.0];
        assert_eq!(fresh(&numbers[1..]), [2.0, 3.0]);
        assert_eq!(fresh_if_soft(&numbers), &numbers);
        assert!(fresh::<f32>(&[]).is_empty());
        assert_eq!([0, 1, 7].map(rolled), [0, 1, 7]);
    }
}
