//! The words of the command line.

mod check;
mod finance;
mod pages;
mod records;

use std::path::PathBuf;

use crate::calendar::Date;
use crate::report::statement::csv::Lines;
use clap::{Args, Parser, Subcommand, ValueEnum};

pub(super) use finance::{
    ApprovalOptions, BooksCommand, BooksOptions, CloseOptions, DocumentFormat, InquiryOptions,
    JournalFormat, JournalOptions, ListOptions, NumberForm, ReconcileFormat, ReconcileOptions,
    RestateOptions, SettleBy, ShowDocumentOptions, VerifyOptions, Written,
};

pub(super) use pages::{CurveOptions, DashboardOptions, PageFormat, PageWritten};
pub(super) use records::{
    RecordsColumns, RecordsCommand, RecordsDialect, RecordsOptions, RecordsSqlOptions,
    RecordsTemplateFormat, RecordsTemplateOptions, RecordsVerifyFormat, RecordsVerifyOptions,
};

pub(super) use check::{
    BaselineCommand, BaselineFile, BaselineOptions, CheckOptions, CheckerOptions, ConfigCommand,
    ConfigFormat, ConfigOptions, ConfigShowOptions, FailOn, FindingFormat, WaiversFormat,
    WaiversOptions, Which,
};

/// Contracts that pay for performance: written, checked, computed to the cent.
#[derive(Parser, Debug)]
#[command(
    name = "quidpro",
    version,
    about = "Contracts that pay for performance: written, checked, computed to the cent",
    after_help = "Examples:\n  \
        quidpro init support                                  a contract to start from, with data\n  \
        quidpro check contracts/                              check every contract in a folder\n  \
        quidpro invoice support.quid --data support.csv       the invoice of each month in the data\n  \
        quidpro explain support.quid --data support.csv --month 2026-02 --line handling\n\n\
        Exit codes: 0 fine, 1 findings or a month without an invoice, 2 wrong command, unusable file, internal error"
)]
pub(super) struct Arguments {
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto)]
    pub(super) color: Colour,
    /// Also read and write files outside the project that you have not named: through `use`, `extends`, baselines,
    /// links
    #[arg(long, global = true)]
    pub(super) allow_outside: bool,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(super) enum Colour {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    Always,
    Never,
}

#[derive(Subcommand, Debug)]
pub(super) enum Command {
    /// Check contracts: syntax, names, units, bands, and what the rules look for
    Check(CheckOptions),
    /// Format contracts: one layout for all, aligned tables, grouped numbers
    Fmt(FmtOptions),
    /// Compute the invoice of each month in the data
    Invoice(InvoiceOptions),
    /// Close a month: show what would be issued, and issue it
    Close(CloseOptions),
    /// State invoiced months again after data was corrected
    Restate(RestateOptions),
    /// Compare a supplier's invoice with what the contract comes to
    Reconcile(ReconcileOptions),
    /// Look into the books: issued documents, and whether they are whole
    Books(BooksOptions),
    /// Write the books as a journal of double entry
    Journal(JournalOptions),
    /// Explain a number, from the line of the invoice down to the data
    Explain(ExplainOptions),
    /// Run the scenarios that contracts contain
    Test(TestOptions),
    /// Print a contract with its amendments applied, as one text
    Show(ShowOptions),
    /// List what the parties agreed, clause by clause, for contract-management systems
    Facts(FactsOptions),
    /// List what falls due under a contract, and when; also for calendar programs
    Calendar(CalendarOptions),
    /// Show what a month costs over the whole range of a KPI
    Curve(CurveOptions),
    /// Show the scorecard of contracts: KPIs, what they paid, what is open and due
    Dashboard(DashboardOptions),
    /// Write a contract in prose, for signature
    Paper(PaperOptions),
    /// Say what holds in every month that a contract allows, and show a month where something does not
    Prove(ProveOptions),
    /// Compare two texts of a contract: their clauses, past months under both, and what can happen in any month
    Diff(DiffOptions),
    /// List what a contract leaves open, clause by clause, with words that settle it
    Questions(QuestionsOptions),
    /// Sum up a contract on one page
    Review(ReviewOptions),
    /// List all rules of the checker
    Rules(RulesOptions),
    /// Print the page of a rule: what it finds, why, and examples
    Rule(RuleOptions),
    /// List what contracts waive, until when and why
    Waivers(WaiversOptions),
    /// Record the findings that contracts have now, so that only new ones count
    Baseline(BaselineOptions),
    /// Print the settings that apply to a contract, and where they come from
    Config(ConfigOptions),
    /// Write the empty data sheet that a contract needs
    Data(DataOptions),
    /// Count a contract's inputs from records: calls, tickets, surveys
    Records(RecordsOptions),
    /// Write a commented contract to start from, with data
    Init(InitOptions),
    /// Run the language server for an editor, on standard input and output
    #[cfg(feature = "lsp")]
    Lsp(LspOptions),
    /// Print the completion script of a shell
    Completions(CompletionsOptions),
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro fmt contracts/\n  \
    quidpro fmt contracts/ --check\n  \
    quidpro fmt support.quid --diff\n  \
    quidpro fmt - < support.quid > formatted.quid\n\n\
    Exit codes: 0 fine, 1 with `--check` or `--diff` if a file would change, 2 wrong command, unusable file, internal error")]
pub(super) struct FmtOptions {
    /// Contracts, folders with contracts, or `-` to format standard input and print it
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Change nothing, and list the files that would change
    #[arg(long)]
    pub(super) check: bool,
    /// Change nothing, and print what would change
    #[arg(long)]
    pub(super) diff: bool,
    /// The name of the text on standard input
    #[arg(long, value_name = "NAME")]
    pub(super) stdin_filename: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct DataFile {
    /// The months' data: CSV, JSON or XLSX
    #[arg(long, value_name = "FILE")]
    pub(super) data: PathBuf,
    /// The sheet of a workbook; the first one if you name none
    #[arg(long, value_name = "NAME")]
    pub(super) sheet: Option<String>,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro invoice support.quid --data support.csv\n  \
    quidpro invoice support.quid --data support.xlsx --month 2026-02\n  \
    quidpro invoice support.quid --data support.csv --from 2026-01 --to 2026-06 --format csv\n  \
    quidpro invoice support.quid --data support.csv --format xlsx --output support_2026.xlsx\n\n\
    Earlier months in the data are always read, because averages, repeats and yearly limits look back.")]
pub(super) struct InvoiceOptions {
    /// The contract
    pub(super) contract: PathBuf,
    #[command(flatten)]
    pub(super) data: DataFile,
    /// Only this month
    #[arg(long, value_name = "YYYY-MM", conflicts_with_all = ["from", "to"])]
    pub(super) month: Option<String>,
    /// This month and later ones
    #[arg(long, value_name = "YYYY-MM")]
    pub(super) from: Option<String>,
    /// This month and earlier ones
    #[arg(long, value_name = "YYYY-MM")]
    pub(super) to: Option<String>,
    /// Only this account
    #[arg(long, value_name = "NAME")]
    pub(super) account: Option<String>,
    /// How to write statements
    #[arg(long, value_enum, default_value_t = StatementFormat::Text)]
    pub(super) format: StatementFormat,
    /// Which rows a month has in CSV
    #[arg(long, value_enum, default_value_t = StatementLines::All)]
    pub(super) lines: StatementLines,
    /// How months are computed; the statements are the same either way
    #[arg(long, value_enum)]
    pub(super) engine: Option<Engine>,
    /// Where to write them; standard output if you name no file
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Also replace a file that is not an earlier output. What this command reads is never replaced
    #[arg(long, requires = "output")]
    pub(super) force: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(super) enum StatementLines {
    /// One for each line, and one for the total
    All,
    /// Only the total
    Total,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(super) enum Engine {
    /// One month after the other, with exact fractions
    Exact,
    /// Many months at once, in columns of integers; a month that does not fit them is computed alone
    Columns,
}

impl StatementLines {
    /// The same for the writer of CSV.
    pub(super) fn of_csv(self) -> Lines {
        match self {
            Self::All => Lines::All,
            Self::Total => Lines::Total,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(super) enum StatementFormat {
    /// For people
    Text,
    /// For programs: docs/schema/statement.schema.json
    Json,
    /// One row per line, and one row of kind `total` per month
    Csv,
    /// One page for each month, for a browser or a printer
    Html,
    /// A workbook with the whole calculation as live formulas
    Xlsx,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro explain support.quid --data support.csv --month 2026-02\n  \
    quidpro explain support.quid --data support.csv --month 2026-02 --line answer_speed\n  \
    quidpro explain support.quid --data support.csv --month 2026-02 --why-not")]
pub(super) struct ExplainOptions {
    /// The contract
    pub(super) contract: PathBuf,
    #[command(flatten)]
    pub(super) data: DataFile,
    /// The month to explain
    #[arg(long, value_name = "YYYY-MM")]
    pub(super) month: String,
    /// The line to explain; the total if you name none
    #[arg(long, value_name = "NAME")]
    pub(super) line: Option<String>,
    /// The account, if the data has accounts
    #[arg(long, value_name = "NAME")]
    pub(super) account: Option<String>,
    /// For each credit, and each bonus that was not reached, show the smallest change of one KPI that would have been enough
    #[arg(long, conflicts_with_all = ["line", "depth"])]
    pub(super) why_not: bool,
    /// How many levels of steps to show: a number, or `all` for every step on the contract's own lines; as many as fit on a screen
    /// if you say nothing
    #[arg(long, value_name = "N|all", value_parser = depth)]
    pub(super) depth: Option<StoryDepth>,
    /// How to print the explanation
    #[arg(long, value_enum, default_value_t = StoryFormat::Text)]
    pub(super) format: StoryFormat,
}

/// How much of a story is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StoryDepth {
    /// Each step under what it leads to, so many levels deep.
    Levels(usize),
    /// Every step, on the contract's own lines.
    All,
}

fn depth(text: &str) -> Result<StoryDepth, String> {
    if text == "all" {
        return Ok(StoryDepth::All);
    }
    match text.parse() {
        Ok(levels) if levels > 0 => Ok(StoryDepth::Levels(levels)),
        _ => Err("write a number of levels from 1 on, or `all`".to_owned()),
    }
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(super) enum StoryFormat {
    /// For people
    Text,
    /// For programs: docs/schema/story.schema.json
    Json,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro test support.quid\n  \
    quidpro test contracts/ --changed origin/main --format github\n  \
    quidpro test contracts/ --format junit > scenarios.xml")]
pub(super) struct TestOptions {
    #[command(flatten)]
    pub(super) which: Which,
    /// How to print results
    #[arg(long, value_enum, default_value_t = TestFormat::Text)]
    pub(super) format: TestFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(super) enum TestFormat {
    /// For people
    Text,
    /// For CI servers: JUnit XML
    Junit,
    /// For programs: docs/schema/scenarios.schema.json
    Json,
    /// For GitHub's pull requests: workflow commands
    Github,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro show support_2.quid\n  \
    quidpro show support_2.quid --at 2027-03 > support_2027_03.quid")]
pub(super) struct ShowOptions {
    /// The contract, or its last amendment
    pub(super) contract: PathBuf,
    /// As it reads in this month; as it finally reads if you name none
    #[arg(long, value_name = "YYYY-MM")]
    pub(super) at: Option<String>,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro facts support_2.quid\n  \
    quidpro facts support_2.quid --on 2027-03-01 --format json > support.json")]
pub(super) struct FactsOptions {
    /// The contract, or its last amendment
    pub(super) contract: PathBuf,
    /// As it reads on this day; as it reads last if none is named
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = check::day)]
    pub(super) on: Option<Date>,
    /// How to print them
    #[arg(long, value_enum, default_value_t = FactsFormat::Text)]
    pub(super) format: FactsFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(super) enum FactsFormat {
    /// For people
    Text,
    /// For programs: docs/schema/facts.schema.json
    Json,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro calendar support.quid\n  \
    quidpro calendar support.quid --from 2026-07-01 --to 2026-09-30\n  \
    quidpro calendar support.quid --format ics > support.ics")]
pub(super) struct CalendarOptions {
    /// The contract, or its last amendment
    pub(super) contract: PathBuf,
    /// List each day from this one on
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = check::day)]
    pub(super) from: Option<Date>,
    /// List each day up to this one
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = check::day)]
    pub(super) to: Option<Date>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = CalendarFormat::Text)]
    pub(super) format: CalendarFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(super) enum CalendarFormat {
    /// For people
    Text,
    /// For programs: docs/schema/calendar.schema.json
    Json,
    /// For calendar programs: iCalendar
    Ics,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro prove support.quid\n  \
    quidpro prove support.quid --property I01,I22\n  \
    quidpro prove support.quid --format json > proofs.json\n\n\
    Exit codes: 0 fine, 1 if something is refuted, 2 wrong command, unusable file, internal error")]
pub(super) struct ProveOptions {
    /// The contract, or its last amendment
    pub(super) contract: PathBuf,
    /// The properties, by their numbers, or `all`; docs/proofs.md lists them
    #[arg(long, value_name = "ID", default_value = "all")]
    pub(super) property: String,
    /// How many operations one search may compute; with more, more is decided
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    pub(super) budget: u64,
    /// How to print the verdicts
    #[arg(long, value_enum, default_value_t = ProofsFormat::Text)]
    pub(super) format: ProofsFormat,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro diff support.quid support_redline.quid\n  \
    quidpro diff support.quid support_redline.quid --data support.csv\n  \
    quidpro diff support.quid amendment_1.quid --data support.csv --format html --output redline.html\n  \
    quidpro diff support.quid support_redline.quid --prove\n\n\
    Exit codes: 0 if both pay the same, 1 if they differ, can differ, or it is not known, 2 wrong command, unusable file, internal error")]
pub(super) struct DiffOptions {
    /// The contract as it is
    pub(super) old: PathBuf,
    /// The contract as it is to be, or an amendment to it
    pub(super) new: PathBuf,
    /// Compute each month of this data under both texts: CSV, JSON or XLSX
    #[arg(long, value_name = "FILE")]
    pub(super) data: Option<PathBuf>,
    /// The sheet of a workbook; the first one if you name none
    #[arg(long, value_name = "NAME", requires = "data")]
    pub(super) sheet: Option<String>,
    /// Only this account
    #[arg(long, value_name = "NAME", requires = "data")]
    pub(super) account: Option<String>,
    /// The first month to compare; earlier ones are computed, too
    #[arg(long, value_name = "YYYY-MM", requires = "data")]
    pub(super) from: Option<String>,
    /// The last month to compare
    #[arg(long, value_name = "YYYY-MM", requires = "data")]
    pub(super) to: Option<String>,
    /// Say whether the new text can ever pay more or less than the old one, in which month, and by how much at most
    #[arg(long)]
    pub(super) prove: bool,
    /// How many operations one search may compute; with more, more is decided
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    pub(super) budget: u64,
    /// How to write it
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(super) format: DiffFormat,
    /// Where to write it; standard output if you name no file
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Also replace a file that is not an earlier output. What this command reads is never replaced
    #[arg(long, requires = "output")]
    pub(super) force: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(super) enum DiffFormat {
    /// For people
    Text,
    /// For programs: docs/schema/redline.schema.json
    Json,
    /// One page, for a browser or a printer
    Html,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro paper support.quid\n  \
    quidpro paper support.quid --scenarios --format html --output support.html\n\n\
    Exit codes: 0 fine, 2 wrong command, unusable file, internal error")]
pub(super) struct PaperOptions {
    /// The contract, or its last amendment
    pub(super) contract: PathBuf,
    /// The day on which the contract is to be read; as it reads last if you name none
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = check::day)]
    pub(super) on: Option<Date>,
    /// Add the contract's scenarios as worked examples, with the amounts that they come to
    #[arg(long)]
    pub(super) scenarios: bool,
    /// How to write it
    #[arg(long, value_enum, default_value_t = PaperFormat::Text)]
    pub(super) format: PaperFormat,
    /// Where to write it; standard output if you name no file
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Also replace a file that is not an earlier output. What this command reads is never replaced
    #[arg(long, requires = "output")]
    pub(super) force: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(super) enum PaperFormat {
    /// Plain text
    Text,
    /// One page, for a browser or a printer
    Html,
    /// For a word processor; name a file with `--output`
    Docx,
    /// For programs: docs/schema/paper.schema.json
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(super) enum ProofsFormat {
    /// For people
    Text,
    /// For programs: docs/schema/proofs.schema.json
    Json,
}

#[derive(Args, Debug)]
pub(super) struct DataOptions {
    #[command(subcommand)]
    pub(super) command: DataCommand,
}

#[derive(Subcommand, Debug)]
pub(super) enum DataCommand {
    /// Write the empty sheet that the supplier fills in
    Template(TemplateOptions),
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro data template support.quid > support.csv\n  \
    quidpro data template support.quid --format xlsx --output support.xlsx")]
pub(super) struct TemplateOptions {
    /// The contract
    pub(super) contract: PathBuf,
    /// The kind of file
    #[arg(long, value_enum, default_value_t = TemplateFormat::Csv)]
    pub(super) format: TemplateFormat,
    /// Where to write it; standard output if you name no file
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Also replace a file that is not an earlier output. What this command reads is never replaced
    #[arg(long, requires = "output")]
    pub(super) force: bool,
    /// Add a column for accounts
    #[arg(long)]
    pub(super) accounts: bool,
    /// The first month; the contract's first month if you name none
    #[arg(long, value_name = "YYYY-MM")]
    pub(super) from: Option<String>,
    /// How many months
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=1200))]
    pub(super) months: u32,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(super) enum TemplateFormat {
    Csv,
    Xlsx,
}

#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  quidpro init support && quidpro invoice support.quid --data support.csv"
)]
pub(super) struct InitOptions {
    /// The contract's name: letters, digits and `_`; the template's name, or `my_contract`, if you give none
    pub(super) name: Option<String>,
    /// Start from a contract of that trade
    #[arg(long, value_name = "NAME")]
    pub(super) template: Option<String>,
    /// List the templates
    #[arg(long, conflicts_with_all = ["name", "template"])]
    pub(super) list: bool,
}

#[cfg(feature = "lsp")]
#[derive(Args, Debug)]
#[command(after_help = "Editors start it themselves; docs/editors says how.")]
pub(super) struct LspOptions {
    /// Use standard input and output. There is no other way; some editors pass this option
    #[arg(long)]
    pub(super) stdio: bool,
}

#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  quidpro completions bash > ~/.local/share/bash-completion/completions/quidpro"
)]
pub(super) struct CompletionsOptions {
    /// The shell
    pub(super) shell: clap_complete::Shell,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  quidpro rules\n  quidpro rules --format json")]
pub(super) struct RulesOptions {
    /// How to print them
    #[arg(long, value_enum, default_value_t = RulesFormat::Table)]
    pub(super) format: RulesFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(super) enum RulesFormat {
    /// A table, by category
    Table,
    /// For programs: docs/schema/rules.schema.json
    Json,
    /// All pages
    Markdown,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro questions support.quid\n  \
    quidpro questions support.quid --format markdown > open_questions.md")]
pub(super) struct QuestionsOptions {
    /// The contract, or its last amendment
    pub(super) contract: PathBuf,
    /// How to print them
    #[arg(long, value_enum, default_value_t = QuestionsFormat::Text)]
    pub(super) format: QuestionsFormat,
    #[command(flatten)]
    pub(super) checker: CheckerOptions,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(super) enum QuestionsFormat {
    /// For people
    Text,
    /// For programs: docs/schema/questions.schema.json
    Json,
    /// To send with a draft
    Markdown,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro review support.quid\n  \
    quidpro review support.quid --format html --output review.html")]
pub(super) struct ReviewOptions {
    /// The contract, or its last amendment
    pub(super) contract: PathBuf,
    /// How to write it
    #[arg(long, value_enum, default_value_t = ReviewFormat::Text)]
    pub(super) format: ReviewFormat,
    /// Where to write it; standard output if you name no file
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Also replace a file that is not an earlier output. What this command reads is never replaced
    #[arg(long, requires = "output")]
    pub(super) force: bool,
    #[command(flatten)]
    pub(super) checker: CheckerOptions,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(super) enum ReviewFormat {
    /// For a terminal
    Text,
    /// One page, for a browser or a printer
    Html,
    /// For programs: docs/schema/review.schema.json
    Json,
}

#[derive(Args, Debug)]
#[command(after_help = "Example:\n  quidpro rule pay-per-contact-only")]
pub(super) struct RuleOptions {
    /// The rule's name
    #[arg(value_name = "NAME")]
    pub(super) name: String,
}
