//! What can be written at a place: words of the language, snippets of clauses, names by their type.
//!
//! The outline says where in the text the place is, and so what the drafter is about to write. The names are those of
//! the last analysis of the text. Both work in spite of mistakes.

mod facts;
mod names;
mod place;
mod words;

use crate::catalogue::ItemKind;
use crate::syntax::outline::Outline;
use crate::text::Span;

use super::declarations::Declared;
use super::index::Index;

use names::Names;
use place::{Place, place};

/// Something that can be written at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The text that is shown. The letters before the place are compared with it.
    pub label: String,
    /// Its kind.
    pub kind: CompletionKind,
    /// A few words shown next to it.
    pub detail: Option<String>,
    /// An explanation.
    pub documentation: Option<String>,
    /// The text to insert, if it is not the label.
    pub insert: Option<Insert>,
    /// The lower the rank, the earlier it is in the list.
    pub rank: u8,
}

/// The text that a completion inserts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insert {
    /// The text, with `${1:…}` for the places to fill in.
    pub snippet: String,
    /// The same text for editors that do not support such places.
    pub plain: String,
}

/// The kind of a completion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CompletionKind {
    /// A word of the language.
    Word,
    /// A whole clause.
    Clause,
    /// A name.
    Name(Declared),
    /// A value that every contract has, such as `charges`.
    Builtin,
    /// A unit or currency.
    Unit,
    /// A word out of a list.
    Choice,
    /// A library or a file.
    File,
    /// A rule of the checker.
    Rule,
}

/// The completions at a place, and the letters before it that they replace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completions {
    /// The letters from the beginning of the word to the place; empty if there are none yet.
    pub replace: Span,
    /// The completions, the best first.
    pub items: Vec<Completion>,
}

/// Returns what can be written at a byte of the text that the outline was made from.
#[must_use]
pub fn completions(index: &Index<'_>, outline: &Outline, text: &str, at: usize) -> Completions {
    let (replace, place) = place(outline, text, at);
    let names = Names::new(index, replace);
    let mut items = items(&names, &place);
    items.sort_by(|one, other| (one.rank, &one.label).cmp(&(other.rank, &other.label)));
    items.dedup_by(|one, other| one.label == other.label && one.kind == other.kind);
    Completions { replace, items }
}

fn items(names: &Names<'_, '_>, place: &Place) -> Vec<Completion> {
    match place {
        Place::Nothing => Vec::new(),
        Place::File => words::file(),
        Place::Changes => words::changes(),
        Place::Items => words::items(),
        Place::Statements(kind) => {
            let mut all = words::statements(*kind);
            if words::holds_values(*kind) {
                all.extend(names.values(None));
            }
            all
        }
        Place::Facts(word) => facts::facts(word),
        Place::Card(input) => names.members(input),
        Place::Bands => words::bands(),
        Place::Library => words::libraries(),
        Place::Rules => words::rules(),
        Place::Types => names.types(),
        Place::Units { after_number } => names.units(*after_number),
        Place::Currencies => names.currencies(),
        Place::Kinds => words::kinds(),
        Place::Purposes => words::purposes(),
        Place::Members(name) => names.members(name),
        Place::Names(wanted) => names.of(wanted),
        Place::Dimensions { with_parties } => {
            let mut all = names.of(&[Declared::Item(ItemKind::Dimension)]);
            if *with_parties {
                all.extend(words::parties());
            }
            all
        }
        Place::Targets => {
            let mut all = names.of(&[Declared::Item(ItemKind::Charge)]);
            all.extend(words::plain(&["charges"]));
            all
        }
        Place::Limited => {
            let mut all = words::plain(&["credits", "reductions", "bonuses"]);
            all.extend(names.of(&[
                Declared::Item(ItemKind::Credit),
                Declared::Item(ItemKind::Bonus),
                Declared::Item(ItemKind::ServiceLevel),
            ]));
            all
        }
        Place::Given => names.inputs(),
        Place::Expected => words::expected(names),
        Place::Designations => names.designations(),
        Place::Values(wanted) => names.values(wanted.as_ref()),
        Place::Words(words) => words::plain(words),
    }
}
