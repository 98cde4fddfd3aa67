//! Verdicts and stories from what the search found.

use crate::ledger::{LineKind, Statement};
use crate::program::{LinePlan, NodeId, Op};
use crate::quantity::{Exact, Figure, Type};

use super::prover::Prover;
use super::question::Question;
use super::replay::Case;
use super::sheet::needed;
use super::verdict::{CourseMonth, Method, Other, Outcome, Story, StoryFigure, StoryLine, Verdict};
use super::witness::{Unusual, Witness, unusual};

impl Prover<'_> {
    /// An amount in the invoice's currency.
    #[must_use]
    pub fn money(&self, amount: &Exact) -> Figure {
        let kind = self.contract.currency.map_or(Type::Number, Type::money);
        Figure::new(amount.clone(), kind)
    }

    /// The lines of that kind.
    pub(super) fn lines(&self, kind: LineKind) -> impl Iterator<Item = &LinePlan> {
        let all = self.program.plan.lines.iter();
        all.filter(move |line| line.kind == kind)
    }

    /// The amounts of the lines of that kind.
    pub(super) fn amounts(&self, kind: LineKind) -> Vec<NodeId> {
        self.lines(kind).map(|line| line.amount).collect()
    }

    /// By how much roundings alone can move a month: a smallest amount for each line.
    pub(super) fn rounding_slack(&self) -> Exact {
        let lines = i64::try_from(self.program.plan.lines.len()).unwrap_or(i64::MAX);
        let smallest = self
            .program
            .plan
            .currency
            .map_or_else(Exact::one, |currency| currency.minor_unit());
        smallest.multiply(&Exact::from_integer(lines.max(1)))
    }

    /// What is assumed of the figures that these values are made of.
    #[must_use]
    pub fn assumptions(&self, nodes: &[NodeId]) -> Vec<String> {
        let made_of = needed(self.program, nodes);
        let read = self.program.nodes.iter().zip(made_of);
        let mut columns: Vec<usize> = read
            .filter(|(_, is_needed)| *is_needed)
            .filter_map(|(node, _)| match node.op {
                Op::Input(slot) => Some(slot.0 as usize),
                _ => None,
            })
            .collect();
        columns.sort_unstable();
        columns.dedup();
        let hidden: Vec<usize> = self
            .space
            .ratios
            .values()
            .map(|ratio| ratio.slot.0 as usize)
            .collect();
        columns.retain(|column| !hidden.contains(column));
        columns
            .into_iter()
            .filter_map(|at| self.space.columns.get(at)?.assumed.clone())
            .collect()
    }

    /// Whether the contract states no range for a column of the data.
    #[must_use]
    pub fn is_range_assumed(&self, name: &str) -> bool {
        let slots = self.program.plan.slots.iter().zip(&self.space.columns);
        slots
            .filter(|(slot, _)| slot.name == name)
            .any(|(_, column)| column.assumed.is_some())
    }

    /// A verdict without a story.
    pub(super) fn verdict(
        &self,
        question: Question,
        outcome: Outcome,
        method: Method,
        answer: impl Into<String>,
    ) -> Verdict {
        Verdict {
            question,
            about: None,
            outcome,
            answer: answer.into(),
            method,
            assumptions: Vec::new(),
            story: None,
            course: Vec::new(),
            steps: 0,
        }
    }

    /// Something that holds, on the assumptions that it needs.
    pub(super) fn proved(
        &self,
        question: Question,
        method: Method,
        nodes: &[NodeId],
        answer: impl Into<String>,
    ) -> Verdict {
        let assumptions = self.assumptions(nodes);
        let outcome = if assumptions.is_empty() {
            Outcome::Proved
        } else {
            Outcome::ProvedIf
        };
        Verdict {
            assumptions,
            ..self.verdict(question, outcome, method, answer)
        }
    }

    /// A question about something that the contract does not have.
    pub(super) fn without(&self, question: Question, answer: &str) -> Verdict {
        self.verdict(question, Outcome::NotApplicable, Method::Text, answer)
    }

    /// The story of a month, with the copy of it that it is compared with.
    #[must_use]
    pub fn story(&self, witness: &Witness, compared: Option<usize>) -> Option<Story> {
        let statements = witness.statements(self);
        let own = statements.first()?.last()?;
        let other = compared.and_then(|copy| {
            let other = statements.get(copy)?.last()?;
            let before = witness.unusual(self, 0);
            let figures = witness.unusual(self, copy);
            let figures = figures.into_iter().filter(|figure| {
                !before
                    .iter()
                    .any(|one| one.name == figure.name && one.value == figure.value)
            });
            Some(Box::new(Other {
                figures: figures.map(figure).collect(),
                total: self.money(&other.total),
            }))
        });
        let count = witness.before.months;
        let before = (count > 0).then(|| {
            let kind = if witness.before.usual {
                "usual"
            } else {
                "such"
            };
            match count {
                1 => format!("after one {kind} month"),
                _ => format!("after {count} {kind} months"),
            }
        });
        Some(Story {
            month: own.month,
            before,
            figures: witness.unusual(self, 0).into_iter().map(figure).collect(),
            lines: self.story_lines(own),
            total: self.money(&own.total),
            other,
        })
    }

    /// Months in a row, with those of a second course that is compared with them.
    #[must_use]
    pub(super) fn course(&self, cases: &[Case]) -> Vec<CourseMonth> {
        let mut evaluator = self.evaluator.borrow_mut();
        let all: Option<Vec<Vec<Statement>>> = cases
            .iter()
            .map(|case| case.statements(&mut evaluator, &self.space, false))
            .collect();
        let Some(all) = all else { return Vec::new() };
        let figures = |course: usize, at: usize| -> Vec<StoryFigure> {
            let own = cases.get(course).and_then(|case| case.of(at));
            let own = own.map(|own| unusual(self, own, false)).unwrap_or_default();
            own.into_iter()
                .filter(|one| one.usual.is_some())
                .map(figure)
                .collect()
        };
        let first = all.first().map(Vec::as_slice).unwrap_or_default();
        let months = first.iter().enumerate().map(|(at, statement)| {
            let own = figures(0, at);
            let other = all
                .get(1)
                .and_then(|other| other.get(at))
                .map(|statement| Other {
                    figures: figures(1, at)
                        .into_iter()
                        .filter(|one| !own.contains(one))
                        .collect(),
                    total: self.money(&statement.total),
                });
            CourseMonth {
                month: statement.month,
                total: self.money(&statement.total),
                other,
                figures: own,
            }
        });
        months.collect()
    }

    fn story_lines(&self, statement: &Statement) -> Vec<StoryLine> {
        let lines = statement.lines.iter().filter(|line| !line.amount.is_zero());
        lines
            .map(|line| StoryLine {
                kind: line.kind,
                name: line.name.clone(),
                amount: self.money(&line.amount),
            })
            .collect()
    }
}

fn figure(unusual: Unusual) -> StoryFigure {
    let words = |figure: &Figure| {
        if unusual.is_flag {
            let yes = !figure.value.is_zero();
            return if yes { "yes" } else { "no" }.to_owned();
        }
        figure.to_string()
    };
    StoryFigure {
        value: words(&unusual.value),
        usual: unusual.usual.as_ref().map(words),
        name: unusual.name,
    }
}
