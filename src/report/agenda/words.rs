//! How often something is due, in words.

use crate::agenda::{Event, Often};

/// `each quarter, by its last day`
pub(super) fn how_often(event: &Event) -> Option<String> {
    let repeats = event.repeats?;
    Some(match repeats.often {
        Often::Daily => "each day".to_owned(),
        Often::Weekly => "each week, by its last day".to_owned(),
        Often::Fortnightly => "every two weeks".to_owned(),
        Often::Monthly => "each month, by its last day".to_owned(),
        Often::Quarterly => "each quarter, by its last day".to_owned(),
        Often::HalfYearly => "each half-year, by its last day".to_owned(),
        Often::YearlyOnTheDay => format!("each year, by {}", event.due.strftime("%-d %B")),
        Often::AfterMonth { days, working } => {
            let days = match (days, working) {
                (1, false) => "1 day".to_owned(),
                (1, true) => "1 working day".to_owned(),
                (many, false) => format!("{many} days"),
                (many, true) => format!("{many} working days"),
            };
            format!("each month, within {days} after its end")
        }
    })
}
