//! `Lambda`: a layer without weights is an expression.
//!
//! `cargo run --release --example lambda`

use keras_core::prelude::*;

model! {
    /// Adds 2 to its input.
    pub struct AddTwo {
        input x: [10];
        output y = x + 2.0;
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let x = [[0.5f32; 10]; 3];
    let y = AddTwo::new(1).predict(&x)?;
    println!("{y}");
    println!("y={}", y[[2, 9]]);
    Ok(())
}
