//! The questions, a file for each subject.

mod clauses;
mod extremes;
mod history;
mod invoice;
mod jeopardy;
mod kpi;
mod quality;
mod reductions;
mod steps;
mod zones;

pub use extremes::{Extreme, ExtremeMonth, extreme_month, moved_over_months};
pub use invoice::negative_invoice;
pub use reductions::{Loss, most_taken};

use super::prover::Prover;
use super::question::Question;
use super::verdict::{Proofs, Verdict};

/// Answers questions about a contract.
#[must_use]
pub fn prove(prover: &Prover<'_>, questions: &[Question]) -> Proofs {
    let mut verdicts: Vec<Verdict> = Vec::new();
    for question in questions {
        let found = match question {
            Question::NegativeInvoice => vec![invoice::never_negative(prover)],
            Question::Envelope => vec![invoice::envelope(prover)],
            Question::BeyondLimit => reductions::within_limits(prover),
            Question::MostLost => vec![reductions::most_lost(prover)],
            Question::Perverse => steps::never_perverse(prover),
            Question::VolumeLowersPay => steps::volume(prover),
            Question::Cliff => vec![steps::cliff(prover)],
            Question::DeadZone => zones::dead(prover),
            Question::Saturation => zones::saturated(prover),
            Question::DeadClause => clauses::dead(prover),
            Question::Satisfaction => vec![quality::satisfaction(prover)],
            Question::QualityShare => vec![quality::share(prover)],
            Question::MinimumHidesQuality => vec![quality::minimum(prover)],
            // It is asked about two texts: see `compare`.
            Question::Amendment => Vec::new(),
            Question::DoubleJeopardy => jeopardy::twice(prover),
            Question::EarnBackExceeds => history::earn_back_exceeds(prover),
            Question::EarnBackWhileFailing => history::earn_back_while_failing(prover),
            Question::FailingPays => history::failing_pays(prover),
            Question::BonusWhileFailing => jeopardy::bonus(prover),
        };
        verdicts.extend(found);
    }
    Proofs {
        contract: prover.contract.name.text.clone(),
        currency: prover.contract.currency,
        verdicts,
        budget: prover.budget,
    }
}
