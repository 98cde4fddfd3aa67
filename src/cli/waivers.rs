//! `quidpro waivers`: what contracts waive, until when and why.

use std::collections::BTreeSet;

use crate::calendar::Date;
use crate::diagnostic::Suppression;
use crate::report::waivers::{Row, State, json, text};

use super::arguments::{WaiversFormat, WaiversOptions};
use super::checker::{BaselineChoice, CheckedFile, Checker};
use super::console::Console;
use super::{Ending, Outcome};

pub(super) fn run(options: &WaiversOptions, console: &mut Console) -> Outcome {
    let mut checker = Checker::new(&options.checker, BaselineChoice::None)?;
    let today = checker.today;
    let all = checker.check_all(&options.paths)?;
    let last = options
        .expiring
        .map(|within| today.saturating_add(within.0));
    let mut seen = BTreeSet::new();
    let mut rows: Vec<Row> = all
        .iter()
        .flat_map(|file| rows(file, today))
        .filter(|row| last.is_none_or(|last| row.until <= last))
        .filter(|row| seen.insert((row.file.clone(), row.line, row.rule.clone())))
        .collect();
    rows.sort_by(|a, b| (a.until, &a.file, a.line).cmp(&(b.until, &b.file, b.line)));
    console.print(&match options.format {
        WaiversFormat::Text => text::render(&rows),
        WaiversFormat::Json => json::render(&rows),
    })?;
    let ended = rows.iter().any(|row| row.state == State::Ended);
    Ok(if ended {
        Ending::Findings
    } else {
        Ending::Fine
    })
}

fn rows(file: &CheckedFile, today: Date) -> Vec<Row> {
    let sources = &file.loaded.sources;
    let waivers = file.loaded.waivers();
    waivers
        .map(|(waiver, section)| {
            let covers = file
                .findings
                .iter()
                .filter(|finding| match &finding.suppressed {
                    Some(Suppression::Waiver(waived)) => waived.span == waiver.span,
                    Some(Suppression::Baseline) | None => false,
                });
            let (until, _) = waiver.until;
            let place = sources.start(waiver.span);
            Row {
                file: sources.name(waiver.span.file).to_owned(),
                line: place.line,
                clause: section,
                rule: waiver.rule.text.clone(),
                until,
                days: i64::from((until - today).get_days()),
                because: waiver.because.text.clone(),
                reference: waiver.reference.as_ref().map(|text| text.text.clone()),
                state: match covers.count() {
                    _ if until < today => State::Ended,
                    0 => State::Unused,
                    _ => State::InForce,
                },
            }
        })
        .collect()
}
