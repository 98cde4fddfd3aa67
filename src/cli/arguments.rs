//! The words of the command line.

mod check;

use std::path::PathBuf;

use crate::calendar::Date;
use clap::{Args, Parser, Subcommand, ValueEnum};

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
        quidpro check contracts/                              check every contract below a folder\n  \
        quidpro invoice support.quid --data support.csv       the invoice of each month in the data\n  \
        quidpro explain support.quid --data support.csv --month 2026-02 --line handling\n\n\
        Exit codes: 0 fine, 1 findings or a month without an invoice, 2 usage, file or internal trouble"
)]
pub(super) struct Arguments {
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto)]
    pub(super) color: Colour,
    /// Read and write also where a file that you have not named leads outside the project: `use`, `extends`, baselines, links
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
    /// Check contracts: syntax, names, units, bands
    Check(CheckOptions),
    /// Lay out contracts: one layout for all, tables aligned, numbers grouped
    Fmt(FmtOptions),
    /// Compute the invoice of each month in the data
    Invoice(InvoiceOptions),
    /// Tell how a number came about, from the line down to the data cells
    Explain(ExplainOptions),
    /// Run the scenarios that contracts contain
    Test(TestOptions),
    /// Print a contract as its amendments have it, in one text
    Show(ShowOptions),
    /// List what the parties agreed, clause by clause, for contract-management systems
    Facts(FactsOptions),
    /// List what a contract leaves open, clause by clause, with words that answer it
    Questions(QuestionsOptions),
    /// Sum up on one page how a contract stands
    Review(ReviewOptions),
    /// List what the checker looks for
    Rules(RulesOptions),
    /// Show a rule's page: what it finds, why, with examples
    Rule(RuleOptions),
    /// List what contracts waive, until when and why
    Waivers(WaiversOptions),
    /// Record the findings that contracts have now, so that only new ones count
    Baseline(BaselineOptions),
    /// Which settings hold for a contract, and where they are written
    Config(ConfigOptions),
    /// The data that a contract needs
    Data(DataOptions),
    /// Write a commented contract to start from, with data
    Init(InitOptions),
    /// Answer an editor: the language server, on the standard input and output
    #[cfg(feature = "lsp")]
    Lsp(LspOptions),
    /// Write the completions of a shell
    Completions(CompletionsOptions),
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro fmt contracts/\n  \
    quidpro fmt contracts/ --check\n  \
    quidpro fmt support.quid --diff\n  \
    quidpro fmt - < support.quid > laid_out.quid\n\n\
    Exit codes: 0 fine, 1 with `--check` or `--diff` where a file would change, 2 usage, file or internal trouble")]
pub(super) struct FmtOptions {
    /// Contracts, folders with contracts, or `-` for the standard input, which is printed as it is laid out
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Write nothing, and name the files that would change
    #[arg(long)]
    pub(super) check: bool,
    /// Write nothing, and print what would change
    #[arg(long)]
    pub(super) diff: bool,
    /// The name for what is read from the standard input
    #[arg(long, value_name = "NAME")]
    pub(super) stdin_filename: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct DataFile {
    /// The months' data: CSV, JSON or XLSX
    #[arg(long, value_name = "FILE")]
    pub(super) data: PathBuf,
    /// The sheet of a workbook; the first one if none is named
    #[arg(long, value_name = "NAME")]
    pub(super) sheet: Option<String>,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro invoice support.quid --data support.csv\n  \
    quidpro invoice support.quid --data support.xlsx --month 2026-02\n  \
    quidpro invoice support.quid --data support.csv --from 2026-01 --to 2026-06 --format csv\n\n\
    The data of earlier months is always read, because averages, repeats and yearly limits look back.")]
pub(super) struct InvoiceOptions {
    /// The contract
    pub(super) contract: PathBuf,
    #[command(flatten)]
    pub(super) data: DataFile,
    /// Only this month
    #[arg(long, value_name = "YYYY-MM", conflicts_with_all = ["from", "to"])]
    pub(super) month: Option<String>,
    /// From this month on
    #[arg(long, value_name = "YYYY-MM")]
    pub(super) from: Option<String>,
    /// Up to this month
    #[arg(long, value_name = "YYYY-MM")]
    pub(super) to: Option<String>,
    /// Only this account
    #[arg(long, value_name = "NAME")]
    pub(super) account: Option<String>,
    /// How to print statements
    #[arg(long, value_enum, default_value_t = StatementFormat::Text)]
    pub(super) format: StatementFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(super) enum StatementFormat {
    /// For people
    Text,
    /// For programs: docs/schema/statement.schema.json
    Json,
    /// A row for each line, and one of kind `total` for each month
    Csv,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro explain support.quid --data support.csv --month 2026-02\n  \
    quidpro explain support.quid --data support.csv --month 2026-02 --line answer_speed")]
pub(super) struct ExplainOptions {
    /// The contract
    pub(super) contract: PathBuf,
    #[command(flatten)]
    pub(super) data: DataFile,
    /// The month to explain
    #[arg(long, value_name = "YYYY-MM")]
    pub(super) month: String,
    /// The line to explain; the total if none is named
    #[arg(long, value_name = "NAME")]
    pub(super) line: Option<String>,
    /// The account, where the data has accounts
    #[arg(long, value_name = "NAME")]
    pub(super) account: Option<String>,
    /// How to print the story
    #[arg(long, value_enum, default_value_t = StoryFormat::Text)]
    pub(super) format: StoryFormat,
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
    /// As it reads in this month; as it reads last if none is named
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
    /// Where to write it; to the output if no file is named
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Replace the file also if it is not an earlier output; what this command reads is never replaced
    #[arg(long, requires = "output")]
    pub(super) force: bool,
    /// With a column for accounts
    #[arg(long)]
    pub(super) accounts: bool,
    /// The first month; the contract's first month if none is named
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
    /// The contract's name: letters, digits and `_`
    #[arg(default_value = "my_contract")]
    pub(super) name: String,
}

#[cfg(feature = "lsp")]
#[derive(Args, Debug)]
#[command(after_help = "Editors start it themselves; docs/editors says how.")]
pub(super) struct LspOptions {
    /// The standard input and output, which is the only way there is; some editors say so
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
    /// To be sent with a draft
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
    /// Where to write it; to the output if no file is named
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Replace the file also if it is not an earlier output; what this command reads is never replaced
    #[arg(long, requires = "output")]
    pub(super) force: bool,
    #[command(flatten)]
    pub(super) checker: CheckerOptions,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(super) enum ReviewFormat {
    /// For a terminal
    Text,
    /// One page of paper, for a browser or a printer
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
