//! The digits on a host: says what the microcontroller says.

use keras_firmware::adapt::{Features, HEAD, adapt};
use keras_firmware::{CenterNet, IMAGES, NET, argmax, checksum};

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("adapt") => learn(),
        _ => classify(),
    }
}

fn learn() {
    let outcome = adapt(&mut HEAD.clone(), &mut Features::arena());
    println!("{} of 100 before", outcome.before);
    println!("{} of 100 after", outcome.after);
    println!("weights {}", outcome.checksum);
}

fn classify() {
    let mut arena = CenterNet::arena();
    for (image, label) in &IMAGES {
        let scores = NET.infer(image, &mut arena);
        println!("a {label} looks like a {}, scores {}", argmax(scores), checksum(scores));
    }
}
