//! A contract in prose as a page, to be read, printed and signed. It needs nothing else, runs no script and opens no
//! connection.

use crate::report::escape::markup::name;
use crate::report::page::Page;

use super::{Article, Clause, Paper, Part, Worked, number};

/// The style of the page.
const STYLE: &str = include_str!("html/style.css");

/// The whole paper.
#[must_use]
pub fn render(paper: &Paper) -> String {
    let articles = paper.articles.iter().enumerate();
    let articles: String = articles.map(|(at, one)| article(at, one)).collect();
    let signatures = paper.signatures.iter();
    let signatures: String = signatures
        .map(|(role, who)| {
            format!(
                "<p>{role}<br>{}<br><span class=\"faint\">Date, name, signature</span></p>\n",
                name(who)
            )
        })
        .collect();
    let body = format!(
        "<main>\n<h1>{}</h1>\n{articles}<div class=\"sign\">\n{signatures}</div>\n{}{}</main>\n",
        name(&paper.title),
        examples(paper),
        index(paper)
    );
    Page {
        generator: "quidpro paper",
        title: &paper.title,
        styles: &[STYLE],
        body: &body,
    }
    .render()
}

fn article(at: usize, article: &Article) -> String {
    let clauses = article.clauses.iter().enumerate();
    let clauses: String = clauses
        .map(|(position, one)| clause(&number(at, position), one))
        .collect();
    format!(
        "<section>\n<h2>{}. {}</h2>\n{clauses}</section>\n",
        at + 1,
        article.title
    )
}

fn clause(number: &str, clause: &Clause) -> String {
    let reference = clause
        .reference
        .as_ref()
        .map_or_else(String::new, |reference| {
            format!(" <span class=\"faint\">({})</span>", name(reference))
        });
    let parts: String = clause.parts.iter().map(part).collect();
    format!(
        "<h3 id=\"c{number}\"><span class=\"number\">{number}</span>{}{reference}</h3>\n<div class=\"body\">\n{parts}</div>\n",
        name(&clause.title)
    )
}

fn part(part: &Part) -> String {
    match part {
        Part::Text(text) => format!("<p>{}</p>\n", name(text)),
        Part::List(all) => {
            let items = all.iter().map(|text| format!("<li>{}</li>\n", name(text)));
            format!("<ol>\n{}</ol>\n", items.collect::<String>())
        }
        Part::Table(head, rows) => {
            let head: Vec<String> = head.iter().map(|one| (*one).to_owned()).collect();
            table(&head, rows)
        }
    }
}

fn table(head: &[String], rows: &[Vec<String>]) -> String {
    let cells = |row: &[String]| {
        row.iter()
            .map(|cell| format!("<td>{}</td>", name(cell)))
            .collect::<String>()
    };
    let rows = rows.iter().map(|row| format!("<tr>{}</tr>\n", cells(row)));
    let head = head
        .iter()
        .map(|one| format!("<th scope=\"col\">{}</th>", name(one)));
    format!(
        "<div class=\"scroll\"><table>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table></div>\n",
        head.collect::<String>(),
        rows.collect::<String>()
    )
}

fn examples(paper: &Paper) -> String {
    if paper.examples.is_empty() {
        return String::new();
    }
    let assumed = paper
        .assumed
        .iter()
        .map(|(term, value)| vec![term.clone(), value.clone()]);
    let assumed: Vec<Vec<String>> = assumed.collect();
    let assumed = if assumed.is_empty() {
        String::new()
    } else {
        let head = ["Unless an example states otherwise", "Value"].map(str::to_owned);
        table(&head, &assumed)
    };
    let each = paper.examples.iter().enumerate().map(|(at, one)| {
        format!(
            "<div class=\"example\">\n<h3>Example {}: {}</h3>\n{}</div>\n",
            at + 1,
            name(&one.name),
            worked(one)
        )
    });
    format!(
        "<section class=\"schedule\">\n<h2>Schedule: worked examples</h2>\n<p>The amounts below are computed from the figures given. They \
         illustrate the clauses and do not add to them.</p>\n{assumed}{}</section>\n",
        each.collect::<String>()
    )
}

fn worked(one: &Worked) -> String {
    let months: Vec<String> = one.months.iter().map(ToString::to_string).collect();
    let tables = [("Given", one.given_rows()), ("Result", one.result_rows())];
    let tables = tables.into_iter().filter(|(_, rows)| !rows.is_empty());
    tables
        .map(|(title, rows)| {
            let head: Vec<String> = std::iter::once(title.to_owned())
                .chain(months.iter().cloned())
                .collect();
            table(&head, &rows)
        })
        .collect()
}

/// From each clause to the line of the text that says so.
fn index(paper: &Paper) -> String {
    let mut rows = String::new();
    for (at, article) in paper.articles.iter().enumerate() {
        for (position, clause) in article.clauses.iter().enumerate() {
            if let (Some((file, line)), Some(designation)) = (&clause.place, &clause.designation) {
                let number = number(at, position);
                rows += &format!(
                    "<tr><td><a href=\"#c{number}\">{number}</a></td><td><code>{}</code></td><td>{}, line {line}</td></tr>\n",
                    name(designation),
                    name(file)
                );
            }
        }
    }
    format!(
        "<section class=\"schedule\">\n<h2>Index: from each clause to the text</h2>\n<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">Clause</th>\
         <th scope=\"col\">In the text</th><th scope=\"col\">Place</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n</section>\n"
    )
}
