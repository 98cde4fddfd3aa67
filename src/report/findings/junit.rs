//! Findings for CI servers that read JUnit's XML: a suite for each contract, a case for each finding.
//!
//! It is written here and not by `quick-junit`, because that adds attributes which the schema of these files, as
//! Jenkins checks it, does not have.

use crate::diagnostic::Severity;

use super::markup::{attribute, escaped};
use super::place::Place;
use super::snippet::word;
use super::{ContractFindings, Found, Style, render_one};

/// All findings as one document. Findings at least as grave as `failing` says of the contract are failures, others pass and are told as the
/// case's output. A contract without findings has one case, which passes.
#[must_use]
pub fn render(
    all: &[ContractFindings<'_>],
    failing: impl Fn(&ContractFindings<'_>) -> Option<Severity>,
) -> String {
    let suites: Vec<Suite> = all
        .iter()
        .map(|contract| Suite::new(*contract, failing(contract)))
        .collect();
    let tests: usize = suites.iter().map(|suite| suite.tests).sum();
    let failures: usize = suites.iter().map(|suite| suite.failures).sum();
    let suites: String = suites.into_iter().map(|suite| suite.text).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites name=\"quidpro check\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">\n\
         {suites}\
         </testsuites>\n"
    )
}

struct Suite {
    text: String,
    tests: usize,
    failures: usize,
}

impl Suite {
    fn new(contract: ContractFindings<'_>, failing: Option<Severity>) -> Self {
        let file = attribute(contract.file);
        let found = contract.in_order();
        let fails =
            |found: &Found<'_>| failing.is_some_and(|least| found.finding.severity <= least);
        let failures = found.iter().filter(|found| fails(found)).count();
        let tests = found.len().max(1);
        let cases: String = if found.is_empty() {
            format!("    <testcase name=\"no findings\" classname=\"{file}\"/>\n")
        } else {
            found
                .iter()
                .map(|found| case(*found, fails(found)))
                .collect()
        };
        let text = format!(
            "  <testsuite name=\"{file}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" file=\"{file}\">\n\
             {cases}  </testsuite>\n"
        );
        Self {
            text,
            tests,
            failures,
        }
    }
}

fn case(found: Found<'_>, fails: bool) -> String {
    let Found { finding, sources } = found;
    let place = Place::in_characters(finding.primary.span, sources);
    let name = format!(
        "{} (line {}, column {})",
        finding.code, place.start.line, place.start.column
    );
    let (name, file) = (attribute(&name), attribute(found.file()));
    let text = render_one(finding, sources, Style::Full, false);
    let text = escaped(text.trim_end());
    let outcome = if fails {
        format!(
            "<failure type=\"{}\" message=\"{}\">{text}</failure>",
            word(finding.severity),
            attribute(&finding.message)
        )
    } else {
        format!("<system-out>{text}</system-out>")
    };
    format!(
        "    <testcase name=\"{name}\" classname=\"{file}\">\n      {outcome}\n    </testcase>\n"
    )
}
