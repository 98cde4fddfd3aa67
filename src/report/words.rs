//! The words that reports use for the ledger's kinds.

use crate::ledger::{NoticeKind, StepKind};
use crate::quantity::Type;

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

/// The words of a contract with their numbers in the form that reports have: `first 20 000` for `first 20_000`.
pub(super) fn in_figures(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    let mut last = ' ';
    // Whether the word so far is a number: a name may end in digits, too.
    let mut is_number = false;
    while let Some(sign) = signs.next() {
        let is_in_word = last.is_alphanumeric() || last == '_' || last == '.';
        if sign.is_ascii_digit() {
            is_number |= !is_in_word;
        } else if sign != '_' && sign != '.' {
            is_number = false;
        }
        let is_group = sign == '_'
            && is_number
            && last.is_ascii_digit()
            && signs.peek().is_some_and(char::is_ascii_digit);
        out.push(if is_group { ' ' } else { sign });
        last = sign;
    }
    out
}
