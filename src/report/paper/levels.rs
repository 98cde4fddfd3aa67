//! Service levels, in prose.

use crate::model::facts::{
    Beside, Comparison, CountsFrom, Critical, EarnBack, EarnBackYearly, Earned, Every, Excuse,
    LevelCredit, Persistent, Raised, Repeat, Repeated, ServiceLevel, Target, Terminate, Tolerated,
    Value, Within,
};

use super::quality::bands;
use super::settling::replaced;
use super::words::{Words, applied, every, list, period, settled};
use super::{Clause, Part};

/// The service levels, one clause each.
pub(super) fn levels(words: &Words<'_>, levels: &[ServiceLevel]) -> Vec<Clause> {
    let general = Clause::general(
        "Service levels in general",
        "A service level is missed in a period in which the value is on the wrong side of its target and the period is not excused; \
         a value exactly on the target meets it. A miss is a failure unless the clause of the service level tolerates it. A \
         service level for which no credit is agreed, here or as a share of an amount at risk, costs nothing; a miss is stated on the \
         invoice.",
    );
    let general = (!levels.is_empty()).then_some(general);
    general
        .into_iter()
        .chain(levels.iter().map(|one| level(words, one)))
        .collect()
}

/// The sentences of a service level, with the word for its periods.
struct Level<'w, 'p> {
    words: &'w Words<'p>,
    every: Every,
    /// What its credit and its failures are called.
    term: String,
}

fn level(words: &Words<'_>, one: &ServiceLevel) -> Clause {
    let ServiceLevel {
        head,
        dimension,
        metric,
        over,
        target,
        critical,
        excused,
        grace,
        credit,
        repeated,
        earn_back,
        earn_back_yearly,
        raised,
        terminate,
        no_value_excused,
        excused_breaks,
        counts_from,
        tolerated,
        persistent,
        applied: application,
        in_place,
    } = one;
    let level = Level {
        words,
        every: one.every(),
        term: words.term(head),
    };
    let measure = match over {
        Some(span) => words.said(*span, super::translate::Tone::Value),
        None => words.link(metric),
    };
    let better = metric.to.and_then(|id| words.facts.metric(id));
    let higher = better.and_then(|metric| metric.higher_is_better);
    let mut parts = Vec::new();
    if let Some(target) = target {
        parts.push(Part::Text(level.target(
            &measure,
            dimension.as_ref(),
            target,
            higher,
        )));
    }
    let mut all: Vec<String> = Vec::new();
    all.extend(critical.as_ref().map(|one| level.critical(one)));
    all.extend(excused.iter().map(|one| level.excuse(one)));
    all.extend(grace.as_ref().map(|one| level.grace(&one.what)));
    if let Some(excused) = no_value_excused {
        let what = if excused.what {
            "is excused"
        } else {
            "is a miss"
        };
        all.push(format!("A {} without a value {what}.", level.period()));
    }
    if let Some(breaks) = excused_breaks {
        let what = if breaks.what {
            "ends a run of failures"
        } else {
            "neither ends nor extends a run of failures"
        };
        all.push(format!("An excused {} {what}.", level.period()));
    }
    all.extend(counts_from.as_ref().map(|one| level.counts_from(&one.what)));
    if let Some(tolerated) = tolerated {
        let what = match tolerated.what {
            Tolerated::Breaks => "ends a run of failures",
            Tolerated::Keeps => "neither ends nor extends a run of failures",
            Tolerated::Extends => "counts in a run of failures",
        };
        all.push(format!("A tolerated miss {what}."));
    }
    if !all.is_empty() {
        parts.push(Part::Text(all.join(" ")));
    }
    if let Some(credit) = credit {
        parts.extend(level.credit(&credit.what));
    }
    let mut after: Vec<String> = Vec::new();
    after.extend(repeated.as_ref().map(|one| level.repeated(&one.what)));
    after.extend(persistent.as_ref().map(|one| level.persistent(&one.what)));
    after.extend(in_place.as_ref().map(|one| replaced(words, &one.what)));
    after.extend(
        application
            .as_ref()
            .map(|one| format!("The credit is settled {}.", applied(one.what))),
    );
    after.extend(
        earn_back
            .as_ref()
            .map(|one| level.earn_back(&one.what, higher)),
    );
    after.extend(
        earn_back_yearly
            .as_ref()
            .map(|one| level.earn_back_yearly(&one.what, higher)),
    );
    after.extend(raised.as_ref().map(|one| level.raised(&one.what)));
    after.extend(terminate.as_ref().map(|one| {
        format!(
            "The Customer may terminate this agreement after {}.",
            level.count(&one.what)
        )
    }));
    if !after.is_empty() {
        parts.push(Part::Text(after.join(" ")));
    }
    words.clause(head, parts)
}

impl Level<'_, '_> {
    fn period(&self) -> &'static str {
        period(self.every)
    }

    fn target(
        &self,
        measure: &str,
        dimension: Option<&String>,
        target: &Target,
        higher: Option<bool>,
    ) -> String {
        let Target {
            level,
            every: of,
            span: _,
        } = target;
        let side = match higher {
            Some(false) => "or below",
            _ => "or above",
        };
        let each = self.words.each(dimension);
        let when = match of {
            Every::Month => String::new(),
            other => format!(" It is settled {}.", settled(*other)),
        };
        format!(
            "The Supplier keeps {measure}{each} at {} {side} {}.{when}",
            self.words.value(level),
            every(*of)
        )
    }

    fn critical(&self, critical: &Critical) -> String {
        let Critical {
            comparison,
            level,
            span: _,
        } = critical;
        let side = match comparison {
            Comparison::Above | Comparison::AtLeast => "above",
            _ => "below",
        };
        format!("A miss {side} {} is critical.", self.words.value(level))
    }

    fn excuse(&self, excuse: &Excuse) -> String {
        let Excuse {
            condition,
            within,
            span: _,
        } = excuse;
        let within = match within {
            Some(Within::Any) => " in any of its months",
            Some(Within::Every) => " in each of its months",
            Some(Within::Last) => " in its last month",
            None => "",
        };
        format!(
            "A {} is excused if {}{within}.",
            self.period(),
            self.words.condition(condition)
        )
    }

    fn grace(&self, months: &Value) -> String {
        format!(
            "The first {} months of the term are excused.",
            self.words.value(months).trim_end_matches(" months")
        )
    }

    fn counts_from(&self, counts: &CountsFrom) -> String {
        let CountsFrom { miss, months } = counts;
        format!(
            "A miss is a failure only from the {} miss in {} months on, this one included; an earlier miss is tolerated and costs \
             nothing. A critical miss is always a failure.",
            ordinal(*miss),
            number(self.words, months)
        )
    }

    fn credit(&self, credit: &LevelCredit) -> Vec<Part> {
        let opening = format!(
            "For each {} with a failure the Customer receives the credit {}",
            self.period(),
            self.term
        );
        match credit {
            LevelCredit::Amounts(amount, None) => {
                vec![Part::Text(format!(
                    "{opening}: {}.",
                    self.words.value(amount)
                ))]
            }
            LevelCredit::Amounts(amount, Some(critical)) => vec![Part::Text(format!(
                "{opening}: {}; for a critical miss {} in its place.",
                self.words.value(amount),
                self.words.value(critical)
            ))],
            LevelCredit::Bands(all) => {
                let mut parts = vec![Part::Text(format!("{opening} by its value:"))];
                parts.extend(bands(self.words, all, ["Value", "Credit"]));
                parts
            }
        }
    }

    fn repeated(&self, repeated: &Repeated) -> String {
        let Repeated {
            steps,
            growth,
            compounding,
            most,
        } = repeated;
        let mut text = match growth {
            Some(growth) => format!(
                "With each further failure in a row the factor of the credit grows by {}",
                self.words.value(growth)
            ),
            None => {
                let steps: Vec<String> = steps
                    .iter()
                    .map(|step| {
                        let Repeat { failures, factor } = step;
                        format!(
                            "{} times from {} failures in a row on",
                            self.words.value(factor).trim_start_matches("times "),
                            number(self.words, failures)
                        )
                    })
                    .collect();
                format!("The credit counts {}", list(&steps, "and"))
            }
        };
        match compounding {
            Some(true) => text += "; the factors multiply each other",
            Some(false) => text += "; the factors do not multiply each other",
            None if steps.len() > 1 => text += "; a later factor takes the place of the former",
            None => {}
        }
        if let Some(most) = most {
            text += &format!(
                "; it counts at most {} times",
                self.words.value(most).trim_start_matches("times ")
            );
        }
        format!("{text}.")
    }

    fn persistent(&self, persistent: &Persistent) -> String {
        let Persistent {
            failures,
            months,
            amount,
            beside,
        } = persistent;
        let beside = match beside {
            Some(Beside::InPlace) => "in place of the credit",
            Some(Beside::OnTop) => "in addition to the credit",
            None => "as a credit",
        };
        format!(
            "A failure that is at least the {} costs {} {beside}.",
            ordinal_of(&number(self.words, failures), &self.within(months.as_ref())),
            self.words.value(amount)
        )
    }

    /// ` in 6 months` or ` in a row`
    fn within(&self, months: Option<&Value>) -> String {
        months.map_or_else(
            || "in a row".to_owned(),
            |months| {
                format!(
                    "in {} months, this one included",
                    number(self.words, months)
                )
            },
        )
    }

    fn count(&self, terminate: &Terminate) -> String {
        let Terminate { failures, months } = terminate;
        format!(
            "{} failures {}",
            number(self.words, failures),
            self.within(months.as_ref())
        )
    }

    fn earn_back(&self, back: &EarnBack, higher: Option<bool>) -> String {
        let EarnBack { months, level } = back;
        format!(
            "A credit is returned as it was deducted, after limits, once {} months in a row after its month were not missed and {} {}; \
             an excused month is passed over, any other month forfeits it, and a new credit takes the place of the former.",
            number(self.words, months),
            at_or(higher),
            self.words.value(level)
        )
    }

    fn earn_back_yearly(&self, back: &EarnBackYearly, higher: Option<bool>) -> String {
        let EarnBackYearly {
            share,
            year,
            earned,
        } = back;
        let share = share
            .as_ref()
            .map_or_else(|| "all".to_owned(), |share| self.words.value(share));
        let earned = match earned {
            Earned::Average {
                level,
                excused_count,
            } => {
                let excused = match excused_count {
                    Some(true) => ", excused months counted",
                    Some(false) => ", excused months left out",
                    None => "",
                };
                format!(
                    "the average of its months is {} {}{excused}",
                    at_or(higher),
                    self.words.value(level)
                )
            }
            Earned::When(condition) => self.words.condition(condition),
        };
        format!(
            "At the end of each {}, and of the term, {share} of its credits as they were deducted, after limits, is returned if {earned}.",
            period(*year)
        )
    }

    fn raised(&self, raised: &Raised) -> String {
        let Raised {
            up,
            periods,
            above,
            at_target,
            mean,
            rounded,
            bound,
        } = raised;
        let verb = if *up { "raised" } else { "lowered" };
        let side = match (above, at_target) {
            (true, true) => "at or above",
            (true, false) => "above",
            (false, true) => "at or below",
            (false, false) => "below",
        };
        let to = if *mean {
            "the mean of the target and of the average of those results"
        } else {
            "the average of those results"
        };
        let rounded = rounded.as_ref().map_or_else(String::new, |(mode, step)| {
            format!(", rounded {} to {}", mode.words(), self.words.value(step))
        });
        let bound = bound.as_ref().map_or_else(String::new, |(most, level)| {
            let word = if *most { "at most" } else { "at least" };
            format!(", {word} {}", self.words.value(level))
        });
        format!(
            "After {} {}s in a row {side} the target it is {verb} to {to}{rounded}{bound}, from the following {} on.",
            number(self.words, periods),
            self.period(),
            self.period()
        )
    }
}

/// A number without the unit that the sentence names.
fn number(words: &Words<'_>, value: &Value) -> String {
    let text = words.value(value);
    let first = text.split(' ').next().unwrap_or_default();
    if first.starts_with(|sign: char| sign.is_ascii_digit()) {
        first.to_owned()
    } else {
        text
    }
}

fn at_or(higher: Option<bool>) -> &'static str {
    match higher {
        Some(false) => "at or below",
        _ => "at or above",
    }
}

fn ordinal_of(count: &str, within: &str) -> String {
    match count.parse() {
        Ok(number) => format!("{} failure {within}", ordinal(number)),
        Err(_) => format!("failure number {count} {within}"),
    }
}

fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}
