//! Reading data: every way in which a file can be right or wrong.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod cells;
mod explain;
mod forms;
mod headings;
mod json;
mod layout;
mod limits;
mod months;
mod order;
mod properties;
mod sample;
mod template;
#[cfg(feature = "xlsx")]
mod workbooks;

/// A contract with inputs of those names, and what is found wrong with it.
fn findings(inputs: &[&str]) -> Vec<String> {
    struct None;
    impl quidpro::driver::Files for None {
        fn read(&self, _: &str, path: &str) -> Result<(String, String), String> {
            Err(path.to_owned())
        }
    }
    let inputs: String = inputs
        .iter()
        .map(|name| format!("input {name} : calls\n"))
        .collect();
    let text = format!(
        "contract c {{\ncurrency EUR\nterm 2026-01-01 to 2026-12-31\nround each line half up to 0.01 EUR\n{inputs}\
         charge all for offered at 4.20 EUR\n}}\n"
    );
    let loaded = quidpro::driver::load("c.quid", &text, &None);
    loaded
        .diagnostics
        .iter()
        .map(|finding| format!("{}: {}", finding.code, finding.message))
        .collect()
}

#[test]
fn inputs_cannot_have_the_names_of_other_columns() {
    assert_eq!(findings(&["offered"]), [""; 0]);
    for name in ["account", "Account", "Input", "value", "Month"] {
        assert_eq!(
            findings(&["offered", name]),
            [format!(
                "reserved-column: an input cannot be named `{name}`"
            ),]
        );
    }
    assert_eq!(findings(&["offered", "input"]).len(), 1);
    assert_eq!(findings(&["offered", "month"]).len(), 1);
}
