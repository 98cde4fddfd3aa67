//! What the language says in another place or another form: the finding shows that form with the drafter's own names
//! and figures where they are known.

use crate::diagnostic::Diagnostic;

use super::super::grammar::Rule;
use super::Stop;
use super::advice::{Advice, Correction};
use super::around::{Kind, token_at, token_before};
use super::explain::{Place, begins_with_word, close};
use super::trial::Outcome;

impl Stop<'_> {
    /// `between 80% and 90%: 500 EUR`
    pub(super) fn between_in_a_band(&self, place: Place<'_>) -> Option<Advice> {
        let item = self.item();
        if self.unread.only != Rule::only_band || !begins_with_word(item, "between") {
            return None;
        }
        let (edges, value) = item.split_once(':')?;
        let edges = edges.strip_prefix("between")?.trim();
        let (least, most) = edges
            .split_once(" and ")
            .or_else(|| edges.split_once(" to "))?;
        let (least, most) = (least.trim(), most.trim());
        let line = format!("{least} to below {most}:{value}");
        let correction = self.instead(&line);
        (self.outcome(std::slice::from_ref(&correction)) == Outcome::Whole).then(|| {
            let found = Diagnostic::error(
                "another-word",
                self.beginning(place, "between".len()),
                format!("`between` leaves open whether {most} itself is in the band"),
            )
            .because("each edge belongs to one band only");
            let advice = self.corrected_by(place, found, vec![correction], false);
            super::paper::also(
                advice,
                &format!("or `{least} to {most}`, if {most} is in it"),
            )
        })
    }

    /// `90%+: 1_000 EUR`
    pub(super) fn plus_for_or_more(&self, place: Place<'_>) -> Option<Advice> {
        let text = self.unread.text.get(..self.unread.end)?;
        let plus = [&self.found, &self.before]
            .into_iter()
            .find(|token| token.is("+"))?;
        let mut start = plus.start;
        for _ in 0..3 {
            let token = token_before(text, start);
            start = token.start;
            if token.kind == Kind::Number {
                break;
            }
        }
        let corrections = vec![
            Correction {
                start,
                end: start,
                with: "at least ".to_owned(),
            },
            Correction {
                start: plus.start,
                end: plus.end(),
                with: String::new(),
            },
        ];
        if start < self.unread.from || self.outcome(&corrections) != Outcome::Whole {
            return None;
        }
        let found = Diagnostic::error(
            "another-word",
            place(start, plus.end()),
            "`+` after a number is not how the language says that more is included",
        );
        Some(self.corrected_by(place, found, corrections, true))
    }

    /// `charge monthly fee 500 EUR`: the name has two words.
    pub(super) fn name_with_a_space(&self, place: Place<'_>) -> Option<Advice> {
        if self.unread.only != Rule::only_item {
            return None;
        }
        let text = self.unread.text.get(..self.unread.end)?;
        let word = token_at(text, self.unread.from);
        // The second word may be the unit, without its colon.
        if word.is("input") && !self.item().contains(':') {
            return None;
        }
        let word = match word.text {
            "service" => token_at(text, word.end()),
            _ => word,
        };
        let first = token_at(text, word.end());
        let mut last = first;
        let mut corrections = Vec::new();
        for _ in 0..3 {
            let next = token_at(text, last.end());
            let is_near = text
                .get(last.end()..next.start)?
                .bytes()
                .all(|byte| byte == b' ');
            const SMALL: &[&str] = &[
                "in", "is", "as", "on", "of", "for", "at", "to", "by", "per", "from", "when", "if",
                "with", "the", "a", "an", "and", "or", "not", "each", "every", "if", "al", "por",
                "pro", "je", "par",
            ];
            if SMALL.contains(&next.text) || SMALL.contains(&last.text) {
                return None;
            }
            if next.kind != Kind::Word || last.kind != Kind::Word || !is_near {
                return None;
            }
            corrections.push(Correction {
                start: last.end(),
                end: next.start,
                with: "_".to_owned(),
            });
            last = next;
            if self.outcome(&corrections) == Outcome::Whole {
                let name = text.get(first.start..last.end())?;
                let found = Diagnostic::error(
                    "name-of-two-words",
                    place(first.start, last.end()),
                    format!("`{name}` is not one name"),
                )
                .because("a name is one word of letters, digits and `_`; a title is a text in quotation marks after it");
                return Some(self.corrected_by(place, found, corrections, true));
            }
        }
        None
    }

    /// `charge fee 500 EUR per month for 6 months`
    pub(super) fn for_some_months(&self, place: Place<'_>) -> Option<Advice> {
        let text = self.unread.text.get(..self.unread.end)?;
        let item = self.item();
        let at = self.unread.from + item.find(" for ")? + 1;
        let number = token_at(text, at + "for".len());
        let months = token_at(text, number.end());
        let count: i32 = number.text.parse().ok()?;
        if !begins_with_word(item, "charge") || !months.text.starts_with("month") {
            return None;
        }
        let price = text.get(self.unread.from..at)?;
        let currency = price
            .split_whitespace()
            .find(|word| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase()))?;
        let unit = price
            .find(" per ")
            .and_then(|at| price.get(at..))
            .unwrap_or_default();
        let date = self.term_begins().map(|begin| begin.plus(count));
        let date = date.map_or_else(|| "2026-07-01".to_owned(), |month| format!("{month}-01"));
        let correction = Correction {
            start: at - 1,
            end: months.end(),
            with: format!(", from {date} 0 {currency}{}", unit.trim_end()),
        };
        if self.outcome(std::slice::from_ref(&correction)) <= Outcome::Untried {
            return None;
        }
        let found = Diagnostic::error(
            "another-word",
            place(at, months.end()),
            "a charge has no end of its own: from a date on it is another amount",
        );
        Some(self.corrected_by(place, found, vec![correction], false))
    }

    /// The first month of the contract's term, where the text has it.
    pub(super) fn term_begins(&self) -> Option<crate::calendar::Month> {
        let text = self.unread.text.get(..self.unread.from)?;
        let at = text.rfind("term ")?;
        let date = token_at(text, at + "term".len());
        let mut parts = date.text.split('-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next()?.parse().ok()?;
        crate::calendar::Month::new(year, month)
    }

    /// `charge fee 500 EUR per month, +3% each year`, `…, increased by RPI each April`
    pub(super) fn rising_price(&self, place: Place<'_>) -> Option<Advice> {
        let item = self.item();
        if !begins_with_word(item, "charge") {
            return None;
        }
        let at = self.found.start;
        let rest = self.unread.text.get(at..self.unread.end)?;
        let lower = rest.to_lowercase();
        let name = item.split_whitespace().nth(1)?;
        let rises = [
            "increas",
            "indexed",
            "adjusted",
            "rising",
            "uplift",
            "escalat",
            "linked to",
            "+",
        ];
        if !rises.iter().any(|word| lower.starts_with(word)) {
            return None;
        }
        let line = rest.lines().next()?.trim_end();
        let index = ["rpi", "cpi", "hicp", "ppi", "index", "inflation"]
            .into_iter()
            .find(|index| lower.contains(index));
        let found = Diagnostic::error(
            "another-word",
            place(at, at + line.len()),
            "a price that changes every year is not said within the charge",
        );
        Some(
            match index {
                Some(index) => {
                    let index = if index == "inflation" { "cpi" } else { index };
                    let input = if index == "index" { "price_index" } else { index };
                    found
                        .because("an index has a base, a month in which prices change, and the month whose value counts")
                        .help(format!("add `input {input} : points`, and after the charge an item of its own:"))
                        .help(format!(
                            "`index {name} by {input} {{ base 118.4 of 2025-10; each January with the value of October before }}`"
                        ))
                }
                None => found
                    .because("the amount of each year can then be read and checked")
                    .help(format!(
                        "write each amount with its first day: `charge {name} 20_000 EUR per month, from 2027-01-01 20_600 EUR per month`"
                    )),
            }
            .into(),
        )
    }

    /// `term 2026-04-01 to 2027-03-31 renewed annually`, `no credits in the first 3 months`, `invoice monthly on the 5th`
    pub(super) fn another_place(&self, place: Place<'_>) -> Option<Advice> {
        let item = self.item();
        let rest = self.unread.text.get(self.found.start..self.unread.end)?;
        let rest = rest.lines().next()?.trim_end();
        let lower = rest.to_lowercase();
        let at = place(self.found.start, self.found.start + rest.len());
        let found = if begins_with_word(item, "term")
            && ["renew", "auto", "extend", "with"]
                .iter()
                .any(|word| lower.starts_with(word))
        {
            let months = if lower.contains("month") {
                "1 month"
            } else {
                "12 months"
            };
            Diagnostic::error("another-word", at, "the term has a first and a last day; renewal is an item of its own")
                .help(format!("end the term at its last day, and add `renewal {{ automatic for {months} }}`, or `renewal {{ by notice 3 months before }}`"))
        } else if begins_with_word(item, "invoice") && lower.starts_with("on ") {
            Diagnostic::error("another-word", at, "the day on which an invoice is sent is not part of the language")
                .because("it changes no amount; when an invoice is due may")
                .help("write `invoice monthly`, or with the days for payment `invoice monthly, due in 30 days`")
        } else if self.unread.only == Rule::only_item
            && begins_with_word(item, "no")
            && lower.contains("credit")
            && lower.contains("first")
        {
            let number = item
                .split_whitespace()
                .find(|word| word.parse::<u16>().is_ok())
                .unwrap_or("3");
            Diagnostic::error(
                "another-word",
                at,
                "a time without credits is said where the credit is",
            )
            .help(format!(
                "in a service level, write `excused in the first {number} months`"
            ))
            .help(format!(
                "after a credit, write a condition: `when month of term > {number}`"
            ))
        } else {
            return None;
        };
        Some(found.into())
    }

    /// `credit slow on speed { for each full percentage point below 80%: 200 GBP }`
    pub(super) fn step_in_bands(&self, place: Place<'_>) -> Option<Advice> {
        let item = self.item();
        let beginnings = ["for each ", "for every ", "per ", "each ", "every "];
        let said = beginnings.iter().find(|word| item.starts_with(**word))?;
        let (edge, amount) = item.split_once(':')?;
        let steps = edge.get(said.len()..)?.trim();
        let at = ["below", "above"]
            .iter()
            .filter_map(|word| steps.find(word))
            .min()?;
        let (step, limit) = (steps.get(..at)?.trim(), steps.get(at..)?.trim());
        if self.unread.only != Rule::only_band {
            return None;
        }
        let before = self.unread.text.get(..self.unread.from)?;
        let open = before.rfind('{')?;
        let header = before.get(..open)?;
        let start = ["credit ", "bonus "]
            .iter()
            .filter_map(|word| header.rfind(word))
            .max()?;
        let header = header.get(start..)?;
        let mut words = header.split_whitespace();
        let (kind, name) = (words.next()?, words.next()?);
        let metric = header.split(" on ").nth(1)?.split_whitespace().next()?;
        let step = match step.split_whitespace().next() {
            Some("full" | "started" | "exact") => step.to_owned(),
            _ => format!("full {step}"),
        };
        let line = format!(
            "{kind} {name} = {} per {step} of {metric} {limit}",
            amount.trim()
        );
        let length = edge.len();
        Some(
            Diagnostic::error(
                "another-word",
                self.beginning(place, length),
                "an amount for each step is no band",
            )
            .because("a band is one amount for all values between its edges")
            .help(format!(
                "write, in place of the list and its braces, `{line}`"
            ))
            .into(),
        )
    }

    /// `bonus fast on sla { above 90%: 1_000 USD; cap 5_000 USD per year }`
    pub(super) fn cap_in_bands(&self, place: Place<'_>) -> Option<Advice> {
        let item = self.item();
        let words = [
            "capped at ",
            "cap of ",
            "cap at ",
            "cap ",
            "maximum of ",
            "maximum ",
            "max ",
            "limit ",
            "up to a maximum of ",
        ];
        let said = words.iter().find(|word| item.starts_with(**word))?;
        let is_list = matches!(self.unread.only, Rule::only_band | Rule::only_level);
        if !is_list {
            return None;
        }
        let before = self.unread.text.get(..self.unread.from)?;
        let header = before.get(..before.rfind('{')?)?;
        let (start, word) = ["credit ", "bonus ", "service level "]
            .iter()
            .filter_map(|word| Some((header.rfind(word)?, word)))
            .max()?;
        let name = header
            .get(start + word.len()..)?
            .split_whitespace()
            .next()?;
        let mut amount = item.get(said.len()..)?.trim().to_owned();
        for (said, meant) in [
            (" per year", " each calendar year"),
            (" per annum", " each calendar year"),
            (" a year", " each calendar year"),
            (" per month", " each month"),
            (" a month", " each month"),
            (" per quarter", " each quarter"),
        ] {
            amount = amount.replace(said, meant);
        }
        if !amount.contains(" each ") && !amount.contains(" over ") {
            amount.push_str(" each month");
        }
        Some(
            Diagnostic::error(
                "another-word",
                self.beginning(place, item.len()),
                "a cap is an item of its own",
            )
            .because("it may limit several credits or bonuses together")
            .help(format!(
                "delete it here, and after the closing `}}` write `limit {name} to {amount}`"
            ))
            .into(),
        )
    }

    /// `service level answer on sla 80/20`
    pub(super) fn eighty_twenty(&self, place: Place<'_>) -> Option<Advice> {
        let text = self.unread.text.get(..self.unread.end)?;
        let number = [&self.found, &self.before]
            .into_iter()
            .find(|token| token.kind == Kind::Number)?;
        let slash = token_at(text, number.end());
        let seconds = token_at(text, slash.end());
        if !slash.is("/")
            || seconds.kind != Kind::Number
            || !begins_with_word(self.item(), "service")
        {
            return None;
        }
        let correction = Correction {
            start: number.start,
            end: seconds.end(),
            with: format!("{{ target {}% each month }}", number.text),
        };
        let found = Diagnostic::error(
            "another-word",
            place(number.start, seconds.end()),
            format!("`{}/{}` is a target of {0}%", number.text, seconds.text),
        )
        .because(format!(
            "what was done within {} seconds is counted by the metric, not by the service level",
            seconds.text
        ));
        (self.outcome(std::slice::from_ref(&correction)) > Outcome::Untried)
            .then(|| self.corrected_by(place, found, vec![correction], true))
    }

    /// `charge handling { first 10_000 calls: 4.50 USD; then 4.00 USD }`: tiers without their word and quantity.
    pub(super) fn tiers_without_their_word(&self, place: Place<'_>) -> Option<Advice> {
        let item = self.item();
        let open = item.find('{')?;
        let inside = item.get(open + 1..)?.trim_start();
        let is_tiers = ["first ", "up to ", "the first "]
            .iter()
            .any(|word| inside.starts_with(word));
        if !begins_with_word(item, "charge")
            || !is_tiers
            || item.contains(" graduated")
            || item.contains(" volume")
        {
            return None;
        }
        let header = item.get(..open)?.trim_end();
        let is_misspelt = |word: &str| close(word, "graduated") || close(word, "volume");
        if header.split_whitespace().skip(2).any(is_misspelt) {
            return None;
        }
        let quantity = if header.contains(" for ") {
            ""
        } else {
            " for CALLS"
        };
        let from = self.unread.from;
        Some(
            Diagnostic::error(
                "missing-word",
                place(from + open, from + open + 1),
                "the words that say how the prices work are missing before this",
            )
            .because("with `graduated` each unit has the price of its own slab, with `volume` all units have the price that is reached")
            .help(format!(
                "write `{header}{quantity} graduated {{ first 10_000 at 4.50 EUR; beyond at 4.00 EUR }}`, with your quantity and prices"
            ))
            .into(),
        )
    }
}
