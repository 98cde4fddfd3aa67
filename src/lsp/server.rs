//! The server's state, and what it does with a message.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde_json::Value;

use crate::diagnostic::Diagnostic;

use super::analysis::{Analysis, Overlay};
use super::capabilities::Client;
use super::diagnostics;
use super::dispatch::{self, Trouble};
use super::document::Document;
use super::findings::Former;
use super::pending::Pending;
use super::settings::Settings;
use super::sync;
use super::uri;
use super::world::World;

/// How far a session has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Nothing has been agreed.
    New,
    /// Everything can be asked.
    Running,
    /// The editor has said that it is about to leave.
    Leaving,
    /// The editor has left. The flag says whether it announced this.
    Left(bool),
}

/// The language server.
pub struct Server {
    pub(super) world: Rc<dyn World>,
    pub(super) client: Client,
    pub(super) settings: Settings,
    /// The texts that the editor has open, by URI.
    pub(super) documents: BTreeMap<String, Document>,
    pub(super) folders: Vec<String>,
    /// Texts that have changed since their findings were last sent to the editor.
    pub(super) untold: BTreeSet<String>,
    /// Long texts that have changed since the rules last ran on them.
    pub(super) unsettled: BTreeSet<String>,
    /// The findings of the rules when they last ran on a text.
    former: BTreeMap<String, Former>,
    /// The colours that were last sent, by URI, so that only the difference need be sent.
    pub(super) colours: BTreeMap<String, (String, Vec<u32>)>,
    analyses: BTreeMap<String, Rc<Analysis>>,
    stage: Stage,
    states: u64,
    disk: u64,
    requests: i32,
}

impl Server {
    /// Creates a server for one editor.
    #[must_use]
    pub fn new(world: Box<dyn World>) -> Self {
        Self {
            world: Rc::from(world),
            client: Client::default(),
            settings: Settings::default(),
            documents: BTreeMap::new(),
            folders: Vec::new(),
            untold: BTreeSet::new(),
            unsettled: BTreeSet::new(),
            former: BTreeMap::new(),
            colours: BTreeMap::new(),
            analyses: BTreeMap::new(),
            stage: Stage::New,
            states: 0,
            disk: 0,
            requests: 0,
        }
    }

    /// Takes a message and returns what to send.
    pub fn handle(&mut self, message: Message) -> Vec<Message> {
        match message {
            Message::Request(request) => self.request(request),
            Message::Notification(notification) => self.notification(&notification),
            Message::Response(_) => Vec::new(),
        }
    }

    /// Returns what to send when no message waits: the findings of texts that have changed.
    pub fn idle(&mut self) -> Vec<Message> {
        if self.stage != Stage::Running {
            return Vec::new();
        }
        diagnostics::told(self)
    }

    /// Whether there is something to say when the drafter pauses.
    #[must_use]
    pub fn is_unsettled(&self) -> bool {
        self.stage == Stage::Running && !self.unsettled.is_empty()
    }

    /// Takes the next long text that the rules have to check when the drafter pauses. Hand their findings to
    /// [`Self::found`].
    pub fn pending(&mut self) -> Option<Pending> {
        while let Some(uri) = self.unsettled.pop_first() {
            let Some(document) = self.documents.get(&uri).cloned() else {
                continue;
            };
            let Some(analysis) = self.analysis(&uri) else {
                continue;
            };
            if analysis.checked().is_none() {
                return Some(Pending {
                    uri,
                    name: document.name,
                    text: document.text,
                    documents: self.documents.clone(),
                    state: analysis.state(),
                });
            }
        }
        None
    }

    /// Takes the findings of the rules and returns what to send. Findings for an outdated state of the text are
    /// dropped; that text is pending again.
    pub fn found(&mut self, pending: &Pending, findings: Vec<Diagnostic>) -> Vec<Message> {
        let Some(analysis) = self.analysis(&pending.uri) else {
            return Vec::new();
        };
        if analysis.state() != pending.state {
            return Vec::new();
        }
        diagnostics::found(self, &pending.uri, &analysis, findings)
    }

    /// Returns the exit code for the program if the editor has left.
    #[must_use]
    pub fn exit_code(&self) -> Option<u8> {
        match self.stage {
            Stage::Left(said) => Some(u8::from(!said)),
            Stage::New | Stage::Running | Stage::Leaving => None,
        }
    }

    fn request(&mut self, request: Request) -> Vec<Message> {
        let Request { id, method, params } = request;
        let answer = match (self.stage, method.as_str()) {
            (Stage::New, "initialize") => {
                self.stage = Stage::Running;
                self.client = Client::of(&params);
                self.folders = sync::folders(&params);
                self.world.opened(&self.folders);
                if let Some(stated) = params.get("initializationOptions") {
                    self.settings.update(stated);
                }
                Ok(super::capabilities::answer(&self.client))
            }
            (Stage::New, _) => Err(Trouble::new(
                ErrorCode::ServerNotInitialized,
                "the first request must be `initialize`",
            )),
            (Stage::Running, "shutdown") => {
                self.stage = Stage::Leaving;
                Ok(Value::Null)
            }
            (Stage::Running, "initialize") | (Stage::Leaving | Stage::Left(_), _) => Err(
                Trouble::new(ErrorCode::InvalidRequest, "this cannot be asked now"),
            ),
            (Stage::Running, _) => dispatch::request(self, &method, params),
        };
        vec![respond(id, answer)]
    }

    fn notification(&mut self, notification: &Notification) -> Vec<Message> {
        match (self.stage, notification.method.as_str()) {
            (Stage::Leaving, "exit") => self.stage = Stage::Left(true),
            (_, "exit") => self.stage = Stage::Left(false),
            (Stage::Running, "initialized") => return super::capabilities::registrations(self),
            (Stage::Running, method) => {
                return sync::notification(self, method, &notification.params);
            }
            _ => {}
        }
        Vec::new()
    }

    /// Returns other files, as the texts name them.
    pub(super) fn files(&self) -> Overlay<'_> {
        Overlay {
            user: None,
            documents: &self.documents,
            world: self.world.as_ref(),
        }
    }

    /// Returns the analysis of a URI's text: an open text or a file.
    pub(super) fn analysis(&mut self, uri: &str) -> Option<Rc<Analysis>> {
        let known = self.analyses.get(uri);
        if let Some(known) = known.filter(|known| known.is_current(&self.documents, self.disk)) {
            return Some(Rc::clone(known));
        }
        let (name, text) = match self.documents.get(uri) {
            Some(document) => (document.name.clone(), Arc::clone(&document.text)),
            None => {
                let path = uri::path(uri)?;
                let text = self.files().text(&path).ok()?;
                (path, text)
            }
        };
        let encoding = self.client.encoding;
        let disk = (Rc::clone(&self.world), self.disk);
        let analysis = Analysis::new(&name, &text, encoding, &self.documents, disk);
        let analysis = Rc::new(analysis);
        if self.documents.contains_key(uri) {
            self.analyses.insert(uri.to_owned(), Rc::clone(&analysis));
        }
        Some(analysis)
    }

    /// Returns the last analysis of a long text, even if it is outdated. A short text is analysed anew.
    pub(super) fn last_analysis(&mut self, uri: &str) -> Option<Rc<Analysis>> {
        match self.analyses.get(uri) {
            Some(known) if !known.is_short() => Some(Rc::clone(known)),
            _ => self.analysis(uri),
        }
    }

    /// Returns the findings of a text: all of them if the rules have run or can run at once; otherwise its mistakes,
    /// and what the rules found before.
    pub(super) fn findings(&mut self, uri: &str, analysis: &Analysis) -> Vec<Diagnostic> {
        if analysis.checked().is_some() || analysis.is_short() {
            return self.all_findings(uri, analysis);
        }
        let mut found = analysis.loaded.diagnostics.clone();
        let former = self.former.get(uri);
        found.extend(former.iter().flat_map(|one| one.moved_to(&analysis.loaded)));
        found.sort_by_key(|finding| (finding.primary.span, finding.code));
        found
    }

    /// Returns all findings of a text, however long that takes.
    pub(super) fn all_findings(&mut self, uri: &str, analysis: &Analysis) -> Vec<Diagnostic> {
        let found = analysis.findings();
        if let Some(former) = Former::new(&analysis.loaded, found) {
            self.former.insert(uri.to_owned(), former);
        }
        found.to_vec()
    }

    /// Returns a number for a new state of a text.
    pub(super) fn next_state(&mut self) -> u64 {
        self.states += 1;
        self.states
    }

    /// Invalidates what has been read from files.
    pub(super) fn disk_changed(&mut self) {
        self.disk += 1;
        self.untold.extend(self.documents.keys().cloned());
    }

    /// Forgets a text that is no longer open.
    pub(super) fn forget(&mut self, uri: &str) {
        self.documents.remove(uri);
        self.analyses.remove(uri);
        self.colours.remove(uri);
        self.former.remove(uri);
        self.unsettled.remove(uri);
        self.untold.remove(uri);
    }

    /// Makes a request to the editor.
    pub(super) fn ask(&mut self, method: &str, params: Value) -> Message {
        self.requests += 1;
        let id = RequestId::from(format!("quidpro-{}", self.requests));
        Message::Request(Request {
            id,
            method: method.to_owned(),
            params,
        })
    }

    /// Returns the URIs of all contracts in the editor's folders and of all open texts.
    pub(super) fn all_uris(&self) -> Vec<String> {
        let mut found: Vec<String> = self.documents.keys().cloned().collect();
        let open: BTreeSet<&str> = self
            .documents
            .values()
            .map(|document| document.name.as_str())
            .collect();
        let mut seen = BTreeSet::new();
        for folder in &self.folders {
            for path in self.world.contracts(folder) {
                if !open.contains(path.as_str()) && seen.insert(path.clone()) {
                    found.push(uri::of_path(&path));
                }
            }
        }
        found
    }
}

fn respond(id: RequestId, answer: Result<Value, Trouble>) -> Message {
    Message::Response(match answer {
        Ok(value) => Response::new_ok(id, value),
        Err(trouble) => Response::new_err(id, trouble.code, trouble.message),
    })
}
