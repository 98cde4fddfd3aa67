//! Turns expressions into typed nodes.

use crate::catalogue::ORDER;
use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::program::{self, NodeId, Op};
use crate::quantity::{BaseUnit, Exact, Rounding, Type, Unit};
use crate::syntax::tree::{
    Builtin, Comparison, Expr, ExprKind, Function, Rounded, StepCount, StepMode,
};
use crate::text::Span;

use super::{BandsDefault, BandsOf, Context, Domain, Outcome, Typed};

/// The meaning of a condition that has the same result in every month.
const CONDITION: Outcome<'static> = Outcome {
    always: "this condition is always met",
    never: "this condition is never met",
};

/// The comparison as seen from the other side: `42 above csat` is `csat below 42`.
fn mirrored(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Below => Comparison::Above,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::Above => Comparison::Below,
        Comparison::AtLeast => Comparison::AtMost,
        Comparison::Is | Comparison::IsNot => comparison,
    }
}

impl Context<'_> {
    /// Gives an expression its type and its node. A part that makes no sense is reported once, and is unknown from then
    /// on.
    pub fn expression(&mut self, expr: &Expr) -> Typed {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Number(value) => {
                let mut typed = self.constant(value.clone(), Type::Number, span);
                typed.literal = true;
                typed
            }
            ExprKind::Percent(value) => self.constant(value.clone(), Type::Percent, span),
            ExprKind::PercentagePoints(value) => {
                self.constant(value.clone(), Type::PercentagePoints, span)
            }
            ExprKind::Quantity(value, unit) => match self.quantity_type(unit) {
                Type::Unknown => self.unknown(span),
                kind => {
                    if let Type::Quantity(unit) = &kind {
                        self.refuse_grouped_amount(span, unit);
                    }
                    let stated = self.constant(value.clone(), kind, span);
                    self.indexed(stated)
                }
            },
            ExprKind::Month(month) => self.constant(
                Exact::from_integer(i64::from(month.index())),
                Type::Month,
                span,
            ),
            ExprKind::Date(_) => self.date_in_expression(span),
            ExprKind::Flag(value) => {
                self.constant(Exact::from_integer(i64::from(*value)), Type::Flag, span)
            }
            ExprKind::Name(path) => self.value_of(path),
            ExprKind::TotalOf(path) => self.total_of(path, span),
            ExprKind::Builtin(builtin) => self.builtin_of_months(*builtin, span),
            ExprKind::Sum(terms) => self.sum_of(terms, span),
            ExprKind::Product(factors) => self.product_of(factors, span),
            ExprKind::Negate(inner) => {
                let inner = self.expression(inner);
                self.negated(&inner, span)
            }
            ExprKind::Of(rate, base) => {
                let rate = self.expression(rate);
                let base = self.expression(base);
                self.share_of(rate, base, span)
            }
            ExprKind::Compare(left, comparison, right) => {
                self.compared(left, *comparison, right, span)
            }
            ExprKind::Between(value, low, high) => self.between(value, low, high, span),
            ExprKind::And(all) => self.connected(all, Op::And, span),
            ExprKind::Or(all) => self.connected(all, Op::Or, span),
            ExprKind::Not(inner) => {
                let value = self.expression(inner);
                let value = self.demand_condition(value, "what follows `not`");
                self.flag(Op::Not(value.node), &[&value], span)
            }
            ExprKind::If(arms, otherwise) => self.choice(arms, otherwise, span),
            ExprKind::Call(function, arguments) => self.call(*function, arguments, span),
            ExprKind::Steps(steps) => self.steps(steps, span),
            ExprKind::Units(mode, inner) => self.whole_units(*mode, inner, span),
            ExprKind::Bands(subject, bands) => {
                let subject = self.expression(subject);
                let of = BandsOf {
                    subject: &subject,
                    what: "each value",
                    wanted: None,
                    default: BandsDefault::MustBeStated,
                };
                self.bands(&of, bands).value
            }
            ExprKind::Window(fold, of, window) => self.window(*fold, of, window, span),
            ExprKind::OfMonths(of, months) => self.of_months(of, months, span),
            ExprKind::Previous(of, first) => self.previous(of, first.as_deref(), span),
            ExprKind::InARow(condition) => self.in_a_row(condition, span),
            ExprKind::Rounded(inner, rounded) => {
                let value = self.expression(inner);
                self.rounded(value, rounded)
            }
            ExprKind::IfKnown(value, otherwise) => self.if_known(value, otherwise, span),
            ExprKind::ByAgreement => {
                let node = self.node(Op::ByAgreement, Type::Unknown, span);
                Typed::new(node, Type::Unknown, span)
            }
            ExprKind::AsPercent(inner) => self.as_percent(inner, span),
            ExprKind::Dated(first, later) => self.dated(first, later, span),
            ExprKind::Broken => self.unknown(span),
        }
    }

    fn date_in_expression(&mut self, span: Span) -> Typed {
        let text = self.quote(span);
        let month = text.get(..7).unwrap_or(&text).to_owned();
        self.report(
            Diagnostic::error(
                "date-in-expression",
                span,
                format!("`{text}` is a day, and contracts are computed by month"),
            )
            .help(format!(
                "write the month, `{month}`, and compare it with `month`"
            )),
        );
        self.unknown(span)
    }

    /// The value of a word that every contract has, or its sum while counts are summed.
    fn builtin_of_months(&mut self, builtin: Builtin, span: Span) -> Typed {
        let Some(window) = self.summing else {
            return self.builtin(builtin, span);
        };
        match builtin {
            Builtin::DaysInMonth => self.summed_days(window, span),
            Builtin::Month
            | Builtin::MonthOfTerm
            | Builtin::MonthOfYear
            | Builtin::MonthsInTerm => self.builtin(builtin, span),
            Builtin::Charges
            | Builtin::AdjustedCharges
            | Builtin::Adjustments
            | Builtin::Credits
            | Builtin::Bonuses
            | Builtin::Points
            | Builtin::Total => {
                let value = self.builtin(builtin, span);
                self.summed_value(value, window, span)
            }
        }
    }

    fn builtin(&mut self, builtin: Builtin, span: Span) -> Typed {
        let op = match builtin {
            Builtin::Charges => return self.stage_sum(self.totals.charges, "charges", span),
            Builtin::Credits => return self.stage_sum(self.totals.credits, "credits", span),
            Builtin::Bonuses => return self.stage_sum(self.totals.bonuses, "bonuses", span),
            Builtin::Adjustments => {
                return self.stage_sum(self.totals.adjustments, "adjustments", span);
            }
            Builtin::Points => return self.total_points(span),
            Builtin::Total => return self.stage_sum(self.totals.total, "total", span),
            Builtin::AdjustedCharges => return self.adjusted_charges(span),
            Builtin::Month => {
                let node = self.node(Op::Month, Type::Month, span);
                return Typed::new(node, Type::Month, span);
            }
            Builtin::MonthOfTerm => Op::MonthOfTerm,
            Builtin::MonthOfYear => Op::MonthOfYear,
            Builtin::DaysInMonth => Op::DaysInMonth,
            Builtin::MonthsInTerm => return self.months_in_term(span),
        };
        let node = self.node(op, Type::Number, span);
        Typed {
            literal: true,
            ..Typed::new(node, Type::Number, span)
        }
    }

    fn months_in_term(&mut self, span: Span) -> Typed {
        let months = self.term.map_or(12, |term| {
            crate::calendar::Month::of(term.last).since(crate::calendar::Month::of(term.first)) + 1
        });
        let mut typed = self.constant(Exact::from_integer(i64::from(months)), Type::Number, span);
        typed.literal = true;
        typed
    }

    /// The sum of a stage. If the stage comes later, a finding is reported.
    fn stage_sum(&mut self, sum: Option<NodeId>, name: &str, span: Span) -> Typed {
        let money = self.money();
        match sum {
            Some(node) => {
                let node = self.graph.alias(node, span);
                self.graph.label(node, StepKind::Part, name, None);
                Typed::new(node, money, span)
            }
            // An item that has the name of the sum is reported where it is declared.
            None if self.symbols.contains_key(name) => self.unknown(span),
            None => {
                self.report(
                    Diagnostic::error(
                        "used-too-early",
                        span,
                        format!("`{name}` is not known yet where it is used here"),
                    )
                    .because(format!("amounts are computed in one order: {ORDER}"))
                    .help(
                        "refer to something that is computed earlier, such as a charge by its name",
                    ),
                );
                self.unknown(span)
            }
        }
    }

    /// The sum of all service points.
    pub(super) fn total_points(&mut self, span: Span) -> Typed {
        match self.totals.points.clone() {
            Some(sum) => {
                let node = self.graph.alias(sum.node, span);
                self.graph.label(node, StepKind::Part, "total points", None);
                Typed { node, span, ..sum }
            }
            // The obstacle has been reported.
            None => self.unknown(span),
        }
    }

    fn adjusted_charges(&mut self, span: Span) -> Typed {
        match (self.totals.charges, self.totals.adjustments) {
            (Some(charges), Some(adjustments)) => {
                let money = self.money();
                let node = self.node(
                    Op::Sum(Box::new([charges, adjustments])),
                    money.clone(),
                    span,
                );
                self.graph
                    .label(node, StepKind::Part, "adjusted charges", None);
                Typed::new(node, money, span)
            }
            _ => self.stage_sum(None, "adjusted charges", span),
        }
    }

    fn flag(&mut self, op: Op, parts: &[&Typed], span: Span) -> Typed {
        if parts.iter().any(|part| part.is_unknown()) {
            return self.unknown(span);
        }
        let node = self.node(op, Type::Flag, span);
        Typed {
            optional: parts.iter().any(|part| part.optional),
            ..Typed::new(node, Type::Flag, span)
        }
    }

    fn compared(&mut self, left: &Expr, comparison: Comparison, right: &Expr, span: Span) -> Typed {
        let (value, other) = self.unindexed(|cx| (cx.expression(left), cx.expression(right)));
        if self.is_price_of_steps(left, &value, &other) {
            self.step_not_stated(left, comparison, right, span);
            return self.unknown(span);
        }
        self.comparison(&value, comparison, &other, span)
    }

    /// Whether a comparison is a price for each step beyond a level, but does not say which steps count: `500 EUR per
    /// second of asa above 30 s`.
    fn is_price_of_steps(&self, left: &Expr, value: &Typed, other: &Typed) -> bool {
        let ExprKind::Of(rate, _) = &left.kind else {
            return false;
        };
        let priced = matches!(&rate.kind, ExprKind::Quantity(_, unit) if !unit.below.is_empty());
        let has_currency =
            |kind: &Type| matches!(kind, Type::Quantity(unit) if unit.has_currency());
        priced && has_currency(&value.kind) && !other.is_unknown() && !has_currency(&other.kind)
    }

    fn step_not_stated(&mut self, left: &Expr, comparison: Comparison, right: &Expr, span: Span) {
        let (ExprKind::Of(rate, of), Comparison::Above | Comparison::Below) =
            (&left.kind, comparison)
        else {
            return;
        };
        let side = if comparison == Comparison::Above {
            "above"
        } else {
            "below"
        };
        let price = self.quote(rate.span);
        let price = price.replacen(" per ", " per full ", 1);
        let subject = self.quote(of.span);
        let level = self.quote(right.span);
        let finding = Diagnostic::error(
            "step-not-stated",
            span,
            "this leaves open whether part of a step counts",
        )
        .because(
            "1.9 steps are 1 full step, 2 started steps or 1.9 exact steps, and each costs a different amount",
        )
        .help(format!(
            "write `{price} of {subject} {side} {level}`, or `per started …`, or `per exact …`"
        ));
        self.report(finding);
    }

    /// The condition that compares two values in this way.
    pub fn comparison(
        &mut self,
        left: &Typed,
        comparison: Comparison,
        right: &Typed,
        span: Span,
    ) -> Typed {
        match self.unify(left, right, "compared with", span) {
            Some((left, right)) => {
                self.refuse_certain(&left, comparison, &right, CONDITION);
                self.refuse_certain(&right, mirrored(comparison), &left, CONDITION);
                self.compares((&left, &right), comparison, span)
            }
            None => self.unknown(span),
        }
    }

    /// The condition that compares two values of one type in this way.
    fn compares(
        &mut self,
        (left, right): (&Typed, &Typed),
        comparison: Comparison,
        span: Span,
    ) -> Typed {
        let typed = self.flag(
            Op::Compare(comparison_op(comparison), left.node, right.node),
            &[left, right],
            span,
        );
        let words = self.quote(span);
        self.graph
            .label(typed.node, StepKind::Condition, words, None);
        typed
    }

    fn between(&mut self, value: &Expr, low: &Expr, high: &Expr, span: Span) -> Typed {
        let [value, low, high] =
            self.unindexed(|cx| [value, low, high].map(|one| cx.expression(one)));
        let above = self.end_of_between(&value, Comparison::AtLeast, &low, span);
        let below = self.end_of_between(&value, Comparison::AtMost, &high, span);
        self.flag(
            Op::And(Box::new([above.node, below.node])),
            &[&above, &below],
            span,
        )
    }

    /// One of the two conditions of a `between`. Its end may be that of the range.
    fn end_of_between(
        &mut self,
        value: &Typed,
        comparison: Comparison,
        end: &Typed,
        span: Span,
    ) -> Typed {
        match self.unify(value, end, "compared with", span) {
            Some((value, end)) => {
                self.refuse_outside(&value, &end, "the end");
                self.compares((&value, &end), comparison, span)
            }
            None => self.unknown(span),
        }
    }

    fn connected(&mut self, all: &[Expr], make: impl Fn(Box<[NodeId]>) -> Op, span: Span) -> Typed {
        let all: Vec<Typed> = all
            .iter()
            .map(|one| {
                let value = self.expression(one);
                self.demand_condition(value, "each side of `and` and `or`")
            })
            .collect();
        let nodes: Vec<NodeId> = all.iter().map(|one| one.node).collect();
        let parts: Vec<&Typed> = all.iter().collect();
        self.flag(make(nodes.into()), &parts, span)
    }

    fn choice(&mut self, arms: &[(Expr, Expr)], otherwise: &Expr, span: Span) -> Typed {
        let mut result = self.expression(otherwise);
        let open = matches!(otherwise.kind, ExprKind::ByAgreement);
        let mut unread = result.is_unknown() && !open;
        for (at, (condition, value)) in arms.iter().enumerate().rev() {
            let condition = self.expression(condition);
            let condition = self.demand_condition(condition, "what follows `if`");
            let left_open = matches!(value.kind, ExprKind::ByAgreement);
            let value = self.expression(value);
            unread |= condition.is_unknown() || (value.is_unknown() && !left_open);
            if unread {
                continue;
            }
            let (value, other) = if value.is_unknown() || result.is_unknown() {
                (value, result.clone())
            } else {
                match self.unify(&value, &result, "chosen instead of", span) {
                    Some(both) => both,
                    None => return self.unknown(span),
                }
            };
            let kind = if value.is_unknown() {
                other.kind.clone()
            } else {
                value.kind.clone()
            };
            let whole = if at == 0 {
                span
            } else {
                condition.span.to(other.span)
            };
            let node = self.node(
                Op::If(condition.node, value.node, other.node),
                kind.clone(),
                whole,
            );
            result = Typed {
                literal: value.literal && other.literal,
                ratio: value.ratio && other.ratio,
                optional: value.optional || other.optional || condition.optional,
                ..Typed::new(node, kind, span)
            };
        }
        if unread { self.unknown(span) } else { result }
    }

    fn call(&mut self, function: Function, arguments: &[Expr], span: Span) -> Typed {
        let values: Vec<Typed> = arguments
            .iter()
            .map(|argument| self.expression(argument))
            .collect();
        let Some((first, rest)) = values.split_first() else {
            return self.unknown(span);
        };
        if function == Function::Abs {
            if !rest.is_empty() {
                self.report(Diagnostic::error(
                    "too-many-arguments",
                    span,
                    "`abs` takes one value",
                ));
                return self.unknown(span);
            }
            let node = self.node(Op::Abs(first.node), first.kind.clone(), span);
            return Typed {
                optional: first.optional,
                ..Typed::new(node, first.kind.clone(), span)
            };
        }
        let mut unified = vec![first.clone()];
        for value in rest {
            let Some(last) = unified.last().cloned() else {
                continue;
            };
            match self.unify(&last, value, "compared with", span) {
                Some((left, right)) => {
                    // All earlier ones have one type. They are converted only when it changes; otherwise the time for
                    // thousands of values would grow with the square of their number.
                    if left.kind != last.kind {
                        for earlier in &mut unified {
                            if let Some(fitting) = self.fit(earlier, &left.kind) {
                                *earlier = fitting;
                            }
                        }
                    }
                    unified.push(right);
                }
                None => return self.unknown(span),
            }
        }
        let nodes: Box<[NodeId]> = unified.iter().map(|value| value.node).collect();
        let op = if function == Function::Min {
            Op::Min(nodes)
        } else {
            Op::Max(nodes)
        };
        let kind = unified
            .last()
            .map_or(Type::Unknown, |value| value.kind.clone());
        if first.is_unknown() {
            return self.unknown(span);
        }
        let node = self.node(op, kind.clone(), span);
        Typed {
            optional: unified.iter().any(|value| value.optional),
            literal: unified.iter().all(|value| value.literal),
            ratio: unified.iter().all(|value| value.ratio),
            ..Typed::new(node, kind, span)
        }
    }

    /// The number of steps by which a value is beyond a level, on the side that counts.
    fn steps(&mut self, steps: &StepCount, span: Span) -> Typed {
        let (subject, level) =
            self.unindexed(|cx| (cx.expression(&steps.subject), cx.expression(&steps.level)));
        let subject = self.demand_value(subject, "the count of steps");
        let Some((subject, level)) = self.unify(&subject, &level, "compared with", span) else {
            return self.unknown(span);
        };
        let beyond = if steps.above {
            Comparison::Above
        } else {
            Comparison::Below
        };
        if subject
            .domain
            .as_ref()
            .is_some_and(|_| !self.refuse_outside(&subject, &level, "the level"))
        {
            self.refuse_never(&subject, beyond, &level, "no step is ever counted");
        }
        let Some(size) = self.step_size(steps, &subject) else {
            return self.unknown(span);
        };
        let kind = if subject.kind == Type::Percent {
            Type::PercentagePoints
        } else {
            subject.kind.clone()
        };
        let (from, to) = if steps.above {
            (&subject, &level)
        } else {
            (&level, &subject)
        };
        let beyond = self.node(Op::Subtract(from.node, to.node), kind.clone(), span);
        let zero = self.number(0, kind.clone(), span);
        let beyond = self.node(Op::Max(Box::new([beyond, zero])), kind.clone(), span);
        self.graph.label(
            beyond,
            StepKind::Part,
            if steps.above {
                "above the level by"
            } else {
                "below the level by"
            },
            None,
        );
        let size = self.graph.constant(size, kind, span);
        let count = self.node(Op::Divide(beyond, size), Type::Number, span);
        let count = match steps.mode {
            StepMode::Full => self.node(Op::Floor(count), Type::Number, span),
            StepMode::Started => self.node(Op::Ceiling(count), Type::Number, span),
            StepMode::Exact => count,
        };
        self.graph
            .label(count, StepKind::Part, "steps that count", None);
        Typed {
            literal: true,
            ..Typed::new(count, Type::Number, span)
        }
    }

    /// The size of one step, in the unit of the subject.
    fn step_size(&mut self, steps: &StepCount, subject: &Typed) -> Option<Exact> {
        if let (Some(size), Type::Quantity(_)) = (&steps.size, &subject.kind) {
            self.refuse_grouped(size.span, 0);
        }
        let count = steps
            .size
            .as_ref()
            .map_or_else(Exact::one, |size| size.value.clone());
        match &steps.unit {
            None if subject.kind == Type::Percent || subject.kind == Type::PercentagePoints => {
                count.divide(&Exact::from_integer(100))
            }
            None if matches!(subject.kind, Type::Score | Type::Number) => Some(count),
            None => self.points_of(subject, count),
            Some(word) => {
                let base = self.base_unit(word)?;
                let kind = Type::Quantity(base.into());
                let step = self.constant(count, kind, word.span);
                let (_, step) = self.unify(subject, &step, "counted in steps of", word.span)?;
                step.constant
            }
        }
    }

    fn points_of(&mut self, subject: &Typed, count: Exact) -> Option<Exact> {
        let base = self.units.find("points")?;
        let points = self.constant(count, Type::Quantity(base.into()), subject.span);
        let (_, step) = self.unify(subject, &points, "counted in steps of", subject.span)?;
        step.constant
    }

    fn whole_units(&mut self, mode: StepMode, inner: &Expr, span: Span) -> Typed {
        let value = self.expression(inner);
        if value.is_unknown() {
            return value;
        }
        let op = match mode {
            StepMode::Full => Op::Floor(value.node),
            StepMode::Started => Op::Ceiling(value.node),
            StepMode::Exact => return value,
        };
        let node = self.node(op, value.kind.clone(), span);
        Typed {
            optional: value.optional,
            literal: value.kind == Type::Number,
            ..Typed::new(node, value.kind, span)
        }
    }

    /// The value rounded as the contract says.
    pub fn rounded(&mut self, value: Typed, rounded: &Rounded) -> Typed {
        let step = self.unindexed(|cx| cx.expression(&rounded.step));
        let step = match (&value.kind, step.literal) {
            (Type::Quantity(_), true) => Some(Typed {
                kind: value.kind.clone(),
                ..step
            }),
            (Type::Quantity(price), _) if is_price_in(price, &step.kind) => Some(Typed {
                kind: value.kind.clone(),
                ..step
            }),
            (Type::PercentagePoints, _) if step.kind == Type::Percent => Some(Typed {
                kind: value.kind.clone(),
                ..step
            }),
            (Type::Number, _) if value.ratio && step.kind == Type::Percent => Some(Typed {
                kind: value.kind.clone(),
                ..step
            }),
            _ => self
                .unify(
                    &Typed {
                        literal: false,
                        ..value.clone()
                    },
                    &step,
                    "rounded to a step of",
                    rounded.span,
                )
                .map(|both| both.1),
        };
        let Some(step) =
            step.and_then(|step| self.demand_constant(&step, "the step of a rounding"))
        else {
            return self.unknown(value.span);
        };
        if step.is_zero() || step.is_negative() {
            self.report(Diagnostic::error(
                "rounding-step",
                rounded.step.span,
                "the step of a rounding must be above zero",
            ));
            return self.unknown(value.span);
        }
        let rounding = Rounding {
            mode: rounded.mode,
            step,
        };
        let domain = value.domain.clone().unwrap_or_else(Domain::any);
        let domain = domain.rounded(&rounding);
        let node = self.node(
            Op::Round(value.node, Box::new(rounding)),
            value.kind.clone(),
            rounded.span,
        );
        let words = self.quote(rounded.span);
        self.graph.label(node, StepKind::Rounding, words, None);
        Typed {
            node,
            share: None,
            constant: None,
            domain: Some(domain),
            ..value
        }
    }

    fn if_known(&mut self, value: &Expr, otherwise: &Expr, span: Span) -> Typed {
        let value = self.expression(value);
        let otherwise = self.expression(otherwise);
        match self.unify(&value, &otherwise, "used instead of", span) {
            Some((value, otherwise)) => {
                let node = self.node(
                    Op::IfKnown(value.node, otherwise.node),
                    value.kind.clone(),
                    span,
                );
                Typed {
                    optional: otherwise.optional,
                    ratio: value.ratio,
                    domain: otherwise.widens(value.domain),
                    ..Typed::new(node, value.kind, span)
                }
            }
            None => self.unknown(span),
        }
    }

    fn as_percent(&mut self, inner: &Expr, span: Span) -> Typed {
        let value = self.expression(inner);
        if value.is_unknown() {
            return value;
        }
        let number = matches!(value.kind, Type::PercentagePoints | Type::Percent)
            || (value.kind == Type::Number && value.ratio);
        if !number {
            let text = self.quote(value.span);
            self.report(
                Diagnostic::error("wrong-type", value.span, format!("`{text}` is {} and cannot be read as a percentage", value.kind))
                    .help("`as percent` takes a difference in percentage points, or a quotient of like things"),
            );
            return self.unknown(span);
        }
        let node = self.node(Op::Sum(Box::new([value.node])), Type::Percent, span);
        Typed {
            optional: value.optional,
            constant: value.constant,
            ..Typed::new(node, Type::Percent, span)
        }
    }
}

fn comparison_op(comparison: Comparison) -> program::Comparison {
    match comparison {
        Comparison::Below => program::Comparison::Below,
        Comparison::AtMost => program::Comparison::AtMost,
        Comparison::Above => program::Comparison::Above,
        Comparison::AtLeast => program::Comparison::AtLeast,
        Comparison::Is => program::Comparison::Is,
        Comparison::IsNot => program::Comparison::IsNot,
    }
}

/// Whether it is a price per unit in that money: `EUR per minute` is rounded to a step in EUR.
fn is_price_in(price: &Unit, money: &Type) -> bool {
    let Some(currency) = money.currency() else {
        return false;
    };
    price.as_currency().is_none()
        && price
            .parts()
            .any(|(part, power)| power == 1 && *part == BaseUnit::Currency(currency))
}
