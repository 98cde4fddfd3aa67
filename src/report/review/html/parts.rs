//! The parts of the page below its figures.

use crate::diagnostic::Severity;
use crate::report::escape::markup::{escaped, in_words};
use crate::review::{Measured, Review};

use super::super::words::{cost, measured_by, moves, targets, waiver};
use super::{SHOWN_CONCERNS, SHOWN_QUESTIONS, SHOWN_WAIVERS, figure, list, message};

/// The KPIs as a table, and who reports.
pub(super) fn measures(review: &Review) -> String {
    if review.measures.is_empty() {
        return "<p class=\"missing\">Nothing is measured.</p>\n".to_owned();
    }
    let rows: String = review.measures.iter().map(measure).collect();
    format!(
        "<table>\n<thead><tr><th>KPI</th><th>Kind</th><th>Target</th><th>Measured by</th><th class=\"amount\">Effect on pay</th></tr></thead>\n\
         <tbody>\n{rows}</tbody>\n</table>\n{}",
        reporters(review)
    )
}

fn measure(measure: &Measured) -> String {
    let title = measure.title.as_deref();
    let title = title.map_or(String::new(), |title| {
        format!(" <span class=\"faint\">{}</span>", escaped(title))
    });
    let cell = |lacking: bool, text: &str| {
        let class = if lacking { " class=\"missing\"" } else { "" };
        format!("<td{class}>{}</td>", in_words(text))
    };
    let unnamed = measure.sources.is_empty() || measure.reporters.contains(&"nobody named");
    format!(
        "<tr><td><code>{}</code>{title}</td>{}{}{}<td class=\"amount\">{}</td></tr>\n",
        escaped(&measure.name),
        cell(
            measure.kind.is_none(),
            measure.kind.as_deref().unwrap_or("none")
        ),
        cell(measure.targets.is_empty(), &targets(measure)),
        cell(unnamed, &measured_by(measure)),
        escaped(&moves(measure)).replace(' ', "\u{a0}")
    )
}

fn reporters(review: &Review) -> String {
    let all: Vec<String> = review
        .reporters
        .iter()
        .map(|reporting| format!("{} {}", reporting.by, reporting.inputs.len()))
        .collect();
    if all.is_empty() {
        return String::new();
    }
    format!(
        "<p class=\"faint\">Figures that change the pay, by who reports them: {}</p>\n",
        escaped(&all.join(", "))
    )
}

/// The bounds of the invoice, and of what is taken off it.
pub(super) fn bounds(review: &Review) -> String {
    if review.bounds.is_empty() {
        return "<p class=\"missing\">Nothing limits the invoice, or what is taken off it.</p>\n"
            .to_owned();
    }
    let items = review.bounds.iter().map(|bound| {
        let amount = bound.amount.as_ref();
        let amount = amount.map_or(String::new(), |amount| {
            format!(": <b>{}</b>", figure(amount))
        });
        let clause = bound.clause.as_deref();
        let clause = clause.map_or(String::new(), |clause| {
            format!(" <span class=\"faint\">{}</span>", escaped(clause))
        });
        format!("{}{amount}{clause}", escaped(&bound.words))
    });
    let items: Vec<String> = items.collect();
    let count = items.len();
    list(items, count, "")
}

/// The parts that are agreed, with their clauses and gaps, and the parts that are not.
pub(super) fn partnership(review: &Review) -> String {
    let items = review.partnership.iter().map(|part| {
        let mark = if part.agreed { "agreed" } else { "absent" };
        let clause = part.clause.as_deref();
        let clause = clause.map_or(String::new(), |clause| {
            format!(" <span class=\"faint\">{}</span>", escaped(clause))
        });
        let gaps: String = part
            .gaps
            .iter()
            .map(|gap| format!("<br><span class=\"missing\">{}</span>", in_words(gap)))
            .collect();
        let word = if part.agreed { "" } else { " absent" };
        format!(
            "<li class=\"{mark}\">{}{word}{clause}{gaps}</li>\n",
            escaped(part.about)
        )
    });
    format!("<ul class=\"parts\">\n{}</ul>\n", items.collect::<String>())
}

/// The most serious findings.
pub(super) fn concerns(review: &Review) -> String {
    let shown = review.concerns.iter().take(SHOWN_CONCERNS);
    let items = shown.map(|concern| {
        let class = match concern.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "note",
        };
        format!(
            "<span class=\"{class}\">{}</span> <b>{}</b> <span class=\"faint\">{}, line {}</span>",
            message(&concern.message),
            escaped(&cost(concern).trim_start().replace(' ', "\u{a0}")),
            escaped(concern.rule),
            concern.line
        )
    });
    list(
        items.collect(),
        review.concerns.len(),
        "quidpro check --all",
    )
}

/// The first open questions.
pub(super) fn questions(review: &Review) -> String {
    let shown = review.questions.iter().take(SHOWN_QUESTIONS);
    let items = shown.map(|question| message(&question.question));
    list(items.collect(), review.questions.len(), "quidpro questions")
}

/// The waivers that end first.
pub(super) fn waivers(review: &Review) -> String {
    let shown = review.waivers.iter().take(SHOWN_WAIVERS);
    let items = shown.map(|one| escaped(&waiver(one)));
    list(items.collect(), review.waivers.len(), "quidpro waivers")
}
