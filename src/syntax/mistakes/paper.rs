//! Sentences of contracts on paper, and the items that say the same.

use crate::diagnostic::Diagnostic;

use super::super::grammar::Rule;
use super::Stop;
use super::advice::{Advice, Correction};
use super::around::{Kind, token_at};
use super::explain::Place;
use super::trial::Outcome;
use super::vocabulary::models;

/// How the paper says that credits have an upper limit; what comes after it is the limit.
const CAPS: &[&str] = &[
    "subject to a cap of",
    "subject to a maximum of",
    "maximum credits of",
    "maximum credits",
    "maximum of credits",
    "maximum service credits",
    "max credits",
    "credits capped at",
    "credits are capped at",
    "credits limited to",
    "credits are limited to",
    "credits shall not exceed",
    "credits may not exceed",
    "credits not exceeding",
    "credits not to exceed",
    "credits max",
    "credits maximum",
    "credits up to",
    "cap credits at",
    "cap credits to",
    "cap on credits",
    "cap of credits",
    "capped at",
    "cap of",
    "cap at",
    "cap",
    "penalties capped at",
    "limit of",
];

/// Taxes on sales, as countries call them.
const TAXES: &[&str] = &[
    "vat",
    "iva",
    "mwst",
    "ust",
    "tva",
    "gst",
    "btw",
    "hst",
    "pst",
    "moms",
    "sales tax",
    "value added tax",
];

/// Words that show that a sentence is about something else than money.
const LAW: &[&str] = &[
    "governing",
    "law",
    "jurisdiction",
    "liability",
    "indemnity",
    "confidentiality",
    "confidential",
    "whereas",
    "notwithstanding",
    "definitions",
    "dispute",
    "disputes",
    "arbitration",
    "insurance",
    "warranty",
    "warranties",
    "assignment",
    "force",
    "severability",
    "notices",
    "signed",
    "signature",
    "termination",
    "data",
    "gdpr",
    "audit",
    "intellectual",
    "subcontracting",
    "recitals",
    "preamble",
    "compliance",
    "security",
    "place",
    "date",
];

impl Stop<'_> {
    /// `3.1 charge fee …`, `(a) below 80%: …`: the number or letter of a clause.
    pub(super) fn mark_of_a_list(&self, place: Place<'_>) -> Option<Advice> {
        let item = self.item();
        let length = mark(item)?;
        let from = self.unread.from;
        let rest = item.get(length..)?;
        let blanks = rest.len() - rest.trim_start().len();
        let written = item.get(..length)?.trim();
        let removed = Correction {
            start: from,
            end: from + length + blanks,
            with: String::new(),
        };
        let number = written.trim_matches(|c: char| !c.is_alphanumeric());
        let end = from + item.trim_end().len();
        let moved = vec![
            removed.clone(),
            Correction {
                start: end,
                end,
                with: format!(" \"{number}\""),
            },
        ];
        let is_number = number.contains(|c: char| c.is_ascii_digit());
        let at = place(from, from + length);
        if is_number
            && self.unread.only == Rule::only_item
            && self.outcome(&moved) == Outcome::Whole
        {
            let found = Diagnostic::error(
                "mark-of-a-list",
                at,
                format!("the number of the clause, `{written}`, comes last"),
            )
            .because("an item begins with what it is, and ends with the clause that it stands for, in quotation marks");
            return Some(self.corrected_by(place, found, moved, true));
        }
        let removed = vec![removed];
        if self.outcome(&removed) <= Outcome::Untried {
            return None;
        }
        let found = Diagnostic::error(
            "mark-of-a-list",
            at,
            format!("`{written}` is the mark of a list, and is not needed here"),
        )
        .because("each line stands for itself");
        Some(self.corrected_by(place, found, removed, true))
    }

    /// `credit slow on speed (Schedule 4, 2.1) { … }`
    pub(super) fn reference_in_brackets(&self, place: Place<'_>) -> Option<Advice> {
        let text = self.unread.text.get(..self.unread.end)?;
        let open = [&self.found, &self.before]
            .into_iter()
            .map(|token| token.start)
            .chain(super::around::open_parenthesis(
                text,
                self.unread.from,
                self.found.start,
            ))
            .find(|at| text.get(*at..).is_some_and(|rest| rest.starts_with('(')))?;
        let rest = text.get(open + 1..)?;
        let length = rest
            .find([')', '\n'])
            .filter(|at| rest.as_bytes().get(*at) == Some(&b')'))?;
        let inside = rest.get(..length)?.trim();
        let is_reference = inside.starts_with(|c: char| c.is_ascii_uppercase() || c == '§')
            || ["clause", "section", "schedule", "annex", "see "]
                .iter()
                .any(|word| inside.starts_with(word));
        if !is_reference || inside.contains('"') {
            return None;
        }
        let (start, end) = (open, open + 1 + length + 1);
        let here = vec![Correction {
            start,
            end,
            with: format!("\"{inside}\""),
        }];
        if self.outcome(&here) <= Outcome::Untried {
            return None;
        }
        let found = Diagnostic::error(
            "reference-in-brackets",
            place(start, end),
            format!("the clause `{inside}` is in brackets"),
        )
        .because("brackets are for parts of a formula; a text of the paper contract is in quotation marks");
        Some(self.corrected_by(place, found, here, true))
    }

    /// `subject to a cap of 10% of charges`, `maximum credits 10% of charges`
    pub(super) fn cap(&self, place: Place<'_>) -> Option<Advice> {
        if self.unread.only != Rule::only_item {
            return None;
        }
        let item = self.item();
        let said = longest(item, CAPS)?;
        let rest = item.get(said.len()..)?.trim();
        let rest = without_articles(rest);
        let has_period = ["each ", "over the term"]
            .iter()
            .any(|word| rest.contains(word));
        let periods: &[&str] = if has_period { &[""] } else { &[" each month"] };
        let line = periods
            .iter()
            .map(|period| with_period(&rest, period))
            .map(|rest| format!("limit credits to {rest}"))
            .find(|line| self.outcome(&[self.instead(line)]) > Outcome::Untried)?;
        let found = Diagnostic::error(
            "another-word",
            self.beginning(place, said.len()),
            "what holds credits down is a `limit`",
        )
        .because("a limit says what it limits, to how much, and how often that begins again");
        let advice = self.corrected_by(place, found, vec![self.instead(&line)], has_period);
        Some(if has_period {
            advice
        } else {
            also(
                advice,
                "or `each quarter`, `each contract year`, `each calendar year`, `over the term`",
            )
        })
    }

    /// `VAT 21%`
    pub(super) fn tax_without_its_word(&self, place: Place<'_>) -> Option<Advice> {
        if self.unread.only != Rule::only_item {
            return None;
        }
        let item = self.item();
        let said = longest(item, TAXES)?;
        let rest = item
            .get(said.len()..)?
            .trim()
            .trim_start_matches([':', '='])
            .trim_start();
        let rest = rest.strip_prefix("of ").unwrap_or(rest);
        let percent = rest.find('%')?;
        let share = rest.get(..percent + 1)?;
        let behind = rest.get(percent + 1..)?.trim();
        let base = if behind.starts_with("of ") {
            behind
        } else {
            "of total"
        };
        let name = said.replace(' ', "_");
        let shown = item.get(..said.len())?;
        let line = format!("tax {name} \"{shown}\" {share} {base}");
        (self.outcome(&[self.instead(&line)]) == Outcome::Whole).then(|| {
            let found = Diagnostic::error(
                "another-word",
                self.beginning(place, said.len()),
                format!("`{shown}` is a tax, and an item says what it is first"),
            );
            self.corrected_by(place, found, vec![self.instead(&line)], true)
        })
    }

    /// `the Customer shall pay 30_000 GBP per month`
    pub(super) fn shall_pay(&self, place: Place<'_>) -> Option<Advice> {
        if self.unread.only != Rule::only_item {
            return None;
        }
        let item = self.item();
        let lower = item.to_lowercase();
        let line_end = lower.find('\n').unwrap_or(lower.len());
        let words = ["shall pay", "will pay", "agrees to pay", "must pay", "pays"];
        let (at, word) = words
            .iter()
            .filter_map(|word| Some((lower.get(..line_end)?.find(word)?, word)))
            .min()?;
        let rest = item.get(at + word.len()..)?.trim();
        let rest = rest
            .strip_prefix("a fee of ")
            .or_else(|| rest.strip_prefix("fee of "))
            .unwrap_or(rest);
        let line = format!("charge fee {}", rest.trim_end_matches('.'));
        (self.outcome(&[self.instead(&line)]) > Outcome::Untried).then(|| {
            let found = Diagnostic::error(
                "another-word",
                self.beginning(place, at + word.len()),
                "what is paid is a `charge` with a name",
            )
            .because("the customer pays all charges; the name is for the invoice");
            self.corrected_by(place, found, vec![self.instead(&line)], true)
        })
    }

    /// `payment within 30 days of invoice`
    pub(super) fn days_of_payment(&self, place: Place<'_>) -> Option<Advice> {
        let item = self.item();
        let first = item
            .split(|c: char| !c.is_alphanumeric())
            .next()?
            .to_lowercase();
        let is_payment = matches!(
            first.as_str(),
            "payment"
                | "payments"
                | "payable"
                | "invoices"
                | "invoice"
                | "pay"
                | "due"
                | "paid"
                | "net"
        );
        let line_end = item.find('\n').unwrap_or(item.len());
        let item = item.get(..line_end)?;
        let days = item.find(" day")?;
        let number = item.get(..days)?.rsplit(' ').next()?;
        if !is_payment || self.unread.only != Rule::only_item || number.parse::<u16>().is_err() {
            return None;
        }
        let line = format!("invoice monthly, due in {number} days");
        (self.outcome(&[self.instead(&line)]) == Outcome::Whole).then(|| {
            let found = Diagnostic::error(
                "another-word",
                self.beginning(place, item.trim_end().len()),
                "when an invoice is due is said with `invoice`",
            );
            self.corrected_by(place, found, vec![self.instead(&line)], true)
        })
    }

    /// `between "Streamly Ltd" and "Bluebird Ltd"`
    pub(super) fn parties(&self, place: Place<'_>) -> Option<Advice> {
        let item = self.item();
        if self.unread.only != Rule::only_item || !item.starts_with("between") {
            return None;
        }
        let mut texts = item.split('"').skip(1).step_by(2);
        let (first, second) = (texts.next()?, texts.next()?);
        let (customer, supplier) = (
            format!("customer \"{first}\""),
            format!("supplier \"{second}\""),
        );
        let found = Diagnostic::error(
            "another-word",
            self.beginning(place, "between".len()),
            "each party has an item of its own, which says who pays",
        )
        .help(format!(
            "write `{customer}`, and on the next line `{supplier}`"
        ))
        .help("or the other way round, if the first one is paid by the second");
        let line = format!("{customer}\n  {supplier}");
        let advice = self.corrected_by(place, found, vec![self.instead(&line)], false);
        Some(Advice {
            sure: true,
            ..advice
        })
    }

    /// `contract services Helpdesk services {`, `charge fee Monthly fee 500 EUR`: a title without quotation marks.
    pub(super) fn title_without_marks(&self, place: Place<'_>) -> Option<Advice> {
        let text = self.unread.text.get(..self.unread.end)?;
        let word = token_at(text, self.unread.from);
        let is_top = self.unread.only == Rule::only_top;
        if !is_top || !matches!(word.text, "contract" | "library" | "amendment") {
            return None;
        }
        let name = token_at(text, word.end());
        let start = token_at(text, name.end()).start;
        let rest = text.get(start..)?;
        let length = rest.find(['{', '\n', '"']).unwrap_or(rest.len());
        let title = text.get(start..start + length)?;
        let end_of_title = [" to ", " effective "]
            .iter()
            .filter_map(|word| title.find(word))
            .min()
            .unwrap_or(title.len());
        let title = title.get(..end_of_title)?.trim();
        if name.kind != Kind::Word || title.is_empty() {
            return None;
        }
        let correction = Correction {
            start,
            end: start + title.len(),
            with: format!("\"{title}\""),
        };
        let found = Diagnostic::error(
            "missing-quotes",
            place(start, start + title.len()),
            format!("the title `{title}` is not in quotation marks"),
        )
        .because("they show where a title of several words ends");
        // A block is longer than what is tried; with its title it is one.
        Some(self.corrected_by(place, found, vec![correction], true))
    }

    /// `governing law "England and Wales"`: nothing that is measured or paid.
    pub(super) fn sentence_of_law(&self, place: Place<'_>) -> Option<Advice> {
        if self.unread.only != Rule::only_item || !self.at_beginning() {
            return None;
        }
        let item = self.item();
        let first = item
            .split(|c: char| !c.is_alphanumeric())
            .next()?
            .to_lowercase();
        let is_begun = |word: &str| {
            models(self.unread.only)
                .iter()
                .any(|model| model.word == word)
        };
        if !LAW.contains(&first.as_str()) || is_begun(&first) {
            return None;
        }
        let from = self.unread.from;
        let line = item.lines().next()?;
        let found = Diagnostic::error(
            "unreadable",
            place(from, from + line.len()),
            "this is not about what is measured or paid",
        )
        .because(
            "the language holds the money part of a contract; the rest stays in the paper contract",
        )
        .help(format!(
            "leave it there, or keep it as a comment: `# {line}`"
        ));
        Some(found.into())
    }

    /// What the item or statement is, without the spaces around it.
    pub(super) fn item(&self) -> &str {
        let item = self.unread.text.get(self.unread.from..self.unread.end);
        item.unwrap_or_default().trim_end()
    }

    /// The correction that writes another item for the whole.
    pub(super) fn instead(&self, line: &str) -> Correction {
        Correction {
            start: self.unread.from,
            end: self.unread.from + self.item().len(),
            with: line.to_owned(),
        }
    }

    pub(super) fn beginning(&self, place: Place<'_>, length: usize) -> crate::text::Span {
        place(self.unread.from, self.unread.from + length)
    }
}

/// Adds a help line.
pub(super) fn also(advice: Advice, line: &str) -> Advice {
    Advice {
        found: advice.found.map(|found| found.help(line)),
        ..advice
    }
}

/// The length of the mark of a list at the beginning of a text: `3.1`, `(a)`, `1)`, `Clause 3.1`, `§ 4`.
fn mark(text: &str) -> Option<usize> {
    let words = [
        "clause", "section", "article", "schedule", "annex", "§", "no.", "nr.",
    ];
    let word = words.iter().find(|word| {
        text.get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
    });
    let mut at = word.map_or(0, |word| word.len());
    at += text.get(at..)?.len() - text.get(at..)?.trim_start_matches(' ').len();
    let bytes = text.as_bytes();
    let opened = bytes.get(at) == Some(&b'(');
    let start = at + usize::from(opened);
    let mut end = start;
    while bytes
        .get(end)
        .is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'.')
    {
        end += 1;
    }
    let inside = text.get(start..end)?;
    let closed = bytes.get(end) == Some(&b')');
    let is_number = inside.starts_with(|c: char| c.is_ascii_digit());
    let is_letter = inside.len() <= 4
        && inside.bytes().all(|byte| byte.is_ascii_lowercase())
        && (inside.len() == 1 || inside.bytes().all(|byte| b"ivx".contains(&byte)));
    let is_mark =
        closed && (is_number || is_letter) || is_number && !opened || word.is_some() && is_number;
    let end = end + usize::from(closed);
    let is_apart = text.get(end..)?.starts_with([' ', '\t', ':', '-']);
    (is_mark && is_apart && !inside.is_empty()).then_some(end)
}

/// The longest of those phrases that a text begins with, in small or capital letters.
fn longest<'p>(text: &str, phrases: &[&'p str]) -> Option<&'p str> {
    let fitting = phrases.iter().copied().filter(|phrase| {
        text.get(..phrase.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(phrase))
            && !text
                .get(phrase.len()..)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    });
    fitting.max_by_key(|phrase| phrase.len())
}

/// Without the articles and fillers that amounts do not have.
fn without_articles(text: &str) -> String {
    let mut out = text.to_owned();
    for (said, meant) in [
        ("of the monthly charges", "of charges"),
        ("of monthly charges", "of charges"),
        ("of the charges", "of charges"),
        ("of all charges", "of charges"),
        ("of the fees", "of charges"),
        ("of the monthly fees", "of charges"),
        ("per year", "each contract year"),
        ("per annum", "each contract year"),
        ("a year", "each contract year"),
        ("per month", "each month"),
        ("a month", "each month"),
        ("per quarter", "each quarter"),
    ] {
        out = out.replace(said, meant);
    }
    for word in ["a ", "an ", "the ", "to ", "at ", "of ", "is ", "are "] {
        if let Some(rest) = out.strip_prefix(word) {
            out = rest.to_owned();
        }
    }
    out
}

/// The amount with its period before a clause in quotation marks.
fn with_period(rest: &str, period: &str) -> String {
    match rest.find('"') {
        Some(at) => {
            let (amount, clause) = rest.split_at(at);
            format!("{}{period} {clause}", amount.trim_end())
        }
        None => format!("{rest}{period}"),
    }
}
