//! Questions for programs: `docs/schema/questions.schema.json`.

use serde::Serialize;

use crate::report::escape::json::pretty;

use crate::diagnostic::Edit;
use crate::report::wire::Place;
use crate::review::Question;
use crate::text::Sources;

use super::{ContractQuestions, words};

#[derive(Serialize)]
struct Document<'q> {
    contracts: Vec<Contract<'q>>,
}

#[derive(Serialize)]
struct Contract<'q> {
    contract: &'q str,
    title: Option<&'q str>,
    file: &'q str,
    questions: Vec<Wire<'q>>,
}

#[derive(Serialize)]
pub(in crate::report) struct Wire<'q> {
    rule: &'q str,
    clause: Option<&'q str>,
    item: Option<&'q str>,
    place: Place,
    question: &'q str,
    today: &'q [String],
    answer: Option<Answer<'q>>,
    otherwise: &'q [String],
}

#[derive(Serialize)]
struct Answer<'q> {
    title: &'q str,
    pays_the_same: bool,
    edits: Vec<Insertion<'q>>,
}

/// An edit: `text` replaces the text from `start` to `end`. Both are bytes of the file, counted from 0.
#[derive(Serialize)]
struct Insertion<'q> {
    place: Place,
    start: u32,
    end: u32,
    text: &'q str,
    words: &'q str,
}

/// The questions of all contracts as one JSON document.
#[must_use]
pub fn render(all: &[ContractQuestions<'_>]) -> String {
    let contracts = all.iter().map(|contract| Contract {
        contract: &contract.questions.contract,
        title: contract.questions.title.as_deref(),
        file: contract.file,
        questions: contract
            .questions
            .all
            .iter()
            .map(|question| wire(question, contract.sources))
            .collect(),
    });
    let document = Document {
        contracts: contracts.collect(),
    };
    pretty(&document)
}

/// A question as it is serialised.
pub(in crate::report) fn wire<'q>(question: &'q Question, sources: &Sources) -> Wire<'q> {
    let about = question.about.as_ref();
    Wire {
        rule: question.rule,
        clause: about.and_then(|about| about.clause.as_deref()),
        item: about.map(|about| about.item.as_str()),
        place: Place::of(question.place, sources),
        question: &question.question,
        today: &question.today,
        answer: answer(question, sources),
        otherwise: &question.otherwise,
    }
}

fn answer<'q>(question: &'q Question, sources: &Sources) -> Option<Answer<'q>> {
    let fix = question.answer.as_ref()?;
    let insertion = |edit: &'q Edit| Insertion {
        place: Place::of(edit.span, sources),
        start: edit.span.start,
        end: edit.span.end,
        text: &edit.text,
        words: words(edit),
    };
    Some(Answer {
        title: &fix.title,
        pays_the_same: question.pays_the_same,
        edits: fix.edits.iter().map(insertion).collect(),
    })
}
