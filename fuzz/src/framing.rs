//! The stream of an editor: bytes of any kind, in which messages follow each other.

use quidpro::lsp::read_message;

/// One stream, up to its end or the first fault in it.
pub fn framing(input: &[u8]) {
    let mut rest = input;
    let mut before = rest.len();
    loop {
        match read_message(&mut rest) {
            Ok(Some(_)) => assert!(rest.len() < before, "a message without bytes"),
            Ok(None) => return assert!(rest.is_empty(), "it stopped before the end"),
            Err(why) => return assert!(!why.is_empty()),
        }
        before = rest.len();
    }
}
