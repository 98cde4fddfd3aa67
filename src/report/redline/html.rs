//! A redline as a page: changed clauses side by side, and the months that differ. It needs nothing else, runs no script
//! and opens no connection.

use similar::{ChangeTag, TextDiff};

use crate::ledger::LineKind;
use crate::quantity::{Currency, Exact};
use crate::report::amount::grouped;
use crate::report::escape::markup::{escaped, in_words, name};
use crate::report::page::Page;

use super::text::{called, counted, in_words as sentence};
use super::{
    ClauseChange, LinePair, Money, MonthPair, Redline, TextOf, Which, Wording, about_column,
    other_currency,
};

/// The style of the page.
const STYLE: &str = include_str!("html/style.css");

/// The whole comparison.
#[must_use]
pub fn render(redline: &Redline) -> String {
    let title = redline.new.title.as_ref();
    let title = title.unwrap_or(&redline.new.contract);
    let money = redline.money.as_ref();
    let pages = Pages {
        currency: redline.new.currency,
        comparable: !other_currency(redline),
    };
    let answer = money.filter(|_| pages.comparable).map(|money| {
        let words = sentence(money, &|amount| pages.amount(amount), pages.code());
        format!("<p class=\"answer\">{}</p>\n", name(&words))
    });
    let body = format!(
        "<main>\n<header>\n<h1>Redline: {}</h1>\n{}{}{}</header>\n{}{}{}{}</main>\n",
        name(title),
        text_of(Which::Old, &redline.old),
        text_of(Which::New, &redline.new),
        answer.unwrap_or_default(),
        clauses(&redline.clauses),
        money.map_or_else(String::new, |money| pages.money(money)),
        proofs(redline),
        origin(redline),
    );
    Page {
        generator: "quidpro diff",
        title: &format!("Redline: {title}"),
        styles: &[STYLE],
        body: &body,
    }
    .render()
}

fn text_of(which: Which, text: &TextOf) -> String {
    let amendments = text.amendments.iter();
    let amendments = amendments
        .map(|(amendment, from)| format!(", as amended by {} from {from}", name(amendment)));
    format!(
        "<p><span class=\"faint\">{}</span> <code>{}</code>{}</p>\n",
        which.word(),
        name(&text.file),
        amendments.collect::<String>()
    )
}

fn clauses(all: &[ClauseChange]) -> String {
    if all.is_empty() {
        return "<h2>Clauses</h2>\n<p>The clauses of both texts are the same, apart from comments and layout.</p>\n"
            .to_owned();
    }
    let each: String = all.iter().map(clause).collect();
    format!("<h2>Clauses that differ</h2>\n{each}")
}

fn clause(one: &ClauseChange) -> String {
    let (old, new) = marked(one);
    let side = |which: Which, wording: Option<&Wording>, text: &str| match wording {
        Some(wording) => format!(
            "<div class=\"side {}\"><p class=\"label\">{}: {}, line {}</p><pre>{text}</pre></div>\n",
            which.word(),
            which.word(),
            name(&wording.file),
            wording.line
        ),
        None => format!(
            "<div class=\"side\"><p class=\"label\">{}: no such clause</p></div>\n",
            which.word()
        ),
    };
    format!(
        "<section>\n<h3>{} <span class=\"faint\">{}</span></h3>\n<div class=\"sides\">\n{}{}</div>\n</section>\n",
        name(&one.designation),
        one.in_words(),
        side(Which::Old, one.old.as_ref(), &old),
        side(Which::New, one.new.as_ref(), &new)
    )
}

/// Both texts, with the words that are only in one of them marked.
fn marked(one: &ClauseChange) -> (String, String) {
    let text = |of: &Option<Wording>| of.as_ref().map_or("", |one| one.text.as_str()).to_owned();
    let (old, new) = (text(&one.old), text(&one.new));
    if one.old.is_none() || one.new.is_none() {
        return (escaped(&old), escaped(&new));
    }
    let diff = TextDiff::from_words(&old, &new);
    let (mut before, mut after) = (String::new(), String::new());
    for change in diff.iter_all_changes() {
        let words = escaped(change.value());
        match change.tag() {
            ChangeTag::Equal => {
                before += &words;
                after += &words;
            }
            ChangeTag::Delete => before += &format!("<del>{words}</del>"),
            ChangeTag::Insert => after += &format!("<ins>{words}</ins>"),
        }
    }
    (before, after)
}

/// How amounts are shown.
struct Pages {
    currency: Option<Currency>,
    comparable: bool,
}

impl Pages {
    fn code(&self) -> &str {
        self.currency.as_ref().map_or("", Currency::code)
    }

    fn amount(&self, amount: &Exact) -> String {
        self.currency
            .map_or_else(|| amount.to_string(), |currency| grouped(amount, currency))
    }

    fn signed(&self, amount: &Exact) -> String {
        let text = self.amount(amount);
        if amount.is_zero() {
            format!("<span class=\"same\">{text}</span>")
        } else if amount.is_negative() {
            format!("<span class=\"less\">{text}</span>")
        } else {
            format!("<span class=\"more\">+{text}</span>")
        }
    }

    /// A row. The heading is markup.
    fn row(
        &self,
        heading: &str,
        old: Option<&Exact>,
        new: Option<&Exact>,
        difference: &Exact,
    ) -> String {
        let cell =
            |amount: Option<&Exact>| amount.map_or_else(|| "–".to_owned(), |one| self.amount(one));
        format!(
            "<tr><th scope=\"row\">{heading}</th><td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td></tr>\n",
            cell(old),
            cell(new),
            self.signed(difference)
        )
    }

    fn line(&self, line: &LinePair, beside: Option<&str>) -> String {
        let key = line.kind.key();
        let kind = match line.kind {
            LineKind::Charge => String::new(),
            _ if key == line.name => String::new(),
            _ => format!("{} ", key.replace('_', " ")),
        };
        let about: Vec<String> = line
            .title
            .as_deref()
            .into_iter()
            .chain(beside)
            .map(name)
            .collect();
        let heading = format!(
            "{kind}<code>{}</code> <span class=\"faint\">{}</span>",
            name(&line.name),
            about.join(", ")
        );
        self.row(
            &heading,
            line.old.as_ref(),
            line.new.as_ref(),
            &line.difference(),
        )
    }

    fn table(&self, first: &str, rows: &str, foot: &str) -> String {
        let foot = if foot.is_empty() {
            String::new()
        } else {
            format!("<tfoot>{foot}</tfoot>\n")
        };
        format!(
            "<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">{first}</th><th scope=\"col\" class=\"number\">Old</th><th scope=\"col\" class=\"number\">New</th>\
             <th scope=\"col\" class=\"number\">Difference</th></tr></thead>\n<tbody>\n{rows}</tbody>\n{foot}</table></div>\n"
        )
    }

    fn money(&self, money: &Money) -> String {
        let mut out = format!(
            "<h2>What it pays <span class=\"faint\">in {}</span></h2>\n",
            self.code()
        );
        if !self.comparable {
            out = "<h2>What it pays</h2>\n<p class=\"warning\">The two texts invoice in different currencies, so no differences are stated.</p>\n".to_owned();
        }
        for column in &money.columns {
            out += &format!(
                "<p class=\"warning\">{}</p>\n",
                in_words(&about_column(column))
            );
        }
        for problem in &money.unread {
            out += &format!("<p class=\"warning\">Not read: {}</p>\n", in_words(problem));
        }
        if money.totals_left_out > 0 {
            out += &format!(
                "<p class=\"warning\">Rows left out because they are totals: {}</p>\n",
                money.totals_left_out
            );
        }
        if self.comparable {
            out += &self.sums(money);
        }
        out += &self.refused(money);
        out += "<h2>Month by month</h2>\n";
        out += &money
            .months
            .iter()
            .map(|month| self.month(month))
            .collect::<String>();
        out
    }

    fn sums(&self, money: &Money) -> String {
        let sums = money.sums();
        let all = self.row(
            &format!("All {}", counted(sums.months)),
            Some(&sums.old),
            Some(&sums.new),
            &sums.difference(),
        );
        let lines = money.by_line();
        let lines: String = lines
            .iter()
            .map(|(line, months)| self.line(line, Some(&counted(*months))))
            .collect();
        let mut out = self.table("Lines that differ, over all months", &lines, &all);
        let accounts = money.by_account();
        if !accounts.is_empty() {
            let rows: String = accounts
                .iter()
                .map(|(account, sums)| {
                    self.row(
                        &name(account),
                        Some(&sums.old),
                        Some(&sums.new),
                        &sums.difference(),
                    )
                })
                .collect();
            out += &self.table("Accounts", &rows, "");
        }
        out
    }

    fn refused(&self, money: &Money) -> String {
        let rows: String = money.refused().map(refused).collect();
        if rows.is_empty() {
            return String::new();
        }
        format!(
            "<h2>Months without an invoice <span class=\"faint\">which are in no sum</span></h2>\n<ul>\n{rows}</ul>\n"
        )
    }

    fn month(&self, month: &MonthPair) -> String {
        let Some((old, new)) = month.both() else {
            return String::new();
        };
        let difference = new.total.subtract(&old.total);
        let rows: String = month
            .lines()
            .iter()
            .map(|line| self.line(line, None))
            .collect();
        let total = self.row("Total", Some(&old.total), Some(&new.total), &difference);
        let notices = month.notices().into_iter().map(|(which, notice)| {
            format!(
                "<p>Only under the {} text: {}: {}</p>\n",
                which.word(),
                name(&notice.name),
                name(&notice.text)
            )
        });
        let open = if month.differs() { " open" } else { "" };
        format!(
            "<details{open}><summary>{}<span class=\"sum\">{} → {} ({})</span></summary>\n{}{}</details>\n",
            name(&called(month)),
            self.amount(&old.total),
            self.amount(&new.total),
            self.signed(&difference),
            self.table("Line", &rows, &total),
            notices.collect::<String>()
        )
    }
}

fn refused(month: &MonthPair) -> String {
    let side = |which: Which, reasons: &[String]| {
        if reasons.is_empty() {
            return String::new();
        }
        format!(
            " Under the {} text: {}.",
            which.word(),
            in_words(&reasons.join("; "))
        )
    };
    let (old, new) = (month.old.reasons(), month.new.reasons());
    let words = if old == new {
        format!(" Under both texts: {}.", in_words(&old.join("; ")))
    } else {
        side(Which::Old, old) + &side(Which::New, new)
    };
    format!("<li><b>{}</b>{words}</li>\n", name(&called(month)))
}

fn proofs(redline: &Redline) -> String {
    let Some(proofs) = &redline.proofs else {
        return String::new();
    };
    let rows = proofs.verdicts.iter().map(|verdict| {
        let story = verdict.story.as_ref();
        let words = [
            story.map(crate::prove::Story::in_words),
            story.and_then(crate::prove::Story::compared),
        ];
        let words = words.into_iter().flatten();
        let words = words.map(|words| format!("<p class=\"faint\">{}</p>", in_words(&words)));
        let assumed = verdict.assumptions.iter();
        let assumed =
            assumed.map(|one| format!("<p class=\"faint\">Assumed: {}</p>", in_words(one)));
        format!(
            "<li><b>{}</b>: {}{}{}</li>\n",
            verdict.outcome.words(),
            in_words(&verdict.answer),
            words.collect::<String>(),
            assumed.collect::<String>()
        )
    });
    format!(
        "<h2>In any month that the contract allows</h2>\n<ul>\n{}</ul>\n",
        rows.collect::<String>()
    )
}

/// What identifies the texts and the data.
fn origin(redline: &Redline) -> String {
    let data = redline
        .money
        .as_ref()
        .map(|money| (money.file.clone(), money.sha256.clone()));
    let files = redline
        .old
        .files
        .iter()
        .chain(&redline.new.files)
        .cloned()
        .chain(data);
    let mut all: Vec<(String, String)> = Vec::new();
    for file in files {
        if !all.contains(&file) {
            all.push(file);
        }
    }
    let rows = all.iter().map(|(file, sha256)| {
        format!(
            "<p>{} <code>sha256 {}</code></p>\n",
            name(file),
            escaped(sha256)
        )
    });
    format!("<footer>\n{}</footer>\n", rows.collect::<String>())
}
