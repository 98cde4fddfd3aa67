//! The words of the commands that write pages.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro curve support.quid\n  \
    quidpro curve support.quid --kpi csat --data support.csv\n  \
    quidpro curve support.quid --kpi csat --kpi speed --data support.csv --month 2026-02\n  \
    quidpro curve support.quid --data support.csv --format html --output curve.html\n\n\
    Without `--data`, the month is that of the contract's first scenario that has an invoice.\n\n\
    Exit codes: 0 fine, 2 wrong command, unusable file, internal error")]
pub(in crate::cli) struct CurveOptions {
    /// The contract, or its last amendment
    pub(in crate::cli) contract: PathBuf,
    /// The KPI or input that is varied; each KPI if you name none. Two give a map of both
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) kpi: Vec<String>,
    /// The months' data: CSV, JSON or XLSX
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) data: Option<PathBuf>,
    /// The sheet of a workbook; without it, the first one that is not hidden
    #[arg(long, value_name = "NAME", requires = "data")]
    pub(in crate::cli) sheet: Option<String>,
    /// The month in which the value is varied; the last one of the data that has an invoice if you name none
    #[arg(long, value_name = "YYYY-MM", requires = "data")]
    pub(in crate::cli) month: Option<String>,
    /// The account, if the data has several
    #[arg(long, value_name = "NAME", requires = "data")]
    pub(in crate::cli) account: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) written: PageWritten,
}

/// How a page is written, and where.
#[derive(Args, Debug)]
pub(in crate::cli) struct PageWritten {
    /// How to write it
    #[arg(long, value_enum, default_value_t = PageFormat::Text)]
    pub(in crate::cli) format: PageFormat,
    /// Where to write it; standard output if you name no file
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Also replace a file that is not an earlier output. What this command reads is never replaced
    #[arg(long, requires = "output")]
    pub(in crate::cli) force: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(in crate::cli) enum PageFormat {
    /// For people, on a terminal
    Text,
    /// For programs, by the schema of the command in docs/schema/
    Json,
    /// One page, for a browser or a printer
    Html,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro dashboard support.quid --data support.csv\n  \
    quidpro dashboard support.quid --data support.csv --month 2026-02 --format html --output dashboard.html\n  \
    quidpro dashboard support.quid claims.quid --data support.csv --data claims.csv\n\n\
    Exit codes: 0 fine, 2 wrong command, unusable file, internal error")]
pub(in crate::cli) struct DashboardOptions {
    /// The contracts, or their last amendments
    #[arg(required = true, value_name = "CONTRACT")]
    pub(in crate::cli) contracts: Vec<PathBuf>,
    /// The months' data: CSV, JSON or XLSX; once for each contract, in the same order
    #[arg(long, required = true, value_name = "FILE")]
    pub(in crate::cli) data: Vec<PathBuf>,
    /// The sheet of a workbook; the first one if you name none
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) sheet: Option<String>,
    /// The month; the last one of the data that has an invoice if you name none
    #[arg(long, value_name = "YYYY-MM")]
    pub(in crate::cli) month: Option<String>,
    /// Only this account
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) account: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) written: PageWritten,
}
