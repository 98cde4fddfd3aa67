//! The words that reports use for the ledger's kinds.

use crate::ledger::{LineKind, NoticeKind, StepKind};
use crate::quantity::Type;

/// The key of a kind of line in CSV and JSON: a stable promise.
pub(super) fn line_kind_key(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Charge => "charge",
        LineKind::Adjustment => "adjustment",
        LineKind::Credit => "credit",
        LineKind::Bonus => "bonus",
        LineKind::CarriedForward => "carried_forward",
        LineKind::PaidOut => "paid_out",
        LineKind::EarnBack => "earn_back",
        LineKind::Holdback => "holdback",
        LineKind::Release => "release",
        LineKind::Maximum => "maximum",
        LineKind::Minimum => "minimum",
        LineKind::TrueUp => "true_up",
        LineKind::Tax => "tax",
    }
}

/// The heading of a group of lines of that kind on a statement.
pub(super) fn line_kind_title(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Charge => "Charges",
        LineKind::Adjustment => "Adjustments",
        LineKind::Credit => "Service credits",
        LineKind::Bonus => "Bonuses",
        LineKind::CarriedForward => "Carried forward from earlier months",
        LineKind::PaidOut => "Carried forward and paid out",
        LineKind::EarnBack => "Credits earned back",
        LineKind::Holdback => "Held back",
        LineKind::Release => "Released from what was held back",
        LineKind::Maximum => "Maximum",
        LineKind::Minimum => "Minimum",
        LineKind::TrueUp => "Commitments trued up",
        LineKind::Tax => "Tax",
    }
}

/// The key of a kind of notice in JSON: a stable promise.
pub(super) fn notice_kind_key(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Excused => "excused",
        NoticeKind::Missed => "missed",
        NoticeKind::Critical => "critical",
        NoticeKind::Tolerated => "tolerated",
        NoticeKind::PersistentFailure => "persistent_failure",
        NoticeKind::NewTarget => "new_target",
        NoticeKind::ChronicFailure => "chronic_failure",
        NoticeKind::Substituted => "substituted",
        NoticeKind::ShortHistory => "short_history",
        NoticeKind::Unmeasured => "unmeasured",
        NoticeKind::Limited => "limited",
        NoticeKind::Deferred => "deferred",
        NoticeKind::Withheld => "withheld",
        NoticeKind::SignedLater => "signed_later",
        NoticeKind::Stated => "stated",
    }
}

/// The heading of a notice of that kind on a statement.
pub(super) fn notice_kind_title(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Excused => "Excused",
        NoticeKind::Missed => "Missed",
        NoticeKind::Critical => "Critical miss",
        NoticeKind::Tolerated => "Tolerated",
        NoticeKind::PersistentFailure => "Persistent failure",
        NoticeKind::NewTarget => "New target",
        NoticeKind::ChronicFailure => "Chronic failure",
        NoticeKind::Substituted => "Substituted",
        NoticeKind::ShortHistory => "Short history",
        NoticeKind::Unmeasured => "Not measured",
        NoticeKind::Limited => "Limit reached",
        NoticeKind::Deferred => "Applied later",
        NoticeKind::Withheld => "Not released",
        NoticeKind::SignedLater => "Signed later",
        NoticeKind::Stated => "Notice",
    }
}

/// The key of a kind of step in JSON: a stable promise.
pub(super) fn step_kind_key(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Input => "input",
        StepKind::Metric => "metric",
        StepKind::Definition => "definition",
        StepKind::Score => "score",
        StepKind::Band => "band",
        StepKind::Slab => "slab",
        StepKind::Condition => "condition",
        StepKind::Rounding => "rounding",
        StepKind::Limit => "limit",
        StepKind::Line => "line",
        StepKind::Total => "total",
        StepKind::Part => "part",
    }
}

/// The key of a type of value in JSON: a stable promise.
pub(super) fn type_key(kind: &Type) -> &'static str {
    match kind {
        Type::Unknown => "unknown",
        Type::Flag => "flag",
        Type::Number => "number",
        Type::Percent => "percent",
        Type::PercentagePoints => "percentage_points",
        Type::Score => "score",
        Type::Quantity(_) => "quantity",
        Type::Month => "month",
    }
}
