//! A small crate that is open in an editor, and questions about places in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

use crate::client::Client;

/// A name in a text: its line and its columns, as editors count.
pub type Place = (usize, usize, usize);

/// A server with one open file.
pub struct Session {
    client: Client,
    uri: String,
    text: String,
    version: usize,
}

/// The session of all tests, with another text in its file.
pub fn session(text: &str) -> MutexGuard<'static, Session> {
    static SESSION: LazyLock<Mutex<Session>> = LazyLock::new(|| Mutex::new(Session::start()));
    let mut session = SESSION.lock().unwrap_or_else(PoisonError::into_inner);
    session.change(text);
    session
}

impl Session {
    fn start() -> Session {
        let root = project();
        let mut client = Client::start(&root);
        let uri = format!("file://{}/src/main.rs", root.display());
        let document = json!({ "uri": uri, "languageId": "rust", "version": 0, "text": "" });
        client.tell("textDocument/didOpen", &json!({ "textDocument": document }));
        client.wait();
        Session { client, uri, text: String::new(), version: 0 }
    }

    fn change(&mut self, text: &str) {
        (self.text, self.version) = (text.to_string(), self.version + 1);
        let document = json!({ "uri": self.uri, "version": self.version });
        let changes = json!([{ "text": text }]);
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.client.tell("textDocument/didChange", &params);
    }

    fn ask(&mut self, method: &str, (line, column, _): Place) -> Value {
        let params = json!({
            "textDocument": { "uri": self.uri },
            "position": { "line": line, "character": column },
            "context": { "includeDeclaration": true, "triggerKind": 1 },
        });
        self.client.ask(&format!("textDocument/{method}"), &params)
    }

    /// The place of the name in `‹›` in a piece of the text that stands there once.
    pub fn place(&self, piece: &str) -> Place {
        place(&self.text, piece)
    }

    /// What is shown about a name.
    pub fn hover(&mut self, piece: &str) -> String {
        let place = self.place(piece);
        let answer = self.ask("hover", place);
        answer["contents"]["value"].as_str().unwrap_or_default().to_string()
    }

    /// Where a name is defined: file and place.
    pub fn definitions(&mut self, piece: &str) -> Vec<(PathBuf, Place)> {
        let place = self.place(piece);
        let answer = self.ask("definition", place);
        locations(&answer)
    }

    /// The definition of a name of the open file.
    pub fn definition(&mut self, piece: &str) -> Vec<Place> {
        let own = self.uri.trim_start_matches("file://").to_string();
        let found = self.definitions(piece);
        assert!(found.iter().all(|(path, _)| path == Path::new(&own)), "{piece}: {found:?}");
        found.into_iter().map(|(_, place)| place).collect()
    }

    /// Where in the open file a name stands, its definition included.
    pub fn references(&mut self, piece: &str) -> Vec<Place> {
        let own = self.uri.trim_start_matches("file://").to_string();
        let place = self.place(piece);
        let answer = self.ask("references", place);
        let mut found: Vec<Place> = locations(&answer)
            .into_iter()
            .filter(|(path, _)| path == Path::new(&own))
            .map(|(_, place)| place)
            .collect();
        found.sort_unstable();
        found
    }

    /// How a name can go on that is written so far.
    pub fn completions(&mut self, piece: &str) -> Vec<String> {
        let (line, _, end) = self.place(piece);
        let answer = self.ask("completion", (line, end, end));
        let items = answer.get("items").unwrap_or(&answer).as_array().cloned().unwrap_or_default();
        let labels = items.iter().filter_map(|item| item["label"].as_str());
        labels.map(String::from).collect()
    }

    /// What the server itself has to say against the file.
    pub fn diagnostics(&mut self) -> Value {
        let params = json!({ "textDocument": { "uri": self.uri } });
        self.client.ask("textDocument/diagnostic", &params)["items"].take()
    }
}

/// A crate that depends on the library, with the versions that the workspace has.
fn project() -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("editor");
    fs::create_dir_all(root.join("src")).unwrap();
    let library = workspace.join("keras-core");
    let manifest = format!(
        "[package]\nname = \"editor\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\nkeras-core = {{ path = {:?} }}\n",
        library.display().to_string()
    );
    fs::write(root.join("Cargo.toml"), manifest).unwrap();
    fs::copy(workspace.join("Cargo.lock"), root.join("Cargo.lock")).unwrap();
    fs::write(root.join("src/main.rs"), "").unwrap();
    root
}

/// The place of the name in `‹›` in a piece of `text` that stands there once.
pub fn place(text: &str, piece: &str) -> Place {
    let (before, rest) = piece.split_once('‹').expect("a name in ‹›");
    let (name, _) = rest.split_once('›').expect("a name in ‹›");
    let plain = piece.replace(['‹', '›'], "");
    assert_eq!(text.matches(&plain).count(), 1, "`{plain}` stands once in\n{text}");
    let at = text.find(&plain).expect("counted above") + before.len();
    let line = text[..at].matches('\n').count();
    let column = at - text[..at].rfind('\n').map_or(0, |end| end + 1);
    (line, column, column + name.len())
}

/// The locations, or links to locations, in an answer.
fn locations(answer: &Value) -> Vec<(PathBuf, Place)> {
    let all = answer.as_array().cloned().unwrap_or_default();
    let location = |item: &Value| {
        let uri = item.get("targetUri").or(item.get("uri"))?.as_str()?;
        let range = item.get("targetSelectionRange").or(item.get("range"))?;
        let number = |end: &str, key: &str| range[end][key].as_u64().map(|n| n as usize);
        let start = (number("start", "line")?, number("start", "character")?);
        let end = number("end", "character")?;
        Some((PathBuf::from(uri.trim_start_matches("file://")), (start.0, start.1, end)))
    };
    all.iter().filter_map(location).collect()
}
