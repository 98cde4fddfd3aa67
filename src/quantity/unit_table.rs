//! The units that a contract may count in: those that every contract knows, and those that it declares.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{BaseUnit, Currency};

/// The properties of one counted unit.
#[derive(Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnitInfo {
    /// The name for many: `calls`. It identifies the unit.
    pub plural: String,
    /// The name for one: `call`.
    pub singular: String,
    /// Whether it comes in whole numbers only.
    pub whole: bool,
    /// The number of seconds in one of it, if it is a duration. Such units convert into each other exactly.
    pub seconds: Option<u32>,
}

/// The counted units by each of their names.
#[derive(Clone, Debug)]
pub struct UnitTable {
    by_name: BTreeMap<String, Arc<UnitInfo>>,
}

/// Units that come in whole numbers: singular and plural.
const WHOLE: &[(&str, &str)] = &[
    ("call", "calls"),
    ("contact", "contacts"),
    ("chat", "chats"),
    ("email", "emails"),
    ("message", "messages"),
    ("letter", "letters"),
    ("ticket", "tickets"),
    ("incident", "incidents"),
    ("request", "requests"),
    ("case", "cases"),
    ("claim", "claims"),
    ("order", "orders"),
    ("event", "events"),
    ("task", "tasks"),
    ("transaction", "transactions"),
    ("invoice", "invoices"),
    ("document", "documents"),
    ("page", "pages"),
    ("visit", "visits"),
    ("resolution", "resolutions"),
    ("survey", "surveys"),
    ("response", "responses"),
    ("audit", "audits"),
    ("error", "errors"),
    ("defect", "defects"),
    ("failure", "failures"),
    ("complaint", "complaints"),
    ("customer", "customers"),
    ("member", "members"),
    ("person", "people"),
    ("user", "users"),
    ("agent", "agents"),
    ("site", "sites"),
    ("device", "devices"),
    ("server", "servers"),
    ("seat", "seats"),
    ("licence", "licences"),
    ("piece", "pieces"),
    ("package", "packages"),
    ("unit", "units"),
    ("repair", "repairs"),
    ("parcel", "parcels"),
    ("month", "months"),
    ("quarter", "quarters"),
    ("year", "years"),
];

/// Units that may be fractional.
const FRACTIONAL: &[(&str, &str)] = &[("point", "points"), ("FTE", "FTE"), ("day", "days")];

/// Durations, with their length in seconds.
const DURATIONS: &[(&str, &str, u32)] = &[
    ("second", "seconds", 1),
    ("minute", "minutes", 60),
    ("hour", "hours", 3600),
];

impl Default for UnitTable {
    fn default() -> Self {
        let mut table = Self {
            by_name: BTreeMap::new(),
        };
        for (singular, plural) in WHOLE {
            table.declare(singular, plural, true);
        }
        for (singular, plural) in FRACTIONAL {
            table.declare(singular, plural, false);
        }
        for (singular, plural, seconds) in DURATIONS {
            table.insert(UnitInfo {
                plural: (*plural).to_owned(),
                singular: (*singular).to_owned(),
                whole: false,
                seconds: Some(*seconds),
            });
        }
        if let Some(seconds) = table.by_name.get("seconds").cloned() {
            table.by_name.insert("s".to_owned(), seconds);
        }
        table
    }
}

impl UnitTable {
    /// Adds a counted unit under its two names, which may be the same.
    pub fn declare(&mut self, singular: &str, plural: &str, whole: bool) {
        self.insert(UnitInfo {
            plural: plural.to_owned(),
            singular: singular.to_owned(),
            whole,
            seconds: None,
        });
    }

    fn insert(&mut self, info: UnitInfo) {
        let info = Arc::new(info);
        self.by_name
            .insert(info.singular.clone(), Arc::clone(&info));
        self.by_name.insert(info.plural.clone(), info);
    }

    /// The unit or currency that `word` names, in singular or plural; `s` is short for seconds.
    #[must_use]
    pub fn find(&self, word: &str) -> Option<BaseUnit> {
        if let Some(info) = self.by_name.get(word) {
            return Some(BaseUnit::Counted(Arc::clone(info)));
        }
        Currency::from_code(word).map(BaseUnit::Currency)
    }

    /// All names, for suggestions.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }
}
