//! Service points, at-risk amounts, credits and bonuses, in prose.

use crate::model::facts::{
    AtRisk, Award, AwardKind, AwardTerms, Every, Excuse, Points, PointsRepeat, PoolPart, PoolShare,
    Within,
};

use super::quality::bands;
use super::settling::replaced;
use super::words::{Words, applied, period, settled};
use super::{Clause, Part};

/// The service points, one clause each.
pub(super) fn points(words: &Words<'_>, points: &[Points]) -> Vec<Clause> {
    let each = points.iter().map(|one| {
        let Points {
            head,
            dimension,
            terms,
            every,
            excused,
            grace,
            excused_breaks,
            repeated,
            no_value_excused,
        } = one;
        let term = format!("{}{}", words.term(head), words.each(dimension.as_ref()));
        let mut parts = terms_of(
            words,
            &format!("The Supplier is charged service points, {term}, {}", settled(*every)),
            terms,
            "Points",
        );
        let period = period(*every);
        let mut all: Vec<String> = Vec::new();
        all.extend(excused.iter().map(|one| excuse(words, one, period)));
        if let Some(grace) = grace {
            let months = words.value(&grace.what);
            all.push(format!("The first {} months of the term are excused.", months.trim_end_matches(" months")));
        }
        if *no_value_excused {
            all.push(format!("A {period} without a value is excused."));
        }
        if let Some(breaks) = excused_breaks {
            let what = if breaks.what { "ends a run of failures" } else { "neither ends nor extends a run of failures" };
            all.push(format!("An excused {period} has no points and {what}."));
        }
        if let Some(repeated) = repeated {
            let PointsRepeat {
                factor,
                compounding,
            } = &repeated.what;
            let factor = words.value(factor);
            let factor = factor.trim_start_matches("times ");
            all.push(format!("A {period} with more than no points is a failure."));
            all.push(match compounding {
                Some(true) => format!("With each further failure in a row the points are multiplied by {factor} once more."),
                _ => format!(
                    "From the second failure in a row on the points count {factor} times; they are not multiplied again for later ones."
                ),
            });
        }
        if !all.is_empty() {
            parts.push(Part::Text(all.join(" ")));
        }
        words.clause(head, parts)
    });
    each.collect()
}

fn excuse(words: &Words<'_>, excuse: &Excuse, period: &str) -> String {
    let Excuse {
        condition,
        within,
        span: _,
    } = excuse;
    let within = match within {
        Some(Within::Any) => " in any of its months",
        Some(Within::Every) => " in each of its months",
        Some(Within::Last) => " in its last month",
        None => "",
    };
    format!(
        "A {period} is excused if {}{within}.",
        words.condition(condition)
    )
}

/// An amount, or bands of a measure, after an opening.
fn terms_of(
    words: &Words<'_>,
    opening: &str,
    terms: &AwardTerms,
    column: &'static str,
) -> Vec<Part> {
    match terms {
        AwardTerms::Amount(amount) => {
            vec![Part::Text(format!("{opening}: {}.", words.value(amount)))]
        }
        AwardTerms::Bands(on, all) => {
            let mut parts = vec![Part::Text(format!("{opening}, by {}:", words.value(on)))];
            parts.extend(bands(words, all, ["Value", column]));
            if !all
                .all
                .iter()
                .any(|band| matches!(band.reach, crate::model::facts::Reach::Otherwise))
            {
                parts.push(Part::Text(
                    "Outside of these bands nothing is due.".to_owned(),
                ));
            }
            parts
        }
    }
}

/// The at-risk amounts, one clause each.
pub(super) fn pools(words: &Words<'_>, pools: &[AtRisk]) -> Vec<Clause> {
    let each = pools.iter().map(|pool| {
        let AtRisk {
            head,
            amount,
            every,
            parts,
            may_exceed,
        } = pool;
        let exceed = if *may_exceed { " The categories may exceed 100%." } else { "" };
        let text = format!(
            "The amount at risk in each {} is {}. A failure of a service level below costs that amount times the share of its category, if \
             it has one, times its own share; what is agreed for the service level on excuses, repetition and return applies to it. \
             The credits of the {} together never exceed the amount; if they would, they are cut in proportion.{exceed}",
            period(*every),
            words.value(amount),
            period(*every)
        );
        let mut rows = Vec::new();
        let share = |category: &str, of: &str, one: &PoolShare| {
            let PoolShare { level, share } = one;
            vec![category.to_owned(), of.to_owned(), words.link(level), words.value(share)]
        };
        for part in parts {
            match part {
                PoolPart::Category {
                    name,
                    share: of,
                    levels,
                } => {
                    let (name, of) = (name.replace('_', " "), words.value(of));
                    rows.extend(levels.iter().map(|one| share(&name, &of, one)));
                    if levels.is_empty() {
                        rows.push(vec![name, of, "none".to_owned(), String::new()]);
                    }
                }
                PoolPart::Level(one) => rows.push(share("", "", one)),
            }
        }
        words.clause(
            head,
            vec![
                Part::Text(text),
                Part::table(vec!["Category", "Its share", "Service level", "Share"], rows),
            ],
        )
    });
    each.collect()
}

/// The credits or the bonuses, one clause each.
pub(super) fn awards(words: &Words<'_>, awards: &[Award], of: AwardKind) -> Vec<Clause> {
    let wanted = awards.iter().filter(|award| award.kind == of);
    wanted.map(|award| self::award(words, award)).collect()
}

fn award(words: &Words<'_>, award: &Award) -> Clause {
    let Award {
        head,
        kind,
        dimension,
        terms,
        every,
        when,
        in_every_month,
        applied: application,
        in_place,
    } = award;
    let each = words.each(dimension.as_ref());
    let (who, what) = match kind {
        AwardKind::Credit => ("Customer", "credit"),
        AwardKind::Bonus => ("Supplier", "bonus"),
    };
    let settled = settled(every.unwrap_or(Every::Month));
    let opening = format!(
        "The {who} receives the {what} {}{each}, {settled}",
        words.term(head)
    );
    let column = if *kind == AwardKind::Credit {
        "Credit"
    } else {
        "Bonus"
    };
    let mut parts = terms_of(words, &opening, terms, column);
    let mut after = Vec::new();
    if let Some(when) = when {
        let when = words.condition(when);
        after.push(if *in_every_month {
            format!("It is due only if {when} in every month of the period that has a value, and at least one has.")
        } else {
            format!("It is due only if {when}.")
        });
    }
    if let Some((to, _)) = application {
        after.push(format!("It is settled {}.", applied(*to)));
    }
    after.extend(in_place.as_ref().map(|one| replaced(words, one)));
    if !after.is_empty() {
        parts.push(Part::Text(after.join(" ")));
    }
    words.clause(head, parts)
}
