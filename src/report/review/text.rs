//! The state of a contract, on one screen.

use crate::report::escape::terminal::on_one_line;
use crate::report::layout::{WIDTH, blanks, hanging, pad_left, pad_right, width, wrap};
use crate::review::{Review, Stakes};

use super::words::{
    beside_usual, capital, cost, counted, measured_by, moves, parties, targets, waiver,
};
use super::{ContractReview, SHOWN_CONCERNS, SHOWN_QUESTIONS, SHOWN_WAIVERS};

/// The page.
#[must_use]
pub fn render(contract: ContractReview<'_>) -> String {
    let review = contract.review;
    let title = review.title.as_ref().unwrap_or(&review.contract);
    let mut out = hanging("", &format!("{} · {}", on_one_line(title), contract.file));
    out += &hanging("", &on_one_line(&parties(review)));
    out += &section("Purpose", purpose(review));
    out += &stakes(review);
    out += &section("Measures", measures(review));
    out += &section("Limits", bounds(review));
    out += &section("Partnership", partnership(review));
    out += &section(
        &format!("Findings: {}", counted(&review.concerns)),
        concerns(review),
    );
    if !review.waivers.is_empty() {
        out += &section(
            &format!("Waivers in force: {}", review.waivers.len()),
            waivers(review),
        );
    }
    out += &section(
        &format!("Open questions: {}", review.questions.len()),
        questions(review),
    );
    out
}

fn section(title: &str, body: String) -> String {
    format!("\n{title}\n{body}")
}

fn line(text: &str) -> String {
    hanging("  ", &on_one_line(text))
}

fn purpose(review: &Review) -> String {
    if review.purposes.is_empty() {
        return line("none is stated");
    }
    let all = review.purposes.iter().map(|purpose| {
        let mut text = purpose.title.clone();
        if !purpose.purposes.is_empty() {
            text += &format!(" ({})", purpose.purposes.join(", "));
        }
        if !purpose.shown_by.is_empty() {
            text += &format!(", shown by {}", purpose.shown_by.join(", "));
        }
        line(&text)
    });
    all.collect()
}

fn stakes(review: &Review) -> String {
    let Some(stakes) = &review.stakes else {
        let none = "no scenario of the contract can be invoiced, so no amounts are known";
        return section("What depends on the service", line(none));
    };
    let title = format!(
        "What depends on the service in {}, with {} charged",
        stakes.month, stakes.charged
    );
    let rows = rows(stakes);
    let names = rows.iter().map(|[name, ..]| width(name)).max();
    let amounts = rows.iter().map(|[_, amount, _]| width(amount)).max();
    let body: String = rows
        .iter()
        .map(|[name, amount, words]| {
            let first = format!(
                "  {}  {}  ",
                pad_right(name, names.unwrap_or(0)),
                pad_left(amount, amounts.unwrap_or(0))
            );
            hanging(&first, words)
        })
        .collect();
    section(&title, body)
}

fn rows(stakes: &Stakes) -> Vec<[String; 3]> {
    let row = |name: &str, amount: &dyn ToString, words: String| {
        [name.to_owned(), amount.to_string(), words]
    };
    let service = &stakes.service;
    let mut rows = vec![
        row(
            "the invoice, with every KPI at its best",
            &service.best,
            String::new(),
        ),
        row("with every KPI at its worst", &service.worst, String::new()),
        row(
            "so the service changes it by",
            &service.moved.amount,
            format!("{} of the best", service.moved.share),
        ),
    ];
    rows.push(match &stakes.quality {
        Some(quality) => row(
            "and quality alone",
            &quality.moved.amount,
            format!("{} of the best", quality.moved.share),
        ),
        None => row("and quality alone", &"nothing", String::new()),
    });
    let at_risk = &stakes.at_risk;
    let mut words = format!(
        "{} of what is charged; {}",
        at_risk.share,
        beside_usual(at_risk)
    );
    if stakes.before_limits != at_risk.amount {
        words += &format!("; {} before limits", stakes.before_limits);
    }
    words += &format!("; {}", stakes.at_risk_in);
    rows.push(row("at risk for the supplier", &at_risk.amount, words));
    rows
}

fn measures(review: &Review) -> String {
    if review.measures.is_empty() {
        return line("nothing is measured");
    }
    let mut rows =
        vec![["KPI", "kind", "target", "measured by", "effect on pay"].map(str::to_owned)];
    rows.extend(review.measures.iter().map(|measure| {
        [
            measure.name.clone(),
            measure.kind.clone().unwrap_or_else(|| "none".to_owned()),
            targets(measure),
            measured_by(measure),
            moves(measure),
        ]
    }));
    table(&rows) + &reporters(review)
}

fn reporters(review: &Review) -> String {
    let all: Vec<String> = review
        .reporters
        .iter()
        .map(|reporting| format!("{} {}", reporting.by, reporting.inputs.len()))
        .collect();
    if all.is_empty() {
        return String::new();
    }
    line(&format!(
        "figures that change the pay, by who reports them: {}",
        all.join(", ")
    ))
}

fn bounds(review: &Review) -> String {
    if review.bounds.is_empty() {
        return line("none: nothing limits the invoice, or what is taken off it");
    }
    let all = review.bounds.iter().map(|bound| {
        let mut text = bound.words.clone();
        if let Some(amount) = &bound.amount {
            text += &format!(": {amount}");
        }
        if let Some(clause) = &bound.clause {
            text += &format!(" · {clause}");
        }
        line(&text)
    });
    all.collect()
}

fn partnership(review: &Review) -> String {
    let of = |agreed: bool| {
        let parts = review.partnership.iter();
        let names = parts
            .filter(|part| part.agreed == agreed)
            .map(|part| part.about);
        names.collect::<Vec<_>>().join(", ")
    };
    let mut out = String::new();
    for (name, parts) in [("agreed  ", of(true)), ("absent  ", of(false))] {
        let parts = if parts.is_empty() {
            "nothing"
        } else {
            parts.as_str()
        };
        out += &hanging(&format!("  {name}"), parts);
    }
    for part in &review.partnership {
        for gap in &part.gaps {
            out += &hanging("  missing ", &format!("{}: {gap}", part.about));
        }
    }
    out
}

fn concerns(review: &Review) -> String {
    let shown = review.concerns.iter().take(SHOWN_CONCERNS);
    let mut out: String = shown
        .map(|concern| {
            let text = format!(
                "{}{} · {}",
                capital(&concern.message),
                cost(concern),
                concern.rule
            );
            hanging("  - ", &on_one_line(&text))
        })
        .collect();
    out += &more(review.concerns.len(), SHOWN_CONCERNS, "quidpro check --all");
    out
}

fn waivers(review: &Review) -> String {
    let shown = review.waivers.iter().take(SHOWN_WAIVERS);
    let mut out: String = shown
        .map(|one| hanging("  - ", &on_one_line(&waiver(one))))
        .collect();
    out += &more(review.waivers.len(), SHOWN_WAIVERS, "quidpro waivers");
    out
}

fn questions(review: &Review) -> String {
    let shown = review.questions.iter().take(SHOWN_QUESTIONS);
    let mut out: String = shown
        .map(|question| hanging("  - ", &on_one_line(&capital(&question.question))))
        .collect();
    out += &more(review.questions.len(), SHOWN_QUESTIONS, "quidpro questions");
    out
}

fn more(count: usize, shown: usize, command: &str) -> String {
    match count.saturating_sub(shown) {
        0 => String::new(),
        more => hanging("    ", &format!("and {more} more: `{command}` lists them")),
    }
}

/// Columns as wide as their content. If there is too little room, they are wrapped.
fn table(rows: &[[String; 5]]) -> String {
    let mut widths = [0; 5];
    for row in rows {
        for (most, cell) in widths.iter_mut().zip(row) {
            *most = width(cell).max(*most);
        }
    }
    let room = WIDTH.saturating_sub(2 + 2 * 4);
    while widths.iter().sum::<usize>() > room {
        let Some(most) = widths.iter_mut().max() else {
            break;
        };
        *most = most.saturating_sub(1);
    }
    rows.iter().map(|row| table_row(row, widths)).collect()
}

fn table_row(row: &[String; 5], widths: [usize; 5]) -> String {
    let cells: Vec<Vec<String>> = row
        .iter()
        .zip(widths)
        .map(|(cell, columns)| wrap(&on_one_line(cell), columns))
        .collect();
    let lines = cells.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = String::new();
    for at in 0..lines {
        let mut line = blanks(2);
        for (column, (cell, columns)) in cells.iter().zip(widths).enumerate() {
            let text = cell.get(at).map_or("", String::as_str);
            line += &if column == 4 {
                pad_left(text, columns)
            } else {
                pad_right(text, columns) + &blanks(2)
            };
        }
        out += line.trim_end();
        out.push('\n');
    }
    out
}
