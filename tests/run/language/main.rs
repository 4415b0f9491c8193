//! What the language can say: layers written with `#[layer]` and ops alone, each checked as a whole.

mod architectures;
mod board;
mod branches;
mod deep;
mod fields;
mod folded;
mod in_place;
mod loops;
mod models;
mod plan;
mod ports;
mod random;
mod twins;
mod updates;
mod values;
mod weights;
mod windows;
