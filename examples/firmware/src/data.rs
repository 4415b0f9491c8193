//! The images as numbers, at compile time.

/// The first lines of the digits: 64 pixels from 0 to 16, and the label.
pub const fn images<const N: usize>(csv: &[u8]) -> [([f32; 64], u8); N] {
    let (mut images, mut line, mut at) = ([([0.0; 64], 0); N], 0, 0);
    while line < N {
        let mut pixel = 0;
        while pixel < 64 {
            let (value, end) = number(csv, at);
            images[line].0[pixel] = value as f32 / 16.0;
            (pixel, at) = (pixel + 1, end + 1);
        }
        let (label, end) = number(csv, at);
        images[line].1 = label as u8;
        (line, at) = (line + 1, end + 1);
    }
    images
}

/// The number at `at`, and the place behind it.
const fn number(bytes: &[u8], mut at: usize) -> (usize, usize) {
    let mut number = 0;
    while at < bytes.len() && bytes[at].is_ascii_digit() {
        (number, at) = (number * 10 + (bytes[at] - b'0') as usize, at + 1);
    }
    (number, at)
}
