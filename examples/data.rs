//! The digits data, embedded: `data/README.md` says where they come from.

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
