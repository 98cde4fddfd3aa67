//! Scenarios: the inputs they give and the values they expect, in the types of the contract.

use std::collections::{BTreeMap, HashSet};

use crate::calendar::Month;
use crate::catalogue;
use crate::diagnostic::Diagnostic;
use crate::ledger::LineKind;
use crate::model::{Expected, ExpectedWhat, MOST_MONTHS, ScenarioFacts, names_of_line};
use crate::program::SlotId;
use crate::quantity::{Exact, Figure, Type};
use crate::syntax::tree::{Assignment, Expectation, Expr, Name, Path, Scenario};
use crate::text::Span;
use crate::typing::{Context, SymbolValue};

/// What scenarios can give and expect, by name.
pub(super) struct Stated {
    columns: BTreeMap<String, usize>,
    lines: HashSet<(LineKind, String)>,
}

impl Stated {
    pub(super) fn of(cx: &Context<'_>) -> Self {
        let mut columns = BTreeMap::new();
        for (at, slot) in cx.plan.slots.iter().enumerate() {
            columns.entry(slot.name.clone()).or_insert(at);
        }
        let mut lines = HashSet::new();
        for line in &cx.plan.lines {
            lines.extend(names_of_line(&line.name).map(|name| (line.kind, name.to_owned())));
        }
        Self { columns, lines }
    }
}

/// Reads a scenario.
pub(super) fn read(cx: &mut Context<'_>, known: &Stated, scenario: &Scenario) -> ScenarioFacts {
    check_months(cx, scenario);
    let mut given: Vec<_> = scenario
        .given
        .iter()
        .filter_map(|assignment| given(cx, known, assignment))
        .collect();
    // Of two values for one column the first counts.
    given.sort_by_key(|(slot, _)| *slot);
    given.dedup_by_key(|(slot, _)| *slot);
    let mut expected: Vec<_> = scenario
        .expected
        .iter()
        .filter_map(|expectation| expected(cx, known, scenario, expectation))
        .collect();
    expected.sort_by_key(|one| one.span);
    ScenarioFacts {
        name: scenario.name.text.clone(),
        first: scenario.first,
        last: scenario.last,
        given,
        expected,
        span: scenario.name.span,
    }
}

fn check_months(cx: &mut Context<'_>, scenario: &Scenario) {
    if scenario.last < scenario.first {
        let message = format!(
            "the scenario ends in {}, before it begins in {}",
            scenario.last, scenario.first
        );
        cx.report(
            Diagnostic::error("turned-scenario", scenario.months_span, message)
                .help("write the first month first"),
        );
    }
    let months = scenario.last.since(scenario.first).saturating_add(1);
    if months > MOST_MONTHS {
        let message = format!(
            "the scenario has {months} months, more than the {MOST_MONTHS} that are computed"
        );
        cx.report(
            Diagnostic::error("scenario-too-long", scenario.months_span, message)
                .because("an expectation of a month that is not computed would prove nothing")
                .help(
                    "begin it later or end it earlier; no window reads more than 1,200 months back",
                ),
        );
    }
    if let Some(term) = cx.term
        && !(term.has_month(scenario.first) && term.has_month(scenario.last))
    {
        let message = format!(
            "the scenario is outside the contract's term, {} to {}",
            term.first, term.last
        );
        cx.report(
            Diagnostic::error("scenario-out-of-term", scenario.months_span, message)
                .help("choose a month within the term"),
        );
    }
}

fn given(
    cx: &mut Context<'_>,
    known: &Stated,
    assignment: &Assignment,
) -> Option<(SlotId, Vec<Option<Exact>>)> {
    let name = match &assignment.path.member {
        Some(member) => format!("{}.{}", assignment.path.name.text, member.text),
        None => assignment.path.name.text.clone(),
    };
    let Some(at) = known.columns.get(&name).copied() else {
        unknown_input(cx, &assignment.path, &name);
        return None;
    };
    let slot = cx.plan.slots.get(at)?.clone();
    let mut values = Vec::with_capacity(assignment.values.len());
    for stated in &assignment.values {
        let Some(expr) = stated else {
            values.push(None);
            continue;
        };
        let value = constant(cx, expr, &slot.kind, "a given value")?;
        check_observable(cx, &value, &slot, expr.span);
        values.push(Some(value));
    }
    Some((SlotId(u32::try_from(at).unwrap_or(u32::MAX)), values))
}

fn check_observable(cx: &mut Context<'_>, value: &Exact, slot: &crate::program::Slot, span: Span) {
    let figure = |value: &Exact| Figure::new(value.clone(), slot.kind.clone()).to_string();
    let outside = slot.least.as_ref().is_some_and(|least| value < least)
        || slot.most.as_ref().is_some_and(|most| value > most);
    let broken = slot.whole && !value.is_integer();
    let fine = slot
        .step
        .as_ref()
        .is_some_and(|step| !value.is_multiple_of(step));
    let message = if outside {
        format!(
            "{} is outside of what `{}` can be",
            figure(value),
            slot.name
        )
    } else if broken {
        format!(
            "`{}` comes in whole numbers, and {} is not whole",
            slot.name,
            figure(value)
        )
    } else if fine {
        format!(
            "{} is more precise than `{}` is measured",
            figure(value),
            slot.name
        )
    } else {
        return;
    };
    let finding =
        Diagnostic::error("unobservable-value", span, message).and_at(slot.span, "declared here");
    cx.report(finding);
}

fn unknown_input(cx: &mut Context<'_>, path: &Path, name: &str) {
    if cx.unreadable.contains(&path.name.text) {
        return;
    }
    let known: Vec<String> = cx.plan.slots.iter().map(|slot| slot.name.clone()).collect();
    let close = cx
        .guess(name, known.iter().map(String::as_str))
        .map(str::to_owned);
    let input = &path.name.text;
    let members: Vec<String> = known
        .iter()
        .filter(|known| {
            known
                .strip_prefix(input.as_str())
                .is_some_and(|rest| rest.starts_with('.'))
        })
        .map(|member| format!("`{member}`"))
        .collect();
    let message = if name == input && !members.is_empty() {
        format!("`{name}` has a value for each member of its dimension")
    } else {
        format!("`{name}` is not an input of this contract")
    };
    let mut finding = Diagnostic::error("unknown-input", path.span, message);
    finding = match (cx.symbols.get(input), close) {
        (Some(symbol), _) if symbol.what == catalogue::ItemKind::Input => {
            if members.is_empty() {
                finding.help(format!("write `{input}`: it has no dimension"))
            } else {
                finding.help(format!("give each one separately: {}", members.join(", ")))
            }
        }
        (Some(symbol), _) => finding
            .and_at(symbol.span, format!("it is {}", symbol.what.with_article()))
            .help("give the inputs that it is computed from"),
        (None, Some(close)) => finding.help(format!("did you mean `{close}`?")),
        (None, None) => finding,
    };
    cx.report(finding);
}

fn values(cx: &mut Context<'_>, all: &[Expr], kind: &Type, what: &str) -> Option<Vec<Exact>> {
    let values = all.iter().map(|expr| constant(cx, expr, kind, what));
    values.collect()
}

fn constant(cx: &mut Context<'_>, expr: &Expr, kind: &Type, what: &str) -> Option<Exact> {
    let value = cx.expression(expr);
    let value = cx.demand(value, kind, what);
    cx.demand_constant(&value, what)
}

fn expected(
    cx: &mut Context<'_>,
    known: &Stated,
    scenario: &Scenario,
    expectation: &Expectation,
) -> Option<Expected> {
    let in_month = |month: &Option<Month>| month.unwrap_or(scenario.last);
    let bare = |what, month, span| Expected {
        what,
        values: Vec::new(),
        kind: Type::Flag,
        month,
        span,
    };
    match expectation {
        Expectation::Total(all, span) => {
            let money = cx.money();
            let values = values(cx, all, &money, "an expected total")?;
            Some(Expected {
                what: ExpectedWhat::Total,
                values,
                kind: money,
                month: scenario.last,
                span: *span,
            })
        }
        Expectation::Value {
            word,
            path,
            values: all,
            span,
        } => {
            let (what, kind) = expected_value(cx, known, word.as_ref(), path)?;
            let values = values(cx, all, &kind, "an expected value")?;
            Some(Expected {
                what,
                values,
                kind,
                month: scenario.last,
                span: *span,
            })
        }
        Expectation::Notice(text, month, span) => Some(bare(
            ExpectedWhat::Notice(text.text.clone()),
            in_month(month),
            *span,
        )),
        Expectation::NoNotice(month, span) => {
            Some(bare(ExpectedWhat::NoNotice, in_month(month), *span))
        }
        Expectation::NoInvoice(month, span) => {
            Some(bare(ExpectedWhat::NoInvoice, in_month(month), *span))
        }
    }
}

fn expected_value(
    cx: &mut Context<'_>,
    known: &Stated,
    word: Option<&Name>,
    path: &Path,
) -> Option<(ExpectedWhat, Type)> {
    let kind = word.and_then(|word| LineKind::of_words(&word.text));
    let name = match &path.member {
        Some(member) => format!("{}.{}", path.name.text, member.text),
        None => path.name.text.clone(),
    };
    let money = cx.money();
    if let (Some(kind), Some(word)) = (kind, word) {
        let stated = known.lines.contains(&(kind, name.clone()));
        if !stated {
            no_such_line(cx, word, path, &name)?;
        }
        return Some((
            ExpectedWhat::Lines {
                kind: Some(kind),
                name,
            },
            money,
        ));
    }
    let symbol = cx.find(&path.name)?;
    if word.is_some_and(|word| word.text == "target") {
        return target_in_force(cx, path, &name);
    }
    if let Some(kind) = LineKind::of_item(symbol.what) {
        let kind = Some(kind);
        return Some((ExpectedWhat::Lines { kind, name }, money));
    }
    let value = match (&symbol.value, &path.member) {
        (SymbolValue::ByMember(..), None) => cx.total_of(path, path.span),
        _ => cx.value_of(path),
    };
    let node = value.node;
    let is_known = !value.is_unknown();
    is_known.then_some((ExpectedWhat::Value { node, name }, value.kind))
}

/// The target of a service level, if it can change from month to month.
fn target_in_force(cx: &mut Context<'_>, path: &Path, name: &str) -> Option<(ExpectedWhat, Type)> {
    let shown = format!("{name}.target");
    let measure = cx.plan.measures.iter().find(|one| one.name == shown);
    if let Some(node) = measure.map(|measure| measure.node) {
        let kind = cx.graph.get(node)?.kind.clone();
        return Some((ExpectedWhat::Value { node, name: shown }, kind));
    }
    // The target may be missing only because of another mistake.
    if !cx.diagnostics.iter().any(Diagnostic::is_error) {
        let finding = Diagnostic::error(
            "no-such-line",
            path.span,
            format!("`{name}` has no target that changes"),
        )
        .because("an expected value for a fixed target would prove nothing")
        .help("name a service level with `raised after …` or `lowered after …`");
        cx.report(finding);
    }
    None
}

/// An amount that no month can have is a mistake in the expectation. Nothing if the name itself is unknown.
fn no_such_line(cx: &mut Context<'_>, word: &Name, path: &Path, name: &str) -> Option<()> {
    let word = &word.text;
    let symbol = if *word == path.name.text {
        None
    } else {
        Some(cx.find(&path.name)?)
    };
    // A line may be missing only because of another mistake.
    let is_unread = cx.unreadable.contains(&path.name.text);
    if is_unread || cx.diagnostics.iter().any(Diagnostic::is_error) {
        return Some(());
    }
    let mut finding = Diagnostic::error(
        "no-such-line",
        path.span,
        match symbol {
            None => format!("the contract states no {word}"),
            Some(_) => format!("the contract states no {word} of `{name}`"),
        },
    );
    if let Some(symbol) = symbol {
        let says = format!("`{}` is a {}", path.name.text, symbol.what.words());
        finding = finding.and_at(symbol.span, says);
    }
    let finding = finding
        .because("the amount would be 0 in every month, so the expectation would prove nothing")
        .help("name an item that has such an amount, or remove the expectation");
    cx.report(finding);
    None
}
