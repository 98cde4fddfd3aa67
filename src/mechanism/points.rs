//! Service points: what a failure costs in points, by bands or by an expression, in the periods in which it is settled.
//!
//! A failure is more than 0 points in a settled period that is not excused. In a run of failures, a period that is not
//! settled or could not be computed is skipped, and an excused period counts as the contract says.

use crate::catalogue;
use crate::diagnostic::Diagnostic;
use crate::ledger::{NoticeKind, StepKind};
use crate::program::{Before, Cause, Comparison, MeasurePlan, NodeId, NoticePlan, Op, Piece};
use crate::quantity::{Exact, Figure, Type};
use crate::syntax::tree::{Points, PointsRepeat, PointsStatement, PointsTerms, Text};
use crate::text::Span;
use crate::typing::{BandsDefault, BandsOf, Context, Domain, Typed};

use super::open_amount::settled_as_fact;
use super::{Worksheet, award, notice::naming};

/// A `points` item while it is being read, for one member of its dimension.
struct Reading<'r> {
    points: &'r Points,
    clause: Option<String>,
    span: Span,
    /// Its name on the statement, with the member.
    name: String,
    /// The measure, if bands decide.
    subject: Option<Typed>,
    /// Conditions that excuse the period.
    excuses: Vec<(NodeId, Span)>,
}

/// The conditions of one month.
struct Month {
    /// Whether a period ends with it; nothing if one ends with every month.
    settled: Option<NodeId>,
    excused: NodeId,
    /// Settled, not excused, and above 0 points.
    failed: NodeId,
    /// Settled, excused, and above 0 points.
    pardoned: NodeId,
    /// The number of failures in a row.
    run: NodeId,
}

/// Checks that nothing else has the name `points` if `total points` is the sum of all points.
pub fn check_names(cx: &mut Context<'_>) {
    let Some(symbol) = cx.symbols.get("points").filter(|_| cx.has_points()) else {
        return;
    };
    let first = cx
        .symbols
        .values()
        .filter(|symbol| symbol.what == catalogue::ItemKind::Points)
        .map(|symbol| symbol.span)
        .min();
    let mut finding = Diagnostic::error(
        "name-of-a-sum",
        symbol.span,
        format!(
            "{} is called `points`, and `total points` is the sum of all service points",
            symbol.what.with_article()
        ),
    )
    .because("a reader could not tell which of the two is meant")
    .help("give it another name, as in `survey_points`");
    if let Some(first) = first {
        finding = finding.and_at(first, "service points are counted here");
    }
    cx.report(finding);
}

/// Reads `points NAME …`. Its name means the points in the months in which they are settled, and 0 in others.
pub fn read(
    cx: &mut Context<'_>,
    sheet: &mut Worksheet,
    points: &Points,
    clause: Option<&Text>,
    span: Span,
) {
    check_stated_once(cx, points);
    let (dimension, values) = cx.each_member(points.dimension.as_ref(), |cx| {
        let mut reading = Reading {
            points,
            clause: clause.map(|clause| clause.text.clone()),
            span,
            name: cx.member_name(&points.name.text),
            subject: None,
            excuses: Vec::new(),
        };
        reading.read(cx)
    });
    sheet.points.extend(values.iter().cloned());
    cx.define(&points.name.text, dimension, &values);
}

/// The sum of all points of the month.
pub fn total(cx: &mut Context<'_>, sheet: &Worksheet, span: Span) {
    if sheet.points.iter().any(Typed::is_unknown) {
        return;
    }
    let kind = unit(cx);
    let nodes = sheet.points.iter().map(|value| value.node).collect();
    let node = cx.sum(nodes, kind.clone(), span);
    let node = cx.stage_fact("points", node, span);
    let mut sum = Typed::new(node, kind, span);
    sum.domain = sheet
        .points
        .iter()
        .map(|value| value.domain.clone())
        .try_fold(None, |sum: Option<Domain>, one| {
            let one = one?;
            Some(Some(match sum {
                None => one,
                Some(sum) => added(&sum, &one),
            }))
        })
        .flatten();
    cx.totals.points = Some(sum);
}

/// The values that can be observed for a sum.
fn added(a: &Domain, b: &Domain) -> Domain {
    let end = |a: &Option<Exact>, b: &Option<Exact>| Some(a.as_ref()?.add(b.as_ref()?));
    Domain {
        least: end(&a.least, &b.least),
        most: end(&a.most, &b.most),
        grid: a.grid.clone().filter(|grid| b.grid.as_ref() == Some(grid)),
    }
}

fn unit(cx: &Context<'_>) -> Type {
    let points = cx.units.find("points");
    points.map_or(Type::Unknown, |points| Type::Quantity(points.into()))
}

fn check_stated_once(cx: &mut Context<'_>, points: &Points) {
    let mut seen: Vec<(&str, Span)> = Vec::new();
    for statement in &points.statements {
        let (word, span) = match statement {
            PointsStatement::Repeated(_, span) => ("repeated", *span),
            PointsStatement::ExcusedBreaks(_, span) => ("the run", *span),
            PointsStatement::NoValueExcused(span) => ("no value", *span),
            PointsStatement::ExcusedWhen(..) | PointsStatement::Grace(..) => continue,
        };
        match seen.iter().find(|(known, _)| *known == word) {
            Some((_, first)) => cx.stated_twice(word, *first, span),
            None => seen.push((word, span)),
        }
    }
}

impl Reading<'_> {
    fn read(&mut self, cx: &mut Context<'_>) -> Typed {
        let table = self.table(cx);
        self.read_excuses(cx);
        if table.is_unknown() {
            return table;
        }
        let kind = table.kind.clone();
        let Some(month) = self.month(cx, &table) else {
            return cx.unknown(self.span);
        };
        let zero = cx.number(0, kind.clone(), self.span);
        let open = match month.settled {
            Some(settled) => cx.node(Op::Not(settled), Type::Flag, self.span),
            None => cx.number(0, Type::Flag, self.span),
        };
        let passed = cx.node(
            Op::Or(Box::new([open, month.excused])),
            Type::Flag,
            self.span,
        );
        let counted = cx.node(Op::If(passed, zero, table.node), kind.clone(), self.span);
        let mut value = Typed::new(counted, kind.clone(), self.points.name.span);
        value.domain = domain(&table);
        if let Some((factor, whole)) = self.factor(cx, &month) {
            value.node = cx.node(Op::Multiply(counted, factor), kind, self.span);
            value.domain = value.domain.map(|domain| Domain {
                most: domain.most.filter(Exact::is_zero),
                least: domain.least.filter(Exact::is_zero),
                grid: domain.grid.filter(|_| whole),
            });
        }
        value.node = cx.graph.alias(value.node, self.span);
        cx.graph.label(
            value.node,
            StepKind::Definition,
            self.name.clone(),
            self.clause.clone(),
        );
        self.show(cx, &value, &month);
        value
    }

    /// The points by bands or expression, whatever the period and its excuses.
    fn table(&mut self, cx: &mut Context<'_>) -> Typed {
        let kind = unit(cx);
        match &self.points.terms {
            PointsTerms::Amount(amount) => {
                let value = cx.expression(amount);
                if self.excuses_no_value() && value.optional {
                    self.subject = Some(value.clone());
                }
                let value = Typed {
                    optional: value.optional && !self.excuses_no_value(),
                    ..value
                };
                cx.demand(value, &kind, "the number of points")
            }
            PointsTerms::Bands(subject, bands) => {
                let subject = cx.expression(subject);
                self.subject = Some(subject.clone());
                let subject = Typed {
                    optional: subject.optional && !self.excuses_no_value(),
                    ..subject
                };
                let of = BandsOf {
                    subject: &subject,
                    what: "the number of points",
                    wanted: Some(kind),
                    default: BandsDefault::Zero,
                };
                let found = cx.bands(&of, bands);
                let values = found.values.iter().map(|value| value.constant.clone());
                let values: Option<Vec<Exact>> = values.chain([Some(Exact::zero())]).collect();
                let mut table = found.value;
                table.domain = values.map(|values| Domain {
                    least: values.iter().min().cloned(),
                    most: values.iter().max().cloned(),
                    grid: Some(Exact::one()).filter(|_| values.iter().all(Exact::is_integer)),
                });
                table
            }
        }
    }

    fn excuses_no_value(&self) -> bool {
        let mut all = self.points.statements.iter();
        all.any(|statement| matches!(statement, PointsStatement::NoValueExcused(_)))
    }

    fn read_excuses(&mut self, cx: &mut Context<'_>) {
        for statement in &self.points.statements {
            match statement {
                PointsStatement::ExcusedWhen(condition, span) => {
                    let value = cx.expression(condition);
                    let value = cx.demand_condition(value, "what excuses a failure");
                    if !value.is_unknown() {
                        self.excuses.push((value.node, *span));
                    }
                }
                PointsStatement::Grace(months, span) => {
                    if let Some(months) = cx.count_of_months(months) {
                        let now = cx.node(Op::MonthOfTerm, Type::Number, *span);
                        let last = cx.number(i64::from(months), Type::Number, *span);
                        let op = Op::Compare(Comparison::AtMost, now, last);
                        let grace = cx.node(op, Type::Flag, *span);
                        // It excuses before any other excuse is looked at.
                        self.excuses.insert(0, (grace, *span));
                    }
                }
                PointsStatement::NoValueExcused(span) => {
                    if let Some(subject) = self.subject.as_ref().filter(|of| of.optional) {
                        let known = cx.node(Op::IsKnown(subject.node), Type::Flag, *span);
                        let unknown = cx.node(Op::Not(known), Type::Flag, *span);
                        self.excuses.push((unknown, *span));
                    }
                }
                PointsStatement::Repeated(..) | PointsStatement::ExcusedBreaks(..) => {}
            }
        }
    }

    /// The month's conditions for the run of failures. If the contract leaves something open, a finding is reported and
    /// nothing is returned.
    fn month(&self, cx: &mut Context<'_>, table: &Typed) -> Option<Month> {
        let span = self.span;
        let settled = award::ends(cx, self.points.every, self.points.every_span);
        let settled = settled_as_fact(cx, settled, span);
        let nodes: Vec<NodeId> = self.excuses.iter().map(|(node, _)| *node).collect();
        let excused = match nodes.as_slice() {
            [] => cx.number(0, Type::Flag, span),
            [one] => *one,
            _ => cx.node(Op::Or(nodes.into()), Type::Flag, span),
        };
        if !self.excuses.is_empty() {
            cx.graph
                .label(excused, StepKind::Condition, "excused", None);
        }
        let excused = cx.fact(span, "excused", excused, Before::Zero);
        let zero = cx.number(0, table.kind.clone(), span);
        let op = Op::Compare(Comparison::Above, table.node, zero);
        let above = cx.node(op, Type::Flag, span);
        let not_excused = cx.node(Op::Not(excused), Type::Flag, span);
        let failed: Vec<NodeId> = settled.into_iter().chain([not_excused, above]).collect();
        let failed = cx.node(Op::And(failed.into()), Type::Flag, span);
        cx.graph.label(
            failed,
            StepKind::Condition,
            format!("{} failed", self.name),
            self.clause.clone(),
        );
        let failed = cx.fact(span, "failed", failed, Before::Zero);
        let no = cx.number(0, Type::Flag, span);
        let above = match table.optional {
            true => cx.node(Op::IfKnown(above, no), Type::Flag, span),
            false => above,
        };
        // Without a value there is nothing to excuse, and the bands need not say what would apply.
        let known = self.subject.as_ref().filter(|of| of.optional);
        let known = known.map(|of| cx.node(Op::IsKnown(of.node), Type::Flag, span));
        let pardoned: Vec<NodeId> = settled
            .into_iter()
            .chain(known)
            .chain([excused, above])
            .collect();
        let pardoned = cx.node(Op::And(pardoned.into()), Type::Flag, span);
        let run = self.run(cx, settled, excused, failed)?;
        Some(Month {
            settled,
            excused,
            failed,
            pardoned,
            run,
        })
    }

    fn run(
        &self,
        cx: &mut Context<'_>,
        settled: Option<NodeId>,
        excused: NodeId,
        failed: NodeId,
    ) -> Option<NodeId> {
        let passed = self.passed_over(cx, settled, excused)?;
        let run = cx.run_length(failed, Some(passed), self.span);
        cx.graph
            .label(run, StepKind::Part, "failures in a row", None);
        Some(run)
    }

    /// The periods that neither break nor extend a run.
    fn passed_over(
        &self,
        cx: &mut Context<'_>,
        settled: Option<NodeId>,
        excused: NodeId,
    ) -> Option<NodeId> {
        let mut said = None;
        let mut repeated = None;
        for statement in &self.points.statements {
            match statement {
                PointsStatement::ExcusedBreaks(breaks, _) => said = Some(*breaks),
                PointsStatement::Repeated(repeat, span) => repeated = Some((repeat, *span)),
                _ => {}
            }
        }
        if let (Some((repeat, span)), None) = (repeated, said)
            && let Some((_, excuse)) = self.excuses.first()
        {
            self.ask_for_the_run(cx, repeat, span, *excuse);
            return None;
        }
        let open = match settled {
            Some(settled) => cx.node(Op::Not(settled), Type::Flag, self.span),
            None => cx.number(0, Type::Flag, self.span),
        };
        Some(match said {
            Some(true) => open,
            _ => cx.node(Op::Or(Box::new([open, excused])), Type::Flag, self.span),
        })
    }

    fn ask_for_the_run(
        &self,
        cx: &mut Context<'_>,
        repeat: &PointsRepeat,
        span: Span,
        excuse: Span,
    ) {
        if cx.member.is_some_and(|(_, member)| member > 0) {
            return;
        }
        let period = period(self.points.every);
        let factor = cx.quote(repeat.factor.span);
        let finding = Diagnostic::error(
            "open-run",
            excuse,
            format!("the contract does not say whether an excused {period} breaks a run of failures"),
        )
        .here("this can excuse one")
        .and_at(span, "failures in a row count more")
        .because(format!(
            "the two readings count differently: after a failure and an excused {period}, a failure of 3 points \
             counts 3 points, or 3 x {factor}"
        ))
        .help(format!(
            "add `excused {period} keeps the run` or `excused {period} breaks the run`"
        ));
        cx.report(finding);
    }

    /// The factor for failures in a row, and whether it is always whole.
    fn factor(&self, cx: &mut Context<'_>, month: &Month) -> Option<(NodeId, bool)> {
        let (repeat, span) =
            self.points
                .statements
                .iter()
                .find_map(|statement| match statement {
                    PointsStatement::Repeated(repeat, span) => Some((repeat, *span)),
                    _ => None,
                })?;
        let by = cx.expression(&repeat.factor);
        cx.refuse_grouped_number(&by);
        let by = cx.demand(by, &Type::Number, "the factor for repeated failure");
        let Some(compounding) = repeat.compounding else {
            ask_for_compounding(cx, &by, span);
            return None;
        };
        let whole = by.constant.as_ref().is_some_and(Exact::is_integer);
        let one = cx.number(1, Type::Number, span);
        let several = if compounding {
            compounded(cx, month, by.node, span)
        } else {
            by.node
        };
        let two = cx.number(2, Type::Number, span);
        let op = Op::Compare(Comparison::AtLeast, month.run, two);
        let again = cx.node(op, Type::Flag, span);
        let again = cx.node(Op::And(Box::new([month.failed, again])), Type::Flag, span);
        let factor = cx.node(Op::If(again, several, one), Type::Number, span);
        cx.graph
            .label(factor, StepKind::Part, "factor for repeated failure", None);
        Some((factor, whole))
    }

    /// Shows the points among the measures, with what they mean in words.
    fn show(&self, cx: &mut Context<'_>, value: &Typed, month: &Month) {
        let measure = MeasurePlan {
            name: self.name.clone(),
            title: self.points.title.as_ref().map(|title| title.text.clone()),
            clause: self.clause.clone(),
            node: value.node,
            span: self.span,
        };
        cx.plan.measures.push(measure);
        let measured = match (&self.points.terms, &self.subject) {
            (PointsTerms::Bands(of, _), Some(subject)) => vec![
                Piece::Text(format!("{} is ", cx.quote(of.span))),
                Piece::Value(subject.node),
            ],
            _ => Vec::new(),
        };
        let and = |mut words: Vec<Piece>, more: Vec<Piece>| {
            if !words.is_empty() {
                words.push(Piece::Text(": ".to_owned()));
            }
            words.extend(more);
            words
        };
        let mut ordinary = month.failed;
        let repeated = |one: &PointsStatement| matches!(one, PointsStatement::Repeated(..));
        if self.points.statements.iter().any(repeated) {
            let two = cx.number(2, Type::Number, self.span);
            let op = Op::Compare(Comparison::AtLeast, month.run, two);
            let again = cx.node(op, Type::Flag, self.span);
            let once = cx.node(Op::Not(again), Type::Flag, self.span);
            let both = |node| Op::And(Box::new([month.failed, node]));
            let repeated = cx.node(both(again), Type::Flag, self.span);
            ordinary = cx.node(both(once), Type::Flag, self.span);
            let text = vec![
                Piece::Value(value.node),
                Piece::Text(", as failure ".to_owned()),
                Piece::Value(month.run),
                Piece::Text(" in a row".to_owned()),
            ];
            let text = and(measured.clone(), text);
            self.notice(cx, NoticeKind::Missed, repeated, text);
        }
        let text = and(measured.clone(), vec![Piece::Value(value.node)]);
        self.notice(cx, NoticeKind::Missed, ordinary, text);
        for (when, reason) in naming(cx, month.pardoned, &self.excuses) {
            let words = format!("no points, because the contract says `{reason}`");
            let text = and(measured.clone(), vec![Piece::Text(words)]);
            self.notice(cx, NoticeKind::Excused, when, text);
        }
    }

    fn notice(&self, cx: &mut Context<'_>, kind: NoticeKind, when: NodeId, text: Vec<Piece>) {
        cx.plan.notices.push(NoticePlan {
            kind,
            name: self.name.clone(),
            when,
            text,
            clause: self.clause.clone(),
            span: self.span,
        });
    }
}

/// The factor that each further failure in a row multiplies again. A month that could not be computed leaves it
/// unchanged.
fn compounded(cx: &mut Context<'_>, month: &Month, by: NodeId, span: Span) -> NodeId {
    let series = cx.new_series();
    let one = cx.number(1, Type::Number, span);
    let before = cx.node(Op::Previous(series, Some(one)), Type::Number, span);
    let more = cx.node(Op::Multiply(before, by), Type::Number, span);
    let first = cx.number(1, Type::Number, span);
    let op = Op::Compare(Comparison::Is, month.run, first);
    let begins = cx.node(op, Type::Flag, span);
    let failed = cx.node(Op::If(begins, one, more), Type::Number, span);
    let now = cx.node(Op::If(month.failed, failed, before), Type::Number, span);
    let now = cx.node(Op::Recover(now, Cause::Any, before), Type::Number, span);
    cx.graph.bind_series(series, now);
    now
}

fn ask_for_compounding(cx: &mut Context<'_>, by: &Typed, span: Span) {
    if cx.member.is_some_and(|(_, member)| member > 0) {
        return;
    }
    let shown = |factor: Exact| Figure::new(factor.multiply(&Exact::from_integer(3)), unit(cx));
    let readings = match &by.constant {
        Some(by) => format!(
            "a third failure in a row, of 3 points, counts {}, or {} if the factor compounds",
            shown(by.clone()),
            shown(by.multiply(by))
        ),
        None => "from the third failure in a row on, the two readings count differently".to_owned(),
    };
    let text = cx.quote(span);
    let finding = Diagnostic::error(
        "open-compounding",
        span,
        "the contract does not say whether the factor multiplies again with each further failure in a row",
    )
    .because(readings)
    .help(format!(
        "write `{text}, not compounding` or `{text}, compounding`"
    ));
    cx.report(finding);
}

/// The values that can be observed for the points of a month: the points of the table, or none.
fn domain(table: &Typed) -> Option<Domain> {
    table
        .domain
        .clone()
        .map(|domain| domain.or_value(&Exact::zero()))
}

fn period(every: crate::syntax::tree::Every) -> &'static str {
    use crate::syntax::tree::Every;
    match every {
        Every::Month => "month",
        Every::Quarter => "quarter",
        Every::ContractYear | Every::CalendarYear => "year",
    }
}
