//! Choices among credits: one in place of others, only the largest of several, or the one that the customer chooses.
//!
//! They come before limits, and apply to the amounts of the month's credits. A credit that is dropped is 0 on its line,
//! with the reason.

use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::program::{Cause, Comparison, CutPlan, NodeId, Op};
use crate::quantity::Type;
use crate::syntax::tree::{InPlace, Only, Path, Text};
use crate::text::Span;
use crate::typing::{Context, SymbolValue, Typed};

use super::award::above_zero;
use super::{Deduction, DeductionKind, Replacing, Worksheet};

/// Lets credits replace others, in the order of the contract. A credit that has itself been dropped replaces nothing.
pub fn in_place(cx: &mut Context<'_>, sheet: &mut Worksheet) {
    let mut all: Vec<(usize, Replacing)> = std::mem::take(&mut sheet.replacing)
        .into_iter()
        .filter_map(|one| Some((credit_named(sheet, &one.name)?, one)))
        .collect();
    all.sort_by_key(|(own, _)| *own);
    for (own, one) in all {
        let span = one.in_place.span;
        let others = replaced(cx, sheet, own, &one.in_place);
        let Some(amount) = sheet.deductions.get(own).map(|part| part.amount) else {
            continue;
        };
        let arises = above_zero(cx, amount, span);
        let replaces = match one.when {
            Some(when) => cx.node(Op::And(Box::new([when, arises])), Type::Flag, span),
            None => arises,
        };
        let words = format!("{} comes {}", one.name, cx.quote(span));
        cx.graph.label(
            replaces,
            StepKind::Condition,
            words.clone(),
            one.clause.clone(),
        );
        for at in others {
            drop_when(cx, sheet, at, replaces, &words, one.clause.as_deref(), span);
        }
    }
}

fn credit_named(sheet: &Worksheet, name: &str) -> Option<usize> {
    let mut all = sheet.deductions.iter();
    all.position(|part| part.kind == DeductionKind::Credit && part.name == name)
}

/// The credits that a credit replaces, by position. The other members of its own item are not among them. Of a named
/// credit with the same dimension, only the same member is replaced.
fn replaced(cx: &mut Context<'_>, sheet: &Worksheet, own: usize, in_place: &InPlace) -> Vec<usize> {
    let Some(one) = sheet.deductions.get(own) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    match &in_place.of {
        None => found.extend((0..sheet.deductions.len()).filter(|at| is_credit(sheet, *at))),
        Some(paths) => {
            for path in paths {
                if path.name.text == one.item {
                    in_place_of_itself(cx, path);
                    continue;
                }
                let named = credits_of(cx, sheet, path).unwrap_or_default();
                let paired =
                    path.member.is_none() && same_dimension(cx, &one.item, &path.name.text);
                found.extend(named.into_iter().filter(|at| {
                    let other = sheet.deductions.get(*at);
                    !paired || other.is_some_and(|other| member(other) == member(one))
                }));
            }
        }
    }
    found.retain(|at| {
        let other = sheet.deductions.get(*at);
        other.is_some_and(|other| other.item != one.item)
    });
    found
}

fn in_place_of_itself(cx: &mut Context<'_>, path: &Path) {
    let code = "in-place-of-itself";
    let mut known = cx.diagnostics.iter();
    // Each member of the item would report it again.
    if known.any(|one| one.code == code && one.primary.span == path.span) {
        return;
    }
    let text = cx.quote(path.span);
    let finding = Diagnostic::error(
        code,
        path.span,
        format!("`{text}` is named as a replacement for itself"),
    )
    .because("nothing would fall away")
    .help("name another credit, or remove the words");
    cx.report(finding);
}

/// Whether both items have one credit for each member of the same dimension.
fn same_dimension(cx: &Context<'_>, one: &str, other: &str) -> bool {
    let dimension = |name: &str| match &cx.symbols.get(name)?.value {
        SymbolValue::ByMember(dimension, _) => Some(*dimension),
        _ => None,
    };
    dimension(one).is_some_and(|own| dimension(other) == Some(own))
}

/// The member that a credit is for, as written after the item's name.
fn member(part: &Deduction) -> Option<&str> {
    part.name.strip_prefix(part.item.as_str())
}

/// Reads `only the largest of …` and `only the one chosen by …`.
pub fn read(
    cx: &mut Context<'_>,
    sheet: &mut Worksheet,
    only: &Only,
    clause: Option<&Text>,
    span: Span,
) {
    let groups: Option<Vec<Vec<usize>>> = only
        .of
        .iter()
        .map(|path| credits_of(cx, sheet, path))
        .collect();
    let when = only.when.as_ref().map(|when| {
        let condition = cx.expression(when);
        cx.demand_condition(condition, "what follows `when`")
    });
    let chosen = only.chosen_by.as_ref().map(|by| choices(cx, only, by));
    let Some(groups) = groups else { return };
    if when.as_ref().is_some_and(Typed::is_unknown) {
        return;
    }
    let money = cx.money();
    let sums: Vec<NodeId> = groups
        .iter()
        .map(|group| {
            let parts = group.iter().filter_map(|at| sheet.deductions.get(*at));
            let amounts = parts.map(|part| part.amount).collect();
            cx.sum(amounts, money.clone(), span)
        })
        .collect();
    let largest = largest(cx, &sums, span);
    let counts = match chosen {
        None => largest,
        Some(None) => return,
        Some(Some(flags)) => {
            let Some(otherwise_largest) = only.otherwise_largest else {
                ask_for_otherwise(cx, span);
                return;
            };
            let otherwise = otherwise_largest.then_some(largest);
            chosen_ones(cx, &sums, &flags, otherwise, span)
        }
    };
    let words = match only.chosen_by {
        None => "only the largest counts".to_owned(),
        Some(_) => "only the one that was chosen counts".to_owned(),
    };
    let clause = clause.map(|clause| clause.text.as_str());
    for ((group, counts), sum) in groups.iter().zip(counts).zip(&sums) {
        let mut falls = cx.node(Op::Not(counts), Type::Flag, span);
        if let Some(when) = &when {
            // The condition is evaluated only if something may be dropped, and the choice only if the condition is met.
            let arises = above_zero(cx, *sum, span);
            let yes = cx.number(1, Type::Flag, span);
            let may_fall = cx.node(Op::Recover(falls, Cause::Any, yes), Type::Flag, span);
            let all = Box::new([arises, may_fall, when.node, falls]);
            falls = cx.node(Op::And(all), Type::Flag, span);
        }
        cx.graph
            .label(falls, StepKind::Condition, words.clone(), None);
        for at in group {
            drop_when(cx, sheet, *at, falls, &words, clause, span);
        }
    }
}

/// For each amount, whether it is the largest. Of equal amounts it is the first.
fn largest(cx: &mut Context<'_>, amounts: &[NodeId], span: Span) -> Vec<NodeId> {
    let money = cx.money();
    let best = cx.node(Op::Max(amounts.into()), money, span);
    let mut found: Vec<NodeId> = Vec::new();
    for amount in amounts {
        let equal = Op::Compare(Comparison::Is, *amount, best);
        let mut is = cx.node(equal, Type::Flag, span);
        if !found.is_empty() {
            let before = cx.node(Op::Or(found.as_slice().into()), Type::Flag, span);
            let first = cx.node(Op::Not(before), Type::Flag, span);
            is = cx.node(Op::And(Box::new([is, first])), Type::Flag, span);
        }
        found.push(is);
    }
    found
}

/// For each amount, whether it counts. In a month with several amounts, the chosen one counts. If not exactly one was
/// chosen, `otherwise` says which counts, or the month has no invoice.
fn chosen_ones(
    cx: &mut Context<'_>,
    amounts: &[NodeId],
    flags: &[NodeId],
    otherwise: Option<Vec<NodeId>>,
    span: Span,
) -> Vec<NodeId> {
    let one = cx.number(1, Type::Number, span);
    let arise: Vec<NodeId> = amounts
        .iter()
        .map(|amount| above_zero(cx, *amount, span))
        .collect();
    let picked: Vec<NodeId> = arise
        .iter()
        .zip(flags)
        .map(|(arises, flag)| cx.node(Op::And(Box::new([*arises, *flag])), Type::Flag, span))
        .collect();
    let several = cx.node(Op::Sum(arise.into()), Type::Number, span);
    let several = cx.node(
        Op::Compare(Comparison::Above, several, one),
        Type::Flag,
        span,
    );
    let count = cx.node(Op::Sum(picked.clone().into()), Type::Number, span);
    let valid = cx.node(Op::Compare(Comparison::Is, count, one), Type::Flag, span);
    cx.graph
        .label(valid, StepKind::Condition, "exactly one was chosen", None);
    let yes = cx.number(1, Type::Flag, span);
    let refused = cx.node(
        Op::NoInvoice("not exactly one was chosen".into()),
        Type::Flag,
        span,
    );
    picked
        .iter()
        .enumerate()
        .map(|(at, picked)| {
            let otherwise = otherwise
                .as_ref()
                .and_then(|all| all.get(at).copied())
                .unwrap_or(refused);
            let counts = cx.node(Op::If(valid, *picked, otherwise), Type::Flag, span);
            cx.node(Op::If(several, counts, yes), Type::Flag, span)
        })
        .collect()
}

/// The customer's yes or no to each credit: a member of an input by a dimension whose members have the names of the
/// credits.
fn choices(cx: &mut Context<'_>, only: &Only, by: &Path) -> Option<Vec<NodeId>> {
    only.of
        .iter()
        .map(|credit| {
            let member = Path {
                name: by.name.clone(),
                member: Some(credit.name.clone()),
                span: by.span,
            };
            let value = cx.value_of(&member);
            let value = cx.demand_condition(value, "what the customer reports");
            (!value.is_unknown()).then_some(value.node)
        })
        .collect()
}

fn ask_for_otherwise(cx: &mut Context<'_>, span: Span) {
    cx.missing(
        "open-choice",
        span,
        "the contract does not say what counts if nobody chose, or chose more than one".to_owned(),
        "of credits of 300 and 500, 500 would count in one reading; in the other the month waits for an answer",
        "add `, otherwise the largest`, or `, otherwise no invoice`".to_owned(),
    );
}

/// The credits with that name, by position. If there are none, a finding is reported.
fn credits_of(cx: &mut Context<'_>, sheet: &Worksheet, path: &Path) -> Option<Vec<usize>> {
    let symbol = cx.find(&path.name)?;
    let name = path
        .member
        .as_ref()
        .map(|member| format!("{}.{}", path.name.text, member.text));
    let found: Vec<usize> = (0..sheet.deductions.len())
        .filter(|at| is_credit(sheet, *at))
        .filter(|at| {
            sheet.deductions.get(*at).is_some_and(|part| match &name {
                Some(name) => part.name == *name,
                None => part.item == path.name.text,
            })
        })
        .collect();
    if found.is_empty() {
        let finding = Diagnostic::error(
            "not-a-credit",
            path.span,
            format!(
                "`{}` is {}, and has no credit",
                path.name.text,
                symbol.what.with_article()
            ),
        )
        .and_at(symbol.span, "declared here")
        .help("name a credit, or a service level that has one");
        cx.report(finding);
        return None;
    }
    Some(found)
}

fn is_credit(sheet: &Worksheet, at: usize) -> bool {
    sheet
        .deductions
        .get(at)
        .is_some_and(|part| part.kind == DeductionKind::Credit)
}

/// Drops a credit if a condition is met, and gives the reason on its line.
pub(super) fn drop_when(
    cx: &mut Context<'_>,
    sheet: &mut Worksheet,
    at: usize,
    when: NodeId,
    words: &str,
    clause: Option<&str>,
    span: Span,
) {
    let money = cx.money();
    let Some(part) = sheet.deductions.get_mut(at) else {
        return;
    };
    // An amount of 0 stays 0, even if it is not known whether it is dropped.
    let arises = above_zero(cx, part.amount, span);
    let yes = cx.number(1, Type::Flag, span);
    let arises = cx.node(Op::Recover(arises, Cause::Any, yes), Type::Flag, span);
    let when = cx.node(Op::And(Box::new([arises, when])), Type::Flag, span);
    let zero = cx.number(0, money.clone(), span);
    let after = cx.node(Op::If(when, zero, part.amount), money.clone(), span);
    let before_line = cx.node(Op::Negate(part.amount), money.clone(), span);
    let after_line = cx.node(Op::Negate(after), money, span);
    part.cuts.push(CutPlan {
        before: before_line,
        after: after_line,
        limit: format!("because {words}"),
        clause: clause.map(str::to_owned),
    });
    part.amount = after;
    part.held = after;
}
