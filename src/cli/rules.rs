//! `quidpro rules` and `quidpro rule NAME`: the rules of the checker.

use crate::lint::{Level, Rule, Status, everything, find, names};
use crate::report::failure::Failure;
use crate::report::rules::{RuleRow, json, table};
use crate::typing::suggestion;

use super::arguments::{RuleOptions, RulesFormat, RulesOptions};
use super::console::Console;
use super::{Ending, Outcome};

pub(super) fn all(options: &RulesOptions, console: &mut Console) -> Outcome {
    let mut rules: Vec<&Rule> = everything().collect();
    rules.sort_by_key(|rule| (rule.category, rule.name));
    let rows: Vec<RuleRow> = rules.into_iter().map(row).collect();
    let text = match options.format {
        RulesFormat::Table => table::render(&rows),
        RulesFormat::Json => json::render(&rows),
        RulesFormat::Markdown => rows.iter().map(page).collect::<Vec<_>>().join("\n"),
    };
    console.print(&text)?;
    Ok(Ending::Fine)
}

pub(super) fn one(options: &RuleOptions, console: &mut Console) -> Outcome {
    let Some(rule) = find(&options.name) else {
        let failure = Failure::new(format!("there is no rule `{}`", options.name));
        return Err(match suggestion(&options.name, names()) {
            Some(close) => failure.help(format!("did you mean `{close}`?")),
            None => failure.help("`quidpro rules` lists them"),
        }
        .into());
    };
    console.print(&page(&row(rule)))?;
    Ok(Ending::Fine)
}

fn row(rule: &Rule) -> RuleRow {
    RuleRow {
        name: rule.name,
        category: rule.category.name(),
        level: match rule.level {
            Level::Off => "off",
            Level::Info => "info",
            Level::Warning => "warning",
            Level::Error => "error",
        },
        status: match rule.status {
            Status::Stable => "stable",
            Status::Preview => "preview",
        },
        since: rule.since,
        summary: rule.summary(),
        page: rule.markdown(),
    }
}

fn page(rule: &RuleRow) -> String {
    format!(
        "# {}\n\n{} · {} · {} since {}\n\n{}",
        rule.name, rule.category, rule.level, rule.status, rule.since, rule.page
    )
}
