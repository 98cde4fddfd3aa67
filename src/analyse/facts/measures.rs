//! Inputs, metrics, definitions, objectives.

use crate::model::facts::{
    Definition, Goal, Head, Input, KpiKind, Metric, Needs, Objective, Quotient, Records,
};
use crate::quantity::Type;
use crate::syntax::tree::{self, Expr, ExprKind, MetricStatement, Path, ProductOp};

use super::reader::Reader;

pub(super) fn objective(reader: &Reader<'_>, one: &tree::Objective, head: Head) -> Objective {
    let measured = one.measured_by.iter().map(|measured| Goal {
        metric: reader.link(&measured.metric),
        level: measured
            .goal
            .as_ref()
            .map(|(comparison, level)| (*comparison, reader.value(level))),
    });
    Objective {
        head,
        purposes: one.purposes.clone(),
        measured_by: measured.collect(),
    }
}

pub(super) fn input(reader: &Reader<'_>, one: &tree::Input, head: Head) -> Input {
    let symbol = reader.cx.symbols.get(&one.name.text);
    let domain = symbol.and_then(|symbol| symbol.domain.as_ref());
    let (source, reporter) = super::records::reporting(reader.items, one);
    Input {
        nodes: reader.values(&one.name.text),
        value_type: symbol.map_or(Type::Unknown, |symbol| symbol.kind.clone()),
        dimension: one.dimension.as_ref().map(|one| one.name.text.clone()),
        source,
        reporter: reporter.map(|(reporter, _)| reporter),
        least: domain.and_then(|domain| domain.least.clone()),
        most: domain.and_then(|domain| domain.most.clone()),
        step: reader.maybe(one.step.as_ref()),
        nominal: reader.maybe(one.nominal.as_ref()),
        if_missing: one.if_missing.as_ref().map(|one| reader.fallback(one)),
        counted: reader.records.counted.get(&one.name.text).cloned(),
        head,
    }
}

/// The records of a clause; nothing for a second clause of the same name.
pub(super) fn records(reader: &Reader<'_>, one: &tree::Records, head: Head) -> Option<Records> {
    let mut sets = reader.records.sets.iter();
    let set = sets.find(|set| set.name.span == one.name.span)?;
    Some(Records {
        head,
        source: one.source.clone(),
        reporter: one.reporter.map(|(reporter, _)| reporter),
        fields: set.fields.clone(),
        key: set.key,
        dated_by: set.dated_by,
        leaves_out_bad: one.leaves_out.is_some(),
    })
}

/// What a metric declares; what its computation gave is added later.
pub(super) fn metric(reader: &Reader<'_>, one: &tree::Metric, head: Head) -> Metric {
    let symbol = reader.cx.symbols.get(&one.name.text);
    let domain = symbol.and_then(|symbol| symbol.domain.as_ref());
    let kind = one.kind.as_ref();
    let mut metric = Metric {
        kind: kind.and_then(|kind| KpiKind::of(&kind.text)),
        value_type: Type::Unknown,
        higher_is_better: one.higher_is_better,
        dimension: one.dimension.as_ref().map(|name| name.text.clone()),
        least: domain.and_then(|domain| domain.least.clone()),
        most: domain.and_then(|domain| domain.most.clone()),
        step: reader.maybe(one.step.as_ref()),
        source: one.source.clone(),
        reporter: one.reporter.map(|(reporter, _)| reporter),
        formula: reader.maybe(one.formula.as_ref()),
        quotient: one
            .formula
            .as_ref()
            .and_then(|formula| quotient(reader, formula)),
        needs: Vec::new(),
        if_missing: None,
        if_nothing_to_measure: None,
        rounded: None,
        inputs: Vec::new(),
        nodes: Vec::new(),
        head,
    };
    for statement in &one.statements {
        match statement {
            MetricStatement::Needs(condition, otherwise, span) => metric.needs.push(Needs {
                condition: reader.value(condition),
                otherwise: otherwise.as_ref().map(|one| reader.fallback(one)),
                span: *span,
            }),
            MetricStatement::IfMissing(fallback, _) => {
                metric.if_missing.get_or_insert(reader.fallback(fallback));
            }
            MetricStatement::IfNothingToMeasure(fallback, _) => {
                let fallback = reader.fallback(fallback);
                metric.if_nothing_to_measure.get_or_insert(fallback);
            }
            MetricStatement::Rounded(rounded) => {
                metric.rounded.get_or_insert(reader.rounded(rounded));
            }
        }
    }
    metric
}

fn quotient(reader: &Reader<'_>, formula: &Expr) -> Option<Quotient> {
    let ExprKind::Product(factors) = &formula.kind else {
        return None;
    };
    match factors.as_slice() {
        [(_, above), (ProductOp::Over, below)] => Some(Quotient {
            above: reader.link(path(above)?),
            below: reader.link(path(below)?),
            above_span: above.span,
            below_span: below.span,
        }),
        _ => None,
    }
}

fn path(expr: &Expr) -> Option<&Path> {
    match &expr.kind {
        ExprKind::Name(path) | ExprKind::TotalOf(path) => Some(path),
        _ => None,
    }
}

pub(super) fn definition(reader: &Reader<'_>, one: &tree::Let, head: Head) -> Definition {
    let symbol = reader.cx.symbols.get(&one.name.text);
    Definition {
        head,
        dimension: one.dimension.as_ref().map(|name| name.text.clone()),
        value_type: symbol.map_or(Type::Unknown, |symbol| symbol.kind.clone()),
        value: reader.value(&one.value),
        nodes: reader.values(&one.name.text),
    }
}
