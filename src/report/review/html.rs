//! The state of a contract as one printed page, for the negotiating table.
//!
//! The page needs no other file, runs no script and opens no connection, and it tells the browser so. It is laid out
//! for A4, and is also readable on a screen in light and in dark.

mod parts;

use crate::quantity::{Exact, Figure};
use crate::report::escape::markup::{escaped, in_words};
use crate::report::page::Page;
use crate::review::{Range, Review, Share, Stakes};

use super::words::{Place, beside_usual, capital, parties, place};
use super::{ContractReview, SHOWN_CONCERNS, SHOWN_QUESTIONS, SHOWN_WAIVERS};

use parts::{bounds, concerns, measures, partnership, questions, waivers};

/// The style of the page.
const STYLE: &str = include_str!("html/style.css");

/// The pages of a file's contracts.
#[must_use]
pub fn render(all: &[ContractReview<'_>]) -> String {
    let titles: Vec<&str> = all.iter().map(|one| title(one.review)).collect();
    let pages: String = all.iter().map(|one| page(*one)).collect();
    let page = Page {
        generator: "quidpro review",
        title: &format!("Review: {}", titles.join(", ")),
        styles: &[STYLE],
        body: &pages,
    };
    page.render()
}

fn title(review: &Review) -> &str {
    review.title.as_deref().unwrap_or(&review.contract)
}

fn page(contract: ContractReview<'_>) -> String {
    let review = contract.review;
    let left =
        section("Limits", "", &bounds(review)) + &section("Partnership", "", &partnership(review));
    let concerns = section("Findings", &counted_concerns(review), &concerns(review));
    let accepted = match review.waivers.len() {
        0 => String::new(),
        count => section("Waivers in force", &count.to_string(), &waivers(review)),
    };
    let open = review.questions.len().to_string();
    let questions = section("Open questions", &open, &questions(review));
    format!(
        "<main>\n<header>\n<h1>{}</h1>\n<p class=\"parties\">{}</p>\n<p class=\"file\">{}</p>\n</header>\n\
         {}{}{}<div class=\"columns\">\n<div>\n{left}</div>\n<div>\n{concerns}{accepted}{questions}</div>\n</div>\n</main>\n",
        escaped(title(review)),
        escaped(&parties(review)),
        escaped(contract.file),
        purpose(review),
        stakes(review),
        section("Measures", "", &measures(review)),
    )
}

/// A part of the page. The text next to its title is small.
fn section(title: &str, beside: &str, body: &str) -> String {
    let beside = if beside.is_empty() {
        String::new()
    } else {
        format!(" <span class=\"count\">{}</span>", escaped(beside))
    };
    format!("<section>\n<h2>{title}{beside}</h2>\n{body}</section>\n")
}

fn counted_concerns(review: &Review) -> String {
    super::words::counted(&review.concerns)
}

fn purpose(review: &Review) -> String {
    if review.purposes.is_empty() {
        return "<p class=\"purpose missing\">No purpose is stated.</p>\n".to_owned();
    }
    let all = review.purposes.iter().map(|purpose| {
        let words = purpose.purposes.join(", ");
        let shown = match purpose.shown_by.as_slice() {
            [] => "<span class=\"missing\">no KPI shows it</span>".to_owned(),
            shown => format!("shown by {}", escaped(&shown.join(", "))),
        };
        format!(
            "<p class=\"purpose\"><b>{}</b> <span class=\"faint\">{}</span> {shown}</p>\n",
            escaped(&purpose.title),
            escaped(&words)
        )
    });
    all.collect()
}

fn stakes(review: &Review) -> String {
    let Some(stakes) = &review.stakes else {
        return "<p class=\"missing\">No scenario of the contract can be invoiced, so no amounts are known.</p>\n"
            .to_owned();
    };
    let service = tile(
        "The service changes the invoice by",
        &stakes.service.moved.share.to_string(),
        &range(&stakes.service),
    );
    let quality = match &stakes.quality {
        Some(quality) => tile(
            "Quality alone changes it by",
            &quality.moved.share.to_string(),
            &range(quality),
        ),
        None => tile("Quality alone changes it by", "nothing", ""),
    };
    format!(
        "<section class=\"stakes\">\n<p class=\"faint\">In the contract’s example month, {}, with {} charged:</p>\n\
         <div class=\"tiles\">\n{service}{quality}{}</div>\n</section>\n",
        stakes.month,
        figure(&stakes.charged),
        at_risk(stakes)
    )
}

fn range(range: &Range) -> String {
    let rows = [
        ("at its best", &range.best),
        ("at its worst", &range.worst),
        ("between the two", &range.moved.amount),
    ];
    rows.map(|(words, amount)| {
        format!(
            "<p class=\"row\"><span>{words}</span> <span>{}</span></p>",
            figure(amount)
        )
    })
    .concat()
}

/// A tile. Its title and body are markup.
fn tile(title: &str, figure: &str, body: &str) -> String {
    format!(
        "<div class=\"tile\"><h2>{title}</h2><p class=\"figure\">{}</p>{body}</div>\n",
        escaped(figure)
    )
}

/// An amount that no line break splits.
fn figure(figure: &Figure) -> String {
    escaped(&figure.to_string().replace(' ', "\u{a0}"))
}

/// A message in which no line break splits a number.
fn message(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let is_digit = |at: Option<usize>| {
        let sign = at.and_then(|at| signs.get(at));
        sign.is_some_and(char::is_ascii_digit)
    };
    let joined = signs.iter().enumerate().map(|(at, sign)| {
        let within = *sign == ' ' && is_digit(at.checked_sub(1));
        let group = (1..=3).all(|more| is_digit(Some(at + more)));
        let code = (1..=3).all(|more| {
            let sign = signs.get(at + more);
            sign.is_some_and(char::is_ascii_uppercase)
        });
        if within && (group || code) {
            '\u{a0}'
        } else {
            *sign
        }
    });
    in_words(&capital(&joined.collect::<String>()))
}

fn at_risk(stakes: &Stakes) -> String {
    let at_risk = &stakes.at_risk;
    let class = match place(at_risk) {
        Place::Below => "below",
        Place::Within => "within",
        Place::Above => "above",
    };
    let mut rows = vec![("of what is charged", &at_risk.amount)];
    if stakes.before_limits != at_risk.amount {
        rows.push(("before limits", &stakes.before_limits));
    }
    let rows: String = rows
        .into_iter()
        .map(|(words, amount)| {
            format!(
                "<p class=\"row\"><span>{words}</span> <span>{}</span></p>",
                figure(amount)
            )
        })
        .collect();
    format!(
        "<div class=\"tile {class}\"><h2>At risk for the supplier</h2><p class=\"figure\">{}</p>{}<p>{}</p>{rows}<p>{}</p></div>\n",
        escaped(&at_risk.share.to_string()),
        bar(at_risk),
        escaped(&capital(beside_usual(at_risk))),
        in_words(&capital(&stakes.at_risk_in))
    )
}

/// A scale from 0% to 20% of the month, with the usual range marked.
fn bar(share: &Share) -> String {
    let five_hundred = Exact::from_integer(500);
    let hundred = Exact::from_integer(100);
    let position = share.share.value.multiply(&five_hundred).min(hundred);
    format!(
        "<div class=\"scale\" role=\"img\" aria-label=\"{} on a scale from 0% to 20%, on which 10% to 12% is usual\">\
         <span class=\"usual\"></span><span class=\"mark\" style=\"left: {position}%\"></span></div>",
        escaped(&share.share.to_string())
    )
}

/// A list, and the number of items that are left out.
fn list(items: Vec<String>, count: usize, command: &str) -> String {
    if items.is_empty() {
        return "<p>None.</p>\n".to_owned();
    }
    let shown = items.len();
    let items: String = items
        .iter()
        .map(|item| format!("<li>{item}</li>\n"))
        .collect();
    let more = match count.saturating_sub(shown) {
        0 => String::new(),
        more => format!("<p class=\"faint\">and {more} more: <code>{command}</code></p>\n"),
    };
    format!("<ul>\n{items}</ul>\n{more}")
}
