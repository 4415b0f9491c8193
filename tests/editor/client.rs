//! rust-analyzer as an editor starts it: JSON-RPC over its standard input and output.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long a machine with other work may take to build the macros and to read a dozen crates.
const READY: Duration = Duration::from_secs(900);
const ANSWER: Duration = Duration::from_secs(120);
/// What a server answers when the text changed under a question.
const AGAIN: [i64; 2] = [-32801, -32802];

/// A server, ready to be asked.
pub struct Client {
    child: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    next: i64,
    ready: bool,
}

impl Client {
    /// Starts a server for the crate in `root`.
    pub fn start(root: &Path) -> Client {
        let found = Command::new("rust-analyzer").arg("--version").current_dir(root).output();
        assert!(
            found.is_ok_and(|output| output.status.success()),
            "there is no rust-analyzer; install it: rustup component add rust-analyzer rust-src"
        );
        let mut child = Command::new("rust-analyzer")
            .current_dir(root)
            .env("CARGO_NET_OFFLINE", "true")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it has just told its version");
        let input = child.stdin.take().expect("a pipe");
        let output = BufReader::new(child.stdout.take().expect("a pipe"));
        let (sender, messages) = channel();
        std::thread::spawn(move || read_all(output, &sender));
        let mut client = Client { child, input, messages, next: 0, ready: false };
        client.initialize(root);
        client
    }

    fn initialize(&mut self, root: &Path) {
        let uri = format!("file://{}", root.display());
        let answer = self.ask(
            "initialize",
            &json!({
                "processId": std::process::id(),
                "rootUri": uri,
                "workspaceFolders": [{ "uri": uri, "name": "editor" }],
                "capabilities": {
                    "experimental": { "serverStatusNotification": true },
                    "textDocument": { "hover": { "contentFormat": ["plaintext"] } },
                },
                "initializationOptions": {
                    "procMacro": { "enable": true },
                    "cargo": { "buildScripts": { "enable": true } },
                    "checkOnSave": false,
                    "cachePriming": { "enable": false },
                },
            }),
        );
        assert!(answer["capabilities"].is_object(), "{answer}");
        self.tell("initialized", &json!({}));
    }

    /// Waits until the crate is read and its macros are built.
    pub fn wait(&mut self) {
        let end = Instant::now() + READY;
        while !self.ready {
            self.receive(end);
        }
    }

    /// Sends a notification.
    pub fn tell(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request, and gives its result.
    pub fn ask(&mut self, method: &str, params: &Value) -> Value {
        let end = Instant::now() + ANSWER;
        loop {
            self.next += 1;
            let id = self.next;
            self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
            let mut answer = self.receive(end);
            while answer["id"] != id || answer.get("method").is_some() {
                answer = self.receive(end);
            }
            match answer["error"]["code"].as_i64() {
                None => return answer["result"].take(),
                Some(code) if AGAIN.contains(&code) => {}
                Some(_) => panic!("{method}: {}", answer["error"]),
            }
        }
    }

    /// The next message; what the server itself asks is answered.
    fn receive(&mut self, end: Instant) -> Value {
        let left = end.saturating_duration_since(Instant::now());
        let message = self.messages.recv_timeout(left).unwrap_or_else(|error| {
            panic!("rust-analyzer does not answer ({error}); {:?}", self.child.try_wait())
        });
        if message.get("method").is_some() {
            if let Some(id) = message.get("id") {
                self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": null }));
            }
            if message["method"] == "experimental/serverStatus" {
                let status = &message["params"];
                assert_ne!(status["health"], "error", "{status}");
                self.ready = status["quiescent"] == true;
            }
        }
        message
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len())
            .and_then(|()| self.input.flush())
            .unwrap_or_else(|error| panic!("rust-analyzer is gone: {error}"));
    }
}

fn read_all(mut output: impl BufRead, sender: &Sender<Value>) {
    while let Some(message) = read(&mut output) {
        if sender.send(message).is_err() {
            return;
        }
    }
}

/// One message: a header that tells its length, an empty line, JSON.
fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        output.read_line(&mut line).ok().filter(|count| *count > 0)?;
        match line.trim().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().ok();
            }
            Some(_) => {}
            None => break,
        }
    }
    let mut text = vec![0; length?];
    output.read_exact(&mut text).ok()?;
    serde_json::from_slice(&text).ok()
}
