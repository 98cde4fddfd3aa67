//! The good contract around the examples on the rules' pages.

use quidpro::syntax::parse;
use quidpro::syntax::tree::{AdjustTarget, Item, ItemKind};
use quidpro::text::Sources;

/// A contract to which no rule objects, by items. A page's example replaces the items with the same key, and leaves out
/// those that it names after `# without:`.
const ITEMS: &str = r#"
  customer "Streamly B.V."
  supplier "Bluebird Support Ltd"
  currency EUR
  term 2026-01-01 to 2028-12-31
  invoice monthly, due in 30 days
  round each line half up to 0.01 EUR
  objective care "Good service" { purpose quality; measured by csat at least 4.2, fcr at least 75% }
  input offered         : calls    from "ACD" by both
  input answered_in_20s : calls    from "ACD" by both
  input handled         : contacts from "Helpdesk" by both
  input resolved_first  : contacts from "Helpdesk" by both
  input audits          : contacts from "QA suite" by both
  input audit_points    : points   from "QA suite" by both
  input surveys         : surveys  from "Survey tool" by customer
  input survey_points   : points   from "Survey tool" by customer
  input forecast        : calls    from "Planning" by customer
  input outage          : yes or no from "Status page" by customer
  metric service_level is timeliness, percent, higher is better { answered_in_20s / offered; if nothing to measure, no invoice }
  metric csat is satisfaction, 1 to 5, higher is better { survey_points / surveys; needs surveys >= 50, otherwise last known value }
  metric fcr is resolution, percent, higher is better { resolved_first / handled; if nothing to measure, no invoice }
  metric qa is quality, 0 to 100, higher is better { audit_points / audits; needs audits >= 20, otherwise last known value }
  minimum 40_000 EUR each month, after credits
  charge handling for handled graduated { up to 10_000 at 4.20 EUR; beyond at 3.60 EUR }
  scorecard experience {
    40% csat { below 3.8: 0; below 4.2: 60; otherwise 100 }
    30% fcr  { below 65%: 0; below 75%: 60; otherwise 100 }
    30% qa   { below 80: 0; below 90: 60; otherwise 100 }
  }
  adjust handling by experience { below 60: -10%; below 95: 0%; otherwise +5% }
  service level speed on service_level {
    target 80% each month
    excused when outage
    excused when offered > 115% of forecast
    excused in the first 2 months
    excused month keeps the run
    credit 2% of charges
    terminate after 3 failures in 6 months
  }
  credit content on csat { below 3.8: 2_000 EUR }
  limit credits and reductions to 12% of charges each month, the excess lapses
  credits applied to this invoice
  limit bonuses to 5% of charges each month
  training { 60 hours per agent before go-live; materials "Academy"; refreshed quarterly; certified by customer }
  knowledge { base "Help centre"; owner customer; reviewed monthly; access for both }
  quality assurance { platform "QA suite"; 8 audits per agent per month; random sample; calibrated monthly; pass mark 86%; feedback to agents within 3 days }
  feedback { customer feedback to "Product" weekly; agent feedback to "Knowledge owners" monthly }
  escalation { level 1 "Team lead" within 1 hour; level 2 "Manager" within 4 hours; disputes to "Expert" within 20 days }
  governance { operations review weekly; business review quarterly; site visit half-yearly; dashboard "KPI board"; customer contact "Head of care"; supplier contact "Account director"; process owner "Head of care"; recognition "Team of the quarter" }
  tools { system of record "Helpdesk"; shared "ACD reports"; access for both }
  transition { plan "Transition plan"; 10 weeks; ramp-up 2 months; reviewed weekly; accepted by customer }
  exit { plan "Exit plan"; assistance 6 months; data returned within 30 days; knowledge handed over within 30 days }
  renewal { if csat at least 4.2; decided 180 days before the end }
  measurement { data within 5 working days; late data delays the invoice; corrections within 60 days on the next invoice; time zone "CET"; service hours "Always"; abandoned contacts counted; transfers counted once }
  scenario "A usual month" for 2026-03 {
    given offered = 20_000, answered_in_20s = 17_000, handled = 18_000, resolved_first = 14_000
    given audits = 100, audit_points = 9_100, surveys = 400, survey_points = 1_720, forecast = 20_000, outage = no
    expect charge handling = 70_800 EUR
  }
"#;

/// The contract with the fragment's items in place of its own.
pub fn framed(fragment: &str) -> String {
    let mut without: Vec<String> = Vec::new();
    for line in fragment.lines() {
        if let Some(names) = line.trim().strip_prefix("# without:") {
            without.extend(names.split(',').map(|name| name.trim().to_owned()));
        }
    }
    without.extend(items(fragment).into_iter().map(|(key, _)| key));
    let kept = items(ITEMS)
        .into_iter()
        .filter(|(key, _)| !without.contains(key))
        .map(|(_, text)| format!("  {text}\n"));
    let kept: String = kept.collect();
    format!("contract framed \"Framed\" {{\n{kept}{fragment}\n}}\n")
}

/// The items of a text with the keys by which they are replaced: the declared name, or the kind of item.
fn items(text: &str) -> Vec<(String, String)> {
    let text = format!("contract x {{\n{text}\n}}\n");
    let mut sources = Sources::new();
    let file = sources.add("fragment.quid", text.as_str());
    let parsed = parse(file, &text);
    let contract = &parsed.tree.contracts[0];
    contract
        .items
        .iter()
        .map(|item| (key(item), sources.slice(item.span).to_owned()))
        .collect()
}

fn key(item: &Item) -> String {
    match &item.kind {
        ItemKind::Adjust(adjust) => match &adjust.target {
            AdjustTarget::AllCharges(_) | AdjustTarget::Named(_) => "adjustment".to_owned(),
        },
        ItemKind::Partnership(clause) => words_of(&format!("{:?}", clause.kind)),
        ItemKind::Scenario(_) => "scenario".to_owned(),
        ItemKind::Applied(_) => "awards".to_owned(),
        ItemKind::Limit(limit) => format!("limit {}", limit.subjects.len()),
        kind => name(kind),
    }
}

fn name(kind: &ItemKind) -> String {
    let named = match kind {
        ItemKind::Input(item) => Some(&item.name),
        ItemKind::Metric(item) => Some(&item.name),
        ItemKind::Let(item) => Some(&item.name),
        ItemKind::Charge(item) => Some(&item.name),
        ItemKind::Scorecard(item) => Some(&item.name),
        ItemKind::ServiceLevel(item) => Some(&item.name),
        ItemKind::Award(item) => Some(&item.name),
        ItemKind::Objective(item) => Some(&item.name),
        ItemKind::Notice(item) => Some(&item.name),
        ItemKind::Tax(item) => Some(&item.name),
        _ => None,
    };
    match named {
        Some(name) => name.text.clone(),
        None => format!("{kind:?}")
            .split('(')
            .next()
            .unwrap()
            .to_lowercase(),
    }
}

/// `quality assurance` for `QualityAssurance`.
fn words_of(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}
