//! The facts are enough: what the review says of the contract itself is written here from the document of facts alone, and
//! is the same. What rests on computed months (what is at stake, what a KPI moves), on the rules and on waivers is left
//! out of the comparison.

use quidpro::calendar::Date;
use quidpro::driver::Checking;
use quidpro::lint::Settings;
use quidpro::report::facts::json;
use quidpro::report::review::{ContractReview, json as reviewed};
use serde_json::{Value, json as value};

use super::{contracts, each, load};

#[test]
fn the_review_can_be_written_from_the_facts() {
    let mut compared = 0;
    for name in contracts() {
        let loaded = load(&name);
        let found = loaded.check(&Checking {
            settings: &Settings::default(),
            today: "2026-06-30".parse::<Date>().unwrap(),
        });
        let reviews = loaded.reviews(&found);
        let documents = each(&name, &loaded, json::render);
        // The review is of the contract as it reads last.
        let [review] = reviews.as_slice() else {
            continue;
        };
        let shown = reviewed::render(&[ContractReview {
            file: &name,
            sources: &loaded.sources,
            review,
        }]);
        let shown: Value = serde_json::from_str(&shown).unwrap();
        let facts: Value = serde_json::from_str(documents.last().unwrap()).unwrap();
        assert_eq!(
            written(&facts),
            of_the_text(&shown["contracts"][0]),
            "{name}"
        );
        compared += 1;
    }
    assert!(compared > 50, "{compared} contracts");
}

/// The review without what only computed months and the rules know.
fn of_the_text(review: &Value) -> Value {
    let mut measures: Vec<Value> = all(&review["measures"])
        .map(|one| {
            value!({
                "name": one["name"], "title": one["title"], "kind": one["kind"], "targets": sorted(all(&one["targets"]).cloned().collect()),
                "sources": one["sources"], "reporters": one["reporters"], "clause": one["clause"],
            })
        })
        .collect();
    measures.sort_by_key(|one| one["name"].to_string());
    let parts = all(&review["partnership"]).map(
        |one| value!({ "about": one["about"], "agreed": one["agreed"], "clause": one["clause"] }),
    );
    let limits = all(&review["limits"]).map(|one| one["clause"].clone());
    value!({
        "title": review["title"], "customer": review["customer"], "supplier": review["supplier"],
        "first_day": review["first_day"], "last_day": review["last_day"], "due_in_days": review["due_in_days"],
        "purposes": review["purposes"], "measures": measures,
        "partnership": parts.collect::<Vec<_>>(), "limits": sorted(limits.collect()),
    })
}

/// The same, from the document of facts.
fn written(facts: &Value) -> Value {
    let party = |role: &str| {
        let mut parties = own(&facts["parties"]);
        parties
            .find(|one| one["role"] == role)
            .map(|one| one["name"].clone())
    };
    let mut measures: Vec<Value> = all(&facts["metrics"])
        .map(|metric| measure(facts, metric))
        .collect();
    measures.sort_by_key(|one| one["name"].to_string());
    value!({
        "title": facts["title"], "customer": party("customer"), "supplier": party("supplier"),
        "first_day": facts["term"]["first_day"], "last_day": facts["term"]["last_day"],
        "due_in_days": facts["invoicing"]["due_in_days"],
        "purposes": own(&facts["objectives"]).map(purpose).collect::<Vec<_>>(), "measures": measures,
        "partnership": PARTS.map(|about| part(facts, about)), "limits": sorted(limits(facts)),
    })
}

fn purpose(objective: &Value) -> Value {
    let title = if objective["title"].is_null() {
        &objective["name"]
    } else {
        &objective["title"]
    };
    let shown_by = all(&objective["measured_by"]).map(|by| match by["level"]["words"].as_str() {
        Some(level) => format!(
            "{} {} {level}",
            text(&by["metric"]),
            text(&by["comparison"]).replace('_', " ")
        ),
        None => text(&by["metric"]).to_owned(),
    });
    let words = all(&objective["purposes"]).map(|word| text(word).replace('_', " "));
    value!({
        "title": title, "purposes": words.collect::<Vec<_>>(), "shown_by": shown_by.collect::<Vec<_>>(),
    })
}

fn measure(facts: &Value, metric: &Value) -> Value {
    let name = text(&metric["name"]);
    let read = |input: &Value| all(&facts["inputs"]).find(|one| one["name"] == *input);
    let inputs: Vec<&Value> = all(&metric["inputs"]).filter_map(read).collect();
    let mut sources: Vec<Value> = Vec::new();
    for source in std::iter::once(&metric["source"]).chain(inputs.iter().map(|one| &one["source"]))
    {
        if !source.is_null() && !sources.contains(source) {
            sources.push(source.clone());
        }
    }
    let mut reporters: Vec<&str> = Vec::new();
    let by: Vec<&Value> = match &metric["measured_by"] {
        Value::Null => inputs.iter().map(|one| &one["reported_by"]).collect(),
        one => vec![one],
    };
    for one in by {
        let words = match one.as_str() {
            Some("both") => "customer and supplier",
            Some(party) => party,
            None => "nobody named",
        };
        if !reporters.contains(&words) {
            reporters.push(words);
        }
    }
    value!({
        "name": name, "title": metric["title"], "kind": metric["kind"].as_str().map(|kind| kind.replace('_', " ")),
        "targets": sorted(targets(facts, name)), "sources": sources, "reporters": reporters, "clause": metric["clause"],
    })
}

/// What is said of a KPI: service levels, weights, adjustments, points, credits and bonuses.
fn targets(facts: &Value, name: &str) -> Vec<Value> {
    let mut found: Vec<String> = Vec::new();
    for level in own(&facts["service_levels"]).filter(|one| is_of(&one["metric"], name)) {
        if let Some(words) = level["target"]["level"]["words"].as_str() {
            let every = text(&level["target"]["every"]).replace('_', " ");
            let critical = level["critical"]["level"]["words"].as_str();
            let critical = critical.map_or_else(String::new, |words| format!(", critical {words}"));
            found.push(format!("{words} each {every}{critical}"));
        }
    }
    for card in own(&facts["scorecards"]) {
        for arm in all(&card["metrics"]).filter(|arm| is_of(&arm["metric"], name)) {
            let weight = text(&arm["weight"]["words"]);
            found.push(format!("{weight} of `{}`", text(&card["name"])));
        }
    }
    let is_it = |value: &Value| value["kind"] == "name" && value["reads"][0] == name;
    let adjustments = own(&facts["adjustments"]).filter(|one| is_it(&one["by"]));
    found.extend(adjustments.map(|_| "moves the price".to_owned()));
    let points = own(&facts["service_points"]).filter(|one| is_it(&one["on"]));
    found.extend(points.map(|one| format!("points `{}`", text(&one["name"]))));
    let awards = own(&facts["credits_and_bonuses"]).filter(|one| is_it(&one["on"]));
    found.extend(awards.map(|one| format!("`{}`", text(&one["name"]))));
    found.into_iter().map(Value::String).collect()
}

/// Whether a reference is to a KPI, or to a member of it: `speed.voice`.
fn is_of(reference: &Value, name: &str) -> bool {
    let rest = text(reference).strip_prefix(name);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The clauses of what limits an invoice or is taken off it.
fn limits(facts: &Value) -> Vec<Value> {
    let kinds = [
        "limits",
        "minimum_and_maximum",
        "at_risk_amounts",
        "commitments",
        "holdbacks",
    ];
    let found: Vec<&Value> = kinds.iter().flat_map(|kind| own(&facts[*kind])).collect();
    found.into_iter().map(|one| one["clause"].clone()).collect()
}

const PARTS: [&str; 11] = [
    "transition",
    "training",
    "knowledge",
    "tools",
    "quality assurance",
    "measurement",
    "feedback",
    "governance",
    "escalation",
    "renewal",
    "exit",
];

fn part(facts: &Value, about: &str) -> Value {
    let clauses: Vec<&Value> = all(&facts["partnership"])
        .filter(|one| one["about"] == about)
        .collect();
    let clause = clauses
        .iter()
        .map(|one| &one["clause"])
        .find(|one| !one.is_null());
    value!({ "about": about, "agreed": !clauses.is_empty(), "clause": clause })
}

/// In one order, because clauses of an amendment and of its contract are in different files.
fn sorted(mut all: Vec<Value>) -> Vec<Value> {
    all.sort_by_key(ToString::to_string);
    all
}

fn all(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

/// The clauses of the contract itself, without those of its libraries.
fn own(list: &Value) -> impl Iterator<Item = &Value> {
    all(list).filter(|one| one["from_library"] != true)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
