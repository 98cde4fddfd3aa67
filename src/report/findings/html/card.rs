//! One finding on the page, next to its clause.

use crate::diagnostic::Label;
use crate::report::escape::markup::{escaped, in_words, name};
use crate::report::findings::Found;
use crate::report::findings::snippet::word;

use super::text::Lines;

/// The finding. Places in the lines next to it are links.
pub(super) fn card(number: usize, found: Found<'_>, lines: &Lines<'_>) -> String {
    let finding = found.finding;
    let severity = word(finding.severity);
    let mut parts = format!(
        "<h3><b>{severity}</b> {} <span class=\"kind\">{}</span></h3>\n\
         <p class=\"message\">{}</p>\n",
        lines.link(finding.primary.span).unwrap_or_default(),
        escaped(finding.code),
        in_words(&finding.message)
    );
    if !finding.primary.text.is_empty() {
        parts.push_str(&format!("<p>{}</p>\n", in_words(&finding.primary.text)));
    }
    if !finding.related.is_empty() {
        let places: String = finding
            .related
            .iter()
            .map(|label| related(label, found, lines))
            .collect();
        parts.push_str(&format!("<ul>\n{places}</ul>\n"));
    }
    for why in &finding.why {
        parts.push_str(&format!("<p><b>Why:</b> {}</p>\n", in_words(why)));
    }
    for help in &finding.help {
        parts.push_str(&format!(
            "<p class=\"help\"><b>What to do:</b> {}</p>\n",
            in_words(help)
        ));
    }
    format!("<article id=\"finding-{number}\" class=\"{severity}\">\n{parts}</article>\n")
}

fn related(label: &Label, found: Found<'_>, lines: &Lines<'_>) -> String {
    let place = lines.link(label.span).unwrap_or_else(|| {
        let name = name(found.sources.name(label.span.file));
        format!("{name}, line {}", found.sources.start(label.span).line)
    });
    let colon = if label.text.is_empty() { "" } else { ": " };
    format!("<li>{place}{colon}{}</li>\n", in_words(&label.text))
}
