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

/// All kinds.
const ALL: [LineKind; 13] = [
    LineKind::Charge,
    LineKind::Adjustment,
    LineKind::Credit,
    LineKind::Bonus,
    LineKind::CarriedForward,
    LineKind::PaidOut,
    LineKind::EarnBack,
    LineKind::Holdback,
    LineKind::Release,
    LineKind::Maximum,
    LineKind::Minimum,
    LineKind::TrueUp,
    LineKind::Tax,
];

impl LineKind {
    /// The key in CSV and JSON, and the title of the group on a statement.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Charge => ("charge", "Charges"),
            Self::Adjustment => ("adjustment", "Adjustments"),
            Self::Credit => ("credit", "Service credits"),
            Self::Bonus => ("bonus", "Bonuses"),
            Self::CarriedForward => ("carried_forward", "Carried forward from earlier months"),
            Self::PaidOut => ("paid_out", "Carried forward and paid out"),
            Self::EarnBack => ("earn_back", "Credits earned back"),
            Self::Holdback => ("holdback", "Held back"),
            Self::Release => ("release", "Released from what was held back"),
            Self::Maximum => ("maximum", "Maximum"),
            Self::Minimum => ("minimum", "Minimum"),
            Self::TrueUp => ("true_up", "Commitments trued up"),
            Self::Tax => ("tax", "Tax"),
        }
    }

    /// The key in CSV and JSON: a stable promise.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.words().0
    }

    /// The kind of that key.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// What a group of such lines is called on a statement.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.words().1
    }

    /// The kind that a scenario means by those words: `earn back`.
    #[must_use]
    pub fn of_words(words: &str) -> Option<Self> {
        let mut all = ALL.into_iter();
        all.find(|kind| kind.key().replace('_', " ") == words)
    }

    /// The kind of the lines that such an item itself has, in the month in which it is computed.
    #[must_use]
    pub fn of_item(kind: ItemKind) -> Option<Self> {
        Some(match kind {
            ItemKind::Charge => Self::Charge,
            ItemKind::ServiceLevel | ItemKind::Credit => Self::Credit,
            ItemKind::Bonus | ItemKind::RetentionBonus => Self::Bonus,
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
