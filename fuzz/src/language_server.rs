//! A session of an editor. The text before the first line `%%` is what it opens. Each line after that is one step:
//!
//! - `12 hover` asks about byte 12 of the text, by the last part of the method's name; `12 all` asks everything
//! - `12 5 + words` replaces the five bytes from byte 12 with words (with `\n` for a new line)
//! - `{"method": …, "params": …}` is any message, a request if it has an `id`
//!
//! Numbers past the end of the text continue from its beginning, so every number means a place. At the end the server
//! must answer like one that has just opened the text.

use quidpro::diagnostic::Diagnostic;
use quidpro::driver::{Checking, Loaded};
use quidpro::lint::Settings;
use quidpro::lsp::{Encoding, Lines, Message, Notification, Request, Server, World};
use serde_json::{Value, json};

use crate::contract::today;

const URI: &str = "file:///desk/fuzz.quid";
const LIBRARY: &str = "/desk/library.quid";

/// Runs one session.
pub fn language_server(input: &[u8]) {
    let input = String::from_utf8_lossy(input);
    let (text, steps) = input.split_once("\n%%\n").unwrap_or((&input, "3 all"));
    let mut editor = Editor::new(text);
    for step in steps.lines().take(STEPS) {
        if !editor.step(step) {
            return;
        }
    }
    let end = editor.text.len();
    let mut fresh = Editor::new(&editor.text.clone());
    for method in [
        "documentSymbol",
        "semanticTokens/full",
        "foldingRange",
        "completion",
        "hover",
    ] {
        let (old, new) = (editor.ask(method, end), fresh.ask(method, end));
        assert_eq!(
            without_ids(old),
            without_ids(new),
            "{method} of {:?}",
            editor.text
        );
    }
}

/// The most steps of a session. Further steps are left out, so that no input takes long only because it is long.
const STEPS: usize = 24;

const METHODS: [&str; 21] = [
    "hover",
    "completion",
    "definition",
    "declaration",
    "references",
    "documentHighlight",
    "prepareRename",
    "rename",
    "documentSymbol",
    "foldingRange",
    "formatting",
    "rangeFormatting",
    "selectionRange",
    "semanticTokens/full",
    "semanticTokens/range",
    "inlayHint",
    "documentLink",
    "prepareCallHierarchy",
    "codeAction",
    "codeLens",
    "diagnostic",
];

struct Editor {
    server: Server,
    text: String,
    version: i32,
    requests: i32,
}

impl Editor {
    fn new(text: &str) -> Self {
        let mut editor = Self {
            server: Server::new(Box::new(Desk)),
            text: text.to_owned(),
            version: 1,
            requests: 0,
        };
        let capabilities = json!({ "textDocument": {
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "completion": { "completionItem": { "snippetSupport": true } },
        } });
        let folders = json!([{ "uri": "file:///desk", "name": "desk" }]);
        editor.send(
            "initialize",
            json!({ "capabilities": capabilities, "workspaceFolders": folders }),
        );
        editor.tell("initialized", json!({}));
        let opened = json!({ "uri": URI, "languageId": "quid", "version": 1, "text": text });
        editor.tell("textDocument/didOpen", json!({ "textDocument": opened }));
        editor
    }

    /// Takes a step. Returns `false` if the editor and the server may hold different texts afterwards.
    fn step(&mut self, step: &str) -> bool {
        if step.starts_with('{') {
            return match serde_json::from_str(step) {
                Ok(message) => self.message(&message),
                Err(_) => true,
            };
        }
        let mut words = step.splitn(3, ' ');
        let number = |word: Option<&str>| word.and_then(|word| word.parse::<usize>().ok());
        let Some(at) = number(words.next()) else {
            return true;
        };
        match (words.next(), words.next()) {
            (Some("all"), _) => METHODS.iter().for_each(|method| drop(self.ask(method, at))),
            (Some(length), Some(with)) if with.starts_with("+ ") => {
                let length = length.parse().unwrap_or_default();
                self.edit(at, length, &with[2..].replace("\\n", "\n"));
            }
            (Some(method), _) => drop(self.ask(method, at)),
            (None, _) => {}
        }
        true
    }

    fn edit(&mut self, at: usize, length: usize, with: &str) {
        let from = self.boundary(at);
        let to = self
            .boundary((from + length % 64).min(self.text.len()))
            .max(from);
        // A lone carriage return would end a line by itself, and the line feed after it would no longer belong to it.
        let before = self.text[..from].ends_with('\r');
        let after = self.text[to..].starts_with('\n') || self.text[..to].ends_with('\r');
        if before || after || with.contains('\r') {
            return;
        }
        let range = json!({ "start": self.position(from), "end": self.position(to) });
        self.version += 1;
        let document = json!({ "uri": URI, "version": self.version });
        let change = json!({ "range": range, "text": with });
        self.text.replace_range(from..to, with);
        self.tell(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": [change] }),
        );
    }

    /// The last place at or before `at` at which a character begins. Numbers past the end continue from the beginning.
    fn boundary(&self, at: usize) -> usize {
        let at = at % (self.text.len() + 1);
        (0..=at)
            .rev()
            .find(|at| self.text.is_char_boundary(*at))
            .unwrap_or_default()
    }

    fn position(&self, at: usize) -> Value {
        let (line, column) = Lines::new(&self.text).place(&self.text, Encoding::agreed(&[]), at);
        json!({ "line": line, "character": column })
    }

    /// Asks about a place, and returns the answer.
    fn ask(&mut self, method: &str, at: usize) -> Value {
        let place = self.position(self.boundary(at));
        let start = json!({ "line": 0, "character": 0 });
        let params = json!({
            "textDocument": { "uri": URI },
            "position": place,
            "positions": [place],
            "range": { "start": start, "end": place },
            "context": { "diagnostics": [], "includeDeclaration": true },
            "options": { "tabSize": 2, "insertSpaces": true },
            "newName": "renamed",
        });
        self.send(&format!("textDocument/{method}"), params)
    }

    fn message(&mut self, message: &Value) -> bool {
        let method = message
            .get("method")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let params = message.get("params").cloned().unwrap_or_default();
        if message.get("id").is_some() {
            self.send(method, params);
            return method != "shutdown";
        }
        self.tell(method, params);
        // The message may have changed or closed the text, or ended the session.
        false
    }

    fn tell(&mut self, method: &str, params: Value) {
        let _ = self.server.handle(Message::Notification(Notification {
            method: method.to_owned(),
            params,
        }));
        let _ = self.server.idle();
        while let Some(pending) = self.server.pending() {
            let found = pending.check(&Desk);
            let _ = self.server.found(&pending, found);
        }
    }

    /// Sends a request, which must have exactly one answer with the same number.
    fn send(&mut self, method: &str, params: Value) -> Value {
        self.requests += 1;
        let id = self.requests.into();
        let request = Request {
            id,
            method: method.to_owned(),
            params,
        };
        let mut told = self.server.handle(Message::Request(request));
        assert_eq!(told.len(), 1, "one answer to {method}");
        let Some(Message::Response(response)) = told.pop() else {
            panic!("the answer to {method} is no response");
        };
        assert_eq!(response.id, self.requests.into());
        match response.response_result {
            Ok(result) => result,
            Err(error) => {
                assert!(!error.message.is_empty());
                json!([error.code, error.message])
            }
        }
    }
}

/// Removes the number of a list of colours, by which an editor asks for changes.
fn without_ids(mut answer: Value) -> Value {
    if let Some(object) = answer.as_object_mut() {
        object.remove("resultId");
    }
    answer
}

/// The files of the editor's folder: one library.
struct Desk;

impl World for Desk {
    fn text(&self, path: &str) -> Result<String, String> {
        if path == LIBRARY {
            return Ok(
                "library library {\n  input calls : calls\n  let half = calls / 2\n}\n".to_owned(),
            );
        }
        Err(format!("`{path}` cannot be read: there is no such file"))
    }

    fn data(&self, _path: &str) -> Option<Vec<u8>> {
        Some(b"month,calls\n2026-01,5\n".to_vec())
    }

    fn contracts(&self, _folder: &str) -> Vec<String> {
        vec![LIBRARY.to_owned()]
    }

    fn check(&self, _name: &str, loaded: &Loaded) -> Vec<Diagnostic> {
        loaded.check(&Checking {
            settings: &Settings::default(),
            today: today(),
        })
    }
}
