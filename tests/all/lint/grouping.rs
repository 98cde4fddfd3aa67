//! Findings on a screen: by clause, the gravest and most costly first, on at most two screens, and none lost.

use quidpro::calendar::Date;
use quidpro::diagnostic::Diagnostic;
use quidpro::driver::{Checking, load};
use quidpro::lint::Settings;
use quidpro::report::findings::ContractFindings;
use quidpro::report::findings::grouped::{InSections, Length, render};

use crate::clause::NoFiles;

/// A contract by someone who thinks that a price is all there is to say.
const BAD: &str = r#"contract desk "Support desk" {
  currency EUR
  term 2026-01-01 to 2027-12-31
  round each line half up to 0.01 EUR

  input calls_offered  : calls
  input calls_answered : calls
  input minutes_talked : minutes
  input agents         : FTE
  metric speed is timeliness, percent, higher is better { calls_answered / calls_offered }
  metric talk is handle_time, minutes per call, lower is better { minutes_talked / calls_answered }

  charge handling for calls_answered at 4.20 EUR
  charge talking  for minutes_talked at 0.20 EUR "Annex 2, 3"
  service level answer on speed "Annex 3" { target 80% each month; credit 2% of charges }
  credit slow on talk { above 6: 2_000 EUR }
  limit credits to 1% of charges each month
  scenario "a month" for 2026-02 {
    given calls_offered = 10_000, calls_answered = 9_000, minutes_talked = 45_000, agents = 40
    expect total = 46_800 EUR
  }
}
"#;

fn found(text: &str) -> (quidpro::driver::Loaded, Vec<Diagnostic>) {
    let settings = Settings::default();
    let loaded = load("bad.quid", text, &NoFiles);
    let findings = loaded.check(&Checking {
        settings: &settings,
        today: Date::constant(2026, 1, 1),
    });
    (loaded, findings)
}

fn shown(text: &str, length: Length) -> (String, Vec<Diagnostic>) {
    let (loaded, findings) = found(text);
    let sections = loaded.sections();
    let contract = ContractFindings {
        file: "bad.quid",
        sources: &loaded.sources,
        findings: &findings,
        extent: quidpro::report::findings::Extent::Everything,
    };
    let of = InSections {
        contract,
        sections: &sections,
    };
    (render(&[of], length, false), findings)
}

#[test]
fn a_bad_contract_takes_two_screens_at_most() {
    let (text, findings) = shown(BAD, Length::TwoScreens);
    assert!(findings.len() > 15, "{}", findings.len());
    assert!(
        text.lines().count() <= 100,
        "{} lines\n{text}",
        text.lines().count()
    );
    for finding in &findings {
        assert!(
            text.contains(finding.code),
            "{} is lost:\n{text}",
            finding.code
        );
    }
}

#[test]
fn everything_is_shown_in_full_if_that_is_asked_for() {
    let (text, findings) = shown(BAD, Length::Everything);
    for finding in &findings {
        let head = format!("[{}]: {}", finding.code, finding.message);
        assert!(text.contains(&head), "{head} is not in\n{text}");
        for help in &finding.help {
            assert!(text.contains(help.as_str()), "{help} is not in\n{text}");
        }
    }
}

#[test]
fn errors_come_first_and_costly_findings_before_others() {
    let broken = BAD.replace("above 6:", "above 6 minutes per hour:");
    let (text, _) = shown(&broken, Length::TwoScreens);
    let error = text.find("error[").unwrap();
    let others = text.find("warning[").unwrap();
    assert!(error < others, "{text}");
    let (loaded, mut findings) = found(BAD);
    for (at, finding) in findings.iter_mut().enumerate() {
        let value = quidpro::quantity::Exact::from_integer(i64::try_from(at).unwrap());
        let kind = quidpro::quantity::Type::Number;
        finding.severity = quidpro::diagnostic::Severity::Warning;
        finding.cost = Some(quidpro::quantity::Figure::new(value, kind));
    }
    let sections = loaded.sections();
    let of = InSections {
        contract: ContractFindings {
            file: "bad.quid",
            sources: &loaded.sources,
            findings: &findings,
            extent: quidpro::report::findings::Extent::Everything,
        },
        sections: &sections,
    };
    let text = render(&[of], Length::Everything, false);
    let costliest = findings.last().unwrap();
    let first = text.find("warning[").unwrap();
    assert!(
        text[first..].starts_with(&format!("warning[{}]", costliest.code)),
        "{text}"
    );
}
