//! Which clauses feed a charge, and what a metric pays: items as callers and callees.

use crate::syntax::tree::Item;
use crate::text::{FileId, Span};

use super::declarations::Declaration;
use super::index::Index;

/// An item as part of the computation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Its words: `service level`.
    pub what: String,
    /// Its name, or what it is about.
    pub name: String,
    /// The clause of the paper contract.
    pub clause: Option<String>,
    /// The whole item.
    pub span: Span,
    /// Its name, or its first words.
    pub at: Span,
}

/// An item that uses another, or is used by it, with the words that say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The other item.
    pub clause: Clause,
    /// The words, which are in the item that uses the other.
    pub words: Vec<Span>,
}

/// Returns the item whose name or first words are at a byte. For a use of a name, this is the item that gives the name.
#[must_use]
pub fn clause_at(index: &Index<'_>, file: FileId, at: u32) -> Option<Clause> {
    if let Some(word) = index.word(file, at)
        && let Some(declaration) = index.meaning(word.declared)
    {
        return of_declaration(index, declaration);
    }
    let place = Span {
        file,
        start: at,
        end: at,
    };
    index.item_around(place).map(|item| clause_of(index, item))
}

/// Returns the items that use the name given at `name`, in the order of the text.
#[must_use]
pub fn incoming(index: &Index<'_>, name: Span) -> Vec<Call> {
    let mut found: Vec<Call> = Vec::new();
    for word in index.uses(name) {
        let Some(item) = index.item_around(word) else {
            continue;
        };
        let clause = clause_of(index, item);
        // An amendment that replaces the item gives its name anew. That is not a use.
        if clause.at == word {
            continue;
        }
        add(&mut found, clause, word);
    }
    found
}

/// Returns the items whose names an item uses, in the order in which it uses them.
#[must_use]
pub fn outgoing(index: &Index<'_>, item: Span) -> Vec<Call> {
    let mut found: Vec<Call> = Vec::new();
    for reference in index.within(item) {
        let Some(declaration) = index.meaning(reference.to) else {
            continue;
        };
        let Some(clause) = of_declaration(index, declaration) else {
            continue;
        };
        if clause.span != item {
            add(&mut found, clause, reference.at);
        }
    }
    found
}

fn add(found: &mut Vec<Call>, clause: Clause, word: Span) {
    match found
        .iter_mut()
        .find(|call| call.clause.span == clause.span)
    {
        Some(call) => call.words.push(word),
        None => found.push(Call {
            clause,
            words: vec![word],
        }),
    }
}

/// Returns the item that gives a name, or nothing if no item gives it.
fn of_declaration(index: &Index<'_>, declaration: &Declaration<'_>) -> Option<Clause> {
    let item = declaration.item?;
    if declaration.whole == declaration.span {
        // For a member, the result is the item that lists it.
        return Some(clause_of(index, item));
    }
    Some(Clause {
        what: declaration.what.words().to_owned(),
        name: declaration.name.to_owned(),
        clause: declaration.clause.map(str::to_owned),
        span: declaration.whole,
        at: declaration.span,
    })
}

/// Describes an item, by its name or by what it is about.
pub(super) fn clause_of(index: &Index<'_>, item: &Item) -> Clause {
    let designation = item.designation();
    let at = match item.declared_name() {
        Some(name) => name.span,
        None => first_words(index, item.span),
    };
    let detail = designation.detail.iter().cloned();
    let about = match item.declared_name() {
        Some(name) => name.text.clone(),
        None => {
            let names = designation.names.join(", ");
            let words: Vec<String> = std::iter::once(names)
                .chain(detail)
                .filter(|words| !words.is_empty())
                .collect();
            words.join(" ")
        }
    };
    Clause {
        what: designation.kind.to_owned(),
        name: if about.is_empty() {
            designation.kind.to_owned()
        } else {
            about
        },
        clause: item.clause.as_ref().map(|clause| clause.text.clone()),
        span: item.span,
        at,
    }
}

/// Returns the first word of an item.
fn first_words(index: &Index<'_>, item: Span) -> Span {
    let text = index.loaded.sources.slice(item);
    let length = text
        .find(|letter: char| !letter.is_alphanumeric())
        .unwrap_or(text.len());
    Span {
        end: item.start + u32::try_from(length).unwrap_or(0),
        ..item
    }
}
