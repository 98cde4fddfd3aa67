//! Markdown, as GitHub and GitLab read it: no text becomes a link, a heading, a table or HTML.

use super::terminal::on_one_line;

/// A text on one line, in which nothing has a meaning in Markdown.
pub(in crate::report) fn plain(text: &str) -> String {
    let mut out = String::new();
    for sign in on_one_line(text).chars() {
        match sign {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '~'
            | '&' => {
                out.push('\\');
                out.push(sign);
            }
            other => out.push(other),
        }
    }
    // Anything that looks like an address would be linked.
    out.replace("://", "&#58;//").replace("www.", "www&#46;")
}

/// The contract's words as code, without backticks, which would end it.
pub(in crate::report) fn code(text: &str) -> String {
    let text = on_one_line(text).replace('`', "'");
    match text.trim() {
        "" => String::new(),
        _ => format!("`{text}`"),
    }
}

/// The program's own words. The text between backticks in them is the contract's.
pub(in crate::report) fn words(text: &str) -> String {
    if text.matches('`').count() % 2 == 1 {
        return plain(text);
    }
    let parts = text.split('`').enumerate();
    parts
        .map(|(at, part)| if at % 2 == 0 { plain(part) } else { code(part) })
        .collect()
}

/// Like [`words`], in a cell of a table, where a bar would end the cell even within code.
pub(in crate::report) fn cell(text: &str) -> String {
    words(&text.replace('|', "¦"))
}
