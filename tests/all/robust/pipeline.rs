//! One text goes through everything that the program does with it.

use std::fmt::Write as _;
use std::io::Cursor;
use std::time::{Duration, Instant};

use quidpro::data::{self, Options, TemplateFormat, TemplateOptions, template};
use quidpro::driver::{self, Files, Invoicing, Loaded, Outcome, run_scenarios_of, schema_of, show};
use quidpro::evaluate::{CellTexts, story};
use quidpro::report::findings::{ContractFindings, concise, full, html, json};
use quidpro::report::{refusal, statement, story as stories};

/// The files that contracts in the repository use.
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _from: &str, path: &str) -> Result<(String, String), String> {
        Err(format!("there is no `{path}` here"))
    }
}

/// The result as one text: findings in every format, or everything that two months of data give.
pub fn through(text: &str, rows: Option<&str>) -> (Loaded, String) {
    let loaded = driver::load("robust.quid", text, &NoFiles);
    let mut out = String::new();
    out.push_str(&full::render(&loaded.diagnostics, &loaded.sources, false));
    out.push_str(&full::render(&loaded.diagnostics, &loaded.sources, true));
    out.push_str(&concise::render(
        &loaded.diagnostics,
        &loaded.sources,
        false,
    ));
    let all = [ContractFindings {
        file: "robust.quid",
        sources: &loaded.sources,
        findings: &loaded.diagnostics,
        extent: quidpro::report::findings::Extent::Everything,
    }];
    let document = json::render(&all);
    assert!(serde_json::from_str::<serde_json::Value>(&document).is_ok());
    out.push_str(&document);
    out.push_str(&html::render(&all, "robust.quid"));
    for (at, checked) in loaded.contracts.iter().enumerate() {
        let (Some(schema), Some(mut invoicing)) = (schema_of(checked), Invoicing::of(checked))
        else {
            continue;
        };
        out.push_str(&show(&loaded, at, None).unwrap());
        for result in run_scenarios_of(checked) {
            let _ = write!(out, "{result:?}");
        }
        let options = TemplateOptions {
            accounts: true,
            most_months: 2,
        };
        let term = checked.contract.term.unwrap();
        let first = quidpro::calendar::Month::of(term.first);
        let made = template(&schema, first, first, &options, TemplateFormat::Csv);
        let empty = String::from_utf8(made.unwrap_or_default()).unwrap_or_default();
        let table = rows.map_or(empty, str::to_owned);
        let cells = data::open(
            "robust.csv",
            None,
            Cursor::new(table.into_bytes()),
            &schema,
            &Options::default(),
        );
        let Ok(reader) = cells else { continue };
        for row in reader.flatten() {
            match invoicing.compute(&row) {
                Outcome::Invoiced(made) => {
                    let heading = &checked.contract_in(made.month).heading;
                    out.push_str(&statement::text::render(heading, &made));
                }
                Outcome::Refused(why, problems) => {
                    out.push_str(&refusal::render(&[*why], &loaded.sources, false));
                    let _ = write!(out, "{problems:?}");
                }
            }
            let told = invoicing.history(row.account.as_ref()).and_then(|history| {
                let cells = CellTexts::default();
                story(
                    invoicing.evaluator()?,
                    history,
                    &loaded.sources,
                    &cells,
                    None,
                    None,
                )
            });
            if let Some(told) = told {
                out.push_str(&stories::text::render(&told, &loaded.sources, false));
                out.push_str(&stories::json::render("robust", &told, &loaded.sources));
            }
        }
    }
    (loaded, out)
}

/// Checks that a text is processed within that time, on a small stack.
pub fn in_time(seconds: u64, text: String, rows: Option<&'static str>) -> (Loaded, String) {
    let begun = Instant::now();
    let small = std::thread::Builder::new().stack_size(2 << 20);
    let thread = small.spawn(move || through(&text, rows)).unwrap();
    let done = thread.join().unwrap();
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(seconds), "took {took:?}");
    done
}

/// Checks that a text has an error. Returns its findings, one on each line.
pub fn refused(seconds: u64, text: String) -> String {
    let (loaded, _) = in_time(seconds, text, None);
    assert!(!loaded.is_sound());
    concise::render(&loaded.diagnostics, &loaded.sources, false)
}

/// The frame of a contract around its items.
pub fn contract(items: &str) -> String {
    format!(
        "contract robust {{\ncurrency EUR\nterm 2026-01-01 to 2026-12-31\n\
         round each line half up to 0.01 EUR\n{items}\n}}\n"
    )
}
