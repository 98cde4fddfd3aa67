//! The words of `quidpro check`, and those that all checking commands share.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::calendar::Date;

use super::super::output::{Output, OutputParser};

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro check support.quid\n  \
    quidpro check contracts/ --format concise\n  \
    quidpro check support.quid --only incentive,risk\n  \
    quidpro check support.quid --fix --diff\n  \
    quidpro check --staged\n  \
    quidpro check contracts/ --changed origin/main\n  \
    quidpro check support.quid --waive no-grace-period --because \"the service runs unchanged\"\n  \
    quidpro check contracts/ --format full --format sarif=findings.sarif --format html=findings.html\n  \
    quidpro check - --stdin-filename contracts/support.quid < support.quid\n\n\
    Exit codes: 0 fine, 1 findings at least as serious as `--fail-on` says, 2 wrong command, unusable file, internal error")]
pub(in crate::cli) struct CheckOptions {
    #[command(flatten)]
    pub(in crate::cli) which: Which,
    /// How to print findings; with `=FILE`, write them to a file. You can give several
    #[arg(long = "format", value_name = "FORMAT[=FILE]", value_parser = OutputParser)]
    pub(in crate::cli) outputs: Vec<Output>,
    /// Also write reports over files that are not earlier reports. What the check reads is never replaced
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// Print every finding in full, however many there are
    #[arg(long)]
    pub(in crate::cli) all: bool,
    /// Print how many findings of each kind there are, instead of the findings
    #[arg(long)]
    pub(in crate::cli) statistics: bool,
    /// The least serious finding that makes the check fail; `error` if neither this nor quidpro.toml sets it
    #[arg(long, value_name = "SEVERITY", value_enum)]
    pub(in crate::cli) fail_on: Option<FailOn>,
    /// The name of the text on standard input; paths in it start from the folder of that name
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) stdin_filename: Option<PathBuf>,
    /// Fix what can be fixed without changing what is paid or agreed, and print what is left
    #[arg(long)]
    pub(in crate::cli) fix: bool,
    /// With `--fix` or `--diff`: also make fixes that change what is paid or agreed
    #[arg(long)]
    pub(in crate::cli) unsafe_fixes: bool,
    /// Print what `--fix` would change, and change nothing
    #[arg(long)]
    pub(in crate::cli) diff: bool,
    /// Accept what this rule finds: write a waiver before each item that it is about
    #[arg(long, value_name = "RULE", requires = "because", conflicts_with_all = ["fix", "watch"])]
    pub(in crate::cli) waive: Option<String>,
    /// With `--waive`: why the finding is accepted
    #[arg(long, value_name = "REASON", requires = "waive")]
    pub(in crate::cli) because: Option<String>,
    /// With `--waive`: the last day on which it is accepted; a year from today if you give none
    #[arg(long, value_name = "YYYY-MM-DD", requires = "waive", value_parser = day)]
    pub(in crate::cli) until: Option<Date>,
    /// Check again whenever a file changes, until interrupted
    #[arg(long, conflicts_with_all = ["fix", "diff"])]
    pub(in crate::cli) watch: bool,
    /// Findings that do not count: a file that `quidpro baseline create` wrote
    #[arg(long, value_name = "FILE", conflicts_with = "no_baseline")]
    pub(in crate::cli) baseline: Option<PathBuf>,
    /// Count all findings, even if quidpro.toml names a baseline
    #[arg(long)]
    pub(in crate::cli) no_baseline: bool,
    #[command(flatten)]
    pub(in crate::cli) checker: CheckerOptions,
}

/// Which contracts a command is about.
#[derive(Args, Clone, Debug, Default)]
pub(in crate::cli) struct Which {
    /// Contracts, folders with contracts, or `-` for standard input
    #[arg(required_unless_present_any = ["staged", "changed"], value_name = "PATH")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// Only what is staged in git for the next commit, and the contracts that use it
    #[arg(long, conflicts_with = "changed")]
    pub(in crate::cli) staged: bool,
    /// Only what has changed since this branch left BASE, and the contracts that use it
    #[arg(long, value_name = "BASE")]
    pub(in crate::cli) changed: Option<String>,
    /// Also the contracts of the repository that use the named ones
    #[arg(long)]
    pub(in crate::cli) dependents: bool,
    /// Skip what `exclude` in quidpro.toml names, even if you name it here
    #[arg(long)]
    pub(in crate::cli) force_exclude: bool,
}

impl Which {
    /// Whether git says which contracts are meant.
    pub(in crate::cli) fn asks_git(&self) -> bool {
        self.staged || self.changed.is_some()
    }
}

#[derive(Args, Debug)]
pub(in crate::cli) struct ConfigOptions {
    #[command(subcommand)]
    pub(in crate::cli) command: ConfigCommand,
}

#[derive(Subcommand, Debug)]
pub(in crate::cli) enum ConfigCommand {
    /// Print the settings that apply to a contract, and where each one comes from
    Show(ConfigShowOptions),
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro config show support.quid\n  \
    quidpro config show contracts/ --all\n  \
    quidpro config show support.quid --format json")]
pub(in crate::cli) struct ConfigShowOptions {
    /// The contract, or a folder for the contracts in it
    #[arg(default_value = ".", value_name = "PATH")]
    pub(in crate::cli) path: PathBuf,
    /// Also the rules with their usual settings
    #[arg(long)]
    pub(in crate::cli) all: bool,
    /// How to print it
    #[arg(long, value_enum, default_value_t = ConfigFormat::Text)]
    pub(in crate::cli) format: ConfigFormat,
    #[command(flatten)]
    pub(in crate::cli) checker: CheckerOptions,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(in crate::cli) enum ConfigFormat {
    /// For people
    Text,
    /// For programs: docs/schema/config.schema.json
    Json,
}

/// What all checking commands share.
#[derive(Args, Clone, Debug, Default)]
pub(in crate::cli) struct CheckerOptions {
    /// Run only these rules or categories
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    pub(in crate::cli) only: Vec<String>,
    /// Do not run these rules or categories
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    pub(in crate::cli) skip: Vec<String>,
    /// Also run rules in preview, which may still change
    #[arg(long)]
    pub(in crate::cli) preview: bool,
    /// The configuration for all contracts, instead of the nearest quidpro.toml above each
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(in crate::cli) config: Option<PathBuf>,
    /// Read no quidpro.toml
    #[arg(long)]
    pub(in crate::cli) no_config: bool,
    /// The day on which waivers must be valid; today if you give none
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(in crate::cli) today: Option<Date>,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro waivers contracts/\n  \
    quidpro waivers contracts/ --expiring 90d\n\n\
    Exit codes: 0 fine, 1 one has ended, 2 wrong command, unusable file, internal error")]
pub(in crate::cli) struct WaiversOptions {
    /// Contracts, or folders with contracts
    #[arg(required = true, value_name = "PATH")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// Only those that end within this time, or have ended
    #[arg(long, value_name = "90d|12w|3m", value_parser = within)]
    pub(in crate::cli) expiring: Option<Within>,
    /// How to print them
    #[arg(long, value_enum, default_value_t = WaiversFormat::Text)]
    pub(in crate::cli) format: WaiversFormat,
    #[command(flatten)]
    pub(in crate::cli) checker: CheckerOptions,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(in crate::cli) enum WaiversFormat {
    /// For people
    Text,
    /// For programs: docs/schema/waivers.schema.json
    Json,
}

/// A time, counted from a day.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) struct Within(pub(in crate::cli) jiff::Span);

#[derive(Args, Debug)]
pub(in crate::cli) struct BaselineOptions {
    #[command(subcommand)]
    pub(in crate::cli) command: BaselineCommand,
}

#[derive(Subcommand, Debug)]
pub(in crate::cli) enum BaselineCommand {
    /// Record the findings that contracts have now
    #[command(
        after_help = "Example:\n  quidpro baseline create contracts/\n  quidpro check contracts/ --baseline quidpro-baseline.json\n\n\
        Only findings of rules are recorded: errors of the language always count."
    )]
    Create(BaselineFile),
    /// Remove findings from the file that contracts no longer have
    #[command(after_help = "Example:\n  quidpro baseline prune contracts/")]
    Prune(BaselineFile),
}

#[derive(Args, Debug)]
pub(in crate::cli) struct BaselineFile {
    /// Contracts, or folders with contracts
    #[arg(required = true, value_name = "PATH")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// The file; paths in it start from its folder
    #[arg(long, short, value_name = "FILE", default_value = crate::baseline::FILE)]
    pub(in crate::cli) output: PathBuf,
    /// With `create`: replace the file if there is one already
    #[arg(long)]
    pub(in crate::cli) force: bool,
    #[command(flatten)]
    pub(in crate::cli) checker: CheckerOptions,
}

/// `90d`, `12w`, `3m`, `1y`
fn within(text: &str) -> Result<Within, String> {
    let split = text
        .find(|sign: char| !sign.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, unit) = text.split_at(split);
    let wrong = || "write days, weeks, months or years: 90d, 12w, 3m, 1y".to_owned();
    let count: i16 = digits.parse().map_err(|_| wrong())?;
    let span = jiff::Span::new();
    match unit {
        "d" => Ok(Within(span.days(count))),
        "w" => Ok(Within(span.weeks(count))),
        "m" => Ok(Within(span.months(count))),
        "y" => Ok(Within(span.years(count.min(1000)))),
        _ => Err(wrong()),
    }
}

pub(super) fn day(text: &str) -> Result<Date, String> {
    let day = text.parse::<Date>();
    day.map_err(|_| "write a day such as 2026-12-31".to_owned())
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(in crate::cli) enum FindingFormat {
    /// With the contract's text; this is the default
    Full,
    /// One line each
    Concise,
    /// In whole sentences, for screen readers
    Narrated,
    /// The contract with the findings next to its clauses, as one page
    Html,
    /// For programs: docs/schema/findings.schema.json
    Json,
    /// For programs: like `json`, one finding per line
    Jsonl,
    /// For code scanning and editors: SARIF 2.1.0
    Sarif,
    /// For GitHub's pull requests: workflow commands
    Github,
    /// For GitLab's merge requests: a Code Quality report
    Gitlab,
    /// For CI servers: JUnit XML
    Junit,
    /// For reviewdog
    Rdjson,
    /// For the summary of a job: a table
    Markdown,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(in crate::cli) enum FailOn {
    Error,
    Warning,
    #[value(alias = "info")]
    Note,
    Never,
}
