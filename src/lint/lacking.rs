//! What a contract does not say about the partnership.

use crate::diagnostic::Diagnostic;
use crate::model::facts::PartnershipKind;

use super::mend;
use super::rule::Rule;
use super::subject::Subject;

/// The words of a finding that something is missing.
pub struct Words {
    /// What is missing.
    pub message: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// The words before what to write: `add how often:`.
    pub lead: &'static str,
    /// What to write.
    pub write: &'static [&'static str],
}

impl Words {
    fn at(&self, place: crate::text::Span) -> Diagnostic {
        // The rule has the code and the level. Whoever runs the rule fills them in.
        let finding = Diagnostic::warning("", place, self.message);
        let quoted: Vec<String> = self.write.iter().map(|one| format!("`{one}`")).collect();
        let help = format!("{} {}", self.lead, quoted.join(" and "));
        finding.because(self.why).help(help)
    }

    /// What to write, with the gaps filled in.
    fn written(&self) -> String {
        self.write.join("; ").replace('…', "to be agreed")
    }
}

/// A finding if the contract has no clause of that kind.
pub fn clause(
    subject: &Subject<'_>,
    rule: &Rule,
    kind: PartnershipKind,
    words: &Words,
) -> Vec<Diagnostic> {
    if !subject.has_charges() || subject.partnership(kind).next().is_some() {
        return Vec::new();
    }
    let edits = mend::with_item(subject, &format!("{NOTE}\n  {}", words.written()));
    vec![mend::mended(words.at(subject.place()), rule, edits)]
}

/// The comment above a clause that a fix adds: nobody has agreed to the clause yet.
const NOTE: &str = "# To be agreed on before signing:";

/// A finding if the contract has clauses of that kind but none of them has a statement of any of these forms. If there
/// is no clause at all, another rule reports that.
pub fn statement(
    subject: &Subject<'_>,
    rule: &Rule,
    kind: PartnershipKind,
    forms: &[&str],
    words: &Words,
) -> Vec<Diagnostic> {
    let Some(first) = subject.partnership(kind).next() else {
        return Vec::new();
    };
    let mut facts = subject.partnership(kind).flat_map(|clause| &clause.facts);
    if facts.any(|fact| forms.contains(&fact.form)) {
        return Vec::new();
    }
    let edits = mend::with_statement(subject, first.span, &words.written());
    vec![mend::mended(words.at(first.span), rule, edits)]
}
