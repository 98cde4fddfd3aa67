//! Kinds of KPI.

/// The kind of a metric: what it measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KpiKind {
    /// How content customers are.
    Satisfaction,
    /// How hard it was for customers.
    Effort,
    /// Whether customers come back.
    Loyalty,
    /// Whether the matter was settled.
    Resolution,
    /// How well the work was done.
    Quality,
    /// Whether it was done in time.
    Timeliness,
    /// Who gave up waiting.
    Abandonment,
    /// How long a contact took.
    HandleTime,
    /// How much was done.
    Productivity,
    /// Whether it was done right.
    Accuracy,
    /// Whether the rules were kept.
    Compliance,
    /// How much there was to do.
    Volume,
    /// How much was expected.
    Forecast,
    /// Who left the team.
    Attrition,
    /// What it cost.
    Cost,
    /// Whether a system could be used.
    Availability,
}

impl KpiKind {
    /// All kinds, in the order in which they are listed.
    pub const ALL: [Self; 16] = [
        Self::Satisfaction,
        Self::Effort,
        Self::Loyalty,
        Self::Resolution,
        Self::Quality,
        Self::Timeliness,
        Self::Abandonment,
        Self::HandleTime,
        Self::Productivity,
        Self::Accuracy,
        Self::Compliance,
        Self::Volume,
        Self::Forecast,
        Self::Attrition,
        Self::Cost,
        Self::Availability,
    ];

    /// The word of the language for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Satisfaction => "satisfaction",
            Self::Effort => "effort",
            Self::Loyalty => "loyalty",
            Self::Resolution => "resolution",
            Self::Quality => "quality",
            Self::Timeliness => "timeliness",
            Self::Abandonment => "abandonment",
            Self::HandleTime => "handle_time",
            Self::Productivity => "productivity",
            Self::Accuracy => "accuracy",
            Self::Compliance => "compliance",
            Self::Volume => "volume",
            Self::Forecast => "forecast",
            Self::Attrition => "attrition",
            Self::Cost => "cost",
            Self::Availability => "availability",
        }
    }

    /// The kind with that word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Its name in a sentence: `handle time`.
    #[must_use]
    pub fn words(self) -> String {
        self.word().replace('_', " ")
    }
}
