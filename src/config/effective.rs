//! The settings for a contract, and the part of the file from which each comes.

use std::collections::BTreeMap;
use std::fmt;

use crate::lint::{Category, Settings};

use super::{Layer, Placed};

/// The part of a file that decided something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The file, as it is shown.
    pub file: String,
    /// The reason of an override.
    pub because: Option<String>,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.because {
            None => f.write_str(&self.file),
            Some(because) => write!(f, "{}, override \"{because}\"", self.file),
        }
    }
}

/// Settings with the origin of each. A setting without an origin has its usual value.
#[derive(Clone, Debug, Default)]
pub struct Effective {
    /// The settings.
    pub settings: Settings,
    /// By the rule's name.
    pub rules: BTreeMap<String, Origin>,
    /// By category.
    pub categories: BTreeMap<Category, Origin>,
    /// By rule and threshold.
    pub thresholds: BTreeMap<(String, String), Origin>,
    /// The origin of `preview`.
    pub preview: Option<Origin>,
}

/// The settings for a contract, as in [`settings_for`](super::settings_for), with the origin of each.
#[must_use]
pub fn effective_for(files: &[Placed<'_>]) -> Effective {
    let mut effective = Effective::default();
    for file in files {
        let origin = |because: Option<&String>| Origin {
            file: file.file.clone(),
            because: because.cloned(),
        };
        effective.add(&file.config.layer, &origin(None));
        for part in &file.config.overrides {
            if part.is_about(&file.contract) {
                effective.add(&part.layer, &origin(Some(&part.because)));
            }
        }
    }
    effective
}

impl Effective {
    fn add(&mut self, layer: &Layer, origin: &Origin) {
        for (name, level) in &layer.rules {
            self.settings.rules.insert(name.clone(), *level);
            self.rules.insert(name.clone(), origin.clone());
        }
        for (category, level) in &layer.categories {
            self.settings.categories.insert(*category, *level);
            self.categories.insert(*category, origin.clone());
        }
        for (key, figure) in &layer.thresholds {
            self.settings.thresholds.insert(key.clone(), figure.clone());
            self.thresholds.insert(key.clone(), origin.clone());
        }
        if let Some(preview) = layer.preview {
            self.settings.preview = preview;
            self.preview = Some(origin.clone());
        }
    }

    /// The part of a file that decided how much a rule matters.
    #[must_use]
    pub fn origin_of(&self, rule: &crate::lint::Rule) -> Option<&Origin> {
        self.rules
            .get(rule.name)
            .or_else(|| self.categories.get(&rule.category))
    }
}
