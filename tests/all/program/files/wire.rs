//! The language server and input that is not a message: it is refused at once, in words.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use super::PROGRAM;

/// The server's reaction to these bytes, with no more memory than it may need.
fn session(bytes: &[u8]) -> Output {
    let mut command = Command::new(PROGRAM);
    command.arg("lsp");
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    // The server may have ended before it has read everything.
    let _ = input.write_all(bytes);
    drop(input);
    child.wait_with_output().unwrap()
}

#[test]
fn a_length_is_not_believed() {
    for length in [
        "10000000000000000000",
        "1000000000000000000",
        "3000000000",
        "99999999999999999999999999",
    ] {
        let done = session(format!("Content-Length: {length}\r\n\r\n{{}}").as_bytes());
        let told = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(2), "{told}");
        assert!(
            told.contains(&format!(
                "announced a message of {}",
                &length[..length.len().min(24)]
            )),
            "{told}"
        );
        assert!(!told.contains("panicked"), "{told}");
    }
}

#[test]
fn what_is_no_message_ends_the_session_in_words() {
    for (bytes, why) in [
        (&b"Content-Length: x\r\n\r\n"[..], "not a number"),
        (b"Content-Length: 4\r\n\r\n{}", "sent 2"),
        (
            b"Content-Length: 2\r\n\r\n{}",
            "not a message of the protocol",
        ),
        (
            b"Content-Length: 2\r\n\r\n\xff\xfe",
            "not a message of the protocol",
        ),
        (b"\r\n", "without its length"),
        (b"hello\r\n\r\n", "does not belong there"),
    ] {
        let done = session(bytes);
        let told = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(2), "{told}");
        assert!(told.contains(why) && !told.contains("panicked"), "{told}");
    }
}

/// What came before is answered, and an orderly session ends successfully.
#[test]
fn a_session_begins_and_ends() {
    let framed = |text: &str| format!("Content-Length: {}\r\n\r\n{text}", text.len());
    let all = [
        r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#,
        r#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#,
        r#"{"jsonrpc":"2.0","id":2,"method":"shutdown"}"#,
        r#"{"jsonrpc":"2.0","method":"exit"}"#,
    ];
    let all: String = all.iter().map(|text| framed(text)).collect();
    let done = session(all.as_bytes());
    assert_eq!(done.status.code(), Some(0));
    let out = String::from_utf8(done.stdout).unwrap();
    assert!(
        out.contains("\"id\":1") && out.contains("\"id\":2"),
        "{out}"
    );
}
