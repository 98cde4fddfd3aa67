//! What is written around items and in their blocks.

/// What can be written at some place: the words that begin it, what it is for, and how it looks.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// The words.
    pub words: &'static str,
    /// What it is for.
    pub meaning: &'static str,
    /// One with places to fill in.
    pub snippet: &'static str,
}

const fn form(words: &'static str, meaning: &'static str, snippet: &'static str) -> Form {
    Form {
        words,
        meaning,
        snippet,
    }
}

/// The blocks of a file.
pub const FILE: &[Form] = &[
    form(
        "use",
        "takes the definitions of a library or of another file",
        "use ${1:standard contact_centre}",
    ),
    form(
        "contract",
        "a contract: what is measured, what is paid, what quality is worth",
        "contract ${1:name} \"${2:Title}\" {\n  customer \"${3:Customer}\"\n  supplier \"${4:Supplier}\"\n  currency ${5:EUR}\n  term ${6:2026-01-01} to ${7:2026-12-31}\n  round each line half up to ${8:0.01} EUR\n\n  $0\n}",
    ),
    form(
        "library",
        "definitions for contracts that use this file",
        "library ${1:name} \"${2:Title}\" {\n  $0\n}",
    ),
    form(
        "amendment",
        "what a later text changes of a contract, and from when on",
        "amendment ${1:name} \"${2:Title}\" to ${3:contract} effective ${4:2027-01-01} {\n  $0\n}",
    ),
];

/// What an amendment says.
pub const CHANGES: &[Form] = &[
    form(
        "add",
        "an item that the contract does not have yet",
        "add $0",
    ),
    form(
        "replace",
        "an item that takes the place of the one of the same name",
        "replace $0",
    ),
    form(
        "remove",
        "takes an item out of the contract, by the words that name it",
        "remove ${1:charge name}",
    ),
];

/// The statements of a service level.
pub const SERVICE_LEVEL: &[Form] = &[
    form(
        "target",
        "the level to reach",
        "target ${1:80%} each ${2|month,quarter|}",
    ),
    form(
        "critical",
        "the level below which a miss is worse",
        "critical below ${1:70%}",
    ),
    form(
        "excused when",
        "months that do not count against the supplier",
        "excused when ${1:condition}",
    ),
    form(
        "excused in the first",
        "a grace period",
        "excused in the first ${1:3} months",
    ),
    form("credit", "what a miss costs", "credit ${1:2}% of charges"),
    form(
        "repeated",
        "what repeated misses cost",
        "repeated ${1:2} months x ${2:1.5}",
    ),
    form(
        "earn back",
        "when a credit is returned",
        "earn back after ${1:3} months at ${2:85%} or better",
    ),
    form(
        "terminate",
        "when the customer may end the contract",
        "terminate after ${1:3} failures in ${2:6} months",
    ),
    form(
        "raised",
        "a target that follows what is reached",
        "raised after ${1:12} months in a row above target, to the mean of target and average",
    ),
    form(
        "counts from",
        "misses that are tolerated",
        "counts from the ${1:2nd} miss in ${2:12} months",
    ),
    form(
        "persistent",
        "what persistent failure costs",
        "persistent after ${1:3} failures in ${2:6} months: ${3:5}% of charges on top of the credit",
    ),
    form(
        "no value",
        "what a month without a value is",
        "no value ${1|excused,failed|}",
    ),
    form(
        "applied",
        "on which invoice the credit stands",
        "applied to the next invoice",
    ),
];

/// The statements of a metric.
pub const METRIC: &[Form] = &[
    form(
        "needs",
        "the least sample, and what counts with a smaller one",
        "needs ${1:surveys} >= ${2:50}, otherwise ${3:no value}",
    ),
    form(
        "if missing",
        "what counts when a value is missing",
        "if missing, ${1:no value}",
    ),
    form(
        "if nothing to measure",
        "what counts when a denominator is zero",
        "if nothing to measure, ${1:no value}",
    ),
    form(
        "rounded",
        "rounds the metric itself",
        "rounded half up to ${1:0.1%}",
    ),
];

/// The statements of a scenario.
pub const SCENARIO: &[Form] = &[
    form(
        "given",
        "a value of the month",
        "given ${1:input} = ${2:value}",
    ),
    form(
        "expect",
        "what must come out",
        "expect ${1:total} = ${2:0 EUR}",
    ),
    form(
        "expect notice",
        "a notice that must be given",
        "expect notice \"${1:words}\"",
    ),
    form(
        "expect no notice",
        "that no notice is given",
        "expect no notice",
    ),
    form(
        "expect no invoice",
        "that the month has no invoice",
        "expect no invoice",
    ),
];

/// The statements of an objective.
pub const OBJECTIVE: &[Form] = &[
    form("purpose", "what it is for", "purpose ${1:quality}"),
    form(
        "measured by",
        "the metrics that show it",
        "measured by ${1:metric}",
    ),
];
