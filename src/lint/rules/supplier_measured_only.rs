//! `supplier-measured-only`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::model::facts::KpiKind;

use crate::lint::rule::rule;

rule! {
    /// A KPI that changes the pay is computed only from what the supplier reports.
    ///
    /// A party that is paid by a figure should not be the only one that measures it.
    ///
    /// ```quid bad
    /// input audits       : contacts from "QA suite" by supplier
    /// input audit_points : points   from "QA suite" by supplier
    /// ```
    ///
    /// ```quid good
    /// input audits       : contacts from "QA suite" by both
    /// input audit_points : points   from "QA suite" by both
    /// ```
    ///
    /// To fix it, let both parties or the customer report the value, or agree on an audit.
    "supplier-measured-only": Incentive, Warning, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let slots = &subject.contract.plan.slots;
    let metrics = subject.contract.metrics.iter();
    metrics
        .filter(|metric| metric.kind != Some(KpiKind::Volume) && subject.is_paid(metric))
        .filter(|metric| {
            let columns = subject.flow.columns(&metric.nodes);
            let mut reporters = columns.iter().filter_map(|slot| slots.get(slot.0 as usize));
            !columns.is_empty() && reporters.all(|slot| slot.reporter == Some("supplier"))
        })
        .map(|metric| {
            let message = format!("`{}` changes the pay, and only the supplier reports it", metric.name);
            Diagnostic::warning(RULE.name, metric.span, message)
                .because("a party that is paid by a figure should not be the only one that measures it")
                .help("let both parties report one of its values (`by both`), or the customer (`by customer`)")
        })
        .collect()
}
