//! What the words of amendments refer to: the contract that is amended, and the items that are replaced and removed.

use std::collections::BTreeSet;

use crate::amend::Version;
use crate::model::Reference;
use crate::syntax::tree::{Amendment, Change, Contract, Item, Name, Removed};
use crate::text::{Sources, Span};

/// The references in the amendments' own words. `versions` are the contract as it was first agreed, and as it reads
/// after each amendment that states a date.
pub(super) fn of_amendments(
    sources: &Sources,
    contract: &Contract,
    amendments: &[&Amendment],
    versions: &[Version],
) -> BTreeSet<Reference> {
    let mut found = BTreeSet::new();
    let dated = amendments
        .iter()
        .filter(|amendment| amendment.effective.is_some());
    for amendment in amendments {
        found.extend(amendment.of.as_ref().map(|of| Reference {
            at: of.span,
            to: contract.name.span,
        }));
    }
    for (amendment, before) in dated.zip(versions) {
        for change in &amendment.changes {
            match change {
                Change::Add(..) => {}
                Change::Replace(item, _) => found.extend(replaced(item, before)),
                Change::Remove(removed, _) => found.extend(of_removed(sources, removed, before)),
            }
        }
    }
    found
}

/// The name of an item that replaces another.
fn replaced(item: &Item, before: &Version) -> Option<Reference> {
    let name = item.declared_name()?;
    let former = before.about_the_same(&item.designation())?;
    Some(Reference {
        at: name.span,
        to: former.declared_name()?.span,
    })
}

/// The names in `remove charge chat`.
fn of_removed(sources: &Sources, removed: &Removed, before: &Version) -> Vec<Reference> {
    let place = removed.words.span;
    let declared = |word: &str| -> Option<&Name> {
        let mut names = before.contract.items.iter();
        names.find_map(|item| item.declared_name().filter(|name| name.text == word))
    };
    words(sources.slice(place))
        .filter_map(|(start, word)| {
            let start = place.start as usize + start;
            Some(Reference {
                at: Span::new(place.file, start, start + word.len()),
                to: declared(word)?.span,
            })
        })
        .collect()
}

/// The words of a text, each with the byte that it starts at.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.split(move |letter| !is_letter(letter))
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}
