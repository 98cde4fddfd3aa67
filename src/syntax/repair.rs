//! Reading a text again with the corrections that its messages propose, so that one mistake gives one finding: what
//! uses a repaired item finds it.

use std::borrow::Cow;

use pest::Parser;

use crate::diagnostic::Diagnostic;
use crate::text::FileId;

use super::findings::Findings;
use super::grammar::{Grammar, Rule};
use super::lower::Lowering;
use super::mistakes::{Advice, Correction};
use super::scan::Places;
use super::tree::Tree;

/// How often a text is read again: an item may have several mistakes, one after the other.
const ROUNDS: usize = 6;

/// A longer text, in bytes, is read once: reading it again would take long, and its other findings are still right.
const LONGEST: usize = 1024 * 1024;

/// The tree of a text, with what is wrong with it. Corrections are only made in the tree; each is reported.
pub(super) fn lower(file: FileId, text: Cow<'_, str>, places: Places) -> (Tree, Findings) {
    let (mut text, mut places) = (text, places);
    let mut reported = Findings::default();
    let mut rounds = if text.len() > LONGEST { 0 } else { ROUNDS };
    loop {
        let mut lowering = Lowering::new(file, &text, &places);
        let tree = match Grammar::parse(Rule::file, &text) {
            Ok(mut nodes) => nodes
                .next()
                .map(|node| lowering.file(node))
                .unwrap_or_default(),
            Err(_) => Tree::default(),
        };
        let (found, repairs) = (lowering.found, lowering.repairs);
        if rounds == 0 || repairs.is_empty() {
            let mut found = found;
            for repair in repairs {
                say(&mut found, repair.found);
            }
            reported.join(found);
            return (tree, reported);
        }
        rounds -= 1;
        let corrections = chosen(repairs, &mut reported);
        let changes = corrections
            .iter()
            .map(|one| (one.start, one.end, one.with.as_str()));
        let changed = places.change(&text, changes);
        text = Cow::Owned(changed);
    }
}

/// The corrections of repairs that do not touch each other, in the order of the text; what they are for is reported. A repair that
/// is not among them is found again in the next round.
fn chosen(repairs: Vec<Advice>, reported: &mut Findings) -> Vec<Correction> {
    let mut all: Vec<Correction> = Vec::new();
    let only_first = repairs.iter().any(|repair| repair.first);
    for repair in repairs {
        if only_first && !repair.first {
            continue;
        }
        let is_apart = repair.corrections.iter().all(|one| {
            all.iter()
                .all(|other| one.end < other.start || other.end < one.start)
        });
        if is_apart {
            all.extend(repair.corrections);
            say(reported, repair.found);
        }
    }
    all.sort_by_key(|one| (one.start, one.end));
    all
}

fn say(findings: &mut Findings, found: Option<Diagnostic>) {
    match found {
        Some(found) if found.fix.is_some() => findings.add_line(|| found),
        Some(found) => findings.say(|| found),
        None => {}
    }
}
