//! A contract: read, checked by every rule, written in the formats for people and for programs, and computed.

use std::sync::LazyLock;

use quidpro::calendar::Date;
use quidpro::driver::Checking;
use quidpro::lint::{Settings, everything};
use quidpro::report::findings::{ContractFindings, Extent, concise, full, html, json, sarif};

use crate::{NAME, example, load};

/// Settings under which every rule runs, including those in preview.
pub(crate) static SETTINGS: LazyLock<Settings> = LazyLock::new(|| Settings {
    only: everything().map(|rule| rule.name.to_owned()).collect(),
    preview: true,
    ..Settings::default()
});

pub(crate) fn today() -> Date {
    "2026-06-30".parse().expect("it is a date")
}

/// Takes one text through all of this.
pub fn contract(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let loaded = load(&text);
    let found = loaded.check(&Checking {
        settings: &SETTINGS,
        today: today(),
    });
    let all = [ContractFindings {
        file: NAME,
        sources: &loaded.sources,
        findings: &found,
        extent: Extent::Everything,
    }];
    let shown = full::render(&found, &loaded.sources, false);
    let lines = concise::render(&found, &loaded.sources, false);
    assert!(found.is_empty() || !shown.is_empty() && !lines.is_empty());
    assert!(!html::render(&all, NAME).is_empty());
    for document in [json::render(&all), sarif::render(&all, &|_| None)] {
        assert!(
            serde_json::from_str::<serde_json::Value>(&document).is_ok(),
            "{document}"
        );
    }
    let _ = loaded.questions(&found);
    let _ = loaded.reviews(&found);
    let _ = example::outcome(&loaded);
}
