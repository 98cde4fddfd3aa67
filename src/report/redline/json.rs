//! A redline for programs, described by `docs/schema/redline.schema.json`. Amounts are texts, so that no reader rounds
//! them.

use serde_json::{Value as Json, json};

use crate::ledger::Statement;
use crate::prove::{Story, Verdict};
use crate::quantity::{Currency, Exact};
use crate::report::amount::plain;
use crate::report::escape::json::pretty;
use crate::report::words::notice_kind_key;

use super::{
    ClauseChange, LinePair, Money, MonthPair, Redline, Sums, TextOf, Under, Wording, about_column,
    other_currency,
};

/// The whole comparison as one JSON document.
#[must_use]
pub fn render(redline: &Redline) -> String {
    pretty(&json!({
        "schema_version": 1,
        "old": text_of(&redline.old),
        "new": text_of(&redline.new),
        "clauses": redline.clauses.iter().map(clause).collect::<Vec<_>>(),
        "money": redline.money.as_ref().map(|money| money_of(redline, money)),
        "proofs": redline.proofs.as_ref().map(|proofs| {
            json!({
                "budget": proofs.budget,
                "verdicts": proofs.verdicts.iter().map(verdict).collect::<Vec<_>>(),
            })
        }),
    }))
}

fn text_of(text: &TextOf) -> Json {
    let amendments = text.amendments.iter();
    let files = text.files.iter();
    json!({
        "file": text.file,
        "contract": text.contract,
        "title": text.title,
        "currency": text.currency.as_ref().map(Currency::code),
        "amendments": amendments
            .map(|(name, from)| json!({ "name": name, "from": from.to_string() }))
            .collect::<Vec<_>>(),
        "files": files
            .map(|(name, sha256)| json!({ "name": name, "sha256": sha256 }))
            .collect::<Vec<_>>(),
    })
}

fn clause(one: &ClauseChange) -> Json {
    let wording = |one: &Option<Wording>| {
        one.as_ref()
            .map(|one| json!({ "text": one.text, "file": one.file, "line": one.line }))
    };
    json!({
        "designation": one.designation,
        "change": one.what(),
        "from": one.from.map(|month| month.to_string()),
        "until": one.until.map(|month| month.to_string()),
        "old": wording(&one.old),
        "new": wording(&one.new),
    })
}

fn money_of(redline: &Redline, money: &Money) -> Json {
    let comparable = !other_currency(redline);
    let amount = |amount: &Exact| match redline.new.currency {
        Some(currency) => plain(amount, currency),
        None => amount.to_string(),
    };
    let sums_of = |sums: &Sums| {
        json!({
            "months": sums.months,
            "old": amount(&sums.old),
            "new": amount(&sums.new),
            "difference": amount(&sums.difference()),
        })
    };
    let accounts = money.by_account();
    let accounts = accounts
        .iter()
        .filter(|_| comparable)
        .map(|(name, sums)| json!({ "account": name, "sums": sums_of(sums) }));
    let lines = money.by_line();
    let lines = lines.iter().filter(|_| comparable).map(|(line, months)| {
        let mut one = line_of(line, &amount);
        if let Json::Object(members) = &mut one {
            members.insert("months".to_owned(), json!(months));
        }
        one
    });
    let columns = money.columns.iter().map(|column| {
        json!({
            "column": column.column,
            "title": column.title,
            "known_to": column.of.word(),
            "given": column.given,
            "may_be_missing": column.may_be_missing,
            "words": about_column(column),
        })
    });
    json!({
        "data": { "name": money.file, "sha256": money.sha256 },
        "columns": columns.collect::<Vec<_>>(),
        "not_read": money.unread,
        "totals_left_out": money.totals_left_out,
        "months": money.months.iter().map(month).collect::<Vec<_>>(),
        "lines": lines.collect::<Vec<_>>(),
        "accounts": accounts.collect::<Vec<_>>(),
        "sums": comparable.then(|| sums_of(&money.sums())),
    })
}

fn month(pair: &MonthPair) -> Json {
    let currency = pair.both().map(|(_, new)| new.currency);
    let amount = |amount: &Exact| match currency {
        Some(currency) => plain(amount, currency),
        None => amount.to_string(),
    };
    let lines = match currency {
        Some(_) => pair.lines(),
        None => Vec::new(),
    };
    let notices = pair.notices();
    let notices = notices.iter().map(|(which, notice)| {
        json!({
            "only_in": which.word(),
            "kind": notice_kind_key(notice.kind),
            "name": notice.name,
            "text": notice.text,
        })
    });
    json!({
        "account": pair.account,
        "month": pair.month.to_string(),
        "old": under(&pair.old),
        "new": under(&pair.new),
        "difference": pair.difference().as_ref().map(amount),
        "differs": pair.differs(),
        "lines": lines.iter().map(|line| line_of(line, &amount)).collect::<Vec<_>>(),
        "notices": notices.collect::<Vec<_>>(),
    })
}

fn under(under: &Under) -> Json {
    let statement = under.statement();
    json!({
        "total": statement.map(total),
        "amendment": statement
            .and_then(|one| one.amendment.as_ref())
            .map(|amendment| &amendment.name),
        "refused": under.reasons(),
    })
}

fn total(statement: &Statement) -> String {
    plain(&statement.total, statement.currency)
}

fn line_of(line: &LinePair, amount: &dyn Fn(&Exact) -> String) -> Json {
    json!({
        "kind": line.kind.key(),
        "line": line.name,
        "title": line.title,
        "old": line.old.as_ref().map(amount),
        "new": line.new.as_ref().map(amount),
        "difference": amount(&line.difference()),
    })
}

fn verdict(verdict: &Verdict) -> Json {
    json!({
        "outcome": verdict.outcome.key(),
        "answer": verdict.answer,
        "method": verdict.method.key(),
        "assumptions": verdict.assumptions,
        "shown_by": verdict.story.as_ref().map(Story::in_words),
        "compared_with": verdict.story.as_ref().and_then(Story::compared),
    })
}
