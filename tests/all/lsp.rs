//! The language server, driven message by message, without an editor.

mod actions;
mod completion;
mod editor;
mod findings;
mod folders;
mod hierarchy;
mod lenses;
mod lifecycle;
mod names;
mod positions;
mod rename;
mod robust;
mod structure;
