//! The lines of a statement as a table that visibly adds up.

use crate::calendar::Month;
use crate::ledger::{Cut, Line, LineKind, Part, Statement};
use crate::quantity::{Currency, Exact, Figure};
use crate::report::amount::grouped;
use crate::report::escape::terminal::on_one_line;
use crate::report::words::{in_figures, notice_kind_title};

use super::table::{Cell, Entry, Row, Table};

/// All lines by kind, with a sum for each kind that has several lines, then the total.
pub(super) fn render(statement: &Statement) -> String {
    let mut table = Table {
        titles: ["Quantity", "Rate", base_title(statement), "Amount"],
        entries: vec![Entry::Rule('─')],
    };
    let (before_tax, tax): (Vec<&Line>, Vec<&Line>) = statement
        .lines
        .iter()
        .partition(|line| line.kind != LineKind::Tax);
    if statement.lines.is_empty() {
        table.entries.push(Entry::Remark(1, "no lines".to_owned()));
    }
    push_groups(&mut table, &before_tax, statement);
    if !tax.is_empty() {
        table.entries.push(Entry::Rule('─'));
        let sum = sum(&before_tax);
        table
            .entries
            .push(sum_row(0, "Total before tax", &sum, statement));
        table.entries.push(Entry::Blank);
        push_groups(&mut table, &tax, statement);
    }
    table.entries.push(Entry::Rule('─'));
    let total = total_title(statement);
    table
        .entries
        .push(sum_row(0, &total, &statement.total, statement));
    table.entries.push(Entry::Rule('═'));
    table.render()
}

type Lines = Table<4>;

fn push_groups(table: &mut Lines, lines: &[&Line], statement: &Statement) {
    let mut kinds: Vec<LineKind> = lines.iter().map(|line| line.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for (at, kind) in kinds.iter().enumerate() {
        if at > 0 {
            table.entries.push(Entry::Blank);
        }
        let group: Vec<&Line> = lines
            .iter()
            .copied()
            .filter(|line| line.kind == *kind)
            .collect();
        push_group(table, *kind, &group, statement);
    }
}

fn push_group(table: &mut Lines, kind: LineKind, lines: &[&Line], statement: &Statement) {
    let title = kind.title();
    table.entries.push(Entry::Heading(title.to_owned()));
    for line in lines {
        push_line(table, line, statement);
    }
    if lines.len() > 1 {
        let title = format!("{title}, together");
        let sum = sum_row(1, &title, &sum(lines), statement);
        table.entries.extend([Entry::SumRule, sum]);
    }
}

fn push_line(table: &mut Lines, line: &Line, statement: &Statement) {
    let currency = statement.currency;
    table.entries.push(Entry::Row(Row {
        depth: 1,
        label: label(line),
        cells: [
            line.quantity.as_ref().map(plain_cell),
            line.rate
                .as_ref()
                .map(|rate| rate_cell(line, rate, currency)),
            line.base
                .as_ref()
                .map(|base| base_cell(line, base, currency)),
            Some(Cell::new(&grouped(&line.amount, currency), "")),
        ],
    }));
    table.entries.extend(line.arose.map(arose_remark));
    let parts = line.parts.iter().map(|part| part_row(part, currency));
    table.entries.extend(parts);
    let cuts = line.cuts.iter().map(|cut| cut_remark(cut, currency));
    table.entries.extend(cuts);
    table.entries.extend(why_zero(line, statement));
}

/// The title with name and clause below it, or the name with the clause if there is no title.
fn label(line: &Line) -> Vec<String> {
    let name = with_clause(&on_one_line(&line.name), line.clause.as_deref());
    match &line.title {
        Some(title) => vec![on_one_line(title), name],
        None => vec![name],
    }
}

fn plain_cell(figure: &Figure) -> Cell {
    Cell::new(&figure.number(), figure.unit())
}

/// The rate of a line. If it is in the statement's currency for one unit of the line's quantity, it has no unit. A
/// share says what it is a share of.
fn rate_cell(line: &Line, rate: &Figure, currency: Currency) -> Cell {
    let unit = match (&line.base_name, is_money(rate, currency)) {
        (Some(name), _) => format!("of {}", in_figures(&on_one_line(name))),
        (None, true) => String::new(),
        (None, false) => rate_unit(rate, line.quantity.as_ref(), currency),
    };
    Cell::new(&rate.number(), unit)
}

fn base_cell(line: &Line, base: &Figure, currency: Currency) -> Cell {
    let unit = match (&line.base_name, is_money(base, currency)) {
        (Some(name), true) if line.rate.is_none() => in_figures(&on_one_line(name)),
        (_, true) => String::new(),
        (_, false) => base.unit(),
    };
    Cell::new(&base.number(), unit)
}

fn part_row(part: &Part, currency: Currency) -> Entry<4> {
    let rate = rate_unit(&part.rate, Some(&part.quantity), currency);
    Entry::Row(Row {
        depth: 3,
        label: vec![in_figures(&on_one_line(&part.label))],
        cells: [
            Some(plain_cell(&part.quantity)),
            Some(Cell::new(&part.rate.number(), rate)),
            Some(Cell::new(&grouped(&part.amount, currency), "")),
            None,
        ],
    })
}

/// The unit of a rate, or nothing if quantity times rate is an amount in the statement's currency.
fn rate_unit(rate: &Figure, quantity: Option<&Figure>, currency: Currency) -> String {
    let product = rate
        .kind
        .unit()
        .zip(quantity.and_then(|quantity| quantity.kind.unit()))
        .map(|(rate, quantity)| rate.multiply(quantity));
    match product {
        Some((unit, factor)) if unit == currency.into() && factor == Exact::one() => String::new(),
        _ => rate.unit(),
    }
}

/// A remark with the earlier months in which an amount arose.
fn arose_remark((first, last): (Month, Month)) -> Entry<4> {
    let text = if first == last {
        format!("of {first}")
    } else {
        format!("of {first} to {last}")
    };
    Entry::Remark(3, text)
}

fn cut_remark(cut: &Cut, currency: Currency) -> Entry<4> {
    let before = grouped(&cut.before, currency);
    let after = grouped(&cut.after, currency);
    let limit = in_figures(&on_one_line(&cut.limit));
    if limit.starts_with("because ") {
        let why = with_clause(&limit, cut.clause.as_deref());
        return Entry::Remark(3, format!("{before} becomes {after}, {why}"));
    }
    let limit = match limit.strip_prefix("at most ") {
        Some(most) => format!("the limit of {most}"),
        None => format!("the limit: {limit}"),
    };
    let limit = with_clause(&limit, cut.clause.as_deref());
    Entry::Remark(3, format!("{before} cut to {after} by {limit}"))
}

/// A remark for a line of 0.00 that refers to the notices that say why.
fn why_zero(line: &Line, statement: &Statement) -> Option<Entry<4>> {
    if !line.amount.is_zero() {
        return None;
    }
    let mut kinds: Vec<String> = statement
        .notices
        .iter()
        .filter(|notice| notice.name == line.name)
        .map(|notice| notice_kind_title(notice.kind).to_lowercase())
        .collect();
    kinds.dedup();
    let kinds = kinds.join(", ");
    (!kinds.is_empty()).then(|| Entry::Remark(3, format!("{kinds}: see the notices below")))
}

fn sum_row(depth: usize, title: &str, amount: &Exact, statement: &Statement) -> Entry<4> {
    Entry::Row(Row {
        depth,
        label: vec![title.to_owned()],
        cells: [
            None,
            None,
            None,
            Some(Cell::new(&grouped(amount, statement.currency), "")),
        ],
    })
}

fn total_title(statement: &Statement) -> String {
    let currency = statement.currency;
    if statement.total.is_negative() {
        format!("Total in {currency}, in the customer's favour")
    } else {
        format!("Total in {currency}")
    }
}

fn base_title(statement: &Statement) -> &'static str {
    let has_parts = statement.lines.iter().any(|line| !line.parts.is_empty());
    let has_bases = statement.lines.iter().any(|line| line.base.is_some());
    match (has_parts, has_bases) {
        (true, true) => "Base or part",
        (true, false) => "Part",
        (false, _) => "Base",
    }
}

fn with_clause(text: &str, clause: Option<&str>) -> String {
    match clause {
        Some(clause) => format!("{text} ({})", on_one_line(clause)),
        None => text.to_owned(),
    }
}

fn is_money(figure: &Figure, currency: Currency) -> bool {
    figure.kind.currency() == Some(currency)
}

fn sum(lines: &[&Line]) -> Exact {
    lines
        .iter()
        .fold(Exact::zero(), |sum, line| sum.add(&line.amount))
}
