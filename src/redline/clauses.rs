//! The clauses that differ between two texts.

use std::collections::BTreeSet;

use crate::calendar::Month;
use crate::driver::{Checked, Loaded};
use crate::model::Contract;
use crate::report::redline::{ClauseChange, Wording};
use crate::syntax::tree::{Item, ItemKind};
use crate::text::{Sources, Span};

/// A clause of one text.
struct One {
    designation: String,
    wording: Wording,
    /// Its words without comments and layout.
    words: Vec<String>,
}

/// The clauses that differ in any month. Of amended texts, those in force in the same months are compared. Layout,
/// comments and scenarios are left out, because they pay nothing.
#[must_use]
pub fn clauses(
    (old_loaded, old): (&Loaded, &Checked),
    (new_loaded, new): (&Loaded, &Checked),
) -> Vec<ClauseChange> {
    let versions = old.versions().into_iter().chain(new.versions());
    let starts: BTreeSet<Month> = versions.filter_map(|version| version.from).collect();
    let mut found: Vec<ClauseChange> = Vec::new();
    for span in spells(&starts) {
        let month = span.0.or(span.1);
        let before = month.map_or(&old.contract, |month| old.contract_in(month));
        let after = month.map_or(&new.contract, |month| new.contract_in(month));
        for change in differing((&old_loaded.sources, before), (&new_loaded.sources, after)) {
            let before = span.0.map(|from| from.plus(-1));
            let goes_on = |known: &&mut ClauseChange| {
                known.until == before
                    && before.is_some()
                    && (&known.old, &known.new) == (&change.old, &change.new)
            };
            match found.iter_mut().find(goes_on) {
                Some(known) => known.until = span.1,
                None => found.push(ClauseChange {
                    from: span.0,
                    until: span.1,
                    ..change
                }),
            }
        }
    }
    found
}

/// The first and last months between these starts; nothing for an open end.
fn spells(starts: &BTreeSet<Month>) -> Vec<(Option<Month>, Option<Month>)> {
    let firsts = std::iter::once(None).chain(starts.iter().copied().map(Some));
    let lasts = starts
        .iter()
        .map(|month| Some(month.plus(-1)))
        .chain([None]);
    firsts.zip(lasts).collect()
}

/// The clauses that differ between two contracts: changed and removed ones in the order of the old text, then the added
/// ones.
fn differing(
    (old_sources, old): (&Sources, &Contract),
    (new_sources, new): (&Sources, &Contract),
) -> Vec<ClauseChange> {
    let old = all(old_sources, old);
    let mut new: Vec<Option<One>> = all(new_sources, new).into_iter().map(Some).collect();
    // What is equal goes first: of several clauses without a name, only the one that was changed is left.
    let mut take = |one: &One, same_words: bool| {
        let same = |other: &&mut Option<One>| {
            other.as_ref().is_some_and(|other| {
                other.designation == one.designation && (!same_words || other.words == one.words)
            })
        };
        new.iter_mut().find(same).and_then(Option::take)
    };
    let left: Vec<One> = old
        .into_iter()
        .filter(|one| take(one, true).is_none())
        .collect();
    let changed: Vec<ClauseChange> = left
        .into_iter()
        .map(|one| {
            let other = take(&one, false);
            change(Some(one), other)
        })
        .collect();
    let added = new.into_iter().flatten().map(|one| change(None, Some(one)));
    changed.into_iter().chain(added).collect()
}

fn change(old: Option<One>, new: Option<One>) -> ClauseChange {
    let designation = [&old, &new].into_iter().flatten().next();
    let designation = designation.map_or_else(String::new, |one| one.designation.clone());
    ClauseChange {
        designation,
        from: None,
        until: None,
        old: old.map(|one| one.wording),
        new: new.map(|one| one.wording),
    }
}

/// The clauses of a contract, with its head as the first.
fn all(sources: &Sources, contract: &Contract) -> Vec<One> {
    let items = contract.items.iter();
    let items = items.filter(|item| !matches!(item.kind, ItemKind::Scenario(_)));
    head(sources, contract)
        .into_iter()
        .chain(items.filter_map(|item| of_item(sources, item)))
        .collect()
}

/// The name and title of the contract.
fn head(sources: &Sources, contract: &Contract) -> Option<One> {
    let source = sources.get(contract.span.file)?;
    let text = source.text.get(contract.span.range())?;
    let head = text.split_once('{').map_or(text, |(head, _)| head);
    Some(One {
        designation: "contract".to_owned(),
        wording: wording(sources, contract.span, head.trim_end())?,
        words: words(head),
    })
}

fn of_item(sources: &Sources, item: &Item) -> Option<One> {
    let source = sources.get(item.span.file)?;
    let text = source.text.get(item.span.range())?;
    Some(One {
        designation: item.designation().to_string(),
        wording: wording(sources, item.span, text)?,
        words: words(text),
    })
}

fn wording(sources: &Sources, span: Span, text: &str) -> Option<Wording> {
    let source = sources.get(span.file)?;
    Some(Wording {
        text: without_indentation(text),
        file: source.name.clone(),
        line: sources.start(span).line,
    })
}

/// The text without the spaces with which all its lines after the first begin.
fn without_indentation(text: &str) -> String {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let rest: Vec<&str> = lines.collect();
    let indent = |line: &&str| line.len() - line.trim_start_matches(' ').len();
    let used = rest.iter().filter(|line| !line.trim().is_empty());
    let least = used.map(indent).min().unwrap_or(0);
    let rest = rest
        .iter()
        .map(|line| line.get(least..).unwrap_or_default().trim_end());
    std::iter::once(first.trim_end())
        .chain(rest)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The words of a clause, without comments. Spaces within a text in quotation marks count.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let (mut quoted, mut comment) = (false, false);
    for sign in text.chars() {
        match sign {
            '\n' => comment = false,
            '#' if !quoted => comment = true,
            _ if comment => continue,
            '"' => quoted = !quoted,
            _ => {}
        }
        if comment {
            continue;
        }
        if sign.is_whitespace() && !quoted {
            words.push(String::new());
        } else if let Some(word) = words.last_mut() {
            word.push(sign);
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::{without_indentation, words};

    #[test]
    fn layout_and_comments_are_no_words() {
        let one = "credit a  =  5 EUR # as before\n    \"A # b  c\"";
        let other = "credit a = 5 EUR\n\"A # b  c\"";
        assert_eq!(words(one), words(other));
        assert_ne!(words(other), words("credit a = 5 EUR \"A # b c\""));
    }

    #[test]
    fn a_clause_begins_at_the_margin() {
        let text = "metric a {\n    x\n      y\n  }";
        assert_eq!(without_indentation(text), "metric a {\n  x\n    y\n}");
    }
}
