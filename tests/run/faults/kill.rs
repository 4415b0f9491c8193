//! Processes that are killed with signal 9.

use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::*;

const VICTIM: &str = env!("CARGO_BIN_EXE_victim");

fn victim(args: &[&str]) -> Child {
    Command::new(VICTIM).args(args).stdout(Stdio::piped()).spawn().unwrap()
}

/// Fifty times in the middle of saving: the file is always one of the versions, and what a killed process leaves is removed by
/// the next that succeeds.
#[test]
fn a_file_is_whole_however_often_its_writer_is_killed() {
    for (command, whole) in [("save", true), ("save_weights", false)] {
        let directory = Directory::new(command);
        let file = directory.join("model.safetensors");
        nets::large(0).save(&file).unwrap();
        let (mut left, mut newest) = (0, 0);
        for round in 0..25 {
            let mut child = victim(&[command, file.to_str().unwrap()]);
            // Held open until the end: the victim must not die of a closed pipe.
            let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
            assert!(lines.by_ref().take(1 + below(3, 4, round)).all(|line| line.is_ok()));
            std::thread::sleep(Duration::from_millis(1 + below(30, 1, round) as u64));
            child.kill().unwrap();
            assert_eq!(child.wait().unwrap().signal(), Some(9));
            newest = newest.max(version(&file, whole));
            left += usize::from(directory.files() > 1);
        }
        assert!(newest > 0, "no version was written");
        assert!(left > 0, "no process was killed in the middle");
        nets::large(1).save(&file).unwrap();
        assert_eq!(directory.files(), 1, "what was left is removed");
    }
}

/// A training that is killed in the middle and resumed, again and again, by processes of their own, equals one that never was.
#[test]
fn a_training_that_is_killed_and_resumed_equals_one_that_was_not() {
    let directory = Directory::new("resumed");
    let (file, whole) =
        (directory.join("resumed.safetensors"), directory.join("whole.safetensors"));
    let expected = nets::train(&directory.join("none"), &whole, || {}).unwrap();
    let backup = directory.join("backup");
    let mut told = String::new();
    for batches in [3, 7, 1, usize::MAX] {
        let args = ["train", backup.to_str().unwrap(), file.to_str().unwrap()];
        let mut child = victim(&args);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        told = lines.by_ref().take(batches).last().unwrap().unwrap();
        // It is in the middle of a batch, or of its backup.
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(file.exists(), batches == usize::MAX);
    }
    assert_eq!(told, format!("{:?}", expected.epochs()));
    assert_eq!(fs::read(&file).unwrap(), fs::read(&whole).unwrap());
}

/// A disk that takes no more, in the middle of the file: the limit of a process on the size of files behaves alike.
#[test]
fn a_file_that_does_not_fit_is_refused_and_the_old_one_stays() {
    let directory = Directory::new("full");
    let file = directory.join("model.safetensors");
    nets::large(1).save(&file).unwrap();
    let script = "trap '' XFSZ; ulimit -f 100; exec \"$0\" once \"$1\"";
    let limited = Command::new("sh").args(["-c", script, VICTIM]).arg(&file).output().unwrap();
    let told = String::from_utf8(limited.stdout).unwrap();
    assert_eq!(limited.status.code(), Some(3), "{told}");
    assert!(told.starts_with(&format!("cannot write `{}`: ", file.display())), "{told}");
    assert_eq!(version(&file, true), 1);
    assert_eq!(directory.files(), 1, "nothing is left");
}
