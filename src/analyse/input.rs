//! Inputs: the columns of the data.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::program::{Cause, NodeId, Op, Slot, SlotId};
use crate::quantity::{Exact, Type};
use crate::syntax::tree::{
    Fallback, FallbackKind, Input, Item, Name, Reporter, TypeExpr, ValueRange,
};
use crate::text::Span;
use crate::typing::{Context, Dimension, Domain, Typed};

use super::declarations::differ_in_letters;
use super::records;

/// Headings of the data that are not names of inputs.
const TAKEN: [(&str, &str); 4] = [
    ("month", "the month of a row"),
    ("account", "the account of a row"),
    (
        "input",
        "the name of an input, in a file with a row for each value",
    ),
    ("value", "the value, in a file with a row for each value"),
];

/// Refuses an input whose column in the data would be taken for another.
pub(super) fn check_column(cx: &mut Context<'_>, name: &Name) {
    let taken = TAKEN
        .iter()
        .find(|(column, _)| name.text.eq_ignore_ascii_case(column));
    // `input` and `month` themselves mean something in the language, and are refused as such; `Input` is not.
    if let Some((column, holds)) = taken
        && !matches!(name.text.as_str(), "input" | "month")
    {
        let finding = Diagnostic::error(
            "reserved-column",
            name.span,
            format!("an input cannot be named `{}`", name.text),
        )
        .because(format!("in the data, the column `{column}` is for {holds}"))
        .help(format!(
            "give it a longer name, such as `reported_{column}`"
        ));
        cx.report(finding);
    }
}

/// Declares the dimension that an input names inline.
pub(super) fn declare_dimension(cx: &mut Context<'_>, input: &Input) {
    let Some(dimension) = &input.dimension else {
        return;
    };
    if dimension.members.is_empty() {
        return;
    }
    declare(cx, &dimension.name, &dimension.members);
}

/// Declares a dimension; the same one may be written again with the same members.
pub(super) fn declare(cx: &mut Context<'_>, name: &Name, members: &[Name]) {
    let texts: Vec<String> = members.iter().map(|member| member.text.clone()).collect();
    if let Some(known) = cx
        .dimensions
        .iter()
        .find(|known| known.name == name.text)
        .cloned()
    {
        if known.members != texts {
            let finding = Diagnostic::error(
                "duplicate-dimension",
                name.span,
                format!("`{}` is declared twice, with different members", name.text),
            )
            .and_at(known.span, "the first declaration")
            .help(format!(
                "declare it once, and write `by {}` elsewhere",
                name.text
            ));
            cx.report(finding);
        }
        cx.refer(name.span, known.span);
        for member in members {
            if let Some(first) = known.listed(&member.text) {
                cx.refer(member.span, first);
            }
        }
        return;
    }
    let listed = members
        .iter()
        .map(|member| (member.text.clone(), member.span));
    let dimension = Dimension::new(&name.text, name.span, listed.collect());
    let mut spellings: BTreeMap<String, &Name> = BTreeMap::new();
    for member in members {
        let first = dimension.listed(&member.text);
        if let Some(first) = first.filter(|first| *first != member.span) {
            let finding = Diagnostic::error(
                "duplicate-member",
                member.span,
                format!("`{}` is listed twice", member.text),
            )
            .and_at(first, "the first time");
            cx.report(finding);
            continue;
        }
        match spellings.entry(member.text.to_lowercase()) {
            Entry::Occupied(first) => {
                cx.report(differ_in_letters(&member.text, member.span, first.get()));
            }
            Entry::Vacant(free) => drop(free.insert(member)),
        }
    }
    let lower = name.text.to_lowercase();
    let mut others = cx.dimensions.iter();
    if let Some(other) = others.find(|other| other.name.to_lowercase() == lower) {
        let first = Name {
            text: other.name.clone(),
            span: other.span,
        };
        cx.report(differ_in_letters(&name.text, name.span, &first));
    }
    cx.dimensions.push(dimension);
}

/// The type that a declaration names.
pub(super) fn declared_type(cx: &mut Context<'_>, declared: &TypeExpr) -> (Type, Option<Domain>) {
    match declared {
        TypeExpr::Percent(_) => {
            let whole = Domain {
                least: Some(Exact::zero()),
                most: Some(Exact::one()),
                grid: None,
            };
            (Type::Percent, Some(whole))
        }
        TypeExpr::PercentagePoints(_) => (Type::PercentagePoints, None),
        TypeExpr::Number(_) => (Type::Number, None),
        TypeExpr::Flag(_) => (Type::Flag, None),
        TypeExpr::Scale(low, high, _) => {
            let low = cx.expression(low);
            let high = cx.expression(high);
            let domain = Domain {
                least: low.constant,
                most: high.constant,
                grid: None,
            };
            (Type::Score, Some(domain))
        }
        TypeExpr::Unit(unit) => {
            let kind = cx.quantity_type(unit);
            let never_negative = Domain {
                least: Some(Exact::zero()),
                most: None,
                grid: None,
            };
            (kind, Some(never_negative))
        }
    }
}

/// A written range as what can be observed; ends are taken in the declared type.
pub(super) fn range(cx: &mut Context<'_>, range: &ValueRange, kind: &Type) -> Domain {
    let mut end = |expr| {
        let value = cx.expression(expr);
        let value = cx.demand(value, kind, "the end of a range");
        cx.demand_constant(&value, "the end of a range")
    };
    Domain {
        least: end(&range.least),
        most: end(&range.most),
        grid: None,
    }
}

/// A measurement step in the declared type.
pub(super) fn step(
    cx: &mut Context<'_>,
    step: &crate::syntax::tree::Expr,
    kind: &Type,
) -> Option<Exact> {
    let value = cx.expression(step);
    let value = if value.literal && matches!(kind, Type::Quantity(_) | Type::Score) {
        Typed {
            kind: kind.clone(),
            ..value
        }
    } else {
        cx.demand(value, kind, "a measurement step")
    };
    let constant = cx.demand_constant(&value, "a measurement step")?;
    if constant <= Exact::zero() {
        cx.report(Diagnostic::error(
            "measurement-step",
            step.span,
            "a measurement step must be above zero",
        ));
        return None;
    }
    Some(constant)
}

/// Reads an input: its columns join the plan, and its name means their values.
pub(super) fn read(cx: &mut Context<'_>, input: &Input, items: &[&Item], span: Span) {
    let (source, reporter) = records::reporting(items, input);
    let (kind, mut domain) = declared_type(cx, &input.value_type);
    if let Some(written) = &input.range {
        domain = Some(range(cx, written, &kind));
    }
    let whole = is_whole(&kind) && input.step.is_none();
    let step = match &input.step {
        Some(written) => step(cx, written, &kind),
        None => kind.currency().map(|currency| currency.minor_unit()),
    };
    let grid = step.clone().or_else(|| whole.then(Exact::one));
    let domain = Some(Domain {
        grid,
        ..domain.unwrap_or(Domain {
            least: None,
            most: None,
            grid: None,
        })
    });
    let usual = input.nominal.as_ref().map(|nominal| {
        let value = cx.expression(nominal);
        cx.demand(value, &kind, "the nominal value")
    });
    let nominal = usual
        .as_ref()
        .and_then(|usual| cx.demand_constant(usual, "the nominal value"));
    let dimension = input
        .dimension
        .as_ref()
        .map(|dimension| dimension.name.clone());
    let (dimension, values) = cx.each_member(dimension.as_ref(), |cx| {
        let slot = Slot {
            name: cx.member_name(&input.name.text),
            input: input.name.text.clone(),
            member: cx.member_text().map(str::to_owned),
            dimension: dimension.as_ref().map(|name| name.text.clone()),
            title: input.title.as_ref().map(|title| title.text.clone()),
            source: source.as_ref().map(|source| source.text.clone()),
            reporter: reporter.map(|(reporter, _)| reporter_words(reporter)),
            kind: kind.clone(),
            whole,
            step: step.clone(),
            least: domain.as_ref().and_then(|domain| domain.least.clone()),
            most: domain.as_ref().and_then(|domain| domain.most.clone()),
            may_be_missing: input.if_missing.is_some(),
            nominal: nominal.clone(),
            span: input.name.span,
        };
        let name = slot.name.clone();
        let id = SlotId(u32::try_from(cx.plan.slots.len()).unwrap_or(u32::MAX));
        cx.plan.slots.push(slot);
        let mut node = cx.node(Op::Input(id), kind.clone(), input.name.span);
        cx.graph.label(node, StepKind::Input, name, None);
        let mut typed = Typed::new(node, kind.clone(), input.name.span);
        if let Some(fallback) = &input.if_missing {
            let other = stand_in(cx, fallback, &input.name.text, &kind);
            node = cx.node(
                Op::Recover(node, Cause::Missing, other.node),
                kind.clone(),
                span,
            );
            typed.node = node;
            typed.optional = other.optional;
            typed.domain = other.spread.over(domain.clone());
        } else {
            typed.domain = domain.clone();
        }
        typed
    });
    if let (Some(usual), Some(first)) = (usual, values.first()) {
        cx.refuse_outside(first, &usual, "the nominal value");
    }
    cx.define(&input.name.text, dimension, &values);
}

/// What replaces a value.
pub(super) struct StandIn {
    /// Its node.
    pub(super) node: NodeId,
    /// Whether it may be no value.
    pub(super) optional: bool,
    /// How it compares with what can be observed of the value.
    pub(super) spread: Spread,
}

/// How a replacement compares with what can be observed of the value.
pub(super) enum Spread {
    /// It is an observed value itself, or nothing.
    Same,
    /// It is an average of observed values.
    Mean,
    /// It is something else.
    Other(Box<Typed>),
}

impl Spread {
    /// What can be observed of the value or replaces it.
    pub(super) fn over(&self, domain: Option<Domain>) -> Option<Domain> {
        match self {
            Self::Same => domain,
            Self::Mean => domain.map(Domain::of_mean),
            Self::Other(value) => value.widens(domain),
        }
    }
}

/// What replaces a value.
pub(super) fn stand_in(
    cx: &mut Context<'_>,
    fallback: &Fallback,
    name: &str,
    kind: &Type,
) -> StandIn {
    use crate::program::{Fold, WindowMonths};

    let span = fallback.span;
    let member = cx.member.map_or(0, |(_, member)| member);
    let (op, spread) = match &fallback.kind {
        FallbackKind::NoValue => (Op::NoValue, Spread::Same),
        FallbackKind::NoInvoice => (Op::NoInvoice(cx.quote(span).into()), Spread::Same),
        FallbackKind::LastKnown => {
            let series = cx.earlier_series(name, member);
            (Op::Previous(series, None), Spread::Same)
        }
        FallbackKind::AverageOfLast(months) => match cx.count_of_months(months) {
            None => (Op::NoValue, Spread::Mean),
            Some(months) => {
                let series = cx.earlier_series(name, member);
                let months = WindowMonths::Previous(months);
                (Op::Window(series, Fold::Average, months), Spread::Mean)
            }
        },
        FallbackKind::Value(value) => {
            let value = cx.expression(value);
            let value = cx.demand(value, kind, "the replacement");
            return StandIn {
                node: value.node,
                optional: value.optional,
                spread: Spread::Other(Box::new(value)),
            };
        }
    };
    StandIn {
        node: cx.node(op, kind.clone(), span),
        optional: matches!(fallback.kind, FallbackKind::NoValue),
        spread,
    }
}

fn is_whole(kind: &Type) -> bool {
    use crate::quantity::BaseUnit;
    match kind {
        Type::Quantity(unit) => {
            matches!(unit.as_base(), Some(BaseUnit::Counted(info)) if info.whole)
        }
        Type::Flag => true,
        Type::Unknown
        | Type::Number
        | Type::Percent
        | Type::PercentagePoints
        | Type::Score
        | Type::Month => false,
    }
}

fn reporter_words(reporter: Reporter) -> &'static str {
    match reporter {
        Reporter::Customer => "customer",
        Reporter::Supplier => "supplier",
        Reporter::Both => "customer and supplier",
    }
}
