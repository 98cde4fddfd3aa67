//! Answers to an editor's questions, as data.

mod flow;
mod references;
