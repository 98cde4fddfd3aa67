//! The settings for a contract, for programs: `docs/schema/config.schema.json`.

use serde::Serialize;

use crate::report::escape::json::pretty;

use super::{Setting, Settings};

#[derive(Serialize)]
struct Wire<'s> {
    subject: &'s str,
    files: &'s [String],
    excluded: bool,
    settings: Vec<WireSetting<'s>>,
    categories: Vec<WireSetting<'s>>,
    rules: Vec<WireRule<'s>>,
}

#[derive(Serialize)]
struct WireSetting<'s> {
    name: &'s str,
    value: &'s str,
    from: Option<&'s str>,
}

#[derive(Serialize)]
struct WireRule<'s> {
    name: &'s str,
    category: &'s str,
    level: &'s str,
    from: Option<&'s str>,
    figures: Vec<WireSetting<'s>>,
}

/// All of it as one JSON object.
#[must_use]
pub fn render(page: &Settings) -> String {
    let wire = Wire {
        subject: &page.subject,
        files: &page.files,
        excluded: page.excluded,
        settings: each(&page.settings),
        categories: each(&page.categories),
        rules: page
            .rules
            .iter()
            .map(|rule| WireRule {
                name: rule.name,
                category: rule.category,
                level: rule.level,
                from: rule.from.as_deref(),
                figures: each(&rule.figures),
            })
            .collect(),
    };
    pretty(&wire)
}

fn each(settings: &[Setting]) -> Vec<WireSetting<'_>> {
    settings.iter().map(WireSetting::new).collect()
}

impl<'s> WireSetting<'s> {
    fn new(setting: &'s Setting) -> Self {
        Self {
            name: &setting.name,
            value: &setting.value,
            from: setting.from.as_deref(),
        }
    }
}
