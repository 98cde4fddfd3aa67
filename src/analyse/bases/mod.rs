//! What months an item uses if it is settled over more than one: the contract must say it.
//!
//! One rule for all items. `asked` has the expressions of each item to which it applies, `open` finds what in an
//! expression exists for each month, and the others report what is missing.

mod asked;
mod base;
mod language;
mod limits;
mod measure;
mod open;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::program::WindowMonths;
use crate::syntax::tree::{Every, Item, ItemKind, SlStatement};
use crate::text::{FileId, Span};
use crate::typing::{Context, OverTime, months_words};

pub(super) use asked::settled;
pub(super) use language::check as check_language;

use asked::Asked;
use open::{Kind, Open};

/// The months that something is settled over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Settled {
    /// `each quarter`, never each month
    Each(Every),
    /// `each rolling 12 months`
    Rolling(u32),
    /// `over the term`
    Term,
}

impl Settled {
    /// The period, if it is longer than a month.
    fn each(every: Every) -> Option<Self> {
        (every != Every::Month).then_some(Self::Each(every))
    }

    /// The months up to the computed one.
    pub(super) fn window(self) -> WindowMonths {
        match self {
            Self::Each(Every::Month) | Self::Rolling(0 | 1) => WindowMonths::Last(1),
            Self::Each(Every::Quarter) => WindowMonths::CalendarQuarter,
            Self::Each(Every::ContractYear) => WindowMonths::ContractYear,
            Self::Each(Every::CalendarYear) => WindowMonths::CalendarYear,
            Self::Rolling(months) => WindowMonths::Last(months),
            Self::Term => WindowMonths::Term,
        }
    }

    /// `of the quarter`
    fn of(self) -> String {
        months_words(self.window())
    }

    /// `each quarter`
    fn words(self) -> String {
        match self {
            Self::Each(Every::Month) => "each month".to_owned(),
            Self::Each(Every::Quarter) => "each quarter".to_owned(),
            Self::Each(Every::ContractYear) => "each contract year".to_owned(),
            Self::Each(Every::CalendarYear) => "each calendar year".to_owned(),
            Self::Rolling(months) => format!("each rolling {months} months"),
            Self::Term => "over the term".to_owned(),
        }
    }

    /// `calendar quarter`, after `average of … over`
    fn over(self) -> String {
        match self {
            Self::Each(Every::Month | Every::Quarter) => "calendar quarter".to_owned(),
            Self::Each(Every::ContractYear) => "contract year".to_owned(),
            Self::Each(Every::CalendarYear) => "calendar year".to_owned(),
            Self::Rolling(months) => format!("last {months} months"),
            Self::Term => "term".to_owned(),
        }
    }

    /// How many months it has.
    fn months(self, cx: &Context<'_>) -> i64 {
        match self {
            Self::Each(Every::Month) => 1,
            Self::Each(Every::Quarter) => 3,
            Self::Each(Every::ContractYear | Every::CalendarYear) => 12,
            Self::Rolling(months) => i64::from(months),
            Self::Term => cx.term.map_or(12, |term| {
                let month = crate::calendar::Month::of;
                i64::from(month(term.last).since(month(term.first)) + 1)
            }),
        }
    }
}

/// What the rule reads beside the item itself.
struct Looking<'i> {
    /// How often each named item is settled.
    periods: BTreeMap<&'i str, Every>,
    /// Whether a higher value of each metric is better.
    directions: &'i BTreeMap<String, bool>,
    /// The inputs, metrics and all else by name.
    items: &'i [&'i Item],
    /// The text that can be edited.
    file: FileId,
}

/// Asks of all items which months they use.
pub(super) fn ask(
    cx: &mut Context<'_>,
    items: &[&Item],
    directions: &BTreeMap<String, bool>,
    file: FileId,
) {
    let looking = Looking {
        periods: periods(items),
        directions,
        items,
        file,
    };
    for item in items {
        limits::check_whole(cx, item);
        for asked in asked::of_item(item, &looking.periods) {
            looking.ask(cx, &asked);
        }
    }
}

impl Looking<'_> {
    fn ask(&self, cx: &mut Context<'_>, asked: &Asked<'_>) {
        let mut found: Vec<Open> = Vec::new();
        for expr in &asked.taken {
            open::collect(cx, self, expr, asked.settled, &mut found);
        }
        if let Some(level) = asked.level
            && level.months.is_none()
        {
            open::of_path(cx, self, &level.metric, asked.settled, &mut found);
        }
        for open in together(cx, found) {
            let finding = match open.kind {
                Kind::Amount | Kind::Other | Kind::Flag => base::missing(cx, self, asked, &open),
                Kind::Measure => measure::missing(cx, self, asked, &open),
            };
            cx.report(finding);
        }
        if let Some(runs) = asked.runs {
            for expr in &asked.taken {
                limits::ask(cx, self, expr, (asked.settled, runs));
            }
        }
    }

    /// Whether a scorecard consists only of metrics that name their months themselves.
    fn is_own(&self, cx: &Context<'_>, name: &str) -> bool {
        let of_month = |name: &str| {
            let metric = cx.symbols.get(name);
            metric.is_some_and(|metric| metric.over_time == OverTime::EachMonth)
        };
        self.items.iter().any(|item| match &item.kind {
            ItemKind::Scorecard(card) if card.name.text == name => {
                !card.arms.iter().any(|arm| of_month(&arm.metric.name.text))
            }
            _ => false,
        })
    }

    /// Words after each of the places, if the text is the contract's own.
    fn behind(&self, places: &[Span], words: &str, title: &str, safe: bool) -> Option<Fix> {
        let own = places.iter().all(|place| place.file == self.file);
        let edits = places.iter().map(|place| Edit {
            span: Span {
                start: place.end,
                ..*place
            },
            text: format!(" {words}"),
        });
        own.then(|| Fix {
            title: title.to_owned(),
            edits: edits.collect(),
            safe,
        })
    }
}

/// The same words in one item are one finding.
fn together(cx: &Context<'_>, found: Vec<Open>) -> Vec<Open> {
    let mut all: Vec<(String, Open)> = Vec::new();
    for open in found {
        let words = cx.quote(open.span());
        match all.iter_mut().find(|(known, _)| *known == words) {
            Some((_, first)) => first.merge(open),
            None => all.push((words, open)),
        }
    }
    all.into_iter().map(|(_, open)| open).collect()
}

/// The finding with the other places of the same words.
fn at_all(mut finding: Diagnostic, open: &Open) -> Diagnostic {
    for place in open.places.iter().skip(1) {
        finding = finding.and_at(*place, "and here");
    }
    finding
}

/// How often each named item is settled.
fn periods<'i>(items: &[&'i Item]) -> BTreeMap<&'i str, Every> {
    let mut periods = BTreeMap::new();
    for item in items {
        let (name, every) = match &item.kind {
            ItemKind::Award(award) => (
                &award.name,
                award.every.map_or(Every::Month, |(every, _)| every),
            ),
            ItemKind::Points(points) => (&points.name, points.every),
            ItemKind::ServiceLevel(level) => (&level.name, target_period(&level.statements)),
            ItemKind::Commitment(commitment) => (&commitment.name, commitment.every.0),
            ItemKind::AtRisk(pool) => match &pool.name {
                Some(name) => (name, pool.every),
                None => continue,
            },
            _ => continue,
        };
        periods.insert(name.text.as_str(), every);
    }
    periods
}

/// How often a service level is settled.
fn target_period(statements: &[SlStatement]) -> Every {
    let mut targets = statements.iter().filter_map(|statement| match statement {
        SlStatement::Target(_, every, _) => Some(*every),
        _ => None,
    });
    targets.next().unwrap_or(Every::Month)
}
