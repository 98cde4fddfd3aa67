//! The words of the commands on records.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::DataFile;

#[derive(Args, Debug)]
pub(in crate::cli) struct RecordsOptions {
    #[command(subcommand)]
    pub(in crate::cli) command: RecordsCommand,
}

#[derive(Subcommand, Debug)]
pub(in crate::cli) enum RecordsCommand {
    /// Print the query that counts a contract's inputs from records
    Sql(RecordsSqlOptions),
    /// Print the columns that the records need
    Template(RecordsTemplateOptions),
    /// Compare what was reported with what the records give, and say what the difference is worth
    Verify(RecordsVerifyOptions),
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro records sql support.quid --dialect duckdb --month 2026-02 --table calls=calls.csv | duckdb -csv > kpis.csv\n  \
    quidpro records sql support.quid --dialect postgres --from 2026-01 --to 2026-06 --table calls=acd.calls\n  \
    quidpro records sql support.quid --dialect duckdb --month 2026-02 --checks\n\n\
    The result of the query is the data that `quidpro invoice` reads. With `--checks` it accounts for every record.\n\n\
    Exit codes: 0 fine, 2 wrong command, unusable file, internal error")]
pub(in crate::cli) struct RecordsSqlOptions {
    /// The contract, or its last amendment
    pub(in crate::cli) contract: PathBuf,
    /// The engine that runs the query
    #[arg(long, value_enum)]
    pub(in crate::cli) dialect: RecordsDialect,
    /// The month that is counted
    #[arg(long, value_name = "YYYY-MM", conflicts_with_all = ["from", "to"], required_unless_present = "from")]
    pub(in crate::cli) month: Option<String>,
    /// The first month that is counted
    #[arg(long, value_name = "YYYY-MM", requires = "to")]
    pub(in crate::cli) from: Option<String>,
    /// The last month that is counted
    #[arg(long, value_name = "YYYY-MM", requires = "from")]
    pub(in crate::cli) to: Option<String>,
    /// Where the records of a set are: `calls=acd.calls`, or a file that the engine reads, `calls=calls.csv`. A table of its
    /// name if you say nothing
    #[arg(long = "table", value_name = "RECORDS=TABLE")]
    pub(in crate::cli) tables: Vec<String>,
    /// How the columns of the records are read
    #[arg(long, value_enum, default_value_t = RecordsColumns::Text)]
    pub(in crate::cli) columns: RecordsColumns,
    /// Print the query that accounts for every record: how many were read, count, or cannot be used
    #[arg(long)]
    pub(in crate::cli) checks: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(in crate::cli) enum RecordsColumns {
    /// As texts, whatever their type: what is unreadable is the same on every engine
    Text,
    /// As the engine's own types, which is faster: timestamps (those without a zone in UTC), dates, decimals or whole numbers
    Typed,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(in crate::cli) enum RecordsDialect {
    /// DuckDB
    #[value(name = "duckdb")]
    DuckDb,
    /// PostgreSQL
    Postgres,
    /// Spark SQL
    Spark,
    /// Snowflake
    Snowflake,
    /// BigQuery
    #[value(name = "bigquery")]
    BigQuery,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro records template support.quid\n  \
    quidpro records template support.quid --records calls --format csv > calls.csv\n\n\
    Exit codes: 0 fine, 2 wrong command, unusable file, internal error")]
pub(in crate::cli) struct RecordsTemplateOptions {
    /// The contract, or its last amendment
    pub(in crate::cli) contract: PathBuf,
    /// Only this set of records
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) records: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = RecordsTemplateFormat::Text)]
    pub(in crate::cli) format: RecordsTemplateFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(in crate::cli) enum RecordsTemplateFormat {
    /// For people: each column, what it holds and how it is written
    Text,
    /// The heading of the file, and one record as an example; of one set of records
    Csv,
}

#[derive(Args, Debug)]
#[command(after_help = "Example:\n  \
    quidpro records verify support.quid --data reported.csv --records kpis.csv\n\n\
    `kpis.csv` is the result of the query that `quidpro records sql` prints.\n\n\
    Exit codes: 0 if both agree, 1 if they differ or a month has no invoice, 2 wrong command, unusable file, internal error")]
pub(in crate::cli) struct RecordsVerifyOptions {
    /// The contract, or its last amendment
    pub(in crate::cli) contract: PathBuf,
    #[command(flatten)]
    pub(in crate::cli) data: DataFile,
    /// What the records give: the result of the query
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) records: PathBuf,
    /// How to print the comparison
    #[arg(long, value_enum, default_value_t = RecordsVerifyFormat::Text)]
    pub(in crate::cli) format: RecordsVerifyFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(in crate::cli) enum RecordsVerifyFormat {
    /// For people
    Text,
    /// For programs: docs/schema/records.schema.json
    Json,
}
