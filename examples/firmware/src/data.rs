//! Files as numbers, at compile time: a mistake in a file is an error of the build.

/// The tensors `names` of a safetensors file, one after the other.
pub const fn weights<const N: usize>(file: &[u8], names: &[&str]) -> [f32; N] {
    let (size, rest) = file.split_first_chunk().expect("no safetensors file");
    let (header, data) = rest.split_at(u64::from_le_bytes(*size) as usize);
    let (mut weights, mut len, mut i) = ([0.0; N], 0, 0);
    while i < names.len() {
        let at = after(header, after(header, 0, names[i].as_bytes()), b"\"data_offsets\":[");
        let (mut start, at) = number(header, at);
        let (end, _) = number(header, at + 1);
        while start < end {
            let bytes = [data[start], data[start + 1], data[start + 2], data[start + 3]];
            weights[len] = f32::from_le_bytes(bytes);
            (start, len) = (start + 4, len + 1);
        }
        i += 1;
    }
    assert!(len == N, "the file has not the weights of this model");
    weights
}

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

/// The place behind the first `text` from `at` on; for a name, between quotes.
const fn after(bytes: &[u8], mut at: usize, text: &[u8]) -> usize {
    loop {
        let mut i = 0;
        while i < text.len() && bytes[at + i] == text[i] {
            i += 1;
        }
        let is_whole = text[0] == b'"' || at > 0 && bytes[at - 1] == b'"' && bytes[at + i] == b'"';
        if i == text.len() && is_whole {
            return at + i;
        }
        at += 1;
    }
}

/// The number at `at`, and the place behind it.
const fn number(bytes: &[u8], mut at: usize) -> (usize, usize) {
    let mut number = 0;
    while at < bytes.len() && bytes[at].is_ascii_digit() {
        (number, at) = (number * 10 + (bytes[at] - b'0') as usize, at + 1);
    }
    (number, at)
}
