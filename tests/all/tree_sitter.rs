//! The grammar for editors: it reads every contract of the project as the program does, and its queries colour them.
#![allow(
    clippy::disallowed_methods,
    reason = "the tests read the contracts and documents of the project as they are on disk"
)]

mod agreement;
mod mistakes;
mod queries;
mod samples;
mod snippets;
mod words;

use tree_sitter::{Parser, Tree};

/// The tree that an editor makes of a text.
fn read(text: &str) -> Tree {
    let mut parser = Parser::new();
    parser
        .set_language(&tree_sitter_quid::LANGUAGE.into())
        .expect("the parser is of a version that tree-sitter reads");
    parser.parse(text, None).expect("parsing always ends")
}
