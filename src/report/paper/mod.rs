//! A contract in prose, for signature: numbered clauses in plain legal English, written from the facts.
//!
//! A formula keeps the order of its words and has no brackets added or left out: names become defined terms, signs become
//! words. Every field of every fact is named where its clause is written, so that a new one cannot be forgotten.

mod awards;
mod bounds;
mod build;
mod charges;
mod definitions;
mod examples;
mod frame;
mod index;
mod levels;
mod partnership;
mod phrases;
mod quality;
mod records;
mod settling;
mod terms;
mod translate;
mod words;

#[cfg(feature = "docx")]
pub mod docx;
pub mod html;
pub mod json;
pub mod text;

pub use build::paper;
pub use examples::{Worked, WorkedResult};

/// A contract in prose.
#[derive(Clone, Debug)]
pub struct Paper {
    /// The contract's name.
    pub contract: String,
    /// Its title, or else its name.
    pub title: String,
    /// The file that it was written from.
    pub file: String,
    /// Its articles, in order.
    pub articles: Vec<Article>,
    /// Who signs: the role and the name.
    pub signatures: Vec<(&'static str, String)>,
    /// What is assumed in the worked examples unless one of them says otherwise.
    pub assumed: Vec<(String, String)>,
    /// The worked examples.
    pub examples: Vec<Worked>,
}

/// An article.
#[derive(Clone, Debug)]
pub struct Article {
    /// Its title.
    pub title: &'static str,
    /// Its clauses.
    pub clauses: Vec<Clause>,
}

/// A numbered clause.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Its title.
    pub title: String,
    /// The clause of the paper contract, as the text names it.
    pub reference: Option<String>,
    /// The words that name the clause in the text that it was written from; nothing for a general provision.
    pub designation: Option<String>,
    /// Its file and line, from 1.
    pub place: Option<(String, usize)>,
    /// What it says.
    pub parts: Vec<Part>,
}

/// A part of a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Sentences.
    Text(String),
    /// A list after a sentence.
    List(Vec<String>),
    /// A table with a heading row.
    Table(Vec<&'static str>, Vec<Vec<String>>),
}

impl Part {
    /// A table without the columns in which no row has anything.
    fn table(head: Vec<&'static str>, rows: Vec<Vec<String>>) -> Self {
        let used = |at: usize| {
            rows.iter()
                .any(|row| row.get(at).is_some_and(|cell| !cell.is_empty()))
        };
        let columns: Vec<usize> = (0..head.len()).filter(|at| used(*at)).collect();
        let head = columns
            .iter()
            .filter_map(|at| head.get(*at).copied())
            .collect();
        let rows = rows.iter().map(|row| {
            let cells = columns.iter().map(|at| row.get(*at).cloned());
            cells.map(Option::unwrap_or_default).collect()
        });
        Self::Table(head, rows.collect())
    }
}

impl Clause {
    /// A general provision, which no clause of the text states.
    fn general(title: &str, text: impl Into<String>) -> Self {
        Self {
            title: title.to_owned(),
            reference: None,
            designation: None,
            place: None,
            parts: vec![Part::Text(text.into())],
        }
    }

    /// Whether a word is in it.
    fn says(&self, words: &str) -> bool {
        self.parts.iter().any(|part| match part {
            Part::Text(text) => text.contains(words),
            Part::List(all) => all.iter().any(|text| text.contains(words)),
            Part::Table(_, rows) => rows.iter().flatten().any(|text| text.contains(words)),
        })
    }
}

/// The number of a clause: `4.2`.
fn number(article: usize, clause: usize) -> String {
    format!("{}.{}", article + 1, clause + 1)
}

/// `(a)`, and after `(z)` `(aa)`.
fn letter(at: usize) -> String {
    let sign = char::from(b'a' + u8::try_from(at % 26).unwrap_or(0));
    format!("({})", sign.to_string().repeat(at / 26 + 1))
}
