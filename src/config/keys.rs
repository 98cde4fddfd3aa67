//! The keys of the file, each in one place for both the reader and the schema.

/// A key, and what it means.
#[derive(Clone, Copy)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) meaning: &'static str,
}

pub(super) const EXTENDS: Key = Key {
    name: "extends",
    meaning: "Another file of this kind, or several, as paths from this file's folder. What this file says overrides \
              them.",
};
pub(super) const PREVIEW: Key = Key {
    name: "preview",
    meaning: "Whether rules that may still change are on.",
};
pub(super) const FAIL_ON: Key = Key {
    name: "fail-on",
    meaning: "The least serious finding that makes a check fail.",
};
pub(super) const BASELINE: Key = Key {
    name: "baseline",
    meaning: "The file with the findings that a check does not count, as a path from this file's folder.",
};
pub(super) const EXCLUDE: Key = Key {
    name: "exclude",
    meaning: "Patterns of paths from this file's folder: contracts that are left out when a folder is read. A \
              contract that is named on the command line is read.",
};
pub(super) const CATEGORIES: Key = Key {
    name: "categories",
    meaning: "How much the rules of a category matter.",
};
pub(super) const RULES: Key = Key {
    name: "rules",
    meaning: "How much a rule matters, and the figures that it compares with. Overrides its category.",
};
pub(super) const OVERRIDES: Key = Key {
    name: "overrides",
    meaning: "What is different for some contracts, with the reason. Later ones override earlier ones.",
};
pub(super) const PATHS: Key = Key {
    name: "paths",
    meaning: "Patterns of paths from this file's folder: `samples`, `drafts/*.quid`, `**/old`. `*` stays within a \
              folder, `**` does not; a folder means everything in it.",
};
pub(super) const BECAUSE: Key = Key {
    name: "because",
    meaning: "Why these contracts are treated differently.",
};
pub(super) const LEVEL: Key = Key {
    name: "level",
    meaning: "How much the rule matters.",
};

pub(super) const JOURNAL: Key = Key {
    name: "journal",
    meaning: "The accounts that `quidpro journal` posts to.",
};
pub(super) const SIDE: Key = Key {
    name: "side",
    meaning: "Whose journal it is: of the customer, who has expenses, or of the supplier, who has income.",
};
pub(super) const ACCOUNTS: Key = Key {
    name: "accounts",
    meaning: "Accounts by line or kind of line, each also as `CONTRACT/LINE`; `balance` is the payable or receivable.",
};
pub(super) const COST_CENTRES: Key = Key {
    name: "cost-centres",
    meaning: "Cost centres by line or kind of line, each also as `CONTRACT/LINE`.",
};
pub(super) const TAX_CODES: Key = Key {
    name: "tax-codes",
    meaning: "Tax codes by line or kind of line, each also as `CONTRACT/LINE`.",
};

/// The keys of `[journal]`.
pub(super) const JOURNAL_KEYS: &[Key] = &[SIDE, ACCOUNTS, COST_CENTRES, TAX_CODES];

/// Whose journal it is.
pub(super) const SIDES: [&str; 2] = ["customer", "supplier"];

/// The keys of a file.
pub(super) const FILE: &[Key] = &[
    EXTENDS, EXCLUDE, PREVIEW, FAIL_ON, BASELINE, CATEGORIES, RULES, OVERRIDES, JOURNAL,
];

/// The keys of an override.
pub(super) const OVERRIDE: &[Key] = &[PATHS, BECAUSE, PREVIEW, CATEGORIES, RULES];

/// The words for levels.
pub(super) const LEVELS: [&str; 4] = ["off", "info", "warning", "error"];

/// The words for what makes a check fail.
pub(super) const FAILING: [&str; 4] = ["error", "warning", "info", "never"];
