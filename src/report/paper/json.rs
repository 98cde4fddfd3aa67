//! A contract in prose for programs, described by `docs/schema/paper.schema.json`.

use serde_json::{Value as Json, json};

use crate::report::escape::json::pretty;

use super::{Article, Clause, Paper, Part, Worked, number};

/// The whole paper as one JSON document.
#[must_use]
pub fn render(paper: &Paper) -> String {
    let articles = paper.articles.iter().enumerate();
    let signatures = paper.signatures.iter();
    let assumed = paper.assumed.iter();
    pretty(&json!({
        "schema_version": 1,
        "contract": paper.contract,
        "title": paper.title,
        "file": paper.file,
        "articles": articles.map(|(at, one)| article(at, one)).collect::<Vec<_>>(),
        "signatures": signatures
            .map(|(role, name)| json!({ "role": role, "name": name }))
            .collect::<Vec<_>>(),
        "assumed": assumed
            .map(|(term, value)| json!({ "term": term, "value": value }))
            .collect::<Vec<_>>(),
        "examples": paper.examples.iter().map(example).collect::<Vec<_>>(),
    }))
}

fn article(at: usize, article: &Article) -> Json {
    let clauses = article.clauses.iter().enumerate();
    json!({
        "number": (at + 1).to_string(),
        "title": article.title,
        "clauses": clauses
            .map(|(position, one)| clause(&number(at, position), one))
            .collect::<Vec<_>>(),
    })
}

fn clause(number: &str, clause: &Clause) -> Json {
    json!({
        "number": number,
        "title": clause.title,
        "reference": clause.reference,
        "designation": clause.designation,
        "place": clause.place.as_ref().map(|(file, line)| json!({ "file": file, "line": line })),
        "parts": clause.parts.iter().map(part).collect::<Vec<_>>(),
    })
}

fn part(part: &Part) -> Json {
    match part {
        Part::Text(text) => json!({ "text": text }),
        Part::List(all) => json!({ "list": all }),
        Part::Table(head, rows) => json!({ "table": { "head": head, "rows": rows } }),
    }
}

fn example(one: &Worked) -> Json {
    json!({
        "name": one.name,
        "months": one.months.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "given": one.given_rows(),
        "results": one.result_rows(),
    })
}
