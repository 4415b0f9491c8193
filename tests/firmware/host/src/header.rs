//! The numbers as a C header, each kernel in the layouts that the C nets want.

use std::fmt::Write;

use crate::numbers::Tensor;

/// `USE_name` picks a tensor. Its layout is `[out][…]` with `PLAIN`, and `[out / block][…][block]` otherwise, in blocks of 8
/// outputs: of 10 where there are 10, and with `WIDE` of 32 in dense layers.
pub fn header(tensors: &[Tensor]) -> String {
    let mut text = String::from("/* Made by tests/firmware/host. */\n");
    for Tensor { name, shape, numbers, .. } in tensors {
        let _ = writeln!(text, "#ifdef USE_{name}");
        if let [.., _, outputs] = shape[..] {
            let (block, wide) = match shape.len() {
                2 if outputs == 10 => (10, 10),
                2 => (8, 32),
                _ => (8, 8),
            };
            let _ = writeln!(text, "#ifdef PLAIN");
            array(&mut text, name, blocks(numbers, outputs, 1));
            let _ = writeln!(text, "#elif defined WIDE");
            array(&mut text, name, blocks(numbers, outputs, wide));
            let _ = writeln!(text, "#else");
            array(&mut text, name, blocks(numbers, outputs, block));
            let _ = writeln!(text, "#endif");
        } else {
            array(&mut text, name, numbers.iter().copied());
        }
        let _ = writeln!(text, "#endif");
    }
    text
}

/// `[…, out]` as `[out / block, …, block]`; the last block may be narrower.
fn blocks(numbers: &[f32], outputs: usize, block: usize) -> impl Iterator<Item = f32> {
    let rows = numbers.chunks_exact(outputs);
    (0..outputs).step_by(block).flat_map(move |at| {
        let end = outputs.min(at + block);
        rows.clone().flat_map(move |row| row[at..end].iter().copied())
    })
}

/// In the shortest decimals that C reads as the same bits.
fn array(text: &mut String, name: &str, numbers: impl Iterator<Item = f32>) {
    let numbers: Vec<String> = numbers.map(|number| format!("{number:e}f")).collect();
    let _ =
        writeln!(text, "static const float {name}[{}] = {{{}}};", numbers.len(), numbers.join(","));
}
