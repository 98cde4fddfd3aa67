//! The kinds of lines that an invoice has, with their words.

use crate::catalogue::ItemKind;

/// The stage of computation that a line comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LineKind {
    /// A price for something delivered.
    Charge,
    /// A price corrected for quality, up or down.
    Adjustment,
    /// Money back for a miss.
    Credit,
    /// Money on top for a success.
    Bonus,
    /// What a limit cut in earlier months and now leaves room for.
    CarriedForward,
    /// What limits cut and the term's last invoice settles.
    PaidOut,
    /// A credit returned after later success.
    EarnBack,
    /// What is held back until it is released.
    Holdback,
    /// What is paid out of what was held back.
    Release,
    /// What a maximum takes off the invoice.
    Maximum,
    /// What a minimum adds to the invoice.
    Minimum,
    /// What is missing to a commitment.
    TrueUp,
    /// A tax.
    Tax,
}

/// Each kind with its key in CSV and JSON (a stable promise) and the title of its group on a statement.
const ROWS: &[(LineKind, &str, &str)] = &[
    (LineKind::Charge, "charge", "Charges"),
    (LineKind::Adjustment, "adjustment", "Adjustments"),
    (LineKind::Credit, "credit", "Service credits"),
    (LineKind::Bonus, "bonus", "Bonuses"),
    (
        LineKind::CarriedForward,
        "carried_forward",
        "Carried forward from earlier months",
    ),
    (
        LineKind::PaidOut,
        "paid_out",
        "Carried forward and paid out",
    ),
    (LineKind::EarnBack, "earn_back", "Credits earned back"),
    (LineKind::Holdback, "holdback", "Held back"),
    (
        LineKind::Release,
        "release",
        "Released from what was held back",
    ),
    (LineKind::Maximum, "maximum", "Maximum"),
    (LineKind::Minimum, "minimum", "Minimum"),
    (LineKind::TrueUp, "true_up", "Commitments trued up"),
    (LineKind::Tax, "tax", "Tax"),
];

impl LineKind {
    fn row(self) -> &'static (Self, &'static str, &'static str) {
        let mut rows = ROWS.iter();
        // Each kind has a row: a test of the ledger holds it.
        rows.find(|(kind, ..)| *kind == self).unwrap_or(&ROWS[0])
    }

    /// The key in CSV and JSON: a stable promise.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.row().1
    }

    /// What a group of such lines is called on a statement.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.row().2
    }

    /// The kind that a scenario means by those words: `earn back`.
    #[must_use]
    pub fn of_words(words: &str) -> Option<Self> {
        let mut rows = ROWS.iter();
        let found = rows.find(|(_, key, _)| key.replace('_', " ") == words);
        found.map(|(kind, ..)| *kind)
    }

    /// The kind of the lines that such an item itself has, in the month in which it is computed.
    #[must_use]
    pub fn of_item(kind: ItemKind) -> Option<Self> {
        Some(match kind {
            ItemKind::Charge => Self::Charge,
            ItemKind::ServiceLevel | ItemKind::Credit => Self::Credit,
            ItemKind::Bonus => Self::Bonus,
            ItemKind::Commitment => Self::TrueUp,
            ItemKind::Holdback => Self::Holdback,
            _ => return None,
        })
    }

    /// Whether people speak of such an amount above 0 where it is taken off the invoice.
    #[must_use]
    pub fn is_taken_off(self) -> bool {
        matches!(self, Self::Credit | Self::Holdback)
    }
}
