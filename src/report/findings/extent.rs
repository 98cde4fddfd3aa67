//! What was not checked, and how a report says so.

use crate::diagnostic::Diagnostic;
use crate::report::escape::terminal::on_one_line;
use crate::report::failure::Failure;
use crate::text::{FileId, Sources, Span};

use super::{ContractFindings, Extent, summary};

/// The code of the finding that a contract could not be checked.
pub const NOT_CHECKED: &str = "not-checked";

/// The code of the note that no rule is on.
pub const NO_RULES: &str = "no-rules";

/// The most files that a line names.
const NAMED: usize = 3;

/// The most lines before the place of a failure. A place further down is shown at this line.
const MOST_LINES: usize = 100_000;

/// A contract that could not be checked, with the cause as a finding.
pub struct Unchecked {
    file: String,
    sources: Sources,
    findings: Vec<Diagnostic>,
}

impl Unchecked {
    /// The finding that the contract in that file could not be checked because of these failures.
    #[must_use]
    pub fn new(file: &str, failures: &[Failure]) -> Self {
        let mut sources = Sources::new();
        let findings = failures
            .iter()
            .map(|failure| {
                let place = place(file, failure, &mut sources);
                let finding = Diagnostic::error(NOT_CHECKED, place, failure.message())
                    .because("what was not checked may have any mistake");
                match failure.advice() {
                    Some(advice) => finding.help(advice),
                    None => finding,
                }
            })
            .collect();
        Self {
            file: file.to_owned(),
            sources,
            findings,
        }
    }

    /// The result, for a report.
    #[must_use]
    pub fn findings(&self) -> ContractFindings<'_> {
        ContractFindings {
            file: &self.file,
            sources: &self.sources,
            findings: &self.findings,
            extent: Extent::Nothing,
        }
    }
}

/// Where a failure is: in its own file, or at the start of the contract. The text before it is neither known nor
/// needed, because only its lines count.
fn place(contract: &str, failure: &Failure, sources: &mut Sources) -> Span {
    let (name, line, text, range) = failure.place().unwrap_or((contract, 1, "", 0..0));
    let before = "\n".repeat(line.saturating_sub(1).min(MOST_LINES));
    let start = before.len();
    let file: FileId = sources.add(name, before + text);
    Span::new(file, start + range.start, start + range.end)
}

/// The result of a run, on one line; `subject` is what was to be checked: `contract.quid`, `3 contracts`.
#[must_use]
pub fn verdict(all: &[ContractFindings<'_>], subject: &str) -> String {
    let (unknown, known): (Vec<&ContractFindings<'_>>, Vec<&ContractFindings<'_>>) = all
        .iter()
        .partition(|contract| contract.extent == Extent::Nothing);
    if all.is_empty() {
        return format!("{subject}: nothing was checked");
    }
    if unknown.is_empty() {
        let findings = known.iter().flat_map(|contract| contract.findings);
        return summary(findings, subject);
    }
    let names: Vec<&str> = unknown.iter().map(|contract| contract.file).collect();
    let names = listed(&names);
    match known.as_slice() {
        [] => format!("nothing is known: not checked: {names}"),
        some => {
            let findings = some.iter().flat_map(|contract| contract.findings);
            let subject = match some {
                [one] => one.file.to_owned(),
                many => format!("{} contracts", many.len()),
            };
            format!("{}; not checked: {names}", summary(findings, &subject))
        }
    }
}

/// Like [`verdict`], with a line for each reason why no rule ran.
#[must_use]
pub fn told(all: &[ContractFindings<'_>], subject: &str) -> String {
    let mut text = on_one_line(&verdict(all, subject)) + "\n";
    for (reason, files) in without_rules(all) {
        let which = if files.len() == all.len() {
            String::new()
        } else {
            format!(" ({})", listed(&files))
        };
        text += &on_one_line(&format!("{reason}{which}"));
        text.push('\n');
    }
    text
}

/// The reasons why only the language was checked, each with its contracts.
fn without_rules<'f>(all: &[ContractFindings<'f>]) -> Vec<(&'f str, Vec<&'f str>)> {
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for contract in all {
        let Extent::LanguageAlone(why) = contract.extent else {
            continue;
        };
        let same = reasons.iter_mut().find(|(known, _)| *known == why.message);
        match same {
            Some((_, files)) => files.push(contract.file),
            None => reasons.push((&why.message, vec![contract.file])),
        }
    }
    reasons
}

/// `a.quid, b.quid, c.quid and 4 more`
fn listed(names: &[&str]) -> String {
    let shown: Vec<&str> = names.iter().copied().take(NAMED).collect();
    match names.len().saturating_sub(NAMED) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
