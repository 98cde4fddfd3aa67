//! Metrics: a formula, what can be observed of it, and what happens if it cannot be measured.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::ledger::{NoticeKind, StepKind};
use crate::model::MetricFacts;
use crate::model::facts::KpiKind;
use crate::program::{Cause, Comparison, Fold, NodeId, NoticePlan, Op, Piece, WindowMonths};
use crate::quantity::{BaseUnit, Exact, Figure, Type, Unit};
use crate::syntax::tree::{
    Expr, ExprKind, Fallback, FallbackKind, Metric, MetricStatement, ProductOp, Text,
};
use crate::text::Span;
use crate::typing::{Context, Domain, OverTime, Refused, Typed, suggestion};

use super::input::{Spread, StandIn, declared_type, range, stand_in, step};
use super::over::{Wanted, at_the_end, over_months, refuse, shown_name};

/// The kinds of KPI; docs/language.md says what each means.
/// The type that a metric declares, so that its earlier months can be read before it is computed.
pub(super) fn declare(cx: &mut Context<'_>, metric: &Metric) {
    let Some(declared) = &metric.value_type else {
        return;
    };
    let before = cx.diagnostics.len();
    let (kind, _) = declared_type(cx, declared);
    cx.diagnostics.truncate(before);
    if let Some(symbol) = cx.symbols.get_mut(&metric.name.text) {
        symbol.kind = kind;
    }
}

/// Reads a metric: its name means its value from here on.
pub(super) fn read(
    cx: &mut Context<'_>,
    metric: &Metric,
    over: Option<&Wanted>,
    clause: Option<&Text>,
    span: Span,
) -> MetricFacts {
    check_kind(cx, metric);
    let dimension_name = metric.dimension.as_ref();
    let (dimension, values) = cx.each_member(dimension_name, |cx| {
        let value = value(cx, metric, clause, span);
        show(cx, metric, &value, clause, span);
        value
    });
    cx.define(&metric.name.text, dimension, &values);
    let over_time = metric
        .formula
        .as_ref()
        .map_or(OverTime::EachMonth, |formula| cx.over_time(formula));
    if let Some(symbol) = cx.symbols.get_mut(&metric.name.text) {
        symbol.over_time = over_time;
    }
    let mut nodes: Vec<NodeId> = values.iter().map(|value| value.node).collect();
    for (months, named) in over.into_iter().flatten() {
        if let Some(why) = reads_other_months(cx, metric, over_time) {
            refuse(cx, &metric.name.text, *months, why);
            continue;
        }
        let values = over_months(cx, (&metric.name.text, *months), |cx| {
            cx.each_member(dimension_name, |cx| {
                let value = value(cx, metric, clause, span);
                if *named && cx.refused.is_none() {
                    show(cx, metric, &value, clause, span);
                }
                value
            })
        });
        nodes.extend(values.iter().map(|value| value.node));
    }
    MetricFacts {
        item: None,
        name: metric.name.text.clone(),
        kind: metric
            .kind
            .as_ref()
            .and_then(|kind| KpiKind::of(&kind.text)),
        value_type: values
            .first()
            .map_or(Type::Unknown, |value| value.kind.clone()),
        higher_is_better: metric.higher_is_better,
        nodes,
        span: metric.name.span,
    }
}

/// The value among the measures.
fn show(cx: &mut Context<'_>, metric: &Metric, value: &Typed, clause: Option<&Text>, span: Span) {
    if value.is_unknown() {
        return;
    }
    let measure = crate::program::MeasurePlan {
        name: shown_name(cx, &metric.name.text),
        title: metric.title.as_ref().map(|title| title.text.clone()),
        clause: clause.map(|clause| clause.text.clone()),
        node: value.node,
        span,
    };
    cx.plan.measures.push(measure);
}

/// Why there is no sum over its counts, if the metric reads other months itself.
fn reads_other_months(cx: &Context<'_>, metric: &Metric, over_time: OverTime) -> Option<Refused> {
    let own = |span: Span| {
        let name = &metric.name.text;
        let why = format!("`{name}` reads other months itself");
        Refused { span, why }
    };
    if over_time == OverTime::ItsOwn {
        return metric.formula.as_ref().map(|formula| own(formula.span));
    }
    metric.statements.iter().find_map(|statement| {
        let (condition, fallback) = match statement {
            MetricStatement::Needs(condition, fallback, _) => (Some(condition), fallback.as_ref()),
            MetricStatement::IfMissing(fallback, _)
            | MetricStatement::IfNothingToMeasure(fallback, _) => (None, Some(fallback)),
            MetricStatement::Rounded(_) => (None, None),
        };
        let value = fallback.and_then(|fallback| match &fallback.kind {
            FallbackKind::LastKnown | FallbackKind::AverageOfLast(_) => Some(fallback.span),
            FallbackKind::Value(value) if cx.over_time(value) == OverTime::ItsOwn => {
                Some(value.span)
            }
            _ => None,
        });
        let condition = condition.filter(|one| cx.over_time(one) == OverTime::ItsOwn);
        value.or(condition.map(|one| one.span)).map(own)
    })
}

/// The kind of what contracts call by another name.
fn kind_of_everyday(word: &str) -> Option<&'static str> {
    const OTHERS: &[(&str, &str)] = &[
        ("service", "timeliness"),
        ("service_level", "timeliness"),
        ("sla", "timeliness"),
        ("speed", "timeliness"),
        ("response", "timeliness"),
        ("response_time", "timeliness"),
        ("answer_time", "timeliness"),
        ("waiting_time", "timeliness"),
        ("wait", "timeliness"),
        ("time", "timeliness"),
        ("punctuality", "timeliness"),
        ("csat", "satisfaction"),
        ("customer_satisfaction", "satisfaction"),
        ("nps", "loyalty"),
        ("ces", "effort"),
        ("fcr", "resolution"),
        ("resolution_rate", "resolution"),
        ("resolution_time", "timeliness"),
        ("uptime", "availability"),
        ("abandon", "abandonment"),
        ("abandon_rate", "abandonment"),
        ("abandonment_rate", "abandonment"),
        ("aht", "handle_time"),
        ("duration", "handle_time"),
        ("error", "accuracy"),
        ("error_rate", "accuracy"),
        ("errors", "accuracy"),
        ("quality_assurance", "quality"),
        ("quality_score", "quality"),
        ("qa", "quality"),
        ("count", "volume"),
        ("number", "volume"),
        ("turnover", "attrition"),
        ("churn", "attrition"),
        ("price", "cost"),
    ];
    let found = OTHERS
        .iter()
        .find(|(other, _)| word.eq_ignore_ascii_case(other));
    found.map(|(_, kind)| *kind)
}

fn check_kind(cx: &mut Context<'_>, metric: &Metric) {
    let Some(kind) = &metric.kind else { return };
    let written = cx.quote(kind.span);
    let words: Vec<&str> = written.split_whitespace().collect();
    let is_one_word = words.len() < 2 || words.join("_") != kind.text;
    let kinds = KpiKind::ALL.map(KpiKind::word);
    let meant = match KpiKind::of(&kind.text) {
        Some(_) if is_one_word => return,
        Some(known) => Some(known.word()),
        None => kind_of_everyday(&kind.text).or_else(|| suggestion(&kind.text, kinds)),
    };
    let message = format!("`{written}` is not a kind of metric");
    if matches!(
        kind.text.as_str(),
        "reporting" | "reported" | "informational" | "information"
    ) {
        let finding = Diagnostic::error("unknown-kind", kind.span, message)
            .because("a metric that no payment reads is only reported, so nothing says that it is")
            .help(format!("write what it measures, for example `is loyalty` or `is quality`; the kinds are {}", kinds.join(", ")));
        return cx.report(finding);
    }
    let finding = Diagnostic::error("unknown-kind", kind.span, message)
        .because("the kind says what is quality and what is volume");
    cx.report(match meant {
        Some(meant) => finding.help(format!("write `is {meant}`")).mended_by(Fix {
            title: format!("write `{meant}`"),
            edits: vec![Edit {
                span: kind.span,
                text: meant.to_owned(),
            }],
            safe: KpiKind::of(&kind.text).is_some(),
        }),
        None => finding.help(format!("write one of {}", kinds.join(", "))),
    });
}

fn value(cx: &mut Context<'_>, metric: &Metric, clause: Option<&Text>, span: Span) -> Typed {
    let Some(formula) = &metric.formula else {
        return cx.unknown(span);
    };
    let declared = metric
        .value_type
        .as_ref()
        .map(|declared| declared_type(cx, declared));
    let computed = cx.expression(formula);
    let inherited = computed.domain.clone();
    let mut value = match &declared {
        Some((kind, _)) => as_declared(cx, computed, kind, metric),
        None => inferred(computed),
    };
    if value.is_unknown() {
        return value;
    }
    value.domain = domain(
        cx,
        metric,
        declared.and_then(|(_, domain)| domain),
        inherited,
        &value.kind,
    );
    let ranged = value.domain.clone();
    value.share = None;
    value.origin = None;
    value.constant = None;
    let name = metric.name.text.clone();
    value = statements(cx, metric, value, &name);
    value.domain = within(value.domain, ranged.as_ref());
    value = in_range(cx, value, ranged, span);
    value.node = cx.graph.alias(value.node, span);
    value.span = metric.name.span;
    let label = shown_name(cx, &name);
    cx.graph.label(
        value.node,
        StepKind::Metric,
        label,
        clause.map(|clause| clause.text.clone()),
    );
    value
}

/// A quotient of like things without a declared type is a percentage.
fn inferred(computed: Typed) -> Typed {
    computed
}

fn as_declared(cx: &mut Context<'_>, computed: Typed, kind: &Type, metric: &Metric) -> Typed {
    if *kind == Type::Score && is_points(&computed.kind) {
        return Typed {
            kind: Type::Score,
            ..computed
        };
    }
    if let Some(mean) = mean_duration(cx, &computed, kind) {
        return mean;
    }
    if *kind == Type::Percent {
        refuse_times_a_hundred(cx, metric);
    }
    if cx.fit(&computed, kind).is_none() {
        let text = cx.quote(computed.span);
        let name = &metric.name.text;
        let mut finding = Diagnostic::error(
            "wrong-formula",
            computed.span,
            format!(
                "`{name}` is declared as {kind}, but its formula `{text}` is {}",
                computed.kind
            ),
        )
        .here(format!("this is {}", computed.kind))
        .and_at(metric.name.span, format!("declared as {kind} here"));
        if let Some(help) = formula_help(&computed.kind, kind) {
            finding = finding.help(help);
        }
        cx.report(finding);
        return cx.unknown(computed.span);
    }
    match cx.fit(&computed, kind) {
        Some(value) => Typed {
            domain: computed.domain,
            ..value
        },
        None => computed,
    }
}

/// `in_time / offered * 100`: a percentage is a share already.
fn refuse_times_a_hundred(cx: &mut Context<'_>, metric: &Metric) {
    let Some(formula) = &metric.formula else {
        return;
    };
    let ExprKind::Product(factors) = &formula.kind else {
        return;
    };
    let is_hundred = |factor: &(ProductOp, Expr)| {
        matches!(&factor.1.kind, ExprKind::Number(number) if *number == Exact::from(100))
            && factor.0 == ProductOp::Times
    };
    let divides = factors.iter().any(|(op, _)| *op == ProductOp::Over);
    let Some(at) = factors.iter().position(is_hundred).filter(|_| divides) else {
        return;
    };
    let Some((_, hundred)) = factors.get(at) else {
        return;
    };
    // With the sign before it, or the one after it if it is the first factor.
    let before = at.checked_sub(1).and_then(|at| factors.get(at));
    let next = factors.get(at + 1);
    let cut = match (before, next) {
        (Some((_, before)), _) => Span {
            start: before.span.end,
            ..hundred.span
        },
        (None, Some((_, next))) => Span {
            end: next.span.start,
            ..hundred.span
        },
        (None, None) => return,
    };
    let finding = Diagnostic::error(
        "times-a-hundred",
        hundred.span,
        "a percentage is not multiplied by 100",
    )
    .because("the quotient is the share itself: 8 of 10 are 80%; times 100 it would be 8000%")
    .help("leave `* 100` out")
    .mended_by(Fix {
        title: "leave `* 100` out".to_owned(),
        edits: vec![Edit {
            span: cut,
            text: String::new(),
        }],
        safe: false,
    });
    cx.report(finding);
}

fn formula_help(found: &Type, wanted: &Type) -> Option<String> {
    match (found, wanted) {
        (Type::Quantity(unit), Type::Percent | Type::Score) => Some(format!(
            "a percentage is a quotient of like things, such as calls divided by calls; to keep the formula, declare \
             it as `{unit}`"
        )),
        (_, Type::Quantity(_)) if matches!(found, Type::Number) => Some(
            "a quotient of like things has no unit: declare the metric as `percent` or `number`"
                .to_owned(),
        ),
        _ => None,
    }
}

/// An average declared as a duration: `seconds` for waiting time divided by calls, so that it can be compared with `30
/// seconds`.
fn mean_duration(cx: &mut Context<'_>, computed: &Typed, kind: &Type) -> Option<Typed> {
    let (Type::Quantity(found), Type::Quantity(wanted)) = (&computed.kind, kind) else {
        return None;
    };
    wanted.as_base()?.seconds()?;
    let mut counted = Unit::none();
    for (base, exponent) in found.parts() {
        match (base, base.seconds(), exponent) {
            (BaseUnit::Counted(_), Some(_), 1) => {}
            (BaseUnit::Counted(_), None, -1) => {
                counted = counted.multiply(&base.clone().into()).0;
            }
            _ => return None,
        }
    }
    if counted.is_none() {
        return None;
    }
    let value = cx.fit(computed, &Type::Quantity(wanted.divide(&counted).0))?;
    Some(Typed {
        kind: kind.clone(),
        ..value
    })
}

/// Points, or points for each of something: what marks on a scale are made of.
fn is_points(kind: &Type) -> bool {
    match kind {
        Type::Number | Type::Score => true,
        Type::Quantity(unit) => unit.parts().all(|(base, exponent)| match base {
            BaseUnit::Counted(info) => exponent < 0 || info.plural == "points",
            BaseUnit::Currency(_) => false,
        }),
        Type::Unknown | Type::Flag | Type::Percent | Type::PercentagePoints | Type::Month => false,
    }
}

fn domain(
    cx: &mut Context<'_>,
    metric: &Metric,
    declared: Option<Domain>,
    inherited: Option<Domain>,
    kind: &Type,
) -> Option<Domain> {
    let grid = inherited.and_then(|domain| domain.grid);
    if let Some(written) = &metric.step {
        let _ = step(cx, written, kind);
    }
    let written = metric
        .range
        .as_ref()
        .map(|written| range(cx, written, kind));
    let domain = written.or(declared)?;
    Some(Domain { grid, ..domain })
}

/// What the contract says about months in which the formula cannot be computed, and its rounding. A zero denominator
/// concerns the formula alone; a missing cell can also be in a condition, so it is handled last.
fn statements(cx: &mut Context<'_>, metric: &Metric, mut value: Typed, name: &str) -> Typed {
    check_stated_once(cx, metric);
    for statement in &metric.statements {
        if let MetricStatement::IfNothingToMeasure(fallback, span) = statement {
            value = recovered(cx, metric, value, Cause::ZeroDenominator, fallback, *span);
        }
    }
    for statement in &metric.statements {
        if let MetricStatement::Needs(condition, fallback, span) = statement {
            let condition = cx.expression(condition);
            let condition = cx.demand_condition(condition, "what follows `needs`");
            if condition.is_unknown() {
                continue;
            }
            let other = match fallback {
                Some(fallback) => {
                    let failed = cx.node(Op::Not(condition.node), Type::Flag, *span);
                    let failed = told_if_known(cx, metric, failed, *span);
                    tell(cx, name, failed, fallback, *span);
                    let other = stand_in(cx, fallback, name, &value.kind);
                    check_stand_in(cx, metric, &other, &value);
                    value.domain = other.spread.over(value.domain);
                    value.optional |= other.optional;
                    other.node
                }
                None => {
                    let words = cx.quote(*span);
                    cx.node(Op::NoInvoice(words.into()), value.kind.clone(), *span)
                }
            };
            value.node = cx.node(
                Op::If(condition.node, value.node, other),
                value.kind.clone(),
                *span,
            );
        }
    }
    for statement in &metric.statements {
        if let MetricStatement::IfMissing(fallback, span) = statement {
            value = recovered(cx, metric, value, Cause::Missing, fallback, *span);
        }
    }
    for statement in &metric.statements {
        if let MetricStatement::Rounded(rounded) = statement {
            value = cx.rounded(value, rounded);
        }
    }
    value
}

/// If a missing cell leaves a condition open, only `if missing` says what counts.
fn told_if_known(cx: &mut Context<'_>, metric: &Metric, failed: NodeId, span: Span) -> NodeId {
    let mut all = metric.statements.iter();
    if !all.any(|statement| matches!(statement, MetricStatement::IfMissing(..))) {
        return failed;
    }
    let no = cx.number(0, Type::Flag, span);
    cx.node(Op::Recover(failed, Cause::Missing, no), Type::Flag, span)
}

/// Of two replacements for the same case the second could never be used.
fn check_stated_once(cx: &mut Context<'_>, metric: &Metric) {
    let (mut missing, mut nothing) = (None, None);
    for statement in &metric.statements {
        let (word, first, span) = match statement {
            MetricStatement::IfMissing(_, span) => ("if missing", &mut missing, *span),
            MetricStatement::IfNothingToMeasure(_, span) => {
                ("if nothing to measure", &mut nothing, *span)
            }
            MetricStatement::Needs(..) | MetricStatement::Rounded(_) => continue,
        };
        match first {
            Some(first) => cx.stated_twice(word, *first, span),
            None => *first = Some(span),
        }
    }
}

fn recovered(
    cx: &mut Context<'_>,
    metric: &Metric,
    value: Typed,
    cause: Cause,
    fallback: &Fallback,
    span: Span,
) -> Typed {
    let name = &metric.name.text;
    let other = stand_in(cx, fallback, name, &value.kind);
    check_stand_in(cx, metric, &other, &value);
    let zero = cx.number(0, Type::Number, span);
    let one = cx.number(1, Type::Flag, span);
    let nothing = cx.node(Op::Multiply(value.node, zero), Type::Flag, span);
    let failed = cx.node(Op::Recover(nothing, cause, one), Type::Flag, span);
    tell(cx, name, failed, fallback, span);
    let node = cx.node(
        Op::Recover(value.node, cause, other.node),
        value.kind.clone(),
        span,
    );
    Typed {
        node,
        optional: value.optional || other.optional,
        domain: other.spread.over(value.domain),
        ..value
    }
}

/// A fixed replacement must be a value that the metric can have.
fn check_stand_in(cx: &mut Context<'_>, metric: &Metric, other: &StandIn, value: &Typed) {
    let Spread::Other(stated) = &other.spread else {
        return;
    };
    let (Some(constant), Some(domain)) = (&stated.constant, &value.domain) else {
        return;
    };
    let below = domain.least.as_ref().filter(|least| constant < *least);
    let above = domain.most.as_ref().filter(|most| constant > *most);
    let Some(end) = below.or(above) else { return };
    let figure = |number: &Exact| Figure::new(number.clone(), value.kind.clone());
    let name = &metric.name.text;
    let side = if below.is_some() { "least" } else { "most" };
    let finding = Diagnostic::error(
        "stand-in-out-of-range",
        stated.span,
        format!(
            "{} cannot replace `{name}`, which is at {side} {}",
            figure(constant),
            figure(end)
        ),
    )
    .and_at(metric.name.span, "declared here")
    .because("a value outside the range is taken for a mistake in the data, so the month would not be invoiced")
    .help("write a value within the range; or `no value`, and say in the bands what counts then: `no value: …`");
    cx.report(finding);
}

/// The bounds of a metric apply whatever replaces it; only its steps can differ.
fn within(found: Option<Domain>, ranged: Option<&Domain>) -> Option<Domain> {
    let grid = found.as_ref().and_then(|domain| domain.grid.clone());
    match ranged {
        Some(ranged) => Some(Domain {
            grid,
            ..ranged.clone()
        }),
        None => found,
    }
}

/// A notice that something replaces the measured value, and how many months an average could use.
fn tell(cx: &mut Context<'_>, name: &str, failed: NodeId, fallback: &Fallback, span: Span) {
    if matches!(fallback.kind, FallbackKind::NoInvoice) {
        return;
    }
    let item = shown_name(cx, name);
    let mut text = vec![Piece::Text(cx.quote(span))];
    if let FallbackKind::AverageOfLast(months) = &fallback.kind
        && let Some(months) = cx.count_of_months(months)
    {
        let member = cx.member.map_or(0, |(_, member)| member);
        let series = cx.earlier_series(name, member);
        let used = cx.node(
            Op::MonthsIn(series, WindowMonths::Previous(months)),
            Type::Number,
            span,
        );
        let wanted = cx.number(i64::from(months), Type::Number, span);
        let short = cx.node(
            Op::Compare(Comparison::Below, used, wanted),
            Type::Flag,
            span,
        );
        let when = cx.node(Op::And(Box::new([failed, short])), Type::Flag, span);
        let short_text = vec![
            Piece::Text("only ".to_owned()),
            Piece::Value(used),
            Piece::Text(format!(" of the {months} earlier months exist")),
        ];
        notice(cx, NoticeKind::ShortHistory, &item, when, short_text, span);
        let average = cx.node(
            Op::Window(series, Fold::Average, WindowMonths::Previous(months)),
            cx.symbols
                .get(name)
                .map_or(Type::Number, |symbol| symbol.kind.clone()),
            span,
        );
        text.push(Piece::Text(", which is ".to_owned()));
        text.push(Piece::Value(average));
    }
    notice(cx, NoticeKind::Substituted, &item, failed, text, span);
}

fn notice(
    cx: &mut Context<'_>,
    kind: NoticeKind,
    name: &str,
    when: NodeId,
    text: Vec<Piece>,
    span: Span,
) {
    let when = at_the_end(cx, when, span);
    cx.plan.notices.push(NoticePlan {
        kind,
        name: name.to_owned(),
        when,
        text,
        clause: None,
        span,
    });
}

/// A value outside of what can be observed stops the month.
fn in_range(cx: &mut Context<'_>, value: Typed, domain: Option<Domain>, span: Span) -> Typed {
    let Some(domain) = domain.filter(|domain| domain.least.is_some() || domain.most.is_some())
    else {
        return value;
    };
    let ends: (Option<Exact>, Option<Exact>) = (domain.least, domain.most);
    let node = cx.node(
        Op::InRange(value.node, Box::new(ends)),
        value.kind.clone(),
        span,
    );
    Typed { node, ..value }
}
