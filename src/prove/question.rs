//! The questions that are asked about every contract.

/// A question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Question {
    /// I01
    NegativeInvoice,
    /// I02
    BeyondLimit,
    /// I03
    MostLost,
    /// I04
    Perverse,
    /// I05
    VolumeLowersPay,
    /// I06
    Cliff,
    /// I07
    DeadZone,
    /// I08
    Saturation,
    /// I10
    DeadClause,
    /// I13
    Satisfaction,
    /// I14
    QualityShare,
    /// I15
    DoubleJeopardy,
    /// I16
    EarnBackExceeds,
    /// I17
    EarnBackWhileFailing,
    /// I18
    FailingPays,
    /// I19
    BonusWhileFailing,
    /// I21
    MinimumHidesQuality,
    /// I22
    Envelope,
    /// I24: it is asked about two texts.
    Amendment,
}

impl Question {
    /// All that are asked about one text, in their order.
    pub const ALL: [Self; 18] = [
        Self::NegativeInvoice,
        Self::BeyondLimit,
        Self::MostLost,
        Self::Perverse,
        Self::VolumeLowersPay,
        Self::Cliff,
        Self::DeadZone,
        Self::Saturation,
        Self::DeadClause,
        Self::Satisfaction,
        Self::QualityShare,
        Self::DoubleJeopardy,
        Self::EarnBackExceeds,
        Self::EarnBackWhileFailing,
        Self::FailingPays,
        Self::BonusWhileFailing,
        Self::MinimumHidesQuality,
        Self::Envelope,
    ];

    fn row(self) -> (&'static str, &'static str) {
        match self {
            Self::NegativeInvoice => ("I01", "no invoice is below zero"),
            Self::BeyondLimit => (
                "I02",
                "reductions stay within what the contract calls the limit",
            ),
            Self::MostLost => ("I03", "the most that a month can lose"),
            Self::Perverse => ("I04", "a better KPI never pays less"),
            Self::VolumeLowersPay => ("I05", "more volume never pays less"),
            Self::Cliff => ("I06", "the most that one step of a KPI moves"),
            Self::DeadZone => ("I07", "where a KPI moves nothing"),
            Self::Saturation => ("I08", "where a KPI has nothing left to lose"),
            Self::DeadClause => ("I10", "every clause can matter"),
            Self::Satisfaction => ("I13", "satisfaction changes the pay"),
            Self::QualityShare => ("I14", "the share of the pay that depends on quality"),
            Self::DoubleJeopardy => ("I15", "one failure costs once"),
            Self::EarnBackExceeds => ("I16", "an earn-back returns no more than was deducted"),
            Self::EarnBackWhileFailing => {
                ("I17", "nothing is earned back while the target is missed")
            }
            Self::FailingPays => ("I18", "failing harder in one month never pays over several"),
            Self::BonusWhileFailing => ("I19", "no bonus in a month with a critical failure"),
            Self::MinimumHidesQuality => ("I21", "quality counts in months at the minimum"),
            Self::Envelope => ("I22", "what an invoice can be"),
            Self::Amendment => ("I24", "what the new text pays, compared with the old one"),
        }
    }

    /// Its number in the catalogue of questions: a stable promise.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.row().0
    }

    /// What is to be shown, in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        self.row().1
    }

    /// The question of that number.
    #[must_use]
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|question| question.id().eq_ignore_ascii_case(id))
    }
}
