//! `quidpro config show`: the settings of a contract, and where they come from.

use std::path::Path;

use crate::config::{Effective, FailOn};
use crate::diagnostic::Severity;
use crate::lint::{Category, Level, Rule, Status, everything};
use crate::report::failure::Failure;
use crate::report::settings::{RuleSetting, Setting, Settings, json, text};

use super::arguments::{ConfigCommand, ConfigFormat, ConfigOptions, ConfigShowOptions};
use super::checker::{BaselineChoice, Checker};
use super::configuration::ForContract;
use super::console::Console;
use super::{Ending, Outcome, Trouble, files};

pub(super) fn run(options: &ConfigOptions, console: &mut Console) -> Outcome {
    match &options.command {
        ConfigCommand::Show(options) => show(options, console),
    }
}

fn show(options: &ConfigShowOptions, console: &mut Console) -> Outcome {
    let path = options.path.as_path();
    if !files::is_folder(path) && !files::is_file(path) {
        let shown = files::shown(path);
        return Err(Failure::new(format!("there is no file or folder `{shown}`")).into());
    }
    // For a folder, these are the settings of any contract in it.
    let contract = if files::is_folder(path) {
        path.join("contract.quid")
    } else {
        path.to_owned()
    };
    let mut checker = Checker::new(&options.checker, BaselineChoice::Configured)?;
    let configured = checker.configured(&contract).map_err(Trouble::Failures)?;
    let page = Settings {
        subject: files::shown(path),
        files: configured.files.clone(),
        excluded: !files::is_folder(path) && checker.configuration.excludes(&contract),
        settings: settings(&configured, &mut checker, &contract),
        categories: categories(&configured.effective),
        rules: everything()
            .filter(|rule| rule.category != Category::Correctness)
            .map(|rule| of_rule(rule, &configured.effective))
            .collect(),
    };
    console.print(&match options.format {
        ConfigFormat::Text => text::render(&page, options.all),
        ConfigFormat::Json => json::render(&page),
    })?;
    Ok(Ending::Fine)
}

fn settings(configured: &ForContract, checker: &mut Checker, contract: &Path) -> Vec<Setting> {
    let effective = &configured.effective;
    let fail_on = configured.fail_on.as_ref();
    let baseline = configured.baseline.as_ref();
    let listed = |names: &std::collections::BTreeSet<String>, argument: &str| Setting {
        name: argument.trim_start_matches('-').to_owned(),
        value: names.iter().cloned().collect::<Vec<_>>().join(", "),
        from: Some(argument.to_owned()),
    };
    let preview = match (&effective.preview, effective.settings.preview) {
        (None, true) => Some("--preview".to_owned()),
        (origin, _) => origin.as_ref().map(ToString::to_string),
    };
    let mut all = vec![
        Setting {
            name: "fail-on".to_owned(),
            value: fail_on
                .map_or("error", |stated| word(stated.value))
                .to_owned(),
            from: fail_on.map(|stated| stated.file.clone()),
        },
        Setting {
            name: "baseline".to_owned(),
            value: baseline.map_or("none".to_owned(), |stated| {
                files::shown(&files::from_here(&stated.value.0))
            }),
            from: baseline.map(|stated| stated.file.clone()),
        },
        Setting {
            name: "preview".to_owned(),
            value: effective.settings.preview.to_string(),
            from: preview,
        },
    ];
    let excluded = checker.configuration.exclusions(contract).into_iter();
    all.extend(excluded.map(|stated| Setting {
        name: "exclude".to_owned(),
        value: stated.value,
        from: Some(stated.file),
    }));
    for (names, argument) in [
        (&effective.settings.only, "--only"),
        (&effective.settings.skip, "--skip"),
    ] {
        all.extend((!names.is_empty()).then(|| listed(names, argument)));
    }
    all
}

fn categories(effective: &Effective) -> Vec<Setting> {
    let chosen = Category::ALL.into_iter();
    chosen
        .filter(|category| *category != Category::Correctness)
        .map(|category| Setting {
            name: category.name().to_owned(),
            value: match effective.settings.categories.get(&category) {
                Some(level) => level_word(*level),
                None => "as each rule says",
            }
            .to_owned(),
            from: effective.categories.get(&category).map(ToString::to_string),
        })
        .collect()
}

fn of_rule(rule: &'static Rule, effective: &Effective) -> RuleSetting {
    let settings = &effective.settings;
    let severity = settings.severity(rule);
    let is_in = |names: &std::collections::BTreeSet<String>| {
        names.contains(rule.name) || names.contains(rule.category.name())
    };
    let from = if is_in(&settings.skip) {
        Some("--skip".to_owned())
    } else if !settings.only.is_empty() && !is_in(&settings.only) {
        Some("--only".to_owned())
    } else if let Some(origin) = effective.origin_of(rule) {
        Some(origin.to_string())
    } else if rule.status == Status::Preview && severity.is_none() {
        Some("in preview".to_owned())
    } else {
        None
    };
    RuleSetting {
        name: rule.name,
        category: rule.category.name(),
        level: match severity {
            None => "off",
            Some(Severity::Error) => "error",
            Some(Severity::Warning) => "warning",
            Some(Severity::Info) => "info",
        },
        from,
        figures: rule
            .thresholds
            .iter()
            .map(|threshold| {
                let key = (rule.name.to_owned(), threshold.name.to_owned());
                let origin = effective.thresholds.get(&key);
                Setting {
                    name: threshold.name.to_owned(),
                    value: match origin {
                        Some(_) => {
                            figure(&settings.threshold(rule, threshold.name), threshold.default)
                        }
                        None => threshold.default.to_owned(),
                    },
                    from: origin.map(ToString::to_string),
                }
            })
            .collect(),
    }
}

/// A figure as it is written: as a percentage if its usual value is a percentage.
fn figure(value: &crate::quantity::Exact, usual: &str) -> String {
    if usual.ends_with('%') {
        let hundred = crate::quantity::Exact::from_integer(100);
        format!("{}%", value.multiply(&hundred))
    } else {
        value.to_string()
    }
}

fn word(fail_on: FailOn) -> &'static str {
    match fail_on {
        FailOn::Severity(Severity::Error) => "error",
        FailOn::Severity(Severity::Warning) => "warning",
        FailOn::Severity(Severity::Info) => "info",
        FailOn::Never => "never",
    }
}

fn level_word(level: Level) -> &'static str {
    match level {
        Level::Off => "off",
        Level::Info => "info",
        Level::Warning => "warning",
        Level::Error => "error",
    }
}
