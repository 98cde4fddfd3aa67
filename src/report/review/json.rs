//! The state of contracts, for programs: `docs/schema/review.schema.json`.

use serde::Serialize;

use crate::report::escape::json::pretty;

use crate::diagnostic::Severity;
use crate::report::questions::json as questions;
use crate::report::wire::Value;
use crate::review::{Range, Review, Share, Stakes};

use super::ContractReview;

#[derive(Serialize)]
struct Document<'r> {
    contracts: Vec<Page<'r>>,
}

#[derive(Serialize)]
struct Page<'r> {
    contract: &'r str,
    title: Option<&'r str>,
    file: &'r str,
    customer: Option<&'r str>,
    supplier: Option<&'r str>,
    first_day: Option<String>,
    last_day: Option<String>,
    due_in_days: Option<u32>,
    purposes: Vec<Purpose<'r>>,
    stakes: Option<WireStakes>,
    measures: Vec<Measure<'r>>,
    reporters: Vec<Reporting<'r>>,
    limits: Vec<Limit<'r>>,
    partnership: Vec<Part<'r>>,
    findings: Vec<Finding<'r>>,
    waivers: Vec<Waiver<'r>>,
    questions: Vec<questions::Wire<'r>>,
}

#[derive(Serialize)]
struct Waiver<'r> {
    rule: &'r str,
    until: String,
    because: &'r str,
    #[serde(rename = "ref")]
    reference: Option<&'r str>,
    findings: usize,
    line: usize,
}

#[derive(Serialize)]
struct Purpose<'r> {
    title: &'r str,
    purposes: &'r [String],
    shown_by: &'r [String],
}

#[derive(Serialize)]
struct WireStakes {
    month: String,
    charged: Value,
    total: Value,
    service: WireRange,
    quality: Option<WireRange>,
    at_risk: WireShare,
    at_risk_in: String,
    before_limits: Value,
}

#[derive(Serialize)]
struct WireRange {
    best: Value,
    worst: Value,
    moved: WireShare,
}

#[derive(Serialize)]
struct WireShare {
    amount: Value,
    share: Value,
}

#[derive(Serialize)]
struct Measure<'r> {
    name: &'r str,
    title: Option<&'r str>,
    kind: Option<&'r str>,
    targets: &'r [String],
    sources: &'r [String],
    reporters: &'r [&'static str],
    pays: bool,
    moves: Option<Value>,
    clause: Option<&'r str>,
}

#[derive(Serialize)]
struct Reporting<'r> {
    by: &'r str,
    inputs: &'r [String],
}

#[derive(Serialize)]
struct Limit<'r> {
    words: &'r str,
    amount: Option<Value>,
    clause: Option<&'r str>,
}

#[derive(Serialize)]
struct Part<'r> {
    about: &'r str,
    agreed: bool,
    clause: Option<&'r str>,
    gaps: &'r [String],
}

#[derive(Serialize)]
struct Finding<'r> {
    rule: &'r str,
    severity: &'static str,
    line: usize,
    message: &'r str,
    help: Option<&'r str>,
    cost: Option<Value>,
}

/// The pages of all contracts as one JSON document.
#[must_use]
pub fn render(all: &[ContractReview<'_>]) -> String {
    let document = Document {
        contracts: all.iter().map(|contract| page(*contract)).collect(),
    };
    pretty(&document)
}

fn page(contract: ContractReview<'_>) -> Page<'_> {
    let review = contract.review;
    Page {
        contract: &review.contract,
        title: review.title.as_deref(),
        file: contract.file,
        customer: review.customer.as_deref(),
        supplier: review.supplier.as_deref(),
        first_day: review.term.map(|term| term.first.to_string()),
        last_day: review.term.map(|term| term.last.to_string()),
        due_in_days: review.due_in_days,
        purposes: purposes(review),
        stakes: review.stakes.as_ref().map(stakes),
        measures: measures(review),
        reporters: reporters(review),
        limits: limits(review),
        partnership: partnership(review),
        findings: findings(review),
        waivers: waivers(review),
        questions: review
            .questions
            .iter()
            .map(|question| questions::wire(question, contract.sources))
            .collect(),
    }
}

fn purposes(review: &Review) -> Vec<Purpose<'_>> {
    let all = review.purposes.iter().map(|purpose| Purpose {
        title: &purpose.title,
        purposes: &purpose.purposes,
        shown_by: &purpose.shown_by,
    });
    all.collect()
}

fn stakes(stakes: &Stakes) -> WireStakes {
    WireStakes {
        month: stakes.month.to_string(),
        charged: Value::from(&stakes.charged),
        total: Value::from(&stakes.total),
        service: range(&stakes.service),
        quality: stakes.quality.as_ref().map(range),
        at_risk: share(&stakes.at_risk),
        at_risk_in: stakes.at_risk_in.clone(),
        before_limits: Value::from(&stakes.before_limits),
    }
}

fn range(range: &Range) -> WireRange {
    WireRange {
        best: Value::from(&range.best),
        worst: Value::from(&range.worst),
        moved: share(&range.moved),
    }
}

fn share(share: &Share) -> WireShare {
    WireShare {
        amount: Value::from(&share.amount),
        share: Value::from(&share.share),
    }
}

fn measures(review: &Review) -> Vec<Measure<'_>> {
    let all = review.measures.iter().map(|measure| Measure {
        name: &measure.name,
        title: measure.title.as_deref(),
        kind: measure.kind.as_deref(),
        targets: &measure.targets,
        sources: &measure.sources,
        reporters: &measure.reporters,
        pays: measure.pays,
        moves: measure.moves.as_ref().map(Value::from),
        clause: measure.clause.as_deref(),
    });
    all.collect()
}

fn reporters(review: &Review) -> Vec<Reporting<'_>> {
    let all = review.reporters.iter().map(|reporting| Reporting {
        by: reporting.by,
        inputs: &reporting.inputs,
    });
    all.collect()
}

fn limits(review: &Review) -> Vec<Limit<'_>> {
    let all = review.bounds.iter().map(|bound| Limit {
        words: &bound.words,
        amount: bound.amount.as_ref().map(Value::from),
        clause: bound.clause.as_deref(),
    });
    all.collect()
}

fn partnership(review: &Review) -> Vec<Part<'_>> {
    let all = review.partnership.iter().map(|part| Part {
        about: part.about,
        agreed: part.agreed,
        clause: part.clause.as_deref(),
        gaps: &part.gaps,
    });
    all.collect()
}

fn waivers(review: &Review) -> Vec<Waiver<'_>> {
    let all = review.waivers.iter().map(|one| Waiver {
        rule: one.rule,
        until: one.until.to_string(),
        because: &one.because,
        reference: one.reference.as_deref(),
        findings: one.findings,
        line: one.line,
    });
    all.collect()
}

fn findings(review: &Review) -> Vec<Finding<'_>> {
    let all = review.concerns.iter().map(|concern| Finding {
        rule: concern.rule,
        severity: match concern.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "note",
        },
        line: concern.line,
        message: &concern.message,
        help: concern.help.as_deref(),
        cost: concern.cost.as_ref().map(Value::from),
    });
    all.collect()
}
