//! The name of an item where another text refers to it: `service level answer_speed`, `limit credits each month`.

use std::fmt;

use super::{
    AdjustTarget, AwardKind, Every, Expr, ExprKind, FloorKind, IndexTarget, Item, ItemKind,
    LimitPeriod, LimitSubject, Name, Path, ShareItem, Text,
};

/// What names an item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Designation {
    /// The words that it begins with: `service level`.
    pub kind: &'static str,
    /// What it declares, or what it is about; nothing for items of which a contract has one.
    pub names: Vec<String>,
    /// What tells it from others about the same: `each month`, `by cx`.
    pub detail: Option<String>,
}

impl Designation {
    fn of_one(kind: &'static str) -> Self {
        Self {
            kind,
            names: Vec::new(),
            detail: None,
        }
    }

    fn named(kind: &'static str, name: &str) -> Self {
        Self {
            names: vec![name.to_owned()],
            ..Self::of_one(kind)
        }
    }

    /// Whether both speak of the same thing, whatever tells it from others about that.
    #[must_use]
    pub fn is_about_the_same(&self, other: &Self) -> bool {
        self.kind == other.kind && sorted(&self.names) == sorted(&other.names)
    }

    /// Whether those words name it, with its detail or without.
    #[must_use]
    pub fn is_written(&self, words: &str) -> Written {
        let mut words: Vec<&str> = words
            .split(|c: char| c.is_whitespace() || c == ',')
            .filter(|word| !matches!(*word, "" | "and" | "on"))
            .collect();
        for kind in self.kind.split(' ') {
            if words.first() != Some(&kind) {
                return Written::No;
            }
            words.remove(0);
        }
        words.sort_unstable();
        let mut names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        names.sort_unstable();
        if words == names {
            return if self.detail.is_some() {
                Written::Short
            } else {
                Written::Whole
            };
        }
        let Some(detail) = &self.detail else {
            return Written::No;
        };
        names.extend(detail.split(' '));
        names.sort_unstable();
        if words == names {
            Written::Whole
        } else {
            Written::No
        }
    }
}

/// How much of a designation words say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// They name something else.
    No,
    /// All but the detail.
    Short,
    /// All of it.
    Whole,
}

impl fmt::Display for Designation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.kind)?;
        if !self.names.is_empty() {
            write!(out, " {}", self.names.join(", "))?;
        }
        match &self.detail {
            Some(detail) => write!(out, " {detail}"),
            None => Ok(()),
        }
    }
}

impl Item {
    /// What names the item.
    #[must_use]
    pub fn designation(&self) -> Designation {
        let one = Designation::of_one;
        let named = Designation::named;
        match &self.kind {
            ItemKind::Customer(_) => one("customer"),
            ItemKind::Supplier(_) => one("supplier"),
            ItemKind::Currency(_) => one("currency"),
            ItemKind::Term(_) => one("term"),
            ItemKind::Invoice(_) => one("invoice"),
            ItemKind::Round(_) => one("round"),
            ItemKind::PartMonths(_) => one("part months"),
            ItemKind::Language(_) => one("language"),
            ItemKind::Unit(unit) => named("unit", &unit.singular.text),
            ItemKind::Dimension(dimension) => named("dimension", &dimension.name.text),
            ItemKind::Objective(objective) => named("objective", &objective.name.text),
            ItemKind::Input(input) => named("input", &input.name.text),
            ItemKind::Metric(metric) => named("metric", &metric.name.text),
            ItemKind::Let(definition) => named("let", &definition.name.text),
            ItemKind::Charge(charge) => named("charge", &charge.name.text),
            ItemKind::Scorecard(card) => named("scorecard", &card.name.text),
            ItemKind::Adjust(adjust) => Designation {
                kind: "adjust",
                names: charges(&adjust.target),
                detail: name_of(&adjust.by).map(|name| format!("by {name}")),
            },
            ItemKind::ServiceLevel(level) => named("service level", &level.name.text),
            ItemKind::Award(award) => match award.kind {
                AwardKind::Credit => named("credit", &award.name.text),
                AwardKind::Bonus => named("bonus", &award.name.text),
            },
            ItemKind::Limit(limit) => Designation {
                kind: "limit",
                names: limit.subjects.iter().map(subject).collect(),
                detail: Some(period(&limit.period)),
            },
            ItemKind::Applied(item) => Designation {
                kind: awards(&item.kinds),
                names: Vec::new(),
                detail: Some("applied".to_owned()),
            },
            ItemKind::Small(_) => Designation {
                kind: "credits",
                names: Vec::new(),
                detail: Some("below".to_owned()),
            },
            ItemKind::Only(only) => Designation {
                kind: "only",
                names: only.of.iter().map(path).collect(),
                detail: None,
            },
            ItemKind::Points(points) => named("points", &points.name.text),
            ItemKind::Commitment(commitment) => named("commitment", &commitment.name.text),
            ItemKind::Holdback(holdback) => named("holdback", &holdback.name.text),
            ItemKind::Index(index) => Designation {
                kind: "index",
                names: index.targets.iter().map(target).collect(),
                detail: Some(format!("by {}", path(&index.by))),
            },
            ItemKind::Share(share) => match share.as_ref() {
                ShareItem::Currency(share) => Designation {
                    kind: "share currency",
                    names: charges(&share.target),
                    detail: Some(format!("by {}", path(&share.by))),
                },
                ShareItem::Gain(share) => named("share gain", &share.name.text),
            },
            ItemKind::AtRisk(pool) => match &pool.name {
                Some(name) => named("at risk", &name.text),
                None => one("at risk"),
            },
            ItemKind::Floor(floor) => match floor.kind {
                FloorKind::Minimum => one("minimum"),
                FloorKind::Maximum => one("maximum"),
            },
            ItemKind::Tax(tax) => named("tax", &tax.name.text),
            ItemKind::Notice(notice) => named("notice", &notice.name.text),
            ItemKind::Partnership(clause) => one(clause.kind.word()),
            ItemKind::Scenario(scenario) => {
                named("scenario", &format!("\"{}\"", scenario.name.text))
            }
        }
    }
}

impl Item {
    /// The name that the item declares, if it has one.
    #[must_use]
    pub fn declared_name(&self) -> Option<&Name> {
        Some(match &self.kind {
            ItemKind::Unit(unit) => &unit.singular,
            ItemKind::Dimension(dimension) => &dimension.name,
            ItemKind::Objective(objective) => &objective.name,
            ItemKind::Input(input) => &input.name,
            ItemKind::Metric(metric) => &metric.name,
            ItemKind::Let(definition) => &definition.name,
            ItemKind::Charge(charge) => &charge.name,
            ItemKind::Scorecard(card) => &card.name,
            ItemKind::ServiceLevel(level) => &level.name,
            ItemKind::Points(points) => &points.name,
            ItemKind::AtRisk(pool) => pool.name.as_ref()?,
            ItemKind::Award(award) => &award.name,
            ItemKind::Share(share) => match share.as_ref() {
                ShareItem::Gain(gain) => &gain.name,
                ShareItem::Currency(_) => return None,
            },
            ItemKind::Commitment(commitment) => &commitment.name,
            ItemKind::Holdback(holdback) => &holdback.name,
            ItemKind::Tax(tax) => &tax.name,
            ItemKind::Notice(notice) => &notice.name,
            ItemKind::Customer(_)
            | ItemKind::Supplier(_)
            | ItemKind::Currency(_)
            | ItemKind::Term(_)
            | ItemKind::Invoice(_)
            | ItemKind::Round(_)
            | ItemKind::PartMonths(_)
            | ItemKind::Language(_)
            | ItemKind::Adjust(_)
            | ItemKind::Limit(_)
            | ItemKind::Index(_)
            | ItemKind::Floor(_)
            | ItemKind::Applied(_)
            | ItemKind::Small(_)
            | ItemKind::Only(_)
            | ItemKind::Partnership(_)
            | ItemKind::Scenario(_) => return None,
        })
    }

    /// What the item is called for people, if it says so.
    #[must_use]
    pub fn title(&self) -> Option<&Text> {
        match &self.kind {
            ItemKind::Objective(objective) => objective.title.as_ref(),
            ItemKind::Input(input) => input.title.as_ref(),
            ItemKind::Metric(metric) => metric.title.as_ref(),
            ItemKind::Let(definition) => definition.title.as_ref(),
            ItemKind::Charge(charge) => charge.title.as_ref(),
            ItemKind::Scorecard(card) => card.title.as_ref(),
            ItemKind::Adjust(adjust) => adjust.title.as_ref(),
            ItemKind::ServiceLevel(level) => level.title.as_ref(),
            ItemKind::Points(points) => points.title.as_ref(),
            ItemKind::AtRisk(pool) => pool.title.as_ref(),
            ItemKind::Award(award) => award.title.as_ref(),
            ItemKind::Share(share) => match share.as_ref() {
                ShareItem::Gain(gain) => gain.title.as_ref(),
                ShareItem::Currency(_) => None,
            },
            ItemKind::Commitment(commitment) => commitment.title.as_ref(),
            ItemKind::Holdback(holdback) => holdback.title.as_ref(),
            ItemKind::Tax(tax) => tax.title.as_ref(),
            ItemKind::Notice(notice) => Some(&notice.text),
            ItemKind::Customer(party) | ItemKind::Supplier(party) => Some(&party.name),
            ItemKind::Scenario(scenario) => Some(&scenario.name),
            ItemKind::Currency(_)
            | ItemKind::Term(_)
            | ItemKind::Invoice(_)
            | ItemKind::Round(_)
            | ItemKind::PartMonths(_)
            | ItemKind::Language(_)
            | ItemKind::Unit(_)
            | ItemKind::Dimension(_)
            | ItemKind::Limit(_)
            | ItemKind::Index(_)
            | ItemKind::Floor(_)
            | ItemKind::Applied(_)
            | ItemKind::Small(_)
            | ItemKind::Only(_)
            | ItemKind::Partnership(_) => None,
        }
    }
}

impl Every {
    /// The words that say it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Month => "each month",
            Self::Quarter => "each quarter",
            Self::ContractYear => "each contract year",
            Self::CalendarYear => "each calendar year",
        }
    }
}

fn period(period: &LimitPeriod) -> String {
    match period {
        LimitPeriod::Each(every) => every.words().to_owned(),
        LimitPeriod::Rolling(months) => match &months.kind {
            ExprKind::Number(count) => format!("each rolling {count} months"),
            _ => "each rolling".to_owned(),
        },
        LimitPeriod::Term => "over the term".to_owned(),
    }
}

fn subject(subject: &LimitSubject) -> String {
    match subject {
        LimitSubject::Credits(_) => "credits".to_owned(),
        LimitSubject::Reductions(_) => "reductions".to_owned(),
        LimitSubject::Bonuses(_) => "bonuses".to_owned(),
        LimitSubject::Named(named) => path(named),
    }
}

fn awards(kinds: &[AwardKind]) -> &'static str {
    match kinds {
        [AwardKind::Credit] => "credits",
        [AwardKind::Bonus] => "bonuses",
        _ => "credits and bonuses",
    }
}

fn charges(target: &AdjustTarget) -> Vec<String> {
    match target {
        AdjustTarget::AllCharges(_) => vec!["charges".to_owned()],
        AdjustTarget::Named(paths) => paths.iter().map(path).collect(),
    }
}

fn target(target: &IndexTarget) -> String {
    match target {
        IndexTarget::Charges(_) => "charges".to_owned(),
        IndexTarget::Named(named) => path(named),
    }
}

fn path(path: &Path) -> String {
    match &path.member {
        Some(member) => format!("{}.{}", path.name.text, member.text),
        None => path.name.text.clone(),
    }
}

fn name_of(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Name(named) => Some(path(named)),
        _ => None,
    }
}

fn sorted(names: &[String]) -> Vec<&str> {
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.sort_unstable();
    names
}
