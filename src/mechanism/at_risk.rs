//! At-risk amounts: what the misses of some service levels may cost together, and its division among them by shares.
//!
//! The credit of a miss is amount × share of the category × allocation. Allocations may exceed 100%, because the
//! credits together are limited to the amount.

use crate::catalogue;
use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::program::{NodeId, Op};
use crate::quantity::{Exact, Figure, Type};
use crate::syntax::tree::{
    Allocation, AtRisk, Expr, ExprKind, Limit, LimitPeriod, LimitSubject, Path, PoolPart,
    ServiceLevel, SlStatement, Text,
};
use crate::text::Span;
use crate::typing::{Context, Share, Typed};

use super::amounts::period_amount;
use super::{Worksheet, limit};

/// A service level's share of an at-risk amount.
#[derive(Clone, Debug)]
pub struct Pooled {
    /// The service level, with its member.
    pub level: String,
    /// The name of the at-risk amount, if it has one.
    pub pool: Option<String>,
    /// Where the share is stated.
    pub span: Span,
    /// The cost of a miss, with the allocation and its base.
    pub credit: Typed,
}

/// The service levels of the contract by their names.
pub type Levels<'l> = BTreeMap<&'l str, &'l ServiceLevel>;

/// Reads an at-risk amount. Its service levels find their credits in the worksheet, and its name means the amount.
pub fn read(
    cx: &mut Context<'_>,
    sheet: &mut Worksheet,
    pool: &AtRisk,
    levels: &Levels<'_>,
    clause: Option<&Text>,
    span: Span,
) {
    let amount = cx.expression(&pool.amount);
    let amount = period_amount(cx, amount, "an at-risk amount", pool.every);
    check_categories(cx, pool);
    let mut listed = Vec::new();
    let whole = whole(cx, pool, &amount, clause, span);
    for part in &pool.parts {
        match part {
            PoolPart::Level(one) => allocate(cx, sheet, pool, one, &whole, levels, &mut listed),
            PoolPart::Category {
                name,
                share,
                allocations,
            } => {
                let part = share_of(cx, share, &whole, name.span);
                if let Some((part, _)) = &part {
                    let words = format!("`{}` at risk", name.text);
                    cx.graph.label(part.node, StepKind::Part, words, None);
                }
                let unknown = part.is_none().then(|| cx.unknown(name.span));
                if let Some(category) = part.map(|(part, _)| part).or(unknown) {
                    for one in allocations {
                        allocate(cx, sheet, pool, one, &category, levels, &mut listed);
                    }
                }
            }
        }
    }
    check_members(cx, &listed, levels);
    if !whole.is_unknown() {
        sheet.pools.push(span);
    }
    if let Some(name) = &pool.name {
        cx.define(&name.text, None, &[whole]);
    }
}

/// Limits the credits of its service levels, together, to the amount.
pub fn hold(
    cx: &mut Context<'_>,
    sheet: &mut Worksheet,
    pool: &AtRisk,
    clause: Option<&Text>,
    span: Span,
) {
    if !sheet.pools.contains(&span) {
        return;
    }
    let has_credit = |path: &Path| {
        let name = written(path);
        sheet.deductions.iter().any(|part| part.name == name)
    };
    let subjects: Vec<LimitSubject> = pool
        .allocations()
        .filter(|one| has_credit(&one.level))
        .map(|one| LimitSubject::Named(one.level.clone()))
        .collect();
    let to = match &pool.name {
        Some(name) => Expr {
            kind: ExprKind::Name(Path {
                name: name.clone(),
                member: None,
                span: name.span,
            }),
            span: name.span,
        },
        None => pool.amount.clone(),
    };
    let held = Limit {
        subjects,
        to,
        period: LimitPeriod::Each(pool.every),
        excess: None,
        terminate: None,
    };
    let heading = Span {
        end: pool.amount.span.end,
        ..span
    };
    limit::read(cx, sheet, &held, clause, heading);
}

/// The amount as a whole, under its name.
fn whole(
    cx: &mut Context<'_>,
    pool: &AtRisk,
    amount: &Typed,
    clause: Option<&Text>,
    span: Span,
) -> Typed {
    if amount.is_unknown() {
        return amount.clone();
    }
    let node = cx.graph.alias(amount.node, span);
    let (kind, name) = match &pool.name {
        Some(name) => (StepKind::Definition, name.text.clone()),
        None => (StepKind::Part, "at-risk amount".to_owned()),
    };
    cx.graph
        .label(node, kind, name, clause.map(|clause| clause.text.clone()));
    let place = pool.name.as_ref().map_or(amount.span, |name| name.span);
    Typed::new(node, cx.money(), place)
}

/// The share of a whole, and its value. Its place is the place of the thing that has the share.
fn share_of(cx: &mut Context<'_>, share: &Expr, of: &Typed, place: Span) -> Option<(Typed, Typed)> {
    let rate = cx.expression(share);
    let rate = cx.demand(rate, &Type::Percent, "the share of an at-risk amount");
    if rate.is_unknown() || of.is_unknown() {
        return None;
    }
    let money = cx.money();
    let node: NodeId = cx.node(Op::Multiply(rate.node, of.node), money.clone(), share.span);
    Some((Typed::new(node, money, place), rate))
}

/// Gives a service level its credit.
#[allow(
    clippy::too_many_arguments,
    reason = "one share with all that it is checked against"
)]
fn allocate<'p>(
    cx: &mut Context<'_>,
    sheet: &mut Worksheet,
    pool: &AtRisk,
    one: &'p Allocation,
    of: &Typed,
    levels: &Levels<'_>,
    listed: &mut Vec<&'p Path>,
) {
    let share = share_of(cx, &one.share, of, one.level.span);
    if !is_level(cx, &one.level, levels) {
        return;
    }
    let level = written(&one.level);
    if let Some(first) = sheet.pooled.iter().find(|pooled| pooled.level == level) {
        let finding = Diagnostic::error(
            "two-allocations",
            one.level.span,
            format!("`{level}` has two shares of an at-risk amount"),
        )
        .here("the second time")
        .and_at(first.span, "the first time")
        .because("nothing would say which of the two a miss costs, or whether it costs both")
        .help("remove one of them");
        cx.report(finding);
        return;
    }
    listed.push(&one.level);
    let credit = match share {
        None => cx.unknown(one.level.span),
        Some((mut credit, rate)) => {
            let words = format!("`{level}` at risk");
            cx.graph.label(credit.node, StepKind::Part, words, None);
            credit.share = Some(Box::new(Share {
                rate,
                base: of.clone(),
            }));
            credit
        }
    };
    sheet.pooled.push(Pooled {
        level,
        pool: pool.name.as_ref().map(|name| name.text.clone()),
        span: one.level.span,
        credit,
    });
}

/// Whether it is a service level without another credit. If it is not, a finding is reported.
fn is_level(cx: &mut Context<'_>, path: &Path, levels: &Levels<'_>) -> bool {
    let Some(symbol) = cx.find(&path.name) else {
        return false;
    };
    let name = &path.name.text;
    let level = levels
        .get(name.as_str())
        .filter(|_| symbol.what == catalogue::ItemKind::ServiceLevel);
    let Some(level) = level else {
        let finding = Diagnostic::error(
            "not-a-service-level",
            path.span,
            format!(
                "`{name}` is {}, and only a service level has a share of an at-risk amount",
                symbol.what.with_article()
            ),
        )
        .and_at(symbol.span, "declared here")
        .because("the share is what a miss costs, and only a service level says what a miss is")
        .help(format!(
            "name a service level: `service level my_level on {name} {{ target … }}`"
        ));
        cx.report(finding);
        return false;
    };
    let own = level
        .statements
        .iter()
        .find_map(|statement| match statement {
            SlStatement::Credit(_, span) => Some(*span),
            _ => None,
        });
    if let Some(own) = own {
        let finding = Diagnostic::error(
            "two-credits",
            path.span,
            format!("`{name}` has its own credit and a share of an at-risk amount"),
        )
        .here("its share")
        .and_at(own, "its own credit")
        .because("nothing would say whether a miss costs one of the two, or both")
        .help("remove one of them");
        cx.report(finding);
    }
    own.is_none()
}

/// Checks that a service level by a dimension is allocated member by member, and that no member is left out.
fn check_members(cx: &mut Context<'_>, listed: &[&Path], levels: &Levels<'_>) {
    let mut seen: Vec<&str> = Vec::new();
    for path in listed {
        let name = path.name.text.as_str();
        let dimension = levels.get(name).and_then(|level| level.dimension.as_ref());
        let Some(dimension) = dimension else {
            has_no_members(cx, path);
            continue;
        };
        let mut known = cx.dimensions.iter();
        let Some(at) = known.position(|known| known.name == dimension.text) else {
            continue;
        };
        let unknown = |member| cx.member_index(at, member).is_none();
        if path.member.as_ref().is_some_and(unknown) || seen.contains(&name) {
            continue;
        }
        seen.push(name);
        let all = cx.dimensions.get(at).map(|known| known.members.clone());
        let has = |member: &String| {
            let own = listed.iter().filter(|other| other.name.text == name);
            own.filter_map(|other| other.member.as_ref())
                .any(|other| other.text == *member)
        };
        let missing: Vec<String> = all
            .unwrap_or_default()
            .into_iter()
            .filter(|member| !has(member))
            .map(|member| format!("{name}.{member}"))
            .collect();
        if !missing.is_empty() {
            missing_members(cx, path, &missing);
        }
    }
}

fn has_no_members(cx: &mut Context<'_>, path: &Path) {
    let Some(member) = &path.member else { return };
    let name = &path.name.text;
    let finding = Diagnostic::error(
        "unexpected-member",
        member.span,
        format!(
            "`{name}` is not declared by a dimension, so it has no `{}`",
            member.text
        ),
    )
    .help(format!("write `{name}` alone"));
    cx.report(finding);
}

fn missing_members(cx: &mut Context<'_>, path: &Path, missing: &[String]) {
    let verb = if missing.len() == 1 { "has" } else { "have" };
    let finding = Diagnostic::error(
        "missing-allocation",
        path.span,
        format!(
            "`{}` {verb} no share of the at-risk amount",
            missing.join("`, `")
        ),
    )
    .because(format!(
        "`{}` exists once for each member, and a miss of a member without a share would cost nothing",
        path.name.text
    ))
    .help(format!(
        "give each its share, as in `{} 10%`",
        missing.join(" 10%, ")
    ));
    cx.report(finding);
}

/// Checks that the categories together do not exceed the whole, unless the contract says that they may.
fn check_categories(cx: &mut Context<'_>, pool: &AtRisk) {
    let mut sum = Exact::zero();
    let mut last = None;
    for part in &pool.parts {
        if let PoolPart::Category { name, share, .. } = part
            && let ExprKind::Percent(value) = &share.kind
        {
            sum = sum.add(value);
            last = Some(name.span.to(share.span));
        }
    }
    let Some(last) = last.filter(|_| sum > Exact::one() && pool.may_exceed.is_none()) else {
        return;
    };
    let shown = Figure::new(sum, Type::Percent);
    let finding = Diagnostic::error(
        "categories-above-100",
        last,
        format!("the categories add up to {shown} of the at-risk amount"),
    )
    .here("with this one")
    .because(format!(
        "this may be a mistake: if everything is missed, {shown} of the amount would be due, and it would be cut to \
         100%"
    ))
    .help("change the shares so that they add up to at most 100%, or add `categories may exceed 100%`");
    cx.report(finding);
}

/// The name, with its member if one is written: `answer`, `answer.voice`.
fn written(path: &Path) -> String {
    match &path.member {
        Some(member) => format!("{}.{}", path.name.text, member.text),
        None => path.name.text.clone(),
    }
}
