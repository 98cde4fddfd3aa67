//! The contract around fragments of the documents.

/// What fragments may refer to without declaring it. A fragment's own item with the same name replaces it.
pub const FRAME: &str = r#"library frame {
  input offered          : calls     nominal 40_000
  input answered_in_time : calls     nominal 36_000
  input abandoned        : calls     nominal 2_000
  input handled          : contacts  nominal 30_000
  input resolved_first   : contacts  nominal 24_000
  input surveys          : surveys   nominal 500
  input survey_points    : points    nominal 2_250
  input productive_hours : hours     nominal 1_000
  input forecast         : calls     nominal 40_000
  input uptime           : percent to 0.1%  nominal 99.9%
  input wait             : seconds   nominal 20
  input tickets          : tickets   nominal 1_000

  metric service_level is timeliness, percent, higher is better { answered_in_time / offered }
  metric csat is satisfaction, 1 to 5, higher is better { survey_points / surveys }
  metric fcr is resolution, percent, higher is better { resolved_first / handled }
  metric asa is timeliness, seconds, lower is better { wait }
}
"#;

/// The file that the section on libraries shows.
pub const KPIS: &str = r#"library kpis "Our KPIs" {
  input offered_calls : calls
  input lost_calls    : calls
  metric loss is abandonment, percent, lower is better { lost_calls / offered_calls; if nothing to measure, no value }
}
"#;

/// The items that every contract needs, each with the word that shows that a fragment has its own.
const NEEDED: &[(&str, &str)] = &[
    ("currency ", "currency EUR"),
    ("term ", "term 2026-01-01 to 2028-12-31"),
    ("round ", "round each line half up to 0.01 EUR"),
    ("charge ", "charge fee \"Monthly fee\" 10_000 EUR per month"),
];

/// The fragment within its frame. A text that already has a contract or library is left as it is.
pub fn framed(fragment: &str) -> String {
    let has = |word: &str| {
        fragment
            .lines()
            .any(|line| line.trim_start().starts_with(word))
    };
    if has("contract ") || has("library ") || has("use ") {
        return fragment.to_owned();
    }
    let mut text = String::from("use \"frame.quid\"\n\ncontract example {\n");
    for (word, item) in NEEDED {
        if !has(word) {
            text.push_str(&format!("  {item}\n"));
        }
    }
    text.push_str(fragment);
    text.push_str("}\n");
    text
}
