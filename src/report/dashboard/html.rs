//! Scorecards as a page for a browser or a printer.

use crate::quantity::Exact;
use crate::report::amount::grouped;
use crate::report::chart::spark;
use crate::report::escape::markup::{escaped, in_words, name};
use crate::report::page::{Page, STYLE};
use crate::report::words::notice_kind_title;

use super::words::{
    brief, called, due, heading, is_bad, kind_sum, missed, months, moved, nearest, open, paid,
    paid_in_year, plainly, right, run, standing,
};
use super::{Dashboard, Kpi, Section, Standing, Sum};

/// What only scorecards have.
const OWN_STYLE: &str = include_str!("html/style.css");

/// The page.
#[must_use]
pub fn render(dashboard: &Dashboard) -> String {
    let title = heading(dashboard);
    let mut body = String::from("<main>\n");
    if dashboard.sections.len() > 1 {
        body.push_str(&format!(
            "<header>\n<h1>{}</h1>\n</header>\n{}",
            name(&title),
            summary(dashboard)
        ));
    }
    for (at, section) in dashboard.sections.iter().enumerate() {
        let top = if dashboard.sections.len() > 1 { 2 } else { 1 };
        body.push_str(&one(section, at, top));
    }
    body.push_str(&format!(
        "<footer><p>Each amount was computed by the exact evaluator of quidpro {}. A clause that reads several KPIs counts for each of them, \
         so that what the KPIs paid does not add up to the invoice.</p></footer>\n</main>\n",
        env!("CARGO_PKG_VERSION")
    ));
    Page {
        generator: "quidpro dashboard",
        title: &title,
        styles: &[STYLE, OWN_STYLE],
        body: &body,
    }
    .render()
}

fn scroll(label: &str, table: &str) -> String {
    format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">\n{table}</div>\n",
        name(label)
    )
}

/// A name for a table that no other table of the page has.
fn label(what: &str, section: &Section) -> String {
    format!("{what}: {}, {}", called(section), section.file)
}

fn summary(dashboard: &Dashboard) -> String {
    let rows = dashboard.sections.iter().enumerate().map(|(at, section)| {
        let currency = section.currency;
        let of = |key: &str| grouped(&kind_sum(section, key).year, currency);
        format!(
            "<tr><th scope=\"row\"><a href=\"#s{at}\">{}</a>, {currency}</th><td class=\"month\">{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td>\
             <td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td>{}</td></tr>\n",
            name(&called(section)),
            section.month,
            escaped(&plainly(section.invoice.month.as_ref(), currency)),
            escaped(&plainly(Some(&section.invoice.year), currency)),
            escaped(&of("credit")),
            escaped(&of("bonus")),
            missed(section),
            name(&nearest(section).unwrap_or_else(|| "–".to_owned())),
        )
    });
    let table = format!(
        "<table>\n<thead><tr><th scope=\"col\">Contract</th><th scope=\"col\">Month</th><th class=\"number\" scope=\"col\">Invoice</th>\
         <th class=\"number\" scope=\"col\">Year to date</th><th class=\"number\" scope=\"col\">Credits, year</th><th class=\"number\" scope=\"col\">Bonuses, year</th>\
         <th class=\"number\" scope=\"col\">KPIs missed</th><th scope=\"col\">Nearest termination</th></tr></thead>\n<tbody>\n{}</tbody>\n</table>\n",
        rows.collect::<String>()
    );
    scroll("All contracts", &table)
}

fn one(section: &Section, at: usize, top: u8) -> String {
    let refused = if section.refused.is_empty() {
        String::new()
    } else {
        format!(
            "<p class=\"bad strong\">{} has no invoice: {}</p>\n",
            section.month,
            in_words(&section.refused)
        )
    };
    let source = format!("{}. {}, {}.", months(section), section.file, section.data);
    format!(
        "<section id=\"s{at}\">\n<header>\n<h{top}>{}</h{top}>\n<p class=\"faint\">{}</p>\n{refused}</header>\n{}{}{}{}{}{}</section>\n",
        name(&called(section)),
        name(&source),
        tiles(section),
        kpis(section, top + 1),
        amounts(section, top + 1),
        failures(section, top + 1),
        notices(section, top + 1),
        obligations(section, top + 1),
    )
}

fn tiles(section: &Section) -> String {
    let currency = section.currency;
    let tile = |title: &str, figure: &str, below: &str| {
        format!(
            "<div class=\"tile\"><p class=\"faint\">{title}</p><p class=\"figure\">{}</p><p class=\"faint\">{}</p></div>\n",
            escaped(figure),
            escaped(below)
        )
    };
    let year = |sum: &Sum| format!("{} in the year", grouped(&sum.year, currency));
    let of = |key: &str, title: &str| {
        let sum = kind_sum(section, key);
        tile(title, &plainly(sum.month.as_ref(), currency), &year(&sum))
    };
    let mut out = tile(
        &format!("Invoice, {currency}"),
        &plainly(section.invoice.month.as_ref(), currency),
        &year(&section.invoice),
    );
    out.push_str(&of("credit", "Service credits"));
    out.push_str(&of("bonus", "Bonuses"));
    let sum = section
        .open
        .iter()
        .fold(Exact::zero(), |sum, one| sum.add(&one.amount));
    let taken = kind_sum(section, "earn_back").year;
    let taken = format!("{} taken in the year", grouped(&taken, currency));
    out.push_str(&tile("Earn-backs open", &grouped(&sum, currency), &taken));
    format!("<div class=\"tiles\">\n{out}</div>\n")
}

fn kpis(section: &Section, level: u8) -> String {
    if section.kpis.is_empty() {
        return "<p>The contract measures nothing.</p>\n".to_owned();
    }
    let rows: String = section.kpis.iter().map(|one| kpi(one, section)).collect();
    let table = format!(
        "<table class=\"kpis\">\n<thead><tr><th scope=\"col\">KPI</th><th class=\"number\" scope=\"col\">Value</th><th class=\"number\" scope=\"col\">Target</th>\
         <th class=\"number\" scope=\"col\">Critical</th><th scope=\"col\">Last {} months</th><th scope=\"col\">Standing</th>\
         <th class=\"number\" scope=\"col\">Paid, {}</th><th class=\"number\" scope=\"col\">Paid, year</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n",
        section.totals.len(),
        section.currency
    );
    format!(
        "<h{level}>KPIs</h{level}>\n{}",
        scroll(&label("KPIs", section), &table)
    )
}

fn kpi(kpi: &Kpi, section: &Section) -> String {
    let currency = section.currency;
    let title = kpi.title.clone().unwrap_or_else(|| kpi.name.clone());
    let mut below = Vec::new();
    if kpi.title.is_some() {
        below.push(format!("<code>{}</code>", name(&kpi.name)));
    }
    below.extend(kpi.clause.as_deref().map(name));
    below.extend(
        kpi.sample
            .as_ref()
            .map(|sample| format!("of {}", name(&sample.size.to_string()))),
    );
    let below = if below.is_empty() {
        String::new()
    } else {
        format!("<br><span class=\"faint\">{}</span>", below.join(", "))
    };
    let class = match kpi.standing {
        _ if is_bad(kpi) => "bad strong",
        Standing::Met => "good",
        _ => "faint",
    };
    let moved = moved(kpi).map_or_else(String::new, |(arrow, word)| {
        format!("<br><span class=\"faint\">{arrow} {word}</span>")
    });
    let values: Vec<Option<Exact>> = kpi.trend.iter().map(|(_, value)| value.clone()).collect();
    let told: Vec<String> = kpi
        .trend
        .iter()
        .map(|(month, value)| format!("{month} {}", brief(&kpi.kind, value.as_ref())))
        .collect();
    let picture = spark(
        &values,
        kpi.target.as_ref(),
        &format!("{title}: {}", told.join(", ")),
    );
    format!(
        "<tr><th scope=\"row\">{}{below}</th><td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"trend\">{picture}</td>\
         <td><span class=\"{class}\">{}</span>{moved}</td><td class=\"number\">{}</td><td class=\"number\">{}</td></tr>\n",
        name(&title),
        escaped(&brief(&kpi.kind, kpi.value.as_ref())),
        escaped(&brief(&kpi.kind, kpi.target.as_ref())),
        escaped(&brief(&kpi.kind, kpi.critical.as_ref())),
        standing(kpi),
        escaped(&paid(kpi, kpi.paid.month.as_ref(), currency)),
        escaped(&paid_in_year(kpi, currency)),
    )
}

fn amounts(section: &Section, level: u8) -> String {
    let currency = section.currency;
    let rows = section.kinds.iter().map(|(kind, sum)| {
        format!(
            "<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td><td class=\"number\">{}</td></tr>\n",
            kind.title(),
            escaped(&plainly(sum.month.as_ref(), currency)),
            escaped(&plainly(Some(&sum.year), currency))
        )
    });
    let totals: Vec<Option<Exact>> = section
        .totals
        .iter()
        .map(|(_, total)| total.clone())
        .collect();
    let told: Vec<String> = section
        .totals
        .iter()
        .map(|(month, total)| format!("{month} {}", plainly(total.as_ref(), currency)))
        .collect();
    let picture = spark(&totals, None, &format!("Invoices: {}", told.join(", ")));
    let table = format!(
        "<table>\n<thead><tr><th scope=\"col\">{currency}</th><th class=\"number\" scope=\"col\">{}</th><th class=\"number\" scope=\"col\">Year to date</th></tr></thead>\n<tbody>\n{}</tbody>\n\
         <tfoot><tr><th scope=\"row\">Invoice</th><td class=\"number\">{}</td><td class=\"number\">{}</td></tr></tfoot>\n</table>\n",
        section.month,
        rows.collect::<String>(),
        escaped(&plainly(section.invoice.month.as_ref(), currency)),
        escaped(&plainly(Some(&section.invoice.year), currency))
    );
    format!(
        "<h{level}>Money</h{level}>\n{}<p class=\"faint trend\">Invoices of the last {} months {picture}</p>\n",
        scroll(&label("Money", section), &table),
        section.totals.len()
    )
}

fn failures(section: &Section, level: u8) -> String {
    let levels = section.levels.iter().map(|level| {
        let clause = level.clause.as_deref();
        let clause = clause.map_or_else(String::new, |clause| {
            format!(" <span class=\"faint\">{}</span>", name(clause))
        });
        let rights = level.rights.iter().map(|one| {
            let class = if one.missing().is_zero() {
                " class=\"bad strong\""
            } else {
                ""
            };
            format!("<li{class}>{}</li>\n", name(&right(one)))
        });
        let rights: String = rights.collect();
        let rights = if rights.is_empty() {
            rights
        } else {
            format!("\n<ul>\n{rights}</ul>\n")
        };
        format!(
            "<li><code>{}</code>{clause}: {}{rights}</li>\n",
            name(&level.name),
            run(level.run)
        )
    });
    let open = section
        .open
        .iter()
        .map(|one| format!("<li>{}</li>\n", name(&open(one, section.currency))));
    titled(
        level,
        "Failures and what they lead to",
        &levels.collect::<String>(),
    ) + &titled(
        level,
        "Credits that can be earned back",
        &open.collect::<String>(),
    )
}

fn notices(section: &Section, level: u8) -> String {
    let items = section.notices.iter().map(|notice| {
        format!(
            "<li><span class=\"strong\">{}</span> <code>{}</code>: {}</li>\n",
            notice_kind_title(notice.kind),
            name(&notice.name),
            name(&notice.text)
        )
    });
    titled(level, "Notices of the month", &items.collect::<String>())
}

fn obligations(section: &Section, level: u8) -> String {
    let items = section
        .due
        .events
        .iter()
        .map(|event| format!("<li>{}: {}</li>\n", event.day, name(&due(event))));
    titled(
        level,
        &format!("Due from {} to {}", section.due.from, section.due.to),
        &items.collect::<String>(),
    )
}

fn titled(level: u8, title: &str, items: &str) -> String {
    if items.is_empty() {
        return String::new();
    }
    format!("<h{level}>{title}</h{level}>\n<ul>\n{items}</ul>\n")
}
