//! The balanced scorecard of a contract in a month: KPIs, what they paid, what is open, and what is due.
//!
//! It reads the statements that the evaluator computed, and nodes of the program. It computes no amount but sums.

mod kpis;
mod levels;
mod months;

use crate::agenda::{Agenda, agenda};
use crate::calendar::{Date, Month};
use crate::data::Row;
use crate::driver::{Checked, Loaded};
use crate::ledger::{LineKind, Statement};
use crate::quantity::Exact;
use crate::report::dashboard::{Due, DueEvent, MonthNotice, Section, Sum};

use months::Computed;

/// What a scorecard is about.
pub struct Subject<'s> {
    /// The texts.
    pub loaded: &'s Loaded,
    /// The contract with all its versions.
    pub checked: &'s Checked,
    /// The contract's file, as it is shown.
    pub file: &'s str,
    /// The file of the data.
    pub data: &'s str,
}

/// The scorecard of an account's month. The rows are in the order of their months. Nothing if there is no row for the
/// month, or if the contract has errors.
#[must_use]
pub fn section(subject: &Subject<'_>, rows: &[Row], month: Month) -> Option<Section> {
    let contract = subject.checked.contract_in(month);
    let computed = Computed::of(subject.checked, rows, month)?;
    let start = contract.term.map_or_else(
        || month.year_start(),
        |term| term.contract_year_start(month),
    );
    let first = computed.months.first()?.month;
    let year_from = start.max(first);
    let total = |statement: &Statement| statement.total.clone();
    let mut kinds: Vec<LineKind> = Vec::new();
    for line in computed.statements(year_from).flat_map(|one| &one.lines) {
        if !kinds.contains(&line.kind) {
            kinds.push(line.kind);
        }
    }
    kinds.sort();
    let kinds = kinds.into_iter().map(|kind| {
        let of_kind = |statement: &Statement| {
            let lines = statement.lines.iter().filter(|line| line.kind == kind);
            lines.fold(Exact::zero(), |sum, line| sum.add(&line.amount))
        };
        (kind, computed.sum(year_from, of_kind))
    });
    let heading = &contract.heading;
    let notices = computed
        .statement()
        .into_iter()
        .flat_map(|one| &one.notices);
    let notices = notices.map(|notice| MonthNotice {
        kind: notice.kind,
        name: notice.name.clone(),
        text: notice.text.clone(),
        clause: notice.clause.clone(),
    });
    Some(Section {
        file: subject.file.to_owned(),
        data: subject.data.to_owned(),
        contract: heading.contract.clone(),
        title: heading
            .title
            .clone()
            .unwrap_or_else(|| heading.contract.clone()),
        account: rows.first()?.account.as_deref().map(str::to_owned),
        currency: contract.currency?,
        month,
        year_from,
        invoice: computed.sum(year_from, total),
        refused: computed.refused.clone(),
        without: computed.without(year_from),
        kinds: kinds.collect(),
        totals: computed.last_months(|one| one.statement.as_ref().map(total)),
        kpis: kpis::of(contract, &computed, year_from),
        open: levels::open(contract, &computed),
        levels: levels::of(contract, &computed),
        notices: notices.collect(),
        due: due(subject, contract, month)?,
    })
}

/// What falls due in the month after.
fn due(subject: &Subject<'_>, contract: &crate::model::Contract, month: Month) -> Option<Due> {
    let next = month.plus(1);
    let (from, to) = (next.first_day()?, next.last_day()?);
    let agenda: Agenda = agenda(contract, &subject.loaded.accepted(contract));
    let mut events: Vec<DueEvent> = agenda
        .events
        .iter()
        .filter_map(|event| {
            let days: Vec<Date> = event.days_in(from, to);
            Some(DueEvent {
                day: *days.first()?,
                times: days.len(),
                what: event.what.clone(),
                clause: event.clause.clone(),
            })
        })
        .collect();
    events.sort_by_key(|event| event.day);
    Some(Due { from, to, events })
}

/// No amount in the month, and none in the year.
fn nothing() -> Sum {
    Sum {
        month: None,
        year: Exact::zero(),
    }
}
