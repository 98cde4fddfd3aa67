//! Columns that only some versions of a contract require.

use quidpro::calendar::Month;
use quidpro::data::{Mode, Options, TemplateFormat, TemplateOptions, template};
use quidpro::driver::schema_of;

use super::{amended, statements, totals};

const ITEMS: &str = "  input handled : calls\n  input letters : calls between 0 and 100\n  \
    charge desk for handled at 1 GBP\n  charge post for letters at 1 GBP";

const CHANGES: &str = "  remove input letters\n  remove charge post\n  add input chats : calls between 0 and 50\n  \
    add charge chat for chats at 2 GBP\n  replace input handled : calls between 0 and 10";

#[test]
fn a_column_is_needed_in_the_months_that_ask_for_it() {
    let loaded = amended(ITEMS, "2026-03-01", CHANGES);
    let csv = "month,handled,letters,chats\n2026-01,20,5,\n2026-02,20,5,\n2026-03,10,,7\n";
    assert_eq!(totals(&loaded, csv), ["25", "25", "24"]);
    // A column is not read in months that do not require it.
    let csv = "month,handled,letters,chats\n2026-02,20,5,n/a\n2026-03,10,many,7\n";
    assert_eq!(totals(&loaded, csv), ["25", "24"]);
}

#[test]
fn a_column_may_be_left_out_where_no_month_asks_for_it() {
    let loaded = amended(ITEMS, "2026-03-01", CHANGES);
    let before = "month,handled,letters\n2026-01,20,5\n";
    assert_eq!(totals(&loaded, before), ["25"]);
    let after = "month,handled,chats\n2026-03,10,7\n";
    assert_eq!(totals(&loaded, after), ["24"]);
    let long = "month,input,value\n2026-02,handled,20\n2026-02,letters,5\n2026-03,handled,1\n2026-03,chats,2\n";
    assert_eq!(totals(&loaded, long), ["25", "5"]);
    let json = "[{\"month\":\"2026-02\",\"handled\":20,\"letters\":5},{\"month\":\"2026-03\",\"handled\":1,\"chats\":2}]";
    assert_eq!(totals(&loaded, json), ["25", "5"]);
}

#[test]
fn a_month_that_lacks_what_it_asks_for_is_refused() {
    let loaded = amended(ITEMS, "2026-03-01", CHANGES);
    let made = statements(
        &loaded,
        "month,handled,letters\n2026-02,20,5\n2026-03,10,5\n",
    );
    assert!(made[0].is_ok());
    let refusal = made[1].as_ref().unwrap_err();
    assert!(refusal.contains("chats"), "{refusal}");
}

/// The range of an input is the one that applies in the month.
#[test]
fn a_cell_is_held_to_the_text_of_its_month() {
    let loaded = amended(ITEMS, "2026-03-01", CHANGES);
    let made = statements(
        &loaded,
        "month,handled,letters,chats\n2026-02,20,5,\n2026-03,20,,1\n2026-04,1,,51\n",
    );
    assert!(made[0].is_ok());
    assert!(made[1].as_ref().unwrap_err().contains("handled"));
    assert!(made[2].as_ref().unwrap_err().contains("chats"));
}

#[test]
fn accounts_have_histories_of_their_own() {
    let items = "  input handled : calls\n  charge desk for handled at 1 GBP\n  \
        limit credits to 15 GBP each contract year\n  credit low = 10 GBP when handled below 50 calls";
    let loaded = amended(
        items,
        "2026-02-01",
        "  replace credit low = 12 GBP when handled below 50 calls",
    );
    let csv = "account,month,handled\nx,2026-01,40\nx,2026-02,40\ny,2026-01,60\ny,2026-02,40\ny,2026-03,40\n";
    // x: 10, then the 5 that are left. y: nothing, 12, then the 3 that are left.
    assert_eq!(totals(&loaded, csv), ["30", "35", "60", "28", "37"]);
}

/// Months without a row count as missing, under the text of their time.
#[test]
fn a_gap_over_the_amendment() {
    let items = "  input handled : calls if missing, 0\n  charge desk for handled at 1 GBP\n  \
        let so_far = sum of handled over contract year";
    let loaded = amended(
        items,
        "2026-03-01",
        "  add bonus many = 5 GBP when so_far above 20 calls",
    );
    let csv = "month,handled\n2026-01,10\n2026-05,11\n";
    assert_eq!(totals(&loaded, csv), ["10", "16"]);
}

#[test]
fn a_template_has_the_columns_of_its_months() {
    let loaded = amended(ITEMS, "2026-03-01", CHANGES);
    let schema = schema_of(loaded.contracts.first().unwrap()).unwrap();
    let month = |text: &str| Month::parse(text).unwrap();
    let made = |first: &str, last: &str| {
        let options = TemplateOptions::default();
        let bytes = template(
            &schema,
            month(first),
            month(last),
            &options,
            TemplateFormat::Csv,
        );
        String::from_utf8(bytes.unwrap()).unwrap()
    };
    assert_eq!(
        made("2026-01", "2026-02"),
        "month,handled,letters\n2026-01,,\n2026-02,,\n"
    );
    assert_eq!(
        made("2026-03", "2026-03"),
        "month,handled,chats\n2026-03,,\n"
    );
    assert_eq!(
        made("2026-02", "2026-03"),
        "month,handled,chats,letters\n2026-02,,,\n2026-03,,,\n"
    );
    assert_eq!(Options::default().mode, Mode::Whole);
}
