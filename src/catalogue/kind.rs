//! The kinds of items that a contract has.

use super::{CLAUSES, Clause, Naming, Role, Stage};

/// What an item of a contract is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ItemKind {
    /// `customer`
    Customer,
    /// `supplier`
    Supplier,
    /// `currency`
    Currency,
    /// `term`
    Term,
    /// `invoice`
    Invoice,
    /// `round`
    Round,
    /// `part months`
    PartMonths,
    /// `language`
    Language,
    /// `unit`
    Unit,
    /// `dimension`
    Dimension,
    /// `objective`
    Objective,
    /// `records`
    Records,
    /// `input`
    Input,
    /// `metric`
    Metric,
    /// `let`
    Let,
    /// `charge`
    Charge,
    /// `scorecard`
    Scorecard,
    /// `adjust`
    Adjust,
    /// `service level`
    ServiceLevel,
    /// `points`
    Points,
    /// `at risk`
    AtRisk,
    /// `credit`
    Credit,
    /// `bonus`
    Bonus,
    /// `only the largest of …`
    OneCounts,
    /// `credits below …`
    Small,
    /// `credits applied to …`, `bonuses applied to …`
    Applied,
    /// `limit`
    Limit,
    /// `minimum`
    Minimum,
    /// `maximum`
    Maximum,
    /// `commitment`
    Commitment,
    /// `retention bonus`
    RetentionBonus,
    /// `holdback`
    Holdback,
    /// `index`
    Index,
    /// `share currency`
    ShareCurrency,
    /// `share gain`
    ShareGain,
    /// `tax`
    Tax,
    /// `notice`
    Notice,
    /// `training`, `governance`, `exit` and the other clauses on how the parties work together
    Partnership,
    /// `scenario`
    Scenario,
    /// `waive`
    Waiver,
}

/// Replaces a row that is missing. A test of the catalogue holds that none is.
const MISSING: Clause = Clause {
    words: "item",
    kind: ItemKind::Waiver,
    noun: "item",
    meaning: "",
    example: "",
    snippet: "",
    naming: Naming::Nameless,
    stage: Stage::Record,
    role: Role::Setting,
    section: "",
};

impl ItemKind {
    /// Its row; of the partnership, the first of its rows.
    #[must_use]
    pub fn clause(self) -> &'static Clause {
        let mut rows = CLAUSES.iter();
        rows.find(|clause| clause.kind == self).unwrap_or(&MISSING)
    }

    /// What such an item is called in a sentence.
    #[must_use]
    pub fn noun(self) -> &'static str {
        self.clause().noun
    }

    /// The noun with its article: `an input`.
    #[must_use]
    pub fn with_article(self) -> String {
        let noun = self.noun();
        let article = if noun.starts_with(['a', 'e', 'i', 'o']) {
            "an"
        } else {
            "a"
        };
        format!("{article} {noun}")
    }

    /// The words that it begins with.
    #[must_use]
    pub fn words(self) -> &'static str {
        self.clause().words
    }

    /// When it is computed.
    #[must_use]
    pub fn stage(self) -> Stage {
        self.clause().stage
    }

    /// What an editor shows it as.
    #[must_use]
    pub fn role(self) -> Role {
        self.clause().role
    }

    /// Whether it declares a name.
    #[must_use]
    pub fn declares(self) -> bool {
        self.clause().naming == Naming::Name
    }

    /// Whether the text in it is its name.
    #[must_use]
    pub fn is_titled(self) -> bool {
        self.clause().naming == Naming::Title
    }

    /// Whether formulas can use its name: it is computed, and has a value in each month.
    #[must_use]
    pub fn is_value(self) -> bool {
        self.declares()
            && self != Self::ShareGain
            && !matches!(
                self.stage(),
                Stage::Declaration | Stage::AfterTotal | Stage::Record
            )
    }

    /// Whether lines of a statement bear its name.
    #[must_use]
    pub fn has_lines(self) -> bool {
        self.declares()
            && self != Self::Notice
            && matches!(
                self.stage(),
                Stage::Charge
                    | Stage::Adjustment
                    | Stage::Credit
                    | Stage::Bonus
                    | Stage::Settlement
                    | Stage::AfterTotal
            )
    }
}
