//! A contract in prose, for a terminal or a plain file.

use crate::report::escape::terminal::on_one_line;
use crate::report::layout::{WIDTH, blanks, hanging, pad_right, width, wrap};

use super::{Article, Clause, Paper, Part, Worked, letter, number};

/// The whole paper.
#[must_use]
pub fn render(paper: &Paper) -> String {
    let mut out = format!("{}\n\n", on_one_line(&paper.title).to_uppercase());
    for (at, article) in paper.articles.iter().enumerate() {
        out += &self::article(at, article);
    }
    if !paper.signatures.is_empty() {
        out += "SIGNATURES\n\n";
        for (role, name) in &paper.signatures {
            out += &format!(
                "{role}, {}\n\n  Date, name, signature: {}\n\n",
                on_one_line(name),
                "_".repeat(40)
            );
        }
    }
    out += &examples(paper);
    out += &index(paper);
    out
}

fn article(at: usize, article: &Article) -> String {
    let mut out = format!("{}. {}\n\n", at + 1, article.title.to_uppercase());
    for (position, clause) in article.clauses.iter().enumerate() {
        out += &self::clause(&number(at, position), clause);
    }
    out
}

const INDENT: usize = 6;

fn clause(number: &str, clause: &Clause) -> String {
    let reference = clause.reference.as_ref();
    let reference = reference.map_or_else(String::new, |reference| format!(" ({reference})"));
    let mut out = hanging(
        &pad_right(number, INDENT),
        &on_one_line(&format!("{}{reference}", clause.title)),
    );
    for part in &clause.parts {
        out += &match part {
            Part::Text(text) => hanging(&blanks(INDENT), &on_one_line(text)),
            Part::List(all) => {
                let items = all.iter().enumerate().map(|(at, text)| {
                    let first = format!("{}{} ", blanks(INDENT), letter(at));
                    hanging(&first, &on_one_line(text))
                });
                items.collect()
            }
            Part::Table(head, rows) => {
                let head = head.iter().map(|one| (*one).to_owned()).collect();
                table(&head, rows, INDENT)
            }
        };
    }
    out.push('\n');
    out
}

/// A table: columns as wide as their cells where they fit, and otherwise a block for each row.
fn table(head: &Vec<String>, rows: &[Vec<String>], indent: usize) -> String {
    let all: Vec<Vec<String>> = std::iter::once(head)
        .chain(rows)
        .map(|row| row.iter().map(|cell| on_one_line(cell)).collect())
        .collect();
    let columns = head.len();
    let widths: Vec<usize> = (0..columns)
        .map(|at| {
            all.iter()
                .filter_map(|row| row.get(at))
                .map(|cell| width(cell))
                .max()
                .unwrap_or(0)
        })
        .collect();
    let needed = widths.iter().map(|width| width + 2).sum::<usize>() + indent;
    let mut out = String::new();
    if needed <= WIDTH {
        for (at, row) in all.iter().enumerate() {
            let cells = row
                .iter()
                .zip(&widths)
                .map(|(cell, width)| pad_right(cell, width + 2));
            let line = format!("{}{}", blanks(indent), cells.collect::<String>());
            out += &format!("{}\n", line.trim_end());
            if at == 0 {
                let rule = widths
                    .iter()
                    .map(|width| width + 2)
                    .sum::<usize>()
                    .saturating_sub(2);
                out += &format!("{}{}\n", blanks(indent), "─".repeat(rule));
            }
        }
        return out;
    }
    let names = head.iter().map(|name| width(name)).max().unwrap_or(0) + 2;
    for row in all.iter().skip(1) {
        for (at, (name, cell)) in head.iter().zip(row).enumerate() {
            if cell.is_empty() {
                continue;
            }
            let mark = if at == 0 { "- " } else { "  " };
            let first = format!("{}{mark}{}", blanks(indent), pad_right(name, names));
            out += &hanging(&first, cell);
        }
    }
    out
}

fn examples(paper: &Paper) -> String {
    if paper.examples.is_empty() {
        return String::new();
    }
    let mut out = "SCHEDULE: WORKED EXAMPLES\n\n".to_owned();
    let opening = "The amounts below are computed from the figures given. They illustrate the clauses and do not add to them.";
    for line in wrap(opening, WIDTH) {
        out += &format!("{line}\n");
    }
    if !paper.assumed.is_empty() {
        out += "\nUnless an example states otherwise:\n";
        for (term, value) in &paper.assumed {
            out += &hanging("  - ", &on_one_line(&format!("{term}: {value}")));
        }
    }
    for (at, one) in paper.examples.iter().enumerate() {
        out += &format!(
            "\n{}",
            hanging(&format!("Example {}: ", at + 1), &on_one_line(&one.name))
        );
        out += &worked(one);
    }
    out.push('\n');
    out
}

fn worked(one: &Worked) -> String {
    let months: Vec<String> = one.months.iter().map(ToString::to_string).collect();
    let mut out = String::new();
    for (title, rows) in [("Given", one.given_rows()), ("Result", one.result_rows())] {
        if rows.is_empty() {
            continue;
        }
        let head = std::iter::once(title.to_owned())
            .chain(months.iter().cloned())
            .collect();
        out += &table(&head, &rows, 2);
    }
    out
}

/// From each clause to the line of the text that says so.
fn index(paper: &Paper) -> String {
    let mut rows = Vec::new();
    for (at, article) in paper.articles.iter().enumerate() {
        for (position, clause) in article.clauses.iter().enumerate() {
            if let (Some((file, line)), Some(designation)) = (&clause.place, &clause.designation) {
                rows.push(vec![
                    number(at, position),
                    designation.clone(),
                    format!("{file}:{line}"),
                ]);
            }
        }
    }
    let head = ["Clause", "In the text", "Place"]
        .map(str::to_owned)
        .to_vec();
    format!("INDEX\n\n{}", table(&head, &rows, 0))
}
