//! Closing months, with books on disk.

use super::{Desk, Done, fits};

const MEASUREMENT: &str = "measurement { data within 5 days; late data counts as missing; corrections within 60 days on the next invoice }";

fn desk() -> Desk {
    let desk = Desk::new();
    let text = super::CONTRACT.replace("  scenario", &format!("  {MEASUREMENT}\n  scenario"));
    desk.write("support.quid", text);
    desk
}

fn close(desk: &Desk, month: &str, more: &[&str]) -> Done {
    let first = [
        "close",
        "support.quid",
        "--data",
        "support.csv",
        "--month",
        month,
        "--account",
        "north",
        "--books",
        "books.db",
    ];
    desk.run(&[&first, more].concat())
}

fn issue(desk: &Desk, month: &str, date: &str) -> Done {
    close(
        desk,
        month,
        &[
            "--issue",
            "--date",
            date,
            "--prepared-by",
            "Ann",
            "--approved-by",
            "Ben",
        ],
    )
}

#[test]
fn without_issue_nothing_is_written() {
    let desk = desk();
    close(&desk, "2026-02", &[])
        .ends(0)
        .without_errors()
        .says("Statement for 2026-02")
        .says("Beside other months")
        .says("Nothing was written");
    assert!(!desk.path("books.db").exists());
}

#[test]
fn the_same_command_twice_issues_once() {
    let desk = desk();
    issue(&desk, "2026-01", "2026-02-03")
        .ends(0)
        .says("Invoice 2026-0001 for 2026-01")
        .says("Due ");
    issue(&desk, "2026-01", "2026-02-09")
        .ends(0)
        .says("Invoice 2026-0001")
        .says("was already issued as 2026-0001");
    issue(&desk, "2026-02", "2026-03-03")
        .ends(0)
        .says("Invoice 2026-0002");
    let list = desk.run(&["books", "list", "books.db"]).ends(0).out;
    assert_eq!(list.lines().count(), 2, "{list}");
    desk.run(&["books", "verify", "books.db"])
        .ends(0)
        .says("2 entries, all as they were written");
}

#[test]
fn who_prepared_a_document_does_not_approve_it() {
    let desk = desk();
    for approver in ["Ann", " ann ", "\u{410}nn"] {
        close(
            &desk,
            "2026-01",
            &["--issue", "--prepared-by", "Ann", "--approved-by", approver],
        )
        .ends(2)
        .tells("cannot also approve it");
    }
    assert!(!desk.path("books.db").exists());
}

#[test]
fn a_number_is_given_once() {
    let desk = desk();
    issue(&desk, "2026-01", "2026-02-03").ends(0);
    close(&desk, "2026-02", &["--issue", "--number", "2026-0001"])
        .ends(2)
        .tells("is already that of entry 1");
    close(
        &desk,
        "2026-02",
        &["--issue", "--number", "S-7", "--date", "2026-03-01"],
    )
    .ends(0)
    .says("Invoice S-7");
    issue(&desk, "2026-03", "2026-04-03")
        .ends(0)
        .says("Invoice 2026-0002");
}

#[test]
fn a_provisional_statement_is_no_invoice() {
    let desk = desk();
    let provisional = |date| {
        close(
            &desk,
            "2026-01",
            &["--issue", "--provisional", "--date", date],
        )
    };
    provisional("2026-02-01")
        .ends(0)
        .says("Provisional statement P-2026-0001")
        .says("nothing is owed by it");
    provisional("2026-02-02")
        .ends(0)
        .says("P-2026-0001")
        .says("already issued");
    issue(&desk, "2026-01", "2026-02-05")
        .ends(0)
        .says("Invoice 2026-0001")
        .says("provisional statement P-2026-0001");
    desk.run(&["books", "verify", "books.db"]).ends(0);
}

#[test]
fn a_correction_is_on_the_next_invoice() {
    let desk = desk();
    issue(&desk, "2026-01", "2026-02-03").ends(0);
    desk.write(
        "support.csv",
        super::DATA.replace("north,2026-01,1001,900", "north,2026-01,1101,900"),
    );
    issue(&desk, "2026-02", "2026-03-03")
        .ends(1)
        .tells("the data of 2026-01 is no longer what was invoiced");
    let restate = |more: &[&str]| {
        let first = [
            "restate",
            "support.quid",
            "--data",
            "support.csv",
            "--account",
            "north",
            "--books",
            "books.db",
        ];
        desk.run(&[&first, more].concat())
    };
    restate(&["--date", "2026-03-01"])
        .ends(0)
        .says("offered of 2026-01: 1001 becomes 1101")
        .says("Nothing was written");
    restate(&["--date", "2026-05-01"])
        .ends(1)
        .tells("--accept-late");
    restate(&["--issue", "--date", "2026-03-01"])
        .ends(0)
        .says("Correction of 2026-01");
    restate(&["--issue", "--date", "2026-03-01"])
        .ends(0)
        .says("Nothing changes");
    issue(&desk, "2026-02", "2026-03-03")
        .ends(0)
        .says("Correction of 2026-01")
        .says("420.50");
    desk.run(&["books", "verify", "books.db"])
        .ends(0)
        .says("3 entries");
}

#[test]
fn documents_keep_their_schema() {
    let desk = desk();
    issue(&desk, "2026-01", "2026-02-03").ends(0);
    desk.write(
        "support.csv",
        super::DATA.replace("north,2026-01,1001,900", "north,2026-01,1101,"),
    );
    desk.run(&[
        "restate",
        "support.quid",
        "--data",
        "support.csv",
        "--account",
        "north",
        "--books",
        "books.db",
        "--issue",
        "--date",
        "2026-03-01",
    ])
    .ends(1)
    .tells("with this data 2026-01 has no invoice");
    desk.write(
        "support.csv",
        super::DATA.replace("north,2026-01,1001,900", "north,2026-01,1101,900"),
    );
    desk.run(&[
        "restate",
        "support.quid",
        "--data",
        "support.csv",
        "--account",
        "north",
        "--books",
        "books.db",
        "--issue",
        "--date",
        "2026-03-01",
    ])
    .ends(0);
    for document in ["1", "2"] {
        let json = desk
            .run(&["books", "show", "books.db", document, "--format", "json"])
            .ends(0)
            .out;
        let all: serde_json::Value = serde_json::from_str(&json).unwrap();
        fits("document.schema.json", &all[0].to_string());
    }
    let json = close(&desk, "2026-02", &["--format", "json"]).ends(0).out;
    let all: serde_json::Value = serde_json::from_str(&json).unwrap();
    fits("document.schema.json", &all[0].to_string());
    let html = close(&desk, "2026-02", &["--format", "html"]).ends(0).out;
    assert!(html.contains("Correction of 2026-01"), "{html}");
    close(
        &desk,
        "2026-02",
        &["--format", "csv", "--output", "lines.csv"],
    )
    .ends(0);
    let csv = std::fs::read_to_string(desk.path("lines.csv")).unwrap();
    assert!(csv.starts_with("document,number,date,contract"), "{csv}");
}

#[test]
fn an_inquiry_is_answered() {
    let desk = desk();
    issue(&desk, "2026-01", "2026-02-03").ends(0);
    let ask = |line: &str| {
        desk.run(&[
            "books",
            "inquiry",
            "books.db",
            "--document",
            "2026-0001",
            "--line",
            line,
            "--by",
            "Bluebird",
            "--text",
            "Why?",
            "--date",
            "2026-02-10",
        ])
    };
    ask("nothing").ends(2).tells("it has handling, platform");
    ask("handling").ends(0).says("recorded as entry 2");
    close(&desk, "2026-02", &[])
        .ends(0)
        .says("Bluebird asks about 2026-0001");
    let answer = [
        "books", "inquiry", "books.db", "--by", "Ann", "--text", "So it is", "--answer",
    ];
    desk.run(&[&answer[..], &["1"]].concat())
        .ends(2)
        .tells("entry 1 is not an inquiry");
    desk.run(&[&answer[..], &["2"]].concat()).ends(0);
    let shown = close(&desk, "2026-02", &[]).ends(0).out;
    assert!(!shown.contains("asks about"), "{shown}");
    desk.run(&["books", "verify", "books.db"]).ends(0);
}

#[test]
fn a_budget_is_beside_the_month() {
    let desk = desk();
    desk.write(
        "budget.csv",
        "month,line,amount,account\n2026-01,handling,4000.00,north\n2026-01,total,5000,north\n",
    );
    close(&desk, "2026-01", &["--budget", "budget.csv"])
        .ends(0)
        .says("Over budget")
        .says("4 000.00");
    desk.write(
        "budget.csv",
        "month,line,amount,account\n2026-01,total,5.000,north\n",
    );
    close(&desk, "2026-01", &["--budget", "budget.csv"])
        .ends(2)
        .tells("budget.csv, line 2: `5.000` can be read in two ways");
}

#[test]
fn other_files_are_no_books() {
    let desk = desk();
    desk.write("books.db", "");
    issue(&desk, "2026-01", "2026-02-03")
        .ends(2)
        .tells("the file is empty");
    desk.write("books.db", "month,offered\n2026-01,5\nmonth,offered\n2026-01,5\nmonth,offered,and more than one hundred bytes, so that it is long enough to be a file\n");
    issue(&desk, "2026-01", "2026-02-03")
        .ends(2)
        .tells("not whole books");
    let other = rusqlite::Connection::open(desk.path("other.db")).unwrap();
    other.execute_batch("CREATE TABLE a (b)").unwrap();
    drop(other);
    desk.run(&["books", "list", "other.db"])
        .ends(2)
        .tells("not books of quidpro");
    desk.run(&["books", "list", "none.db"])
        .ends(2)
        .tells("there are no books `none.db`");
    desk.run(&["books", "list", "support.quid"])
        .ends(2)
        .tells("is a contract");
}

#[test]
fn older_books_are_brought_up_to_date_and_newer_ones_refused() {
    let desk = desk();
    issue(&desk, "2026-01", "2026-02-03").ends(0);
    let books = rusqlite::Connection::open(desk.path("books.db")).unwrap();
    books
        .execute_batch("DROP INDEX entry_of_account; PRAGMA user_version = 1")
        .unwrap();
    desk.run(&["books", "verify", "books.db"]).ends(0);
    let version: i64 = books
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(version, 2);
    books.execute_batch("PRAGMA user_version = 3").unwrap();
    desk.run(&["books", "list", "books.db"])
        .ends(2)
        .tells("has the format 3")
        .tells("use a newer quidpro");
}

#[test]
fn the_books_only_grow() {
    let desk = desk();
    issue(&desk, "2026-01", "2026-02-03").ends(0);
    let books = rusqlite::Connection::open(desk.path("books.db")).unwrap();
    for statement in [
        "UPDATE entry SET content = ''",
        "DELETE FROM entry",
        "DELETE FROM text",
        "INSERT INTO entry SELECT 7, 'a', 'b', 'c', 'd', 'e', 'f', 'g'",
    ] {
        let refused = books.execute_batch(statement).unwrap_err().to_string();
        assert!(
            refused.contains("the books only grow") || refused.contains("follow one another"),
            "{refused}"
        );
    }
}

/// A document whose amounts a program computed otherwise, with a whole chain: `verify` says that the program changed, and
/// not the data.
#[test]
fn verify_tells_a_changed_program_from_changed_data() {
    let desk = desk();
    issue(&desk, "2026-01", "2026-02-03").ends(0);
    let books = rusqlite::Connection::open(desk.path("books.db")).unwrap();
    let content: String = books
        .query_row("SELECT content FROM entry", [], |row| row.get(0))
        .unwrap();
    let text: String = books
        .query_row(
            "SELECT content FROM text WHERE content LIKE 'contract%'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let without = "DROP TRIGGER entry_is_final; DROP TRIGGER text_is_final;";
    books.execute_batch(without).unwrap();
    let changed = content
        .replace("\"4209.21\"", "\"4209.22\"")
        .replace("\"5209.21\"", "\"5209.22\"");
    assert_ne!(changed, content);
    let hash = quidpro::closing::digest(changed.as_bytes());
    books
        .execute(
            "UPDATE entry SET content = ?1, hash = ?2",
            [&changed, &hash],
        )
        .unwrap();
    let done = desk.run(&["books", "verify", "books.db"]).ends(1);
    let done = done
        .says("The program computes other amounts; text and data are as they were")
        .says("handling was 4209.22 and is");
    assert!(!done.out.contains("were changed after"), "{}", done.out);
    // The data of the same entry, as it was written.
    let hash = quidpro::closing::digest(content.as_bytes());
    books
        .execute(
            "UPDATE entry SET content = ?1, hash = ?2",
            [&content, &hash],
        )
        .unwrap();
    desk.run(&["books", "verify", "books.db"]).ends(0);
    books
        .execute(
            "UPDATE text SET content = ?1 WHERE content = ?2",
            [&text.replace("4.2050", "4.2051"), &text],
        )
        .unwrap();
    let done = desk.run(&["books", "verify", "books.db"]).ends(1);
    done.says("Texts or data were changed")
        .says("the text of `support.quid` was changed");
}

#[test]
fn one_name_is_one_contract() {
    let desk = desk();
    issue(&desk, "2026-01", "2026-02-03").ends(0);
    let other = super::CONTRACT.replace("Streamly", "Somebody else");
    desk.write("support.quid", other);
    issue(&desk, "2026-02", "2026-03-03")
        .ends(1)
        .tells("already have a contract `support`");
}

#[test]
fn no_output_replaces_the_books() {
    let desk = desk();
    issue(&desk, "2026-01", "2026-02-03").ends(0);
    let before = std::fs::read(desk.path("books.db")).unwrap();
    desk.run(&[
        "books", "show", "books.db", "1", "--output", "books.db", "--force",
    ])
    .ends(2);
    assert!(std::fs::read(desk.path("books.db")).unwrap() == before);
}

#[test]
fn a_supplier_s_invoice_is_compared() {
    let desk = desk();
    desk.write(
        "theirs.csv",
        "number,line,quantity,rate,amount\nB-1,Calls,1101,4.2050,4629.71\nB-1,platform,,,1000.00\nB-1,Parking,,,30\nB-1,Total,,,5659.71\n",
    );
    let compare = |more: &[&str]| {
        let first = [
            "reconcile",
            "support.quid",
            "--data",
            "support.csv",
            "--account",
            "north",
            "--month",
            "2026-02",
            "--invoice",
            "theirs.csv",
        ];
        desk.run(&[&first, more].concat())
    };
    compare(&[])
        .ends(1)
        .says("their quantity is 1101; the data has 1000")
        .says("their invoice does not take it off")
        .says("the contract has no such line")
        .says("Quantities: +424.71")
        .says("Credits and adjustments: +104.10")
        .says("Lines outside the contract: +30.00")
        .says("Undisputed: 5 100.90 EUR");
    let json = compare(&["--format", "json"]).ends(1).out;
    let value = fits("reconciliation.schema.json", &json);
    assert_eq!(value["difference"], "558.81");
    compare(&["--format", "html"])
        .ends(1)
        .says("dispute 3 lines")
        .says("<b>Undisputed: EUR 5 100.90.</b>");
    desk.write(
        "theirs.csv",
        "Leistung;Betrag\nCalls;4.205,00\nplatform;1.000,00\nanswer;-104,10\n",
    );
    compare(&[])
        .ends(2)
        .tells("the invoice has no column `line`")
        .tells("--map line=HEADING");
    compare(&["--map", "line=Leistung", "--map", "amount=Betrag"])
        .ends(2)
        .tells("say which with");
    compare(&[
        "--map",
        "line=Leistung",
        "--map",
        "amount=Betrag",
        "--numbers",
        "de",
    ])
    .ends(0)
    .says("Undisputed: 5 100.90 EUR");
}

#[test]
fn an_e_invoice_names_what_is_missing() {
    let desk = desk();
    issue(&desk, "2026-01", "2026-02-03").ends(0);
    close(&desk, "2026-02", &["--format", "ubl"])
        .ends(2)
        .tells("issue it first");
    desk.run(&["books", "show", "books.db", "2026-0001", "--format", "ubl"])
        .ends(2)
        .tells("append to `supplier \"Bluebird\"`: `street")
        .tells("the document has no tax, and the contract does not say why");
}

#[test]
fn a_journal_names_the_line_without_an_account() {
    let desk = desk();
    issue(&desk, "2026-01", "2026-02-03").ends(0);
    let journal = |format: &str| desk.run(&["journal", "--books", "books.db", "--format", format]);
    journal("csv")
        .ends(2)
        .tells("no configuration names the accounts");
    desk.write(
        "quidpro.toml",
        "[journal.accounts]\nbalance = \"Liabilities:Payable\"\nhandling = \"Expenses:Calls\"\n",
    );
    journal("csv")
        .ends(2)
        .tells("no account is named for the line `platform`");
    desk.write(
        "quidpro.toml",
        "[journal.accounts]\nbalance = \"Liabilities:Payable\"\ncharge = \"Expenses: Calls\"\n",
    );
    journal("csv")
        .ends(2)
        .tells("`Expenses: Calls` is not the name of an account");
    desk.write("quidpro.toml", "[journal.accounts]\nbalance = \"Liabilities:Payable\"\ncharge = \"Expenses:Calls\"\n[journal.tax-codes]\nhandling = \"V19\"\n");
    journal("csv").ends(0).says("2026-02-03,invoice,2026-0001,support,north,2026-01,2026-01,handling,charge,Expenses:Calls,4209.21,EUR,,V19");
    journal("beancount")
        .ends(0)
        .says("open Expenses:Calls EUR")
        .says("balance Liabilities:Payable  -5209.21 EUR");
    journal("hledger")
        .ends(0)
        .says("account Expenses:Calls")
        .says("    Expenses:Calls  4209.21 EUR  ; period:2026-01");
}
