//! The entries of the books. Each names the one before it by its hash, so that none can be changed or left out.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::report::document::{Document, Register, canonical};

/// The hash that the first entry has before it.
pub const NO_ENTRY: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its position, from 1.
    pub position: u64,
    /// The hash of the entry before it; [`NO_ENTRY`] for the first.
    pub previous: String,
    /// What is recorded.
    pub record: Record,
}

/// What an entry records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Record {
    /// A document.
    Document(Box<Document>),
    /// A question of the other party about a document.
    Inquiry(Inquiry),
    /// What was answered.
    Answer(Answer),
}

/// A question about a document, or one of its lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inquiry {
    /// The number of the document.
    pub number: String,
    /// The line; nothing for the document as a whole.
    pub line: Option<String>,
    /// Who asks.
    pub by: String,
    /// The day.
    pub date: String,
    /// The question.
    pub text: String,
}

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The position of the question.
    pub inquiry: u64,
    /// Who answers.
    pub by: String,
    /// The day.
    pub date: String,
    /// The answer.
    pub text: String,
}

impl Entry {
    /// Its canonical text: what is hashed.
    #[must_use]
    pub fn content(&self) -> String {
        canonical(self)
    }

    /// Reads what [`Entry::content`] wrote.
    ///
    /// # Errors
    /// Why the text is not an entry.
    pub fn parse(content: &str) -> Result<Self, String> {
        serde_json::from_str(content).map_err(|error| error.to_string())
    }

    /// Its document, if it is one.
    #[must_use]
    pub fn document(&self) -> Option<&Document> {
        match &self.record {
            Record::Document(document) => Some(document),
            Record::Inquiry(_) | Record::Answer(_) => None,
        }
    }

    /// Where it is in the books.
    #[must_use]
    pub fn register(&self) -> Register {
        Register {
            position: self.position,
            hash: digest(self.content().as_bytes()),
        }
    }
}

/// What is recorded, so that the same is recorded once: of a document what it is about, not what it says.
#[must_use]
pub fn key_of(record: &Record) -> String {
    let revision;
    let parts: Vec<&str> = match record {
        Record::Document(document) => {
            revision = (document.month.to_string(), document.revision.to_string());
            vec![
                document.kind.key(),
                &document.contract.name,
                document.account.as_deref().unwrap_or_default(),
                &revision.0,
                &revision.1,
            ]
        }
        Record::Inquiry(inquiry) => vec![
            "inquiry",
            &inquiry.number,
            inquiry.line.as_deref().unwrap_or_default(),
            &inquiry.by,
            &inquiry.text,
        ],
        Record::Answer(answer) => {
            revision = (answer.inquiry.to_string(), String::new());
            vec!["answer", &revision.0]
        }
    };
    canonical(&parts)
}

/// SHA-256 in lower-case hexadecimal.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
