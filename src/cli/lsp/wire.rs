//! Messages of the language server protocol on standard input and output.
//!
//! Each direction has a thread of its own, so that an editor that does not read cannot stop the server from reading.

use std::io::{self, BufRead};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use crate::lsp::{Message, read_message};

/// What comes from the editor: messages and, at the end, why there are no more of them, if that is an error.
pub(super) type Incoming = Result<Message, String>;

/// The two directions between an editor and the server.
pub(super) struct Wire {
    pub(super) incoming: Receiver<Incoming>,
    outgoing: SyncSender<Message>,
    writer: JoinHandle<io::Result<()>>,
}

impl Wire {
    /// Reads standard input and writes standard output, each in its own thread.
    pub(super) fn open() -> Self {
        let (sender, incoming) = sync_channel(0);
        thread::spawn(move || receive(&mut io::stdin().lock(), &sender));
        let (outgoing, receiver) = sync_channel::<Message>(0);
        let writer = thread::spawn(move || {
            let mut out = io::stdout().lock();
            receiver
                .iter()
                .try_for_each(|message| message.write(&mut out))
        });
        Self {
            incoming,
            outgoing,
            writer,
        }
    }

    /// Sends a message. Returns false if the editor no longer listens.
    pub(super) fn send(&self, message: Message) -> bool {
        self.outgoing.send(message).is_ok()
    }

    /// Waits until everything that was sent has been written.
    pub(super) fn close(self) -> io::Result<()> {
        drop(self.outgoing);
        // A writer that panicked writes nothing more, so there is nothing to wait for.
        self.writer.join().unwrap_or(Ok(()))
    }
}

fn receive(input: &mut impl BufRead, to: &SyncSender<Incoming>) {
    loop {
        let (told, is_last) = match read_message(input) {
            Ok(None) => return,
            Ok(Some(message)) => {
                let is_exit =
                    matches!(&message, Message::Notification(one) if one.method == "exit");
                (Ok(message), is_exit)
            }
            Err(fault) => (Err(fault), true),
        };
        if to.send(told).is_err() || is_last {
            return;
        }
    }
}
