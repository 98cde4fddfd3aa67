//! `quidpro lsp`: the language server, on standard input and output.

mod wire;

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::thread;
use std::time::Duration;

use lsp_server::Message;

use crate::diagnostic::Diagnostic;
use crate::driver::Loaded;
use crate::lsp::{Pending, Queue, Server, World};
use crate::report::failure::Failure;
use crate::text::Span;

use super::arguments::CheckerOptions;
use super::checker::{BaselineChoice, Checker};
use super::files::Reach;
use super::{Ending, Outcome, Trouble, files, walk};

use wire::{Incoming, Wire};

/// The most bytes of a data file that is computed at each change of a text.
const MOST_DATA: u64 = 4 << 20;

/// How long a drafter must type nothing to count as pausing.
const PAUSE: Duration = Duration::from_millis(400);

/// How often to check whether the rules have finished.
const GLANCE: Duration = Duration::from_millis(50);

/// The most contracts that are checked together.
const MOST_CONTRACTS: usize = 2_000;

pub(super) fn run() -> Outcome {
    let wire = Wire::open();
    let ended = serve(&wire);
    let written = wire.close();
    match ended {
        Ended::Left(0) => written.map(|()| Ending::Fine).map_err(Trouble::from),
        // The protocol requires 1 if the editor leaves without announcing it.
        Ended::Left(_) => Ok(Ending::Findings),
        Ended::Gone => Err(Failure::new("the editor is gone").into()),
        Ended::Fault(fault) => Err(Failure::new(fault)
            .help("the server stops here; the program that sent the messages has a bug")
            .into()),
    }
}

/// How a session ended.
enum Ended {
    /// The editor left; this is the exit code.
    Left(u8),
    Gone,
    /// The input was not a message.
    Fault(String),
}

/// Answers messages until the editor leaves.
fn serve(wire: &Wire) -> Ended {
    let mut server = Server::new(Box::new(Disk));
    let mut queue = Queue::default();
    let mut beside = Beside::default();
    loop {
        // Everything that waits is read first, so that no work is done for a cancelled request.
        let mut told: Vec<Message> = Vec::new();
        for incoming in wire.incoming.try_iter() {
            match incoming {
                Ok(message) => told.extend(queue.push(message)),
                Err(fault) => return Ended::Fault(fault),
            }
        }
        match queue.pop() {
            Some(message) => told.extend(server.handle(message)),
            None => {
                told.extend(server.idle());
                told.extend(beside.found(&mut server));
                if told.is_empty() {
                    match wait(wire, &server, &beside) {
                        Waited::Incoming(Ok(message)) => told.extend(queue.push(message)),
                        Waited::Incoming(Err(fault)) => return Ended::Fault(fault),
                        Waited::Pause => beside.begin(&mut server),
                        Waited::Gone => return Ended::Gone,
                    }
                }
            }
        }
        for message in told {
            if !wire.send(message) {
                return Ended::Gone;
            }
        }
        if let Some(code) = server.exit_code() {
            return Ended::Left(code);
        }
    }
}

/// What the server was waiting for, or a pause.
enum Waited {
    Incoming(Incoming),
    Pause,
    Gone,
}

/// Waits for the next message. If there is something else to do, it returns after a while without one.
fn wait(wire: &Wire, server: &Server, beside: &Beside) -> Waited {
    let patience = match (beside.job.is_some(), server.is_unsettled()) {
        (true, _) => Some(GLANCE),
        (false, true) => Some(PAUSE),
        (false, false) => None,
    };
    let Some(patience) = patience else {
        let incoming = wire.incoming.recv();
        return incoming.map_or(Waited::Gone, Waited::Incoming);
    };
    match wire.incoming.recv_timeout(patience) {
        Ok(incoming) => Waited::Incoming(incoming),
        Err(RecvTimeoutError::Timeout) => Waited::Pause,
        Err(RecvTimeoutError::Disconnected) => Waited::Gone,
    }
}

/// Runs the rules of a long contract alongside the session, so that a keystroke never waits for them.
#[derive(Default)]
struct Beside {
    job: Option<(Pending, Receiver<Vec<Diagnostic>>)>,
}

impl Beside {
    /// Starts on a pending text, unless something is running.
    fn begin(&mut self, server: &mut Server) {
        if self.job.is_some() {
            return;
        }
        let Some(pending) = server.pending() else {
            return;
        };
        let (sender, receiver) = channel();
        let text = pending.clone();
        thread::spawn(move || {
            let _ = sender.send(text.check(&Disk));
        });
        self.job = Some((pending, receiver));
    }

    /// The messages to send, if the rules have finished.
    fn found(&mut self, server: &mut Server) -> Vec<Message> {
        let Some((pending, receiver)) = self.job.take() else {
            return Vec::new();
        };
        match receiver.try_recv() {
            Ok(findings) => server.found(&pending, findings),
            Err(TryRecvError::Disconnected) => Vec::new(),
            Err(TryRecvError::Empty) => {
                self.job = Some((pending, receiver));
                Vec::new()
            }
        }
    }
}

/// The files of this machine, for reading only.
struct Disk;

impl World for Disk {
    fn text(&self, path: &str) -> Result<String, String> {
        files::text(Path::new(path)).map_err(|failure| failure.to_string())
    }

    fn may_use(&self, by: &str, path: &str) -> Result<(), String> {
        files::may_use(Path::new(path), &Reach::from(Path::new(by)))
    }

    fn opened(&self, folders: &[String]) {
        for folder in folders {
            files::opened(Path::new(folder));
        }
    }

    fn data(&self, path: &str) -> Option<Vec<u8>> {
        let path = Path::new(path);
        files::bytes(path, &Reach::from(path), MOST_DATA).ok()
    }

    fn check(&self, name: &str, loaded: &Loaded) -> Vec<Diagnostic> {
        let options = CheckerOptions::default();
        let checker = Checker::new(&options, BaselineChoice::Configured);
        let found = checker
            .map_err(|failure| vec![failure])
            .and_then(|mut checker| checker.findings(Path::new(name), loaded));
        match found {
            Ok(findings) => findings,
            // A configuration that cannot be read is reported at the top of the contract. The findings in the text
            // remain.
            Err(failures) => {
                let start = Span::new(loaded.file, 0, 0);
                let told = failures
                    .iter()
                    .map(|failure| Diagnostic::error("configuration", start, failure.to_string()));
                told.chain(loaded.diagnostics.iter().cloned()).collect()
            }
        }
    }

    fn contracts(&self, folder: &str) -> Vec<String> {
        let found = walk::below_folder(Path::new(folder));
        let found = found.iter().take(MOST_CONTRACTS);
        found.map(|path| files::shown(path)).collect()
    }
}
