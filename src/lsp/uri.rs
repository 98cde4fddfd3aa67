//! URIs of files as paths, and back.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// The scheme of texts that are part of Quidpro: its libraries and the pages of its rules.
pub(super) const SCHEME: &str = "quidpro";

/// Characters that appear unescaped in a path.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

/// Returns the path that a `file:` URI names, with `/`. Other URIs and files on other machines have none.
pub(super) fn path(uri: &str) -> Option<String> {
    let rest = uri.strip_prefix("file://")?;
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    let rest = rest.split(['?', '#']).next()?;
    let decoded = percent_decode_str(rest).decode_utf8().ok()?;
    let path = decoded.strip_prefix('/')?;
    if is_drive(path) {
        return Some(path.to_owned());
    }
    Some(decoded.into_owned())
}

/// Returns the URI of a path.
pub(super) fn of_path(path: &str) -> String {
    let encoded = utf8_percent_encode(path, PATH);
    if is_drive(path) {
        format!("file:///{encoded}")
    } else {
        format!("file://{encoded}")
    }
}

/// Whether a path begins with a drive: `C:/…`.
fn is_drive(path: &str) -> bool {
    let mut signs = path.chars();
    signs
        .next()
        .is_some_and(|letter| letter.is_ascii_alphabetic())
        && signs.next() == Some(':')
}

/// Returns the URI of a library that is part of Quidpro; `shown` is `standard contact_centre`.
pub(super) fn of_library(shown: &str) -> String {
    let name = shown.strip_prefix("standard ").unwrap_or(shown);
    format!("{SCHEME}:/standard/{name}.quid")
}

/// Returns the URI of a rule's page.
pub(super) fn of_rule(name: &str) -> String {
    format!("{SCHEME}:/rules/{name}.md")
}

/// Resolves a path that another file names, relative to that file's folder and without `.` and `folder/..`.
pub(super) fn beside(from: &str, path: &str) -> String {
    let path = path.replace('\\', "/");
    if path.starts_with('/') || is_drive(&path) {
        return normal(&path);
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    normal(&format!("{folder}/{path}"))
}

fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| !matches!(*last, "" | "..")) => {
                parts.pop();
            }
            ".." if parts == [""] => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_uris() {
        for (uri_text, path_text) in [
            ("file:///home/a/b.quid", "/home/a/b.quid"),
            ("file:///home/a%20b/%C3%BC.quid", "/home/a b/ü.quid"),
            ("file:///C:/contracts/a.quid", "C:/contracts/a.quid"),
        ] {
            assert_eq!(path(uri_text).as_deref(), Some(path_text));
            assert_eq!(path(&of_path(path_text)).as_deref(), Some(path_text));
        }
        assert_eq!(
            path("file:///c%3A/contracts/a.quid").as_deref(),
            Some("c:/contracts/a.quid")
        );
        assert_eq!(path("untitled:Untitled-1"), None);
        assert_eq!(beside("/a/b/c.quid", "../d/./e.quid"), "/a/d/e.quid");
        assert_eq!(beside("/c.quid", "../../e.quid"), "/e.quid");
    }
}
