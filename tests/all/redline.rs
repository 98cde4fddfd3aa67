//! Two texts of a contract over the same data: each changed word shows up in the line and month in which it pays, and
//! the months are what each text invoices by itself.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test reads the project's files, and fails by panicking"
)]

use std::fs;
use std::path::Path;

use quidpro::calendar::Month;
use quidpro::data::{self, Options, Row, Schema};
use quidpro::driver::{self, Files, Invoicing, Loaded, Outcome, schema_of};
use quidpro::quantity::Exact;
use quidpro::redline::{clauses, months};
use quidpro::report::redline::{Money, Under};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Files of the project, each with words exchanged.
#[derive(Clone, Copy)]
struct Exchanged<'w>(&'w [(&'w str, &'w str)]);

impl Exchanged<'_> {
    fn text(self, name: &str) -> String {
        let text = fs::read_to_string(Path::new(ROOT).join(name)).unwrap();
        self.0
            .iter()
            .fold(text, |text, (from, to)| text.replace(from, to))
    }

    fn load(self, name: &str) -> Loaded {
        let loaded = driver::load(name, &self.text(name), &self);
        let errors: Vec<&str> = loaded
            .diagnostics
            .iter()
            .map(|one| one.message.as_str())
            .collect();
        assert!(loaded.is_sound(), "{name}: {errors:?}");
        loaded
    }
}

impl Files for Exchanged<'_> {
    fn read(&self, from: &str, path: &str) -> Result<(String, String), String> {
        let name = Path::new(from).parent().unwrap().join(path);
        let name = name.to_str().unwrap().to_owned();
        let text = self.text(&name);
        Ok((name, text))
    }
}

fn compared(old: &Loaded, new: &Loaded, csv: &str) -> Money {
    let open = |schema: &Schema| {
        data::open(
            "data.csv",
            None,
            std::io::Cursor::new(csv.as_bytes().to_vec()),
            schema,
            &Options::default(),
        )
    };
    months(
        old.contracts.last().unwrap(),
        new.contracts.last().unwrap(),
        &open,
        |_, _| true,
    )
    .unwrap()
    .unwrap()
}

/// What a text invoices by itself, from the columns that it knows.
fn alone(loaded: &Loaded, csv: &str) -> Vec<(Month, Option<Exact>)> {
    let checked = loaded.contracts.last().unwrap();
    let schema = schema_of(checked).unwrap();
    let heading: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
    let kept = |at: usize| heading[at] == "month" || schema.position(heading[at]).is_some();
    let own: Vec<String> = csv
        .lines()
        .map(|line| {
            let cells = line.split(',').enumerate().filter(|(at, _)| kept(*at));
            cells.map(|(_, cell)| cell).collect::<Vec<_>>().join(",")
        })
        .collect();
    let own = own.join("\n");
    let mut reader = data::open(
        "own.csv",
        None,
        own.as_bytes(),
        &schema,
        &Options::default(),
    )
    .unwrap();
    let mut invoicing = Invoicing::of(checked).unwrap();
    let mut found = Vec::new();
    let mut row = Row::default();
    while reader.read_into(&mut row).unwrap() {
        let total = match invoicing.compute(&row) {
            Outcome::Invoiced(statement) => Some(statement.total),
            Outcome::Refused(..) => None,
        };
        found.push((row.month, total));
    }
    found
}

const WHOLE: [&str; 3] = ["service_desk", "retail_care", "claims_processing"];

fn path(contract: &str, file: &str) -> String {
    format!("contracts/whole/{contract}/{file}")
}

fn data_of(contract: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(path(contract, "data.csv"))).unwrap()
}

#[test]
fn the_months_are_what_each_text_invoices_by_itself() {
    for contract in WHOLE {
        let old = Exchanged(&[]).load(&path(contract, &format!("{contract}.quid")));
        let new = Exchanged(&[]).load(&path(contract, "amendment_1.quid"));
        let csv = data_of(contract);
        let money = compared(&old, &new, &csv);
        let total = |under: &Under| under.statement().map(|one| one.total.clone());
        let of = |which: fn(&quidpro::report::redline::MonthPair) -> &Under| {
            let each = money.months.iter();
            each.map(|month| (month.month, total(which(month))))
                .collect::<Vec<_>>()
        };
        assert_eq!(of(|month| &month.old), alone(&old, &csv), "{contract}");
        assert_eq!(of(|month| &month.new), alone(&new, &csv), "{contract}");
        for month in &money.months {
            if let Some(difference) = month.difference() {
                let lines = month.lines();
                let sum = lines
                    .iter()
                    .fold(Exact::zero(), |sum, line| sum.add(&line.difference()));
                assert_eq!(sum, difference, "{contract} {}", month.month);
            }
        }
        assert!(
            money.columns.iter().any(|column| column.given),
            "{contract}"
        );
    }
}

/// A word that is exchanged, the clause that has it, and the line and month in which it pays first, with the difference.
struct Word {
    contract: &'static str,
    what: &'static str,
    words: &'static [(&'static str, &'static str)],
    clause: &'static str,
    line: (&'static str, &'static str),
    month: &'static str,
    difference: &'static str,
}

const WORDS: &[Word] = &[
    Word {
        contract: "service_desk",
        what: "a rate",
        words: &[("61.00 GBP per hour", "62.00 GBP per hour")],
        clause: "charge out_of_hours",
        line: ("charge", "out_of_hours"),
        month: "2025-04",
        difference: "180.48",
    },
    Word {
        contract: "service_desk",
        what: "the end of a slab",
        words: &[("up to 20%: 24.50", "up to 15%: 24.50")],
        clause: "charge desk",
        line: ("charge", "desk"),
        month: "2025-10",
        difference: "-1050",
    },
    Word {
        contract: "service_desk",
        what: "a deadband's kind",
        words: &[("deductible", "franchise")],
        clause: "charge desk",
        line: ("charge", "desk"),
        month: "2025-09",
        difference: "11760",
    },
    Word {
        contract: "service_desk",
        what: "a rounding",
        words: &[("half even to 0.01", "half up to 0.01")],
        clause: "round",
        line: ("charge", "licences"),
        month: "2026-08",
        difference: "0.01",
    },
    Word {
        contract: "service_desk",
        what: "an index's threshold",
        words: &[("only the change above 2%", "only the change above 1%")],
        clause: "index desk, out_of_hours by cpi",
        line: ("charge", "desk"),
        month: "2026-04",
        difference: "1860",
    },
    Word {
        contract: "service_desk",
        what: "an allowance",
        words: &[("above 6 points", "above 4 points")],
        clause: "credit service_points",
        line: ("credit", "service_points"),
        month: "2026-03",
        difference: "-1800",
    },
    Word {
        contract: "service_desk",
        what: "a word of payment",
        words: &[("applied to the next invoice", "applied to this invoice")],
        clause: "credit service_points",
        line: ("credit", "service_points"),
        month: "2026-02",
        difference: "-900",
    },
    Word {
        contract: "service_desk",
        what: "the basis of a limit",
        words: &[("10% of charges each month", "10% of desk each month")],
        clause: "limit credits each month",
        line: ("credit", "old_tickets"),
        month: "2026-06",
        difference: "656.98",
    },
    Word {
        contract: "service_desk",
        what: "a year's limit",
        words: &[(
            "45_000 GBP each contract year",
            "40_000 GBP each contract year",
        )],
        clause: "limit credits each contract year",
        line: ("credit", "old_tickets"),
        month: "2026-08",
        difference: "1741.30",
    },
    Word {
        contract: "service_desk",
        what: "the factor of repeated failure",
        words: &[("in a row x 2", "in a row x 3")],
        clause: "points response_points",
        line: ("credit", "service_points"),
        month: "2025-09",
        difference: "-900",
    },
    Word {
        contract: "service_desk",
        what: "a tax",
        words: &[("20% of total", "21% of total")],
        clause: "tax vat",
        line: ("tax", "vat"),
        month: "2025-04",
        difference: "2026.51",
    },
    Word {
        contract: "retail_care",
        what: "an earn-back",
        words: &[("at 85% or better", "at 83% or better")],
        clause: "service level speed",
        line: ("earn_back", "speed.german"),
        month: "2026-12",
        difference: "3516.55",
    },
    Word {
        contract: "retail_care",
        what: "the edge of a band",
        words: &[("below 92: 0%", "below 88: 0%")],
        clause: "adjust handling by paid_score",
        line: ("adjustment", "handling by paid_score"),
        month: "2025-09",
        difference: "6437.41",
    },
    Word {
        contract: "retail_care",
        what: "what happens to the excess",
        words: &[(
            "limit speed to 4% of charges each month, the excess lapses",
            "limit speed to 4% of charges each month, the excess carried forward, lapsing at the end of the term",
        )],
        clause: "limit speed each month",
        line: ("carried_forward", "speed"),
        month: "2026-10",
        difference: "-2197.85",
    },
    Word {
        contract: "claims_processing",
        what: "a weight",
        words: &[
            ("50% quarter_accuracy", "60% quarter_accuracy"),
            ("50% quarter_content", "40% quarter_content"),
        ],
        clause: "scorecard quality_score",
        line: ("release", "retention"),
        month: "2026-12",
        difference: "-6648.41",
    },
    Word {
        contract: "claims_processing",
        what: "what is released",
        words: &[("below 80:  50%", "below 80:  60%")],
        clause: "holdback retention",
        line: ("release", "retention"),
        month: "2025-09",
        difference: "1263.40",
    },
    Word {
        contract: "claims_processing",
        what: "the miss from which misses count",
        words: &[("from the 2nd miss", "from the 3rd miss")],
        clause: "service level prompt",
        line: ("credit", "prompt"),
        month: "2026-04",
        difference: "3791.46",
    },
    Word {
        contract: "claims_processing",
        what: "a share of the at-risk amount",
        words: &[("quality 60% {", "quality 70% {")],
        clause: "at risk claims_risk",
        line: ("credit", "right_first_time"),
        month: "2025-06",
        difference: "-624.09",
    },
    Word {
        contract: "claims_processing",
        what: "what a change of the exchange rate counts",
        words: &[("beyond 4% deductible", "beyond 4% franchise")],
        clause: "share currency processing by usd_inr",
        line: ("adjustment", "processing by usd_inr"),
        month: "2026-01",
        difference: "-1622.16",
    },
];

#[test]
fn each_changed_word_shows_up_where_it_pays() {
    for word in WORDS {
        let name = path(word.contract, "amendment_1.quid");
        let (old, new) = (
            Exchanged(&[]).load(&name),
            Exchanged(word.words).load(&name),
        );
        let what = format!("{}: {}", word.contract, word.what);
        let changed = clauses(
            (&old, old.contracts.last().unwrap()),
            (&new, new.contracts.last().unwrap()),
        );
        assert!(
            changed.iter().any(|one| one.designation == word.clause),
            "{what}: {changed:?}"
        );
        let money = compared(&old, &new, &data_of(word.contract));
        let (kind, line) = word.line;
        let first = money.months.iter().find_map(|month| {
            let lines = month.changed_lines();
            let line = lines
                .into_iter()
                .find(|one| (one.kind.key(), one.name.as_str()) == (kind, line))?;
            Some((month.month.to_string(), line.difference()))
        });
        let difference = Exact::parse_decimal(word.difference).unwrap();
        assert_eq!(first, Some((word.month.to_owned(), difference)), "{what}");
    }
}

#[test]
fn equal_texts_differ_nowhere() {
    for contract in WHOLE {
        let one = Exchanged(&[]).load(&path(contract, "amendment_1.quid"));
        let other = Exchanged(&[("  ", " ")]).load(&path(contract, "amendment_1.quid"));
        let checked = |loaded: &Loaded| loaded.contracts.len() - 1;
        let changed = clauses(
            (&one, &one.contracts[checked(&one)]),
            (&other, &other.contracts[checked(&other)]),
        );
        assert!(changed.is_empty(), "{contract}: {changed:?}");
        let money = compared(&one, &other, &data_of(contract));
        assert_eq!(money.differing().count(), 0, "{contract}");
    }
}

#[test]
fn a_change_of_what_an_amendment_replaces_is_shown_for_the_months_before() {
    let name = path("retail_care", "amendment_1.quid");
    let old = Exchanged(&[]).load(&name);
    let new = Exchanged(&[("at 83% or better", "at 81% or better")]).load(&name);
    let changed = clauses(
        (&old, old.contracts.last().unwrap()),
        (&new, new.contracts.last().unwrap()),
    );
    let words: Vec<String> = changed
        .iter()
        .map(|one| format!("{} {}", one.designation, one.in_words()))
        .collect();
    assert_eq!(words, ["service level speed changed until 2026-03"]);
}
