//! Places as SARIF represents them: files by URIs, with lines and columns.

use crate::diagnostic::Label;
use crate::report::findings::place::Place;
use crate::text::{Sources, Span};

use super::document::{
    ArtifactLocation, Location, LogicalLocation, Message, PhysicalLocation, ROOT, Region,
};

/// The place with its text. A place in a text that is part of Quidpro has no file to open.
pub(super) fn of(label: &Label, sources: &Sources) -> Location {
    let name = sources.name(label.span.file);
    let message = (!label.text.is_empty()).then(|| Message::new(&label.text));
    if sources.is_built_in(label.span.file) {
        return Location {
            physical_location: None,
            logical_locations: Some([LogicalLocation {
                fully_qualified_name: name.to_owned(),
                kind: "module",
            }]),
            message,
        };
    }
    Location {
        physical_location: Some(PhysicalLocation {
            artifact_location: artifact(name),
            region: region(label.span, sources),
        }),
        logical_locations: None,
        message,
    }
}

/// The lines and columns of a place.
pub(super) fn region(span: Span, sources: &Sources) -> Region {
    let place = Place::in_characters(span, sources);
    Region {
        start_line: place.start.line,
        start_column: place.start.column,
        end_line: place.end.line,
        end_column: place.end.column,
    }
}

/// A path as a URI: relative to where the program ran, or absolute.
pub(super) fn artifact(path: &str) -> ArtifactLocation {
    let drive = has_drive(path);
    if path.starts_with('/') || drive {
        let (before, path) = if drive { path.split_at(2) } else { ("", path) };
        let slash = if drive { "/" } else { "" };
        return ArtifactLocation {
            uri: format!("file://{slash}{before}{}", percent_encoded(path)),
            uri_base_id: None,
        };
    }
    ArtifactLocation {
        uri: percent_encoded(path),
        uri_base_id: Some(ROOT),
    }
}

/// Whether the path starts with a drive, as in `C:/`.
fn has_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':', b'/', ..] if letter.is_ascii_alphabetic())
}

/// Writes every byte that is neither a slash nor allowed in URIs as in `%20`.
fn percent_encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}
