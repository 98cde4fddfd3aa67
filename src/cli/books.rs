//! `quidpro books`: what was issued, and whether it is whole.

mod store;

pub(super) use store::Store;

use std::path::Path;

use crate::closing::{Answer, Entry, Inquiry, Mismatch, Record, Texts, verify};
use crate::report::close::list;
use crate::report::document::DocumentKind;
use crate::report::escape::terminal::on_one_line;
use crate::report::failure::Failure;

use super::arguments::{
    BooksCommand, BooksOptions, InquiryOptions, ListOptions, ShowDocumentOptions, VerifyOptions,
};
use super::console::Console;
use super::{Ending, Outcome, Trouble, checker, documents, files};

pub(super) fn run(options: &BooksOptions, console: &mut Console) -> Outcome {
    match &options.command {
        BooksCommand::Verify(options) => verified(options, console),
        BooksCommand::List(options) => listed(options, console),
        BooksCommand::Show(options) => shown(options, console),
        BooksCommand::Export(options) => {
            for (entry, _) in opened(&options.books)?.all()? {
                console.print(&(entry.content() + "\n"))?;
            }
            Ok(Ending::Fine)
        }
        BooksCommand::Inquiry(options) => inquired(options, console),
    }
}

pub(super) fn opened(path: &Path) -> Result<Store, Failure> {
    Store::open(path, false)?.ok_or_else(|| {
        Failure::new(format!("there are no books `{}`", files::shown(path)))
            .help("name the books that `quidpro close --issue` wrote")
    })
}

/// The texts in the books. A text that cannot be read is missing.
struct Kept<'s>(&'s Store);

impl Texts for Kept<'_> {
    fn text(&self, sha256: &str) -> Option<String> {
        self.0.text(sha256).ok().flatten()
    }
}

fn verified(options: &VerifyOptions, console: &mut Console) -> Outcome {
    let store = opened(&options.books)?;
    let books = files::shown(&options.books);
    let damage = store.damage()?;
    let entries = store.all()?;
    let mismatches = verify(&entries, &Kept(&store));
    let mut groups: [(&str, Vec<String>); 4] = [
        ("The books were changed after they were written", damage),
        (
            "Texts or data were changed after they were written",
            Vec::new(),
        ),
        (
            "The program computes other amounts; text and data are as they were",
            Vec::new(),
        ),
        ("Documents contradict each other", Vec::new()),
    ];
    for mismatch in &mismatches {
        let at = match mismatch {
            Mismatch::Chain { .. } => 0,
            Mismatch::Data { .. } => 1,
            Mismatch::Program { .. } => 2,
            Mismatch::Sum { .. } => 3,
        };
        if let Some((_, items)) = groups.get_mut(at) {
            items.push(words(mismatch));
        }
    }
    let head = entries.last().map(|(entry, _)| entry.register().hash);
    if let Some(wanted) = &options.head {
        let wanted = wanted.to_lowercase();
        let is_there =
            wanted.len() >= 8 && entries.iter().any(|(_, hash)| hash.starts_with(&wanted));
        if !is_there && let Some((_, items)) = groups.first_mut() {
            items.push(format!("no entry has the hash {wanted}: entries at the end were lost, or it is of other books"));
        }
    }
    let found: String = groups
        .iter()
        .map(|(title, items)| list(title, items))
        .collect();
    let count = match entries.len() {
        1 => "1 entry".to_owned(),
        many => format!("{many} entries"),
    };
    if found.is_empty() {
        console.print(&format!(
            "{books}: {count}, all as they were written; every document was computed again\n"
        ))?;
        if let Some(head) = head {
            console.print(&format!("head of the chain: {head}\n"))?;
        }
        return Ok(Ending::Fine);
    }
    console.print(&format!("{books}: {count}\n{found}"))?;
    Ok(Ending::Findings)
}

fn words(mismatch: &Mismatch) -> String {
    match mismatch {
        Mismatch::Chain { position, what } => format!("entry {position}: {what}"),
        Mismatch::Data {
            position,
            document,
            what,
        }
        | Mismatch::Sum {
            position,
            document,
            what,
        } => {
            format!("entry {position}, {document}: {what}")
        }
        Mismatch::Program {
            position,
            document,
            version,
            lines,
        } => {
            let lines: Vec<String> = lines
                .iter()
                .map(|(name, before, after)| format!("{name} was {before} and is {after}"))
                .collect();
            let own = env!("CARGO_PKG_VERSION");
            let who = if version == own {
                "this program has the version of the one that issued it, and computes otherwise"
                    .to_owned()
            } else {
                format!("quidpro {version} issued it, and this is quidpro {own}")
            };
            let what = if lines.is_empty() {
                "it cannot be computed any more".to_owned()
            } else {
                lines.join(", ")
            };
            format!("entry {position}, {document}: {what}; {who}")
        }
    }
}

fn listed(options: &ListOptions, console: &mut Console) -> Outcome {
    let entries = opened(&options.books)?.all()?;
    for (entry, hash) in &entries {
        let line = match &entry.record {
            Record::Document(document) => {
                let other = |wanted: &Option<String>, is: Option<&str>| {
                    wanted.is_some() && wanted.as_deref() != is
                };
                if other(&options.contract, Some(&document.contract.name))
                    || other(&options.account, document.account.as_deref())
                {
                    continue;
                }
                format!(
                    "{}  {:<11}  {:<12}  {}  {}{}  {} {}",
                    document
                        .date
                        .map(|date| date.to_string())
                        .unwrap_or_default(),
                    kind(document.kind),
                    document.number.as_deref().unwrap_or("–"),
                    document.month,
                    document.contract.name,
                    document
                        .account
                        .as_deref()
                        .map_or_else(String::new, |account| format!(", {account}")),
                    document.total.plain(),
                    document.currency
                )
            }
            _ if options.contract.is_some() || options.account.is_some() => continue,
            Record::Inquiry(inquiry) => {
                format!(
                    "{}  inquiry      {:<12}  {}: {}",
                    inquiry.date, inquiry.number, inquiry.by, inquiry.text
                )
            }
            Record::Answer(answer) => {
                format!(
                    "{}  answer       entry {:<6}  {}: {}",
                    answer.date, answer.inquiry, answer.by, answer.text
                )
            }
        };
        let short = hash.get(..8).unwrap_or(hash);
        console.print(&format!(
            "{:>5}  {short}  {}\n",
            entry.position,
            on_one_line(&line)
        ))?;
    }
    Ok(Ending::Fine)
}

fn kind(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Statement => "statement",
        DocumentKind::Provisional => "provisional",
        DocumentKind::Invoice => "invoice",
        DocumentKind::CreditNote => "credit note",
        DocumentKind::Correction => "correction",
    }
}

fn shown(options: &ShowDocumentOptions, console: &mut Console) -> Outcome {
    documents::refuse(&options.written)?;
    let store = opened(&options.books)?;
    let entry = match store.numbered(&options.document)? {
        Some(entry) => Some(entry),
        None => match options.document.parse() {
            Ok(position) => store.at(position)?,
            Err(_) => None,
        },
    };
    let Some(entry) = entry else {
        return Err(none(&options.books, &options.document).into());
    };
    let Some(document) = entry.document() else {
        return Err(Failure::new(format!(
            "entry {} is an inquiry or an answer",
            entry.position
        ))
        .help("`quidpro books list` prints it")
        .into());
    };
    let register = entry.register();
    documents::write(
        &options.written,
        &[(document, Some(&register))],
        "",
        console,
    )?;
    Ok(Ending::Fine)
}

fn none(books: &Path, document: &str) -> Failure {
    let books = files::shown(books);
    Failure::new(format!("`{books}` has no document `{document}`"))
        .help(format!("`quidpro books list {books}` lists all"))
}

fn inquired(options: &InquiryOptions, console: &mut Console) -> Outcome {
    let mut store = opened(&options.books)?;
    let date = options.date.map_or_else(checker::today, Ok)?.to_string();
    store.begin()?;
    let record = match (&options.document, options.answer) {
        (Some(number), _) => {
            let entry = store
                .numbered(number)?
                .ok_or_else(|| none(&options.books, number))?;
            check_line(&entry, options)?;
            Record::Inquiry(Inquiry {
                number: number.clone(),
                line: options.line.clone(),
                by: options.by.clone(),
                date,
                text: options.text.clone(),
            })
        }
        (None, answer) => {
            let inquiry = answer.unwrap_or(0);
            let entry = store.at(inquiry)?;
            if !entry.is_some_and(|entry| matches!(entry.record, Record::Inquiry(_))) {
                return Err(Trouble::from(
                    Failure::new(format!("entry {inquiry} is not an inquiry"))
                        .help("`quidpro books list` shows the entries with their positions"),
                ));
            }
            Record::Answer(Answer {
                inquiry,
                by: options.by.clone(),
                date,
                text: options.text.clone(),
            })
        }
    };
    let entry = store.append(record)?;
    store.commit()?;
    console.print(&format!("recorded as entry {}\n", entry.position))?;
    Ok(Ending::Fine)
}

fn check_line(entry: &Entry, options: &InquiryOptions) -> Result<(), Failure> {
    let (Some(line), Some(document)) = (&options.line, entry.document()) else {
        return Ok(());
    };
    if document.lines.iter().any(|one| one.name == *line) {
        return Ok(());
    }
    let mut names: Vec<&str> = document.lines.iter().map(|one| one.name.as_str()).collect();
    names.dedup();
    Err(Failure::new(format!("the document has no line `{line}`"))
        .help(format!("it has {}", names.join(", "))))
}
