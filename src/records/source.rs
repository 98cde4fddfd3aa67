//! The steps that read a set of records: its columns as text, their values, what makes a record unusable, and the rest.

use crate::calendar::Zone;
use crate::model::facts::{Between, FieldId, FieldKind};

use super::bucket::local_day;
use super::dialect::Columns;
use super::plan::{PlannedSet, day};
use super::reading;
use super::sql::Query;
use super::terms::{column, day_column, window_column};

/// A record can be used.
pub(super) const GOOD: u8 = 0;
/// A value is missing, or not of its form.
pub(super) const UNREADABLE: u8 = 1;
/// It has no key.
pub(super) const WITHOUT_KEY: u8 = 2;
/// Another record has the same key.
pub(super) const TWICE: u8 = 3;

/// The column that holds the day of a field in the zone of the service hours.
fn service_column(field: FieldId) -> String {
    format!("s{}", field.0)
}

impl Query<'_> {
    /// Reads a set of records: `quidpro_read_N` has them all with their state, `quidpro_good_N` those that can be used.
    pub(super) fn read_set(&mut self, at: usize) {
        let Some(set) = self.plan.sets.get(at) else {
            return;
        };
        self.texts(at, set);
        let unreadable = self.values(at, set);
        self.states(at, set, &unreadable);
        self.good(at, set);
    }

    /// The fields of a set that are columns, in the order of the text.
    fn read_fields(set: &PlannedSet) -> Vec<(FieldId, &crate::model::facts::Field)> {
        let fields = set
            .needed
            .iter()
            .filter_map(|id| Some((*id, set.field(*id)?)));
        fields
            .filter(|(_, field)| !matches!(field.kind, FieldKind::Between(_)))
            .collect()
    }

    fn texts(&mut self, at: usize, set: &PlannedSet) {
        let dialect = self.dialect;
        let name = set.records.head.name();
        let table = match self.tables.get(name) {
            Some(table) => dialect.table(table),
            None => dialect.name(name),
        };
        let columns = Self::read_fields(set).into_iter().map(|(id, field)| {
            let name = dialect.name(&field.name.text);
            let is_text = matches!(field.kind, FieldKind::Text | FieldKind::OneOf(_));
            let value = match self.columns {
                Columns::Text => format!("NULLIF(CAST({name} AS {}), '')", dialect.text_type()),
                // A key may be a number there.
                Columns::Typed if is_text && set.records.key != Some(id) => {
                    format!("NULLIF({name}, '')")
                }
                Columns::Typed => name,
            };
            format!("{value} AS t{}", id.0)
        });
        let columns = columns.collect::<Vec<_>>().join(", ");
        self.step(
            &format!("quidpro_text_{at}"),
            format!("SELECT {columns}\n  FROM {table}"),
        );
    }

    /// The values of the columns; gives back the conditions under which a record is unreadable.
    fn values(&mut self, at: usize, set: &PlannedSet) -> Vec<String> {
        let mut columns = Vec::new();
        let mut unreadable = Vec::new();
        for (id, field) in Self::read_fields(set) {
            let text = format!("t{}", id.0);
            let value = match self.columns {
                Columns::Text => reading::value(self.dialect, &field.kind, &text),
                Columns::Typed => reading::typed(self.dialect, &field.kind, &text),
            };
            columns.push(format!("{value} AS {}", column(id)));
            let is_checked = !matches!(field.kind, FieldKind::Text);
            if is_checked {
                columns.push(format!("{text} IS NOT NULL AS r{}", id.0));
                unreadable.push(format!("(r{0} AND f{0} IS NULL)", id.0));
            }
            if !field.may_be_missing && set.records.key != Some(id) {
                unreadable.push(format!("f{} IS NULL", id.0));
            }
        }
        let columns = columns.join(",\n    ");
        self.step(
            &format!("quidpro_value_{at}"),
            format!("SELECT {columns}\n  FROM quidpro_text_{at}"),
        );
        let (known, known_end) = self.plan.known_days();
        for id in &set.needed {
            if let Some(FieldKind::Between(between)) = set.field(*id).map(|field| &field.kind) {
                let (from, to) = (column(between.from), column(between.to));
                unreadable.push(format!("{to} < {from}"));
                if between.in_service_hours {
                    let outside = [from, to].map(|time| {
                        format!(
                            "{time} < {} OR {time} >= {}",
                            known * crate::calendar::DAY,
                            known_end * crate::calendar::DAY
                        )
                    });
                    let counts = self.near_months(set);
                    unreadable.push(format!("(({}) AND ({counts}))", outside.join(" OR ")));
                }
            }
        }
        unreadable
    }

    /// Whether a record can count in a month of the query, give or take a day: others may lie where no service hours are known.
    fn near_months(&self, set: &PlannedSet) -> String {
        let first = self.plan.months.first().map_or(0, |month| month.first) - 1;
        let next = self.plan.months.last().map_or(0, |month| month.next) + 1;
        let dated = set.dated.iter().map(|id| {
            let scale = match set.field(*id).map(|field| &field.kind) {
                Some(FieldKind::Date) => 1,
                _ => crate::calendar::DAY,
            };
            format!(
                "{0} >= {1} AND {0} < {2}",
                column(*id),
                first * scale,
                next * scale
            )
        });
        dated.collect::<Vec<_>>().join(" OR ")
    }

    fn states(&mut self, at: usize, set: &PlannedSet, unreadable: &[String]) {
        let mut columns = vec!["v.*".to_owned()];
        for id in &set.days {
            if let Some(FieldKind::Time(zone)) = set.field(*id).map(|field| &field.kind) {
                let offsets = self.plan.offsets(zone);
                let day = local_day(self.dialect, &offsets, &column(*id));
                columns.push(format!("{day} AS {}", day_column(*id)));
            } else {
                columns.push(format!("{} AS {}", column(*id), day_column(*id)));
            }
        }
        for id in set.in_service_hours() {
            let zone = self
                .plan
                .service
                .as_ref()
                .map_or("UTC", |service| service.zone.as_str());
            let day = local_day(self.dialect, &self.plan.offsets(zone), &column(id));
            columns.push(format!("{day} AS {}", service_column(id)));
        }
        let mut state = String::from("CASE");
        let mut join = String::new();
        if let Some(key) = set.records.key {
            let key = column(key);
            let twice = format!("quidpro_twice_{at}");
            self.step(
                &twice,
                format!("SELECT {key} AS k FROM quidpro_value_{at} WHERE {key} IS NOT NULL GROUP BY {key} HAVING COUNT(*) > 1"),
            );
            state += &format!(
                " WHEN {key} IS NULL THEN {WITHOUT_KEY} WHEN {twice}.k IS NOT NULL THEN {TWICE}"
            );
            join = format!("\n  LEFT JOIN {twice} ON {twice}.k = v.{key}");
        }
        if !unreadable.is_empty() {
            state += &format!(" WHEN {} THEN {UNREADABLE}", unreadable.join(" OR "));
        }
        columns.push(format!("{state} ELSE {GOOD} END AS state"));
        let columns = columns.join(",\n    ");
        self.step(
            &format!("quidpro_read_{at}"),
            format!("SELECT {columns}\n  FROM quidpro_value_{at} AS v{join}"),
        );
    }

    fn good(&mut self, at: usize, set: &PlannedSet) {
        let mut columns = vec!["r.*".to_owned()];
        let mut joins = Vec::new();
        for id in &set.needed {
            if let Some(FieldKind::Between(between)) = set.field(*id).map(|field| &field.kind) {
                let value = self.between(*id, between, &mut joins);
                columns.push(format!("{value} AS {}", column(*id)));
            }
        }
        if let Some(usual) = set.records.dated_by {
            let moment = match set.field(usual).map(|field| &field.kind) {
                Some(FieldKind::Date) => format!("r.{} * {}", column(usual), crate::calendar::DAY),
                _ => format!("r.{}", column(usual)),
            };
            let key = set.records.key.unwrap_or(usual);
            let is_text = matches!(
                set.field(key).map(|field| &field.kind),
                Some(FieldKind::Text | FieldKind::OneOf(_))
            );
            let key = format!("r.{}", column(key));
            let is_text = is_text && self.columns == Columns::Text;
            let key = if is_text {
                self.dialect.in_order(&key)
            } else {
                key
            };
            for (number, (same, within)) in set.windows.iter().enumerate() {
                let same: Vec<_> = same.iter().map(|id| format!("r.{}", column(*id))).collect();
                columns.push(format!(
                    "COALESCE(LEAD({moment}) OVER (PARTITION BY {} ORDER BY {moment}, {key}) - {moment} <= {within}, FALSE) AS {}",
                    same.join(", "),
                    window_column(number)
                ));
            }
        }
        let columns = columns.join(",\n    ");
        self.step(
            &format!("quidpro_good_{at}"),
            format!(
                "SELECT {columns}\n  FROM quidpro_read_{at} AS r{}\n  WHERE r.state = {GOOD}",
                joins.concat()
            ),
        );
    }

    /// How long it took, in milliseconds.
    fn between(&mut self, id: FieldId, between: &Between, joins: &mut Vec<String>) -> String {
        let (from, to) = (
            format!("r.{}", column(between.from)),
            format!("r.{}", column(between.to)),
        );
        let mut value = if between.in_service_hours {
            self.service_step();
            let mut open = |moment: &str, day: FieldId, side: &str| {
                let alias = format!("{side}{}", id.0);
                joins.push(format!(
                    "\n  LEFT JOIN quidpro_service AS {alias} ON {alias}.day = r.{}",
                    service_column(day)
                ));
                let spans = (0..self.plan.spans_of_a_day()).map(|span| {
                    format!(
                        "GREATEST(0, LEAST({moment}, {alias}.until{span}) - {alias}.from{span})"
                    )
                });
                format!(
                    "({alias}.earlier + {})",
                    spans.collect::<Vec<_>>().join(" + ")
                )
            };
            format!(
                "{} - {}",
                open(&to, between.to, "b"),
                open(&from, between.from, "a")
            )
        } else {
            format!("{to} - {from}")
        };
        if let Some(less) = between.less {
            value = format!("{value} - COALESCE(r.{}, 0)", column(less));
        }
        value
    }

    /// The service hours of each day that a record can meet: what was open before it, and its spans.
    fn service_step(&mut self) {
        const NAME: &str = "quidpro_service";
        let Some(service) = &self.plan.service else {
            return;
        };
        if self.steps.iter().any(|(name, _)| name == NAME) {
            return;
        }
        let Some(zone) = Zone::named(&service.zone) else {
            return;
        };
        let most = self.plan.spans_of_a_day();
        let (first, next) = self.plan.known_days();
        let mut earlier = 0;
        let mut rows = Vec::new();
        for number in first - 1..=next {
            let Some(today) = day(number) else {
                continue;
            };
            let spans = service.hours.open_on(&zone, today);
            let mut row = vec![number.to_string(), earlier.to_string()];
            for at in 0..most {
                let (from, until) = spans.get(at).copied().unwrap_or((0, 0));
                row.extend([from.to_string(), until.to_string()]);
            }
            earlier += spans.iter().map(|(from, until)| until - from).sum::<i64>();
            rows.push(row);
        }
        let mut columns = vec!["day".to_owned(), "earlier".to_owned()];
        for at in 0..most {
            columns.extend([format!("from{at}"), format!("until{at}")]);
        }
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        let rows = self.dialect.rows("s", &columns, &rows);
        self.step(NAME, format!("SELECT {} FROM {rows}", columns.join(", ")));
    }
}
