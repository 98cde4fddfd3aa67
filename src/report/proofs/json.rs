//! Proofs for programs, described by `docs/schema/proofs.schema.json`.

use serde::Serialize;

use crate::prove::{Other, Story, StoryFigure, Verdict};
use crate::report::escape::json::pretty;

use super::ContractProofs;

#[derive(Serialize)]
struct Document<'p> {
    contract: &'p str,
    file: &'p str,
    currency: Option<String>,
    budget: u64,
    verdicts: Vec<OneVerdict<'p>>,
}

#[derive(Serialize)]
struct OneVerdict<'p> {
    question: &'static str,
    words: &'static str,
    about: Option<&'p str>,
    outcome: &'static str,
    answer: &'p str,
    method: &'static str,
    assumptions: &'p [String],
    steps: u64,
    story: Option<OneStory<'p>>,
    course: Vec<OneMonth<'p>>,
}

#[derive(Serialize)]
struct OneMonth<'p> {
    month: String,
    figures: Vec<OneFigure<'p>>,
    total: String,
    other: Option<Compared<'p>>,
}

#[derive(Serialize)]
struct OneStory<'p> {
    month: String,
    before: Option<&'p str>,
    figures: Vec<OneFigure<'p>>,
    lines: Vec<OneLine<'p>>,
    total: String,
    other: Option<Compared<'p>>,
}

#[derive(Serialize)]
struct OneFigure<'p> {
    name: &'p str,
    value: &'p str,
    usual: Option<&'p str>,
}

#[derive(Serialize)]
struct OneLine<'p> {
    kind: &'static str,
    name: &'p str,
    amount: String,
}

#[derive(Serialize)]
struct Compared<'p> {
    figures: Vec<OneFigure<'p>>,
    total: String,
}

/// All verdicts as one JSON document.
#[must_use]
pub fn render(all: ContractProofs<'_>) -> String {
    let proofs = all.proofs;
    pretty(&Document {
        contract: &proofs.contract,
        file: all.file,
        currency: proofs.currency.map(|currency| currency.code().to_owned()),
        budget: proofs.budget,
        verdicts: proofs.verdicts.iter().map(one).collect(),
    })
}

fn one(verdict: &Verdict) -> OneVerdict<'_> {
    OneVerdict {
        question: verdict.question.id(),
        words: verdict.question.words(),
        about: verdict.about.as_deref(),
        outcome: verdict.outcome.key(),
        answer: &verdict.answer,
        method: verdict.method.key(),
        assumptions: &verdict.assumptions,
        steps: verdict.steps,
        story: verdict.story.as_ref().map(story),
        course: verdict
            .course
            .iter()
            .map(|one| OneMonth {
                month: one.month.to_string(),
                figures: figures(&one.figures),
                total: one.total.value.to_string(),
                other: one.other.as_ref().map(compared),
            })
            .collect(),
    }
}

fn story(story: &Story) -> OneStory<'_> {
    OneStory {
        month: story.month.to_string(),
        before: story.before.as_deref(),
        figures: figures(&story.figures),
        lines: story
            .lines
            .iter()
            .map(|line| OneLine {
                kind: line.kind.key(),
                name: &line.name,
                amount: line.amount.value.to_string(),
            })
            .collect(),
        total: story.total.value.to_string(),
        other: story.other.as_deref().map(compared),
    }
}

fn compared(other: &Other) -> Compared<'_> {
    Compared {
        figures: figures(&other.figures),
        total: other.total.value.to_string(),
    }
}

fn figures(all: &[StoryFigure]) -> Vec<OneFigure<'_>> {
    let each = all.iter().map(|figure| OneFigure {
        name: &figure.name,
        value: &figure.value,
        usual: figure.usual.as_deref(),
    });
    each.collect()
}
