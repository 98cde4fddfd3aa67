//! Waivers, and what they are about.

use crate::text::Span;

use super::super::grammar::{Node, Rule};
use super::super::tree::{Waiver, WaiverScope};
use super::Lowering;

/// The waivers of a file; those at the end wait for what they are about.
#[derive(Default)]
pub(super) struct Waivers {
    settled: Vec<Waiver>,
    /// Waivers that nothing has come after yet; nothing for one that could not be read.
    waiting: Vec<(Span, Option<Waiver>)>,
    void: Vec<Span>,
}

impl<'t> Lowering<'t> {
    /// All waivers whose scope is known, and the places of the others.
    pub(super) fn take_waivers(&mut self) -> (Vec<Waiver>, Vec<Span>) {
        let waivers = std::mem::take(&mut self.waivers);
        (waivers.settled, waivers.void)
    }

    /// Reads a waiver, which waits for what comes after it.
    pub(super) fn waiver(&mut self, node: Node<'t>) {
        let span = self.span(&node);
        let whole = node.clone();
        let mut common = self.untitled("waive", &node);
        let (mut rule, mut until, mut because, mut reference) = (None, None, None, None);
        for part in node.into_inner() {
            let place = self.span(&part);
            let is_again = match part.as_rule() {
                Rule::waived_rule => rule.replace(self.name(&part)).is_some(),
                Rule::waived_until => {
                    let date = part
                        .into_inner()
                        .find(|part| part.as_rule() == Rule::calendar);
                    let day = date.and_then(|date| {
                        let read = self.date(&date);
                        common.broken |= read.is_none();
                        Some((read?, self.span(&date)))
                    });
                    until.replace(day).is_some()
                }
                Rule::waived_because => because.replace(self.text_in(part)).is_some(),
                Rule::waived_ref => reference.replace(self.text_in(part)).is_some(),
                _ => {
                    self.common(&mut common, &whole, part);
                    false
                }
            };
            if is_again {
                self.report_twice(place);
            }
        }
        let said = because
            .flatten()
            .filter(|text| !text.text.trim().is_empty());
        if rule.is_none() {
            self.lacks(
                &common,
                "which rule it waives",
                "its name after `waive`: `waive small-sample until 2026-12-31 because \"…\"`; the checker names the \
                 rule with each finding",
            );
        } else if until.flatten().is_none() {
            self.lacks(
                &common,
                "until when",
                "the last day on which it applies: `until 2026-12-31`; what is accepted for good is forgotten for good",
            );
        } else if said.is_none() {
            self.lacks(
                &common,
                "why",
                "the reason, for those who read it later: `because \"agreed for the first quarter\"`",
            );
        }
        let complete = rule.zip(until.flatten()).zip(said);
        let waiver = complete.map(|((rule, until), because)| Waiver {
            rule,
            until,
            because,
            reference: reference.flatten(),
            about: WaiverScope::Item(span),
            span,
        });
        self.waivers.waiting.push((span, waiver));
    }

    /// What the waiting waivers are about has been read.
    pub(super) fn waived(&mut self, about: WaiverScope) {
        for (span, waiver) in std::mem::take(&mut self.waivers.waiting) {
            match waiver {
                Some(waiver) => self.waivers.settled.push(Waiver { about, ..waiver }),
                None => self.waivers.void.push(span),
            }
        }
    }

    /// A block or the file ends, and nothing comes after the waiting waivers.
    pub(super) fn nothing_waived(&mut self) {
        for (span, _) in std::mem::take(&mut self.waivers.waiting) {
            self.report_waiver_of_nothing(span);
            self.waivers.void.push(span);
        }
    }

    fn text_in(&mut self, node: Node<'t>) -> Option<super::super::tree::Text> {
        let text = node
            .into_inner()
            .find(|part| part.as_rule() == Rule::string)?;
        Some(self.string(&text))
    }
}
