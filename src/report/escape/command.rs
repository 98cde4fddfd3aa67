//! Workflow commands of GitHub: `::error file=a.quid,line=3::message`.

use super::terminal::visible;

/// The message of a command, which ends with its line: line breaks are written as `%0A`.
pub(in crate::report) fn message(text: &str) -> String {
    visible(text).replace('%', "%25").replace('\n', "%0A")
}

/// A property of a command, in which the characters that end it are also written as numbers.
pub(in crate::report) fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
