//! What became of the records: how many were read, counted, or could not be used, and why.

use crate::calendar::DAY;
use crate::model::facts::FieldKind;

use super::bucket::month;
use super::dialect::Target;
use super::plan::{Plan, PlannedSet};
use super::source::{GOOD, TWICE, UNREADABLE, WITHOUT_KEY};
use super::sql::Query;
use super::terms::column;

/// The query that accounts for every record: for each set and month how many were read, how many count, and why others do not.
/// Its months are those of the plan, `outside` for records of other months, and `undated` for records whose day cannot be read.
#[must_use]
pub fn checks(plan: &Plan, target: &Target) -> String {
    let mut query = Query::new(plan, target);
    let mut selects = Vec::new();
    for at in 0..plan.sets.len() {
        query.read_set(at);
        if let Some(set) = plan.sets.get(at) {
            selects.push(query.account(at, set));
        }
    }
    let last = format!("{}\nORDER BY 1, 2", selects.join("\nUNION ALL "));
    query.written(&last)
}

impl Query<'_> {
    fn account(&mut self, at: usize, set: &PlannedSet) -> String {
        let dialect = self.dialect;
        let read = format!("quidpro_read_{at}");
        let usual = set.dated.first().copied();
        let day = usual.map_or_else(|| "NULL".to_owned(), |usual| self.day_of(set, usual.0));
        let known = month(dialect, &self.plan.months, &day);
        let counted = |state: u8| format!("SUM(CASE WHEN state = {state} THEN 1 ELSE 0 END)");
        let last = format!("quidpro_last_{at}");
        let moment = usual.map_or_else(|| "0".to_owned(), |usual| moment(set, usual));
        self.step(
            &last,
            format!("SELECT MAX({moment}) AS moment FROM {read} WHERE state = {GOOD}"),
        );
        let longest = set.windows.iter().map(|(_, within)| *within).max();
        let window = match longest {
            Some(within) => format!(
                "SUM(CASE WHEN state = {GOOD} AND {moment} + {within} > {last}.moment THEN 1 ELSE 0 END)"
            ),
            None => "0".to_owned(),
        };
        let open: Vec<_> = set
            .needed
            .iter()
            .filter_map(|id| Some((*id, set.field(*id)?)))
            .filter(|(_, field)| {
                field.may_be_missing && matches!(field.kind, FieldKind::Time(_) | FieldKind::Date)
            })
            .map(|(id, _)| format!("{} IS NULL", column(id)))
            .collect();
        let open = if open.is_empty() {
            "0".to_owned()
        } else {
            format!(
                "SUM(CASE WHEN state = {GOOD} AND ({}) THEN 1 ELSE 0 END)",
                open.join(" OR ")
            )
        };
        format!(
            "SELECT {} AS {}, CASE WHEN {day} IS NULL THEN 'undated' ELSE COALESCE({known}, 'outside') END AS {},\n  COUNT(*) AS {}, {} AS {}, {} AS {}, {} AS {}, {} AS {}, {open} AS {}, {window} AS {}\nFROM {read} CROSS JOIN {last} GROUP BY 1, 2",
            dialect.text(set.records.head.name()),
            dialect.name("records"),
            dialect.name("month"),
            dialect.name("read"),
            counted(GOOD),
            dialect.name("counted"),
            counted(UNREADABLE),
            dialect.name("unreadable"),
            counted(WITHOUT_KEY),
            dialect.name("without_key"),
            counted(TWICE),
            dialect.name("twice"),
            dialect.name("open"),
            dialect.name("window_open"),
        )
    }
}

/// The moment of a record in milliseconds.
fn moment(set: &PlannedSet, field: crate::model::facts::FieldId) -> String {
    match set.field(field).map(|field| &field.kind) {
        Some(FieldKind::Date) => format!("{} * {DAY}", column(field)),
        _ => column(field),
    }
}
