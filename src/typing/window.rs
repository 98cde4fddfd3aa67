//! Values of earlier months: windows, the previous month, and runs of months.

use crate::catalogue;
use crate::diagnostic::Diagnostic;
use crate::ledger::{NoticeKind, StepKind};
use crate::program::{self, Comparison, NodeId, NoticePlan, Op, Piece, SeriesId, WindowMonths};
use crate::quantity::Type;
use crate::syntax::tree::{Expr, ExprKind, Fold, Months, Path, Window, WindowKind};
use crate::text::Span;

use super::{Context, SymbolValue, Typed, adds_up};

impl Context<'_> {
    pub(super) fn window(&mut self, fold: Fold, of: &Expr, window: &Window, span: Span) -> Typed {
        let months = self.window_months(&window.kind);
        let Some(months) = months else {
            return self.unknown(span);
        };
        let Some((series, value)) = self.series_for(of, !reads_this_month(months)) else {
            return self.unknown(span);
        };
        self.tell_short_history(series, months, span);
        if fold == Fold::Count {
            let value = self.demand_condition(value, "what is counted");
            if value.is_unknown() {
                return value;
            }
            let node = self.node(
                Op::Window(series, program::Fold::Sum, months),
                Type::Number,
                span,
            );
            let mut typed = Typed::new(node, Type::Number, span);
            typed.literal = true;
            return typed;
        }
        if value.kind == Type::Flag {
            let text = self.quote(of.span);
            self.report(
                Diagnostic::error(
                    "not-a-number",
                    of.span,
                    format!("`{text}` is a condition and has no sum or average"),
                )
                .help(format!(
                    "write `count of {text} over …` for the number of months in which it is met"
                )),
            );
            return self.unknown(span);
        }
        let fold = match fold {
            Fold::Sum | Fold::Count => program::Fold::Sum,
            Fold::Average => program::Fold::Average,
            Fold::Least => program::Fold::Least,
            Fold::Greatest => program::Fold::Greatest,
        };
        let node = self.node(Op::Window(series, fold, months), value.kind.clone(), span);
        let words = self.quote(span);
        self.graph.label(node, StepKind::Part, words, None);
        let mut typed = Typed::new(node, value.kind, span);
        typed.ratio = value.ratio;
        typed
    }

    /// `charges of the quarter`: the sum over the named months, up to this one. A metric is computed from summed
    /// counts.
    pub(super) fn of_months(&mut self, of: &Expr, months: &Months, span: Span) -> Typed {
        if let ExprKind::Name(path) = &of.kind
            && self.is_metric(path)
        {
            return self.metric_of_months(path, months, span);
        }
        let Months::Over(window, _) = months else {
            let value = self.expression(of);
            return Typed { span, ..value };
        };
        let value = self.expression(of);
        if value.is_unknown() {
            return value;
        }
        if !adds_up(&value.kind) {
            let text = self.quote(of.span);
            let finding = Diagnostic::error(
                "not-summed",
                of.span,
                format!(
                    "`{text}` is {}, which does not add up over several months",
                    value.kind
                ),
            )
            .help(format!(
                "say how to combine its months: `average of {text} over {}`",
                window_words(&window.kind)
            ));
            self.report(finding);
            return self.unknown(span);
        }
        self.window(Fold::Sum, of, window, span)
    }

    /// A notice for the first months, in which a window has fewer months than it names.
    fn tell_short_history(&mut self, series: SeriesId, months: WindowMonths, span: Span) {
        let (WindowMonths::Last(wanted) | WindowMonths::Previous(wanted)) = months else {
            return;
        };
        let item = self.member_name(&self.item.clone());
        let known =
            |notice: &NoticePlan| notice.kind == NoticeKind::ShortHistory && notice.name == item;
        if wanted < 2 || item.is_empty() || self.plan.notices.iter().any(known) {
            return;
        }
        let used = self.node(Op::MonthsIn(series, months), Type::Number, span);
        let enough = self.number(i64::from(wanted), Type::Number, span);
        let short = self.node(
            Op::Compare(Comparison::Below, used, enough),
            Type::Flag,
            span,
        );
        let words = self.quote(span);
        self.plan.notices.push(NoticePlan {
            kind: NoticeKind::ShortHistory,
            name: item,
            when: short,
            text: vec![
                Piece::Text(format!("`{words}` had ")),
                Piece::Value(used),
                Piece::Text(format!(" of {wanted} months")),
            ],
            clause: None,
            span,
        });
    }

    fn window_months(&mut self, kind: &WindowKind) -> Option<WindowMonths> {
        Some(match kind {
            WindowKind::Last(count) => WindowMonths::Last(self.count_of_months(count)?),
            WindowKind::Previous(count) => WindowMonths::Previous(self.count_of_months(count)?),
            WindowKind::ContractYear => WindowMonths::ContractYear,
            WindowKind::CalendarYear => WindowMonths::CalendarYear,
            WindowKind::CalendarQuarter => WindowMonths::CalendarQuarter,
            WindowKind::Term => WindowMonths::Term,
        })
    }

    /// A number of months, as the contract writes it.
    pub fn count_of_months(&mut self, count: &Expr) -> Option<u32> {
        let value = self.expression(count);
        self.demand_count(&value, "the number of months")
    }

    pub(super) fn previous(&mut self, of: &Expr, at_first: Option<&Expr>, span: Span) -> Typed {
        let Some((series, value)) = self.series_for(of, true) else {
            return self.unknown(span);
        };
        let first = at_first.map(|first| {
            let first = self.expression(first);
            self.demand(first, &value.kind, "the value for the first month")
        });
        let node = self.node(
            Op::Previous(series, first.map(|first| first.node)),
            value.kind.clone(),
            span,
        );
        let mut typed = Typed::new(node, value.kind, span);
        typed.optional = value.optional;
        typed.ratio = value.ratio;
        typed
    }

    pub(super) fn in_a_row(&mut self, condition: &Expr, span: Span) -> Typed {
        let value = self.expression(condition);
        let value = self.demand_condition(value, "what is counted");
        if value.is_unknown() {
            return value;
        }
        // Earlier months that could not be computed are skipped, but this month's condition has to be known.
        let series = self.new_series();
        self.run_in(series, value.node, None, span);
        let node = self.run_with_this_month(series, value.node, None, span);
        let mut typed = Typed::new(node, Type::Number, span);
        typed.literal = true;
        typed
    }

    /// The number of months in a row, up to this one, that met the condition. A month in which `skipped` is true, or
    /// that could not be computed, neither breaks nor extends the run.
    pub fn run_length(&mut self, holds: NodeId, skipped: Option<NodeId>, span: Span) -> NodeId {
        let series = self.new_series();
        self.run_in(series, holds, skipped, span)
    }

    /// The same, kept in the given series, which this binds.
    pub fn run_in(
        &mut self,
        series: SeriesId,
        holds: NodeId,
        skipped: Option<NodeId>,
        span: Span,
    ) -> NodeId {
        let run = self.run_with_this_month(series, holds, skipped, span);
        let zero = self.number(0, Type::Number, span);
        let before = self.node(Op::Previous(series, Some(zero)), Type::Number, span);
        let run = self.node(
            Op::Recover(run, program::Cause::Any, before),
            Type::Number,
            span,
        );
        self.graph.bind_series(series, run);
        run
    }

    /// The run over the earlier months in the series and this month. It is a fault if this month's condition is one.
    fn run_with_this_month(
        &mut self,
        series: SeriesId,
        holds: NodeId,
        skipped: Option<NodeId>,
        span: Span,
    ) -> NodeId {
        let zero = self.number(0, Type::Number, span);
        let one = self.number(1, Type::Number, span);
        let before = self.node(Op::Previous(series, Some(zero)), Type::Number, span);
        let longer = self.node(Op::Sum(Box::new([before, one])), Type::Number, span);
        let run = self.node(Op::If(holds, longer, zero), Type::Number, span);
        match skipped {
            Some(skipped) => self.node(Op::If(skipped, before, run), Type::Number, span),
            None => run,
        }
    }

    /// The series of an expression's values. If a name is not computed yet, only its earlier months can be read.
    fn series_for(&mut self, of: &Expr, earlier_only: bool) -> Option<(SeriesId, Typed)> {
        if let (ExprKind::Name(path), true) = (&of.kind, earlier_only)
            && let Some(found) = self.later_series(path)
        {
            return Some(found);
        }
        let value = self.expression(of);
        if value.is_unknown() {
            return None;
        }
        let series = self.series_of(value.node);
        Some((series, value))
    }

    fn later_series(&mut self, path: &Path) -> Option<(SeriesId, Typed)> {
        let member = self.member.map_or(0, |(_, member)| member);
        let symbol = self.symbols.get(&path.name.text)?;
        if symbol.value != SymbolValue::Later {
            return None;
        }
        let (kind, optional, declared) = (symbol.kind.clone(), symbol.optional, symbol.span);
        self.refer(path.name.span, declared);
        if kind == Type::Unknown {
            let name = &path.name.text;
            self.report(
                Diagnostic::error(
                    "undeclared-type",
                    path.span,
                    format!(
                        "`{name}` refers to its own earlier months, so its type must be declared"
                    ),
                )
                .and_at(declared, "declared here without a type")
                .help(format!(
                    "write what it counts in: `let {name} : points = …`"
                )),
            );
            return None;
        }
        let series = self.earlier_series(&path.name.text.clone(), member);
        let node = self.node(Op::Previous(series, None), kind.clone(), path.span);
        let mut typed = Typed::new(node, kind, path.span);
        typed.optional = optional;
        Some((series, typed))
    }

    /// The series that will hold the values of a name. It is made before the name is computed.
    pub fn earlier_series(&mut self, name: &str, member: usize) -> SeriesId {
        let fresh = self.graph.new_series();
        match self.symbols.get_mut(name) {
            Some(symbol) => {
                symbol.used = true;
                let known = self.earlier.entry(name.to_owned()).or_default();
                *known.entry(member).or_insert(fresh)
            }
            None => fresh,
        }
    }

    /// Gives a name its values, and binds the series that read its earlier months.
    pub fn define(&mut self, name: &str, members: Option<usize>, values: &[Typed]) {
        let nodes: Vec<NodeId> = values.iter().map(|value| value.node).collect();
        let nodes = self.value_facts(name, members, nodes);
        let Some(symbol) = self.symbols.get_mut(name) else {
            return;
        };
        if symbol.what != catalogue::ItemKind::Let {
            self.not_fixed.extend(&nodes);
        }
        let values: Vec<Typed> = values
            .iter()
            .zip(&nodes)
            .map(|(value, node)| Typed {
                node: *node,
                ..value.clone()
            })
            .collect();
        *symbol = symbol.clone().with_values(members, &values);
        for (member, id) in self.earlier.get(name).into_iter().flatten() {
            if let Some(node) = nodes.get(*member) {
                self.graph.bind_series(*id, *node);
            }
        }
    }
}

fn window_words(kind: &WindowKind) -> &'static str {
    match kind {
        WindowKind::Last(_) | WindowKind::Previous(_) => "last 12 months",
        WindowKind::ContractYear => "contract year",
        WindowKind::CalendarYear => "calendar year",
        WindowKind::CalendarQuarter => "calendar quarter",
        WindowKind::Term => "term",
    }
}

fn reads_this_month(months: WindowMonths) -> bool {
    match months {
        WindowMonths::Previous(_)
        | WindowMonths::ContractYearBefore
        | WindowMonths::CalendarQuarterBefore
        | WindowMonths::CalendarYearBefore
        | WindowMonths::TermBefore => false,
        WindowMonths::Last(_)
        | WindowMonths::ContractYear
        | WindowMonths::CalendarYear
        | WindowMonths::CalendarQuarter
        | WindowMonths::Term => true,
    }
}
