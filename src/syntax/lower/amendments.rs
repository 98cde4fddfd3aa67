//! Amendments and their changes.

use super::super::grammar::{Children, Node, Rule, words};
use super::super::tree::{Amendment, Change, ItemKind, Removed, Text, WaiverScope};
use super::Lowering;
use crate::lineage::Ending;

impl<'t> Lowering<'t> {
    pub(super) fn amendment(&mut self, node: Node<'t>) -> Amendment {
        let span = self.span(&node);
        let whole = node.clone();
        let mut common = self.titled("amendment", &node);
        let (mut of, mut effective, mut signed) = (None, None, None);
        let mut found = Changes::default();
        let mut opened = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::amended => {
                    common.no_more_title();
                    let name = part.into_inner().find(|part| part.as_rule() == Rule::name);
                    of = name.map(|name| self.name(&name));
                }
                rule @ (Rule::effective | Rule::signed) => {
                    common.no_more_title();
                    let date = part
                        .into_inner()
                        .find(|part| part.as_rule() == Rule::calendar);
                    if let Some(date) = date {
                        let day = self.date(&date).map(|day| (day, self.span(&date)));
                        common.broken |= day.is_none();
                        if rule == Rule::effective {
                            effective = day;
                        } else {
                            signed = day;
                        }
                    }
                }
                Rule::open => opened = Some(self.span(&part)),
                Rule::missing_open => self.report_missing_open(&common, &part),
                Rule::missing_close => self.report_missing_close(opened, &part, &common.called()),
                Rule::changes => found = self.changes(part),
                Rule::close => {}
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if of.is_none() {
            self.lacks(
                &common,
                "which contract it amends",
                "`amendment a1 \"Title\" to my_contract effective 2027-04-01 { … }`",
            );
        } else if effective.is_none() {
            self.lacks(
                &common,
                "from when on it is in force",
                "the first day of a month: `effective 2027-04-01`",
            );
        }
        Amendment {
            name: common
                .name
                .unwrap_or_else(|| super::file::nameless(common.at)),
            title: common.title,
            of,
            effective,
            signed,
            clause: common.clause,
            changes: found.changes,
            unreadable: std::mem::take(&mut self.unreadable),
            scenarios: found.scenarios,
            span,
        }
    }

    fn changes(&mut self, node: Node<'t>) -> Changes {
        let mut found = Changes::default();
        let mut parts = Children::of(node);
        while let Some(part) = parts.next() {
            match part.as_rule() {
                Rule::bad_item => {
                    self.report_bad_change(&part);
                    let text = words(&part);
                    let item = text.split_once(' ').map_or(text, |(_, item)| item);
                    self.unreadable.extend(super::file::unreadable(item));
                }
                Rule::waiver => {
                    self.broken =
                        self.report_rest(&part, &mut parts, Rule::bad_item, Rule::only_change);
                    self.waiver(part);
                }
                Rule::change => self.change(part, &mut parts, &mut found),
                Rule::scenario => {
                    self.waived(WaiverScope::Item(self.span(&part)));
                    self.broken =
                        self.report_rest(&part, &mut parts, Rule::bad_item, Rule::only_item);
                    found.scenarios.extend(self.item_or_name(part));
                }
                _ => {
                    self.waived(WaiverScope::Item(self.span(&part)));
                    self.report_rest(&part, &mut parts, Rule::bad_item, Rule::only_item);
                    self.report_bare_item(&part);
                }
            }
            self.broken = false;
        }
        self.nothing_waived();
        found
    }

    fn change(&mut self, node: Node<'t>, parts: &mut Children<'t>, found: &mut Changes) {
        let span = self.span(&node);
        self.waived(WaiverScope::Item(span));
        let whole = node.clone();
        let (mut verb, mut item, mut removed, mut clause) = (Rule::k_add, None, None, None);
        let mut ending = Ending::Settled;
        for part in node.into_inner() {
            match part.as_rule() {
                rule @ (Rule::k_add | Rule::k_replace | Rule::k_remove) => verb = rule,
                Rule::removed => removed = Some(self.plain_words(&part)),
                Rule::ending => ending = ending_of(&part),
                Rule::string => clause = Some(self.string(&part)),
                _ => item = Some(part),
            }
        }
        match (verb, item, removed) {
            (Rule::k_remove, _, Some(words)) => {
                self.report_rest(&whole, parts, Rule::bad_item, Rule::only_change);
                let removed = Removed {
                    words,
                    ending,
                    clause,
                };
                found.changes.push(Change::Remove(removed, span));
            }
            (verb, Some(item), _) => {
                self.broken = self.report_rest(&item, parts, Rule::bad_item, Rule::only_item);
                let is_scenario = item.as_rule() == Rule::scenario;
                let Some(item) = self.item_or_name(item) else {
                    return;
                };
                if is_scenario || matches!(item.kind, ItemKind::Scenario(_)) {
                    self.report_changed_scenario(span);
                    found.scenarios.push(item);
                } else if verb == Rule::k_add {
                    found.changes.push(Change::Add(item, span));
                } else {
                    found.changes.push(Change::Replace(item, span));
                }
            }
            (_, None, _) => {
                if !self.report_rest(&whole, parts, Rule::bad_item, Rule::only_change) {
                    self.report_empty_change(&whole);
                }
            }
        }
    }

    /// Words as they are written, on one line.
    fn plain_words(&mut self, node: &Node<'t>) -> Text {
        let start = node.as_span().start();
        let text = words(node);
        Text {
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            span: self.span_of(start, start + text.len()),
        }
    }
}

/// What happens to the open amounts of an item that is removed.
fn ending_of(node: &Node<'_>) -> Ending {
    match words(node) {
        text if text.starts_with("pro") => Ending::ProRata,
        text if text.starts_with("in") => Ending::InFull,
        _ => Ending::Lapses,
    }
}

#[derive(Default)]
struct Changes {
    changes: Vec<Change>,
    scenarios: Vec<super::super::tree::Item>,
}
