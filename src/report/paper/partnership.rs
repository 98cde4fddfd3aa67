//! How the parties work together, in prose: a sentence for each form of statement.

use crate::model::facts::PartnershipKind;
use crate::model::{FactValue, PartnershipFact, PartnershipFacts};

use super::words::{Words, capital};
use super::{Clause, Part};

/// The clauses of these kinds, in the order of the text.
pub(super) fn clauses(words: &Words<'_>, wanted: impl Fn(PartnershipKind) -> bool) -> Vec<Clause> {
    let all = words.contract.partnership.iter();
    all.filter(|one| wanted(one.kind))
        .map(|one| clause(words, one))
        .collect()
}

fn clause(words: &Words<'_>, part: &PartnershipFacts) -> Clause {
    let PartnershipFacts {
        kind,
        facts,
        clause,
        span,
    } = part;
    let sentences: Vec<String> = facts
        .iter()
        .map(|fact| sentence(words, *kind, fact))
        .collect();
    Clause {
        title: title(*kind).to_owned(),
        reference: clause.clone(),
        designation: Some(kind.word().to_owned()),
        place: Some((
            words.sources.name(span.file).to_owned(),
            words.sources.start(*span).line,
        )),
        parts: vec![Part::List(sentences)],
    }
}

fn title(kind: PartnershipKind) -> &'static str {
    match kind {
        PartnershipKind::Training => "Training",
        PartnershipKind::Knowledge => "Knowledge",
        PartnershipKind::QualityAssurance => "Quality assurance",
        PartnershipKind::Feedback => "Feedback",
        PartnershipKind::Escalation => "Escalation and disputes",
        PartnershipKind::Governance => "Governance",
        PartnershipKind::Tools => "Tools",
        PartnershipKind::Transition => "Transition",
        PartnershipKind::Exit => "Exit",
        PartnershipKind::Renewal => "Renewal",
        PartnershipKind::Measurement => "Measurement, data and corrections",
    }
}

fn sentence(words: &Words<'_>, kind: PartnershipKind, fact: &PartnershipFact) -> String {
    let value = |at: usize| shown(fact.values.get(at));
    let [first, second, third, fourth] = [0, 1, 2, 3].map(value);
    let (first, second, third) = (first.as_str(), second.as_str(), third.as_str());
    let who = |at: usize| match value(at).as_str() {
        "customer" => "the Customer".to_owned(),
        "supplier" => "the Supplier".to_owned(),
        "both" => "both parties".to_owned(),
        other => other.to_owned(),
    };
    use PartnershipKind as Kind;
    let text = match (kind, fact.form) {
        (Kind::Training, "hours") => {
            let when = match (second, third) {
                ("before" | "after", _) => format!(" {second} go-live"),
                _ => String::new(),
            };
            format!("each agent receives {first} hours of training{when}")
        }
        (Kind::Training, "materials") => format!("the training uses {first}"),
        (Kind::Training, "refreshed") => format!("the training is refreshed {first}"),
        (Kind::Training, "certified") => format!("agents are certified by {}", who(0)),
        (Kind::Training, "delivered") => format!("the training is delivered by {}", who(0)),
        (Kind::Training, "paid") => format!("the training is paid by {}", who(0)),
        (Kind::Knowledge, "base") => format!("the knowledge base is {first}"),
        (Kind::Knowledge, "owner") => format!("the knowledge base belongs to {}", who(0)),
        (Kind::Knowledge, "reviewed") => format!("the knowledge base is reviewed {first}"),
        (Kind::Knowledge, "access") => format!("the knowledge base is open to {}", who(0)),
        (Kind::QualityAssurance, "platform") => format!("quality is audited in {first}"),
        (Kind::QualityAssurance, "audits") => {
            format!("each agent is audited {first} times each {second}")
        }
        (Kind::QualityAssurance, "random") => "what is audited is a random sample".to_owned(),
        (Kind::QualityAssurance, "calibrated") => {
            format!("the audits are calibrated {first}")
        }
        (Kind::QualityAssurance, "pass mark") => format!("the pass mark is {}", mark(words, fact)),
        (Kind::QualityAssurance, "feedback") => {
            format!("agents learn the result within {first} {second}")
        }
        (Kind::QualityAssurance, "audited") => format!("audits are made by {}", who(0)),
        (Kind::Feedback, "customer feedback") => {
            format!("feedback of customers goes to {first} {second}")
        }
        (Kind::Feedback, "agent feedback") => {
            format!("feedback of agents goes to {first} {second}")
        }
        (Kind::Feedback, "voice") => {
            format!("the Supplier reports the voice of the customer {first}")
        }
        (Kind::Escalation, "level") => format!("level {first}: {second}, within {third} {fourth}"),
        (Kind::Escalation, "disputes") => {
            format!("a dispute is decided by {first} within {second} days of being raised")
        }
        (Kind::Governance, "review") => format!("the parties hold the {first} review {second}"),
        (Kind::Governance, "site visit") => format!("a site visit takes place {first}"),
        (Kind::Governance, "dashboard") => format!("results are shown on {first}"),
        (Kind::Governance, "contact") => format!("contact of {}: {second}", who(0)),
        (Kind::Governance, "report") => {
            format!("the Supplier delivers the report {first} {second}")
        }
        (Kind::Governance, "recognition") => format!("good work is recognised: {first}"),
        (Kind::Governance, "process owner") => format!("the process is owned by: {first}"),
        (Kind::Tools, "shared") => format!("both parties use {first}"),
        (Kind::Tools, "system of record") => format!("the system of record is {first}"),
        (Kind::Tools, "access") => format!("the tools are open to {}", who(0)),
        (Kind::Tools, "owned") => format!("{first} belongs to {}", who(1)),
        (Kind::Transition, "plan") => format!("the transition follows {first}"),
        (Kind::Transition, "weeks") => format!("the transition takes {first} weeks"),
        (Kind::Transition, "ramp-up") => format!("the ramp-up takes {first} months"),
        (Kind::Transition, "reviewed") => format!("the transition is reviewed {first}"),
        (Kind::Transition, "accepted") => format!("the transition is accepted by {}", who(0)),
        (Kind::Exit, "plan") => format!("the exit follows {first}"),
        (Kind::Exit, "notice") => format!("the period of notice is {first} {second}"),
        (Kind::Exit, "assistance") => {
            format!("the Supplier assists for {first} {second} after the end")
        }
        (Kind::Exit, "data") => {
            format!("the Customer’s data is returned within {first} days of the end")
        }
        (Kind::Exit, "knowledge") => {
            format!("the knowledge is handed over within {first} days of the end")
        }
        (Kind::Renewal, "automatic") => format!("the agreement renews itself for {first} months"),
        (Kind::Renewal, "by agreement") => {
            "the agreement is renewed only if the parties agree".to_owned()
        }
        (Kind::Renewal, "goal") => goal(words, fact),
        (Kind::Renewal, "decided") => {
            format!("the renewal is decided {first} {second} before the end")
        }
        (Kind::Measurement, "data") => {
            let days = if second == "working" {
                "working days"
            } else {
                "days"
            };
            format!("the data of a month is delivered within {first} {days} after its end")
        }
        (Kind::Measurement, "late data") => {
            let delays = words.sources.slice(fact.span).contains("delays");
            let then = if delays {
                "delays the invoice"
            } else {
                "counts as not reported"
            };
            format!("data that is late {then}")
        }
        (Kind::Measurement, "corrections") => {
            let on = if third == "new" {
                "by a new invoice"
            } else {
                "on the next invoice"
            };
            format!("data is corrected within {first} {second} of the invoice, {on}")
        }
        (Kind::Measurement, "audit") => {
            format!("{} may audit the figures within {second} {third}", who(0))
        }
        (Kind::Measurement, "records") => format!("records are kept for {first} {second}"),
        (Kind::Measurement, "time zone") => format!("days begin and end by the time of {first}"),
        (Kind::Measurement, "service hours") => format!("service hours are {first}"),
        (Kind::Measurement, "holidays") => format!("holidays are {first}"),
        (Kind::Measurement, "abandoned") => match fact.values.as_slice() {
            [_] => format!("abandoned contacts are {first}"),
            _ => format!("contacts abandoned within {first} seconds are {second}"),
        },
        (Kind::Measurement, "transfers") => format!("transferred contacts are counted {first}"),
        (Kind::Measurement, "index values") => format!("index values count as {first} published"),
        (Kind::Measurement, "index followed") => {
            format!("an index that ends is followed by {first}")
        }
        // A form that has no sentence of its own keeps the words of the text.
        _ => words
            .sources
            .slice(fact.span)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
    };
    capital(&text)
}

fn shown(value: Option<&FactValue>) -> String {
    match value {
        Some(FactValue::Number(number)) => super::translate::grouped(&number.to_string()),
        Some(FactValue::Text(text)) => text.clone(),
        Some(FactValue::Word(word)) => word.replace('_', " "),
        None => String::new(),
    }
}

/// A mark as it is written: a percentage is one.
fn mark(words: &Words<'_>, fact: &PartnershipFact) -> String {
    let text = words.sources.slice(fact.span);
    let last = text.split_whitespace().last().unwrap_or_default();
    super::translate::grouped(last)
}

/// `if csat at least 4.2`, with the KPI's term.
fn goal(words: &Words<'_>, fact: &PartnershipFact) -> String {
    let name = shown(fact.values.first());
    let metric = words
        .facts
        .metrics
        .iter()
        .find(|metric| metric.name().replace('_', " ") == name);
    let term = metric.map_or(name, |metric| words.term(&metric.head));
    let text = words.sources.slice(fact.span);
    let side = ["at least", "below", "above"]
        .into_iter()
        .find(|side| text.contains(side));
    format!(
        "it is renewed only if {term} is {} {}",
        side.unwrap_or_default(),
        mark(words, fact)
    )
}
