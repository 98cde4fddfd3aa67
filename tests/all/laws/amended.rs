//! What an amendment must not change. Replacing an item with itself, or adding one that pays nothing, changes no
//! statement. Nothing that is open is paid twice or forgotten, whatever text settles it and whenever the text changes.

use quidpro::calendar::Month;
use quidpro::driver::{Invoicing, Loaded, Outcome};
use quidpro::ledger::{LineKind, Statement};
use quidpro::quantity::Exact;

use super::choices::{Choices, law};
use super::description::contract;
use super::product::{csv, data, load, program, rows};
use super::text;

/// What a statement says, without the places in its text and the amendment's name.
type Said = (Vec<String>, Exact, Vec<String>, Vec<String>);

fn said(statement: &Statement) -> Said {
    let lines = statement.lines.iter().map(|line| {
        let kind = line.kind;
        format!("{kind:?} {} {} {:?}", line.name, line.amount, line.arose)
    });
    let notices = statement.notices.iter().map(|notice| {
        let kind = notice.kind;
        format!("{kind:?} {} {}", notice.name, notice.text)
    });
    let measures = statement.measures.iter();
    let measures = measures.map(|measure| format!("{} {:?}", measure.name, measure.value));
    (
        lines.collect(),
        statement.total.clone(),
        notices.collect(),
        measures.collect(),
    )
}

/// The statement of every row under the text of its month; nothing for a month without an invoice.
fn invoice(loaded: &Loaded, csv: &str) -> Result<Vec<Option<Statement>>, String> {
    let checked = &loaded.contracts[0];
    let mut invoicing = Invoicing::of(checked).ok_or("there is no program")?;
    let rows = rows(program(loaded), csv)?;
    let outcomes = rows.iter().map(|row| match invoicing.compute(row) {
        Outcome::Invoiced(statement) => Some(*statement),
        Outcome::Refused(..) => None,
    });
    Ok(outcomes.collect())
}

fn month_of_term(c: &mut Choices<'_>, of: &Loaded) -> Month {
    let term = of.contracts[0].contract.term.unwrap();
    let (first, last) = (Month::of(term.first), Month::of(term.last));
    let count = usize::try_from(last.since(first)).unwrap();
    first.plus(i32::try_from(c.below(count.min(12)) + 1).unwrap())
}

fn amended(text: &str, effective: Month, changes: &[String]) -> String {
    let changes = changes.join("\n");
    format!("{text}\namendment a1 to random effective {effective}-01 {{\n{changes}\n}}\n")
}

#[test]
fn replacing_items_by_themselves_changes_nothing() {
    law(60, |c| {
        let described = contract(c);
        let items = text::items(&described);
        let text = text::in_braces(&items);
        let plain = load(&text)?;
        let table = csv(&data(c, &described));
        let wanted = invoice(&plain, &table)?;
        let effective = month_of_term(c, &plain);
        let all = c.once_in(2);
        let changes: Vec<String> = items
            .iter()
            .filter(|_| all || c.once_in(4))
            .map(|item| format!("replace {}", item.trim()))
            .collect();
        let again = amended(&text, effective, &changes);
        let found = invoice(&load(&again)?, &table)?;
        for (wanted, found) in wanted.iter().zip(&found) {
            let (wanted, found) = (wanted.as_ref().map(said), found.as_ref().map(said));
            if wanted != found {
                return Err(format!("{wanted:#?}\n{found:#?}\n{again}\n{table}"));
            }
        }
        Ok(())
    });
}

/// Items that pay nothing, each with everything that can be remembered about it.
const IDLE: &[&str] = &[
    "credit idle = 0 EUR",
    "credit idle = 0 EUR applied to the next invoice",
    "credit idle = 0 EUR applied to the last invoice of the quarter",
    "bonus idle = 0 EUR",
    "charge idle = 0 EUR",
    "holdback idle 0 EUR each month, released each quarter in full",
    "commitment idle 0 EUR of charges each quarter, in full for a part quarter",
    "let idle = months in a row with month of year > 6",
];

#[test]
fn adding_what_pays_nothing_changes_nothing() {
    law(60, |c| {
        let described = contract(c);
        let text = text::in_braces(&text::items(&described));
        let plain = load(&text)?;
        let table = csv(&data(c, &described));
        let wanted = invoice(&plain, &table)?;
        let effective = month_of_term(c, &plain);
        let currency = plain.contracts[0].contract.currency.unwrap().to_string();
        let change = format!("add {}", c.pick(IDLE).replace("EUR", &currency));
        let again = amended(&text, effective, &[change]);
        let found = invoice(&load(&again)?, &table)?;
        let amounts = |statement: &Statement| {
            let lines = statement.lines.iter().filter(|line| line.name != "idle");
            let lines = lines.map(|line| (line.kind, line.name.clone(), line.amount.clone()));
            (lines.collect::<Vec<_>>(), statement.total.clone())
        };
        for (wanted, found) in wanted.iter().zip(&found) {
            let (wanted, found) = (wanted.as_ref().map(amounts), found.as_ref().map(amounts));
            if wanted != found {
                return Err(format!("{wanted:#?}\n{found:#?}\n{again}\n{table}"));
            }
        }
        Ok(())
    });
}

/// Texts that settle the same thing in different ways. Whichever texts follow each other, the term settles all of it.
struct Family {
    /// What else the contract has.
    frame: &'static str,
    words: &'static [&'static str],
    /// The lines that settle it.
    settles: fn(LineKind, &str) -> bool,
    /// What these lines come to over the term, given the month's calls and the forecast ones.
    comes_to: fn(&[(i64, i64)]) -> i64,
}

fn calls(months: &[(i64, i64)]) -> i64 {
    months.iter().map(|(calls, _)| calls).sum()
}

fn owed(kind: LineKind, _: &str) -> bool {
    matches!(
        kind,
        LineKind::Credit | LineKind::CarriedForward | LineKind::PaidOut
    )
}

const FAMILIES: &[Family] = &[
    Family {
        frame: "",
        words: &[
            "credit k = 1 EUR per call of n",
            "credit k = 1 EUR per call of n applied to the next invoice",
            "credit k = 1 EUR per call of n applied to the last invoice of the quarter",
            "credit k = 1 EUR per call of n applied to the last invoice of the contract year",
        ],
        settles: owed,
        comes_to: |months| -calls(months),
    },
    Family {
        frame: "",
        words: &[
            "charge k for n at 1 EUR",
            "charge k for n at 1 EUR, in advance on fc, trued up the next month",
            "charge k for n at 1 EUR, in advance on fc, trued up each quarter",
            "charge k for n at 1 EUR, in advance on fc, trued up each calendar year",
        ],
        settles: |kind, name| kind == LineKind::Charge && name.starts_with('k'),
        comes_to: calls,
    },
    Family {
        frame: "",
        words: &[
            "holdback k 10% of charges each month, released each month in full",
            "holdback k 10% of charges each month, released each quarter in full",
            "holdback k 20% of charges each month, released each contract year in full",
        ],
        settles: |kind, _| matches!(kind, LineKind::Holdback | LineKind::Release),
        comes_to: |_| 0,
    },
    Family {
        frame: "credit k = 1 EUR per call of n\n",
        words: &[
            "credits below 100 EUR together are carried forward, paid out at the end of the term",
            "credits below 250 EUR together are carried forward, paid out at the end of the term",
            "credits below 90 EUR each are carried forward, paid out at the end of the term",
        ],
        settles: owed,
        comes_to: |months| -calls(months),
    },
    Family {
        frame: "credit k = 1 EUR per call of n\n",
        words: &[
            "limit credits to 60 EUR each month, the excess carried forward, paid out at the end of the term",
            "limit credits to 90 EUR each month, the excess carried forward, paid out at the end of the term",
            "limit credits to 1_000_000 EUR each month",
            "limit credits to 1_000_000 EUR each month, the excess carried forward, paid out at the end of the term",
        ],
        settles: owed,
        comes_to: |months| -calls(months),
    },
];

#[test]
fn nothing_open_is_paid_twice_or_forgotten() {
    law(120, |c| {
        let family = &FAMILIES[c.below(FAMILIES.len())];
        let months: Vec<(i64, i64)> = (0..12)
            .map(|_| (c.between(0, 150), c.between(0, 150)))
            .collect();
        let mut text = format!(
            "contract random {{\ncurrency EUR\nterm 2026-01-01 to 2026-12-31\nround each line half up to 0.01 EUR\n\
             input n : calls\ninput fc : calls\ncharge f 1_000 EUR per month\n{}{}\n}}\n",
            family.frame,
            c.pick(family.words)
        );
        let mut first = 2;
        for name in ["a1", "a2", "a3"].iter().take(c.below(3) + 1) {
            let effective = c.between(first, 12);
            first = effective;
            let words = c.pick(family.words);
            text.push_str(&format!(
                "amendment {name} to random effective 2026-{effective:02}-01 {{\nreplace {words}\n}}\n"
            ));
        }
        let mut table = "month,n,fc\n".to_owned();
        for (at, (calls, foreseen)) in (1..).zip(&months) {
            table.push_str(&format!("2026-{at:02},{calls},{foreseen}\n"));
        }
        let mut settled = Exact::zero();
        for statement in invoice(&load(&text)?, &table)? {
            let statement = statement.ok_or_else(|| format!("no invoice\n{text}\n{table}"))?;
            let lines = statement.lines.iter();
            for line in lines.filter(|line| (family.settles)(line.kind, &line.name)) {
                settled = settled.add(&line.amount);
            }
        }
        let wanted = Exact::from_integer((family.comes_to)(&months));
        if settled != wanted {
            return Err(format!(
                "{wanted} is owed, {settled} settled\n{text}\n{table}"
            ));
        }
        Ok(())
    });
}
