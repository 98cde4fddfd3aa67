//! What engines write differently.

use std::fmt;

/// An engine's SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// DuckDB
    DuckDb,
    /// PostgreSQL
    Postgres,
    /// Spark
    Spark,
    /// Snowflake
    Snowflake,
    /// BigQuery
    BigQuery,
}

/// How the columns of records are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Columns {
    /// As texts, by patterns that are the same for every engine.
    Text,
    /// As the engine's own types: moments, dates, decimals. The engine has already read them, in its way.
    Typed,
}

/// What a query is written for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The engine.
    pub dialect: Dialect,
    /// Where the records of a set are, if not in a table of its name.
    pub tables: std::collections::BTreeMap<String, Table>,
    /// How their columns are read.
    pub columns: Columns,
}

/// Where the records of a set are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Table {
    /// A table, its schema and database before it.
    Named(Vec<String>),
    /// A file that the engine reads itself.
    File(String),
}

impl Table {
    /// A table by its name, or a file by its path.
    ///
    /// # Errors
    ///
    /// What is wrong with it: an engine that reads no such file.
    pub fn parse(text: &str, dialect: Dialect) -> Result<Self, String> {
        let end = text.rsplit('.').next().unwrap_or_default();
        let is_file = matches!(end, "csv" | "tsv" | "parquet");
        match (is_file, dialect) {
            (true, Dialect::DuckDb | Dialect::Spark) => Ok(Self::File(text.to_owned())),
            (true, _) => Err(format!(
                "{dialect} reads no file in a query: load `{text}` into a table"
            )),
            (false, _) => Ok(Self::Named(text.split('.').map(str::to_owned).collect())),
        }
    }
}

impl Dialect {
    /// A name in quotation marks.
    #[must_use]
    pub fn name(self, name: &str) -> String {
        match self {
            Self::Spark | Self::BigQuery => {
                let escaped = match self {
                    Self::Spark => name.replace('`', "``"),
                    _ => name.replace('\\', "\\\\").replace('`', "\\`"),
                };
                format!("`{escaped}`")
            }
            Self::DuckDb | Self::Postgres | Self::Snowflake => {
                format!("\"{}\"", name.replace('"', "\"\""))
            }
        }
    }

    /// A text as a literal.
    #[must_use]
    pub fn text(self, text: &str) -> String {
        match self {
            Self::DuckDb | Self::Postgres => format!("'{}'", text.replace('\'', "''")),
            // Their literals know escapes with a backslash.
            Self::Spark | Self::BigQuery => {
                format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
            }
            Self::Snowflake => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "''")),
        }
    }

    /// A table in `FROM`.
    #[must_use]
    pub fn table(self, table: &Table) -> String {
        match table {
            Table::Named(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| self.name(part)).collect();
                parts.join(".")
            }
            Table::File(path) => {
                let is_parquet = path.ends_with(".parquet");
                match (self, is_parquet) {
                    (Self::Spark, true) => format!("parquet.{}", self.name(path)),
                    (Self::Spark, false) => format!(
                        "read_files({}, format => 'csv', header => true)",
                        self.text(path)
                    ),
                    (_, true) => format!("read_parquet({})", self.text(path)),
                    (_, false) => format!(
                        "read_csv({}, header = true, all_varchar = true)",
                        self.text(path)
                    ),
                }
            }
        }
    }

    /// The type of texts.
    pub(super) fn text_type(self) -> &'static str {
        match self {
            Self::Spark | Self::BigQuery => "STRING",
            Self::DuckDb | Self::Postgres | Self::Snowflake => "VARCHAR",
        }
    }

    /// The type of whole numbers of 64 bits.
    pub(super) fn whole_type(self) -> &'static str {
        match self {
            Self::BigQuery => "INT64",
            Self::DuckDb | Self::Postgres | Self::Spark | Self::Snowflake => "BIGINT",
        }
    }

    /// A decimal type with so many decimals.
    pub(super) fn decimal_type(self, decimals: u32) -> String {
        match self {
            Self::BigQuery => "NUMERIC".to_owned(),
            _ => format!("DECIMAL(18, {decimals})"),
        }
    }

    /// A text as another type; nothing where it is not of that type, if the engine can say so.
    pub(super) fn cast(self, value: &str, to: &str) -> String {
        let cast = match self {
            Self::Postgres => "CAST",
            Self::BigQuery => "SAFE_CAST",
            Self::DuckDb | Self::Snowflake => "TRY_CAST",
            Self::Spark => "TRY_CAST",
        };
        format!("{cast}({value} AS {to})")
    }

    /// A whole number as a whole number of another width.
    pub(super) fn whole(self, value: &str) -> String {
        format!("CAST({value} AS {})", self.whole_type())
    }

    /// Whether a whole text is of that pattern, which has no backslash in it.
    pub(super) fn matches(self, value: &str, pattern: &str) -> String {
        match self {
            Self::DuckDb => format!("regexp_full_match({value}, '{pattern}')"),
            Self::Postgres => format!("{value} ~ '^({pattern})$'"),
            Self::Spark => format!("{value} RLIKE '^({pattern})$'"),
            Self::Snowflake => format!("REGEXP_LIKE({value}, '{pattern}')"),
            Self::BigQuery => format!("REGEXP_CONTAINS({value}, r'^({pattern})$')"),
        }
    }

    /// The days from 1970-01-01 to the day of a text `YYYY-MM-DD`.
    pub(super) fn day_of(self, text: &str) -> String {
        self.days(&self.cast(text, "DATE"))
    }

    /// The milliseconds from 1970-01-01 in UTC to a column that is a moment; one without a zone is in UTC.
    pub(super) fn milliseconds(self, moment: &str) -> String {
        match self {
            Self::DuckDb => format!("epoch_ms({moment})"),
            Self::Postgres => format!("CAST(floor(EXTRACT(EPOCH FROM {moment}) * 1000) AS BIGINT)"),
            Self::Spark => format!("unix_millis({moment})"),
            Self::Snowflake => format!("DATE_PART(epoch_millisecond, {moment})"),
            Self::BigQuery => format!("UNIX_MILLIS({moment})"),
        }
    }

    /// The days from 1970-01-01 to a date.
    pub(super) fn days(self, day: &str) -> String {
        match self {
            Self::DuckDb => format!("date_diff('day', DATE '1970-01-01', {day})"),
            Self::Postgres => format!("({day} - DATE '1970-01-01')"),
            Self::Spark => format!("datediff({day}, DATE '1970-01-01')"),
            Self::Snowflake => format!("DATEDIFF('day', DATE '1970-01-01', {day})"),
            Self::BigQuery => format!("DATE_DIFF({day}, DATE '1970-01-01', DAY)"),
        }
    }

    /// A whole number that is not negative, divided by another without a rest.
    pub(super) fn divide(self, value: &str, by: i64) -> String {
        match self {
            Self::DuckDb => format!("(({value}) // {by})"),
            // A sum is numeric there, and `/` would keep a fraction.
            Self::Postgres => format!("CAST(div(({value}), {by}) AS BIGINT)"),
            Self::Spark => format!("(({value}) div {by})"),
            Self::Snowflake => {
                format!("CAST((({value}) - MOD(({value}), {by})) / {by} AS NUMBER(38, 0))")
            }
            Self::BigQuery => format!("DIV(({value}), {by})"),
        }
    }

    /// A sum that does not overflow.
    pub(super) fn sum(self, value: &str) -> String {
        match self {
            Self::Spark => format!("SUM(CAST({value} AS DECIMAL(28, 0)))"),
            Self::BigQuery => format!("SUM(CAST({value} AS NUMERIC))"),
            Self::DuckDb | Self::Postgres | Self::Snowflake => format!("SUM({value})"),
        }
    }

    /// A text in the order of its bytes, whatever the order of the database.
    pub(super) fn in_order(self, text: &str) -> String {
        match self {
            Self::Postgres => format!("{text} COLLATE \"C\""),
            Self::DuckDb | Self::Spark | Self::Snowflake | Self::BigQuery => text.to_owned(),
        }
    }

    /// The first `length` signs of a text, or those from a place on.
    pub(super) fn part(self, text: &str, from: &str, length: &str) -> String {
        format!("SUBSTR({text}, {from}, {length})")
    }

    /// Rows of constants as a table in `FROM`, each column with its name.
    pub(super) fn rows(self, alias: &str, columns: &[&str], rows: &[Vec<String>]) -> String {
        if matches!(self, Self::BigQuery | Self::Snowflake) {
            let mut out = String::from("(");
            for (at, row) in rows.iter().enumerate() {
                if at > 0 {
                    out += " UNION ALL ";
                }
                let named = row.iter().zip(columns).map(|(value, column)| {
                    if at == 0 {
                        format!("{value} AS {column}")
                    } else {
                        value.clone()
                    }
                });
                out += &format!("SELECT {}", named.collect::<Vec<_>>().join(", "));
            }
            return format!("{out}) AS {alias}");
        }
        let rows: Vec<_> = rows
            .iter()
            .map(|row| format!("({})", row.join(", ")))
            .collect();
        format!(
            "(VALUES\n    {}) AS {alias}({})",
            rows.join(",\n    "),
            columns.join(", ")
        )
    }

    /// Whether a column's name can have a point in it.
    pub(super) fn has_points_in_names(self) -> bool {
        self != Self::BigQuery
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DuckDb => "DuckDB",
            Self::Postgres => "PostgreSQL",
            Self::Spark => "Spark",
            Self::Snowflake => "Snowflake",
            Self::BigQuery => "BigQuery",
        })
    }
}
