//! Documents as a page for a browser or a printer. It needs nothing else, runs no script and opens no connection.

use crate::report::escape::markup::{escaped, name};
use crate::report::page::Page;

use super::parts::{Document, DocumentKind, FigurePart, LinePart, Register};
use super::shown;

/// The style of the page.
const STYLE: &str = include_str!("html/style.css");

/// Documents, each on pages of its own, with their places in the books.
#[must_use]
pub fn render(documents: &[(&Document, Option<&Register>)]) -> String {
    let pages = documents
        .iter()
        .map(|(document, register)| page(document, *register));
    let pages: String = pages.collect();
    let title = match documents {
        [(one, _)] => format!("{}: {}", one.contract.name, shown::heading(one)),
        [(first, _), ..] => format!("{}: {} documents", first.contract.name, documents.len()),
        [] => "No documents".to_owned(),
    };
    whole(&title, &pages)
}

/// A page around its body.
pub(in crate::report) fn whole(title: &str, body: &str) -> String {
    let page = Page {
        generator: "quidpro document",
        title,
        styles: &[STYLE],
        body,
    };
    page.render()
}

fn page(document: &Document, register: Option<&Register>) -> String {
    let contract = &document.contract;
    let title = contract.title.as_ref().unwrap_or(&contract.name);
    let warning = if document.kind == DocumentKind::Provisional {
        "<p class=\"warning\">Not an invoice: figures may still change, and nothing is owed by it.</p>\n"
    } else {
        ""
    };
    let fields = shown::fields(document, register);
    let fields = fields.iter().map(|(field, text)| {
        format!(
            "<tr><th scope=\"row\">{field}</th><td>{}</td></tr>\n",
            name(text)
        )
    });
    format!(
        "<main>\n<header>\n<h1>{}</h1>\n<p class=\"kind\">{}</p>\n{warning}</header>\n\
         <table class=\"fields\">\n{}</table>\n{}{}{}{}{}</main>\n",
        name(title),
        name(&shown::heading(document)),
        fields.collect::<String>(),
        lines(document),
        changes(document),
        measures(document),
        notices(document),
        origin(document),
    )
}

fn lines(document: &Document) -> String {
    let mut rows = String::new();
    for (title, lines) in shown::groups(document) {
        rows.push_str(&format!(
            "<tr class=\"group\"><th colspan=\"5\" scope=\"rowgroup\">{}</th></tr>\n",
            name(&title)
        ));
        for line in &lines {
            rows.push_str(&row(line, document));
        }
        if lines.len() > 1 {
            let sum = document.total.with(shown::sum(&lines));
            rows.push_str(&format!(
                "<tr class=\"sum\"><td colspan=\"4\">{}, together</td><td class=\"number\">{}</td></tr>\n",
                name(&title),
                shown::amount(&sum)
            ));
        }
    }
    format!(
        "<table class=\"lines\">\n<thead><tr><th>Line</th><th class=\"number\">Quantity</th><th class=\"number\">Rate</th>\
         <th class=\"number\">Base or part</th><th class=\"number\">Amount</th></tr></thead>\n<tbody>\n{rows}</tbody>\n\
         <tfoot><tr><td colspan=\"4\">{}</td><td class=\"number\">{}</td></tr></tfoot>\n</table>\n",
        name(&shown::total_title(document)),
        shown::amount(&document.total)
    )
}

fn row(line: &LinePart, document: &Document) -> String {
    let corrected = line.corrected.is_some();
    let figure = |figure: Option<&FigurePart>, of: Option<&str>| {
        let figure = figure.filter(|_| !corrected);
        let words = figure.map(|one| valued(one, document, of, line.quantity.as_ref()));
        format!("<td class=\"number\">{}</td>", words.unwrap_or_default())
    };
    let clause = line.clause.as_deref();
    let clause = clause.map_or_else(String::new, |clause| {
        format!(" <span class=\"faint\">{}</span>", name(clause))
    });
    let remarks = shown::remarks(line).into_iter();
    let remarks =
        remarks.map(|remark| format!("<br><span class=\"faint\">{}</span>", name(&remark)));
    let mut out = format!(
        "<tr><td>{}{clause}{}</td>{}{}{}<td class=\"number\">{}</td></tr>\n",
        name(&line.called()),
        remarks.collect::<String>(),
        figure(line.quantity.as_ref(), None),
        figure(line.rate.as_ref(), line.base_name.as_deref()),
        figure(line.base.as_ref(), None),
        shown::amount(&line.amount)
    );
    for part in line.parts.iter().filter(|_| !corrected) {
        out.push_str(&format!(
            "<tr class=\"part\"><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td></td></tr>\n",
            name(&part.label),
            valued(&part.quantity, document, None, None),
            valued(&part.rate, document, None, Some(&part.quantity)),
            shown::amount(&part.amount)
        ));
    }
    out
}

fn valued(
    figure: &FigurePart,
    document: &Document,
    of: Option<&str>,
    quantity: Option<&FigurePart>,
) -> String {
    let unit = shown::unit(figure, document, of, quantity);
    name(format!("{} {unit}", figure.shown).trim_end())
}

fn changes(document: &Document) -> String {
    if document.changes.is_empty() {
        return String::new();
    }
    let value = |value: &Option<String>| name(value.as_deref().unwrap_or("nothing"));
    let rows = document.changes.iter().map(|change| {
        format!(
            "<tr><td>{} of {}</td><td class=\"number\">{}</td><td class=\"number\">{}</td></tr>\n",
            name(&change.column),
            change.month,
            value(&change.before),
            value(&change.after)
        )
    });
    format!(
        "<h2>Changed data</h2>\n<table>\n<thead><tr><th>Cell</th><th class=\"number\">As invoiced</th><th class=\"number\">Now</th></tr></thead>\n{}</table>\n",
        rows.collect::<String>()
    )
}

fn measures(document: &Document) -> String {
    if document.measures.is_empty() {
        return String::new();
    }
    let rows = document.measures.iter().map(|measure| {
        let value = measure.value.as_ref();
        let value = value.map_or_else(
            || "no value".to_owned(),
            |one| valued(one, document, None, None),
        );
        let called = measure.title.as_ref().unwrap_or(&measure.name);
        format!(
            "<tr><td>{}</td><td class=\"number\">{value}</td></tr>\n",
            name(called)
        )
    });
    format!(
        "<h2>Measures</h2>\n<table>\n{}</table>\n",
        rows.collect::<String>()
    )
}

fn notices(document: &Document) -> String {
    if document.notices.is_empty() {
        return String::new();
    }
    let rows = document.notices.iter().map(|notice| {
        let clause = notice.clause.as_deref().map_or_else(String::new, |clause| {
            format!(" <span class=\"faint\">{}</span>", name(clause))
        });
        format!(
            "<tr><th scope=\"row\">{}</th><td>{}: {}{clause}</td></tr>\n",
            name(&notice.title),
            name(&notice.name),
            name(&notice.text)
        )
    });
    format!(
        "<h2>Notices</h2>\n<table class=\"fields\">\n{}</table>\n",
        rows.collect::<String>()
    )
}

/// What identifies the texts and the data.
fn origin(document: &Document) -> String {
    let files = document.contract.files.iter().chain(&document.data.files);
    let files = files.map(|file| {
        format!(
            "<p>{} <code>sha256 {}</code></p>\n",
            name(&file.name),
            escaped(&file.sha256)
        )
    });
    format!(
        "<footer>\n{}<p>data up to the month <code>sha256 {}</code></p>\n<p>computed by quidpro {}, language {}</p>\n</footer>\n",
        files.collect::<String>(),
        escaped(&document.data.snapshot),
        name(&document.program.version),
        document.program.language
    )
}
