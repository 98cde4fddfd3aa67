//! `quidpro.toml`, or a baseline if the text begins with `{`.

use std::sync::LazyLock;

use quidpro::baseline::{Baseline, Place};
use quidpro::config::{self, Placed, effective_for, settings_for};
use quidpro::diagnostic::Diagnostic;
use quidpro::driver::{Checking, Loaded};

use crate::contract::today;
use crate::load;

/// A small contract with findings.
static CHECKED: LazyLock<(Loaded, Vec<Diagnostic>)> = LazyLock::new(|| {
    let loaded = load(include_str!("../../contracts/cases/w10_monthly_cap.quid"));
    let settings = &crate::contract::SETTINGS;
    let found = loaded.check(&Checking {
        settings,
        today: today(),
    });
    assert!(!found.is_empty());
    (loaded, found)
});

/// Reads one file of settings, or a baseline.
pub fn configuration(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    if text.starts_with('{') {
        baseline(&text);
    } else {
        settings(&text);
    }
}

fn settings(text: &str) {
    let config = match config::read(text) {
        Ok(config) => config,
        Err(problems) => {
            assert!(!problems.is_empty());
            for problem in problems {
                assert!(!problem.message.is_empty());
                assert!(
                    text.get(problem.place.clone()).is_some(),
                    "{:?} lies between characters",
                    problem.place
                );
            }
            return;
        }
    };
    let places = [Placed {
        file: config::FILE.to_owned(),
        config: &config,
        contract: vec![
            "monthly_cap.quid".to_owned(),
            "contracts/monthly_cap.quid".to_owned(),
        ],
    }];
    let effective = effective_for(&places);
    assert_eq!(effective.settings, settings_for(&places));
    let _ = CHECKED.0.check(&Checking {
        settings: &effective.settings,
        today: today(),
    });
    assert!(
        config
            .exclude
            .iter()
            .all(|pattern| !pattern.text.is_empty() || pattern.matches(&[String::new()]))
    );
}

fn baseline(text: &str) {
    let baseline = match Baseline::read(text) {
        Ok(baseline) => baseline,
        Err(why) => return assert!(!why.is_empty()),
    };
    let (loaded, found) = &*CHECKED;
    let sections = loaded.sections();
    let place = Place {
        sources: &loaded.sources,
        sections: &sections,
    };
    let mut found = found.clone();
    let kept = baseline.matcher().apply(&mut found, place, str::to_owned);
    assert!(kept.len() <= baseline.len());
    let again = Baseline::read(&baseline.text()).expect("what was written can be read");
    assert_eq!(again.text(), baseline.text());
}
