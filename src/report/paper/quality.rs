//! Bands, scorecards and adjustments, in prose.

use crate::model::facts::{
    Adjustment, Band, Bands, ChargeTarget, Reach, Ruling, Scorecard, Value, Weighted,
};

use super::words::{Words, comparison};
use super::{Clause, Part};

/// Bands as a table, with what their order means.
pub(super) fn bands(words: &Words<'_>, bands: &Bands, columns: [&'static str; 2]) -> Vec<Part> {
    let rows = bands.all.iter().map(|band| {
        let Band {
            reach: _,
            value,
            ruling,
            span: _,
        } = band;
        let ruling = match ruling {
            Some(Ruling::InPlace) => ", in place of the row before",
            Some(Ruling::OnTop) => ", in addition to the rows before",
            None => "",
        };
        vec![
            self::reach(words, band),
            format!("{}{ruling}", words.value(value)),
        ]
    });
    let mut parts = vec![Part::Table(columns.to_vec(), rows.collect())];
    if bands.all.iter().all(|band| band.ruling.is_none())
        && bands
            .all
            .iter()
            .filter(|band| matches!(band.reach, Reach::Side(..)))
            .count()
            > 1
    {
        parts.push(Part::Text("The first row that fits counts.".to_owned()));
    }
    parts
}

/// Bands in one cell of a table: `below 3.6: 0; otherwise 100`.
fn in_one(words: &Words<'_>, bands: &Bands) -> String {
    let all = bands.all.iter().map(|band| {
        let value = words.value(&band.value);
        match band.reach {
            Reach::Otherwise => format!("otherwise {value}"),
            _ => format!("{}: {value}", reach(words, band)),
        }
    });
    all.collect::<Vec<_>>().join("; ")
}

/// How far a band reaches.
pub(super) fn reach(words: &Words<'_>, band: &Band) -> String {
    let value = |value: &Value| words.value(value);
    match &band.reach {
        Reach::Side(how, at) => format!("{} {}", comparison(*how), value(at)),
        Reach::Exactly(at) => format!("exactly {}", value(at)),
        Reach::Range {
            from,
            from_included,
            to,
            to_included,
        } => {
            let from = if *from_included {
                format!("at least {}", value(from))
            } else {
                format!("above {}", value(from))
            };
            let to = if *to_included {
                format!("at most {}", value(to))
            } else {
                format!("below {}", value(to))
            };
            format!("{from} and {to}")
        }
        Reach::Otherwise => "otherwise".to_owned(),
        Reach::NoValue => "no value".to_owned(),
    }
}

/// The scorecards, one clause each.
pub(super) fn scorecards(words: &Words<'_>, scorecards: &[Scorecard]) -> Vec<Clause> {
    let each = scorecards.iter().map(|scorecard| {
        let Scorecard {
            head,
            arms,
            rounded,
            nodes: _,
        } = scorecard;
        let mut text = format!(
            "{} is the sum of the marks below, each multiplied by its weight. In each row the first band that fits counts.",
            words.term(head)
        );
        if let Some(rounded) = rounded {
            text += &format!(" It is {}.", words.rounded(rounded));
        }
        let rows = arms.iter().map(|arm| {
            let Weighted {
                weight,
                metric,
                bands,
                span: _,
            } = arm;
            vec![words.link(metric), words.value(weight), in_one(words, bands)]
        });
        words.clause(
            head,
            vec![
                Part::Text(text),
                Part::Table(vec!["KPI", "Weight", "Mark"], rows.collect()),
            ],
        )
    });
    each.collect()
}

/// The adjustments, one clause each.
pub(super) fn adjustments(words: &Words<'_>, adjustments: &[Adjustment]) -> Vec<Clause> {
    let each = adjustments.iter().map(|adjustment| {
        let Adjustment {
            head,
            target,
            by,
            bands,
        } = adjustment;
        let of = match target {
            ChargeTarget::All => "the Charges".to_owned(),
            ChargeTarget::Named(links) => words.links(links),
        };
        let text = format!(
            "{} is raised or lowered, in a line of its own, by a share of the amount charged that depends on {}:",
            super::words::capital(&of),
            words.value(by)
        );
        let mut parts = vec![Part::Text(text)];
        parts.extend(self::bands(words, bands, ["Value", "Change"]));
        Clause {
            title: format!("Adjustment of {of}"),
            ..words.clause(head, parts)
        }
    });
    each.collect()
}
