//! An editor for tests: it keeps texts, sends messages, and checks that each answer belongs to its request.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use quidpro::diagnostic::Diagnostic;
use quidpro::driver::{Checking, Loaded};
use quidpro::lint::Settings;
use quidpro::lsp::{Message, Notification, Request, Server, World};
use serde_json::{Value, json};

/// Files of a test.
#[derive(Clone, Default)]
pub struct Files(Rc<RefCell<BTreeMap<String, String>>>);

impl Files {
    pub fn write(&self, path: &str, text: &str) {
        self.0.borrow_mut().insert(path.to_owned(), text.to_owned());
    }
}

impl World for Files {
    fn check(&self, _: &str, loaded: &Loaded) -> Vec<Diagnostic> {
        let settings = Settings::default();
        let today = "2026-06-30".parse().unwrap();
        loaded.check(&Checking {
            settings: &settings,
            today,
        })
    }

    fn text(&self, path: &str) -> Result<String, String> {
        let all = self.0.borrow();
        let text = all.get(path);
        text.cloned()
            .ok_or_else(|| format!("`{path}` cannot be read: there is no such file"))
    }

    fn data(&self, path: &str) -> Option<Vec<u8>> {
        self.0
            .borrow()
            .get(path)
            .map(|text| text.clone().into_bytes())
    }

    fn contracts(&self, folder: &str) -> Vec<String> {
        let all = self.0.borrow();
        let paths = all.keys().filter(|path| path.starts_with(folder));
        paths
            .filter(|path| path.ends_with(".quid"))
            .cloned()
            .collect()
    }
}

pub struct Editor {
    pub server: Server,
    pub files: Files,
    count: i32,
    version: i32,
}

pub const URI: &str = "file:///desk/desk.quid";

impl Editor {
    /// An editor that counts in UTF-16 and supports everything.
    pub fn new() -> Self {
        Self::with(capable())
    }

    pub fn with(capabilities: Value) -> Self {
        Self::with_params(json!({
            "processId": null,
            "rootUri": null,
            "workspaceFolders": [{ "uri": "file:///desk", "name": "desk" }],
            "capabilities": capabilities,
        }))
    }

    pub fn with_params(params: Value) -> Self {
        let files = Files::default();
        let mut editor = Self {
            server: Server::new(Box::new(files.clone())),
            files,
            count: 0,
            version: 0,
        };
        editor.ask("initialize", params);
        editor.tell("initialized", json!({}));
        editor
    }

    /// An editor with one text open.
    pub fn open_with(text: &str) -> Self {
        let mut editor = Self::new();
        editor.open(URI, text);
        editor
    }

    pub fn open(&mut self, uri: &str, text: &str) -> Vec<Message> {
        self.version += 1;
        let version = self.version;
        self.tell(
            "textDocument/didOpen",
            json!({ "textDocument": { "uri": uri, "languageId": "quid", "version": version, "text": text } }),
        )
    }

    /// Replaces a range given as lines and columns.
    pub fn change(&mut self, uri: &str, range: [u32; 4], text: &str) -> Vec<Message> {
        self.version += 1;
        let [line, column, to_line, to_column] = range;
        let range = json!({
            "start": { "line": line, "character": column },
            "end": { "line": to_line, "character": to_column },
        });
        let version = self.version;
        self.tell(
            "textDocument/didChange",
            json!({
                "textDocument": { "uri": uri, "version": version },
                "contentChanges": [{ "range": range, "text": text }],
            }),
        )
    }

    /// Sends a notification. Returns what the server then says, including what it says when idle.
    pub fn tell(&mut self, method: &str, params: Value) -> Vec<Message> {
        let notification = Notification {
            method: method.to_owned(),
            params,
        };
        let mut told = self.server.handle(Message::Notification(notification));
        told.extend(self.server.idle());
        told
    }

    /// Sends a request. Returns its result.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        self.try_ask(method, params)
            .unwrap_or_else(|(code, message)| panic!("{method}: {code} {message}"))
    }

    /// Sends a request. Returns its result or error.
    pub fn try_ask(&mut self, method: &str, params: Value) -> Result<Value, (i32, String)> {
        self.count += 1;
        let request = Request {
            id: self.count.into(),
            method: method.to_owned(),
            params,
        };
        let mut told = self.server.handle(Message::Request(request));
        assert_eq!(told.len(), 1, "one answer to {method}");
        let Some(Message::Response(response)) = told.pop() else {
            panic!("the answer to {method} is no response");
        };
        assert_eq!(response.id, self.count.into());
        response
            .response_result
            .map_err(|error| (error.code, error.message))
    }

    /// Asks something about a place.
    pub fn ask_at(&mut self, method: &str, place: (u32, u32)) -> Value {
        self.ask(method, at(place))
    }
}

/// The parameters for a place in the text.
pub fn at((line, column): (u32, u32)) -> Value {
    json!({
        "textDocument": { "uri": URI },
        "position": { "line": line, "character": column },
    })
}

/// The place of the `nth` occurrence of a word (from 0), in units of UTF-16, `into` letters after its beginning.
pub fn place_of(text: &str, word: &str, nth: usize, into: usize) -> (u32, u32) {
    let start = text
        .match_indices(word)
        .nth(nth)
        .unwrap_or_else(|| panic!("no `{word}`"))
        .0
        + into;
    let before = &text[..start];
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap().encode_utf16().count();
    (u32::try_from(line).unwrap(), u32::try_from(column).unwrap())
}

/// The words that a range of the protocol covers.
pub fn words_at<'t>(text: &'t str, range: &Value) -> &'t str {
    let byte = |place: &Value| {
        let line = place["line"].as_u64().unwrap();
        let column = place["character"].as_u64().unwrap();
        let start: usize = text
            .split_inclusive('\n')
            .take(usize::try_from(line).unwrap())
            .map(str::len)
            .sum();
        let mut units = 0;
        let mut at = start;
        for letter in text[start..].chars() {
            if units >= column {
                break;
            }
            units += letter.len_utf16() as u64;
            at += letter.len_utf8();
        }
        at
    };
    &text[byte(&range["start"])..byte(&range["end"])]
}

pub fn capable() -> Value {
    json!({
        "textDocument": {
            "completion": { "completionItem": { "snippetSupport": true } },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
        },
        "workspace": {
            "workspaceEdit": { "documentChanges": true },
            "textDocumentContent": { "dynamicRegistration": true },
        },
    })
}

/// The findings that a notification reports, with the text's version.
pub fn told(messages: &[Message], uri: &str) -> Option<(Value, Value)> {
    messages.iter().rev().find_map(|message| match message {
        Message::Notification(notification)
            if notification.method == "textDocument/publishDiagnostics"
                && notification.params["uri"] == uri =>
        {
            Some((
                notification.params["diagnostics"].clone(),
                notification.params["version"].clone(),
            ))
        }
        _ => None,
    })
}

/// A contract of ordinary size, with characters of several bytes.
pub const DESK: &str = r#"# Desk 📞 "quoted"
contract desk "Café 📞 desk" {
  customer "Streamly 🎬 B.V."
  supplier "Bluebird"
  currency EUR
  term 2026-01-01 to 2026-12-31
  round each line half up to 0.01 EUR
  unit pallet, pallets
  input offered  : calls "Calls 📞 offered" from "ACD"
  input in_time  : calls from "ACD"
  input handled  : contacts by channel { voice, email }
  input sent     : pallets
  metric speed "Answered 📞" is timeliness, percent, higher is better "Annex 3, 1" {
    in_time / offered
  }
  let fee = 12_000 EUR
  charge desk fee "Annex 2"
  charge handling for handled {
    voice 4 EUR per contact
    email 2 EUR per contact
  }
  charge post 0.50 EUR per pallet of sent
  service level fast on speed "Annex 3, 2" {
    target 80% each month
    credit 2% of charges
  }
  scenario "a 📞 miss" for 2026-01 {
    given offered = 1_000, in_time = 790, handled.voice = 10, handled.email = 20, sent = 4
    expect credit fast = 241.64 EUR
    expect total = 11_840.36 EUR
  }
}
"#;
