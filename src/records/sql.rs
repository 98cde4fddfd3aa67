//! The plan as one query, whose result is the data that `invoice` reads.

use std::collections::BTreeMap;

use crate::model::facts::{CountedOf, CountedPeriods, CountedWhat, FieldKind, RecordFold};

use super::bucket::{day_of_part, month, part};
use super::dialect::{Columns, Dialect, Table, Target};
use super::plan::{Plan, PlannedInput, PlannedSet};
use super::terms::{column, day_column, holds_at_zero, of_part, of_record};

/// The parts of a query so far.
pub(super) struct Query<'p> {
    pub(super) plan: &'p Plan,
    pub(super) dialect: Dialect,
    pub(super) tables: &'p BTreeMap<String, Table>,
    pub(super) columns: Columns,
    /// The named steps, each with its text.
    pub(super) steps: Vec<(String, String)>,
    /// What the last step joins, in order.
    joins: Vec<String>,
    /// For each column of the result: its name, and its value as text.
    cells: Vec<(String, String)>,
}

/// The query of a plan.
#[must_use]
pub fn sql(plan: &Plan, target: &Target) -> String {
    let mut query = Query::new(plan, target);
    for at in 0..plan.sets.len() {
        query.read_set(at);
        query.unusable(at);
    }
    query.aggregates();
    query.percentiles();
    for (at, input) in plan.inputs.iter().enumerate() {
        if let CountedWhat::Periods(periods) = &input.counted.what {
            query.periods(at, input, periods);
        }
    }
    query.finish()
}

impl<'p> Query<'p> {
    pub(super) fn new(plan: &'p Plan, target: &'p Target) -> Self {
        let mut query = Self {
            plan,
            dialect: target.dialect,
            tables: &target.tables,
            columns: target.columns,
            steps: Vec::new(),
            joins: Vec::new(),
            cells: Vec::new(),
        };
        query.month_step();
        query
    }

    /// The months, which have a row each even if nothing happened.
    fn month_step(&mut self) {
        let rows: Vec<_> = self
            .plan
            .months
            .iter()
            .map(|month| vec![self.dialect.text(&month.month.to_string())])
            .collect();
        let rows = self.dialect.rows("m", &["month"], &rows);
        self.step("quidpro_months", format!("SELECT month FROM {rows}"));
    }

    pub(super) fn step(&mut self, name: &str, text: String) {
        self.steps.push((name.to_owned(), text));
    }

    /// Why records of a month cannot be used decides whether the month has values.
    fn unusable(&mut self, at: usize) {
        let Some(set) = self
            .plan
            .sets
            .get(at)
            .filter(|set| !set.records.leaves_out_bad)
        else {
            return;
        };
        for dated in &set.dated {
            let name = format!("quidpro_unusable_{at}_{}", dated.0);
            let day = self.day_of(set, dated.0);
            let month = month(self.dialect, &self.plan.months, &day);
            self.step(
                &name,
                format!(
                    "SELECT {month} AS month, COUNT(*) AS n FROM quidpro_read_{at} WHERE state <> 0 AND {day} IS NOT NULL GROUP BY 1"
                ),
            );
            self.step(
                &format!("{name}_undated"),
                format!(
                    "SELECT COUNT(*) AS n FROM quidpro_read_{at} WHERE state <> 0 AND {day} IS NULL"
                ),
            );
            self.join(&name);
            self.joins.push(format!("CROSS JOIN {name}_undated"));
        }
    }

    fn join(&mut self, name: &str) {
        self.joins.push(format!(
            "LEFT JOIN {name} ON {name}.month = quidpro_months.month"
        ));
    }

    /// The column that has the day of a field.
    pub(super) fn day_of(&self, set: &PlannedSet, field: usize) -> String {
        let id = crate::model::facts::FieldId(field);
        match set.field(id).map(|field| &field.kind) {
            Some(FieldKind::Date) => column(id),
            _ => day_column(id),
        }
    }

    /// One step for each set and each field by which its records are dated: everything but percentiles.
    fn aggregates(&mut self) {
        let plan = self.plan;
        for (at, set) in plan.sets.iter().enumerate() {
            for dated in &set.dated {
                let name = format!("quidpro_month_{at}_{}", dated.0);
                let mut values = Vec::new();
                for (number, input) in plan.inputs.iter().enumerate() {
                    let CountedWhat::Of(of) = &input.counted.what else {
                        continue;
                    };
                    let is_here = of.dated_by == *dated
                        && plan.set(of).is_some_and(|(position, _)| position == at)
                        && !matches!(of.fold, RecordFold::Percentile(..));
                    if is_here {
                        for (member_at, (_, member)) in input.columns.iter().enumerate() {
                            let value = self.folded(set, of, member.as_deref());
                            values.push(format!("{value} AS c{number}_{member_at}"));
                        }
                    }
                }
                if values.is_empty() {
                    continue;
                }
                let month = month(self.dialect, &plan.months, &self.day_of(set, dated.0));
                self.step(
                    &name,
                    format!(
                        "SELECT {month} AS month,\n    {}\n  FROM quidpro_good_{at} GROUP BY 1",
                        values.join(",\n    ")
                    ),
                );
                self.join(&name);
            }
        }
    }

    /// The condition of a column, if there is one.
    fn condition(&self, set: &PlannedSet, of: &CountedOf, member: Option<&str>) -> Option<String> {
        let test = of
            .test
            .as_ref()
            .map(|test| of_record(self.dialect, set, test));
        let member = member.zip(of.by);
        let member =
            member.map(|(member, by)| format!("{} = {}", column(by), self.dialect.text(member)));
        match (test, member) {
            (Some(test), Some(member)) => Some(format!("{test} AND {member}")),
            (one, other) => one.or(other),
        }
    }

    /// What is made of the records of a month.
    fn folded(&self, set: &PlannedSet, of: &CountedOf, member: Option<&str>) -> String {
        let condition = self.condition(set, of, member);
        let chosen = |value: String| match &condition {
            Some(condition) => format!("CASE WHEN {condition} THEN {value} END"),
            None => value,
        };
        match &of.fold {
            RecordFold::Count => match &condition {
                Some(condition) => format!("SUM(CASE WHEN {condition} THEN 1 ELSE 0 END)"),
                None => "COUNT(*)".to_owned(),
            },
            RecordFold::Sum(field) => self.dialect.sum(&chosen(column(*field))),
            RecordFold::Distinct(field) => format!("COUNT(DISTINCT {})", chosen(column(*field))),
            RecordFold::Least(field) => format!("MIN({})", chosen(column(*field))),
            RecordFold::Greatest(field) | RecordFold::Percentile(_, field) => {
                format!("MAX({})", chosen(column(*field)))
            }
        }
    }

    /// Percentiles by nearest rank: the least value whose place among all is at least that share of their number.
    fn percentiles(&mut self) {
        let plan = self.plan;
        for (number, input) in plan.inputs.iter().enumerate() {
            let CountedWhat::Of(of) = &input.counted.what else {
                continue;
            };
            let (RecordFold::Percentile(share, field), Some((at, set))) = (&of.fold, plan.set(of))
            else {
                continue;
            };
            let (above, below) = share.to_ratio().unwrap_or((1, 1));
            let value = column(*field);
            for (member_at, (_, member)) in input.columns.iter().enumerate() {
                let name = format!("quidpro_percentile_{number}_{member_at}");
                let month = month(self.dialect, &plan.months, &self.day_of(set, of.dated_by.0));
                let condition = self.condition(set, of, member.as_deref());
                let condition = condition.map_or_else(String::new, |one| format!(" AND {one}"));
                self.step(
                    &format!("{name}_values"),
                    format!("SELECT {month} AS month, {value} AS value FROM quidpro_good_{at} WHERE {value} IS NOT NULL{condition}"),
                );
                self.step(
                    &format!("{name}_places"),
                    format!(
                        "SELECT month, value, ROW_NUMBER() OVER (PARTITION BY month ORDER BY value) AS place,\n    COUNT(*) OVER (PARTITION BY month) AS total\n  FROM {name}_values"
                    ),
                );
                self.step(
                    &name,
                    format!(
                        "SELECT month, MIN(value) AS c{number}_{member_at} FROM {name}_places WHERE place * {below} >= total * {above} GROUP BY month"
                    ),
                );
                self.join(&name);
            }
        }
    }

    /// Days, weeks or half hours in which something holds.
    fn periods(&mut self, number: usize, input: &PlannedInput, periods: &CountedPeriods) {
        let plan = self.plan;
        let name = format!("quidpro_parts_{number}");
        let mut selects = Vec::new();
        let mut zone = None;
        for (at, compared) in periods.inputs.iter().enumerate() {
            let Some(CountedWhat::Of(of)) = plan.input(compared).map(|one| &one.counted.what)
            else {
                continue;
            };
            let Some((position, set)) = plan.set(of) else {
                continue;
            };
            let day = self.day_of(set, of.dated_by.0);
            let moment = column(of.dated_by);
            let offsets = match set.field(of.dated_by).map(|field| &field.kind) {
                Some(FieldKind::Time(name)) => {
                    zone.get_or_insert_with(|| name.clone());
                    plan.offsets(name)
                }
                _ => Vec::new(),
            };
            let (part, shift) = part(self.dialect, periods.every, &day, &moment, &offsets);
            let values = (0..periods.inputs.len()).map(|column| {
                let value = if column == at {
                    format!("COALESCE({}, 0)", self.folded(set, of, None))
                } else {
                    "0".to_owned()
                };
                format!("{value} AS v{column}")
            });
            selects.push(format!(
                "SELECT {part} AS part, {shift} AS shift, {}\n  FROM quidpro_good_{position} WHERE {day} IS NOT NULL GROUP BY 1, 2",
                values.collect::<Vec<_>>().join(", ")
            ));
        }
        self.step(&format!("{name}_of"), selects.join("\n  UNION ALL "));
        let sums: Vec<_> = (0..periods.inputs.len())
            .map(|column| format!("SUM(v{column}) AS v{column}"))
            .collect();
        self.step(
            &format!("{name}_sums"),
            format!(
                "SELECT part, shift, {} FROM {name}_of GROUP BY part, shift",
                sums.join(", ")
            ),
        );
        let day = day_of_part(self.dialect, periods.every, "part");
        let month = month(self.dialect, &plan.months, &day);
        self.step(
            &name,
            format!(
                "SELECT {month} AS month, COUNT(*) AS n, SUM(CASE WHEN {} THEN 1 ELSE 0 END) AS held FROM {name}_sums GROUP BY 1",
                of_part(&periods.test)
            ),
        );
        self.join(&name);
        let mut value = format!("COALESCE({name}.held, 0)");
        if holds_at_zero(&periods.test) {
            // Parts in which nothing happened have no row above.
            let arms = plan.months.iter().map(|month| {
                let text = self.dialect.text(&month.month.to_string());
                format!(
                    "WHEN {text} THEN {}",
                    plan.parts(month, periods.every, zone.as_deref())
                )
            });
            let all = arms.collect::<Vec<_>>().join(" ");
            value =
                format!("{value} + CASE quidpro_months.month {all} END - COALESCE({name}.n, 0)");
        }
        let of = periods
            .inputs
            .iter()
            .filter_map(|name| match &plan.input(name)?.counted.what {
                CountedWhat::Of(of) => Some(of),
                CountedWhat::Periods(_) => None,
            });
        let refused = self.refused(&of.collect::<Vec<_>>());
        if let Some((column, _)) = input.columns.first() {
            let cell = (column.clone(), self.cell(&refused, &value, 0));
            self.cells.push(cell);
        }
    }

    /// The conditions under which a cell stays empty, because records of the month cannot be used.
    fn refused(&self, all: &[&CountedOf]) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for of in all {
            let Some((at, set)) = self.plan.set(of) else {
                continue;
            };
            if set.records.leaves_out_bad {
                continue;
            }
            let name = format!("quidpro_unusable_{at}_{}", of.dated_by.0);
            let condition = format!("COALESCE({name}.n, 0) + {name}_undated.n > 0");
            if !found.contains(&condition) {
                found.push(condition);
            }
        }
        found
    }

    /// A cell of the result as text.
    fn cell(&self, refused: &[String], value: &str, decimals: u32) -> String {
        let shown = self.decimal(value, decimals);
        if refused.is_empty() {
            return shown;
        }
        format!(
            "CASE WHEN {} THEN NULL ELSE {shown} END",
            refused.join(" OR ")
        )
    }

    /// A whole number of steps as a decimal text.
    fn decimal(&self, value: &str, decimals: u32) -> String {
        let dialect = self.dialect;
        let text = |value: &str| format!("CAST({value} AS {})", dialect.text_type());
        if decimals == 0 {
            return text(&format!("({value})"));
        }
        let step = (0..decimals).fold(1_i64, |power, _| power * 10);
        let size = format!("ABS({value})");
        let whole = text(&dialect.divide(&size, step));
        // The step is added so that its leading 1 keeps the zeros after the point.
        let rest = text(&dialect.whole(&format!("MOD({size}, {step}) + {step}")));
        format!(
            "CONCAT(CASE WHEN {value} < 0 THEN '-' ELSE '' END, {whole}, '.', SUBSTR({rest}, 2))"
        )
    }

    fn finish(mut self) -> String {
        let plan = self.plan;
        let mut cells = Vec::new();
        for (number, input) in plan.inputs.iter().enumerate() {
            let CountedWhat::Of(of) = &input.counted.what else {
                let mut found = self.cells.iter();
                let name = input.columns.first().map(|(name, _)| name.as_str());
                cells.extend(
                    found
                        .find(|(column, _)| Some(column.as_str()) == name)
                        .cloned(),
                );
                continue;
            };
            let refused = self.refused(&[of]);
            for (member_at, (name, _)) in input.columns.iter().enumerate() {
                let mut value = format!("c{number}_{member_at}");
                if input.may_be_empty {
                    let shown = self.decimal(&value, input.decimals);
                    let mut empty = refused.clone();
                    empty.push(format!("{value} IS NULL"));
                    let cell = format!(
                        "CASE WHEN {} THEN NULL ELSE {shown} END",
                        empty.join(" OR ")
                    );
                    cells.push((name.clone(), cell));
                    continue;
                }
                value = format!("COALESCE({value}, 0)");
                cells.push((name.clone(), self.cell(&refused, &value, input.decimals)));
            }
        }
        let joins = self.joins.join("\n  ");
        let dialect = self.dialect;
        if dialect.has_points_in_names() {
            let cells = cells
                .iter()
                .map(|(name, value)| format!("{value} AS {}", dialect.name(name)));
            let last = format!(
                "SELECT quidpro_months.month AS {},\n  {}\nFROM quidpro_months\n  {joins}\nORDER BY 1",
                dialect.name("month"),
                cells.collect::<Vec<_>>().join(",\n  ")
            );
            return self.written(&last);
        }
        // A column's name has no point there: a row for each value instead.
        let named = cells.iter().enumerate();
        let columns: Vec<_> = named
            .map(|(at, (_, value))| format!("{value} AS k{at}"))
            .collect();
        self.step(
            "quidpro_kpis",
            format!(
                "SELECT quidpro_months.month AS month,\n    {}\n  FROM quidpro_months\n  {joins}",
                columns.join(",\n    ")
            ),
        );
        let rows = cells.iter().enumerate().map(|(at, (name, _))| {
            format!(
                "SELECT month, {} AS input, k{at} AS value FROM quidpro_kpis",
                dialect.text(name)
            )
        });
        let last = format!(
            "{}\nORDER BY 1, 2",
            rows.collect::<Vec<_>>().join("\nUNION ALL ")
        );
        self.written(&last)
    }

    /// All steps, and the last one.
    pub(super) fn written(&self, last: &str) -> String {
        let steps = self
            .steps
            .iter()
            .map(|(name, text)| format!("{name} AS (\n  {text}\n)"));
        let months = &self.plan.months;
        let (first, last_month) = match (months.first(), months.last()) {
            (Some(first), Some(last)) => (first.month.to_string(), last.month.to_string()),
            _ => (String::new(), String::new()),
        };
        let months = if first == last_month {
            first
        } else {
            format!("{first} to {last_month}")
        };
        format!(
            "-- Written by `quidpro records sql` for {}: {months}\nWITH {}\n{last};\n",
            self.dialect,
            steps.collect::<Vec<_>>().join(",\n")
        )
    }
}
