//! The beginning and the end of a session, and requests that are cancelled.

use quidpro::lsp::{Message, Notification, Queue, Request, Server};
use serde_json::{Value, json};

use super::editor::{Editor, Files, URI, at};

fn request(id: i32, method: &str) -> Message {
    Message::Request(Request {
        id: id.into(),
        method: method.to_owned(),
        params: Value::Null,
    })
}

fn notification(method: &str, params: Value) -> Message {
    Message::Notification(Notification {
        method: method.to_owned(),
        params,
    })
}

fn error_code(messages: &[Message]) -> i32 {
    match messages {
        [Message::Response(response)] => response.response_result.as_ref().unwrap_err().code,
        other => panic!("{other:?}"),
    }
}

#[test]
fn nothing_is_answered_before_the_beginning_and_after_the_end() {
    let mut server = Server::new(Box::new(Files::default()));
    assert_eq!(
        error_code(&server.handle(request(1, "textDocument/hover"))),
        -32002
    );
    assert!(
        server
            .handle(notification("textDocument/didOpen", json!({})))
            .is_empty()
    );
    let begun = Message::Request(Request {
        id: 2.into(),
        method: "initialize".to_owned(),
        params: json!({ "capabilities": {} }),
    });
    assert_eq!(server.handle(begun).len(), 1);
    assert_eq!(error_code(&server.handle(request(3, "initialize"))), -32600);
    assert_eq!(server.handle(request(4, "shutdown")).len(), 1);
    assert_eq!(
        error_code(&server.handle(request(5, "textDocument/hover"))),
        -32600
    );
    assert_eq!(server.exit_code(), None);
    server.handle(notification("exit", Value::Null));
    assert_eq!(server.exit_code(), Some(0));
}

#[test]
fn leaving_without_a_word_ends_with_1() {
    let mut editor = Editor::new();
    editor.tell("exit", Value::Null);
    assert_eq!(editor.server.exit_code(), Some(1));
}

#[test]
fn a_request_that_waits_can_be_cancelled() {
    let mut queue = Queue::default();
    assert!(queue.push(request(1, "textDocument/hover")).is_none());
    assert!(queue.push(request(2, "textDocument/completion")).is_none());
    let answer = queue.push(notification("$/cancelRequest", json!({ "id": 2 })));
    assert_eq!(error_code(&[answer.unwrap()]), -32800);
    assert!(
        queue
            .push(notification("$/cancelRequest", json!({ "id": 9 })))
            .is_none()
    );
    assert!(matches!(queue.pop(), Some(Message::Request(one)) if one.id == 1.into()));
    assert!(queue.pop().is_none());
}

#[test]
fn unknown_and_malformed_requests_are_errors_and_no_more() {
    let mut editor = Editor::open_with("contract a {");
    assert_eq!(
        editor
            .try_ask("textDocument/unheardOf", Value::Null)
            .unwrap_err()
            .0,
        -32601
    );
    assert_eq!(
        editor
            .try_ask("textDocument/hover", json!({ "a": 1 }))
            .unwrap_err()
            .0,
        -32602
    );
    assert!(editor.tell("$/unheardOf", json!([])).is_empty());
    assert!(
        editor
            .tell("textDocument/didChange", json!({ "a": 1 }))
            .is_empty()
    );
    assert!(editor.ask("textDocument/hover", at((99, 99))).is_null());
}

#[test]
fn units_of_columns_are_agreed() {
    for (offered, agreed) in [
        (json!(["utf-16", "utf-8"]), "utf-8"),
        (json!(["utf-16", "utf-32"]), "utf-32"),
        (json!(["utf-16"]), "utf-16"),
        (json!(null), "utf-16"),
    ] {
        let mut server = Server::new(Box::new(Files::default()));
        let told = server.handle(Message::Request(Request {
            id: 1.into(),
            method: "initialize".to_owned(),
            params: json!({ "capabilities": { "general": { "positionEncodings": offered } } }),
        }));
        let [Message::Response(response)] = told.as_slice() else {
            panic!("no answer");
        };
        let result = response.response_result.as_ref().unwrap();
        assert_eq!(result["capabilities"]["positionEncoding"], agreed);
    }
}

#[test]
fn files_are_watched_where_the_editor_can() {
    let capabilities = json!({
        "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true }, "codeLens": { "refreshSupport": true } },
    });
    let mut editor = Editor::with(capabilities);
    let told = editor.tell("initialized", json!({}));
    assert!(
        matches!(&told[..], [Message::Request(one)] if one.method == "client/registerCapability")
    );
    let told = editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    assert!(
        matches!(&told[..], [Message::Request(one)] if one.method == "workspace/codeLens/refresh")
    );
    editor.open(URI, "contract a {");
}
