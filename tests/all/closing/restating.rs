//! Corrections by the contract's words, and what keeps them from being issued.

use quidpro::closing::{Mode, Settling};
use quidpro::report::document::DocumentKind;

use super::fixture::{Desk, NEW, NEXT, contract, on};

const DATA: &str = "month,offered,answered
2026-01,1000,900
2026-02,1000,700
2026-03,1200,1100
2026-04,900,850
";

/// Five more answered calls in January, and 100 more that were offered in February.
const CORRECTED: &str = "month,offered,answered
2026-01,1000,905
2026-02,1100,700
2026-03,1200,1100
2026-04,900,850
";

fn desk(corrections: &str) -> Desk {
    let mut desk = Desk::new(&contract(corrections));
    for (month, date) in [
        ("2026-01", "2026-02-03"),
        ("2026-02", "2026-03-03"),
        ("2026-03", "2026-04-03"),
    ] {
        desk.close(DATA, month, date).unwrap();
    }
    desk
}

fn plain(total: &str) -> String {
    total.to_owned()
}

#[test]
fn on_the_next_invoice_the_next_invoice_has_both_periods() {
    let mut desk = desk(NEXT);
    let corrections = desk.restate(CORRECTED, &on("2026-04-03", None)).unwrap();
    let kinds: Vec<_> = corrections
        .iter()
        .map(|one| (one.kind, one.month.to_string(), one.total.plain()))
        .collect();
    // January pays the same: it is recorded, so that the next close does not ask. March has another average.
    assert_eq!(
        kinds,
        [
            (DocumentKind::Correction, plain("2026-01"), plain("0.00")),
            (DocumentKind::Correction, plain("2026-02"), plain("87.26")),
            (DocumentKind::Correction, plain("2026-03"), plain("0.33")),
        ]
    );
    let refused = desk.close(DATA, "2026-04", "2026-05-03").unwrap_err();
    assert!(
        refused[0]
            .message
            .contains("the data of 2026-01 is no longer what was invoiced")
    );
    let invoice = desk.close(CORRECTED, "2026-04", "2026-05-03").unwrap();
    let mut periods: Vec<String> = invoice
        .lines
        .iter()
        .map(|line| line.period.to_string())
        .collect();
    periods.sort();
    periods.dedup();
    assert_eq!(periods, ["2026-02", "2026-03", "2026-04"]);
    assert_eq!(invoice.preceding.len(), 2);
    desk.is_whole();
}

#[test]
fn by_a_new_invoice_the_former_one_is_taken_back() {
    let mut desk = desk(NEW);
    let refused = desk
        .restate(CORRECTED, &on("2026-04-04", None))
        .unwrap_err();
    assert!(
        refused[0].message.contains("after 2026-04-03"),
        "{refused:?}"
    );
    let documents = desk.restate(CORRECTED, &on("2026-04-03", None)).unwrap();
    let issued: Vec<_> = documents
        .iter()
        .map(|one| (one.kind, one.number.clone(), one.month.to_string()))
        .collect();
    let number = |number: &str| Some(number.to_owned());
    assert_eq!(
        issued,
        [
            (DocumentKind::Correction, None, plain("2026-01")),
            (
                DocumentKind::CreditNote,
                number("2026-0004"),
                plain("2026-02")
            ),
            (DocumentKind::Invoice, number("2026-0005"), plain("2026-02")),
            (
                DocumentKind::CreditNote,
                number("2026-0006"),
                plain("2026-03")
            ),
            (DocumentKind::Invoice, number("2026-0007"), plain("2026-03")),
        ]
    );
    assert_eq!(documents[1].preceding[0].number, number("2026-0002"));
    desk.close(CORRECTED, "2026-04", "2026-05-03").unwrap();
    desk.is_whole();
}

#[test]
fn late_data_needs_a_reason() {
    let mut desk = desk(NEXT);
    let refused = desk
        .restate(CORRECTED, &on("2026-04-05", None))
        .unwrap_err();
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert!(
        refused[0]
            .message
            .starts_with("the data of 2026-01 changed after 2026-04-04")
    );
    let settling = Settling {
        accept_late: Some("agreed on 4 April".to_owned()),
        ..on("2026-04-05", None)
    };
    let documents = desk.restate(CORRECTED, &settling).unwrap();
    let decided: Vec<usize> = documents.iter().map(|one| one.decisions.len()).collect();
    assert_eq!(decided, [1, 0, 0], "only January was too late");
    desk.is_whole();
}

#[test]
fn a_contract_without_words_is_asked() {
    let mut desk = desk("");
    let refused = desk
        .restate(CORRECTED, &on("2026-04-05", None))
        .unwrap_err();
    assert_eq!(
        refused[0].message,
        "the contract does not say how an invoice is corrected"
    );
    let documents = desk
        .restate(CORRECTED, &on("2026-04-05", Some(Mode::NewInvoice)))
        .unwrap();
    let kinds: Vec<DocumentKind> = documents.iter().map(|one| one.kind).collect();
    assert_eq!(
        kinds,
        [
            DocumentKind::Correction,
            DocumentKind::CreditNote,
            DocumentKind::Invoice,
            DocumentKind::CreditNote,
            DocumentKind::Invoice,
        ]
    );
    assert_eq!(
        documents[1].total.exact().negate(),
        *desk_total("2026-02").exact()
    );
    desk.is_whole();
}

/// What was invoiced for a month.
fn desk_total(month: &str) -> quidpro::report::document::Amount {
    let desk = desk("");
    let documents = desk.entries.iter().filter_map(|entry| entry.document());
    let mut of_month = documents.filter(|one| one.month.to_string() == month);
    of_month.next().unwrap().total.clone()
}

#[test]
fn a_changed_text_is_not_a_correction() {
    let text = contract(NEXT).replace("100 EUR per month", "110 EUR per month");
    let mut desk = desk(NEXT).with_text(&text);
    let refused = desk.restate(DATA, &on("2026-04-05", None)).unwrap_err();
    assert!(
        refused[0]
            .message
            .contains("was changed without an amendment"),
        "{refused:?}"
    );
    let refused = desk.close(DATA, "2026-04", "2026-05-03").unwrap_err();
    assert!(
        refused[0]
            .message
            .contains("no longer comes to what was invoiced"),
        "{refused:?}"
    );
    let settling = Settling {
        accept_text: Some("a slip of the pen, agreed".to_owned()),
        ..on("2026-04-05", None)
    };
    assert_eq!(desk.restate(DATA, &settling).unwrap().len(), 3);
    desk.close(DATA, "2026-04", "2026-05-03").unwrap();
    desk.is_whole();
}

#[test]
fn a_month_is_issued_once_and_after_the_one_before_it() {
    let mut desk = Desk::new(&contract(NEXT));
    let first = desk.close(DATA, "2026-01", "2026-02-03").unwrap();
    assert_eq!(desk.close(DATA, "2026-01", "2026-02-09").unwrap(), first);
    assert_eq!(desk.entries.len(), 1);
    let refused = desk.close(DATA, "2026-03", "2026-04-03").unwrap_err();
    assert_eq!(
        refused[0].message,
        "2026-02 was not issued yet, and comes before 2026-03"
    );
}

#[test]
fn a_row_that_was_invoiced_is_never_left_out() {
    let mut desk = desk(NEXT);
    let short: String = DATA
        .lines()
        .filter(|line| !line.starts_with("2026-01"))
        .map(|line| format!("{line}\n"))
        .collect();
    let refused = desk.restate(&short, &on("2026-04-05", None)).unwrap_err();
    assert!(
        refused
            .iter()
            .any(|one| one.message.contains("2026-01 was invoiced")),
        "{refused:?}"
    );
    let refused = desk.close(&short, "2026-04", "2026-05-03").unwrap_err();
    assert!(
        refused[0].message.contains("the data no longer has it"),
        "{refused:?}"
    );
}

#[test]
fn after_the_last_month_there_is_no_next_invoice() {
    let mut desk = Desk::new(&contract(NEXT).replace("to 2026-12-31", "to 2026-03-31"));
    let data: String = DATA
        .lines()
        .filter(|line| !line.starts_with("2026-04"))
        .map(|line| format!("{line}\n"))
        .collect();
    for (month, date) in [
        ("2026-01", "2026-02-03"),
        ("2026-02", "2026-03-03"),
        ("2026-03", "2026-04-03"),
    ] {
        desk.close(&data, month, date).unwrap();
    }
    let corrected = data.replace("2026-03,1200,1100", "2026-03,1300,1100");
    let refused = desk
        .restate(&corrected, &on("2026-04-10", None))
        .unwrap_err();
    assert!(
        refused[0]
            .message
            .contains("the last month of the term was already invoiced"),
        "{refused:?}"
    );
    let documents = desk
        .restate(&corrected, &on("2026-04-10", Some(Mode::NewInvoice)))
        .unwrap();
    assert_eq!(documents.len(), 2);
    desk.is_whole();
}
