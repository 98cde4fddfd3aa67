//! Several months in a row, written out from the beginning of the term: what failing in one of them does to all of them.
//!
//! The KPIs vary; all other figures are as usual. That is an assumption of each verdict, and makes the search short.

use crate::calendar::Month;
use crate::program::NodeId;
use crate::quantity::Exact;

use super::past::Past;
use super::prover::Prover;
use super::query::Query;
use super::range::Range;
use super::replay::{Case, Figures};
use super::search::{Axis, Budget, Goal, least};
use super::sheet::{MonthOf, Placed, Sheet, Source, needed};

/// Writes a value, from the places of the values by course, month and position; also gets the places of the figure that
/// differs, in the first and in the second course.
pub type WriteRoot<'a> =
    dyn Fn(&mut Sheet<'_>, &[Vec<Vec<NodeId>>], Option<(NodeId, NodeId)>) -> NodeId + 'a;

/// The same value from what the evaluator gives, by course, month and position.
pub type ReadRoot<'a> = dyn Fn(&[Vec<Vec<Exact>>]) -> Option<Exact> + 'a;

/// A question about several months in a row, and a second course of them in which one figure of one month is another.
pub struct Course<'a> {
    /// The values of the program that are read in each month.
    pub nodes: &'a [NodeId],
    /// The figures that vary.
    pub varied: &'a [Source],
    /// How many months.
    pub months: usize,
    /// The figure of the second course that is another, and in which month.
    pub other: Option<(Source, usize)>,
    /// Writes what is to be least.
    pub root: &'a WriteRoot<'a>,
    /// The same, from the values that the evaluator gives.
    pub value: &'a ReadRoot<'a>,
    /// When to stop.
    pub goal: Goal,
}

/// What is known of it.
#[derive(Clone, Debug)]
pub struct CourseAnswer {
    /// It is never below this; nothing if that is not known.
    pub bound: Option<Exact>,
    /// The least that the evaluator computed, with the courses of months.
    pub found: Option<(Exact, Vec<Case>)>,
    /// How many operations that took.
    pub steps: u64,
}

impl Prover<'_> {
    /// The first month of the term.
    #[must_use]
    pub fn first_month(&self) -> Month {
        let term = self.program.plan.term;
        term.map_or_else(
            || {
                self.kinds
                    .first()
                    .copied()
                    .unwrap_or_else(|| Month::of(crate::calendar::Date::constant(2026, 1, 1)))
            },
            |term| Month::of(term.first),
        )
    }

    /// The least of what is asked for over courses of months.
    #[must_use]
    pub fn least_course(&self, course: &Course<'_>) -> CourseAnswer {
        let mut budget = Budget::of(self.budget);
        let wanted = needed(self.program, course.nodes);
        let mut sheet = Sheet::new(self.program, &self.space);
        let usual = self.held(&mut sheet, course.varied);
        let mut courses = vec![self.written(&mut sheet, &wanted, course, &usual, None)];
        let mut differing = None;
        if let Some((source, month)) = course.other {
            courses.push(self.written(&mut sheet, &wanted, course, &usual, Some((source, month))));
            let own = |copy: u8| sheet.figure_at(source, month, copy);
            differing = own(0).zip(own(1));
        }
        let root = (course.root)(&mut sheet, &courses, differing);
        let axes: Vec<Axis> = sheet
            .variables
            .iter()
            .map(|variable| Axis {
                range: variable.range.clone(),
                step: variable.step.clone(),
                usual: self.usual(variable.source),
            })
            .collect();
        let figures: Vec<Range> = axes.iter().map(|axis| axis.range.clone()).collect();
        let query = Query::of(&sheet.ops, root, &figures);
        let known = least(&query, &axes, &course.goal, &mut budget);
        let found = known.best.and_then(|(_, point)| {
            let cases = self.cases(&sheet, &point, course);
            let value = self.course_value(&cases, course)?;
            Some(self.plainer(value, cases, course))
        });
        CourseAnswer {
            bound: known.bound,
            found,
            steps: budget.used,
        }
    }

    /// The figures that do not vary, at their usual values.
    fn held(&self, sheet: &mut Sheet<'_>, varied: &[Source]) -> Vec<(Source, NodeId)> {
        let all = self.sources().into_iter();
        all.filter(|source| !varied.contains(source))
            .map(|source| (source, sheet.number(self.usual(source))))
            .collect()
    }

    fn written(
        &self,
        sheet: &mut Sheet<'_>,
        wanted: &[bool],
        course: &Course<'_>,
        usual: &[(Source, NodeId)],
        other: Option<(Source, usize)>,
    ) -> Vec<Vec<NodeId>> {
        let mut past: Vec<Placed> = Vec::new();
        let mut reads = Vec::new();
        for at in 0..course.months {
            let own: Vec<Source> = other
                .filter(|(_, month)| *month == at)
                .map(|(source, _)| source)
                .into_iter()
                .collect();
            let month = self.first_month().plus(i32::try_from(at).unwrap_or(0));
            let placed = sheet.month(
                wanted,
                &MonthOf {
                    month,
                    at,
                    copy: u8::from(other.is_some()),
                    own: &own,
                    replaced: usual,
                    past: Past::Written(&past),
                },
            );
            let of = |node: &NodeId| {
                placed
                    .get(node.0 as usize)
                    .copied()
                    .flatten()
                    .unwrap_or(*node)
            };
            reads.push(course.nodes.iter().map(of).collect());
            past.push(placed);
        }
        reads
    }

    fn cases(&self, sheet: &Sheet<'_>, point: &[Exact], course: &Course<'_>) -> Vec<Case> {
        let case = |copy: u8| {
            let months = (0..course.months)
                .map(|at| Figures::found(&self.space, &sheet.variables, point, at, copy));
            Case {
                first: self.first_month(),
                figures: months.collect(),
                length: course.months,
            }
        };
        let mut cases = vec![case(0)];
        if course.other.is_some() {
            cases.push(case(1));
        }
        cases
    }

    fn course_value(&self, cases: &[Case], course: &Course<'_>) -> Option<Exact> {
        let mut evaluator = self.evaluator.borrow_mut();
        let values: Option<Vec<Vec<Vec<Exact>>>> = cases
            .iter()
            .map(|case| case.each_month(&mut evaluator, &self.space, course.nodes))
            .collect();
        (course.value)(&values?)
    }

    /// The same with as many figures as usual as possible, month by month, while the value is as low.
    fn plainer(&self, value: Exact, cases: Vec<Case>, course: &Course<'_>) -> (Exact, Vec<Case>) {
        let (mut value, mut best) = (value, cases);
        for month in 0..course.months {
            for source in course.varied {
                let mut tried = best.clone();
                let usual = self.usual(*source);
                for (at, case) in tried.iter_mut().enumerate() {
                    let is_other = at == 1 && course.other == Some((*source, month));
                    if let Some(figures) = case.figures.get_mut(month).filter(|_| !is_other) {
                        figures.set(*source, usual.clone());
                    }
                }
                if tried == best {
                    continue;
                }
                if let Some(other) = self
                    .course_value(&tried, course)
                    .filter(|other| *other <= value)
                {
                    (value, best) = (other, tried);
                }
            }
        }
        (value, best)
    }
}
