//! Which parts of a partnership are agreed.

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::model::facts::PartnershipKind;
use crate::review::Part;

use super::is_grave;

/// The parts in the order of a service's life: how it begins, how it runs, how it is steered, and how it ends.
const PARTS: [PartnershipKind; 11] = [
    PartnershipKind::Transition,
    PartnershipKind::Training,
    PartnershipKind::Knowledge,
    PartnershipKind::Tools,
    PartnershipKind::QualityAssurance,
    PartnershipKind::Measurement,
    PartnershipKind::Feedback,
    PartnershipKind::Governance,
    PartnershipKind::Escalation,
    PartnershipKind::Renewal,
    PartnershipKind::Exit,
];

/// All parts, each with whether it is agreed and what the rules say is missing in it.
pub fn parts(subject: &Subject<'_>, findings: &[Diagnostic]) -> Vec<Part> {
    PARTS
        .into_iter()
        .map(|kind| part(subject, kind, findings))
        .collect()
}

fn part(subject: &Subject<'_>, kind: PartnershipKind, findings: &[Diagnostic]) -> Part {
    let clauses: Vec<_> = subject.partnership(kind).collect();
    let gaps = findings.iter().filter(|finding| {
        is_grave(finding)
            && clauses
                .iter()
                .any(|clause| clause.span == finding.primary.span)
    });
    Part {
        about: kind.word(),
        agreed: !clauses.is_empty(),
        clause: clauses.iter().find_map(|clause| clause.clause.clone()),
        gaps: gaps.map(|finding| finding.message.clone()).collect(),
    }
}
