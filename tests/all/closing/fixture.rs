//! Contracts whose months depend on each other, with books in memory.

use std::collections::BTreeMap;

use quidpro::calendar::{Date, Month};
use quidpro::closing::{
    AccountBooks, Entry, Finishing, Mode, NO_ENTRY, Obstacle, Record, Settling, Snapshot, Subject,
    Texts, close, digest, finish, next_number, restate, settle, verify,
};
use quidpro::data::{self, Options, Row};
use quidpro::driver::{self, Files, Loaded};
use quidpro::quantity::Exact;
use quidpro::report::document::{Document, DocumentKind, FilePart, LinePart};

/// A contract with tiers, an average, a credit that repeats, a yearly limit and tax: a corrected month moves later ones.
/// `corrections` are its words about corrections.
pub fn contract(corrections: &str) -> String {
    format!(
        "contract desk \"Support desk\" {{
  customer \"Streamly\"
  supplier \"Bluebird\"
  currency EUR
  term 2026-01-01 to 2026-12-31
  invoice monthly, due in 30 days
  round each line half up to 0.01 EUR
  input offered  : calls
  input answered : calls
  metric speed is timeliness, percent, higher is better {{ answered / offered; if nothing to measure, 100% }}
  charge handling \"Calls\" for offered graduated {{ first 500 at 1.1155 EUR; beyond at 0.9333 EUR }}
  charge average = 0.01 EUR per call of average of offered over last 3 months
  charge platform 100 EUR per month
  service level answer on speed {{
    target 80% each month
    credit 7% of charges
    repeated 2 months x 1.5
  }}
  limit credits to 5% of (charges of the contract year so far) each contract year
  measurement {{ data within 5 days; late data counts as missing{corrections} }}
}}
"
    )
}

pub const NEXT: &str = "; corrections within 60 days on the next invoice";
pub const NEW: &str = "; corrections within 2 months by a new invoice";

struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str, _: &str) -> Result<(String, String), String> {
        Err("there is no such file".to_owned())
    }
}

/// A contract with its books.
pub struct Desk {
    text: String,
    loaded: Loaded,
    pub entries: Vec<Entry>,
    texts: BTreeMap<String, String>,
}

impl Texts for Desk {
    fn text(&self, sha256: &str) -> Option<String> {
        self.texts.get(sha256).cloned()
    }
}

pub fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

impl Desk {
    pub fn new(text: &str) -> Self {
        let loaded = driver::load("desk.quid", text, &NoFiles);
        let errors: Vec<String> = loaded
            .diagnostics
            .iter()
            .filter(|finding| finding.is_error())
            .map(|finding| format!("{}: {}", finding.code, finding.message))
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
        Self {
            text: text.to_owned(),
            loaded,
            entries: Vec::new(),
            texts: BTreeMap::new(),
        }
    }

    /// The same books, and another text of the contract.
    pub fn with_text(self, text: &str) -> Self {
        Self {
            entries: self.entries,
            texts: self.texts,
            ..Self::new(text)
        }
    }

    pub fn subject(&self) -> Subject<'_> {
        let file = FilePart {
            name: "desk.quid".to_owned(),
            sha256: digest(self.text.as_bytes()),
        };
        Subject::new(&self.loaded.contracts[0], vec![file], Vec::new()).unwrap()
    }

    pub fn rows(&self, data: &str) -> Vec<Row> {
        let subject = self.subject();
        let bytes = std::io::Cursor::new(data.as_bytes().to_vec());
        let reader = data::open(
            "data.csv",
            None,
            bytes,
            &subject.schema,
            &Options::default(),
        );
        reader.unwrap().map(|row| row.unwrap()).collect()
    }

    pub fn books(&self) -> AccountBooks {
        AccountBooks::of("desk", None, &self.entries)
    }

    fn append(&mut self, document: Document, rows: &[Row]) {
        let snapshot = self
            .subject()
            .snapshot(rows, document.month)
            .unwrap()
            .to_json();
        let text = self.text.clone();
        for kept in [snapshot, text] {
            self.texts.insert(digest(kept.as_bytes()), kept);
        }
        let previous = self.entries.last().map(|entry| entry.register().hash);
        self.entries.push(Entry {
            position: self.entries.len() as u64 + 1,
            previous: previous.unwrap_or_else(|| NO_ENTRY.to_owned()),
            record: Record::Document(Box::new(document)),
        });
    }

    fn numbers(&self) -> Vec<String> {
        let documents = self.entries.iter().filter_map(Entry::document);
        documents
            .filter_map(|document| document.number.clone())
            .collect()
    }

    /// Closes a month, and issues it if nothing keeps it from being issued.
    pub fn close(&mut self, data: &str, when: &str, date: &str) -> Result<Document, Vec<Obstacle>> {
        let rows = self.rows(data);
        let kind = DocumentKind::Invoice;
        let closing = {
            let subject = self.subject();
            let computed = subject.compute(&rows);
            close(
                &subject,
                (&rows, &computed),
                month(when),
                &self.books(),
                kind,
            )
        };
        let closing = closing.expect("the month has a statement");
        if !closing.obstacles.is_empty() {
            return Err(closing.obstacles);
        }
        if let Some(placed) = closing.issued {
            return Ok(placed.document);
        }
        let used = self.numbers();
        let number = next_number(kind, day(date), used.iter().map(String::as_str));
        let document = finish(
            &closing.document,
            Finishing {
                kind,
                number,
                date: day(date),
                prepared_by: None,
                approved_by: None,
            },
        );
        self.append(document.clone(), &rows);
        Ok(document)
    }

    /// States the invoiced months again, and issues what settles it.
    pub fn restate(
        &mut self,
        data: &str,
        settling: &Settling,
    ) -> Result<Vec<Document>, Vec<Obstacle>> {
        let rows = self.rows(data);
        let documents = {
            let subject = self.subject();
            let books = self.books();
            let first = books
                .months
                .values()
                .next()
                .map(|month| month.snapshot.clone());
            let history = first.and_then(|sha256| self.text(&sha256));
            let history = history.map(|text| Snapshot::parse(&text).unwrap());
            let restatement = restate(&subject, &rows, &books, history.as_ref());
            let mut used = self.numbers();
            let mut number = |kind| {
                let number = next_number(kind, settling.date, used.iter().map(String::as_str));
                used.push(number.clone());
                number
            };
            settle(&subject, &rows, &restatement, &books, settling, &mut number)?
        };
        for document in &documents {
            self.append(document.clone(), &rows);
        }
        Ok(documents)
    }

    /// The lines of every month as the contract computes them from that data.
    pub fn statements(&self, data: &str) -> BTreeMap<Month, Vec<LinePart>> {
        let rows = self.rows(data);
        let computed = self.subject().compute(&rows);
        let documents = computed
            .iter()
            .map(|one| one.document().expect("the month has a statement"));
        documents
            .map(|document| (document.month, document.lines.clone()))
            .collect()
    }

    /// For each month the sum of what all documents have for it, with what waits for the next invoice.
    pub fn sums(&self) -> BTreeMap<Month, Exact> {
        let mut sums: BTreeMap<Month, Exact> = BTreeMap::new();
        let mut add = |line: &LinePart| {
            let sum = sums.entry(line.period).or_insert_with(Exact::zero);
            *sum = sum.add(line.amount.exact());
        };
        for document in self.entries.iter().filter_map(Entry::document) {
            if matches!(
                document.kind,
                DocumentKind::Invoice | DocumentKind::CreditNote
            ) {
                document.lines.iter().for_each(&mut add);
            }
        }
        self.books().waiting().0.iter().for_each(&mut add);
        sums
    }

    #[track_caller]
    pub fn is_whole(&self) {
        let entries: Vec<(Entry, String)> = self
            .entries
            .iter()
            .map(|entry| {
                (
                    Entry::parse(&entry.content()).unwrap(),
                    entry.register().hash,
                )
            })
            .collect();
        assert_eq!(verify(&entries, self), []);
    }
}

/// How corrections of that day are settled.
pub fn on(date: &str, by: Option<Mode>) -> Settling {
    Settling {
        date: day(date),
        by,
        ..Settling::default()
    }
}

pub fn total(lines: &[LinePart]) -> Exact {
    lines
        .iter()
        .fold(Exact::zero(), |sum, line| sum.add(line.amount.exact()))
}
