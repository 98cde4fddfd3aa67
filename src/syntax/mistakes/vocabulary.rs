//! The words that begin items and statements, with a model of each.

use std::sync::LazyLock;

use crate::catalogue::CLAUSES;

use super::super::grammar::Rule;

/// A word that begins an item or statement, and an example.
pub(super) struct Model {
    pub(super) word: &'static str,
    pub(super) line: &'static str,
}

/// A model of each item, from the catalogue of clauses.
static ITEMS: LazyLock<Vec<Model>> = LazyLock::new(|| {
    let all = CLAUSES.iter();
    all.map(|clause| Model {
        word: clause.words,
        line: clause.example,
    })
    .collect()
});

const WAIVER: Model = Model {
    word: "waive",
    line: "waive small-sample until 2026-12-31 because \"agreed for the first quarter\"",
};

const BLOCKS: &[Model] = &[
    WAIVER,
    Model {
        word: "contract",
        line: "contract support \"Customer support\" { … }",
    },
    Model {
        word: "library",
        line: "library kpis \"Shared definitions\" { … }",
    },
    Model {
        word: "amendment",
        line: "amendment a1 \"Chat added\" to support effective 2027-04-01 { … }",
    },
    Model {
        word: "use",
        line: "use standard contact_centre",
    },
];

const CHANGE: &[Model] = &[
    Model {
        word: "add",
        line: "add charge chat for chats at 2.80 EUR",
    },
    Model {
        word: "replace",
        line: "replace charge handling for handled at 4.40 EUR",
    },
    Model {
        word: "remove",
        line: "remove adjust handling",
    },
    WAIVER,
];

const METRIC: &[Model] = &[
    Model {
        word: "needs",
        line: "needs surveys >= 50, otherwise average of last 3 months",
    },
    Model {
        word: "if missing",
        line: "if missing, last known value",
    },
    Model {
        word: "if nothing to measure",
        line: "if nothing to measure, no value",
    },
    Model {
        word: "rounded",
        line: "rounded half up to 0.1%",
    },
];

const SCORECARD: &[Model] = &[Model {
    word: "rounded",
    line: "rounded half up to 1",
}];

const LEVEL: &[Model] = &[
    Model {
        word: "target",
        line: "target 80% each month",
    },
    Model {
        word: "critical",
        line: "critical below 70%",
    },
    Model {
        word: "excused",
        line: "excused when offered > 115% of forecast",
    },
    Model {
        word: "credit",
        line: "credit 2% of charges, critical 5% of charges",
    },
    Model {
        word: "repeated",
        line: "repeated 2 months x 1.5, 3 months x 2",
    },
    Model {
        word: "earn back",
        line: "earn back after 3 months at 85% or better",
    },
    Model {
        word: "raised",
        line: "raised after 12 months in a row above target, to the mean of target and average",
    },
    Model {
        word: "lowered",
        line: "lowered after 12 months in a row below target, to the mean of target and average",
    },
    Model {
        word: "terminate",
        line: "terminate after 3 failures in 6 months",
    },
    Model {
        word: "counts from",
        line: "counts from the 4th miss in 12 months",
    },
    Model {
        word: "tolerated",
        line: "tolerated month keeps the run",
    },
    Model {
        word: "persistent",
        line: "persistent after 3 failures in 6 months: 5% of charges on top of the credit",
    },
    Model {
        word: "no value",
        line: "no value failed",
    },
    Model {
        word: "in place of",
        line: "in place of all other credits when critical",
    },
    Model {
        word: "applied",
        line: "applied to the next invoice",
    },
];

const INDEX: &[Model] = &[
    Model {
        word: "base",
        line: "base 118.4 of 2025-10",
    },
    Model {
        word: "each",
        line: "each January from 2027 with the value of October before",
    },
    Model {
        word: "only",
        line: "only the change above 2%",
    },
    Model {
        word: "the whole",
        line: "the whole change once above 2%",
    },
    Model {
        word: "at least",
        line: "at least 0% and at most 5% a year",
    },
    Model {
        word: "at most",
        line: "at most 5% a year",
    },
    Model {
        word: "factor",
        line: "factor rounded half up to 0.1%",
    },
    Model {
        word: "prices",
        line: "prices rounded half up to 0.01 EUR",
    },
    Model {
        word: "against",
        line: "against the base",
    },
    Model {
        word: "from",
        line: "from 2028-01 by cpi_new, 104.2 linked to 121.7",
    },
];

const OBJECTIVE: &[Model] = &[
    Model {
        word: "purpose",
        line: "purpose language_cover, quality",
    },
    Model {
        word: "measured by",
        line: "measured by csat at least 4.3, fcr",
    },
];

const SCENARIO: &[Model] = &[
    Model {
        word: "given",
        line: "given handled.voice = 41_250, offered = 40_000",
    },
    Model {
        word: "expect",
        line: "expect total = 5_000 EUR",
    },
];

const BAND: &[Model] = &[
    Model {
        word: "below",
        line: "below 70%: 0",
    },
    Model {
        word: "at most",
        line: "at most 70%: 0",
    },
    Model {
        word: "above",
        line: "above 3%: 2_500 EUR",
    },
    Model {
        word: "at least",
        line: "at least 4.5: 100",
    },
    Model {
        word: "otherwise",
        line: "otherwise 100",
    },
    Model {
        word: "from",
        line: "from 10%: 7 EUR",
    },
    Model {
        word: "up to",
        line: "up to 20%: 5 EUR",
    },
    Model {
        word: "beyond",
        line: "beyond 12 EUR",
    },
    Model {
        word: "no value",
        line: "no value: 0 EUR",
    },
];

const BASELINE: &[Model] = &[
    Model {
        word: "baseline",
        line: "baseline 1_000 tickets at 50_000 GBP each month",
    },
    Model {
        word: "deadband",
        line: "deadband 10% franchise",
    },
    Model {
        word: "above",
        line: "above up to 20%: 42 GBP per ticket",
    },
    Model {
        word: "below",
        line: "below up to 20%: 30 GBP per ticket back",
    },
    Model {
        word: "up to",
        line: "up to 40%: 38 GBP per ticket",
    },
    Model {
        word: "beyond",
        line: "beyond by agreement",
    },
];

const POINTS: &[Model] = &[
    Model {
        word: "below",
        line: "below 98.0%: 2 points",
    },
    Model {
        word: "otherwise",
        line: "otherwise 4 points",
    },
    Model {
        word: "repeated",
        line: "repeated in a row x 2, not compounding",
    },
    Model {
        word: "excused",
        line: "excused when offered > 115% of forecast",
    },
    Model {
        word: "no value",
        line: "no value excused",
    },
];

const TIER: &[Model] = &[
    Model {
        word: "first",
        line: "first 10_000 at 4.20 EUR",
    },
    Model {
        word: "next",
        line: "next 20_000 at 3.90 EUR",
    },
    Model {
        word: "up to",
        line: "up to 30_000 at 3.90 EUR",
    },
    Model {
        word: "beyond",
        line: "beyond at 3.60 EUR",
    },
];

/// The words that can begin what that rule of the grammar reads.
pub(super) fn models(only: Rule) -> &'static [Model] {
    match only {
        Rule::only_item => &ITEMS,
        Rule::only_top => BLOCKS,
        Rule::only_change => CHANGE,
        Rule::only_metric => METRIC,
        Rule::only_scorecard => SCORECARD,
        Rule::only_level => LEVEL,
        Rule::only_index => INDEX,
        Rule::only_objective => OBJECTIVE,
        Rule::only_scenario => SCENARIO,
        Rule::only_band => BAND,
        Rule::only_tier => TIER,
        Rule::only_baseline => BASELINE,
        Rule::only_points => POINTS,
        _ => &[],
    }
}

/// What that rule of the grammar reads, and an example without a word at its beginning.
pub(super) fn kind(only: Rule) -> (&'static str, Option<&'static str>) {
    match only {
        Rule::only_item => ("an item of a contract", None),
        Rule::only_top => (
            "a contract",
            Some("contract support \"Customer support\" { … }"),
        ),
        Rule::only_change => ("a change to a contract", None),
        Rule::only_metric => (
            "a statement of a metric",
            Some("resolved_first / total handled"),
        ),
        Rule::only_scorecard => (
            "a part of a scorecard",
            Some("20% csat { below 4.0: 0; otherwise 100 }"),
        ),
        Rule::only_level => ("a statement of a service level", None),
        Rule::only_currency => ("a statement of a currency share", Some("50% to customer")),
        Rule::only_gain => (
            "a band of a gain share",
            Some("gain first 10%: 50% to supplier"),
        ),
        Rule::only_index => ("a statement of an index", Some("70% fixed")),
        Rule::only_objective => ("a statement of an objective", None),
        Rule::only_scenario => ("a statement of a scenario", None),
        Rule::only_band => ("a band", Some("below 70%: 0")),
        Rule::only_baseline => ("a statement of a baseline", None),
        Rule::only_tier => ("a tier", Some("first 10_000 at 4.20 EUR")),
        Rule::only_card => ("a line of a rate card", Some("email 2.10 EUR per contact")),
        Rule::only_points => (
            "a band or statement of `points`",
            Some("below 98.0%: 2 points"),
        ),
        Rule::only_pool => (
            "a category of an at-risk amount",
            Some("availability 50% { answer_speed 40%, backlog 60% }"),
        ),
        Rule::only_allocation => (
            "a service level with its share of the category",
            Some("answer_speed 40%"),
        ),
        Rule::only_member => ("a member", Some("{ voice, email, chat }")),
        _ => ("a statement", None),
    }
}
