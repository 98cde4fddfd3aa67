//! Stories built by hand.

use quidpro::ledger::{DataCell, Step, StepKind, Story};
use quidpro::quantity::{Exact, Figure, Type};
use quidpro::text::Span;

use super::contract::{Files, figure, month};

/// How the credit for a missed service level came about.
pub fn credit(files: &Files) -> Story {
    let at = |words: &str| files.place(words);
    Story {
        account: None,
        month: month("2026-02"),
        amendment: None,
        line: Some("answer_speed".to_owned()),
        steps: vec![
            input(
                "answered_in_20s",
                "27780 calls",
                at("answered_in_20s / "),
                7,
            ),
            input("offered", "40000 calls", at("offered\n  }"), 6),
            Step {
                uses: vec![0, 1],
                clause: Some("Annex 3, 1.1".to_owned()),
                ..step(
                    StepKind::Metric,
                    "service_level",
                    Some(figure("69.45%")),
                    "",
                    at(
                        "metric service_level \"Answered within 20 s\" is timeliness, percent  \"Annex 3, 1.1\" {\n    answered_in_20s / offered\n  }",
                    ),
                )
            },
            input("forecast", "40000 calls", at("forecast\n"), 9),
            Step {
                uses: vec![1, 3],
                ..step(
                    StepKind::Condition,
                    "excused",
                    Some(Figure::new(Exact::zero(), Type::Flag)),
                    "40 000 calls are not above 46 000 calls",
                    at("offered > 115% of forecast"),
                )
            },
            Step {
                uses: vec![2],
                ..step(
                    StepKind::Band,
                    "critical",
                    Some(Figure::new(Exact::one(), Type::Flag)),
                    "69.45% is below 70%",
                    at("below 70%"),
                )
            },
            step(
                StepKind::Part,
                "charges",
                Some(figure("247930.88 EUR")),
                "the sum of handling, agents and platform",
                at("of charges, critical"),
            ),
            Step {
                uses: vec![4, 5, 6],
                clause: Some("Annex 3, 2.1".to_owned()),
                ..step(
                    StepKind::Part,
                    "credit",
                    Some(figure("12396.544 EUR")),
                    "critical: 5% of charges",
                    at("critical 5% of charges"),
                )
            },
            Step {
                uses: vec![7],
                clause: Some("Annex 2, 4".to_owned()),
                ..step(
                    StepKind::Rounding,
                    "rounded",
                    Some(figure("12396.54 EUR")),
                    "half up to 0.01 EUR",
                    at("each line half up to 0.01 EUR"),
                )
            },
            Step {
                uses: vec![8],
                clause: Some("Annex 3, 5".to_owned()),
                ..step(
                    StepKind::Limit,
                    "limit",
                    Some(figure("11447.65 EUR")),
                    "credits and reductions share 8% of charges",
                    at("limit credits and reductions to 8% of charges each month"),
                )
            },
            Step {
                uses: vec![9],
                clause: Some("Annex 3, 2.1".to_owned()),
                ..step(
                    StepKind::Line,
                    "answer_speed",
                    Some(figure("-11447.65 EUR")),
                    "",
                    at("service level answer_speed"),
                )
            },
        ],
        answers: vec![10],
    }
}

/// A line that rests on two files. The second has characters of several bytes before its places.
pub fn chat(files: &Files) -> Story {
    let rate = files.place_in(files.amendment, "2.80 EUR per contact");
    let charge = files.place_in(files.amendment, "replace charge chat");
    Story {
        account: Some("NL-01".to_owned()),
        month: month("2026-02"),
        amendment: None,
        line: Some("chat".to_owned()),
        steps: vec![
            input("handled.chat", "5150 contacts", files.place("chat }"), 8),
            step(
                StepKind::Part,
                "rate",
                Some(figure("2.80 EUR per contact")),
                "",
                rate,
            ),
            Step {
                uses: vec![0, 1],
                ..step(
                    StepKind::Line,
                    "chat",
                    Some(figure("14420 EUR")),
                    "5 150 contacts at 2.80 EUR per contact",
                    charge,
                )
            },
        ],
        answers: vec![2],
    }
}

pub fn step(kind: StepKind, name: &str, value: Option<Figure>, text: &str, span: Span) -> Step {
    Step {
        kind,
        name: name.to_owned(),
        value,
        text: text.to_owned(),
        span,
        clause: None,
        uses: Vec::new(),
        cell: None,
    }
}

fn input(name: &str, value: &str, span: Span, row: usize) -> Step {
    let number = value.split(' ').next().unwrap_or_default();
    Step {
        cell: Some(DataCell {
            row,
            column: name.to_owned(),
            text: number.to_owned(),
        }),
        ..step(StepKind::Input, name, Some(figure(value)), "", span)
    }
}
