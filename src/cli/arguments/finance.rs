//! The words of the commands that close a month.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::calendar::Date;

use super::{DataFile, check::day};

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro close support.quid --data support.csv --month 2026-02 --books books.db\n  \
    quidpro close support.quid --data support.csv --month 2026-02 --books books.db --issue --prepared-by \"Ann\" --approved-by \"Ben\"\n\n\
    Without `--issue` nothing is written. The same command twice issues a month once.\n\n\
    Exit codes: 0 fine, 1 something keeps a month from being issued, 2 wrong command, unusable file, internal error")]
pub(in crate::cli) struct CloseOptions {
    /// The contract, or its last amendment
    pub(in crate::cli) contract: PathBuf,
    #[command(flatten)]
    pub(in crate::cli) data: DataFile,
    /// The month to close
    #[arg(long, value_name = "YYYY-MM")]
    pub(in crate::cli) month: String,
    /// The books: a database that holds what was issued
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) books: PathBuf,
    /// Only this account
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) account: Option<String>,
    /// What was planned: CSV with the columns `month`, `line`, `amount`
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) budget: Option<PathBuf>,
    /// Write it into the books
    #[arg(long)]
    pub(in crate::cli) issue: bool,
    /// Issue a provisional statement, which is no invoice
    #[arg(long, requires = "issue")]
    pub(in crate::cli) provisional: bool,
    /// The number of the document; the next one if you give none
    #[arg(long, value_name = "NUMBER", requires = "issue")]
    pub(in crate::cli) number: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) approval: ApprovalOptions,
    #[command(flatten)]
    pub(in crate::cli) written: Written,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct ApprovalOptions {
    /// The day of the document, by which the contract's time for corrections is counted; today if you give none
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(in crate::cli) date: Option<Date>,
    /// Who prepared it
    #[arg(long, value_name = "NAME", requires = "issue")]
    pub(in crate::cli) prepared_by: Option<String>,
    /// Who approved it: never who prepared it
    #[arg(long, value_name = "NAME", requires = "prepared_by")]
    pub(in crate::cli) approved_by: Option<String>,
}

/// How documents are written, and where.
#[derive(Args, Debug)]
pub(in crate::cli) struct Written {
    /// How to write it
    #[arg(long, value_enum, default_value_t = DocumentFormat::Text)]
    pub(in crate::cli) format: DocumentFormat,
    /// Where to write it; standard output if you name no file
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Also replace a file that is not an earlier output. What this command reads is never replaced
    #[arg(long, requires = "output")]
    pub(in crate::cli) force: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(in crate::cli) enum DocumentFormat {
    /// For people
    Text,
    /// For programs: docs/schema/document.schema.json
    Json,
    /// One page, for a browser or a printer
    Html,
    /// One row per line, and one row of kind `total` per document
    Csv,
    /// An e-invoice of EN 16931, of one issued invoice or credit note
    Ubl,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro restate support.quid --data corrected.csv --books books.db\n  \
    quidpro restate support.quid --data corrected.csv --books books.db --issue --prepared-by \"Ann\" --approved-by \"Ben\"\n\n\
    Where a correction is invoiced is the contract's word: `measurement { corrections within 60 days on the next invoice }`.\n\n\
    Exit codes: 0 fine, 1 something keeps it from being issued, 2 wrong command, unusable file, internal error")]
pub(in crate::cli) struct RestateOptions {
    /// The contract, or its last amendment
    pub(in crate::cli) contract: PathBuf,
    #[command(flatten)]
    pub(in crate::cli) data: DataFile,
    /// The books: a database that holds what was issued
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) books: PathBuf,
    /// Only this account
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) account: Option<String>,
    /// Write it into the books
    #[arg(long)]
    pub(in crate::cli) issue: bool,
    /// Where the correction is invoiced, if the parties agreed something other than the contract says
    #[arg(long, value_enum, value_name = "WHERE")]
    pub(in crate::cli) by: Option<SettleBy>,
    /// Correct after the contract's time for it, because both parties agree; the documents state the reason
    #[arg(long, value_name = "REASON")]
    pub(in crate::cli) accept_late: Option<String>,
    /// Accept that invoiced months change because of the text or the program; the documents state the reason
    #[arg(long, value_name = "REASON")]
    pub(in crate::cli) accept_text: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) approval: ApprovalOptions,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(in crate::cli) enum SettleBy {
    /// As lines of the next invoice
    NextInvoice,
    /// A credit note, and a new invoice of the month
    NewInvoice,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct BooksOptions {
    #[command(subcommand)]
    pub(in crate::cli) command: BooksCommand,
}

#[derive(Subcommand, Debug)]
pub(in crate::cli) enum BooksCommand {
    /// Compute every document again, and check that no entry was changed or lost
    Verify(VerifyOptions),
    /// List what was issued
    List(ListOptions),
    /// Print a document
    Show(ShowDocumentOptions),
    /// Write the books as JSON lines: one entry on each line
    Export(ExportOptions),
    /// Record a question of the other party about a document, or its answer
    Inquiry(InquiryOptions),
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro books verify books.db\n  \
    quidpro books verify books.db --head 3f2a…\n\n\
    Each document prints the hash of its entry. With `--head` the books must still have it: a lost end is noticed only so.\n\n\
    Exit codes: 0 fine, 1 something is not as it was, 2 wrong command, unusable file, internal error")]
pub(in crate::cli) struct VerifyOptions {
    /// The books
    pub(in crate::cli) books: PathBuf,
    /// The hash that a document prints: the books must have it. At least 8 digits
    #[arg(long, value_name = "HASH")]
    pub(in crate::cli) head: Option<String>,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct ListOptions {
    /// The books
    pub(in crate::cli) books: PathBuf,
    /// Only this contract
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) contract: Option<String>,
    /// Only this account
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) account: Option<String>,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct ShowDocumentOptions {
    /// The books
    pub(in crate::cli) books: PathBuf,
    /// The number of the document, or the position of its entry
    pub(in crate::cli) document: String,
    #[command(flatten)]
    pub(in crate::cli) written: Written,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct ExportOptions {
    /// The books
    pub(in crate::cli) books: PathBuf,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro books inquiry books.db --document 2026-0002 --line slow --by \"Bluebird\" --text \"Were the maintenance hours taken out?\"\n  \
    quidpro books inquiry books.db --answer 7 --by \"Ann\" --text \"Yes: the metric is without them\"")]
pub(in crate::cli) struct InquiryOptions {
    /// The books
    pub(in crate::cli) books: PathBuf,
    /// The number of the document that is asked about
    #[arg(
        long,
        value_name = "NUMBER",
        required_unless_present = "answer",
        conflicts_with = "answer"
    )]
    pub(in crate::cli) document: Option<String>,
    /// The line that is asked about; the document as a whole if you name none
    #[arg(long, value_name = "NAME", conflicts_with = "answer")]
    pub(in crate::cli) line: Option<String>,
    /// Answer the inquiry of this entry
    #[arg(long, value_name = "ENTRY")]
    pub(in crate::cli) answer: Option<u64>,
    /// Who asks or answers
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) by: String,
    /// The question or the answer
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) text: String,
    /// The day; today if you give none
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(in crate::cli) date: Option<Date>,
}

#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  quidpro journal --books books.db --format beancount --output books.beancount\n\n\
    The accounts, cost centres and tax codes are in `[journal]` of the `quidpro.toml` beside the books or above."
)]
pub(in crate::cli) struct JournalOptions {
    /// The books
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) books: PathBuf,
    /// The configuration with the accounts; the nearest one above the books if you name none
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) config: Option<PathBuf>,
    /// Only this contract
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) contract: Option<String>,
    /// For which program
    #[arg(long, value_enum, default_value_t = JournalFormat::Csv)]
    pub(in crate::cli) format: JournalFormat,
    /// Where to write it; standard output if you name no file
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Also replace a file that is not an earlier output
    #[arg(long, requires = "output")]
    pub(in crate::cli) force: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(in crate::cli) enum JournalFormat {
    /// For beancount
    Beancount,
    /// For hledger
    Hledger,
    /// One row per posting
    Csv,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    quidpro reconcile support.quid --data support.csv --month 2026-02 --invoice bluebird_0217.csv\n  \
    quidpro reconcile support.quid --data support.csv --month 2026-02 --invoice bluebird_0217.xlsx --map line=Leistung --map amount=Betrag --numbers de\n  \
    quidpro reconcile support.quid --data support.csv --month 2026-02 --invoice bluebird_0217.xml --format html --output dispute.html\n\n\
    Exit codes: 0 nothing is disputed, 1 something is, 2 wrong command, unusable file, internal error")]
pub(in crate::cli) struct ReconcileOptions {
    /// The contract, or its last amendment
    pub(in crate::cli) contract: PathBuf,
    #[command(flatten)]
    pub(in crate::cli) data: DataFile,
    /// The month that the invoice is for
    #[arg(long, value_name = "YYYY-MM")]
    pub(in crate::cli) month: String,
    /// The account, if the data has accounts
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) account: Option<String>,
    /// The supplier's invoice: CSV, XLSX, or an e-invoice in UBL
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) invoice: PathBuf,
    /// The sheet of a workbook; the first one if you name none
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) invoice_sheet: Option<String>,
    /// Which column is what: `amount=HEADING`, for line, quantity, rate, amount, month, number, date, currency
    #[arg(long, value_name = "WHAT=HEADING")]
    pub(in crate::cli) map: Vec<String>,
    /// What the supplier calls a line: `THEIR WORDS=LINE`
    #[arg(long, value_name = "THEIRS=LINE")]
    pub(in crate::cli) name: Vec<String>,
    /// How the supplier writes numbers, if not as 1250.50
    #[arg(long, value_enum, value_name = "COUNTRY")]
    pub(in crate::cli) numbers: Option<NumberForm>,
    /// Accept differences of lines up to this amount
    #[arg(long, value_name = "AMOUNT", default_value = "0")]
    pub(in crate::cli) tolerance: String,
    /// How to write it
    #[arg(long, value_enum, default_value_t = ReconcileFormat::Text)]
    pub(in crate::cli) format: ReconcileFormat,
    /// Where to write it; standard output if you name no file
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Also replace a file that is not an earlier output
    #[arg(long, requires = "output")]
    pub(in crate::cli) force: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(in crate::cli) enum NumberForm {
    /// 1.250,50
    De,
    /// 1 250,50
    Fr,
    /// 1,250.50
    En,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(in crate::cli) enum ReconcileFormat {
    /// For people
    Text,
    /// A letter of dispute, for a browser or a printer
    Html,
    /// For programs: docs/schema/reconciliation.schema.json
    Json,
}
