//! Statements built by hand.

use quidpro::calendar::{Date, Period};
use quidpro::ledger::{
    Cut, Heading, Line, LineKind, Measure, Notice, NoticeKind, Part, Party, Reason, Refusal,
    Statement,
};
use quidpro::quantity::{Exact, Figure, Type};

use super::contract::{Files, currency, exact, figure, month};

pub fn heading() -> Heading {
    let party = |name: &str, vat: &str| Party {
        name: name.to_owned(),
        attributes: vec![("vat".to_owned(), vat.to_owned())],
    };
    let first = Date::constant(2026, 1, 1);
    let last = Date::constant(2028, 12, 31);
    Heading {
        contract: "emea_support".to_owned(),
        title: Some("EMEA customer support".to_owned()),
        customer: Some(party("Streamly B.V.", "NL812345678B01")),
        supplier: Some(party("Bluebird Support Ltd", "GB123456789")),
        term: Period::new(first, last),
        due_in_days: Some(30),
        rounding: Some("each line half up to 0.01 EUR".to_owned()),
        rounding_clause: Some("Annex 2, 4".to_owned()),
    }
}

pub fn bare_heading(contract: &str) -> Heading {
    Heading {
        contract: contract.to_owned(),
        title: None,
        customer: None,
        supplier: None,
        term: None,
        due_in_days: None,
        rounding: None,
        rounding_clause: None,
    }
}

/// A line without any optional parts, at the words of the contract that start with `at`.
pub fn line(kind: LineKind, name: &str, amount: &str, at: &str) -> Line {
    Line {
        kind,
        name: name.to_owned(),
        title: None,
        clause: None,
        quantity: None,
        rate: None,
        base: None,
        base_name: None,
        amount: exact(amount),
        exact: exact(amount),
        arose: None,
        cuts: Vec::new(),
        parts: Vec::new(),
        span: Files::new().place(at),
    }
}

/// A statement of these lines in EUR. Its total is their sum.
pub fn statement(lines: Vec<Line>) -> Statement {
    let total = lines
        .iter()
        .fold(Exact::zero(), |sum, line| sum.add(&line.amount));
    Statement {
        account: None,
        month: month("2026-02"),
        amendment: None,
        currency: currency("EUR"),
        lines,
        total,
        measures: Vec::new(),
        notices: Vec::new(),
    }
}

/// Tiers, a rate card, an adjustment and a critical miss, the last two cut by a limit.
pub fn february() -> Statement {
    let mut statement = statement(vec![
        voice(),
        counted(
            "handling.email",
            "Contacts handled",
            "3200 contacts",
            "2.10 EUR per contact",
            "6720",
        ),
        counted(
            "handling.chat",
            "Contacts handled",
            "5150 contacts",
            "2.80 EUR per contact",
            "14420",
        ),
        Line {
            title: None,
            ..counted(
                "agents",
                "",
                "2310.25 hours",
                "23.50 EUR per hour",
                "54290.88",
            )
        },
        line(LineKind::Charge, "platform", "12000", "charge platform"),
        Line {
            title: Some("Contacts handled, by customer experience".to_owned()),
            clause: Some("Annex 2, 3".to_owned()),
            rate: Some(figure("-5%")),
            base: Some(figure("181640 EUR")),
            base_name: Some("handling".to_owned()),
            cuts: vec![cut("-9082.00", "-8386.82")],
            ..line(
                LineKind::Adjustment,
                "handling",
                "-8386.82",
                "adjust handling",
            )
        },
        Line {
            clause: Some("Annex 3, 2.1".to_owned()),
            rate: Some(figure("5%")),
            base: Some(figure("247930.88 EUR")),
            base_name: Some("charges".to_owned()),
            cuts: vec![cut("-12396.54", "-11447.65")],
            ..line(
                LineKind::Credit,
                "answer_speed",
                "-11447.65",
                "service level answer_speed",
            )
        },
    ]);
    statement.measures = vec![
        measure(
            "service_level",
            Some("Answered within 20 s"),
            Some("Annex 3, 1.1"),
            Some(figure("69.4%")),
        ),
        measure("csat", None, Some("Annex 3, 1.2"), Some(figure("4.21"))),
        measure(
            "fcr",
            Some("Resolved at first contact"),
            None,
            Some(Figure::new(exact("5/7"), Type::Percent)),
        ),
        measure("aht", None, None, Some(figure("412.5 seconds per contact"))),
        measure("chat_csat", Some("Satisfaction with chats"), None, None),
        measure("cx", Some("Customer experience"), None, Some(figure("72"))),
    ];
    statement.notices = vec![
        notice(
            NoticeKind::Critical,
            "answer_speed",
            "69.4% is below the critical level of 70%; second miss in a row",
            Some("Annex 3, 2.1"),
        ),
        notice(
            NoticeKind::Limited,
            "credits",
            "credits and reductions of 21 478.54 EUR were cut to 19 834.47 EUR, which is 8% of charges; the cut is shared in proportion",
            Some("Annex 3, 5"),
        ),
        notice(
            NoticeKind::ShortHistory,
            "csat",
            "the average of the last 3 months used 2 months, because the contract started in 2026-01",
            None,
        ),
    ];
    statement
}

/// An account with an excused miss, a bonus, a credit earned back, a minimum and tax.
pub fn march() -> Statement {
    let mut statement = statement(vec![
        line(LineKind::Charge, "platform", "12000", "charge platform"),
        Line {
            clause: Some("Annex 3, 2.1".to_owned()),
            rate: Some(figure("0%")),
            base: Some(figure("12000 EUR")),
            base_name: Some("charges".to_owned()),
            ..line(
                LineKind::Credit,
                "answer_speed",
                "0",
                "service level answer_speed",
            )
        },
        Line {
            quantity: Some(figure("1 second")),
            rate: Some(figure("500 EUR per second")),
            ..line(LineKind::Bonus, "speed_bonus", "500", "service level")
        },
        line(
            LineKind::EarnBack,
            "answer_speed",
            "1250.5",
            "service level",
        ),
        line(LineKind::Minimum, "minimum", "46249.5", "limit credits"),
        Line {
            rate: Some(figure("21%")),
            base: Some(figure("60000 EUR")),
            base_name: Some("the invoice".to_owned()),
            ..line(LineKind::Tax, "vat", "12600", "currency")
        },
    ]);
    statement.account = Some("NL-01".to_owned());
    statement.month = month("2026-03");
    statement.notices = vec![notice(
        NoticeKind::Excused,
        "answer_speed",
        "69.4% is below the target of 80%, but 47 000 calls offered are above 115% of forecast (46 000 calls)",
        Some("Annex 3, 2.1"),
    )];
    statement
}

/// Lines whose titles have wide, combining and very many characters.
pub fn odd_titles() -> Statement {
    let titled = |name: &str, title: &str, amount: &str| Line {
        title: Some(title.to_owned()),
        ..line(LineKind::Charge, name, amount, "charge platform")
    };
    statement(vec![
        titled("chat", "Chats 💬 answered 👩‍💻", "1234567.89"),
        titled("japan", "日本語のお問い合わせ対応", "-0.5"),
        titled("cafe", "Cafe\u{301} ☕ – déjà vu", "99"),
        titled("x", "X", "1"),
        Line {
            quantity: Some(figure("12345678 contacts")),
            rate: Some(figure("0.0375 EUR per contact")),
            ..titled(
                "long",
                "Contacts of every kind that were taken over from the former supplier during the transition and handled to the end, weekends and public holidays included",
                "462962.93",
            )
        },
        titled("unbroken", &"Donaudampfschifffahrt".repeat(6), "7"),
    ])
}

pub fn refusals(files: &Files) -> Vec<Refusal> {
    vec![
        Refusal {
            account: Some("NL-01".to_owned()),
            month: month("2026-04"),
            reasons: vec![
                Reason {
                    message: "`offered` is 0, so `service_level` divides by zero".to_owned(),
                    span: files.place("answered_in_20s / offered"),
                    label: "the contract does not say what `service_level` is then".to_owned(),
                    column: Some("offered".to_owned()),
                    reaches: ["service_level", "answer_speed", "total"]
                        .map(str::to_owned)
                        .to_vec(),
                    help: "write what then applies: `needs offered > 0, otherwise excused`"
                        .to_owned(),
                },
                Reason {
                    message: "`handled.chat` has no value".to_owned(),
                    span: files.place(
                        "input handled         : contacts  by channel { voice, email, chat }",
                    ),
                    label: String::new(),
                    column: Some("handled.chat".to_owned()),
                    reaches: vec!["handling.chat".to_owned()],
                    help: "supply the cell, or write `if missing 0`".to_owned(),
                },
            ],
        },
        Refusal {
            account: None,
            month: month("2029-01"),
            reasons: vec![Reason {
                message: "the month is after the contract's term".to_owned(),
                span: files.place("contract emea_support \"EMEA customer support\""),
                label: "its term ends on 2028-12-31".to_owned(),
                column: None,
                reaches: Vec::new(),
                help: String::new(),
            }],
        },
    ]
}

fn voice() -> Line {
    let part = |label: &str, quantity: &str, rate: &str, amount: &str| Part {
        label: label.to_owned(),
        quantity: figure(quantity),
        rate: figure(rate),
        amount: exact(amount),
    };
    Line {
        quantity: Some(figure("41250 contacts")),
        title: Some("Contacts handled".to_owned()),
        parts: vec![
            part(
                "first 10 000",
                "10000 contacts",
                "4.20 EUR per contact",
                "42000",
            ),
            part(
                "next 20 000",
                "20000 contacts",
                "3.90 EUR per contact",
                "78000",
            ),
            part("beyond", "11250 contacts", "3.60 EUR per contact", "40500"),
        ],
        ..line(
            LineKind::Charge,
            "handling.voice",
            "160500",
            "voice   graduated",
        )
    }
}

fn counted(name: &str, title: &str, quantity: &str, rate: &str, amount: &str) -> Line {
    Line {
        title: Some(title.to_owned()),
        quantity: Some(figure(quantity)),
        rate: Some(figure(rate)),
        ..line(LineKind::Charge, name, amount, "charge handling")
    }
}

fn cut(before: &str, after: &str) -> Cut {
    Cut {
        before: exact(before),
        after: exact(after),
        limit: "at most 8% of charges".to_owned(),
        clause: Some("Annex 3, 5".to_owned()),
    }
}

fn measure(
    name: &str,
    title: Option<&str>,
    clause: Option<&str>,
    value: Option<Figure>,
) -> Measure {
    Measure {
        name: name.to_owned(),
        title: title.map(str::to_owned),
        clause: clause.map(str::to_owned),
        value,
    }
}

fn notice(kind: NoticeKind, name: &str, text: &str, clause: Option<&str>) -> Notice {
    Notice {
        kind,
        name: name.to_owned(),
        text: text.to_owned(),
        clause: clause.map(str::to_owned),
        span: Files::new().place("service level answer_speed"),
    }
}
