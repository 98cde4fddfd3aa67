//! Values over several months: what a name is over time, and a formula whose counts are summed.
//!
//! A metric of the quarter is its formula, in which every amount, count and duration is the sum over the months. While
//! such a formula is read, names mean those sums ([`Context::summing`]). [`Context::refused`] records what does not add
//! up, and the value is unknown.

use crate::catalogue;
use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::program::{Fold, NodeId, Op, SeriesId, WindowMonths};
use crate::quantity::Type;
use crate::syntax::tree::{Builtin, Expr, ExprKind, Months, Path, Window, WindowKind};
use crate::text::Span;

use super::{Context, Symbol, Typed};

/// The behaviour of an expression over time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OverTime {
    /// The same in every month, except for dates that are written in it.
    #[default]
    Fixed,
    /// A different value in each month.
    EachMonth,
    /// It reads other months itself.
    ItsOwn,
}

/// Why something has no value over several months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The words that do not add up.
    pub span: Span,
    /// The reason in words: `` `uptime` is reported as a percentage ``.
    pub why: String,
}

/// A count of a formula whose counts are summed over several months.
#[derive(Clone, Copy, Debug)]
pub(super) struct Summand {
    /// The count in a month.
    value: NodeId,
    /// The member of a dimension that the formula is read for: each has a formula of its own.
    member: Option<(usize, usize)>,
    /// Whether a month may have no value.
    optional: bool,
}

/// A name's value over several months.
pub type Over = Result<Symbol, Refused>;

impl OverTime {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::ItsOwn, _) | (_, Self::ItsOwn) => Self::ItsOwn,
            (Self::EachMonth, _) | (_, Self::EachMonth) => Self::EachMonth,
            (Self::Fixed, Self::Fixed) => Self::Fixed,
        }
    }
}

/// Whether values of that type add up over months: amounts, counts, durations.
#[must_use]
pub fn adds_up(kind: &Type) -> bool {
    match kind {
        Type::Quantity(unit) => unit.parts().all(|(_, exponent)| exponent > 0),
        _ => false,
    }
}

impl Context<'_> {
    /// The behaviour of the expression over time, derived from that of its names.
    #[must_use]
    pub fn over_time(&self, expr: &Expr) -> OverTime {
        match &expr.kind {
            ExprKind::Window(..)
            | ExprKind::Previous(..)
            | ExprKind::InARow(_)
            | ExprKind::OfMonths(..) => OverTime::ItsOwn,
            ExprKind::Name(path) | ExprKind::TotalOf(path) => self.of_name(path),
            ExprKind::Builtin(Builtin::MonthsInTerm) => OverTime::Fixed,
            ExprKind::Builtin(_) => OverTime::EachMonth,
            _ => {
                let parts = expr.parts().into_iter();
                parts.fold(OverTime::Fixed, |all, one| all.and(self.over_time(one)))
            }
        }
    }

    fn of_name(&self, path: &Path) -> OverTime {
        let Some(symbol) = self.symbols.get(&path.name.text) else {
            return OverTime::EachMonth;
        };
        match symbol.what {
            catalogue::ItemKind::Let | catalogue::ItemKind::Metric => symbol.over_time,
            _ => OverTime::EachMonth,
        }
    }

    /// The months that a window names, if they are known before anything is computed.
    #[must_use]
    pub fn stated_months(window: &Window) -> Option<WindowMonths> {
        let count = |count: &Expr| match &count.kind {
            ExprKind::Number(number) => number.to_string().parse().ok(),
            _ => None,
        };
        Some(match &window.kind {
            WindowKind::Last(months) => WindowMonths::Last(count(months)?),
            WindowKind::Previous(months) => WindowMonths::Previous(count(months)?),
            WindowKind::ContractYear => WindowMonths::ContractYear,
            WindowKind::CalendarYear => WindowMonths::CalendarYear,
            WindowKind::CalendarQuarter => WindowMonths::CalendarQuarter,
            WindowKind::Term => WindowMonths::Term,
        })
    }

    /// Whether the name is a metric, which has a value of its own over several months.
    pub(super) fn is_metric(&self, path: &Path) -> bool {
        let symbol = self.symbols.get(&path.name.text);
        symbol.is_some_and(|symbol| symbol.what == catalogue::ItemKind::Metric)
    }

    /// `speed of the quarter`: the metric's formula, with its counts summed.
    pub fn metric_of_months(&mut self, path: &Path, months: &Months, span: Span) -> Typed {
        let Months::Over(window, _) = months else {
            let value = self.value_of(path);
            return Typed { span, ..value };
        };
        let plain = self.value_of(path);
        if plain.is_unknown() {
            return plain;
        }
        let key = Self::stated_months(window).map(|months| (path.name.text.clone(), months));
        match key.and_then(|key| self.over.get(&key).cloned()) {
            Some(Ok(symbol)) => {
                let value = self.value_in(&symbol, path);
                Typed { span, ..value }
            }
            Some(Err(refused)) => {
                self.cannot_be_summed(path, &refused, span);
                self.unknown(span)
            }
            None => {
                let refused = Refused {
                    span: window.span,
                    why: "the number of months is not written out".to_owned(),
                };
                self.cannot_be_summed(path, &refused, span);
                self.unknown(span)
            }
        }
    }

    fn cannot_be_summed(&mut self, path: &Path, refused: &Refused, span: Span) {
        let words = self.quote(path.span);
        let over = self.quote(span);
        let mut finding = Diagnostic::error(
            "cannot-be-summed",
            span,
            format!("`{over}` cannot be computed: {}", refused.why),
        )
        .because(format!(
            "a metric over several months is its formula with its counts summed, so that a month with more cases \
             weighs more; the formula of `{words}` does not say how much each month weighs"
        ))
        .help(format!(
            "write `{words} of this month` for the month in which it is settled, or let a separate metric take the \
             average of the months: `average of {words} over calendar quarter`"
        ));
        if refused.span != span && refused.span != path.span {
            finding = finding.and_at(refused.span, "this does not add up");
        }
        self.report(finding);
    }

    /// The meaning of a name while counts are summed.
    pub(super) fn over_name(
        &mut self,
        symbol: &Symbol,
        window: WindowMonths,
        span: Span,
        read: impl Fn(&mut Self, &Symbol) -> Typed,
    ) -> Typed {
        let plain = read(self, symbol);
        let derived = matches!(
            symbol.what,
            catalogue::ItemKind::Metric | catalogue::ItemKind::Let
        );
        if plain.is_unknown() || (derived && symbol.over_time == OverTime::Fixed) {
            return plain;
        }
        let name = &symbol.name;
        if derived && symbol.over_time == OverTime::ItsOwn {
            return self.refuse(span, format!("`{name}` reads other months itself"));
        }
        if derived && (symbol.what == catalogue::ItemKind::Metric || !adds_up(&plain.kind)) {
            return match self.over.get(&(name.clone(), window)).cloned() {
                Some(Ok(over)) => read(self, &over),
                Some(Err(refused)) => self.refuse(refused.span, refused.why),
                None => self.refuse(span, format!("`{name}` has no value over several months")),
            };
        }
        self.summed_value(plain, window, span)
    }

    /// The sum over the months of a value that adds up.
    pub(super) fn summed_value(&mut self, value: Typed, window: WindowMonths, span: Span) -> Typed {
        if value.is_unknown() {
            return value;
        }
        if !adds_up(&value.kind) {
            let words = self.quote(span);
            let why = format!(
                "`{words}` is {}, which does not add up over several months",
                value.kind
            );
            return self.refuse(span, why);
        }
        let series = match self.summing {
            Some(_) => self.summand(value.node, &value.kind, value.optional, span),
            None => {
                let series = self.new_series();
                self.graph.bind_series(series, value.node);
                series
            }
        };
        let op = Op::Window(series, Fold::Sum, window);
        let node = self.node(op, value.kind.clone(), span);
        let words = format!("{} {}", self.quote(span), words(window));
        self.graph.label(node, StepKind::Part, words, None);
        Typed {
            node,
            constant: None,
            domain: None,
            share: None,
            optional: false,
            ..value
        }
    }

    /// Whether a count of the formula that was read may have no value in a month. The formula is then read once more, and
    /// passes over such a month in all of its sums: a quotient never has the cases of one month more above its line than
    /// below it.
    pub fn has_optional_summands(&self) -> bool {
        self.summands.iter().any(|one| one.optional)
    }

    /// Ends the formula.
    pub fn forget_summands(&mut self) {
        self.summands.clear();
    }

    /// The series of a count of the formula that is read. It has no value where another count of the formula has none, as
    /// far as the formula was read before.
    fn summand(&mut self, value: NodeId, kind: &Type, optional: bool, span: Span) -> SeriesId {
        let member = self.member;
        let own = self.summands.iter().filter(|one| one.member == member);
        let mut unknown: Vec<NodeId> = own
            .filter(|one| one.optional && one.value != value)
            .map(|one| one.value)
            .collect();
        unknown.sort_unstable();
        unknown.dedup();
        let counted = match unknown.as_slice() {
            [] => value,
            all => self.where_known(all, value, kind, span),
        };
        self.summands.push(Summand {
            value,
            member,
            optional,
        });
        let series = self.new_series();
        self.graph.bind_series(series, counted);
        series
    }

    /// A count in the months in which all of some values are known; in the others it has no value.
    fn where_known(&mut self, all: &[NodeId], value: NodeId, kind: &Type, span: Span) -> NodeId {
        let known: Vec<NodeId> = all
            .iter()
            .map(|one| self.node(Op::IsKnown(*one), Type::Flag, span))
            .collect();
        let known = match known.as_slice() {
            [one] => *one,
            _ => self.node(Op::And(known.into()), Type::Flag, span),
        };
        let none = self.node(Op::NoValue, kind.clone(), span);
        self.node(Op::If(known, value, none), kind.clone(), span)
    }

    /// The days of the months of a window.
    pub(super) fn summed_days(&mut self, window: WindowMonths, span: Span) -> Typed {
        let days = self.node(Op::DaysInMonth, Type::Number, span);
        let series = self.summand(days, &Type::Number, false, span);
        let node = self.node(Op::Window(series, Fold::Sum, window), Type::Number, span);
        let words = format!("days {}", words(window));
        self.graph.label(node, StepKind::Part, words, None);
        Typed {
            literal: true,
            ..Typed::new(node, Type::Number, span)
        }
    }

    /// Records the first reason why there is no value over several months.
    pub fn refuse(&mut self, span: Span, why: String) -> Typed {
        self.refused.get_or_insert(Refused { span, why });
        self.unknown(span)
    }
}

/// `of the quarter`
#[must_use]
pub fn words(window: WindowMonths) -> String {
    match window {
        WindowMonths::CalendarQuarter | WindowMonths::CalendarQuarterBefore => {
            "of the quarter".to_owned()
        }
        WindowMonths::ContractYear | WindowMonths::ContractYearBefore => {
            "of the contract year".to_owned()
        }
        WindowMonths::CalendarYear | WindowMonths::CalendarYearBefore => {
            "of the calendar year".to_owned()
        }
        WindowMonths::Term | WindowMonths::TermBefore => "of the term".to_owned(),
        WindowMonths::Last(months) | WindowMonths::Previous(months) => {
            format!("of the last {months} months")
        }
    }
}
