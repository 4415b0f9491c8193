//! Ctrl-C while a model trains.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use signal_hook::consts::SIGINT;
use signal_hook::flag;

/// Whether the next Ctrl-C ends the process: outside of `fit` always, in it from the first Ctrl-C on.
static LAST: AtomicBool = AtomicBool::new(true);

/// How many `fit`s run.
static RUNNING: Mutex<usize> = Mutex::new(0);

/// A `fit` that Ctrl-C interrupts, while this exists.
pub(super) struct Interrupt;

impl Interrupt {
    /// Begins to listen; nothing where the system does not let us, and Ctrl-C ends the process as ever.
    pub(super) fn listen() -> Option<Self> {
        static HEARS: OnceLock<bool> = OnceLock::new();
        let mut running = running();
        // Actions run in the order in which they were registered: the first Ctrl-C must not see what it sets.
        let register = || {
            flag::register_conditional_default(SIGINT, &LAST)
                .and_then(|_| flag::register(SIGINT, &LAST))
                .is_ok()
        };
        if !HEARS.get_or_init(register) {
            return None;
        }
        if *running == 0 {
            LAST.store(false, Ordering::SeqCst);
        }
        *running += 1;
        Some(Interrupt)
    }

    /// Whether there was a Ctrl-C.
    pub(super) fn flag(&self) -> &'static AtomicBool {
        &LAST
    }
}

impl Drop for Interrupt {
    fn drop(&mut self) {
        let mut running = running();
        *running -= 1;
        if *running == 0 {
            LAST.store(true, Ordering::SeqCst);
        }
    }
}

fn running() -> MutexGuard<'static, usize> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::{BufRead, BufReader, Lines};
    use std::os::unix::process::ExitStatusExt;
    use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
    use std::time::Duration;
    use std::{env, thread};

    use super::SIGINT;
    use crate::backend::Native;
    use crate::model::Model;
    use crate::toy::{Toy, examples};
    use crate::train::Fit;
    use crate::train::callback::{Context, LambdaCallback};

    /// Set in the process that trains: how it behaves.
    const ROLE: &str = "KERAS_CORE_INTERRUPT_TEST";

    /// A program of its own: this test alone, run again. Prints what happens in lines that begin with `>`.
    fn train(role: &str) {
        let data = examples(64, 1);
        let slow = LambdaCallback::new()
            .on_train_begin(|_| {
                println!("\n> training");
                Ok(())
            })
            .on_batch_end(|_, _| {
                thread::sleep(Duration::from_millis(10));
                Ok(())
            })
            .on_train_end(|at: &mut Context<Toy>| {
                println!("> interrupted {}", at.is_interrupted());
                if role == "hangs" {
                    thread::sleep(Duration::from_secs(60));
                }
                Ok(())
            });
        let fit = Fit::new().epochs(1000).batch_size(1).verbose(0).callback(slow);
        let history = Model::<Toy, f32, Native>::init(1).fit(data.view(), fit).unwrap();
        println!("> epochs {}", history.epochs().len());
        if role == "goes on" {
            thread::sleep(Duration::from_secs(60));
        }
    }

    struct Program {
        child: Child,
        lines: Lines<BufReader<ChildStdout>>,
    }

    impl Program {
        fn start(role: &str) -> Self {
            let name = "train::interrupt::tests::ctrl_c_ends_a_fit_and_then_the_process";
            let mut child = Command::new(env::current_exe().unwrap())
                .args(["--exact", name, "--nocapture"])
                .env(ROLE, role)
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let lines = BufReader::new(child.stdout.take().unwrap()).lines();
            Program { child, lines }
        }

        /// Reads what the program says until this.
        fn says(&mut self, text: &str) {
            let said = self.lines.find(|line| line.as_ref().unwrap().starts_with(text));
            assert!(said.is_some(), "the program ended without `{text}`");
        }

        fn ctrl_c(&self) {
            let kill = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
            assert!(kill.unwrap().success());
        }

        fn end(mut self) -> ExitStatus {
            self.lines.by_ref().for_each(drop);
            self.child.wait().unwrap()
        }
    }

    #[test]
    fn ctrl_c_ends_a_fit_and_then_the_process() {
        if let Ok(role) = env::var(ROLE) {
            return train(&role);
        }
        let mut program = Program::start("ends");
        program.says("> training");
        program.ctrl_c();
        program.says("> interrupted true");
        program.says("> epochs ");
        assert_eq!(program.end().code(), Some(0));

        for (role, line) in [("hangs", "> interrupted true"), ("goes on", "> epochs ")] {
            let mut program = Program::start(role);
            program.says("> training");
            program.ctrl_c();
            program.says(line);
            program.ctrl_c();
            assert_eq!(program.end().signal(), Some(SIGINT), "{role}");
        }
    }
}
