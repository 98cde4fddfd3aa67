//! Advance billing: a forecast is billed first, and what was delivered is trued up later.

use quidpro::ledger::Statement;
use quidpro::quantity::Exact;

use crate::clause::{amount, contract, messages, mismatches, statements};
use crate::laws::choices::law;

const INPUTS: &str = "input forecast : contacts\ninput handled : contacts\n";

fn items(price: &str, settled: &str) -> String {
    format!(
        "{INPUTS}charge handling \"Contacts\" for handled {price}, in advance on forecast, trued up {settled}\n"
    )
}

#[test]
fn the_next_month_trues_up() {
    let scenario = "scenario \"four months\" for 2026-09 to 2026-12 {\n\
          given forecast = 1_000 then 1_000 then 1_200 then 900, handled = 1_100 then 950 then 1_200 then 1_000\n\
          # 4.20 x 1,000, 1,000, 1,200 and 900; then 100 more, 50 less, none, and in the last month its own 100 more\n\
          expect charge handling = 4_200 USD then 4_620 USD then 4_830 USD then 4_200 USD\n\
          expect charge handling.true_up = 0 USD then 420 USD then 0 - 210 USD then 420 USD\n\
        }";
    let loaded = contract(&format!(
        "{}{scenario}",
        items("at 4.20 USD", "the next month")
    ));
    assert_eq!(mismatches(&loaded), [""; 0]);
}

#[test]
fn a_quarter_trues_up_in_its_last_month() {
    let scenario = "scenario \"a quarter\" for 2026-01 to 2026-04 {\n\
          given forecast = 1_000, handled = 1_100 then 950 then 1_200 then 1_000\n\
          # 100 - 50 + 200 = 250 contacts at 4.20\n\
          expect charge handling.true_up = 0 USD then 0 USD then 1_050 USD then 0 USD\n\
        }";
    let loaded = contract(&format!(
        "{}{scenario}",
        items("at 4.20 USD", "each quarter")
    ));
    assert_eq!(mismatches(&loaded), [""; 0]);
}

#[test]
fn what_was_delivered_is_needed_only_when_it_is_trued_up() {
    let loaded = contract(&items("at 1 USD", "the next month"));
    // January is billed before it is known how much is handled in it.
    let months = statements(&loaded, "month,forecast,handled\n2026-01,100,\n");
    assert_eq!(amount(months[0].as_ref().unwrap(), "handling"), "100");
    // February must true it up, but cannot. March can settle February.
    let table = "month,forecast,handled\n2026-01,100,\n2026-02,100,90\n2026-03,100,\n";
    let months = statements(&loaded, table);
    assert!(months[1].as_ref().unwrap_err().contains("2026-01"));
    assert_eq!(
        amount(months[2].as_ref().unwrap(), "handling.true_up"),
        "-10"
    );
}

#[test]
fn every_month_that_is_trued_up_has_a_line_of_its_own() {
    let loaded = contract(&items("at 1 USD", "the next month"));
    let table = "month,forecast,handled\n2026-01,100,90\n2026-02,100,100\n2026-03,100,100\n";
    let shown = |month: &Statement| {
        let lines = month.lines.iter();
        lines
            .map(|line| format!("{} {:?}", line.name, line.title))
            .collect::<Vec<_>>()
    };
    let months: Vec<Statement> = statements(&loaded, table)
        .into_iter()
        .map(Result::unwrap)
        .collect();
    assert_eq!(shown(&months[0]), ["handling Some(\"Contacts\")"]);
    assert_eq!(
        shown(&months[1]),
        [
            "handling Some(\"Contacts\")",
            "handling.true_up Some(\"Contacts, trued up\")"
        ]
    );
    assert_eq!(shown(&months[2]), shown(&months[0]));
}

#[test]
fn data_that_begins_late_is_told() {
    let loaded = contract(&items("at 1 USD", "the next month"));
    let months = statements(
        &loaded,
        "month,forecast,handled\n2026-03,100,90\n2026-04,100,90\n",
    );
    let notices = |at: usize| months[at].as_ref().unwrap().notices.len();
    assert_eq!((notices(0), notices(1)), (1, 0));
}

#[test]
fn over_the_term_it_is_what_billing_on_deliveries_would_have_been() {
    let prices = [
        "at 1.0170 USD",
        "graduated { first 300 at 1.3330 USD; beyond at 0.777 USD }",
        "volume { up to 300 at 1.3330 USD; beyond at 0.777 USD }",
        "flat { up to 300: 100.01 USD; beyond 50 USD }",
        "in packages of 70 contacts at 9.99 USD",
    ];
    law(50, |choices| {
        let price = choices.pick(&prices);
        let settled = choices.pick(&["the next month", "each quarter", "each contract year"]);
        let advance = contract(&items(price, settled));
        let plain = contract(&format!(
            "{INPUTS}let unused = forecast\ncharge handling for handled {price}"
        ));
        let mut table = String::from("month,forecast,handled\n");
        for month in 1..=12 {
            let (forecast, handled) = (choices.between(0, 600), choices.between(0, 600));
            table.push_str(&format!("2026-{month:02},{forecast},{handled}\n"));
        }
        let total = |months: Vec<Result<Statement, String>>| {
            let totals = months.into_iter().map(|month| month.unwrap().total);
            totals.fold(Exact::zero(), |sum, one| sum.add(&one))
        };
        let (paid, due) = (
            total(statements(&advance, &table)),
            total(statements(&plain, &table)),
        );
        if paid != due {
            return Err(format!(
                "{paid} instead of {due}\n{price}, {settled}\n{table}"
            ));
        }
        Ok(())
    });
}

#[test]
fn a_rate_card_is_billed_member_by_member() {
    let items = "input forecast : contacts by channel { voice, chat }\ninput handled : contacts by channel\n\
         charge handling for handled { voice 4 USD; chat 2 USD }, in advance on forecast, trued up the next month\n\
         scenario \"two months\" for 2026-01 to 2026-02 {\n\
           given forecast.voice = 100, forecast.chat = 50, handled.voice = 110, handled.chat = 40\n\
           expect charge handling.voice = 400 USD then 440 USD, charge handling.chat = 100 USD then 80 USD\n\
           expect charge handling = 500 USD then 520 USD\n\
         }";
    assert_eq!(mismatches(&contract(items)), [""; 0]);
}

#[test]
fn mistakes_are_told_once() {
    let for_handled = |rest: &str| format!("{INPUTS}charge handling for handled {rest}");
    let card = "input forecast : contacts\ninput handled : contacts by channel { voice, chat }\n\
         charge handling for handled { voice 4 USD; chat 2 USD }, in advance on forecast, trued up the next month";
    for (items, code) in [
        (
            for_handled("at 4 USD, in advance on forecast"),
            "missing-part",
        ),
        (
            for_handled("at 4 USD, in advance, trued up each quarter"),
            "missing-part",
        ),
        (
            for_handled("at 4 USD, in advance on forecast, trued up each month"),
            "trued-up-at-once",
        ),
        (
            for_handled(
                "at 4 USD once in 2026-02, in advance on forecast, trued up the next month",
            ),
            "advance-once",
        ),
        (
            for_handled("at 4 USD per call, in advance on forecast, trued up the next month"),
            "wrong-rate",
        ),
        (
            format!(
                "{INPUTS}input calls_expected : calls\ncharge handling for handled at 4 USD, in advance on calls_expected, trued up each quarter"
            ),
            "wrong-type",
        ),
        (
            format!(
                "{INPUTS}charge fee 5 USD per month, in advance on forecast, trued up each quarter"
            ),
            "advance-without-quantity",
        ),
        (card.to_owned(), "forecast-without-dimension"),
    ] {
        let loaded = contract(&items);
        let codes: Vec<&str> = loaded.diagnostics.iter().map(|found| found.code).collect();
        assert_eq!(codes, [code], "{items}: {:?}", messages(&loaded));
    }
}
