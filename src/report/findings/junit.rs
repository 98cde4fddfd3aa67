//! Findings for CI servers that read JUnit's XML: a suite for each contract, a case for each finding.
//!
//! It is written here rather than with `quick-junit`, which adds attributes that are not in the schema with which
//! Jenkins checks these files.

use crate::diagnostic::Severity;

use super::place::Place;
use super::snippet::word;
use super::{ContractFindings, Extent, Found, Style, render_one};
use crate::report::escape::markup::{attribute, escaped};

/// All findings as one document. Findings at least as serious as `failing` says for the contract are failures. The
/// others pass and are in the case's output. A contract without findings has one case, which passes. A contract that
/// was not checked has an error. If no rule was on, there is a skipped case.
#[must_use]
pub fn render(
    all: &[ContractFindings<'_>],
    failing: impl Fn(&ContractFindings<'_>) -> Option<Severity>,
) -> String {
    let nothing = all.is_empty().then(Suite::nothing);
    let suites: Vec<Suite> = all
        .iter()
        .map(|contract| Suite::new(*contract, failing(contract)))
        .chain(nothing)
        .collect();
    let tests: usize = suites.iter().map(|suite| suite.tests).sum();
    let failures: usize = suites.iter().map(|suite| suite.failures).sum();
    let errors: usize = suites.iter().map(|suite| suite.errors).sum();
    let suites: String = suites.into_iter().map(|suite| suite.text).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites name=\"quidpro check\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\">\n\
         {suites}\
         </testsuites>\n"
    )
}

struct Suite {
    text: String,
    tests: usize,
    failures: usize,
    errors: usize,
}

impl Suite {
    fn new(contract: ContractFindings<'_>, failing: Option<Severity>) -> Self {
        let file = attribute(contract.file);
        let found = contract.in_order();
        let (skipped, left_out) = match contract.extent {
            Extent::Nothing => return Self::failed(contract, &found),
            Extent::LanguageAlone(why) => (1, left_out(&why.message, &file)),
            Extent::Everything => (0, String::new()),
        };
        let fails =
            |found: &Found<'_>| failing.is_some_and(|least| found.finding.severity <= least);
        let failures = found.iter().filter(|found| fails(found)).count();
        let tests = found.len().max(1) + skipped;
        let cases: String = if found.is_empty() {
            format!("    <testcase name=\"no findings\" classname=\"{file}\"/>\n")
        } else {
            found
                .iter()
                .map(|found| case(*found, fails(found)))
                .collect()
        };
        let text = format!(
            "  <testsuite name=\"{file}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\" file=\"{file}\">\n\
             {cases}{left_out}  </testsuite>\n"
        );
        Self {
            text,
            tests,
            failures,
            errors: 0,
        }
    }

    /// The suite that reports that no contract was checked.
    fn nothing() -> Self {
        let cases = left_out("no contract was checked", "quidpro check");
        Self {
            text: format!(
                "  <testsuite name=\"quidpro check\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\">\n{cases}  </testsuite>\n"
            ),
            tests: 1,
            failures: 0,
            errors: 0,
        }
    }

    /// The suite for a contract that could not be checked.
    fn failed(contract: ContractFindings<'_>, causes: &[Found<'_>]) -> Self {
        let file = attribute(contract.file);
        let each = causes.iter().map(|cause| {
            let message = attribute(&cause.finding.message);
            let text = escaped(&cause.whole_message("\n"));
            format!(
                "    <testcase name=\"not checked\" classname=\"{file}\">\n      \
                 <error type=\"{}\" message=\"{message}\">{text}</error>\n    </testcase>\n",
                cause.finding.code
            )
        });
        let cases: String = each.collect();
        let errors = causes.len();
        Self {
            text: format!(
                "  <testsuite name=\"{file}\" tests=\"{errors}\" failures=\"0\" errors=\"{errors}\" skipped=\"0\" file=\"{file}\">\n\
                 {cases}  </testsuite>\n"
            ),
            tests: errors,
            failures: 0,
            errors,
        }
    }
}

/// The case for the rules that did not run.
fn left_out(why: &str, file: &str) -> String {
    format!(
        "    <testcase name=\"what was left out\" classname=\"{file}\">\n      <skipped message=\"{}\"/>\n    </testcase>\n",
        attribute(why)
    )
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
