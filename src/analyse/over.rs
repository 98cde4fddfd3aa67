//! Metrics and definitions over several months: which of them the contract reads like that, and their values.

use std::collections::BTreeMap;

use crate::program::{EveryMonth, NodeId, Op, WindowMonths};
use crate::quantity::Type;
use crate::syntax::tree::{Item, ItemKind};
use crate::text::Span;
use crate::typing::{Context, Refused, Typed, months_words};

use super::bases;
use super::items::{declared, references};

/// The months over which a formula is read, and whether the contract itself names it with them.
pub(super) type Wanted = BTreeMap<WindowMonths, bool>;

/// Which metrics the contract reads over several months, and which metrics and definitions those are computed from,
/// each by its name.
pub(super) fn wanted(items: &[&Item]) -> BTreeMap<String, Wanted> {
    let mut wanted: BTreeMap<String, Wanted> = BTreeMap::new();
    let mut made_of: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut open: Vec<(String, WindowMonths, bool)> = Vec::new();
    for item in items {
        let found = references(item);
        for (name, window) in found.over {
            let months = Context::stated_months(&window);
            open.extend(months.map(|months| (name, months, true)));
        }
        // The finding that asks already says whether there would be such a value.
        if let Some(period) = bases::settled(item) {
            let names = found.names.iter().map(|name| name.text.clone());
            open.extend(names.map(|name| (name, period.window(), false)));
        }
        let is_formula = matches!(item.kind, ItemKind::Metric(_) | ItemKind::Let(_));
        if let Some((name, _)) = declared(item).filter(|_| is_formula) {
            let names = found.names.into_iter().map(|name| name.text);
            made_of.insert(&name.text, names.collect());
        }
    }
    while let Some((name, months, named)) = open.pop() {
        let Some(parts) = made_of.get(name.as_str()) else {
            continue;
        };
        let known = wanted.entry(name).or_default();
        let is_new = !known.contains_key(&months);
        *known.entry(months).or_default() |= named;
        if is_new {
            open.extend(parts.iter().map(|part| (part.clone(), months, false)));
        }
    }
    wanted
}

/// The name of the current value: `speed.voice`, `speed.voice of the quarter`.
pub(super) fn shown_name(cx: &Context<'_>, name: &str) -> String {
    let name = cx.member_name(name);
    match cx.summing {
        Some(months) => format!("{name} {}", months_words(months)),
        None => name,
    }
}

/// Reads a formula with its counts summed over the months, and keeps its values under the name. What is wrong with it
/// was reported when it was read for the month.
pub(super) fn over_months<'s>(
    cx: &mut Context<'s>,
    (name, months): (&str, WindowMonths),
    read: impl Fn(&mut Context<'s>) -> (Option<usize>, Vec<Typed>),
) -> Vec<Typed> {
    let (findings, notices) = (cx.diagnostics.len(), cx.plan.notices.len());
    let measures = cx.plan.measures.len();
    cx.summing = Some(months);
    let mut found = read(cx);
    if cx.has_optional_summands() {
        cx.plan.notices.truncate(notices);
        cx.plan.measures.truncate(measures);
        cx.refused = None;
        found = read(cx);
    }
    cx.forget_summands();
    cx.summing = None;
    let (dimension, values) = found;
    cx.diagnostics.truncate(findings);
    let refused = cx.refused.take();
    if refused.is_some() || values.iter().any(Typed::is_unknown) {
        cx.plan.notices.truncate(notices);
        if let Some(why) = refused {
            refuse(cx, name, months, why);
        }
        return Vec::new();
    }
    let Some(own) = cx.symbols.get(name).cloned() else {
        return Vec::new();
    };
    let over = own.with_values(dimension, &values);
    cx.over.insert((name.to_owned(), months), Ok(over));
    values
}

/// Records that the name has no value over those months.
pub(super) fn refuse(cx: &mut Context<'_>, name: &str, months: WindowMonths, why: Refused) {
    cx.over.insert((name.to_owned(), months), Err(why));
}

/// The condition in the last month of the sum: until then, the value is not that of the period.
pub(super) fn at_the_end(cx: &mut Context<'_>, when: NodeId, span: Span) -> NodeId {
    let ends = match cx.summing {
        Some(WindowMonths::CalendarQuarter) => EveryMonth::QuarterEnd,
        Some(WindowMonths::ContractYear) => EveryMonth::ContractYearEnd,
        Some(WindowMonths::CalendarYear) => EveryMonth::CalendarYearEnd,
        Some(WindowMonths::Term) => EveryMonth::TermEnd,
        _ => return when,
    };
    let ends = cx.node(Op::Ends(ends), Type::Flag, span);
    cx.node(Op::And(Box::new([ends, when])), Type::Flag, span)
}
