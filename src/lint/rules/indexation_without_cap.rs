//! `indexation-without-cap`

use crate::diagnostic::Diagnostic;
use crate::ledger::LineKind;
use crate::lint::rule::rule;
use crate::lint::{Subject, mend};
use crate::model::facts::KpiKind;
use crate::model::facts::{Index, IndexTarget};
use crate::model::is_line_of;
use crate::program::{Graph, NodeId, Op, SlotId};
use crate::quantity::{Exact, Figure, Type, Unit};
use crate::text::Span;

rule! {
    /// Prices follow an index without an upper limit.
    ///
    /// In a year of 10% inflation the whole rise reaches the invoice, and nobody has budgeted for it. A cap of 3% to 5%
    /// a year is usual.
    ///
    /// ```quid bad
    /// input cpi : points to 0.1 from "Statistics office" by customer nominal 120
    /// charge platform 12_000 EUR per month
    /// index platform by cpi {
    ///   base 118.4 of 2025-10
    ///   each January from 2027 with the value of October before
    ///   prices rounded half up to 0.01 EUR
    ///   against the base
    /// }
    /// # without: scenario
    /// ```
    ///
    /// ```quid good
    /// input cpi : points to 0.1 from "Statistics office" by customer nominal 120
    /// charge platform 12_000 EUR per month
    /// index platform by cpi {
    ///   base 118.4 of 2025-10
    ///   each January from 2027 with the value of October before
    ///   at least 0% and at most 4% a year
    ///   prices rounded half up to 0.01 EUR
    ///   against the year before
    /// }
    /// # without: scenario
    /// ```
    ///
    /// A formula that multiplies a charge by an index divided by its base, without `min` around it, is also such a
    /// price.
    ///
    /// To fix it, say by how much the prices may rise in a year.
    "indexation-without-cap": Risk, Warning, Stable since "0.2.0" from Absence,
    "rise" = "10%" "the rise of the index whose cost is shown"; Unsafe fix "limit the rise of prices to between 0% \
                                                                            and 4% a year"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for index in subject.indices().filter(|index| index.most.is_none()) {
        found.push(finding(subject, index, index.head.span));
    }
    found.extend(by_formula(subject));
    found
}

/// Charges that a formula multiplies by an index value divided by a written one, if nothing limits the quotient.
fn by_formula(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let graph = &subject.contract.graph;
    let plan = &subject.contract.plan;
    let metrics = subject.contract.metrics.iter();
    let measured: Vec<NodeId> = metrics
        .filter(|metric| metric.kind != Some(KpiKind::Cost))
        .flat_map(|metric| metric.nodes.clone())
        .collect();
    let measured = subject.flow.columns(&measured);
    let indices: Vec<&str> = subject
        .indices()
        .map(|index| index.by.name.as_str())
        .collect();
    let is_index = |slot: &SlotId| {
        plan.slots.get(slot.0 as usize).is_some_and(|known| {
            let base = known.kind.unit().and_then(Unit::as_base);
            let counts_points = base.is_some_and(|base| base.plural() == "points");
            (counts_points || known.kind == Type::Number)
                && !measured.contains(slot)
                && !indices.contains(&known.input.as_str())
        })
    };
    let charges = plan.lines.iter();
    let amounts: Vec<NodeId> = charges
        .filter(|line| line.kind == LineKind::Charge)
        .map(|line| line.amount)
        .collect();
    let open = unheld(graph, &amounts);
    let nodes = graph.nodes().iter().zip(&open);
    let mut found: Vec<Diagnostic> = Vec::new();
    for (node, _) in nodes.filter(|(_, open)| **open) {
        let Op::Divide(above, below) = &node.op else {
            continue;
        };
        let columns = subject.flow.columns(&[*above]);
        let [slot] = columns.as_slice() else { continue };
        let known = plan.slots.get(slot.0 as usize);
        let Some(known) = known.filter(|_| is_index(slot)) else {
            continue;
        };
        if subject.flow.constant(*below).is_none() || !subject.is_own(node.span) {
            continue;
        }
        let message = format!("prices follow `{}` without an upper limit", known.input);
        found.push(
            Diagnostic::warning(RULE.name, node.span, message)
                .because("the whole of a high inflation then reaches the invoice, and nobody has budgeted for it")
                .help("limit the quotient, `min(… , 1.04)`, or write an `index` with `at least 0% and at most 4% a \
                       year`"),
        );
    }
    found
}

/// What the values are made from, except what `min` limits.
fn unheld(graph: &Graph, roots: &[NodeId]) -> Vec<bool> {
    let mut reached = vec![false; graph.nodes().len()];
    let mut open = roots.to_vec();
    while let Some(id) = open.pop() {
        let (Some(seen), Some(node)) = (reached.get_mut(id.0 as usize), graph.get(id)) else {
            continue;
        };
        if !std::mem::replace(seen, true) && !matches!(node.op, Op::Min(_)) {
            node.op.each_use(|used| open.push(used));
        }
    }
    reached
}

fn finding(subject: &Subject<'_>, index: &Index, place: Span) -> Diagnostic {
    let message = format!("prices follow `{}` without an upper limit", index.by.name);
    let mut finding = Diagnostic::warning(RULE.name, place, message);
    if let Some(example) = &subject.example {
        let names: Vec<Option<&str>> = index
            .targets
            .iter()
            .map(|target| match target {
                IndexTarget::Charges => None,
                IndexTarget::Named(link) => Some(link.name.as_str()),
            })
            .collect();
        let is_indexed = |line: &str| {
            let mut names = names.iter();
            names.any(|name| name.is_none_or(|name| is_line_of(line, name)))
        };
        let indexed = example
            .statement
            .lines
            .iter()
            .filter(|line| line.kind == LineKind::Charge && is_indexed(&line.name))
            .fold(Exact::zero(), |sum, line| sum.add(&line.amount));
        let rise = subject.settings.threshold(&RULE, "rise");
        // The part that a fixed share leaves is known here only if that share is a plain percentage.
        let moving = match &index.fixed {
            None => Some(Exact::one()),
            Some(fixed) => fixed.percent().map(|fixed| Exact::one().subtract(fixed)),
        };
        if let Some(moving) = moving.filter(|_| !indexed.is_zero()) {
            let more = indexed.multiply(&moving).multiply(&rise);
            finding = finding
                .because(format!(
                    "in the contract's example month, {}, {} follows it: a rise of {} costs {} more each month",
                    example.month(),
                    subject.money(&indexed),
                    Figure::new(rise, Type::Percent),
                    subject.money(&more)
                ))
                .costing(subject.money(&more));
        }
    }
    let finding = finding
        .because("the whole of a high inflation then reaches the invoice, and nobody has budgeted for it")
        .help("say by how much prices may rise: `at least 0% and at most 4% a year`");
    let bounds = "at least 0% and at most 4% a year";
    let edits = mend::with_statement(subject, place, bounds).filter(|_| index.least.is_none());
    mend::mended(finding, &RULE, edits)
}
