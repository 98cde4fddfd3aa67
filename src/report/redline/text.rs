//! A redline for people: the changed clauses as a patch, and the months that differ line by line.

use similar::{ChangeTag, TextDiff};

use crate::quantity::{Currency, Exact};
use crate::report::amount::grouped;
use crate::report::escape::terminal::{lines, on_one_line};
use crate::report::layout::{blanks, hanging, pad_left, pad_right, width};
use crate::report::proofs;

use super::{
    ClauseChange, LinePair, Money, MonthPair, Redline, Sums, TextOf, Which, about_column,
    other_currency,
};

/// The whole comparison.
#[must_use]
pub fn render(redline: &Redline, colour: bool) -> String {
    let mut out = format!(
        "Redline of {}\n\n{}{}\n",
        on_one_line(redline.new.title.as_ref().unwrap_or(&redline.new.contract)),
        text_of(Which::Old, &redline.old),
        text_of(Which::New, &redline.new),
    );
    out += &clauses(&redline.clauses, colour);
    if let Some(money) = &redline.money {
        out.push('\n');
        out += &Table::new(redline, money).render();
    }
    if let Some(proofs) = &redline.proofs {
        out += "\nIn any month that the contract allows\n";
        out += &proofs::text::verdicts(proofs);
    }
    out
}

fn text_of(which: Which, text: &TextOf) -> String {
    let amendments = text.amendments.iter();
    let amendments = amendments.map(|(name, from)| format!(", as amended by {name} from {from}"));
    let words = format!("{}{}", text.file, amendments.collect::<String>());
    hanging(&format!("{}  ", which.word()), &on_one_line(&words))
}

fn clauses(all: &[ClauseChange], colour: bool) -> String {
    if all.is_empty() {
        return "The clauses of both texts are the same, apart from comments and layout.\n"
            .to_owned();
    }
    let mut out = match all.len() {
        1 => "1 clause differs\n".to_owned(),
        many => format!("{many} clauses differ\n"),
    };
    for one in all {
        let places = [&one.old, &one.new];
        let places = places.into_iter().flatten();
        let places: Vec<String> = places
            .map(|wording| format!("{}:{}", wording.file, wording.line))
            .collect();
        let head = format!(
            "{}, {} ({})",
            one.designation,
            one.in_words(),
            places.join(" and ")
        );
        out += &format!("\n{}", hanging("", &on_one_line(&head)));
        out += &patch(one, colour);
    }
    out
}

/// The lines of a clause: those that are only in the old text begin with `-`, those only in the new one with `+`.
fn patch(one: &ClauseChange, colour: bool) -> String {
    let text = |of: &Option<super::Wording>| {
        of.as_ref()
            .map_or_else(String::new, |one| format!("{}\n", one.text))
    };
    let (old, new) = (text(&one.old), text(&one.new));
    let diff = TextDiff::from_lines(&old, &new);
    let changes = diff.iter_all_changes().map(|change| {
        let (sign, code) = match change.tag() {
            ChangeTag::Equal => (' ', None),
            ChangeTag::Delete => ('-', Some("31")),
            ChangeTag::Insert => ('+', Some("32")),
        };
        let line = format!(
            "  {sign} {}",
            lines(change.value().trim_end_matches(['\r', '\n']))
        );
        match code.filter(|_| colour) {
            Some(code) => format!("\x1b[{code}m{line}\x1b[0m\n"),
            None => format!("{}\n", line.trim_end()),
        }
    });
    changes.collect()
}

/// The months, as a table.
struct Table<'r> {
    money: &'r Money,
    currency: Option<Currency>,
    other_currency: bool,
    /// The width of the names of lines.
    names: usize,
    /// The width of an amount.
    amounts: usize,
}

/// The least widths.
const NAMES: usize = 28;
const AMOUNTS: usize = 14;

impl<'r> Table<'r> {
    fn new(redline: &'r Redline, money: &'r Money) -> Self {
        let mut table = Self {
            money,
            currency: redline.new.currency,
            other_currency: other_currency(redline),
            names: NAMES,
            amounts: AMOUNTS,
        };
        let lines = money.differing().flat_map(MonthPair::changed_lines);
        let lines: Vec<LinePair> = lines
            .chain(money.by_line().into_iter().map(|(line, _)| line))
            .collect();
        for line in &lines {
            table.names = table.names.max(width(&on_one_line(&line.called())) + 2);
        }
        let names = money
            .by_account()
            .into_iter()
            .map(|(name, _)| width(&on_one_line(name)) + 2);
        table.names = table.names.max(names.max().unwrap_or(0)).min(44);
        let sums = money.sums();
        for amount in [&sums.old, &sums.new] {
            table.amounts = table.amounts.max(width(&table.amount(amount)) + 2);
        }
        table
    }

    fn amount(&self, amount: &Exact) -> String {
        self.currency
            .map_or_else(|| amount.to_string(), |currency| grouped(amount, currency))
    }

    fn signed(&self, amount: &Exact) -> String {
        let text = self.amount(amount);
        if amount.is_zero() || amount.is_negative() {
            text
        } else {
            format!("+{text}")
        }
    }

    fn row(&self, name: &str, cells: [&str; 3]) -> String {
        let cells = cells.map(|cell| pad_left(cell, self.amounts));
        let name = on_one_line(name);
        if width(&name) > self.names {
            let row = format!("{}{}", blanks(self.names), cells.concat());
            return format!("{name}\n{}\n", row.trim_end());
        }
        let row = format!("{}{}", pad_right(&name, self.names), cells.concat());
        format!("{}\n", row.trim_end())
    }

    fn sums(&self, name: &str, sums: &Sums) -> String {
        self.row(
            name,
            [
                &self.amount(&sums.old),
                &self.amount(&sums.new),
                &self.signed(&sums.difference()),
            ],
        )
    }

    fn head(&self, name: &str) -> String {
        self.row(name, ["old", "new", "difference"])
    }

    fn rule(&self) -> String {
        format!("{}\n", "─".repeat(self.names + 3 * self.amounts))
    }

    fn line(&self, line: &LinePair) -> String {
        let cell = |amount: &Option<Exact>| {
            let amount = amount.as_ref();
            amount.map_or_else(|| "–".to_owned(), |amount| self.amount(amount))
        };
        self.row(
            &format!("  {}", line.called()),
            [
                &cell(&line.old),
                &cell(&line.new),
                &self.signed(&line.difference()),
            ],
        )
    }

    fn render(&self) -> String {
        let money = self.money;
        let currency = self.currency.as_ref().map_or("", Currency::code);
        let mut out = if self.other_currency {
            "The two texts invoice in different currencies, so no differences are stated.\n"
                .to_owned()
        } else {
            format!("{} under both texts, in {currency}\n", money.file)
        };
        for column in &money.columns {
            out += &hanging("note: ", &on_one_line(&about_column(column)));
        }
        for problem in &money.unread {
            out += &hanging("not read: ", &on_one_line(problem));
        }
        match money.totals_left_out {
            0 => {}
            1 => out += "1 row was left out, because it is a total and not a month\n",
            many => {
                out +=
                    &format!("{many} rows were left out, because they are totals and not months\n")
            }
        }
        out += &self.months();
        out += &self.refused();
        out += &self.summary();
        out
    }

    /// Each month that both texts invoice and that differs, with the lines that do.
    fn months(&self) -> String {
        let months = self
            .money
            .differing()
            .filter(|month| month.difference().is_some());
        let months: Vec<&MonthPair> = months.collect();
        if months.is_empty() {
            return String::new();
        }
        let mut out = format!("\n{}{}", self.head("Months that differ"), self.rule());
        for month in months {
            let Some((old, new)) = month.both() else {
                continue;
            };
            let name = called(month);
            let difference = new.total.subtract(&old.total);
            out += &format!("{}\n", on_one_line(&name));
            for line in month.changed_lines() {
                out += &self.line(&line);
            }
            out += &self.row(
                "  total",
                [
                    &self.amount(&old.total),
                    &self.amount(&new.total),
                    &self.signed(&difference),
                ],
            );
            for (which, notice) in month.notices() {
                let words = format!(
                    "only under the {} text: {}: {}",
                    which.word(),
                    notice.name,
                    notice.text
                );
                out += &hanging("  ", &on_one_line(&words));
            }
        }
        out
    }

    /// The months that have no invoice under one text or both.
    fn refused(&self) -> String {
        let mut out = String::new();
        for month in self.money.refused() {
            if out.is_empty() {
                out += "\nMonths without an invoice, which are in no sum\n";
            }
            let (old, new) = (month.old.reasons(), month.new.reasons());
            let none = |under: &super::Under| under.statement().is_none();
            let under = match (none(&month.old), none(&month.new)) {
                (true, true) => "under both texts",
                (true, false) => "under the old text",
                _ => "under the new text",
            };
            let mut reasons: Vec<&str> = Vec::new();
            for reason in old.iter().chain(new) {
                if !reasons.contains(&reason.as_str()) {
                    reasons.push(reason);
                }
            }
            let words = format!("{under}: {}", reasons.join("; "));
            out += &hanging(
                &format!("  {}  ", on_one_line(&called(month))),
                &on_one_line(&words),
            );
        }
        out
    }

    fn summary(&self) -> String {
        let money = self.money;
        let sums = money.sums();
        let mut out = String::new();
        let lines = money.by_line();
        if !lines.is_empty() {
            out += &format!(
                "\n{}{}",
                self.head("Lines that differ, over all months"),
                self.rule()
            );
            for (line, months) in &lines {
                let mut line = line.clone();
                line.name = format!("{} ({})", line.name, counted(*months));
                out += &self.line(&line);
            }
        }
        let accounts = money.by_account();
        if !accounts.is_empty() {
            out += &format!("\n{}{}", self.head("Accounts"), self.rule());
            for (name, sums) in &accounts {
                out += &self.sums(&format!("  {name}"), sums);
            }
        }
        if !self.other_currency {
            out += &format!("\n{}{}", self.head(""), self.rule());
            out += &self.sums(&format!("All {}", counted(sums.months)), &sums);
        }
        out += &format!(
            "\n{}\n",
            in_words(
                money,
                &|amount| self.amount(amount),
                self.currency.as_ref().map_or("", Currency::code)
            )
        );
        out
    }
}

/// `2026-02`, with its account if it has one.
pub(super) fn called(month: &MonthPair) -> String {
    match &month.account {
        Some(account) => format!("{} {account}", month.month),
        None => month.month.to_string(),
    }
}

pub(super) fn counted(months: usize) -> String {
    match months {
        1 => "1 month".to_owned(),
        many => format!("{many} months"),
    }
}

/// The result in a sentence.
pub(super) fn in_words(money: &Money, amount: &dyn Fn(&Exact) -> String, currency: &str) -> String {
    let sums = money.sums();
    let differing = money.differing().count();
    let refused = money.refused().count();
    let difference = sums.difference();
    let pays = if sums.months == 0 {
        "No month has an invoice under both texts that could be compared".to_owned()
    } else if difference.is_zero() && differing == 0 {
        format!("Both texts pay the same in all {}", counted(sums.months))
    } else if difference.is_zero() {
        format!(
            "Both texts pay the same in sum over {}",
            counted(sums.months)
        )
    } else {
        let word = if difference.is_negative() {
            "less"
        } else {
            "more"
        };
        format!(
            "The new text pays {} {currency} {word} over {}",
            amount(&difference.abs()),
            counted(sums.months)
        )
    };
    let mut words = pays;
    if differing > 0 {
        let verb = if differing == 1 { "differs" } else { "differ" };
        words += &format!("; {} {verb}", counted(differing));
    }
    if refused > 0 {
        let verb = if refused == 1 { "has" } else { "have" };
        words += &format!(
            "; {} {verb} no invoice under at least one of them",
            counted(refused)
        );
    }
    words + "."
}
