//! What a contract leaves open, clause by clause.

use crate::diagnostic::Diagnostic;
use crate::review::{About, Question, Questions};

use super::answers::FOR_EXAMPLE;
use super::asked;
use super::registry::find;
use super::rule::Category;
use super::subject::Subject;

/// The questions among the findings about the contract: clause by clause, then those that are about no clause.
#[must_use]
pub fn questions(subject: &Subject<'_>, findings: &[Diagnostic]) -> Questions {
    // The reason of a waiver answers the finding that the waiver accepts.
    let asked = findings.iter().filter(|finding| {
        let rule = find(finding.code).filter(|rule| rule.category == Category::Question);
        finding.suppressed.is_none() && rule.is_some()
    });
    let mut all: Vec<Question> = asked.map(|finding| question(subject, finding)).collect();
    all.sort_by_key(|question| {
        let item = question.about.as_ref().map(|about| about.span);
        (item.is_none(), item, question.place)
    });
    Questions {
        contract: subject.contract.name.text.clone(),
        title: subject.contract.heading.title.clone(),
        all,
    }
}

fn question(subject: &Subject<'_>, finding: &Diagnostic) -> Question {
    let place = finding.primary.span;
    let about = asked::item_at(subject, place).map(|item| About {
        item: item.designation.clone(),
        clause: item.clause.as_ref().map(|clause| clause.text.clone()),
        span: item.span,
    });
    Question {
        rule: finding.code,
        about,
        place,
        question: finding.message.clone(),
        today: finding.why.clone(),
        pays_the_same: finding
            .fix
            .as_ref()
            .is_some_and(|fix| fix.safe || fix.title.ends_with(FOR_EXAMPLE)),
        answer: finding.fix.clone(),
        otherwise: finding.help.clone(),
    }
}
