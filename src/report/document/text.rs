//! A document on paper, in plain text without colour, about 100 columns wide.

use crate::report::escape::terminal::on_one_line;
use crate::report::layout::{WIDTH, blanks, hanging, pad_right, width, wrap};
use crate::report::statement::table::{Cell, Entry, Row, Table};

use super::parts::{Document, DocumentKind, FigurePart, LinePart, Register};
use super::shown;

/// One document; `register` is where it is in the books.
#[must_use]
pub fn render(document: &Document, register: Option<&Register>) -> String {
    let contract = &document.contract;
    let title = contract.title.as_ref().unwrap_or(&contract.name);
    let mut out = wrap(&on_one_line(title), WIDTH).join("\n") + "\n";
    out.push_str(&format!("{}\n", on_one_line(&shown::heading(document))));
    if document.kind == DocumentKind::Provisional {
        out.push_str("Not an invoice: figures may still change, and nothing is owed by it\n");
    }
    out.push('\n');
    out.push_str(&named(&shown::fields(document, register)));
    out.push('\n');
    out.push_str(&table(document));
    out.push_str(&changes(document));
    out.push_str(&measures(document));
    out.push_str(&notices(document));
    out
}

fn named(fields: &[(&str, String)]) -> String {
    let names = fields.iter().map(|(name, _)| width(name)).max();
    let each = fields.iter().map(|(name, text)| {
        let name = pad_right(name, names.unwrap_or(0)) + &blanks(3);
        hanging(&name, &on_one_line(text))
    });
    each.collect()
}

fn table(document: &Document) -> String {
    let mut table = Table {
        titles: ["Quantity", "Rate", "Base or part", "Amount"],
        entries: vec![Entry::Rule('─')],
    };
    let groups = shown::groups(document);
    if groups.is_empty() {
        table.entries.push(Entry::Remark(1, "no lines".to_owned()));
    }
    for (at, (title, lines)) in groups.iter().enumerate() {
        if at > 0 {
            table.entries.push(Entry::Blank);
        }
        table.entries.push(Entry::Heading(title.clone()));
        for line in lines {
            push_line(&mut table, line, document);
        }
        if lines.len() > 1 {
            table.entries.push(Entry::SumRule);
            let sum = document.total.with(shown::sum(lines));
            let sum = amount_row(1, &format!("{title}, together"), &shown::amount(&sum));
            table.entries.push(sum);
        }
    }
    table.entries.push(Entry::Rule('─'));
    let total = shown::amount(&document.total);
    let total = amount_row(0, &shown::total_title(document), &total);
    table.entries.extend([total, Entry::Rule('═')]);
    table.render()
}

fn amount_row(depth: usize, title: &str, amount: &str) -> Entry<4> {
    Entry::Row(Row {
        depth,
        label: vec![title.to_owned()],
        cells: [None, None, None, Some(Cell::new(amount, ""))],
    })
}

fn push_line(table: &mut Table<4>, line: &LinePart, document: &Document) {
    let name = with_clause(&on_one_line(&line.name), line.clause.as_deref());
    let label = match &line.title {
        Some(title) => vec![on_one_line(title), name],
        None => vec![name],
    };
    let of = line.base_name.as_deref();
    let corrected = line.corrected.is_some();
    let beside = line.quantity.as_ref();
    let figure = |figure: &Option<FigurePart>, of| {
        let figure = figure.as_ref().filter(|_| !corrected);
        figure.map(|one| {
            let unit = shown::unit(one, document, of, beside);
            Cell::new(&one.shown, on_one_line(&unit))
        })
    };
    table.entries.push(Entry::Row(Row {
        depth: 1,
        label,
        cells: [
            figure(&line.quantity, None),
            figure(&line.rate, of),
            figure(&line.base, None),
            Some(Cell::new(&shown::amount(&line.amount), "")),
        ],
    }));
    if !corrected {
        for part in &line.parts {
            let cell = |figure: &FigurePart| {
                let unit = shown::unit(figure, document, None, Some(&part.quantity));
                Cell::new(&figure.shown, on_one_line(&unit))
            };
            table.entries.push(Entry::Row(Row {
                depth: 3,
                label: vec![on_one_line(&part.label)],
                cells: [
                    Some(cell(&part.quantity)),
                    Some(cell(&part.rate)),
                    Some(Cell::new(&shown::amount(&part.amount), "")),
                    None,
                ],
            }));
        }
    }
    let remarks = shown::remarks(line).into_iter();
    let remarks = remarks.map(|remark| Entry::Remark(3, on_one_line(&remark)));
    table.entries.extend(remarks);
}

fn changes(document: &Document) -> String {
    if document.changes.is_empty() {
        return String::new();
    }
    let each = document.changes.iter().map(|change| {
        let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
        let words = format!(
            "{} of {}: {} becomes {}",
            change.column,
            change.month,
            value(&change.before),
            value(&change.after)
        );
        hanging(&blanks(2), &on_one_line(&words))
    });
    format!("\nChanged data\n{}", each.collect::<String>())
}

fn measures(document: &Document) -> String {
    if document.measures.is_empty() {
        return String::new();
    }
    let rows = document.measures.iter().map(|measure| {
        let name = on_one_line(&measure.name);
        let label = match &measure.title {
            Some(title) => format!("{}, {name}", on_one_line(title)),
            None => name,
        };
        let cell = match &measure.value {
            Some(value) => Cell::new(
                &value.shown,
                on_one_line(&shown::unit(value, document, None, None)),
            ),
            None => Cell::new("–", "no value"),
        };
        Entry::Row(Row {
            depth: 1,
            label: vec![with_clause(&label, measure.clause.as_deref())],
            cells: [Some(cell)],
        })
    });
    let table = Table {
        titles: [""],
        entries: rows.collect(),
    };
    format!("\nMeasures\n{}", table.render())
}

fn notices(document: &Document) -> String {
    if document.notices.is_empty() {
        return String::new();
    }
    let kinds = document.notices.iter().map(|notice| width(&notice.title));
    let kinds = kinds.max().unwrap_or(0);
    let each = document.notices.iter().map(|notice| {
        let words = format!("{}: {}", notice.name, notice.text);
        let words = with_clause(&on_one_line(&words), notice.clause.as_deref());
        let first = blanks(2) + &pad_right(&notice.title, kinds) + &blanks(3);
        hanging(&first, &words)
    });
    format!("\nNotices\n{}", each.collect::<String>())
}

fn with_clause(text: &str, clause: Option<&str>) -> String {
    match clause {
        Some(clause) => format!("{text} ({})", on_one_line(clause)),
        None => text.to_owned(),
    }
}
