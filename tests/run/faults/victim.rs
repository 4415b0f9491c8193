//! The program that the tests of faults kill.
//!
//! `victim save FILE`, `victim save_weights FILE`: says `next` and saves the next version to the same file, for ever.
//! `victim once FILE`: saves version 2, and tells why it could not.
//! `victim train DIRECTORY FILE`: trains, says `batch` after each batch, and saves.

mod nets;

use std::path::Path;
use std::process::ExitCode;

use keras_core::prelude::*;
use keras_core::weights::WeightsError;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["save", file] => versions(|model| model.save(file)),
        ["save_weights", file] => versions(|model| model.save_weights(file)),
        ["once", file] => {
            if let Err(error) = nets::large(2).save(file) {
                println!("{error}");
                return ExitCode::from(3);
            }
        }
        ["train", directory, file] => {
            let history = nets::train(Path::new(directory), Path::new(file), || println!("batch"));
            println!("{:?}", history.unwrap().epochs());
        }
        _ => return ExitCode::from(2),
    }
    ExitCode::SUCCESS
}

fn versions(save: impl Fn(Model<nets::Large>) -> Result<(), WeightsError>) {
    for version in 1.. {
        println!("next");
        save(nets::large(version)).unwrap();
    }
}
