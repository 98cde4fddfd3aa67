//! The columns that a file of records needs.

use crate::records::{Column, SetTemplate};
use crate::report::escape::csv::cell;
use crate::report::escape::terminal::on_one_line;
use crate::report::layout::{pad_right, width};

/// For people: each column with what it holds.
#[must_use]
pub fn text(sets: &[SetTemplate]) -> String {
    let mut out = String::new();
    for set in sets {
        if !out.is_empty() {
            out.push('\n');
        }
        out += &on_one_line(&set.name);
        if let Some(title) = &set.title {
            out += &format!(", {}", on_one_line(title));
        }
        if let Some(source) = &set.source {
            out += &format!(", from {}", on_one_line(source));
        }
        out.push('\n');
        let widest = set
            .columns
            .iter()
            .map(|one| width(&one.name))
            .max()
            .unwrap_or(0);
        for column in &set.columns {
            let form = on_one_line(&column.form);
            let name = pad_right(&on_one_line(&column.name), widest);
            out += &format!("  {name}  {form}{}\n", note(column));
        }
    }
    out += "\nOnly these columns are read; leave out the others, and names of people above all.\n";
    out
}

fn note(column: &Column) -> &'static str {
    match (column.is_key, column.may_be_missing) {
        (true, _) => "; different in every record",
        (false, true) => "; may be empty",
        (false, false) => "",
    }
}

/// The heading of a CSV file, and one record as an example.
#[must_use]
pub fn csv(set: &SetTemplate) -> String {
    let names = set.columns.iter().map(|column| cell(&column.name));
    let examples = set.columns.iter().map(|column| cell(&column.example));
    format!(
        "{}\n{}\n",
        names.collect::<Vec<_>>().join(","),
        examples.collect::<Vec<_>>().join(",")
    )
}
