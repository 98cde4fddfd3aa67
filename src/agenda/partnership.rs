//! What falls due under the clauses that say how the parties work together.

use jiff::ToSpan;

use crate::calendar::{Date, Month, Period};
use crate::model::facts::PartnershipKind;
use crate::model::{PartnershipFact, PartnershipFacts};

use super::repeats::after_month;
use super::{Agenda, Event, Often, Repeats, TimeLimit, number, word};

/// A clause while it is read.
struct Reading<'c, 'a> {
    clause: &'c PartnershipFacts,
    term: Period,
    agenda: &'a mut Agenda,
}

/// Adds the events and time limits of a clause.
pub(super) fn read(clause: &PartnershipFacts, term: Period, agenda: &mut Agenda) {
    let mut reading = Reading {
        clause,
        term,
        agenda,
    };
    for fact in &clause.facts {
        reading.fact(fact);
    }
}

impl Reading<'_, '_> {
    fn fact(&mut self, fact: &PartnershipFact) {
        match self.clause.kind {
            PartnershipKind::Training => self.training(fact),
            PartnershipKind::Knowledge => self.often(fact, "review of the knowledge base", 0),
            PartnershipKind::QualityAssurance => self.quality(fact),
            PartnershipKind::Feedback => self.feedback(fact),
            PartnershipKind::Escalation => self.escalation(fact),
            PartnershipKind::Governance => self.governance(fact),
            PartnershipKind::Tools => {}
            PartnershipKind::Transition => self.transition(fact),
            PartnershipKind::Exit => self.exit(fact),
            PartnershipKind::Renewal => self.renewal(fact),
            PartnershipKind::Measurement => self.measurement(fact),
        }
    }

    fn training(&mut self, fact: &PartnershipFact) {
        match (fact.form, number(fact, 0), word(fact, 1)) {
            ("hours", Some(hours), Some("before")) => {
                let what = format!("{hours} hours of training for each agent, before go-live");
                self.once(fact, what, Some(self.term.first));
            }
            ("refreshed", ..) => self.often(fact, "refresher training", 0),
            _ => {}
        }
    }

    fn quality(&mut self, fact: &PartnershipFact) {
        match (fact.form, number(fact, 0), word(fact, 1)) {
            ("audits", Some(count), Some(of)) => {
                let often = if of == "week" {
                    Often::Weekly
                } else {
                    Often::Monthly
                };
                self.repeating(
                    fact,
                    format!("{count} audits for each agent"),
                    often,
                    self.term.last,
                );
            }
            ("calibrated", ..) => self.often(fact, "calibration of the audits", 0),
            ("feedback", Some(count), Some(unit)) => {
                self.within(fact, "feedback to the agents", count, unit, "an audit");
            }
            _ => {}
        }
    }

    fn feedback(&mut self, fact: &PartnershipFact) {
        let to = word(fact, 0).unwrap_or_default();
        match fact.form {
            "customer feedback" => self.often(fact, &format!("customer feedback to {to}"), 1),
            "agent feedback" => self.often(fact, &format!("agent feedback to {to}"), 1),
            "voice" => self.often(fact, "voice of the customer report", 0),
            _ => {}
        }
    }

    fn escalation(&mut self, fact: &PartnershipFact) {
        match (fact.form, number(fact, 0)) {
            ("level", Some(level)) => {
                let to = word(fact, 1).unwrap_or_default();
                if let (Some(count), Some(unit)) = (number(fact, 2), word(fact, 3)) {
                    let what = format!("level {level}: {to}");
                    self.within(fact, &what, count, unit, "an escalation");
                }
            }
            ("disputes", _) => {
                let to = word(fact, 0).unwrap_or_default();
                if let Some(count) = number(fact, 1) {
                    let what = format!("decision of {to}");
                    self.within(fact, &what, count, "days", "a dispute is raised");
                }
            }
            _ => {}
        }
    }

    fn governance(&mut self, fact: &PartnershipFact) {
        match fact.form {
            "review" => {
                let which = word(fact, 0).unwrap_or_default();
                self.often(fact, &format!("{which} review"), 1);
            }
            "site visit" => self.often(fact, "site visit", 0),
            "report" => {
                let which = word(fact, 0).unwrap_or_default();
                self.often(fact, &format!("report: {which}"), 1);
            }
            _ => {}
        }
    }

    fn transition(&mut self, fact: &PartnershipFact) {
        let first = self.term.first;
        match (fact.form, number(fact, 0)) {
            ("weeks", Some(weeks)) => {
                let due = first.checked_add(i64::from(weeks).weeks()).ok();
                self.once(
                    fact,
                    format!("the transition ends, after {}", counted(weeks, "weeks")),
                    due,
                );
            }
            ("ramp-up", Some(months)) => {
                let due = first.checked_add(i64::from(months).months()).ok();
                self.once(
                    fact,
                    format!("the ramp-up ends, after {}", counted(months, "months")),
                    due,
                );
            }
            ("reviewed", _) => {
                let weeks = self.clause.facts.iter().find(|one| one.form == "weeks");
                let weeks = weeks.and_then(|weeks| number(weeks, 0));
                let until =
                    weeks.and_then(|weeks| first.checked_add(i64::from(weeks).weeks()).ok());
                let often = word(fact, 0).and_then(Often::of);
                if let (Some(until), Some(often)) = (until, often) {
                    self.repeating(fact, "review of the transition".to_owned(), often, until);
                }
            }
            _ => {}
        }
    }

    fn exit(&mut self, fact: &PartnershipFact) {
        let last = self.term.last;
        let Some(count) = number(fact, 0) else {
            return;
        };
        match fact.form {
            "notice" => {
                let unit = word(fact, 1).unwrap_or_default();
                let what = format!(
                    "last day for notice of {} before the end",
                    counted(count, unit)
                );
                self.once(fact, what, before(last, count, unit));
            }
            "assistance" => {
                let unit = word(fact, 1).unwrap_or_default();
                self.once(
                    fact,
                    "assistance with the exit ends".to_owned(),
                    after(last, count, unit),
                );
            }
            "data" => self.once(
                fact,
                "data is returned".to_owned(),
                after(last, count, "days"),
            ),
            "knowledge" => self.once(
                fact,
                "knowledge is handed over".to_owned(),
                after(last, count, "days"),
            ),
            _ => {}
        }
    }

    fn renewal(&mut self, fact: &PartnershipFact) {
        if let ("decided", Some(count), Some(unit)) = (fact.form, number(fact, 0), word(fact, 1)) {
            let due = before(self.term.last, count, unit);
            self.once(fact, "last day to decide on the renewal".to_owned(), due);
        }
    }

    fn measurement(&mut self, fact: &PartnershipFact) {
        let last = self.term.last;
        match (fact.form, number(fact, 0)) {
            ("data", Some(days)) => {
                let working = self.is_working(fact);
                let Ok(days) = u8::try_from(days) else {
                    return;
                };
                let often = Often::AfterMonth { days, working };
                // The last month's data comes after the end.
                let until = after_month(Month::of(last), days, working).unwrap_or(last);
                self.repeating(fact, "data of the month before".to_owned(), often, until);
            }
            ("corrections", Some(count)) => {
                let unit = word(fact, 1).unwrap_or_default();
                self.within(
                    fact,
                    "corrections of the figures",
                    count,
                    unit,
                    "the invoice",
                );
            }
            ("records", Some(count)) => {
                let unit = word(fact, 1).unwrap_or_default();
                let what = "records may be deleted".to_owned();
                self.once(fact, what, after(last, count, unit));
            }
            ("audit", None) => {
                let by = word(fact, 0).unwrap_or_default();
                if let (Some(count), Some(unit)) = (number(fact, 1), word(fact, 2)) {
                    self.within(fact, &format!("audit by {by}"), count, unit, "the month");
                }
            }
            _ => {}
        }
    }

    /// Whether days are working days, which the words say and the values do not.
    fn is_working(&self, fact: &PartnershipFact) -> bool {
        fact.values.len() > 1
    }

    fn once(&mut self, fact: &PartnershipFact, what: String, due: Option<Date>) {
        if let Some(due) = due {
            self.push(fact, what, due, None);
        }
    }

    /// An event whose word for how often is at a position among the values.
    fn often(&mut self, fact: &PartnershipFact, what: &str, at: usize) {
        if let Some(often) = word(fact, at).and_then(Often::of) {
            self.repeating(fact, what.to_owned(), often, self.term.last);
        }
    }

    fn repeating(&mut self, fact: &PartnershipFact, what: String, often: Often, last: Date) {
        if let Some(due) = often.first(self.term).filter(|due| *due <= last) {
            self.push(fact, what, due, Some(Repeats { often, last }));
        }
    }

    fn push(&mut self, fact: &PartnershipFact, what: String, due: Date, repeats: Option<Repeats>) {
        self.agenda.events.push(Event {
            what,
            about: self.clause.kind.word(),
            due,
            repeats,
            clause: self.clause.clause.clone(),
            place: Some(fact.span),
        });
    }

    fn within(
        &mut self,
        fact: &PartnershipFact,
        what: &str,
        count: i32,
        unit: &str,
        after: &'static str,
    ) {
        self.agenda.limits.push(TimeLimit {
            what: what.to_owned(),
            within: counted(count, unit),
            after,
            clause: self.clause.clause.clone(),
            place: fact.span,
        });
    }
}

/// `1 month`, `2 months`
fn counted(count: i32, unit: &str) -> String {
    match count {
        1 => format!("1 {}", unit.trim_end_matches('s')),
        _ => format!("{count} {unit}"),
    }
}

/// So many days, months or years after a day.
fn after(day: Date, count: i32, unit: &str) -> Option<Date> {
    let count = i64::from(count);
    let span = match unit {
        "days" => count.days(),
        "months" => count.months(),
        "years" => count.years(),
        _ => return None,
    };
    day.checked_add(span).ok()
}

fn before(day: Date, count: i32, unit: &str) -> Option<Date> {
    after(day, count.checked_neg()?, unit)
}
