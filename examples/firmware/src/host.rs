//! The digits on a host: says what the microcontroller says.

use keras_firmware::{CenterNet, IMAGES, NET, argmax, checksum};

fn main() {
    let mut arena = CenterNet::arena();
    for (image, label) in &IMAGES {
        let scores = NET.infer(image, &mut arena);
        println!("a {label} looks like a {}, scores {}", argmax(scores), checksum(scores));
    }
}
