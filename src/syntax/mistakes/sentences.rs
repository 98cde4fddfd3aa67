//! Items and statements whose parts are all there, in the order of a spoken sentence.

use crate::diagnostic::Diagnostic;

use super::super::grammar::Rule;
use super::Stop;
use super::advice::{Advice, Correction};
use super::around::{Kind, token_at, token_before};
use super::explain::{Place, begins_with_word};
use super::trial::Outcome;
use super::words::Called;

impl Stop<'_> {
    /// `input answered, offered : calls`
    pub(super) fn several_inputs(&self, place: Place<'_>) -> Option<Advice> {
        let item = self.item();
        let rest = item.strip_prefix("input ")?;
        let (names, kind) = rest.split_once(':')?;
        if self.unread.only != Rule::only_item || !names.contains(',') {
            return None;
        }
        let is_name =
            |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
        let names: Vec<&str> = names.split(',').map(str::trim).collect();
        if !names.iter().all(|name| is_name(name)) {
            return None;
        }
        let kind = kind.trim();
        let lines: Vec<String> = names
            .iter()
            .map(|name| format!("input {name} : {kind}"))
            .collect();
        let shown: Vec<String> = lines.iter().map(|line| format!("`{line}`")).collect();
        let found = Diagnostic::error(
            "several-in-one",
            self.beginning(place, item.len()),
            "an item declares one input",
        )
        .help(format!("write each on its own line: {}", shown.join(", ")));
        let advice = self.corrected_by(place, found, vec![self.instead(&lines.join("\n  "))], true);
        Some(Advice {
            sure: true,
            ..advice
        })
    }

    /// `if speed < 80% then credit slow 800 EUR`
    pub(super) fn if_before_an_award(&self, place: Place<'_>) -> Option<Advice> {
        let item = self.item();
        let rest = item
            .strip_prefix("if ")
            .or_else(|| item.strip_prefix("when "))?;
        if self.unread.only != Rule::only_item {
            return None;
        }
        let (word, at) = ["credit ", "bonus ", "charge "]
            .iter()
            .filter_map(|word| Some((word.trim(), rest.find(word)?)))
            .min_by_key(|(_, at)| *at)?;
        let condition = rest.get(..at)?.trim().trim_end_matches(',').trim_end();
        let condition = condition.strip_suffix("then").unwrap_or(condition).trim();
        let award = rest.get(at + word.len()..)?.trim().trim_end_matches('.');
        let (name, amount) = award.split_once(' ')?;
        let amount = amount.trim().trim_start_matches(['=', ':']).trim();
        let line = format!("{word} {name} = {amount} when {condition}");
        (self.outcome(&[self.instead(&line)]) > Outcome::Untried).then(|| {
            let found = Diagnostic::error(
                "another-word",
                self.beginning(place, item.len()),
                "an item begins with what it is, and its condition comes last",
            );
            self.corrected_by(place, found, vec![self.instead(&line)], true)
        })
    }

    /// `below 70% and above 50%: 2_000 EUR`
    pub(super) fn two_edges(&self, place: Place<'_>) -> Option<Advice> {
        let item = self.item();
        if self.unread.only != Rule::only_band {
            return None;
        }
        let (edges, value) = item.split_once(':')?;
        let (one, other) = edges
            .split_once(" and ")
            .or_else(|| edges.split_once(" but "))?;
        let (one, other) = (one.trim(), other.trim());
        let lower = |edge: &str| edge.strip_prefix("above ").map(|at| format!("above {at}"));
        let least = |edge: &str| {
            edge.strip_prefix("at least ")
                .map(str::to_owned)
                .or_else(|| lower(edge))
        };
        let most = |edge: &str| {
            edge.strip_prefix("below ")
                .map(|at| format!("to below {at}"))
                .or_else(|| edge.strip_prefix("at most ").map(|at| format!("to {at}")))
        };
        let (least, most) = match (least(one), most(other), least(other), most(one)) {
            (Some(least), Some(most), ..) | (_, _, Some(least), Some(most)) => (least, most),
            _ => return None,
        };
        let line = format!("{least} {most}:{value}");
        (self.outcome(&[self.instead(&line)]) == Outcome::Whole).then(|| {
            let found = Diagnostic::error(
                "another-word",
                self.beginning(place, edges.len()),
                "a band with two edges names the lower one first",
            );
            self.corrected_by(place, found, vec![self.instead(&line)], true)
        })
    }

    /// `500 EUR below 90%`, `500 EUR if below 90%`
    pub(super) fn value_before_its_edge(&self, place: Place<'_>) -> Option<Advice> {
        let item = self.item();
        if self.unread.only != Rule::only_band || item.contains(':') {
            return None;
        }
        let words = ["below ", "above ", "at least ", "at most "];
        let at = words
            .iter()
            .filter_map(|word| item.find(word))
            .min()
            .filter(|at| *at > 0)?;
        let value = item.get(..at)?.trim();
        let value = ["if", "when", "for", "is", "if it is"]
            .iter()
            .find_map(|word| value.strip_suffix(word))
            .unwrap_or(value)
            .trim();
        let line = format!("{}: {value}", item.get(at..)?.trim());
        (self.outcome(&[self.instead(&line)]) == Outcome::Whole).then(|| {
            let found = Diagnostic::error(
                "another-word",
                self.beginning(place, item.len()),
                "a band names its edge first, then `:` and its value",
            );
            self.corrected_by(place, found, vec![self.instead(&line)], true)
        })
    }

    /// `100 EUR per 100 calls of offered`
    pub(super) fn per_several(&self, place: Place<'_>) -> Option<Advice> {
        let item = self.item();
        let text = self.unread.text.get(..self.unread.end)?;
        let at = self.unread.from + item.find(" per ")? + 1;
        let number = token_at(text, at + "per".len());
        let unit = token_at(text, number.end());
        let of = token_at(text, unit.end());
        let quantity = token_at(text, of.end());
        let is_it = number.kind == Kind::Number
            && unit.kind == Kind::Word
            && of.is("of")
            && quantity.kind == Kind::Word
            && begins_with_word(item, "charge");
        let mut words = item.split_whitespace();
        let name = words.nth(1)?;
        let price: Vec<&str> = item
            .get(..at - self.unread.from)?
            .split_whitespace()
            .skip(2)
            .collect();
        let line = format!(
            "charge {name} for {} in packages of {} {} at {}",
            quantity.text,
            number.text,
            unit.text,
            price.join(" ").trim_start_matches("= ")
        );
        (is_it && self.outcome(&[self.instead(&line)]) == Outcome::Whole).then(|| {
            let found = Diagnostic::error(
                "another-word",
                place(at, quantity.end()),
                format!(
                    "a price for {} {} together is a price for packages",
                    number.text, unit.text
                ),
            )
            .because("a package that is begun is paid in full");
            let advice = self.corrected_by(place, found, vec![self.instead(&line)], false);
            super::paper::also(
                advice,
                "if parts of a package are paid in proportion, write the price of one",
            )
        })
    }

    /// `avg(answered / offered, 3)`
    pub(super) fn unknown_function(&self, place: Place<'_>) -> Option<Advice> {
        let name = &self.before;
        let is_call =
            self.found.is("(") && name.kind == Kind::Word && name.end() == self.found.start;
        if !is_call || !self.expects(Called::Operator) {
            return None;
        }
        let help = match name.text.to_lowercase().as_str() {
            "avg" | "average" | "mean" => {
                "write `average of answered over last 3 months`; the mean of two values is `(a + b) / 2`"
            }
            "sum" | "total" => {
                "write `sum of answered over last 3 months`; the sum of all members is `total handled`"
            }
            "round" | "roundup" | "rounddown" | "floor" | "ceil" | "ceiling" => {
                "write how it is rounded after the value: `… rounded half up to 0.01`"
            }
            "if" | "iif" | "iff" => "write `if … then … else …`",
            "count" | "countif" => "write `count of … over last 3 months`",
            "and" | "or" | "not" => {
                "write the word between or before its conditions: `a and not b`"
            }
            _ => {
                "the functions are `min(…, …)`, `max(…, …)` and `abs(…)`; a product is written `*`"
            }
        };
        Some(
            Diagnostic::error(
                "unknown-function",
                self.at(place, name),
                format!("`{}` is not a function", name.text),
            )
            .help(help)
            .into(),
        )
    }

    /// `answered = 6_000`, `total = 5_000 EUR` in a scenario
    pub(super) fn given_or_expect(&self, place: Place<'_>) -> Option<Advice> {
        if self.unread.only != Rule::only_scenario || !self.at_beginning() {
            return None;
        }
        let from = self.unread.from;
        let is_input = |name: &str| {
            self.unread
                .text
                .match_indices("input ")
                .any(|(at, word)| token_at(self.unread.text, at + word.len()).text == name)
        };
        let word = if is_input(self.found.text) {
            "given"
        } else {
            "expect"
        };
        let correction = Correction {
            start: from,
            end: from,
            with: format!("{word} "),
        };
        (self.outcome(std::slice::from_ref(&correction)) == Outcome::Whole).then(|| {
            let found = Diagnostic::error(
                "missing-word",
                self.here(place),
                format!("`{word}` is missing before `{}`", self.found.text),
            )
            .because("what is given is data of the month, what is expected is what comes out");
            self.corrected_by(place, found, vec![correction], true)
        })
    }

    /// `charge setup 500 EUR one time`, `charge licence 12_000 EUR in January`
    pub(super) fn once_in_a_month(&self, place: Place<'_>) -> Option<Advice> {
        let item = self.item();
        if !begins_with_word(item, "charge") {
            return None;
        }
        let lower = item.to_lowercase();
        let begin = self.term_begins()?;
        let words = [
            "one time",
            "one-time",
            "one off",
            "one-off",
            "once only",
            "only once",
            "at the start",
            "once",
            "upfront",
        ];
        let ends = |word: &&&str| lower.ends_with(&format!(" {word}"));
        let (length, month) = match words.iter().find(ends) {
            Some(word) => (word.len(), begin),
            None => {
                let name = lower.rsplit(' ').next()?;
                let at = crate::calendar::MONTH_NAMES
                    .iter()
                    .position(|month| month.eq_ignore_ascii_case(name))?;
                let before = lower.strip_suffix(name)?.trim_end();
                let word = ["once in", "in"]
                    .into_iter()
                    .find(|word| before.ends_with(word))?;
                let year = begin.year() + i32::from(at + 1 < begin.number() as usize);
                let month = crate::calendar::Month::new(year, u32::try_from(at + 1).ok()?)?;
                (item.len() - before.len() + word.len(), month)
            }
        };
        let end = self.unread.from + item.len();
        let correction = Correction {
            start: end - length,
            end,
            with: format!("once in {month}"),
        };
        (self.outcome(std::slice::from_ref(&correction)) == Outcome::Whole).then(|| {
            let found = Diagnostic::error(
                "another-word",
                place(end - length, end),
                "what is paid once says in which month",
            );
            self.corrected_by(place, found, vec![correction], false)
        })
    }

    /// `charge desk 25_000 per month`
    pub(super) fn amount_without_currency(&self, place: Place<'_>) -> Option<Advice> {
        let text = self.unread.text.get(..self.unread.end)?;
        let item = self.item();
        let at = self.unread.from + item.find(" per ")?;
        let number = token_before(text, at);
        if number.kind != Kind::Number || number.start < self.unread.from {
            return None;
        }
        let all = self.unread.text;
        let code = token_at(all, all.find("currency ")? + "currency ".len()).text;
        let correction = Correction {
            start: number.end(),
            end: number.end(),
            with: format!(" {code}"),
        };
        let is_code = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
        (is_code && self.outcome(std::slice::from_ref(&correction)) == Outcome::Whole).then(|| {
            let found = Diagnostic::error(
                "missing-currency-of-amount",
                self.at(place, &number),
                format!("`{}` has no currency", number.text),
            )
            .because("an amount without one could be a count");
            self.corrected_by(place, found, vec![correction], true)
        })
    }

    /// `input offered : calls from ACD`
    pub(super) fn text_without_marks(&self, place: Place<'_>) -> Option<Advice> {
        let wants_text = self.expects(Called::Kind("a text in quotation marks"));
        let is_from = self.before.is("from");
        if !wants_text || !is_from || self.found.kind != Kind::Word {
            return None;
        }
        let text = self.unread.text.get(..self.unread.end)?;
        let mut end = self.found.end();
        for _ in 0..4 {
            let written = text.get(self.found.start..end)?;
            let correction = Correction {
                start: self.found.start,
                end,
                with: format!("\"{written}\""),
            };
            if self.outcome(std::slice::from_ref(&correction)) == Outcome::Whole {
                let found = Diagnostic::error(
                    "missing-quotes",
                    place(self.found.start, end),
                    format!("`{written}` is not in quotation marks"),
                )
                .because("a name of the outside world is a text, and a text is in quotation marks");
                return Some(self.corrected_by(place, found, vec![correction], true));
            }
            let next = token_at(text, end);
            if next.kind != Kind::Word {
                return None;
            }
            end = next.end();
        }
        None
    }

    /// `metric speed is timeliness ( answered / offered )`
    pub(super) fn brackets_for_braces(&self, place: Place<'_>) -> Option<Advice> {
        let item = self.item();
        let open = [&self.found, &self.before]
            .into_iter()
            .find(|token| token.is("(") || token.is("["))?;
        let close = self.unread.from + item.rfind([')', ']'])?;
        let corrections = vec![
            Correction {
                start: open.start,
                end: open.end(),
                with: "{".to_owned(),
            },
            Correction {
                start: close,
                end: close + 1,
                with: "}".to_owned(),
            },
        ];
        (close > open.start && self.outcome(&corrections) == Outcome::Whole).then(|| {
            let found = Diagnostic::error(
                "another-word",
                self.at(place, open),
                "what belongs to an item is between `{` and `}`",
            );
            self.corrected_by(place, found, corrections, true)
        })
    }

    /// `service level resolution 95%`
    pub(super) fn level_without_braces(&self, place: Place<'_>) -> Option<Advice> {
        let item = self.item();
        let is_level = ["service level ", "sla ", "slo "]
            .iter()
            .any(|word| item.starts_with(word));
        if !is_level || item.contains('{') || self.found.kind != Kind::Number {
            return None;
        }
        let name = item
            .split_whitespace()
            .nth(if item.starts_with("service") { 2 } else { 1 })?;
        let target = item.split_whitespace().find(|word| word.ends_with('%'))?;
        Some(
            Diagnostic::error(
                "another-word",
                self.here(place),
                "the target of a service level is between its braces, and it names the metric that is measured",
            )
            .help(format!(
                "write `service level {name} on METRIC {{ target {target} each month; credit 2% of charges }}`, with your metric and credit"
            ))
            .into(),
        )
    }

    /// `below 95% for 2 consecutive months: 500 EUR`
    pub(super) fn run_in_a_band(&self, place: Place<'_>) -> Option<Advice> {
        let item = self.item();
        let is_run = self.unread.only == Rule::only_band
            && item.contains("month")
            && ["consecutive", "in a row", "in succession", "months running"]
                .iter()
                .any(|word| item.contains(word));
        if !is_run {
            return None;
        }
        let (edge, amount) = item.split_once(':')?;
        let condition = edge.split(" for ").next()?.trim();
        let months = edge
            .split_whitespace()
            .find(|word| word.parse::<u8>().is_ok())
            .unwrap_or("2");
        Some(
            Diagnostic::error(
                "another-word",
                self.beginning(place, edge.len()),
                "a band is about the value of one month",
            )
            .help(format!(
                "for a run of months, write an item of its own: `credit run = {} when months in a row with METRIC {condition} at least {months}`",
                amount.trim()
            ))
            .into(),
        )
    }

    /// `metric speed = answered / offered`
    pub(super) fn metric_as_equation(&self, place: Place<'_>) -> Option<Advice> {
        let item = self.item();
        let rest = item.strip_prefix("metric ")?;
        let (name, formula) = rest.split_once('=')?;
        let name = name.trim();
        let formula = formula.trim().trim_matches(['{', '}']).trim();
        let is_name = name.chars().all(|c| c.is_alphanumeric() || c == '_');
        if !is_name || formula.contains('\n') || self.unread.only != Rule::only_item {
            return None;
        }
        let line = format!("metric {name} is quality, percent, higher is better {{ {formula} }}");
        (self.outcome(&[self.instead(&line)]) == Outcome::Whole).then(|| {
            let found = Diagnostic::error(
                "another-word",
                self.beginning(place, item.len()),
                "a metric says its kind, its unit and its direction, and its formula is between braces",
            )
            .because("the kind and the direction decide what is better, and what a credit may be for")
            .help("with its own kind (`timeliness`, `satisfaction`, …), unit and direction; a mere name for a value is a `let`");
            self.corrected_by(place, found, vec![self.instead(&line)], false)
        })
    }

    /// `credit slow on speed "Annex 3":` with its bands on the next lines
    pub(super) fn bands_after_a_colon(&self, place: Place<'_>) -> Option<Advice> {
        let text = self.unread.text.get(..self.unread.end)?;
        let colon = [&self.found, &self.before]
            .into_iter()
            .find(|token| token.is(":"))?;
        let behind = text.get(colon.end()..)?;
        let is_end = behind.is_empty()
            || behind.trim_start_matches([' ', '\t']).starts_with('\n')
            || behind.trim().is_empty();
        let opens = self.expects(Called::Word("{"));
        (is_end && opens).then(|| {
            Diagnostic::error(
                "another-word",
                self.at(place, colon),
                "a list begins with `{`, not with `:`",
            )
            .because("where its lines begin and end is shown by braces, not by how far they are indented")
            .help("write ` {` in its place, and `}` on a line of its own after the last line of the list")
            .into()
        })
    }

    /// `charge retainer 500 EUR per month exclusive of taxes`: without its last words the item can be read.
    pub(super) fn rest_of_a_sentence(&self, place: Place<'_>) -> Option<Advice> {
        let text = self.unread.text.get(..self.unread.end)?;
        let rest = text.get(self.found.start..)?;
        let line = rest.lines().next()?.trim_end();
        let is_prose = self.found.kind == Kind::Word
            && !line.contains(['{', '}', '"', ';', '#', '=', ':'])
            && !line.contains(|c: char| c.is_ascii_digit());
        if !is_prose || self.at_beginning() {
            return None;
        }
        let start = text.get(..self.found.start)?.trim_end().len();
        let correction = Correction {
            start,
            end: self.found.start + line.len(),
            with: String::new(),
        };
        (self.outcome(std::slice::from_ref(&correction)) == Outcome::Whole).then(|| {
            let found = Diagnostic::error(
                "unreadable",
                place(self.found.start, self.found.start + line.len()),
                format!("`{line}` is not understood here"),
            )
            .because("the item is complete without it")
            .help(format!(
                "leave it out, or keep it as a comment at the end of the line: `# {line}`"
            ));
            self.corrected_by(place, found, vec![correction], false)
        })
    }

    /// `charge fee 500 EUR per month, from month 7 600 EUR per month`
    pub(super) fn begins_in_a_month_of_the_term(&self, place: Place<'_>) -> Option<Advice> {
        let text = self.unread.text.get(..self.unread.end)?;
        let item = self.item();
        let at = self.unread.from + item.find("from month ")?;
        let month = token_at(text, at + "from".len());
        let number = token_at(text, month.end());
        let count: i32 = number.text.parse().ok().filter(|count| *count > 0)?;
        let date = self.term_begins()?.plus(count - 1);
        let before = text.get(..at)?.trim_end();
        let comma = if before.ends_with(',') { "" } else { ", " };
        let start = if comma.is_empty() { at } else { before.len() };
        let correction = Correction {
            start,
            end: number.end(),
            with: format!("{comma}from {date}-01"),
        };
        (self.outcome(std::slice::from_ref(&correction)) > Outcome::Untried).then(|| {
            let found = Diagnostic::error(
                "another-word",
                place(at, number.end()),
                format!("month {count} of the term is written as its first day"),
            );
            self.corrected_by(place, found, vec![correction], true)
        })
    }
}
