//! The language server: what editors ask over the Language Server Protocol, and the answers.
//!
//! [`Server::handle`] is a function from a state and a message to messages. Messages are taken one after the other,
//! each against the texts as they are at that moment. [`Server::idle`] returns what can wait until no message is left.
//! [`Queue`] holds the messages that have come in, and answers those that are cancelled before their turn. Nothing here
//! reads a file: texts that no editor has open come from a [`World`]. Nothing is ever written.
//!
//! The types of the protocol stay within this module. There is one file for each request.

mod analysis;
mod call_hierarchy;
mod capabilities;
mod code_action;
mod code_lens;
mod command;
mod completion;
mod content;
mod definition;
mod diagnostics;
mod dispatch;
mod document;
mod edit;
mod findings;
mod folding;
mod formatting;
mod framing;
mod highlight;
mod hover;
mod inlay_hint;
mod link;
mod pending;
mod position;
mod queue;
mod references;
mod rename;
mod selection;
mod semantic_tokens;
mod server;
mod settings;
mod symbol;
mod sync;
mod uri;
mod world;

pub use framing::read_message;
pub use lsp_server::{Message, Notification, Request, RequestId, Response};
pub use pending::Pending;
pub use position::{Encoding, Lines};
pub use queue::Queue;
pub use server::Server;
pub use world::World;
