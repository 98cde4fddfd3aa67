//! What the kinds of KPI measure.

use crate::model::facts::KpiKind;

/// What customers think of the service.
pub const SATISFACTION: &[KpiKind] = &[KpiKind::Satisfaction, KpiKind::Loyalty, KpiKind::Effort];

/// Whether the work was done well, satisfaction included.
pub const QUALITY: &[KpiKind] = &[
    KpiKind::Satisfaction,
    KpiKind::Loyalty,
    KpiKind::Effort,
    KpiKind::Resolution,
    KpiKind::Quality,
    KpiKind::Accuracy,
    KpiKind::Compliance,
];

/// How the work is done, rather than how much of it there is or what it costs.
pub const WORK: &[KpiKind] = &[
    KpiKind::Satisfaction,
    KpiKind::Loyalty,
    KpiKind::Effort,
    KpiKind::Resolution,
    KpiKind::Quality,
    KpiKind::Accuracy,
    KpiKind::Compliance,
    KpiKind::Timeliness,
    KpiKind::Abandonment,
    KpiKind::Availability,
];
