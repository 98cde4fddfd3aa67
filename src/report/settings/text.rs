//! The settings for a contract, for people: each with the place where it is written.

use crate::report::escape::terminal::on_one_line;
use crate::report::layout::{pad_right, width};

use super::{RuleSetting, Setting, Settings};

/// The page. With `all`, it also has the rules with their usual settings.
#[must_use]
pub fn render(page: &Settings, all: bool) -> String {
    let mut out = format!("{}\n", on_one_line(&page.subject));
    match page.files.split_last() {
        None => {
            out += "no quidpro.toml applies: everything is as usual, except for the arguments\n"
        }
        Some((nearest, extended)) => {
            out += &format!("  configured by {}\n", on_one_line(nearest));
            for file in extended.iter().rev() {
                out += &format!("  which extends {}\n", on_one_line(file));
            }
        }
    }
    if page.excluded {
        out += "  left out when its folder is read: `exclude` names it\n";
    }
    out += "\n";
    out += &table(page.settings.iter().map(row));
    out += "\ncategories\n";
    out += &table(page.categories.iter().map(row));
    let shown: Vec<&RuleSetting> = page
        .rules
        .iter()
        .filter(|rule| all || !rule.is_usual())
        .collect();
    if !shown.is_empty() {
        out += "\nrules\n";
        out += &table(shown.iter().copied().flat_map(of_rule));
    }
    let left = page.rules.len() - shown.len();
    if left > 0 {
        let other = if shown.is_empty() { "" } else { "other " };
        out += &format!("\n{left} {other}rules are as usual; `--all` lists them\n");
    }
    out
}

type Row = [String; 3];

fn row(setting: &Setting) -> Row {
    [
        setting.name.clone(),
        setting.value.clone(),
        from(setting.from.as_ref()),
    ]
}

fn of_rule(rule: &RuleSetting) -> Vec<Row> {
    let own = [
        rule.name.to_owned(),
        rule.level.to_owned(),
        from(rule.from.as_ref()),
    ];
    let figures = rule.figures.iter().map(|figure| {
        let [name, value, from] = row(figure);
        [format!("  {name}"), value, from]
    });
    std::iter::once(own).chain(figures).collect()
}

fn from(origin: Option<&String>) -> String {
    origin.map_or("as usual", String::as_str).to_owned()
}

fn table(rows: impl Iterator<Item = Row>) -> String {
    let rows: Vec<Row> = rows.map(|row| row.map(|cell| on_one_line(&cell))).collect();
    let widest = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        cells.map(|cell| width(cell)).max().unwrap_or(0)
    };
    let (first, second) = (widest(0), widest(1));
    rows.iter()
        .map(|[name, value, from]| {
            let (name, value) = (pad_right(name, first), pad_right(value, second));
            format!("  {name}  {value}  {from}\n")
        })
        .collect()
}
