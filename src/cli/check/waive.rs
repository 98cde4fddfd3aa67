//! `quidpro check --waive RULE`: writes waivers into contracts, before the items that they are about.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::calendar::Date;
use crate::lint::{self, Category};
use crate::report::failure::Failure;
use crate::text::is_hidden;
use crate::typing::suggestion;

use super::super::arguments::CheckOptions;
use super::super::checker::{CheckedFile, Checker};
use super::super::input::Input;
use super::fixing::Fixer;

/// The rule to waive, and the reason.
pub(super) struct Order {
    rule: &'static str,
    because: String,
    until: Date,
}

impl Order {
    /// The waivers that the arguments ask for.
    pub(super) fn of(options: &CheckOptions, today: Date) -> Result<Option<Self>, Failure> {
        let Some(name) = &options.waive else {
            return Ok(None);
        };
        let Some(rule) = lint::find(name) else {
            let failure = Failure::new(format!("there is no rule `{name}` to waive"));
            return Err(match suggestion(name, lint::names()) {
                Some(close) => failure.help(format!("did you mean `{close}`?")),
                None => failure.help("the checker names the rule with each finding"),
            });
        };
        if rule.category == Category::Correctness {
            return Err(Failure::new(format!("`{name}` cannot be waived"))
                .help("such a mistake leaves open what the contract pays: fix it"));
        }
        let because = options.because.clone().unwrap_or_default();
        let because = because.trim().to_owned();
        if because.is_empty() {
            return Err(Failure::new("the waiver does not say why")
                .help("write the reason, for those who read it later: --because \"agreed for the first quarter\""));
        }
        let breaks_out = |sign: char| sign == '"' || sign.is_control() || is_hidden(sign);
        if because.contains(breaks_out) {
            return Err(
                Failure::new("the reason cannot be written into a contract as it is")
                    .help("remove quotation marks (\"), line breaks and invisible characters"),
            );
        }
        let year = jiff::Span::new().years(1);
        let until = options.until.unwrap_or_else(|| today.saturating_add(year));
        if until < today {
            return Err(
                Failure::new(format!("a waiver until {until} has already ended"))
                    .help("write a day in the future"),
            );
        }
        Ok(Some(Self {
            rule: rule.name,
            because,
            until,
        }))
    }

    fn words(&self) -> String {
        let Self {
            rule,
            because,
            until,
        } = self;
        format!("waive {rule} until {until} because \"{because}\"")
    }
}

/// Checks contracts, writes the waivers in memory, and checks again that each has its effect.
pub(super) fn run(
    order: &Order,
    fixer: &mut Fixer,
    inputs: &[Input],
    checker: &mut Checker,
) -> Vec<Result<CheckedFile, Vec<Failure>>> {
    let first = fixer.check(inputs, checker);
    let (mut places, mut texts) = (BTreeMap::new(), BTreeMap::new());
    let mut unplaced = 0_usize;
    for checked in first.iter().flatten() {
        for finding in checked.open().filter(|finding| finding.code == order.rule) {
            let sources = &checked.loaded.sources;
            let place = checked.loaded.waiver_place(finding.primary.span);
            let source = place.and_then(|place| sources.get(place.file));
            let (Some(place), Some(source)) = (place, source) else {
                unplaced += 1;
                continue;
            };
            let at: &mut BTreeSet<usize> = places.entry(source.name.clone()).or_default();
            at.insert(place.start as usize);
            texts.insert(source.name.clone(), source.text.clone());
        }
    }
    if unplaced > 0 {
        fixer.trouble(not_waived(unplaced, order));
    }
    if places.is_empty() {
        if unplaced == 0 && first.iter().all(Result::is_ok) {
            fixer.trouble(Failure::new(format!(
                "`{}` finds nothing to waive: nothing was written",
                order.rule
            )));
        }
        return first;
    }
    for (name, at) in &places {
        if let Some(text) = texts.get(name) {
            fixer.replace(name, text, with_waivers(text, at, &order.words()));
        }
    }
    let before = open_and_errors(&first, order);
    let paths: Vec<&Path> = inputs.iter().map(Input::path).collect();
    let second = checker.check_each(&paths, fixer.texts());
    let after = open_and_errors(&second, order);
    if after.1 > before.1 {
        fixer.undo(
            Failure::new("no waiver was written: the contract would not be sound after it")
                .help("this is a bug of the checker; please report it with the contract"),
        );
        return first;
    }
    if after.0 > unplaced {
        fixer.trouble(not_waived(after.0 - unplaced, order));
    }
    second
}

fn not_waived(count: usize, order: &Order) -> Failure {
    let what = match count {
        1 => "1 finding".to_owned(),
        many => format!("{many} findings"),
    };
    Failure::new(format!(
        "{what} of `{}` cannot be waived where it is",
        order.rule
    ))
    .help(format!(
        "write the waiver by hand, before the item or the contract: {}",
        order.words()
    ))
}

/// The number of findings of the rule that count, and the number of errors. Both count once in a file that several
/// contracts use.
fn open_and_errors(all: &[Result<CheckedFile, Vec<Failure>>], order: &Order) -> (usize, usize) {
    let (mut open, mut errors) = (BTreeSet::new(), BTreeSet::new());
    for checked in all.iter().flatten() {
        for finding in checked.open() {
            let name = checked.loaded.sources.name(finding.primary.span.file);
            let place = (name.to_owned(), finding.primary.span, finding.code);
            if finding.is_error() && finding.code != order.rule {
                errors.insert(place);
            } else if finding.code == order.rule {
                open.insert(place);
            }
        }
    }
    (open.len(), errors.len())
}

/// The text with the waiver before each of the places, on its own line and with the indentation of the item that it is
/// about.
fn with_waivers(text: &str, places: &BTreeSet<usize>, words: &str) -> String {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut out = text.to_owned();
    for at in places.iter().rev() {
        let before = text.get(..*at).unwrap_or_default();
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let lead = before.get(line..).unwrap_or_default();
        let blanks = lead.len() - lead.trim_start().len();
        let indent = lead.get(..blanks).unwrap_or_default();
        out.insert_str(*at, &format!("{words}{end}{indent}"));
    }
    out
}
